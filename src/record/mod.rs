//! FLOOR 0: what every record is made of: a tree of nodes that know their place, and typed values read from it.
//!
//! [`record!`](crate::record!) declares a record once: its struct, its decoder and its JSON Schema come from
//! the one declaration. A decoder never stops at the first fault; it collects [`Fault`]s.

mod fault;
mod macros;
mod node;
mod similar;
mod value;

pub use fault::{Fault, Faults};
pub use node::{Key, Kind, Node};
pub use similar::{did_you_mean, nearest};
pub use value::{Entries, Mapping, Value, list, schema_of_list, schema_of_text};
