//! The values of a new entry, from the flags and by asking.

use std::collections::BTreeMap;

use crate::commands::common::session::Session;
use crate::commands::entry::ask::{Ask, said_text};
use crate::commands::entry::author::author;
use crate::commands::entry::flags::FlagValues;
use crate::commands::entry::form::Choice;
use crate::commands::entry::own_fields::own_fields;
use crate::commands::entry::typed::Reader;
use crate::model::{EventKind, Minute, entry_fields, entry_lacks, event_of};
use crate::record::{Fields, Node};

/// What the flags say of an entry.
pub struct Flags<'f> {
    pub event: &'f str,
    pub at: Option<&'f str>,
    pub by: Option<&'f str>,
    pub own: &'f FlagValues,
}

/// What can be chosen for the fields that name something on record.
#[derive(Default)]
pub struct Choices {
    /// POCs to whom the ticket can be handed over.
    pub pocs: Vec<Choice>,
    /// Entries that can be struck.
    pub entries: Vec<Choice>,
}

impl Choices {
    fn of(&self, field: &str) -> &[Choice] {
        match field {
            "poc" => &self.pocs,
            "entry" => &self.entries,
            _ => &[],
        }
    }
}

/// An entry as it was stated, without the digest and the exception.
pub struct EntryValues {
    fields: Fields<'static>,
    note: Option<String>,
}

impl EntryValues {
    /// Its time, if it is one.
    pub fn at(&self) -> Option<Minute> {
        self.text("at").as_deref().and_then(Minute::parse)
    }

    /// Who made it.
    pub fn by(&self) -> Option<String> {
        self.text("by")
    }

    fn text(&self, name: &str) -> Option<String> {
        let node: Node = self.fields.clone().into();
        node.get(name).and_then(Node::text).map(str::to_owned)
    }

    /// The entry as people write it: what belongs to the event, then the note.
    pub fn with(&self, digest: Option<String>, exception: Option<&Node<'static>>) -> Fields<'static> {
        let fields = self.fields.clone().with_some("digest", digest).with_some("note", self.note.clone());
        fields.with_some("exception", exception.cloned())
    }
}

/// The entry, from the flags and by asking.
pub fn entry<E: EventKind>(
    session: &Session,
    flags: &Flags,
    ask: Option<&Ask>,
    choices: &Choices,
) -> anyhow::Result<EntryValues> {
    let reader = Reader::new(session, ask);
    let at = match (flags.at, ask) {
        (Some(at), _) => reader.minute(at)?,
        (None, Some(ask)) if session.as_of_is_day => {
            reader.minute(&ask.line(&format!("Time on {}, for example 14:30", session.as_of.date()), None)?)?
        }
        (None, _) => session.time_unsaid("--at", "14:30")?.to_string(),
    };
    let event = event_of::<E>(flags.event);
    let by = author(session, flags.by, flags.event, event, ask)?;
    let mut own: BTreeMap<String, String> = BTreeMap::new();
    for (name, values) in flags.own {
        let text = values.join(", ");
        let field = own_fields().into_iter().find(|field| field.name == *name && !field.is_long);
        let read = field.map(|field| reader.field(&field, &text));
        own.insert(name.clone(), if name == "note" { said_text(&text)? } else { read.unwrap_or(Ok(text))? });
    }
    if let (Some(event), Some(ask)) = (event, ask) {
        ask_for_the_rest(event, &mut own, ask, reader, choices)?;
    }
    let mut fields = Fields::new().with("at", at).with("event", flags.event.to_owned()).with_some("by", by);
    let note = own.remove("note");
    for field in own_fields() {
        fields = fields.with_some(field.name.clone(), own.remove(&field.name));
    }
    Ok(EntryValues { fields, note })
}

/// Asks for what the event needs and no flag gave.
fn ask_for_the_rest<E: EventKind>(
    event: E,
    own: &mut BTreeMap<String, String>,
    ask: &Ask,
    reader: Reader,
    choices: &Choices,
) -> anyhow::Result<()> {
    let fields = entry_fields(event);
    loop {
        let lacking = entry_lacks(event, |name| own.get(name).map(String::as_str));
        let Some(field) = fields.iter().find(|field| lacking.first() == Some(&field.name.as_str())) else {
            return Ok(());
        };
        let question = field.about.trim_end_matches('.');
        let known = choices.of(&field.name);
        let answer = if !known.is_empty() {
            let names: Vec<String> = known.iter().map(|(_, name)| name.clone()).collect();
            let chosen = ask.choice(question, &names)?;
            known.get(chosen).map(|(id, _)| id.clone()).unwrap_or_default()
        } else if field.is_long {
            ask.text(question, None)?
        } else if field.words.is_empty() {
            ask.line(question, None)?
        } else {
            let choices: Vec<String> = field.words.iter().map(|(word, about)| format!("{word}: {about}")).collect();
            let chosen = ask.choice(question, &choices)?;
            field.words.get(chosen).map(|(word, _)| word.clone()).unwrap_or_default()
        };
        let answer = if field.is_long { answer } else { reader.field(field, &answer)? };
        own.insert(field.name.clone(), answer);
    }
}
