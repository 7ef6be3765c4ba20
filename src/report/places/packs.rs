//! The folder of each meeting's pack, and its files.

use chrono::NaiveDate;

use crate::model::{MeetingKind, Minute, parse_date};
use crate::report::next_meeting;
use crate::report::site::{Download, MeetingLine, PackLine};
use crate::workflow::Context;

/// A form that a pack is handed out in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PackFormat {
    Html,
    Pdf,
    Json,
    Csv,
    Xlsx,
}

impl PackFormat {
    pub const ALL: [PackFormat; 5] =
        [PackFormat::Html, PackFormat::Pdf, PackFormat::Json, PackFormat::Csv, PackFormat::Xlsx];
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
        PackFormat::Xlsx => "xlsx",
    };
    format!("{folder}/{kind}-{scheduled}.{ending}")
}

/// Whether a meeting may have a file of its pack at this path, be there such a meeting or not.
pub(super) fn is_of_a_pack(path: &str) -> bool {
    let parts = || {
        let (kind, rest) = path.split_once('/')?;
        let (date, _) = rest.split_once('/')?;
        Some((MeetingKind::from_word(kind)?, parse_date(date)?))
    };
    let is_file = |(kind, date)| PackFormat::ALL.iter().any(|format| path == pack_file(kind, date, *format));
    parts().is_some_and(is_file)
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

    /// When its meeting is held.
    pub fn held(&self) -> Minute {
        self.held
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
                download("Excel", PackFormat::Xlsx),
            ],
        }
    }
}
