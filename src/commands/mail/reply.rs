//! `heatpack mail reply`: the reply to a POC about one ticket.

use std::process::ExitCode;

use super::out::{Draft, Target, refuse, write};
use crate::commands::common::lookup;
use crate::commands::common::meeting_pack::renderer;
use crate::commands::common::session::Session;
use crate::commands::common::terminal;
use crate::render::asked_before_text;
use crate::report::alike::Answers;
use crate::report::mail::reply_letter;
use crate::workflow::Context;

/// Draft the reply to a POC about one ticket
///
/// It has the ticket's number, what was asked, its status, the answer if there is one, the next step, and the date of
/// the next update. Prints answers to similar questions, which are not in the letter.
///
/// Exit status 1: the ticket is not outstanding.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  heatpack mail reply HEAT-10423")]
pub struct Arguments {
    /// Ticket, for example HEAT-10423 or 10423
    ticket: String,
    #[command(flatten)]
    target: Target,
}

/// Runs the command.
pub fn execute(session: &Session, ctx: &Context, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let line = lookup::ticket_typed(ctx, &arguments.ticket)?;
    let letter = match reply_letter(ctx, line) {
        Ok(letter) => letter,
        Err(unfit) => return Ok(refuse(&unfit)),
    };
    let renderer = renderer(session)?;
    let to = std::slice::from_ref(&letter.to);
    let draft = Draft {
        to: if arguments.target.to.is_empty() { to } else { &arguments.target.to },
        subject: &letter.subject,
        text: &renderer.mail("mail/reply.txt", &letter, None)?,
        html: &renderer.mail("mail/reply.html", &letter, None)?,
        attachments: &[],
        about: &letter.about,
    };
    let status = write(session, &arguments.target, &format!("reply-{}", line.ticket.id.value), &draft)?;
    // For the clerk alone: the letter has none of it.
    let asked = Answers::new(ctx).before(line.ticket.id.value);
    terminal::say_text(&asked_before_text(&asked, terminal::width()));
    Ok(status)
}
