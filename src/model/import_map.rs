//! A map: how the export of another tracker becomes tickets (`heatpack import tickets`).

use serde_json::{Value as Json, json};

use super::import_source::Source;
use super::import_values::{CellTexts, Encoding, TimeForm, Ways};
use super::settings::ZoneName;
use super::{
    Area, EventKind, Markdown, Minute, Outcome, PersonId, Spanned, SubjectId, SubjectKind, Text, TicketEvent,
    TicketKind, TicketNumber, TimeOfDay,
};
use crate::record::{Faults, Kind, Node, RuleId, Value};
use crate::{record, words};

words! {
    /// The kind of row in the export.
    pub enum RowKind: "kind of row" {
        /// The present state of a ticket.
        Tickets = "tickets",
        /// An update of a ticket, oldest first.
        Updates = "updates",
    }
}

words! {
    /// The way to handle a name without a record.
    pub enum Unknown: "way to deal with it" {
        /// The row cannot be imported.
        Fail = "fail",
        /// A record is created.
        Create = "create",
    }
}

words! {
    /// The separator of two cells.
    pub enum Delimiter: "delimiter" {
        /// A comma.
        Comma = "comma",
        /// A semicolon.
        Semicolon = "semicolon",
        /// A tab.
        Tab = "tab",
    }
}

impl Delimiter {
    /// The delimiter itself.
    pub fn byte(self) -> u8 {
        match self {
            Delimiter::Comma => b',',
            Delimiter::Semicolon => b';',
            Delimiter::Tab => b'\t',
        }
    }
}

record! {
    /// The import map: how an export becomes tickets.
    pub struct ImportMap: "a map" {
        /// the name of the other tracker, stored in imported tickets with their numbers
        pub tracker: Spanned<Text>,
        /// the encoding of the file, for example utf-8, windows-1252 or utf-16le
        pub encoding: Encoding = Encoding(encoding_rs::UTF_8),
        /// the separator of two cells: comma, semicolon or tab
        pub delimiter: Delimiter = Delimiter::Comma,
        /// the kind of row: tickets (their present state) or updates
        pub rows: RowKind = RowKind::Tickets,
        /// the time zone of the export's times [default: the project's]
        pub zone: Option<ZoneName>,
        /// the formats of the export's times, for example "%m/%d/%Y %I:%M %p"
        pub times: Vec<TimeForm>,
        /// the time of day for a date without one
        pub time_of_day: Option<TimeOfDay>,
        /// rows to skip: those that meet one of these conditions
        pub skip: Conditions = Conditions(Vec::new()),
        /// the tracker's number of a ticket
        pub number: NumberMap,
        /// the first number for imported tickets that do not keep the tracker's
        pub numbers_from: Option<Spanned<TicketNumber>>,
        /// the time of an update; required for `rows: updates`
        pub updated: Option<Source<Minute>>,
        /// the sources of a ticket's fields
        pub ticket: TicketMap,
        /// the way to handle POCs without a record: fail or create
        pub unknown_pocs: Spanned<Unknown> = Spanned { value: Unknown::Fail, span: super::Span::default() },
        /// the sources of a new POC's fields
        pub new_poc: Option<NewPoc>,
        /// the way to handle modules and initiatives without a record: fail or create
        pub unknown_subjects: Unknown = Unknown::Fail,
        /// the kind of a new subject: module or initiative
        pub new_subject: SubjectKind = SubjectKind::Module,
        /// the exception for tickets whose POC was not designated; without it they are rejected
        pub not_designated: Option<NotDesignated>,
        /// the rules for log entries
        pub events: Vec<EventMap> = Vec::new(),
    }
}

record! {
    /// The tracker's number of a ticket.
    pub struct NumberMap: "the number" {
        /// the heading of the column
        pub column: Spanned<Text>,
        /// the prefix before the digits, which is removed
        pub prefix: Option<Text>,
        /// whether to keep the number; if false, imported tickets get free numbers
        pub keep: bool = false,
    }
}

