//! A pack as an Excel workbook: a table on each sheet, with true dates, and the same bytes for the same pack.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveDateTime};
use rust_xlsxwriter::{
    DocProperties, Format, FormatAlign, Table, TableColumn, TableStyle, Workbook, Worksheet, XlsxError,
};

use super::csv::is_formula;
use crate::model::{ClockKind, PersonId, SubjectId, TicketId, printable};
use crate::record::capital;
use crate::report::pack::{ActionRow, ChangeRow, ComplianceRow, OutstandingRow, Pack, TicketCard};

/// Excel rejects a cell with more characters.
const LONGEST: usize = 32_767;

/// How many rows fit on a sheet below the headings.
const MOST_ROWS: usize = 1_048_575;

/// A cell's value.
enum Cell {
    Text(String),
    Number(i64),
    Day(Option<NaiveDate>),
    Time(Option<NaiveDateTime>),
}

/// A sheet: its name, its columns with their widths in characters, what an empty one says, and its rows.
struct Sheet<const N: usize> {
    name: &'static str,
    columns: [(&'static str, u16); N],
    empty: &'static str,
    rows: Vec<[Cell; N]>,
}

/// The formats of cells.
struct Formats {
    heading: Format,
    text: Format,
    formula: Format,
    number: Format,
    day: Format,
    time: Format,
}

/// The pack's lists. Its tickets are those of its CSV.
pub fn xlsx(pack: &Pack) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&properties(pack)?);
    let formats = Formats::new();
    outstanding(pack).write(&mut book, &formats)?;
    closed(pack).write(&mut book, &formats)?;
    deadlines(pack).write(&mut book, &formats)?;
    changes(pack).write(&mut book, &formats)?;
    actions(pack).write(&mut book, &formats)?;
    book.save_to_buffer()
}

/// The title and the author; the time is the pack's, since a clock would change the bytes.
fn properties(pack: &Pack) -> Result<DocProperties, XlsxError> {
    let title = format!("{}, {}", pack.head.title, crate::model::day_in_words(pack.meeting.date()));
    let marked = if pack.preliminary { "preliminary" } else { "final" };
    Ok(DocProperties::new()
        .set_title(printable(&title))
        .set_author(printable(&pack.head.organization))
        .set_comment(format!("As of {}, {marked}. Built by {}.", pack.as_of, pack.head.generator))
        .set_creation_datetime(&rust_xlsxwriter::ExcelDateTime::parse_from_str(
            &pack.as_of.0.format("%Y-%m-%dT%H:%M:%S").to_string(),
        )?))
}

impl Formats {
    fn new() -> Formats {
        let top = || Format::new().set_align(FormatAlign::Top);
        let left = || top().set_align(FormatAlign::Left);
        Formats {
            heading: Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top),
            text: top().set_text_wrap(),
            // Otherwise Excel reads the text as a formula once someone edits the cell.
            formula: top().set_text_wrap().set_quote_prefix(),
            number: top(),
            day: left().set_num_format("mmm d, yyyy"),
            time: left().set_num_format("mmm d, yyyy h:mm AM/PM"),
        }
    }
}

impl<const N: usize> Sheet<N> {
    fn write(self, book: &mut Workbook, formats: &Formats) -> Result<(), XlsxError> {
        let sheet = book.add_worksheet().set_name(self.name)?;
        let columns = self.columns.map(|(heading, _)| TableColumn::new().set_header(heading));
        let rows = self.rows.len().min(MOST_ROWS);
        let table = Table::new()
            .set_name(self.name.split(' ').map(capital).collect::<String>())
            .set_columns(&columns)
            .set_style(TableStyle::Light1);
        // A table has at least one row.
        sheet.add_table(0, 0, rows.max(1) as u32, N as u16 - 1, &table)?;
        for (at, (heading, width)) in (0u16..).zip(self.columns) {
            sheet.set_column_width(at, width)?;
            sheet.write_string_with_format(0, at, heading, &formats.heading)?;
        }
        for (row, cells) in (1u32..).zip(self.rows.into_iter().take(rows)) {
            for (column, cell) in (0u16..).zip(cells) {
                write(sheet, row, column, cell, formats)?;
            }
        }
        if rows == 0 {
            sheet.write_string(1, 0, self.empty)?;
        }
        sheet.set_freeze_panes(1, 1)?;
        sheet.set_repeat_rows(0, 0)?;
        sheet.set_landscape();
        sheet.set_print_fit_to_pages(1, 0);
        Ok(())
    }
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: Cell, formats: &Formats) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) if text.is_empty() => {}
        Cell::Text(text) => {
            let text = shortened(&printable(&text));
            let format = if is_formula(&text) { &formats.formula } else { &formats.text };
            sheet.write_string_with_format(row, column, text, format)?;
        }
        // Counts and days are far below 2^53.
        Cell::Number(number) => drop(sheet.write_number_with_format(row, column, number as f64, &formats.number)?),
        Cell::Day(day) => {
            if let Some(day) = day {
                sheet.write_date_with_format(row, column, day, &formats.day)?;
            }
        }
        Cell::Time(time) => {
            if let Some(time) = time {
                sheet.write_datetime_with_format(row, column, time, &formats.time)?;
            }
        }
    }
    Ok(())
}

