//! Faults of a file's contents, as the decoder finds them.

use super::{Help, RuleId, Span, Spanned};

/// A fault at a place of the file that is being read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub rule: RuleId,
    pub span: Span,
    /// Lower case, without a full stop.
    pub message: String,
    /// What to do.
    pub help: Option<Help>,
    /// A second place that helps to understand the first.
    pub label: Option<Spanned<String>>,
}

/// The faults found so far.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    pub list: Vec<Fault>,
    /// Takes the place of those that are one too many.
    pub spare: Option<Box<Fault>>,
    /// The project's time zone, which says what times there are; none while the settings are read.
    pub zone: Option<chrono_tz::Tz>,
}

/// The faults that leave a file out of everything but its own diagnostics (`rules.md`).
const FATAL: [RuleId; 4] = [RuleId::Syntax, RuleId::DuplicateKey, RuleId::MissingField, RuleId::InvalidValue];

/// So many faults of a file are told: nobody reads more before mending some, and a file of a mebibyte can have half a
/// million.
const MOST: usize = 1_000;

impl Faults {
    /// Adds a fault without help. After [`MOST`] one says so, and no further one is kept.
    pub fn add(&mut self, rule: RuleId, span: Span, message: impl Into<String>) -> &mut Fault {
        let fault = Fault { rule, span, message: message.into(), help: None, label: None };
        if self.are_full() {
            return self.spare.insert(Box::new(fault));
        }
        let at = self.list.len();
        self.list.push(fault);
        if at == MOST {
            let stop = &mut self.list[at];
            stop.message = format!("this file has more than {MOST} faults, and is read no further");
            // What is not read to its end is left out, be the others as they may.
            stop.rule = if rule == RuleId::UnknownField { RuleId::Syntax } else { rule };
            stop.help("mend those that are listed, and check again");
            let spare = stop.clone();
            return self.spare.insert(Box::new(spare));
        }
        &mut self.list[at]
    }

    /// Whether so many were found that reading on is of no use.
    pub fn are_full(&self) -> bool {
        self.list.len() > MOST
    }

    /// A value that is not what its field takes; `expected` says what that is.
    pub fn invalid(&mut self, span: Span, message: impl Into<String>, expected: impl Into<String>) {
        self.add(RuleId::InvalidValue, span, message).help(Help::Correct { advice: expected.into() });
    }

    /// Whether the file must be left out of the rest.
    pub fn are_fatal(&self) -> bool {
        self.list.iter().any(|fault| FATAL.contains(&fault.rule))
    }
}

impl Fault {
    /// With what to do about it.
    pub fn help(&mut self, help: impl Into<Help>) -> &mut Fault {
        self.help = Some(help.into());
        self
    }

    /// With a second place.
    pub fn label(&mut self, span: Span, text: impl Into<String>) -> &mut Fault {
        self.label = Some(Spanned { value: text.into(), span });
        self
    }
}
