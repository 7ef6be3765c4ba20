//! heatpack: checks the records of a three-line user support process and makes the packs of its meetings.
#![forbid(unsafe_code)]

pub mod calendar;
pub mod load;
pub mod model;
pub mod record;
pub mod rules;
pub mod workflow;
