//! All tests that drive the real binary or the library from outside, one module a subject, in one binary.
//!
//! `cargo test log::` runs those of one module. Fixtures lie beside this folder, under `tests/`.

mod architecture;
mod as_of;
mod attacks;
mod balance;
mod base;
mod calendar;
mod cli;
mod clones;
mod commits;
mod docs;
mod documents;
mod ends;
mod everyday;
mod formats;
mod found;
mod hostile_files;
mod ics;
mod import_nitc;
mod import_tickets;
mod incremental;
mod init;
mod log;
mod mail;
mod minutes;
mod new;
mod outputs;
mod packs;
mod palette;
mod payloads;
mod questions;
mod record_docs;
mod review;
mod rules;
mod sections;
mod serve;
mod sign;
mod summary;
mod support;
mod templates;
mod yaml;
