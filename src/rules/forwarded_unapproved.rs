//! Every CR must be approved before it is forwarded to NITC: the approvals needed, including the chair's where the
//! terms require it, and no vote to reject or return. Otherwise `forwarded` has no effect.
//!
//! **Why.** ACFO-FS forwards the CR to NITC when the CFMSCCB has approved and signed it.
//!
//! **Example.**
//!
//! ```yaml
//! # 1 of 2 approvals
//! - at: 2026-11-17 15:00
//!   event: forwarded            # not approved yet
//!   by: kfoster
//! ```
//!
//! **How to fix it.**
//!
//! - Ask the board to vote first with `heatpack sign CR-2026-007`. `heatpack verify CR-2026-007` lists the votes.
//! - You forwarded it deliberately, in an emergency: add an `exception` to the entry. The entry then takes effect.

use super::Sink;
use crate::model::{CrState, Help, RuleId};
use crate::rules::support::{change_slips, is_on, is_request_change_reported, slip_finding};
use crate::workflow::{Context, verdict};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for (line, step, entry) in change_slips(ctx, RuleId::ForwardedUnapproved) {
        // Without a digest, an edit of the text causes this; another rule reports the edit.
        if is_on(ctx, RuleId::RequestChangedAfterForwarding) && is_request_change_reported(ctx, line) {
            continue;
        }
        let id = &line.cr.id.value;
        let vote_first = "ask the board to vote first, or correct the date";
        let (why, help) = match (step.before, &entry.digest) {
            (CrState::Draft, _) => ("it was not submitted".to_owned(), "submit it to the board first"),
            (CrState::Approved, Some(_)) => {
                let help = "use the digest of the last `submitted`, or submit this text for a vote";
                ("its `digest` is not that of the approved text".to_owned(), help)
            }
            _ => (verdict(ctx.board(), line, step.at), vote_first),
        };
        let message = format!("{id} was forwarded without board approval: {why}");
        let help = Help::or_exception(help, help);
        let place = (line.cr.file, entry.event.span);
        sink.add(slip_finding(place, id, entry, step.slip, message, help));
    }
}
