//! Small projects on disk, and the real binary run in them with nothing of the tester's environment.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value as Json;

/// A project in a folder of its own, which goes away with it.
pub struct Project {
    folder: tempfile::TempDir,
}

impl Project {
    /// A project of these files, by their path under `data/`.
    pub fn of(files: &[(&str, &str)]) -> Project {
        let project = Project { folder: tempfile::tempdir().expect("a temporary folder") };
        project.write("data/heatpack.yaml", "");
        for (path, text) in files {
            project.write(&format!("data/{path}"), text);
        }
        project
    }

    /// A copy of the project whose root is `root`.
    pub fn copy_of(root: &Path) -> Project {
        let project = Project { folder: tempfile::tempdir().expect("a temporary folder") };
        for (path, bytes) in files(&root.join("data")) {
            project.write(&format!("data/{path}"), bytes);
        }
        project
    }

    /// A copy of the sample whose desk goes on working: it has no last moment.
    pub fn of_a_desk_at_work() -> Project {
        let project = Project::copy_of(&sample());
        let settings = project.read("data/heatpack.yaml");
        let lines = settings.lines().filter(|line| !line.starts_with("ends:"));
        let ongoing: String = lines.map(|line| format!("{line}\n")).collect();
        assert_ne!(ongoing, settings);
        project.write("data/heatpack.yaml", ongoing);
        project
    }

    /// Its root, free of symbolic links.
    pub fn root(&self) -> PathBuf {
        self.folder.path().canonicalize().expect("the folder")
    }

    /// Writes a file, by its path from the root.
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file written");
    }

    /// The text of a file, by its path from the root.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder.path().join(path)).expect("a file of text")
    }

    /// Takes a file away.
    pub fn remove(&self, path: &str) {
        fs::remove_file(self.folder.path().join(path)).expect("a file to remove");
    }

    /// Runs the binary in the root.
    pub fn run(&self, arguments: &[&str]) -> Run {
        run(&self.root(), arguments)
    }
}

/// The files of a folder and the folders in it, by their path within it.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let (mut open, mut found) = (vec![folder.to_owned()], BTreeMap::new());
    while let Some(here) = open.pop() {
        for entry in fs::read_dir(&here).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("a path inside").to_string_lossy().replace('\\', "/");
                found.insert(name, fs::read(&path).expect("a file"));
            }
        }
    }
    found
}

/// What a run of the binary gave.
pub struct Run {
    pub status: i32,
    pub out: Vec<u8>,
    pub stderr: String,
}

impl Run {
    /// What went to standard output, as text.
    pub fn stdout(&self) -> &str {
        std::str::from_utf8(&self.out).expect("UTF-8 on standard output")
    }

    /// What went to standard output, as JSON.
    pub fn json(&self) -> Json {
        serde_json::from_slice(&self.out).unwrap_or_else(|error| panic!("{error}: {}\n{}", self.stdout(), self.stderr))
    }

    /// Holds that it ended so.
    #[track_caller]
    pub fn ended(self, status: i32) -> Run {
        assert_eq!(self.status, status, "{}{}", String::from_utf8_lossy(&self.out), self.stderr);
        self
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Run {
        Run {
            status: output.status.code().expect("an exit status"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8 on standard error"),
            out: output.stdout,
        }
    }
}

/// The binary, to be run in `folder`.
pub fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_heatpack"));
    command.env_clear().current_dir(folder).args(arguments);
    let kept = std::env::vars_os().filter(|(name, _)| KEPT.iter().any(|kept| name == kept));
    command.envs(kept).envs(clock());
    command
}

/// What the binary is given of the tester's environment.
const KEPT: [&str; 3] = ["PATH", "HOME", "SystemRoot"];

/// The variables by which `faketime`, and `TZ`, set a clock for a program and all that it runs.
pub fn clock() -> impl Iterator<Item = (std::ffi::OsString, std::ffi::OsString)> {
    let is_clock = |name: &str| name == "LD_PRELOAD" || name == "TZ" || name.contains("FAKETIME");
    std::env::vars_os().filter(move |(name, _)| name.to_str().is_some_and(is_clock))
}

/// Runs the binary in a folder.
pub fn run(folder: &Path, arguments: &[&str]) -> Run {
    command(folder, arguments).output().expect("the binary").into()
}

/// The root of the case of that name under `tests/packs/`.
pub fn case(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs").join(name)
}

/// The root of the repository, whose `data/` is a believable year.
pub fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// The JSON of a pack, of which the run ended well.
#[track_caller]
pub fn pack(root: &Path, kind: &str, on: &str, as_of: &str) -> Json {
    run(root, &["pack", kind, "--on", on, "--as-of", as_of, "--format", "json"]).ended(0).json()
}
