//! The lists of a project, each a file of its own, to which an entry is added; all other bytes stay what they are.

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::{Context as _, bail};

use crate::commands::common::options::status;
use crate::commands::common::record_file::read_record;
use crate::commands::common::session::Session;
use crate::commands::common::terminal;
use crate::commands::entry::ask::Ask;
use crate::commands::entry::draft::{self, Draft, ForceArgs};
use crate::commands::entry::form::Form;
use crate::commands::entry::judge::{self, Trial};
use crate::commands::entry::meeting_file::refuse_errors;
use crate::commands::entry::stated_fields::Stated;
use crate::load::{BOARD, add_item, append_item, without_example};
use crate::model::{Board, RuleId};
use crate::record::{Fields, Node, Value, fields_of, to_yaml};
use crate::render::{shown, starter};

/// A list file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListFile {
    Subjects,
    Staff,
    /// The members in the board's file.
    Members,
}

impl ListFile {
    /// From the project's root.
    pub fn path(self) -> &'static str {
        match self {
            ListFile::Subjects => "data/subjects.yaml",
            ListFile::Staff => "data/staff.yaml",
            ListFile::Members => BOARD,
        }
    }

    /// The field that is the list; none where the file is.
    pub fn list(self) -> Option<&'static str> {
        (self == ListFile::Members).then_some("members")
    }

    /// Whether an entry can be added; prints the errors of a file that has some.
    pub fn is_editable(self, session: &Session) -> bool {
        let is_broken = session.project.left_out.iter().any(|path| path == self.path());
        if is_broken {
            refuse_errors(session, self.path());
        }
        !is_broken
    }

    /// What the file holds, and its text; a missing one begins as that of a new project.
    pub fn read(self, session: &Session) -> anyhow::Result<(Option<Vec<u8>>, String)> {
        let place = session.root.join(self.path());
        if place.symlink_metadata().is_err() {
            if session.project.known.elsewhere.contains(self.path()) {
                bail!("git has {}, which is not checked out or was deleted: restore that file", self.path());
            }
            let file = starter().into_iter().find(|file| file.path == self.path());
            return Ok((None, file.map(|file| file.text).unwrap_or_default()));
        }
        let (old, text) = read_record(session, self.path())?;
        Ok((Some(old), text))
    }

    /// The text with one more entry.
    fn with(self, text: &str, item: Fields<'static>) -> anyhow::Result<String> {
        let item: Node = item.into();
        let added = match self.list() {
            None => append_item(text, &item).map_err(anyhow::Error::from),
            // A file of comments is the board of a new project.
            Some(list) if text.lines().all(|line| line.trim().is_empty() || line.starts_with('#')) => {
                let board = Fields::new().with("terms", Vec::<String>::new()).with(list, vec![item]);
                Ok(format!("{}{}", without_example(text), to_yaml(&board.into())))
            }
            Some(list) => add_item(text, &fields_of(&Board::schema(), Board::FIELDS), list, &item).map_err(Into::into),
        };
        added.with_context(|| format!("cannot add to {}", self.path()))
    }

    /// Why the answer to the question for a field will not do, in an entry of these fields.
    pub fn wrong_with(
        self,
        session: &Session,
        form: &Form,
        name: &str,
        nested: &[(&str, Node<'static>)],
    ) -> anyhow::Result<Option<String>> {
        let (_, text) = self.read(session)?;
        let trial = form.trial(nested);
        let (text, stated) = (self.with(&text, trial.record)?, Stated::LastItem(self.list()));
        let trial = Trial { path: self.path(), text, stated, is_whole: trial.is_whole };
        judge::wrong_in(session, &ForceArgs::default(), form, name, trial)
    }

    /// Adds an entry, edits the text `then`, and prints it as `words`.
    pub fn add(
        self,
        session: &Session,
        ask: Option<&Ask>,
        form: &Form,
        item: &Fields<'static>,
        then: impl Fn(String) -> anyhow::Result<String>,
        words: &str,
    ) -> anyhow::Result<ExitCode> {
        let make = |_: &_, _: Option<&_>| {
            let (old, text) = self.read(session)?;
            let text = then(self.with(&text, item.clone())?)?;
            Ok(Draft { path: self.path().to_owned(), old, new: text.into_bytes() })
        };
        let stated = Stated::LastItem(self.list());
        let Some(written) = draft::write(session, &ForceArgs::default(), ask, stated, make)? else {
            let lacks = form.lacks();
            if !lacks.is_empty() {
                say!("to add what is missing, use {}", lacks.join(", "));
            }
            return Ok(status(1));
        };
        // A new module has no POC yet; what comes next says so.
        let mut lapses = written.lapses.clone();
        lapses.retain(|own| self != ListFile::Subjects || own.rule != RuleId::SubjectWithoutPoc);
        draft::print_diagnostics(session, &written.project, &lapses);
        let text = format!("{words}\n{}", written.files());
        let told = std::io::stdout().lock().write_all(shown(&text).as_bytes());
        told.with_context(|| terminal::written_anyway(self.path()))?;
        Ok(ExitCode::SUCCESS)
    }
}
