//! The site's pages and the files of its packs, each as the bytes at its path.

use super::diagnostic_rows::by_file;
use super::error::Error;
use super::page_model::PageModel;
use super::renderer::Renderer;
use super::{calendar_ics, csv, pack_json, xlsx};
use crate::report::calendar::{CalendarView, subscription_of_poc};
use crate::report::findings::DiagnosticRow;
use crate::report::pack::Pack;
use crate::report::pages::{self, Site};
use crate::report::places::{CalendarPlace, PackFormat, SitePage};
use crate::report::site::{NameBook, PackAround};
use crate::workflow::Context;

/// The model of a page; `rows` are what `check` found.
pub fn page_model(site: &Site, rows: &[DiagnosticRow], page: SitePage) -> PageModel {
    match page {
        SitePage::Tickets => PageModel::new("site/tickets.html", pages::tickets_page(site)),
        SitePage::Changes => PageModel::new("site/changes.html", pages::changes_page(site)),
        SitePage::Pocs => PageModel::new("site/pocs.html", pages::pocs_page(site)),
        SitePage::Subjects => PageModel::new("site/subjects.html", pages::subjects_page(site)),
        SitePage::Answers => PageModel::new("site/answers.html", pages::answers_page(site)),
        SitePage::Check => PageModel::new("site/check.html", pages::check_page(site, rows, by_file(rows))),
        SitePage::Rules => PageModel::new("site/rules.html", pages::rules_page(site, rows)),
        SitePage::Ticket(line) => PageModel::new("site/ticket.html", pages::ticket_page(site, line)),
        SitePage::Change(line) => PageModel::new("site/change.html", pages::change_page(site, line)),
        SitePage::Poc(poc) => PageModel::new("site/poc.html", pages::poc_page(site, poc)),
        SitePage::Subject(subject) => PageModel::new("site/subject.html", pages::subject_page(site, subject)),
        SitePage::SubjectAnswers(subject) => {
            PageModel::new("site/subject_answers.html", pages::subject_answers_page(site, subject))
        }
    }
}

/// The model of the first page; `search_version` is that of the files that its search box loads.
pub fn index_model(site: &Site, rows: &[DiagnosticRow], search_version: String) -> PageModel {
    PageModel::new("site/index.html", pages::index_page(site, rows, search_version))
}

/// A calendar of the site; `all` is the one for all subscribers.
pub fn calendar_file(ctx: &Context, all: &CalendarView, place: CalendarPlace) -> String {
    let settings = &ctx.project().settings;
    match place {
        CalendarPlace::All => calendar_ics(all, settings, &settings.organization, ctx.as_of),
        CalendarPlace::Poc(poc) => {
            let own = subscription_of_poc(ctx, all, &poc.id.value);
            calendar_ics(&own, settings, &format!("{}: {}", settings.organization, poc.name.0), ctx.as_of)
        }
    }
}

/// A file of a pack within the site.
pub fn pack_file(
    renderer: &Renderer,
    pack: &Pack,
    names: &NameBook,
    around: &PackAround,
    format: PackFormat,
) -> Result<Vec<u8>, Error> {
    Ok(match format {
        PackFormat::Html => renderer.pack_html(pack, Some(around), names)?.into_bytes(),
        PackFormat::Pdf => renderer.pack_pdf(pack)?.bytes,
        PackFormat::Json => pack_json(pack).into_bytes(),
        PackFormat::Csv => csv(pack)?.into_bytes(),
        PackFormat::Xlsx => xlsx(pack)?,
    })
}
