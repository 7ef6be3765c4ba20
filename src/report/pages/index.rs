//! The first page: attention now, the next meetings, the archive of packs, and what the search box finds.

use super::Site;
use super::archive::archive;
use super::book::answer_href;
use crate::model::{Action, MeetingKind, Minute, TicketState};
use crate::report::findings::DiagnosticRow;
use crate::report::pack::overdue_actions;
use crate::report::places::{PackPlace, RecordPage, pack_places};
use crate::report::site::{IndexPage, Page, SearchEntry};
use crate::report::{attention, attention_before};
use crate::workflow::{Context, TicketLine, is_written};

/// `index.html`.
pub fn index_page(site: &Site, rows: &[DiagnosticRow]) -> Page<IndexPage> {
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
        search: search(site, &all),
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

fn search(site: &Site, packs: &[PackPlace]) -> Vec<SearchEntry> {
    let (ctx, project) = (site.ctx, site.ctx.project());
    let tickets = ctx.tickets().map(|line| {
        let ticket = line.ticket;
        let words = [
            poc_names(ctx, line),
            project.subject_name(&ticket.subject.value),
            line.nitc_ref_at(ctx.as_of).unwrap_or_default().to_owned(),
        ];
        SearchEntry {
            id: ticket.id.to_string(),
            kind: "ticket".to_owned(),
            title: ticket.title.0.clone(),
            state: site.words().state(ctx.state(line).unwrap_or(TicketState::Open)),
            date: Some(ticket.received.date()),
            words: words.join(" "),
            href: RecordPage::Ticket.path(&ticket.id.to_string()),
        }
    });
    let changes = ctx.changes().map(|line| SearchEntry {
        id: line.cr.id.to_string(),
        kind: "change request".to_owned(),
        title: line.cr.title.0.clone(),
        state: site.change_row(&line.cr.id.value).map(|row| row.state).unwrap_or_default(),
        date: line.in_state_since(ctx.as_of).map(|since| since.date()),
        words: project.subject_name(&line.cr.subject.value),
        href: RecordPage::Change.path(line.cr.id.as_str()),
    });
    let pocs = project.pocs.values().map(|poc| SearchEntry {
        id: poc.id.to_string(),
        kind: "POC".to_owned(),
        title: poc.name.0.clone(),
        state: String::new(),
        date: None,
        words: poc.office.as_ref().map(|office| office.0.clone()).unwrap_or_default(),
        href: RecordPage::Poc.path(poc.id.as_str()),
    });
    let subjects = project.subjects.iter().map(|subject| SearchEntry {
        id: subject.id.to_string(),
        kind: "subject".to_owned(),
        title: subject.name.0.clone(),
        state: String::new(),
        date: None,
        words: subject.kind.to_string(),
        href: RecordPage::Subject.path(subject.id.as_str()),
    });
    let written = project.answers.values().filter(|answer| is_written(answer, ctx.as_of));
    let answers = written.filter_map(|answer| {
        let subjects = answer.subjects.iter().map(|own| project.subject_name(&own.value));
        Some(SearchEntry {
            id: answer.id.to_string(),
            kind: "answer".to_owned(),
            title: answer.title.value.0.clone(),
            state: String::new(),
            date: answer.written.map(|written| written.value.0),
            words: subjects.collect::<Vec<_>>().join(" "),
            href: answer_href(ctx, answer)?,
        })
    });
    let records = tickets.chain(answers).chain(changes).chain(pocs).chain(subjects);
    records.chain(packs.iter().map(pack_entry)).chain(action_entries(ctx, packs)).collect()
}

fn pack_entry(place: &PackPlace) -> SearchEntry {
    let line = place.line();
    SearchEntry {
        id: format!("{} pack", place.kind),
        kind: "pack".to_owned(),
        title: line.title,
        state: if line.preliminary { "preliminary".to_owned() } else { String::new() },
        date: Some(line.meeting.date()),
        words: String::new(),
        href: line.href,
    }
}

/// Action items lead to the pack of the meeting that decided on them, or else to the latest pack.
fn action_entries(ctx: &Context, packs: &[PackPlace]) -> Vec<SearchEntry> {
    let entry = |held: Minute, action: &Action| {
        let pack = packs.iter().find(|place| place.held() == held).or_else(|| packs.last())?;
        let is_done = action.done.is_some_and(|done| done.value.0 <= ctx.today());
        Some(SearchEntry {
            id: action.id.to_string(),
            kind: "action item".to_owned(),
            title: action.what.0.clone(),
            state: if is_done { "done".to_owned() } else { "open".to_owned() },
            date: Some(action.due.value.0),
            words: String::new(),
            href: format!("{}#actions", pack.line().href),
        })
    };
    ctx.actions().filter_map(|(_, held, action)| entry(held, action)).collect()
}
