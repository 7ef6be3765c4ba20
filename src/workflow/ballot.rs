//! A vote before it is cast: where its file belongs, and its record.

use crate::model::{CrId, Decision, Minute, PersonId, Vote};
use crate::record::{Fields, to_yaml};

/// A vote that is about to be cast.
#[derive(Debug, Clone)]
pub struct Ballot {
    pub cr: CrId,
    pub by: PersonId,
    pub at: Minute,
    pub decision: Decision,
    pub reason: Option<String>,
    /// `sha256:` and the digest of the request of its round.
    pub digest: String,
}

impl Ballot {
    /// Its path from the project's root, as the `number`-th vote of that member on that day.
    pub fn path(&self, number: usize) -> String {
        let (folder, name) = (Vote::folder(&self.cr), Vote::name(self.at.date(), &self.by));
        let again = if number > 1 { format!("-{number}") } else { String::new() };
        format!("{folder}/{name}{again}.yaml")
    }

    /// Its record, unsigned if there is no signature.
    pub fn to_yaml(&self, signature: Option<&str>) -> String {
        // Armour is lines; every one of them ends.
        let signature = signature.map(|text| format!("{}\n", text.trim_end()));
        let fields = Fields::new()
            .with("cr", self.cr.as_str())
            .with("by", self.by.as_str())
            .with("at", self.at.to_string())
            .with("decision", self.decision.as_str())
            .with_some("reason", self.reason.as_deref())
            .with("digest", self.digest.as_str())
            .with_some("signature", signature);
        to_yaml(&fields.into())
    }
}
