//! What every record is made of: a tree of nodes that know their place, and typed values read from it.
//!
//! [`record!`](crate::record!) declares a record once: its struct, its decoder and its JSON Schema come from
//! the one declaration. A decoder never stops at the first fault; it collects [`Fault`]s.

mod compared;
mod fault;
mod field;
mod help;
mod list_value;
mod lookalike;
mod macros;
mod mapping;
mod node;
mod rule;
mod schema;
mod similar;
mod span;
mod template;
mod value;
mod wording;
mod write;

pub use compared::{Compared, Values};
pub use fault::Faults;
pub use field::{Field, fields_of};
pub use help::{FLAG, Help, Lookup, flag_of};
pub use lookalike::{Lookalike, lookalike, without_quotes};
pub use mapping::Mapping;
pub use node::{Key, Kind, Node};
pub use rule::{Level, Responsible, RuleId};
pub use schema::{described, or_blank, schema_of_fields, schema_of_text, schema_of_words};
pub use similar::{did_you_mean, nearest};
pub use span::{LineStarts, Position, Span, Spanned, position};
pub use template::{Part, new_file, placeholder};
pub use value::{Value, Word, read_text};
pub use wording::{capital, counted, in_a_row, list, sentence, with_article};
pub use write::{Fields, to_yaml, to_yaml_in_braces};
