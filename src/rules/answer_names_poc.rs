//! Every written-up answer must have a title and text that do not name a POC of the tickets in its `from`. A name is the
//! full name, a first or last name alone, the email address or the phone number, with or without accents. Pages write "the
//! POC" instead.
//!
//! A first or last name is an ordinary word if it is in the name of a module or initiative. It also is one if the answer
//! has it in lower case, and with a capital letter only at the start of sentences.
//!
//! **Why.** All POCs read the answers. Who asked is between that person and the Help Desk.
//!
//! **Example.**
//!
//! ```yaml
//! # jrivera, the POC of HEAT-10423, is Jordan Rivera
//! from: [HEAT-10423]
//! text: |
//!   Jordan Rivera found that Q4 is missing while a filter is set.   # names the POC
//! ```
//!
//! **How to fix it.**
//!
//! - Write what happened without the person: "Q4 is missing while a filter is set."

use std::collections::BTreeSet;

use super::{Finding, Sink};
use crate::load::Project;
use crate::model::{PersonId, Ticket};
use crate::workflow::{CalledBy, NameParts, PersonNames};

pub(super) fn check(project: &Project, sink: &mut Sink) {
    let parts = NameParts::new(project);
    for answer in project.answers.values() {
        let tickets = answer.from.iter().filter_map(|id| project.tickets.get(&id.value));
        let asked: BTreeSet<&PersonId> = tickets.flat_map(|ticket| pocs_of(ticket)).collect();
        let texts = [answer.title.as_str(), answer.text.value.0.as_str()];
        let mut names = PersonNames::default();
        for poc in asked.iter().filter_map(|id| project.pocs.get(*id)) {
            names.add_poc(poc, poc.id.as_str());
        }
        // Each POC, with the first and last names that these texts use alone.
        let alone: Vec<_> = asked.iter().map(|id| (*id, parts.callers(&[*id].into(), &[], &texts))).collect();
        // Of several places the first is enough to find the others.
        for (field, text, span) in [("title", texts[0], answer.title.span), ("text", texts[1], answer.text.span)] {
            let whole = names.find(text).into_iter().next().map(|named| (named.who, named.by));
            let part = || alone.iter().find(|(_, callers)| !callers.find(text).is_empty());
            let Some((who, by)) = whole.or_else(|| part().map(|(id, _)| (id.as_str(), CalledBy::Name))) else {
                continue;
            };
            let what = match by {
                CalledBy::Name | CalledBy::Id => "name",
                CalledBy::Email => "email address",
                CalledBy::Phone => "phone number",
            };
            let message = format!("the {field} has the {what} of `{who}`, the POC of a ticket in `from`");
            let help = format!("delete the {what} from `{field}`: all POCs read this answer");
            sink.add(Finding::at((answer.file, span), &answer.id.value, message).help(help));
        }
    }
}

/// Who called, and to whom the ticket was handed over.
fn pocs_of(ticket: &Ticket) -> impl Iterator<Item = &PersonId> {
    let handed = ticket.log.iter().filter_map(|entry| entry.poc.as_ref());
    std::iter::once(&ticket.poc).chain(handed).map(|poc| &poc.value)
}
