//! `data/` → [`Project`]: files, YAML with places, decoding, NITC's CSV, references between records.

mod append;
mod append_item;
mod assemble;
mod base;
mod called;
mod decode;
mod edit;
mod file_cache;
mod file_text;
mod files;
mod id_index;
mod insert;
mod merge_marks;
mod nitc;
mod nitc_layout;
mod nitc_separator;
mod parsed;
mod personal_data;
mod placement;
mod project;
mod references;
mod request;
mod rows;
mod single_file;
mod source;
pub mod workbook;
mod yaml;
mod yaml_causes;
mod yaml_columns;
mod yaml_comments;
mod yaml_conflict;
mod yaml_limits;
mod yaml_line;
mod yaml_values;
mod yaml_words;

use std::path::Path;

use source::Source;

use crate::git::Tracked;

pub use append::append;
pub use append_item::{append_item, without_example};
pub use base::{BOARD, Base, versions};
pub use called::{BOARD_OWNER, Who};
pub use decode::decode_settings;
pub use edit::{EditError, Target, add_item, set_field};
pub use file_cache::FileCache;
pub use files::{FileKind, LARGEST, LoadError, kind_of};
pub use insert::{insert, remove, remove_field};
pub use personal_data::without_numbers;
pub use project::{Counts, Loaded, LoadedChange, LoadedVote, Project};
pub use request::{Request, sha256};
pub use single_file::{assumptions, read_report, single_file, text_of};
pub use source::Drafts;
pub use yaml::{parse, parse_record};
pub use yaml_conflict::has_conflict_markers;

/// Reads the project whose root (the folder with `data/`) is `root`.
///
/// Errors in the records are in [`Project::faults`]; an `Err` means that nothing could be read at all.
pub fn load(root: &Path) -> Result<Project, LoadError> {
    load_with(root, &Drafts::new())
}

/// Reads the project as it would be with these files in it, so that what they bring is known before they are
/// written.
pub fn load_with(root: &Path, drafts: &Drafts) -> Result<Project, LoadError> {
    load_in_repository(root, drafts, None)
}

/// The same with what git has besides: ids of files that are not checked out are known, and those of deleted files are
/// not free.
pub fn load_in_repository(root: &Path, drafts: &Drafts, tracked: Option<&Tracked>) -> Result<Project, LoadError> {
    load_from(Source::Disk { root, drafts, tracked }, None)
}

/// Reads the project again, as [`load`] does, except for unchanged files in `cache`.
pub fn load_again(root: &Path, tracked: Option<&Tracked>, cache: &mut FileCache) -> Result<Project, LoadError> {
    load_from(Source::Disk { root, drafts: &Drafts::new(), tracked }, Some(cache))
}

/// Reads the project as it would be with these files in it, except for unchanged files in `cache`.
pub fn load_drafts_again(
    root: &Path,
    drafts: &Drafts,
    tracked: Option<&Tracked>,
    cache: &mut FileCache,
) -> Result<Project, LoadError> {
    load_from(Source::Disk { root, drafts, tracked }, Some(cache))
}

fn load_from(source: Source, cache: Option<&mut FileCache>) -> Result<Project, LoadError> {
    let mut project = decode::read(source, cache)?;
    source.tracked().iter().for_each(|tracked| project.heed(tracked));
    placement::check(&mut project);
    references::check(&mut project);
    called::help_with_names(&mut project);
    Ok(project)
}
