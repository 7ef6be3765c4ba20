//! What happened to a record, step by step.

use serde::Serialize;

use crate::model::{Audience, Entry, EventKind, Exception, Minute, PersonId, RichText, TicketEvent};
use crate::report::words::{Words, day};
use crate::workflow::{ChangeCause, ChangeLine, ChangeStep, Context, TicketCause, TicketLine, TicketStep, Violation};

/// An entry of a log and what it did.
#[derive(Debug, Clone, Serialize)]
pub struct TimelineEntry {
    pub at: Minute,
    /// The event in words, "sent to NITC".
    pub event: String,
    pub by: Option<Actor>,
    /// What else the entry holds: term and text, ("NITC number", "N-2291").
    pub details: Vec<(String, String)>,
    pub note: Option<RichText>,
    pub exception: Option<ExceptionNote>,
    /// The state after it, in words.
    pub state: String,
    /// The states before and after, in words; null if it changed none.
    pub change: Option<StateChange>,
    /// Why it had no effect, in words; null if it had one.
    pub no_effect: Option<String>,
    /// When, by whom and why it was struck, in words; null if it counts.
    pub struck: Option<String>,
}

/// Who made an entry.
#[derive(Debug, Clone, Serialize)]
pub struct Actor {
    pub id: String,
    pub name: String,
    /// In words; blank if the records name none.
    pub office: String,
}

/// A change of state, in words.
#[derive(Debug, Clone, Serialize)]
pub struct StateChange {
    /// Null for the entry that began the record.
    pub from: Option<String>,
    pub to: String,
}

/// A deliberate departure from a rule.
#[derive(Debug, Clone, Serialize)]
pub struct ExceptionNote {
    pub rule: String,
    pub reason: String,
    pub allowed_by: String,
}

impl TimelineEntry {
    /// The event, and what the entry holds beside its note: "sent to NITC, number N-2291".
    pub fn line(&self) -> String {
        let details = self.details.iter().map(|(term, text)| format!(", {term} {text}"));
        let exception = self.exception.iter().map(|exception| format!(", by exception to {}", exception.rule));
        std::iter::once(self.event.clone()).chain(details).chain(exception).collect()
    }
}

/// The history of a ticket as of now, oldest first.
pub fn ticket_timeline(ctx: &Context, line: &TicketLine) -> Vec<TimelineEntry> {
    line.steps_until(ctx.as_of).map(|step| ticket_entry(ctx, line, step)).collect()
}

/// What happened to a change request by now, votes among it, oldest first.
pub fn change_timeline(ctx: &Context, line: &ChangeLine) -> Vec<TimelineEntry> {
    line.steps.iter().filter(|step| step.at <= ctx.as_of).map(|step| change_entry(ctx, line, step)).collect()
}

/// An entry that was just made, whatever it did.
pub fn entry_made<E: EventKind>(ctx: &Context, entry: &Entry<E>) -> TimelineEntry {
    let words = words(ctx);
    let mut details = Vec::new();
    let mut detail = |term: &str, text: Option<String>| details.extend(text.map(|text| (term.to_owned(), text)));
    detail("number", entry.nitc_ref.as_ref().map(|number| number.value.0.clone()));
    let private = entry.answer.filter(|audience| *audience == Audience::Private);
    detail("answer", private.map(|audience| audience.to_string()));
    detail("outcome", entry.outcome.map(|outcome| outcome.as_str().replace('-', " ")));
    detail("duplicate of", entry.duplicate_of.map(|ticket| ticket.value.to_string()));
    detail("POC", entry.poc.as_ref().map(|poc| ctx.project().person_name(&poc.value)));
    detail("deadline", entry.clock.map(|clock| clock.value.to_string()));
    detail("until", entry.until.map(|until| until.0.to_string()));
    detail("entry", entry.entry.map(|entry| entry.value.to_string()));
    detail("release", entry.release.as_ref().map(|release| release.0.clone()));
    TimelineEntry {
        by: entry.by.as_ref().map(|by| actor(ctx, &by.value, entry.at.value)),
        details,
        note: entry.note.as_ref().map(|note| RichText::new(&note.0)),
        exception: entry.exception.as_ref().map(exception_note),
        ..bare(entry.at.value, words.event(entry.event.value))
    }
}

