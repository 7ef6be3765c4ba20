//! The model of a pack: everything that a meeting's HTML, PDF, JSON, CSV and workbook show, and nothing else.
//!
//! Each section is a file: its types, what the packs call it, its maker and the records that it names. Lists hold ids; what
//! there is to say of a record stands once, in [`Pack::tickets`], [`Pack::people`] and [`Pack::subjects`].

mod actions;
mod agenda;
mod attention;
mod balance;
mod cards;
mod changes;
mod charts;
mod compliance;
mod decisions;
#[cfg(test)]
pub mod fixture;
mod form;
mod glossary;
mod heading;
mod headline;
mod lapses;
mod meeting;
mod mentions;
mod method;
mod monthly;
mod nitc;
mod outline;
mod outstanding;
mod owners;
mod page_one;
mod pocs;
mod recurring;
mod roster;
pub mod schema;
mod scope;
mod subjects;
mod summary;
mod tiles;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{Level, MeetingKind, Minute, PersonId, SubjectId, TicketId};
use crate::rules;
use crate::workflow::{Context, Period};

use balance::Events;
use mentions::{Mentioned, Mentions};
use scope::Scope;

pub use actions::{ActionRow, Actions, MinutesView};
pub use agenda::Agenda;
pub use attention::{AttentionGroup, AttentionItem, DueRow, attention_before};
pub use balance::{Balance, HistoryRow};
pub use cards::{NoteView, TicketCard, card};
pub use changes::{ChangeRow, VoteRow, change_row};
pub use charts::{Chart, Charts, Mark, Series};
pub use compliance::{ComplianceRow, Days, DeadlineTarget, FirstContact, TimesToResolve};
pub use decisions::{DecisionAsked, Decisions};
pub use form::AttendanceRow;
pub use glossary::GlossaryRow;
pub use heading::Section;
pub use lapses::{LapseRow, OfficeLapses};
pub use meeting::{Head, PeriodView};
pub use method::{ExceptionRow, Method, RuleOff};
pub use monthly::Monthly;
pub use nitc::{NitcReportView, NitcRow};
pub use outstanding::{Ageing, AttentionCounts, NextDue, OutstandingRow, outstanding_row};
pub use owners::OwnerRow;
pub use page_one::{KnowItem, PageOne, UnblockItem};
pub use pocs::{PocPage, PocTicket};
pub use recurring::RecurringRow;
pub use roster::{DesignationView, Roster, RosterRow, designation_view};
pub use subjects::SubjectRow;
pub use tiles::{Tile, Trend};

/// The value of [`Pack::format`].
pub const FORMAT: &str = "heatpack.pack/1";

