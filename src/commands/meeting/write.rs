//! Writes the files of an edited meeting, and prints the result.

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::Context as _;

use crate::commands::common::options::status;
use crate::commands::common::session::Session;
use crate::commands::common::terminal;
use crate::commands::entry::draft::{self, Draft, ForceArgs};
use crate::commands::entry::stated_fields::{FlagNames, Stated};
use crate::load::Project;
use crate::model::MeetingKey;
use crate::render::shown;
use crate::workflow::{Context, Occurrence, Prepared};

/// The key of a meeting's file.
pub fn key_of(meeting: &Occurrence) -> MeetingKey {
    (meeting.kind, meeting.scheduled)
}

/// Writes the files, and prints what `then` makes of the meeting, then the paths.
pub fn write(
    session: &Session,
    meeting: MeetingKey,
    flags: FlagNames,
    make: impl Fn(&Project) -> anyhow::Result<Vec<Draft>>,
    then: impl FnOnce(&Context, &Occurrence) -> String,
) -> anyhow::Result<ExitCode> {
    let make = |project: &Project, _: Option<&_>| make(project);
    let Some(written) = draft::write_all(session, &ForceArgs::default(), None, Stated::Fields(flags), make)? else {
        return Ok(status(1));
    };
    draft::print_diagnostics(session, &written.project, &written.lapses);
    let prepared = Prepared::new(&written.project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    let planned = ctx.meetings(meeting.0).iter().find(|other| other.scheduled == meeting.1);
    let words = planned.map(|planned| then(&ctx, planned)).unwrap_or_default();
    let text = format!("{words}{}", written.files());
    let told = std::io::stdout().lock().write_all(shown(&text).as_bytes());
    told.with_context(|| terminal::written_anyway(written.path()))?;
    Ok(ExitCode::SUCCESS)
}
