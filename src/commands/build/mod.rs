//! `heatpack build`: check, then the site with the packs.

mod manifest;
mod progress;
mod search;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Context as _;
use rayon::prelude::*;

use crate::commands::common::commits::{Commits, as_of, earliest};
use crate::commands::common::evidence::Evidence;
use crate::commands::common::options::{Common, status};
use crate::commands::common::session;
use crate::commands::common::session::Session;
use crate::commands::common::{parallel, templates};
use crate::disk::lock::Lock;
use crate::disk::output;
use crate::model::Level;
use crate::render::{self, Findings, Renderer, TextStyle};
use crate::report::calendar::subscription;
use crate::report::findings::DiagnosticRow;
use crate::report::pages::{self, Site};
use crate::report::places::{self, CalendarPlace, DocumentPlace, PackFormat, PackPlace, SitePage, names_beside};
use crate::workflow::{Context, Prepared};
use crate::{report, rules};
use manifest::{Manifest, Note};
use progress::Progress;
use search::Search;

/// Check the records, then build the site with its packs
///
/// Builds the packs of the next meetings, and those of past meetings that are missing or whose data changed. Never
/// changes the records.
///
/// Exit status 1: the records have errors; the site is built without the files that have them.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  heatpack build\n  heatpack build -o public --all")]
pub struct Arguments {
    /// Output directory [default: output]
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Rebuild every pack
    #[arg(long)]
    all: bool,
    /// Write to a directory that holds other files
    #[arg(long)]
    force: bool,
}

/// Runs the command.
pub fn execute(common: &Common, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let root = session::root(common)?;
    let folder = arguments.output.clone().unwrap_or_else(|| root.join("output"));
    output::not_among_records(&root, &folder)?;
    if !arguments.force {
        output::not_over_others(&folder, manifest::FILE)?;
    }
    // Before anything is read: of two builds the one that writes last has read last.
    let _alone = Lock::take_output(&folder, || say!("waiting for another build into {}", folder.display()))?;
    output::sweep(&folder);
    let made = build(common, arguments, &folder);
    if made.is_err() {
        // Where nothing came of it, no empty folder stays; one that holds anything is not removed.
        drop(std::fs::remove_dir(&folder));
    }
    made
}

