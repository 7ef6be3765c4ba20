//! A vote, or a board, that cannot be read leaves open how the board decided: no command counts the rest as if it were
//! all. A request that was edited after the votes is reported, however far the CR is.
//!
//! Needs `git` and `ssh-keygen` (of OpenSSH).

use std::process::Command;

use crate::approvals::{CR, FILE, request, told, vote, voted};
use crate::support::sshsig::digest;
use crate::support::{Project, Run, files};

const APPROVED: [(&str, &str, &str); 2] =
    [("bert", "2026-11-12 09:00", "approve"), ("cora", "2026-11-13 09:00", "approve")];

fn run(project: &Project, arguments: &[&str]) -> Run {
    project.run(&[&["--as-of", "2026-11-16 12:00"], arguments].concat())
}

/// Holds that a command is refused, writes nothing, and names the file.
#[track_caller]
fn refuses(project: &Project, arguments: &[&str], parts: &[&str]) {
    let before = files(&project.root());
    let run = run(project, arguments).ended(1);
    parts.iter().for_each(|part| assert!(run.stderr.contains(part), "{part}: {}", run.stderr));
    assert_eq!(files(&project.root()), before);
}

const FORWARD: [&str; 5] = ["log", CR, "forwarded", "--by", "ada"];
const SIGN: [&str; 9] =
    ["sign", CR, "--decision", "approve", "--as", "dan", "--unsigned", "--yes", "--at=2026-11-16 11:00"];

/// A rejection by bill, spoiled in a way.
type Spoiled = (&'static str, &'static str, fn(&str) -> String);

/// Where it is saved, what `check` finds there, and how it is spoiled.
const SPOILED: [Spoiled; 7] = [
    ("2026-11-13-bill.yaml", "syntax", |text| format!("{text}more: [\n")),
    ("2026-11-13-bill.yaml", "invalid-value", |text| text.replace("decision: reject", "decision: rejected")),
    ("2026-11-13-bill.yaml", "missing-field", |text| text.replace("by: bill\n", "")),
    ("2026-11-13-bill.yaml", "misplaced-file", |text| text.replace(CR, "CR-2026-008")),
    ("2026-11-13-bil.yaml", "misplaced-file", str::to_owned),
    ("2026-11-13-bill.yml", "misplaced-file", str::to_owned),
    ("2026-11-13-bil.yaml", "unknown-reference", |text| text.replace("by: bill\n", "by: bil\n")),
];

fn spoil(project: &Project, (name, _, spoil): &Spoiled) -> String {
    let path = format!("data/decisions/{CR}/{name}");
    let text = vote("bill", "2026-11-13 10:00", "reject", Some(&digest(&request(0))));
    project.write(&path, spoil(&text));
    path
}

#[test]
fn a_vote_that_cannot_be_read_is_never_overlooked() {
    for spoiled in &SPOILED {
        let project = voted(&APPROVED);
        run(&project, &["verify", CR]).ended(0);
        let path = spoil(&project, spoiled);
        let error = format!("{path}: error[{}]", spoiled.1);
        let verified = run(&project, &["verify", CR]).ended(1);
        let text = verified.stdout();
        assert!(text.contains(&error) && !text.contains("approved"), "{text}");
        assert!(text.contains("unknown: 1 vote with errors; ") && text.contains("2 of 2 approvals"), "{text}");
        let json = run(&project, &["verify", CR, "--format", "json"]).ended(1).json();
        assert_eq!((&json["left_out"], &json["unread"][0]["path"]), (&true.into(), &path.clone().into()), "{json:#}");
        // Nothing is decided on the rest.
        refuses(&project, &FORWARD, &[&error, "then forward it"]);
        refuses(&project, &[&FORWARD[..], &["--force", "--reason", "x", "--allowed-by", "ada"]].concat(), &[&error]);
        refuses(&project, &SIGN, &[&error, "then sign"]);
        for (place, text) in told(&project) {
            assert!(text.contains("1 vote with errors; ") && text.contains("2 of 2 approvals"), "{place}:\n{text}");
            assert!(!text.contains("approved:") && !text.contains("\"state\": \"approved\""), "{place}:\n{text}");
        }
        assert!(run(&project, &["show", CR]).stdout().contains(&error));
        // One fault is one error, unless the file names a CR or member that no one knows.
        let check = run(&project, &["check", "--format", "json"]).ended(1).json();
        let found = check["diagnostics"].as_array().expect("diagnostics").iter();
        let errors: Vec<_> = found.filter(|found| found["level"] == "error").collect();
        assert!(errors.iter().all(|found| found["path"] == path.as_str()), "{errors:#?}");
        assert!(errors.iter().any(|found| found["rule"] == spoiled.1), "{errors:#?}");
        // Once it is gone, all is as it was.
        project.remove(&path);
        run(&project, &FORWARD).ended(0);
    }
}

