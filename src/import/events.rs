//! Rows → the entries that they make in a ticket's log.
//!
//! What an update changed shows in the update before it, and exports are not always sorted. So of each row is kept what
//! it could make, until all rows of its ticket are known and in the order of their times.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use csv::StringRecord;

use super::cells::{Cells, Complaint, Headings, Test, cells, line, lines, word};
use super::lookup::Directory;
use super::numbers::cut;
use super::times::{Moment, Times};
use crate::model::{EventMap, ImportMap, Markdown, Minute, Outcome, PersonId, Text, TicketEvent, is_cut_number};
use crate::record::Fields;

/// An entry that a row makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    pub at: Minute,
    pub event: TicketEvent,
    pub by: Option<PersonId>,
    pub note: Option<Markdown>,
    pub nitc_ref: Option<Text>,
    pub outcome: Option<Outcome>,
    /// The row that makes it.
    pub row: usize,
    /// The place of its event in the map.
    pub made_by: usize,
}

impl Made {
    /// The entry as records write it.
    pub fn fields(&self) -> Fields<'static> {
        Fields::new()
            .with("at", self.at.to_string())
            .with("event", self.event.as_str())
            .with_some("by", self.by.as_ref().map(ToString::to_string))
            .with_some("nitc_ref", self.nitc_ref.as_ref().map(|number| number.0.clone()))
            .with_some("outcome", self.outcome.map(Outcome::as_str))
            .with_some("note", self.note.as_ref().map(|note| note.0.clone()))
    }

    /// Whether both have the same contents, from any rows.
    pub fn says_the_same_as(&self, other: &Made) -> bool {
        (self.at, self.event, &self.by, &self.note) == (other.at, other.event, &other.by, &other.note)
            && (&self.nitc_ref, self.outcome) == (&other.nitc_ref, other.outcome)
    }
}

cells! {
    /// The cells of an event.
    EventCells of EventMap: ; at Minute, by PersonId, note Markdown, nitc_ref Text, outcome Outcome
}

/// An event of the map, its columns found.
#[derive(Debug)]
struct Rule<'m> {
    event: TicketEvent,
    tests: Vec<Test>,
    cells: EventCells<'m>,
}

/// All events of a map, their columns found.
#[derive(Debug)]
pub struct Rules<'m> {
    list: Vec<Rule<'m>>,
    updated: Option<Cells<'m, Minute>>,
}

/// What a row of a ticket could make.
#[derive(Debug)]
pub struct Update {
    pub row: usize,
    /// Its time, if the rows are updates.
    moment: Option<Moment>,
    /// The cells that `becomes` asks about, in the order of the conditions.
    cells: Vec<String>,
    /// What each event makes for which all but `becomes` holds.
    made: Vec<(usize, Result<Option<Made>, Complaint>)>,
}

/// What all rows of a ticket make.
#[derive(Debug, Default)]
pub struct Entries {
    pub list: Vec<Made>,
    pub complaints: Vec<(usize, Complaint)>,
    /// How many rows are older than the row before them.
    pub moved: usize,
}

