//! `heatpack new`: a new record with the next free id.

mod answer;
mod change;
mod meeting;
mod poc;
mod record;
mod ticket;

use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::commands::common::session::Session;
use crate::commands::entry::ask::Ask;

/// Create a ticket, POC, answer, change request or meeting
///
/// Asks for missing fields when run in a terminal. The new file has the next free id, and comments on what to add. A
/// record that breaks a rule is rejected, with the reason.
///
/// Exit status 1: the record was rejected, and nothing was written.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  heatpack new ticket\n  heatpack new ticket --subject scorecard --poc jrivera --title \"Export drops the last quarter\""
)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Ticket(ticket::Arguments),
    Poc(poc::Arguments),
    Answer(answer::Arguments),
    Cr(change::Arguments),
    Meeting(meeting::Arguments),
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let ask = Ask::new(session.colors(&std::io::stderr()));
    match &arguments.what {
        What::Ticket(arguments) => ticket::execute(session, arguments, ask.as_ref()),
        What::Poc(arguments) => poc::execute(session, arguments, ask.as_ref()),
        What::Answer(arguments) => answer::execute(session, arguments, ask.as_ref()),
        What::Cr(arguments) => change::execute(session, arguments, ask.as_ref()),
        What::Meeting(arguments) => meeting::execute(session, arguments, ask.as_ref()),
    }
}
