//! The thread that holds the records: it reads changed files again and builds each page.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::Instant;

use chrono::TimeDelta;
use tokio::sync::watch;

use super::message::{Answer, Ask, Job, Message};
use super::search::SearchFiles;
use super::theme::Theme;
use super::watch::Watcher;
use crate::commands::common::commits::Commits;
use crate::commands::common::commits::earliest;
use crate::commands::common::evidence::Evidence;
use crate::commands::common::session;
use crate::git::Tracked;
use crate::load::{FileCache, LoadError, Project, load_again};
use crate::render::{self, Findings, Notice};
use crate::report::calendar::subscription;
use crate::report::findings::DiagnosticRow;
use crate::report::pack::Pack;
use crate::report::pages::{self, Site};
use crate::report::places::{self, CalendarPlace, DocumentPlace, INDEX, PackFormat, PackPlace, SitePage};
use crate::report::site::{NameBook, PackAround};
use crate::workflow::{Context, Prepared};
use crate::{report, rules};

/// How long the clock may run on before pages are made for another as-of time.
const STALE: TimeDelta = TimeDelta::minutes(10);

/// How many errors of the records are shown above a page.
const SHOWN: usize = 3;

/// The project, and what it takes to read it again.
pub struct SiteWorker {
    root: PathBuf,
    as_of: Option<String>,
    memory: FileCache,
    theme: Arc<Theme>,
    watcher: Watcher,
    version: watch::Sender<u64>,
    project: Result<Project, LoadError>,
    tracked: Option<Tracked>,
}

/// Why the records are read again.
#[derive(Default)]
struct Reload {
    changed: BTreeSet<String>,
    asks: Vec<Ask>,
}

impl SiteWorker {
    /// Reads the project for the first time.
    pub fn new(root: PathBuf, as_of: Option<String>, watcher: Watcher) -> anyhow::Result<SiteWorker> {
        let mut memory = FileCache::default();
        let (project, tracked) = read(&root, &mut memory);
        let project = project?;
        session::as_of(as_of.as_deref(), &project.settings)?;
        let theme = Arc::new(Theme::new(&root)?);
        Ok(SiteWorker {
            root,
            as_of,
            memory,
            theme,
            watcher,
            version: watch::Sender::new(0),
            project: Ok(project),
            tracked,
        })
    }

    /// Grows with every change.
    pub fn version(&self) -> watch::Receiver<u64> {
        self.version.subscribe()
    }

    /// Answers until the server ends.
    pub fn run(mut self, inbox: &Receiver<Message>) {
        let mut reload = Reload::default();
        loop {
            let started = Instant::now();
            if !reload.changed.is_empty() {
                self.read(&reload.changed);
            }
            let next = match &self.project {
                Ok(project) => self.serve(project, reload, started, inbox),
                Err(error) => self.serve_error(error, reload, inbox),
            };
            let Some(next) = next else { return };
            reload = next;
            // Coalesce all queued messages.
            while let Ok(message) = inbox.try_recv() {
                match message {
                    Message::Ask(ask) => reload.asks.push(ask),
                    Message::Changed(changed) => reload.changed.extend(changed),
                }
            }
        }
    }

    fn read(&mut self, changed: &BTreeSet<String>) {
        self.watcher.follow(changed);
        self.memory.forget(changed);
        if changed.iter().any(|path| path.is_empty() || path.starts_with("templates")) {
            // The built-in templates always parse; otherwise keep the current theme.
            if let Ok(theme) = Theme::new(&self.root) {
                self.theme = Arc::new(theme);
            }
        }
        (self.project, self.tracked) = read(&self.root, &mut self.memory);
    }