/// The beginning of a text that a cell can hold: Excel counts the units of UTF-16.
fn shortened(text: &str) -> String {
    let mut units = 0;
    let fits = |c: &char| {
        units += c.len_utf16();
        units <= LONGEST
    };
    text.chars().take_while(fits).collect()
}

fn outstanding(pack: &Pack) -> Sheet<20> {
    let cells = |row: &OutstandingRow| {
        let card = pack.tickets.get(&row.id)?;
        Some([
            text(row.id),
            text(&card.title),
            subject(pack, &card.subject),
            text(card.kind),
            text(card.area),
            person(pack, &card.poc),
            Cell::Time(Some(card.received.0)),
            in_period(pack, row.id),
            text(&card.state_text),
            text(&card.holder_text),
            Cell::Number(row.age_days),
            Cell::Day(row.last_contact),
            Cell::Day(row.next_due.as_ref().map(|due| due.due)),
            text(row.next_due_text.as_deref().unwrap_or_default()),
            text(row.attention),
            text(&row.attention_reason),
            text(card.nitc_ref.as_deref().unwrap_or_default()),
            listed(&card.changes),
            note(card),
            text(card.description.plain(LONGEST)),
        ])
    };
    Sheet {
        name: "Outstanding",
        columns: [
            ("Ticket", 13),
            ("Title", 40),
            ("Module or initiative", 22),
            ("Kind", 10),
            ("Area", 11),
            ("POC", 20),
            ("Received", 21),
            ("In the period", 13),
            ("State", 26),
            ("Owner", 14),
            ("Age in days", 11),
            ("Last contact", 14),
            ("Next due date", 14),
            ("Next deadline", 26),
            ("Attention", 10),
            ("Reason", 34),
            ("NITC number", 13),
            ("Change requests", 16),
            ("Last note", 50),
            ("Description", 60),
        ],
        empty: "No outstanding tickets.",
        rows: pack.outstanding.iter().filter_map(cells).collect(),
    }
}

/// The tickets closed in the period, and those new in it that are not outstanding: voided or redirected.
fn closed(pack: &Pack) -> Sheet<16> {
    let outstanding: BTreeSet<TicketId> = pack.outstanding.iter().map(|row| row.id).collect();
    let others = pack.new.iter().filter(|id| !outstanding.contains(id));
    let mut written = BTreeSet::new();
    let cells = |id: &TicketId| {
        let card = pack.tickets.get(id).filter(|_| written.insert(*id))?;
        Some([
            text(id),
            text(&card.title),
            subject(pack, &card.subject),
            text(card.kind),
            text(card.area),
            person(pack, &card.poc),
            Cell::Time(Some(card.received.0)),
            in_period(pack, *id),
            text(&card.state_text),
            Cell::Time(card.resolved.map(|at| at.0)),
            Cell::Time(card.closed.map(|at| at.0)),
            text(card.resolution.as_ref().map(|text| text.plain(LONGEST)).unwrap_or_default()),
            text(card.nitc_ref.as_deref().unwrap_or_default()),
            listed(&card.changes),
            note(card),
            text(card.description.plain(LONGEST)),
        ])
    };
    Sheet {
        name: "Closed",
        columns: [
            ("Ticket", 13),
            ("Title", 40),
            ("Module or initiative", 22),
            ("Kind", 10),
            ("Area", 11),
            ("POC", 20),
            ("Received", 21),
            ("In the period", 13),
            ("State", 26),
            ("Resolved", 21),
            ("Closed", 21),
            ("Resolution", 50),
            ("NITC number", 13),
            ("Change requests", 16),
            ("Last note", 50),
            ("Description", 60),
        ],
        empty: "No tickets closed in the period.",
        rows: pack.closed.iter().chain(others).filter_map(cells).collect(),
    }
}

