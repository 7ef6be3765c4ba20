//! Rows → tickets: the fields from a ticket's oldest row, the entries from all of them.

use std::collections::BTreeMap;
use std::io::Read;

use csv::StringRecord;

use super::cells::{Cells, Complaint, Headings, Refusal, Test, cell_of, cells, line, lines, word};
use super::events::{Made, Rules, Update};
use super::lookup::{Directory, Pocs};
use super::numbers::{cut, key};
use super::rows::Rows;
use super::times::{Moment, Times};
use super::{ImportError, Problems};
use crate::model::{
    Area, ImportMap, Markdown, Minute, NewPoc, PersonId, RowKind, SubjectId, Text, TicketKind, TicketMap, Unknown,
    Ways, is_cut_number,
};
use crate::record::Faults;

/// A ticket as the export has it.
#[derive(Debug, Clone)]
pub struct Gathered {
    /// Its oldest row.
    pub row: usize,
    /// The tracker's number.
    pub number: String,
    /// The same as numbers are compared.
    pub key: String,
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
    /// On record; with the name that the row has beside their address.
    Known(PersonId, Option<Box<Named>>),
    /// By the name in the export; with what there is for a record.
    New(Box<Caller>),
}

/// An address and the name beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub address: String,
    pub name: Text,
}

/// A person without a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    pub called: String,
    pub name: Text,
    pub email: Option<Text>,
    pub phone: Option<Text>,
    pub office: Option<Text>,
    /// The address and the name in the row itself. The map's values for blank cells are shared by others.
    pub own_email: Option<Text>,
    pub own_name: Option<Text>,
}

/// What a ticket is about.
#[derive(Debug, Clone)]
pub enum Subject {
    Known(SubjectId),
    /// By the name in the export.
    New(String),
}

/// The result of reading the export.
#[derive(Debug, Default)]
pub struct Rowset {
    /// In the order of their first rows.
    pub tickets: Vec<Gathered>,
    /// All rows of each ticket, by its number as numbers are compared.
    pub rows_of: BTreeMap<String, Vec<usize>>,
    pub rows: usize,
    pub skipped: usize,
    /// How many rows follow a later one of their ticket, and of how many tickets.
    pub moved: (usize, usize),
    /// The encoding of the byte-order mark, if the map has another.
    pub marked: Option<&'static str>,
}

/// Those whom cells name.
#[derive(Debug, Clone)]
pub struct Names {
    pub pocs: Pocs,
    pub staff: Directory<PersonId>,
    pub subjects: Directory<SubjectId>,
}

/// A map, its columns found.
struct Layout<'m> {
    map: &'m ImportMap,
    number: Vec<usize>,
    skip: Vec<Test>,
    fields: TicketCells<'m>,
    new_poc: Option<CallerCells<'m>>,
    rules: Rules<'m>,
}

cells! {
    /// A ticket's cells.
    TicketCells of TicketMap: title Text, subject SubjectId, kind TicketKind, area Area, poc PersonId, received Minute,
        via Ways, description Markdown; first_line Markdown
}

cells! {
    /// A new POC's cells.
    CallerCells of NewPoc: name Text; email Text, phone Text, office Text
}

/// A ticket while its rows are read.
struct OpenTicket {
    /// Its oldest row, and the ticket of that row or all that is wrong with it.
    row: usize,
    number: String,
    oldest: Option<Moment>,
    ticket: Result<Gathered, Vec<Complaint>>,
    rows: Vec<usize>,
    updates: Vec<Update>,
}

/// The export as far as it is read.
struct Reading<'m, 'n> {
    layout: Layout<'m>,
    /// How many headings there are.
    width: usize,
    times: Times<'m>,
    names: &'n Names,
    export: Rowset,
    open: Vec<OpenTicket>,
    /// The place in `open` of each ticket, by its number as numbers are compared.
    places: BTreeMap<String, usize>,
}

