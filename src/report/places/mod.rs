//! Every path of the site: what `build` writes, `serve` shows and links lead to.

mod book;
mod packs;
mod search;

pub use book::{Book, Place, names_beside, places};
pub use packs::{PackFormat, PackPlace, pack_places};
pub use search::{SearchPlace, is_of_the_search};

use crate::load::Loaded;
use crate::model::{CrId, PersonId, Poc, Subject, SubjectId, TicketId};
use crate::report::answers;
use crate::workflow::{ChangeLine, Context, TicketLine};

/// The path of the first page.
pub const INDEX: &str = "index.html";
/// The path of the page of all tickets.
pub const TICKETS: &str = "tickets.html";
/// The path of the page of all change requests.
pub const CHANGES: &str = "changes.html";
/// The path of the page of all POCs.
pub const POCS: &str = "pocs.html";
/// The path of the page of all modules and initiatives.
pub const SUBJECTS: &str = "subjects.html";
/// The path of the page of all answers.
pub const ANSWERS: &str = "answers.html";
/// The path of the page of all findings.
pub const CHECK: &str = "check.html";
/// The path of the page of all rules, where each rule has its name as `id`.
pub const RULES: &str = "rules.html";

/// A kind of record that has a page for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordPage {
    Ticket,
    Change,
    Poc,
    Subject,
    /// The answers of a subject.
    Answers,
}

impl RecordPage {
    const ALL: [RecordPage; 5] =
        [RecordPage::Ticket, RecordPage::Change, RecordPage::Poc, RecordPage::Subject, RecordPage::Answers];

    fn folder(self) -> &'static str {
        match self {
            RecordPage::Ticket => "tickets",
            RecordPage::Change => "changes",
            RecordPage::Poc => "pocs",
            RecordPage::Subject => "subjects",
            RecordPage::Answers => answers::FOLDER,
        }
    }

    /// The page of the record with that id, from the site's root.
    pub fn path(self, id: &str) -> String {
        format!("{}/{id}.html", self.folder())
    }

    /// Whether a record of the kind may have that id.
    fn takes(self, id: &str) -> bool {
        match self {
            RecordPage::Ticket => TicketId::parse(id).is_some(),
            RecordPage::Change => CrId::parse(id).is_some(),
            RecordPage::Poc => PersonId::parse(id).is_some(),
            RecordPage::Subject | RecordPage::Answers => SubjectId::parse(id).is_some(),
        }
    }
}

/// A page beside the packs and the first page, which names the packs.
#[derive(Debug, Clone, Copy)]
pub enum SitePage<'p> {
    Tickets,
    Changes,
    Pocs,
    Subjects,
    Answers,
    Check,
    Rules,
    Ticket(&'p TicketLine<'p>),
    Change(&'p ChangeLine<'p>),
    Poc(&'p Loaded<Poc>),
    Subject(&'p Subject),
    SubjectAnswers(&'p Subject),
}

impl SitePage<'_> {
    /// From the site's root.
    pub fn path(&self) -> String {
        match self {
            SitePage::Tickets => TICKETS.to_owned(),
            SitePage::Changes => CHANGES.to_owned(),
            SitePage::Pocs => POCS.to_owned(),
            SitePage::Subjects => SUBJECTS.to_owned(),
            SitePage::Answers => ANSWERS.to_owned(),
            SitePage::Check => CHECK.to_owned(),
            SitePage::Rules => RULES.to_owned(),
            SitePage::Ticket(line) => RecordPage::Ticket.path(&line.ticket.id.to_string()),
            SitePage::Change(line) => RecordPage::Change.path(line.cr.id.as_str()),
            SitePage::Poc(poc) => RecordPage::Poc.path(poc.id.as_str()),
            SitePage::Subject(subject) => RecordPage::Subject.path(subject.id.as_str()),
            SitePage::SubjectAnswers(subject) => RecordPage::Answers.path(subject.id.as_str()),
        }
    }
}

/// All pages beside the packs and the first page.
pub fn site_pages<'p>(ctx: &Context<'p>) -> Vec<SitePage<'p>> {
    let project = ctx.project();
    let mut pages = vec![
        SitePage::Tickets,
        SitePage::Changes,
        SitePage::Pocs,
        SitePage::Subjects,
        SitePage::Answers,
        SitePage::Check,
        SitePage::Rules,
    ];
    pages.extend(ctx.tickets().map(SitePage::Ticket));
    pages.extend(ctx.changes().map(SitePage::Change));
    pages.extend(project.pocs.values().map(SitePage::Poc));
    pages.extend(project.subjects.iter().map(|subject| SitePage::Subject(&subject.record)));
    let answers = answers::answers(ctx);
    let answered = project.subjects.iter().filter(|subject| answers.iter().any(|own| own.is_about(&subject.id.value)));
    pages.extend(answered.map(|subject| SitePage::SubjectAnswers(&subject.record)));
    pages
}

