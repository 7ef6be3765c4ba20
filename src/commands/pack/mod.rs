//! `heatpack pack`: one meeting's pack, or the document of one change request.

mod cr;
mod meeting;
mod output;

use std::process::ExitCode;

use clap::Subcommand;

use crate::commands::common::session::Session;
use crate::model::MeetingKind;

/// Build the pack of a meeting or the document of a CR
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  heatpack pack weekly -o wednesday.pdf\n  heatpack pack cr CR-2026-007 -o CR-2026-007.pdf"
)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Build the pack of a weekly meeting
    ///
    /// Builds the pack of the next meeting, or with --on of the one scheduled for or held on that date. Never changes
    /// the records.
    ///
    /// Exit status 1: the records have errors; the pack lists the skipped files.
    #[command(
        after_help = "Examples:\n  heatpack pack weekly -o wednesday.pdf\n  heatpack pack weekly --on 2026-11-18 --format json"
    )]
    Weekly(meeting::Arguments),
    /// Build the pack of a monthly meeting
    ///
    /// Builds the pack of the next meeting, or with --on of the one scheduled for or held on that date. Never changes
    /// the records.
    ///
    /// Exit status 1: the records have errors; the pack lists the skipped files.
    #[command(
        after_help = "Examples:\n  heatpack pack monthly -o group.pdf\n  heatpack pack monthly --on 2026-11-12 -o november.html\n  heatpack pack monthly --poc jrivera -o jrivera.pdf"
    )]
    Monthly(meeting::MonthlyArguments),
    Cr(cr::Arguments),
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    match &arguments.what {
        What::Weekly(arguments) => meeting::execute(session, MeetingKind::Weekly, arguments, None),
        What::Monthly(arguments) => {
            meeting::execute(session, MeetingKind::Monthly, &arguments.meeting, arguments.poc.as_deref())
        }
        What::Cr(arguments) => cr::execute(session, arguments),
    }
}
