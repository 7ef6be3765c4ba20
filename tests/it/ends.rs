//! `ends` of the settings: which is `ends` in data/heatpack.yaml, as of which they are read whatever the clock says, and after which
//! nothing is entered.

use crate::support::{Project, Run, case, command, run, sample};

const ENDS: &str = "2026-10-21 12:00";

fn project() -> Project {
    let project = Project::copy_of(&case("figures"));
    project.write("data/heatpack.yaml", format!("starts: 2026-10-05\nends: {ENDS}\n"));
    project
}

fn as_of(run: Run) -> String {
    run.ended(0).json()["as_of"].as_str().expect("a time").to_owned()
}

#[test]
fn without_as_of_the_records_are_read_as_of_their_end() {
    let project = project();
    let check = ["check", "--format", "json"];
    assert_eq!(as_of(project.run(&check)), "2026-10-21T12:00");
    let mut epoch = command(&project.root(), &check);
    let epoch = epoch.env("SOURCE_DATE_EPOCH", "1893456000").output().expect("the binary");
    assert_eq!(as_of(epoch.into()), "2026-10-21T12:00");
    for given in ["2026-10-14 10:00", "2031-01-01 10:00"] {
        let arguments = ["check", "--format", "json", "--as-of", given];
        assert_eq!(as_of(project.run(&arguments)), given.replace(' ', "T"));
    }
    let pack = project.run(&["pack", "weekly", "--format", "json"]).ended(0).json();
    assert_eq!(pack["meeting"], "2026-10-28T10:00");
    assert!(project.run(&[]).ended(0).stdout().contains("Oct 21, 2026"));
}

#[test]
fn what_lies_after_the_end_is_an_error_that_says_so() {
    let project = project();
    let path = "data/tickets/2026/HEAT-1.yaml";
    let text = project.read(path);
    project.write(path, format!("{}\n  - {{at: 2026-10-21 12:01, event: follow-up, by: dora}}\n", text.trim_end()));
    let check = project.run(&["check"]).ended(1);
    assert!(check.stdout().contains("error[future-event]"), "{}", check.stdout());
    assert!(check.stdout().contains("after 2026-10-21 12:00, which is `ends`"), "{}", check.stdout());
    // Read as of another time they are what they are.
    project.run(&["check", "--as-of", "2026-11-01"]).ended(0);
    project.write(path, text);
    project.run(&["check"]).ended(0);
}

#[test]
fn whatever_writes_after_the_end_is_refused() {
    let project = project();
    let before = crate::support::files(&project.root());
    let log = ["log", "HEAT-1", "follow-up", "--by", "dora"];
    let new = [
        "new",
        "ticket",
        "--subject",
        "scorecard",
        "--poc",
        "pat",
        "--via",
        "phone",
        "--kind",
        "issue",
        "--area",
        "functional",
        "--title",
        "Another",
        "--description",
        "x",
    ];
    for (command, flag) in [(&log[..], "--at"), (&new[..], "--received")] {
        // The end is not the present: a flag must give the time.
        let run = project.run(command).ended(2);
        assert!(run.stderr.contains("`ends` in data/heatpack.yaml") && run.stderr.contains(flag), "{}", run.stderr);
        for as_of in [&[][..], &["--as-of", "2027-01-04 09:00"]] {
            let run = project.run(&[command, &[flag, "2026-10-21 12:01"], as_of].concat()).ended(1);
            assert!(run.stderr.contains("which is `ends` in data/heatpack.yaml"), "{}", run.stderr);
            assert!(run.stderr.contains("nothing was written"), "{}", run.stderr);
        }
        let run = project.run(&[command, &["--as-of", "2027-01-04 09:00"]].concat()).ended(1);
        assert!(run.stderr.contains("which is `ends` in data/heatpack.yaml"), "{}", run.stderr);
    }
    assert_eq!(crate::support::files(&project.root()), before);
    project.run(&[&log[..], &["--at", ENDS]].concat()).ended(0);
    project.run(&[&new[..], &["--received", ENDS]].concat()).ended(0);
}

#[test]
fn an_end_that_is_no_time_is_an_error() {
    let project = project();
    for bad in ["2026-10-21", "never", "2026-02-30 10:00"] {
        project.write("data/heatpack.yaml", format!("ends: {bad}\n"));
        let check = project.run(&["check", "--as-of", ENDS]).ended(1);
        assert!(check.stdout().contains("data/heatpack.yaml:1:7: error[invalid-value]"), "{}", check.stdout());
    }
}

#[test]
fn the_sample_is_read_as_of_its_end() {
    let check = run(&sample(), &["check", "--format", "json"]).ended(0).json();
    assert_eq!(check["as_of"], "2026-11-22T23:59");
    assert_eq!(check["errors"], 0);
}
