//! `heatpack import nitc`: NITC's report, to its place, beside our records, and what it suggests.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use chrono::NaiveDate;

use super::{faults_text, read};
use crate::commands::output;
use crate::commands::session::Session;
use crate::load::{Drafts, load_with, read_report};
use crate::model::{PersonId, is_in_range, parse_date};
use crate::record::Faults;
use crate::render::reconciliation_text;
use crate::report::reconciliation::{date_of, reconciliation};
use crate::rules;
use crate::workflow::{Context, Prepared};

/// Put NITC's report into data/nitc/, as it is, and set it beside our records
///
/// Says what agrees, what does not, and which log entries it suggests, as commands. A report that cannot be read is
/// refused, with what is wrong in each row.
///
/// Example: heatpack import nitc ~/Downloads/status.csv
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The report, as NITC sent it
    file: PathBuf,
    /// The report's date, instead of the one in its column report_date
    #[arg(long, value_name = "DATE", value_parser = date)]
    date: Option<NaiveDate>,
    /// Put it in the place of another report of that date
    #[arg(long)]
    replace: bool,
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
    if session.project.settings_left_out {
        bail!("data/heatpack.yaml has errors, and says what NITC's columns are called: `heatpack check` shows them");
    }
    let bytes = read(&arguments.file)?;
    let mut faults = Faults::default();
    let (text, report) = read_report(bytes.clone(), NaiveDate::MIN, &session.project.settings, &mut faults);
    let mut stdout = std::io::stdout().lock();
    let Some(report) = report else {
        stdout.write_all(faults_text(session, &arguments.file, text, faults).as_bytes())?;
        eprintln!("the report was not taken in: mend it as said above, or ask NITC to send it again");
        return Ok(ExitCode::from(1));
    };
    let date = match arguments.date {
        Some(date) => date,
        None => date_of(&report.rows).map_err(anyhow::Error::msg)?,
    };
    let path = format!("data/nitc/{date}.csv");
    let place = session.root.join(&path);
    let old = place.symlink_metadata().is_ok().then(|| read(&place)).transpose()?;
    let is_other = old.as_ref().is_some_and(|old| *old != bytes);
    if is_other && !arguments.replace {
        eprintln!("{path} is there already, and is another report: compare the two, then give `--replace`");
        return Ok(ExitCode::from(1));
    }
    let drafts = Drafts::from([(path.clone(), bytes.clone())]);
    let project = load_with(&session.root, &drafts, rules::NAMES)?;
    let prepared = Prepared::new(&project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    let report = project.reports.get(&date).with_context(|| format!("{path} cannot be read back"))?;
    let found = reconciliation(&ctx, report, arguments.by.as_ref());
    output::write(&place, &bytes)?;
    match (&old, is_other) {
        (None, _) => writeln!(stdout, "{path}: taken in\n")?,
        (Some(_), true) => writeln!(stdout, "{path}: replaced\n")?,
        (Some(_), false) => writeln!(stdout, "{path}: there already, byte for byte\n")?,
    }
    stdout.write_all(reconciliation_text(&found).as_bytes())?;
    stdout.flush()?;
    Ok(ExitCode::SUCCESS)
}
