//! `heatpack amend`: what the base branch has not is corrected in place; all else is rejected, with the ways that remain.

use std::path::Path;

use crate::support::git::{COMMITTED, git, try_git};
use crate::support::{Project, Run, files};

const AS_OF: &str = "2026-11-16 14:30";

fn path(number: usize) -> String {
    format!("data/tickets/2026/HEAT-{number}.yaml")
}

fn ticket(number: usize) -> String {
    format!(
        "id: HEAT-{number}\ntitle: Export drops the last quarter # of FY26\nsubject: scorecard\nkind: issue\narea: technical\npoc: pat\n\
         received: 2026-11-16 09:14\nvia: [phone]\ndescription: Words.\nlog:\n  - at: 2026-11-16 10:00\n    \
         event: follow-up\n    by: dora\n"
    )
    .replace(" # of FY26", "")
}

/// Two tickets whose first entry is in `main`, and a branch with another entry of each.
fn project() -> Project {
    let project = Project::of(&[
        (
            "subjects.yaml",
            "- {id: scorecard, name: Scorecard, kind: module}\n- {id: grants, name: Grants, kind: module}\n",
        ),
        (
            "staff.yaml",
            "- {id: dora, name: Dora Desk, office: help-desk}\n- {id: dan, name: Dan Desk, office: help-desk}\n\
             - {id: nils, name: Nils Third, office: nitc}\n- {id: ada, name: Ada Sponsor, office: acfo-fs}\n",
        ),
        (
            "pocs/pat.yaml",
            "id: pat\nname: Pat Point\nphone: 202-555-0100\ndesignations:\n  \
             - {subject: scorecard, role: primary, from: 2026-01-01}\n",
        ),
        (
            "crs/CR-2026-001.yaml",
            "id: CR-2026-001\ntitle: Move the lookup\nsubject: scorecard\ntickets: [HEAT-1]\nprepared_by: ada\nlog: []\n",
        ),
    ]);
    project.write(&path(1), ticket(1));
    project.write(&path(2), ticket(2));
    let root = project.root();
    git(&root, &["init", "--quiet"]);
    commit(&root);
    git(&root, &["checkout", "--quiet", "-b", "today"]);
    for number in [1, 2] {
        project.write(&path(number), format!("{}{}", ticket(number), second()));
    }
    commit(&root);
    project
}

fn second() -> &'static str {
    "  # by phone\n  - at: 2026-11-16 11:00\n    event: follow-up\n    by: dora\n    note: Told Jordon.\n    # as she said\n"
}

fn commit(root: &Path) {
    git(root, &["add", "--all"]);
    git(root, &["commit", "--quiet", "--message", "Work"]);
}

fn amend(project: &Project, arguments: &[&str]) -> Run {
    project.run(&[&["--as-of", AS_OF, "amend"], arguments].concat())
}

#[track_caller]
fn rejected(project: &Project, arguments: &[&str], why: &[&str]) {
    let before = files(&project.root().join("data"));
    let run = amend(project, arguments).ended(1);
    for why in why {
        assert!(run.stderr.contains(why), "{why}: {}", run.stderr);
    }
    assert!(run.out.is_empty() && run.stderr.contains("nothing was written"), "{}", run.stderr);
    assert_eq!(files(&project.root().join("data")), before);
}

/// `check` against `main` finds no error.
#[track_caller]
fn is_right(project: &Project) {
    project.run(&["check", "--as-of", AS_OF, "--base", "main", "--errors-only"]).ended(0);
}

#[test]
fn an_entry_of_this_morning_is_corrected_in_place() {
    let project = project();
    let run = amend(&project, &["1", "--last", "--note", "Told Jordan."]).ended(0);
    assert_eq!(
        run.stdout(),
        "HEAT-1: entry `2026-11-16 11:00 follow-up` amended\n  - note: Told Jordon.\n  + note: Told Jordan.\nnow: open; next \
         action: MITS Help Desk\nnext: follow-up due Mon, Nov 23, 2026\nfile: data/tickets/2026/HEAT-1.yaml\n"
    );
    assert_eq!(project.read(&path(1)), format!("{}{}", ticket(1), second().replace("Jordon", "Jordan")));
    is_right(&project);
    // By its name, and the time of its own day.
    amend(&project, &["heat-1", "--entry", "2026-11-16 11:00 follow-up", "--at", "11:20", "--by", "dan"]).ended(0);
    let now = second().replace("Jordon", "Jordan").replace("11:00", "11:20").replace("by: dora", "by: dan");
    assert_eq!(project.read(&path(1)), format!("{}{now}", ticket(1)));
    // Another event has other fields.
    amend(&project, &["1", "--entry", "2", "--event", "forwarded"]).ended(0);
    amend(&project, &["1", "--last", "--event", "voided", "--duplicate-of", "2"]).ended(0);
    assert!(project.read(&path(1)).contains("duplicate_of: HEAT-2"), "{}", project.read(&path(1)));
    amend(&project, &["1", "--last", "--event", "note"]).ended(0);
    assert!(!project.read(&path(1)).contains("duplicate_of"), "{}", project.read(&path(1)));
    is_right(&project);
}

