//! The signature of a vote: the text that is signed, and whether one of the member's keys signed it.

use ssh_key::SshSig;

use crate::load::LoadedVote;
use crate::model::{Member, day_in_words};

/// The SSHSIG namespace of votes.
pub const NAMESPACE: &str = "heatpack-decision";

/// What can be said of a vote's signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignatureState {
    /// There is none.
    None,
    /// It is by the key of this fingerprint (`SHA256:…`).
    Valid { fingerprint: String },
    /// It is not; why, in words.
    Invalid(String),
}

/// The text that is signed (`format.md`, "decisions"), a line end after every line. `None` without a digest.
pub fn signed_text(vote: &LoadedVote) -> Option<String> {
    let digest = vote.digest.as_ref()?;
    Some(format!(
        "heatpack decision v1\ncr {}\ndigest {}\ndecision {}\nby {}\nat {}\nreason sha256:{}\n",
        vote.cr.value, digest.value.0, vote.decision.value, vote.by.value, vote.at.value, vote.reason_digest
    ))
}

/// Verifies a vote's signature against the keys of `member`.
pub fn verify(vote: &LoadedVote, member: Option<&Member>) -> SignatureState {
    let Some(signature) = &vote.signature else { return SignatureState::None };
    let Some(text) = signed_text(vote) else {
        return SignatureState::Invalid("the vote has no digest, which is part of what is signed".to_owned());
    };
    let Some(member) = member else {
        return SignatureState::Invalid("nobody's key is known for that date".to_owned());
    };
    let Ok(signature) = SshSig::from_pem(signature.value.0.trim()) else {
        return SignatureState::Invalid("it is not a signature as `ssh-keygen -Y sign` writes it".to_owned());
    };
    if signature.namespace() != NAMESPACE {
        return SignatureState::Invalid(format!("it was made for another purpose, `{}`", signature.namespace()));
    }
    let own = || member.keys.iter().filter(|key| key.key.key.key_data() == signature.public_key());
    if own().next().is_none() {
        return SignatureState::Invalid(format!("it was not made with a key of {}", member.name.0));
    }
    let date = vote.at.date();
    let Some(key) = own().find(|key| key.is_valid_on(date)) else {
        return SignatureState::Invalid(format!("the key of {} is not valid on {}", member.name.0, day_in_words(date)));
    };
    let key = &key.key;
    if let Some(flaw) = key.flaw() {
        return SignatureState::Invalid(format!("{flaw}: have a key of the kind ssh-ed25519 added to data/board.yaml"));
    }
    match key.key.verify(NAMESPACE, text.as_bytes(), &signature) {
        Ok(()) => SignatureState::Valid { fingerprint: key.fingerprint() },
        Err(_) => SignatureState::Invalid("it does not fit what the vote says".to_owned()),
    }
}
