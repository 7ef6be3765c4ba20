//! `duplicate-id` (error): two records share an id, or two tickets an NITC number.
//!
//! No two tickets, POCs, CRs, meetings or action items bear one id. In subjects.yaml an id comes once; in
//! staff.yaml and board.yaml it may come again for another period. NITC's number belongs to one ticket. It is
//! reported at the second of the two by path.
//!
//! **Why.** Every ticket gets a number that the POC is told: it has to lead to one ticket.
//!
//! **Example.**
//!
//! ```yaml
//! # data/tickets/2026/HEAT-10424.yaml, copied from HEAT-10423 and not finished
//! id: HEAT-10423
//! ```
//!
//! **To mend it:** give the newer record the next free id. Where the name of one of the two files fits the id, as
//! `HEAT-10423.yaml` does, the other is the copy (`HEAT-10423 - Copy.yaml`): delete it, or give it an id and a name
//! of its own. Of an NITC number, ask NITC which ticket it belongs to.

use super::{Check, Rule, Sink};
use crate::load::Project;
use crate::model::Level;

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "duplicate-id",
    level: Some(Level::Error),
    takes_exception: false,
    source: include_str!("duplicate_id.rs"),
    check: Check::OfRecords(check),
};

fn check(project: &Project, sink: &mut Sink) {
    sink.add_faults(project);
}
