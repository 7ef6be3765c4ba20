//! Rows → tickets: the fields from a ticket's first row, the entries from all of them.

use std::collections::BTreeMap;
use std::io::Read;

use csv::StringRecord;

use super::cells::{Cells, Complaint, Test, Times, column, line, lines, word};
use super::events::{Before, Made, Rules};
use super::lookup::Directory;
use super::rows::Rows;
use super::{ImportError, Problem, Problems};
use crate::model::{
    Area, ImportMap, Markdown, Minute, NewPoc, PersonId, RowKind, SubjectId, Text, TicketKind, Unknown, Ways,
};
use crate::record::Faults;

/// A ticket as the export has it.
#[derive(Debug)]
pub struct Gathered {
    /// Its first row.
    pub row: usize,
    /// The tracker's number.
    pub number: String,
    pub title: Text,
    pub subject: Subject,
    pub kind: TicketKind,
    pub area: Area,
    pub poc: Poc,
    pub received: Minute,
    pub via: Ways,
    pub description: Markdown,
    pub first_line: Option<Markdown>,
    pub entries: Vec<Made>,
}

/// Whom a ticket is of.
#[derive(Debug, Clone)]
pub enum Poc {
    Known(PersonId),
    /// By the name in the export; with what there is for a record.
    New(Box<Caller>),
}

/// Somebody of whom there is no record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    pub called: String,
    pub name: Text,
    pub email: Option<Text>,
    pub phone: Option<Text>,
    pub office: Option<Text>,
}

/// What a ticket is about.
#[derive(Debug, Clone)]
pub enum Subject {
    Known(SubjectId),
    /// By the name in the export.
    New(String),
}

/// What the export came to.
#[derive(Debug)]
pub struct Export {
    /// In the order of their first rows.
    pub tickets: Vec<Gathered>,
    pub rows: usize,
    pub skipped: usize,
}

/// Those whom cells name.
pub struct Names {
    pub pocs: Directory<PersonId>,
    pub staff: Directory<PersonId>,
    pub subjects: Directory<SubjectId>,
}

/// A map, its columns found.
struct Layout<'m> {
    map: &'m ImportMap,
    number: usize,
    skip: Vec<Test>,
    fields: TicketCells<'m>,
    new_poc: Option<CallerCells<'m>>,
    rules: Rules<'m>,
}

struct TicketCells<'m> {
    title: Cells<'m, Text>,
    subject: Cells<'m, SubjectId>,
    kind: Cells<'m, TicketKind>,
    area: Cells<'m, Area>,
    poc: Cells<'m, PersonId>,
    received: Cells<'m, Minute>,
    via: Cells<'m, Ways>,
    description: Cells<'m, Markdown>,
    first_line: Option<Cells<'m, Markdown>>,
}

struct CallerCells<'m> {
    name: Cells<'m, Text>,
    email: Option<Cells<'m, Text>>,
    phone: Option<Cells<'m, Text>>,
    office: Option<Cells<'m, Text>>,
}

/// A ticket while its rows are read.
struct Open {
    before: Before,
    row: usize,
    /// Its place among the tickets; none where its first row cannot be taken in.
    at: Option<usize>,
}

