//! The dated entries of a log, from which all states follow.

use std::fmt;
use std::ops::Deref;

use serde_json::{Map, Value as Json, json};

use super::{
    Audience, ClockKind, Digest, EntryName, EventKind, EventSpec, Markdown, Minute, PersonId, Span, Spanned, Text,
    TicketEvent, TicketId, Until,
};
use crate::record::{
    Compared, FLAG, Faults, Field, Help, Mapping, Node, RuleId, Value, Values, described, did_you_mean, fields_of,
    list, or_blank, read_text, schema_of_fields, schema_of_words,
};
use crate::{compared, record, words};

words! {
    /// The result of NITC's research.
    pub enum Outcome: "outcome of research" {
        /// There is an answer.
        Answer = "answer",
        /// The code must change.
        CodeChange = "code-change",
    }
}

record! {
    /// Records that a rule was broken deliberately.
    pub struct Exception: "an exception" {
        /// the rule that was broken
        pub rule: Spanned<RuleId>,
        /// the reason in one line
        pub reason: Text,
        /// the id of the person who allowed it
        pub allowed_by: Spanned<PersonId>,
    }
}

impl Value for RuleId {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        let help = |text: &str| {
            did_you_mean(text, RuleId::NAMES.iter().copied())
                .unwrap_or_else(|| "write a rule's name as a message shows it in brackets".to_owned())
        };
        read_text(node, "a rule's name", faults, RuleId::from_name, help)
    }

    fn schema() -> Json {
        json!({"$ref": "#/$defs/rule_name"})
    }
}

impl Exception {
    /// The exception, if it is one to that rule.
    pub fn to(exception: &Option<Exception>, rule: RuleId) -> Option<&Exception> {
        exception.as_ref().filter(|exception| exception.rule.value == rule)
    }
}

impl fmt::Display for Exception {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, allowed by {}: {}", self.rule.value, self.allowed_by.value, self.reason.0)
    }
}

compared!(Exception);

record! {
    /// The fields of an entry, except its event.
    pub struct Details: "an entry", compared {
        /// when it happened
        pub at: Spanned<Minute>,
        /// who did it; optional for a `note` only
        pub by: Option<Spanned<PersonId>>,
        /// a comment (Markdown)
        pub note: Option<Markdown>,
        /// NITC's own number
        pub nitc_ref: Option<Spanned<Text>>,
        /// who can read the resolution as an answer; all POCs if omitted
        pub answer: Option<Audience>,
        /// the result of the research
        pub outcome: Option<Outcome>,
        /// the ticket that this one repeats
        pub duplicate_of: Option<Spanned<TicketId>>,
        /// the id of the POC who follows the ticket from now on
        pub poc: Option<Spanned<PersonId>>,
        /// the deadline to waive
        pub clock: Option<Spanned<ClockKind>>,
        /// for `follow-up`: the date on which the POC counts as contacted
        pub until: Option<Until>,
        /// the entry that no longer counts, by its time and event
        pub entry: Option<Spanned<EntryName>>,
        /// the release with the code change
        pub release: Option<Text>,
        /// the digest of the request that the board decides on, or decided on; `heatpack log` writes it
        pub digest: Option<Spanned<Digest>>,
        /// the digest of the mail that it was entered from, as `heatpack import mail` prints it
        pub mail: Option<Spanned<Digest>>,
        /// records that this breaks a rule deliberately
        pub exception: Option<Exception>,
    }
}

/// One entry of a log.
#[derive(Debug, Clone)]
pub struct Entry<E> {
    pub event: Spanned<E>,
    pub details: Details,
    /// The entry's first line.
    pub span: Span,
    /// All of the entry.
    pub whole: Span,
}

impl<E> Deref for Entry<E> {
    type Target = Details;

    fn deref(&self) -> &Details {
        &self.details
    }
}

impl<E: EventKind> Entry<E> {
    /// The fields and their texts; the entry's place in the file does not matter.
    pub fn values(&self) -> Values {
        let mut values = self.details.values();
        values.insert(1, ("event", Some(vec![self.event.value.to_string()])));
        values
    }
}

impl<E: EventKind> Compared for Entry<E> {
    fn texts(&self) -> Option<Vec<String>> {
        Some(self.values().into_iter().filter_map(|(_, texts)| texts).flatten().collect())
    }
}

