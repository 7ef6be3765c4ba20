//! Which packs of past meetings would read otherwise: the packs of both versions compared.

use rayon::prelude::*;
use serde_json::Value as Json;

use super::model::{PackChange, PackChanges};
use super::versions::Versions;
use crate::load::Base;
use crate::model::{Entry, EventKind, MeetingKind, Minute};
use crate::report::{self, pack::Pack};
use crate::workflow::{LogDiff, change_diffs, ticket_differences, ticket_diffs, vote_diff};

/// How many packs of each kind are compared, the newest first.
const PACKS: usize = 6;

/// Compares the packs of past meetings that the change can reach.
pub fn changes(versions: &Versions) -> PackChanges {
    // If the project did not exist in the base, no pack was handed out.
    let Some(base) = versions.base.filter(|base| !base.differing.is_empty()) else {
        return PackChanges { compared: 0, older: 0, differ: Vec::new() };
    };
    let from = earliest(versions, base);
    let (mut wanted, mut older) = (Vec::new(), 0);
    for kind in MeetingKind::ALL.iter().copied() {
        let meetings = versions.merged.meetings(kind).iter().enumerate().rev();
        let past = meetings.filter(|(_, meeting)| {
            // What the meeting itself was told is entered up to its minute.
            let reached = from.is_none_or(|from| meeting.held >= from);
            meeting.canceled.is_none() && meeting.held < versions.now.as_of && reached
        });
        let mut past: Vec<_> = past.map(|(index, meeting)| (kind, index, meeting)).collect();
        older += past.len().saturating_sub(PACKS);
        past.truncate(PACKS);
        wanted.extend(past);
    }
    wanted.sort_by_key(|(kind, _, meeting)| (std::cmp::Reverse(meeting.held), *kind));
    let compared = wanted.len();
    let differ = wanted.into_par_iter().filter_map(|(kind, index, meeting)| {
        let scheduled = meeting.scheduled;
        let now = report::pack(versions.merged, kind, index);
        let own = versions.was.meetings(kind).iter().position(|meeting| meeting.scheduled == scheduled);
        let was = own.and_then(|index| report::pack(versions.was, kind, index));
        let parts = parts(was.as_ref(), now.as_ref());
        (!parts.is_empty()).then_some(PackChange { kind, scheduled, held: meeting.day_held(), parts })
    });
    PackChanges { compared, older, differ: differ.collect() }
}

/// The parts of a pack that differ, by their names; all of it where only one version has the pack.
fn parts(was: Option<&Pack>, now: Option<&Pack>) -> Vec<String> {
    let model = |pack: Option<&Pack>| -> Json {
        let mut json = pack.and_then(|pack| serde_json::to_value(pack).ok()).unwrap_or_default();
        // A pack is not another because something else was committed.
        if let Some(head) = json.get_mut("head").and_then(Json::as_object_mut) {
            head.remove("commit");
        }
        json
    };
    let (was, now) = (model(was), model(now));
    let Some(members) = now.as_object().or(was.as_object()) else { return Vec::new() };
    members.keys().filter(|key| was.get(*key) != now.get(*key)).cloned().collect()
}

/// The earliest time of what is added, altered or gone: packs of earlier meetings read as they did. None where it
/// cannot be told, since settings and lists hold at any time.
fn earliest(versions: &Versions, base: &Base) -> Option<Minute> {
    let project = versions.now.project();
    let timeless =
        |path: &&String| !["data/tickets/", "data/crs/", "data/decisions/"].iter().any(|own| path.starts_with(own));
    let unread = |path: &&String| project.left_out.contains(path) || base.records.left_out.contains(path);
    if base.differing.iter().any(|path| timeless(&path) || unread(&path)) {
        return None;
    }
    let mut times = Vec::new();
    for fate in ticket_diffs(base, project) {
        let was = fate.was;
        let received = was.received.value;
        times.push(match fate.successor() {
            // Title and text are shown wherever the ticket is.
            Some(now) if !ticket_differences(was, now).is_empty() => received.min(now.received.value),
            Some(now) => changed(&was.log, &now.log),
            None => received,
        });
    }
    for fate in change_diffs(base, project) {
        let log = fate.successor().map(|now| now.log.as_slice()).unwrap_or_default();
        let first = fate.was.log.first().map_or(Minute::end_of(chrono::NaiveDate::MAX), |entry| entry.at.value);
        let same = fate.successor().is_some_and(|now| now.digest == fate.was.digest);
        let changed = changed(&fate.was.log, log);
        times.push(if same { changed } else { first.min(changed) });
    }
    let is_new = |file| base.touches(project, file);
    let had = |id| base.records.tickets.contains_key(id);
    let new = project.tickets.values().filter(|ticket| is_new(ticket.file) && !had(&ticket.id.value));
    times.extend(new.map(|ticket| ticket.received.value));
    let new = project.changes.values().filter(|cr| is_new(cr.file) && !base.records.changes.contains_key(&cr.id.value));
    times.extend(new.filter_map(|cr| cr.log.first()).map(|entry| entry.at.value));
    let votes = vote_diff(base, project);
    let altered = votes.altered.iter().flat_map(|(was, now)| [was.at.value, now.at.value]);
    times.extend(altered.chain(votes.gone.iter().chain(&votes.added).map(|vote| vote.at.value)));
    times.into_iter().min().or(Some(versions.now.as_of))
}

/// The time of the first entry that a change adds, changes, moves or removes.
fn changed<E: EventKind>(was: &[Entry<E>], is: &[Entry<E>]) -> Minute {
    let log = LogDiff::new(was, is);
    let pairs = || log.altered.iter().chain(&log.moved);
    let before = pairs().map(|pair| pair.0).chain(log.removed.iter().copied()).map(|at| was[at].at.value);
    let now = pairs().map(|pair| pair.1).chain(log.added.iter().copied()).map(|at| is[at].at.value);
    before.chain(now).min().unwrap_or(Minute::end_of(chrono::NaiveDate::MAX))
}
