//! Clones that do not have everything: shallow ones, sparse checkouts, repositories that git does not trust, and files
//! that git was told not to look at. What git has is never taken for gone, and no number of it is given out again.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::git::{commit, git};
use crate::support::{Project, Run, case, command, run};
use serde_json::Value as Json;

const AS_OF: &str = "2026-10-21 09:00";
const LAST: &str = "data/tickets/2026/HEAT-10.yaml";

fn at(root: &Path, arguments: &[&str]) -> Run {
    run(root, &[&["--as-of", AS_OF], arguments].concat())
}

/// The commit that the weekly pack of October 21 names, and standard error.
fn named(root: &Path) -> (Json, String) {
    let run = at(root, &["pack", "weekly", "--format", "json"]).ended(0);
    (run.json()["head"]["commit"].clone(), run.stderr)
}

/// A repository whose first commit has the records, and whose second one has something else.
fn repository() -> (Project, String) {
    let project = Project::copy_of(&case("figures"));
    let first = commit(&project.root());
    project.write("notes.txt", "Words.\n");
    commit(&project.root());
    (project, first)
}

fn clone(project: &Project, depth: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("file://{}", project.root().display());
    git(folder.path(), &["clone", "--quiet", "--depth", depth, &url, "clone"]);
    let clone = folder.path().join("clone");
    (folder, clone)
}

#[test]
fn a_shallow_clone_names_the_right_commit_or_says_why_none() {
    let (project, first) = repository();
    assert_eq!(named(&project.root()), (first.as_str().into(), String::new()));
    for depth in ["1", "2"] {
        let (_folder, clone) = clone(&project, depth);
        let (commit, said) = named(&clone);
        match depth {
            "1" => {
                assert_eq!(commit, Json::Null);
                assert!(said.contains("only the latest commits") && said.contains("fetch --unshallow"), "{said}");
                let build = at(&clone, &["build"]).ended(0);
                assert!(build.stderr.contains("packs name no commit"), "{}", build.stderr);
            }
            // With the whole history it is no shallow clone.
            _ => assert_eq!((commit, said), (first.as_str().into(), String::new())),
        }
        assert_eq!(at(&clone, &["check"]).ended(0).stderr, "", "no one asked for a commit");
    }
    // The commit is there, and the clone ends before the next older one.
    project.write("data/staff.yaml", project.read("data/staff.yaml").replace("Dora Desk", "Dora Sample"));
    let third = commit(&project.root());
    project.write("notes.txt", "More words.\n");
    commit(&project.root());
    let (_folder, clone) = clone(&project, "3");
    assert_eq!(git(&clone, &["rev-parse", "--is-shallow-repository"]), "true");
    assert_eq!(named(&clone), (third.as_str().into(), String::new()));
}

fn new_ticket(root: &Path, more: &[&str]) -> Run {
    let flags = ["--subject", "scorecard", "--poc", "pat", "--via", "phone", "--kind", "issue", "--area", "functional"];
    let rest = ["--title", "Another", "--description", "x", "--received", "2026-10-20 09:00"];
    at(root, &[&["new", "ticket"], &flags[..], &rest, more].concat())
}

#[test]
fn a_sparse_checkout_is_not_whole_and_gives_out_no_number_that_git_has() {
    let (project, _) = repository();
    let root = project.root();
    let base = git(&root, &["rev-parse", "HEAD"]);
    // The record changes after the base, and is checked out no more.
    project.write(LAST, project.read(LAST).replace("It does not work.", "It does not work at all."));
    commit(&root);
    git(&root, &["sparse-checkout", "set", "--no-cone", "/*", &format!("!/{LAST}"), "!/data/pocs/stranger.yaml"]);
    assert!(!root.join(LAST).exists());
    for base in ["HEAD", &base] {
        let check = at(&root, &["check", "--base", base, "--format", "json"]);
        let found = check.json()["diagnostics"].to_string();
        assert!(!found.contains("record-deleted") && !found.contains("HEAT-10\""), "{base}: {found}");
        assert!(check.stderr.contains("2 files of data/ are not checked out"), "{}", check.stderr);
    }
    let (named, said) = named(&root);
    assert_eq!(named, Json::Null);
    assert!(said.contains("git sparse-checkout disable"), "{said}");
    let pack = at(&root, &["pack", "weekly", "--format", "json"]).json();
    assert_eq!(pack["head"]["left_out"], serde_json::json!(["data/pocs/stranger.yaml", LAST]));
    let disable = "is not checked out; run `git sparse-checkout disable`";
    for command in [
        &["show", "HEAT-10"][..],
        &["show", "stranger"],
        &["log", "HEAT-10", "note", "--note", "x"],
        &["import", "tickets", "export.csv", "--map", "map.yaml"],
    ] {
        let run = at(&root, command);
        assert!(run.status != 0 && run.stderr.contains(disable), "{command:?}: {}", run.stderr);
        assert!(!run.stderr.contains("errors") && !run.stderr.contains("heatpack check"), "{}", run.stderr);
    }
    let made = new_ticket(&root, &[]).ended(0);
    assert!(made.stdout().contains("HEAT-11"), "{}", made.stdout());
    let taken = new_ticket(&root, &["--id", "HEAT-10"]).ended(2);
    assert!(taken.stderr.contains("HEAT-10 is there already"), "{}", taken.stderr);
    let poc = ["new", "poc", "--name", "Sam Stranger", "--id", "stranger", "--phone", "202-555-0104"];
    assert_ne!(at(&root, &poc).status, 0);
    assert_eq!(git(&root, &["status", "--porcelain"]), "?? data/tickets/2026/HEAT-11.yaml");
}

