//! The thread that holds the records: it reads anew what has changed, and says how each page is made.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::Instant;

use chrono::TimeDelta;
use tokio::sync::{oneshot, watch};

use super::theme::Theme;
use super::watch::Watcher;
use crate::commands::build::earliest;
use crate::commands::commits::Commits;
use crate::commands::session;
use crate::git::Tracked;
use crate::load::{LoadError, Memory, Project, load_again};
use crate::render::{self, Findings, LivePage, Notice};
use crate::report::calendar::subscription;
use crate::report::findings::DiagnosticRow;
use crate::report::pack::Pack;
use crate::report::pages::Site;
use crate::report::places::{self, CalendarPlace, INDEX, PackFormat, PackPlace, SitePage};
use crate::report::site::NameBook;
use crate::workflow::{Context, Prepared};
use crate::{report, rules};

/// What the thread is told.
pub enum Message {
    /// Somebody wants a page.
    Ask(Ask),
    /// These files were written, from the project's root; a blank name is any file.
    Changed(BTreeSet<String>),
}

/// A path from the site's root, and where to answer.
pub struct Ask {
    pub path: String,
    pub reply: oneshot::Sender<Job>,
}

/// Makes a page or file. It needs the records no more, so that it may take its time elsewhere.
pub type Job = Box<dyn FnOnce() -> Answer + Send>;

/// What stands at a path.
pub enum Answer {
    Page(LivePage),
    File(Vec<u8>, PackFormat),
    Calendar(String),
    /// No page of the site.
    Missing(LivePage),
    /// It could not be made; the page says why.
    Failed(LivePage),
}

/// How long the clock may run on before pages are made for another as-of time.
const STALE: TimeDelta = TimeDelta::minutes(10);

/// How many errors of the records are shown above a page.
const SHOWN: usize = 3;

/// The project, and what it takes to read it again.
pub struct Desk {
    root: PathBuf,
    as_of: Option<String>,
    memory: Memory,
    theme: Arc<Theme>,
    watcher: Watcher,
    version: watch::Sender<u64>,
    project: Result<Project, LoadError>,
    tracked: Option<Tracked>,
}

/// Why the records are read again.
#[derive(Default)]
struct Again {
    changed: BTreeSet<String>,
    asks: Vec<Ask>,
}

impl Desk {
    /// Reads the project for the first time.
    pub fn new(root: PathBuf, as_of: Option<String>, watcher: Watcher) -> anyhow::Result<Desk> {
        let mut memory = Memory::default();
        let (project, tracked) = read(&root, &mut memory);
        let project = project?;
        session::as_of(as_of.as_deref(), &project.settings)?;
        let theme = Arc::new(Theme::new(&root)?);
        Ok(Desk { root, as_of, memory, theme, watcher, version: watch::Sender::new(0), project: Ok(project), tracked })
    }

    /// Grows with every change.
    pub fn version(&self) -> watch::Receiver<u64> {
        self.version.subscribe()
    }

    /// Answers until nobody asks any more.
    pub fn run(mut self, inbox: &Receiver<Message>) {
        let mut again = Again::default();
        loop {
            let started = Instant::now();
            if !again.changed.is_empty() {
                self.read(&again.changed);
            }
            let next = match &self.project {
                Ok(project) => self.open(project, again, started, inbox),
                Err(error) => self.closed(error, again, inbox),
            };
            let Some(next) = next else { return };
            again = next;
            // Whatever has come in meanwhile is one change.
            while let Ok(message) = inbox.try_recv() {
                match message {
                    Message::Ask(ask) => again.asks.push(ask),
                    Message::Changed(changed) => again.changed.extend(changed),
                }
            }
        }
    }

    fn read(&mut self, changed: &BTreeSet<String>) {
        self.watcher.follow(changed);
        self.memory.forget(changed);
        if changed.iter().any(|path| path.is_empty() || path.starts_with("templates")) {
            // Ours can always be read; were they not, the theme stays what it is.
            if let Ok(theme) = Theme::new(&self.root) {
                self.theme = Arc::new(theme);
            }
        }
        (self.project, self.tracked) = read(&self.root, &mut self.memory);
    }

    /// Answers from a project that was read, until something changes.
    fn open(&self, project: &Project, again: Again, started: Instant, inbox: &Receiver<Message>) -> Option<Again> {
        let (as_of, as_of_given) = match session::as_of(self.as_of.as_deref(), &project.settings) {
            Ok(as_of) => as_of,
            Err(error) => return self.answer_plainly(&format!("{error:#}"), again.asks, inbox),
        };
        let prepared = Prepared::new(project);
        let ctx = Context::new(&prepared, as_of, as_of_given);
        let findings = Findings::new(project, as_of, rules::check(&ctx));
        let rows = render::diagnostic_rows(&findings);
        let places = places::pack_places(&ctx);
        let commits = Commits::read(&self.root, project, self.tracked.as_ref(), earliest(&ctx, &places));
        let open = Open::new(&ctx, &rows, &commits, places, notices(&rows, &again.changed), self.theme.clone());
        if !again.changed.is_empty() {
            let counts = render::check_counts(&findings);
            say!("read again in {} ms: {counts}", started.elapsed().as_millis());
        }
        self.version.send_modify(|version| *version += 1);
        for ask in again.asks {
            open.answer(ask);
        }
        loop {
            match inbox.recv().ok()? {
                Message::Changed(changed) => return Some(Again { changed, asks: Vec::new() }),
                Message::Ask(ask) => {
                    let now = session::as_of(self.as_of.as_deref(), &project.settings);
                    if now.is_ok_and(|(now, _)| now.0 - as_of.0 >= STALE) {
                        return Some(Again { changed: BTreeSet::new(), asks: vec![ask] });
                    }
                    open.answer(ask);
                }
            }
        }
    }

