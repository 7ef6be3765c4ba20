//! The POC roster: who is designated for what, gaps, what ends soon, what changed.

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::heading::Heading;
use super::mentions::{Mentioned, Mentions};
use super::scope::Scope;
use crate::model::{Designation, PersonId, Poc, Role, SubjectId, short_day};
use crate::report::words::counted;
use crate::workflow::{Context, designations, gap_since, is_active, is_supported};

/// What the monthly pack calls the section.
pub(super) const HEADING: Heading = Heading::new("roster", "POC roster");

/// Who is whose POC.
#[derive(Debug, Clone, Serialize)]
pub struct Roster {
    pub rows: Vec<RosterRow>,
    /// Supported subjects without a POC, or without a backup, in words.
    pub gaps: Vec<String>,
    /// Designations that end within 60 days.
    pub ending: Vec<DesignationView>,
    /// Designations that began or ended in the period.
    pub changes: Vec<DesignationView>,
}

/// The POCs of a subject at the as-of date.
#[derive(Debug, Clone, Serialize)]
pub struct RosterRow {
    pub subject: SubjectId,
    pub name: String,
    pub primary: Vec<PersonId>,
    pub backup: Vec<PersonId>,
}

/// One designation.
#[derive(Debug, Clone, Serialize)]
pub struct DesignationView {
    pub poc: PersonId,
    pub subject: SubjectId,
    /// `primary` or `backup`.
    pub role: &'static str,
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
    /// "begins Nov 1, 2026", "ended Oct 31, 2026", "ends Nov 30, 2026, in 12 days".
    pub what: String,
}

impl Mentions for DesignationView {
    fn mention(&self, mentioned: &mut Mentioned) {
        mentioned.people.insert(self.poc.clone());
        mentioned.subjects.insert(self.subject.clone());
    }
}

impl Mentions for RosterRow {
    fn mention(&self, mentioned: &mut Mentioned) {
        mentioned.subjects.insert(self.subject.clone());
        mentioned.people.extend(self.primary.iter().chain(&self.backup).cloned());
    }
}

impl Mentions for Roster {
    fn mention(&self, mentioned: &mut Mentioned) {
        self.rows.mention(mentioned);
        self.ending.mention(mentioned);
        self.changes.mention(mentioned);
    }
}

/// Designations that end within so many days are named.
const ENDING_WITHIN: Days = Days::new(60);

/// The roster at the pack's time.
pub fn roster(scope: &Scope) -> Roster {
    let (ctx, today) = (scope.ctx, scope.ctx.today());
    let project = ctx.project();
    let supported: Vec<_> = project.subjects.iter().filter(|subject| is_supported(subject, today)).collect();
    let rows = supported.iter().map(|subject| {
        let of = |role| {
            let all = designations(project, &subject.id.value, Some(role));
            all.into_iter().filter(|(_, own)| is_active(own, today)).map(|(poc, _)| poc.id.value.clone()).collect()
        };
        RosterRow {
            subject: subject.id.value.clone(),
            name: subject.name.0.clone(),
            primary: of(Role::Primary),
            backup: of(Role::Backup),
        }
    });
    let all =
        || project.pocs.values().flat_map(|poc| poc.record.designations.iter().map(move |own| (&poc.record, own)));
    let ends_soon = |own: &Designation| {
        own.until.is_some_and(|until| today <= until.value.0 && until.value.0 <= today + ENDING_WITHIN)
    };
    let mut ending: Vec<DesignationView> = all()
        .filter(|(_, own)| is_active(own, today) && ends_soon(own))
        .map(|(poc, own)| designation_view(ctx, poc, own))
        .collect();
    ending.sort_by(|a, b| (a.until, &a.poc, &a.subject).cmp(&(b.until, &b.poc, &b.subject)));
    let changed = |own: &Designation| {
        let ended = own.until.and_then(|until| until.value.0.succ_opt());
        let begins = scope.period.contains_date(own.from.value.0) && own.from.value.0 <= today;
        begins || ended.is_some_and(|end| scope.period.contains_date(end) && end <= today)
    };
    let mut changes: Vec<DesignationView> =
        all().filter(|(_, own)| changed(own)).map(|(poc, own)| designation_view(ctx, poc, own)).collect();
    changes.sort_by(|a, b| (a.from, &a.poc, &a.subject).cmp(&(b.from, &b.poc, &b.subject)));
    Roster { rows: rows.collect(), gaps: gaps(scope).into_iter().map(|(_, gap)| gap).collect(), ending, changes }
}

/// The supported subjects without a POC, or without a backup: the subject's name, and the gap in words.
pub fn gaps(scope: &Scope) -> Vec<(String, String)> {
    let (project, today) = (scope.ctx.project(), scope.ctx.today());
    let supported = project.subjects.iter().filter(|subject| is_supported(subject, today));
    let gaps = supported.flat_map(|subject| {
        let gap = |role: Option<Role>, what: &str| {
            let since = gap_since(project, subject, role, today)?;
            Some((subject.name.0.clone(), format!("{} has no {what} since {}", subject.name.0, short_day(since))))
        };
        match gap(None, "POC") {
            Some(none) => vec![Some(none)],
            None => vec![gap(Some(Role::Primary), "primary POC"), gap(Some(Role::Backup), "backup")],
        }
    });
    gaps.flatten().collect()
}

/// One designation, with what there is to say of its dates.
pub fn designation_view(ctx: &Context, poc: &Poc, own: &Designation) -> DesignationView {
    let today = ctx.today();
    let until = own.until.map(|until| until.value.0);
    DesignationView {
        poc: poc.id.value.clone(),
        subject: own.subject.value.clone(),
        role: own.role.value.as_str(),
        from: own.from.value.0,
        until,
        what: what(own.from.value.0, until, today),
    }
}

fn what(from: NaiveDate, until: Option<NaiveDate>, today: NaiveDate) -> String {
    match until {
        _ if from > today => format!("begins {}", short_day(from)),
        Some(until) if until < today => format!("ended {}", short_day(until)),
        Some(until) if until <= today + ENDING_WITHIN => {
            let days = (until - today).num_days().max(0) as usize;
            format!("ends {}, in {}", short_day(until), counted(days, "day"))
        }
        _ => format!("since {}", short_day(from)),
    }
}
