//! Finds a record by the id that was typed, and says what was probably meant where there is none.

use anyhow::bail;

use crate::load::Project;
use crate::model::{AnswerId, CrId, PersonId, TicketId};
use crate::record::did_you_mean;
use crate::workflow::{ChangeLine, Context, TicketLine};

/// The change request of that id; none where there is none.
pub fn change<'p>(ctx: &Context<'p>, id: &str) -> anyhow::Result<Option<&'p ChangeLine<'p>>> {
    let Some(id) = CrId::parse(id) else { return Ok(None) };
    let line = ctx.prepared.changes.get(&id);
    if line.is_none() {
        left_out(ctx.project(), id.as_str(), ctx.project().known.changes.broken.contains(&id))?;
    }
    Ok(line)
}

/// The change request of the id that was typed.
pub fn change_typed<'p>(ctx: &Context<'p>, typed: &str) -> anyhow::Result<&'p ChangeLine<'p>> {
    let id = numbered(typed);
    let Some(line) = change(ctx, &id)? else {
        let help = suggestion(ctx.project(), &id)
            .unwrap_or_else(|| "use an id like CR-2026-007; the CRs are in data/crs/".to_owned());
        bail!("no change request `{typed}`; {help}");
    };
    Ok(line)
}

/// The ticket of the id that was typed.
pub fn ticket_typed<'p>(ctx: &Context<'p>, typed: &str) -> anyhow::Result<&'p TicketLine<'p>> {
    let id = numbered(typed);
    let ticket = TicketId::parse(&id);
    if let Some(line) = ticket.and_then(|ticket| ctx.prepared.tickets.get(&ticket)) {
        return Ok(line);
    }
    let is_known = ticket.is_some_and(|ticket| ctx.project().known.tickets.ids.contains(&ticket));
    left_out(ctx.project(), &id, is_known)?;
    let help = suggestion(ctx.project(), &id).unwrap_or_else(|| "write an id such as HEAT-10423".to_owned());
    bail!("no ticket `{typed}`; {help}");
}

/// The id of a ticket or CR as records write it, from one as people type it: `10423`, `heat-10423`, `cr-2026-7`.
pub fn numbered(typed: &str) -> String {
    let change = || CrId::typed(typed).map(|id| id.to_string());
    let id = TicketId::typed(typed).map(|id| id.to_string()).or_else(change);
    id.unwrap_or_else(|| typed.trim().to_uppercase())
}

/// The id that was probably meant. Numbers are all near to one another: of those it is one slip at most, and the
/// one that begins alike.
pub fn suggestion(project: &Project, typed: &str) -> Option<String> {
    let tickets = project.tickets.keys().map(TicketId::to_string);
    let numbered: Vec<String> = tickets.chain(project.changes.keys().map(CrId::to_string)).collect();
    let alike = |id: &&String| id.bytes().zip(typed.bytes()).take_while(|(a, b)| a == b).count();
    let near = numbered.iter().filter(|id| strsim::damerau_levenshtein(typed, id) <= 1).max_by_key(alike);
    match near {
        Some(id) => Some(format!("did you mean `{id}`?")),
        None => {
            let people = project.pocs.keys().map(PersonId::as_str);
            did_you_mean(typed, people.chain(project.answers.keys().map(AnswerId::as_str)))
        }
    }
}

/// A record that was not read has no timeline: its file is not checked out, or has errors.
pub fn left_out(project: &Project, id: &str, is_left_out: bool) -> anyhow::Result<()> {
    if let (true, Some(path)) = (is_left_out, not_checked_out(project, id)) {
        bail!("{id} cannot be read: {path} is not checked out; {CHECK_OUT}");
    }
    if is_left_out {
        bail!("{id} has errors and cannot be read; `heatpack check` says what is wrong with it");
    }
    Ok(())
}

/// What to do about files that git has, and that are not checked out.
pub const CHECK_OUT: &str = "run `git sparse-checkout disable`";

/// The file of a record that is not checked out.
pub fn not_checked_out<'p>(project: &'p Project, id: &str) -> Option<&'p str> {
    let name = |path: &'p str| path.rsplit('/').next()?.strip_suffix(".yaml");
    project.not_checked_out().find(|path| name(path) == Some(id))
}
