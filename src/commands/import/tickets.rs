//! `heatpack import tickets`: another tracker's export as tickets of ours.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};

use super::{faults_text, read};
use crate::commands::session::Session;
use crate::commands::{draft, lock::Lock, staged, terminal};
use crate::import::{Plan, What, plan};
use crate::load::{Project, parse, text_of};
use crate::model::{Diagnostic, ImportMap, Level, TicketId, TicketState};
use crate::record::Faults;
use crate::render::{import_counts, import_errors, import_problems, import_table};
use crate::report::words::counted;
use crate::rules;
use crate::workflow::{Context, Prepared};

/// Take in the tickets of another tracker's export
///
/// The map says which column and which value is which of ours: see docs/importing.md, and
/// `heatpack schema import-map`. Shows what would be written, and every row that cannot be.
/// With --write all of it is written, or nothing. The same export again changes nothing, and a
/// later one adds only what is new.
///
/// Example: heatpack import tickets export.csv --map imports/servicenow.yaml
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The export, as CSV with a row of headings
    file: PathBuf,
    /// The map
    #[arg(long, value_name = "FILE")]
    map: PathBuf,
    /// Write it, if every row can be
    #[arg(long)]
    write: bool,
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let lock = arguments.write.then(|| Lock::take(&session.root));
    let before = session.reload(&Default::default())?;
    let known = &before.known;
    let is_partial = known.tickets.is_partial() || known.pocs.is_partial() || known.subjects.is_partial();
    if is_partial || known.staff.is_partial() {
        say!("some records have errors, and nobody can tell what they hold: mend what `heatpack check` says first");
        return Ok(ExitCode::from(1));
    }
    let (text, map) = read_map(session, &arguments.map)?;
    let input = File::open(&arguments.file).with_context(|| format!("cannot read {}", arguments.file.display()))?;
    let mut faults = Faults::default();
    let record = |path: &str| std::fs::read(session.root.join(path));
    let Some(plan) = plan(input, &map, &before, &record, &mut faults)? else {
        terminal::say_text(&faults_text(session, &arguments.map, text, faults));
        bail!("{} does not fit {}; nothing was written", arguments.map.display(), arguments.file.display());
    };
    let mut stdout = std::io::stdout().lock();
    let (found, states) = if plan.problems.count == 0 && !plan.drafts.is_empty() {
        let after = session.reload(&plan.drafts)?;
        (draft::brought(session, &before, &after), states(session, &after, &plan))
    } else {
        (Vec::new(), BTreeMap::new())
    };
    let count = |level| found.iter().filter(|own: &&Diagnostic| own.level == level).count();
    let mut text = import_table(&plan, &states);
    text.push_str(&import_problems(&plan));
    text.push_str(&import_errors(&plan, &found));
    text.push_str(&import_counts(&plan, count(Level::Lapse)));
    let wrong = plan.problems.count + count(Level::Error);
    if wrong > 0 {
        stdout.write_all(text.as_bytes())?;
        stdout.flush()?;
        say!("nothing was written: mend the export or the map as said above, or leave those rows out (`skip`)");
        return Ok(ExitCode::from(1));
    }
    if !arguments.write {
        stdout.write_all(text.as_bytes())?;
        let nothing = plan.tickets.iter().all(|own| own.what == What::Nothing);
        writeln!(
            stdout,
            "{}",
            if nothing { "nothing to write" } else { "nothing was written: give --write to do so" }
        )?;
        return Ok(ExitCode::SUCCESS);
    }
    // Before anything is said: whoever reads it may go away.
    staged::write_all(&files(session, &plan))?;
    drop(lock);
    let count = counted(plan.drafts.len(), "file");
    text.push_str(&format!("{count} written\n"));
    stdout.write_all(text.as_bytes()).with_context(|| terminal::written_anyway(&count))?;
    Ok(ExitCode::SUCCESS)
}

/// The map and its text. Its faults are shown as those of records are, with line and caret.
fn read_map(session: &Session, path: &Path) -> anyhow::Result<(String, ImportMap)> {
    let mut faults = Faults { rule_names: rules::NAMES, ..Faults::default() };
    let text = text_of(read(path)?, &mut faults).unwrap_or_default();
    let map = match faults.list.is_empty() {
        true => parse(&text, &mut faults).and_then(|node| ImportMap::read(&node, &mut faults)),
        false => None,
    };
    match map.filter(|_| faults.list.is_empty()) {
        Some(map) => Ok((text, map)),
        None => {
            terminal::say_text(&faults_text(session, path, text, faults));
            bail!("{} is no map; `heatpack schema import-map` says what one holds", path.display());
        }
    }
}

/// The states that the tickets would have.
fn states(session: &Session, after: &Project, plan: &Plan) -> BTreeMap<TicketId, TicketState> {
    let prepared = Prepared::new(after);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    let state = |id: TicketId| Some((id, ctx.state(prepared.tickets.get(&id)?)?));
    plan.tickets.iter().filter_map(|own| state(own.id)).collect()
}

/// In the order in which they are to be written.
fn files(session: &Session, plan: &Plan) -> Vec<staged::File> {
    let file = |path: &String| {
        let new = plan.drafts.get(path)?.clone();
        Some(staged::File { path: session.root.join(path), old: plan.old.get(path).cloned(), new })
    };
    plan.order.iter().filter_map(file).collect()
}
