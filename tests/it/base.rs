//! `check --base`: the base is read from git as it is, wherever and however the project is kept in it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::git::{COMMITTED, commit, commit_on, git, try_git};
use crate::support::{Project, Run, command, files, run};

const AS_OF: &str = "2026-11-18 10:00";
const TICKET: &str = "data/tickets/2026/HEAT-1.yaml";

fn ticket(number: usize, log: &str) -> String {
    format!(
        "id: HEAT-{number}\ntitle: Export drops a quarter\nsubject: scorecard\nkind: issue\narea: functional\n\
         poc: jrivera\nreceived: 2026-11-16 09:14\nvia: [phone]\ndescription: Q4 is missing.\nlog:\n  \
         - {{at: 2026-11-16 11:30, event: follow-up, by: tnguyen}}\n{log}"
    )
}

fn project() -> Project {
    let project = Project::of(&[
        ("subjects.yaml", "- {id: scorecard, name: Scorecard, kind: module}\n"),
        ("staff.yaml", "- {id: tnguyen, name: Taylor Nominal, office: help-desk}\n"),
        (
            "pocs/jrivera.yaml",
            "id: jrivera\nname: Jordan Rivera\nphone: 202-555-0104\ndesignations:\n  \
             - {subject: scorecard, role: primary, from: 2025-10-01}\n",
        ),
    ]);
    project.write(TICKET, ticket(1, ""));
    project
}

fn check(root: &Path, more: &[&str]) -> Run {
    run(root, &[&["check", "--as-of", AS_OF], more].concat())
}

/// The rules that fire, in the order of the diagnostics.
#[track_caller]
fn rules(root: &Path, base: &str) -> Vec<String> {
    let run = check(root, &["--base", base, "--format", "json"]);
    assert!(run.status < 2, "{}", run.stderr);
    let json = run.json();
    let found = json["diagnostics"].as_array().expect("diagnostics").iter();
    found
        .map(|found| format!("{} {}", found["rule"].as_str().unwrap_or(""), found["record"].as_str().unwrap_or("")))
        .collect()
}

/// Alters the log of HEAT-1.
fn rewrite(root: &Path) {
    let path = root.join(TICKET);
    let text = fs::read_to_string(&path).expect("the ticket").replace("11:30", "12:30");
    fs::write(path, text).expect("the ticket");
}

const REWRITTEN: [&str; 1] = ["history-rewritten HEAT-1"];

#[track_caller]
fn cannot(run: Run, says: &[&str]) {
    let run = run.ended(2);
    assert!(run.out.is_empty(), "{}", run.stdout());
    for part in says {
        assert!(run.stderr.contains(part), "{}", run.stderr);
    }
}

#[test]
fn a_branch_a_tag_and_a_hash_are_bases() {
    let project = project();
    let root = project.root();
    let hash = commit(&root);
    git(&root, &["tag", "-a", "-m", "Last month", "october"]);
    git(&root, &["branch", "former"]);
    rewrite(&root);
    for base in ["HEAD", "main", "former", "october", "refs/tags/october", &hash, &hash[..10]] {
        assert_eq!(rules(&root, base), REWRITTEN, "{base}");
    }
    // What is committed is no change any more.
    commit(&root);
    assert_eq!(rules(&root, "HEAD"), [""; 0]);
    assert_eq!(rules(&root, "HEAD~1"), REWRITTEN);
    assert_eq!(rules(&root, "october"), REWRITTEN);
}

#[test]
fn what_is_no_base_is_said_with_what_to_do() {
    let project = project();
    let root = project.root();
    cannot(check(&root, &["--base", "main"]), &["is not in a git repository", "omit `--base`"]);
    commit(&root);
    cannot(
        check(&root, &["--base", "origin/main"]),
        &["git does not know", "`git fetch origin main`", "fetch-depth: 0"],
    );
    cannot(check(&root, &["--base", "nowhere"]), &["git does not know the base `nowhere`"]);
    // Nothing of a base's name becomes an option of git's.
    for base in ["--upload-pack=touch x", "-h", "--output=x", ""] {
        cannot(check(&root, &[&format!("--base={base}")]), &["is not a revision"]);
    }
    for base in ["HEAD:data", "HEAD..HEAD", "0000000000000000000000000000000000000000", "a\nb", "é"] {
        cannot(check(&root, &["--base", base]), &["git does not know"]);
    }
    let run = command(&root, &["check", "--base", "HEAD"]).env("PATH", "/nonexistent").output().expect("the binary");
    cannot(run.into(), &["`git` does not start", "install it"]);
    assert_eq!(fs::read_dir(&root).expect("the root").count(), 2, "nothing but .git and data");
}

