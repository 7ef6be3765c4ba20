//! `heatpack import nitc`: writes NITC's report to its place, compares it with our records, and lists what it suggests.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use chrono::NaiveDate;

use super::file::{faults_text, read, sheet, workbook_text};
use crate::commands::common::record_file::read_record;
use crate::commands::common::session::Session;
use crate::commands::common::{terminal, typed};
use crate::commands::entry::draft;
use crate::disk::lock::Lock;
use crate::disk::staged;
use crate::load::{Drafts, LARGEST, Project, Who, append, assumptions, read_report};
use crate::model::{Leaning, Level, LogId, PersonId, RuleId, is_in_range};
use crate::record::Faults;
use crate::render::reconciliation_text;
use crate::report::reconciliation::{Reconciliation, date_of, reconciliation};
use crate::rules;
use crate::workflow::{Context, Prepared};

/// Import NITC's weekly report and compare it with the tickets
///
/// Writes the report to data/nitc/, byte for byte; of a workbook also a sheet as CSV. Lists differences from the tickets,
/// and the log entries that the report suggests, as commands. Skips rows with errors, and rejects a report that cannot be read.
///
/// Exit status 1: a row was skipped, or --apply could not add every entry.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  heatpack import nitc ~/Downloads/status.csv")]
pub struct Arguments {
    /// Report, as NITC sent it: CSV or an Excel workbook
    file: PathBuf,
    /// Sheet of a workbook [default: the only one with cells]
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Date of the report [default: its report_date]
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// Replace another report of that date
    #[arg(long)]
    replace: bool,
    /// Add `acknowledged` entries where the report leaves no doubt
    #[arg(long)]
    apply: bool,
    /// NITC staff member for rows that name no one
    #[arg(long, value_name = "STAFF")]
    by: Option<String>,
}

/// The date of the report that was typed.
fn date(session: &Session, typed: &str) -> anyhow::Result<NaiveDate> {
    const HOW: &str = "write it like 2026-11-16, from 2000 to 2099";
    let date = typed::day(typed, session.as_of.date(), Leaning::Past, HOW)?;
    if !is_in_range(date) {
        bail!("`{typed}` is not a date: {HOW}");
    }
    Ok(date)
}

