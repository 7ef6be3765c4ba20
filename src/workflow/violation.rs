//! A rule that an entry breaks where it stands in its log.

use crate::model::RuleId;

/// Why an entry has no effect: the rule that it breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Violation {
    pub rule: RuleId,
    /// An exception puts it on record, and it takes effect all the same.
    pub excused: bool,
    /// It follows from a record with errors: it takes effect and is not reported.
    pub hidden: bool,
}

impl Violation {
    /// Whether the entry takes effect in spite of it.
    pub fn takes_effect(self) -> bool {
        self.excused || self.hidden
    }
}
