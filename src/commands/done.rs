//! `heatpack done`: the date on which action items were done, in whatever meetings' files hold them.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io::Write as _;
use std::process::ExitCode;

use anyhow::{Context as _, bail};

use crate::commands::common::options::status;
use crate::commands::common::session::Session;
use crate::commands::common::terminal;
use crate::commands::entry::ask::Ask;
use crate::commands::entry::draft::{self, ForceArgs};
use crate::commands::entry::meeting_file::{MeetingFile, refuse_errors};
use crate::commands::entry::stated_fields::Stated;
use crate::commands::entry::typed::Reader;
use crate::load::Project;
use crate::model::{Action, ActionId, Leaning, MeetingKey, day_in_words};
use crate::record::{Node, did_you_mean};
use crate::render::shown;

/// Record that action items were done
///
/// Asks for the items when run in a terminal without any. Leaves the rest of the files unchanged. A date that breaks a
/// rule is rejected, with the reason.
///
/// Exit status 1: the date was rejected, and nothing was written.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  heatpack done A-2026-031\n  heatpack done A-2026-031 A-2026-032 --on 2026-11-23")]
pub struct Arguments {
    /// Action items
    #[arg(value_name = "ID")]
    ids: Vec<String>,
    /// Date on which they were done [default: today]
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let ask = Ask::new(session.colors(&std::io::stderr()));
    let project = &session.project;
    let mut ids = Vec::new();
    for typed in &arguments.ids {
        let id = id_typed(typed)?;
        if let Some(path) = file_with_errors(project, &id) {
            refuse_errors(session, &path);
            return Ok(status(1));
        }
        ids.push(id);
    }
    if ids.is_empty() {
        let Some(ask) = &ask else { bail!("the action item is missing: add its id, for example A-2026-031") };
        let open: Vec<&Action> = all(project).map(|(_, action)| action).filter(|own| own.done.is_none()).collect();
        if open.is_empty() {
            bail!("no action item is open");
        }
        let names: Vec<String> = open.iter().map(|own| format!("{}: {}", own.id.value, own.what.0)).collect();
        let chosen = ask.choices("Which action items were done?", &names)?;
        ids.extend(chosen.into_iter().filter_map(|at| open.get(at)).map(|own| own.id.value.clone()));
    }
    let on = match &arguments.on {
        Some(on) => Reader::new(session, ask.as_ref()).day(on, Leaning::Past)?,
        // A date is enough, unless the records ended before today.
        None if session.as_of_is_day && session.as_of_given => session.as_of.date().to_string(),
        None => session.time_unsaid("--on", "2026-11-24")?.date().to_string(),
    };
    for id in &ids {
        let (_, action) = find(project, id)?;
        if let (Some(done), None) = (action.done, &arguments.on) {
            say!(
                "{id} was done on {}, and nothing was written; use --on to correct the date",
                day_in_words(done.value.0)
            );
            return Ok(status(1));
        }
    }
    let make = |project: &Project, _: Option<&Node<'static>>| {
        let mut files: BTreeMap<MeetingKey, MeetingFile> = BTreeMap::new();
        for id in &ids {
            let (key, _) = find(project, id)?;
            let file = match files.entry(key) {
                Entry::Occupied(file) => file.into_mut(),
                Entry::Vacant(place) => place.insert(MeetingFile::open(session, project, key)?),
            };
            file.set_in_action(id.as_str(), "done", on.clone())?;
        }
        Ok(files.into_values().map(MeetingFile::draft).collect())
    };
    let stated = Stated::Items("actions", &[("done", "on")]);
    let Some(written) = draft::write_all(session, &ForceArgs::default(), ask.as_ref(), stated, make)? else {
        return Ok(status(1));
    };
    draft::print_diagnostics(session, &written.project, &written.lapses);
    let mut text = String::new();
    for id in &ids {
        let (_, action) = find(&written.project, id)?;
        let done = action.done.map(|done| day_in_words(done.value.0)).unwrap_or_default();
        text.push_str(&format!("{id}: done {done}: {}\n", action.what.0));
    }
    text.push_str(&written.files());
    let told = std::io::stdout().lock().write_all(shown(&text).as_bytes());
    told.with_context(|| terminal::written_anyway(written.path()))?;
    Ok(ExitCode::SUCCESS)
}

/// All action items, with the meetings that made them.
fn all(project: &Project) -> impl Iterator<Item = (MeetingKey, &Action)> {
    project.meetings.iter().flat_map(|(key, meeting)| meeting.record.actions.iter().map(|action| (*key, action)))
}

/// The action item of that id.
fn find<'p>(project: &'p Project, id: &ActionId) -> anyhow::Result<(MeetingKey, &'p Action)> {
    all(project).find(|(_, action)| action.id.value == *id).with_context(|| {
        let near = did_you_mean(id.as_str(), all(project).map(|(_, action)| action.id.value.as_str()));
        format!("no action item {id}; {}", near.unwrap_or_else(|| "the pack lists the open ones".to_owned()))
    })
}

/// The id as records write it, from one as people type it: `a-2026-31`.
fn id_typed(typed: &str) -> anyhow::Result<ActionId> {
    ActionId::typed(typed).with_context(|| format!("`{typed}` is not an action item's id: write it like A-2026-031"))
}

/// The file that has an item of that id, and that errors keep from being read.
fn file_with_errors(project: &Project, id: &ActionId) -> Option<String> {
    if all(project).any(|(_, action)| action.id.value == *id) {
        return None;
    }
    let is_left_out = |path: &&String| path.starts_with("data/meetings/");
    let mut paths = project.left_out.iter().filter(is_left_out);
    let has_id =
        |path: &&String| project.files.iter().any(|file| file.path == **path && file.text.contains(id.as_str()));
    paths.find(has_id).cloned()
}
