//! `heatpack meeting minutes`: the minutes, from a flag, a file or an editor.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, bail};

use super::write::{key_of, write};
use crate::commands::common::session::Session;
use crate::commands::common::which_meeting::named;
use crate::commands::entry::ask::{Ask, said_text};
use crate::commands::entry::meeting_file::MeetingFile;
use crate::load::Project;
use crate::workflow::Occurrence;

/// Enter the minutes [default: of the last meeting]
///
/// Without `--text` or `--file`, opens your editor with the present minutes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  heatpack meeting minutes\n  heatpack meeting minutes --text \"We reviewed all outstanding tickets.\""
)]
#[command(override_usage = "heatpack meeting [weekly|monthly] [DATE|next|last] minutes [OPTIONS]")]
pub struct Arguments {
    /// Minutes (Markdown); `-` reads standard input
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    text: Option<String>,
    /// File that holds the minutes
    #[arg(long, value_name = "FILE", conflicts_with = "text")]
    file: Option<PathBuf>,
}

/// Enters the minutes.
pub fn execute(
    session: &Session,
    meeting: &Occurrence,
    arguments: &Arguments,
    ask: Option<&Ask>,
) -> anyhow::Result<ExitCode> {
    let key = key_of(meeting);
    let text = match (&arguments.text, &arguments.file, ask) {
        (Some(text), ..) => said_text(text)?,
        (None, Some(file), _) => {
            let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
            tidied(&text)?
        }
        (None, None, Some(ask)) => ask_for(session, meeting, ask)?,
        (None, None, None) => bail!("the minutes are missing: use --text TEXT or --file FILE"),
    };
    if text.trim().is_empty() {
        bail!("the minutes are blank, and nothing was written");
    }
    let make = |project: &Project| {
        let mut file = MeetingFile::open(session, project, key)?;
        file.set("minutes", text.clone())?;
        Ok(vec![file.draft()])
    };
    write(session, key, &[("minutes", "text")], make, |_, meeting| {
        let lines = meeting.record.and_then(|record| record.minutes.as_ref()).map_or(0, |own| own.0.lines().count());
        let lines = if lines == 1 { "1 line".to_owned() } else { format!("{lines} lines") };
        let is_held = meeting.record.is_some_and(|record| record.was_held());
        let next = if is_held { "" } else { "next: `heatpack meeting held`, which makes them final\n" };
        format!("{}: minutes of {lines}\n{next}", named(meeting))
    })
}

/// A file's text with one kind of line end, as a typed one has it.
fn tidied(text: &str) -> anyhow::Result<String> {
    match text.strip_prefix('\u{feff}').unwrap_or(text) {
        "-" => Ok("-".to_owned()),
        text => said_text(text),
    }
}

/// Has the minutes written in an editor until they break no rule.
fn ask_for(session: &Session, meeting: &Occurrence, ask: &Ask) -> anyhow::Result<String> {
    let minutes = meeting.record.and_then(|record| record.minutes.as_ref());
    let (mut text, mut why) = (minutes.map(|own| own.0.clone()).unwrap_or_default(), None);
    loop {
        text = ask.edit("The minutes (Markdown)", text.trim_end(), why.as_deref())?;
        let mut file = MeetingFile::open(session, &session.project, key_of(meeting))?;
        file.set("minutes", text.clone())?;
        why = file.wrong_with(session)?;
        match &why {
            None => return Ok(text),
            Some(why) => ask.refuse(why),
        }
    }
}
