//! Runs the real binary as a user would, with nothing of the tester's environment but the search path.
#![allow(dead_code)] // Every test takes what it needs.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The as-of time of cases that name none.
pub const AS_OF: &str = "2026-11-18 10:00";

/// What a run said.
pub struct Run {
    pub stdout: String,
    pub stderr: String,
    pub status: i32,
}

/// Runs the binary in `folder`, at `as_of` or by the clock.
pub fn heatpack(folder: &Path, as_of: Option<&str>, arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_heatpack"));
    command.env_clear().current_dir(folder);
    if let Some(path) = std::env::var_os("PATH") {
        command.env("PATH", path);
    }
    if let Some(as_of) = as_of {
        command.args(["--as-of", as_of]);
    }
    let output = command.args(arguments).output().unwrap_or_else(|error| panic!("the binary does not start: {error}"));
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap_or_else(|error| panic!("not UTF-8: {error}"));
    Run {
        stdout: text(output.stdout),
        stderr: text(output.stderr),
        status: output.status.code().unwrap_or_else(|| panic!("the binary was killed in {}", folder.display())),
    }
}

/// Whether expected texts are to be written instead of compared.
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
