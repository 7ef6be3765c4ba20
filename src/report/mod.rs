//! FLOOR 4: [`Context`](crate::workflow::Context) → packs and pages: typed views that every format shows.

pub mod findings;
pub mod pack;
pub mod pack_schema;
pub mod rule_list;
pub mod show;
pub mod site;
