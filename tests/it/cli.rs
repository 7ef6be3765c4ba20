//! The command line by docs/reference/commands.md: exit statuses, streams, the as-of time, and what `build` writes again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::SystemTime;

use crate::support::{Project, Run, case, command, files, pack, run};
use serde_json::{Value as Json, json};

const AS_OF: &str = "2026-11-01";

fn with(root: &Path, variable: (&str, &str), arguments: &[&str]) -> Run {
    command(root, arguments).env(variable.0, variable.1).output().expect("the binary").into()
}

/// Could not run: says why on standard error, and nothing on standard output.
#[track_caller]
fn fails(run: Run, why: &str) {
    let run = run.ended(2);
    assert!(run.out.is_empty(), "{}", run.stdout());
    assert!(run.stderr.contains(why), "{}", run.stderr);
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
}

fn figures() -> Project {
    Project::copy_of(&case("figures"))
}

/// A copy of that case with a reference to nothing.
fn with_an_error() -> Project {
    let project = figures();
    let path = "data/tickets/2026/HEAT-9.yaml";
    project.write(path, project.read(path).replace("poc: pat", "poc: patt"));
    project
}

#[test]
fn without_a_project_nothing_runs() {
    let empty = tempfile::tempdir().expect("a folder");
    for arguments in [&["check"][..], &["build"], &["pack", "weekly"], &["calendar"]] {
        fails(run(empty.path(), arguments), "no project here");
        assert!(files(empty.path()).is_empty(), "{arguments:?} wrote something");
    }
    fails(run(empty.path(), &["-C", "not-there", "check"]), "not-there");
}

#[test]
fn the_project_is_found_upward_and_by_folder() {
    let project = figures();
    let below = project.root().join("data/tickets/2026");
    run(&below, &["check", "--as-of", AS_OF]).ended(0);
    let elsewhere = tempfile::tempdir().expect("a folder");
    let root = project.root();
    let folder = root.to_str().expect("UTF-8");
    let before = run(elsewhere.path(), &["-C", folder, "--as-of", AS_OF, "check"]).ended(0);
    let after = run(elsewhere.path(), &["check", "-C", folder, "--as-of", AS_OF]).ended(0);
    assert_eq!(before.out, after.out);
    assert_eq!(run(&below, &["-C", "../..", "check", "--as-of", AS_OF]).ended(0).out, before.out);
}

#[test]
fn usage_that_is_wrong_ends_with_2() {
    let root = case("figures");
    for arguments in [
        &["chekc"][..],
        &["check", "--nonsense"],
        &["check", "--format", "xml"],
        &["check", "--deny", "errors"],
        &["pack"],
        &["pack", "yearly"],
        &["pack", "weekly", "--format", "doc"],
        &["calendar", "--from", "soon"],
    ] {
        let run = run(&root, arguments).ended(2);
        assert!(run.out.is_empty() && !run.stderr.is_empty(), "{arguments:?}");
    }
    assert!(run(&root, &["--help"]).ended(0).stdout().contains("check"));
    assert!(run(&root, &["--version"]).ended(0).stdout().starts_with("heatpack "));
}

