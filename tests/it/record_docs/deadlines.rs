//! `docs/explanation/deadlines.md`: the worked examples, computed by the calendar of the default settings.

use heatpack::calendar::Calendar;
use heatpack::model::{Deadline, Minute, Settings};

use super::are_current;

/// When it happened, and why the case is worth a look.
const CASES: [(&str, &str); 12] = [
    ("2026-11-16 09:14", "an ordinary Monday morning"),
    ("2026-11-20 16:59", "Friday, before the office closes"),
    ("2026-11-20 17:00", "Friday, when the office closes: counts as Monday"),
    ("2026-11-21 11:00", "Saturday: counts as Monday"),
    ("2026-11-25 10:00", "the day before Thanksgiving"),
    ("2026-11-11 09:00", "Veterans Day: counts as the next day"),
    ("2026-07-02 16:55", "Independence Day falls on a Saturday, so Friday is free"),
    ("2021-06-17 15:00", "Juneteenth, observed on Friday since 2021"),
    ("2026-12-24 12:00", "Christmas Eve is a working day unless it is listed in `closed`"),
    ("2022-12-30 10:00", "New Year's Day falls on a Sunday, so Monday is free"),
    ("2027-12-31 10:00", "New Year's Day falls on a Saturday, so this Friday is free"),
    ("2026-03-06 16:55", "daylight-saving time begins two days later: whole days are counted, so nothing moves"),
];

#[test]
fn the_worked_examples_are_computed() {
    let settings = Settings::default();
    let version = &settings.versions[0];
    let calendar = Calendar::new(&version.working_time);
    let deadlines = &version.deadlines;
    let mut table = format!(
        "| it happened | counted from | `reply`: {} | `nitc_response`: {} | `raise_cr`: {} | `follow_up`: {} | note |\n\
         |---|---|---|---|---|---|---|\n",
        deadlines.reply, deadlines.nitc_response, deadlines.raise_cr, deadlines.follow_up
    );
    for (at, note) in CASES {
        let at = Minute::parse(at).expect("a time");
        let from = calendar.deemed(at);
        let due = |from, deadline: Deadline| {
            let due = calendar.due(from, deadline).expect("a due date");
            assert!(calendar.is_working(due), "a deadline ends on a working day");
            due.format("%a, %b %-d").to_string()
        };
        table.push_str(&format!(
            "| {} | {} | {} | {} | {} | {} | {note} |\n",
            at.0.format("%a, %b %-d, %Y, %H:%M"),
            from.format("%a, %b %-d"),
            due(from, deadlines.reply),
            due(from, deadlines.nitc_response),
            due(from, deadlines.raise_cr),
            // The contact's own date counts, whatever the hour.
            due(at.date(), deadlines.follow_up),
        ));
    }
    are_current("explanation/deadlines.md", &[("examples", table)]);
}
