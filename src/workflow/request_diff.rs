//! Whether the request of a CR that was forwarded in the base is different now.

use super::change_fold::fold;
use super::context::Context;
use crate::load::LoadedChange;
use crate::model::{ChangeEvent, Entry};

/// Whether the request of a CR that was forwarded in the base is different now. One that was forwarded without an approval
/// had no effect: its request may still be edited.
pub fn is_request_edited(ctx: &Context, was: &LoadedChange, now: &LoadedChange) -> bool {
    let is_forwarded = |entry: &Entry<ChangeEvent>| entry.event.value == ChangeEvent::Forwarded;
    if was.digest == now.digest || !was.log.iter().any(is_forwarded) {
        return false;
    }
    let line = fold(ctx.project(), ctx.board(), &ctx.prepared.calendars, &ctx.prepared.late.of_votes(), was);
    line.steps.iter().any(|step| line.is(step, ChangeEvent::Forwarded))
}
