//! What is to be amended: from the flags, or by asking.

use anyhow::{Context as _, bail};
use chrono::NaiveDate;

use super::fixed::{Listed, listed};
use super::text::ticket_fields;
use crate::commands::common::session::Session;
use crate::commands::entry::ask::{Ask, said_text};
use crate::commands::entry::flags::FlagValues;
use crate::commands::entry::typed::Reader;
use crate::model::{Leaning, LogId, TicketId, all_entry_fields};
use crate::record::{Field, Node};

/// What is to be amended.
#[derive(Debug, Clone)]
pub enum Plan {
    /// Fields of the ticket itself.
    Record(Vec<Set>),
    /// An entry, by its place.
    Entry { place: usize, what: What },
}

/// What becomes of an entry.
#[derive(Debug, Clone)]
pub enum What {
    /// Fields of it change, and it may go to another ticket.
    Changes { fields: Vec<Set>, to: Option<TicketId> },
    /// It is taken back.
    Gone,
}

/// A field and its new value.
#[derive(Debug, Clone)]
pub struct Set {
    pub field: Field,
    pub values: Vec<String>,
}

impl Set {
    /// The value as a record has it.
    pub fn node(&self) -> Node<'static> {
        match self.field.is_list {
            true => self.values.clone().into(),
            false => self.values.first().cloned().unwrap_or_default().into(),
        }
    }

    /// The value as one text.
    pub fn text(&self) -> String {
        self.values.join(", ")
    }
}

/// The flags of the command.
pub struct Flags<'f> {
    pub entry: Option<&'f str>,
    pub last: bool,
    pub to: Option<TicketId>,
    pub remove: bool,
    /// The fields that were given.
    pub fields: &'f FlagValues,
}

/// The fields of an entry that belong to no ticket.
fn is_of_entry(name: &str) -> bool {
    all_entry_fields().iter().any(|field| field.name == name) && !is_of_ticket(name)
}

fn is_of_ticket(name: &str) -> bool {
    ticket_fields().iter().any(|field| field.name == name)
}

/// The plan that the flags give; `None` if they change nothing.
pub fn plan(
    session: &Session,
    record: &LogId,
    flags: &Flags,
    ask: Option<&Ask>,
    free: &[usize],
) -> anyhow::Result<Option<Plan>> {
    let reader = Reader::new(session, ask);
    let names = || flags.fields.keys().map(String::as_str);
    if let (true, Some(name)) = (flags.remove, names().next()) {
        bail!("--remove takes the whole entry back: use it without --{}", name.replace('_', "-"));
    }
    let is_entry =
        flags.last || flags.entry.is_some() || flags.to.is_some() || flags.remove || names().any(is_of_entry);
    if !is_entry {
        let fields = sets(&ticket_fields(), flags.fields, &reader, session.as_of.date())?;
        if fields.is_empty() {
            return Ok(None);
        }
        if matches!(record, LogId::Change(_)) {
            bail!("{record} is a CR: edit its file, and submit it again with `heatpack log {record} submitted`");
        }
        return Ok(Some(Plan::Record(fields)));
    }
    if let Some(name) =
        names().find(|name| is_of_ticket(name) && !all_entry_fields().iter().any(|own| own.name == *name))
    {
        let flag = name.replace('_', "-");
        bail!("--{flag} is a field of the ticket, not of an entry: amend it in a command of its own");
    }
    let entries = listed(&session.project, record);
    let place = place(record, &entries, flags, ask, free)?;
    if flags.remove {
        return Ok(Some(Plan::Entry { place, what: What::Gone }));
    }
    let day = entries.get(place).map_or(session.as_of, |entry| entry.at).date();
    let fields = sets(&all_entry_fields(), flags.fields, &reader, day)?;
    let is_nothing = fields.is_empty() && flags.to.is_none();
    Ok((!is_nothing).then_some(Plan::Entry { place, what: What::Changes { fields, to: flags.to } }))
}

/// The fields that were given, with their values as records write them. A time of day alone is on `day`.
fn sets(fields: &[Field], given: &FlagValues, reader: &Reader, day: NaiveDate) -> anyhow::Result<Vec<Set>> {
    let mut sets = Vec::new();
    for field in fields {
        let Some(values) = given.get(&field.name) else { continue };
        let read = |value: &String| read(field, value, reader, day);
        sets.push(Set { field: field.clone(), values: values.iter().map(read).collect::<Result<_, _>>()? });
    }
    Ok(sets)
}

fn read(field: &Field, typed: &str, reader: &Reader, day: NaiveDate) -> anyhow::Result<String> {
    match field.name.as_str() {
        _ if field.is_long => said_text(typed),
        "at" => reader.minute_on(typed, day, Leaning::Past),
        _ => reader.field(field, typed),
    }
}

/// The place of the entry that is meant.
fn place(
    record: &LogId,
    entries: &[Listed],
    flags: &Flags,
    ask: Option<&Ask>,
    free: &[usize],
) -> anyhow::Result<usize> {
    if entries.is_empty() {
        bail!("{record} has no entries");
    }
    if flags.last {
        return Ok(entries.len() - 1);
    }
    let Some(typed) = flags.entry.map(str::trim) else {
        return match ask {
            Some(ask) => choose(record, entries, free, ask),
            None => bail!("the entry is missing: use --last, or --entry with a number\n{}", numbered(entries)),
        };
    };
    let by_number = typed.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let found = match by_number {
        Some(at) => Some(at).filter(|at| *at < entries.len()),
        None => entries.iter().rposition(|entry| entry.name == typed),
    };
    found.with_context(|| format!("{record} has no entry `{typed}`\n{}", numbered(entries)))
}