/// The fields that every entry can have, in the order of writing.
const COMMON: [&str; 6] = ["at", "event", "by", "note", MAIL, "exception"];
/// The fields that belong to some event.
const SPECIAL: [&str; 10] =
    ["nitc_ref", "answer", "outcome", "duplicate_of", "poc", "clock", "until", "entry", "release", WRITTEN];
/// The field with the mail that an entry of any event was entered from.
const MAIL: &str = "mail";
/// The field that `heatpack log` writes itself, and that no one fills in.
const WRITTEN: &str = "digest";

impl<E: EventKind> Value for Entry<E> {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        let event = node.get("event").and_then(|event| event.text()).and_then(event_of::<E>);
        let mut fields = COMMON.to_vec();
        match event {
            Some(event) => {
                fields.extend(event.spec().asks.required);
                fields.extend(event.spec().asks.optional);
            }
            // The fields of an unknown event are unknown.
            None => fields.extend(SPECIAL),
        }
        let what = event.map_or("an entry".to_owned(), |event| format!("an entry `{event}`"));
        let mapping = Mapping::new(node, &what, &fields, faults)?;
        read(&mapping, event, node.span, faults)
    }

    fn schema() -> Json {
        // One alternative for each event, so that editors offer the fields of the event that is written.
        json!({"anyOf": E::table().iter().map(schema_of_event).collect::<Vec<_>>()})
    }
}

fn schema_of_event<E: EventKind>(spec: &EventSpec<E, E::State>) -> Json {
    let (name, asks) = (spec.event.name(), spec.asks);
    let offices: Vec<&str> = spec.offices.iter().map(|office| office.as_str()).collect();
    let mut required = vec!["at", "event"];
    let by = if offices.is_empty() {
        described(or_blank(PersonId::schema()), "the id of the person who did it; optional")
    } else {
        required.push("by");
        described(PersonId::schema(), &format!("the staff id of the person who did it, of {}", offices.join(" or ")))
    };
    let details = Details::schema();
    let own = |field: &&str| (field.to_string(), schema_of_field(&details, field, asks.required.contains(field)));
    let fields = ["at", "note", MAIL, "exception"].iter().chain(asks.required).chain(asks.optional);
    let mut properties: Map<String, Json> = fields.map(own).collect();
    properties.insert("event".to_owned(), described(json!({"const": name}), spec.event.about()));
    properties.insert("by".to_owned(), by);
    required.extend(asks.required);
    if asks.note {
        required.push("note");
    }
    let mut schema = described(schema_of_fields(properties, &required), spec.event.about());
    schema["title"] = name.into();
    if asks.optional.contains(&"duplicate_of") {
        schema["anyOf"] = json!([{"required": ["note"]}, {"required": ["duplicate_of"]}]);
    }
    if asks.optional.contains(&"until") {
        let follow_up = json!({"properties": {"clock": {"const": ClockKind::FollowUp}}, "required": ["clock"]});
        schema["if"] = follow_up;
        schema["then"] = json!({"required": ["until"]});
        schema["else"] = json!({"properties": {"until": {"type": "null"}}});
    }
    schema
}

fn schema_of_field(details: &Json, field: &str, is_required: bool) -> Json {
    let schema = &details["properties"][field];
    let about = schema["description"].as_str().unwrap_or_default();
    if field == "clock" {
        return described(schema_of_words(waivable().map(|kind| (kind.as_str(), kind.about()))), about);
    }
    // A required field cannot be left blank.
    match schema["anyOf"].get(0).filter(|_| is_required) {
        Some(value) => described(value.clone(), about),
        None => schema.clone(),
    }
}

/// The fields of an event that a person fills in, then its note and its mail.
pub fn entry_fields<E: EventKind>(event: E) -> Vec<Field> {
    let names: Vec<&str> = SPECIAL.iter().copied().filter(|name| *name != WRITTEN).chain(["note", MAIL]).collect();
    fields_of(&schema_of_event(event.spec()), &names)
}

/// Every field that an entry of some event may have, in the order of writing.
pub fn all_entry_fields() -> Vec<Field> {
    let mut schema = Details::schema();
    schema["properties"]["event"] = described(json!({"type": "string", "pattern": "."}), "the event");
    let names = ["at", "event", "by"].iter().copied().chain(SPECIAL).chain(["note", MAIL, "exception"]);
    fields_of(&schema, &names.collect::<Vec<_>>())
}

