//! `heatpack meeting held`: who attended, which tickets were reviewed, and which agenda items go to the next meeting.

use std::collections::BTreeSet;
use std::process::ExitCode;

use anyhow::{Context as _, bail};

use super::plan::time_on;
use super::write::{key_of, write};
use crate::commands::common::session::Session;
use crate::commands::common::which_meeting::named;
use crate::commands::entry::ask::Ask;
use crate::commands::entry::meeting_file::{MeetingFile, is_editable};
use crate::commands::entry::people::everyone;
use crate::commands::entry::typed::Reader;
use crate::load::{Project, Who};
use crate::model::{MeetingKey, Reviewed, TicketId, day_in_words};
use crate::record::Node;
use crate::workflow::{Context, Occurrence};

/// Record that a meeting was held [default: the last one]
///
/// `held` makes the minutes final. Enter them with `heatpack meeting minutes`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  heatpack meeting held --attended tnguyen,rpatel --chair \"Raj Patel\" --reviewed all\n  heatpack meeting held --attended tnguyen --reviewed all --except HEAT-10423 --carry all"
)]
#[command(override_usage = "heatpack meeting [weekly|monthly] [DATE|next|last] held [OPTIONS]")]
pub struct Arguments {
    /// Ids or names of those who attended, with commas between
    #[arg(long, alias = "attendees", value_name = "ID", value_delimiter = ',')]
    attended: Vec<String>,
    /// Name of another who attended; repeat for several
    #[arg(long, alias = "guests", value_name = "NAME")]
    guest: Vec<String>,
    /// Tickets reviewed: all, none, or HEAT-10423,…
    #[arg(long, value_name = "TICKETS", value_delimiter = ',')]
    reviewed: Vec<String>,
    /// Outstanding tickets not reviewed (with --reviewed all)
    #[arg(long, value_name = "TICKETS", value_delimiter = ',')]
    except: Vec<String>,
    /// Id or name of the person who led it
    #[arg(long, value_name = "ID")]
    chair: Option<String>,
    /// Time it was held, if not as scheduled
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// Agenda item for the next meeting, or `all`; repeatable
    #[arg(long, value_name = "ITEM")]
    carry: Vec<String>,
}

/// The fields that this sets, with their flags.
const FLAGS: &[(&str, &str)] = &[
    ("moved_to", "at"),
    ("chair", "chair"),
    ("attendees", "attended"),
    ("guests", "guest"),
    ("held", "at"),
    ("reviewed", "reviewed"),
];

/// What is set in the meeting's file; `None` for a field that stays what it is.
struct Edits {
    moved_to: Option<String>,
    chair: Option<String>,
    attendees: Option<Vec<String>>,
    guests: Option<Vec<String>>,
    reviewed: Option<Node<'static>>,
}

/// Agenda items, and the meeting to which they go.
struct Carried {
    to: MeetingKey,
    items: Vec<String>,
}

/// Records the meeting as held.
pub fn execute(
    session: &Session,
    ctx: &Context,
    meeting: &Occurrence,
    arguments: &Arguments,
    ask: Option<&Ask>,
) -> anyhow::Result<ExitCode> {
    let carried = carried(ctx, meeting, arguments, None)?;
    if let Some(carried) = &carried
        && !is_editable(session, carried.to)
    {
        return Ok(ExitCode::from(1));
    }
    let edits = edits(session, ctx, meeting, arguments, ask)?;
    let carried = match carried {
        None => self::carried(ctx, meeting, arguments, ask)?,
        carried => carried,
    };
    let make = |project: &Project| {
        let mut file = MeetingFile::open(session, project, key_of(meeting))?;
        file.set_some("moved_to", edits.moved_to.clone())?;
        file.set_some("chair", edits.chair.clone())?;
        file.set_some("attendees", edits.attendees.clone())?;
        file.set_some("guests", edits.guests.clone())?;
        file.set("held", "true")?;
        file.set_some("reviewed", edits.reviewed.clone())?;
        let mut drafts = vec![file.draft()];
        if let Some(Carried { to, items }) = &carried {
            let mut next = MeetingFile::open(session, project, *to)?;
            let there = project.meetings.get(to).map(|own| own.agenda.as_slice()).unwrap_or_default();
            let new = items.iter().filter(|item| there.iter().all(|own| own.0.trim() != item.trim()));
            new.into_iter().try_for_each(|item| next.add("agenda", item.clone()))?;
            drafts.push(next.draft());
        }
        Ok(drafts)
    };
    write(session, key_of(meeting), FLAGS, make, |ctx, meeting| said(ctx, meeting, carried.as_ref()))
}

