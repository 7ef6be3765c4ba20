//! Every `struck` entry must name an earlier entry of the same log, by its time and event. That entry must not be struck
//! already, and must not be a `struck` itself. If several entries have that time and event, the first one that is not
//! struck is meant. A log has at most 30 `struck` entries.
//!
//! **Why.** Readers must see which entry no longer counts, and since when.
//!
//! **Example.**
//!
//! ```yaml
//! log:
//!   - at: 2026-11-02 11:30
//!     event: follow-up
//!     by: tnguyen
//!   - at: 2026-11-02 14:00
//!     event: struck
//!     by: tnguyen
//!     entry: 2026-11-02 11:00 follow-up   # the entry is of 11:30
//!     note: Another ticket's call.
//! ```
//!
//! **How to fix it.**
//!
//! - The time or event is wrong: correct `entry`, here to `2026-11-02 11:30 follow-up`.
//! - The entry is struck already: delete this one.
//! - A `struck` was wrong: enter again what happened, with its own time.
//! - More than 30 entries are wrong: void the ticket, and enter it again.

use super::{Finding, Sink};
use crate::model::{Entry, EntryName, Help, MOST_STRUCK, NothingStruck, RuleId, TicketEvent};
use crate::record::in_a_row;
use crate::rules::support::{slip_finding, ticket_slips};
use crate::workflow::{Context, RefusedStrike, TicketCause};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for (line, step, entry) in ticket_slips(ctx, RuleId::NothingToStrike) {
        let TicketCause::Entry(by) = step.cause else { continue };
        let (Some(RefusedStrike::Nothing(why)), Some(name)) = (line.refused_strike(by), entry.entry) else { continue };
        let (id, log) = (line.ticket.id.to_string(), &line.ticket.record.log);
        let (message, help) = words(&id, log, by, name.value, why);
        let place = (line.ticket.file, name.span);
        let finding: Finding = slip_finding(place, id, entry, step.slip, message, help);
        sink.add(finding);
    }
}

/// The message and help for a `struck` entry at the place `by` of a log.
fn words(id: &str, log: &[Entry<TicketEvent>], by: usize, name: EntryName, why: NothingStruck) -> (String, Help) {
    match why {
        NothingStruck::NoEntry => {
            let of_day = log[..by].iter().filter(|entry| entry.at.value.date() == name.at.date());
            let of_event = log[..by].iter().rev().filter(|entry| entry.event.value == name.event);
            let mut near: Vec<String> = Vec::new();
            for entry in of_day.chain(of_event).filter(|entry| entry.event.value != TicketEvent::Struck) {
                let name = format!("`{}`", EntryName::of(entry));
                if near.len() < 3 && !near.contains(&name) {
                    near.push(name);
                }
            }
            let help = match near.is_empty() {
                true => "use the time and event of an entry".to_owned(),
                false => format!("use the time and event of an entry, for example {}", in_a_row(&near, "or")),
            };
            (format!("{id} has no earlier entry `{name}`"), Help::Plain(help))
        }
        NothingStruck::Already(other) => {
            let at = log[other].at.value;
            let help =
                Help::Either { file: "delete this entry".to_owned(), flags: "do not strike it again".to_owned() };
            (format!("the entry `{name}` of {id} was struck already, at {at}"), help)
        }
        NothingStruck::OfStruck => {
            let help = "enter again what happened, with its own time: a `struck` entry cannot be struck";
            (format!("`{name}` of {id} is a `struck` entry itself"), Help::Plain(help.to_owned()))
        }
        NothingStruck::Later => {
            let help = Help::Either {
                file: "put this entry after it".to_owned(),
                flags: "use --at with a time after it".to_owned(),
            };
            (format!("the entry `{name}` of {id} is later than this one"), help)
        }
        NothingStruck::TooMany => {
            let help = format!("void {id}, and enter the ticket again");
            (format!("the log of {id} has more than {MOST_STRUCK} `struck` entries"), Help::Plain(help))
        }
    }
}
