//! Where a page describes each record that it names, and what else it knows of them: HTML and PDF ask here.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::model::TicketId;
use crate::report::pack::{OutstandingRow, Pack};
use crate::report::site::NameBook;
use crate::workflow::Context;

/// The entry of a pack at which a record is described: the list, and the place in it, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Change(usize),
    Outstanding(usize),
    /// The outstanding tickets of the subject at the first place, and the place among them.
    OutstandingOf(usize, usize),
    Closed(usize),
    New(usize),
}

impl Place {
    /// The list, as the templates of a PDF name it.
    pub fn list(self) -> String {
        match self {
            Place::Change(_) => "changes".to_owned(),
            Place::Outstanding(_) => "outstanding".to_owned(),
            Place::OutstandingOf(subject, _) => format!("subject-{subject}"),
            Place::Closed(_) => "closed".to_owned(),
            Place::New(_) => "new".to_owned(),
        }
    }

    /// The place in the list.
    pub fn index(self) -> usize {
        match self {
            Place::Change(index)
            | Place::Outstanding(index)
            | Place::OutstandingOf(_, index)
            | Place::Closed(index)
            | Place::New(index) => index,
        }
    }

    /// The list, as the templates of a page name it; with the number of the entry where one ticket may have several.
    fn on_page(self) -> String {
        match self {
            Place::Change(_) => "changes".to_owned(),
            Place::Outstanding(_) | Place::OutstandingOf(..) => "outstanding".to_owned(),
            Place::Closed(index) => format!("closed {}", index + 1),
            Place::New(index) => format!("new {}", index + 1),
        }
    }
}

/// The place of each ticket and CR that the pack describes, the most telling of several: the lists are those that a
/// pack of its kind shows.
pub fn places(pack: &Pack) -> BTreeMap<String, Place> {
    let mut tickets: BTreeMap<TicketId, Place> = BTreeMap::new();
    let mut add = |ids: &mut dyn Iterator<Item = TicketId>, place: &dyn Fn(usize) -> Place| {
        for (index, id) in ids.enumerate() {
            tickets.entry(id).or_insert_with(|| place(index));
        }
    };
    match &pack.monthly {
        None => add(&mut pack.by_attention.iter().copied(), &Place::Outstanding),
        Some(monthly) => {
            for (subject, row) in monthly.by_subject.iter().enumerate() {
                add(&mut row.by_attention.iter().copied(), &|index| Place::OutstandingOf(subject, index));
            }
        }
    }
    add(&mut pack.closed.iter().copied(), &Place::Closed);
    if pack.monthly.is_none() {
        add(&mut pack.new.iter().copied(), &Place::New);
    }
    let changes = pack.changes.iter().enumerate().map(|(index, row)| (row.id.to_string(), Place::Change(index)));
    tickets.into_iter().map(|(id, place)| (id.to_string(), place)).chain(changes).collect()
}

/// What a page knows of the records that it names; templates see it as `book`.
#[derive(Debug, Default, Serialize)]
pub struct Book {
    pub tickets: BTreeMap<String, String>,
    pub changes: BTreeMap<String, String>,
    pub people: BTreeMap<String, String>,
    pub subjects: BTreeMap<String, String>,
    /// The pages of written-up answers, from the site's root.
    pub answers: BTreeMap<String, String>,
    /// The one place within the page at which a record is described: "outstanding", or "closed" and a number.
    pub places: BTreeMap<String, String>,
    /// Tickets that the page names and describes nowhere else, by number.
    pub others: Vec<String>,
    /// The rows of outstanding tickets, by number, for lists that hold numbers only.
    pub outstanding: BTreeMap<String, OutstandingRow>,
    /// The outstanding tickets of a monthly pack, subject by subject.
    pub by_subject: Vec<String>,
    /// The headings of the pack's sections, "1. Needs attention", by key.
    pub sections: BTreeMap<String, String>,
}

impl Book {
    /// The book of a page of the site.
    pub fn of_page(names: &NameBook) -> Book {
        let NameBook { tickets, changes, people, subjects, answers } = names.clone();
        Book { tickets, changes, people, subjects, answers, ..Book::default() }
    }

    /// The book of a pack that may name the records of `beside` too.
    pub fn of_pack(pack: &Pack, beside: &NameBook) -> Book {
        let mut book = Book::of_page(beside);
        book.tickets.extend(pack.tickets.iter().map(|(id, card)| (id.to_string(), card.title.clone())));
        book.changes.extend(pack.changes.iter().map(|row| (row.id.to_string(), row.title.clone())));
        book.people.extend(pack.people.iter().map(|(id, name)| (id.to_string(), name.clone())));
        book.subjects.extend(pack.subjects.iter().map(|(id, name)| (id.to_string(), name.clone())));
        book.outstanding = pack.outstanding.iter().map(|row| (row.id.to_string(), row.clone())).collect();
        book.sections = pack.sections.iter().map(|section| (section.key.to_owned(), section.heading())).collect();
        book.places = places(pack).into_iter().map(|(id, place)| (id, place.on_page())).collect();
        let named = pack.tickets.keys().filter(|id| is_named(pack, id)).map(ToString::to_string);
        book.others = named.filter(|id| !book.places.contains_key(id)).collect();
        book.places.extend(book.others.iter().map(|id| (id.clone(), "others".to_owned())));
        if let Some(monthly) = &pack.monthly {
            let tickets = monthly.by_subject.iter().flat_map(|row| &row.by_attention);
            book.by_subject = tickets.map(ToString::to_string).collect();
            let pocs = monthly.poc_pages.iter().map(|page| (format!("poc-{}", page.poc), "poc".to_owned()));
            book.places.extend(pocs);
            let subjects =
                monthly.by_subject.iter().map(|row| (format!("subject-{}", row.subject), "subject".to_owned()));
            book.places.extend(subjects);
        }
        book
    }
}

