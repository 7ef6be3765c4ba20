//! No text, NITC's report included, holds a number of the form of a Social Security number (three, two and four
//! digits with hyphens or spaces between) that could have been given out, or that of a payment card: a card scheme
//! issues numbers of that length with these first digits, and the check digit is right.
//!
//! **Why.** Packs go to many readers, and what was once in git stays in its history.
//!
//! **Example.**
//!
//! ```yaml
//! description: |
//!   The voucher of the user with the Social Security number 123-45-…
//! ```
//!
//! **To mend it:**
//!
//! - Remove the number, and ask for help to remove it from the history too. Name the person by their id or by the number
//!   of a document.
//! - If it is another number that only looks like one, put an `exception` on the log entry that holds it. For the other
//!   fields of a ticket or CR, put it on the ticket, or on any entry of its log.
//! - In other files, set `possible-personal-data: lapse` under `rules:` in heatpack.yaml.

use super::{Finding, Sink};
use crate::model::RuleId;
use crate::rules::support::{allowed, personal_data_excuse};
use crate::workflow::Context;

/// A file's text is looked through once, when it is read (`load/personal_data.rs`).
pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for fault in ctx.project().faults.iter().filter(|fault| fault.rule == RuleId::PossiblePersonalData) {
        let finding = Finding::of_fault(fault);
        sink.add(match personal_data_excuse(ctx.project(), &fault.place) {
            Some((exception, date)) => finding.help(allowed(exception)).on(date).excepted(true),
            None => finding,
        });
    }
}
