//! `heatpack import`: what others send, put where it belongs: NITC's report, and another tracker's tickets.

mod nitc;
mod tickets;

use std::fs::File;
use std::io::{IsTerminal, Read};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Subcommand;

use super::session::Session;
use crate::load::{LARGEST, alone};
use crate::record::Faults;
use crate::render::{Findings, TextStyle, diagnostics_text};

/// Import NITC's weekly report or tickets from another tracker
///
/// Example: heatpack import nitc report.csv
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Nitc(nitc::Arguments),
    Tickets(tickets::Arguments),
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    match &arguments.what {
        What::Nitc(arguments) => nitc::execute(session, arguments),
        What::Tickets(arguments) => tickets::execute(session, arguments),
    }
}

/// The bytes of a file that is read as a record is; at most one more than such a file may have.
fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let failed = || format!("cannot read {}", path.display());
    let mut bytes = Vec::new();
    File::open(path).with_context(failed)?.take(LARGEST + 1).read_to_end(&mut bytes).with_context(failed)?;
    Ok(bytes)
}

/// The faults of a file that is not under `data/`, as `check` shows those of records.
fn faults_text(session: &Session, path: &Path, text: String, faults: Faults) -> String {
    let name = path.display().to_string();
    let project = alone(&name, text, &name, faults);
    let diagnostics = project.faults.clone();
    diagnostics_text(&Findings::new(&project, session.as_of, diagnostics), style(session))
}

/// As `check` has it: frames on a terminal, a line each elsewhere.
fn style(session: &Session) -> TextStyle {
    let stderr = std::io::stderr();
    TextStyle { frames: stderr.is_terminal(), colors: session.colors(&stderr) }
}
