//! Every signature must be by a key of the member that data/board.yaml lists and that is valid on the date of the vote.
//! It must cover the vote's present text, in the namespace `heatpack-decision`. Otherwise the vote does not count.
//!
//! **Why.** Anyone must be able to verify an approval years later with OpenSSH alone.
//!
//! **Example.**
//!
//! ```yaml
//! cr: CR-2026-007
//! by: mlee
//! at: 2026-11-17 14:05
//! decision: approve             # `defer` when it was signed
//! digest: sha256:9f2c…
//! signature: |
//!   -----BEGIN SSH SIGNATURE-----
//!   …
//! ```
//!
//! **How to fix it.**
//!
//! - The vote was edited: undo the edit (`git diff` shows it).
//! - Otherwise: ask the member to vote again with `heatpack sign CR-2026-007` and a key listed in data/board.yaml.

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
        // `period-reversed` reports a key with reversed dates.
        let keys = cast.judged.member.map(|member| member.keys.as_slice()).unwrap_or_default();
        if keys.iter().any(|key| is_reversed(key.from, key.until)) {
            continue;
        }
        // `decision-unsigned` reports a missing digest.
        if cast.judged.unsigned {
            continue;
        }
        let message = format!("the signature of {} is not valid: {why}", vote.by.value);
        let help = "ask the member to sign again, with a key listed in data/board.yaml";
        let finding = Finding::at((vote.file, signature.span), &vote.cr.value, message);
        sink.add(finding.help(help).on(vote.at.date()));
    }
}
