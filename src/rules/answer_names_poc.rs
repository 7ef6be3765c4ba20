//! Every written-up answer must have a title and text that do not name a POC of the tickets in its `from`. A name is the
//! full name, the email address or the phone number. Pages write "the POC" instead.
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

use super::{Finding, Sink};
use crate::load::Project;
use crate::model::{PersonId, Ticket};
use crate::workflow::{CalledBy, PersonNames};

pub(super) fn check(project: &Project, sink: &mut Sink) {
    for answer in project.answers.values() {
        let mut names = PersonNames::default();
        for poc in answer.from.iter().filter_map(|id| project.tickets.get(&id.value)).flat_map(|ticket| pocs_of(ticket))
        {
            if let Some(poc) = project.pocs.get(poc) {
                names.add_poc(poc, poc.id.as_str());
            }
        }
        // Of several places the first is enough to find the others.
        let title = ("title", answer.title.as_str(), answer.title.span);
        for (field, text, span) in [title, ("text", answer.text.value.0.as_str(), answer.text.span)] {
            let Some(named) = names.find(text).into_iter().next() else { continue };
            let what = match named.by {
                CalledBy::Name | CalledBy::Id => "name",
                CalledBy::Email => "email address",
                CalledBy::Phone => "phone number",
            };
            let message = format!("the {field} has the {what} of `{}`, the POC of a ticket in `from`", named.who);
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
