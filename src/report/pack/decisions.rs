//! What a monthly meeting is asked to decide: CRs before the board, gaps in the roster, tickets that are old.

use super::attention::{AttentionItem, waiting};
use super::changes::ChangeRow;
use super::heading::Heading;
use super::scope::Scope;
use crate::model::ClockKind;

/// What the monthly pack calls the section.
pub(super) const HEADING: Heading = Heading::new("decisions", "Decisions needed");

/// The decisions, with the `gaps` of the roster in words.
pub fn decisions_asked(scope: &Scope, changes: &[ChangeRow], gaps: &[String]) -> Vec<AttentionItem> {
    let names = &scope.ctx.project().settings.names;
    let mut items = waiting(scope, changes);
    items.extend(gaps.iter().map(|gap| AttentionItem {
        record: String::new(),
        title: "POC roster".to_owned(),
        what: format!("{gap}: designate one"),
        who: "Office of the module or initiative".to_owned(),
        due: None,
    }));
    let oldest = scope.ctx.outstanding().into_iter().filter(|line| line.age_at(scope.ctx.today()) >= 61);
    items.extend(oldest.map(|line| AttentionItem {
        record: line.ticket.id.to_string(),
        title: line.ticket.title.0.clone(),
        what: format!("{} days old: decide whether to continue or close", line.age_at(scope.ctx.today())),
        who: scope.ctx.holder(line).map_or_else(|| names.help_desk.clone(), |holder| scope.words().holder(holder)),
        due: scope.ctx.next_due(line).filter(|clock| clock.kind != ClockKind::FollowUp).map(|clock| clock.due),
    }));
    items
}