/// The entries with their numbers.
fn numbered(entries: &[Listed]) -> String {
    let line = |(at, entry): (usize, &Listed)| format!("{:>3}  {}", at + 1, crate::render::shown(&entry.words));
    entries.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

/// Has one of the entries chosen that can be amended, the newest first.
fn choose(record: &LogId, entries: &[Listed], free: &[usize], ask: &Ask) -> anyhow::Result<usize> {
    if free.is_empty() {
        bail!(
            "every entry of {record} is in the base branch, and cannot be amended; `heatpack explain history-rewritten`"
        );
    }
    let newest: Vec<usize> = free.iter().rev().copied().collect();
    let words: Vec<String> = newest.iter().filter_map(|at| entries.get(*at)).map(|entry| entry.words.clone()).collect();
    let chosen = ask.choice("Which entry?", &words)?;
    newest.get(chosen).copied().context("no entry was chosen")
}

/// The plan, by asking. `current` is the value of a field as it is.
pub fn asked(
    session: &Session,
    record: &LogId,
    flags: &Flags,
    ask: &Ask,
    free: &[usize],
    current: impl Fn(Option<usize>, &str) -> Option<String>,
) -> anyhow::Result<Plan> {
    let reader = Reader::new(session, Some(ask));
    let entries = listed(&session.project, record);
    let is_ticket = matches!(record, LogId::Ticket(_));
    let names_entry = flags.last || flags.entry.is_some();
    let of_entry = !is_ticket
        || names_entry
        || (!free.is_empty()
            && ask.choice("What is wrong?", &["An entry".to_owned(), "The ticket itself".to_owned()])? == 0);
    if !of_entry {
        let fields: Vec<Field> = ticket_fields()
            .into_iter()
            .filter(|field| !field.is_nested && field.name != "id" && field.name != "log")
            .collect();
        let set = value_asked(ask, &fields, &reader, session.as_of.date(), |name| current(None, name))?;
        return Ok(Plan::Record(vec![set]));
    }
    let place = place(record, &entries, flags, Some(ask), free)?;
    let fields = all_entry_fields();
    let is_offered = |field: &Field| {
        ["at", "by", "note"].contains(&field.name.as_str())
            || (current(Some(place), &field.name).is_some() && field.name != "exception" && field.name != "digest")
    };
    let fields: Vec<Field> = fields.into_iter().filter(is_offered).collect();
    let mut choices: Vec<String> =
        fields.iter().map(|field| format!("Change {}: {}", field.name, field.about.trim_end_matches('.'))).collect();
    choices.push("Take the entry back".to_owned());
    if is_ticket {
        choices.push("Move it to another ticket".to_owned());
    }
    let chosen = ask.choice("What is to be done?", &choices)?;
    let what = match chosen.checked_sub(fields.len()) {
        Some(0) => What::Gone,
        Some(_) => {
            let typed = ask.line("To which ticket?", None)?;
            let to = TicketId::typed(&typed).with_context(|| format!("`{typed}` is not a ticket's number"))?;
            What::Changes { fields: Vec::new(), to: Some(to) }
        }
        None => {
            let day = entries.get(place).map_or(session.as_of, |entry| entry.at).date();
            let field = fields.get(chosen..=chosen).unwrap_or_default();
            let set = value_asked(ask, field, &reader, day, |name| current(Some(place), name))?;
            What::Changes { fields: vec![set], to: None }
        }
    };
    Ok(Plan::Entry { place, what })
}

/// A new value for one of some fields, by asking.
fn value_asked(
    ask: &Ask,
    fields: &[Field],
    reader: &Reader,
    day: NaiveDate,
    current: impl Fn(&str) -> Option<String>,
) -> anyhow::Result<Set> {
    let at = match fields {
        [_] => 0,
        _ => {
            let names: Vec<String> =
                fields.iter().map(|field| format!("{}: {}", field.name, field.about.trim_end_matches('.'))).collect();
            ask.choice("Which field?", &names)?
        }
    };
    let field = fields.get(at).context("there is nothing to change")?.clone();
    let question = field.about.trim_end_matches('.').to_owned();
    let now = current(&field.name);
    let choose = |many: bool| -> anyhow::Result<Vec<String>> {
        let words: Vec<String> = field.words.iter().map(|(word, about)| format!("{word}: {about}")).collect();
        let chosen = if many { ask.choices(&question, &words)? } else { vec![ask.choice(&question, &words)?] };
        Ok(chosen.into_iter().filter_map(|at| field.words.get(at)).map(|(word, _)| word.clone()).collect())
    };
    let values = if !field.words.is_empty() {
        choose(field.is_list)?
    } else if field.is_long {
        vec![ask.edit(&question, now.as_deref().unwrap_or_default(), None)?]
    } else {
        vec![read(&field, &ask.line(&question, now.as_deref())?, reader, day)?]
    };
    Ok(Set { field, values })
}