/// The document of a CR that was submitted to the board.
#[derive(Debug, Clone, Copy)]
pub struct DocumentPlace<'p>(pub &'p ChangeLine<'p>);

impl DocumentPlace<'_> {
    /// From the site's root.
    pub fn path(&self) -> String {
        document_path(&self.0.cr.id.value)
    }
}

/// The path of a CR's document, from the site's root.
pub fn document_path(id: &CrId) -> String {
    format!("{}/{id}.pdf", RecordPage::Change.folder())
}

/// All documents of CRs.
pub fn document_places<'p>(ctx: &Context<'p>) -> Vec<DocumentPlace<'p>> {
    ctx.changes().filter(|line| line.was_submitted_by(ctx.as_of)).map(DocumentPlace).collect()
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
            CalendarPlace::Poc(poc) => format!("{}/{}.ics", RecordPage::Poc.folder(), poc.id.value),
        }
    }
}

/// All calendars.
pub fn calendar_places<'p>(ctx: &Context<'p>) -> Vec<CalendarPlace<'p>> {
    let pocs = ctx.project().pocs.values().map(|poc| CalendarPlace::Poc(poc));
    [CalendarPlace::All].into_iter().chain(pocs).collect()
}

/// Whether a record or meeting may have a file of the site at this path, be there such a record or not.
pub fn is_of_a_record(path: &str) -> bool {
    let Some((folder, name)) = path.rsplit_once('/') else { return false };
    let Some((stem, ending)) = name.rsplit_once('.') else { return false };
    if (folder, ending) == (RecordPage::Poc.folder(), "ics") {
        return RecordPage::Poc.takes(stem);
    }
    if (folder, ending) == (RecordPage::Change.folder(), "pdf") {
        return RecordPage::Change.takes(stem);
    }
    let is_page = |page: &RecordPage| folder == page.folder() && ending == "html" && page.takes(stem);
    RecordPage::ALL.iter().any(is_page) || packs::is_of_a_pack(path) || is_of_the_search(path)
}

#[cfg(test)]
mod tests {
    use super::is_of_a_record;

    #[test]
    fn paths_of_records_are_told_from_others() {
        for path in [
            "tickets/HEAT-10423.html",
            "changes/CR-2026-007.html",
            "changes/CR-2026-007.pdf",
            "pocs/jrivera.html",
            "pocs/jrivera.ics",
            "subjects/scorecard.html",
            "answers/scorecard.html",
            "weekly/2026-11-18/index.html",
            "monthly/2026-11-12/monthly-2026-11-12.pdf",
            "monthly/2026-11-12/monthly-2026-11-12.xlsx",
            "search/start.js",
            "search/stems-12.js",
        ] {
            assert!(is_of_a_record(path), "{path}");
        }
        for path in [
            "index.html",
            "notes.txt",
            "tickets/notes.html",
            "tickets/HEAT-1.txt",
            "tickets/HEAT-1.pdf",
            "tickets/2026/HEAT-1.html",
            "weekly/2026-11-18/notes.pdf",
            "weekly/2026-11-18/weekly-2026-11-25.pdf",
            "daily/2026-11-18/index.html",
            "search/own.js",
            "search/stems-.js",
            "search.js",
            "data/pocs/jrivera.yaml",
        ] {
            assert!(!is_of_a_record(path), "{path}");
        }
    }
}
