//! The messages that docs/how-to/fix-common-errors.md quotes are those that the program prints.
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::git::{commit, git};
use crate::support::{Project, Run, clock, run, sample};

/// The quoted messages of the table, each with `…` for what differs.
fn quoted() -> Vec<String> {
    let page = fs::read_to_string(sample().join("docs/how-to/fix-common-errors.md")).expect("the page");
    let section = page.split("## In a command\n").nth(1).expect("the section");
    let rows = section.trim_start().split("\n\n").next().expect("the table").lines().skip(2);
    rows.map(|row| row.split('`').nth(1).unwrap_or_else(|| panic!("no message in {row}")).to_owned()).collect()
}

/// Whether a line holds the parts of a quoted message in their order.
fn has(line: &str, quoted: &str) -> bool {
    let mut rest = line;
    quoted.split('…').all(|part| match rest.split_once(part) {
        Some((_, after)) => {
            rest = after;
            true
        }
        None => false,
    })
}

fn with_other_owner(folder: &Path, arguments: &[&str]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_heatpack"))
        .args(arguments)
        .current_dir(folder)
        .envs(clock())
        // Git's own switch for its tests: the folder is another user's.
        .env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
        .output()
        .expect("the program");
    Run {
        status: output.status.code().unwrap_or(-1),
        out: output.stdout,
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

#[test]
fn the_page_quotes_what_commands_print() {
    let project = Project::of_a_desk_at_work();
    let root = project.root();
    git(&root, &["init", "--quiet"]);
    commit(&root);
    let (empty, other) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    fs::write(other.path().join("notes.txt"), "x").expect("a file");
    let ticket = "data/tickets/2026/HEAT-10380.yaml";
    let (settings, record) = (project.read("data/heatpack.yaml"), project.read(ticket));
    let note = ["log", "HEAT-10380", "follow-up", "--note", "Called."];

    let mut printed = vec![run(empty.path(), &["check"])];
    project.write("data/heatpack.yaml", format!("{settings}timezone America\n"));
    printed.push(project.run(&note));
    project.write("data/heatpack.yaml", &settings);
    printed.push(project.run(&note));
    project.write(ticket, record.replace("kind: issue", "kind: nosuch"));
    printed.push(project.run(&note));
    project.write(ticket, &record);
    printed.push(project.run(&["build", "-o", other.path().to_str().expect("UTF-8")]));
    printed.push(project.run(&["check", "--base", "nosuch"]));
    printed.push(with_other_owner(&root, &["check", "--base", "HEAD"]));

    let quoted = quoted();
    assert_eq!(quoted.len(), printed.len(), "{quoted:#?}");
    for (quoted, run) in quoted.iter().zip(printed) {
        assert_ne!(run.status, 0, "{quoted}");
        assert!(run.stderr.lines().any(|line| has(line, quoted)), "{quoted}\n{}", run.stderr);
    }
}
