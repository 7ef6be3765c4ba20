//! Lists of records that fit a few conditions, the model of `heatpack list`. Their columns are named as in a pack's CSV.

use chrono::NaiveDate;

use super::words::Words;
use crate::load::{Loaded, Project};
use crate::model::{
    Action, CrState, Meeting, Minute, Owner, PersonId, Poc, Subject, SubjectId, TicketState, is_within,
};
use crate::workflow::{ChangeLine, Clock, Context, TicketLine, designations, is_active};

/// The format's name and version.
pub const FORMAT: &str = "heatpack.list/1";

/// Which records.
#[derive(Debug, Default)]
pub struct Wanted {
    /// Only these states; none stands for the open ones.
    pub states: Option<Vec<String>>,
    pub subject: Option<SubjectId>,
    pub poc: Option<PersonId>,
    pub overdue: bool,
}

/// Records as rows.
#[derive(Debug)]
pub struct Table {
    /// What the records are: `tickets`.
    pub name: &'static str,
    pub as_of: Minute,
    pub headings: &'static [&'static str],
    /// The places of the columns for people; the last one is cut to the width of the terminal.
    pub shown: &'static [usize],
    pub rows: Vec<Vec<String>>,
}

/// The tickets, those due first first.
pub fn tickets(ctx: &Context, wanted: &Wanted) -> Table {
    let words = Words::new(&ctx.project().settings.names);
    let fits = |line: &&TicketLine| {
        let Some(state) = ctx.state(line) else { return false };
        let ticket = line.ticket;
        has_state(wanted, state.as_str(), state.is_outstanding())
            && wanted.subject.as_ref().is_none_or(|own| ticket.subject.value == *own)
            && wanted.poc.as_ref().is_none_or(|own| line.poc_at(ctx.as_of) == own)
            && (!wanted.overdue || is_overdue(ctx, ctx.next_due(line)))
    };
    let mut lines: Vec<&TicketLine> = ctx.tickets().filter(fits).collect();
    lines.sort_by_key(|line| (ctx.next_due(line).map_or(NaiveDate::MAX, |clock| clock.due), line.ticket.id.value));
    let row = |line: &TicketLine| {
        let (ticket, next) = (line.ticket, ctx.next_due(line));
        let holder = ctx.holder(line).map(|holder| words.holder(holder)).unwrap_or_default();
        let is_outstanding = ctx.state(line).is_some_and(TicketState::is_outstanding);
        vec![
            ticket.id.to_string(),
            ctx.project().subject_name(&ticket.subject.value),
            ctx.project().person_name(line.poc_at(ctx.as_of)),
            ticket.received.value.to_string(),
            ctx.state(line).map(|state| state.to_string()).unwrap_or_default(),
            if is_outstanding { holder } else { String::new() },
            line.age_at(ctx.today()).to_string(),
            next.map(|clock| clock.due.to_string()).unwrap_or_default(),
            next.map(|clock| clock.kind.to_string()).unwrap_or_default(),
            due_words(ctx, next),
            ticket.title.0.clone(),
        ]
    };
    Table {
        name: "tickets",
        as_of: ctx.as_of,
        headings: &[
            "number",
            "subject",
            "poc",
            "received",
            "state",
            "holder",
            "age_days",
            "next_due",
            "next_due_clock",
            "due",
            "title",
        ],
        shown: &[0, 9, 5, 10],
        rows: lines.into_iter().map(row).collect(),
    }
}

/// The change requests, drafts among them.
pub fn changes(ctx: &Context, wanted: &Wanted) -> Table {
    let words = Words::new(&ctx.project().settings.names);
    let state = |line: &ChangeLine| line.state_at(ctx.as_of).unwrap_or(CrState::Draft);
    let next = |line: &'_ ChangeLine| -> Option<NaiveDate> {
        let open = line.clocks.iter().filter(|clock| clock.runs_at(ctx.as_of));
        open.map(|clock| clock.due).min()
    };
    let fits = |line: &&ChangeLine| {
        has_state(wanted, state(line).as_str(), !state(line).is_finished())
            && wanted.subject.as_ref().is_none_or(|own| line.cr.subject.value == *own)
            && (!wanted.overdue || next(line).is_some_and(|due| due < ctx.today()))
    };
    let row = |line: &ChangeLine| {
        let tickets: Vec<String> = line.cr.tickets.iter().map(|ticket| ticket.value.to_string()).collect();
        let due = next(line);
        vec![
            line.cr.id.to_string(),
            ctx.project().subject_name(&line.cr.subject.value),
            tickets.join(" "),
            state(line).to_string(),
            if state(line).is_finished() { String::new() } else { words.change_holder(state(line)) },
            line.in_state_since(ctx.as_of).map(|since| since.date().to_string()).unwrap_or_default(),
            due.map(|due| due.to_string()).unwrap_or_default(),
            line.cr.title.0.clone(),
        ]
    };
    let lines: Vec<&ChangeLine> = ctx.prepared.changes.values().filter(fits).collect();
    Table {
        name: "crs",
        as_of: ctx.as_of,
        headings: &["number", "subject", "tickets", "state", "holder", "since", "next_due", "title"],
        shown: &[0, 3, 4, 7],
        rows: lines.into_iter().map(row).collect(),
    }
}

