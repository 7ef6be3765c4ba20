//! A log as a timeline, and clocks as a table: what tickets' and CRs' pages share.

use crate::model::{Entry, EventKind, Minute, PersonId, RichText};
use crate::report::site::{Actor, ClockRow, ExceptionNote, StateChange, TimelineEntry};
use crate::report::words::counted;
use crate::workflow::{Clock, Outcome, Violation as Slip};

use super::Site;

/// An entry of a log and what it did.
pub(super) fn entry<E: EventKind>(
    site: &Site,
    entry: &Entry<E>,
    at: Minute,
    change: Option<StateChange>,
    slip: Option<Slip>,
) -> TimelineEntry {
    let mut details = Vec::new();
    let mut detail = |term: &str, text: Option<String>| details.extend(text.map(|text| (term.to_owned(), text)));
    detail("number", entry.nitc_ref.as_ref().map(|number| number.value.0.clone()));
    detail("outcome", entry.outcome.map(|outcome| outcome.as_str().replace('-', " ")));
    detail("duplicate of", entry.duplicate_of.map(|ticket| ticket.value.to_string()));
    detail("POC", entry.poc.as_ref().map(|poc| site.ctx.project().person_name(&poc.value)));
    detail("clock", entry.clock.map(|clock| clock.value.to_string()));
    detail("until", entry.until.map(|until| until.0.to_string()));
    detail("release", entry.release.as_ref().map(|release| release.0.clone()));
    TimelineEntry {
        at: entry.at.value,
        event: site.words().event(entry.event.value),
        by: entry.by.as_ref().map(|by| actor(site, &by.value, at)),
        details,
        note: entry.note.as_ref().map(|note| RichText::new(&note.0)),
        exception: entry.exception.as_ref().map(|exception| ExceptionNote {
            rule: exception.rule.value.to_string(),
            reason: exception.reason.0.clone(),
            allowed_by: exception.allowed_by.value.to_string(),
        }),
        change,
        no_effect: slip
            .filter(|slip| !slip.takes_effect())
            .map(|slip| format!("it was not possible then ({})", slip.rule)),
    }
}

fn actor(site: &Site, id: &PersonId, at: Minute) -> Actor {
    let project = site.ctx.project();
    Actor {
        name: project.person_name(id),
        office: project.staff_on(id, at.date()).map(|staff| site.words().office(staff.office)).unwrap_or_default(),
    }
}

/// The clocks that have begun, in the order of their start.
pub(super) fn clocks(site: &Site, clocks: &[Clock]) -> Vec<ClockRow> {
    let as_of = site.ctx.as_of;
    let mut begun: Vec<&Clock> = clocks.iter().filter(|clock| clock.began <= as_of).collect();
    begun.sort_by_key(|clock| (clock.began, clock.kind));
    begun
        .into_iter()
        .map(|clock| {
            let outcome = clock.outcome(as_of);
            ClockRow {
                kind: clock.kind.to_string(),
                kind_text: site.words().clock(clock.kind),
                started: clock.began,
                deemed: clock.counted_from,
                due: clock.due,
                stopped: clock.end_by(as_of).map(|end| end.at),
                outcome: outcome.to_string(),
                outcome_text: outcome_text(clock, outcome, as_of),
                misses: match outcome {
                    Outcome::Late | Outcome::Overdue => clock.missed(as_of, &site.ctx.prepared.calendars),
                    _ => Vec::new(),
                },
            }
        })
        .collect()
}

fn outcome_text(clock: &Clock, outcome: Outcome, as_of: Minute) -> String {
    let end = clock.end_by(as_of).map_or(as_of, |end| end.at).date();
    let days = |days: i64| counted(days.max(0) as usize, "day");
    match outcome {
        Outcome::Met => "met".to_owned(),
        Outcome::Late => format!("late by {}", days((end - clock.due).num_days())),
        Outcome::Overdue => format!("overdue for {}", days((end - clock.due).num_days())),
        Outcome::Running => "running".to_owned(),
        Outcome::Waived => "waived".to_owned(),
        Outcome::Void => "void: what it waited for fell away".to_owned(),
    }
}