    /// Answers from a project that was read, until something changes.
    fn serve(&self, project: &Project, reload: Reload, started: Instant, inbox: &Receiver<Message>) -> Option<Reload> {
        let (as_of, as_of_given) = match session::as_of(self.as_of.as_deref(), &project.settings) {
            Ok(as_of) => as_of,
            Err(error) => return self.answer_plainly(&format!("{error:#}"), reload.asks, inbox),
        };
        let prepared = Prepared::new(project);
        let ctx = Context::new(&prepared, as_of, as_of_given);
        let findings = Findings::new(project, as_of, rules::check(&ctx));
        let rows = render::diagnostic_rows(&findings);
        let places = places::pack_places(&ctx);
        let commits = Commits::read(&self.root, project, self.tracked.as_ref(), earliest(&ctx, &places));
        let open = LoadedSite::new(
            &self.root,
            &ctx,
            &rows,
            &commits,
            places,
            notices(&rows, &reload.changed),
            self.theme.clone(),
        );
        if !reload.changed.is_empty() {
            let counts = render::check_counts(&findings);
            say!("read again in {} ms: {counts}", started.elapsed().as_millis());
        }
        self.version.send_modify(|version| *version += 1);
        for ask in reload.asks {
            open.answer(ask);
        }
        loop {
            match inbox.recv().ok()? {
                Message::Changed(changed) => return Some(Reload { changed, asks: Vec::new() }),
                Message::Ask(ask) => {
                    let now = session::as_of(self.as_of.as_deref(), &project.settings);
                    if now.is_ok_and(|(now, _)| now.0 - as_of.0 >= STALE) {
                        return Some(Reload { changed: BTreeSet::new(), asks: vec![ask] });
                    }
                    open.answer(ask);
                }
            }
        }
    }

    /// Answers with the reason why there is no project, until something changes.
    fn serve_error(&self, error: &LoadError, reload: Reload, inbox: &Receiver<Message>) -> Option<Reload> {
        self.answer_plainly(&error.to_string(), reload.asks, inbox)
    }

    fn answer_plainly(&self, error: &str, asks: Vec<Ask>, inbox: &Receiver<Message>) -> Option<Reload> {
        say!("error: {error}");
        self.version.send_modify(|version| *version += 1);
        let page = self.theme.plain("The records cannot be read", error, &[]);
        let answer = |ask: Ask| {
            let page = page.clone();
            let job: Job = Box::new(move || Answer::Failed(page));
            // The client may have disconnected.
            drop(ask.reply.send(job));
        };
        asks.into_iter().for_each(answer);
        loop {
            match inbox.recv().ok()? {
                Message::Changed(changed) => return Some(Reload { changed, asks: Vec::new() }),
                Message::Ask(ask) => answer(ask),
            }
        }
    }
}

/// Reads the project, but for what did not change.
fn read(root: &Path, memory: &mut FileCache) -> (Result<Project, LoadError>, Option<Tracked>) {
    let tracked = session::tracked(root);
    (load_again(root, tracked.as_ref(), memory), tracked)
}

/// The errors of the records, those of the files that were just written first.
fn notices(rows: &[DiagnosticRow], changed: &BTreeSet<String>) -> Vec<Notice> {
    let mut errors: Vec<&DiagnosticRow> = rows.iter().filter(|row| row.level == "error").collect();
    errors.sort_by_key(|row| !changed.contains(&row.path));
    if errors.is_empty() {
        return Vec::new();
    }
    let title = match errors.len() {
        1 => "There is an error in the records.".to_owned(),
        count => format!("There are {count} errors in the records."),
    };
    let frames = errors.iter().take(SHOWN).map(|row| row.frame.clone().unwrap_or_else(|| row.message.clone()));
    vec![Notice { title, frames: frames.collect(), more: errors.len() > SHOWN }]
}