record! {
    /// The sources of a ticket's fields.
    pub struct TicketMap: "the ticket" {
        /// the subject line
        pub title: Source<Text>,
        /// the module or initiative, by id or name
        pub subject: Source<SubjectId>,
        /// question or issue
        pub kind: Source<TicketKind>,
        /// functional or technical
        pub area: Source<Area>,
        /// who contacted the Help Desk, by id, email or name
        pub poc: Source<PersonId>,
        /// the time received
        pub received: Source<Minute>,
        /// phone, email or both
        pub via: Source<Ways>,
        /// the question or problem (Markdown)
        pub description: Source<Markdown>,
        /// what the POC tried first (Markdown)
        pub first_line: Option<Source<Markdown>>,
    }
}

record! {
    /// The sources of a new POC's fields. A new POC has no designations.
    pub struct NewPoc: "a new POC" {
        /// the person's name
        pub name: Source<Text>,
        /// their email address; this or a phone number is needed
        pub email: Option<Source<Text>>,
        /// their phone number
        pub phone: Option<Source<Text>>,
        /// the POC's office
        pub office: Option<Source<Text>>,
    }
}

record! {
    /// The exception for tickets whose POC was not designated.
    pub struct NotDesignated: "an exception" {
        /// the reason in one line
        pub reason: Text,
        /// the id of the person who allowed it
        pub allowed_by: PersonId,
    }
}

record! {
    /// A rule for log entries: a row that meets all conditions and has a time makes one.
    pub struct EventMap: "an event" {
        /// the event
        pub event: Spanned<TicketEvent>,
        /// the time [default: the time of the update]
        pub at: Option<Source<Minute>>,
        /// who did it, by id, email or name
        pub by: Option<Source<PersonId>>,
        /// the conditions, which a row must all meet
        pub when: Conditions = Conditions(Vec::new()),
        /// a comment (Markdown)
        pub note: Option<Source<Markdown>>,
        /// for `acknowledged`: NITC's own number
        pub nitc_ref: Option<Source<Text>>,
        /// for `researched`: the result
        pub outcome: Option<Source<Outcome>>,
    }
}

record! {
    /// A condition on a row: one of `is`, `becomes` and `not`.
    pub struct Condition: "a condition" {
        /// the heading of the column
        pub column: Spanned<Text>,
        /// the cell is one of these; "" is a blank cell
        pub is: Option<CellTexts>,
        /// the cell is one of these and was not in the previous update
        pub becomes: Option<Spanned<CellTexts>>,
        /// the cell is none of these
        pub not: Option<CellTexts>,
    }
}

/// Conditions: a list, or a single one.
#[derive(Debug, Clone)]
pub struct Conditions(pub Vec<Condition>);

impl Value for Conditions {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        match &node.kind {
            Kind::Map(_) => Condition::decode(node, faults).map(|one| Conditions(vec![one])),
            _ => Vec::decode(node, faults).map(Conditions),
        }
    }

    fn schema() -> Json {
        json!({"anyOf": [Condition::schema(), Vec::<Condition>::schema()]})
    }
}

impl ImportMap {
    /// Reads a map from the tree of its file: what fits no field, and what does not go together.
    pub fn read(node: &Node, faults: &mut Faults) -> Option<ImportMap> {
        let map = ImportMap::decode(node, faults)?;
        map.check(faults);
        (!faults.are_fatal()).then_some(map)
    }

    /// Reads the true dates of a workbook too, whatever the forms of times in the texts of its cells. They come first:
    /// `%Y-%d-%m` would take them for other days.
    pub fn add_true_dates(&mut self) {
        let forms = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"];
        self.times.splice(0..0, forms.map(|form| TimeForm(form.to_owned())));
    }

