//! The people who can be chosen on a terminal or named: how records write each, and how a person knows them.

use super::form::Choice;
use crate::commands::common::session::Session;
use crate::load::{BOARD_OWNER, Project};
use crate::model::{Office, PersonId, Role, SubjectId, is_within};
use crate::workflow::{designations, is_active};

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

/// The POCs, those first who are designated for the subject today, but for one of them.
pub fn pocs(session: &Session, subject: Option<&SubjectId>, but: Option<&PersonId>) -> Vec<Choice> {
    let (project, today) = (&session.project, session.as_of.date());
    let of = subject.map(|subject| designations(project, subject, None)).unwrap_or_default();
    let role = |id: &str| {
        let own = of.iter().filter(|(poc, own)| poc.id.as_str() == id && is_active(own, today));
        own.map(|(_, own)| own.role.value).min()
    };
    let words = |role: Option<Role>| role.map_or("not designated for it".to_owned(), |role| role.to_string());
    let others = project.pocs.values().filter(|poc| but != Some(&poc.id.value));
    let mut pocs: Vec<(bool, Option<Role>, Choice)> = others
        .map(|poc| {
            let role = role(poc.id.as_str());
            let shown = format!("{} ({}, {})", poc.name.0, poc.id.value, words(role));
            (role.is_none(), role, (poc.id.to_string(), shown))
        })
        .collect();
    pocs.sort_by(|a, b| (a.0, a.1, &a.2.1).cmp(&(b.0, b.1, &b.2.1)));
    pocs.into_iter().map(|(_, _, choice)| choice).collect()
}

/// All staff of today, the members of the board, then the POCs; a person comes once.
pub fn everyone(session: &Session) -> Vec<Choice> {
    let mut people = staff_and_board(session);
    people.extend(
        session
            .project
            .pocs
            .values()
            .map(|own| (own.id.to_string(), format!("{} ({}, POC)", own.name.0, own.id.value))),
    );
    let mut seen = std::collections::BTreeSet::new();
    people.retain(|(id, _)| seen.insert(id.clone()));
    people
}

/// The offices that can own an action item.
pub fn offices(project: &Project) -> Vec<Choice> {
    let names = &project.settings.names;
    let choice = |word: &str, name: &String| (word.to_owned(), format!("{name} ({word})"));
    vec![
        choice(Office::HelpDesk.as_str(), &names.help_desk),
        choice(Office::Nitc.as_str(), &names.third_line),
        choice(Office::AcfoFs.as_str(), &names.sponsor),
        choice(BOARD_OWNER, &names.board),
    ]
}
