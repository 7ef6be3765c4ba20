//! What `heatpack` alone prints, as values.

use crate::model::Minute;
use crate::report::pack::AttentionItem;

/// How many entries of a group are named, unless all are.
pub(super) const NAMED: usize = 3;

/// What lists the change requests that wait for the board.
pub(super) const DECISIONS: &str = "heatpack list crs --state submitted,deferred";

/// What the records do not hold: who runs the program, and what git knows.
#[derive(Debug, Default)]
pub struct Surroundings {
    /// The id in HEATPACK_STAFF.
    pub user: Option<String>,
    /// How a user sets HEATPACK_STAFF to an id, up to the id itself.
    pub set_user: &'static str,
    /// The clone; none outside git.
    pub clone: Option<CloneState>,
}

/// The state of a clone.
#[derive(Debug, Clone, Copy, Default)]
pub struct CloneState {
    pub has_commit: bool,
    /// The check before each commit is turned on.
    pub has_hook: bool,
    /// Merges join two edits of one record.
    pub has_merge: bool,
    /// The files under `data/` that are not committed as they are.
    pub uncommitted: usize,
}

/// The model of `heatpack` without a command.
#[derive(Debug)]
pub struct Today {
    pub organization: String,
    pub as_of: Minute,
    /// For whom it is, with their office; none where that is not known.
    pub user: Option<String>,
    /// What is wrong with HEATPACK_STAFF.
    pub user_unknown: Option<String>,
    /// How many errors are in the records.
    pub errors: usize,
    /// The steps of the setup that are still to be done, in order.
    pub setup: Vec<Next>,
    /// What is due and what needs attention, by groups; groups without entries are omitted.
    pub attention: Vec<AttentionSummary>,
    pub meeting: Option<NextMeeting>,
    /// The next steps, the most urgent first.
    pub next: Vec<Next>,
}

/// A group of what needs attention.
#[derive(Debug)]
pub struct AttentionSummary {
    pub title: String,
    pub count: usize,
    /// The first of them.
    pub items: Vec<AttentionItem>,
    /// The command that lists the rest.
    pub rest: String,
    pub is_overdue: bool,
    /// Each entry names its owner.
    pub has_owners: bool,
}

/// The next meeting.
#[derive(Debug)]
pub struct NextMeeting {
    pub name: String,
    pub held: Minute,
    /// Why it is not held when it was scheduled.
    pub moved: Option<String>,
}

/// A command to run, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    pub command: String,
    pub why: String,
}

impl Next {
    pub(super) fn new(command: impl Into<String>, why: impl Into<String>) -> Next {
        Next { command: command.into(), why: why.into() }
    }
}

/// A group without its title that names `most` entries. `rest` gives the command that lists the rest.
pub(super) fn summary(
    mut items: Vec<AttentionItem>,
    most: usize,
    rest: impl FnOnce(&[AttentionItem]) -> String,
) -> AttentionSummary {
    let count = items.len();
    // A line for one more entry names that entry instead.
    let named = if count == most + 1 { count } else { most.min(count) };
    let rest = rest(&items.split_off(named));
    AttentionSummary { title: String::new(), count, items, rest, is_overdue: false, has_owners: false }
}
