//! `docs/reference/settings.md`: every key of the settings, its default and its effect.

use std::fmt::Write as _;

use heatpack::model::{SCHEMAS, Settings, WeekDay};
use serde_json::Value as Json;

use super::{cell, is_current, takes};

const HEAD: &str = "\
# Settings

For administrators of a project. Afterward you know every key of `data/heatpack.yaml`, its default and its effect. Every
key is optional; an empty file means all defaults. This page is generated from the program.

- Names such as `deadlines.reply` are nested keys: `reply` below `deadlines`.
- A deadline is `1 working day`, `3 working days`, `1 day`, `7 days` (up to 3,650) or `none`.
- New values apply to all records, old ones too, unless you put them under `since`: see [the end of this page](#later-versions).

```yaml
timezone: America/Chicago
deadlines:
  reply: 2 working days
rules:
  subject-without-backup: lapse
```
";

const TAIL: &str = "
## Later versions

`since` holds new values of `working_time`, `deadlines` and `meetings`, each from a date on. A version changes only the keys
that it names; a list is replaced as a whole, but `closed` and `worked` are added to. A deadline uses the values that were in
force on the day its clock started, and a meeting those of its own date. So a new rule never judges old work:

```yaml
deadlines: {nitc_response: 3 working days}
since:
  2026-04-01:
    deadlines: {nitc_response: 2 days}
```
";

#[test]
fn the_page_of_settings_lists_every_key_with_its_default() {
    let schema = SCHEMAS.iter().find(|kind| kind.name == "settings").expect("the settings").document();
    let mut page = HEAD.to_owned();
    let fields = schema["properties"].as_object().expect("fields");
    let is_plain = |field: &Json| !field["properties"].is_object();
    page.push_str("\n## Project\n");
    add_table(&mut page, "", fields.iter().filter(|(_, field)| is_plain(field)));
    for (name, field) in fields.iter().filter(|(_, field)| !is_plain(field)) {
        writeln!(page, "\n## `{name}`: {}", lower(about(field))).expect("a text takes all");
        let mut rows = Vec::new();
        flatten(name, field, &mut rows);
        add_table(&mut page, "", rows.iter().map(|(name, field)| (name, *field)));
    }
    page.push_str(TAIL);
    is_current("reference/settings.md", &page);
}

/// The keys below one, by their whole names.
fn flatten<'a>(path: &str, schema: &'a Json, rows: &mut Vec<(String, &'a Json)>) {
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        let path = format!("{path}.{name}");
        if field["properties"].is_object() {
            flatten(&path, field, rows);
        } else {
            rows.push((path, field));
        }
    }
}

fn add_table<'a>(page: &mut String, path: &str, rows: impl Iterator<Item = (&'a String, &'a Json)>) {
    page.push_str("\n| key | default | what it takes | effect |\n|---|---|---|---|\n");
    let settings = Settings::default();
    for (name, field) in rows {
        let name = format!("{path}{name}");
        // The keys of a list's items are said in its effect.
        let mut inner = Vec::new();
        let takes = match name.as_str() {
            "since" => "dates, each with `working_time`, `deadlines` or `meetings`".to_owned(),
            "working_time.closed" | "working_time.worked" => {
                "a list, for example `[{date: 2026-12-24, name: Closed}]`".to_owned()
            }
            _ => takes(field, &name, &mut inner),
        };
        let default = default(&name, &settings);
        writeln!(page, "| `{name}` | {} | {} | {} |", cell(&default), cell(&takes), effect(&name, about(field)))
            .expect("a text takes all");
    }
}

fn about(field: &Json) -> &str {
    field["description"].as_str().unwrap_or_default().trim_end_matches('.')
}

fn lower(text: &str) -> String {
    super::lower(text)
}

