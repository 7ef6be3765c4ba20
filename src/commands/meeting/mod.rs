//! `heatpack meeting`: the agenda of a meeting, its move or cancellation, attendance, reviewed tickets and minutes.

mod held;
mod minutes;
mod plan;
mod write;

use std::process::ExitCode;

use clap::{Args, Subcommand};
use write::key_of;

use crate::commands::common::options::status;
use crate::commands::common::session::Session;
use crate::commands::common::which_meeting::{Fitting, Wanted, named};
use crate::commands::entry::ask::Ask;
use crate::commands::entry::meeting_file::is_editable;
use crate::render::shown;
use crate::workflow::{Context, Prepared};

/// Record a meeting: agenda, attendance, minutes
///
/// Names the meeting that it means. Asks for missing fields when run in a terminal. Leaves the rest of the file
/// unchanged. An edit that breaks a rule is rejected, with the reason.
///
/// Exit status 1: the edit was rejected, and nothing was written.
#[derive(Debug, Args)]
#[command(subcommand_precedence_over_arg = true, subcommand_value_name = "WHAT")]
#[command(
    after_help = "Examples:\n  heatpack meeting monthly next agenda \"Training plan\"\n  heatpack meeting held --attended tnguyen,rpatel --reviewed all\n  heatpack meeting weekly 2026-11-18 minutes --file minutes.md"
)]
pub struct Arguments {
    /// Kind, date or both: weekly, monthly; DATE, next, last
    #[arg(value_name = "MEETING", num_args = 0..=2)]
    meeting: Vec<String>,
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Held(held::Arguments),
    Minutes(minutes::Arguments),
    Agenda(plan::Agenda),
    Move(plan::Move),
    Cancel(plan::Cancel),
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let ask = Ask::new(session.colors(&std::io::stderr()));
    let prepared = Prepared::new(&session.project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    let fitting = match &arguments.what {
        What::Held(_) => Fitting::Unrecorded,
        What::Minutes(_) => Fitting::WithoutMinutes,
        What::Agenda(_) | What::Move(_) | What::Cancel(_) => Fitting::Next,
    };
    let meeting = Wanted::parse(&arguments.meeting, session.as_of.date())?.find(&ctx, fitting)?;
    if !is_editable(session, key_of(meeting)) {
        return Ok(status(1));
    }
    if ask.is_some() {
        say!("{}", shown(&named(meeting)));
    }
    let ask = ask.as_ref();
    match &arguments.what {
        What::Held(own) => held::execute(session, &ctx, meeting, own, ask),
        What::Minutes(own) => minutes::execute(session, meeting, own, ask),
        What::Agenda(own) => plan::agenda(session, meeting, own, ask),
        What::Move(own) => plan::moved(session, meeting, own, ask),
        What::Cancel(own) => plan::cancel(session, meeting, own, ask),
    }
}