#[test]
fn what_was_forwarded_before_is_unknown_too_and_is_no_second_error() {
    let project = voted(&APPROVED);
    run(&project, &FORWARD).ended(0);
    for spoiled in &SPOILED[..5] {
        let path = spoil(&project, spoiled);
        let json = run(&project, &["verify", CR, "--format", "json"]).ended(1).json();
        assert_eq!((&json["state"], &json["unapproved"]), (&"forwarded".into(), &false.into()), "{json:#}");
        let standing = json["standing"].as_str().expect("words");
        assert!(standing.starts_with("unknown: 1 vote with errors; "), "{standing}");
        let found = run(&project, &["check"]).ended(1);
        assert!(!found.stdout().contains("forwarded-unapproved"), "{}", found.stdout());
        project.remove(&path);
    }
    // Where the settings let a file be out of its place, that hides no missing approval.
    let project = voted(&APPROVED[..1]);
    let digest = digest(&request(0));
    let entry = format!("  - {{at: 2026-11-16 10:00, event: forwarded, by: ada, digest: \"{digest}\"}}\n");
    project.write(FILE, project.read(FILE) + &entry);
    spoil(&project, &SPOILED[4]);
    assert!(!run(&project, &["check"]).ended(1).stdout().contains("forwarded-unapproved"));
    project.write("data/heatpack.yaml", "rules: {misplaced-file: lapse}\n");
    assert!(run(&project, &["check"]).ended(1).stdout().contains("error[forwarded-unapproved]"));
}

#[test]
fn a_vote_without_the_signature_that_it_needs_is_never_overlooked() {
    let project = voted(&[]);
    let board = project.read("data/board.yaml").replace("signatures: optional", "signatures: required");
    project
        .write("data/board.yaml", board.replace("quorum: 2, chair_required: true", "quorum: 1, chair_required: false"));
    let key = crate::support::sshsig::Key::new("ed25519", "bert");
    let (at, digest) = ("2026-11-12 09:00", digest(&request(0)));
    let text = crate::support::sshsig::payload(CR, &digest, "approve", "bert", at, "");
    let signature = key.sign(crate::support::sshsig::NAMESPACE, &text);
    let signature: String = signature.lines().map(|line| format!("  {line}\n")).collect();
    let signed = vote("bert", at, "approve", Some(&digest)) + "signature: |\n" + &signature;
    project.write(&format!("data/decisions/{CR}/2026-11-12-bert.yaml"), signed);
    let board = project
        .read("data/board.yaml")
        .replace("name: Bert Board}", &format!("name: Bert Board, keys: [\"{}\"]}}", key.public));
    project.write("data/board.yaml", board);
    let approved = run(&project, &["verify", CR]).ended(0);
    assert!(approved.stdout().contains("approved: 1 of 1 approval"), "{}", approved.stdout());
    // Bill's rejection comes without its signature.
    let path = format!("data/decisions/{CR}/2026-11-13-bill.yaml");
    project.write(&path, vote("bill", "2026-11-13 10:00", "reject", Some(&digest)));
    let verified = run(&project, &["verify", CR]).ended(1);
    let text = verified.stdout();
    assert!(text.contains("unknown: 1 vote without a valid signature; 1 of 1 approval"), "{text}");
    assert!(!text.contains("approved"), "{text}");
    refuses(&project, &FORWARD, &[&path, "not signed"]);
    let export = tempfile::tempdir().expect("a folder");
    run(&project, &["verify", CR, "--export", &export.path().to_string_lossy()]).ended(1);
    let script = Command::new("sh").arg(export.path().join("verify.sh")).output().expect("sh");
    let said = String::from_utf8_lossy(&script.stdout).into_owned();
    assert!(script.status.code() == Some(1) && said.contains(&format!("BAD      {path}: ")), "{said}");
}

