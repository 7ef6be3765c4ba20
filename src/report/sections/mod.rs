//! The sections of the packs, one file each; what two packs share is made once.

mod actions;
mod agenda;
mod attention;
mod balance;
mod cards;
mod changes;
mod charts;
mod figures;
mod glance;
mod lapses;
mod method;
mod nitc;
mod outstanding;
mod people;
mod poc_pages;
mod roster;
mod subjects;
mod summary;

pub use actions::actions;
pub use agenda::{agenda, outline};
pub use attention::{DUE, attention, decisions_asked};
pub use balance::{Events, balance, history};
pub use cards::{card, cards};
pub use changes::{change_row, changes, state_and_votes};
pub use charts::charts;
pub use figures::{ageing, compliance, first_contact, times_to_resolve};
pub use glance::{Seen, glance};
pub use lapses::{by_office, by_rule, lapses};
pub use method::method;
pub use nitc::nitc;
pub use outstanding::{attention_counts, next_due, next_due_text, outstanding};
pub use people::{names, subject_names};
pub use poc_pages::{attendance, glossary, last_minutes, next_word, poc_pages, poc_ticket};
pub use roster::{designation_view, roster};
pub use subjects::by_subject;
pub use summary::{Figures, summary};
