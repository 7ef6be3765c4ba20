//! Flags for the fields that some events have, beside those of every entry.

use clap::{ArgMatches, Args, Command, FromArgMatches};

use super::flags::{FlagValues, flag_values, with_flags};
use crate::model::{ChangeEvent, EventKind, TicketEvent, entry_fields};
use crate::record::Field;

/// The values of the fields that some events have.
#[derive(Debug)]
pub struct OwnFields(pub FlagValues);

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

impl Args for OwnFields {
    fn augment_args(command: Command) -> Command {
        with_flags(command, &own_fields())
    }

    fn augment_args_for_update(command: Command) -> Command {
        OwnFields::augment_args(command)
    }
}

impl FromArgMatches for OwnFields {
    fn from_arg_matches(matches: &ArgMatches) -> Result<OwnFields, clap::Error> {
        Ok(OwnFields(flag_values(matches, &own_fields())))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        self.0 = flag_values(matches, &own_fields());
        Ok(())
    }
}
