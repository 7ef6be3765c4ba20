//! A POC's page: designations and tickets.

use super::Site;
use crate::load::Loaded;
use crate::model::{Poc, TicketId};
use crate::report::pack::designation_view;
use crate::report::site::{Page, PersonPage};

/// The page of a POC, or of a caller who is none.
pub fn poc_page(site: &Site, poc: &Loaded<Poc>) -> Page<PersonPage> {
    let ctx = site.ctx;
    let (outstanding, past) = site.tickets_where(|line| *line.poc_at(ctx.as_of) == poc.id.value);
    let mut designations: Vec<_> = poc.designations.iter().map(|own| designation_view(ctx, poc, own)).collect();
    designations.sort_by(|a, b| (b.from, &a.subject).cmp(&(a.from, &b.subject)));
    let mut names = site.names();
    names.tickets(outstanding.iter().chain(&past).filter_map(|row| TicketId::parse(&row.id)));
    names.people([&poc.id.value]);
    names.subjects(ctx.project().subjects.iter().map(|subject| &subject.id.value));
    let names = names.book;
    let page = PersonPage {
        id: poc.id.to_string(),
        name: poc.name.0.clone(),
        path: ctx.project().file(poc.file).path.clone(),
        office: poc.office.as_ref().map(|office| office.0.clone()),
        email: poc.email.as_ref().map(|email| email.0.clone()),
        phone: poc.phone.as_ref().map(|phone| phone.0.clone()),
        designations,
        outstanding,
        past,
        diagnostics: site.diagnostics(poc.id.as_str()),
    };
    site.page_of_one(names, page)
}