#[test]
fn the_as_of_time_is_given_or_the_epochs() {
    let root = case("figures");
    let as_of = |run: Run| run.ended(0).json()["as_of"].as_str().expect("a time").to_owned();
    let check = ["check", "--format", "json"];
    let given = |text: &str| as_of(run(&root, &["check", "--format", "json", "--as-of", text]));
    assert_eq!(given("2026-10-20 12:00"), "2026-10-20T12:00");
    assert_eq!(given("2026-10-20T12:00"), "2026-10-20T12:00");
    assert_eq!(given("2026-10-20"), "2026-10-20T23:59");
    // 2026-10-20 16:00 UTC is noon in New York.
    let epoch = |arguments: &[&str]| with(&root, ("SOURCE_DATE_EPOCH", "1792512000"), arguments);
    assert_eq!(as_of(epoch(&check)), "2026-10-20T12:00");
    // What is given goes before it.
    assert_eq!(as_of(epoch(&["check", "--format", "json", "--as-of", "2026-10-21"])), "2026-10-21T23:59");
    for bad in ["now", "2026-10-20 12:00 UTC", "2026-10-20 24:00", "2026-02-30", "1999-12-31", "2100-01-01", ""] {
        fails(run(&root, &["check", "--as-of", bad]), "as-of");
    }
    for bad in ["now", "12.5", "99999999999999999999", "-1"] {
        fails(with(&root, ("SOURCE_DATE_EPOCH", bad), &check), "SOURCE_DATE_EPOCH");
    }
    // By a clock that is slow, the records lie in the future, which is an error.
    let by_clock = run(&root, &check).json();
    let clock = by_clock["as_of"].as_str().expect("a time");
    assert!(clock >= "2025-01-01T00:00", "{clock}");
}

#[test]
fn check_says_what_it_found_and_ends_so() {
    let good = run(&case("figures"), &["check", "--as-of", AS_OF]).ended(0);
    assert!(good.stdout().contains("follow-up-missed") && good.stderr.is_empty(), "{}", good.stderr);
    run(&case("figures"), &["check", "--as-of", AS_OF, "--deny", "lapses"]).ended(1);
    run(&case("ages"), &["check", "--as-of", AS_OF, "--deny", "lapses"]).ended(0);

    let project = with_an_error();
    let bad = project.run(&["check", "--as-of", AS_OF]).ended(1);
    assert!(bad.stdout().contains("error[unknown-reference]") && bad.stderr.is_empty(), "{}", bad.stdout());
    let json = project.run(&["check", "--as-of", AS_OF, "--format", "json"]).ended(1).json();
    assert_eq!(json["format"], "heatpack.check/1");
    assert_eq!(json["errors"], 1);
    assert_eq!(json["records"], json!({"tickets": 10, "pocs": 2, "crs": 0}));
    let error = json["diagnostics"].as_array().expect("rows").iter().find(|row| row["level"] == "error").expect("one");
    assert_eq!(
        *error,
        json!({"rule": "unknown-reference", "level": "error", "path": "data/tickets/2026/HEAT-9.yaml", "line": 7,
               "column": 6, "end_line": 7, "end_column": 10, "record": "HEAT-9", "message": error["message"],
               "help": "did you mean `pat`?", "excepted": false})
    );
    let lapses = json["diagnostics"].as_array().expect("rows").iter().filter(|row| row["level"] == "lapse").count();
    assert_eq!(json["lapses"], lapses);
}

#[test]
fn check_with_paths_says_what_concerns_them() {
    let project = with_an_error();
    let check = |paths: &[&str]| {
        let mut arguments = vec!["check", "--as-of", AS_OF];
        arguments.extend(paths);
        project.run(&arguments)
    };
    let bad = "data/tickets/2026/HEAT-9.yaml";
    let one = check(&[bad]).ended(1);
    assert!(one.stdout().contains("HEAT-9") && !one.stdout().contains("HEAT-1.yaml"), "{}", one.stdout());
    let other = check(&["data/tickets/2026/HEAT-1.yaml"]).ended(0);
    assert!(other.stdout().contains("HEAT-1.yaml") && !other.stdout().contains("HEAT-9.yaml"), "{}", other.stdout());
    check(&["data/tickets"]).ended(1);
    check(&["data/pocs"]).ended(0);
    check(&["data/pocs", bad]).ended(1);
    check(&["./data/../data/tickets/2026/HEAT-9.yaml"]).ended(1);
    let absolute = project.root().join(bad);
    check(&[absolute.to_str().expect("UTF-8")]).ended(1);
    fails(check(&["data/tickets/2026/HEAT-77.yaml"]), "HEAT-77");
    fails(check(&["/"]), "not in the project");
    fails(check(&[".."]), "not in the project");
    fails(check(&["data/../.."]), "not in the project");
    // Read from where one is.
    let here = project.root().join("data/tickets/2026");
    run(&here, &["check", "HEAT-9.yaml", "--as-of", AS_OF]).ended(1);
    run(&here, &["check", "HEAT-1.yaml", "--as-of", AS_OF]).ended(0);
    run(&here, &["check", "../../..", "--as-of", AS_OF]).ended(1);
    fails(run(&here, &["check", "../../../..", "--as-of", AS_OF]), "not in the project");
    // With -C, from the project's root.
    let root = project.root();
    let elsewhere = ["-C", root.to_str().expect("UTF-8"), "check", bad, "--as-of", AS_OF];
    run(&std::env::temp_dir(), &elsewhere).ended(1);
}

