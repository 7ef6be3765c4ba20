//! A command that a mail proposes, as words and flags: nothing is written for a shell here.

use crate::model::TicketId;
use crate::record::Fields;
use crate::report::reconciliation::Value;

/// A word of a command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    Word(String),
    Flag(&'static str, Value),
    /// A flag without a value.
    Switch(&'static str),
}

/// A command that a mail proposes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// `acknowledged`, `new ticket`, `new poc` …
    pub what: &'static str,
    pub ticket: Option<TicketId>,
    /// What follows `heatpack`.
    pub args: Vec<Arg>,
    /// Why, in words.
    pub why: String,
    /// `--apply` enters it.
    pub certain: bool,
}

impl Proposal {
    /// The known value of a flag.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.args.iter().find_map(|arg| match arg {
            Arg::Flag(own, Value::Known(text)) if *own == name => Some(text.as_str()),
            _ => None,
        })
    }

    /// NITC's number that it gives the ticket.
    pub fn number(&self) -> Option<&str> {
        self.value("nitc-ref")
    }

    /// The entry of a proposal that `--apply` makes: its flags are the fields.
    pub fn entry(&self) -> Option<Fields<'static>> {
        let value = |name| self.value(name).map(str::to_owned);
        let (at, by, number) = (value("at")?, value("by")?, value("nitc-ref")?);
        let entry = Fields::new().with("at", at).with("event", self.what).with("by", by).with("nitc_ref", number);
        self.certain.then(|| entry.with_some("mail", value("mail")))
    }
}

/// A flag whose value is known.
pub fn known(name: &'static str, value: impl Into<String>) -> Arg {
    Arg::Flag(name, Value::Known(value.into()))
}

/// A flag whose value the clerk must find out.
pub fn asked(name: &'static str, what: &'static str) -> Arg {
    Arg::Flag(name, Value::Asked(what))
}
