//! What the fuzzer once found: each input broke a target, and does not any more.

#[path = "../fuzz/src/targets/mod.rs"]
mod targets;

use std::path::Path;

#[test]
fn what_once_broke_a_target_does_not_any_more() {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/found");
    let mut count = 0;
    for folder in std::fs::read_dir(&found).expect("the inputs").flatten() {
        let name = folder.file_name().to_string_lossy().into_owned();
        let (_, target) =
            targets::TARGETS.into_iter().find(|(known, _)| *known == name).expect("a folder is a target's");
        for file in std::fs::read_dir(folder.path()).expect("a target's inputs").flatten() {
            println!("{}", file.path().display());
            target(&std::fs::read(file.path()).expect("an input"));
            count += 1;
        }
    }
    assert!(count > 0, "there is nothing in {}", found.display());
}

/// The targets that `run.sh` runs are those that are replayed.
#[test]
fn every_target_has_its_program() {
    let programs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/fuzz_targets");
    let mut names: Vec<String> = std::fs::read_dir(programs)
        .expect("the programs")
        .flatten()
        .filter_map(|file| Some(file.path().file_stem()?.to_string_lossy().into_owned()))
        .collect();
    names.sort();
    let mut known = targets::TARGETS.map(|(name, _)| name.to_owned());
    known.sort();
    assert_eq!(names, known);
}
