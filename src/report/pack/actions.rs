//! Action items of all meetings, each in one list, and the minutes of the last meeting.

use chrono::NaiveDate;
use serde::Serialize;

use super::heading::Heading;
use super::mentions::{Mentioned, Mentions};
use super::scope::Scope;
use crate::model::{Action, Minute, Owner, PersonId, RichText, is_within, short_day};
use crate::report::words::counted;

/// What the packs call the section.
pub(super) const HEADING: Heading = Heading::new("actions", "Action items and minutes of the previous meeting");

/// Action items, each in one list.
#[derive(Debug, Clone, Serialize)]
pub struct Actions {
    /// Due before the as-of date and not done.
    pub overdue: Vec<ActionRow>,
    /// Not done, not overdue, and of an earlier meeting than the one before this.
    pub open: Vec<ActionRow>,
    /// Not done, not overdue, and made in the period.
    pub new: Vec<ActionRow>,
    /// Done in the period.
    pub done: Vec<ActionRow>,
}

/// An action item.
#[derive(Debug, Clone, Serialize)]
pub struct ActionRow {
    pub id: String,
    pub what: String,
    /// The owner's name, or their office's.
    pub owner: String,
    /// The owner's office in words; blank for a person of none, for example a POC.
    pub office: String,
    pub due: NaiveDate,
    pub done: Option<NaiveDate>,
    /// The meeting that made it, "2026-11-18-weekly".
    pub meeting: String,
    /// Calendar days past due; 0 where it is not.
    pub days_late: i64,
    /// "overdue by 16 days", "new", "open", "done Nov 19, 2026".
    pub status: String,
}

/// The minutes of a meeting.
#[derive(Debug, Clone, Serialize)]
pub struct MinutesView {
    /// "2026-10-08-monthly".
    pub meeting: String,
    pub held: Minute,
    pub chair: Option<PersonId>,
    pub attendees: Vec<PersonId>,
    pub guests: Vec<String>,
    pub text: Option<RichText>,
    /// The action items that it agreed on, and whether each is done by now.
    pub actions: Vec<ActionRow>,
}

impl Mentions for MinutesView {
    fn mention(&self, mentioned: &mut Mentioned) {
        mentioned.people.extend(self.chair.iter().chain(&self.attendees).cloned());
    }
}

/// The action items that are known at the pack's time.
pub fn actions(scope: &Scope) -> Actions {
    let (ctx, today) = (scope.ctx, scope.ctx.today());
    let mut lists = Actions { overdue: Vec::new(), open: Vec::new(), new: Vec::new(), done: Vec::new() };
    for (meeting, held, action) in ctx.actions() {
        let row = row(scope, action, &meeting.name());
        let made = scope.period.after <= held;
        match row.done {
            Some(done) if scope.period.contains_date(done) => lists.done.push(row),
            Some(_) => {}
            None if row.due < today => lists.overdue.push(row),
            None if made => lists.new.push(row),
            None => lists.open.push(row),
        }
    }
    lists.new.iter_mut().for_each(|row| row.status = "new".to_owned());
    for list in [&mut lists.overdue, &mut lists.open, &mut lists.new, &mut lists.done] {
        list.sort_by(|a, b| (a.due, &a.id).cmp(&(b.due, &b.id)));
    }
    lists
}

fn row(scope: &Scope, action: &Action, meeting: &str) -> ActionRow {
    let today = scope.ctx.today();
    let done = action.done.map(|done| done.value.0).filter(|done| *done <= today);
    let due = action.due.value.0;
    let days_late = if done.is_none() { (today - due).num_days().max(0) } else { 0 };
    let owner = match &action.owner.value {
        Owner::Office(office) => scope.words().office(*office),
        Owner::Board => scope.words().board(),
        Owner::Person(person) => scope.ctx.project().person_name(person),
    };
    let office = match &action.owner.value {
        Owner::Person(person) => office_of(scope, person),
        _ => owner.clone(),
    };
    ActionRow {
        office,
        id: action.id.to_string(),
        what: action.what.0.clone(),
        owner,
        due,
        done,
        meeting: meeting.to_owned(),
        days_late,
        status: match done {
            Some(done) => format!("done {}", short_day(done)),
            None if days_late > 0 => format!("overdue by {}", counted(days_late as usize, "day")),
            None => "open".to_owned(),
        },
    }
}

/// The office of a member of staff or of the board.
fn office_of(scope: &Scope, person: &PersonId) -> String {
    let (ctx, today) = (scope.ctx, scope.ctx.today());
    let mut staff = ctx.project().staff.iter();
    let own = staff.find(|staff| staff.id.value == *person && is_within(today, staff.from, staff.until));
    let is_member = || ctx.board().members_on(today).iter().any(|member| member.id.value == *person);
    match own {
        Some(staff) => scope.words().office(staff.office),
        None if is_member() => scope.words().board(),
        None => String::new(),
    }
}

/// The minutes of the last meeting of this kind that was held. They are there from just after that meeting.
pub fn last_minutes(scope: &Scope) -> Option<MinutesView> {
    let before = &scope.ctx.meetings(scope.kind)[..scope.index];
    let mut over = before.iter().rev().filter(|meeting| meeting.held < scope.ctx.as_of);
    let last = over.find(|meeting| meeting.record.is_some_and(|record| record.was_held()))?;
    let record = last.record?;
    Some(MinutesView {
        meeting: last.id(),
        held: last.held,
        chair: record.chair.as_ref().map(|chair| chair.value.clone()),
        attendees: record.attendees.iter().map(|person| person.value.clone()).collect(),
        guests: record.guests.iter().map(|guest| guest.0.clone()).collect(),
        text: record.minutes.as_ref().map(|minutes| RichText::new(&minutes.0)),
        actions: record.actions.iter().map(|action| row(scope, action, &record.name())).collect(),
    })
}
