//! The meetings: their script, and what the tickets' stories say was said at them.
//!
//! ```text
//! == weekly 2025-10-08
//! chair: tnominal            (so are moved_to, canceled, extra, guests, agenda, unreviewed, unrecorded, planned)
//! action: What is to be done | owner | 2025-10-15 | 2025-10-14
//! Every other line is the minutes' own.
//! ```

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, NaiveTime};

use crate::calendar::{self, Moment, on_or_after};
use crate::people;
use crate::rng::Rng;
use crate::ticket::Ticket;
use crate::yaml::Yaml;
use crate::{Files, Result};

#[derive(Default)]
struct Meeting {
    weekly: bool,
    date: NaiveDate,
    /// The instant at which it was or will be held.
    at: Moment,
    facts: BTreeMap<String, Vec<String>>,
    actions: Vec<String>,
    minutes: String,
}

impl Meeting {
    fn new(weekly: bool, date: NaiveDate) -> Meeting {
        let hour = if weekly { 10 } else { 14 };
        let at = on_or_after(date).and_time(NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default());
        Meeting { weekly, date, at, ..Meeting::default() }
    }

    fn fact(&self, key: &str) -> Option<&str> {
        self.facts.get(key)?.first().map(String::as_str)
    }

    fn list(&self, key: &str) -> Vec<String> {
        self.fact(key).unwrap_or_default().split(", ").filter(|item| !item.is_empty()).map(str::to_owned).collect()
    }

    fn kind(&self) -> &'static str {
        if self.weekly { "weekly" } else { "monthly" }
    }

    fn is_held(&self) -> bool {
        self.fact("canceled").is_none() && self.fact("planned").is_none() && self.fact("unrecorded").is_none()
    }
}

fn read(text: &str) -> Result<Vec<Meeting>> {
    let known = ["chair", "moved_to", "canceled", "extra", "guests", "agenda", "unreviewed", "unrecorded", "planned"];
    let mut all: Vec<Meeting> = Vec::new();
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("== ") {
            let (kind, day) = heading.split_once(' ').ok_or_else(|| format!("no date in {heading:?}"))?;
            all.push(Meeting::new(kind == "weekly", calendar::parse_date(day)?));
            continue;
        }
        let Some(meeting) = all.last_mut() else {
            continue;
        };
        match line.split_once(':') {
            Some(("action", value)) => meeting.actions.push(value.trim().to_owned()),
            Some((key, value)) if known.contains(&key) => {
                meeting.facts.entry(key.to_owned()).or_default().push(value.trim().to_owned());
            }
            _ => meeting.minutes += &format!("{line}\n"),
        }
    }
    for meeting in &mut all {
        if let Some(moved) = meeting.facts.get("moved_to").and_then(|all| all.first()) {
            let (day, time) = moved.split_once(' ').ok_or("`moved_to` asks for a time")?;
            meeting.at = calendar::parse_date(day)?.and_time(calendar::parse_time(time)?);
        }
    }
    check_schedule(&all)?;
    all.sort_by_key(|meeting| (meeting.at, meeting.weekly));
    Ok(all)
}

/// Every date of the schedule has its meeting, and nothing else does, but what is `extra`.
fn check_schedule(all: &[Meeting]) -> Result<()> {
    let last = calendar::end().date();
    for (weekly, dates) in [(true, calendar::weekly_dates(last)), (false, calendar::monthly_dates(last))] {
        let ours = |m: &&Meeting| m.weekly == weekly && m.date <= last;
        let have: Vec<NaiveDate> =
            all.iter().filter(ours).filter(|m| m.fact("extra").is_none()).map(|m| m.date).collect();
        if have != dates {
            let odd: Vec<_> =
                have.iter().filter(|d| !dates.contains(d)).chain(dates.iter().filter(|d| !have.contains(d))).collect();
            return Err(format!("weekly {weekly}: these meetings are wrong, missing or out of order: {odd:?}").into());
        }
    }
    Ok(())
}

pub fn write(files: &mut Files, tickets: &[Ticket], expand: &dyn Fn(&str) -> String) -> Result<()> {
    let meetings = read(include_str!("texts/meetings.txt"))?;
    let mut actions: BTreeMap<String, u32> = BTreeMap::new();
    let mut before = calendar::start().and_time(NaiveTime::MIN);
    for meeting in meetings.iter().filter(|m| m.fact("unrecorded").is_none()) {
        let mut minutes = meeting.minutes.trim().to_owned();
        if meeting.weekly && meeting.is_held() {
            for (ticket, text) in said(tickets, before, meeting.at) {
                let gap = if minutes.contains("\n- ") || minutes.is_empty() { "\n" } else { "\n\n" };
                minutes += &format!("{gap}- {}: {}", ticket.id, text.replace("{poc}", ticket.caller()));
            }
            before = meeting.at;
        }
        let text = yaml(meeting, minutes.trim(), tickets, &mut actions, expand)
            .map_err(|e| format!("{} meeting of {}: {e}", meeting.kind(), meeting.date))?;
        files.add(&format!("meetings/{}-{}.yaml", meeting.date, meeting.kind()), text);
    }
    Ok(())
}

