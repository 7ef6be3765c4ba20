//! `heatpack new`: a new record with the next free id.

mod change;
mod meeting;
mod poc;
mod record;
mod ticket;

use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::commands::common::session::Session;
use crate::commands::entry::ask::Ask;

/// Make a new ticket, POC, change request or meeting
///
/// What is not said with a flag is asked for on a terminal. The file gets the next free id, the line by which editors
/// find its schema, and comments that say what may follow. What would be an error is refused, and the rule says why.
///
/// Example: heatpack new ticket --subject scorecard --poc jrivera --title "Export drops the last quarter"
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Ticket(ticket::Arguments),
    Poc(poc::Arguments),
    Cr(change::Arguments),
    Meeting(meeting::Arguments),
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let ask = Ask::new(session.colors(&std::io::stderr()));
    match &arguments.what {
        What::Ticket(arguments) => ticket::execute(session, arguments, ask.as_ref()),
        What::Poc(arguments) => poc::execute(session, arguments, ask.as_ref()),
        What::Cr(arguments) => change::execute(session, arguments, ask.as_ref()),
        What::Meeting(arguments) => meeting::execute(session, arguments, ask.as_ref()),
    }
}