    /// Says why there is no project, until something changes.
    fn closed(&self, error: &LoadError, again: Again, inbox: &Receiver<Message>) -> Option<Again> {
        self.answer_plainly(&error.to_string(), again.asks, inbox)
    }

    fn answer_plainly(&self, error: &str, asks: Vec<Ask>, inbox: &Receiver<Message>) -> Option<Again> {
        say!("heatpack: {error}");
        self.version.send_modify(|version| *version += 1);
        let page = self.theme.plain("The records cannot be read", error, &[]);
        let answer = |ask: Ask| {
            let page = page.clone();
            let job: Job = Box::new(move || Answer::Failed(page));
            // Whoever asked may have gone away.
            drop(ask.reply.send(job));
        };
        asks.into_iter().for_each(answer);
        loop {
            match inbox.recv().ok()? {
                Message::Changed(changed) => return Some(Again { changed, asks: Vec::new() }),
                Message::Ask(ask) => answer(ask),
            }
        }
    }
}

/// Reads the project, but for what did not change.
fn read(root: &Path, memory: &mut Memory) -> (Result<Project, LoadError>, Option<Tracked>) {
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
}

/// The site of a project that was read.
struct Open<'c, 'p> {
    ctx: &'c Context<'p>,
    rows: &'c [DiagnosticRow],
    site: Site<'c, 'p>,
    /// Everything that there is, by its path: nothing else can be asked for.
    targets: BTreeMap<String, Target<'p>>,
    notices: Arc<Vec<Notice>>,
    theme: Arc<Theme>,
    commits: &'c Commits,
}

impl<'c, 'p> Open<'c, 'p> {
    fn new(
        ctx: &'c Context<'p>,
        rows: &'c [DiagnosticRow],
        commits: &'c Commits,
        places: Vec<PackPlace>,
        notices: Vec<Notice>,
        theme: Arc<Theme>,
    ) -> Open<'c, 'p> {
        let pages = places::site_pages(ctx).into_iter().map(|page| (page.path(), Target::Page(page)));
        let packs = places
            .into_iter()
            .flat_map(|place| PackFormat::ALL.map(|format| (place.file(format), Target::Pack(place.clone(), format))));
        let calendars = places::calendar_places(ctx).into_iter().map(|place| (place.path(), Target::Calendar(place)));
        let index = [(INDEX.to_owned(), Target::Index)].into_iter();
        let targets = index.chain(pages).chain(packs).chain(calendars).collect();
        let site = Site::new(ctx, rows, commits.at(ctx.as_of));
        Open { ctx, rows, site, targets, notices: Arc::new(notices), theme, commits }
    }

    fn answer(&self, ask: Ask) {
        // Whoever asked may have gone away.
        drop(ask.reply.send(self.job(&ask.path)));
    }

    fn job(&self, path: &str) -> Job {
        let (theme, notices) = (self.theme.clone(), self.notices.clone());
        let model = match self.targets.get(path) {
            None => {
                let text = "The record may have another number, or may have been taken away.";
                return Box::new(move || Answer::Missing(theme.plain("There is no such page", text, &notices)));
            }
            Some(Target::Pack(place, format)) => {
                let Some(mut pack) = report::pack(self.ctx, place.kind, place.index) else {
                    return Box::new(move || Answer::Missing(theme.plain("There is no such pack yet", "", &notices)));
                };
                self.commits.name(&mut pack);
                let names = places::names_beside(self.ctx, &pack);
                return pack_job(theme, notices, pack, names, *format);
            }
            Some(Target::Calendar(place)) => {
                let calendar = render::calendar_file(self.ctx, &subscription(self.ctx), *place);
                return Box::new(move || Answer::Calendar(calendar));
            }
            Some(Target::Index) => render::index_model(&self.site, self.rows),
            Some(Target::Page(page)) => render::page_model(&self.site, self.rows, *page),
        };
        Box::new(move || {
            let page = theme.page(&model, &notices);
            page.map_or_else(|error| failed(&theme, &error), Answer::Page)
        })
    }
}

fn pack_job(theme: Arc<Theme>, notices: Arc<Vec<Notice>>, pack: Pack, names: NameBook, format: PackFormat) -> Job {
    Box::new(move || match format {
        PackFormat::Html => {
            theme.pack(&pack, &names, &notices).map_or_else(|error| failed(&theme, &error), Answer::Page)
        }
        _ => match theme.file(&pack, &names, format) {
            Ok(bytes) => Answer::File(bytes, format),
            Err(page) => Answer::Failed(page),
        },
    })
}

fn failed(theme: &Theme, error: &render::Error) -> Answer {
    Answer::Failed(theme.plain("This page cannot be made", &error.to_string(), &[]))
}