impl<'m> Rules<'m> {
    /// Finds the columns of all events; all that are not there are reported.
    pub fn of(map: &'m ImportMap, headings: &mut Headings) -> Option<Rules<'m>> {
        let updated = Cells::of_some(map.updated.as_ref(), headings);
        let list: Vec<Option<Rule>> = map.events.iter().map(|event| rule(event, headings)).collect();
        Some(Rules { list: list.into_iter().collect::<Option<_>>()?, updated: updated? })
    }

    /// The time of the row's update; `None` if rows are tickets.
    pub fn moment(&self, row: &StringRecord, times: Times) -> Result<Option<Moment>, Complaint> {
        let Some(updated) = &self.updated else { return Ok(None) };
        let mut moment = None;
        let minute = updated.required(row, |cell| {
            let read = times.moment(cell)?;
            moment = Some(read);
            Ok(times.minute(read.first))
        })?;
        // The map can have a time for a cell that is not a time.
        Ok(moment.or(Some(Moment { first: times.instant(minute), second: None })))
    }

    /// What a row could make. `received` is when its ticket was.
    pub fn update(
        &self,
        row: &StringRecord,
        (number, moment): (usize, Option<Moment>),
        received: Option<Minute>,
        (times, staff): (Times, &Directory<PersonId>),
    ) -> Update {
        let tests = self.list.iter().flat_map(|rule| &rule.tests);
        let cells = tests.filter_map(|test| test.remembered(row)).collect();
        let updated = moment.map(|moment| times.minute(moment.first));
        let holding = self.list.iter().enumerate().filter(|(_, rule)| rule.tests.iter().all(|test| test.holds(row)));
        let made = holding.map(|(at, rule)| {
            let entry = rule.entry(row, updated, received, times, staff);
            (at, entry.map(|entry| entry.map(|entry| Made { row: number, made_by: at, ..entry })))
        });
        Update { row: number, moment, cells, made: made.collect() }
    }

    /// What the rows of a ticket make, in the order of their times. `received` is when the ticket was.
    pub fn made(&self, updates: Vec<Update>, received: Option<Minute>, times: Times) -> Entries {
        let mut out = Entries::default();
        let mut last_of_cells: Option<Vec<String>> = None;
        let mut by_time: BTreeMap<Minute, Vec<usize>> = BTreeMap::new();
        for (instant, update) in sorted(updates, received.map(|at| times.instant(at)), &mut out.moved) {
            let mut places = 0..;
            let becomes: Vec<bool> =
                self.list.iter().map(|rule| rule.becomes(&mut places, last_of_cells.as_deref())).collect();
            for (at, made) in update.made {
                if !becomes.get(at).copied().unwrap_or(false) {
                    continue;
                }
                let is_of_update = self.list.get(at).is_some_and(|rule| rule.cells.at.is_none());
                match made {
                    Ok(Some(mut entry)) => {
                        if let (true, Some(instant)) = (is_of_update, instant) {
                            entry.at = times.minute(instant);
                        }
                        // A time that every update repeats is one entry, and so is a row that comes twice.
                        let places = by_time.entry(entry.at).or_default();
                        let last = out.list.len().saturating_sub(1);
                        let others = places.iter().filter(|place| !is_of_update || **place == last);
                        let is_repeated =
                            others.filter_map(|place| out.list.get(*place)).any(|other| other.says_the_same_as(&entry));
                        if !is_repeated {
                            places.push(out.list.len());
                            out.list.push(entry);
                        }
                    }
                    Ok(None) => {}
                    Err(complaint) => out.complaints.push((update.row, complaint)),
                }
            }
            last_of_cells = Some(update.cells);
        }
        out.list.sort_by_key(|entry| entry.at);
        out
    }
}

/// Updates by their times, and in the order of the file within one time. That order also shows which of two hours is
/// meant when the clocks go back.
fn sorted(
    mut updates: Vec<Update>,
    received: Option<DateTime<Utc>>,
    moved: &mut usize,
) -> Vec<(Option<DateTime<Utc>>, Update)> {
    let moments: Vec<Option<Moment>> = updates.iter().map(|update| update.moment).collect();
    let pairs = moments.windows(2).filter_map(|pair| Some((pair.first().copied()??, pair.last().copied()??)));
    let (mut rises, mut falls) = (false, false);
    for (one, next) in pairs {
        rises |= one.is_surely_before(next);
        falls |= next.is_surely_before(one);
    }
    // Some trackers write the newest first.
    let newest_first = falls && !rises;
    if newest_first {
        updates.reverse();
    }
    let mut before = received;
    let mut dated: Vec<(Option<DateTime<Utc>>, Update)> = Vec::with_capacity(updates.len());
    for update in updates {
        let instant = update.moment.map(|moment| before.map_or(moment.first, |before| moment.after(before)));
        before = instant.or(before);
        dated.push((instant, update));
    }
    if newest_first {
        dated.reverse();
    }
    let mut latest = None;
    for (instant, _) in &dated {
        *moved += usize::from(*instant < latest);
        latest = latest.max(*instant);
    }
    dated.sort_by_key(|(instant, _)| *instant);
    dated
}

fn rule<'m>(event: &'m EventMap, headings: &mut Headings) -> Option<Rule<'m>> {
    // Every column is looked for before any is missed.
    let tests: Vec<Option<Test>> = event.when.0.iter().map(|when| Test::of(when, headings)).collect();
    let cells = EventCells::of(event, headings);
    Some(Rule { event: event.event.value, tests: tests.into_iter().collect::<Option<_>>()?, cells: cells? })
}

impl Rule<'_> {
    /// Whether all of its `becomes` are true, given the cells of the previous update. `places` counts the cells of all
    /// rules.
    fn becomes(&self, places: &mut impl Iterator<Item = usize>, before: Option<&[String]>) -> bool {
        let tests = self.tests.iter().filter(|test| test.is_becomes());
        let changed = tests.zip(places).map(|(test, place)| {
            let old = before.and_then(|before| before.get(place));
            !old.is_some_and(|old| test.is_one(old))
        });
        // Every place is counted, whatever comes out.
        changed.filter(|changed| !changed).count() == 0
    }

    /// The entry; `None` if the row has no time for it.
    fn entry(
        &self,
        row: &StringRecord,
        updated: Option<Minute>,
        received: Option<Minute>,
        times: Times,
        staff: &Directory<PersonId>,
    ) -> Result<Option<Made>, Complaint> {
        let cells = &self.cells;
        let at = match &cells.at {
            Some(at) => at.value(row, |cell| times.read(cell, received))?,
            None => updated,
        };
        let Some(at) = at else { return Ok(None) };
        let by = cells.by.as_ref().map(|by| by.value(row, |cell| staff.get(cell))).transpose()?.flatten();
        let note = cells.note.as_ref().map(|note| note.value(row, lines)).transpose()?.flatten();
        let nitc_ref = cells.nitc_ref.as_ref().map(|own| own.required(row, whole_number)).transpose()?;
        let outcome = cells.outcome.as_ref().map(|own| own.required(row, word)).transpose()?;
        Ok(Some(Made { at, event: self.event, by, note, nitc_ref, outcome, row: 0, made_by: 0 }))
    }
}

/// A number of another tracker, unless a spreadsheet has cut it.
fn whole_number(cell: &str) -> Result<Text, (String, String)> {
    if is_cut_number(cell) { Err(cut(cell)) } else { line(cell) }
}
