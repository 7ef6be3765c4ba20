//! `heatpack import tickets`: another tracker's export as tickets of ours.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};

use super::file::{faults_text, head, read, sheet, workbook_text};
use crate::commands::common::lookup::CHECK_OUT;
use crate::commands::common::session::Session;
use crate::commands::common::terminal;
use crate::commands::entry::draft;
use crate::disk::lock::Lock;
use crate::disk::{output, staged};
use crate::import::{self, Export, Plan, PlanOutcome, Problems, is_left_out, left_out};
use crate::load::{Project, parse, text_of};
use crate::model::{Diagnostic, ImportMap, Level, TicketId, TicketState};
use crate::record::Faults;
use crate::render::{import_counts, import_errors, import_problems, import_table, shown};
use crate::report::words::counted;
use crate::workflow::{Context, Prepared};

/// Import tickets from another tracker's export
///
/// The map assigns columns and values to our fields: see docs/reference/import-map.md and `heatpack schema import-map`.
/// Prints what it would write and every row that it cannot import; writes only with --write. Never changes an entry on
/// record: importing the same export again changes nothing.
///
/// Exit status 1: a row cannot be imported, even if --partial imports the others.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  heatpack import tickets export.csv --map imports/servicenow.yaml\n  heatpack import tickets export.csv --map imports/servicenow.yaml --write --partial"
)]
pub struct Arguments {
    /// Export with a row of headings: CSV or an Excel workbook
    file: PathBuf,
    /// Sheet of a workbook [default: the only one with cells]
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Map of columns and values
    #[arg(long, value_name = "FILE")]
    map: PathBuf,
    /// Write the records, if every row can be imported
    #[arg(long)]
    write: bool,
    /// Import the tickets without errors; list the skipped rows
    #[arg(long)]
    partial: bool,
    /// File for the skipped rows [default: beside the export]
    #[arg(long, value_name = "FILE", requires = "partial")]
    left_out: Option<PathBuf>,
}

/// The longest sheet that is read, as CSV.
const LARGEST_SHEET: usize = 256 << 20;

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let lock = arguments.write.then(|| Lock::take(&session.root));
    let before = session.reload(&Default::default())?;
    let known = &before.known;
    let is_partial = known.tickets.is_partial() || known.pocs.is_partial() || known.subjects.is_partial();
    if is_partial || known.staff.is_partial() {
        let is_needed = |path: &&str| {
            ["data/tickets/", "data/pocs/", "data/subjects.yaml", "data/staff.yaml"]
                .iter()
                .any(|own| path.starts_with(own))
        };
        if let Some(path) = before.not_checked_out().find(is_needed) {
            say!("some records cannot be read: {} is not checked out; {CHECK_OUT}", shown(path));
            return Ok(ExitCode::from(1));
        }
        say!("some records cannot be read; fix what `heatpack check` reports first");
        return Ok(ExitCode::from(1));
    }
    let (text, mut map) = read_map(session, &arguments.map)?;
    let sheet = match sheet(&arguments.file, arguments.sheet.as_deref(), map.delimiter.byte(), LARGEST_SHEET)? {
        Some(Err(error)) => {
            say!("{}", workbook_text(&arguments.file, &error));
            say!("nothing was written");
            return Ok(ExitCode::from(1));
        }
        Some(Ok(sheet)) => {
            map.encoding.0 = encoding_rs::UTF_8;
            map.add_true_dates();
            Some(sheet.csv)
        }
        None => {
            // It may be what was skipped of a workbook.
            if is_left_out(&head(&arguments.file)?) {
                map.add_true_dates();
            }
            None
        }
    };
    let open = || -> anyhow::Result<Box<dyn Read + '_>> {
        Ok(match &sheet {
            Some(csv) => Box::new(Cursor::new(csv)),
            None => {
                let file = File::open(&arguments.file);
                Box::new(file.with_context(|| format!("cannot read {}", arguments.file.display()))?)
            }
        })
    };
    let mut faults = Faults::default();
    let Some(export) = import::read(open()?, &map, &before, &mut faults)? else {
        terminal::say_text(&faults_text(session, &arguments.map, text, faults));
        bail!("{} does not fit {}; nothing was written", arguments.map.display(), arguments.file.display());
    };
    let judged = judge(session, &before, &map, &export, arguments.partial)?;
    let Judged { plan, left, others, lapses, states } = &judged;
    let mut text = import_table(plan, states);
    text.push_str(&import_problems(left));
    text.push_str(&import_errors(others));
    text.push_str(&import_counts(plan, *lapses, &before.settings.names.tracker));
    let mut stdout = std::io::stdout().lock();
    if !others.is_empty() || (left.count > 0 && !arguments.partial) {
        stdout.write_all(text.as_bytes())?;
        stdout.flush()?;
        let partial =
            "fix the export or the map, skip those rows (`skip`), or import the other tickets with `--partial`";
        say!("nothing was written: {}", if others.is_empty() { partial } else { "fix those records first" });
        return Ok(ExitCode::from(1));
    }
    // The skipped rows, for the person who corrects them.
    let (rows, count) = if left.count > 0 { left_out(open()?, &map, &export, left)? } else { (Vec::new(), 0) };
    let beside = left_out_path(arguments);
    if count > 0 {
        text.push_str(&format!("{} skipped\n", counted(count, "row")));
    }
    let exit = ExitCode::from(u8::from(count > 0));
    if !arguments.write {
        stdout.write_all(text.as_bytes())?;
        let nothing = plan.tickets.iter().all(|own| own.what == PlanOutcome::Nothing);
        writeln!(
            stdout,
            "{}",
            if nothing { "nothing to write" } else { "nothing was written: use --write to write it" }
        )?;
        return Ok(exit);
    }
    let mut files = files(session, plan);
    if count > 0 {
        files.push(left_out_file(session, &beside, rows)?);
    }
    // Before anything is printed: the reader of a pipe may go away.
    staged::write_all(&session.root, &files, |warning| say!("{warning}"))?;
    drop(lock);
    let written = counted(plan.drafts.len(), "file");
    text.push_str(&format!("{written} written\n"));
    if count > 0 {
        text.push_str(&format!("the skipped rows and their reasons are in {}\n", beside.display()));
    }
    stdout.write_all(text.as_bytes()).with_context(|| terminal::written_anyway(&written))?;
    Ok(exit)
}