#[test]
fn pack_finds_the_meeting_that_is_meant() {
    let root = case("meetings");
    let meeting = |on: &str| pack(&root, "weekly", on, "2026-12-03")["meeting"].clone();
    assert_eq!(meeting("2026-11-11"), "2026-11-12T10:00"); // scheduled
    assert_eq!(meeting("2026-11-12"), "2026-11-12T10:00"); // held
    let pack = |on: &str, as_of: &str| run(&root, &["pack", "weekly", "--on", on, "--as-of", as_of]);
    fails(pack("2026-11-18", "2026-12-03"), "canceled"); // and which is near
    let none = pack("2026-11-20", "2026-12-03");
    assert!(none.stderr.contains("--on 2026-11-"), "{}", none.stderr);
    fails(none, "no weekly meeting");
    // Nov 25 is the next one on the 20th; that after it cannot be made yet.
    pack("2026-11-25", "2026-11-20").ended(0);
    fails(pack("2026-11-27", "2026-11-20"), "cannot be made yet");
    fails(pack("2026-12-30", "2026-11-20"), "cannot be made yet");
    fails(pack("2028-06-07", "2026-11-20"), "cannot be made yet");
    fails(pack("2026-10-28", "2026-11-20"), "no weekly meeting");
    fails(pack("18 days", "2026-11-20"), "is not a date: write it like 2026-11-18");
}

