//! The lists of a pack that its workbook has, column by column.

use std::collections::BTreeSet;

use super::sheet::{Cell, Column, LONGEST, Sheet};
use crate::model::{ClockKind, PersonId, SubjectId, TicketId};
use crate::report::pack::{ActionRow, ChangeRow, ComplianceRow, OutstandingRow, Pack, TicketCard};

/// A ticket, and its row among the outstanding ones if it is one of them.
pub struct TicketRow<'p> {
    id: TicketId,
    card: &'p TicketCard,
    outstanding: Option<&'p OutstandingRow>,
}

/// An action item, and the list that it is in.
pub struct ActionLine<'p> {
    status: &'static str,
    action: &'p ActionRow,
}

/// The outstanding tickets.
pub fn outstanding(pack: &Pack) -> Sheet<TicketRow<'_>> {
    let own = vec![
        Column("Owner", 14, |_, row: &TicketRow| text(&row.card.holder_text)),
        Column("Age in days", 11, |_, row| open(row, |own| Cell::Number(own.age_days))),
        Column("Last contact", 14, |_, row| open(row, |own| Cell::Day(own.last_contact))),
        Column("Next due date", 14, |_, row| open(row, |own| Cell::Day(own.next_due.as_ref().map(|due| due.due)))),
        Column("Next deadline", 26, |_, row| open(row, |own| text(own.next_due_text.as_deref().unwrap_or_default()))),
        Column("Attention", 10, |_, row| open(row, |own| text(own.attention))),
        Column("Reason", 34, |_, row| open(row, |own| text(&own.attention_reason))),
    ];
    let row = |own| Some(TicketRow { outstanding: Some(own), ..ticket(pack, own.id)? });
    Sheet {
        name: "Outstanding",
        columns: ticket_columns(own),
        empty: "No outstanding tickets.",
        rows: pack.outstanding.iter().filter_map(row).collect(),
    }
}

/// The tickets closed in the period, and those new in it that are not outstanding: voided or redirected.
pub fn closed(pack: &Pack) -> Sheet<TicketRow<'_>> {
    let own = vec![
        Column("Resolved", 21, |_, row: &TicketRow| Cell::Time(row.card.resolved.map(|at| at.0))),
        Column("Closed", 21, |_, row| Cell::Time(row.card.closed.map(|at| at.0))),
        Column("Resolution", 50, |_, row| {
            text(row.card.resolution.as_ref().map(|text| text.plain(LONGEST)).unwrap_or_default())
        }),
    ];
    let outstanding: BTreeSet<TicketId> = pack.outstanding.iter().map(|row| row.id).collect();
    let others = pack.new.iter().filter(|id| !outstanding.contains(id));
    let mut written = BTreeSet::new();
    let all = pack.closed.iter().chain(others).filter(|id| written.insert(**id));
    Sheet {
        name: "Closed",
        columns: ticket_columns(own),
        empty: "No tickets closed in the period.",
        rows: all.filter_map(|id| ticket(pack, *id)).collect(),
    }
}

fn ticket(pack: &Pack, id: TicketId) -> Option<TicketRow<'_>> {
    Some(TicketRow { id, card: pack.tickets.get(&id)?, outstanding: None })
}

fn open(row: &TicketRow, cell: impl Fn(&OutstandingRow) -> Cell) -> Cell {
    row.outstanding.map_or_else(|| text(""), cell)
}

