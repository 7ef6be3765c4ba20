//! The people who can be chosen on a terminal: how records write each, and how a person knows them.

use super::form::Choice;
use super::session::Session;
use crate::model::{Office, is_within};

/// The staff of some offices today, by name.
pub fn staff(session: &Session, offices: &[Office]) -> Vec<Choice> {
    let today = session.as_of.date();
    let now = session.project.staff.iter().filter(|own| is_within(today, own.from, own.until));
    let of_office = now.filter(|own| offices.contains(&own.office));
    let choice = |own: &crate::load::Loaded<crate::model::Staff>| {
        (own.id.to_string(), format!("{} ({}, {})", own.name.0, own.id.value, own.office))
    };
    let mut staff: Vec<Choice> = of_office.map(choice).collect();
    staff.sort_by(|a, b| a.1.cmp(&b.1));
    staff
}

/// All staff of today, then the members of the board.
pub fn staff_and_board(session: &Session) -> Vec<Choice> {
    let today = session.as_of.date();
    let members = session.project.board.members.iter().filter(|own| is_within(today, own.from, own.until));
    let members = members.map(|own| (own.id.to_string(), format!("{} ({}, board)", own.name.0, own.id.value)));
    staff(session, Office::ALL).into_iter().chain(members).collect()
}
