//! A row → the entries that it makes in a ticket's log.

use csv::StringRecord;

use super::cells::{Cells, Complaint, Test, Times, line, lines, word};
use super::lookup::Directory;
use crate::model::{EventMap, ImportMap, Markdown, Minute, Outcome, PersonId, Text, TicketEvent};
use crate::record::{Faults, Fields};

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

    /// Whether both say the same, whatever rows they are from.
    pub fn says_the_same_as(&self, other: &Made) -> bool {
        Made { row: 0, ..self.clone() } == Made { row: 0, ..other.clone() }
    }
}

/// An event of the map, its columns found.
#[derive(Debug)]
struct Rule<'m> {
    event: TicketEvent,
    tests: Vec<Test>,
    at: Option<Cells<'m, Minute>>,
    by: Option<Cells<'m, PersonId>>,
    note: Option<Cells<'m, Markdown>>,
    nitc_ref: Option<Cells<'m, Text>>,
    outcome: Option<Cells<'m, Outcome>>,
}

/// All events of a map, their columns found.
#[derive(Debug)]
pub struct Rules<'m> {
    list: Vec<Rule<'m>>,
    updated: Option<Cells<'m, Minute>>,
}

/// What the next update of a ticket is compared with.
#[derive(Debug, Default)]
pub struct Before {
    at: Option<Minute>,
    row: usize,
    /// The cells that conditions ask about, in their order.
    cells: Vec<String>,
}

impl<'m> Rules<'m> {
    /// Finds the columns of all events; all that are not there are reported.
    pub fn of(map: &'m ImportMap, headings: &[String], faults: &mut Faults) -> Option<Rules<'m>> {
        let updated = Cells::of_some(map.updated.as_ref(), headings, faults);
        let list: Vec<Option<Rule>> = map.events.iter().map(|event| rule(event, headings, faults)).collect();
        Some(Rules { list: list.into_iter().collect::<Option<_>>()?, updated: updated? })
    }

    /// The entries that a row makes, and what is wrong with it.
    pub fn made(
        &self,
        row: &StringRecord,
        number: usize,
        before: &mut Before,
        (times, staff): (Times, &Directory<PersonId>),
    ) -> Result<Vec<Made>, Complaint> {
        let updated = match &self.updated {
            Some(updated) => Some(updated.required(row, |cell| times.read(cell))?),
            None => None,
        };
        if let (Some(now), Some(last)) = (updated, before.at)
            && now < last
        {
            return Err(Complaint {
                column: None,
                message: format!("this update of {now} is older than that of row {}", before.row),
                help: "sort the export by the time of the update, the oldest first".to_owned(),
            });
        }
        let mut made = Vec::new();
        let mut remembered = Vec::new();
        for rule in &self.list {
            let holds = rule.tests.iter().fold(true, |holds, test| {
                let cell = test.remembered(row);
                let old = cell.as_ref().and_then(|_| before.cells.get(remembered.len()));
                let own = test.holds(row, old.map(String::as_str));
                remembered.extend(cell);
                holds && own
            });
            if holds && let Some(entry) = rule.entry(row, number, updated, times, staff)? {
                made.push(entry);
            }
        }
        *before = Before { at: updated, row: number, cells: remembered };
        Ok(made)
    }
}

fn rule<'m>(event: &'m EventMap, headings: &[String], faults: &mut Faults) -> Option<Rule<'m>> {
    // Every column is looked for before any is missed.
    let tests: Vec<Option<Test>> = event.when.iter().map(|when| Test::of(when, headings, faults)).collect();
    let at = Cells::of_some(event.at.as_ref(), headings, faults);
    let by = Cells::of_some(event.by.as_ref(), headings, faults);
    let note = Cells::of_some(event.note.as_ref(), headings, faults);
    let nitc_ref = Cells::of_some(event.nitc_ref.as_ref(), headings, faults);
    let outcome = Cells::of_some(event.outcome.as_ref(), headings, faults);
    Some(Rule {
        event: event.event.value,
        tests: tests.into_iter().collect::<Option<_>>()?,
        at: at?,
        by: by?,
        note: note?,
        nitc_ref: nitc_ref?,
        outcome: outcome?,
    })
}

impl Rule<'_> {
    /// The entry; none where the row has no time for it.
    fn entry(
        &self,
        row: &StringRecord,
        number: usize,
        updated: Option<Minute>,
        times: Times,
        staff: &Directory<PersonId>,
    ) -> Result<Option<Made>, Complaint> {
        let at = match &self.at {
            Some(at) => at.value(row, |cell| times.read(cell))?,
            None => updated,
        };
        let Some(at) = at else { return Ok(None) };
        let by = match &self.by {
            Some(by) => by.value(row, |cell| staff.get(cell))?,
            None => None,
        };
        let note = self.note.as_ref().map(|note| note.value(row, lines)).transpose()?.flatten();
        let nitc_ref = self.nitc_ref.as_ref().map(|own| own.required(row, line)).transpose()?;
        let outcome = self.outcome.as_ref().map(|own| own.required(row, word)).transpose()?;
        Ok(Some(Made { at, event: self.event, by, note, nitc_ref, outcome, row: number }))
    }
}
