//! `heatpack new`: a new record with the next free id.

mod answer;
mod change;
mod designation;
mod list_file;
mod meeting;
mod member;
mod people;
mod poc;
mod record;
mod staff;
mod subject;
mod ticket;

use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::commands::common::session::Session;
use crate::commands::entry::ask::Ask;
use crate::commands::entry::kept::Kept;
use crate::render::shown;

/// Create a ticket, POC, change request or other record
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
    Designation(designation::Arguments),
    Subject(subject::Arguments),
    Staff(staff::Arguments),
    Member(member::Arguments),
}

impl What {
    /// The word of the command line.
    fn name(&self) -> &'static str {
        match self {
            What::Ticket(_) => "ticket",
            What::Poc(_) => "poc",
            What::Answer(_) => "answer",
            What::Cr(_) => "cr",
            What::Meeting(_) => "meeting",
            What::Designation(_) => "designation",
            What::Subject(_) => "subject",
            What::Staff(_) => "staff",
            What::Member(_) => "member",
        }
    }
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let ask = match Ask::new(session.colors(&std::io::stderr())) {
        Some(ask) => Some(with_kept(session, ask, arguments.what.name())?),
        None => None,
    };
    let ended = record(session, arguments, ask.as_ref());
    if let Some(kept) = ask.as_ref().and_then(Ask::kept).filter(|kept| !kept.is_empty()) {
        match &ended {
            Ok(status) if *status == ExitCode::SUCCESS => kept.clear(),
            _ => say!("your answers are kept: `heatpack new {}` offers them again", arguments.what.name()),
        }
    }
    ended
}

/// The questions with the answers of a record that was not finished, if a person goes on with it.
fn with_kept(session: &Session, ask: Ask, name: &str) -> anyhow::Result<Ask> {
    let kept = Kept::open(session, name);
    if !kept.is_empty() {
        kept.lines().iter().for_each(|line| say!("  {}", shown(line)));
        let choices = ["yes: go on with these answers", "no: start over"].map(str::to_owned);
        if ask.choice(&format!("A new {name} was not finished. Go on with it?"), &choices)? != 0 {
            kept.clear();
        }
    }
    Ok(ask.keeping(kept))
}

fn record(session: &Session, arguments: &Arguments, ask: Option<&Ask>) -> anyhow::Result<ExitCode> {
    match &arguments.what {
        What::Ticket(arguments) => ticket::execute(session, arguments, ask),
        What::Poc(arguments) => poc::execute(session, arguments, ask),
        What::Answer(arguments) => answer::execute(session, arguments, ask),
        What::Cr(arguments) => change::execute(session, arguments, ask),
        What::Meeting(arguments) => meeting::execute(session, arguments, ask),
        What::Designation(arguments) => designation::execute(session, arguments, ask),
        What::Subject(arguments) => subject::execute(session, arguments, ask),
        What::Staff(arguments) => staff::execute(session, arguments, ask),
        What::Member(arguments) => member::execute(session, arguments, ask),
    }
}
