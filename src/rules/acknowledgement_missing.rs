//! NITC must enter `acknowledged` or `returned` for every forwarded ticket by the date on which its initial response is
//! due. Tickets that were resolved or closed before that date, and waived deadlines, are not checked.
//!
//! **Why.** NITC acknowledges a ticket by adding it to its own tracker and sending an email. Until then, the Help Desk
//! cannot be sure that NITC has the ticket.
//!
//! **Example.**
//!
//! ```yaml
//! log:
//!   - at: 2026-11-02 13:05
//!     event: forwarded          # a Monday: due on Wednesday, and neither `acknowledged` nor `returned` follows
//!     by: tnguyen
//!   - at: 2026-11-04 09:20
//!     event: initial-response
//!     by: rpatel
//!     note: The export reads the fiscal calendar too early.
//! ```
//!
//! **How to fix it.**
//!
//! - NITC still has the ticket: ask NITC for its number, then run `heatpack log HEAT-10423 acknowledged --by rpatel
//!   --nitc-ref N-2291`.
//! - The ticket has moved on: no action needed. The lapse stays on record.

use super::{Finding, Sink};
use crate::model::{ClockKind, TicketEvent, TicketState, day_in_words};
use crate::rules::support::STAYS_LATE;
use crate::workflow::{Clock, Context, Outcome, TicketLine, why_due};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for line in ctx.tickets() {
        let id = line.ticket.id.value;
        let clocks = line.clocks_at(ctx.as_of).iter().filter(|clock| clock.kind == ClockKind::NitcResponse);
        for clock in clocks.filter(|clock| clock.began <= ctx.as_of && clock.due < ctx.today()) {
            if sink.skips(clock.missed_on()) {
                continue;
            }
            let ended = matches!(clock.outcome(ctx.as_of), Outcome::Void | Outcome::Waived);
            let answers = |event| matches!(event, TicketEvent::Acknowledged | TicketEvent::Returned);
            let answered = line
                .effective_until(ctx.as_of)
                .any(|(at, entry)| answers(entry.event.value) && at >= clock.began && at.date() <= clock.due);
            if ended || answered {
                continue;
            }
            let message = format!("NITC neither acknowledged nor returned {id} by {}", day_in_words(clock.due));
            let help = match is_awaited(ctx, line, clock) {
                true => format!("ask NITC for its number, then run `heatpack log {id} acknowledged --nitc-ref NUMBER`"),
                false => STAYS_LATE.to_owned(),
            };
            let finding = Finding::at(clock.place, id, message).note(why_due(ctx.prepared, clock));
            sink.add(finding.help(help).on(clock.missed_on()));
        }
    }
}

/// Whether NITC has had the ticket since then and has not acknowledged it.
fn is_awaited(ctx: &Context, line: &TicketLine, clock: &Clock) -> bool {
    let came = |event| line.last_entry(event, ctx.as_of).is_some_and(|(at, _)| at >= clock.began);
    line.state_at(ctx.as_of) == Some(TicketState::WithNitc) && !came(TicketEvent::Acknowledged)
}