/// Reads all rows. Returns `None` if the map has columns that the export lacks, with the names in `faults`.
pub fn gather(
    input: impl Read,
    map: &ImportMap,
    zone: chrono_tz::Tz,
    names: &Names,
    (problems, faults): (&mut Problems, &mut Faults),
) -> Result<Option<Rowset>, ImportError> {
    let mut rows = Rows::open(input, map)?;
    let headings = rows.headings.clone();
    let Some(layout) = layout(map, &headings, faults) else { return Ok(None) };
    let export = Rowset { marked: rows.marked(map), ..Rowset::default() };
    let (width, times) = (headings.len(), Times::new(map, zone));
    let mut reading = Reading { layout, width, times, names, export, open: Vec::new(), places: BTreeMap::new() };
    while rows.advance()?.is_some() {
        let (at, row) = (rows.number, rows.record());
        reading.export.rows += 1;
        if reading.layout.skip.iter().any(|test| test.holds(row)) {
            reading.export.skipped += 1;
            continue;
        }
        let number = cell_of(row, &reading.layout.number).split_whitespace().collect::<Vec<_>>().join(" ");
        if let Err(complaint) = reading.row(row, at, &number) {
            problems.add(complaint.of(at, &number));
        }
    }
    Ok(Some(reading.finish(problems)))
}

impl Reading<'_, '_> {
    /// Adds a row to its ticket.
    fn row(&mut self, row: &StringRecord, at: usize, number: &str) -> Result<(), Complaint> {
        let Reading { layout, width, times, names, export, open, places } = self;
        let (map, times) = (layout.map, *times);
        let of_number = |(message, help): Refusal| {
            let column = Some(map.number.column.as_str().to_owned());
            Err(Complaint { column, message, help })
        };
        let key = key(map, number);
        if !number.is_empty() {
            export.rows_of.entry(key.clone()).or_default().push(at);
        }
        if row.iter().skip(*width).any(|cell| !cell.trim().is_empty()) {
            let message = format!("the row has {} cells under {width} headings", row.len());
            let help = "put a cell that holds a delimiter into quotes, or export the file again".to_owned();
            return Err((message, help).into());
        }
        if number.is_empty() {
            let help = "fill it in, or skip the row (`skip` in the map)".to_owned();
            return of_number(("the row has no number".to_owned(), help));
        }
        if is_cut_number(number) {
            return of_number(cut(number));
        }
        let place = places.get(&key).copied();
        if let Some(first) = place.and_then(|place| open.get(place))
            && map.rows == RowKind::Tickets
        {
            let help = "delete one of the two; or write `rows: updates` in the map if each row is an update";
            return of_number((format!("{number} is in row {} already", first.row), help.to_owned()));
        }
        let moment = layout.rules.moment(row, times)?;
        let ticket = || layout.ticket(row, (at, number, &key), times, names);
        let own = match place.and_then(|place| open.get_mut(place)) {
            Some(own) => {
                let is_older = matches!((moment, own.oldest), (Some(new), Some(old)) if new.is_surely_before(old));
                if is_older {
                    (own.ticket, own.row, own.number, own.oldest) = (ticket(), at, number.to_owned(), moment);
                }
                own
            }
            None => {
                let (number, ticket) = (number.to_owned(), ticket());
                let (rows, updates) = (Vec::new(), Vec::new());
                places.insert(key, open.len());
                open.push(OpenTicket { row: at, number, oldest: moment, ticket, rows, updates });
                let Some(own) = open.last_mut() else { return Ok(()) };
                own
            }
        };
        let received = own.ticket.as_ref().ok().map(|own| own.received);
        own.rows.push(at);
        own.updates.push(layout.rules.update(row, (at, moment), received, (times, &names.staff)));
        Ok(())
    }

    /// The tickets, with the entries of all their rows.
    fn finish(self, problems: &mut Problems) -> Rowset {
        let Reading { layout, times, mut export, open, .. } = self;
        for own in open {
            let received = own.ticket.as_ref().ok().map(|own| own.received);
            let made = layout.rules.made(own.updates, received, times);
            export.moved.0 += made.moved;
            export.moved.1 += usize::from(made.moved > 0);
            made.complaints.into_iter().for_each(|(row, complaint)| problems.add(complaint.of(row, &own.number)));
            match own.ticket {
                Ok(ticket) => export.tickets.push(Gathered { entries: made.list, ..ticket }),
                Err(complaints) => {
                    complaints.into_iter().for_each(|complaint| problems.add(complaint.of(own.row, &own.number)));
                }
            }
        }
        export
    }
}

