//! Every page and pack of the site and its path: what `build` writes and `serve` shows.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::load::Loaded;
use crate::model::{CrId, MeetingKind, Minute, PersonId, Poc, Subject, SubjectId, TicketId, parse_date};
use crate::report::next_meeting;
use crate::report::pack::Pack;
use crate::report::site::{Download, MeetingLine, NameBook, PackLine};
use crate::workflow::{ChangeLine, Context, TicketLine};

/// The path of the first page.
pub const INDEX: &str = "index.html";

/// A page beside the packs and the first page, which names the packs.
#[derive(Debug, Clone, Copy)]
pub enum SitePage<'p> {
    Check,
    Rules,
    Ticket(&'p TicketLine<'p>),
    Change(&'p ChangeLine<'p>),
    Poc(&'p Loaded<Poc>),
    Subject(&'p Subject),
}

impl SitePage<'_> {
    /// From the site's root.
    pub fn path(&self) -> String {
        match self {
            SitePage::Check => "check.html".to_owned(),
            SitePage::Rules => "rules.html".to_owned(),
            SitePage::Ticket(line) => format!("tickets/{}.html", line.ticket.id.value),
            SitePage::Change(line) => format!("changes/{}.html", line.cr.id.value),
            SitePage::Poc(poc) => format!("pocs/{}.html", poc.id.value),
            SitePage::Subject(subject) => format!("subjects/{}.html", subject.id.value),
        }
    }
}

/// All pages beside the packs and the first page.
pub fn site_pages<'p>(ctx: &Context<'p>) -> Vec<SitePage<'p>> {
    let project = ctx.project();
    let mut pages = vec![SitePage::Check, SitePage::Rules];
    pages.extend(ctx.tickets().map(SitePage::Ticket));
    pages.extend(ctx.changes().map(SitePage::Change));
    pages.extend(project.pocs.values().map(SitePage::Poc));
    pages.extend(project.subjects.iter().map(|subject| SitePage::Subject(&subject.record)));
    pages
}

/// A calendar that calendar programs subscribe to.
#[derive(Debug, Clone, Copy)]
pub enum CalendarPlace<'p> {
    /// Every meeting and whatever is due.
    All,
    /// What concerns a POC.
    Poc(&'p Poc),
}

impl CalendarPlace<'_> {
    /// From the site's root.
    pub fn path(&self) -> String {
        match self {
            CalendarPlace::All => "calendar.ics".to_owned(),
            CalendarPlace::Poc(poc) => format!("pocs/{}.ics", poc.id.value),
        }
    }
}

/// All calendars.
pub fn calendar_places<'p>(ctx: &Context<'p>) -> Vec<CalendarPlace<'p>> {
    let pocs = ctx.project().pocs.values().map(|poc| CalendarPlace::Poc(poc));
    [CalendarPlace::All].into_iter().chain(pocs).collect()
}

/// A form that a pack is handed out in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PackFormat {
    Html,
    Pdf,
    Json,
    Csv,
}

impl PackFormat {
    pub const ALL: [PackFormat; 4] = [PackFormat::Html, PackFormat::Pdf, PackFormat::Json, PackFormat::Csv];
}

/// The folder of a meeting's pack.
#[derive(Debug, Clone)]
pub struct PackPlace {
    pub kind: MeetingKind,
    /// The meeting's place among those of its kind.
    pub index: usize,
    scheduled: NaiveDate,
    held: Minute,
    title: String,
    /// Why it is not held on its scheduled date, in words.
    moved: Option<String>,
    preliminary: bool,
}

/// The packs of the meetings held so far, and those of the next one of each kind.
pub fn pack_places(ctx: &Context) -> Vec<PackPlace> {
    let mut places = Vec::new();
    for kind in MeetingKind::ALL.iter().copied() {
        let next = next_meeting(ctx, kind);
        for (index, meeting) in ctx.meetings(kind).iter().enumerate() {
            if meeting.canceled.is_none() && (meeting.held < ctx.as_of || Some(index) == next) {
                places.push(PackPlace {
                    kind,
                    index,
                    scheduled: meeting.scheduled,
                    held: meeting.held,
                    title: meeting.name.to_owned(),
                    moved: meeting.moved.clone(),
                    preliminary: meeting.held > ctx.as_of,
                });
            }
        }
    }
    places
}

fn pack_folder(kind: MeetingKind, scheduled: NaiveDate) -> String {
    format!("{kind}/{scheduled}")
}

