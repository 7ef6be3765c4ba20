//! The archive of packs by year and month, each with its two main figures, and the packs around one.

use chrono::Datelike;

use crate::report::places::{PackFormat, PackPlace};
use crate::report::site::{ArchiveLine, ArchiveMonth, ArchiveYear, PackAround};
use crate::workflow::{Context, Outcome};

/// The packs of past meetings, the latest first.
pub(super) fn archive(ctx: &Context, past: &[PackPlace]) -> Vec<ArchiveYear> {
    let mut places: Vec<&PackPlace> = past.iter().collect();
    places.sort_by_key(|place| std::cmp::Reverse((place.held(), place.kind)));
    let mut years: Vec<ArchiveYear> = Vec::new();
    for place in places {
        let (year, name) = (place.held().date().year(), place.held().date().format("%B %Y").to_string());
        if years.last().is_none_or(|last| last.year != year) {
            years.push(ArchiveYear { year, packs: 0, months: Vec::new() });
        }
        let Some(last) = years.last_mut() else { continue };
        if last.months.last().is_none_or(|month| month.name != name) {
            last.months.push(ArchiveMonth { name, packs: Vec::new() });
        }
        last.packs += 1;
        if let Some(month) = last.months.last_mut() {
            month.packs.push(line(ctx, place));
        }
    }
    years
}

fn line(ctx: &Context, place: &PackPlace) -> ArchiveLine {
    let then = ctx.at(place.held());
    ArchiveLine {
        pack: place.line(),
        outstanding: then.outstanding().len(),
        overdue: then.clocks().filter(|clock| clock.outcome(then.as_of) == Outcome::Overdue).count(),
    }
}

/// What is around a pack on the site, of all its `places`: its PDF, and the packs of the same kind before and after it.
pub fn around(places: &[PackPlace], place: &PackPlace) -> PackAround {
    let own: Vec<&PackPlace> = places.iter().filter(|other| other.kind == place.kind).collect();
    let index = own.iter().position(|other| other.index == place.index);
    let line = |at: Option<usize>| at.and_then(|at| own.get(at)).map(|other| other.line());
    PackAround {
        site_root: "../../".to_owned(),
        pdf: place.file(PackFormat::Pdf).rsplit('/').next().unwrap_or_default().to_owned(),
        previous: line(index.and_then(|at| at.checked_sub(1))),
        next: line(index.map(|at| at + 1)),
    }
}