#[test]
fn a_shallow_clone_says_how_to_get_the_base() {
    let project = project();
    let root = project.root();
    let first = commit(&root);
    rewrite(&root);
    commit(&root);
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("file://{}", root.display());
    git(folder.path(), &["clone", "--quiet", "--depth", "1", &url, "clone"]);
    let clone = folder.path().join("clone");
    cannot(check(&clone, &["--base", &first]), &["only the latest commits", "fetch-depth: 0"]);
    assert_eq!(rules(&clone, "origin/main"), [""; 0]);
    git(&clone, &["fetch", "--quiet", "--depth", "1", "origin", &first]);
    assert_eq!(rules(&clone, &first), REWRITTEN);
}

#[test]
fn nothing_of_the_work_tree_or_the_index_is_touched() {
    let project = project();
    let root = project.root();
    commit(&root);
    rewrite(&root);
    project.write("data/tickets/2026/HEAT-2.yaml", ticket(2, ""));
    git(&root, &["add", TICKET]);
    let state = || {
        let index = fs::read(root.join(".git/index")).expect("the index");
        let modified = fs::metadata(root.join(".git/index")).and_then(|data| data.modified()).expect("its time");
        (index, modified, files(&root.join("data")), git(&root, &["--no-optional-locks", "status", "--porcelain"]))
    };
    let before = state();
    assert_eq!(rules(&root, "HEAD"), REWRITTEN);
    assert_eq!(run(&root, &["review", "--base", "HEAD", "--as-of", AS_OF]).status, 1);
    assert!(before == state());
}

#[test]
fn files_that_git_does_not_track_or_ignores_are_part_of_the_change() {
    let project = project();
    let root = project.root();
    commit(&root);
    let late = ticket(2, "").replace("2026-11-16", "2026-11-03");
    project.write("data/tickets/2026/HEAT-2.yaml", &late);
    project.write("data/tickets/2026/HEAT-3.yaml", late.replace("HEAT-2", "HEAT-3"));
    project.write(".gitignore", "HEAT-3.yaml\n");
    let found = rules(&root, "HEAD");
    for number in [2, 3] {
        assert!(found.contains(&format!("entry-backdated HEAT-{number}")), "{found:?}");
    }
    // Removed from the index alone, it still exists.
    git(&root, &["rm", "--quiet", "--cached", TICKET]);
    assert!(!rules(&root, "HEAD").iter().any(|found| found.contains("HEAT-1")));
}

#[test]
fn configuration_hooks_and_attributes_do_not_matter() {
    let project = project();
    let root = project.root();
    project.write("data/pocs/jürgen.yaml", "id: jrg\nname: Jürgen Muster\nphone: 202-555-0105\ndesignations: []\n");
    commit(&root);
    rewrite(&root);
    let trap = root.join("trap.sh");
    let fell = root.join("fell-into-it");
    fs::write(&trap, format!("#!/bin/sh\necho x > {}\n", fell.display())).expect("a script");
    let trapped = format!("sh {}", trap.display());
    for (name, value) in [
        ("diff.external", trapped.as_str()),
        ("diff.own.textconv", &trapped),
        ("diff.own.command", &trapped),
        ("core.fsmonitor", &trapped),
        ("core.pager", &trapped),
        ("core.quotePath", "true"),
        ("diff.renames", "copies"),
        ("diff.noprefix", "true"),
        ("diff.relative", "true"),
        ("diff.orderFile", "nowhere"),
        ("diff.ignoreSubmodules", "all"),
        ("status.showUntrackedFiles", "no"),
        ("color.ui", "always"),
        ("log.showSignature", "true"),
        ("core.hooksPath", "hooks"),
    ] {
        git(&root, &["config", name, value]);
    }
    fs::write(root.join(".gitattributes"), "*.yaml diff=own\n").expect("attributes");
    assert!(rules(&root, "HEAD").contains(&REWRITTEN[0].to_owned()));
    let mut hooked = command(&root, &["check", "--base", "HEAD", "--as-of", AS_OF]);
    // What a hook sets, and what a user may have set.
    hooked.env("GIT_INDEX_FILE", "nowhere/index").env("GIT_DIR", "nowhere").env("GIT_EXTERNAL_DIFF", &trapped);
    hooked.env("GIT_GLOB_PATHSPECS", "1").env("GIT_PREFIX", "x/").env("GIT_PAGER", &trapped);
    let run: Run = hooked.output().expect("the binary").into();
    assert!(run.stdout().contains("error[history-rewritten]"), "{}{}", run.stdout(), run.stderr);
    assert!(!fell.exists(), "a program of the configuration was run");
}

