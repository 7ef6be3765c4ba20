//! Who wrote a mail, by the exact address. A name proves nothing, and neither does an address.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::line::{Role, Sender};
use crate::import::mail::Mail;
use crate::load::Project;
use crate::model::{PersonId, Text, day_in_words, is_within};
use crate::report::mail::is_address;
use crate::workflow::is_active;

/// The sender of a mail on a date, and what must be known of them.
pub fn sender(project: &Project, mail: &Mail, date: NaiveDate) -> (Sender, Vec<String>) {
    let mut notes = Vec::new();
    let [from] = mail.from.as_slice() else {
        let count = mail.from.len();
        notes.push(match count {
            0 => "it has no sender".to_owned(),
            _ => format!("it has {count} senders, so that none counts"),
        });
        return (unknown(None, String::new()), notes);
    };
    if !is_address(&from.email) {
        notes.push("the address of its sender is not valid".to_owned());
        return (unknown(None, from.name.clone()), notes);
    }
    if mail.reply_to.iter().any(|other| *other != from.email) {
        notes.push("an answer to it would go to another address".to_owned());
    }
    let mut found = people(project, &from.email, date);
    match (found.pop_first(), found.len()) {
        (None, _) => {
            notes.extend(near(project, &from.email, &from.name));
            (unknown(Some(from.email.clone()), from.name.clone()), notes)
        }
        (Some((id, (name, Role::Unknown))), 0) => {
            notes.push(format!("{id} was not on the staff on {}", day_in_words(date)));
            (unknown(Some(from.email.clone()), name), notes)
        }
        (Some((id, (name, role))), 0) => (Sender { email: Some(from.email.clone()), id: Some(id), name, role }, notes),
        (Some(_), others) => {
            notes.push(format!("{} people on record have its address, so that none counts", others + 1));
            (unknown(Some(from.email.clone()), from.name.clone()), notes)
        }
    }
}

fn unknown(email: Option<String>, name: String) -> Sender {
    Sender { email, id: None, name, role: Role::Unknown }
}

/// Whether two addresses are the same: their local parts exactly, their domains whatever the case.
fn is_same(one: &Text, other: &str) -> bool {
    match (one.as_str().trim().rsplit_once('@'), other.rsplit_once('@')) {
        (Some(one), Some(other)) => one.0 == other.0 && one.1.eq_ignore_ascii_case(other.1),
        _ => false,
    }
}

/// The people with an address, and what each is on a date. Staff of another time are unknown.
fn people(project: &Project, email: &str, date: NaiveDate) -> BTreeMap<PersonId, (String, Role)> {
    let mut found: BTreeMap<PersonId, (String, Role)> = BTreeMap::new();
    let mut add = |id: &PersonId, name: &Text, role: Role| {
        let own = found.entry(id.clone()).or_insert_with(|| (name.0.clone(), role));
        if own.1 == Role::Unknown {
            own.1 = role;
        }
    };
    let has = |own: &Option<Text>| own.as_ref().is_some_and(|own| is_same(own, email));
    for staff in project.staff.iter().filter(|staff| has(&staff.email)) {
        let is_there = is_within(date, staff.from, staff.until);
        add(&staff.id.value, &staff.name, if is_there { Role::Staff(staff.office) } else { Role::Unknown });
    }
    for poc in project.pocs.values().filter(|poc| has(&poc.email)) {
        let is_designated = poc.designations.iter().any(|own| is_active(own, date));
        add(&poc.id.value, &poc.name, if is_designated { Role::Poc } else { Role::Caller });
    }
    for member in project.board.members.iter().filter(|member| has(&member.email)) {
        add(&member.id.value, &member.name, Role::Board);
    }
    found
}

/// That an unknown sender looks like someone on record.
fn near(project: &Project, email: &str, name: &str) -> Vec<String> {
    let staff = project.staff.iter().map(|own| (&own.id.value, &own.name, &own.email));
    let pocs = project.pocs.values().map(|own| (&own.id.value, &own.name, &own.email));
    let people: Vec<_> = staff.chain(pocs).collect();
    let by_case = people.iter().find(|(.., own)| own.as_ref().is_some_and(|own| own.0.eq_ignore_ascii_case(email)));
    let by_name = people.iter().find(|(_, own, _)| !name.is_empty() && own.0.eq_ignore_ascii_case(name));
    let with_case = by_case.map(|(id, ..)| format!("the address differs from that of {id} in its case"));
    with_case
        .or_else(|| by_name.map(|(id, ..)| format!("it bears the name of {id}, from another address")))
        .into_iter()
        .collect()
}