/// The member of staff who was typed, by id or name.
fn person(session: &Session, typed: &str) -> anyhow::Result<PersonId> {
    let found = typed::person(&session.project, typed, Who::Staff)?.or_else(|| PersonId::typed(typed));
    found.with_context(|| format!("--by: no one on the staff is called `{typed}`: use a staff id like rpattern"))
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let by = arguments.by.as_deref().map(|by| person(session, by)).transpose()?;
    let mut original = None;
    let bytes = match sheet(&arguments.file, arguments.sheet.as_deref(), b',', LARGEST as usize)? {
        Some(Ok(sheet)) => {
            original = Some(sheet.workbook);
            sheet.csv
        }
        Some(Err(error)) => {
            say!("{}", workbook_text(&arguments.file, &error));
            say!("the report was not imported");
            return Ok(ExitCode::from(1));
        }
        None => read(&arguments.file)?,
    };
    let mut faults = Faults::default();
    let (text, report) = read_report(bytes.clone(), NaiveDate::MIN, &session.project.settings, &mut faults);
    let mut stdout = std::io::stdout().lock();
    let Some(report) = report else {
        terminal::say_text(&faults_text(session, &arguments.file, text, faults));
        say!("the report was not imported: correct it as listed above, or ask NITC to send it again");
        return Ok(ExitCode::from(1));
    };
    assumptions(&bytes, &report).iter().for_each(|note| say!("note: {note}"));
    let date = match &arguments.date {
        Some(typed) => date(session, typed)?,
        None => date_of(&report.rows).map_err(anyhow::Error::msg)?,
    };
    let path = format!("data/nitc/{date}.csv");
    let place = session.root.join(&path);
    if place.symlink_metadata().is_ok_and(|found| !found.is_file()) {
        bail!("{path} is not a file: move it away");
    }
    let old = place.symlink_metadata().is_ok().then(|| read(&place)).transpose()?;
    let is_other = old.as_ref().is_some_and(|old| *old != bytes);
    if is_other && !arguments.replace {
        say!("{path} is a different report of that date: compare the two, then use `--replace`");
        return Ok(ExitCode::from(1));
    }
    let lock = Lock::take(&session.root);
    let drafts = Drafts::from([(path.clone(), bytes.clone())]);
    let project = session.reload(&drafts)?;
    let prepared = Prepared::new(&project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    let report = project.reports.get(&date).with_context(|| format!("{path} cannot be read back"))?;
    let found = reconciliation(&ctx, report, by.as_ref());
    let entries = if arguments.apply { entries(session, &project, &found)? } else { Vec::new() };
    if !entries.is_empty() {
        let with_entries =
            drafts.into_iter().chain(entries.iter().map(|(path, file)| (path.clone(), file.new.clone())));
        let after = session.reload(&with_entries.collect())?;
        let mut wrong = draft::new_diagnostics(session, &project, &after);
        wrong.retain(|found| found.level == Level::Error);
        if !wrong.is_empty() {
            draft::print_diagnostics(session, &after, &wrong);
            say!("nothing was written: import the report without `--apply`, and add these entries with `heatpack log`");
            return Ok(ExitCode::from(1));
        }
    }
    let report = staged::File { path: place, old: old.clone(), new: bytes };
    let original = original.map(|bytes| workbook_file(session, date, bytes)).transpose()?;
    let files = Some(report).filter(|_| old.is_none() || is_other).into_iter().chain(original.flatten());
    let (paths, entries): (Vec<String>, Vec<staged::File>) = entries.into_iter().unzip();
    staged::write_all(&session.root, &files.chain(entries).collect::<Vec<_>>(), |warning| say!("{warning}"))?;
    drop(lock);
    let what = match (&old, is_other) {
        (None, _) => "imported",
        (Some(_), true) => "replaced",
        (Some(_), false) => "unchanged, imported before",
    };
    let mut text = format!("{path}: {what}\n\n{}", reconciliation_text(&found, arguments.apply));
    paths.iter().for_each(|path| text.push_str(&format!("{path}: `acknowledged` added\n")));
    stdout.write_all(text.as_bytes()).with_context(|| terminal::written_anyway(&path))?;
    let is_whole = say_faults(session, &ctx, &path, found.unread.len());
    let is_applied = !arguments.apply || say_skipped(&found);
    Ok(ExitCode::from(u8::from(!(is_whole && is_applied))))
}

/// The workbook as NITC sent it, beside the CSV of its sheet. Its name is hidden, so that it is no record; `None` if it is
/// there already.
fn workbook_file(session: &Session, date: NaiveDate, bytes: Vec<u8>) -> anyhow::Result<Option<staged::File>> {
    let path = session.root.join(format!("data/nitc/.{date}.xlsx"));
    let old = path.symlink_metadata().is_ok().then(|| std::fs::read(&path)).transpose();
    let old = old.with_context(|| format!("cannot read {}", path.display()))?;
    Ok((old.as_ref() != Some(&bytes)).then_some(staged::File { path, old, new: bytes }))
}

/// Prints on standard error what is wrong with the report at `path`; whether all of its rows were read.
fn say_faults(session: &Session, ctx: &Context, path: &str, unread: usize) -> bool {
    let mut own = rules::check(ctx);
    own.retain(|one| one.rule == RuleId::NitcReportMalformed && one.place.path(&ctx.project().files) == path);
    if !own.is_empty() {
        draft::print_diagnostics(session, ctx.project(), &own);
    }
    if unread > 0 {
        let rows = if unread == 1 { "1 row was".to_owned() } else { format!("{unread} rows were") };
        say!("{rows} skipped: correct {path} as listed above, or import a corrected report with `--replace`");
    }
    unread == 0
}

/// Prints on standard error why entries were not added that the report asks for; whether all were.
fn say_skipped(found: &Reconciliation) -> bool {
    let unknown = found.suggestions.iter().filter(|own| own.certain && own.entry().is_none()).count();
    if unknown > 0 {
        say!(
            "{}: run each command above with the staff id; or add the person to data/staff.yaml, or use `--by STAFF` for \
             all, and import again",
            if unknown == 1 { "1 entry was not added".to_owned() } else { format!("{unknown} entries were not added") }
        );
    }
    let left_out = found.rows.iter().filter(|row| row.is_left_out()).count();
    if left_out > 0 {
        let of = if left_out == 1 {
            "1 ticket of the report has".to_owned()
        } else {
            format!("{left_out} tickets of the report have")
        };
        say!("{of} errors and got no entry: fix what `heatpack check` lists, and import again");
    }
    unknown + left_out == 0
}

/// The tickets with the entries that leave no doubt, by their paths.
fn entries(
    session: &Session,
    project: &Project,
    found: &Reconciliation,
) -> anyhow::Result<Vec<(String, staged::File)>> {
    let mut files = Vec::new();
    for suggestion in &found.suggestions {
        let (Some(entry), LogId::Ticket(id)) = (suggestion.entry(), &suggestion.record) else { continue };
        let Some(ticket) = project.tickets.get(id) else { continue };
        let path = project.file(ticket.file).path.clone();
        let (old, text) = read_record(session, &path)?;
        let new = append(&text, &entry.into()).with_context(|| format!("cannot add to {path}"))?.into_bytes();
        files.push((path.clone(), staged::File { path: session.root.join(&path), old: Some(old), new }));
    }
    Ok(files)
}
