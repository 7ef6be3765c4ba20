//! Tries a vote before it is cast: whether it would have an effect.

use crate::load::LoadedVote;
use crate::model::{ChangeEvent, Entry, Minute};
use crate::workflow::{ChangeLine, Context};

/// A vote that is tried before it is cast.
#[derive(Debug)]
pub struct Trial<'p> {
    /// The vote as it was read back; `None` if its file was skipped.
    pub vote: Option<&'p LoadedVote>,
    /// Why it would have no effect, in words.
    pub idle: Option<String>,
}

/// Tries the vote on `line`'s CR whose file is `path`; its signature is checked too if it is `signed`.
pub fn try_vote<'p>(ctx: &Context<'p>, line: &ChangeLine<'p>, path: &str, signed: bool) -> Trial<'p> {
    let index = line.votes.iter().position(|judged| ctx.project().file(judged.vote.file).path == path);
    let judged = index.and_then(|index| line.votes.get(index));
    Trial { vote: judged.map(|judged| judged.vote), idle: index.and_then(|index| idle(line, index, signed)) }
}

/// Why the vote at `index` has no effect.
fn idle(line: &ChangeLine, index: usize, signed: bool) -> Option<String> {
    let judged = line.votes.get(index)?;
    let (by, at) = (&judged.vote.by.value, judged.vote.at.value);
    let later = line.votes.iter().enumerate().filter(|(other, vote)| {
        *other != index && vote.vote.by.value == *by && vote.vote.at.value >= at && line.uncounted[*other].is_none()
    });
    match later.map(|(_, vote)| vote.vote.at.value).max() {
        Some(other) if other == at => {
            return Some(format!("{by} already voted on it in this minute, {at}: wait for the next one"));
        }
        Some(other) => return Some(format!("{by} voted on it later, on {other}, and that vote counts")),
        None => {}
    }
    line.uncounted[index].clone().filter(|_| signed || !judged.unsigned)
}

/// Whether the CR was submitted in that very minute, in which votes come first.
pub fn is_too_soon(line: &ChangeLine, at: Minute) -> bool {
    let submitted = |entry: &Entry<ChangeEvent>| entry.event.value == ChangeEvent::Submitted;
    line.cr.log.iter().any(|entry| submitted(entry) && entry.at.value == at)
}
