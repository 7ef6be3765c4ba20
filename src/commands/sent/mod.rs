//! `heatpack sent`: enters what letters were about in the logs of all their records, or in none.

mod letter;
mod plan;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;

use crate::commands::common::session::Session;
use crate::commands::common::terminal;
use crate::commands::entry::ask::Ask;
use crate::commands::entry::author::author;
use crate::commands::entry::draft;
use crate::commands::entry::typed::Reader;
use crate::disk::lock::Lock;
use crate::disk::staged;
use crate::load::{Drafts, Project};
use crate::model::{ChangeEvent, CrId, Level, LogId, TicketEvent};
use crate::render::shown;
use crate::report::mail::LetterEvent;
use crate::report::words::counted;
use crate::workflow::{Context, Prepared};
use letter::SentLetter;
use plan::{Planned, plan};

/// Enter that letters were sent
///
/// Reads what each draft of `heatpack mail` was about, and adds a `follow-up` or `forwarded` entry to the log of every
/// ticket or CR that it names: to all of them, or to none. Only the headers of the file count.
///
/// Exit status 1: a draft no longer holds, or an entry would be an error; nothing is written.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  heatpack sent output/mail/2026-11-18-jrivera.eml")]
pub struct Arguments {
    /// Letters that were sent, as `.eml` files
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Time of sending: `2026-11-02 09:14`, or `09:14` for today [default: now]
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// Staff member who sent them [default: HEATPACK_STAFF]
    #[arg(long, value_name = "STAFF")]
    by: Option<String>,
    /// Enter without asking
    #[arg(long)]
    yes: bool,
}

/// The last line of a refusal.
const NOTHING: &str = "nothing was written";

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let Some(letters) = read_all(&arguments.files)? else { return Ok(refused()) };
    let mut text = String::new();
    for letter in letters.iter().filter(|letter| letter.about.event == LetterEvent::None) {
        text.push_str(&format!("{}: nothing to enter for this letter\n", letter.name()));
    }
    if letters.iter().all(|letter| letter.about.records.is_empty()) {
        std::io::stdout().lock().write_all(text.as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    let ask = Ask::new(session.colors(&std::io::stderr()));
    // No one is asked about letters that do not hold.
    if ask.is_some() && judged(session, &session.project, &letters).is_none() {
        return Ok(refused());
    }
    let at = match &arguments.at {
        Some(at) => Reader::new(session, ask.as_ref()).minute(at)?,
        None => session.time_unsaid("--at", "14:30")?.to_string(),
    };
    let authors = Authors::new(session, arguments.by.as_deref(), &letters, ask.as_ref())?;
    if let Some(ask) = ask.as_ref().filter(|_| !arguments.yes) {
        letters.iter().for_each(|letter| say!("{}", about(letter)));
        let number = letters.iter().map(|letter| letter.about.records.len()).sum();
        if !ask.consent(&format!("Enter {} of {at}?", counted_entries(number)))? {
            say!("{NOTHING}");
            return Ok(refused());
        }
    }
    let lock = Lock::take(&session.root);
    let before = session.reload(&Drafts::new())?;
    let Some(planned) = judged(session, &before, &letters) else { return Ok(refused()) };
    let files = plan::files(&session.root, &before, &planned, &at, |record| authors.of(record))?;
    let drafts: Drafts = files.iter().map(|(path, file)| (path.clone(), file.new.clone())).collect();
    let after = session.reload(&drafts)?;
    let found = draft::new_diagnostics(session, &before, &after);
    let (errors, lapses): (Vec<_>, Vec<_>) = found.into_iter().partition(|own| own.level == Level::Error);
    if !errors.is_empty() {
        draft::print_diagnostics(session, &after, &errors);
        let entries = if planned.len() == 1 { "entry" } else { "entries" };
        say!("{NOTHING}: the {entries} would bring {}", counted(errors.len(), "error"));
        return Ok(refused());
    }
    let (_, files): (Vec<String>, Vec<staged::File>) = files.into_iter().unzip();
    staged::write_all(&session.root, &files, |warning| say!("{warning}"))?;
    drop(lock);
    draft::print_diagnostics(session, &after, &lapses);
    text.push_str(&entered(session, &after, &planned));
    let told = std::io::stdout().lock().write_all(text.as_bytes());
    told.with_context(|| terminal::written_anyway(&counted_entries(planned.len())))?;
    Ok(ExitCode::SUCCESS)
}

/// Reads all letters; `None` if one is not a letter of ours, which is printed then.
fn read_all(files: &[PathBuf]) -> anyhow::Result<Option<Vec<SentLetter>>> {
    let mut letters = Vec::new();
    let mut is_whole = true;
    for path in files {
        match letter::read(path)? {
            Ok(letter) => letters.push(letter),
            Err(no_letter) => {
                say!("error: {}", no_letter.why);
                say!("help: {}", no_letter.help);
                is_whole = false;
            }
        }
    }
    if !is_whole {
        say!("{NOTHING}");
    }
    Ok(is_whole.then_some(letters))
}

/// The entries of the letters; `None` if a letter no longer holds, which is printed then.
fn judged(session: &Session, project: &Project, letters: &[SentLetter]) -> Option<Vec<Planned>> {
    let prepared = Prepared::new(project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    let planned = plan(session, &ctx, letters);
    if planned.is_none() {
        say!("{NOTHING}");
    }
    planned
}

fn refused() -> ExitCode {
    ExitCode::from(1)
}

/// Who sent the letters, by the office that enters each event.
struct Authors {
    tickets: Option<String>,
    changes: Option<String>,
}

impl Authors {
    fn new(
        session: &Session,
        given: Option<&str>,
        letters: &[SentLetter],
        ask: Option<&Ask>,
    ) -> anyhow::Result<Authors> {
        let marks =
            letters.iter().flat_map(|letter| letter.about.records.iter().map(|mark| (letter.about.event, mark)));
        let (tickets, changes): (Vec<_>, Vec<_>) = marks.partition(|(_, mark)| CrId::parse(&mark.id).is_none());
        let mut authors = Authors { tickets: None, changes: None };
        if let Some((event, _)) = tickets.first() {
            // Every event of a letter to a POC or to NITC is the Help Desk's.
            authors.tickets = author(session, given, event.as_str(), Some(TicketEvent::FollowUp), ask)?;
        }
        if let Some((event, _)) = changes.first() {
            authors.changes = author(session, given, event.as_str(), Some(ChangeEvent::Forwarded), ask)?;
        }
        Ok(authors)
    }

    /// Who entered it.
    fn of(&self, record: &LogId) -> Option<String> {
        match record {
            LogId::Ticket(_) => self.tickets.clone(),
            LogId::Change(_) => self.changes.clone(),
        }
    }
}

/// "pat.eml: follow-up for HEAT-11, HEAT-12".
fn about(letter: &SentLetter) -> String {
    let ids: Vec<String> = letter.about.records.iter().map(|mark| shown(&mark.id)).collect();
    format!("{}: {} for {}", letter.name(), letter.about.event, ids.join(", "))
}

fn counted_entries(number: usize) -> String {
    if number == 1 { "1 entry".to_owned() } else { format!("{number} entries") }
}

/// A line for each entry.
fn entered(session: &Session, project: &Project, planned: &[Planned]) -> String {
    let prepared = Prepared::new(project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    planned.iter().map(|own| format!("{}\n", shown(&plan::line(&ctx, planned, own)))).collect()
}
