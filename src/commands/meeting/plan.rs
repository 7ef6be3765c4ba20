//! `heatpack meeting agenda`, `move` and `cancel`: what is known before a meeting.

use std::process::ExitCode;

use anyhow::bail;

use super::write::{key_of, write};
use crate::commands::common::session::Session;
use crate::commands::common::which_meeting::named;
use crate::commands::entry::ask::Ask;
use crate::commands::entry::meeting_file::{MeetingFile, ask_for};
use crate::commands::entry::typed::Reader;
use crate::load::Project;
use crate::model::Leaning;
use crate::workflow::Occurrence;

/// Add items to the agenda [default: of the next meeting]
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  heatpack meeting agenda \"Year-end freeze dates\"")]
#[command(override_usage = "heatpack meeting [weekly|monthly] [DATE|next|last] agenda [ITEM]...")]
pub struct Agenda {
    /// Item (Markdown); repeat for several
    #[arg(value_name = "ITEM")]
    items: Vec<String>,
}

/// Move a meeting [default: the next one]
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  heatpack meeting move --to \"2026-11-24 10:00\"")]
#[command(override_usage = "heatpack meeting [weekly|monthly] [DATE|next|last] move [OPTIONS]")]
pub struct Move {
    /// New time: `2026-11-24 10:00`, or `11:00` that day
    #[arg(long, value_name = "TIME")]
    to: Option<String>,
}

/// Cancel a meeting [default: the next one]
///
/// The next pack then covers both periods.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  heatpack meeting cancel --reason \"Federal offices closed\"")]
#[command(override_usage = "heatpack meeting [weekly|monthly] [DATE|next|last] cancel [OPTIONS]")]
pub struct Cancel {
    /// Reason, in one line
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

/// Adds items to the agenda.
pub fn agenda(session: &Session, meeting: &Occurrence, own: &Agenda, ask: Option<&Ask>) -> anyhow::Result<ExitCode> {
    let mut items: Vec<String> = own.items.iter().map(|item| item.trim().to_owned()).collect();
    items.retain(|item| !item.is_empty());
    if items.is_empty() {
        let Some(ask) = ask else { bail!("the item is missing: add it in quotes after `agenda`") };
        let add = |file: &mut MeetingFile, item: &str| file.add("agenda", item.to_owned());
        items.push(ask_for(session, key_of(meeting), ask, "Agenda item", add)?);
    }
    let make = |project: &Project| {
        let mut file = MeetingFile::open(session, project, key_of(meeting))?;
        items.iter().try_for_each(|item| file.add("agenda", item.clone()))?;
        Ok(vec![file.draft()])
    };
    write(session, key_of(meeting), &[], make, |_, meeting| {
        let count = meeting.record.map_or(0, |record| record.agenda.len());
        let items = if count == 1 { "1 item".to_owned() } else { format!("{count} items") };
        format!("{}: {items} on its own agenda\n", named(meeting))
    })
}

/// Moves the meeting.
pub fn moved(session: &Session, meeting: &Occurrence, own: &Move, ask: Option<&Ask>) -> anyhow::Result<ExitCode> {
    let reader = Reader::new(session, ask);
    let to = match (&own.to, ask) {
        (Some(to), _) => to.clone(),
        (None, Some(ask)) => {
            let set = |file: &mut MeetingFile, to: &str| file.set("moved_to", time_on(meeting, reader, to)?);
            ask_for(session, key_of(meeting), ask, "New time, for example 2026-11-24 10:00", set)?
        }
        (None, None) => bail!("the new time is missing: use --to \"{} 10:00\"", meeting.held.date()),
    };
    let to = time_on(meeting, reader, &to)?;
    let make = |project: &Project| {
        let mut file = MeetingFile::open(session, project, key_of(meeting))?;
        file.set("moved_to", to.clone())?;
        Ok(vec![file.draft()])
    };
    write(session, key_of(meeting), &[("moved_to", "to")], make, |_, meeting| {
        let why = meeting.moved.as_deref().map(|why| format!(" ({why})")).unwrap_or_default();
        format!("{}{why}\n", named(meeting))
    })
}

/// Cancels the meeting.
pub fn cancel(session: &Session, meeting: &Occurrence, own: &Cancel, ask: Option<&Ask>) -> anyhow::Result<ExitCode> {
    let reason = match (&own.reason, ask) {
        (Some(reason), _) => reason.trim().to_owned(),
        (None, Some(ask)) => {
            let set = |file: &mut MeetingFile, reason: &str| file.set("canceled", reason.to_owned());
            ask_for(session, key_of(meeting), ask, "Reason for the cancellation, in one line", set)?
        }
        (None, None) => bail!("the reason is missing: use --reason TEXT"),
    };
    let make = |project: &Project| {
        let mut file = MeetingFile::open(session, project, key_of(meeting))?;
        file.set("canceled", reason.clone())?;
        Ok(vec![file.draft()])
    };
    write(session, key_of(meeting), &[("canceled", "reason")], make, |_, meeting| {
        let reason = meeting.canceled.map(|reason| format!(": canceled ({reason})")).unwrap_or_default();
        format!("{}{reason}\n", named(meeting))
    })
}

/// A typed time as records write it: `11:00` is on the day of the meeting. The rules report what is not a time.
pub fn time_on(meeting: &Occurrence, reader: Reader, typed: &str) -> anyhow::Result<String> {
    reader.minute_on(typed, meeting.held.date(), Leaning::Either)
}
