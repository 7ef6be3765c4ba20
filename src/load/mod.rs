//! FLOOR 1: `data/` → [`Project`]: files, YAML with places, decoding, NITC's CSV, references between records.

mod base;
mod decode;
mod files;
mod gather;
mod known;
mod nitc;
mod placement;
mod project;
mod references;
mod request;
mod source;
mod yaml;

use std::path::Path;

use source::Source;

pub use base::{BOARD, Base};
pub use decode::decode_settings;
pub use files::{FileKind, LARGEST, LoadError, kind_of};
pub use known::Known;
pub use project::{Counts, Loaded, LoadedChange, LoadedVote, Project};

/// Reads the project whose root (the folder that holds `data/`) is `root`.
///
/// `rule_names` are the names that the settings and exceptions may use. Whatever is wrong with the records is
/// in [`Project::faults`]; an error says that nothing could be read at all.
pub fn load(root: &Path, rule_names: &'static [&'static str]) -> Result<Project, LoadError> {
    load_from(&Source::Disk(root), rule_names)
}

fn load_from(source: &Source, rule_names: &'static [&'static str]) -> Result<Project, LoadError> {
    let mut project = decode::read(source, rule_names)?;
    placement::check(&mut project);
    references::check(&mut project);
    Ok(project)
}