/// The result, a line each.
fn said(ctx: &Context, meeting: &Occurrence, carried: Option<&Carried>) -> String {
    let Some(record) = meeting.record else { return String::new() };
    let mut lines = format!("{}: held\n", named(meeting));
    let chair = record.chair.as_ref().map(|chair| &chair.value);
    let people = record.attendees.iter().map(|own| {
        let mark = if Some(&own.value) == chair { " (chair)" } else { "" };
        format!("{}{mark}", ctx.project().person_name(&own.value))
    });
    let people: Vec<String> = people.chain(record.guests.iter().map(|guest| guest.0.clone())).collect();
    lines.push_str(&format!("attended: {}\n", people.join(", ")));
    let outstanding = ctx.at(meeting.held).outstanding().len();
    let reviewed = match &record.reviewed {
        Reviewed::All => format!("all outstanding tickets ({outstanding})"),
        Reviewed::None => format!("no tickets (of {outstanding} outstanding)"),
        Reviewed::These(list) => format!("{} of {outstanding} outstanding tickets", list.len()),
    };
    lines.push_str(&format!("reviewed: {reviewed}\n"));
    if let Some(Carried { to, items }) = carried {
        let count = if items.len() == 1 { "1 agenda item".to_owned() } else { format!("{} agenda items", items.len()) };
        lines.push_str(&format!("carried: {count}, to the meeting of {}\n", day_in_words(to.1)));
    }
    if record.minutes.is_none() {
        lines.push_str("next: `heatpack meeting minutes`\n");
    }
    lines
}

/// What is to be set, from the flags and by asking.
fn edits(
    session: &Session,
    ctx: &Context,
    meeting: &Occurrence,
    arguments: &Arguments,
    ask: Option<&Ask>,
) -> anyhow::Result<Edits> {
    let (project, reader) = (&session.project, Reader::new(session, ask));
    let record = meeting.record;
    let before =
        || record.map(|own| &own.attendees[..]).unwrap_or_default().iter().map(|own| own.value.to_string()).collect();
    let attendees: Option<Vec<String>> = match ask {
        _ if !arguments.attended.is_empty() => Some(ids(reader, &arguments.attended)?),
        _ if record.is_some_and(|own| !own.attendees.is_empty()) => None,
        Some(ask) => {
            let people = everyone(session);
            let names: Vec<String> = people.iter().map(|(_, name)| name.clone()).collect();
            let chosen = ask.choices("Who attended?", &names)?;
            Some(chosen.into_iter().filter_map(|at| people.get(at)).map(|(id, _)| id.clone()).collect())
        }
        None => {
            bail!("who attended is missing: use --attended with ids or names, for example --attended tnguyen,rpatel")
        }
    };
    let chair = match (&arguments.chair, ask) {
        (Some(chair), _) => Some(reader.person(chair, Who::Anyone)?),
        (None, Some(ask)) if record.is_none_or(|own| own.chair.is_none()) => {
            let people: Vec<String> = attendees.clone().unwrap_or_else(before);
            let name = |id: &String| {
                crate::model::PersonId::parse(id).map_or_else(|| id.clone(), |id| project.person_name(&id))
            };
            let mut names: Vec<String> = people.iter().map(name).collect();
            names.push("someone else, or no one".to_owned());
            people.get(ask.choice("Who led it?", &names)?).cloned()
        }
        _ => None,
    };
    let reviewed = reviewed(ctx, meeting, arguments, ask)?;
    let at = arguments.at.as_ref().map(|at| time_on(meeting, reader, at)).transpose()?;
    let at = at.filter(|at| *at != meeting.held.to_string());
    let guests: Vec<String> = arguments.guest.iter().map(|guest| guest.trim().to_owned()).collect();
    let guests = Some(guests).filter(|guests| !guests.is_empty());
    Ok(Edits { moved_to: at, chair, attendees, guests, reviewed })
}