/// What was said of tickets whose stories moved after one meeting and up to the next.
fn said(tickets: &[Ticket], after: Moment, through: Moment) -> impl Iterator<Item = (&Ticket, &str)> {
    tickets.iter().flat_map(move |ticket| {
        let fresh = ticket.said.iter().filter(move |(at, _)| *at > after && *at <= through);
        fresh.map(move |(_, text)| (ticket, text.as_str()))
    })
}

fn yaml(
    m: &Meeting,
    minutes: &str,
    tickets: &[Ticket],
    actions: &mut BTreeMap<String, u32>,
    expand: &dyn Fn(&str) -> String,
) -> Result<String> {
    let mut y = Yaml::default();
    y.scalar("", "kind", m.kind()).scalar("", "date", &m.date.to_string());
    for key in ["moved_to", "canceled", "extra"] {
        if let Some(value) = m.fact(key) {
            y.scalar("", key, value);
        }
    }
    if m.is_held() {
        let (chair, attendees) = attendance(m)?;
        y.scalar("", "chair", &chair).flow("", "attendees", &attendees);
    }
    if m.facts.contains_key("guests") {
        y.flow("", "guests", &m.list("guests"));
    }
    if let Some(items) = m.facts.get("agenda") {
        y.line("agenda:");
        for item in items {
            y.line(&format!("  - {}", crate::yaml::quoted(&expand(item))));
        }
    }
    if m.is_held() {
        y.line("held: true");
        match m.list("unreviewed") {
            left_out if left_out.is_empty() => _ = y.line("reviewed: all"),
            left_out => _ = y.flow("", "reviewed", &reviewed(m, tickets, &left_out)?),
        }
        if !minutes.is_empty() {
            y.block("", "minutes", &expand(minutes));
        }
    }
    if !m.actions.is_empty() {
        y.line("actions:");
    }
    for action in &m.actions {
        write_action(&mut y, m, action, actions, expand)?;
    }
    Ok(y.finish())
}

/// The tickets outstanding at the meeting, but those that it did not come to.
fn reviewed(m: &Meeting, tickets: &[Ticket], left_out: &[String]) -> Result<Vec<String>> {
    let outstanding: Vec<&Ticket> = tickets.iter().filter(|t| t.life.is_outstanding(m.at)).collect();
    if let Some(key) = left_out.iter().find(|key| !outstanding.iter().any(|t| t.story.key == **key)) {
        return Err(format!("{key} was not outstanding").into());
    }
    Ok(outstanding.iter().filter(|t| !left_out.contains(&t.story.key)).map(|t| t.id.clone()).collect())
}

fn attendance(m: &Meeting) -> Result<(String, Vec<String>)> {
    let mut rng = Rng::for_key(&format!("{} {}", m.kind(), m.date));
    let day = m.at.date();
    let mut attendees: Vec<String> = Vec::new();
    for (office, one_misses) in [("help-desk", 5), ("nitc", 3), ("acfo-fs", 3)] {
        let present = people::office_on(office, day).into_iter().filter(|_| !rng.one_in(one_misses));
        attendees.extend(present.map(|s| s.id.to_owned()));
    }
    if !m.weekly {
        let designated = |p: &&people::Poc| p.designations.iter().any(|d| people::in_period(d.2, d.3, day));
        attendees.extend(people::POCS.iter().filter(designated).filter(|_| !rng.one_in(4)).map(|p| p.id.to_owned()));
    }
    let chair = m.fact("chair").unwrap_or(if m.weekly { "tnominal" } else { "kfoster" }).to_owned();
    if !people::is_known(&chair) {
        return Err(format!("no one is called {chair:?}").into());
    }
    if !attendees.contains(&chair) {
        attendees.insert(0, chair.clone());
    }
    Ok((chair, attendees))
}

/// `what | owner | due | done`, the last of them optional.
fn write_action(
    y: &mut Yaml,
    m: &Meeting,
    action: &str,
    numbers: &mut BTreeMap<String, u32>,
    expand: &dyn Fn(&str) -> String,
) -> Result<()> {
    let parts: Vec<&str> = action.split(" | ").map(str::trim).collect();
    let [what, owner, due, done @ ..] = &parts[..] else {
        return Err(format!("an action is `what | owner | due | done`, not {action:?}").into());
    };
    let office = ["help-desk", "nitc", "acfo-fs", "cfmsccb"].contains(owner);
    if !office && !people::is_known(owner) {
        return Err(format!("no one is called {owner:?}").into());
    }
    for day in [due].into_iter().chain(done) {
        let day = calendar::parse_date(day)?;
        if day < m.at.date() - Days::new(0) || !calendar::is_working(day) {
            return Err(format!("{day} is before the meeting or no working day").into());
        }
    }
    if done.first().is_some_and(|d| calendar::parse_date(d).is_ok_and(|d| d > calendar::end().date())) {
        return Err(format!("{action:?} is done in the future").into());
    }
    let year = m.at.format("%Y").to_string();
    let number = numbers.entry(year.clone()).or_insert(0);
    *number += 1;
    y.scalar("  ", "- id", &format!("A-{year}-{number:03}")).scalar("    ", "what", &expand(what));
    y.scalar("    ", "owner", owner).scalar("    ", "due", due);
    if let Some(done) = done.first() {
        y.scalar("    ", "done", done);
    }
    Ok(())
}
