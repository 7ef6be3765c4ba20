//! A CR is forwarded to NITC once the standing votes carry it: as many approvals as the quorum, the chair's
//! among them where the terms ask for it, and none to reject or return it. Otherwise `forwarded` has no effect.
//!
//! **Why.** ACFO-FS forwards the CR to NITC when the CFMSCCB has approved and signed it.
//!
//! **Example.**
//!
//! ```yaml
//! # one of two approvals is there
//! - at: 2026-11-17 15:00
//!   event: forwarded
//!   by: kfoster
//! ```
//!
//! **To mend it:** have the board vote first. What was done knowingly, in an emergency, takes an `exception` on
//! the entry, and then takes effect.

use super::Sink;
use crate::model::{CrState, Help, RuleId};
use crate::rules::support::{change_slips, is_on, is_request_change_reported, slip_finding};
use crate::workflow::{Context, verdict};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for (line, step, entry) in change_slips(ctx, RuleId::ForwardedUnapproved) {
        // Of a round without a digest this follows from an edit of the text, which is an error of its own.
        if is_on(ctx, RuleId::RequestChangedAfterForwarding) && is_request_change_reported(ctx, line) {
            continue;
        }
        let id = &line.cr.id.value;
        let vote_first = "have the board vote first, or correct the date";
        let (why, help) = match (step.before, &entry.digest) {
            (CrState::Draft, _) => ("it was never submitted".to_owned(), "submit it to the board first"),
            (CrState::Approved, Some(_)) => {
                let help =
                    "write the digest of the last `submitted`, or submit this text and have the board vote on it";
                ("its `digest` is not that of the request that the board approved".to_owned(), help)
            }
            _ => (verdict(ctx.board(), line, step.at), vote_first),
        };
        let message = format!("{id} was forwarded without the board's approval: {why}");
        let help = Help::or_exception(help);
        let place = (line.cr.file, entry.event.span);
        sink.add(slip_finding(place, id, entry, step.slip, message, help));
    }
}