#[test]
fn pack_writes_to_a_file_or_to_standard_output() {
    let project = figures();
    let pack = |more: &[&str]| {
        let mut arguments = vec!["pack", "weekly", "--on", "2026-10-21", "--as-of", AS_OF];
        arguments.extend(more);
        project.run(&arguments).ended(0)
    };
    assert!(pack(&[]).stdout().starts_with("<!doctype html>"));
    let json = pack(&["--format", "json"]);
    assert!(pack(&["--format", "json", "-o", "out/a/pack.txt"]).out.is_empty());
    assert_eq!(project.read("out/a/pack.txt"), json.stdout());
    // A file's ending says the format where nothing else does.
    assert!(pack(&["-o", "pack.json"]).out.is_empty());
    assert_eq!(project.read("pack.json"), json.stdout());
    // To a pipe a PDF may go.
    let pdf = pack(&["--format", "pdf"]);
    assert!(pdf.out.starts_with(b"%PDF-"));
    pack(&["-o", "pack.pdf"]);
    assert_eq!(std::fs::read(project.root().join("pack.pdf")).expect("a file"), pdf.out, "the same bytes twice");
    // A folder that cannot be written to is an error of the disk.
    fails(project.run(&["pack", "weekly", "--as-of", AS_OF, "-o", "pack.json/pack.html"]), "cannot write");
    // No temporary file is left behind.
    let left: Vec<String> = files(&project.root()).into_keys().filter(|path| path.contains(".heatpack-")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn errors_in_the_records_make_a_pack_that_says_so() {
    let project = with_an_error();
    let run = project.run(&["pack", "weekly", "--on", "2026-10-21", "--as-of", AS_OF, "--format", "json"]).ended(1);
    let pack = run.json();
    assert_eq!(pack["head"]["errors"], 1);
    assert!(!run.stderr.is_empty());
    let broken = figures();
    broken.write("data/tickets/2026/HEAT-9.yaml", "id: [");
    let run = broken.run(&["pack", "weekly", "--on", "2026-10-21", "--as-of", AS_OF, "--format", "json"]).ended(1);
    assert_eq!(run.json()["head"]["left_out"], json!(["data/tickets/2026/HEAT-9.yaml"]));
    let run = broken.run(&["pack", "weekly", "--on", "2026-10-21", "--as-of", AS_OF]).ended(1);
    assert!(run.stdout().contains("HEAT-9.yaml"));
    let run = broken.run(&["build", "--as-of", "2026-10-06"]).ended(1);
    assert!(run.out.is_empty() && run.stderr.contains("error[syntax]"), "{}", run.stderr);
    assert!(broken.read("output/check.html").contains("HEAT-9.yaml"));
}

#[test]
fn an_error_of_tomorrow_is_one_by_the_clock_only() {
    let project = figures();
    let path = "data/tickets/2026/HEAT-1.yaml";
    let text = project.read(path);
    project.write(path, format!("{text}  - {{at: 2098-01-01 10:00, event: follow-up, by: dora}}\n"));
    project.run(&["check", "--as-of", AS_OF]).ended(0);
    let check = project.run(&["check"]).ended(1);
    assert!(check.stdout().contains("future-event"), "{}", check.stdout());
    // The pack of the next meeting is of the same time, and says the same.
    let pack = project.run(&["pack", "weekly", "--format", "json"]).ended(1);
    let errors = project.run(&["check", "--format", "json"]).json()["errors"].clone();
    assert!(errors.as_u64() > Some(0) && pack.json()["head"]["errors"] == errors, "{errors}");
    project.run(&["pack", "weekly", "--format", "json", "--as-of", AS_OF]).ended(0);
}

#[test]
fn the_calendar_goes_from_1971_to_2100() {
    let root = case("meetings");
    let calendar = |from: &str, to: &str| {
        run(&root, &["calendar", "--from", from, "--to", to, "--as-of", "2026-11-01", "--format", "json"])
    };
    let year = calendar("2026-07-01", "2026-07-05").ended(0).json();
    assert_eq!(year["format"], "heatpack.calendar/1");
    assert_eq!(year["meetings"], json!([]), "no meeting before `starts`");
    let day = |date: &str, working: bool, name: Json| json!({"date": date, "working": working, "name": name});
    assert_eq!(
        year["days"],
        json!([
            day("2026-07-01", true, Json::Null),
            day("2026-07-02", true, Json::Null),
            day("2026-07-03", false, json!("Independence Day (observed)")),
            day("2026-07-04", false, json!("Independence Day")),
            day("2026-07-05", false, Json::Null),
        ])
    );
    let old = calendar("1971-01-01", "1971-12-31").ended(0).json();
    assert_eq!(old["days"].as_array().map(Vec::len), Some(365));
    assert_eq!(old["days"][0]["name"], "New Year's Day");
    let far = calendar("2100-12-01", "2100-12-31").ended(0).json();
    assert_eq!(far["days"].as_array().map(Vec::len), Some(31));
    assert_eq!(far["meetings"].as_array().map(Vec::len), Some(6), "five Wednesdays and the second Thursday");
    let november = calendar("2026-11-01", "2026-11-30").ended(0).json();
    let of = |meeting: &Json| {
        ["kind", "scheduled", "held", "canceled"].map(|name| meeting[name].to_string().replace('"', "")).join(" ")
    };
    let meetings: Vec<String> = november["meetings"].as_array().expect("meetings").iter().map(of).collect();
    assert_eq!(
        meetings,
        [
            "weekly 2026-11-04 2026-11-04T10:00 false",
            "weekly 2026-11-11 2026-11-12T10:00 false",
            "monthly 2026-11-12 2026-11-12T14:00 false",
            "weekly 2026-11-18 2026-11-18T10:00 true",
            "weekly 2026-11-25 2026-11-24T10:00 false",
            "weekly 2026-11-27 2026-11-27T10:00 false",
        ]
    );
    for (from, to) in [("1970-12-31", "1971-01-02"), ("2100-12-31", "2101-01-01"), ("2026-02-30", "2026-03-01")] {
        calendar(from, to).ended(2);
    }
    fails(calendar("2026-03-02", "2026-03-01"), "before");
    // All of it at once.
    let all = calendar("1971-01-01", "2100-12-31").ended(0).json();
    assert_eq!(all["days"].as_array().map(Vec::len), Some(47_482));
    let text =
        run(&root, &["calendar", "--from", "2026-11-10", "--to", "2026-11-12", "--as-of", "2026-11-01"]).ended(0);
    assert!(text.stdout().contains("Veterans Day") && text.stderr.is_empty(), "{}", text.stdout());
}

/// When each file of the output was last written.
fn times(folder: &Path) -> BTreeMap<String, SystemTime> {
    let time = |path: &String| std::fs::metadata(folder.join(path)).and_then(|file| file.modified()).expect("a time");
    files(folder).into_keys().map(|path| (path.clone(), time(&path))).collect()
}

#[test]
fn build_writes_only_what_changed() {
    let project = figures();
    let output = project.root().join("output");
    let build = || project.run(&["build", "--as-of", "2026-10-15 09:00"]);
    let first = build().ended(0);
    assert!(first.out.is_empty(), "{}", first.stdout());
    let built = files(&output);
    for path in [
        "index.html",
        "check.html",
        "rules.html",
        "weekly/2026-10-07/index.html",
        "weekly/2026-10-07/weekly-2026-10-07.pdf",
        "weekly/2026-10-14/weekly-2026-10-14.json",
        "weekly/2026-10-21/weekly-2026-10-21.csv",
        "weekly/2026-10-21/weekly-2026-10-21.xlsx",
        "monthly/2026-10-08/monthly-2026-10-08.pdf",
        "monthly/2026-11-12/index.html",
        "tickets/HEAT-1.html",
        "pocs/pat.html",
        "subjects/scorecard.html",
    ] {
        assert!(built.contains_key(path), "no {path}");
    }
    assert!(!built.keys().any(|path| path.contains("2026-10-28")), "no pack after the next");
    assert!(!built.contains_key("tickets/HEAT-6.html"), "received later");

    let before = times(&output);
    let again = build().ended(0);
    assert!(again.stderr.contains("0 files written"), "{}", again.stderr);
    assert_eq!(times(&output), before, "nothing is written twice");

    // One edit writes the pages and packs that show it, and no other.
    let path = "data/tickets/2026/HEAT-8.yaml";
    project.write(path, project.read(path).replace("title: Ticket 8", "title: Another title"));
    build().ended(0);
    let now = times(&output);
    let changed: BTreeSet<&str> =
        now.iter().filter(|(path, time)| before.get(*path) != Some(time)).map(|(path, _)| path.as_str()).collect();
    assert!(changed.contains("tickets/HEAT-8.html") && changed.contains("index.html"), "{changed:?}");
    assert!(changed.contains("weekly/2026-10-14/weekly-2026-10-14.pdf"), "{changed:?}");
    for path in ["weekly/2026-10-07/index.html", "monthly/2026-10-08/monthly-2026-10-08.pdf", "tickets/HEAT-1.html"] {
        assert!(!changed.contains(path), "{path} does not show it");
    }

    // What was deleted from the output comes back, and nothing else is written.
    let before = times(&output);
    for path in ["weekly/2026-10-07/weekly-2026-10-07.pdf", "tickets/HEAT-7.html", "index.html"] {
        std::fs::remove_file(output.join(path)).expect("a file to remove");
    }
    build().ended(0);
    let now = times(&output);
    let changed: Vec<&String> =
        now.iter().filter(|(path, time)| before.get(*path) != Some(time)).map(|(path, _)| path).collect();
    assert_eq!(changed, ["index.html", "tickets/HEAT-7.html", "weekly/2026-10-07/weekly-2026-10-07.pdf"]);

    // The page of a record that is gone goes away; what is not ours stays.
    project.write("output/notes.txt", "mine");
    project.remove("data/tickets/2026/HEAT-7.yaml");
    build().ended(0);
    let incremental = files(&output);
    assert!(!incremental.contains_key("tickets/HEAT-7.html") && incremental.contains_key("notes.txt"));

    // From nothing it is the same, byte for byte.
    project.run(&["build", "--as-of", "2026-10-15 09:00", "-o", "fresh"]).ended(0);
    let mut incremental = incremental;
    incremental.remove("notes.txt");
    let fresh = files(&project.root().join("fresh"));
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&incremental), names(&fresh));
    for (path, bytes) in &fresh {
        assert!(incremental[path] == *bytes, "{path} differs");
    }
    // And the pack that `pack` prints is the one of the site.
    let json =
        project.run(&["pack", "weekly", "--on", "2026-10-14", "--as-of", "2026-10-15 09:00", "--format", "json"]);
    assert_eq!(json.ended(0).out, fresh["weekly/2026-10-14/weekly-2026-10-14.json"]);
}

