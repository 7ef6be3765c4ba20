//! The file of a meeting while it is edited: a new one, or one of which all other bytes stay what they are.

use anyhow::{Context as _, bail};

use super::ask::Ask;
use super::draft::{self, Draft};
use super::judge;
use crate::commands::common::record_file::read_record;
use crate::commands::common::session::Session;
use crate::load::{Drafts, Project, Target, add_item, set_field};
use crate::model::{Action, Level, Meeting, MeetingKey};
use crate::record::{Node, Part, Value, fields_of, new_file};
use crate::render::schema_path;

/// The file of a meeting, and its text as edited so far.
pub struct MeetingFile {
    path: String,
    /// What the file holds by now; `None` if it is new.
    old: Option<Vec<u8>>,
    text: String,
}

impl MeetingFile {
    /// Reads the file; a missing one begins with the meeting's kind and date.
    pub fn open(session: &Session, project: &Project, key: MeetingKey) -> anyhow::Result<MeetingFile> {
        let (kind, date) = key;
        let Some(meeting) = project.meetings.get(&key) else {
            let path = Meeting::path_of(kind, date);
            if project.files.iter().any(|file| file.path == path) {
                bail!("{path} has errors, and nothing was written");
            }
            if project.known.elsewhere.contains(&path) {
                bail!("git has {path}, which is not checked out or was deleted: restore that file");
            }
            let schema = format!("{}{}", "../".repeat(path.matches('/').count()), schema_path("meeting"));
            let parts = [Part::Value("kind", kind.to_string().into()), Part::Value("date", date.to_string().into())];
            return Ok(MeetingFile { path, old: None, text: new_file(&schema, &parts) });
        };
        let path = project.file(meeting.file).path.clone();
        let (old, text) = read_record(session, &path)?;
        Ok(MeetingFile { path, old: Some(old), text })
    }

    /// Sets a field.
    pub fn set(&mut self, name: &str, value: impl Into<Node<'static>>) -> anyhow::Result<()> {
        let fields = fields_of(&Meeting::schema(), Meeting::FIELDS);
        let set = set_field(&self.text, Target::Record, &fields, name, &value.into());
        self.text = set.with_context(|| format!("cannot edit {}", self.path))?;
        Ok(())
    }

    /// Sets a field, if there is a value for it.
    pub fn set_some(&mut self, name: &str, value: Option<impl Into<Node<'static>>>) -> anyhow::Result<()> {
        value.map_or(Ok(()), |value| self.set(name, value))
    }

    /// Adds an item to a list.
    pub fn add(&mut self, list: &str, item: impl Into<Node<'static>>) -> anyhow::Result<()> {
        let fields = fields_of(&Meeting::schema(), Meeting::FIELDS);
        let added = add_item(&self.text, &fields, list, &item.into());
        self.text = added.with_context(|| format!("cannot edit {}", self.path))?;
        Ok(())
    }

    /// Sets a field of an action item.
    pub fn set_in_action(&mut self, id: &str, name: &str, value: impl Into<Node<'static>>) -> anyhow::Result<()> {
        let fields = fields_of(&Action::schema(), Action::FIELDS);
        let target = Target::Item { list: "actions", id };
        let set = set_field(&self.text, target, &fields, name, &value.into());
        self.text = set.with_context(|| format!("cannot edit {}", self.path))?;
        Ok(())
    }

    /// Why the rules reject the file as edited so far.
    pub fn wrong_with(self, session: &Session) -> anyhow::Result<Option<String>> {
        let draft = self.draft();
        let after = session.reload(&Drafts::from([(draft.path, draft.new)]))?;
        let found = draft::new_diagnostics(session, &session.project, &after);
        Ok(found.iter().find(|own| own.level == Level::Error).map(judge::words))
    }

    /// The file as it is to be written.
    pub fn draft(self) -> Draft {
        Draft { path: self.path, old: self.old, new: self.text.into_bytes() }
    }
}

/// A line that is asked for until the rules accept what `edit` makes of it in the meeting's file.
pub fn ask_for(
    session: &Session,
    key: MeetingKey,
    ask: &Ask,
    question: &str,
    edit: impl Fn(&mut MeetingFile, &str) -> anyhow::Result<()>,
) -> anyhow::Result<String> {
    loop {
        let line = ask.line(question, None)?;
        let mut file = MeetingFile::open(session, &session.project, key)?;
        edit(&mut file, &line)?;
        match file.wrong_with(session)? {
            None => return Ok(line),
            Some(why) => ask.refuse(&why),
        }
    }
}

/// Whether the file of a meeting can be edited, or is not there yet; if it has errors, prints them.
pub fn is_editable(session: &Session, key: MeetingKey) -> bool {
    let (project, path) = (&session.project, Meeting::path_of(key.0, key.1));
    if project.meetings.contains_key(&key) || !project.files.iter().any(|file| file.path == path) {
        return true;
    }
    refuse_errors(session, &path);
    false
}

/// Prints the errors of a meeting's file that cannot be edited.
pub fn refuse_errors(session: &Session, path: &str) {
    let project = &session.project;
    let own = project.faults.iter().filter(|fault| fault.place.path(&project.files) == path);
    draft::print_diagnostics(session, project, &own.cloned().collect::<Vec<_>>());
    say!("{path} has errors: fix them, then run this command again");
}
