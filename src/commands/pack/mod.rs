//! `heatpack pack`: one meeting's pack, or the document of one change request.

mod cr;
mod meeting;
mod output;

use std::process::ExitCode;

use clap::Subcommand;

use crate::commands::common::session::Session;
use crate::model::MeetingKind;

/// Make the pack of one meeting, or the document of one CR
///
/// Example: heatpack pack weekly --on 2026-11-18 -o wednesday.pdf
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Make the pack of a weekly meeting
    ///
    /// Makes the pack of the next meeting [default], or of the one on --on.
    ///
    /// Exit status 1: the records have errors, which the pack states.
    ///
    /// Example: heatpack pack weekly --on 2026-11-18 -o wednesday.pdf
    Weekly(meeting::Arguments),
    /// Make the pack of a monthly meeting
    ///
    /// Makes the pack of the next meeting [default], or of the one on --on.
    ///
    /// Exit status 1: the records have errors, which the pack states.
    ///
    /// Example: heatpack pack monthly -o group.pdf
    Monthly(meeting::Arguments),
    Cr(cr::Arguments),
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    match &arguments.what {
        What::Weekly(arguments) => meeting::execute(session, MeetingKind::Weekly, arguments),
        What::Monthly(arguments) => meeting::execute(session, MeetingKind::Monthly, arguments),
        What::Cr(arguments) => cr::execute(session, arguments),
    }
}
