//! The page of a module or initiative: its POCs, tickets and change requests.

use super::Site;
use crate::model::{Role, Subject, TicketId, short_day};
use crate::report::answers::answers;
use crate::report::pack::designation_view;
use crate::report::site::{Page, SubjectPage};
use crate::workflow::{designations, is_active};

/// The page of a subject.
pub fn subject_page(site: &Site, subject: &Subject) -> Page<SubjectPage> {
    let (ctx, id) = (site.ctx, &subject.id.value);
    let (outstanding, past) = site.tickets_where(|line| line.ticket.subject.value == *id);
    let all = designations(ctx.project(), id, None);
    let of = |role: Role| {
        let active = all.iter().filter(|(_, own)| own.role.value == role && is_active(own, ctx.today()));
        active.map(|(poc, _)| poc.id.to_string()).collect()
    };
    let mut views: Vec<_> = all.iter().map(|(poc, own)| designation_view(ctx, poc, own)).collect();
    views.sort_by(|a, b| (b.from, &a.poc).cmp(&(a.from, &b.poc)));
    let crs: Vec<_> = ctx.changes().filter(|line| line.cr.subject.value == *id).map(|line| &line.cr.id.value).collect();
    let mut names = site.names();
    names.tickets(outstanding.iter().chain(&past).filter_map(|row| TicketId::parse(&row.id)));
    names.subjects([id]);
    names.people(all.iter().map(|(poc, _)| &poc.id.value));
    names.people(ctx.project().pocs.keys());
    names.changes(crs.iter().copied());
    let names = names.book;
    let page = SubjectPage {
        id: id.to_string(),
        name: subject.name.0.clone(),
        kind: subject.kind.to_string(),
        supported: supported(subject),
        primary: of(Role::Primary),
        backup: of(Role::Backup),
        designations: views,
        outstanding,
        past,
        changes: crs.into_iter().filter_map(|cr| site.change_row(cr)).collect(),
        answers: answers(ctx).iter().filter(|own| own.is_about(id)).count(),
    };
    site.page_of_one(names, page)
}

fn supported(subject: &Subject) -> String {
    let from = subject.from.map(|from| short_day(from.value.0));
    let until = subject.until.map(|until| short_day(until.value.0));
    match (from, until) {
        (None, None) => "supported".to_owned(),
        (Some(from), None) => format!("supported since {from}"),
        (None, Some(until)) => format!("supported until {until}"),
        (Some(from), Some(until)) => format!("supported from {from} until {until}"),
    }
}
