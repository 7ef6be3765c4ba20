//! `heatpack resolve`: settles the conflicts in records that stopped a merge, a rebase or a cherry-pick.

mod case;
mod judge;
mod numbers;
mod settle;
mod sides;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, bail};

use case::Case;
use judge::{both_entries, is_in, judge};
use numbers::Numbers;
use sides::Sides;

use crate::commands::common::merging::why_not;
use crate::commands::common::options::status;
use crate::commands::common::session::Session;
use crate::commands::common::terminal;
use crate::commands::entry::ask::Ask;
use crate::commands::entry::draft::print_diagnostics;
use crate::disk::lock::Lock;
use crate::disk::{output, staged};
use crate::git;
use crate::load::{Drafts, FileCache, LARGEST, load_again};
use crate::merge::Merge;
use crate::record::list;
use crate::render::shown;

/// Settle conflicts that stopped a merge
///
/// Joins both versions of each record in conflict: entries by time, lists by id, and fields that one side changed. On a
/// terminal, asks about fields that both sides changed. A ticket, CR or action item whose number both sides took gets the
/// next free number if the base branch does not have it. Adds the result to git. Never joins votes, and never commits.
///
/// Exit status 1: a record is still in conflict, or has new errors.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  heatpack resolve\n  heatpack resolve data/tickets/2026/HEAT-10423.yaml")]
pub struct Arguments {
    /// Files in conflict [default: all in data/]
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let root = &session.root;
    let ask = Ask::new(session.colors(&std::io::stderr()));
    let _lock = Lock::take(root);
    let sides = Sides::read(root);
    let mut left: Vec<(String, String)> = Vec::new();
    let mut cases = Vec::new();
    let conflicts = chosen(session, &arguments.files)?;
    if conflicts.is_empty() {
        say!("no record is in conflict");
        return Ok(ExitCode::SUCCESS);
    }
    for file in conflicts {
        match Case::new(root, file) {
            Ok(case) => cases.push(case),
            Err(why) => left.push(why),
        }
    }
    let mut cache = FileCache::default();
    let mut project = load_again(root, session.tracked.as_ref(), &mut cache)?;
    let mut numbers = numbers::settle(root, &mut project, &sides, &mut cases)?;
    left.append(&mut numbers.left);
    let mut settled: BTreeMap<String, String> = std::mem::take(&mut numbers.settled);
    for case in cases.iter().filter(|case| !settled.contains_key(&case.path)).collect::<Vec<_>>() {
        if left.iter().any(|(path, _)| *path == case.path) {
            continue;
        }
        match settle::joined(case, &sides, ask.as_ref())? {
            Merge::Joined(text) => drop(settled.insert(case.path.clone(), text)),
            Merge::Open { disagreements, .. } => {
                let fields: Vec<String> = disagreements.iter().map(|own| own.place()).collect();
                let why = format!("both sides changed {}; run `heatpack resolve` on a terminal", fields.join(", "));
                left.push((case.path.clone(), why));
            }
            Merge::Refused(refusal) => left.push((case.path.clone(), why_not(&refusal, case.kind))),
        }
    }
    let files = to_write(session, &cases, &settled, &numbers);
    let drafts: Drafts = files.iter().map(|(path, file)| (path.clone(), file.new.clone())).collect();
    let judged = judge(session, &cases, &drafts, &mut cache)?;
    let wrong: BTreeSet<&str> = drafts
        .keys()
        .filter(|path| judged.errors.iter().any(|error| is_in(&judged.project, error, path)))
        .map(String::as_str)
        .collect();
    let written: Vec<staged::File> = files.into_values().collect();
    staged::write_all(root, &written, |warning| say!("{warning}"))?;
    let done: Vec<&str> = drafts.keys().map(String::as_str).filter(|path| !wrong.contains(path)).collect();
    git::add(root, &done)?;
    print_diagnostics(session, &judged.project, &judged.errors);
    for case in cases.iter().filter(|case| wrong.contains(case.path.as_str())) {
        say!("{}", shown(&format!("{} has the entries of both sides:", case.path)));
        both_entries(case, &sides).iter().for_each(|line| say!("  {}", shown(line)));
    }
    let word = |path: &str| if cases.iter().any(|case| case.path == path) { "settled" } else { "changed" };
    let mut text: String = done.iter().map(|path| format!("{}: {path}\n", word(path))).collect();
    text.extend(numbers.told.iter().map(|line| format!("renumbered: {line}\n")));
    text.extend(numbers.notes.iter().map(|line| format!("note: {line}\n")));
    text.extend(wrong.iter().map(|path| {
        format!("joined, with errors: {path}: correct what one of the two entered, then run `git add` on it\n")
    }));
    text.extend(left.iter().map(|(path, why)| format!("left in conflict: {path}: {why}\n")));
    text.push_str(&next(session, &sides, left.is_empty() && wrong.is_empty()));
    let told = std::io::stdout().lock().write_all(shown(&text).as_bytes());
    told.with_context(|| terminal::written_anyway("the records"))?;
    Ok(status(left.len() + judged.errors.len()))
}

/// The files in conflict that were named; all of them if none was.
fn chosen(session: &Session, named: &[PathBuf]) -> anyhow::Result<Vec<git::Unmerged>> {
    let mut conflicts = git::unmerged(&session.root, LARGEST)?;
    if named.is_empty() {
        return Ok(conflicts);
    }
    let mut wanted = BTreeSet::new();
    for path in named {
        let here = output::plain(path)?;
        let there = output::plain(&session.root.join(path))?;
        let places = [here.canonicalize().unwrap_or(here), there];
        let inside = places.iter().filter_map(|path| path.strip_prefix(&session.root).ok());
        let inside: Vec<String> = inside.map(|path| path.to_string_lossy().replace('\\', "/")).collect();
        match conflicts.iter().find(|own| inside.contains(&own.path)) {
            Some(own) => drop(wanted.insert(own.path.clone())),
            None => bail!("{} is not in conflict{}", path.display(), known(&conflicts)),
        }
    }
    conflicts.retain(|own| wanted.contains(&own.path));
    Ok(conflicts)
}

/// The files that are in conflict, for a message.
fn known(conflicts: &[git::Unmerged]) -> String {
    let paths: Vec<&str> = conflicts.iter().map(|own| own.path.as_str()).collect();
    if paths.is_empty() { String::new() } else { format!("; these are: {}", list(&paths)) }
}

/// What is written: the settled conflicts, and the files that a new number concerns.
fn to_write(
    session: &Session,
    cases: &[Case],
    settled: &BTreeMap<String, String>,
    numbers: &Numbers,
) -> BTreeMap<String, staged::File> {
    let file = |path: &str, old: Option<Vec<u8>>, new: &str| {
        (path.to_owned(), staged::File { path: session.root.join(path), old, new: new.as_bytes().to_vec() })
    };
    let settled =
        cases.iter().filter_map(|case| Some(file(&case.path, case.on_disk.clone(), settled.get(&case.path)?)));
    settled.chain(numbers.files.iter().map(|(path, (old, new))| file(path, old.clone(), new))).collect()
}

/// What to do next.
fn next(session: &Session, sides: &Sides, is_all: bool) -> String {
    if !is_all {
        return "next: settle the rest, then run `heatpack resolve` again\n".to_owned();
    }
    if git::is_any_unmerged(&session.root) {
        return "next: settle the other files in conflict, which `git status` lists\n".to_owned();
    }
    match sides.next_step() {
        Some(step) => format!("next: {step}\n"),
        None => "next: heatpack check\n".to_owned(),
    }
}
