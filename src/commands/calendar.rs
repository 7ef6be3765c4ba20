//! `heatpack calendar`: working days, holidays, meetings and due dates.

use std::io::Write;
use std::process::ExitCode;

use anyhow::bail;
use chrono::{Datelike, Days, NaiveDate};
use clap::ValueEnum;

use crate::commands::common::session::Session;
use crate::commands::common::{terminal, typed};
use crate::model::Leaning;
use crate::render::{calendar_ics, calendar_text, overdue_text, to_json};
use crate::report::calendar::{calendar, overdue, subscription};
use crate::workflow::{Context, Prepared};

/// Show working days, holidays, meetings and due dates
///
/// Lists overdue deadlines first. With --format ics, prints a file that calendar programs can import. The site of `heatpack build` has the same calendar
/// for subscribers.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  heatpack calendar\n  heatpack calendar --from 2026-12-01 --to 2026-12-31")]
pub struct Arguments {
    /// First date [default: today]
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// Last date [default: 30 days after the first]
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// Output format
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Text for people
    Text,
    /// JSON for programs
    Json,
    /// iCalendar; the default is a year ahead and every due date
    Ics,
}

/// A day that was typed.
fn date(ctx: &Context, typed: Option<&String>) -> anyhow::Result<Option<NaiveDate>> {
    const HOW: &str = "write it like 2026-11-18, from 1971 to 2100";
    let Some(typed) = typed else { return Ok(None) };
    let date = typed::day(typed, ctx.today(), Leaning::Either, HOW)?;
    if !(1971..=2100).contains(&date.year()) {
        bail!("`{typed}` is outside the calendar: {HOW}");
    }
    Ok(Some(date))
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let prepared = Prepared::new(&session.project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    let last = NaiveDate::from_ymd_opt(2100, 12, 31).unwrap_or(NaiveDate::MAX);
    let (given_from, given_to) = (date(&ctx, arguments.from.as_ref())?, date(&ctx, arguments.to.as_ref())?);
    let from = given_from.unwrap_or_else(|| match given_to {
        Some(to) => to.min(ctx.today()),
        None => ctx.today(),
    });
    let to = given_to.unwrap_or_else(|| (from + Days::new(30)).min(last));
    if to < from {
        bail!("--to {to} is before --from {from}");
    }
    let settings = &session.project.settings;
    let text = match arguments.format {
        Format::Text => {
            let (width, holds_today) = (terminal::width(), (from..=to).contains(&ctx.today()));
            let before = if holds_today { overdue_text(&overdue(&ctx), width) } else { String::new() };
            format!("{before}{}", calendar_text(&calendar(&ctx, from, to), width))
        }
        Format::Json => to_json(&calendar(&ctx, from, to)),
        Format::Ics => {
            let is_open = arguments.from.is_none() && arguments.to.is_none();
            let view = if is_open { subscription(&ctx) } else { calendar(&ctx, from, to) };
            calendar_ics(&view, settings, &settings.organization, session.as_of)
        }
    };
    let mut stdout = std::io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    stdout.flush()?;
    Ok(ExitCode::SUCCESS)
}
