//! Who gets a letter: POCs, staff, board members, and addresses that were typed in.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::{MeetingKind, Member, Office, PersonId, Poc, Staff, Text, is_within};
use crate::workflow::{Context, Occurrence, is_active};

/// Who gets a letter.
#[derive(Debug, Clone, Serialize)]
pub struct Recipient {
    /// As the list of those who get no mail names them; none for an address that was typed in.
    pub id: Option<PersonId>,
    pub name: String,
    /// A valid email address; `None` if there is none.
    pub email: Option<String>,
    /// How else to reach them, in words.
    pub otherwise: Option<String>,
}

/// A POC.
pub fn of_poc(poc: &Poc) -> Recipient {
    recipient(&poc.id.value, &poc.name, poc.email.as_ref(), poc.phone.as_ref())
}

/// A member of the board.
pub fn of_member(member: &Member) -> Recipient {
    recipient(&member.id.value, &member.name, member.email.as_ref(), None)
}

fn of_staff(staff: &Staff) -> Recipient {
    recipient(&staff.id.value, &staff.name, staff.email.as_ref(), None)
}

/// The staff of an office on a date, by name.
pub fn of_office(ctx: &Context, office: Office, date: NaiveDate) -> Vec<Recipient> {
    let staff = ctx.project().staff.iter().filter(|own| own.office == office && is_within(date, own.from, own.until));
    let mut all: Vec<Recipient> = staff.map(|own| of_staff(own)).collect();
    all.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    all
}

/// The people whom the meeting's file names. If it names no attendees: the staff and the board's members of its date,
/// and for a monthly meeting those who are designated POCs then.
pub fn attendees(ctx: &Context, meeting: &Occurrence) -> Vec<Recipient> {
    let (project, date) = (ctx.project(), meeting.held.date());
    let named = meeting.record.map(|record| record.record.attendees.as_slice()).unwrap_or_default();
    let chair = meeting.record.and_then(|record| record.record.chair.as_ref());
    let mut found: BTreeMap<&PersonId, Recipient> = BTreeMap::new();
    let is_asked = |id: &PersonId, by_default: bool| {
        let is_named = named.iter().chain(chair).any(|person| person.value == *id);
        is_named || (named.is_empty() && by_default)
    };
    for staff in &project.staff {
        if is_asked(&staff.id.value, is_within(date, staff.from, staff.until)) {
            keep(&mut found, &staff.id.value, of_staff(staff));
        }
    }
    for member in &project.board.members {
        if is_asked(&member.id.value, is_within(date, member.from, member.until)) {
            keep(&mut found, &member.id.value, of_member(member));
        }
    }
    for poc in project.pocs.values() {
        let is_active = poc.designations.iter().any(|own| is_active(own, date));
        if is_asked(&poc.id.value, is_active && meeting.kind == MeetingKind::Monthly) {
            keep(&mut found, &poc.id.value, of_poc(poc));
        }
    }
    let mut all: Vec<Recipient> = found.into_values().collect();
    all.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    all
}

/// A person has one id in all files: the first entry with an address applies.
fn keep<'i>(found: &mut BTreeMap<&'i PersonId, Recipient>, id: &'i PersonId, own: Recipient) {
    let before = found.entry(id).or_insert_with(|| own.clone());
    if before.email.is_none() && own.email.is_some() {
        *before = own;
    }
}

fn recipient(id: &PersonId, name: &Text, email: Option<&Text>, phone: Option<&Text>) -> Recipient {
    let otherwise = match (email.filter(|email| !is_address(&email.0)), phone) {
        (Some(email), _) => Some(format!("`{}` is not a valid email address", email.0)),
        (None, Some(phone)) => Some(format!("call {}", phone.0)),
        (None, None) => None,
    };
    Recipient {
        id: Some(id.clone()),
        name: name.0.clone(),
        email: email.map(|email| email.0.clone()).filter(|email| is_address(email)),
        otherwise,
    }
}

/// Reads `pat@example.org` or `Pat Sample <pat@example.org>`.
pub fn parse_recipient(text: &str) -> Option<Recipient> {
    let text = text.trim();
    let (name, email) = match text.strip_suffix('>').and_then(|text| text.split_once('<')) {
        Some((name, email)) => (name.trim().trim_matches('"'), email.trim()),
        None => ("", text),
    };
    let sound = is_address(email) && !name.chars().any(char::is_control);
    sound.then(|| Recipient { id: None, name: name.to_owned(), email: Some(email.to_owned()), otherwise: None })
}

/// Whether mail programs take a text for one address: no list, no comment, nothing that begins a header of its own.
pub fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let atoms =
        |text: &str, fits: fn(u8) -> bool| text.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(fits));
    text.len() <= 254
        && local.len() <= 64
        && atoms(local, |byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&byte))
        && atoms(domain, |byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_and_nothing_else() {
        for good in ["pat@example.org", "p.o'hara+x@mail.example.org", "a@b"] {
            assert!(is_address(good), "{good}");
        }
        for bad in [
            "",
            "pat",
            "pat@",
            "@example.org",
            "pat@example..org",
            ".p@example.org",
            "a@b, c@d",
            "a@b>\r\nBcc: <c@d",
            "a b@c",
            "a@b@c",
            "pat@exämple.org",
            "\"a\"@b",
            "a@b\u{0}",
            "<a@b>",
        ] {
            assert!(!is_address(bad), "{bad}");
        }
    }

    #[test]
    fn a_recipient_is_an_address_with_or_without_a_name() {
        let read = |text| parse_recipient(text).map(|to| (to.name, to.email.unwrap_or_default()));
        let both = |name: &str, email: &str| Some((name.to_owned(), email.to_owned()));
        assert_eq!(read(" pat@example.org "), both("", "pat@example.org"));
        assert_eq!(read("Pat \u{e9} <pat@example.org>"), both("Pat \u{e9}", "pat@example.org"));
        assert_eq!(read("\"Sample, Pat\" <pat@example.org>"), both("Sample, Pat", "pat@example.org"));
        assert_eq!(read("Pat\nBcc: x <pat@example.org>"), None);
        assert_eq!(read("pat"), None);
    }
}
