//! `heatpack show`: one record in the terminal.

use std::io::Write;
use std::process::ExitCode;

use anyhow::bail;

use crate::commands::common::lookup;
use crate::commands::common::lookup::{left_out, suggestion};
use crate::commands::common::session::Session;
use crate::commands::common::{terminal, typed};
use crate::load::Who;
use crate::model::{AnswerId, PersonId, TicketId};
use crate::render::show_text;
use crate::report::show::{Show, show_answer, show_change, show_poc, show_ticket};
use crate::workflow::{Context, Prepared};

/// Show a record with its timeline and deadlines
///
/// With --explain, also shows how each due date was computed: the date that days are counted from, and the days that are
/// not working days.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  heatpack show HEAT-10423\n  heatpack show HEAT-10423 --explain")]
pub struct Arguments {
    /// Id or name, for example HEAT-10423, 10423, CR-2026-007 or jrivera
    id: String,
    /// Show how each due date was computed
    #[arg(long)]
    explain: bool,
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let prepared = Prepared::new(&session.project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    let show = find(&ctx, arguments.id.trim())?;
    let mut stdout = std::io::stdout().lock();
    let text = show_text(&show, arguments.explain, terminal::width(), session.colors(&stdout));
    stdout.write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// The record of that id.
fn find(ctx: &Context, typed: &str) -> anyhow::Result<Show> {
    let id = lookup::numbered(typed);
    let project = ctx.project();
    if let Some(id) = TicketId::parse(&id) {
        if let Some(line) = ctx.prepared.tickets.get(&id) {
            if !line.exists_at(ctx.as_of) {
                bail!("{id} was received at {}, after the as-of time {}", line.ticket.received.value, ctx.as_of);
            }
            return Ok(show_ticket(ctx, line));
        }
        left_out(project, &id.to_string(), project.known.tickets.broken.contains(&id))?;
    }
    if let Some(line) = lookup::change(ctx, &id)? {
        return Ok(show_change(ctx, line));
    }
    if let Some(poc) = typed::person(project, typed, Who::Poc)?.and_then(|id| project.pocs.get(&id)) {
        return Ok(show_poc(ctx, poc));
    }
    if let Some(id) = PersonId::parse(&typed.to_lowercase()) {
        left_out(project, id.as_str(), project.known.pocs.broken.contains(&id))?;
    }
    if let Some(id) = AnswerId::parse(&typed.to_lowercase()) {
        if let Some(answer) = project.answers.get(&id) {
            return Ok(show_answer(ctx, answer));
        }
        left_out(project, id.as_str(), project.known.answers.broken.contains(&id))?;
    }
    let help = suggestion(ctx.project(), &id)
        .unwrap_or_else(|| "use an id like HEAT-10423, CR-2026-007 or jrivera".to_owned());
    bail!("no ticket, CR, POC or answer `{typed}`; {help}")
}
