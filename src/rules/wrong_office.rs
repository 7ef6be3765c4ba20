//! `wrong-office` (error): somebody did what their office does not do.
//!
//! `by` is of the office that the event belongs to, and `prepared_by` of ACFO-FS, on that date.
//!
//! **Why.** The three lines have their own work: the Help Desk speaks with the POC, NITC researches, ACFO-FS
//! submits.
//!
//! **Example.**
//!
//! ```yaml
//! event: researched, by a member of the Help Desk
//! ```
//!
//! **To mend it:** correct `by`, or the event; a new member of staff goes into data/staff.yaml.

use chrono::NaiveDate;

use crate::model::{ChangeEvent, EventKind, FileId, Level, Office, PersonId, Spanned, day_in_words};
use crate::rules::support::{AnyEntry, either, entries};
use crate::workflow::Context;
use super::{Finding, Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "wrong-office",
    level: Some(Level::Error),
    takes_exception: false,
    source: include_str!("wrong_office.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    for found in entries(ctx.project()) {
        let (by, at, offices, event) = either!(found.entry, entry => {
            (entry.by.as_ref(), entry.at.value, entry.event.spec().offices, entry.event.name())
        });
        let Some(by) = by else { continue };
        judge(ctx, sink, &found, by, Some(at.date()), offices, &format!("`{event}`"));
    }
    for cr in ctx.project().changes.values() {
        let found = AnyOf { file: cr.file, record: cr.id.to_string() };
        let first = cr.log.iter().find(|entry| entry.event.value == ChangeEvent::Submitted).or(cr.log.first());
        let date = first.map(|entry| entry.at.date());
        judge_at(ctx, sink, &found, &cr.prepared_by, date, &[Office::AcfoFs], "preparing a change request");
    }
}

/// A record and its file.
struct AnyOf {
    file: FileId,
    record: String,
}

fn judge(
    ctx: &Context,
    sink: &mut Sink,
    found: &AnyEntry,
    by: &Spanned<PersonId>,
    date: Option<NaiveDate>,
    offices: &[Office],
    what: &str,
) {
    let found = AnyOf { file: found.file, record: found.record.clone() };
    judge_at(ctx, sink, &found, by, date, offices, what);
}

fn judge_at(
    ctx: &Context,
    sink: &mut Sink,
    found: &AnyOf,
    by: &Spanned<PersonId>,
    date: Option<NaiveDate>,
    offices: &[Office],
    what: &str,
) {
    let periods: Vec<_> = ctx.project().staff.iter().filter(|staff| staff.id.value == by.value).collect();
    let on_date = |staff: &&&crate::load::Loaded<crate::model::Staff>| {
        date.is_none_or(|date| crate::model::is_within(date, staff.from, staff.until))
    };
    let fits = |office: Office| offices.is_empty() || offices.contains(&office);
    // Nobody of that id is `unknown-reference`'s to report.
    if periods.is_empty() || periods.iter().filter(on_date).any(|staff| fits(staff.office)) {
        return;
    }
    let names: Vec<&str> = offices.iter().map(|office| office.as_str()).collect();
    let when = date.map_or("then".to_owned(), |date| format!("on {}", day_in_words(date)));
    let (message, help) = match periods.iter().find(on_date) {
        Some(staff) => (
            format!("{what} is for {}, and {} is of {}", names.join(" or "), by.value, staff.office),
            format!("name the person of {} who did it", names.join(" or ")),
        ),
        None => (
            format!("{} was not on the staff {when}", by.value),
            "correct the id or the date, or the period in data/staff.yaml".to_owned(),
        ),
    };
    let finding = Finding::at((found.file, by.span), &found.record, message).help(help);
    sink.add(match date {
        Some(date) => finding.on(date),
        None => finding,
    });
}