#[test]
fn every_link_of_the_site_leads_to_a_file() {
    let project = Project::copy_of(&case("changes"));
    project.run(&["build", "--as-of", "2026-11-13 09:00"]).ended(0);
    let site = files(&project.root().join("output"));
    let mut links = 0;
    for (path, bytes) in site.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = std::str::from_utf8(bytes).expect("UTF-8");
        for target in html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            if ["#", "data:", "http://", "https://", "mailto:"].iter().any(|start| target.starts_with(start)) {
                continue;
            }
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let mut parts: Vec<&str> = path.split('/').collect();
            parts.pop();
            for part in file.split('/') {
                match part {
                    ".." => drop(parts.pop()),
                    "." | "" => {}
                    part => parts.push(part),
                }
            }
            let found = site.get(&parts.join("/")).unwrap_or_else(|| panic!("{path}: {target} leads nowhere"));
            let there = format!("id=\"{anchor}\"");
            assert!(anchor.is_empty() || String::from_utf8_lossy(found).contains(&there), "{path}: {target}");
            links += 1;
        }
    }
    assert!(links > 100, "{links} links");
}

/// The board had too few members then, and has enough now.
#[test]
fn a_past_pack_names_the_time_at_which_its_records_had_errors() {
    let project = figures();
    let board = "terms:\n  - {from: 2026-01-01, quorum: 2, chair_required: false, signatures: optional}\nmembers:\n  \
                 - {id: mplaceholder, name: Morgan Placeholder}\n  - {id: rsample, name: Reese Sample, from: 2026-10-20}\n";
    project.write("data/board.yaml", board);
    project.run(&["check", "--as-of", AS_OF]).ended(0);
    let pack = project.run(&["pack", "weekly", "--on", "2026-10-14", "--as-of", AS_OF, "--format", "json"]).ended(1);
    let (_, said) = pack.stderr.split_once("`heatpack ").expect("a command");
    let arguments = crate::support::shell::words(said.split_once('`').expect("its end").0);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    assert_eq!(arguments, ["check", "--as-of", "2026-10-14 10:00"]);
    let check = project.run(&arguments).ended(1);
    assert!(check.stdout().contains("error[quorum-unreachable]"), "{}", check.stdout());
    project.run(&["pack", "weekly", "--on", "2026-10-21", "--as-of", AS_OF, "--format", "json"]).ended(0);
}

