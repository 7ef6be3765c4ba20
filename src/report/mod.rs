//! FLOOR 4: [`Context`] → packs and pages: typed views that every format shows.
//!
//! A section is made by one function from the context; a count and its list come from the same one.

pub mod audit;
pub mod ballot;
pub mod calendar;
pub mod declared;
pub mod entered;
pub mod findings;
pub mod mail;
mod monthly;
pub mod pack;
mod pack_figures;
mod pack_rows;
pub mod pack_schema;
pub mod pages;
pub mod places;
pub mod reconciliation;
pub mod review;
pub mod rule_list;
mod scope;
mod sections;
pub mod show;
pub mod site;
pub mod today;
pub mod votes;
pub mod words;

use crate::model::{Level, MeetingKind};
use crate::rules;
use crate::workflow::{Context, Period};

use pack::{AttentionGroup, FORMAT, Head, Monthly, Names, Pack, PeriodView};
use scope::Scope;
use sections::Events;

/// The programme's name and version, for the foot of every page.
pub const GENERATOR: &str = concat!("heatpack ", env!("CARGO_PKG_VERSION"));

/// The pack of the meeting at `index` of its kind's, as the run's context has it. None if it is canceled, or
/// is a later one than the next, which cannot be made yet.
pub fn pack(run: &Context, kind: MeetingKind, index: usize) -> Option<Pack> {
    with_scope(run, kind, index, assemble)
}

/// What the pack of that meeting asks attention for; none where there is no such pack.
pub fn attention(run: &Context, kind: MeetingKind, index: usize) -> Option<Vec<AttentionGroup>> {
    with_scope(run, kind, index, |scope| {
        let (nitc, report) = sections::nitc(scope.ctx);
        sections::attention(scope, &sections::changes(scope), &nitc, report.as_ref())
    })
}

/// The same groups, said on a day before that meeting: to whoever reads them then, the next meeting is that one, and
/// what the pack calls so is the one after.
pub fn attention_before(
    run: &Context,
    kind: MeetingKind,
    index: usize,
    mut groups: Vec<AttentionGroup>,
) -> Vec<AttentionGroup> {
    let mut later = run.meetings(kind).iter().skip(index + 1).filter(|meeting| meeting.canceled.is_none());
    if let (Some(due), Some(after)) = (groups.iter_mut().find(|group| group.key == sections::DUE), later.next()) {
        let before = format!("before {}, the meeting after the next", words::day(after.held.date()));
        due.title = format!("Due {before}");
        due.empty = format!("Nothing falls due {before}.");
    }
    groups
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

fn assemble(scope: &Scope) -> Pack {
    let ctx = scope.ctx;
    let diagnostics = rules::check_for(ctx, scope.period, scope.preliminary);
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Error).count();
    let events = Events::of(ctx, scope.period);
    let balance = sections::balance(ctx, scope.period, &events);
    let history = sections::history(scope);
    let outstanding = sections::outstanding(ctx);
    let attention_counts = sections::attention_counts(&outstanding);
    let ageing = sections::ageing(&outstanding);
    let compliance = sections::compliance(scope);
    let times_to_resolve = sections::times_to_resolve(scope, &events.closed);
    let first_contact = sections::first_contact(scope, &events.received);
    let changes = sections::changes(scope);
    let (nitc, nitc_report) = sections::nitc(ctx);
    let lapses = sections::lapses(scope, &diagnostics);
    let last_minutes = sections::last_minutes(scope);
    let monthly = (scope.kind == MeetingKind::Monthly).then(|| {
        let roster = sections::roster(scope);
        Monthly {
            summary: sections::summary(&sections::Figures {
                progress: history.last().and_then(|row| row.progress.as_deref()),
                balance,
                outstanding: &outstanding,
                attention: attention_counts,
                compliance: &compliance,
                closed: &events.closed,
                times: &times_to_resolve,
                first_contact: &first_contact,
                changes: &changes,
            }),
            decisions_asked: sections::decisions_asked(scope, &changes, &roster.gaps),
            by_subject: sections::by_subject(ctx, &outstanding, &events),
            roster,
            lapses_by_office: sections::by_office(&lapses),
            last_minutes: last_minutes.clone(),
            poc_pages: sections::poc_pages(scope, &outstanding),
            attendance: sections::attendance(scope),
            glossary: sections::glossary(scope),
        }
    });
    let attention_groups = sections::attention(scope, &changes, &nitc, nitc_report.as_ref());
    let actions = sections::actions(scope);
    let outline = sections::outline(scope);
    let glance = sections::glance(&sections::Seen {
        groups: &attention_groups,
        ageing: &ageing,
        actions: &actions,
        monthly: monthly.as_ref(),
        balance,
        history: &history,
    });
    let mut pack = Pack {
        format: FORMAT,
        kind: scope.kind,
        meeting: scope.meeting().held,
        as_of: ctx.as_of,
        preliminary: scope.preliminary,
        period: PeriodView { after: scope.period.after, through: scope.period.through },
        head: head(scope, errors),
        agenda: sections::agenda(scope, &outline),
        sections: outline,
        attention_groups,
        glance,
        balance,
        charts: sections::charts(scope, &history, &ageing, &outstanding),
        history,
        new: events.received,
        closed: events.closed,
        reopened: events.reopened,
        attention_counts,
        outstanding,
        ageing,
        compliance,
        times_to_resolve,
        first_contact,
        changes,
        nitc,
        nitc_report,
        lapses_by_rule: sections::by_rule(&lapses),
        lapses,
        actions,
        last_minutes,
        method: sections::method(scope),
        monthly,
        tickets: Default::default(),
        people: Default::default(),
        subjects: Default::default(),
    };
    pack.tickets = sections::cards(ctx, &pack);
    pack.people = sections::names(ctx, &pack);
    pack.subjects = sections::subject_names(ctx, &pack);
    pack
}

fn head(scope: &Scope, errors: usize) -> Head {
    let (meeting, project) = (scope.meeting(), scope.ctx.project());
    let settings = &project.settings;
    Head {
        title: meeting.name.to_owned(),
        organization: settings.organization.clone(),
        scheduled: meeting.scheduled,
        moved: meeting.moved.clone(),
        chair: meeting.record.and_then(|record| record.chair.as_ref()).map(|chair| chair.value.clone()),
        paper: settings.paper.to_string(),
        timezone: settings.zone.name().to_owned(),
        names: pack_names(&settings.names),
        // Git is asked by `commands`.
        commit: None,
        errors,
        left_out: project.left_out.clone(),
        generator: GENERATOR.to_owned(),
    }
}

fn pack_names(names: &crate::model::Names) -> Names {
    Names {
        tracker: names.tracker.clone(),
        help_desk: names.help_desk.clone(),
        third_line: names.third_line.clone(),
        sponsor: names.sponsor.clone(),
        board: names.board.clone(),
    }
}
