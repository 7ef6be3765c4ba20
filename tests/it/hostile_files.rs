//! What may lie in `data/` and is no record: links, pipes, folders, odd names, what cannot be read, what vanishes
//! while it is read; and disks that take nothing. A clear diagnostic or error each time, and never a hang.
#![cfg(unix)]

use std::ffi::OsStr;
use std::fs::{self, File};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::support::Project;
use crate::support::git::{commit, git};

/// A user id without rights, on every Linux: root can read everything.
const NO_RIGHTS: u32 = 65_534;

const SUBJECTS: &str = "- {id: scorecard, name: Scorecard, kind: module}\n";
const POC: &str = "id: jrivera\nname: Jordan Rivera\nphone: 202-555-0104\ndesignations: []\n";

fn small() -> Project {
    Project::of(&[("subjects.yaml", SUBJECTS), ("pocs/jrivera.yaml", POC)])
}

fn rules(project: &Project) -> Vec<(String, String)> {
    let run = project.run(&["check", "--format", "json", "--as-of", "2026-11-18 10:00"]);
    let found = run.json();
    let list = found["diagnostics"].as_array().expect("diagnostics").clone();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let errors = list.iter().filter(|one| one["level"] == "error");
    errors.map(|one| (text(&one["path"]), text(&one["rule"]))).collect()
}

fn misplaced(path: &str) -> Vec<(String, String)> {
    vec![(path.to_owned(), "misplaced-file".to_owned())]
}

#[test]
fn a_symbolic_link_is_never_followed() {
    let outside = tempfile::tempdir().expect("a folder");
    fs::write(outside.path().join("secret.yaml"), "id: msecret\nname: Top Secret\n").expect("a file");
    let project = small();
    symlink(outside.path().join("secret.yaml"), project.root().join("data/pocs/msecret.yaml")).expect("a link");
    assert_eq!(rules(&project), misplaced("data/pocs/msecret.yaml"));
    assert!(!project.run(&["check"]).stdout().contains("Secret"), "what it leads to is not read");
    // A folder by another name, one into itself, and one that leads nowhere.
    for target in [outside.path(), Path::new("."), Path::new("/nowhere/at/all")] {
        let project = small();
        symlink(target, project.root().join("data/tickets")).expect("a link");
        assert_eq!(rules(&project), misplaced("data/tickets"), "{}", target.display());
    }
}

/// The outer repository sees nothing of what changes in it, so that no change there would be judged.
#[test]
fn a_repository_among_the_records_is_not_read() {
    let project = small();
    let pocs = project.root().join("data/pocs");
    git(&pocs, &["init", "--quiet"]);
    assert_eq!(rules(&project), misplaced("data/pocs"));
    assert!(!project.run(&["check"]).stdout().contains("jrivera"));
    // A submodule has a file of that name.
    fs::remove_dir_all(pocs.join(".git")).expect("a folder");
    fs::write(pocs.join(".git"), "gitdir: ../../.git/modules/pocs\n").expect("a file");
    assert_eq!(rules(&project), misplaced("data/pocs"));
    // All of the records may be in one of their own; within another one a change of it cannot be judged.
    fs::remove_file(pocs.join(".git")).expect("a file");
    commit(&project.root());
    project.run(&["check", "--base", "HEAD"]).ended(0);
    git(&project.root().join("data"), &["init", "--quiet"]);
    project.run(&["check"]).ended(0);
    for command in ["check", "review"] {
        let run = project.run(&[command, "--base", "HEAD"]).ended(2);
        assert!(run.stderr.contains("a git repository within another one"), "{}", run.stderr);
    }
}

#[test]
fn a_pipe_is_not_waited_for() {
    let project = small();
    let pipe = project.root().join("data/pocs/apipe.yaml");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    let start = Instant::now();
    assert_eq!(rules(&project), misplaced("data/pocs/apipe.yaml"));
    assert!(start.elapsed() < Duration::from_secs(30), "it was waited for");
}

#[test]
fn a_folder_where_a_file_belongs_is_misplaced() {
    let project = small();
    fs::create_dir_all(project.root().join("data/tickets/2026/HEAT-1.yaml/inner")).expect("a folder");
    assert_eq!(rules(&project), misplaced("data/tickets/2026/HEAT-1.yaml"));
}

