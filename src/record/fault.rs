//! The errors that the decoder finds in a file's contents.

use super::{Help, Lookup, Node, RuleId, Span, Spanned};

/// An error at a place of the file being read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub rule: RuleId,
    pub span: Span,
    /// A fact with its values, lower-case, without a final period.
    pub message: String,
    /// How the message came about.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Option<Help>,
    /// A second place that helps to understand the first.
    pub label: Option<Spanned<String>>,
}

/// The errors found so far.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    pub list: Vec<Fault>,
    /// The place for errors beyond the limit, which are dropped.
    pub spare: Option<Box<Fault>>,
    /// The project's time zone, by which times are checked; `None` while the settings are read.
    pub zone: Option<chrono_tz::Tz>,
}

/// The rules whose errors exclude a file from everything except its own diagnostics
/// (docs/explanation/errors-and-lapses.md).
const FATAL: [RuleId; 4] = [RuleId::Syntax, RuleId::DuplicateKey, RuleId::MissingField, RuleId::InvalidValue];

/// The most errors reported for a file. No one reads more at once, and a file of 1 MiB can have half a million.
const MOST: usize = 1_000;

impl Faults {
    /// Adds an error without help. The one after [`MOST`] reports the limit, and further ones are dropped.
    pub fn add(&mut self, rule: RuleId, span: Span, message: impl Into<String>) -> &mut Fault {
        let fault = Fault { rule, span, message: message.into(), notes: Vec::new(), help: None, label: None };
        if self.are_full() {
            return self.spare.insert(Box::new(fault));
        }
        let at = self.list.len();
        self.list.push(fault);
        if at == MOST {
            let stop = &mut self.list[at];
            stop.message = format!("more than {MOST} errors; the rest of this file was not checked");
            // A file that is not read to its end is always excluded.
            stop.rule = if rule == RuleId::UnknownField { RuleId::Syntax } else { rule };
            stop.help("fix the errors listed, then check again");
            let spare = stop.clone();
            return self.spare.insert(Box::new(spare));
        }
        &mut self.list[at]
    }

    /// Whether the limit is reached.
    pub fn are_full(&self) -> bool {
        self.list.len() > MOST
    }

    /// Adds an error about a value that is not valid for its field; `expected` shows a valid one.
    pub fn invalid(&mut self, span: Span, message: impl Into<String>, expected: impl Into<String>) {
        self.add(RuleId::InvalidValue, span, message).help(Help::Correct { advice: expected.into() });
    }

    /// Has a name looked up that is at `node` in place of an id, of which the last error is.
    pub fn look_up(&mut self, among: Lookup, node: &Node) {
        if let (Some(fault), Some(text)) = (self.list.last_mut(), node.text())
            && fault.span == node.span
            && let Some(Help::Correct { advice } | Help::Lookup { advice, .. }) = &fault.help
        {
            fault.help = Some(Help::Lookup { among, text: text.to_owned(), advice: advice.clone() });
        }
    }

    /// Whether the file must be excluded.
    pub fn are_fatal(&self) -> bool {
        self.list.iter().any(|fault| FATAL.contains(&fault.rule))
    }
}

impl Fault {
    /// Adds a note.
    pub fn note(&mut self, note: impl Into<String>) -> &mut Fault {
        self.notes.push(note.into());
        self
    }

    /// Sets the help.
    pub fn help(&mut self, help: impl Into<Help>) -> &mut Fault {
        self.help = Some(help.into());
        self
    }

    /// Adds a second place.
    pub fn label(&mut self, span: Span, text: impl Into<String>) -> &mut Fault {
        self.label = Some(Spanned { value: text.into(), span });
        self
    }
}