/// Whether the pack's page names a ticket of the pack. A monthly one has no list of new tickets.
fn is_named(pack: &Pack, id: &TicketId) -> bool {
    let is_record = |record: &String| TicketId::parse(record).as_ref() == Some(id);
    pack.monthly.is_none()
        || !pack.new.contains(id)
        || pack.changes.iter().any(|row| row.tickets.contains(id))
        || pack.monthly.iter().flat_map(|monthly| &monthly.recurring).any(|row| row.tickets.contains(id))
        || pack.lapses.iter().any(|row| is_record(&row.record))
        || pack.method.exceptions.iter().any(|row| is_record(&row.record))
}

/// The titles of CRs that a pack may name without listing them.
pub fn names_beside(ctx: &Context, pack: &Pack) -> NameBook {
    let mut named: BTreeSet<String> =
        pack.tickets.values().flat_map(|card| &card.changes).map(ToString::to_string).collect();
    named.extend(pack.nitc.iter().map(|row| row.cr_number.clone()));
    named.extend(pack.lapses.iter().map(|row| row.record.clone()));
    named.extend(pack.method.exceptions.iter().map(|row| row.record.clone()));
    let recurring = pack.monthly.iter().flat_map(|monthly| &monthly.recurring);
    named.extend(recurring.flat_map(|row| &row.changes).map(ToString::to_string));
    let all = &ctx.prepared.changes;
    let known = all.iter().filter(|(id, line)| named.contains(id.as_str()) && line.exists_at(pack.as_of));
    let changes = known.map(|(id, line)| (id.to_string(), line.cr.title.0.clone())).collect::<BTreeMap<_, _>>();
    NameBook { changes, ..NameBook::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::MeetingKind;
    use crate::report::pack::fixture::{card, change, empty, outstanding, subject};

    fn ticket(number: u32) -> TicketId {
        TicketId(number)
    }

    #[test]
    fn each_record_has_one_place() {
        let mut pack = empty(MeetingKind::Weekly);
        pack.outstanding = vec![outstanding(ticket(1)), outstanding(ticket(1))];
        pack.by_attention = vec![ticket(1), ticket(1)];
        pack.new = vec![ticket(1), ticket(2)];
        pack.closed = vec![ticket(3), ticket(3)];
        // No list of a pack shows these.
        pack.reopened = vec![ticket(4)];
        pack.changes = vec![change("CR-2026-001")];
        let expected = [
            ("CR-2026-001", Place::Change(0)),
            ("HEAT-1", Place::Outstanding(0)),
            ("HEAT-2", Place::New(1)),
            ("HEAT-3", Place::Closed(0)),
        ];
        assert_eq!(places(&pack), expected.map(|(id, place)| (id.to_owned(), place)).into());
    }

    #[test]
    fn a_monthly_pack_lists_by_subject_and_no_new_tickets() {
        let mut pack = empty(MeetingKind::Monthly);
        pack.outstanding = vec![outstanding(ticket(1))];
        pack.new = vec![ticket(2)];
        if let Some(monthly) = &mut pack.monthly {
            monthly.by_subject = vec![subject("a", &[]), subject("b", &[ticket(1)])];
        }
        assert_eq!(places(&pack), [("HEAT-1".to_owned(), Place::OutstandingOf(1, 0))].into());
        assert_eq!(Place::OutstandingOf(1, 0).list(), "subject-1");
    }

    #[test]
    fn what_is_described_nowhere_else_is_named_by_number() {
        let mut pack = empty(MeetingKind::Weekly);
        pack.tickets = [9, 10, 8].map(|number| (ticket(number), card("t"))).into();
        pack.outstanding = vec![outstanding(ticket(9))];
        pack.by_attention = vec![ticket(9)];
        let book = Book::of_pack(&pack, &NameBook::default());
        assert_eq!(book.others, ["HEAT-8", "HEAT-10"]);
        assert_eq!(book.places["HEAT-10"], "others");
    }

    #[test]
    fn a_new_ticket_is_named_in_a_monthly_pack_by_what_shows_it() {
        let mut pack = empty(MeetingKind::Monthly);
        pack.tickets = [8, 9].map(|number| (ticket(number), card("t"))).into();
        pack.new = vec![ticket(8), ticket(9)];
        pack.changes = vec![change("CR-2026-001")];
        pack.changes[0].tickets = vec![ticket(9)];
        let book = Book::of_pack(&pack, &NameBook::default());
        assert_eq!(book.others, ["HEAT-9"]);
        assert!(!book.places.contains_key("HEAT-8"));
    }
}