fn layout<'m>(map: &'m ImportMap, headings: &[String], faults: &mut Faults) -> Option<Layout<'m>> {
    let mut headings = Headings::new(headings);
    let layout = layout_of(map, &mut headings);
    headings.report(map, faults);
    layout
}

fn layout_of<'m>(map: &'m ImportMap, headings: &mut Headings) -> Option<Layout<'m>> {
    // Every column is looked for before any is missed.
    let number = headings.find(&map.number.column);
    let skip: Vec<Option<Test>> = map.skip.0.iter().map(|test| Test::of(test, headings)).collect();
    let fields = TicketCells::of(&map.ticket, headings);
    let new_poc = map.new_poc.as_ref().map_or(Some(None), |caller| CallerCells::of(caller, headings).map(Some));
    let rules = Rules::of(map, headings);
    Some(Layout {
        map,
        number: number?,
        skip: skip.into_iter().collect::<Option<_>>()?,
        fields: fields?,
        new_poc: new_poc?,
        rules: rules?,
    })
}

impl Layout<'_> {
    /// The ticket of a first row, or all that is wrong with it.
    fn ticket(
        &self,
        row: &StringRecord,
        (at, number, key): (usize, &str, &str),
        times: Times,
        names: &Names,
    ) -> Result<Gathered, Vec<Complaint>> {
        let cells = &self.fields;
        let mut wrong = RowComplaints::default();
        let title = wrong.take(cells.title.required(row, line));
        let subject = wrong.take(self.subject(row, names));
        let kind = wrong.take(cells.kind.required(row, word));
        let area = wrong.take(cells.area.required(row, word));
        let poc = wrong.take(self.poc(row, names));
        let received = wrong.take(cells.received.required(row, |cell| times.read(cell, None)));
        let via = wrong.take(cells.via.required(row, word));
        let description = wrong.take(cells.description.required(row, lines));
        let first_line = cells.first_line.as_ref().map(|own| own.value(row, lines)).transpose();
        let first_line = wrong.take(first_line.map(Option::flatten));
        let all = || {
            Some(Gathered {
                row: at,
                number: number.to_owned(),
                key: key.to_owned(),
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
        let email = self.new_poc.as_ref().and_then(|caller| caller.own_email(row));
        let address = email.as_ref().map(Text::as_str);
        match (cells.required(row, |cell| names.pocs.get(cell, address)), &self.new_poc) {
            (Ok(id), caller) => {
                let name =
                    caller.as_ref().and_then(|caller| caller.name.own(row)).filter(|_| !cells.is_translated(row));
                let called = cells.cell(row).filter(|cell| cell.contains('@'));
                let named = called.zip(name).map(|(called, name)| Named { address: called.into_owned(), name });
                Ok(Poc::Known(id, named.map(Box::new)))
            }
            (Err(complaint), Some(caller)) if creates => match cells.cell(row) {
                Some(cell) if matches!(names.pocs.find(&cell, address), Ok(None)) => caller.read(row, &cell),
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
                message: format!("`{called}` has neither an email address nor a phone number"),
                help: "fill in one of them, or write a `default` for it in the map".to_owned(),
            });
        }
        let (own_email, own_name) = (self.own_email(row), self.name.own(row));
        let called = called.to_owned();
        Ok(Poc::New(Box::new(Caller { called, name, email, phone, office, own_email, own_name })))
    }

    /// The address in the row itself.
    fn own_email(&self, row: &StringRecord) -> Option<Text> {
        self.email.as_ref().and_then(|email| email.own(row))
    }
}

/// What is wrong with a row, all of it.
#[derive(Default)]
struct RowComplaints(Vec<Complaint>);

impl RowComplaints {
    fn take<T>(&mut self, result: Result<T, Complaint>) -> Option<T> {
        result.map_err(|complaint| self.0.push(complaint)).ok()
    }
}
