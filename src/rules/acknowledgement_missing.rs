//! A forwarded ticket is `acknowledged` or `returned` by the date on which NITC's initial response is due. A
//! ticket that was resolved or closed before that date, or whose clock was waived, needs neither.
//!
//! **Why.** NITC acknowledges a ticket by putting it into its own tracker and saying so by email; until then
//! nobody knows that it arrived.
//!
//! **Example.**
//!
//! ```yaml
//! log:
//!   - at: 2026-11-02 13:05
//!     event: forwarded          # on a Monday; its initial response is due on Wednesday
//!     by: tnguyen
//!   - at: 2026-11-04 09:20
//!     event: initial-response
//!     by: rpatel
//!     note: The export reads the fiscal calendar too early.
//! ```
//!
//! **To mend it:** ask NITC for its own number and enter `acknowledged` with `nitc_ref`. What was missed stays
//! on record.

use super::{Finding, Sink};
use crate::model::{ClockKind, TicketEvent, TicketState, day_in_words};
use crate::rules::support::STAYS_LATE;
use crate::workflow::{Clock, Context, Outcome, TicketLine, why_due};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for line in ctx.tickets() {
        let id = line.ticket.id.value;
        let clocks = line.clocks.iter().filter(|clock| clock.kind == ClockKind::NitcResponse);
        for clock in clocks.filter(|clock| clock.began <= ctx.as_of && clock.due < ctx.today()) {
            if sink.skips(clock.due) {
                continue;
            }
            let fell_away = matches!(clock.outcome(ctx.as_of), Outcome::Void | Outcome::Waived);
            let answers = |event| matches!(event, TicketEvent::Acknowledged | TicketEvent::Returned);
            let answered = line
                .effective_until(ctx.as_of)
                .any(|(at, entry)| answers(entry.event.value) && at >= clock.began && at.date() <= clock.due);
            if fell_away || answered {
                continue;
            }
            let (due, why) = (day_in_words(clock.due), why_due(ctx.prepared, clock));
            let message = format!("NITC neither acknowledged nor returned {id} by {due} ({why})");
            let help = if is_awaited(ctx, line, clock) {
                "ask NITC for its own number, and enter `acknowledged`"
            } else {
                STAYS_LATE
            };
            sink.add(Finding::at(clock.place, id, message).help(help).on(clock.due));
        }
    }
}

/// Whether it is still with NITC since then, and still not acknowledged.
fn is_awaited(ctx: &Context, line: &TicketLine, clock: &Clock) -> bool {
    let came = |event| line.last_entry(event, ctx.as_of).is_some_and(|(at, _)| at >= clock.began);
    line.state_at(ctx.as_of) == Some(TicketState::WithNitc) && !came(TicketEvent::Acknowledged)
}