#[test]
fn a_pack_names_the_commit_that_last_changed_the_data() {
    let project = figures();
    let root = project.root();
    let git = |arguments: &[&str]| {
        let mut command = std::process::Command::new("git");
        let who = ["-c", "user.name=Pat Placeholder", "-c", "user.email=pat@example.org", "-c", "commit.gpgsign=false"];
        command.args(who).args(arguments).current_dir(&root).env("GIT_CONFIG_GLOBAL", "/dev/null");
        let output = command.output().expect("git");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    };
    let commit = || pack(&root, "weekly", "2026-10-21", AS_OF)["head"]["commit"].clone();
    assert_eq!(commit(), Json::Null, "outside git");
    git(&["init", "-q"]);
    assert_eq!(commit(), Json::Null, "nothing is committed");
    git(&["add", "."]);
    git(&["commit", "-qm", "All"]);
    let first = git(&["rev-parse", "HEAD"]);
    assert_eq!(commit(), first.as_str());
    project.write("other.txt", "not data");
    git(&["add", "."]);
    git(&["commit", "-qm", "Other"]);
    assert_eq!(commit(), first.as_str());
    let ticket = project.read("data/tickets/2026/HEAT-1.yaml");
    project.write("data/tickets/2026/HEAT-1.yaml", ticket.replace("title: Ticket 1", "title: Ticket one"));
    assert_eq!(commit(), Json::Null, "edits that are not committed");
    git(&["commit", "-qam", "Data"]);
    let second = git(&["rev-parse", "HEAD"]);
    assert_eq!(commit(), second.as_str());
    // What git was told to ignore is read all the same.
    project.write(".git/info/exclude", "HEAT-77.yaml\n.*.swp\n");
    project.write("data/tickets/2026/.HEAT-1.yaml.swp", "an editor's");
    assert_eq!(commit(), second.as_str());
    project.write(
        "data/tickets/2026/HEAT-77.yaml",
        project.read("data/tickets/2026/HEAT-1.yaml").replace("HEAT-1", "HEAT-77"),
    );
    assert_eq!(commit(), Json::Null, "a record that is not committed");
}

