//! `resolve` and the merge driver: two clerks at once, in clones of one repository with real git.

use std::path::{Path, PathBuf};

use crate::support::git::{git, try_git};
use crate::support::terminal::Terminal;
use crate::support::{Project, Run, run};

const AS_OF: &str = "2026-11-18 10:00";
const TICKET: &str = "data/tickets/2026/HEAT-1.yaml";

fn ticket(number: u32, title: &str, received: &str, log: &str) -> String {
    let log = if log.is_empty() { "log: []\n".to_owned() } else { format!("log:\n{log}") };
    format!(
        "id: HEAT-{number}\ntitle: {title}\nsubject: scorecard\nkind: issue\narea: functional\npoc: jrivera\n\
         received: {received}\nvia: [phone]\ndescription: |\n  {title}.\n{log}"
    )
}

fn entry(time: &str, event: &str) -> String {
    format!("  - at: 2026-11-17 {time}\n    event: {event}\n    by: tnguyen\n")
}

/// Two clones of a bare repository, and whether they have the merge driver.
struct Office {
    folder: tempfile::TempDir,
}

impl Office {
    fn new(has_driver: bool) -> Office {
        let folder = tempfile::tempdir().expect("a folder");
        let office = Office { folder };
        git(office.folder.path(), &["init", "--quiet", "--bare", "origin.git"]);
        for clerk in ["ana", "ben"] {
            git(office.folder.path(), &["clone", "--quiet", "origin.git", clerk]);
            let root = office.root(clerk);
            git(&root, &["config", "user.name", clerk]);
            if has_driver {
                let program = env!("CARGO_BIN_EXE_heatpack");
                git(&root, &["config", "merge.heatpack.driver", &format!("'{program}' merge-driver %O %A %B %P")]);
            }
        }
        let attributes = concat!(env!("CARGO_MANIFEST_DIR"), "/templates/init/.gitattributes");
        let attributes = std::fs::read_to_string(attributes).expect("the attributes");
        for (path, text) in [
            (".gitattributes", attributes.as_str()),
            ("data/heatpack.yaml", "starts: 2026-11-01\n"),
            ("data/subjects.yaml", "- {id: scorecard, name: Scorecard, kind: module}\n"),
            (
                "data/staff.yaml",
                "- {id: tnguyen, name: Taylor Nominal, office: help-desk}\n- {id: ada, name: Ada Sample, office: acfo-fs}\n",
            ),
            (
                "data/pocs/jrivera.yaml",
                "id: jrivera\nname: Jordan Rivera\nphone: 202-555-0104\ndesignations:\n  \
                 - {subject: scorecard, role: primary, from: 2025-10-01}\n",
            ),
            (TICKET, &ticket(1, "Export fails", "2026-11-16 09:14", &entry("08:00", "follow-up"))),
        ] {
            office.write("ana", path, text);
        }
        office.commit("ana");
        git(&office.root("ana"), &["push", "--quiet", "origin", "HEAD:main"]);
        git(&office.root("ben"), &["pull", "--quiet", "origin", "main"]);
        office
    }

    fn root(&self, clerk: &str) -> PathBuf {
        self.folder.path().join(clerk).canonicalize().expect("a clone")
    }

    fn write(&self, clerk: &str, path: &str, text: &str) {
        let path = self.folder.path().join(clerk).join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }

    fn read(&self, clerk: &str, path: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(clerk).join(path)).expect("a file")
    }

    /// Adds lines to a file.
    fn add(&self, clerk: &str, path: &str, lines: &str) {
        self.write(clerk, path, &(self.read(clerk, path) + lines));
    }

    fn replace(&self, clerk: &str, path: &str, from: &str, to: &str) {
        let text = self.read(clerk, path);
        assert!(text.contains(from), "{text}");
        self.write(clerk, path, &text.replace(from, to));
    }

    fn commit(&self, clerk: &str) {
        let root = self.root(clerk);
        git(&root, &["add", "--all"]);
        git(&root, &["-c", &format!("user.name={clerk}"), "commit", "--quiet", "--message", &format!("By {clerk}")]);
    }

    /// Ana's edits are on the base branch; Ben has his own.
    fn publish(&self) {
        self.commit("ana");
        git(&self.root("ana"), &["push", "--quiet", "origin", "HEAD:main"]);
        self.commit("ben");
        git(&self.root("ben"), &["fetch", "--quiet"]);
    }

    /// Ben merges the base branch; whether git stopped, and what it printed.
    fn merge(&self, how: &[&str]) -> (bool, String) {
        let output = try_git(&self.root("ben"), "2026-11-18T10:00:00-05:00", how);
        let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        (!output.status.success(), text)
    }

    fn resolve(&self) -> Run {
        run(&self.root("ben"), &["resolve", "--as-of", AS_OF])
    }

    fn is_checked(&self) {
        run(&self.root("ben"), &["check", "--as-of", AS_OF, "--base", "origin/main"]).ended(0);
        assert_eq!(git(&self.root("ben"), &["ls-files", "--unmerged"]), "");
    }
}

