//! The letter with the minutes of a meeting: decisions, action items with owner and due date, and the next meeting.

use chrono::NaiveDate;
use serde::Serialize;

use super::Unfit;
use super::about::About;
use super::recipient::{Recipient, attendees};
use crate::model::{CrState, Meeting, MeetingKind, Minute, Owner, PersonId, Reviewed, RichText};
use crate::report::desk::Desk;
use crate::report::words::{Words, day};
use crate::workflow::{ChangeCause, ChangeStep, Context, Occurrence};

/// The minutes of a meeting.
#[derive(Debug, Clone, Serialize)]
pub struct MinutesLetter {
    pub to: Vec<Recipient>,
    pub subject: String,
    /// The meeting's name.
    pub meeting: String,
    pub held: Minute,
    /// Names.
    pub chair: Option<String>,
    pub attendees: Vec<String>,
    pub guests: Vec<String>,
    /// What was reviewed, a sentence.
    pub reviewed: Option<String>,
    pub text: Option<RichText>,
    /// What the board decided since the meeting before, a sentence each.
    pub decisions: Vec<String>,
    pub actions: Vec<ActionItem>,
    /// When the next meeting is held; null if none is on the schedule.
    pub next: Option<Minute>,
    pub board: String,
    pub desk: Desk,
    #[serde(skip)]
    pub about: About,
}

/// An action item of the meeting.
#[derive(Debug, Clone, Serialize)]
pub struct ActionItem {
    pub id: String,
    pub what: String,
    /// The owner's name, or their office's.
    pub owner: String,
    pub due: NaiveDate,
    pub done: Option<NaiveDate>,
}

/// The last meeting that was held by now, of a kind or of any.
pub fn latest_minutes(ctx: &Context, kind: Option<MeetingKind>) -> Option<(MeetingKind, usize)> {
    let kinds = MeetingKind::ALL.iter().copied().filter(|own| kind.is_none_or(|kind| kind == *own));
    let last = kinds.filter_map(|kind| {
        let meetings = ctx.meetings(kind);
        let index = meetings.iter().rposition(|own| own.held <= ctx.as_of && is_held(own))?;
        Some((meetings[index].held, kind, index))
    });
    last.max_by_key(|(held, ..)| *held).map(|(_, kind, index)| (kind, index))
}

fn is_held(meeting: &Occurrence) -> bool {
    meeting.record.is_some_and(|record| record.was_held())
}

/// The minutes of a meeting that was held, to `given` or else to those who attended.
pub fn minutes_letter(
    ctx: &Context,
    (kind, index): (MeetingKind, usize),
    given: Vec<Recipient>,
) -> Result<MinutesLetter, Unfit> {
    let meetings = ctx.meetings(kind);
    let meeting = &meetings[index];
    let Some(record) = meeting.record.filter(|_| is_held(meeting)) else {
        let path = Meeting::path_of(kind, meeting.scheduled);
        return Err(Unfit {
            why: format!("the {kind} meeting of {} has no minutes yet", meeting.day_held()),
            help: format!("enter them in {path}, with `held: true`"),
        });
    };
    let project = ctx.project();
    let name = |id: &PersonId| project.person_name(id);
    let before = meetings[..index].iter().rev().find(|other| other.canceled.is_none()).map(|other| other.held);
    let next = meetings[index + 1..].iter().find(|other| other.canceled.is_none());
    let actions = record.actions.iter().map(|action| ActionItem {
        id: action.id.to_string(),
        what: action.what.0.clone(),
        owner: owner(ctx, &action.owner.value),
        due: action.due.value.0,
        done: action.done.map(|done| done.value.0).filter(|done| *done <= ctx.today()),
    });
    let mut actions: Vec<ActionItem> = actions.collect();
    actions.sort_by(|a, b| (a.due, &a.id).cmp(&(b.due, &b.id)));
    Ok(MinutesLetter {
        to: if given.is_empty() { attendees(ctx, meeting) } else { given },
        subject: format!("Minutes: {}, {}", meeting.name, day(meeting.held.date())),
        meeting: meeting.name.to_owned(),
        held: meeting.held,
        chair: record.chair.as_ref().map(|chair| name(&chair.value)),
        attendees: record.attendees.iter().map(|person| name(&person.value)).collect(),
        guests: record.guests.iter().map(|guest| guest.0.clone()).collect(),
        reviewed: reviewed(&record.reviewed),
        text: record.minutes.as_ref().map(|minutes| RichText::new(&minutes.0)),
        decisions: decisions(ctx, before, meeting.held),
        actions,
        next: next.map(|next| next.held),
        board: project.settings.names.board.clone(),
        desk: Desk::of(ctx),
        about: About::nothing(),
    })
}

fn owner(ctx: &Context, owner: &Owner) -> String {
    let words = Words::new(&ctx.project().settings.names);
    match owner {
        Owner::Office(office) => words.office(*office),
        Owner::Board => words.board(),
        Owner::Person(person) => ctx.project().person_name(person),
    }
}

fn reviewed(reviewed: &Reviewed) -> Option<String> {
    match reviewed {
        Reviewed::All => Some("The meeting reviewed all outstanding tickets.".to_owned()),
        Reviewed::None => None,
        Reviewed::These(tickets) => {
            let ids: Vec<String> = tickets.iter().map(|ticket| ticket.value.to_string()).collect();
            (!ids.is_empty()).then(|| format!("The meeting reviewed {}.", ids.join(", ")))
        }
    }
}

/// What votes decided after the meeting before, up to the end of the day of this one.
fn decisions(ctx: &Context, before: Option<Minute>, held: Minute) -> Vec<String> {
    let end = Minute::end_of(held.date()).min(ctx.as_of);
    let decided =
        |state| matches!(state, CrState::Approved | CrState::Rejected | CrState::Returned | CrState::Deferred);
    let mut found: Vec<(Minute, String)> = Vec::new();
    for line in ctx.changes().filter(|line| !line.is_unsure() && line.unsigned_at(end).is_empty()) {
        let is_within = |step: &ChangeStep| before.is_none_or(|before| before < step.at) && step.at <= end;
        let by_vote = |step: &ChangeStep| matches!(step.cause, ChangeCause::Vote(_)) && step.before != step.after;
        let last = line.steps.iter().rfind(|step| is_within(step) && by_vote(step));
        if let Some(step) = last.filter(|step| decided(step.after)) {
            let text = format!("{}, {}: {} on {}.", line.cr.id.value, line.cr.title.0, step.after, day(step.at.date()));
            found.push((step.at, text));
        }
    }
    found.sort();
    found.into_iter().map(|(_, text)| text).collect()
}