/// The POCs, with what they are designated for today.
pub fn pocs(ctx: &Context, wanted: &Wanted) -> Table {
    let (project, today) = (ctx.project(), ctx.today());
    let has = |poc: &Poc, subject: &SubjectId| {
        poc.designations.iter().any(|own| own.subject.value == *subject && is_active(own, today))
    };
    let fits = |poc: &&Loaded<Poc>| wanted.subject.as_ref().is_none_or(|subject| has(poc, subject));
    let text = |text: &Option<crate::model::Text>| text.as_ref().map(|text| text.0.clone()).unwrap_or_default();
    let outstanding = ctx.outstanding();
    let row = |poc: &Loaded<Poc>| {
        let active = poc.designations.iter().filter(|own| is_active(own, today));
        let roles: Vec<String> =
            active.map(|own| format!("{} ({})", project.subject_name(&own.subject.value), own.role.value)).collect();
        let open = outstanding.iter().filter(|line| *line.poc_at(ctx.as_of) == poc.id.value).count();
        vec![
            poc.id.to_string(),
            poc.name.0.clone(),
            text(&poc.email),
            text(&poc.phone),
            open.to_string(),
            roles.join(", "),
        ]
    };
    Table {
        name: "pocs",
        as_of: ctx.as_of,
        headings: &["id", "name", "email", "phone", "outstanding", "designations"],
        shown: &[0, 1, 3, 5],
        rows: project.pocs.values().filter(fits).map(row).collect(),
    }
}

/// The modules and initiatives, with their POCs of today.
pub fn subjects(ctx: &Context) -> Table {
    let project = ctx.project();
    let row = |subject: &Loaded<Subject>| {
        let id = &subject.id.value;
        let names = |wanted: crate::model::Role| {
            let own =
                designations(project, id, Some(wanted)).into_iter().filter(|(_, own)| is_active(own, ctx.today()));
            own.map(|(poc, _)| poc.name.0.clone()).collect::<Vec<_>>().join(", ")
        };
        let open = ctx.outstanding().into_iter().filter(|line| line.ticket.subject.value == *id).count();
        let (primary, backups) = (names(crate::model::Role::Primary), names(crate::model::Role::Backup));
        vec![id.to_string(), subject.kind.to_string(), open.to_string(), primary, backups, subject.name.0.clone()]
    };
    Table {
        name: "subjects",
        as_of: ctx.as_of,
        headings: &["id", "kind", "outstanding", "primary", "backups", "name"],
        shown: &[0, 1, 3, 5],
        rows: project.subjects.iter().map(row).collect(),
    }
}

/// The staff of today.
pub fn staff(ctx: &Context) -> Table {
    let project: &Project = ctx.project();
    let now = project.staff.iter().filter(|own| is_within(ctx.today(), own.from, own.until));
    let row = |own: &Loaded<crate::model::Staff>| {
        let email = own.email.as_ref().map(|email| email.0.clone()).unwrap_or_default();
        vec![own.id.to_string(), own.office.to_string(), email, own.name.0.clone()]
    };
    Table {
        name: "staff",
        as_of: ctx.as_of,
        headings: &["id", "office", "email", "name"],
        shown: &[0, 1, 3],
        rows: now.map(row).collect(),
    }
}

/// The action items that are not done, those due first first.
pub fn actions(ctx: &Context, wanted: &Wanted) -> Table {
    let words = Words::new(&ctx.project().settings.names);
    let today = ctx.today();
    let is_open = |action: &Action| action.done.is_none_or(|done| done.value.0 > today);
    let fits = |action: &Action| is_open(action) && (!wanted.overdue || action.due.value.0 < today);
    let mut found: Vec<_> = ctx.actions().filter(|(_, _, action)| fits(action)).collect();
    found.sort_by_key(|(_, _, action)| (action.due.value.0, action.id.value.clone()));
    let row = |(meeting, _, action): &(&Loaded<Meeting>, Minute, &Action)| {
        let owner = match &action.owner.value {
            Owner::Office(office) => words.office(*office),
            Owner::Board => words.board(),
            Owner::Person(id) => ctx.project().person_name(id),
        };
        let due = action.due.value.0;
        let when = format!("{} {}", if due < today { "was due" } else { "due" }, due.format("%b %-d"));
        vec![action.id.to_string(), owner, due.to_string(), when, meeting.name(), action.what.0.clone()]
    };
    Table {
        name: "actions",
        as_of: ctx.as_of,
        headings: &["id", "owner", "due", "when", "meeting", "what"],
        shown: &[0, 3, 1, 5],
        rows: found.iter().map(row).collect(),
    }
}

fn has_state(wanted: &Wanted, state: &str, is_open: bool) -> bool {
    wanted.states.as_ref().map_or(is_open, |states| states.iter().any(|own| own == state || own == "all"))
}

fn is_overdue(ctx: &Context, clock: Option<&Clock>) -> bool {
    clock.is_some_and(|clock| clock.due < ctx.today())
}

/// "was due Nov 17".
fn due_words(ctx: &Context, clock: Option<&Clock>) -> String {
    let Some(clock) = clock else { return String::new() };
    let when = if is_overdue(ctx, Some(clock)) { "was due" } else { "due" };
    format!("{when} {}", clock.due.format("%b %-d"))
}