const MERGE: [&str; 3] = ["merge", "--no-edit", "origin/main"];

#[test]
fn entries_of_two_clerks_are_joined() {
    for has_driver in [true, false] {
        let office = Office::new(has_driver);
        let note = entry("09:30", "note").replace("    by", "    note: Asked.\n    by");
        office.add("ana", TICKET, &entry("10:00", "follow-up"));
        office.add("ben", TICKET, &note);
        office.publish();
        let (is_stopped, said) = office.merge(&MERGE);
        assert_eq!(is_stopped, !has_driver, "{said}");
        if is_stopped {
            let check = run(&office.root("ben"), &["check", "--as-of", AS_OF]).ended(1);
            assert!(check.stdout().contains("run `heatpack resolve`"), "{}", check.stdout());
            let resolve = office.resolve().ended(0);
            assert_eq!(resolve.stdout(), format!("settled: {TICKET}\nnext: git commit --no-edit\n"));
            git(&office.root("ben"), &["commit", "--quiet", "--no-edit"]);
        }
        let log = format!("{}{note}{}", entry("08:00", "follow-up"), entry("10:00", "follow-up"));
        assert_eq!(office.read("ben", TICKET), ticket(1, "Export fails", "2026-11-16 09:14", &log));
        office.is_checked();
        assert!(office.resolve().ended(0).stderr.contains("no record is in conflict"));
    }
}

#[test]
fn a_number_that_two_tickets_took_goes_to_the_one_of_the_base_branch() {
    let path = |number: u32| format!("data/tickets/2026/HEAT-{number}.yaml");
    let cr = "data/crs/CR-2026-001.yaml";
    for how in [&MERGE[..], &["rebase", "origin/main"], &["pull", "--no-rebase", "--no-edit", "origin", "main"]] {
        for has_driver in [true, false] {
            let office = Office::new(has_driver);
            office.write("ana", &path(2), &ticket(2, "Imports fail", "2026-11-17 09:00", ""));
            office.write("ben", &path(2), &ticket(2, "Charts fail", "2026-11-17 09:05", &entry("09:40", "follow-up")));
            let twin = "  - at: 2026-11-17 10:00\n    event: voided\n    by: tnguyen\n    duplicate_of: HEAT-2\n";
            office.write("ben", &path(3), &ticket(3, "Charts fail again", "2026-11-17 09:10", twin));
            // Both take the number of a CR, too, which refers to the ticket of its side.
            let change = |title: &str, number: u32, ticket: u32| {
                format!(
                    "id: CR-2026-00{number}\ntitle: {title}\nsubject: scorecard\ntickets: [HEAT-{ticket}]\n\
                     prepared_by: ada\nlog: []\n"
                )
            };
            office.write("ana", cr, &change("Imports", 1, 2));
            office.write("ben", cr, &change("Charts", 1, 2));
            office.publish();
            let (is_stopped, said) = office.merge(how);
            assert!(is_stopped, "{said}");
            assert_eq!(said.contains("run `heatpack resolve`"), has_driver, "{said}");
            let resolve = office.resolve().ended(0);
            let printed = resolve.stdout();
            assert!(printed.contains("renumbered: HEAT-2 of "), "{printed}");
            assert!(printed.contains("is now HEAT-4: origin/main has the other one"), "{printed}");
            let twice = "note: if it is one inquiry: `heatpack log HEAT-4 voided --duplicate-of HEAT-2`\n";
            assert!(printed.contains(twice), "{printed}");
            assert_eq!(office.read("ben", &path(2)), ticket(2, "Imports fail", "2026-11-17 09:00", ""));
            let own = ticket(4, "Charts fail", "2026-11-17 09:05", &entry("09:40", "follow-up"));
            assert_eq!(office.read("ben", &path(4)), own);
            assert!(office.read("ben", &path(3)).contains("duplicate_of: HEAT-4\n"));
            assert_eq!(office.read("ben", cr), change("Imports", 1, 2));
            assert_eq!(office.read("ben", "data/crs/CR-2026-002.yaml"), change("Charts", 2, 4));
            let next = printed.lines().last().and_then(|line| line.strip_prefix("next: git ")).expect("a step");
            let next: Vec<&str> = next.split(' ').collect();
            git(&office.root("ben"), &[&["-c", "core.editor=true"], &next[..]].concat());
            office.is_checked();
        }
    }
}

