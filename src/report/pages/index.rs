//! The first page: attention now, the next meetings, the archive of packs, and what the search box finds.

use super::Site;
use crate::model::{MeetingKind, TicketState};
use crate::report::findings::DiagnosticRow;
use crate::report::places::{PackPlace, RecordPage, pack_places};
use crate::report::site::{IndexPage, PackLine, Page, SearchEntry, SubjectLine};
use crate::report::{attention, attention_before};
use crate::workflow::{Context, TicketLine, is_supported};

/// `index.html`.
pub fn index_page(site: &Site, rows: &[DiagnosticRow]) -> Page<IndexPage> {
    let (ctx, project) = (site.ctx, site.ctx.project());
    let of = |word: &str| rows.iter().filter(|row| row.level == word).count();
    let (next, past): (Vec<_>, Vec<_>) = pack_places(ctx).into_iter().partition(|place| place.is_next(ctx));
    let weekly = next.iter().find(|place| place.kind == MeetingKind::Weekly);
    let subjects = project.subjects.iter().filter_map(|subject| {
        let own = || ctx.tickets().filter(|line| line.ticket.subject.value == subject.id.value);
        let outstanding = own().filter(|line| line.is_outstanding_at(ctx.as_of)).count();
        let shown = is_supported(subject, ctx.today()) || own().next().is_some();
        shown.then(|| SubjectLine { id: subject.id.to_string(), kind: subject.kind.to_string(), outstanding })
    });
    let mut pocs: Vec<_> = project.pocs.values().map(|poc| (poc.name.0.clone(), poc.id.to_string())).collect();
    pocs.sort();
    let mut changes: Vec<_> = ctx.changes().filter_map(|line| site.change_row(&line.cr.id.value)).collect();
    changes.reverse();
    let mut archive: Vec<PackLine> = past.iter().map(PackPlace::line).collect();
    archive.sort_by(|a, b| (b.meeting, &a.kind).cmp(&(a.meeting, &b.kind)));
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
        archive,
        subjects: subjects.collect(),
        pocs: pocs.into_iter().map(|(_, id)| id).collect(),
        changes,
        search: search(site),
    };
    site.page_of_all(site.all_names(), page)
}

/// The name of a ticket's POC; of one that was handed over also of who called.
fn poc_names(ctx: &Context, line: &TicketLine) -> String {
    let mut ids = vec![line.poc_at(ctx.as_of), &line.ticket.poc.value];
    ids.dedup();
    let names: Vec<String> = ids.into_iter().map(|id| ctx.project().person_name(id)).collect();
    names.join(" ")
}

fn search(site: &Site) -> Vec<SearchEntry> {
    let (ctx, project) = (site.ctx, site.ctx.project());
    let tickets = ctx.tickets().map(|line| {
        let ticket = line.ticket;
        let state = ctx.state(line).unwrap_or(TicketState::Open);
        let words = [
            poc_names(ctx, line),
            project.subject_name(&ticket.subject.value),
            line.nitc_ref_at(ctx.as_of).unwrap_or_default().to_owned(),
            site.words().state(state),
        ];
        SearchEntry {
            id: ticket.id.to_string(),
            kind: "ticket".to_owned(),
            title: ticket.title.0.clone(),
            words: words.join(" "),
            href: RecordPage::Ticket.path(&ticket.id.to_string()),
        }
    });
    let changes = ctx.changes().map(|line| SearchEntry {
        id: line.cr.id.to_string(),
        kind: "change request".to_owned(),
        title: line.cr.title.0.clone(),
        words: project.subject_name(&line.cr.subject.value),
        href: RecordPage::Change.path(line.cr.id.as_str()),
    });
    let pocs = project.pocs.values().map(|poc| SearchEntry {
        id: poc.id.to_string(),
        kind: "POC".to_owned(),
        title: poc.name.0.clone(),
        words: poc.office.as_ref().map(|office| office.0.clone()).unwrap_or_default(),
        href: RecordPage::Poc.path(poc.id.as_str()),
    });
    let subjects = project.subjects.iter().map(|subject| SearchEntry {
        id: subject.id.to_string(),
        kind: "subject".to_owned(),
        title: subject.name.0.clone(),
        words: subject.kind.to_string(),
        href: RecordPage::Subject.path(subject.id.as_str()),
    });
    tickets.chain(changes).chain(pocs).chain(subjects).collect()
}
