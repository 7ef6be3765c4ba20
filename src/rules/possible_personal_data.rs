//! Every text, including NITC's report, must be free of numbers that look like a Social Security number or a payment
//! card number. A Social Security number has three, two and four digits with hyphens or spaces between, and could have
//! been issued. A card number has the length, first digits and check digit of a card scheme.
//!
//! **Why.** Packs go to many readers, and a text once committed to git stays in its history.
//!
//! **Example.**
//!
//! ```yaml
//! description: |               # the real text has all nine digits
//!   The voucher of the user with the Social Security number 123-45-…
//! ```
//!
//! **How to fix it.**
//!
//! - Remove the number, and ask for help to remove it from the history too. Refer to the person by their id or by the
//!   number of a document.
//! - Another number that only looks like one, in a log entry: add an `exception` to that entry. In other fields of a
//!   ticket or CR, add it to the ticket, or to any entry of its log.
//! - In other files: set `possible-personal-data: lapse` under `rules:` in data/heatpack.yaml.

use super::{Finding, Sink};
use crate::model::RuleId;
use crate::rules::support::{allowed, personal_data_excuse};
use crate::workflow::Context;

/// The reader searches each file's text once (`load/personal_data.rs`).
pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for fault in ctx.project().faults.iter().filter(|fault| fault.rule == RuleId::PossiblePersonalData) {
        let finding = Finding::of_fault(fault);
        sink.add(match personal_data_excuse(ctx.project(), &fault.place) {
            Some((exception, date)) => finding.help(allowed(exception)).on(date).excepted(true),
            None => finding,
        });
    }
}
