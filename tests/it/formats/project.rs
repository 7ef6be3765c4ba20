//! A copy of a project in a folder of its own, and the binary run on it with nothing of our environment.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value as Json;

/// What a run said.
pub struct Said {
    pub status: i32,
    pub out: String,
    pub err: String,
}

/// A project that is gone with the test.
pub struct Project {
    folder: tempfile::TempDir,
}

impl Project {
    /// A copy of `tests/formats/hostile`: three errors, three lapses (one of them excused), and texts that mean
    /// something to every format.
    pub fn hostile() -> Project {
        let project = Project { folder: tempfile::tempdir().expect("a folder") };
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/hostile");
        copy(&from, &project.root());
        project
    }

    pub fn root(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// Runs the binary in the project, as of a Friday.
    pub fn run(&self, arguments: &[&str]) -> Said {
        run(&self.root(), arguments)
    }

    /// `check` in a format.
    pub fn check(&self, format: &str) -> String {
        let said = self.run(&["check", "--format", format]);
        assert_eq!((said.status, said.err.as_str()), (1, ""), "{format}");
        said.out
    }

    /// `check` as JSON.
    pub fn diagnostics(&self) -> Vec<Json> {
        let report = json(&self.check("json"));
        report["diagnostics"].as_array().cloned().expect("diagnostics")
    }

    /// Puts lines before everything that a file holds.
    pub fn prepend(&self, path: &str, lines: &str) {
        self.edit(path, |text| format!("{lines}{text}"));
    }

    /// Changes a file.
    pub fn edit(&self, path: &str, change: impl Fn(String) -> String) {
        let path = self.root().join(path);
        let text = fs::read_to_string(&path).expect("a file of the project");
        fs::write(&path, change(text)).expect("written");
    }
}

/// Runs the binary in a folder.
pub fn run(folder: &Path, arguments: &[&str]) -> Said {
    let output = Command::new(env!("CARGO_BIN_EXE_heatpack"))
        .args(arguments)
        .args(["--as-of", "2026-11-13"])
        .current_dir(folder)
        .env_clear()
        .envs(crate::support::clock())
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .output()
        .expect("the binary runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Said { status: output.status.code().expect("a status"), out: text(output.stdout), err: text(output.stderr) }
}

/// The sample project of the repository.
pub fn sample() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub fn json(text: &str) -> Json {
    serde_json::from_str(text).expect("JSON")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("copied");
        }
    }
}
