//! The records that have a log, by the ids that were typed.

use anyhow::bail;

use super::draft;
use crate::commands::common::lookup;
use crate::commands::common::session::Session;
use crate::model::{CrId, LogId, TicketId};

/// The record of the id that was typed; `None` if it has errors, which are printed.
pub fn find(session: &Session, typed: &str) -> anyhow::Result<Option<LogId>> {
    let (id, project) = (lookup::numbered(typed), &session.project);
    let record = match (TicketId::parse(&id), CrId::parse(&id)) {
        (Some(ticket), _) if project.known.tickets.ids.contains(&ticket) => LogId::Ticket(ticket),
        (_, Some(change)) if project.known.changes.ids.contains(&change) => LogId::Change(change),
        _ => {
            let help = lookup::suggestion(project, &id)
                .unwrap_or_else(|| "use an id like HEAT-10423 or CR-2026-007".to_owned());
            bail!("no ticket or CR `{typed}`; {help}");
        }
    };
    if project.log_file(&record).is_none() {
        if let Some(path) = lookup::not_checked_out(project, &id) {
            say!("cannot add to {id}: {path} is not checked out; {}", lookup::CHECK_OUT);
            return Ok(None);
        }
        let own: Vec<_> = project.faults.iter().filter(|fault| fault.record == id).cloned().collect();
        draft::print_diagnostics(session, project, &own);
        say!("{id} has errors: fix them, then run this command again");
        return Ok(None);
    }
    Ok(Some(record))
}
