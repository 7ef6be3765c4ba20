//! `heatpack evidence`: a change request's approval as files that verify without heatpack.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::commands::common::evidence::{Evidence, write_folder};
use crate::commands::common::lookup;
use crate::commands::common::meeting_pack::renderer;
use crate::commands::common::options::status;
use crate::commands::common::session::Session;
use crate::disk::output;
use crate::render::{VERIFY, zip};
use crate::report::words::counted;
use crate::workflow::{Context, Prepared};

/// Write a CR's approval as files that verify without heatpack
///
/// Writes the document of the CR, the signed texts and signatures, the keys, the
/// list of board members, the requests that were voted on, and verify.sh, which
/// needs ssh-keygen and sha256sum only. The same records give the same bytes.
///
/// Exit status 1: a file with errors leaves open how the board decided, or no
/// commit here has the request that was decided on.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  heatpack evidence CR-2026-007 -o CR-2026-007.zip\n  heatpack evidence CR-2026-007 -o evidence"
)]
pub struct Arguments {
    /// Change request, for example CR-2026-007
    cr: String,
    /// New folder, or a file whose name ends in .zip
    #[arg(short, long, value_name = "DIR|FILE.zip")]
    output: PathBuf,
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let path = &arguments.output;
    output::not_among_records(&session.root, path)?;
    let prepared = Prepared::new(&session.project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    let line = lookup::change_typed(&ctx, &arguments.cr)?;
    let evidence = Evidence::new(session, &ctx, line);
    let files = evidence.bundle(&renderer(session)?)?;
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip")) {
        output::write_to(path, &zip(line.cr.id.as_str(), &files)?)?;
    } else {
        write_folder(session, path, &files)?;
    }
    say!(
        "{} written to {}; to verify the votes, run `sh {VERIFY}` there",
        counted(files.len(), "file"),
        path.display()
    );
    Ok(status(evidence.gaps()))
}
