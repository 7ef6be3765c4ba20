//! Cases that lie in folders, and documents that tests write.

use std::path::{Path, PathBuf};

use super::{Run, run};

/// The as-of time of cases that name none.
pub const AS_OF: &str = "2026-11-18 10:00";

/// Runs the binary in `folder`, at `as_of` or by the clock.
pub fn heatpack(folder: &Path, as_of: Option<&str>, arguments: &[&str]) -> Run {
    let as_of = as_of.map(|as_of| ["--as-of", as_of]);
    run(folder, &as_of.iter().flatten().copied().chain(arguments.iter().copied()).collect::<Vec<_>>())
}

/// Whether documents are to be written instead of compared.
pub fn blesses() -> bool {
    std::env::var_os("HEATPACK_BLESS").is_some_and(|value| value == "1")
}

/// Compares `found` with the file at `path`, or writes it there; gives what is wrong.
pub fn compare(path: &Path, found: &str) -> Option<String> {
    if blesses() {
        return std::fs::write(path, found).err().map(|error| format!("{}: {error}", path.display()));
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    (expected != found).then(|| {
        format!("{}\n--- expected\n{expected}--- found (HEATPACK_BLESS=1 accepts it)\n{found}", path.display())
    })
}

/// The folders in a folder, in the order of their names.
pub fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).map(|entries| entries.flatten().map(|entry| entry.path()).collect());
    let mut folders: Vec<PathBuf> = entries.unwrap_or_default();
    folders.retain(|path| path.is_dir());
    folders.sort();
    folders
}

/// The last part of a path.
pub fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
