//! `heatpack import mail`: what mails that came could be, as commands; enters the acknowledgments that are safe.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};

use crate::commands::common::options::TextOrJson;
use crate::commands::common::record_file::read_record;
use crate::commands::common::session::{Session, own_staff_id};
use crate::commands::common::terminal;
use crate::commands::entry::draft;
use crate::disk::lock::Lock;
use crate::disk::staged;
use crate::import::mail::{LARGEST_FILE, read};
use crate::load::{Drafts, Project, insert};
use crate::model::{Level, Minute, PersonId, TicketId};
use crate::record::Node;
use crate::render::{mail_in_json, mail_in_text, shown};
use crate::report::entered::entered_ticket;
use crate::report::mail_in::{Incoming, MailLine, judge};
use crate::report::words::counted;
use crate::workflow::{Context, Prepared};

/// Propose log entries and tickets for mails that came
///
/// Reads `.eml`, `.msg` and mbox files. Prints the ticket and the sender of each mail, and commands that would enter it.
/// A mail proves nothing, so check each command before you run it. Never opens attachments, and never sends mail.
///
/// Exit status 1: a file cannot be read, or --apply could not add every entry.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  heatpack import mail ~/Downloads/*.eml\n  heatpack import mail inbox/ --apply")]
pub struct Arguments {
    /// Mails, mailboxes, or folders of them
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Add `acknowledged` entries from NITC staff if nothing is in doubt
    #[arg(long)]
    apply: bool,
    /// Output format
    #[arg(long, value_enum, default_value = "text")]
    format: TextOrJson,
}

/// The most files of a run.
const MOST_FILES: usize = 10_000;
/// The endings of the files that are read of a folder.
const ENDINGS: [&str; 4] = ["eml", "msg", "mbox", "mbx"];

/// What the files hold.
#[derive(Default)]
struct Inbox {
    mails: Vec<Incoming>,
    /// The files that cannot be read, and why.
    unreadable: Vec<(String, String)>,
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let inbox = read_all(&arguments.files)?;
    let is_whole = inbox.unreadable.is_empty();
    let lock = arguments.apply.then(|| Lock::take(&session.root));
    let project = session.reload(&Drafts::new())?;
    let prepared = Prepared::new(&project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    let own = own_staff_id().and_then(|own| PersonId::parse(&own));
    let mails = judge(&ctx, inbox.mails, own.as_ref());
    let entries = if arguments.apply { entries(session, &project, &mails)? } else { BTreeMap::new() };
    if !is_whole && !entries.is_empty() {
        say!("nothing was entered: omit the files that cannot be read, or correct them");
        return Ok(ExitCode::from(1));
    }
    let mut text = String::new();
    if !entries.is_empty() {
        let drafts: Drafts = entries.values().map(|own| (own.path.clone(), own.file.new.clone())).collect();
        let after = session.reload(&drafts)?;
        let mut wrong = draft::new_diagnostics(session, &project, &after);
        wrong.retain(|found| found.level == Level::Error);
        if !wrong.is_empty() {
            draft::print_diagnostics(session, &after, &wrong);
            say!("nothing was entered: run without `--apply`, and check each command");
            return Ok(ExitCode::from(1));
        }
        let places: Vec<(TicketId, usize)> = entries.iter().map(|(id, own)| (*id, own.place)).collect();
        let files: Vec<staged::File> = entries.into_values().map(|own| own.file).collect();
        staged::write_all(&session.root, &files, |warning| say!("{warning}"))?;
        text = entered(session, &after, &places);
    }
    drop(lock);
    let was_entered = !text.is_empty();
    let out = match arguments.format {
        TextOrJson::Json => mail_in_json(&mails, &inbox.unreadable, session.as_of, was_entered),
        TextOrJson::Text => {
            let body = mail_in_text(&mails, &project.settings.names, was_entered);
            format!("{body}{}{}\n{text}", if body.is_empty() { "" } else { "\n" }, summary(&mails, was_entered))
        }
    };
    std::io::stdout().lock().write_all(out.as_bytes()).with_context(|| match was_entered {
        true => terminal::written_anyway("the entries"),
        false => "cannot print".to_owned(),
    })?;
    Ok(ExitCode::from(u8::from(!is_whole)))
}

/// Reads all files, and prints what keeps one from being read.
fn read_all(paths: &[PathBuf]) -> anyhow::Result<Inbox> {
    let mut inbox = Inbox::default();
    for path in files(paths)? {
        let name = path.display().to_string();
        match read(&bytes(&path)?) {
            Ok(mails) => {
                let is_one = mails.len() == 1;
                let one = |(index, mail)| Incoming { file: name.clone(), number: (!is_one).then_some(index + 1), mail };
                inbox.mails.extend(mails.into_iter().enumerate().map(one));
            }
            Err(why) => {
                say!("error: {}: {why}", shown(&name));
                say!("help: {}", why.help());
                inbox.unreadable.push((name, why.to_string()));
            }
        }
    }
    Ok(inbox)
}

/// The files, those of folders in order of their names.
fn files(paths: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for path in paths {
        let failed = || format!("cannot read {}", path.display());
        if !std::fs::metadata(path).with_context(failed)?.is_dir() {
            found.push(path.clone());
            continue;
        }
        let mut own = Vec::new();
        for entry in std::fs::read_dir(path).with_context(failed)? {
            let entry = entry.with_context(failed)?;
            let ending = entry.path().extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
            let is_mail = ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()));
            if is_mail && entry.file_type().with_context(failed)?.is_file() {
                own.push(entry.path());
            }
        }
        if own.is_empty() {
            bail!("{} has no .eml, .msg or mbox files", path.display());
        }
        own.sort();
        found.extend(own);
    }
    if found.len() > MOST_FILES {
        bail!("more than {MOST_FILES} files: import a part of them at a time");
    }
    Ok(found)
}

