//! Whether a vote can be cast: what `check` would say of it, and whether it would count.

use crate::load::LoadedVote;
use crate::model::{Diagnostic, Level, Minute};
use crate::rules;
use crate::workflow::{ChangeLine, Context, SignatureState};

/// What became of a vote in a project that holds it.
#[derive(Debug)]
pub struct Trial<'p> {
    /// The vote as it was read back; none where its file is left out.
    pub vote: Option<&'p LoadedVote>,
    /// What `check` says of the project with it and not of that without it, and what it says of the CR's file.
    pub refused: Vec<Diagnostic>,
    /// Why it would have no effect, in words, where no rule is broken.
    pub idle: Option<String>,
    /// The fingerprint of the key that signed it.
    pub fingerprint: Option<String>,
}

/// Tries the vote on `line`'s CR that stands at `path`. `before` is the project without it; `signed` says that its
/// signature is there, so that it is judged too.
pub fn try_vote<'p>(before: &Context, ctx: &Context<'p>, line: &ChangeLine<'p>, path: &str, signed: bool) -> Trial<'p> {
    let project = ctx.project();
    let cr = &project.file(line.cr.file).path;
    let mut known: Vec<Diagnostic> = rules::check(before);
    let mut is_new = |found: &Diagnostic| {
        let at = found.place.path(&project.files);
        let twin = known.iter().position(|old| {
            let same = old.rule == found.rule && old.record == found.record && old.message == found.message;
            same && old.place.path(&before.project().files) == at
        });
        twin.map(|at| known.swap_remove(at)).is_none()
    };
    let mut refused = rules::check(ctx);
    refused.retain(|found| {
        let at = found.place.path(&project.files);
        let to_come = !signed && at == path && found.rule == "decision-unsigned";
        found.level == Level::Error && !to_come && (is_new(found) || at == cr)
    });
    let index = line.votes.iter().position(|judged| project.file(judged.vote.file).path == path);
    let judged = index.and_then(|index| line.votes.get(index));
    let idle = index.and_then(|index| idle(line, index, signed));
    let fingerprint = judged.and_then(|judged| match &judged.signature {
        SignatureState::Valid { fingerprint } => Some(fingerprint.clone()),
        SignatureState::None | SignatureState::Invalid(_) => None,
    });
    Trial { vote: judged.map(|judged| judged.vote), refused, idle, fingerprint }
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
            return Some(format!("{by} voted on it in this very minute, {at}: wait for the next one"));
        }
        Some(other) => return Some(format!("{by} voted on it later, on {other}, and that vote stands")),
        None => {}
    }
    line.uncounted[index].clone().filter(|_| signed || !judged.unsigned)
}

/// Whether the CR was submitted in that very minute, in which votes come first.
pub fn is_too_soon(line: &ChangeLine, at: Minute) -> bool {
    let submitted = |entry: &crate::model::Entry<_>| entry.event.value == crate::model::ChangeEvent::Submitted;
    line.cr.log.iter().any(|entry| submitted(entry) && entry.at.value == at)
}