#[test]
fn odd_names_are_shown_and_do_no_harm() {
    // A line end, quotes, a terminal's escape, a command of GitHub's, markup, bytes that are no UTF-8.
    let names: [&[u8]; 6] = [
        b"a\nb.yaml",
        b"it's \"quoted\".yaml",
        b"\x1b[31mred\x1b[0m.yaml",
        b"x\n::error::owned.yaml",
        b"<script>alert(1)<script>.yaml",
        b"caf\xe9.yaml",
    ];
    let project = small();
    for name in names {
        fs::write(project.root().join("data/pocs").join(OsStr::from_bytes(name)), POC).expect("a file");
    }
    for format in ["text", "json", "sarif", "github", "junit"] {
        let run = project.run(&["check", "--format", format, "--as-of", "2026-11-18 10:00"]);
        assert_eq!((run.status, run.stderr.as_str()), (1, ""), "{format}");
        let out = run.stdout();
        assert!(!out.contains('\x1b'), "{format} sends an escape: {out}");
        assert!(!out.contains("\n::error::owned"), "{format} lets a name give a command: {out}");
        assert!(format != "junit" || !out.contains("<script>"), "{out}");
    }
    // Those that could pass for something else are not opened; of the others the id is the next file's.
    let found = rules(&project);
    let of = |name: &str| found.iter().filter(|(_, rule)| rule == name).count();
    assert_eq!((of("misplaced-file"), of("duplicate-id")), (4, 2), "{found:?}");
    let site = tempfile::tempdir().expect("a folder");
    let run = project.run(&["build", "-o", site.path().to_str().expect("a path"), "--as-of", "2026-11-18 10:00"]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    let page = fs::read_to_string(site.path().join("check.html")).expect("the page");
    assert!(!page.contains("<script>alert"), "a name became markup");
}

/// Runs the binary as a user who cannot read and write everything.
fn as_nobody(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_heatpack"));
    command.args(arguments).args(["--as-of", "2026-11-18 10:00"]).current_dir(folder).stdin(Stdio::null());
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0");
    if is_root {
        command.uid(NO_RIGHTS);
    }
    command.output().expect("the binary runs")
}

/// A project that every user can read.
fn open_to_all() -> Project {
    let project = small();
    fs::set_permissions(project.root(), fs::Permissions::from_mode(0o755)).expect("permissions");
    project
}

fn close(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("permissions");
}

#[test]
fn what_cannot_be_read_is_said_with_the_systems_reason() {
    let project = open_to_all();
    project.write("data/tickets/2026/README.md", "");
    close(&project.root().join("data/pocs/jrivera.yaml"), 0o000);
    close(&project.root().join("data/tickets/2026"), 0o000);
    let output = as_nobody(&project.root(), &["check"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    close(&project.root().join("data/tickets/2026"), 0o755);
    assert_eq!(output.status.code(), Some(1), "{said}{}", String::from_utf8_lossy(&output.stderr));
    for path in ["data/pocs/jrivera.yaml", "data/tickets/2026"] {
        assert!(said.contains(path), "{said}");
    }
    assert_eq!(said.matches("permission denied").count(), 2, "{said}");
}

#[test]
fn settings_that_cannot_be_read_let_nothing_run() {
    let project = open_to_all();
    close(&project.root().join("data/heatpack.yaml"), 0o000);
    let output = as_nobody(&project.root(), &["check"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("data/heatpack.yaml") && said.to_lowercase().contains("permission denied"), "{said}");
}

#[test]
fn an_output_that_takes_nothing_is_an_error_that_names_it() {
    let project = open_to_all();
    let output = project.root().join("output");
    fs::create_dir(&output).expect("a folder");
    close(&output, 0o555);
    let run = as_nobody(&project.root(), &["build"]);
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert_eq!(run.status.code(), Some(2), "{said}");
    assert!(said.contains("output") && said.to_lowercase().contains("permission denied"), "{said}");
}

#[test]
fn a_full_disk_leaves_the_old_file() {
    let project = small();
    // No file may grow beyond 4 KiB, which every page does; the signal is ignored, so that writing fails.
    let limited = |arguments: &str| {
        let script = format!("trap '' XFSZ; ulimit -f 8; exec \"$0\" {arguments} --as-of '2026-11-18 10:00'");
        let mut command = Command::new("sh");
        command.args(["-c", &script, env!("CARGO_BIN_EXE_heatpack")]).current_dir(project.root());
        command.output().expect("sh runs")
    };
    project.write("pack.html", "the old pack");
    let run = limited("pack weekly --format html -o pack.html");
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert_eq!(run.status.code(), Some(2), "{said}");
    assert!(said.contains("pack.html") && said.contains("too large"), "{said}");
    assert_eq!(project.read("pack.html"), "the old pack");
    let left: Vec<_> =
        fs::read_dir(project.root()).expect("the folder").flatten().map(|file| file.file_name()).collect();
    assert!(left.iter().all(|name| !name.as_bytes().starts_with(b".heatpack-")), "left behind: {left:?}");
    // Standard output on a full device.
    if Path::new("/dev/full").exists() {
        let full = File::options().write(true).open("/dev/full").expect("/dev/full");
        let mut command = Command::new(env!("CARGO_BIN_EXE_heatpack"));
        let run = command.arg("check").current_dir(project.root()).stdout(full).output().expect("the binary runs");
        let said = String::from_utf8_lossy(&run.stderr).into_owned();
        assert_eq!(run.status.code(), Some(2), "{said}");
        assert!(said.contains("No space left"), "{said}");
    }
}

#[test]
fn files_that_vanish_while_they_are_read_do_no_harm() {
    let project = small();
    for number in 0..200 {
        project.write(&format!("data/pocs/p{number}.yaml"), POC.replace("jrivera", &format!("p{number}")));
    }
    let pocs = project.root().join("data/pocs");
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut turn = 0_u32;
            while !done.load(Ordering::Relaxed) {
                let path = pocs.join(format!("p{}.yaml", turn % 200));
                if fs::remove_file(&path).is_err() {
                    drop(fs::write(&path, POC.replace("jrivera", &format!("p{}", turn % 200))));
                }
                turn = turn.wrapping_add(7);
            }
        });
        for _ in 0..20 {
            let run = project.run(&["check", "--as-of", "2026-11-18 10:00"]);
            assert!(run.status < 2 && run.stderr.is_empty(), "{}: {}", run.status, run.stderr);
        }
        done.store(true, Ordering::Relaxed);
    });
}
