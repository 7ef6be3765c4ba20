//! `acknowledgement-missing` (lapse): NITC did not acknowledge a forwarded ticket.
//!
//! A forwarded ticket is acknowledged, or returned, by the date on which NITC's initial response is due.
//!
//! **Why.** NITC acknowledges a ticket by putting it into its own tracker and saying so by email.
//!
//! **Example.**
//!
//! ```yaml
//! forwarded on Monday, no `acknowledged` by Wednesday
//! ```
//!
//! **To mend it:** ask NITC for its number and enter `acknowledged`.

use crate::model::{ClockKind, Level, TicketEvent, day_in_words};
use crate::workflow::{Context, Outcome};
use super::{Finding, Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "acknowledgement-missing",
    level: Some(Level::Lapse),
    takes_exception: false,
    source: include_str!("acknowledgement_missing.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    let calendars = &ctx.prepared.calendars;
    for line in ctx.tickets() {
        let clocks = line.clocks.iter().filter(|clock| clock.kind == ClockKind::NitcResponse);
        for clock in clocks.filter(|clock| clock.began <= ctx.as_of && clock.due < ctx.today()) {
            debug_assert!(clock.version < calendars.len());
            let fell_away = matches!(clock.outcome(ctx.as_of), Outcome::Void | Outcome::Waived);
            let answers = |event| matches!(event, TicketEvent::Acknowledged | TicketEvent::Returned);
            let answered = line.effective_until(ctx.as_of).any(|(at, entry)| {
                answers(entry.event.value) && at >= clock.began && at.date() <= clock.due
            });
            if !fell_away && !answered {
                let message = format!("NITC did not acknowledge {} by {}", line.ticket.id.value, day_in_words(clock.due));
                let help = "ask NITC for its own number, and enter `acknowledged`";
                sink.add(Finding::at(clock.place, line.ticket.id.value, message).help(help).on(clock.due));
            }
        }
    }
}
