//! `heatpack pack`: one meeting's pack.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use chrono::{Datelike, NaiveDate};
use clap::ValueEnum;

use super::commits::Commits;
use super::session::Session;
use super::{output, status, templates};
use crate::model::{MeetingKind, day_in_words, parse_date};
use crate::render::{self, Renderer};
use crate::report;
use crate::report::pack::Pack;
use crate::report::site::NameBook;
use crate::workflow::{Context, Prepared, scheduled_dates};

/// Make the pack of one meeting
///
/// Of the next one, or with --on of the meeting of that date: the scheduled date, else the date on which it is held.
///
/// Example: heatpack pack weekly --on 2026-11-18 -o wednesday.pdf
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Which meeting
    #[arg(value_enum)]
    kind: Kind,
    /// The meeting's date
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// The format; where it is not given, what FILE's name ends in; without a FILE, html
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Write to this file, instead of to standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Which meeting, as one types it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    Weekly,
    Monthly,
}

impl From<Kind> for MeetingKind {
    fn from(kind: Kind) -> MeetingKind {
        match kind {
            Kind::Weekly => MeetingKind::Weekly,
            Kind::Monthly => MeetingKind::Monthly,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One self-contained page
    #[value(alias = "htm")]
    Html,
    /// Tagged, for printing and handing out
    Pdf,
    /// For programs
    Json,
    /// The tickets, for spreadsheets
    Csv,
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let format = format(arguments)?;
    if let Some(path) = &arguments.output {
        output::not_among_records(&session.root, path)?;
    }
    let mut stdout = std::io::stdout().lock();
    if format == Format::Pdf && arguments.output.is_none() && stdout.is_terminal() {
        bail!("a PDF is not for a terminal: name a file with `-o weekly.pdf`");
    }
    let prepared = Prepared::new(&session.project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    let (_, pack) = made(session, &ctx, arguments.kind.into(), arguments.on.as_deref())?;
    let bytes = render(session, &pack, format)?;
    match &arguments.output {
        Some(path) => drop(output::write_to(path, &bytes)?),
        None => {
            stdout.write_all(&bytes)?;
            stdout.flush()?;
        }
    }
    Ok(ended(&pack))
}

/// Says on standard error where the records have errors; the exit status.
pub fn ended(pack: &Pack) -> ExitCode {
    if pack.head.errors > 0 {
        say!("the records have errors, and the pack says so: `heatpack check --as-of \"{}\"` lists them", pack.as_of);
    }
    status(pack.head.errors)
}

/// The pack of the meeting that is asked for, and its place among those of its kind.
pub fn made(session: &Session, ctx: &Context, kind: MeetingKind, on: Option<&str>) -> anyhow::Result<(usize, Pack)> {
    let index = find(ctx, kind, on)?;
    let Some(mut pack) = report::pack(ctx, kind, index) else { bail!("{}", later(ctx, kind)) };
    let commits = Commits::read(&session.root, &session.project, session.tracked.as_ref(), pack.as_of);
    commits.explain(std::iter::once(pack.as_of));
    commits.name(&mut pack);
    Ok((index, pack))
}

/// The format: what --format says, else what the file's name ends in. A name that says something else than --format
/// would be opened by the wrong program, and so would one that says nothing.
fn format(arguments: &Arguments) -> anyhow::Result<Format> {
    let Some(path) = &arguments.output else { return Ok(arguments.format.unwrap_or(Format::Html)) };
    let ending = path.extension().map(|ending| ending.to_string_lossy().into_owned());
    let of_name = ending.as_deref().and_then(|ending| Format::from_str(ending, true).ok());
    let name = render::shown(&path.display().to_string());
    match (arguments.format, of_name) {
        (Some(said), Some(named)) if said != named => {
            let better = path.with_extension(word(said));
            let better = render::shown(&better.display().to_string());
            bail!("--format {} does not fit `{name}`: write `-o {better}`, or leave --format out", word(said));
        }
        (Some(format), _) | (None, Some(format)) => Ok(format),
        (None, None) => {
            let endings: Vec<String> = Format::value_variants().iter().map(|one| format!(".{}", word(*one))).collect();
            let of = match ending {
                Some(ending) => format!("a pack cannot be written as `.{}`", render::shown(&ending)),
                None => format!("`{name}` does not say which format"),
            };
            bail!("{of}: let the name end in {}, or give --format as well", endings.join(", "));
        }
    }
}

/// A format as one types it, and as names of files end.
fn word(format: Format) -> String {
    format.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

fn render(session: &Session, pack: &Pack, format: Format) -> anyhow::Result<Vec<u8>> {
    Ok(match format {
        Format::Json => render::pack_json(pack).into_bytes(),
        Format::Csv => render::csv(pack).context("cannot write the table")?.into_bytes(),
        Format::Html => renderer(session)?.pack_html(pack, None, &NameBook::default())?.into_bytes(),
        Format::Pdf => renderer(session)?.pack_pdf(pack)?.bytes,
    })
}

/// The renderer, with the project's own templates.
pub fn renderer(session: &Session) -> anyhow::Result<Renderer> {
    Ok(Renderer::new(&templates::own(&session.root)?)?)
}

/// The meeting that is asked for, by its place among those of its kind.
fn find(ctx: &Context, kind: MeetingKind, on: Option<&str>) -> anyhow::Result<usize> {
    let Some(text) = on else {
        let next = report::next_meeting(ctx, kind);
        return next.with_context(|| format!("no {kind} meeting is on the schedule"));
    };
    let Some(date) = parse_date(text) else { bail!("`{text}` is no date: write it as 2026-11-18") };
    let meetings = ctx.meetings(kind);
    let scheduled = meetings.iter().position(|meeting| meeting.scheduled == date);
    let held = || meetings.iter().position(|meeting| meeting.held.date() == date);
    match scheduled.or_else(held) {
        Some(index) => match meetings[index].canceled {
            None => Ok(index),
            Some(reason) => bail!(
                "the {kind} meeting of {} was canceled ({}){}",
                day_in_words(date),
                render::shown(reason),
                nearest(ctx, kind, date)
            ),
        },
        None if is_far_ahead(ctx, kind, date) => bail!("{}", later(ctx, kind)),
        None => bail!("there is no {kind} meeting on {}{}", day_in_words(date), nearest(ctx, kind, date)),
    }
}

/// Why there is no pack of a meeting after the next one.
fn later(ctx: &Context, kind: MeetingKind) -> String {
    let nearest = nearest(ctx, kind, NaiveDate::MAX);
    format!("the pack of that meeting cannot be made yet: a pack is made for meetings up to the next one{nearest}")
}

/// Whether the schedule has a meeting on a date that is further ahead than meetings are laid out.
fn is_far_ahead(ctx: &Context, kind: MeetingKind, date: NaiveDate) -> bool {
    let is_later = date.year() <= 2100 && ctx.meetings(kind).iter().all(|meeting| meeting.scheduled < date);
    is_later && scheduled_dates(ctx.prepared, kind, date, date).contains(&date)
}

/// Names the nearest meeting that has a pack.
fn nearest(ctx: &Context, kind: MeetingKind, date: NaiveDate) -> String {
    let last = report::next_meeting(ctx, kind).map_or(0, |next| next + 1);
    let held = ctx.meetings(kind)[..last].iter().filter(|meeting| meeting.canceled.is_none());
    let nearest = held.min_by_key(|meeting| (meeting.scheduled - date).num_days().abs());
    nearest.map(|meeting| format!("; the nearest is `--on {}`", meeting.scheduled)).unwrap_or_default()
}
