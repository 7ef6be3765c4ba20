//! `misplaced-file` (error): a file stands where its contents do not belong.
//!
//! A ticket is `data/tickets/<year received>/<id>.yaml`, a POC `data/pocs/<id>.yaml`, a CR
//! `data/crs/<id>.yaml`, a vote `data/decisions/<CR>/<date>-<member>.yaml`, a meeting `data/meetings/<scheduled
//! date>-<kind>.yaml` and NITC's report `data/nitc/<date>.csv`. Any other file in `data/` is out of place;
//! symbolic links are not followed.
//!
//! **Why.** One file for each record, named for it, is how two people work at once without meeting, and how
//! anybody finds a record without searching.
//!
//! **Example.**
//!
//! ```yaml
//! # data/tickets/2025/HEAT-10423.yaml
//! id: HEAT-10423
//! received: 2026-11-02 09:14
//! ```
//!
//! **To mend it:** rename the file as the message says, or correct the id or date inside, whichever is wrong.

use super::{Check, Rule, Sink};
use crate::load::Project;
use crate::model::Level;

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "misplaced-file",
    level: Some(Level::Error),
    takes_exception: false,
    source: include_str!("misplaced_file.rs"),
    check: Check::OfRecords(check),
};

fn check(project: &Project, sink: &mut Sink) {
    sink.add_faults(project);
}