    fn check(&self, faults: &mut Faults) {
        if self.tracker.as_str().contains(',') {
            let help = "write a short name without a comma; imported tickets store it";
            faults.invalid(self.tracker.span, "the tracker's name contains a comma", help);
        }
        if self.times.is_empty() {
            let help = "write at least one, for example `times: [\"%Y-%m-%d %H:%M:%S\"]`";
            faults.invalid(self.tracker.span, "`times` is empty", help);
        }
        if self.unknown_pocs.value == Unknown::Create && self.new_poc.is_none() {
            let help = "add `new_poc:` with the columns of their `name` and of `email` or `phone`";
            faults.invalid(self.unknown_pocs.span, "`unknown_pocs: create` needs `new_poc`", help);
        }
        if self.rows == RowKind::Updates && self.updated.is_none() {
            let help = "add `updated:` with the column that says when the update was made";
            faults.invalid(self.tracker.span, "`rows: updates` needs `updated`", help);
        }
        if let (Some(from), true) = (self.numbers_from, self.number.keep) {
            let help = "delete it, or write `keep: false` in `number`";
            faults.invalid(from.span, "`numbers_from` does not go with `keep: true`", help);
        }
        for condition in self.skip.0.iter().chain(self.events.iter().flat_map(|event| &event.when.0)) {
            condition.check(self.rows, faults);
        }
        for condition in &self.skip.0 {
            if let Some(becomes) = &condition.becomes {
                let help = "write `is` or `not`; each row is skipped by itself";
                faults.invalid(becomes.span, "`becomes` is not for `skip`", help);
            }
        }
        self.events.iter().for_each(|event| event.check(self.rows, faults));
    }
}

impl Condition {
    fn check(&self, rows: RowKind, faults: &mut Faults) {
        let stated = [self.is.is_some(), self.becomes.is_some(), self.not.is_some()];
        if stated.iter().filter(|stated| **stated).count() != 1 {
            let help = "write one of them: `is: [Closed]`, `becomes: [Closed]` or `not: [Draft]`";
            faults.invalid(self.column.span, "a condition needs one of `is`, `becomes` and `not`", help);
        }
        if let (Some(becomes), RowKind::Tickets) = (&self.becomes, rows) {
            let help = "write `is`; or `rows: updates`, if the export has a row for each update";
            faults.invalid(becomes.span, "`becomes` needs the rows of the updates before", help);
        }
    }
}

impl EventMap {
    fn check(&self, rows: RowKind, faults: &mut Faults) {
        let (event, span) = (self.event.value, self.event.span);
        let spec = event.spec();
        let mut missing = |field: &str| {
            let help = format!("add `{field}:` with a column, or with `{{default: …}}`");
            faults.add(RuleId::MissingField, span, format!("an event `{event}` needs `{field}`")).help(help);
        };
        if self.at.is_none() && rows == RowKind::Tickets {
            missing("at");
        }
        if self.by.is_none() && !spec.offices.is_empty() {
            missing("by");
        }
        let asks_note = spec.asks.note || event == TicketEvent::Voided;
        if self.note.is_none() && asks_note {
            missing("note");
        }
        for field in spec.asks.required {
            let is_there = match *field {
                "nitc_ref" => self.nitc_ref.is_some(),
                "outcome" => self.outcome.is_some(),
                _ => true,
            };
            if !is_there {
                missing(field);
            }
        }
        let extra = |field: &str| !spec.asks.required.contains(&field);
        if matches!(event, TicketEvent::Waived | TicketEvent::HandedOver) {
            let help = "delete it; only our own records have this event";
            faults.invalid(span, format!("`{event}` cannot come from another tracker"), help);
        } else if (self.nitc_ref.is_some() && extra("nitc_ref")) || (self.outcome.is_some() && extra("outcome")) {
            let help = "`nitc_ref` goes with `acknowledged`, `outcome` with `researched`";
            faults.invalid(span, format!("an event `{event}` does not take these fields"), help);
        }
    }
}
