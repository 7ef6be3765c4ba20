//! One page for each POC, and what goes with the meeting itself: attendance, last minutes, glossary.

use chrono::NaiveDate;

use crate::model::{ClockKind, Office, Poc, RichText, TicketState, is_within};
use crate::report::pack::{AttendanceRow, GlossaryRow, MinutesView, OutstandingRow, PocPage, PocTicket};
use crate::report::scope::Scope;
use crate::report::words::{Words, day};
use crate::workflow::{Context, TicketLine, is_active};

use super::handover::handover;
use super::roster::designation_view;

/// The pages of those who are designated or have outstanding tickets, by name.
pub fn poc_pages(scope: &Scope, outstanding: &[OutstandingRow]) -> Vec<PocPage> {
    let ctx = scope.ctx;
    let mut pages: Vec<PocPage> = ctx
        .project()
        .pocs
        .values()
        .filter_map(|poc| {
            let active: Vec<_> = poc.designations.iter().filter(|own| is_active(own, ctx.today())).collect();
            let own: Vec<_> = outstanding.iter().filter(|row| row.poc == poc.id.value).collect();
            if active.is_empty() && own.is_empty() {
                return None;
            }
            let tickets = own.into_iter().filter_map(|row| ctx.prepared.tickets.get(&row.id));
            Some(PocPage {
                poc: poc.id.value.clone(),
                name: poc.name.0.clone(),
                office: poc.office.as_ref().map(|office| office.0.clone()),
                contact: contact(poc),
                designations: active.into_iter().map(|own| designation_view(ctx, poc, own)).collect(),
                tickets: tickets.map(|line| poc_ticket(ctx, line)).collect(),
            })
        })
        .collect();
    pages.sort_by(|a, b| (&a.name, &a.poc).cmp(&(&b.name, &b.poc)));
    pages
}

fn contact(poc: &Poc) -> String {
    poc.email.iter().chain(&poc.phone).map(|text| text.as_str()).collect::<Vec<_>>().join(", ")
}

/// Where a ticket stands, for the POC who called.
pub fn poc_ticket(ctx: &Context, line: &TicketLine) -> PocTicket {
    let names = &ctx.project().settings.names;
    let state = ctx.state(line).unwrap_or(TicketState::Open);
    let holder = ctx.holder(line).map(|holder| Words::new(names).holder(holder)).unwrap_or_default();
    let since = line.steps_until(ctx.as_of).rfind(|step| step.before != Some(step.after));
    let since = since.map(|step| format!(" since {}", day(step.at.date()))).unwrap_or_default();
    let changes: Vec<String> = line.waits_for_at(ctx.as_of, &ctx.prepared.changes).map(ToString::to_string).collect();
    let stands = match state {
        TicketState::Open => format!("The {holder} has been working on it{since}."),
        TicketState::WithNitc => format!("{holder} has been researching it{since}."),
        TicketState::AwaitingChange if changes.is_empty() => {
            format!("The code has to change: {} has been preparing the change request{since}.", names.sponsor)
        }
        TicketState::AwaitingChange => {
            format!("It has been waiting{since} for {}, which is with {holder}.", changes.join(" and "))
        }
        TicketState::Answered => format!("The answer has been here{since}; the {holder} will tell you."),
        _ => format!("You were given the resolution{}.", since.replace(" since ", " on ")),
    };
    let handover = handover(ctx, line).map(|handover| handover.asked(&names.help_desk));
    let asked = match state {
        TicketState::Resolved => "Try it, and tell the Help Desk whether the ticket can be closed.",
        TicketState::Answered => "Expect the Help Desk's call.",
        _ => "Nothing for now; tell the Help Desk if it becomes more urgent or goes away.",
    };
    PocTicket {
        id: line.ticket.id.value,
        stands,
        next_word: next_word(ctx, line),
        word_is_overdue: next_word(ctx, line).is_some_and(|due| due < ctx.today()),
        asked: handover.unwrap_or_else(|| asked.replace("the Help Desk", &format!("the {}", names.help_desk))),
    }
}

/// When the POC hears of a ticket next, at the latest: the earliest due date of the clocks that word to them stops.
pub fn next_word(ctx: &Context, line: &TicketLine) -> Option<NaiveDate> {
    let words = [ClockKind::Reply, ClockKind::FollowUp, ClockKind::Relay];
    let running = line.clocks.iter().filter(|clock| clock.runs_at(ctx.as_of) && words.contains(&clock.kind));
    running.map(|clock| clock.due).min()
}

/// Who is expected at the meeting: the POCs, then the staff, by name.
pub fn attendance(scope: &Scope) -> Vec<AttendanceRow> {
    let (project, today) = (scope.ctx.project(), scope.ctx.today());
    let mut pocs: Vec<AttendanceRow> = Vec::new();
    for poc in project.pocs.values() {
        let subjects: Vec<String> = poc
            .designations
            .iter()
            .filter(|own| is_active(own, today))
            .map(|own| project.subject_name(&own.subject.value))
            .collect();
        if !subjects.is_empty() {
            pocs.push(AttendanceRow { name: poc.name.0.clone(), role: format!("POC for {}", subjects.join(", ")) });
        }
    }
    pocs.sort_by(|a, b| a.name.cmp(&b.name));
    let offices = [Office::HelpDesk, Office::Nitc, Office::AcfoFs];
    let staff = offices.into_iter().flat_map(|office| {
        let here = project.staff.iter().filter(move |staff| staff.office == office);
        let now = here.filter(|staff| is_within(today, staff.from, staff.until));
        let mut rows: Vec<AttendanceRow> =
            now.map(|staff| AttendanceRow { name: staff.name.0.clone(), role: scope.words().office(office) }).collect();
        rows.sort_by(|a, b| a.name.cmp(&b.name));
        rows
    });
    pocs.into_iter().chain(staff).collect()
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
    })
}

/// The terms that a newcomer meets in the pack.
pub fn glossary(scope: &Scope) -> Vec<GlossaryRow> {
    let names = &scope.ctx.project().settings.names;
    let row = |term: &str, meaning: String| GlossaryRow { term: term.to_owned(), meaning };
    vec![
        row(&names.tracker, "the tracker in which the Help Desk opens a ticket for every inquiry".to_owned()),
        row(
            "POC",
            "Point of Contact: the designated person whom users of a module or initiative call first".to_owned(),
        ),
        row(&names.help_desk, "the second line: it takes inquiries from POCs only".to_owned()),
        row(
            &names.third_line,
            "the application team, to which the Help Desk forwards what it cannot answer".to_owned(),
        ),
        row(&names.sponsor, "prepares change requests and submits them to the board".to_owned()),
        row(&names.board, "the board that approves and signs a change request before work begins".to_owned()),
        row("CR", "change request: what a change of code needs".to_owned()),
        row("Outstanding", "not closed, redirected or voided: somebody still has to do something".to_owned()),
        row("Lapse", "the process was late, or left something out; it stays on record".to_owned()),
        row("Resolved", "the POC was given the resolution; closed once the POC agrees".to_owned()),
    ]
}