#[test]
fn another_time_puts_the_entry_where_it_belongs() {
    let project = project();
    let third = "  - at: 2026-11-16 12:00\n    event: forwarded\n    by: dora\n";
    project.write(&path(1), format!("{}{}{third}", ticket(1), second()));
    amend(&project, &["1", "--entry", "2", "--at", "13:00"]).ended(0);
    let moved = "  - at: 2026-11-16 13:00\n    event: follow-up\n    by: dora\n    note: Told Jordon.\n";
    assert_eq!(project.read(&path(1)), format!("{}  # by phone\n{third}{moved}", ticket(1)));
    is_right(&project);
    rejected(&project, &["1", "--entry", "2", "--at", "14:31"], &["--at: error[future-event]"]);
}

#[test]
fn an_entry_goes_to_another_ticket_or_away() {
    let project = project();
    let run = amend(&project, &["1", "--last", "--to", "#2"]).ended(0);
    assert!(
        run.stdout().starts_with("HEAT-1: entry `2026-11-16 11:00 follow-up` moved to HEAT-2\n"),
        "{}",
        run.stdout()
    );
    assert_eq!(project.read(&path(1)), format!("{}  # by phone\n", ticket(1)));
    let moved = "  - at: 2026-11-16 11:00\n    event: follow-up\n    by: dora\n    note: Told Jordon.\n";
    assert_eq!(project.read(&path(2)), format!("{}{}{moved}", ticket(2), second()));
    is_right(&project);
    let both = amend(&project, &["2", "--entry", "3", "--remove", "--note", "x"]).ended(2);
    assert!(both.stderr.contains("--remove takes the whole entry back: use it without --note"), "{}", both.stderr);
    let run = amend(&project, &["2", "--entry", "3", "--remove"]).ended(0);
    assert!(run.stdout().starts_with("HEAT-2: entry `2026-11-16 11:00 follow-up` taken back\n"), "{}", run.stdout());
    assert_eq!(project.read(&path(2)), format!("{}{}", ticket(2), second()));
    is_right(&project);
}

/// Both tickets or none: one of them would have an error.
#[test]
fn a_move_that_one_of_the_tickets_does_not_allow_changes_neither() {
    let project = project();
    let closed = "  - at: 2026-11-16 12:00\n    event: voided\n    by: dora\n    note: Twice.\n";
    project.write(&path(2), format!("{}{closed}", ticket(2)));
    project.write(&path(1), format!("{}  - at: 2026-11-16 13:00\n    event: forwarded\n    by: dora\n", ticket(1)));
    let why = "`forwarded` is not allowed while HEAT-2 is `voided`";
    rejected(&project, &["1", "--last", "--to", "2"], &[why]);
    let log = "  - at: 2026-11-16 13:00\n    event: forwarded\n    by: dora\n  - at: 2026-11-16 13:00\n    event: acknowledged\n    \
               by: nils\n    nitc_ref: N-1\n";
    project.write(&path(1), format!("{}{log}", ticket(1)));
    project.write(&path(2), ticket(2));
    rejected(&project, &["1", "--entry", "2", "--to", "2"], &["`acknowledged` is not allowed while HEAT-1 is `open`"]);
}

#[test]
fn what_the_base_branch_has_is_rejected_with_the_ways_that_remain() {
    let project = project();
    let ways = [
        "error: the entry `2026-11-16 10:00 follow-up` of HEAT-1 is in the base branch (main): it cannot be amended",
        "run `heatpack log HEAT-1 note --note TEXT`",
        "run `heatpack log HEAT-1 struck --entry \"2026-11-16 10:00 follow-up\" --note TEXT`",
        "`heatpack explain history-rewritten`",
    ];
    for change in [&["--note", "x"][..], &["--at", "10:30"], &["--remove"], &["--to", "2"]] {
        rejected(&project, &[&["1", "--entry", "1"], change].concat(), &ways);
    }
    rejected(&project, &["1", "--poc", "pat"], &["HEAT-1 is in the base branch (main): its `poc`", "handed-over"]);
    rejected(&project, &["1", "--subject", "grants"], &["its `subject` cannot be amended", "HEAT-1 voided"]);
    // Fields that anyone may edit.
    amend(&project, &["1", "--kind", "question", "--via", "email,phone", "--title", "Export: Q4"]).ended(0);
    let text = ticket(1).replace("kind: issue", "kind: question").replace("[phone]", "[phone, email]");
    let text = text.replace("title: Export drops the last quarter", "title: \"Export: Q4\"");
    let text = text.replace("[phone, email]", "[email, phone]");
    assert_eq!(project.read(&path(1)), format!("{text}{}", second()));
    is_right(&project);
    // The closing has one way more.
    git(&project.root(), &["checkout", "--quiet", "--force", "main"]);
    let end = "  - at: 2026-11-16 12:00\n    event: resolved\n    by: dora\n    note: Told.\n  - at: 2026-11-16 12:00\n    event: closed\n    by: dora\n";
    project.write(&path(1), format!("{}{end}", ticket(1)));
    commit(&project.root());
    rejected(&project, &["1", "--last", "--at", "12:30"], &["run `heatpack log HEAT-1 reopened --note TEXT`"]);
}

