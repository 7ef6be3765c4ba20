//! The two versions of a project that a review compares.

use crate::load::Base;
use crate::model::FileId;
use crate::workflow::Context;

/// The two versions of a project.
pub struct Versions<'v, 'p> {
    /// The whole project as it was.
    pub was: &'v Context<'p>,
    /// The project as it is, its votes judged by the base's board.
    pub now: &'v Context<'p>,
    /// The project as it is, once the change is merged: its votes judged by its own board.
    pub merged: &'v Context<'p>,
    /// What the base had in the files that differ; none where the project was not there yet.
    pub base: Option<&'p Base>,
}

impl Versions<'_, '_> {
    /// Whether the file of a record now is another than the base's.
    pub fn touches(&self, file: FileId) -> bool {
        self.base.is_none_or(|base| base.touches(self.now.project(), file))
    }
}