#[test]
fn a_packs_format_is_what_its_name_says() {
    let project = figures();
    let make = |more: &[&str]| project.run(&[&["pack", "weekly", "--as-of", AS_OF][..], more].concat());
    let begins = |path: &str, with: &str| {
        let text = std::fs::read(project.root().join(path)).expect("a pack");
        assert!(text.starts_with(with.as_bytes()), "{path}: {}", String::from_utf8_lossy(&text));
    };
    let formats = [
        ("html", "<!doctype html>"),
        ("htm", "<!doctype html>"),
        ("pdf", "%PDF-"),
        ("json", "{"),
        ("csv", "\u{feff}number,"),
        ("xlsx", "PK"),
    ];
    for (ending, with) in formats {
        for name in [format!("p.{ending}"), format!("P.{}", ending.to_uppercase())] {
            make(&["-o", &name]).ended(0);
            begins(&name, with);
        }
    }
    // If both agree, or the name has no ending, --format decides.
    make(&["-o", "again.htm", "--format", "html"]).ended(0);
    make(&["-o", "pack", "--format", "json"]).ended(0);
    begins("pack", "{");
    let before = files(&project.root());
    let all = "end the name in .html, .pdf, .json, .csv, .xlsx, or use --format";
    fails(make(&["-o", "x.doc"]), &format!("`.doc` is not a format of this document: {all}"));
    fails(make(&["-o", "folder.d/x"]), &format!("the name `folder.d/x` has no ending for a format: {all}"));
    fails(make(&["-o", ".pdf"]), "the name `.pdf` has no ending for a format");
    fails(make(&["-o", "x.pdf", "--format", "csv"]), "--format csv does not fit `x.pdf`: use `-o x.csv`");
    fails(make(&["-o", "x.HTM", "--format", "pdf"]), "use `-o x.pdf`, or omit --format");
    assert_eq!(files(&project.root()), before);
}