#[test]
fn what_both_changed_is_asked_about_or_left() {
    let office = Office::new(true);
    office.replace("ana", TICKET, "title: Export fails", "title: Export of Q4 fails");
    office.add("ana", TICKET, &entry("10:00", "follow-up"));
    office.replace("ben", TICKET, "title: Export fails", "title: Export stops");
    office.publish();
    let (is_stopped, said) = office.merge(&MERGE);
    assert!(is_stopped && said.contains("both sides changed `title`; run `heatpack resolve`"), "{said}");
    let marked = office.read("ben", TICKET);
    assert!(marked.contains("<<<<<<< ours\ntitle: Export stops\n=======\ntitle: Export of Q4 fails\n>>>>>>> theirs\n"));
    assert!(marked.ends_with(&entry("10:00", "follow-up")), "the rest is joined: {marked}");
    // No one can be asked: nothing changes.
    let resolve = office.resolve().ended(1);
    assert!(resolve.stdout().contains("left in conflict: data/tickets/2026/HEAT-1.yaml: both sides changed `title`"));
    assert_eq!(resolve.stderr, "");
    assert_eq!(office.read("ben", TICKET), marked);
    let mut terminal = Terminal::run(&office.root("ben"), 120, &["resolve", "--as-of", AS_OF]);
    terminal.waits_for("which `title` is right?");
    terminal.waits_for("this branch (ben): Export stops");
    terminal.waits_for("the other branch (ana): Export of Q4 fails");
    terminal.types("\u{1b}[B\r");
    let (status, said) = terminal.ends();
    assert_eq!(status, 0, "{said}");
    assert!(office.read("ben", TICKET).contains("title: Export of Q4 fails\n"));
    assert_eq!(git(&office.root("ben"), &["ls-files", "--unmerged"]), "");
}

#[test]
fn what_only_both_break_is_told_with_both_entries() {
    for has_driver in [true, false] {
        both_forward(&Office::new(has_driver), has_driver);
    }
}

fn both_forward(office: &Office, has_driver: bool) {
    office.add("ana", TICKET, &entry("10:00", "forwarded"));
    office.add("ben", TICKET, &entry("09:30", "forwarded"));
    office.publish();
    let (is_stopped, said) = office.merge(&MERGE);
    assert!(is_stopped && said.contains("with the entries of both sides, `forwarded`") == has_driver, "{said}");
    let resolve = office.resolve().ended(1);
    for part in [
        "error[transition-forbidden]",
        "HEAT-1.yaml has the entries of both sides:",
        "this branch (ben): 2026-11-17 09:30 `forwarded` (tnguyen)",
        "the other branch (ana): 2026-11-17 10:00 `forwarded` (tnguyen)",
    ] {
        assert!(resolve.stderr.contains(part), "{part}\n{}", resolve.stderr);
    }
    assert!(resolve.stdout().contains("joined, with errors: "), "{}", resolve.stdout());
    assert_ne!(git(&office.root("ben"), &["ls-files", "--unmerged"]), "", "git still has it in conflict");
    assert!(!office.read("ben", TICKET).contains("<<<<<<<"));
    // An edit of the joined file is not undone.
    office.replace("ben", TICKET, &entry("10:00", "forwarded"), "");
    let resolve = office.resolve().ended(1);
    assert!(
        resolve.stdout().contains("it has only this branch's version; run `git add` on it"),
        "{}",
        resolve.stdout()
    );
    office.add("ben", TICKET, &entry("10:20", "acknowledged"));
    assert!(office.resolve().ended(1).stdout().contains("it has no conflict markers; run `git add` on it"));
}