#[test]
fn a_new_ticket_is_corrected_in_any_field() {
    let project = project();
    project.write(&path(3), ticket(3).replace("poc: pat", "poc: sam"));
    project.write(
        "data/pocs/sam.yaml",
        "id: sam\nname: Sam Stand-in\nphone: 202-555-0101\ndesignations:\n  \
         - {subject: grants, role: primary, from: 2026-01-01}\n  - {subject: scorecard, role: backup, from: 2026-01-01}\n",
    );
    commit(&project.root());
    amend(&project, &["3", "--subject", "grants"]).ended(0);
    rejected(&project, &["3", "--poc", "pat"], &["--poc: error[contact-not-designated]"]);
    rejected(&project, &["3", "--received", "2026-11-16 10:30"], &["error[event-order]"]);
    amend(&project, &["3", "--received", "2026-11-16 09:00", "--description", "Line one.\nLine two."]).ended(0);
    let text = project.read(&path(3));
    assert!(text.contains("received: 2026-11-16 09:00\n"), "{text}");
    assert!(text.contains("description: |\n  Line one.\n  Line two.\nlog:\n"), "{text}");
    is_right(&project);
}

/// The base is origin's default branch, whatever it is called, and what is pushed elsewhere does not count.
#[test]
fn with_a_remote_its_default_branch_is_the_base() {
    let project = project();
    let root = project.root();
    let origin = tempfile::tempdir().expect("a folder");
    git(&root, &["checkout", "--quiet", "main"]);
    git(&root, &["branch", "--quiet", "--move", "records"]);
    let place = origin.path().join("origin.git");
    let place = place.to_str().expect("a path");
    git(&root, &["clone", "--quiet", "--bare", ".", place]);
    let desk = origin.path().join("desk");
    let desk_path = desk.to_str().expect("a path");
    git(origin.path(), &["clone", "--quiet", place, desk_path]);
    let amend =
        |arguments: &[&str]| crate::support::run(&desk, &[&["--as-of", AS_OF, "amend", "1"], arguments].concat());
    // A commit on the default branch that is not pushed, then one that is pushed to a branch.
    let own = desk.join(path(1));
    std::fs::write(&own, format!("{}{}", ticket(1), second())).expect("a file");
    commit(&desk);
    amend(&["--last", "--note", "Told Jordan."]).ended(0);
    commit(&desk);
    git(&desk, &["push", "--quiet", "origin", "HEAD:refs/heads/monday"]);
    amend(&["--last", "--note", "Told Jordan again."]).ended(0);
    commit(&desk);
    crate::support::run(&desk, &["check", "--as-of", AS_OF, "--errors-only", "--base"]).ended(0);
    git(&desk, &["push", "--quiet", "origin", "HEAD:records"]);
    let run = amend(&["--last", "--note", "Too late."]).ended(1);
    assert!(run.stderr.contains("is in the base branch (origin/records)"), "{}", run.stderr);
    // What others have merged since is no edit of ours.
    let other = origin.path().join("other");
    git(origin.path(), &["clone", "--quiet", place, other.to_str().expect("a path")]);
    std::fs::write(other.join(path(2)), format!("{}{}", ticket(2), second())).expect("a file");
    commit(&other);
    git(&other, &["push", "--quiet", "origin", "HEAD:records"]);
    git(&desk, &["fetch", "--quiet"]);
    let check = crate::support::run(&desk, &["check", "--as-of", AS_OF, "--base", "--format", "json"]).ended(0);
    assert_eq!(check.json()["errors"], 0);
}

