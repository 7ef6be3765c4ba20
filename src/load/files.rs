//! Finds the files of `data/` on disk, with the kind of each. Opens only folders and regular files.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::git::is_repository;
use crate::model::{is_in_range, parse_date};

/// The largest file that is read, in bytes.
pub const LARGEST: u64 = 1 << 20;

/// The project cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    #[error("cannot read {path}: {source}")]
    Unreadable { path: PathBuf, source: std::io::Error },
    #[error("{path} is a symbolic link, which is not followed; put the folder itself there")]
    Link { path: PathBuf },
}

/// What a file of `data/` is, by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileKind {
    Settings,
    Subjects,
    Staff,
    Board,
    Poc,
    Ticket,
    Answer,
    Change,
    Vote,
    Meeting,
    Report,
}

/// A file that was found.
#[derive(Debug)]
pub struct Found {
    /// From the project's root, with `/`.
    pub path: String,
    pub what: FoundKind,
}

/// What was found at a path.
#[derive(Debug)]
pub enum FoundKind {
    Record(FileKind),
    /// A file that does not belong there: why, and what to do.
    Stray {
        message: String,
        help: String,
    },
    /// A folder or file without read access.
    Unreadable(String),
}

/// All files below `data/`, in the order of their paths.
pub fn find(root: &Path) -> Result<Vec<Found>, LoadError> {
    let data = root.join("data");
    // Git does not see files below a link, so edits there would not be checked.
    if data.symlink_metadata().is_ok_and(|found| found.is_symlink()) {
        return Err(LoadError::Link { path: data });
    }
    if let Err(source) = std::fs::read_dir(&data) {
        return Err(LoadError::Unreadable { path: data, source });
    }
    let mut found = Vec::new();
    let mut walk = WalkDir::new(&data).min_depth(1).into_iter();
    while let Some(entry) = walk.next() {
        match entry {
            Ok(entry) if is_skipped(&entry) => {
                if entry.file_type().is_dir() {
                    walk.skip_current_dir();
                }
            }
            Ok(entry) => {
                let path = relative(root, entry.path());
                let is_folder = entry.file_type().is_dir();
                let is_repository = is_folder && is_repository(entry.path());
                if is_folder && !is_repository && !looks_like_file(&path) {
                    continue;
                }
                if is_folder {
                    walk.skip_current_dir();
                }
                let what = if is_repository { repository() } else { what_is(&entry, &path) };
                found.push(Found { path, what });
            }
            Err(error) => {
                let path = error.path().map_or_else(|| "data".to_owned(), |path| relative(root, path));
                let reason = error.io_error().map_or_else(|| error.to_string(), reason);
                found.push(Found { path, what: FoundKind::Unreadable(reason) });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

/// A folder of records that is a separate git repository. The outer repository does not see edits in it, so they would
/// not be checked.
fn repository() -> FoundKind {
    FoundKind::Stray {
        message: "this folder is a separate git repository, which is not read".to_owned(),
        help: "move its `.git` elsewhere, then add and commit its files in this project's repository".to_owned(),
    }
}

/// The bytes of a file; at most one more than [`LARGEST`].
pub fn read(root: &Path, path: &str) -> std::io::Result<Vec<u8>> {
    // Large enough for nearly every record, so that one system call reads it, not seven.
    let mut bytes = Vec::with_capacity(16 << 10);
    File::open(root.join(path))?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The system's reason, in its own words.
pub fn reason(error: &std::io::Error) -> String {
    error.to_string().to_lowercase()
}

fn is_skipped(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    name.starts_with('.') || (name == "README.md" && entry.file_type().is_file())
}

fn looks_like_file(path: &str) -> bool {
    path.ends_with(".yaml") || path.ends_with(".csv")
}

/// The path from the root, with `/`. Invalid UTF-8 and control characters, which could look like further lines of a message,
/// become U+FFFD. Such a file is not opened.
fn relative(root: &Path, path: &Path) -> String {
    let inner = path.strip_prefix(root).unwrap_or(path);
    let parts = inner.components().map(|part| part.as_os_str().to_string_lossy());
    parts.collect::<Vec<_>>().join("/").replace(char::is_control, "\u{fffd}")
}

fn what_is(entry: &DirEntry, path: &str) -> FoundKind {
    let file_type = entry.file_type();
    if path.contains(char::REPLACEMENT_CHARACTER) {
        return FoundKind::Stray {
            message: "the file's name contains control characters, or ones that are not UTF-8".to_owned(),
            help: "rename it with plain letters and digits".to_owned(),
        };
    }
    if !file_type.is_file() {
        let what = if file_type.is_symlink() {
            "a symbolic link"
        } else if file_type.is_dir() {
            "a folder where a file belongs"
        } else {
            "neither a file nor a folder"
        };
        return not_opened(what);
    }
    by_path(path)
}

/// What a regular file is, by its path from the project's root.
pub fn by_path(path: &str) -> FoundKind {
    match kind_of(path) {
        Some(kind) => FoundKind::Record(kind),
        None => FoundKind::Stray { message: "no record belongs here".to_owned(), help: where_it_belongs(path) },
    }
}

/// A path with something that is not opened.
pub fn not_opened(what: &str) -> FoundKind {
    FoundKind::Stray {
        message: format!("this is {what}, which is not opened"),
        help: "put the record itself here, as a file, or delete this".to_owned(),
    }
}

/// What a file is, by its path from the project's root.
pub fn kind_of(path: &str) -> Option<FileKind> {
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    let yaml = parts.last()?.ends_with(".yaml");
    match parts.as_slice() {
        ["heatpack.yaml"] => Some(FileKind::Settings),
        ["subjects.yaml"] => Some(FileKind::Subjects),
        ["staff.yaml"] => Some(FileKind::Staff),
        ["board.yaml"] => Some(FileKind::Board),
        ["pocs", _] if yaml => Some(FileKind::Poc),
        ["tickets", _] | ["tickets", _, _] if yaml => Some(FileKind::Ticket),
        ["answers", _] if yaml => Some(FileKind::Answer),
        ["crs", _] if yaml => Some(FileKind::Change),
        ["decisions", _, _] if yaml => Some(FileKind::Vote),
        ["meetings", _] if yaml => Some(FileKind::Meeting),
        ["nitc", name] if name.strip_suffix(".csv").and_then(parse_date).is_some_and(is_in_range) => {
            Some(FileKind::Report)
        }
        _ => None,
    }
}

fn where_it_belongs(path: &str) -> String {
    if path.ends_with(".yml") {
        return format!(
            "rename it to `{}yaml` if it is a record; otherwise move it out of `data/`",
            &path[..path.len() - 3]
        );
    }
    let inner = path.strip_prefix("data/").unwrap_or(path);
    match inner.split('/').next() {
        Some("nitc") => "rename it with the report's date: `data/nitc/2026-11-16.csv`".to_owned(),
        Some("decisions") => "move it to `data/decisions/<CR>/<date>-<member>.yaml`".to_owned(),
        Some("answers") => "move it to `data/answers/<id>.yaml`".to_owned(),
        Some("tickets") => "move it to `data/tickets/<year>/HEAT-<number>.yaml`".to_owned(),
        _ => "move it out of `data/`, which is for records only, or give it a record's path (docs: the data format)"
            .to_owned(),
    }
}

/// A file's name without folder and ending.
pub fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
