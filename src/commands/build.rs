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
use crate::model::{Level, MeetingKind};
use crate::render::{self, Findings, Renderer, TextStyle};
use crate::report::calendar::{CalendarView, subscription, subscription_of_poc};
use crate::report::findings::DiagnosticRow;
use crate::report::pack::Pack;
use crate::report::pages::{self, Archive, Site};
use crate::report::site::{NameBook, PackLine};
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
    let (made, total) = build.run(&rows, render::by_file(&rows))?;
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

/// A meeting whose pack belongs to the site.
struct Wanted {
    kind: MeetingKind,
    index: usize,
}

/// What became of a pack.
struct Made {
    /// Its folder in the site, `weekly/2026-11-18`.
    name: String,
    /// The digest of everything that it is made from.
    digest: String,
    is_new: bool,
    line: PackLine,
    /// The pack itself, if its meeting is still to come.
    to_come: Option<Pack>,
}

impl Build<'_, '_> {
    fn run(
        &self,
        rows: &[DiagnosticRow],
        files: Vec<report::findings::FileDiagnostics>,
    ) -> anyhow::Result<(usize, usize)> {
        let wanted = self.wanted();
        let progress = Progress::new(wanted.len(), "packs");
        let made = parallel::map(&wanted, |wanted| self.pack(wanted, &progress))?;
        progress.finish();
        let mut manifest = Manifest::default();
        let (mut next, mut past, mut anew) = (Vec::new(), Vec::new(), 0);
        for made in made {
            manifest.packs.insert(made.name, made.digest);
            anew += usize::from(made.is_new);
            match made.to_come {
                Some(pack) => next.push(pack),
                None => past.push(made.line),
            }
        }
        self.pages(rows, files)?;
        self.calendars()?;
        let archive = Archive { next: next.iter().collect(), past };
        let index = self.renderer.page("site/index.html", &pages::index_page(&self.site, rows, archive))?;
        self.write("index.html", index.as_bytes())?;
        let files = self.files.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
        self.old.remove_what_is_gone(&self.folder, &files);
        manifest.files = files;
        manifest.write(&self.folder)?;
        Ok((anew, manifest.packs.len()))
    }

    /// The meetings held so far, and the next one of each kind.
    fn wanted(&self) -> Vec<Wanted> {
        let mut wanted = Vec::new();
        for kind in MeetingKind::ALL.iter().copied() {
            let next = report::next_meeting(self.ctx, kind);
            let meetings = self.ctx.meetings(kind).iter().enumerate();
            let held = meetings.filter(|(index, meeting)| {
                meeting.cancelled.is_none() && (meeting.held < self.ctx.as_of || Some(*index) == next)
            });
            wanted.extend(held.map(|(index, _)| Wanted { kind, index }));
        }
        wanted
    }

    /// Makes a pack's files, unless they are there and would say the same.
    fn pack(&self, wanted: &Wanted, progress: &Progress) -> anyhow::Result<Made> {
        let pack = report::pack(self.ctx, wanted.kind, wanted.index).context("a pack that cannot be made yet")?;
        let (kind, date) = (pack.kind, pack.head.scheduled);
        let name = format!("{kind}/{date}");
        let names = self.names(&pack);
        let digest = Manifest::digest_of_pack(&pack, &names, &self.templates);
        let path = |file: &str| format!("{name}/{file}");
        let stem = format!("{kind}-{date}");
        let paths = ["index.html".to_owned(), format!("{stem}.pdf"), format!("{stem}.json"), format!("{stem}.csv")]
            .map(|file| path(&file));
        let there = paths.iter().all(|path| self.folder.join(path).is_file());
        let is_new = self.all || !there || self.old.packs.get(&name) != Some(&digest);
        if is_new {
            let failed = || format!("cannot make the pack {stem}");
            let html = self.renderer.pack_html(&pack, Some("../../"), &names).with_context(failed)?;
            let pdf = self.renderer.pack_pdf(&pack).with_context(failed)?;
            let json = render::pack_json(&pack);
            let csv = render::csv(&pack).with_context(failed)?;
            for (path, bytes) in paths.iter().zip([html.as_bytes(), &pdf.bytes, json.as_bytes(), csv.as_bytes()]) {
                self.write(path, bytes)?;
            }
        } else {
            paths.iter().for_each(|path| self.keep(path));
        }
        progress.step();
        let line = pages::pack_line(&pack.head.title, kind, date, pack.meeting, pack.preliminary);
        let to_come = pack.meeting >= self.ctx.as_of;
        Ok(Made { name, digest, is_new, line, to_come: to_come.then_some(pack) })
    }