fn pack_file(kind: MeetingKind, scheduled: NaiveDate, format: PackFormat) -> String {
    let folder = pack_folder(kind, scheduled);
    let ending = match format {
        PackFormat::Html => return format!("{folder}/index.html"),
        PackFormat::Pdf => "pdf",
        PackFormat::Json => "json",
        PackFormat::Csv => "csv",
    };
    format!("{folder}/{kind}-{scheduled}.{ending}")
}

/// Whether a record or meeting may have a file of the site at this path, be there such a record or not.
pub fn is_of_a_record(path: &str) -> bool {
    let Some((folder, name)) = path.rsplit_once('/') else { return false };
    let Some((stem, ending)) = name.rsplit_once('.') else { return false };
    match (folder, ending) {
        ("tickets", "html") => TicketId::parse(stem).is_some(),
        ("changes", "html") => CrId::parse(stem).is_some(),
        ("subjects", "html") => SubjectId::parse(stem).is_some(),
        ("pocs", "html" | "ics") => PersonId::parse(stem).is_some(),
        _ => {
            let meeting = folder
                .split_once('/')
                .and_then(|(kind, date)| Some((MeetingKind::from_word(kind)?, parse_date(date)?)));
            meeting
                .is_some_and(|(kind, date)| PackFormat::ALL.iter().any(|format| path == pack_file(kind, date, *format)))
        }
    }
}

impl PackPlace {
    /// From the site's root: `weekly/2026-11-18`.
    pub fn folder(&self) -> String {
        pack_folder(self.kind, self.scheduled)
    }

    /// The path of one of its files.
    pub fn file(&self, format: PackFormat) -> String {
        pack_file(self.kind, self.scheduled, format)
    }

    /// Its meeting is still to come, or held just now.
    pub fn is_next(&self, ctx: &Context) -> bool {
        self.held >= ctx.as_of
    }

    /// Its meeting, for the first page.
    pub fn meeting(&self) -> MeetingLine {
        let (title, moved) = (self.title.clone(), self.moved.clone());
        MeetingLine { title, at: self.held, moved, pack: Some(self.line()) }
    }

    /// It as the first page lists it.
    pub fn line(&self) -> PackLine {
        let download = |label: &str, format| Download { label: label.to_owned(), href: self.file(format) };
        PackLine {
            title: self.title.clone(),
            kind: self.kind.to_string(),
            meeting: self.held,
            scheduled: (self.scheduled != self.held.date()).then_some(self.scheduled),
            preliminary: self.preliminary,
            href: self.file(PackFormat::Html),
            downloads: vec![
                download("PDF", PackFormat::Pdf),
                download("JSON", PackFormat::Json),
                download("CSV", PackFormat::Csv),
            ],
        }
    }
}

/// The titles of CRs that a pack may name without listing them.
pub fn names_beside(ctx: &Context, pack: &Pack) -> NameBook {
    let mut named: BTreeSet<String> =
        pack.tickets.values().flat_map(|card| &card.changes).map(ToString::to_string).collect();
    named.extend(pack.nitc.iter().map(|row| row.cr_number.clone()));
    named.extend(pack.lapses.iter().map(|row| row.record.clone()));
    named.extend(pack.method.exceptions.iter().map(|row| row.record.clone()));
    let all = &ctx.prepared.changes;
    let known = all.iter().filter(|(id, line)| named.contains(id.as_str()) && line.exists_at(pack.as_of));
    let changes = known.map(|(id, line)| (id.to_string(), line.cr.title.0.clone())).collect::<BTreeMap<_, _>>();
    NameBook { changes, ..NameBook::default() }
}

#[cfg(test)]
mod tests {
    use super::is_of_a_record;

    #[test]
    fn paths_of_records_are_told_from_others() {
        for path in [
            "tickets/HEAT-10423.html",
            "changes/CR-2026-007.html",
            "pocs/jrivera.html",
            "pocs/jrivera.ics",
            "subjects/scorecard.html",
            "weekly/2026-11-18/index.html",
            "monthly/2026-11-12/monthly-2026-11-12.pdf",
        ] {
            assert!(is_of_a_record(path), "{path}");
        }
        for path in [
            "index.html",
            "notes.txt",
            "tickets/notes.html",
            "tickets/HEAT-1.txt",
            "tickets/2026/HEAT-1.html",
            "weekly/2026-11-18/notes.pdf",
            "weekly/2026-11-18/weekly-2026-11-25.pdf",
            "daily/2026-11-18/index.html",
            "data/pocs/jrivera.yaml",
        ] {
            assert!(!is_of_a_record(path), "{path}");
        }
    }
}
