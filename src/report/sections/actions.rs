//! Action items of all meetings, each in one list.

use crate::model::{Action, Owner};
use crate::report::pack::{ActionRow, Actions};
use crate::report::scope::Scope;

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
    ActionRow {
        id: action.id.to_string(),
        what: action.what.0.clone(),
        owner,
        due,
        done,
        meeting: meeting.to_owned(),
        days_late,
    }
}
