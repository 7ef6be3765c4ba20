//! The house rules of `src/`: floors use lower floors only, disks and clocks are touched where they may be, and
//! every file says its job in its first line.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules of the crate and their floors.
const FLOORS: [(&str, u8); 11] = [
    ("record", 0),
    ("model", 0),
    ("calendar", 0),
    ("load", 1),
    ("git", 1),
    ("workflow", 2),
    ("rules", 3),
    ("import", 3),
    ("report", 4),
    ("render", 5),
    ("commands", 6),
];

fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut open, mut files): (Vec<PathBuf>, Vec<_>) = (vec![root.clone()], Vec::new());
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of src").flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path.strip_prefix(&root).expect("inside src").to_string_lossy().replace('\\', "/");
                files.push((name, fs::read_to_string(&path).expect("a source file")));
            }
        }
    }
    // The tests of a module may stand in a file of their own.
    files.retain(|(name, _): &(String, String)| !name.ends_with("/tests.rs"));
    files.sort();
    assert!(files.len() > 50, "the sources were found");
    files
}

/// The code of a file without its comments and its tests.
fn code(text: &str) -> impl Iterator<Item = &str> {
    let body = text.split("#[cfg(test)]").next().unwrap_or(text);
    body.lines().filter(|line| !line.trim_start().starts_with("//"))
}

fn module(name: &str) -> &str {
    name.split(['/', '.']).next().unwrap_or(name)
}

#[test]
fn a_floor_uses_lower_floors_only() {
    let floors: BTreeMap<&str, u8> = FLOORS.into_iter().collect();
    for (name, text) in sources() {
        let Some(own) = floors.get(module(&name)) else { continue };
        for line in code(&text) {
            for used in line.split("crate::").skip(1) {
                let used = used.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("");
                if let Some(floor) = floors.get(used) {
                    assert!(floor <= own, "{name} is on floor {own} and uses {used}: {line}");
                }
            }
        }
    }
}

#[test]
fn every_module_has_its_floor() {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).expect("lib.rs");
    let modules: Vec<&str> = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let mut floors: Vec<&str> = FLOORS.iter().map(|(name, _)| *name).collect();
    floors.sort_unstable();
    assert_eq!(modules, floors);
}

#[test]
fn rules_do_not_use_one_another() {
    for (name, text) in sources() {
        let Some(rule) = name.strip_prefix("rules/") else { continue };
        if matches!(rule, "mod.rs" | "sink.rs" | "support.rs") {
            continue;
        }
        for line in code(&text).filter(|line| line.contains("rules::") || line.contains("super::")) {
            let shared = [
                "super::{",
                "super::RULES",
                "super::find",
                "super::AGAINST_A_BASE",
                "rules::support",
                "super::Sink",
                "super::*",
            ];
            assert!(shared.iter().any(|part| line.contains(part)), "{name}: {line}");
        }
    }
}

#[test]
fn disks_processes_clocks_and_environment_are_touched_where_they_may_be() {
    let may = |name: &str, modules: &[&str]| modules.contains(&module(name)) || name == "main.rs";
    for (name, text) in sources() {
        for line in code(&text) {
            let disk = ["std::fs", "File::open", "fs::read", "fs::write"].iter().any(|part| line.contains(part));
            assert!(!disk || may(&name, &["load", "git", "commands"]), "{name} touches a disk: {line}");
            let process = line.contains("process::Command") || line.contains("Command::new");
            assert!(!process || may(&name, &["git", "commands"]), "{name} starts a process: {line}");
            let clock =
                ["Utc::now", "Local::now", "SystemTime::now", "std::env"].iter().any(|part| line.contains(part));
            assert!(!clock || may(&name, &["commands"]), "{name} reads the clock or the environment: {line}");
            let hashed = line.contains("HashMap") || line.contains("HashSet");
            let counted = name == "render/pdf/world.rs";
            assert!(!hashed || counted, "{name} has an order that is not its own: {line}");
        }
    }
}

#[test]
fn every_file_says_its_job_in_its_first_line() {
    for (name, text) in sources() {
        let first = text.lines().next().unwrap_or("");
        assert!(first.starts_with("//! ") && first.len() > 10, "{name}: {first}");
    }
}
