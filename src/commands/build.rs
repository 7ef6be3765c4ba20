//! `heatpack build`: check, then the site with the packs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Mutex;

use anyhow::Context as _;
use rayon::prelude::*;

use super::manifest::Manifest;
use super::progress::Progress;
use super::session::Session;
use super::{output, parallel, status, templates};
use crate::model::Level;
use crate::render::{self, Findings, Renderer, TextStyle};
use crate::report::findings::DiagnosticRow;
use crate::report::pages::{self, PackFormat, PackPlace, Site};
use crate::workflow::{Context, Prepared};
use crate::{report, rules};

/// Check the records, then make the site with the packs
///
/// Makes the packs of the next meetings, and of every past one that is not there yet or whose data changed.
///
/// Example: heatpack build -o output
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The folder to write to; `output` beside `data` where it is not given
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Make every pack anew
    #[arg(long)]
    all: bool,
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let folder = arguments.output.clone().unwrap_or_else(|| session.root.join("output"));
    let own = templates::own(&session.root)?;
    let renderer = Renderer::new(&own)?;
    let prepared = Prepared::new(&session.project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    let findings = Findings::new(&session.project, session.as_of, rules::check(&ctx));
    let errors = findings.count(Level::Error);
    tell(session, &findings);
    let rows = render::diagnostic_rows(&findings);
    let build = Build {
        site: Site::new(&ctx, &rows),
        ctx: &ctx,
        renderer: &renderer,
        old: Manifest::read(&folder),
        templates: Manifest::digest_of_templates(&own),
        folder,
        all: arguments.all,
        files: Mutex::new(BTreeSet::new()),
        written: Mutex::new(0),
    };
    let (made, total) = build.run(&rows)?;
    let written = *build.written.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    eprintln!("{made} of {total} packs made anew, {written} files written to {}", build.folder.display());
    Ok(status(errors))
}

/// Errors go to standard error one by one; of lapses the count is enough here.
fn tell(session: &Session, findings: &Findings) {
    use std::io::IsTerminal;
    let errors = findings.diagnostics.iter().filter(|found| found.level == Level::Error).cloned().collect();
    let own = Findings::new(&session.project, session.as_of, errors);
    let stderr = std::io::stderr();
    let style = TextStyle { frames: stderr.is_terminal(), colors: session.colors(&stderr) };
    eprintln!("{}{}", render::diagnostics_text(&own, style), render::check_counts(findings));
}

/// One run of `build`.
struct Build<'b, 'p> {
    ctx: &'b Context<'p>,
    site: Site<'b, 'p>,
    renderer: &'b Renderer,
    folder: PathBuf,
    all: bool,
    old: Manifest,
    templates: String,
    /// Everything that belongs to the site, by its path within it.
    files: Mutex<BTreeSet<String>>,
    written: Mutex<usize>,
}

impl Build<'_, '_> {
    fn run(&self, rows: &[DiagnosticRow]) -> anyhow::Result<(usize, usize)> {
        let places = pages::pack_places(self.ctx);
        let progress = Progress::new(places.len(), "packs");
        let made = parallel::map(&places, |place| self.pack(place, &progress))?;
        progress.finish();
        self.pages(rows)?;
        let index = self.renderer.page(&render::index_model(&self.site, rows)?)?;
        self.write(pages::INDEX, index.as_bytes())?;
        let files = self.files.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
        self.old.remove_what_is_gone(&self.folder, &files);
        let anew = made.iter().filter(|(_, is_new)| *is_new).count();
        let digests = made.into_iter().map(|(digest, _)| digest);
        let packs: BTreeMap<_, _> = places.iter().map(PackPlace::folder).zip(digests).collect();
        let total = packs.len();
        Manifest { packs, files }.write(&self.folder)?;
        Ok((anew, total))
    }

    /// Makes a pack's files, unless they are there and would say the same. Gives the digest of everything that they
    /// are made from, and whether they are new.
    fn pack(&self, place: &PackPlace, progress: &Progress) -> anyhow::Result<(String, bool)> {
        let pack = report::pack(self.ctx, place.kind, place.index).context("a pack that cannot be made yet")?;
        let names = pages::names_beside(self.ctx, &pack);
        let digest = Manifest::digest_of_pack(&pack, &names, &self.templates);
        let there = PackFormat::ALL.iter().all(|format| self.folder.join(place.file(*format)).is_file());
        let is_new = self.all || !there || self.old.packs.get(&place.folder()) != Some(&digest);
        for format in PackFormat::ALL {
            let path = place.file(format);
            if is_new {
                let bytes = render::pack_file(self.renderer, &pack, &names, format)
                    .with_context(|| format!("cannot make {path}"))?;
                self.write(&path, &bytes)?;
            } else {
                self.keep(&path);
            }
        }
        progress.step();
        Ok((digest, is_new))
    }

    fn pages(&self, rows: &[DiagnosticRow]) -> anyhow::Result<()> {
        let pages = pages::site_pages(self.ctx);
        let progress = Progress::new(pages.len(), "pages");
        pages.par_iter().try_for_each(|page| {
            let path = page.path();
            let made = render::page_model(&self.site, rows, *page).and_then(|model| self.renderer.page(&model));
            let html = made.with_context(|| format!("cannot make the page {path}"))?;
            progress.step();
            self.write(&path, html.as_bytes())
        })?;
        progress.finish();
        Ok(())
    }

    fn write(&self, path: &str, bytes: &[u8]) -> anyhow::Result<()> {
        self.keep(path);
        let written = output::write(&self.folder.join(path), bytes)?;
        *self.written.lock().unwrap_or_else(std::sync::PoisonError::into_inner) += usize::from(written);
        Ok(())
    }

    fn keep(&self, path: &str) {
        self.files.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(path.to_owned());
    }
}
