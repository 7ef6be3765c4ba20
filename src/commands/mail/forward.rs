//! `heatpack mail forward`: the letter that forwards a ticket to NITC.

use std::process::ExitCode;

use super::out::{Draft, Target, refuse, write};
use crate::commands::common::lookup;
use crate::commands::common::meeting_pack::renderer;
use crate::commands::common::session::Session;
use crate::report::mail::forward_letter;
use crate::workflow::Context;

/// Draft the letter that forwards a ticket to NITC
///
/// It goes to NITC's staff of that day in data/staff.yaml. It has the description, what the POC tried first, and what
/// NITC must answer by when.
///
/// Exit status 1: the ticket cannot be forwarded now.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  heatpack mail forward HEAT-10423")]
pub struct Arguments {
    /// Ticket, for example HEAT-10423 or 10423
    ticket: String,
    #[command(flatten)]
    target: Target,
}

/// Runs the command.
pub fn execute(session: &Session, ctx: &Context, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let line = lookup::ticket_typed(ctx, &arguments.ticket)?;
    let letter = match forward_letter(ctx, line, arguments.target.to.clone()) {
        Ok(letter) => letter,
        Err(unfit) => return Ok(refuse(&unfit)),
    };
    let renderer = renderer(session)?;
    let draft = Draft {
        to: &letter.to,
        subject: &letter.subject,
        text: &renderer.mail("mail/forward.txt", &letter, None)?,
        html: &renderer.mail("mail/forward.html", &letter, None)?,
        attachments: &[],
        about: &letter.about,
    };
    write(session, &arguments.target, &format!("forward-{}", line.ticket.id.value), &draft)
}
