//! Takes the findings of rules, and settles their levels by settings and exceptions.

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

    /// What reading found at its place, with its words.
    pub fn of_fault(fault: &Diagnostic) -> Finding {
        let finding = Finding::somewhere(fault.place.clone(), &fault.record, &fault.message);
        Finding { help: fault.help.clone(), labels: fault.labels.clone(), ..finding }
    }

    /// A finding about a file that is not there.
    pub fn missing(path: String, record: impl ToString, message: impl Into<String>) -> Finding {
        Finding::somewhere(Place::Missing(path), record, message)
    }

    fn somewhere(place: Place, record: impl ToString, message: impl Into<String>) -> Finding {
        Finding {
            place,
            record: record.to_string(),
            message: message.into(),
            help: None,
            labels: Vec::new(),
            level: None,
            excepted: false,
            on: None,
        }
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

    /// The date that says in what pack it is listed, if it is a lapse.
    pub fn on(mut self, date: NaiveDate) -> Finding {
        self.on = Some(date);
        self
    }

    /// A level other than the rule's own.
    pub fn level(mut self, level: Level) -> Finding {
        self.level = Some(level);
        self
    }

    /// Whether an exception puts it on record: it is a lapse then.
    pub fn excepted(mut self, excepted: bool) -> Finding {
        self.excepted = excepted;
        self
    }
}

/// Takes what one rule finds.
pub struct Sink {
    rule: RuleId,
    level: Level,
    is_set: bool,
    /// Lapses of other dates are not asked for.
    only: Option<Period>,
    list: Vec<Diagnostic>,
}

impl Sink {
    /// Takes what a rule finds at a level. Where the settings set it (`is_set`) it goes before the findings' own. With a
    /// period, lapses of other dates are left out.
    pub(super) fn new(rule: RuleId, level: Level, is_set: bool, only: Option<Period>) -> Sink {
        Sink { rule, level, is_set, only, list: Vec::new() }
    }

    /// What was found.
    pub(super) fn found(self) -> Vec<Diagnostic> {
        self.list
    }

    /// Whether a finding of that date, at the rule's level, is not asked for. A rule that finds much asks before it
    /// makes the words; one that gives its findings levels of their own does not.
    pub fn skips(&self, on: NaiveDate) -> bool {
        self.level == Level::Lapse && self.only.is_some_and(|period| !period.contains_date(on))
    }

    /// Takes a finding of the rule that is running. The settings' level goes before the finding's own, an
    /// exception before both.
    pub fn add(&mut self, finding: Finding) {
        let level = match finding.level {
            _ if finding.excepted => Level::Lapse,
            Some(own) if !self.is_set => own,
            _ => self.level,
        };
        self.list.push(Diagnostic {
            rule: self.rule,
            level,
            place: finding.place,
            record: finding.record,
            message: finding.message,
            help: finding.help,
            labels: finding.labels,
            excepted: finding.excepted,
            on: finding.on,
        });
    }

    /// Takes what reading found for the rule that is running.
    pub fn add_faults(&mut self, project: &Project) {
        self.add_faults_that(project, |_| true);
    }

    /// Takes those of what reading found for the rule that is running.
    pub fn add_faults_that(&mut self, project: &Project, is_one: impl Fn(&Diagnostic) -> bool) {
        let own = project.faults.iter().filter(|fault| fault.rule == self.rule && is_one(fault));
        self.list.extend(own.cloned().map(|fault| Diagnostic { level: self.level, ..fault }));
    }
}

/// The diagnostics of all rules in the order of path, line, column and rule.
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