#[test]
fn votes_reports_and_deleted_records_are_left_to_a_person() {
    let vote = "data/decisions/CR-2026-001/2026-11-17-mlee.yaml";
    let report = "data/nitc/2026-11-16.csv";
    let office = Office::new(true);
    for (clerk, decision) in [("ana", "approve"), ("ben", "reject")] {
        office.write(clerk, vote, &format!("cr: CR-2026-001\nby: mlee\nat: 2026-11-17 10:00\ndecision: {decision}\n"));
        office.write(clerk, report, &format!("report_date,nitc_number,heat_number,status\n,N-1,HEAT-1,{clerk}\n"));
    }
    office.replace("ana", TICKET, "Export fails", "Exports fail");
    std::fs::remove_file(office.root("ben").join(TICKET)).expect("the ticket");
    office.publish();
    let (is_stopped, said) = office.merge(&MERGE);
    assert!(is_stopped && said.contains("votes are never joined") && !said.contains("heatpack resolve"), "{said}");
    let before = office.read("ben", vote);
    assert!(before.contains("decision: reject\n") && before.contains("decision: approve\n"), "{before}");
    let resolve = office.resolve().ended(1);
    for part in
        ["votes are never joined", "import NITC's file again", "one side deleted it, and the other one edited it"]
    {
        assert!(resolve.stdout().contains(part), "{part}: {}", resolve.stdout());
    }
    assert_eq!(office.read("ben", vote), before);
}

#[test]
fn action_items_of_one_number_are_two() {
    let meeting = "data/meetings/2026-11-18-weekly.yaml";
    let office = Office::new(true);
    for (clerk, what) in [("ana", "Send the calendar"), ("ben", "Ask the board")] {
        let item = format!("  - id: A-2026-001\n    what: {what}\n    owner: tnguyen\n    due: 2026-11-24\n");
        let text = format!("kind: weekly\ndate: 2026-11-18\nagenda:\n  - {what}\nactions:\n{item}");
        office.write(clerk, meeting, &text);
    }
    office.publish();
    let (is_stopped, said) = office.merge(&MERGE);
    assert!(is_stopped && said.contains("both sides gave A-2026-001 to different action items"), "{said}");
    let resolve = office.resolve().ended(0);
    assert!(resolve.stdout().contains("A-2026-001 of this branch (ben) is now A-2026-002"), "{}", resolve.stdout());
    let text = office.read("ben", meeting);
    assert!(text.contains("agenda:\n  - Ask the board\n  - Send the calendar\n"), "{text}");
    assert!(text.contains("  - id: A-2026-001\n    what: Send the calendar\n"), "{text}");
    assert!(text.contains("  - id: A-2026-002\n    what: Ask the board\n"), "{text}");
}

#[test]
fn a_rebase_does_not_put_entries_into_another_ticket() {
    let path = "data/tickets/2026/HEAT-2.yaml";
    let office = Office::new(true);
    office.write("ana", path, &ticket(2, "Imports fail", "2026-11-17 09:00", &entry("09:30", "follow-up")));
    office.write("ben", path, &ticket(2, "Charts fail", "2026-11-17 09:05", ""));
    office.commit("ben");
    office.write("ben", path, &ticket(2, "Charts fail", "2026-11-17 09:05", &entry("09:40", "follow-up")));
    office.publish();
    assert!(office.merge(&["rebase", "origin/main"]).0);
    let resolve = office.resolve().ended(1);
    let advice = "run `git rebase --abort`, then `git merge origin/main` and `heatpack resolve`";
    assert!(resolve.stdout().contains(advice), "{}", resolve.stdout());
    git(&office.root("ben"), &["rebase", "--abort"]);
    assert!(office.merge(&MERGE).0);
    office.resolve().ended(0);
    let own = ticket(3, "Charts fail", "2026-11-17 09:05", &entry("09:40", "follow-up"));
    assert_eq!(office.read("ben", "data/tickets/2026/HEAT-3.yaml"), own);
    assert_eq!(office.read("ben", path), ticket(2, "Imports fail", "2026-11-17 09:00", &entry("09:30", "follow-up")));
}

#[test]
fn files_can_be_named() {
    let office = Office::new(false);
    office.add("ana", TICKET, &entry("10:00", "follow-up"));
    office.add("ben", TICKET, &entry("09:30", "follow-up"));
    office.add("ana", "data/subjects.yaml", "- {id: budget, name: Budget, kind: module}\n");
    office.add("ben", "data/subjects.yaml", "- {id: travel, name: Travel, kind: module}\n");
    office.publish();
    assert!(office.merge(&MERGE).0);
    let root = office.root("ben");
    let unknown = run(&root, &["resolve", "data/staff.yaml"]).ended(2);
    assert!(unknown.stderr.contains("is not in conflict; these are: "), "{}", unknown.stderr);
    let one = run(&root.join("data"), &["resolve", "subjects.yaml", "--as-of", AS_OF]).ended(0);
    assert!(one.stdout().contains("settled: data/subjects.yaml\nnext: settle the other files"), "{}", one.stdout());
    assert!(office.read("ben", TICKET).contains("<<<<<<<"));
    office.resolve().ended(0);
    office.is_checked();
}

