//! `heatpack new meeting`: the file of a meeting, for its agenda and minutes.

use std::process::ExitCode;

use anyhow::Context as _;
use chrono::NaiveDate;

use super::record::{Kind, not_written, way_to_schema, write};
use crate::commands::common::session::Session;
use crate::commands::entry::ask::Ask;
use crate::commands::entry::draft::ForceArgs;
use crate::commands::entry::flags::FieldFlags;
use crate::commands::entry::form::{Choice, Form};
use crate::commands::entry::judge;
use crate::load::Project;
use crate::model::{Meeting, MeetingKind, minute_in_words, parse_date};
use crate::record::{Field, Node, Value, fields_of};
use crate::workflow::{Context, Prepared};

/// Create the file of a meeting [default: the next one]
///
/// The file holds the agenda before the meeting, and the minutes and action items after it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  heatpack new meeting --kind weekly --agenda \"Year-end freeze dates\"")]
pub struct Arguments {
    #[command(flatten)]
    own: FieldFlags<Meeting>,
}

impl Kind for Meeting {
    const NAME: &'static str = "meeting";

    fn fields() -> Vec<Field> {
        fields_of(&Meeting::schema(), Meeting::FIELDS)
    }
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments, ask: Option<&Ask>) -> anyhow::Result<ExitCode> {
    let fields = Meeting::fields();
    let judge = |form: &Form, name: &str| wrong_with_answer(session, form, name);
    let mut form = Form::new(session, &fields, &arguments.own.said, ask)?.judged_by(&judge);
    let kinds: Vec<Choice> = MeetingKind::ALL.iter().map(|kind| (kind.to_string(), name(session, *kind))).collect();
    form.choose("kind", &kinds)?;
    let kind = form
        .get("kind")
        .and_then(MeetingKind::from_word)
        .context("the kind of meeting is missing: use --kind weekly or --kind monthly")?;
    let prepared = Prepared::new(&session.project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    let mut to_come = ctx.meetings(kind).iter().filter(|meeting| meeting.held >= session.as_of);
    if let Some(next) = to_come.find(|meeting| meeting.record.is_none()) {
        form.propose("date", &next.scheduled.to_string())?;
    }
    form.ask_for_the_rest()?;
    if !form.confirm()? {
        return Ok(not_written());
    }
    let kind = form.get("kind").and_then(MeetingKind::from_word).unwrap_or(kind);
    let date = form.get("date").context("the date is missing: use --date, for example --date 2026-11-18")?;
    let date = parse_date(date).with_context(|| format!("`{date}` is not a date: write it like 2026-11-18"))?;
    let make = |_: &Project, _: Option<&Node<'static>>| {
        let path = Meeting::path_of(kind, date);
        let comments = [
            ("held", "After the meeting:".to_owned()),
            ("actions", "Add action items with `heatpack action`, and `heatpack done` when they are done.".to_owned()),
        ];
        Ok((path.clone(), form.file(&way_to_schema::<Meeting>(&path), &[], &comments)))
    };
    write(session, &ForceArgs::default(), ask, &form, make, |project, _| said(session, project, kind, date))
}

/// Why an answer will not do.
fn wrong_with_answer(session: &Session, form: &Form, name: &str) -> anyhow::Result<Option<String>> {
    let kind = form.get("kind").and_then(MeetingKind::from_word).unwrap_or(MeetingKind::Weekly);
    let date = form.get("date").and_then(parse_date).unwrap_or(session.as_of.date());
    let path = Meeting::path_of(kind, date);
    if name == "date" && session.project.files.iter().any(|file| file.path == path) {
        return Ok(Some(format!("{path} exists already: use another date, or change it with `heatpack meeting`")));
    }
    judge::wrong_with(session, &ForceArgs::default(), form, name, &path, form.trial(&[]))
}

fn name(session: &Session, kind: MeetingKind) -> String {
    let meetings = &session.project.settings.on(session.as_of.date()).meetings;
    match kind {
        MeetingKind::Weekly => format!("weekly: {}", meetings.weekly.name),
        MeetingKind::Monthly => format!("monthly: {}", meetings.monthly.name),
    }
}

/// When the meeting is held, in words.
fn said(session: &Session, project: &Project, kind: MeetingKind, date: NaiveDate) -> String {
    let prepared = Prepared::new(project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    let meeting = ctx.meetings(kind).iter().find(|meeting| meeting.scheduled == date);
    let held = meeting.map(|meeting| match meeting.canceled {
        Some(reason) => format!("{}: canceled ({reason})\n", meeting.name),
        None => {
            format!("{}: {}\n", meeting.name, minute_in_words(meeting.held))
        }
    });
    held.unwrap_or_default()
}