/// The missing fields of an entry of this event; `get` returns the present ones.
pub fn entry_lacks<'v, E: EventKind>(event: E, get: impl Fn(&str) -> Option<&'v str>) -> Vec<&'static str> {
    let spec = event.spec();
    let is_follow_up = get("clock") == Some(ClockKind::FollowUp.as_str());
    let until = spec.asks.optional.iter().copied().filter(|field| *field == "until" && is_follow_up);
    let note = asks_note(event, get("duplicate_of").is_some()).then_some("note");
    let asked = spec.asks.required.iter().copied().chain(until).chain(note);
    asked.filter(|field| get(field).is_none_or(|text| text.trim().is_empty())).collect()
}

/// Whether an event needs a note: `voided` does, unless it has `duplicate_of`.
fn asks_note<E: EventKind>(event: E, is_duplicate: bool) -> bool {
    event.spec().asks.note || (event.name() == TicketEvent::Voided.as_str() && !is_duplicate)
}

/// The event of that name.
pub fn event_of<E: EventKind>(word: &str) -> Option<E> {
    E::table().iter().map(|spec| spec.event).find(|event| event.name() == word)
}

/// The clocks of a ticket; `forward-cr` belongs to a CR.
fn waivable() -> impl Iterator<Item = ClockKind> {
    ClockKind::ALL.iter().copied().filter(|kind| *kind != ClockKind::ForwardCr)
}

/// Reads the fields of an entry; those of another event are only reported as unknown.
fn read<E: EventKind>(mapping: &Mapping, event: Option<E>, whole: Span, faults: &mut Faults) -> Option<Entry<E>> {
    let named = mapping.field::<Spanned<E>>("event", None, faults);
    let details = Details::decode_fields(mapping, faults);
    let (named, details) = (named?, details?);
    let span = Span { start: mapping.span.start, end: named.span.end.max(mapping.span.end) };
    let entry = Entry { event: named, details, span, whole };
    ask(&entry, mapping, event?, faults).then_some(entry)
}

/// Reports the missing fields of an event; `missing-detail` reports a missing note.
fn ask<E: EventKind>(entry: &Entry<E>, mapping: &Mapping, event: E, faults: &mut Faults) -> bool {
    let before = faults.list.len();
    let spec = event.spec();
    if entry.by.is_none() && !spec.offices.is_empty() {
        mapping.missing("by", entry.event.span, faults);
    }
    for field in spec.asks.required.iter().copied() {
        if mapping.node(field).is_none_or(|node| node.is_blank()) {
            mapping.missing(field, entry.event.span, faults);
        }
    }
    if let Some(clock) = entry.clock {
        match (clock.value, entry.until) {
            (ClockKind::ForwardCr, _) => {
                let names: Vec<&str> = waivable().map(ClockKind::as_str).collect();
                faults.invalid(
                    clock.span,
                    "a ticket has no `forward-cr` deadline",
                    format!("write one of {}", list(&names)),
                );
            }
            (ClockKind::FollowUp, None) => mapping.missing("until", entry.event.span, faults),
            (ClockKind::FollowUp, Some(_)) | (_, None) => {}
            (_, Some(_)) => {
                let message = "`until` is for `clock: follow-up` only";
                faults.add(RuleId::InvalidValue, mapping.key_span("until"), message).help(Help::Either {
                    file: "delete this line, or write `clock: follow-up`".to_owned(),
                    flags: format!("omit {FLAG}, or use --clock follow-up"),
                });
            }
        }
    }
    // A field that was misspelt may be the one that is missing: nothing is reported then, yet it is not there.
    faults.list.len() == before && required_are_there(entry, mapping, event)
}

fn required_are_there<E: EventKind>(entry: &Entry<E>, mapping: &Mapping, event: E) -> bool {
    let spec = event.spec();
    let by = entry.by.is_some() || spec.offices.is_empty();
    by && spec.asks.required.iter().all(|field| mapping.node(field).is_some_and(|node| !node.is_blank()))
}

impl<E: EventKind> Entry<E> {
    /// The missing text that the event needs: `note`.
    pub fn lacks_note(&self) -> bool {
        asks_note(self.event.value, self.duplicate_of.is_some()) && self.note.is_none()
    }
}