fn build(common: &Common, arguments: &Arguments, folder: &Path) -> anyhow::Result<ExitCode> {
    let session = &Session::new(common)?;
    let own = templates::own(&session.root)?;
    let renderer = Renderer::new(&own)?;
    let prepared = Prepared::new(&session.project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    let findings = Findings::new(&session.project, session.as_of, rules::check(&ctx));
    let errors = findings.count(Level::Error);
    print_findings(session, &findings);
    let rows = render::diagnostic_rows(&findings);
    let old = Manifest::read(folder);
    let places = places::pack_places(&ctx);
    let commits = Commits::read(&session.root, &session.project, session.tracked.as_ref(), earliest(&ctx, &places));
    commits.explain(places.iter().map(|place| as_of(&ctx, place)));
    let build = Build {
        root: &session.root,
        site: Site::new(&ctx, &rows, commits.at(ctx.as_of)),
        ctx: &ctx,
        renderer: &renderer,
        commits,
        old,
        maker: Manifest::digest_of_maker(&own),
        folder: folder.to_owned(),
        all: arguments.all,
        written: AtomicUsize::new(0),
    };
    let (made, total) = build.run(&places, &rows)?;
    let written = build.written.load(Ordering::Relaxed);
    say!("{made} of {total} packs built, {written} files written to {}", build.folder.display());
    Ok(status(errors))
}

/// Prints the errors one by one, and only the number of lapses.
fn print_findings(session: &Session, findings: &Findings) {
    use std::io::IsTerminal;
    let errors = findings.diagnostics.iter().filter(|found| found.level == Level::Error).cloned().collect();
    let own = Findings::new(&session.project, session.as_of, errors);
    let stderr = std::io::stderr();
    let style = TextStyle { frames: stderr.is_terminal(), colors: session.colors(&stderr) };
    say!("{}{}", render::diagnostics_text(&own, style), render::check_counts(findings));
}

/// One run of `build`.
struct Build<'b, 'p> {
    root: &'b Path,
    ctx: &'b Context<'p>,
    site: Site<'b, 'p>,
    renderer: &'b Renderer,
    folder: PathBuf,
    all: bool,
    old: Manifest,
    commits: Commits,
    maker: String,
    written: AtomicUsize,
}

impl Build<'_, '_> {
    fn run(&self, places: &[PackPlace], rows: &[DiagnosticRow]) -> anyhow::Result<(usize, usize)> {
        let pages = places::site_pages(self.ctx);
        let calendars = places::calendar_places(self.ctx);
        let documents = places::document_places(self.ctx);
        let search = Search::new(self.ctx, &self.old, &self.folder, &self.maker)?;
        let files = files(places, &pages, &calendars, &documents, &search.paths);
        // Noted before anything is written, so that after an interrupted run the next one knows what it may have left.
        self.old.with_files(&files).write(&self.folder)?;
        let progress = Progress::new(places.len(), "packs");
        let packs = parallel::map(places, |place| self.pack(places, place, &progress))?;
        progress.finish();
        let documents = parallel::map(&documents, |place| self.document(place))?;
        let pages = self.pages(&pages, rows)?;
        let all = subscription(self.ctx);
        calendars.iter().try_for_each(|place| {
            self.write(&place.path(), render::calendar_file(self.ctx, &all, *place).as_bytes())
        })?;
        let index = self.renderer.page(&render::index_model(&self.site, rows, search.version.clone()))?;
        self.write(places::INDEX, index.as_bytes())?;
        search.files.iter().try_for_each(|(path, text)| self.write(path, text.as_bytes()))?;
        self.old.remove_what_is_gone(&self.folder, &files);
        let rebuilt = packs.iter().filter(|(_, is_new)| *is_new).count();
        let notes = packs.into_iter().map(|(note, _)| note);
        let made = places.iter().map(PackPlace::folder).zip(notes).chain(pages).chain(documents);
        let made = made.chain([(search::NAME.to_owned(), search.note)]).collect();
        Manifest { made, files }.write(&self.folder)?;
        Ok((rebuilt, places.len()))
    }

    /// Makes a pack's files, unless they exist and are current. Returns their note and whether they are new.
    fn pack(&self, places: &[PackPlace], place: &PackPlace, progress: &Progress) -> anyhow::Result<(Note, bool)> {
        let mut pack = report::pack(self.ctx, place.kind, place.index).context("this pack cannot be built yet")?;
        self.commits.name(&mut pack);
        let names = names_beside(self.ctx, &pack);
        let around = pages::around(places, place);
        let made_from = Manifest::digest_of_pack(&pack, &names, &around, &self.maker)?;
        let paths = PackFormat::ALL.map(|format| self.folder.join(place.file(format)));
        let old = self.still_good(&place.folder(), &made_from, &paths);
        if let Some(old) = old.filter(|_| !self.all) {
            progress.step();
            return Ok((old.clone(), false));
        }
        let mut files = Vec::new();
        for format in PackFormat::ALL {
            let path = place.file(format);
            let bytes = render::pack_file(self.renderer, &pack, &names, &around, format)
                .with_context(|| format!("cannot build {path}"))?;
            files.push((path, bytes));
        }
        // Not before all are made: the forms of a pack say the same, whatever happens.
        for (path, bytes) in &files {
            self.write(path, bytes)?;
        }
        progress.step();
        let says = Note::of_bytes(files.iter().map(|(_, bytes)| bytes.as_slice()));
        Ok((Note { made_from, says }, true))
    }

    /// Makes the document of a CR, if it is missing or out of date. Returns its note.
    fn document(&self, place: &DocumentPlace) -> anyhow::Result<(String, Note)> {
        let path = place.path();
        let evidence = Evidence::for_site(self.root, self.ctx, place.0);
        let made_from = Manifest::digest_of_document(&evidence, &self.maker)?;
        if let Some(old) = self.still_good(&path, &made_from, &[self.folder.join(&path)]) {
            return Ok((path, old.clone()));
        }
        let pdf = evidence.pdf(self.renderer).with_context(|| format!("cannot make {path}"))?;
        self.write(&path, &pdf)?;
        Ok((path, Note { made_from, says: Note::of_bytes([pdf.as_slice()].into_iter()) }))
    }

    /// Makes the pages that are missing or out of date. Returns the note of each.
    fn pages(&self, pages: &[SitePage], rows: &[DiagnosticRow]) -> anyhow::Result<Vec<(String, Note)>> {
        let progress = Progress::new(pages.len(), "pages");
        let page = |page: &SitePage| {
            let path = page.path();
            let note = self.page(&path, *page, rows).with_context(|| format!("cannot build the page {path}"))?;
            progress.step();
            Ok((path, note))
        };
        let notes = pages.par_iter().map(page).collect();
        progress.finish();
        notes
    }

    fn page(&self, path: &str, page: SitePage, rows: &[DiagnosticRow]) -> anyhow::Result<Note> {
        let model = render::page_model(&self.site, rows, page);
        let made_from = Manifest::digest_of_page(&model, &self.maker)?;
        if let Some(old) = self.still_good(path, &made_from, &[self.folder.join(path)]) {
            return Ok(old.clone());
        }
        let html = self.renderer.page(&model)?;
        self.write(path, html.as_bytes())?;
        Ok(Note { made_from, says: Note::of_bytes([html.as_bytes()].into_iter()) })
    }

    /// The note of a pack or page, if its data and its files are unchanged since: an interrupted run or a person may have
    /// left others.
    fn still_good(&self, name: &str, made_from: &str, paths: &[PathBuf]) -> Option<&Note> {
        let old = self.old.made.get(name).filter(|old| old.made_from == made_from)?;
        (Note::of_files(paths).as_ref() == Some(&old.says)).then_some(old)
    }

    fn write(&self, path: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let written = output::write_made(&self.folder.join(path), bytes)?;
        self.written.fetch_add(usize::from(written), Ordering::Relaxed);
        Ok(())
    }
}

/// Everything that belongs to the site, by its path within it.
fn files(
    places: &[PackPlace],
    pages: &[SitePage],
    calendars: &[CalendarPlace],
    documents: &[DocumentPlace],
    search: &BTreeSet<String>,
) -> BTreeSet<String> {
    let calendars = calendars.iter().map(CalendarPlace::path).chain(documents.iter().map(DocumentPlace::path));
    let packs = places.iter().flat_map(|place| PackFormat::ALL.map(|format| place.file(format)));
    packs
        .chain(pages.iter().map(SitePage::path))
        .chain(calendars)
        .chain(search.iter().cloned())
        .chain([places::INDEX.to_owned()])
        .collect()
}
