//! `calendar` for calendar programs: iCalendar (RFC 5545), meetings at their instants, due dates as whole days.

use chrono::{DateTime, Days, TimeDelta, Utc};
use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};

use crate::model::{Minute, Settings, printable};
use crate::report::GENERATOR;
use crate::report::calendar::{CalendarView, DueView, MeetingView};

/// How long a meeting is shown: the records do not say.
const MEETING: TimeDelta = TimeDelta::hours(1);

/// The most of the organization's name in a UID: a line of a calendar has 75 bytes.
const LONGEST_SLUG: usize = 30;

/// The most bytes of a line without its end.
const LONGEST_LINE: usize = 75;

/// How often a program looks again.
const AGAIN: &str = "PT1H";

/// The calendar. The same records as of the same time give the same bytes: an event keeps its UID when it is moved,
/// and the time stamp is the as-of time.
pub fn calendar_ics(view: &CalendarView, settings: &Settings, name: &str, as_of: Minute) -> String {
    let calendar = Stamp { settings, stamp: as_of.in_utc(settings.zone), owner: slug(&settings.organization) };
    let property = |key: &str, value: &str| Property::new(key, line(value));
    let mut again = Property::new("REFRESH-INTERVAL", AGAIN);
    again.add_parameter("VALUE", "DURATION");
    let properties = vec![
        property("VERSION", "2.0"),
        property("PRODID", &format!("-//heatpack//{GENERATOR}//EN")),
        property("CALSCALE", "GREGORIAN"),
        property("METHOD", "PUBLISH"),
        property("X-WR-CALNAME", name),
        property("X-WR-TIMEZONE", settings.zone.name()),
        again,
        property("X-PUBLISHED-TTL", AGAIN),
    ];
    let meetings = view.meetings.iter().map(|meeting| calendar.meeting(meeting));
    let events = meetings.chain(view.due.iter().map(|due| calendar.due(due)));
    let calendar = Calendar { properties, components: events.map(Into::into).collect() };
    folded(&calendar.to_string())
}

/// Folds lines again, at 75 bytes (RFC 5545, section 3.1): the library counts characters.
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 32);
    for line in text.replace("\r\n ", "").split_terminator("\r\n") {
        let mut length = 0;
        for letter in line.chars() {
            if length + letter.len_utf8() > LONGEST_LINE {
                out.push_str("\r\n ");
                length = 1;
            }
            out.push(letter);
            length += letter.len_utf8();
        }
        out.push_str("\r\n");
    }
    out
}

/// What all events of a calendar share.
struct Stamp<'s> {
    settings: &'s Settings,
    stamp: DateTime<Utc>,
    /// Tells the events of one office from those of another in a program that shows both.
    owner: String,
}

impl Stamp<'_> {
    fn event(&self, id: &str) -> Event {
        let mut event = Event::new();
        event.uid(&format!("{id}.{}@heatpack", self.owner)).timestamp(self.stamp);
        event
    }

    fn meeting(&self, meeting: &MeetingView) -> Event {
        // The scheduled date names the meeting, wherever it is moved to.
        let mut event = self.event(&format!("{}-{}", meeting.scheduled, meeting.kind));
        let start = meeting.held.in_utc(self.settings.zone);
        event.starts(start).ends(start + MEETING);
        let is_changed = meeting.canceled || meeting.reason.is_some();
        event.sequence(u32::from(is_changed));
        if meeting.canceled {
            event.summary(&line(&format!("Canceled: {}", meeting.name))).status(EventStatus::Cancelled);
        } else {
            event.summary(&line(&meeting.name)).status(EventStatus::Confirmed);
        }
        if let Some(reason) = &meeting.reason {
            event.description(&line(reason));
        }
        event
    }

    fn due(&self, due: &DueView) -> Event {
        let since = due.since.0.format("%Y%m%dT%H%M");
        let mut event = self.event(&format!("{}-{}-{since}", due.record.to_lowercase(), due.clock));
        let after = due.date.checked_add_days(Days::new(1)).unwrap_or(due.date);
        // The end of a whole day is the day after it. It blocks no time in calendars.
        event.starts(due.date).ends(after).add_property("TRANSP", "TRANSPARENT");
        event.summary(&line(&format!("{}: {} due", due.record, due.what)));
        event.description(&line(&format!("{}. Owner: {}", due.title, due.who)));
        event
    }
}

/// A text on one line, without what no calendar may hold.
fn line(text: &str) -> String {
    printable(text).replace(['\n', '\t'], " ")
}

/// A name as lower-case letters, digits and hyphens; of a long one the beginning, which tells offices apart.
fn slug(name: &str) -> String {
    let words = name.to_lowercase();
    let words = words.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut slug = words.collect::<Vec<_>>().join("-");
    slug.truncate(LONGEST_SLUG);
    slug
}
