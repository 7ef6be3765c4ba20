//! `heatpack mail minutes`: the minutes of a meeting for those who attended.

use std::process::ExitCode;

use anyhow::bail;

use super::out::{Draft, Target, refuse, write};
use crate::commands::common::meeting_pack::{Kind, find, renderer};
use crate::commands::common::session::Session;
use crate::commands::common::typed;
use crate::model::{Leaning, MeetingKind, day_in_words};
use crate::report::mail::{latest_minutes, minutes_letter};
use crate::workflow::Context;

/// Draft the letter with the minutes of a meeting
///
/// It has the minutes, the board's decisions since the meeting before, the action items with owner and due date, and
/// the next meeting. It goes to the attendees.
///
/// Exit status 1: the meeting has no minutes yet.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  heatpack mail minutes latest")]
pub struct Arguments {
    /// Date of the meeting, or `latest`
    meeting: String,
    /// Kind of meeting; required if both were on that date
    #[arg(value_enum)]
    kind: Option<Kind>,
    #[command(flatten)]
    target: Target,
}

/// Runs the command.
pub fn execute(session: &Session, ctx: &Context, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let (kind, index) = meeting(ctx, arguments)?;
    let letter = match minutes_letter(ctx, (kind, index), arguments.target.to.clone()) {
        Ok(letter) => letter,
        Err(unfit) => return Ok(refuse(&unfit)),
    };
    let renderer = renderer(session)?;
    let draft = Draft {
        to: &letter.to,
        subject: &letter.subject,
        text: &renderer.mail("mail/minutes.txt", &letter, None)?,
        html: &renderer.mail("mail/minutes.html", &letter, None)?,
        attachments: &[],
        about: &letter.about,
    };
    write(session, &arguments.target, &format!("minutes-{}", ctx.meetings(kind)[index].id()), &draft)
}

/// The meeting that is asked for, by its place among those of its kind.
fn meeting(ctx: &Context, arguments: &Arguments) -> anyhow::Result<(MeetingKind, usize)> {
    let kind: Option<MeetingKind> = arguments.kind.map(Kind::into);
    if arguments.meeting == "latest" {
        let Some(found) = latest_minutes(ctx, kind) else {
            bail!("no meeting was held yet; add `held: true` to the file of the meeting");
        };
        return Ok(found);
    }
    if let Some(kind) = kind {
        return Ok((kind, find(ctx, kind, Some(&arguments.meeting))?));
    }
    let how = "write one such as 2026-11-18, or `latest`";
    let date = typed::day(&arguments.meeting, ctx.today(), Leaning::Past, how)?;
    let is_on =
        |kind: &MeetingKind| ctx.meetings(*kind).iter().any(|own| own.scheduled == date || own.held.date() == date);
    let kinds: Vec<MeetingKind> = MeetingKind::ALL.iter().copied().filter(is_on).collect();
    match kinds.as_slice() {
        [kind] => Ok((*kind, find(ctx, *kind, Some(&arguments.meeting))?)),
        [] => bail!("there is no meeting on {}; `heatpack calendar` lists them", day_in_words(date)),
        _ => bail!("two meetings were on {}: add `weekly` or `monthly`", day_in_words(date)),
    }
}
