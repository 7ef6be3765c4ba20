//! `heatpack action`: a new action item of a meeting, with the next free id.

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use chrono::Datelike;

use crate::commands::common::base;
use crate::commands::common::options::status;
use crate::commands::common::session::Session;
use crate::commands::common::terminal;
use crate::commands::common::which_meeting::{Fitting, Wanted, named};
use crate::commands::entry::ask::Ask;
use crate::commands::entry::draft::{self, ForceArgs};
use crate::commands::entry::meeting_file::{MeetingFile, ask_for, is_editable};
use crate::commands::entry::people::{everyone, offices};
use crate::commands::entry::stated_fields::Stated;
use crate::commands::entry::typed::Reader;
use crate::git;
use crate::load::Project;
use crate::model::{Leaning, Office, Owner, day_in_words};
use crate::record::{Fields, Node};
use crate::render::shown;
use crate::workflow::{Context, Occurrence, Prepared};

/// Add an action item to a meeting
///
/// Gives it the next free id. Asks for missing fields when run in a terminal. Leaves the rest of the file unchanged. An
/// item that breaks a rule is rejected, with the reason. Final minutes in the base branch take no more items.
///
/// Exit status 1: the item was rejected, and nothing was written.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  heatpack action \"Send the freeze calendar to all POCs\" --owner tnguyen --due 2026-11-24"
)]
pub struct Arguments {
    /// Action, in one line
    what: Option<String>,
    /// Id or name of a person, or an office such as nitc
    #[arg(long, value_name = "ID")]
    owner: Option<String>,
    /// Due date
    #[arg(long, value_name = "DATE")]
    due: Option<String>,
    /// Meeting, for example `weekly 2026-11-18` [default: last held]
    #[arg(long, value_name = "MEETING")]
    meeting: Option<String>,
}

/// The fields that this sets, with their flags.
const FLAGS: &[(&str, &str)] = &[("owner", "owner"), ("due", "due")];

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let ask = Ask::new(session.colors(&std::io::stderr()));
    let project = &session.project;
    let prepared = Prepared::new(project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    let wanted: Vec<String> = arguments.meeting.iter().cloned().collect();
    let reader = Reader::new(session, ask.as_ref());
    let meeting = Wanted::parse(&wanted, session.as_of.date())?.find(&ctx, Fitting::Held)?;
    let key = (meeting.kind, meeting.scheduled);
    if !is_editable(session, key) || is_final(session, &ctx, meeting)? {
        return Ok(status(1));
    }
    if ask.is_some() {
        say!("{}", shown(&named(meeting)));
    }
    let what = match (&arguments.what, &ask) {
        (Some(what), _) => what.trim().to_owned(),
        (None, Some(ask)) => {
            // What is still to be said does not matter here.
            let (office, due) = (Office::HelpDesk.as_str(), meeting.held.date().to_string());
            let add =
                |file: &mut MeetingFile, what: &str| file.add("actions", item(project, meeting, [what, office, &due]));
            ask_for(session, key, ask, "Action, in one line", add)?
        }
        (None, None) => bail!("the action is missing: add it in quotes after `action`"),
    };
    let owner = match (&arguments.owner, &ask) {
        (Some(typed), _) => reader.owner(typed)?,
        (None, Some(ask)) => {
            let owners: Vec<_> = offices(project).into_iter().chain(everyone(session)).collect();
            let names: Vec<String> = owners.iter().map(|(_, name)| name.clone()).collect();
            let chosen = ask.choice("Owner", &names)?;
            owners.into_iter().nth(chosen).map(|(id, _)| id).context("no owner was chosen")?
        }
        (None, None) => {
            bail!("the owner is missing: use --owner with a person's id, or help-desk, nitc, acfo-fs or cfmsccb")
        }
    };
    let due = match (&arguments.due, &ask) {
        (Some(due), _) => reader.day(due, Leaning::Future)?,
        (None, Some(ask)) => {
            let add =
                |file: &mut MeetingFile, due: &str| file.add("actions", item(project, meeting, [&what, &owner, due]));
            ask_for(session, key, ask, "Due date, for example 2026-11-24", add)?
        }
        (None, None) => bail!("the due date is missing: use --due DATE"),
    };
    let make = |project: &Project, _: Option<&Node<'static>>| {
        let mut file = MeetingFile::open(session, project, key)?;
        file.add("actions", item(project, meeting, [&what, &owner, &due]))?;
        Ok(file.draft())
    };
    let stated = Stated::Items("actions", FLAGS);
    let Some(written) = draft::write(session, &ForceArgs::default(), ask.as_ref(), stated, make)? else {
        return Ok(status(1));
    };
    draft::print_diagnostics(session, &written.project, &written.lapses);
    let action = written.project.meetings.get(&key).and_then(|meeting| meeting.record.actions.last());
    let said = action.map(|action| {
        let owner = match &action.owner.value {
            Owner::Person(id) => written.project.person_name(id),
            _ => offices(&written.project).into_iter().find(|(word, _)| *word == owner).map_or(owner, |(_, name)| name),
        };
        let due = day_in_words(action.due.value.0);
        format!("{}: {}\nowner: {owner}; due {due}\nmeeting: {}\n", action.id.value, action.what.0, named(meeting))
    });
    let text = format!("{}{}", said.unwrap_or_default(), written.files());
    let told = std::io::stdout().lock().write_all(shown(&text).as_bytes());
    told.with_context(|| terminal::written_anyway(written.path()))?;
    Ok(ExitCode::SUCCESS)
}

/// Whether the base branch has the minutes of a meeting as final; then it prints which meeting can have the item.
fn is_final(session: &Session, ctx: &Context, meeting: &Occurrence) -> anyhow::Result<bool> {
    let project = &session.project;
    let key = (meeting.kind, meeting.scheduled);
    let Some(record) = project.meetings.get(&key).filter(|own| own.was_held()) else { return Ok(false) };
    if !git::is_in_repository(&session.root) {
        return Ok(false);
    }
    let Some(base) = base::read_default(session)?.and_then(|base| base.records) else { return Ok(false) };
    let is_touched = base.touches(project, record.file);
    if is_touched && !base.records.meetings.get(&key).is_some_and(|was| was.was_held()) {
        return Ok(false);
    }
    let (name, branch) = (shown(&named(meeting)), &base.name);
    say!("error: the minutes of {name} are in the base branch ({branch}), so they are final");
    if let Ok(next) = Wanted::default().find(ctx, Fitting::Next) {
        let (kind, date) = (next.kind, next.scheduled);
        say!("help: add the item to the next meeting with `--meeting \"{kind} {date}\"`; lists show it from then on");
    }
    say!("nothing was written");
    Ok(true)
}

/// The item with the next free id: what, its owner and its due date.
fn item(project: &Project, meeting: &Occurrence, [what, owner, due]: [&str; 3]) -> Fields<'static> {
    let id = project.next_action(meeting.held.date().year());
    let fields = Fields::new().with("id", id).with("what", what.to_owned());
    fields.with("owner", owner.to_owned()).with("due", due.to_owned())
}
