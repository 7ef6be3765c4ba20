//! Which meeting a pack is for, and what the office calls things: the head of every format.

use chrono::NaiveDate;
use serde::Serialize;

use super::mentions::{Mentioned, Mentions};
use super::scope::Scope;
use crate::model::{Minute, Names, PersonId};
use crate::report::GENERATOR;

/// A period: after one instant, up to and including another.
#[derive(Debug, Clone, Serialize)]
pub struct PeriodView {
    pub after: Minute,
    pub through: Minute,
}

/// The head of a pack.
#[derive(Debug, Clone, Serialize)]
pub struct Head {
    /// The meeting's name, "MITS Status Meeting".
    pub title: String,
    pub organization: String,
    /// The scheduled date, which names the pack's files.
    pub scheduled: NaiveDate,
    /// Was the meeting moved off its schedule, and why it is not on the scheduled date; null otherwise.
    pub moved: Option<String>,
    pub chair: Option<PersonId>,
    /// `us-letter` or `a4`.
    pub paper: String,
    pub timezone: String,
    pub names: Names,
    /// The commit that last changed the data, in full; null outside git.
    pub commit: Option<String>,
    /// How many errors `check` finds in the records.
    pub errors: usize,
    /// Files that errors keep out of the pack, as paths from the project's root.
    pub left_out: Vec<String>,
    /// The programme's name and version.
    pub generator: String,
}

impl Mentions for Head {
    fn mention(&self, mentioned: &mut Mentioned) {
        mentioned.people.extend(self.chair.clone());
    }
}

/// The head of a pack; `errors` are those of the records.
pub fn head(scope: &Scope, errors: usize) -> Head {
    let (meeting, project) = (scope.meeting(), scope.ctx.project());
    let settings = &project.settings;
    Head {
        title: meeting.name.to_owned(),
        organization: settings.organization.clone(),
        scheduled: meeting.scheduled,
        moved: meeting.moved.clone(),
        chair: meeting.record.and_then(|record| record.chair.as_ref()).map(|chair| chair.value.clone()),
        paper: settings.paper.to_string(),
        timezone: settings.zone.name().to_owned(),
        names: settings.names.clone(),
        // `commands` asks git.
        commit: None,
        errors,
        left_out: project.left_out.clone(),
        generator: GENERATOR.to_owned(),
    }
}
