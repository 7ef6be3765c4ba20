//! Who owes what: the offices of the process, and what each has to do.

use serde::Serialize;

use super::actions::ActionRow;
use super::attention::{due_clocks, overdue_clocks};
use super::scope::Scope;
use crate::report::words::clock_office;
use crate::workflow::Clock;

/// What an office owes.
#[derive(Debug, Clone, Serialize)]
pub struct OwnerRow {
    pub office: String,
    /// Deadlines that are overdue.
    pub overdue: usize,
    /// Deadlines due before the next meeting.
    pub due: usize,
    /// Disagreements with NITC's report, which two offices clear up together.
    pub disagreements: usize,
    /// Action items that are not done.
    pub actions: usize,
}

/// The four offices, and others if they have an action item. `actions` are not done.
pub fn owners(scope: &Scope, disagreements: usize, actions: &[&ActionRow]) -> Vec<OwnerRow> {
    let names = &scope.ctx.project().settings.names;
    let (overdue, due) = (overdue_clocks(scope), due_clocks(scope));
    let own = |clocks: &[&Clock], office: &str| {
        clocks.iter().filter(|clock| scope.words().office(clock_office(clock.kind)) == *office).count()
    };
    let row = |office: &String, agrees: bool| OwnerRow {
        office: office.clone(),
        overdue: own(&overdue, office),
        due: own(&due, office),
        disagreements: if agrees { disagreements } else { 0 },
        actions: actions.iter().filter(|action| action.office == *office).count(),
    };
    let mut rows = vec![
        row(&names.help_desk, true),
        row(&names.third_line, true),
        row(&names.sponsor, false),
        row(&names.board, false),
    ];
    let others = actions.iter().filter(|action| action.office.is_empty()).count();
    if others > 0 {
        rows.push(OwnerRow {
            office: "POCs and others".to_owned(),
            overdue: 0,
            due: 0,
            disagreements: 0,
            actions: others,
        });
    }
    rows
}
