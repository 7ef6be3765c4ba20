//! Packs and rows for tests: valid, and with little in them.

use chrono::{NaiveDate, NaiveDateTime};

use super::*;
use crate::model::{Attention, CrId, CrState, Holder, Names, RichText, TicketState};

/// A day in November 2026.
pub fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap_or_default()
}

/// Ten o'clock on a day in November 2026.
pub fn minute(on: u32) -> Minute {
    Minute(NaiveDateTime::new(day(on), chrono::NaiveTime::from_hms_opt(10, 0, 0).unwrap_or_default()))
}

/// Someone.
pub fn person() -> PersonId {
    PersonId::parse("jrivera").expect("an id")
}

/// A module.
pub fn subject_id(id: &str) -> SubjectId {
    SubjectId::parse(id).expect("an id")
}

/// A pack without a record in it.
pub fn empty(kind: MeetingKind) -> Pack {
    let section =
        |key, number, title: &str| Section { key, number, title: title.to_owned(), on_agenda: number.is_some() };
    let chart = || Chart {
        title: "Chart".to_owned(),
        description: "What it shows.".to_owned(),
        labels: Vec::new(),
        unfinished: None,
        series: Vec::new(),
    };
    let balance = Balance { opening: 0, received: 0, reopened: 0, closed: 0, voided: 0, redirected: 0, closing: 0 };
    Pack {
        format: FORMAT,
        kind,
        meeting: minute(18),
        as_of: minute(18),
        preliminary: false,
        period: PeriodView { after: minute(12), through: minute(18) },
        head: Head {
            title: "MITS Status Meeting".to_owned(),
            organization: "MITS User Support".to_owned(),
            scheduled: day(18),
            moved: None,
            chair: None,
            paper: "us-letter".to_owned(),
            timezone: "America/New_York".to_owned(),
            names: Names {
                tracker: "HEAT".to_owned(),
                help_desk: "MITS Help Desk".to_owned(),
                third_line: "NITC".to_owned(),
                sponsor: "ACFO-FS".to_owned(),
                board: "CFMSCCB".to_owned(),
            },
            commit: None,
            errors: 0,
            left_out: Vec::new(),
            generator: "heatpack 0.1.0".to_owned(),
        },
        sections: vec![
            section("agenda", None, "Agenda"),
            section("attention", Some(1), "Needs attention"),
            section("balance", Some(2), "Balance"),
        ],
        agenda: Agenda { first: 1, standing: Vec::new(), further: Vec::new(), first_further: 3 },
        attention_groups: Vec::new(),
        due: Vec::new(),
        page_one: PageOne::default(),
        balance,
        history: Vec::new(),
        charts: Charts { history: chart(), ageing: chart() },
        new: Vec::new(),
        closed: Vec::new(),
        reopened: Vec::new(),
        attention_counts: AttentionCounts::default(),
        outstanding: Vec::new(),
        by_attention: Vec::new(),
        ageing: Ageing::default(),
        compliance: Vec::new(),
        target: DeadlineTarget::default(),
        times_to_resolve: TimesToResolve { count: 0, median: None, p90: None, max: None },
        first_contact: FirstContact { answered: 0, of: 0 },
        changes: Vec::new(),
        nitc: Vec::new(),
        nitc_report: None,
        lapses: Vec::new(),
        lapses_by_office: Vec::new(),
        actions: Actions { overdue: Vec::new(), open: Vec::new(), new: Vec::new(), done: Vec::new() },
        last_minutes: None,
        method: Method { text: Vec::new(), rules_off: Vec::new(), exceptions: Vec::new() },
        monthly: (kind == MeetingKind::Monthly).then(|| Monthly {
            summary: Vec::new(),
            by_subject: Vec::new(),
            recurring: Vec::new(),
            roster: Roster { rows: Vec::new(), gaps: Vec::new(), ending: Vec::new(), changes: Vec::new() },
            last_minutes: None,
            poc_pages: Vec::new(),
            help_desk: String::new(),
            attendance: Vec::new(),
            glossary: Vec::new(),
        }),
        tickets: BTreeMap::new(),
        people: BTreeMap::new(),
        subjects: BTreeMap::new(),
    }
}

/// A row of an outstanding ticket.
pub fn outstanding(id: TicketId) -> OutstandingRow {
    OutstandingRow {
        id,
        subject: subject_id("scorecard"),
        poc: person(),
        state: TicketState::Open,
        holder: Holder::HelpDesk,
        age_days: 3,
        last_contact: None,
        attention: Attention::Yellow,
        attention_reason: "first reply due today".to_owned(),
        next_due: None,
        next_due_text: None,
    }
}

/// What is said of a ticket.
pub fn card(title: &str) -> TicketCard {
    TicketCard {
        title: title.to_owned(),
        subject: subject_id("scorecard"),
        kind: "issue",
        area: "functional",
        poc: person(),
        received: minute(15),
        state: TicketState::Open,
        state_text: "open".to_owned(),
        holder_text: "MITS Help Desk".to_owned(),
        description: RichText::new(""),
        first_line: None,
        last_note: None,
        resolution: None,
        resolved: None,
        closed: None,
        nitc_ref: None,
        changes: Vec::new(),
    }
}

/// A draft of a change request.
pub fn change(id: &str) -> ChangeRow {
    ChangeRow {
        id: CrId::parse(id).expect("an id"),
        state: CrState::Draft,
        state_text: "draft".to_owned(),
        approvals: 0,
        quorum: 2,
        waiting_for: Vec::new(),
        missing: String::new(),
        title: "A change".to_owned(),
        subject: subject_id("scorecard"),
        tickets: Vec::new(),
        prepared_by: person(),
        priority: None,
        risk: None,
        effort: None,
        description: None,
        finished: false,
        standing: "0 of 2 approvals".to_owned(),
        waits_on: "ACFO-FS".to_owned(),
        since: day(16),
        days: 2,
        digest: String::new(),
        due: None,
        votes: Vec::new(),
        release: None,
    }
}

/// A subject and its outstanding tickets.
pub fn subject(id: &str, outstanding: &[TicketId]) -> SubjectRow {
    SubjectRow {
        subject: subject_id(id),
        name: id.to_owned(),
        kind: "module",
        outstanding: outstanding.to_vec(),
        by_attention: outstanding.to_vec(),
        oldest_days: None,
        received: 0,
        closed: 0,
    }
}
