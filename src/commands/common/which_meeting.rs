//! Which meeting is meant: a kind, a date, `next` or `last`, or the one that a command fits best.

use anyhow::{Context as _, bail};
use chrono::NaiveDate;

use super::typed::only;
use crate::model::{Leaning, MeetingKind, day_in_words, days_typed, minute_in_words};
use crate::workflow::{Context, Occurrence};

/// A meeting as one types it: `weekly`, `weekly next`, `2026-11-18`, `2026-11-18-weekly`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wanted {
    kind: Option<MeetingKind>,
    when: Option<When>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    Next,
    Last,
    On(NaiveDate),
}

/// Which meeting a command means if none is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fitting {
    /// The next one.
    Next,
    /// The last one that took place, if it is not on record as held.
    Unrecorded,
    /// The last one that was held, if it has no minutes; else the last one that took place.
    WithoutMinutes,
    /// The last one that was held.
    Held,
}

impl Wanted {
    /// Reads the words, in any order.
    pub fn parse(words: &[String], today: NaiveDate) -> anyhow::Result<Wanted> {
        let mut wanted = Wanted::default();
        for word in words.iter().flat_map(|words| words.split_whitespace()) {
            let word = word.to_lowercase();
            let dated = MeetingKind::ALL.iter().find_map(|kind| Some((*kind, word.strip_suffix(&format!("-{kind}"))?)));
            let (kind, when) = match (MeetingKind::from_word(&word), word.as_str(), dated) {
                (Some(kind), ..) => (Some(kind), None),
                (_, "next", _) => (None, Some(When::Next)),
                (_, "last", _) => (None, Some(When::Last)),
                (_, _, Some((kind, date))) => (Some(kind), Some(When::On(date_of(date, today)?))),
                _ => (None, Some(When::On(date_of(&word, today)?))),
            };
            if (kind.is_some() && wanted.kind.is_some()) || (when.is_some() && wanted.when.is_some()) {
                bail!("`{}` names more than one meeting: use one kind and one date", words.join(" "));
            }
            wanted = Wanted { kind: kind.or(wanted.kind), when: when.or(wanted.when) };
        }
        Ok(wanted)
    }

    /// The meeting that is meant.
    pub fn find<'c, 'p>(&self, ctx: &'c Context<'p>, fitting: Fitting) -> anyhow::Result<&'c Occurrence<'p>> {
        if let Some(When::On(date)) = self.when {
            return self.on(ctx, date);
        }
        let kinds = MeetingKind::ALL.iter().filter(|kind| self.kind.is_none_or(|own| own == **kind));
        let meetings: Vec<_> = kinds.map(|kind| ctx.meetings(*kind)).collect();
        let is_over = |meeting: &&Occurrence| meeting.canceled.is_none() && meeting.held <= ctx.as_of;
        let last = || {
            let last = meetings.iter().filter_map(|meetings| meetings.iter().rfind(is_over));
            last.collect::<Vec<_>>().into_iter()
        };
        let held = || {
            let held =
                meetings.iter().filter_map(|meetings| meetings.iter().rfind(|own| is_over(own) && was_held(own)));
            held.collect::<Vec<_>>().into_iter()
        };
        let of_kind = self.kind.map_or("", MeetingKind::as_str);
        let found = match (self.when, fitting) {
            (Some(When::Next), _) | (None, Fitting::Next) => {
                let next = |meeting: &&Occurrence| meeting.canceled.is_none() && meeting.held >= ctx.as_of;
                let next = meetings.iter().filter_map(|meetings| meetings.iter().find(next));
                next.min_by_key(|meeting| meeting.held)
            }
            (Some(When::Last), _) => last().max_by_key(|meeting| meeting.held),
            (None, Fitting::WithoutMinutes) => {
                let lacks = |own: &&Occurrence| own.record.is_some_and(|record| record.minutes.is_none());
                let lacking = held().filter(lacks).max_by_key(|meeting| meeting.held);
                lacking.or_else(|| last().max_by_key(|meeting| meeting.held))
            }
            (None, Fitting::Unrecorded) => {
                let unrecorded = last().filter(|meeting| !was_held(meeting)).max_by_key(|meeting| meeting.held);
                if unrecorded.is_none()
                    && let Some(meeting) = last().max_by_key(|meeting| meeting.held)
                {
                    let held = named(meeting);
                    bail!("{held}, is on record as held, and no meeting took place since: name the one you mean");
                }
                unrecorded
            }
            (None, Fitting::Held) => {
                let held = held().max_by_key(|meeting| meeting.held);
                return held.with_context(|| {
                    format!("no {of_kind} meeting is on record as held: run `heatpack meeting {of_kind} held` first")
                        .replace("  ", " ")
                });
            }
            (Some(When::On(_)), _) => None,
        };
        found.with_context(|| format!("no {of_kind} meeting fits: name its kind and date").replace("  ", " "))
    }

    fn on<'c, 'p>(&self, ctx: &'c Context<'p>, date: NaiveDate) -> anyhow::Result<&'c Occurrence<'p>> {
        let kinds = MeetingKind::ALL.iter().filter(|kind| self.kind.is_none_or(|own| own == **kind));
        let all: Vec<&Occurrence> = kinds.flat_map(|kind| ctx.meetings(*kind)).collect();
        let scheduled = all.iter().filter(|meeting| meeting.scheduled == date);
        let mut found: Vec<&Occurrence> = scheduled.copied().collect();
        if found.is_empty() {
            found = all.iter().filter(|meeting| meeting.held.date() == date).copied().collect();
        }
        match found[..] {
            [meeting] => Ok(meeting),
            [] => {
                let kind = self.kind.map_or(String::new(), |kind| format!("{kind} "));
                let nearest = all.iter().min_by_key(|meeting| (meeting.scheduled - date).num_days().abs());
                let nearest = nearest.map(|meeting| format!("; the nearest is {}", meeting.id())).unwrap_or_default();
                bail!("there is no {kind}meeting on {}{nearest}", day_in_words(date))
            }
            _ => bail!("there are two meetings on {}: add `weekly` or `monthly`", day_in_words(date)),
        }
    }
}

fn date_of(word: &str, today: NaiveDate) -> anyhow::Result<NaiveDate> {
    only(word, days_typed(word, today, Leaning::Either))?
        .with_context(|| format!("`{word}` is not a meeting: use weekly or monthly, and next, last or a date"))
}

fn was_held(meeting: &Occurrence) -> bool {
    meeting.record.is_some_and(|record| record.was_held())
}

/// "MITS Status Meeting, Wed, Nov 18, 2026, 10:00".
pub fn named(meeting: &Occurrence) -> String {
    format!("{}, {}", meeting.name, minute_in_words(meeting.held))
}