fn deadlines(pack: &Pack) -> Sheet<9> {
    let next = |kind: ClockKind| {
        let due = pack.outstanding.iter().filter_map(|row| row.next_due.as_ref());
        due.filter(|due| due.clock == kind).map(|due| due.due).min()
    };
    let cells = |row: &ComplianceRow| {
        let count = |count: usize| Cell::Number(i64::try_from(count).unwrap_or(i64::MAX));
        [
            text(&row.clock_text),
            text(&row.asks),
            count(row.of),
            count(row.met),
            count(row.late),
            count(row.overdue),
            count(row.waived),
            text(&row.share),
            Cell::Day(next(row.clock)),
        ]
    };
    Sheet {
        name: "Deadlines",
        columns: [
            ("Deadline", 30),
            ("Requirement", 60),
            ("Due in the period", 12),
            ("On time", 9),
            ("Late", 9),
            ("Overdue", 9),
            ("Waived", 9),
            ("Share on time", 16),
            ("Next due date", 14),
        ],
        empty: "No deadlines.",
        rows: pack.compliance.iter().map(cells).collect(),
    }
}

fn changes(pack: &Pack) -> Sheet<18> {
    let cells = |row: &ChangeRow| {
        let count = |count: usize| Cell::Number(i64::try_from(count).unwrap_or(i64::MAX));
        let names = row.waiting_for.iter().map(|id| name(pack, id)).collect::<Vec<_>>();
        [
            text(&row.id),
            text(&row.title),
            text(&row.state_text),
            text(&row.waits_on),
            Cell::Day(Some(row.since)),
            Cell::Number(row.days),
            text(&row.standing),
            count(row.approvals),
            count(row.quorum),
            text(names.join("; ")),
            Cell::Day(row.due),
            subject(pack, &row.subject),
            listed(&row.tickets),
            person(pack, &row.prepared_by),
            text(row.priority.as_deref().unwrap_or_default()),
            text(row.risk.as_deref().unwrap_or_default()),
            text(row.release.as_deref().unwrap_or_default()),
            text(if row.finished { "yes" } else { "no" }),
        ]
    };
    Sheet {
        name: "Change requests",
        columns: [
            ("Change request", 15),
            ("Title", 40),
            ("State", 26),
            ("Owner", 14),
            ("Since", 14),
            ("Days in this state", 10),
            ("Votes", 34),
            ("Approvals", 10),
            ("Approvals needed", 10),
            ("Waiting for", 30),
            ("Forward by", 14),
            ("Module or initiative", 22),
            ("Tickets", 16),
            ("Prepared by", 20),
            ("Priority", 10),
            ("Risk", 10),
            ("Release", 16),
            ("Finished in the period", 11),
        ],
        empty: "No change requests.",
        rows: pack.changes.iter().map(cells).collect(),
    }
}

fn actions(pack: &Pack) -> Sheet<8> {
    let cells = |status: &'static str, row: &ActionRow| {
        [
            text(&row.id),
            text(&row.what),
            text(&row.owner),
            text(status),
            Cell::Day(Some(row.due)),
            Cell::Number(row.days_late),
            Cell::Day(row.done),
            text(&row.meeting),
        ]
    };
    let actions = &pack.actions;
    let lists =
        [("overdue", &actions.overdue), ("open", &actions.open), ("new", &actions.new), ("done", &actions.done)];
    Sheet {
        name: "Action items",
        columns: [
            ("Number", 13),
            ("Action item", 60),
            ("Owner", 22),
            ("Status", 10),
            ("Due date", 14),
            ("Days overdue", 10),
            ("Done", 14),
            ("Meeting", 22),
        ],
        empty: "No action items.",
        rows: lists.into_iter().flat_map(|(status, rows)| rows.iter().map(move |row| cells(status, row))).collect(),
    }
}

fn text(value: impl ToString) -> Cell {
    Cell::Text(value.to_string())
}

fn listed(values: &[impl ToString]) -> Cell {
    Cell::Text(values.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
}

fn person(pack: &Pack, id: &PersonId) -> Cell {
    Cell::Text(name(pack, id))
}

fn name(pack: &Pack, id: &PersonId) -> String {
    pack.people.get(id).cloned().unwrap_or_else(|| id.to_string())
}

fn subject(pack: &Pack, id: &SubjectId) -> Cell {
    Cell::Text(pack.subjects.get(id).cloned().unwrap_or_else(|| id.to_string()))
}

fn in_period(pack: &Pack, id: TicketId) -> Cell {
    let events = [("new", &pack.new), ("closed", &pack.closed), ("reopened", &pack.reopened)];
    let words = events.into_iter().filter(|(_, list)| list.contains(&id)).map(|(word, _)| word);
    Cell::Text(words.collect::<Vec<_>>().join(" "))
}

fn note(card: &TicketCard) -> Cell {
    text(card.last_note.as_ref().map(|note| note.text.plain(LONGEST)).unwrap_or_default())
}
