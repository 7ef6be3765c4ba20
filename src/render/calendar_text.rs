//! `calendar` for people: a line a day, with what happens on it.

use std::fmt::Write;

use chrono::{Datelike, Weekday};

use super::shown;
use super::wrap::wrapped;
use crate::model::day_in_words;
use crate::report::calendar::{CalendarView, DueView, MeetingView};

/// The columns of a date and of whether it is worked.
const DATE: usize = 20;

/// What is overdue, a line a date, and a blank line; nothing if nothing is.
pub fn overdue_text(overdue: &[DueView], width: usize) -> String {
    let mut out = String::new();
    for own in overdue.chunk_by(|a, b| a.date == b.date) {
        let notes: Vec<String> = own.iter().map(|due| format!("{} for {}", due.what, due.record)).collect();
        let notes = wrapped(&shown(&format!("overdue: {}", notes.join("; "))), DATE, width).join("\n");
        let _ = writeln!(out, "{:<17}   {notes}", day_in_words(own[0].date));
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// The calendar as text, with a line end, in lines no wider than `width` unless a word is.
pub fn calendar_text(calendar: &CalendarView, width: usize) -> String {
    let mut out = String::new();
    for day in &calendar.days {
        let mut notes: Vec<String> = day.name.iter().cloned().collect();
        if !day.working && day.name.is_none() {
            notes.push("not a working day".to_owned());
        }
        notes.extend(calendar.meetings.iter().filter(|meeting| meeting.held.date() == day.date).map(meeting_note));
        notes.extend(
            calendar
                .due
                .iter()
                .filter(|due| due.date == day.date)
                .map(|due| format!("{} for {} due", due.what, due.record)),
        );
        if day.date.weekday() == Weekday::Mon && !out.is_empty() {
            out.push('\n');
        }
        let mark = if day.working { ' ' } else { '-' };
        let notes = wrapped(&shown(&notes.join("; ")), DATE, width).join("\n");
        // Writing to a text cannot fail.
        let _ = writeln!(out, "{}", format!("{:<17} {mark} {notes}", day_in_words(day.date)).trim_end());
    }
    out
}

fn meeting_note(meeting: &MeetingView) -> String {
    let reason = meeting.reason.as_deref().map(|reason| format!(" ({reason})")).unwrap_or_default();
    if meeting.canceled {
        format!("{} canceled{reason}", meeting.name)
    } else {
        format!("{} {}{reason}", meeting.held.0.format("%H:%M"), meeting.name)
    }
}