#[test]
fn an_export_lists_a_vote_that_cannot_be_read_and_its_script_fails() {
    for spoiled in &SPOILED {
        let project = voted(&APPROVED);
        let path = spoil(&project, spoiled);
        let export = tempfile::tempdir().expect("a folder");
        run(&project, &["verify", CR, "--export", &export.path().to_string_lossy()]).ended(1);
        let list = std::fs::read_to_string(export.path().join("votes.txt")).expect("the list");
        assert!(list.contains(&format!("doubtful {path}: error[{}]", spoiled.1)), "{list}");
        let verify = || Command::new("sh").arg(export.path().join("verify.sh")).output().expect("sh");
        let script = verify();
        let said = String::from_utf8_lossy(&script.stdout).into_owned();
        assert!(script.status.code() == Some(1) && said.contains("FAILED: "), "{said}");
        assert!(said.contains(&format!("BAD      {path}: the result is unknown until this file is fixed")), "{said}");
        // Nor does it help to take the line out, whatever the sums say then.
        let without: String =
            list.lines().filter(|line| !line.starts_with("doubtful")).map(|line| format!("{line}\n")).collect();
        std::fs::write(export.path().join("votes.txt"), without).expect("a file");
        let said = String::from_utf8_lossy(&verify().stdout).into_owned();
        assert!(said.contains("it ends too early"), "{said}");
    }
}

#[test]
fn a_board_that_cannot_be_read_is_one_error_and_no_ones_votes_are_judged() {
    for spoil in [
        (|text: &str| text.replace("members:", "members: [")) as fn(&str) -> String,
        |text| text.replace("quorum: 2", "quorum: two"),
        |text| text.replace("id: cora", "id: Cora C"),
    ] {
        let project = voted(&APPROVED);
        let board = project.read("data/board.yaml");
        project.write("data/board.yaml", spoil(&board));
        let check = run(&project, &["check", "--format", "json"]).ended(1).json();
        let found = check["diagnostics"].as_array().expect("diagnostics").iter();
        let errors: Vec<_> = found.filter(|found| found["level"] == "error").collect();
        assert!(errors.len() == 1 && errors[0]["path"] == "data/board.yaml", "{errors:#?}");
        let verified = run(&project, &["verify", CR]).ended(1);
        let text = verified.stdout();
        assert!(text.contains("data/board.yaml: error["), "{text}");
        assert!(text.contains("unknown: the list of board members cannot be read"), "{text}");
        for word in ["not a member", "approved", "terms"] {
            assert!(!text.contains(word), "{word}: {text}");
        }
        refuses(&project, &SIGN, &["data/board.yaml: error[", "then sign"]);
        refuses(&project, &FORWARD, &["data/board.yaml: error[", "then forward it"]);
        let export = tempfile::tempdir().expect("a folder");
        run(&project, &["verify", CR, "--export", &export.path().to_string_lossy()]).ended(1);
        let script = Command::new("sh").arg(export.path().join("verify.sh")).output().expect("sh");
        assert_eq!(script.status.code(), Some(1), "{}", String::from_utf8_lossy(&script.stdout));
    }
    // The list of staff says nothing of votes.
    let project = voted(&APPROVED);
    project.write("data/staff.yaml", format!("x: [{}", project.read("data/staff.yaml")));
    let check = run(&project, &["check", "--format", "json"]).ended(1).json();
    assert_eq!(check["errors"], 1, "{check:#}");
    run(&project, &["verify", CR]).ended(0);
}

