//! What happened to a CR, divided by the times that it was before the board.

use serde::Serialize;

use crate::model::{ChangeEvent, Minute, RichText};
use crate::report::story::{TimelineEntry, change_timeline};
use crate::report::words::Words;
use crate::workflow::{ChangeLine, Context};

/// A part of the history: the draft, or a round before the board with what followed it.
#[derive(Debug, Clone, Serialize)]
pub struct RoundView {
    /// 0 is the time before it was first submitted.
    pub number: usize,
    /// The state at its end, in words.
    pub ended: String,
    pub entries: Vec<HistoryEntry>,
}

/// An entry of the log, or a vote.
#[derive(Debug, Clone, Serialize)]
pub struct HistoryEntry {
    pub at: Minute,
    /// What was done, in words.
    pub what: String,
    /// The name of who did it; null where it is in `what`.
    pub by: Option<String>,
    /// The note, or the reason of a vote.
    pub note: Option<RichText>,
    /// Why it had no effect, in words; null if it had one.
    pub no_effect: Option<String>,
}

/// The history as of now, oldest first.
pub(super) fn rounds(ctx: &Context, line: &ChangeLine) -> Vec<RoundView> {
    let words = Words::new(&ctx.project().settings.names);
    let steps = line.steps.iter().filter(|step| step.at <= ctx.as_of);
    let mut rounds: Vec<RoundView> = Vec::new();
    let mut number = 0;
    for (step, entry) in steps.zip(change_timeline(ctx, line)) {
        let begins = line.is(step, ChangeEvent::Submitted);
        number += usize::from(begins);
        if begins || rounds.is_empty() {
            rounds.push(RoundView { number, ended: String::new(), entries: Vec::new() });
        }
        if let Some(round) = rounds.last_mut() {
            round.ended = words.change_state(step.after);
            round.entries.push(made(entry));
        }
    }
    rounds
}

fn made(entry: TimelineEntry) -> HistoryEntry {
    HistoryEntry {
        at: entry.at,
        what: entry.line(),
        by: entry.by.map(|by| by.name),
        note: entry.note,
        no_effect: entry.no_effect,
    }
}