/// Reads all rows. `None` where the map names columns that are not there: faults then say which.
pub fn gather(
    input: impl Read,
    map: &ImportMap,
    zone: chrono_tz::Tz,
    names: &Names,
    (problems, faults): (&mut Problems, &mut Faults),
) -> Result<Option<Export>, ImportError> {
    let mut rows = Rows::open(input, map)?;
    let headings = rows.headings.clone();
    let Some(layout) = layout(map, &headings, faults) else { return Ok(None) };
    let times = Times::new(map, zone);
    let mut export = Export { tickets: Vec::new(), rows: 0, skipped: 0 };
    let mut open: BTreeMap<String, Open> = BTreeMap::new();
    loop {
        let at = rows.number + 1;
        let Some(row) = rows.advance()? else { break };
        export.rows += 1;
        let number = row.get(layout.number).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        let mut problem = |complaint: Complaint| {
            let Complaint { column, message, help } = complaint;
            problems.add(Problem { row: at, number: number.clone(), column, message, help });
        };
        if row.len() != headings.len() {
            problem(Complaint {
                column: None,
                message: format!("the row has {} cells under {} headings", row.len(), headings.len()),
                help: "put a cell that holds a delimiter into quotes, or export the file again".to_owned(),
            });
            continue;
        }
        if layout.skip.iter().any(|test| test.holds(row, None)) {
            export.skipped += 1;
            continue;
        }
        if number.is_empty() {
            let column = Some(map.number.column.as_str().to_owned());
            let help = "fill it in, or leave the row out (`skip` in the map)".to_owned();
            problem(Complaint { column, message: "the row has no number".to_owned(), help });
            continue;
        }
        if let Some(first) = open.get(&number)
            && map.rows == RowKind::Tickets
        {
            let help = "write `rows: updates` in the map if each row is an update; else delete one of the two";
            let message = format!("{number} is in row {} already", first.row);
            problem(Complaint { column: Some(map.number.column.as_str().to_owned()), message, help: help.to_owned() });
            continue;
        }
        let ticket = open.entry(number.clone()).or_insert_with(|| {
            let place = match layout.ticket(row, at, &number, times, names) {
                Ok(gathered) => {
                    export.tickets.push(gathered);
                    Some(export.tickets.len() - 1)
                }
                Err(complaints) => {
                    complaints.into_iter().for_each(&mut problem);
                    None
                }
            };
            Open { before: Before::default(), row: at, at: place }
        });
        let made = layout.rules.made(row, at, &mut ticket.before, (times, &names.staff));
        let own = ticket.at.and_then(|place| export.tickets.get_mut(place));
        match (made, own) {
            (Ok(made), Some(own)) => {
                for entry in made {
                    // A time that every update repeats is one entry.
                    if !own.entries.iter().any(|other| other.says_the_same_as(&entry)) {
                        own.entries.push(entry);
                    }
                }
            }
            (Err(complaint), _) => problem(complaint),
            (Ok(_), None) => {}
        }
    }
    for ticket in &mut export.tickets {
        ticket.entries.sort_by_key(|entry| entry.at);
    }
    Ok(Some(export))
}

fn layout<'m>(map: &'m ImportMap, headings: &[String], faults: &mut Faults) -> Option<Layout<'m>> {
    // Every column is looked for before any is missed.
    let number = column(&map.number.column, headings, faults);
    let skip: Vec<Option<Test>> = map.skip.iter().map(|test| Test::of(test, headings, faults)).collect();
    let fields = &map.ticket;
    let title = Cells::of(&fields.title, headings, faults);
    let subject = Cells::of(&fields.subject, headings, faults);
    let kind = Cells::of(&fields.kind, headings, faults);
    let area = Cells::of(&fields.area, headings, faults);
    let poc = Cells::of(&fields.poc, headings, faults);
    let received = Cells::of(&fields.received, headings, faults);
    let via = Cells::of(&fields.via, headings, faults);
    let description = Cells::of(&fields.description, headings, faults);
    let first_line = Cells::of_some(fields.first_line.as_ref(), headings, faults);
    let new_poc = map.new_poc.as_ref().map(|caller| caller_cells(caller, headings, faults));
    let rules = Rules::of(map, headings, faults);
    Some(Layout {
        map,
        number: number?,
        skip: skip.into_iter().collect::<Option<_>>()?,
        fields: TicketCells {
            title: title?,
            subject: subject?,
            kind: kind?,
            area: area?,
            poc: poc?,
            received: received?,
            via: via?,
            description: description?,
            first_line: first_line?,
        },
        new_poc: match new_poc {
            Some(cells) => Some(cells?),
            None => None,
        },
        rules: rules?,
    })
}