#[test]
fn without_git_or_a_commit_all_can_be_amended() {
    let project = project();
    std::fs::remove_dir_all(project.root().join(".git")).expect("the folder");
    amend(&project, &["1", "--entry", "1", "--note", "x"]).ended(0);
    git(&project.root(), &["init", "--quiet"]);
    amend(&project, &["1", "--entry", "1", "--note", "y"]).ended(0);
    assert!(project.read(&path(1)).contains("note: y\n"));
}

#[test]
fn what_cannot_run_ends_with_2() {
    let project = project();
    let fails = |arguments: &[&str], why: &str| {
        let run = amend(&project, arguments).ended(2);
        assert!(run.out.is_empty() && run.stderr.contains(why), "{}", run.stderr);
    };
    fails(&["1"], "nothing to amend: add a flag");
    fails(&["1", "--last"], "nothing to amend");
    fails(
        &["1", "--note", "x"],
        "the entry is missing: use --last, or --entry with a number\n  1  Mon, Nov 16, 2026, 10:00",
    );
    fails(&["1", "--entry", "3", "--note", "x"], "HEAT-1 has no entry `3`");
    fails(&["1", "--entry", "0", "--note", "x"], "HEAT-1 has no entry `0`");
    fails(&["1", "--last", "--title", "x"], "--title is a field of the ticket, not of an entry");
    fails(&["1", "--last", "--to", "1"], "the entry is in HEAT-1 already");
    fails(&["1", "--last", "--to", "9"], "no ticket or CR `9`");
    fails(&["1", "--last", "--to", "CR-2026-001"], "from a ticket to a ticket only");
    fails(&["CR-2026-001", "--title", "x"], "CR-2026-001 is a CR: edit its file");
    fails(&["CR-2026-001", "--last", "--note", "x"], "CR-2026-001 has no entries");
}

#[test]
fn a_wrong_value_is_rejected_with_its_flag_and_an_exception_is_possible() {
    let project = project();
    rejected(&project, &["1", "--last", "--by", "nils"], &["--by: error[wrong-office]"]);
    rejected(
        &project,
        &["1", "--last", "--event", "closed"],
        &["`closed` is not allowed while HEAT-1 is `open`", "--force"],
    );
    let force = ["--force", "--reason", "The POC left", "--allowed-by", "dan"];
    amend(&project, &[&["1", "--last", "--event", "closed"][..], &force].concat()).ended(0);
    assert!(
        project.read(&path(1)).contains("exception:\n      rule: transition-forbidden\n"),
        "{}",
        project.read(&path(1))
    );
}

#[test]
fn an_entry_of_a_change_request_is_corrected_too() {
    let project = project();
    let cr = "data/crs/CR-2026-001.yaml";
    project.run(&["--as-of", AS_OF, "log", "CR-2026-001", "note", "--note", "Begn."]).ended(0);
    amend(&project, &["cr-2026-001", "--last", "--note", "Begun."]).ended(0);
    assert!(project.read(cr).ends_with("    note: Begun.\n"), "{}", project.read(cr));
    amend(&project, &["cr-2026-001", "--last", "--remove"]).ended(0);
    assert!(project.read(cr).ends_with("\nlog: []\n"), "{}", project.read(cr));
}

/// The hook says what CI would say: an entry that the base branch has is not changed, one of today's branch can be.
#[test]
#[cfg(unix)]
fn the_hook_compares_with_the_base_branch() {
    let project = project();
    let root = project.root();
    project.run(&["init"]).ended(0);
    git(&root, &["config", "core.hooksPath", ".githooks"]);
    let binary = Path::new(env!("CARGO_BIN_EXE_heatpack")).parent().expect("a folder");
    let commits = || {
        let mut git = std::process::Command::new("git");
        let paths = format!("{}:{}", binary.display(), std::env::var("PATH").expect("a path"));
        git.current_dir(&root)
            .env("PATH", paths)
            .envs([("GIT_AUTHOR_DATE", COMMITTED), ("GIT_COMMITTER_DATE", COMMITTED)]);
        git.args([
            "-c",
            "user.name=Kim",
            "-c",
            "user.email=kim@example.org",
            "commit",
            "--quiet",
            "--all",
            "--message",
            "Edit",
        ]);
        let run = git.output().expect("git");
        (run.status.success(), String::from_utf8_lossy(&run.stderr).into_owned())
    };
    git(&root, &["add", "--all"]);
    let text = project.read(&path(1));
    project.write(&path(1), text.replace("Jordon", "Jordan"));
    let (done, said) = commits();
    assert!(done, "{said}");
    project.write(&path(1), project.read(&path(1)).replace("10:00", "10:05"));
    let (done, said) = commits();
    assert!(!done && said.contains("error[history-rewritten]"), "{said}");
    assert!(try_git(&root, COMMITTED, &["diff", "--quiet"]).status.code() == Some(1));
}
