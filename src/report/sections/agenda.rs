//! The agenda: the standing items of the meeting, then its file's own.

use crate::model::{MeetingKind, RichText};
use crate::report::pack::Agenda;
use crate::report::scope::Scope;

/// The meeting's agenda.
pub fn agenda(scope: &Scope) -> Agenda {
    let names = &scope.ctx.project().settings.names;
    let nitc = format!("At {}", names.third_line);
    // The titles of the pack's own sections, in their order.
    let standing: Vec<&str> = match scope.kind {
        MeetingKind::Weekly => vec![
            "Attention",
            "Balance",
            "New tickets",
            "Closed tickets",
            "Outstanding tickets",
            &nitc,
            "Change requests",
            "New lapses",
            "Action items",
            "Method",
        ],
        MeetingKind::Monthly => vec![
            "Summary",
            "Decisions asked",
            "Balance",
            "Outstanding by module and initiative",
            "Closed tickets and resolutions",
            "Compliance",
            "Change requests",
            "POC roster",
            "Lapses by rule and by office",
            "Action items and last minutes",
            "POC pages",
            "Attendance and minutes",
            "Glossary and method",
        ],
    };
    let own = scope.meeting().record.map(|record| record.agenda.as_slice()).unwrap_or_default();
    Agenda {
        standing: standing.into_iter().map(str::to_owned).collect(),
        further: own.iter().map(|item| RichText::new(&item.0)).collect(),
    }
}
