//! The terms of a pack and their meanings.

use serde::Serialize;

use super::heading::Heading;
use super::scope::Scope;

/// What the monthly pack calls the section, which ends with the method.
pub(super) const HEADING: Heading = Heading::beside("glossary", "Annex: glossary and method");

/// A term and its meaning.
#[derive(Debug, Clone, Serialize)]
pub struct GlossaryRow {
    pub term: String,
    pub meaning: String,
}

/// The terms that a newcomer meets in the pack.
pub fn glossary(scope: &Scope) -> Vec<GlossaryRow> {
    let names = &scope.ctx.project().settings.names;
    let row = |term: &str, meaning: String| GlossaryRow { term: term.to_owned(), meaning };
    vec![
        row(&names.tracker, "the tracker in which the Help Desk opens a ticket for every inquiry".to_owned()),
        row(
            "POC",
            "Point of Contact: the designated person whom users of a module or initiative call first".to_owned(),
        ),
        row(&names.help_desk, "the second tier: it takes inquiries from POCs only".to_owned()),
        row(
            &names.third_line,
            "the application team: it gets the inquiries that the Help Desk cannot answer".to_owned(),
        ),
        row(&names.sponsor, "prepares change requests and submits them to the board".to_owned()),
        row(&names.board, "the board that approves and signs a change request before work begins".to_owned()),
        row("CR", "change request: required before code is changed".to_owned()),
        row("Outstanding", "still open: not closed, redirected or voided".to_owned()),
        row("Lapse", "a missed deadline or skipped step; it stays on record".to_owned()),
        row("Resolved", "the POC has the resolution; the ticket closes when the POC confirms it".to_owned()),
    ]
}