/// What is at a path.
enum Target<'p> {
    Index,
    Page(SitePage<'p>),
    Pack(PackPlace, PackFormat),
    Calendar(CalendarPlace<'p>),
    Document(DocumentPlace<'p>),
}

/// The site of a project that was read.
struct LoadedSite<'c, 'p> {
    root: &'c Path,
    ctx: &'c Context<'p>,
    rows: &'c [DiagnosticRow],
    site: Site<'c, 'p>,
    /// Everything that there is, by its path: nothing else can be asked for.
    targets: BTreeMap<String, Target<'p>>,
    notices: Arc<Vec<Notice>>,
    theme: Arc<Theme>,
    commits: &'c Commits,
    search: OnceCell<Arc<SearchFiles>>,
}

impl<'c, 'p> LoadedSite<'c, 'p> {
    fn new(
        root: &'c Path,
        ctx: &'c Context<'p>,
        rows: &'c [DiagnosticRow],
        commits: &'c Commits,
        places: Vec<PackPlace>,
        notices: Vec<Notice>,
        theme: Arc<Theme>,
    ) -> LoadedSite<'c, 'p> {
        let pages = places::site_pages(ctx).into_iter().map(|page| (page.path(), Target::Page(page)));
        let packs = places
            .into_iter()
            .flat_map(|place| PackFormat::ALL.map(|format| (place.file(format), Target::Pack(place.clone(), format))));
        let calendars = places::calendar_places(ctx).into_iter().map(|place| (place.path(), Target::Calendar(place)));
        let documents = places::document_places(ctx).into_iter().map(|place| (place.path(), Target::Document(place)));
        let index = [(INDEX.to_owned(), Target::Index)].into_iter();
        let targets = index.chain(pages).chain(packs).chain(calendars).chain(documents).collect();
        let site = Site::new(ctx, rows, commits.at(ctx.as_of));
        let search = OnceCell::new();
        LoadedSite { root, ctx, rows, site, targets, notices: Arc::new(notices), theme, commits, search }
    }

    fn answer(&self, ask: Ask) {
        // The client may have disconnected.
        drop(ask.reply.send(self.job(&ask.path)));
    }

    fn search(&self) -> Arc<SearchFiles> {
        self.search.get_or_init(|| Arc::new(SearchFiles::new(self.ctx))).clone()
    }

    fn job(&self, path: &str) -> Job {
        let (theme, notices) = (self.theme.clone(), self.notices.clone());
        let model = match self.targets.get(path) {
            None if places::is_of_the_search(path) => {
                let (search, path) = (self.search(), path.to_owned());
                return Box::new(move || match search.file(&path) {
                    Some(text) => Answer::Script(text),
                    None => Answer::Missing(theme.plain("Page not found", "", &notices)),
                });
            }
            None => {
                let text = "The record may have another number, or may have been deleted.";
                return Box::new(move || Answer::Missing(theme.plain("Page not found", text, &notices)));
            }
            Some(Target::Pack(place, format)) => {
                let Some(mut pack) = report::pack(self.ctx, place.kind, place.index) else {
                    return Box::new(move || {
                        Answer::Missing(theme.plain("This pack does not exist yet", "", &notices))
                    });
                };
                self.commits.name(&mut pack);
                let names = places::names_beside(self.ctx, &pack);
                let around = pages::around(&places::pack_places(self.ctx), place);
                return pack_job(theme, notices, pack, names, around, *format);
            }
            Some(Target::Calendar(place)) => {
                let calendar = render::calendar_file(self.ctx, &subscription(self.ctx), *place);
                return Box::new(move || Answer::Calendar(calendar));
            }
            Some(Target::Document(place)) => {
                let evidence = Evidence::for_site(self.root, self.ctx, place.0);
                return Box::new(move || theme.document(&evidence).map_or_else(Answer::Failed, pdf));
            }
            Some(Target::Index) => render::index_model(&self.site, self.rows, self.search().version()),
            Some(Target::Page(page)) => render::page_model(&self.site, self.rows, *page),
        };
        Box::new(move || {
            let page = theme.page(&model, &notices);
            page.map_or_else(|error| failed(&theme, &error), Answer::Page)
        })
    }
}

fn pack_job(
    theme: Arc<Theme>,
    notices: Arc<Vec<Notice>>,
    pack: Pack,
    names: NameBook,
    around: PackAround,
    format: PackFormat,
) -> Job {
    Box::new(move || match format {
        PackFormat::Html => {
            theme.pack(&pack, &names, &around, &notices).map_or_else(|error| failed(&theme, &error), Answer::Page)
        }
        _ => match theme.file(&pack, &names, &around, format) {
            Ok(bytes) => Answer::File(bytes, format),
            Err(page) => Answer::Failed(page),
        },
    })
}

fn pdf(bytes: Vec<u8>) -> Answer {
    Answer::File(bytes, PackFormat::Pdf)
}

fn failed(theme: &Theme, error: &render::Error) -> Answer {
    Answer::Failed(theme.plain("This page cannot be built", &error.to_string(), &[]))
}
