//! Collects the findings of rules, with their levels by settings and exceptions.

use chrono::NaiveDate;

use crate::load::Project;
use crate::model::{Diagnostic, FileId, Help, Level, Place, RuleId, Span};
use crate::workflow::Period;

/// What a rule found.
#[derive(Debug)]
pub struct Finding {
    place: Place,
    record: String,
    message: String,
    notes: Vec<String>,
    help: Option<Help>,
    labels: Vec<(Place, String)>,
    level: Option<Level>,
    excepted: bool,
    on: Option<NaiveDate>,
}

impl Finding {
    /// A finding at a place of a file.
    pub fn at(place: (FileId, Span), record: impl ToString, message: impl Into<String>) -> Finding {
        Finding::somewhere(Place::In(place.0, place.1), record, message)
    }

    /// The same finding as a fault of the reader.
    pub fn of_fault(fault: &Diagnostic) -> Finding {
        let finding = Finding::somewhere(fault.place.clone(), &fault.record, &fault.message);
        Finding { notes: fault.notes.clone(), help: fault.help.clone(), labels: fault.labels.clone(), ..finding }
    }

    /// A finding about a missing file.
    pub fn missing(path: String, record: impl ToString, message: impl Into<String>) -> Finding {
        Finding::somewhere(Place::Missing(path), record, message)
    }

    fn somewhere(place: Place, record: impl ToString, message: impl Into<String>) -> Finding {
        Finding {
            place,
            record: record.to_string(),
            message: message.into(),
            notes: Vec::new(),
            help: None,
            labels: Vec::new(),
            level: None,
            excepted: false,
            on: None,
        }
    }

    /// How the message came about, for example how a date was computed.
    pub fn note(mut self, note: impl Into<String>) -> Finding {
        self.notes.push(note.into());
        self
    }

    /// What to do.
    pub fn help(mut self, help: impl Into<Help>) -> Finding {
        self.help = Some(help.into());
        self
    }

    /// A second place.
    pub fn label(mut self, place: (FileId, Span), text: impl Into<String>) -> Finding {
        self.labels.push((Place::In(place.0, place.1), text.into()));
        self
    }

    /// The date of a lapse, by which packs list it.
    pub fn on(mut self, date: NaiveDate) -> Finding {
        self.on = Some(date);
        self
    }

    /// A level other than the rule's own.
    pub fn level(mut self, level: Level) -> Finding {
        self.level = Some(level);
        self
    }

    /// Whether an exception excuses it, which makes it a lapse.
    pub fn excepted(mut self, excepted: bool) -> Finding {
        self.excepted = excepted;
        self
    }
}

/// Collects what one rule finds.
pub struct Sink {
    rule: RuleId,
    level: Level,
    is_set: bool,
    /// Lapses of other dates are skipped.
    only: Option<Period>,
    list: Vec<Diagnostic>,
}

impl Sink {
    /// Collects what a rule finds at its level. A level that `is_set` in the settings overrides the findings' own. With a
    /// period, lapses of other dates are skipped.
    pub(super) fn new(rule: RuleId, level: Level, is_set: bool, only: Option<Period>) -> Sink {
        Sink { rule, level, is_set, only, list: Vec::new() }
    }

    /// What was found.
    pub(super) fn found(self) -> Vec<Diagnostic> {
        self.list
    }

    /// Whether a finding of that date, at the rule's level, would be skipped. Rules with many findings check this before
    /// they build messages; rules whose findings have their own levels cannot.
    pub fn skips(&self, on: NaiveDate) -> bool {
        self.level == Level::Lapse && self.only.is_some_and(|period| !period.contains_date(on))
    }

    /// Adds a finding of the running rule. The settings' level overrides the finding's own, and an exception overrides
    /// both.
    pub fn add(&mut self, finding: Finding) {
        let Finding { place, record, message, notes, help, labels, level, excepted, on } = finding;
        let level = match level {
            _ if excepted => Level::Lapse,
            Some(own) if !self.is_set => own,
            _ => self.level,
        };
        let rule = self.rule;
        self.list.push(Diagnostic { rule, level, place, record, message, notes, help, labels, excepted, on });
    }

    /// Adds what the reader found for the running rule.
    pub fn add_faults(&mut self, project: &Project) {
        self.add_faults_that(project, |_| true);
    }

    /// Adds the reader's findings for the running rule that `is_one` accepts.
    pub fn add_faults_that(&mut self, project: &Project, is_one: impl Fn(&Diagnostic) -> bool) {
        let own = project.faults.iter().filter(|fault| fault.rule == self.rule && is_one(fault));
        self.list.extend(own.cloned().map(|fault| Diagnostic { level: self.level, ..fault }));
    }
}

/// Sorts the diagnostics of all rules by path, line, column and rule.
pub(super) fn in_order(mut list: Vec<Diagnostic>, project: &Project) -> Vec<Diagnostic> {
    // Within one file the order of bytes is that of lines and columns.
    list.sort_by(|a, b| {
        (place(project, a), a.rule.name(), &a.record).cmp(&(place(project, b), b.rule.name(), &b.record))
    });
    list
}

fn place<'p>(project: &'p Project, diagnostic: &'p Diagnostic) -> (&'p str, u32) {
    match &diagnostic.place {
        Place::In(file, span) => (&project.file(*file).path, span.start),
        Place::Missing(path) => (path, 0),
    }
}
