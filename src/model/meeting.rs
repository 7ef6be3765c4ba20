//! A meeting as it was planned and held, with its actions (`meetings/`).

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use super::{ActionId, Day, Markdown, Minute, Office, PersonId, Spanned, Text, TicketId};
use crate::record::{Compared, Faults, Lookup, Node, Value, schema_of_words};
use crate::{record, words};

words! {
    /// The kind of meeting.
    pub enum MeetingKind: "kind of meeting" {
        /// The MITS Status Meeting.
        Weekly = "weekly",
        /// The Customer Support Group Meeting.
        Monthly = "monthly",
    }
}

record! {
    /// A meeting's file.
    pub struct Meeting: "a meeting", compared {
        /// weekly or monthly
        pub kind: MeetingKind,
        /// the scheduled date, as in the file's name
        pub date: Spanned<Day>,
        /// the new time of a moved meeting
        pub moved_to: Option<Spanned<Minute>>,
        /// the reason for cancellation
        pub canceled: Option<Spanned<Text>>,
        /// whether it is an additional meeting, not on the schedule
        pub extra: bool = false,
        /// the id of the person who leads it
        pub chair: Option<Spanned<PersonId>>,
        /// the ids of the people who attended
        pub attendees: Vec<Spanned<PersonId>> = Vec::new(),
        /// the names of others who attended
        pub guests: Vec<Text> = Vec::new(),
        /// additional items (Markdown)
        pub agenda: Vec<Markdown> = Vec::new(),
        /// whether it was held, which makes the minutes final
        pub held: Option<Spanned<bool>>,
        /// the tickets reviewed: all, none or a list
        pub reviewed: Reviewed = Reviewed::None,
        /// the minutes (Markdown)
        pub minutes: Option<Markdown>,
        /// the action items
        pub actions: Vec<Action> = Vec::new(),
    }
}

impl Meeting {
    /// `2026-11-18-weekly`, as in the file's name.
    pub fn name(&self) -> String {
        format!("{}-{}", self.date.0, self.kind)
    }

    /// The path of its file.
    pub fn path(&self) -> String {
        Meeting::path_of(self.kind, self.date.0)
    }

    /// The path of a meeting's file.
    pub fn path_of(kind: MeetingKind, scheduled: NaiveDate) -> String {
        format!("data/meetings/{scheduled}-{kind}.yaml")
    }

    /// Whether it was held.
    pub fn was_held(&self) -> bool {
        self.held.is_some_and(|held| held.value)
    }
}

record! {
    /// An action item.
    pub struct Action: "an action item", compared {
        /// its id, unique in all meetings
        pub id: Spanned<ActionId>,
        /// the action in one line
        pub what: Text,
        /// a person's id, or help-desk, nitc, acfo-fs or cfmsccb
        pub owner: Spanned<Owner>,
        /// the due date
        pub due: Spanned<Day>,
        /// the date it was done
        pub done: Option<Spanned<Day>>,
    }
}

/// The person or office that must do an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    Office(Office),
    Board,
    Person(PersonId),
}

impl Compared for Owner {
    fn texts(&self) -> Option<Vec<String>> {
        match self {
            Owner::Office(office) => office.texts(),
            Owner::Board => Some(vec!["cfmsccb".to_owned()]),
            Owner::Person(person) => person.texts(),
        }
    }
}

impl Value for Owner {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        match node.text() {
            Some("cfmsccb") => Some(Owner::Board),
            Some(word) => match Office::from_word(word) {
                Some(office) => Some(Owner::Office(office)),
                None => {
                    let person = PersonId::decode(node, faults);
                    if person.is_none() {
                        faults.look_up(Lookup::Owner, node);
                    }
                    person.map(Owner::Person)
                }
            },
            None => PersonId::decode(node, faults).map(Owner::Person),
        }
    }

    fn schema() -> Json {
        let offices = Office::ALL.iter().map(|office| (office.as_str(), office.about()));
        let offices = offices.chain([("cfmsccb", "The board.")]);
        json!({"anyOf": [schema_of_words(offices), PersonId::schema()]})
    }
}

/// The tickets that a meeting reviewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reviewed {
    All,
    None,
    These(Vec<Spanned<TicketId>>),
}

impl Compared for Reviewed {
    fn texts(&self) -> Option<Vec<String>> {
        match self {
            Reviewed::All => Some(vec!["all".to_owned()]),
            Reviewed::These(tickets) if !tickets.is_empty() => {
                let sorted: BTreeSet<TicketId> = tickets.iter().map(|ticket| ticket.value).collect();
                Some(sorted.iter().map(ToString::to_string).collect())
            }
            Reviewed::None | Reviewed::These(_) => Some(vec!["none".to_owned()]),
        }
    }
}

impl Value for Reviewed {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        match node.text() {
            Some("all") => Some(Reviewed::All),
            Some("none") => Some(Reviewed::None),
            Some(text) if !text.trim().is_empty() => {
                let tickets: Option<Vec<TicketId>> =
                    text.split([',', ' ']).filter(|own| !own.is_empty()).map(TicketId::typed).collect();
                let list = |ids: Vec<TicketId>| ids.iter().map(TicketId::to_string).collect::<Vec<_>>().join(", ");
                let help = match tickets {
                    Some(tickets) => format!("write `[{}]`", list(tickets)),
                    None => "write `all`, `none` or a list, for example `[HEAT-10423]`".to_owned(),
                };
                faults.invalid(node.span, format!("{} is not valid for `reviewed`", node.describe()), help);
                None
            }
            _ => Vec::decode(node, faults).map(Reviewed::These),
        }
    }

    fn schema() -> Json {
        let words = [("all", "Every outstanding ticket."), ("none", "No ticket.")];
        json!({"anyOf": [schema_of_words(words), Vec::<TicketId>::schema()]})
    }
}

/// A meeting's scheduled date and kind.
pub type MeetingKey = (MeetingKind, NaiveDate);