/// The people who were named, each once.
fn ids(reader: Reader, typed: &[String]) -> anyhow::Result<Vec<String>> {
    let mut ids: Vec<String> = Vec::new();
    for typed in typed.iter().filter(|typed| !typed.trim().is_empty()) {
        let id = reader.person(typed, Who::Anyone)?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// The tickets that were reviewed, as records write them; `None` if the file has them.
fn reviewed(
    ctx: &Context,
    meeting: &Occurrence,
    arguments: &Arguments,
    ask: Option<&Ask>,
) -> anyhow::Result<Option<Node<'static>>> {
    let outstanding =
        || -> Vec<TicketId> { ctx.at(meeting.held).outstanding().iter().map(|line| line.ticket.id.value).collect() };
    let typed: Vec<&str> = arguments.reviewed.iter().map(|word| word.trim()).filter(|word| !word.is_empty()).collect();
    if !arguments.except.is_empty() {
        if !matches!(typed[..], [] | ["all"]) {
            bail!("--except needs --reviewed all");
        }
        let (mut reviewed, mut except) = (outstanding(), BTreeSet::new());
        for word in &arguments.except {
            let id = TicketId::typed(word).filter(|id| reviewed.contains(id));
            let held = crate::model::minute_in_words(meeting.held);
            except.insert(id.with_context(|| format!("--except: `{word}` was not outstanding at {held}"))?);
        }
        reviewed.retain(|id| !except.contains(id));
        return Ok(Some(list(&reviewed)));
    }
    match (&typed[..], ask) {
        ([word @ ("all" | "none")], _) => return Ok(Some((*word).to_owned().into())),
        ([], None) if meeting.record.is_some_and(|record| record.reviewed != Reviewed::None) => return Ok(None),
        ([], None) => bail!("which tickets were reviewed is missing: use --reviewed all, or --reviewed HEAT-10423,…"),
        ([], Some(_)) if meeting.record.is_some_and(|record| record.reviewed != Reviewed::None) => return Ok(None),
        ([], Some(ask)) => {
            let outstanding = ctx.at(meeting.held).outstanding();
            let choices = [
                format!("all outstanding tickets ({})", outstanding.len()),
                "all but some".to_owned(),
                "none".to_owned(),
            ];
            match ask.choice("Which tickets were reviewed?", &choices)? {
                0 => return Ok(Some("all".to_owned().into())),
                1 => {}
                _ => return Ok(Some("none".to_owned().into())),
            }
            let names: Vec<String> =
                outstanding.iter().map(|line| format!("{}: {}", line.ticket.id.value, line.ticket.title.0)).collect();
            let but = ask.any("Which ones were not?", &names)?;
            let rest = outstanding.iter().enumerate().filter(|(at, _)| !but.contains(at));
            return Ok(Some(list(&rest.map(|(_, line)| line.ticket.id.value).collect::<Vec<_>>())));
        }
        _ => {}
    }
    // The rules report what is no ticket.
    let tickets =
        typed.iter().map(|word| TicketId::typed(word).map_or_else(|| (*word).to_owned(), |id| id.to_string()));
    Ok(Some(tickets.collect::<Vec<String>>().into()))
}

fn list(tickets: &[TicketId]) -> Node<'static> {
    match tickets {
        [] => "none".to_owned().into(),
        tickets => tickets.iter().map(ToString::to_string).collect::<Vec<String>>().into(),
    }
}

/// The agenda items that go to the next meeting of the kind: those of `--carry`, or those that were not dealt with, by
/// asking.
fn carried(
    ctx: &Context,
    meeting: &Occurrence,
    arguments: &Arguments,
    ask: Option<&Ask>,
) -> anyhow::Result<Option<Carried>> {
    let agenda: Vec<String> =
        meeting.record.map(|own| own.agenda.iter().map(|item| item.0.clone()).collect()).unwrap_or_default();
    let items: Vec<String> = match (&arguments.carry[..], ask) {
        ([], None) => return Ok(None),
        ([], Some(_)) if agenda.is_empty() => return Ok(None),
        ([], Some(ask)) => {
            let done = ask.any("Which agenda items were dealt with? The others go to the next meeting", &agenda)?;
            agenda.iter().enumerate().filter(|(at, _)| !done.contains(at)).map(|(_, item)| item.clone()).collect()
        }
        ([all], _) if all.trim() == "all" => agenda,
        (wanted, _) => {
            let one = |wanted: &String| item(&agenda, wanted);
            wanted.iter().map(one).collect::<anyhow::Result<_>>()?
        }
    };
    if items.is_empty() {
        return Ok(None);
    }
    let meetings = ctx.meetings(meeting.kind);
    let later = meetings.iter().skip_while(|other| other.scheduled != meeting.scheduled).skip(1);
    let mut open = later.filter(|next| next.canceled.is_none() && !next.record.is_some_and(|record| record.was_held()));
    let next = open.next().with_context(|| format!("no later {} meeting is on the schedule", meeting.kind))?;
    Ok(Some(Carried { to: key_of(next), items }))
}

/// The item of the agenda that was typed: the whole item, or a part that only one has.
fn item(agenda: &[String], typed: &str) -> anyhow::Result<String> {
    let wanted = typed.trim().to_lowercase();
    let whole = agenda.iter().find(|item| item.trim().to_lowercase() == wanted);
    let mut part = agenda.iter().filter(|item| !wanted.is_empty() && item.to_lowercase().contains(&wanted));
    match (whole, part.next(), part.next()) {
        (Some(item), ..) | (None, Some(item), None) => Ok(item.clone()),
        (None, Some(_), Some(_)) => bail!("--carry: more than one agenda item has `{typed}`"),
        (None, None, _) => bail!("--carry: no agenda item of this meeting has `{typed}`"),
    }
}
