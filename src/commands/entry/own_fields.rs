//! Flags for the fields that some events have, beside those of every entry.

use super::flags::FlagFields;
use crate::model::{ChangeEvent, EventKind, TicketEvent, entry_fields};
use crate::record::Field;

/// The fields that some events have, as flags.
#[derive(Debug)]
pub struct OwnFields;

impl FlagFields for OwnFields {
    fn flag_fields() -> Vec<Field> {
        own_fields()
    }
}

/// The fields that the entries of any event may have besides `at`, `event` and `by`.
pub fn own_fields() -> Vec<Field> {
    let tickets = TicketEvent::table().iter().flat_map(|spec| entry_fields(spec.event));
    let changes = ChangeEvent::table().iter().flat_map(|spec| entry_fields(spec.event));
    let mut fields: Vec<Field> = Vec::new();
    for field in tickets.chain(changes) {
        if fields.iter().all(|other| other.name != field.name) {
            fields.push(field);
        }
    }
    fields
}
