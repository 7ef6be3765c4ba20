//! Every POC must have a `phone`, an `email` or both.
//!
//! **Why.** The MITS Help Desk gets back to the POC within 1 working day, and needs a way to do it.
//!
//! **Example.**
//!
//! ```yaml
//! id: jrivera                   # neither `phone` nor `email` follows
//! name: Jordan Rivera
//! office: Budget Analysis
//! designations: []
//! ```
//!
//! **How to fix it.**
//!
//! - Add `email:` or `phone:` to the POC's file.

use super::{Finding, Sink};
use crate::load::Project;

pub(super) fn check(project: &Project, sink: &mut Sink) {
    for poc in project.pocs.values().filter(|poc| poc.email.is_none() && poc.phone.is_none()) {
        let message = format!("{} has neither phone nor email", poc.name.0);
        let help = "add a line `email: …` or `phone: …`";
        sink.add(Finding::at((poc.file, poc.id.span), &poc.id.value, message).help(help));
    }
}