#[test]
fn the_number_of_a_deleted_ticket_that_git_has_is_not_free() {
    let (project, _) = repository();
    let root = project.root();
    project.remove(LAST);
    assert!(new_ticket(&root, &[]).ended(0).stdout().contains("HEAT-11"));
    // Removed from the index too.
    project.remove("data/tickets/2026/HEAT-11.yaml");
    git(&root, &["rm", "--quiet", "--cached", LAST]);
    assert!(new_ticket(&root, &[]).ended(0).stdout().contains("HEAT-11"));
    let refused = new_ticket(&root, &["--id", "HEAT-10"]).ended(2);
    assert!(refused.stderr.contains("HEAT-10 is there already; the next free id is HEAT-12"), "{}", refused.stderr);
    // That it is gone is told all the same.
    let check = at(&root, &["check", "--base", "HEAD"]).ended(1);
    assert!(check.stdout().contains("error[record-deleted]"), "{}", check.stdout());
    // A file of that name stands in the way of another id too.
    project.remove("data/pocs/stranger.yaml");
    let poc = ["new", "poc", "--name", "Sam Stranger", "--id", "stranger", "--phone", "202-555-0104"];
    let refused = at(&root, &poc).ended(2);
    assert!(refused.stderr.contains("git has data/pocs/stranger.yaml"), "{}", refused.stderr);
}

#[test]
fn marks_in_the_index_hide_no_edit() {
    let (project, first) = repository();
    let root = project.root();
    for mark in ["--assume-unchanged", "--skip-worktree"] {
        let was = project.read(LAST);
        git(&root, &["update-index", mark, LAST]);
        assert_eq!(named(&root).0, first.as_str(), "{mark}: nothing is edited");
        assert_eq!(at(&root, &["check", "--base", "HEAD"]).ended(0).stderr, "");
        project.write(LAST, was.replace("received: 2026-10", "received: 2026-09"));
        assert_eq!(git(&root, &["status", "--porcelain"]), "", "git does not look");
        let check = at(&root, &["check", "--base", "HEAD"]);
        assert!(check.stdout().contains("error[identity-changed]"), "{mark}: {}", check.stdout());
        assert_eq!(named(&root).0, Json::Null, "{mark}: the pack is that of no commit");
        project.write(LAST, was);
        git(&root, &["update-index", &mark.replacen("--", "--no-", 1), LAST]);
    }
    git(&root, &["update-index", "--assume-unchanged", LAST]);
    project.remove(LAST);
    let check = at(&root, &["check", "--base", "HEAD"]);
    assert!(check.stdout().contains("error[record-deleted]"), "{}", check.stdout());
}

#[test]
fn a_repository_that_git_refuses_is_told() {
    let (project, first) = repository();
    let root = project.root();
    let said = |arguments: &[&str]| {
        let mut run = command(&root, &[&["--as-of", AS_OF], arguments].concat());
        let run: Run = run.env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1").output().expect("the binary").into();
        assert!(run.stderr.contains("git does not allow reading this repository"), "{}", run.stderr);
        assert!(run.stderr.contains("safe.directory"), "{}", run.stderr);
        run.ended(0)
    };
    assert_eq!(said(&["pack", "weekly", "--format", "json"]).json()["head"]["commit"], Json::Null);
    said(&["check", "--format", "github"]);
    said(&["build"]);
    assert_eq!(named(&root).0, first.as_str());
}

#[test]
fn without_git_or_a_repository_nothing_is_told() {
    let project = Project::copy_of(&case("figures"));
    let pack = ["--as-of", AS_OF, "pack", "weekly", "--format", "json"];
    let without =
        |root: &Path| -> Run { command(root, &pack).env("PATH", "/nonexistent").output().expect("the binary").into() };
    assert_eq!(without(&project.root()).ended(0).stderr, "");
    commit(&project.root());
    let run = without(&project.root()).ended(0);
    assert!(run.stderr.contains("`git` does not start"), "{}", run.stderr);
    fs::remove_dir_all(project.root().join(".git")).expect("the repository");
    assert_eq!(project.run(&pack).ended(0).stderr, "");
}