#[test]
fn a_text_that_was_edited_after_the_votes_is_named_however_far_the_cr_is() {
    let project = voted(&APPROVED);
    let log = |at: &str, event: &[&str]| project.run(&[&["--as-of", at, "log", CR], event].concat());
    log("2026-11-16 10:00", &["forwarded", "--by", "ada"]).ended(0);
    let edit = |from: &str, to: &str| project.write(FILE, project.read(FILE).replace(from, to));
    let (was, now) = (digest(&request(0)), digest(&request(0).replace("3 days", "90 days")));
    let named = || {
        let verified = run(&project, &["verify", CR]).ended(1);
        let (text, shown) = (verified.stdout().to_owned(), run(&project, &["show", CR]).stdout().to_owned());
        assert!(text.contains("the request was edited after it was submitted"), "{text}");
        for text in [text, shown] {
            assert!(text.contains(&was) && text.contains("digest now") && text.contains(&now), "{text}");
        }
        let json = run(&project, &["verify", CR, "--format", "json"]).ended(1).json();
        assert_eq!(
            (&json["request_changed"], &json["present_digest"]),
            (&true.into(), &now.clone().into()),
            "{json:#}"
        );
    };
    let steps: [(&str, &[&str]); 3] = [
        ("2026-11-16 10:10", &["started", "--by", "nils"]),
        ("2026-11-16 10:20", &["delivered", "--by", "nils", "--release", "R-1"]),
        ("2026-11-16 10:30", &["verified", "--by", "dora"]),
    ];
    for (at, step) in steps {
        edit("3 days", "90 days");
        named();
        // No work goes on with it, unless the office's rules let it.
        let before = project.read(FILE);
        let refused = log(at, step).ended(1);
        assert!(refused.stderr.contains("error[request-changed]"), "{}", refused.stderr);
        assert_eq!(project.read(FILE), before);
        edit("90 days", "3 days");
        run(&project, &["verify", CR]).ended(0);
        log(at, step).ended(0);
    }
    edit("3 days", "90 days");
    named();
    let page = told(&project).into_iter().find(|(place, _)| *place == "the CR's page").expect("the page").1;
    assert!(page.contains(&was) && page.contains(&now) && page.contains("edited since it was submitted"), "{page}");
    assert!(run(&project, &["show", CR]).stdout().contains("(edited since it was submitted)"));
    // A finished CR's edit is no error of `check` alone, as docs/explanation/errors-and-lapses.md has it.
    run(&project, &["check"]).ended(0);
    // With the rule at a lower level the edit is told, and the entry written.
    let project = voted(&APPROVED);
    project.write("data/heatpack.yaml", "rules: {request-changed: lapse}\n");
    run(&project, &FORWARD).ended(0);
    project.write(FILE, project.read(FILE).replace("3 days", "90 days"));
    let started = run(&project, &["log", CR, "started", "--by", "nils"]).ended(0);
    assert!(started.stderr.contains("warning[request-changed]"), "{}", started.stderr);
}

#[test]
#[cfg(target_os = "linux")]
fn what_was_typed_before_the_question_is_no_consent_and_nothing_is_left_for_the_shell() {
    use crate::support::terminal::Terminal;

    let project = voted(&APPROVED);
    let root = project.root();
    let sign = "heatpack sign CR-2026-007 --decision approve --as dan --unsigned --as-of '2026-11-16 12:00'";
    let mut shell = Terminal::shell(&root);
    // Everything is there at once, as when it is pasted.
    shell.types(&format!("{sign}\ry\ry\rtouch one\r"));
    shell.waits_for("Save this vote, unsigned? [y/N]");
    shell.types("\r");
    shell.waits_for("not signed: nothing was written");
    shell.types(&format!("{sign}\r"));
    shell.waits_for("Save this vote, unsigned? [y/N]");
    shell.types("perhaps\r");
    shell.waits_for("answer y or n");
    shell.types("yes\rtouch two\r");
    shell.waits_for("vote saved");
    std::thread::sleep(std::time::Duration::from_millis(500));
    shell.types("\rexit\r");
    let (_, said) = shell.ends();
    assert!(root.join(format!("data/decisions/{CR}/2026-11-16-dan.yaml")).is_file(), "{said}");
    assert!(!root.join("one").exists() && !root.join("two").exists(), "{said}");
}
