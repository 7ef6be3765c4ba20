//! The entries that letters ask for, checked against the records, and the files with them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Context as _;

use super::letter::SentLetter;
use crate::commands::common::lookup;
use crate::commands::common::session::Session;
use crate::commands::entry::refusal;
use crate::commands::entry::round::digest_of_round;
use crate::disk::staged;
use crate::load::{Project, append};
use crate::model::{ChangeEvent, CrId, LogId, TicketId};
use crate::record::{Fields, Node};
use crate::render::shown;
use crate::report::entered::{entered_change, entered_ticket, what};
use crate::report::mail::{LetterEvent, Mark, Marked, outdated};
use crate::workflow::Context;

/// An entry that a letter asks for.
#[derive(Debug, Clone)]
pub struct Planned {
    pub record: LogId,
    pub event: LetterEvent,
}

/// The entries in the order in which they are made. `None` if a letter no longer holds; then it prints why.
pub fn plan(session: &Session, ctx: &Context, letters: &[SentLetter]) -> Option<Vec<Planned>> {
    let mut planned: BTreeMap<(LogId, LetterEvent), &SentLetter> = BTreeMap::new();
    let mut is_whole = true;
    let mut helps = BTreeSet::new();
    for letter in letters {
        for mark in &letter.about.records {
            match judge(session, ctx, letter.about.event, mark) {
                Err(Some((why, help))) => {
                    say!("error: {}: {}: {why}", letter.name(), shown(&mark.id));
                    helps.insert(help);
                }
                // It was printed already.
                Err(None) => {}
                Ok(record) => {
                    let key = (record, letter.about.event);
                    let Some(other) = planned.get(&key) else {
                        planned.insert(key, letter);
                        continue;
                    };
                    let (name, id, other) = (letter.name(), shown(&mark.id), other.name());
                    say!("error: {name}: {id} is in {other} too, and would get two entries");
                    helps.insert("omit one of the two letters".to_owned());
                }
            }
            is_whole = false;
        }
    }
    helps.iter().for_each(|help| say!("help: {help}"));
    let planned = planned.into_keys().map(|(record, event)| Planned { record, event });
    is_whole.then(|| planned.collect())
}

/// The record of a mark, if the letter still holds; else why it does not, and what to do.
fn judge(session: &Session, ctx: &Context, event: LetterEvent, mark: &Mark) -> Result<LogId, Option<(String, String)>> {
    let project = ctx.project();
    let outdated = |record| outdated(ctx, event, mark, record);
    let again = "draft the letter again; if this one was sent, enter each ticket with `heatpack log`".to_owned();
    if let Some(line) = TicketId::parse(&mark.id).and_then(|id| ctx.prepared.tickets.get(&id)) {
        let id = line.ticket.id.value;
        return match outdated(Marked::Ticket(line)) {
            Some(why) => Err(Some((format!("the letter no longer holds: {why}"), again))),
            None => Ok(LogId::Ticket(id)),
        };
    }
    if let Some(line) = CrId::parse(&mark.id).and_then(|id| ctx.prepared.changes.get(&id)) {
        let id = &line.cr.id.value;
        if event != LetterEvent::Forwarded {
            let why = format!("a change request has no entry `{event}`");
            return Err(Some((why, "use the draft that `heatpack mail cr` wrote".to_owned())));
        }
        if let Some(why) = outdated(Marked::Change(line)) {
            return Err(Some((format!("the letter no longer holds: {why}"), again)));
        }
        let forwarded = ChangeEvent::Forwarded.as_str();
        return match refusal::is_refused_in(session, ctx.prepared, id, forwarded, Some(ctx.as_of)) {
            true => Err(None),
            false => Ok(LogId::Change(id.clone())),
        };
    }
    let is_known = TicketId::parse(&mark.id).is_some_and(|id| project.known.tickets.ids.contains(&id))
        || CrId::parse(&mark.id).is_some_and(|id| project.known.changes.ids.contains(&id));
    Err(Some(match (is_known, lookup::not_checked_out(project, &mark.id)) {
        (true, Some(path)) => (format!("{path} is not checked out"), lookup::CHECK_OUT.to_owned()),
        (true, None) => ("the record has errors".to_owned(), "fix what `heatpack check` reports first".to_owned()),
        (false, _) => ("no such record here".to_owned(), "run this in the project that the letter is from".to_owned()),
    }))
}

/// The files with their new entries, by their paths.
pub fn files(
    root: &Path,
    project: &Project,
    planned: &[Planned],
    at: &str,
    author: impl Fn(&LogId) -> Option<String>,
) -> anyhow::Result<Vec<(String, staged::File)>> {
    let mut files: BTreeMap<String, staged::File> = BTreeMap::new();
    for own in planned {
        let file = project.log_file(&own.record).context("the record is gone")?;
        let path = project.file(file).path.clone();
        let place = root.join(&path);
        if !files.contains_key(&path) {
            let old = std::fs::read(&place).with_context(|| format!("cannot read {path}"))?;
            files.insert(path.clone(), staged::File { path: place, new: old.clone(), old: Some(old) });
        }
        let Some(file) = files.get_mut(&path) else { continue };
        let text = std::str::from_utf8(&file.new).with_context(|| format!("{path} is not UTF-8"))?;
        let digest = match &own.record {
            LogId::Ticket(_) => None,
            LogId::Change(id) => digest_of_round(project, id, ChangeEvent::Forwarded),
        };
        let entry = Fields::new().with("at", at.to_owned()).with("event", own.event.as_str());
        let entry: Node = entry.with_some("by", author(&own.record)).with_some("digest", digest).into();
        file.new = append(text, &entry).with_context(|| format!("cannot add to {path}"))?.into_bytes();
    }
    Ok(files.into_iter().collect())
}

/// What came of an entry, as one line.
pub fn line(ctx: &Context, planned: &[Planned], own: &Planned) -> String {
    // Of two entries for one ticket the first says what was done, and the last what is next.
    let is_last = planned.iter().rfind(|other| other.record == own.record).is_some_and(|last| last.event == own.event);
    let entered = match &own.record {
        LogId::Ticket(id) if !is_last => {
            let log = ctx.prepared.tickets.get(id).map(|line| line.ticket.record.log.as_slice()).unwrap_or_default();
            let entry = log.iter().rfind(|entry| entry.event.value.as_str() == own.event.as_str());
            return format!("{id}: {}", entry.map(|entry| what(ctx, entry)).unwrap_or_default());
        }
        LogId::Ticket(id) => {
            let log = ctx.prepared.tickets.get(id).map_or(0, |line| line.ticket.log.len());
            entered_ticket(ctx, *id, log.saturating_sub(1))
        }
        LogId::Change(id) => {
            let log = ctx.prepared.changes.get(id).map_or(0, |line| line.cr.log.len());
            entered_change(ctx, id, log.saturating_sub(1))
        }
    };
    entered.map(|entered| entered.line()).unwrap_or_else(|| own.record.to_string())
}