    /// The titles of CRs that a pack may name without listing them.
    fn names(&self, pack: &Pack) -> NameBook {
        let mut named: BTreeSet<String> =
            pack.tickets.values().flat_map(|card| &card.changes).map(ToString::to_string).collect();
        named.extend(pack.nitc.iter().map(|row| row.cr_number.clone()));
        named.extend(pack.lapses.iter().map(|row| row.record.clone()));
        named.extend(pack.method.exceptions.iter().map(|row| row.record.clone()));
        let all = &self.ctx.prepared.changes;
        let known = all.iter().filter(|(id, line)| named.contains(id.as_str()) && line.exists_at(pack.as_of));
        let changes = known.map(|(id, line)| (id.to_string(), line.cr.title.0.clone())).collect::<BTreeMap<_, _>>();
        NameBook { changes, ..NameBook::default() }
    }

    fn pages(&self, rows: &[DiagnosticRow], files: Vec<report::findings::FileDiagnostics>) -> anyhow::Result<()> {
        let (site, project) = (&self.site, self.ctx.project());
        let tickets: Vec<_> = self.ctx.tickets().collect();
        let changes: Vec<_> = self.ctx.changes().collect();
        let progress =
            Progress::new(tickets.len() + changes.len() + project.pocs.len() + project.subjects.len(), "pages");
        let write = |path: String, html: Result<String, render::Error>| -> anyhow::Result<()> {
            let html = html.with_context(|| format!("cannot make the page {path}"))?;
            progress.step();
            self.write(&path, html.as_bytes())
        };
        tickets.par_iter().try_for_each(|line| {
            let page = pages::ticket_page(site, line);
            write(format!("tickets/{}.html", line.ticket.id.value), self.renderer.page("site/ticket.html", &page))
        })?;
        changes.par_iter().try_for_each(|line| {
            let page = pages::change_page(site, line);
            write(format!("changes/{}.html", line.cr.id.value), self.renderer.page("site/change.html", &page))
        })?;
        project.pocs.par_iter().try_for_each(|(id, poc)| {
            write(format!("pocs/{id}.html"), self.renderer.page("site/poc.html", &pages::poc_page(site, poc)))
        })?;
        project.subjects.par_iter().try_for_each(|subject| {
            let page = pages::subject_page(site, subject);
            write(format!("subjects/{}.html", subject.id.value), self.renderer.page("site/subject.html", &page))
        })?;
        progress.finish();
        let check = pages::check_page(site, rows, files);
        self.write("check.html", self.renderer.page("site/check.html", &check)?.as_bytes())?;
        let rules = pages::rules_page(site, rows);
        self.write("rules.html", self.renderer.page("site/rules.html", &rules)?.as_bytes())
    }

    /// The calendars to subscribe to: everybody's, and one for each POC.
    fn calendars(&self) -> anyhow::Result<()> {
        let (ctx, settings) = (self.ctx, &self.ctx.project().settings);
        let ics = |view: &CalendarView, name: &str| render::calendar_ics(view, settings, name, ctx.as_of);
        let all = subscription(ctx);
        self.write("calendar.ics", ics(&all, &settings.organisation).as_bytes())?;
        for (id, poc) in &ctx.project().pocs {
            let own = subscription_of_poc(ctx, &all, id);
            let name = format!("{}: {}", settings.organisation, poc.name.0);
            self.write(&format!("pocs/{id}.ics"), ics(&own, &name).as_bytes())?;
        }
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