#[test]
fn paths_of_any_bytes_are_read() {
    let project = project();
    let root = project.root();
    let odd =
        ["data/tickets/2026/a \"b\"\n'c'.yaml", "data/tickets/2026/-x.yaml", "data/pocs/ü ☃.yaml", "data/:(top).yaml"];
    for path in odd {
        project.write(path, "id: none\n");
    }
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        let name = std::ffi::OsStr::from_bytes(b"data/tickets/2026/\xff\xfe.yaml");
        fs::write(root.join(name), "id: none\n").expect("a file");
    }
    commit(&root);
    rewrite(&root);
    for path in odd {
        project.remove(path);
    }
    let found = rules(&root, "HEAD");
    assert!(found.contains(&REWRITTEN[0].to_owned()), "{found:?}");
    assert!(run(&root, &["review", "--base", "HEAD", "--as-of", AS_OF]).status < 2);
}

#[test]
fn the_project_may_be_anywhere_in_the_repository() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().canonicalize().expect("the folder").join("offices/the desk");
    for (path, bytes) in files(&project().root()) {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    // Another project beside it is none of its business.
    fs::create_dir_all(folder.path().join("data/tickets/2026")).expect("a folder");
    fs::write(folder.path().join("data/tickets/2026/HEAT-1.yaml"), ticket(1, "")).expect("a file");
    commit(folder.path());
    fs::remove_dir_all(folder.path().join("data")).expect("the other one");
    assert_eq!(rules(&root, "HEAD"), [""; 0]);
    rewrite(&root);
    assert_eq!(rules(&root, "HEAD"), REWRITTEN);
    assert_eq!(rules(&root.join("data/tickets"), "HEAD"), REWRITTEN);
    // A hook that runs in the repository's root names git's folder from there.
    let mut hooked = command(folder.path(), &["-C", "offices/the desk", "check", "--base", "HEAD", "--as-of", AS_OF]);
    let run: Run =
        hooked.env("GIT_DIR", ".git").env("GIT_INDEX_FILE", ".git/index").output().expect("the binary").into();
    assert!(run.stdout().contains("error[history-rewritten]"), "{}{}", run.stdout(), run.stderr);
}

#[test]
fn a_work_tree_of_its_own_is_read() {
    let project = project();
    let root = project.root();
    commit(&root);
    let folder = tempfile::tempdir().expect("a folder");
    let own: PathBuf = folder.path().join("own");
    git(&root, &["worktree", "add", "--quiet", "-b", "edit", &own.display().to_string()]);
    rewrite(&own);
    assert_eq!(rules(&own, "main"), REWRITTEN);
    assert_eq!(rules(&root, "main"), [""; 0]);
}

#[test]
fn a_repository_with_sha_256_is_read() {
    let project = project();
    let root = project.root();
    let made = try_git(&root, COMMITTED, &["init", "--quiet", "--object-format=sha256"]);
    assert!(made.status.success(), "this git has no SHA-256: {}", String::from_utf8_lossy(&made.stderr));
    let hash = commit(&root);
    assert_eq!(hash.len(), 64);
    rewrite(&root);
    assert_eq!(rules(&root, &hash), REWRITTEN);
}

#[test]
fn where_the_project_was_not_there_yet_everything_is_new() {
    let project = project();
    let root = project.root();
    fs::rename(root.join("data"), root.join("later")).expect("moved");
    commit(&root);
    fs::rename(root.join("later"), root.join("data")).expect("moved back");
    let run = check(&root, &["--base", "HEAD"]).ended(0);
    assert!(run.stderr.contains("has no data/ here; every record counts as new"), "{}", run.stderr);
    let review = crate::support::run(&root, &["review", "--base", "HEAD", "--as-of", AS_OF]).ended(0);
    assert!(review.stdout().contains("**HEAT-1** (Export drops a quarter): new, open"), "{}", review.stdout());
}

