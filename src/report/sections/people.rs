//! The names of the people and subjects that a pack names.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{PersonId, SubjectId};
use crate::report::pack::Pack;
use crate::workflow::Context;

/// The names of the people that the pack names.
pub fn names(ctx: &Context, pack: &Pack) -> BTreeMap<PersonId, String> {
    let mut ids: BTreeSet<&PersonId> = BTreeSet::new();
    ids.extend(&pack.head.chair);
    ids.extend(pack.outstanding.iter().map(|row| &row.poc));
    for card in pack.tickets.values() {
        ids.insert(&card.poc);
        ids.extend(card.last_note.as_ref().and_then(|note| note.by.as_ref()));
    }
    for row in &pack.changes {
        ids.insert(&row.prepared_by);
        ids.extend(&row.waiting_for);
        ids.extend(row.votes.iter().map(|vote| &vote.by));
    }
    if let Some(minutes) = &pack.last_minutes {
        ids.extend(minutes.chair.iter().chain(&minutes.attendees));
    }
    ids.extend(pack.method.exceptions.iter().map(|row| &row.allowed_by));
    if let Some(monthly) = &pack.monthly {
        for row in &monthly.roster.rows {
            ids.extend(row.primary.iter().chain(&row.backup));
        }
        ids.extend(monthly.roster.ending.iter().chain(&monthly.roster.changes).map(|view| &view.poc));
        ids.extend(monthly.poc_pages.iter().map(|page| &page.poc));
    }
    ids.into_iter().map(|id| (id.clone(), ctx.project().person_name(id))).collect()
}

/// The names of the subjects that the pack names.
pub fn subject_names(ctx: &Context, pack: &Pack) -> BTreeMap<SubjectId, String> {
    let mut ids: BTreeSet<&SubjectId> = BTreeSet::new();
    ids.extend(pack.tickets.values().map(|card| &card.subject));
    ids.extend(pack.changes.iter().map(|row| &row.subject));
    if let Some(monthly) = &pack.monthly {
        ids.extend(monthly.by_subject.iter().map(|row| &row.subject));
        ids.extend(monthly.roster.rows.iter().map(|row| &row.subject));
        let designations = monthly.roster.ending.iter().chain(&monthly.roster.changes);
        ids.extend(
            designations.chain(monthly.poc_pages.iter().flat_map(|page| &page.designations)).map(|own| &own.subject),
        );
    }
    ids.into_iter().map(|id| (id.clone(), ctx.project().subject_name(id))).collect()
}
