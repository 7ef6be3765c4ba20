//! The events of tickets and CRs: what the command line takes, and what is possible for a record now.

use std::collections::{BTreeMap, BTreeSet};

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};

use crate::model::{ChangeEvent, CrState, EventKind, LogId, TicketEvent, event_of};
use crate::record::did_you_mean;
use crate::workflow::Context;

/// Takes ids and an event. Help and completions show the events.
#[derive(Debug, Clone)]
pub struct IdOrEvent;

impl TypedValueParser for IdOrEvent {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(events().into_iter()))
    }
}

/// The events of tickets and of change requests, each with its meaning for either.
fn events() -> Vec<PossibleValue> {
    let tickets =
        TicketEvent::table().iter().map(|spec| (spec.event.as_str(), spec.event.about().trim_end_matches('.')));
    let changes =
        ChangeEvent::table().iter().map(|spec| (spec.event.as_str(), spec.event.about().trim_end_matches('.')));
    let mut words: BTreeMap<&str, String> = tickets.map(|(name, about)| (name, about.to_owned())).collect();
    for (name, about) in changes {
        match words.get_mut(name) {
            Some(words) if words != about => words.push_str(&format!("; of a CR: {about}")),
            Some(_) => {}
            None => drop(words.insert(name, format!("of a CR: {about}"))),
        }
    }
    let words_of = |name| words.get(name).cloned().unwrap_or_default();
    names().into_iter().map(|name| PossibleValue::new(name).help(words_of(name))).collect()
}

/// The names of all events, those of tickets first.
fn names() -> Vec<&'static str> {
    let order = TicketEvent::ALL.iter().map(|event| event.as_str());
    let mut names: Vec<&str> = order.chain(ChangeEvent::ALL.iter().map(|event| event.as_str())).collect();
    let mut seen = BTreeSet::new();
    names.retain(|name| seen.insert(*name));
    names
}

/// Whether a word is the name of an event.
pub fn is_event(word: &str) -> bool {
    event_of::<TicketEvent>(word).is_some() || event_of::<ChangeEvent>(word).is_some()
}

/// The event that a mistyped word probably means.
pub fn meant(word: &str) -> Option<String> {
    did_you_mean(word, names())
}

/// The events that are possible for a record now, each with its meaning.
pub fn possible(ctx: &Context, record: &LogId) -> Vec<(&'static str, &'static str)> {
    match record {
        LogId::Ticket(id) => {
            let Some(line) = ctx.prepared.tickets.get(id) else { return Vec::new() };
            let Some(state) = ctx.state(line) else { return Vec::new() };
            let runs = ctx.next_due(line).is_some();
            let is_possible = |event: TicketEvent| match event {
                TicketEvent::Waived => runs,
                TicketEvent::Struck => line.ticket.log.iter().any(|entry| entry.event.value != TicketEvent::Struck),
                _ => true,
            };
            of_table(state).filter(|event| is_possible(*event)).map(words).collect()
        }
        LogId::Change(id) => {
            let Some(line) = ctx.prepared.changes.get(id) else { return Vec::new() };
            of_table(line.state_at(ctx.as_of).unwrap_or(CrState::Draft)).map(words::<ChangeEvent>).collect()
        }
    }
}

/// The events that are allowed in a state.
fn of_table<E: EventKind>(state: E::State) -> impl Iterator<Item = E> {
    E::table().iter().filter(move |spec| spec.allowed.contains(&state)).map(|spec| spec.event)
}

fn words<E: EventKind>(event: E) -> (&'static str, &'static str) {
    (event.name(), event.about().trim_end_matches('.'))
}
