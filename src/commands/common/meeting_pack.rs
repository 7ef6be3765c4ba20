//! The pack of one meeting: which meeting is asked for, its pack, and the renderer for it.

use std::process::ExitCode;

use anyhow::{Context as _, bail};
use chrono::{Datelike, NaiveDate};
use clap::ValueEnum;

use super::commits::Commits;
use super::options::status;
use super::session::Session;
use super::{templates, typed};
use crate::model::{Leaning, MeetingKind, day_in_words};
use crate::render::{self, Renderer};
use crate::report;
use crate::report::pack::Pack;
use crate::workflow::{Context, scheduled_dates};

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

/// The renderer, with the project's own templates.
pub fn renderer(session: &Session) -> anyhow::Result<Renderer> {
    Ok(Renderer::new(&templates::own(&session.root)?)?)
}

/// The meeting that is asked for, by its place among those of its kind.
pub fn find(ctx: &Context, kind: MeetingKind, on: Option<&str>) -> anyhow::Result<usize> {
    let Some(text) = on else {
        let next = report::next_meeting(ctx, kind);
        return next.with_context(|| format!("no {kind} meeting is on the schedule"));
    };
    let date = typed::day(text, ctx.today(), Leaning::Either, "write it like 2026-11-18")?;
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
