//! `misplaced-file` (error): a file does not stand where its contents say, or does not belong in `data/`.
//!
//! A ticket is `data/tickets/<year received>/<id>.yaml`, a POC `data/pocs/<id>.yaml`, a CR `data/crs/<id>.yaml`, a
//! vote `data/decisions/<CR>/<date>-<member>.yaml`, a meeting `data/meetings/<date>-<kind>.yaml`. Links and other
//! files are not opened.
//!
//! **Why.** A record that is not where people look for it is not on record.
//!
//! **Example.**
//!
//! ```yaml
//! data/tickets/2025/HEAT-10423.yaml, received 2026-11-02
//! ```
//!
//! **To mend it:** rename the file as the message says, or correct the id or date inside.

use crate::model::Level;
use crate::workflow::Context;
use super::{Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "misplaced-file",
    level: Some(Level::Error),
    takes_exception: false,
    source: include_str!("misplaced_file.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    sink.add_faults(ctx);
}