#[test]
fn outside_a_merge_nothing_is_done() {
    let project = Project::of(&[]);
    let none = project.run(&["resolve"]).ended(2);
    assert!(none.stderr.contains("is not in a git repository"), "{}", none.stderr);
    crate::support::git::commit(&project.root());
    assert!(project.run(&["resolve"]).ended(0).stderr.contains("no record is in conflict"));
}

/// The records of a desk by what tells them apart: titles, and entries without their numbers.
fn records(root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for (path, bytes) in crate::support::files(&root.join("data/tickets")) {
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert!(!text.contains("<<<<<<<"), "{path}: {text}");
        let title = text.lines().find(|line| line.starts_with("title:")).expect("a title").to_owned();
        let times: Vec<&str> = text.lines().filter_map(|line| line.trim_start().strip_prefix("- at: ")).collect();
        assert!(times.is_sorted(), "{path}: {text}");
        let entries = text.split("  - at: ").skip(1).map(|entry| format!("{title}: {entry}"));
        found.push(title.clone());
        found.extend(entries);
    }
    found.sort();
    found
}

/// Random days of two clerks: whatever they enter is in the records, each once, whichever way it is merged.
#[test]
fn nothing_that_two_clerks_enter_is_lost() {
    let mut seed = 7u64;
    let mut random = |below: u64| {
        // https://prng.di.unimi.it/splitmix64.c
        seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut own = seed;
        own = (own ^ (own >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        own = (own ^ (own >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (own ^ (own >> 31)) % below
    };
    let office = Office::new(true);
    let ben = office.root("ben");
    let mut number = 1;
    for day in 0..10 {
        let mut expected = records(&ben);
        for clerk in ["ana", "ben"] {
            let root = office.root(clerk);
            let mut new = 0;
            for step in 0..1 + random(4) {
                let note = format!("{clerk} {day} {step}");
                let note = if random(3) == 0 { format!("|\n      {note}\n\n      # more") } else { note };
                let time = format!("2026-11-17 {:02}:{:02}", 8 + day, (step * 7 + random(7)) % 60);
                let log = format!("  - at: {time}\n    event: note\n    note: {note}\n");
                if random(3) == 0 {
                    new += 1;
                    let path = format!("data/tickets/2026/HEAT-{}.yaml", number + new);
                    let title = format!("Ticket {clerk} {day} {step}");
                    let minute = if clerk == "ana" { "01" } else { "02" };
                    office.write(clerk, &path, &ticket(number + new, &title, &format!("2026-11-17 07:{minute}"), ""));
                    expected.push(format!("title: {title}"));
                } else {
                    let known = crate::support::files(&root.join("data/tickets/2026"));
                    let names: Vec<&String> = known.keys().collect();
                    let path = format!("data/tickets/2026/{}", names[random(names.len() as u64) as usize]);
                    let text = office.read(clerk, &path);
                    let title = text.lines().find(|line| line.starts_with("title:")).expect("a title");
                    expected.push(format!("{title}: {}", &log["  - at: ".len()..]));
                    office.write(clerk, &path, &(text.replace("log: []\n", "log:\n") + &log));
                }
            }
        }
        office.publish();
        let how: &[&str] = if day % 2 == 0 { &MERGE } else { &["rebase", "origin/main"] };
        let (is_stopped, said) = office.merge(how);
        if is_stopped {
            let resolve = office.resolve().ended(0);
            let next =
                resolve.stdout().lines().last().and_then(|line| line.strip_prefix("next: git ")).expect("a step");
            git(&ben, &[&["-c", "core.editor=true"], &next.split(' ').collect::<Vec<_>>()[..]].concat());
        }
        expected.sort();
        assert_eq!(records(&ben), expected, "{said}");
        git(&ben, &["push", "--quiet", "origin", "HEAD:main"]);
        git(&office.root("ana"), &["pull", "--quiet", "--ff-only", "origin", "main"]);
        number = crate::support::files(&ben.join("data/tickets/2026")).len() as u32;
    }
}
