//! A Point of Contact, or a caller who is none.

use super::{Show, found_in};
use crate::model::{Poc, Spanned, Until, day_in_words, is_within};
use crate::report::story::ticket_stands;
use crate::report::words::counted;
use crate::workflow::Context;

/// Builds the view of a POC: their designations and tickets.
pub fn show_poc(ctx: &Context, poc: &Poc) -> Show {
    let contact: Vec<&str> = [&poc.email, &poc.phone].into_iter().flatten().map(|text| text.as_str()).collect();
    let mut head = vec![("contact", contact.join(", "))];
    head.extend(poc.office.as_ref().map(|office| ("office", office.0.clone())));
    Show {
        id: poc.id.to_string(),
        title: poc.name.0.clone(),
        head,
        texts: Vec::new(),
        lists: vec![("designations", designations(ctx, poc)), ("outstanding tickets", tickets(ctx, poc))],
        timeline: Vec::new(),
        clocks: Vec::new(),
        found: found_in(ctx, poc.id.as_str()),
    }
}

fn designations(ctx: &Context, poc: &Poc) -> Vec<String> {
    let last = |until: Option<Spanned<Until>>| {
        until.map_or(String::new(), |until| format!(" until {}", day_in_words(until.value.0)))
    };
    let line = |designation: &crate::model::Designation| {
        let now = is_within(ctx.today(), Some(designation.from), designation.until);
        format!(
            "{} for {}, from {}{}{}",
            designation.role.value,
            ctx.project().subject_name(&designation.subject),
            day_in_words(designation.from.value.0),
            last(designation.until),
            if now { "" } else { " (not now)" },
        )
    };
    poc.designations.iter().map(line).collect()
}

fn tickets(ctx: &Context, poc: &Poc) -> Vec<String> {
    let own = ctx.outstanding().into_iter().filter(|line| *line.poc_at(ctx.as_of) == poc.id.value);
    own.map(|line| {
        let state = ticket_stands(ctx, line).map(|stands| stands.state).unwrap_or_default();
        let age = counted(line.age_at(ctx.today()).max(0) as usize, "day");
        format!("{}  {state}, {age}: {}", line.ticket.id.value, line.ticket.title.0)
    })
    .collect()
}
