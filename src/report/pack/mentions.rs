//! Collects the tickets, people and subjects that the sections of a pack name.

use std::collections::BTreeSet;

use crate::model::{PersonId, SubjectId, TicketId};

/// What a pack names.
#[derive(Debug, Default)]
pub struct Mentioned {
    pub tickets: BTreeSet<TicketId>,
    pub people: BTreeSet<PersonId>,
    pub subjects: BTreeSet<SubjectId>,
}

impl Mentioned {
    /// Adds the record with that id, if it is a ticket.
    pub fn record(&mut self, id: &str) {
        self.tickets.extend(TicketId::parse(id));
    }
}

/// A part of a pack that names records.
pub trait Mentions {
    /// Adds what it names.
    fn mention(&self, mentioned: &mut Mentioned);
}

impl<T: Mentions> Mentions for [T] {
    fn mention(&self, mentioned: &mut Mentioned) {
        self.iter().for_each(|part| part.mention(mentioned));
    }
}

impl<T: Mentions> Mentions for Vec<T> {
    fn mention(&self, mentioned: &mut Mentioned) {
        self.as_slice().mention(mentioned);
    }
}

impl<T: Mentions> Mentions for Option<T> {
    fn mention(&self, mentioned: &mut Mentioned) {
        self.as_slice().mention(mentioned);
    }
}

impl Mentions for TicketId {
    fn mention(&self, mentioned: &mut Mentioned) {
        mentioned.tickets.insert(*self);
    }
}