/// What every list of tickets has, around a list's own columns.
fn ticket_columns<'p>(own: Vec<Column<TicketRow<'p>>>) -> Vec<Column<TicketRow<'p>>> {
    let before = vec![
        Column("Ticket", 13, |_, row: &TicketRow<'p>| text(row.id)),
        Column("Title", 40, |_, row| text(&row.card.title)),
        Column("Module or initiative", 22, |pack, row| subject(pack, &row.card.subject)),
        Column("Kind", 10, |_, row| text(row.card.kind)),
        Column("Area", 11, |_, row| text(row.card.area)),
        Column("POC", 20, |pack, row| text(name(pack, &row.card.poc))),
        Column("Received", 21, |_, row| Cell::Time(Some(row.card.received.0))),
        Column("In the period", 13, |pack, row| in_period(pack, row.id)),
        Column("State", 26, |_, row| text(&row.card.state_text)),
    ];
    let after = vec![
        Column("NITC number", 13, |_, row: &TicketRow<'p>| text(row.card.nitc_ref.as_deref().unwrap_or_default())),
        Column("Change requests", 16, |_, row| listed(&row.card.changes)),
        Column("Last note", 50, |_, row| {
            text(row.card.last_note.as_ref().map(|note| note.text.plain(LONGEST)).unwrap_or_default())
        }),
        Column("Description", 60, |_, row| text(row.card.description.plain(LONGEST))),
    ];
    before.into_iter().chain(own).chain(after).collect()
}

/// How each deadline was met.
pub fn deadlines(pack: &Pack) -> Sheet<&ComplianceRow> {
    Sheet {
        name: "Deadlines",
        columns: vec![
            Column("Deadline", 30, |_, row: &&ComplianceRow| text(&row.clock_text)),
            Column("Requirement", 60, |_, row| text(&row.asks)),
            Column("Due in the period", 12, |_, row| count(row.of)),
            Column("On time", 9, |_, row| count(row.met)),
            Column("Late", 9, |_, row| count(row.late)),
            Column("Overdue", 9, |_, row| count(row.overdue)),
            Column("Waived", 9, |_, row| count(row.waived)),
            Column("Share on time", 16, |_, row| text(&row.share)),
            Column("Next due date", 14, |pack, row| next_due(pack, row.clock)),
        ],
        empty: "No deadlines.",
        rows: pack.compliance.iter().collect(),
    }
}

/// The change requests.
pub fn changes(pack: &Pack) -> Sheet<&ChangeRow> {
    Sheet {
        name: "Change requests",
        columns: vec![
            Column("Change request", 15, |_, row: &&ChangeRow| text(&row.id)),
            Column("Title", 40, |_, row| text(&row.title)),
            Column("State", 26, |_, row| text(&row.state_text)),
            Column("Owner", 14, |_, row| text(&row.waits_on)),
            Column("Since", 14, |_, row| Cell::Day(Some(row.since))),
            Column("Days in this state", 10, |_, row| Cell::Number(row.days)),
            Column("Votes", 34, |_, row| text(&row.standing)),
            Column("Approvals", 10, |_, row| count(row.approvals)),
            Column("Approvals needed", 10, |_, row| count(row.quorum)),
            Column("Waiting for", 30, |pack, row| {
                text(row.waiting_for.iter().map(|id| name(pack, id)).collect::<Vec<_>>().join("; "))
            }),
            Column("Forward by", 14, |_, row| Cell::Day(row.due)),
            Column("Module or initiative", 22, |pack, row| subject(pack, &row.subject)),
            Column("Tickets", 16, |_, row| listed(&row.tickets)),
            Column("Prepared by", 20, |pack, row| text(name(pack, &row.prepared_by))),
            Column("Priority", 10, |_, row| text(row.priority.as_deref().unwrap_or_default())),
            Column("Risk", 10, |_, row| text(row.risk.as_deref().unwrap_or_default())),
            Column("Release", 16, |_, row| text(row.release.as_deref().unwrap_or_default())),
            Column("Finished in the period", 11, |_, row| text(if row.finished { "yes" } else { "no" })),
        ],
        empty: "No change requests.",
        rows: pack.changes.iter().collect(),
    }
}

/// The action items.
pub fn actions(pack: &Pack) -> Sheet<ActionLine<'_>> {
    let actions = &pack.actions;
    let lists =
        [("overdue", &actions.overdue), ("open", &actions.open), ("new", &actions.new), ("done", &actions.done)];
    Sheet {
        name: "Action items",
        columns: vec![
            Column("Number", 13, |_, row: &ActionLine| text(&row.action.id)),
            Column("Action item", 60, |_, row| text(&row.action.what)),
            Column("Owner", 22, |_, row| text(&row.action.owner)),
            Column("Status", 10, |_, row| text(row.status)),
            Column("Due date", 14, |_, row| Cell::Day(Some(row.action.due))),
            Column("Days overdue", 10, |_, row| Cell::Number(row.action.days_late)),
            Column("Done", 14, |_, row| Cell::Day(row.action.done)),
            Column("Meeting", 22, |_, row| text(&row.action.meeting)),
        ],
        empty: "No action items.",
        rows: lists
            .into_iter()
            .flat_map(|(status, rows)| rows.iter().map(move |action| ActionLine { status, action }))
            .collect(),
    }
}

fn text(value: impl ToString) -> Cell {
    Cell::Text(value.to_string())
}

fn count(count: usize) -> Cell {
    Cell::Number(i64::try_from(count).unwrap_or(i64::MAX))
}

fn listed(values: &[impl ToString]) -> Cell {
    text(values.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
}

fn name(pack: &Pack, id: &PersonId) -> String {
    pack.people.get(id).cloned().unwrap_or_else(|| id.to_string())
}

fn subject(pack: &Pack, id: &SubjectId) -> Cell {
    text(pack.subjects.get(id).cloned().unwrap_or_else(|| id.to_string()))
}

fn in_period(pack: &Pack, id: TicketId) -> Cell {
    let events = [("new", &pack.new), ("closed", &pack.closed), ("reopened", &pack.reopened)];
    let words = events.into_iter().filter(|(_, list)| list.contains(&id)).map(|(word, _)| word);
    text(words.collect::<Vec<_>>().join(" "))
}

/// The earliest due date of a kind among the outstanding tickets.
fn next_due(pack: &Pack, kind: ClockKind) -> Cell {
    let due = pack.outstanding.iter().filter_map(|row| row.next_due.as_ref());
    Cell::Day(due.filter(|due| due.clock == kind).map(|due| due.due).min())
}
