//! The first page: attention now, the next meetings, the archive of packs, and the search box.

use super::Site;
use super::archive::archive;
use crate::model::MeetingKind;
use crate::report::findings::DiagnosticRow;
use crate::report::pack::overdue_actions;
use crate::report::places::{PackPlace, pack_places};
use crate::report::site::{IndexPage, Page};
use crate::report::{attention, attention_before};

/// `index.html`; `search_version` is that of the files that the search box loads.
pub fn index_page(site: &Site, rows: &[DiagnosticRow], search_version: String) -> Page<IndexPage> {
    let ctx = site.ctx;
    let of = |word: &str| rows.iter().filter(|row| row.level == word).count();
    let all = pack_places(ctx);
    let (next, past): (Vec<_>, Vec<_>) = all.iter().cloned().partition(|place| place.is_next(ctx));
    let weekly = next.iter().find(|place| place.kind == MeetingKind::Weekly);
    let page = IndexPage {
        errors: of("error"),
        lapses: of("lapse"),
        attention_groups: weekly
            .and_then(|place| {
                let groups = attention(ctx, place.kind, place.index)?;
                Some(attention_before(ctx, place.kind, place.index, groups))
            })
            .unwrap_or_default(),
        meetings: next.iter().map(PackPlace::meeting).collect(),
        overdue_actions: weekly.and_then(|place| overdue_actions(ctx, place.kind, place.index)).unwrap_or_default(),
        archive: archive(ctx, &past),
        search_version,
    };
    site.page_of_all(site.all_names(), page)
}