fn caller_cells<'m>(caller: &'m NewPoc, headings: &[String], faults: &mut Faults) -> Option<CallerCells<'m>> {
    let name = Cells::of(&caller.name, headings, faults);
    let email = Cells::of_some(caller.email.as_ref(), headings, faults);
    let phone = Cells::of_some(caller.phone.as_ref(), headings, faults);
    let office = Cells::of_some(caller.office.as_ref(), headings, faults);
    Some(CallerCells { name: name?, email: email?, phone: phone?, office: office? })
}

impl Layout<'_> {
    /// The ticket of a first row, or all that is wrong with it.
    fn ticket(
        &self,
        row: &StringRecord,
        at: usize,
        number: &str,
        times: Times,
        names: &Names,
    ) -> Result<Gathered, Vec<Complaint>> {
        let cells = &self.fields;
        let mut wrong = Wrong::default();
        let title = wrong.take(cells.title.required(row, line));
        let subject = wrong.take(self.subject(row, names));
        let kind = wrong.take(cells.kind.required(row, word));
        let area = wrong.take(cells.area.required(row, word));
        let poc = wrong.take(self.poc(row, names));
        let received = wrong.take(cells.received.required(row, |cell| times.read(cell)));
        let via = wrong.take(cells.via.required(row, word));
        let description = wrong.take(cells.description.required(row, lines));
        let first_line = cells.first_line.as_ref().map(|own| own.value(row, lines)).transpose();
        let first_line = wrong.take(first_line.map(Option::flatten));
        let all = || {
            Some(Gathered {
                row: at,
                number: number.to_owned(),
                title: title?,
                subject: subject?,
                kind: kind?,
                area: area?,
                poc: poc?,
                received: received?,
                via: via?,
                description: description?,
                first_line: first_line?,
                entries: Vec::new(),
            })
        };
        all().ok_or(wrong.0)
    }

    fn subject(&self, row: &StringRecord, names: &Names) -> Result<Subject, Complaint> {
        let (cells, creates) = (&self.fields.subject, self.map.unknown_subjects == Unknown::Create);
        match cells.required(row, |cell| names.subjects.get(cell)) {
            Ok(id) => Ok(Subject::Known(id)),
            Err(complaint) => match cells.cell(row) {
                Some(cell) if creates && matches!(names.subjects.find(&cell), Ok(None)) => {
                    Ok(Subject::New(cell.into_owned()))
                }
                _ => Err(complaint),
            },
        }
    }

    fn poc(&self, row: &StringRecord, names: &Names) -> Result<Poc, Complaint> {
        let (cells, creates) = (&self.fields.poc, self.map.unknown_pocs.value == Unknown::Create);
        match (cells.required(row, |cell| names.pocs.get(cell)), &self.new_poc) {
            (Ok(id), _) => Ok(Poc::Known(id)),
            (Err(complaint), Some(caller)) if creates => match cells.cell(row) {
                Some(cell) if matches!(names.pocs.find(&cell), Ok(None)) => caller.read(row, &cell),
                _ => Err(complaint),
            },
            (Err(complaint), _) => Err(complaint),
        }
    }
}

impl CallerCells<'_> {
    fn read(&self, row: &StringRecord, called: &str) -> Result<Poc, Complaint> {
        let some = |cells: &Option<Cells<Text>>| match cells {
            Some(cells) => cells.value(row, line),
            None => Ok(None),
        };
        let name = self.name.required(row, line)?;
        let (email, phone, office) = (some(&self.email)?, some(&self.phone)?, some(&self.office)?);
        if email.is_none() && phone.is_none() {
            return Err(Complaint {
                column: None,
                message: format!("of `{called}` neither email nor phone is given"),
                help: "fill one of them in, or say in the map what a blank one stands for (`default`)".to_owned(),
            });
        }
        Ok(Poc::New(Box::new(Caller { called: called.to_owned(), name, email, phone, office })))
    }
}

/// What is wrong with a row, all of it.
#[derive(Default)]
struct Wrong(Vec<Complaint>);

impl Wrong {
    fn take<T>(&mut self, result: Result<T, Complaint>) -> Option<T> {
        result.map_err(|complaint| self.0.push(complaint)).ok()
    }
}