/// An import, checked by the real rules.
struct Judged {
    plan: Plan,
    /// What keeps rows from being imported.
    left: Problems,
    /// Errors that no row of the export is to blame for.
    others: Vec<Diagnostic>,
    lapses: usize,
    states: BTreeMap<TicketId, TicketState>,
}

/// Plans the import and checks the records as they would be. For a partial import, tickets with errors are skipped
/// until the rest has none.
fn judge(
    session: &Session,
    before: &Project,
    map: &ImportMap,
    export: &Export,
    is_partial: bool,
) -> anyhow::Result<Judged> {
    let record = |path: &str| std::fs::read(session.root.join(path));
    let mut left = export.problems.clone();
    loop {
        let plan = export.plan(map, before, &record, is_partial.then_some(&left))?;
        let judged = |plan, left| Judged { plan, left, others: Vec::new(), lapses: 0, states: BTreeMap::new() };
        if !is_partial && plan.problems.count > 0 {
            let left = plan.problems.clone();
            return Ok(judged(plan, left));
        }
        if plan.problems.count > 0 {
            left.extend(plan.problems);
            continue;
        }
        if plan.drafts.is_empty() {
            return Ok(judged(plan, left));
        }
        let after = session.reload(&plan.drafts)?;
        let found = draft::new_diagnostics(session, before, &after);
        let (errors, lapses): (Vec<_>, Vec<_>) = found.into_iter().partition(|own| own.level == Level::Error);
        let (blamed, others) = plan.blame(map, &after, &errors);
        let others: Vec<Diagnostic> = others.into_iter().cloned().collect();
        let is_right = errors.is_empty() || !others.is_empty() || !is_partial;
        left.extend(blamed);
        if is_right {
            let states = states(session, &after, &plan);
            return Ok(Judged { plan, left, others, lapses: lapses.len(), states });
        }
    }
}

/// The path of the file for the skipped rows.
fn left_out_path(arguments: &Arguments) -> PathBuf {
    arguments.left_out.clone().unwrap_or_else(|| {
        let stem = arguments.file.file_stem().unwrap_or_default().to_string_lossy();
        arguments.file.with_file_name(format!("{stem}-left-out.csv"))
    })
}

/// The file with the skipped rows. It replaces only that of an earlier import.
fn left_out_file(session: &Session, path: &Path, new: Vec<u8>) -> anyhow::Result<staged::File> {
    output::not_among_records(&session.root, path)?;
    let old = match std::fs::read(path) {
        Ok(old) => Some(old),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
    };
    if old.as_ref().is_some_and(|old| !is_left_out(old)) {
        bail!("{} is not a list of skipped rows; nothing was written: use --left-out with a new file", path.display());
    }
    Ok(staged::File { path: path.to_owned(), old, new })
}

/// The map and its text. Its faults are shown as those of records are, with line and caret.
fn read_map(session: &Session, path: &Path) -> anyhow::Result<(String, ImportMap)> {
    let mut faults = Faults::default();
    let text = text_of(read(path)?, &mut faults).unwrap_or_default();
    let map = match faults.list.is_empty() {
        true => parse(&text, &mut faults).and_then(|node| ImportMap::read(&node, &mut faults)),
        false => None,
    };
    match map.filter(|_| faults.list.is_empty()) {
        Some(map) => Ok((text, map)),
        None => {
            terminal::say_text(&faults_text(session, path, text, faults));
            bail!("{} is not a map; `heatpack schema import-map` prints what one holds", path.display());
        }
    }
}

/// The states that the tickets would have.
fn states(session: &Session, after: &Project, plan: &Plan) -> BTreeMap<TicketId, TicketState> {
    let prepared = Prepared::new(after);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    let state = |id: TicketId| Some((id, ctx.state(prepared.tickets.get(&id)?)?));
    plan.tickets.iter().filter_map(|own| state(own.id)).collect()
}

/// In the order in which they are to be written.
fn files(session: &Session, plan: &Plan) -> Vec<staged::File> {
    let file = |path: &String| {
        let new = plan.drafts.get(path)?.clone();
        Some(staged::File { path: session.root.join(path), old: plan.old.get(path).cloned(), new })
    };
    plan.order.iter().filter_map(file).collect()
}