/// One meeting's pack.
#[derive(Debug, Clone, Serialize)]
pub struct Pack {
    /// Always [`FORMAT`].
    pub format: &'static str,
    /// `weekly` or `monthly`.
    pub kind: crate::model::MeetingKind,
    /// The instant at which the meeting is held.
    pub meeting: Minute,
    /// What the records are read as of: the meeting, or the run if the meeting is still to come.
    pub as_of: Minute,
    /// The meeting is still to come.
    pub preliminary: bool,
    /// What the pack covers.
    pub period: PeriodView,
    /// Name, organization, paper and the like, for the head of every format.
    pub head: Head,
    /// The sections in their order, each with the number and title that every format gives it.
    pub sections: Vec<Section>,
    /// The items of the meeting.
    pub agenda: Agenda,
    /// What the meeting's attention is needed for, group by group.
    pub attention_groups: Vec<AttentionGroup>,
    /// What is due before the next meeting, by day and deadline.
    pub due: Vec<DueRow>,
    /// Page one: the headline, the key figures, what to decide, unblock and know.
    pub page_one: PageOne,
    /// Opening + received + reopened − closed − voided − redirected = closing.
    pub balance: Balance,
    /// The balances of the last 12 periods, oldest first, this one last.
    pub history: Vec<HistoryRow>,
    /// The charts, each shown with its table.
    pub charts: Charts,
    /// Tickets received in the period, in the order of their coming.
    pub new: Vec<TicketId>,
    /// Tickets closed in the period, one entry for each closing.
    pub closed: Vec<TicketId>,
    /// Tickets that became outstanding again in the period, one entry for each time.
    pub reopened: Vec<TicketId>,
    /// How many of the outstanding tickets are red, yellow and green.
    pub attention_counts: AttentionCounts,
    /// Every outstanding ticket, oldest first.
    pub outstanding: Vec<OutstandingRow>,
    /// The outstanding tickets by attention, red first, then oldest first: the order on pages and paper.
    pub by_attention: Vec<TicketId>,
    /// The number of outstanding tickets by age.
    pub ageing: Ageing,
    /// How each deadline was kept, all six kinds in their order.
    pub compliance: Vec<ComplianceRow>,
    /// All deadlines of the period against the target.
    pub target: DeadlineTarget,
    /// Calendar days from receipt to the last resolution, over the tickets closed in the period.
    pub times_to_resolve: TimesToResolve,
    /// Tickets answered at first contact.
    pub first_contact: FirstContact,
    /// Change requests unfinished at the as-of time or finished in the period, by id.
    pub changes: Vec<ChangeRow>,
    /// NITC's latest report beside our records, in the report's order.
    pub nitc: Vec<NitcRow>,
    /// The report that [`Pack::nitc`] is of; null if there is none.
    pub nitc_report: Option<NitcReportView>,
    /// Lapses of the period: by rule in the order of the rules, then by date and record.
    pub lapses: Vec<LapseRow>,
    /// The same lapses by office; offices without lapses are omitted.
    pub lapses_by_office: Vec<OfficeLapses>,
    /// Action items of all meetings of this kind and the other.
    pub actions: Actions,
    /// The minutes of the last meeting of this kind that was held; null if there is none.
    pub last_minutes: Option<MinutesView>,
    /// How the figures were made.
    pub method: Method,
    /// What only the monthly pack has; null in a weekly one.
    pub monthly: Option<Monthly>,
    /// What is said of each ticket that the pack names.
    pub tickets: BTreeMap<TicketId, TicketCard>,
    /// The names of the people that the pack names.
    pub people: BTreeMap<PersonId, String>,
    /// The names of the subjects that the pack names.
    pub subjects: BTreeMap<SubjectId, String>,
}

