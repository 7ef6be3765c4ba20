//! The records that have a log, by the ids that were typed.

use anyhow::bail;

use super::draft;
use crate::commands::common::lookup;
use crate::commands::common::session::Session;
use crate::load::Project;
use crate::model::{CrId, FileId, TicketId};

/// The record whose log it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    Ticket(TicketId),
    Change(CrId),
}

impl std::fmt::Display for Record {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Record::Ticket(id) => id.fmt(f),
            Record::Change(id) => id.fmt(f),
        }
    }
}

impl Record {
    /// Its file; `None` if it has errors or is gone.
    pub fn file(&self, project: &Project) -> Option<FileId> {
        match self {
            Record::Ticket(id) => project.tickets.get(id).map(|ticket| ticket.file),
            Record::Change(id) => project.changes.get(id).map(|cr| cr.file),
        }
    }
}

/// The record of the id that was typed; `None` if it has errors, which are printed.
pub fn find(session: &Session, typed: &str) -> anyhow::Result<Option<Record>> {
    let (id, project) = (lookup::numbered(typed), &session.project);
    let record = match (TicketId::parse(&id), CrId::parse(&id)) {
        (Some(ticket), _) if project.known.tickets.ids.contains(&ticket) => Record::Ticket(ticket),
        (_, Some(change)) if project.known.changes.ids.contains(&change) => Record::Change(change),
        _ => {
            let help = lookup::suggestion(project, &id)
                .unwrap_or_else(|| "use an id like HEAT-10423 or CR-2026-007".to_owned());
            bail!("no ticket or CR `{typed}`; {help}");
        }
    };
    if record.file(project).is_none() {
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
