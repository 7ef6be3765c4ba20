//! Which mails the records have already, and which numbers of NITC.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{TicketId, TicketState};
use crate::workflow::Context;

/// What the records have.
pub struct Recorded {
    /// The record of each mail, by its digest.
    pub mails: BTreeMap<String, String>,
    /// The tickets of each of NITC's numbers, in lower case. Voided tickets count only if no other has the number.
    pub numbers: BTreeMap<String, BTreeSet<TicketId>>,
}

impl Recorded {
    /// Collects them.
    pub fn new(ctx: &Context) -> Recorded {
        let mut recorded = Recorded { mails: BTreeMap::new(), numbers: BTreeMap::new() };
        let mut voided: BTreeMap<String, BTreeSet<TicketId>> = BTreeMap::new();
        for line in ctx.prepared.tickets.values() {
            let (ticket, id) = (&line.ticket.record, line.ticket.id.value);
            let mails = ticket.log.iter().filter_map(|entry| entry.mail.as_ref()).chain(&ticket.mail);
            recorded.mails.extend(mails.map(|mail| (mail.0.clone(), id.to_string())));
            let is_voided = ctx.state(line) == Some(TicketState::Voided);
            let numbers = if is_voided { &mut voided } else { &mut recorded.numbers };
            for number in ticket.log.iter().filter_map(|entry| entry.nitc_ref.as_ref()) {
                numbers.entry(number.as_str().trim().to_lowercase()).or_default().insert(id);
            }
        }
        for (number, tickets) in voided {
            recorded.numbers.entry(number).or_insert(tickets);
        }
        for line in ctx.prepared.changes.values() {
            let mails = line.cr.log.iter().filter_map(|entry| entry.mail.as_ref());
            recorded.mails.extend(mails.map(|mail| (mail.0.clone(), line.cr.id.to_string())));
        }
        recorded
    }
}
