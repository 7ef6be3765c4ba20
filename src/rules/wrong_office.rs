//! Every `by` must be a person of the office that the event belongs to, and every `prepared_by` a person of ACFO-FS, on
//! that date (`from` and `until` in data/staff.yaml).
//!
//! **Why.** Each office has its own work: the MITS Help Desk talks to the POC, NITC researches and changes the code,
//! and ACFO-FS submits and forwards the CR.
//!
//! **Example.**
//!
//! ```yaml
//! - at: 2026-11-06 16:00
//!   event: researched
//!   by: tnguyen                 # works for the Help Desk
//!   outcome: answer
//!   note: The filter was on.
//! ```
//!
//! **How to fix it.**
//!
//! - The person is wrong: correct `by`.
//! - The Help Desk found the answer itself: use `resolved`, or `returned` first.

use chrono::NaiveDate;

use super::{Finding, Sink};
use crate::load::Project;
use crate::model::{ChangeEvent, EventKind, FLAG, FileId, Help, Office, PersonId, Spanned, Staff, day_in_words};
use crate::model::{is_reversed, is_within};
use crate::rules::support::{RecordRef, either, entries};

pub(super) fn check(project: &Project, sink: &mut Sink) {
    for found in entries(project) {
        let (by, at, offices, event) = either!(found.entry, entry => {
            (entry.by.as_ref(), entry.at.value, entry.event.spec().offices, entry.event.as_str())
        });
        let Some(by) = by else { continue };
        let (date, event) = (Some(at.date()), Some(event));
        check_office(project, sink, &Attribution { file: found.file, record: found.record, by, date, offices, event });
    }
    for cr in project.changes.values() {
        let first = cr.log.iter().find(|entry| entry.event.value == ChangeEvent::Submitted).or(cr.log.first());
        let attribution = Attribution {
            file: cr.file,
            record: RecordRef::Change(&cr.record.id.value),
            by: &cr.prepared_by,
            date: first.map(|entry| entry.at.date()),
            offices: &[Office::AcfoFs],
            event: None,
        };
        check_office(project, sink, &attribution);
    }
}

/// An event and the person who entered it.
struct Attribution<'d> {
    file: FileId,
    record: RecordRef<'d>,
    by: &'d Spanned<PersonId>,
    /// `None` for a draft without an entry, which a person of the office can have prepared at any time.
    date: Option<NaiveDate>,
    /// The offices that can enter it; empty for any office.
    offices: &'d [Office],
    /// `None` for the preparation of a change request.
    event: Option<&'static str>,
}

fn check_office(project: &Project, sink: &mut Sink, attribution: &Attribution) {
    let by = &attribution.by.value;
    let periods = || project.staff.iter().map(|staff| &**staff).filter(|staff| staff.id.value == *by);
    // `unknown-reference` reports unknown ids, and `period-reversed` reports reversed periods.
    if periods().next().is_none() || periods().any(|staff| is_reversed(staff.from, staff.until)) {
        return;
    }
    let on_date = |staff: &&Staff| attribution.date.is_none_or(|date| is_within(date, staff.from, staff.until));
    let fits = |staff: &&Staff| attribution.offices.is_empty() || attribution.offices.contains(&staff.office);
    if periods().filter(on_date).any(|staff| fits(&staff)) {
        return;
    }
    let what = attribution.event.map_or("prepare a change request".to_owned(), |event| format!("enter `{event}`"));
    let theirs: Vec<String> = attribution.offices.iter().map(|office| words(project, *office)).collect();
    let when = attribution.date.map(|date| format!(" on {}", day_in_words(date))).unwrap_or_default();
    let (message, help) = match periods().find(on_date) {
        Some(staff) => (
            format!("only {} can {what}; {by} worked for {}{when}", theirs.join(" or "), words(project, staff.office)),
            format!("use the id of a person of {}, or correct the event", theirs.join(" or ")),
        ),
        None => (
            format!("{by} was not on the staff{when}"),
            "correct the id or the date, or the person's `from` or `until` in data/staff.yaml".to_owned(),
        ),
    };
    let staff = project.staff.iter().map(|staff| &**staff);
    let mut could: Vec<&Staff> = staff.filter(|staff| on_date(staff) && fits(staff)).collect();
    could.sort_by_key(|staff| &staff.name.0);
    let who: Vec<&str> = could.iter().map(|staff| staff.id.value.as_str()).collect();
    let flags = match who.as_slice() {
        [] => format!("use {FLAG} with the id of the person who did it"),
        who => format!("use {FLAG} with the id of the person who did it ({})", who.join(", ")),
    };
    let help = Help::Either { file: help, flags };
    let finding = Finding::at((attribution.file, attribution.by.span), attribution.record, message).help(help);
    sink.add(match attribution.date {
        Some(date) => finding.on(date),
        None => finding,
    });
}

/// An office by its name in the settings.
fn words(project: &Project, office: Office) -> String {
    let names = &project.settings.names;
    match office {
        Office::HelpDesk => format!("the {}", names.help_desk),
        Office::Nitc => names.third_line.clone(),
        Office::AcfoFs => names.sponsor.clone(),
    }
}
