//! `docs/explanation/states.md`: who can enter which event in which state.

use heatpack::model::{CHANGE_EVENTS, EventKind, EventSpec, TICKET_EVENTS};

use super::are_current;

#[test]
fn the_page_of_states_lists_where_each_event_is_allowed() {
    are_current(
        "explanation/states.md",
        &[("ticket events", table(TICKET_EVENTS)), ("CR events", table(CHANGE_EVENTS))],
    );
}

fn table<E: EventKind<State = S>, S: Copy + Eq + std::fmt::Display>(events: &[EventSpec<E, S>]) -> String {
    let mut text = "| event | who enters it | allowed in |\n|---|---|---|\n".to_owned();
    for spec in events {
        let offices: Vec<String> = spec.offices.iter().map(|office| format!("`{office}`")).collect();
        let who = if offices.is_empty() { "anyone".to_owned() } else { offices.join(", ") };
        let states: Vec<String> = spec.allowed.iter().map(|state| format!("`{state}`")).collect();
        text.push_str(&format!("| `{}` | {who} | {} |\n", spec.event, states.join(", ")));
    }
    text
}
