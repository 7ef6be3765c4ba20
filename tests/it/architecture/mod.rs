//! The house rules of `src/`: floors use lower floors only, disks and clocks are touched where they may be, and
//! every file says its job in its first line.

mod paths;
mod tokens;
mod tree;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use tree::Tree;

/// The rooms of the crate, by their place in `src/`, and their floors. A file belongs to the longest entry that its
/// path begins with. Rooms of one floor do not use one another; within a room files may, as long as they form no circle.
const ROOMS: [(&str, u8); 19] = [
    ("record/", 0),
    ("model/", 1),
    ("calendar/", 2),
    ("git/", 2),
    ("disk/", 2),
    ("load/", 3),
    ("workflow/", 4),
    ("rules/", 5),
    ("import/", 5),
    ("merge/", 5),
    ("search/", 5),
    ("report/", 6),
    ("render/", 7),
    ("commands/common/", 8),
    ("commands/entry/", 9),
    ("commands/", 10),
    ("commands/mod.rs", 11),
    ("main.rs", 12),
    ("lib.rs", 12),
];

/// The room of a file and its floor. Each command is a room of its own: a file or folder of `commands/`.
fn room(file: &str) -> (&str, u8) {
    let rooms = ROOMS.into_iter().filter(|(room, _)| file.starts_with(room));
    let found = rooms.max_by_key(|(room, _)| room.len());
    let (room, floor) = found.unwrap_or_else(|| panic!("{file} is in no room of ROOMS"));
    match file.strip_prefix("commands/") {
        Some(own) if room == "commands/" => (own.split(['/', '.']).next().unwrap_or(own), floor),
        _ => (room, floor),
    }
}

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
fn every_path_is_understood() {
    let lost = Tree::read(&sources()).lost;
    assert!(lost.is_empty(), "paths that lead nowhere:\n{}", lost.join("\n"));
}

#[test]
fn a_room_uses_lower_floors_only() {
    let mut upward = Vec::new();
    for (file, targets) in Tree::read(&sources()).names {
        let (own, floor) = room(&file);
        for target in &targets {
            let (other, below) = room(target);
            if own != other && below >= floor {
                upward.push(format!("{file} (floor {floor}) uses {target} (floor {below})"));
            }
        }
    }
    assert!(upward.is_empty(), "{}", upward.join("\n"));
}

#[test]
fn every_module_has_its_floor() {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).expect("lib.rs");
    let modules =
        lib.lines().filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'));
    let modules: Vec<&str> = modules.collect();
    assert!(modules.len() > 8, "the modules were found");
    for module in modules {
        assert!(ROOMS.iter().any(|(room, _)| *room == format!("{module}/")), "{module} has no floor");
    }
}

#[test]
fn no_files_form_a_circle() {
    let tree = Tree::read(&sources());
    let circles: Vec<String> = tree.circles().iter().map(|circle| tree.arrows(circle)).collect();
    assert!(circles.is_empty(), "{}", circles.join("\n\n"));
}

#[test]
fn rules_do_not_use_one_another() {
    let shared = ["rules/mod.rs", "rules/sink.rs", "rules/support.rs"];
    for (file, targets) in Tree::read(&sources()).names {
        if !file.starts_with("rules/") || shared.contains(&file.as_str()) {
            continue;
        }
        for target in targets.iter().filter(|target| target.starts_with("rules/")) {
            assert!(shared.contains(&target.as_str()), "{file} uses {target}");
        }
    }
}

#[test]
fn a_module_with_modules_in_it_is_a_folder() {
    let sources = sources();
    let beside: Vec<&str> = sources
        .iter()
        .map(|(name, _)| name.as_str())
        .filter(|name| {
            name.strip_suffix(".rs")
                .is_some_and(|stem| sources.iter().any(|(other, _)| other.starts_with(&format!("{stem}/"))))
        })
        .collect();
    assert!(beside.is_empty(), "move x.rs to x/mod.rs: {beside:?}");
}

#[test]
fn disks_processes_clocks_and_environment_are_touched_where_they_may_be() {
    let may = |name: &str, modules: &[&str]| modules.contains(&module(name)) || name == "main.rs";
    for (name, text) in sources() {
        for line in code(&text) {
            let disk = ["std::fs", "File::open", "fs::read", "fs::write"].iter().any(|part| line.contains(part));
            assert!(!disk || may(&name, &["load", "git", "disk", "commands"]), "{name} touches a disk: {line}");
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

/// So that the dependencies are compiled once for both: other settings would be another compilation.
#[test]
fn the_fuzz_targets_compile_dependencies_as_the_program_does() {
    let settings = |manifest: &str| -> BTreeSet<String> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(manifest);
        let text = fs::read_to_string(&path).expect("a manifest");
        let block = text.split_once("[profile.dev.package]\n").expect("the profile of dependencies").1;
        let lines = block.lines().take_while(|line| !line.is_empty());
        // The fuzzer watches these, so that they are compiled for it alone.
        let is_watched = |line: &str| ["saphyr-parser", "pulldown-cmark"].iter().any(|own| line.starts_with(own));
        lines.filter(|line| !is_watched(line)).map(str::to_owned).collect()
    };
    let ours = settings("Cargo.toml");
    assert!(ours.len() > 20, "{ours:?}");
    assert_eq!(ours, settings("tests/fuzz/Cargo.toml"));
}
