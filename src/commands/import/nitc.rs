//! `heatpack import nitc`: NITC's report, to its place, beside our records, and what it suggests.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use chrono::NaiveDate;

use super::{faults_text, read};
use crate::commands::lock::Lock;
use crate::commands::session::Session;
use crate::commands::{draft, staged, terminal};
use crate::load::{Drafts, Project, append, read_report};
use crate::model::{Level, PersonId, is_in_range, parse_date};
use crate::record::Faults;
use crate::render::reconciliation_text;
use crate::report::reconciliation::{Reconciliation, Record, date_of, reconciliation};
use crate::workflow::{Context, Prepared};

/// Put NITC's report into data/nitc/, as it is, and set it beside our records
///
/// Says what agrees, what does not, and which log entries it suggests, as commands. A report that
/// cannot be read is refused, with what is wrong in each row. With --apply the exit status is 0 only if
/// everything that follows without doubt was entered.
///
/// Example: heatpack import nitc ~/Downloads/status.csv
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The report, as NITC sent it
    file: PathBuf,
    /// The report's date, instead of the one in its column report_date
    #[arg(long, value_name = "DATE", value_parser = date)]
    date: Option<NaiveDate>,
    /// Put it in the place of another report of that date
    #[arg(long)]
    replace: bool,
    /// Enter what follows from it without doubt: `acknowledged`, for a ticket that is with NITC, that no entry says to
    /// be acknowledged, and that NITC calls received or researching
    #[arg(long)]
    apply: bool,
    /// The member of NITC's staff for entries of which the report names none
    #[arg(long, value_name = "STAFF", value_parser = person)]
    by: Option<PersonId>,
}

fn date(text: &str) -> Result<NaiveDate, String> {
    let date = parse_date(text).filter(|date| is_in_range(*date));
    date.ok_or_else(|| "write a date such as 2026-11-16, from 2000 to 2099".to_owned())
}

fn person(text: &str) -> Result<PersonId, String> {
    PersonId::parse(text).ok_or_else(|| "write a staff id, such as rpattern".to_owned())
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let bytes = read(&arguments.file)?;
    let mut faults = Faults::default();
    let (text, report) = read_report(bytes.clone(), NaiveDate::MIN, &session.project.settings, &mut faults);
    let mut stdout = std::io::stdout().lock();
    let Some(report) = report else {
        terminal::say_text(&faults_text(session, &arguments.file, text, faults));
        say!("the report was not taken in: mend it as said above, or ask NITC to send it again");
        return Ok(ExitCode::from(1));
    };
    let date = match arguments.date {
        Some(date) => date,
        None => date_of(&report.rows).map_err(anyhow::Error::msg)?,
    };
    let path = format!("data/nitc/{date}.csv");
    let place = session.root.join(&path);
    if place.symlink_metadata().is_ok_and(|found| !found.is_file()) {
        bail!("{path} is there, and is no file: move it away");
    }
    let old = place.symlink_metadata().is_ok().then(|| read(&place)).transpose()?;
    let is_other = old.as_ref().is_some_and(|old| *old != bytes);
    if is_other && !arguments.replace {
        say!("{path} is there already, and is another report: compare the two, then give `--replace`");
        return Ok(ExitCode::from(1));
    }
    let lock = Lock::take(&session.root);
    let drafts = Drafts::from([(path.clone(), bytes.clone())]);
    let project = session.reload(&drafts)?;
    let prepared = Prepared::new(&project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    let report = project.reports.get(&date).with_context(|| format!("{path} cannot be read back"))?;
    let found = reconciliation(&ctx, report, arguments.by.as_ref());
    let entries = if arguments.apply { entries(session, &project, &found)? } else { Vec::new() };
    if !entries.is_empty() {
        let with_entries =
            drafts.into_iter().chain(entries.iter().map(|(path, file)| (path.clone(), file.new.clone())));
        let after = session.reload(&with_entries.collect())?;
        let mut wrong = draft::brought(session, &project, &after);
        wrong.retain(|found| found.level == Level::Error);
        if !wrong.is_empty() {
            draft::tell(session, &after, &wrong);
            say!("nothing was written: enter those by hand, and take the report in without `--apply`");
            return Ok(ExitCode::from(1));
        }
    }
    let report = staged::File { path: place, old: old.clone(), new: bytes };
    let files = Some(report).filter(|_| old.is_none() || is_other).into_iter();
    let (paths, entries): (Vec<String>, Vec<staged::File>) = entries.into_iter().unzip();
    staged::write_all(&files.chain(entries).collect::<Vec<_>>())?;
    drop(lock);
    let what = match (&old, is_other) {
        (None, _) => "taken in",
        (Some(_), true) => "replaced",
        (Some(_), false) => "there already, byte for byte",
    };
    let mut text = format!("{path}: {what}\n\n{}", reconciliation_text(&found, arguments.apply));
    paths.iter().for_each(|path| text.push_str(&format!("{path}: `acknowledged` entered\n")));
    stdout.write_all(text.as_bytes()).with_context(|| terminal::written_anyway(&path))?;
    Ok(if arguments.apply { kept_back(&found) } else { ExitCode::SUCCESS })
}

/// Says on standard error what keeps entries from being made that the report asks for; the exit status.
fn kept_back(found: &Reconciliation) -> ExitCode {
    let unknown = found.suggestions.iter().filter(|own| own.certain && own.entry().is_none()).count();
    if unknown > 0 {
        say!(
            "{}: for each run the command above with the id of whoever did it; or add them to data/staff.yaml, or give \
             `--by STAFF` for all, and run this once more",
            if unknown == 1 { "1 entry was not made".to_owned() } else { format!("{unknown} entries were not made") }
        );
    }
    let left_out = found.rows.iter().filter(|row| row.is_left_out()).count();
    if left_out > 0 {
        let of = if left_out == 1 {
            "1 ticket of the report has".to_owned()
        } else {
            format!("{left_out} tickets of the report have")
        };
        say!("{of} errors, and nothing was entered there: mend what `heatpack check` says, and run this once more");
    }
    ExitCode::from(u8::from(unknown + left_out > 0))
}

/// The tickets with the entries that follow without doubt, by their paths.
fn entries(
    session: &Session,
    project: &Project,
    found: &Reconciliation,
) -> anyhow::Result<Vec<(String, staged::File)>> {
    let mut files = Vec::new();
    for suggestion in &found.suggestions {
        let (Some(entry), Record::Ticket(id)) = (suggestion.entry(), &suggestion.record) else { continue };
        let Some(ticket) = project.tickets.get(id) else { continue };
        let path = project.file(ticket.file).path.clone();
        let old = std::fs::read(session.root.join(&path)).with_context(|| format!("cannot read {path}"))?;
        let text = std::str::from_utf8(&old).with_context(|| format!("{path} is not UTF-8"))?;
        let new = append(text, &entry.into()).with_context(|| format!("cannot add to {path}"))?.into_bytes();
        files.push((path.clone(), staged::File { path: session.root.join(&path), old: Some(old), new }));
    }
    Ok(files)
}
