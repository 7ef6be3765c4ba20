//! The real binary on small projects: the formats of `check`, baselines, rules and explain, schemas, show.

mod baseline;
mod check_formats;
mod project;
mod rules;
mod schema;
mod show;
