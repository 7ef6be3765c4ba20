//! What the kinds of new records have in common: flags for their fields, what there is to choose from, and writing.

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context as _, bail};

use crate::commands::common::options::status;
use crate::commands::common::session::Session;
use crate::commands::common::terminal;
use crate::commands::entry::ask::Ask;
use crate::commands::entry::draft::{self, Draft, ForceArgs};
use crate::commands::entry::flags::FlagFields;
use crate::commands::entry::form::{Choice, Form};
use crate::commands::entry::stated_fields::Stated;
use crate::load::Project;
use crate::record::{Field, Node, Value};
use crate::render::{schema_path, shown};
use crate::workflow::is_supported;

/// A kind of record that can be made.
pub trait Kind: Value {
    /// Its name among the schemas.
    const NAME: &'static str;
    /// Its fields that can be said.
    fn fields() -> Vec<Field>;
}

impl<K: Kind> FlagFields for K {
    fn flag_fields() -> Vec<Field> {
        K::fields()
    }
}

/// Writes a new record, of which `make` gives the path and the text, and says `then` what comes of it.
pub fn write(
    session: &Session,
    force_args: &ForceArgs,
    ask: Option<&Ask>,
    form: &Form,
    make: impl Fn(&Project, Option<&Node<'static>>) -> anyhow::Result<(String, String)>,
    then: impl FnOnce(&Project, &str) -> String,
) -> anyhow::Result<ExitCode> {
    let draft = |project: &Project, exception: Option<&Node<'static>>| {
        let (path, text) = make(project, exception)?;
        if project.files.iter().any(|file| file.path == path) {
            bail!("there is {path} already: take another id, or edit that file");
        }
        if project.known.elsewhere.contains(&path) {
            bail!("git has {path}, which is not checked out or was deleted: use another id, or restore that file");
        }
        Ok(Draft { path, old: None, new: text.into_bytes() })
    };
    let Some(written) = draft::write(session, force_args, ask, Stated::All, draft)? else {
        // An id is found where none is said.
        let lacks: Vec<String> = form.lacks().into_iter().filter(|flag| flag != "--id").collect();
        if !lacks.is_empty() {
            say!("to add what is missing, use {}", lacks.join(", "));
        }
        return Ok(status(1));
    };
    draft::print_diagnostics(session, &written.project, &written.lapses);
    let mut stdout = std::io::stdout().lock();
    let text = format!("{}{}", then(&written.project, written.path()), written.files());
    stdout.write_all(shown(&text).as_bytes()).with_context(|| terminal::written_anyway(written.path()))?;
    Ok(ExitCode::SUCCESS)
}

/// Ends the command after a person chose to write nothing.
pub fn not_written() -> ExitCode {
    say!("nothing was written");
    status(1)
}

/// Stops before the first question if a field has nothing to choose from: each `lacking` tells what is missing and how to
/// add it.
pub fn has_choices(session: &Session, lacking: &[(bool, &str)]) -> anyhow::Result<()> {
    let lacking: Vec<&str> = lacking.iter().filter(|(lacks, _)| *lacks).map(|(_, what)| *what).collect();
    if lacking.is_empty() {
        return Ok(());
    }
    let known = &session.project.known;
    let is_partial = known.subjects.is_partial() || known.pocs.is_partial() || known.staff.is_partial();
    let broken = if is_partial { "; some files have errors and were skipped: run `heatpack check`" } else { "" };
    bail!("{}{broken}", lacking.join("; "));
}

/// What is missing where no module or initiative is supported today.
pub const NO_SUBJECT: &str = "no module or initiative is supported today: add one with `heatpack new subject`";

/// The way from a file of `data/` to the schema of its kind, which `init` writes.
pub fn way_to_schema<K: Kind>(path: &str) -> String {
    format!("{}{}", "../".repeat(path.matches('/').count()), schema_path(K::NAME))
}

/// The modules and initiatives that are supported today.
pub fn subjects(session: &Session) -> Vec<Choice> {
    let today = session.as_of.date();
    let now = session.project.subjects.iter().filter(|subject| is_supported(subject, today));
    now.map(|own| (own.id.to_string(), format!("{} ({}, {})", own.name.0, own.id.value, own.kind))).collect()
}
