//! `heatpack merge-driver`: joins two versions of a record while git merges.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;

use crate::commands::common::merging::{broken_together, kind_in_repository, why_not};
use crate::disk::output;
use crate::git;
use crate::load::{FileKind, LARGEST};
use crate::merge::{Merge, Refusal, Versions, join};
use crate::render::shown;

/// Join two versions of a record while git merges
///
/// Git runs this during a merge, rebase, pull or cherry-pick, if it is set up as the merge driver `heatpack`. Writes the
/// joined record to OURS. Asks nothing: `heatpack resolve` settles what this cannot join.
///
/// Exit status 1: the file stays in conflict, with both versions in it.
#[derive(Debug, clap::Args)]
#[command(hide = true)]
#[command(
    after_help = "Examples:\n  heatpack merge-driver base.yaml ours.yaml theirs.yaml data/tickets/2026/HEAT-10423.yaml"
)]
pub struct Arguments {
    /// File with the version before both edits (%O)
    #[arg(value_name = "BASE")]
    base: PathBuf,
    /// File with our version, which becomes the result (%A)
    #[arg(value_name = "OURS")]
    ours: PathBuf,
    /// File with their version (%B)
    #[arg(value_name = "THEIRS")]
    theirs: PathBuf,
    /// Path of the record in the repository (%P)
    #[arg(value_name = "PATH")]
    path: String,
}

/// Runs the command.
pub fn execute(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let [base, ours, theirs] = [&arguments.base, &arguments.ours, &arguments.theirs].map(|path| read(path));
    let (base, ours, theirs) = (base?, ours?, theirs?);
    let texts = (text(&base), text(&ours), text(&theirs));
    let (Some(kind), (Some(before), Some(own), Some(other))) = (kind_in_repository(&arguments.path), texts) else {
        return as_texts(arguments);
    };
    // Git has an empty file for a version that does not exist.
    let versions = Versions { base: Some(before).filter(|text| !text.is_empty()), ours: own, theirs: other };
    match join(kind, versions, &mut |_| None) {
        Merge::Joined(text) => {
            let broken =
                if kind == FileKind::Ticket { broken_together(&arguments.path, versions, &text) } else { None };
            if let Some(broken) = broken {
                output::write(&arguments.ours, whole(own, other).as_bytes())?;
                return stopped(arguments, &format!("with the entries of both sides, {broken}"), kind);
            }
            output::write(&arguments.ours, text.as_bytes())?;
            Ok(ExitCode::SUCCESS)
        }
        Merge::Open { marked, disagreements } => {
            output::write(&arguments.ours, marked.as_bytes())?;
            let fields: Vec<String> = disagreements.iter().map(|own| own.place()).collect();
            stopped(arguments, &format!("both sides changed {}", fields.join(", ")), kind)
        }
        Merge::Refused(Refusal::Unreadable | Refusal::Layout) => as_texts(arguments),
        Merge::Refused(refusal) => {
            output::write(&arguments.ours, whole(own, other).as_bytes())?;
            stopped(arguments, &why_not(&refusal, kind), kind)
        }
    }
}

/// Leaves the file in conflict, and prints why.
fn stopped(arguments: &Arguments, why: &str, kind: FileKind) -> anyhow::Result<ExitCode> {
    let next = if matches!(kind, FileKind::Vote | FileKind::Report) { "" } else { "; run `heatpack resolve`" };
    say!("heatpack: {}", shown(&format!("{}: {why}{next}", arguments.path)));
    Ok(ExitCode::from(1))
}

/// Merges the versions as git does without this command.
fn as_texts(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let files = [&arguments.base, &arguments.ours, &arguments.theirs];
    let files = files.map(std::path::absolute);
    let [base, ours, theirs] = files;
    let (base, ours, theirs) = (base?, ours?, theirs?);
    let (text, is_open) = git::merged_as_texts(output::folder_of(&ours), [&base, &ours, &theirs])?;
    output::write(&arguments.ours, &text)?;
    if is_open {
        say!("heatpack: {} is left as git merges texts; run `heatpack resolve`", shown(&arguments.path));
    }
    Ok(ExitCode::from(u8::from(is_open)))
}

/// The bytes of a file; at most one more than a record can have.
fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    file.take(LARGEST + 1).read_to_end(&mut bytes).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(bytes)
}

fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok().filter(|text| text.len() as u64 <= LARGEST)
}

/// Both versions in full, as git marks a conflict.
fn whole(ours: &str, theirs: &str) -> String {
    let lines = |text: &str| if text.ends_with('\n') { text.to_owned() } else { format!("{text}\n") };
    format!("<<<<<<< ours\n{}=======\n{}>>>>>>> theirs\n", lines(ours), lines(theirs))
}