/// The default of a key. A new key fails here until its default is said.
fn default(key: &str, settings: &Settings) -> String {
    let first = &settings.versions[0];
    let (time, deadlines, meetings) = (&first.working_time, &first.deadlines, &first.meetings);
    let none = |why: &str| format!("none: {why}");
    let code = |text: String| format!("`{text}`");
    let list = |days: &[WeekDay]| days.iter().map(|day| day.to_string()).collect::<Vec<_>>().join(", ");
    if let Some(column) = key.strip_prefix("nitc_report.columns.") {
        assert!(settings.nitc_report.columns.is_empty(), "no heading differs by default");
        return code(column.to_owned());
    }
    code(match key {
        "organization" => settings.organization.clone(),
        "timezone" => settings.zone.to_string(),
        "starts" => {
            assert_eq!(settings.starts, None);
            return none("the date of the first ticket received");
        }
        "ends" => {
            assert_eq!(settings.ends, None);
            return none("the records go on");
        }
        "paper" => settings.paper.to_string(),
        "rules" => {
            assert!(settings.rules.is_empty());
            return none("the levels of [the rules](rules.md)");
        }
        "since" => {
            assert_eq!(settings.versions.len(), 1);
            return none("one version for all dates");
        }
        "names.tracker" => settings.names.tracker.clone(),
        "names.help_desk" => settings.names.help_desk.clone(),
        "names.third_line" => settings.names.third_line.clone(),
        "names.sponsor" => settings.names.sponsor.clone(),
        "names.board" => settings.names.board.clone(),
        "help_desk.phone" | "help_desk.email" | "help_desk.hours" => {
            let desk = &settings.help_desk;
            assert!(desk.phone.is_none() && desk.email.is_none() && desk.hours.is_none());
            return none("letters omit it");
        }
        "working_time.days" => format!("[{}]", list(&time.days)),
        "working_time.close" => time.close.to_string(),
        "working_time.holidays" => time.holidays.to_string(),
        "working_time.closed" | "working_time.worked" => {
            assert!(time.closed.is_empty() && time.worked.is_empty());
            "[]".to_owned()
        }
        "deadlines.reply" => deadlines.reply.to_string(),
        "deadlines.follow_up" => deadlines.follow_up.to_string(),
        "deadlines.nitc_response" => deadlines.nitc_response.to_string(),
        "deadlines.relay" => deadlines.relay.to_string(),
        "deadlines.raise_cr" => deadlines.raise_cr.to_string(),
        "deadlines.forward_cr" => deadlines.forward_cr.to_string(),
        "meetings.weekly.name" => meetings.weekly.name.clone(),
        "meetings.weekly.day" => meetings.weekly.day.to_string(),
        "meetings.weekly.at" => meetings.weekly.at.0.format("%H:%M").to_string(),
        "meetings.monthly.name" => meetings.monthly.name.clone(),
        "meetings.monthly.day" => {
            let nth = ["last", "first", "second", "third", "fourth"][usize::from(meetings.monthly.day.nth)];
            format!("{nth} {}", meetings.monthly.day.day)
        }
        "meetings.monthly.at" => meetings.monthly.at.0.format("%H:%M").to_string(),
        "nitc_report.day" => settings.nitc_report.day.to_string(),
        "nitc_report.statuses" => {
            assert!(settings.nitc_report.statuses.is_empty());
            return none("NITC uses these words");
        }
        "numbers.heat_from" | "numbers.heat_to" => {
            assert!(settings.numbers.heat_from.is_none() && settings.numbers.heat_to.is_none());
            return none("no number is reserved");
        }
        "targets.deadlines_met" => settings.targets.deadlines_met.to_string(),
        other => panic!("say the default of {other}"),
    })
}

/// What a key does. A new key fails here until its effect is said.
fn effect(key: &str, about: &str) -> String {
    if let Some(column) = key.strip_prefix("nitc_report.columns.") {
        return format!("Heading of the column `{column}` in NITC's report, if it differs");
    }
    match key {
        "organization" => "Stands above the title of every pack and page",
        "timezone" => "Time zone of all times in the records",
        "starts" => "No meeting is expected before this date; the first period begins on it",
        "ends" => "Last moment of an archive or a sample. The records are read as of then on any day, and later entries are rejected",
        "paper" => "Size of the PDFs' pages",
        "rules" => "Level of each rule that it names. Rules that are off are listed in the packs",
        "since" => "New values from a date on; see [Later versions](#later-versions)",
        "names.tracker" => "Name of the ticket tracker in packs and pages",
        "names.help_desk" => "Name of the Help Desk in packs, pages and mail",
        "names.third_line" => "Name of the application team in packs, pages and mail",
        "names.sponsor" => "Name of the office that submits CRs",
        "names.board" => "Name of the board that decides on CRs",
        "help_desk.phone" => "Phone number of the Help Desk, at the end of letters and POC pages",
        "help_desk.email" => "Email address of the Help Desk, in the same places",
        "help_desk.hours" => "Hours of the Help Desk, in the same places",
        "working_time.days" => "Days of the week that count as working days, unless they are holidays",
        "working_time.close" => "End of the working day: at this time or later, the next working day counts. At most `24:00`",
        "working_time.holidays" => "Holidays that do not count as working days",
        "working_time.closed" => "More days that do not count. `name` appears in packs and calendars",
        "working_time.worked" => "Holidays and other free days that count as working days after all",
        "deadlines.reply" => "From an inquiry, or its reopening, to the first reply to the POC",
        "deadlines.follow_up" => "From the last contact with the POC to the next",
        "deadlines.nitc_response" => "From forwarding a ticket to NITC to NITC's initial response",
        "deadlines.relay" => "From NITC's answer, or a delivered change, to the update to the POC",
        "deadlines.raise_cr" => "From the finding that the code must change to the submission of a CR",
        "deadlines.forward_cr" => "From the approval of a CR to its forwarding to NITC",
        "meetings.weekly.name" | "meetings.monthly.name" => "Name of the meeting",
        "meetings.weekly.day" => "Day of the weekly meeting. One that falls on a day not worked moves to the next working day",
        "meetings.weekly.at" | "meetings.monthly.at" => "Start time of the meeting, and as-of time of its pack",
        "meetings.monthly.day" => "Day of the monthly meeting: `first` to `fourth` or `last`, and a day of the week",
        "nitc_report.day" => "Day on which NITC's report for the week is due (`nitc-report-missing`)",
        "nitc_report.statuses" => "NITC's own words for a status, each with the word of heatpack",
        "numbers.heat_from" => "First ticket number that the tracker hands out. Imports without `keep` use none of them",
        "numbers.heat_to" => "Last such number, if they end. Imports can use those after it",
        "targets.deadlines_met" => "Percentage of deadlines to meet. The packs compare each period with it",
        other => panic!("say the effect of {other}: {about}"),
    }
    .to_owned()
}