impl Pack {
    /// Makes the sections, then what is made from them: the figures of page one, and what is said of the records that
    /// they name.
    fn new(scope: &Scope) -> Pack {
        let ctx = scope.ctx;
        let diagnostics = rules::check_for(ctx, scope.period, scope.preliminary);
        let errors = diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Error).count();
        let events = Events::of(ctx, scope.period);
        let sections = outline::outline(scope);
        let history = balance::history(scope);
        let outstanding = outstanding::outstanding(ctx);
        let ageing = outstanding::ageing(&outstanding);
        let changes = changes::changes(scope);
        let (nitc, nitc_report) = nitc::nitc(ctx);
        let lapses = lapses::lapses(scope, &diagnostics);
        let mut pack = Pack {
            format: FORMAT,
            kind: scope.kind,
            meeting: scope.meeting().held,
            as_of: ctx.as_of,
            preliminary: scope.preliminary,
            period: PeriodView { after: scope.period.after, through: scope.period.through },
            head: meeting::head(scope, errors),
            agenda: agenda::agenda(scope, &sections),
            sections,
            attention_groups: attention::attention(scope, &changes, &nitc, nitc_report.as_ref()),
            due: attention::due_rows(scope),
            page_one: PageOne::default(),
            balance: balance::balance(ctx, scope.period, &events),
            charts: charts::charts(&history, &ageing),
            history,
            attention_counts: outstanding::attention_counts(&outstanding),
            by_attention: outstanding::by_attention(outstanding.iter()),
            outstanding,
            ageing,
            compliance: compliance::compliance(scope),
            target: compliance::deadline_target(scope),
            times_to_resolve: compliance::times_to_resolve(scope, &events.closed),
            first_contact: compliance::first_contact(scope, &events.received),
            new: events.received,
            closed: events.closed,
            reopened: events.reopened,
            changes,
            nitc,
            nitc_report,
            lapses_by_office: lapses::by_office(&lapses),
            lapses,
            actions: actions::actions(scope),
            last_minutes: actions::last_minutes(scope),
            method: method::method(scope),
            monthly: None,
            tickets: BTreeMap::new(),
            people: BTreeMap::new(),
            subjects: BTreeMap::new(),
        };
        pack.monthly = (scope.kind == MeetingKind::Monthly)
            .then(|| Monthly::new(scope, &pack.figures(), &pack.new, pack.last_minutes.clone()));
        pack.page_one = page_one::page_one(
            scope,
            &page_one::Parts {
                history: &pack.history,
                balance: &pack.balance,
                changes: &pack.changes,
                nitc: &pack.nitc,
                report: pack.nitc_report.as_ref(),
                actions: &pack.actions,
                gaps: &roster::gaps(scope),
            },
        );
        pack.describe(ctx);
        pack
    }

    /// The sections that the summary is made from.
    fn figures(&self) -> summary::Figures<'_> {
        summary::Figures {
            balance: &self.balance,
            history: &self.history,
            outstanding: &self.outstanding,
            attention_counts: self.attention_counts,
            compliance: &self.compliance,
            target: &self.target,
            closed: &self.closed,
            times_to_resolve: &self.times_to_resolve,
            first_contact: &self.first_contact,
            changes: &self.changes,
        }
    }

    /// Adds what is said of the records that its sections name.
    fn describe(&mut self, ctx: &Context) {
        let parts: [&dyn Mentions; 13] = [
            &self.head,
            &self.page_one,
            &self.attention_groups,
            &self.new,
            &self.closed,
            &self.reopened,
            &self.outstanding,
            &self.changes,
            &self.nitc,
            &self.lapses,
            &self.last_minutes,
            &self.method,
            &self.monthly,
        ];
        let mut mentioned = Mentioned::default();
        parts.iter().for_each(|part| part.mention(&mut mentioned));
        let tickets = cards::cards(ctx, &mentioned.tickets);
        tickets.values().for_each(|card| card.mention(&mut mentioned));
        let project = ctx.project();
        self.tickets = tickets;
        self.people = mentioned.people.into_iter().map(|id| (id.clone(), project.person_name(&id))).collect();
        self.subjects = mentioned.subjects.into_iter().map(|id| (id.clone(), project.subject_name(&id))).collect();
    }
}

/// The pack of the meeting at `index` of its kind's, as the run's context has it. None if it is canceled, or
/// is a later one than the next, which cannot be made yet.
pub fn pack(run: &Context, kind: MeetingKind, index: usize) -> Option<Pack> {
    with_scope(run, kind, index, Pack::new)
}

/// The overdue action items in the pack of that meeting; `None` if there is no such pack.
pub fn overdue_actions(run: &Context, kind: MeetingKind, index: usize) -> Option<Vec<ActionRow>> {
    with_scope(run, kind, index, |scope| actions::actions(scope).overdue)
}

/// The matters that need attention in the pack of that meeting; `None` if there is no such pack.
pub fn attention(run: &Context, kind: MeetingKind, index: usize) -> Option<Vec<AttentionGroup>> {
    with_scope(run, kind, index, |scope| {
        let (nitc, report) = nitc::nitc(scope.ctx);
        attention::attention(scope, &changes::changes(scope), &nitc, report.as_ref())
    })
}

fn with_scope<T>(run: &Context, kind: MeetingKind, index: usize, work: impl FnOnce(&Scope) -> T) -> Option<T> {
    let meeting = run.meetings(kind).get(index)?;
    let later = next_meeting(run, kind).is_none_or(|next| index > next);
    if later {
        return None;
    }
    let preliminary = meeting.held > run.as_of;
    let ctx = run.at(meeting.held.min(run.as_of));
    // The same meeting among those that the earlier context lays out.
    let index = ctx.meetings(kind).iter().position(|other| other.scheduled == meeting.scheduled)?;
    let period = Period::of(ctx.meetings(kind), index, ctx.starts())?;
    Some(work(&Scope { ctx: &ctx, kind, index, period, preliminary }))
}

/// The next meeting of a kind that is held: the first at or after the as-of time.
pub fn next_meeting(run: &Context, kind: MeetingKind) -> Option<usize> {
    run.meetings(kind).iter().position(|meeting| meeting.canceled.is_none() && meeting.held >= run.as_of)
}
