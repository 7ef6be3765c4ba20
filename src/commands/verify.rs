//! `heatpack verify`: the votes on a change request, their signatures, and whether they count.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::commands::common::evidence::{Evidence, write_folder};
use crate::commands::common::lookup;
use crate::commands::common::options::{Common, TextOrJson, status};
use crate::commands::common::session::Session;
use crate::render::{VERIFY, to_json, verify_text};
use crate::report::votes::Verification;
use crate::workflow::{ChangeLine, Context, Prepared};

/// Verify the votes and signatures on a change request
///
/// Lists the votes, the keys that signed them, and whether each vote counts. With --export, also writes the files that an
/// auditor needs to verify the votes with ssh-keygen and sha256sum alone: run `sh verify.sh` there.
///
/// Exit status 1: a signature is missing or invalid, the votes do not support the recorded state, the request was edited
/// after it was submitted, or a file cannot be read.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  heatpack verify CR-2026-007\n  heatpack verify CR-2026-007 --export audit")]
pub struct Arguments {
    /// Change request, for example CR-2026-007
    cr: String,
    /// Output format
    #[arg(long, value_enum, default_value = "text")]
    format: TextOrJson,
    /// New directory for texts, signatures, keys and verify.sh
    #[arg(long, value_name = "DIR")]
    export: Option<PathBuf>,
}

/// Runs the command.
pub fn execute(common: &Common, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    // An export states times in the project's zone.
    let session = match arguments.export {
        Some(_) => Session::for_writing(common)?,
        None => Session::new(common)?,
    };
    let session = &session;
    let prepared = Prepared::new(&session.project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    let line = lookup::change_typed(&ctx, &arguments.cr)?;
    if let Some(folder) = &arguments.export {
        export(session, &ctx, line, folder)?;
    }
    let found = Verification::new(&ctx, line);
    let mut stdout = std::io::stdout().lock();
    let text = match arguments.format {
        TextOrJson::Text => verify_text(&found, session.colors(&stdout)),
        TextOrJson::Json => to_json(&found),
    };
    stdout.write_all(text.as_bytes())?;
    Ok(status(usize::from(found.is_flawed())))
}

/// Writes the auditor's files to a folder that is empty or missing.
fn export(session: &Session, ctx: &Context, line: &ChangeLine, folder: &Path) -> anyhow::Result<()> {
    let evidence = Evidence::new(session, ctx, line);
    let (audit, files) = (&evidence.audit, evidence.files(BTreeMap::new()));
    write_folder(session, folder, &files)?;
    if !audit.unknown.is_empty() {
        say!(
            "note: requests that no commit here has, by digest: {}",
            audit.unknown.iter().cloned().collect::<Vec<_>>().join(", ")
        );
    }
    say!(
        "{} files written to {}; to verify the votes, run `sh {}`",
        files.len(),
        folder.display(),
        folder.join(VERIFY).display()
    );
    Ok(())
}