/// The bytes of a file; at most one more than a file of mails may have.
fn bytes(path: &Path) -> anyhow::Result<Vec<u8>> {
    let failed = || format!("cannot read {}", path.display());
    let file = File::open(path).with_context(failed)?;
    let mut bytes = Vec::new();
    file.take(LARGEST_FILE + 1).read_to_end(&mut bytes).with_context(failed)?;
    Ok(bytes)
}

/// An entry that is safe, in its ticket's file.
struct SafeEntry {
    path: String,
    file: staged::File,
    /// Its place in the log.
    place: usize,
}

/// The entries that are safe, by their tickets. A ticket gets one at most.
fn entries(session: &Session, project: &Project, mails: &[MailLine]) -> anyhow::Result<BTreeMap<TicketId, SafeEntry>> {
    let mut files = BTreeMap::new();
    for own in mails.iter().flat_map(|mail| &mail.proposals) {
        let (Some(id), Some(entry)) = (own.ticket, own.entry()) else { continue };
        let ticket = project.tickets.get(&id).context("another program deleted the ticket")?;
        let path = project.file(ticket.file).path.clone();
        let (old, text) = read_record(session, &path)?;
        // The mail may be older than the last entry.
        let at = own.value("at").and_then(Minute::parse).unwrap_or(session.as_of);
        let index = ticket.log.iter().take_while(|entry| entry.at.value <= at).count();
        let entry: Node = entry.into();
        let new = insert(&text, index, &entry).with_context(|| format!("cannot add to {path}"))?;
        let file = staged::File { path: session.root.join(&path), old: Some(old), new: new.into_bytes() };
        files.insert(id, SafeEntry { path, file, place: index });
    }
    Ok(files)
}

/// A line for each entry.
fn entered(session: &Session, project: &Project, places: &[(TicketId, usize)]) -> String {
    let prepared = Prepared::new(project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    let lines = places.iter().filter_map(|(id, place)| entered_ticket(&ctx, *id, *place)).map(|entered| entered.line());
    lines.map(|line| format!("{}\n", shown(&line))).collect()
}

/// "3 mails; nothing was entered".
fn summary(mails: &[MailLine], was_entered: bool) -> String {
    let safe = mails.iter().flat_map(|mail| &mail.proposals).filter(|own| own.certain).count();
    let entries = if safe == 1 { "1 entry".to_owned() } else { format!("{safe} entries") };
    let entered = match (safe, was_entered) {
        (0, _) => "nothing was entered".to_owned(),
        (_, true) => format!("{entries} added"),
        (_, false) => format!("nothing was entered; `--apply` adds {entries}"),
    };
    format!("{}; {entered}", counted(mails.len(), "mail"))
}