fn words<'p>(ctx: &Context<'p>) -> Words<'p> {
    Words::new(&ctx.project().settings.names)
}

/// An entry with only its time and event.
fn bare(at: Minute, event: String) -> TimelineEntry {
    TimelineEntry {
        at,
        event,
        by: None,
        details: Vec::new(),
        note: None,
        exception: None,
        state: String::new(),
        change: None,
        no_effect: None,
        struck: None,
    }
}

fn ticket_entry(ctx: &Context, line: &TicketLine, step: &TicketStep) -> TimelineEntry {
    let mut made = match (&step.cause, line.entry(step)) {
        (_, Some(entry)) => entry_made(ctx, entry),
        (TicketCause::Change(cr), None) => bare(step.at, format!("{cr} changed state")),
        (_, None) => {
            let caller = ctx.project().person_name(&line.ticket.poc.value);
            let received = bare(step.at, format!("received from {caller}"));
            TimelineEntry { exception: line.ticket.exception.as_ref().map(exception_note), ..received }
        }
    };
    let words = words(ctx);
    made.moved(step.before.map(|state| words.state(state)), words.state(step.after), step.slip);
    if let TicketCause::Entry(place) = step.cause
        && let Some((before, after)) = line.states_of_strike(place)
    {
        made.moved(Some(words.state(before)), words.state(after), step.slip);
    }
    made.struck = step.struck.and_then(|by| line.ticket.log.get(by)).map(|by| struck_words(ctx, by));
    made
}

/// When, by whom and why an entry was struck: "struck on Fri, Nov 20, 2026, by Dora Desk: Another ticket's call."
pub fn struck_words(ctx: &Context, by: &Entry<TicketEvent>) -> String {
    let person = by.by.as_ref().map(|id| format!(", by {}", ctx.project().person_name(&id.value)));
    let note = by.note.as_ref().map(|note| format!(": {}", RichText::new(&note.0).plain(LONGEST)));
    format!("struck on {}{}{}", day(by.at.value.date()), person.unwrap_or_default(), note.unwrap_or_default())
}

/// The most characters of the reason why an entry was struck.
const LONGEST: usize = 300;

fn change_entry(ctx: &Context, line: &ChangeLine, step: &ChangeStep) -> TimelineEntry {
    let words = words(ctx);
    let mut made = match (step.cause, line.entry(step)) {
        (_, Some(entry)) => entry_made(ctx, entry),
        (ChangeCause::Vote(index), None) => {
            let vote = line.votes[index].vote;
            let name = ctx.project().person_name(&vote.by.value);
            TimelineEntry {
                note: vote.reason.as_ref().map(|reason| RichText::new(&reason.0)),
                no_effect: line.uncounted[index].clone(),
                ..bare(step.at, format!("vote by {name}: {}", words.decision(vote.decision.value)))
            }
        }
        (ChangeCause::Entry(_), None) => bare(step.at, String::new()),
    };
    made.moved(Some(words.change_state(step.before)), words.change_state(step.after), step.slip);
    made
}

impl TimelineEntry {
    /// Notes what it did to the state.
    fn moved(&mut self, before: Option<String>, after: String, slip: Option<Violation>) {
        self.change = (before.as_ref() != Some(&after)).then(|| StateChange { from: before, to: after.clone() });
        self.state = after;
        let slip = slip.filter(|slip| !slip.takes_effect());
        let why = slip.map(|slip| format!("not allowed at that time ({})", slip.rule));
        self.no_effect = self.no_effect.take().or(why);
    }
}

fn exception_note(exception: &Exception) -> ExceptionNote {
    ExceptionNote {
        rule: exception.rule.value.to_string(),
        reason: exception.reason.0.clone(),
        allowed_by: exception.allowed_by.value.to_string(),
    }
}

fn actor(ctx: &Context, id: &PersonId, at: Minute) -> Actor {
    let project = ctx.project();
    let office = project.staff_on(id, at.date()).map(|staff| words(ctx).office(staff.office));
    Actor { id: id.to_string(), name: project.person_name(id), office: office.unwrap_or_default() }
}
