//! Every signature must be by one of the member's keys in board.yaml that is valid on the date of the vote, over the
//! vote's text as it is, in the namespace `heatpack-decision`. Otherwise the vote does not count.
//!
//! **Why.** An approval has to be verifiable years later with OpenSSH alone, by people who trust nobody's word.
//!
//! **Example.**
//!
//! ```yaml
//! cr: CR-2026-007
//! by: mlee
//! at: 2026-11-17 14:05
//! decision: approve             # was `defer` when it was signed
//! digest: sha256:9f2c…
//! signature: |
//!   -----BEGIN SSH SIGNATURE-----
//!   …
//! ```
//!
//! **To mend it:** take the edit back, or have the member sign the vote again with a key that board.yaml lists.

use super::{Finding, Sink};
use crate::model::is_reversed;
use crate::rules::support::votes;
use crate::workflow::{Context, SignatureState};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for cast in votes(ctx).into_iter().filter(|cast| cast.judged.member.is_some()) {
        let vote = cast.judged.vote;
        let (SignatureState::Invalid(why), Some(signature)) = (&cast.judged.signature, &vote.signature) else {
            continue;
        };
        // A key whose dates are reversed is `period-reversed`, and nothing more.
        let keys = cast.judged.member.map(|member| member.keys.as_slice()).unwrap_or_default();
        if keys.iter().any(|key| is_reversed(key.from, key.until)) {
            continue;
        }
        // That the digest is missing where it has to be there is `decision-unsigned`'s to report.
        if cast.judged.unsigned {
            continue;
        }
        let message = format!("the signature of {} is not valid: {why}", vote.by.value);
        let help = "the vote does not count: have the member sign it again, with a key that data/board.yaml lists";
        let finding = Finding::at((vote.file, signature.span), &vote.cr.value, message);
        sink.add(finding.help(help).on(vote.at.date()));
    }
}
