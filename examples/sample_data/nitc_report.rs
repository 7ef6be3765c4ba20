//! NITC's weekly report, as NITC would write it: mostly what our records say, and now and then not.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};

use crate::calendar::{self, Moment, date, on_or_after};
use crate::change_request::{ChangeRequest, CrState};
use crate::lifecycle::{Holder, State};
use crate::people::STAFF;
use crate::ticket::Ticket;
use crate::{Files, Result};

/// Where a report departs from our records, on purpose.
enum Slip {
    /// The ticket is missing.
    Omitted(&'static str),
    /// The ticket bears another status.
    Status(&'static str, &'static str),
    /// The ticket bears another NITC number.
    Number(&'static str, &'static str),
    /// A row for something else: NITC's number, our number as they have it, status, summary.
    Row(&'static str, &'static str, &'static str, &'static str),
}

use Slip::{Number, Omitted, Row, Status};

/// The date of the report, and the slip in it.
const SLIPS: [(&str, Slip); 13] = [
    ("2025-11-24", Row("N-1872", "", "researching", "Patching of the report servers, second half")),
    ("2025-12-08", Status("tv-perdiem", "researching")),
    ("2026-02-23", Omitted("gl-carryover")),
    ("2026-03-16", Row("N-1916", "HEAT-9911", "received", "Archive of closed fiscal year 2019")),
    ("2026-05-11", Number("fa-depr-stop", "N-1936")),
    ("2026-07-06", Status("hc-training-hours", "researching")),
    ("2026-07-13", Row("N-1966", "", "in work", "Certificate renewal on the MITS gateway")),
    ("2026-09-08", Status("rc-interest", "closed")),
    ("2026-11-16", Omitted("gl-drawdown-dup")),
    ("2026-11-16", Number("sc-export-q4", "N-1984")),
    ("2026-11-16", Status("bf-lock", "received")),
    ("2026-11-16", Row("N-2024", "HEAT-10963", "researching", "Slow log-on over the remote gateway")),
    ("2026-11-16", Row("N-2026", "", "in work", "Year-end purge of temporary report files")),
];

/// The one week without a report, and the report that came two days late.
const MISSING: (i32, u32, u32) = (2026, 7, 27);
const LATE: (i32, u32, u32) = (2026, 2, 9);

/// One line of a report.
struct Line {
    number: String,
    heat: String,
    received: String,
    status: String,
    assigned: String,
    updated: String,
    summary: String,
    expected: String,
    cr: String,
}

/// The dates on which reports came: Mondays, or the day after a holiday.
fn dates() -> Vec<NaiveDate> {
    calendar::start()
        .iter_days()
        .take_while(|day| *day <= calendar::end().date())
        .filter(|day| day.weekday() == Weekday::Mon && *day != date(MISSING.0, MISSING.1, MISSING.2))
        .map(|day| if day == date(LATE.0, LATE.1, LATE.2) { day + Days::new(2) } else { on_or_after(day) })
        .collect()
}

pub fn write(files: &mut Files, tickets: &[Ticket], crs: &[ChangeRequest]) -> Result<()> {
    let mut unused: Vec<usize> = (0..SLIPS.len()).collect();
    for day in dates() {
        let mut rows = honest_rows(day, tickets, crs);
        for (i, (on, slip)) in SLIPS.iter().enumerate() {
            if calendar::parse_date(on)? == day {
                slip.apply(&mut rows, tickets, day).map_err(|e| format!("report of {on}: {e}"))?;
                unused.retain(|j| *j != i);
            }
        }
        rows.sort_by(|a, b| a.number.cmp(&b.number));
        if let Some(pair) = rows.windows(2).find(|pair| pair[0].number == pair[1].number) {
            return Err(format!("report of {day}: {} twice", pair[0].number).into());
        }
        files.add(&format!("nitc/{day}.csv"), csv(day, &rows));
    }
    if let Some(i) = unused.first() {
        return Err(format!("there is no report of {}", SLIPS[*i].0).into());
    }
    Ok(())
}

impl Slip {
    fn apply(&self, rows: &mut Vec<Line>, tickets: &[Ticket], day: NaiveDate) -> Result<()> {
        let row = |key: &str| {
            let id = tickets.iter().find(|t| t.story.key == key).map(|t| t.id.clone());
            rows.iter().position(|r| Some(&r.heat) == id.as_ref()).ok_or_else(|| format!("no row for {key}"))
        };
        match self {
            Omitted(key) => {
                _ = {
                    let i = row(key)?;
                    rows.remove(i)
                }
            }
            Status(key, status) => {
                let i = row(key)?;
                rows[i].status = (*status).to_owned();
            }
            Number(key, number) => {
                let i = row(key)?;
                rows[i].number = (*number).to_owned();
            }
            Row(number, heat, status, summary) => rows.push(Line {
                number: (*number).to_owned(),
                heat: (*heat).to_owned(),
                received: (day - Days::new(4)).to_string(),
                status: (*status).to_owned(),
                assigned: "Chris Nullman".to_owned(),
                updated: day.to_string(),
                summary: (*summary).to_owned(),
                expected: String::new(),
                cr: String::new(),
            }),
        }
        Ok(())
    }
}

/// What a report without slips says: everything at NITC, and what left it within the week.
fn honest_rows(day: NaiveDate, tickets: &[Ticket], crs: &[ChangeRequest]) -> Vec<Line> {
    let evening = day.and_time(NaiveTime::from_hms_opt(23, 59, 0).unwrap_or_default());
    let week_ago = evening - Days::new(7);
    tickets
        .iter()
        .filter_map(|ticket| {
            let number = ticket.nitc_number(evening)?;
            let at_nitc =
                |point: crate::lifecycle::Point| matches!(point.state, State::WithNitc | State::AwaitingChange);
            let point = ticket.life.at(evening)?;
            let left_lately = ticket.life.points.iter().any(|p| at_nitc(*p) && p.at > week_ago && p.at <= evening)
                || ticket.life.at(week_ago).is_some_and(at_nitc);
            (at_nitc(point) || left_lately).then(|| honest_row(ticket, number, evening, crs)).flatten()
        })
        .collect()
}

fn honest_row(ticket: &Ticket, number: &str, evening: Moment, crs: &[ChangeRequest]) -> Option<Line> {
    let point = ticket.life.at(evening)?;
    let theirs = |event: &str| matches!(event, "acknowledged" | "initial-response" | "researched");
    let known = |e: &&crate::ticket::Entry| e.at <= evening;
    let forwarded = ticket.log.iter().rev().filter(known).find(|e| e.event == "forwarded")?;
    let last = ticket.log.iter().rev().filter(known).find(|e| theirs(&e.event)).unwrap_or(forwarded);
    let received = ticket.log.iter().filter(known).find(|e| e.nitc_ref.as_deref() == Some(number)).unwrap_or(forwarded);
    let cr =
        crs.iter().filter(|cr| cr.tickets.contains(&ticket.story.key)).find_map(|cr| Some((cr, cr.state_at(evening)?)));
    let status = match (point.state, point.holder) {
        (State::WithNitc, _) if !last.event.starts_with("initial") && last.event != "researched" => "received",
        (State::WithNitc, _) => "researching",
        (State::AwaitingChange, Holder::Nitc) => "in work",
        (State::AwaitingChange, _) => "awaiting approval",
        (State::Closed, _) => "closed",
        (State::Open, _) => "answered",
        (State::Answered | State::Resolved, _) if cr.as_ref().is_some_and(|(_, s)| *s >= CrState::Delivered) => {
            "delivered"
        }
        (State::Answered | State::Resolved, _) => "answered",
        _ => return None,
    };
    let updated = cr.as_ref().and_then(|(cr, _)| cr.log.iter().rev().map(|e| e.at).find(|at| *at <= evening));
    Some(Line {
        number: number.to_owned(),
        heat: ticket.id.clone(),
        received: received.at.date().to_string(),
        status: status.to_owned(),
        assigned: STAFF.iter().find(|s| last.by.as_deref() == Some(s.id)).map_or("", |s| s.name).to_owned(),
        updated: updated.map_or(last.at, |at| at.max(last.at)).date().to_string(),
        summary: ticket.story.title.clone(),
        expected: if status == "researching" {
            on_or_after(last.at.date() + Days::new(10)).to_string()
        } else {
            String::new()
        },
        cr: cr.map_or(String::new(), |(cr, _)| cr.id.clone()),
    })
}

/// The file. Until the spring NITC's tool wrote American dates and CRLF, with a byte-order mark; since then it does not.
fn csv(day: NaiveDate, rows: &[Line]) -> String {
    let old_tool = day < date(2026, 3, 30);
    let heading =
        "report_date,nitc_number,heat_number,received,status,assigned_to,last_update,summary,expected_date,cr_number";
    let dated = |text: &str| match calendar::parse_date(text) {
        Ok(d) if old_tool => d.format("%m/%d/%Y").to_string(),
        _ => text.to_owned(),
    };
    let mut lines = vec![if old_tool { heading.to_owned() } else { format!("{heading},queue") }];
    for row in rows {
        let status = if old_tool { capitalised(&row.status) } else { row.status.clone() };
        let mut cells = vec![
            dated(&day.to_string()),
            row.number.clone(),
            row.heat.clone(),
            dated(&row.received),
            status,
            row.assigned.clone(),
            dated(&row.updated),
            row.summary.clone(),
            dated(&row.expected),
            row.cr.clone(),
        ];
        if !old_tool {
            cells.push(if row.status == "in work" { "development" } else { "support" }.to_owned());
        }
        lines.push(cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(","));
    }
    let end = if old_tool { "\r\n" } else { "\n" };
    let mark = if old_tool { "\u{feff}" } else { "" };
    format!("{mark}{}{end}", lines.join(end))
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}