#[test]
#[cfg(unix)]
fn a_base_whose_data_is_no_folder_is_not_guessed_at() {
    let project = project();
    let root = project.root();
    fs::rename(root.join("data"), root.join("kept")).expect("moved");
    std::os::unix::fs::symlink("kept", root.join("data")).expect("a link");
    commit(&root);
    cannot(check(&root, &[]), &["data is a symbolic link"]);
    fs::remove_file(root.join("data")).expect("the link is gone");
    fs::rename(root.join("kept"), root.join("data")).expect("moved back");
    cannot(check(&root, &["--base", "HEAD"]), &["`data` is a symbolic link in `HEAD`"]);
}

#[test]
fn a_branch_that_is_behind_its_base_is_told() {
    let project = project();
    let root = project.root();
    commit(&root);
    git(&root, &["checkout", "--quiet", "-b", "edit"]);
    git(&root, &["checkout", "--quiet", "main"]);
    project.write(TICKET, ticket(1, "  - {at: 2026-11-17 10:00, event: follow-up, by: tnguyen}\n"));
    commit(&root);
    git(&root, &["checkout", "--quiet", "edit"]);
    let run = check(&root, &["--base", "main"]).ended(1);
    assert!(run.stderr.contains("`git merge main`"), "{}", run.stderr);
}

#[test]
fn the_base_goes_with_every_format_with_paths_and_with_a_baseline() {
    let project = project();
    let root = project.root();
    project.write("data/tickets/2026/HEAT-2.yaml", ticket(2, ""));
    commit(&root);
    rewrite(&root);
    project.remove("data/tickets/2026/HEAT-2.yaml");
    for format in ["text", "json", "sarif", "github", "junit"] {
        let run = check(&root, &["--base", "HEAD", "--format", format]).ended(1);
        for rule in ["history-rewritten", "record-deleted"] {
            assert!(run.stdout().contains(rule), "{format}: {}", run.stdout());
        }
        assert!(run.stdout().contains("data/tickets/2026/HEAT-2.yaml"), "{format}");
    }
    let of = |path: &str| check(&root, &["--base", "HEAD", path]).stdout().to_owned();
    assert!(of(TICKET).contains("history-rewritten") && !of(TICKET).contains("record-deleted"));
    let gone = of("data/tickets/2026/HEAT-2.yaml");
    assert!(gone.contains("record-deleted") && !gone.contains("history-rewritten"), "{gone}");
    check(&root, &["--base", "HEAD", "--baseline", "old.jsonl", "--write-baseline"]).ended(0);
    let run = check(&root, &["--base", "HEAD", "--baseline", "old.jsonl"]).ended(0);
    assert!(run.stdout().contains("2 more ignored (listed in the baseline)"), "{}", run.stdout());
    check(&root, &["--base", "HEAD"]).ended(1);
}

#[test]
fn a_change_cannot_turn_off_what_judges_it() {
    let project = project();
    let root = project.root();
    commit(&root);
    rewrite(&root);
    project.write("data/heatpack.yaml", "rules: {history-rewritten: off}\n");
    assert_eq!(rules(&root, "HEAD"), REWRITTEN);
    // Where the base has it so, it is.
    commit(&root);
    let text = project.read(TICKET).replace("12:30", "13:30");
    project.write(TICKET, text);
    assert_eq!(rules(&root, "HEAD"), [""; 0]);
}

#[test]
fn a_long_log_is_compared_and_files_past_the_limit_are_not_read() {
    let project = project();
    let root = project.root();
    let entry = |minute: usize| {
        let (hour, minute) = (minute / 60 % 24, minute % 60);
        format!("  - {{at: 2026-11-17 {hour:02}:{minute:02}, event: note, note: x}}\n")
    };
    let log: String = (0..1400).map(entry).collect();
    project.write(TICKET, ticket(1, &log));
    project.write("data/tickets/2026/HEAT-2.yaml", "# ".to_owned() + &"x".repeat(3 << 20));
    commit(&root);
    // Half of it the other way round: nothing of it is taken for kept that was not.
    let turned: String = (0..700).map(entry).chain((700..1400).rev().map(entry)).collect();
    project.write(TICKET, ticket(1, &turned));
    project.write("data/tickets/2026/HEAT-2.yaml", ticket(2, ""));
    let found = rules(&root, "HEAD");
    let moved = found.iter().filter(|rule| rule.starts_with("history-rewritten")).count();
    assert_eq!(moved, 699, "all but one of the reversed ones were moved");
    commit_on(&root, "2026-11-19T09:00:00-05:00");
    assert_eq!(rules(&root, "HEAD~1").iter().filter(|rule| rule.starts_with("history-rewritten")).count(), 699);
}
