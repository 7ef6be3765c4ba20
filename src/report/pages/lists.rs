//! The lists of all records of a kind.

use super::Site;
use crate::model::{Poc, Role, Subject};
use crate::report::site::{ChangesPage, Page, PocLine, PocsPage, SubjectLine, SubjectsPage, TicketsPage};
use crate::workflow::{TicketLine, designations, is_active, is_supported};

/// `tickets.html`.
pub fn tickets_page(site: &Site) -> Page<TicketsPage> {
    let (outstanding, past) = site.tickets_where(|_| true);
    site.list_page(site.all_names(), TicketsPage { outstanding, past })
}

/// `changes.html`: the latest first.
pub fn changes_page(site: &Site) -> Page<ChangesPage> {
    let mut changes: Vec<_> = site.ctx.changes().filter_map(|line| site.change_row(&line.cr.id.value)).collect();
    changes.reverse();
    site.list_page(site.all_names(), ChangesPage { changes })
}

/// `pocs.html`: by name.
pub fn pocs_page(site: &Site) -> Page<PocsPage> {
    let mut pocs: Vec<&Poc> = site.ctx.project().pocs.values().map(|poc| &**poc).collect();
    pocs.sort_by(|a, b| (&a.name.0, &a.id.value).cmp(&(&b.name.0, &b.id.value)));
    let outstanding = site.ctx.outstanding();
    let line = |poc: &Poc| {
        let of = |role: Role| {
            let active = poc.designations.iter().filter(|own| is_active(own, site.ctx.today()));
            active.filter(|own| own.role.value == role).map(|own| own.subject.value.to_string()).collect()
        };
        PocLine {
            id: poc.id.to_string(),
            primary: of(Role::Primary),
            backup: of(Role::Backup),
            outstanding: count(&outstanding, |line| line.poc_at(site.ctx.as_of) == &poc.id.value),
        }
    };
    let pocs = pocs.into_iter().map(line).collect();
    site.list_page(site.all_names(), PocsPage { pocs })
}

/// `subjects.html`: the supported ones and those that have tickets, by name.
pub fn subjects_page(site: &Site) -> Page<SubjectsPage> {
    let outstanding = site.ctx.outstanding();
    let lines = site.ctx.project().subjects.iter().filter_map(|subject| subject_line(site, &outstanding, subject));
    let subjects = lines.collect();
    site.list_page(site.all_names(), SubjectsPage { subjects })
}

fn subject_line(site: &Site, outstanding: &[&TicketLine], subject: &Subject) -> Option<SubjectLine> {
    let ctx = site.ctx;
    let has_tickets = ctx.tickets().any(|line| line.ticket.subject.value == subject.id.value);
    let all = designations(ctx.project(), &subject.id.value, None);
    let of = |role: Role| {
        let active = all.iter().filter(|(_, own)| own.role.value == role && is_active(own, ctx.today()));
        active.map(|(poc, _)| poc.id.to_string()).collect()
    };
    (is_supported(subject, ctx.today()) || has_tickets).then(|| SubjectLine {
        id: subject.id.to_string(),
        kind: subject.kind.to_string(),
        primary: of(Role::Primary),
        backup: of(Role::Backup),
        outstanding: count(outstanding, |line| line.ticket.subject.value == subject.id.value),
    })
}

/// How many tickets fit.
fn count(lines: &[&TicketLine], fits: impl Fn(&TicketLine) -> bool) -> usize {
    lines.iter().filter(|line| fits(line)).count()
}
