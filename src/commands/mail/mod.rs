//! `heatpack mail`: drafts of the process's letters, for a person to read, change and send.

mod change;
mod follow_ups;
mod forward;
mod minutes;
mod out;
mod pack;
mod reply;

use std::process::ExitCode;

use clap::Subcommand;

use crate::commands::common::session::Session;
use crate::workflow::{Context, Prepared};

/// Draft a letter for your mail program; never sends one
///
/// Writes `.eml` files, which mail programs open as drafts. When you have sent one, `heatpack sent FILE` adds
/// the entries to the logs.
///
/// Exit status 1: a file with errors was skipped, or no letter fits the record.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  heatpack mail follow-ups")]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Reply(reply::Arguments),
    Forward(forward::Arguments),
    FollowUps(follow_ups::Arguments),
    Cr(change::Arguments),
    Minutes(minutes::Arguments),
    Pack(pack::Arguments),
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let prepared = Prepared::new(&session.project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    match &arguments.what {
        What::Reply(arguments) => reply::execute(session, &ctx, arguments),
        What::Forward(arguments) => forward::execute(session, &ctx, arguments),
        What::FollowUps(arguments) => follow_ups::execute(session, &ctx, arguments),
        What::Cr(arguments) => change::execute(session, &ctx, arguments),
        What::Minutes(arguments) => minutes::execute(session, &ctx, arguments),
        What::Pack(arguments) => pack::execute(session, &ctx, arguments),
    }
}
