//! What is added to a CR after the fact moves nothing that the base branch has: `check --base` reports it, and neither
//! `sign` nor `log` writes it.
//!
//! Needs `git`.

use crate::approvals::{CR, FILE, request, vote, voted};
use crate::support::git::commit_on;
use crate::support::sshsig::digest;
use crate::support::{Project, Run};

const AS_OF: &str = "2026-11-17 12:00";

/// A vote of bert's and one of cora's, the chair: the board approves.
const APPROVED: [(&str, &str, &str); 2] =
    [("bert", "2026-11-12 14:30", "approve"), ("cora", "2026-11-13 09:00", "approve")];

/// A project with these votes and more entries in the CR's log, which is committed after the last meeting's day began:
/// no pack was due since.
fn base(votes: &[(&str, &str, &str)], log: &str) -> Project {
    let project = voted(votes);
    project.write(FILE, project.read(FILE) + log);
    commit_on(&project.root(), "2026-11-17T09:00:00-05:00");
    project
}

fn forwarded(at: &str, more: &str) -> String {
    let digest = digest(&request(0));
    format!("  - {{at: {at}, event: forwarded, by: ada, digest: \"{digest}\"{more}}}\n")
}

const STARTED: &str = "  - {at: 2026-11-16 10:00, event: started, by: nils}\n";

fn run(project: &Project, arguments: &[&str]) -> Run {
    project.run(&[&["--as-of", AS_OF], arguments].concat())
}

/// What the pull request brings to the CR: level, rule and message of each finding.
fn found(project: &Project) -> Vec<(String, String, String)> {
    let json = run(project, &["check", "--base", "HEAD", "--format", "json"]).json();
    let text = |found: &serde_json::Value, key: &str| found[key].as_str().unwrap_or("").to_owned();
    // That an approved CR waits to be forwarded is beside the point.
    let is_meant = |found: &&serde_json::Value| found["record"] == CR && found["rule"] != "forward-cr-late";
    let list = json["diagnostics"].as_array().expect("diagnostics").iter().filter(is_meant);
    let mut found: Vec<_> =
        list.map(|found| (text(found, "level"), text(found, "rule"), text(found, "message"))).collect();
    found.sort();
    found
}

#[track_caller]
fn finds(project: &Project, expected: &[(&str, &str, &str)]) {
    let found = found(project);
    let is = |found: &(String, String, String), (level, rule, part): &(&str, &str, &str)| {
        found.0 == *level && found.1 == *rule && found.2.contains(part)
    };
    assert!(
        found.len() == expected.len() && found.iter().zip(expected).all(|(found, expected)| is(found, expected)),
        "{found:#?}"
    );
}

fn cast(project: &Project, by: &str, at: &str, decision: &str) {
    let text = vote(by, at, decision, Some(&digest(&request(0))));
    project.write(&format!("data/decisions/{CR}/{}-{by}.yaml", &at[..10]), text);
}

#[test]
fn a_new_vote_moves_nothing_that_an_entry_of_the_base_followed() {
    let late = ("error", "decision-out-of-time", "is new but dated before `forwarded` of Fri, Nov 13, 2026, 15:00");
    for decision in ["reject", "return", "defer", "approve"] {
        let project = base(&APPROVED, &(forwarded("2026-11-13 15:00", "") + STARTED));
        finds(&project, &[]);
        cast(&project, "bill", "2026-11-13 10:00", decision);
        finds(&project, &[late]);
        // At one minute votes come first, so that one is before it too.
        project.remove(&format!("data/decisions/{CR}/2026-11-13-bill.yaml"));
        cast(&project, "bill", "2026-11-13 15:00", decision);
        finds(&project, &[late]);
    }
    // Nor does it approve after the fact what was forwarded without an approval, by exception or not.
    let unapproved = ("error", "forwarded-unapproved", "1 of 2 approvals, the chair has not approved");
    let project = base(&APPROVED[..1], &(forwarded("2026-11-13 15:00", "") + STARTED));
    assert!(found(&project).iter().any(|found| found.1 == "forwarded-unapproved"), "{:#?}", found(&project));
    cast(&project, "cora", "2026-11-13 10:00", "approve");
    let errors: Vec<_> = found(&project).into_iter().filter(|found| found.0 == "error").collect();
    assert_eq!(errors[0].1, late.1, "{errors:#?}");
    assert!(errors.iter().any(|found| found.1 == unapproved.1 && found.2.contains(unapproved.2)), "{errors:#?}");
    let excused = ", exception: {rule: forwarded-unapproved, reason: Agreed, allowed_by: ada}";
    let project = base(&APPROVED[..1], &(forwarded("2026-11-13 15:00", excused) + STARTED));
    cast(&project, "cora", "2026-11-13 10:00", "approve");
    finds(&project, &[late, ("lapse", unapproved.1, unapproved.2)]);
    // `review` lists the finding, and does not count the vote.
    let review = run(&project, &["review", "--base", "HEAD", "--format", "json"]);
    assert!(review.stdout().contains("dated before an entry in the base"), "{}", review.stdout());
}

#[test]
fn a_vote_beside_others_of_its_round_is_not_late() {
    // Two members vote in pull requests of their own, and a note is no decision.
    let note = "  - {at: 2026-11-14 10:00, event: note, by: ada, note: The board has asked for the plan.}\n";
    let project = base(&APPROVED[1..], note);
    cast(&project, "bert", "2026-11-12 14:30", "approve");
    finds(&project, &[]);
    let verified = run(&project, &["verify", CR, "--format", "json"]).ended(0).json();
    assert_eq!(verified["state"], "approved", "{verified:#}");
}

#[test]
fn a_vote_on_an_earlier_round_is_late() {
    let submitted =
        format!("  - {{at: 2026-11-16 10:00, event: submitted, by: ada, digest: \"{}\"}}\n", digest(&request(0)));
    let project = base(&[("bert", "2026-11-12 14:30", "return")], &submitted);
    cast(&project, "bill", "2026-11-12 15:00", "approve");
    finds(&project, &[("error", "decision-out-of-time", "dated before `submitted` of Mon, Nov 16, 2026, 10:00")]);
    project.remove(&format!("data/decisions/{CR}/2026-11-12-bill.yaml"));
    cast(&project, "bill", "2026-11-16 10:01", "approve");
    finds(&project, &[]);
}

#[test]
fn a_vote_of_the_base_that_is_fixed_is_not_a_new_one() {
    let project = voted(&APPROVED);
    let path = format!("data/decisions/{CR}/2026-11-13-cora.yaml");
    let text = project.read(&path);
    project.write(&path, text.replace("decision: approve", "decision: yes"));
    project.write(FILE, project.read(FILE) + &forwarded("2026-11-13 15:00", "") + STARTED);
    commit_on(&project.root(), "2026-11-17T09:00:00-05:00");
    project.write(&path, text);
    finds(&project, &[]);
}

#[test]
fn a_new_entry_moves_nothing_that_the_base_decided() {
    let digest = digest(&request(0));
    let entry = |at: &str, event: &str, more: &str| format!("  - {{at: {at}, event: {event}, by: ada{more}}}\n");
    let submitted = |at: &str| entry(at, "submitted", &format!(", digest: \"{digest}\""));
    let would = |event: &str| format!("`{event}` is backdated; it would change the board's decision");
    let before = |project: &Project, new: &str, next: &str| {
        let text = project.read(FILE);
        let at = text.find(next).expect("the next entry");
        project.write(FILE, format!("{}{new}{}", &text[..at], &text[at..]));
    };
    let forwards = "  - {at: 2026-11-13 15:00";
    let log = forwarded("2026-11-13 15:00", "") + STARTED;
    let (submits, withdraws, forwards_it) = (would("submitted"), would("withdrawn"), would("forwarded"));
    // A new round before what was forwarded.
    let project = base(&APPROVED, &log);
    before(&project, &submitted("2026-11-13 12:00"), forwards);
    finds(&project, &[("error", "entry-backdated", &submits)]);
    let project = base(&APPROVED, &log);
    before(&project, &entry("2026-11-13 12:00", "withdrawn", ", note: Dropped."), forwards);
    finds(&project, &[("error", "entry-backdated", &withdraws)]);
    // What comes before votes that were cast: they stay what they were.
    for (new, message) in [
        (submitted("2026-11-13 08:00"), &submits),
        (entry("2026-11-13 08:00", "withdrawn", ", note: Dropped."), &withdraws),
        (forwarded("2026-11-13 08:00", ""), &forwards_it),
    ] {
        let project = base(&APPROVED, "");
        project.write(FILE, project.read(FILE) + &new);
        finds(&project, &[("error", "entry-backdated", message)]);
    }
    // One that was forgotten changes no decision: it is a lapse, though no pack was due since.
    let project = base(&APPROVED, &(log + "  - {at: 2026-11-16 16:00, event: delivered, by: nils, release: R-1}\n"));
    finds(&project, &[]);
    let more = "  - {at: 2026-11-16 11:00, event: delivered, by: nils, release: R-0}\n  \
                - {at: 2026-11-16 12:00, event: failed, by: dora, note: It fails.}\n";
    before(&project, more, "  - {at: 2026-11-16 16:00");
    let late = |event: &str| format!("`{event}` is backdated; it is dated before the `delivered` in the base");
    finds(&project, &[("lapse", "entry-backdated", &late("delivered")), ("lapse", "entry-backdated", &late("failed"))]);
    // A note moves nothing.
    let project = base(&APPROVED, &forwarded("2026-11-13 15:00", ""));
    before(&project, &entry("2026-11-13 14:00", "note", ", note: The board met."), forwards);
    finds(&project, &[]);
}

#[test]
fn neither_sign_nor_log_writes_it() {
    let project = voted(&APPROVED);
    let refused = |arguments: &[&str], why: &str| {
        let before = crate::support::files(&project.root());
        let run = run(&project, arguments).ended(1);
        assert!(run.stderr.contains(why), "{}", run.stderr);
        assert_eq!(crate::support::files(&project.root()), before);
    };
    let log = |event, at| ["log", CR, event, "--by", "ada", "--at", at];
    let vote = "would come before a vote of 2026-11-13 09:00, which is on record";
    refused(&log("submitted", "2026-11-12 20:00"), vote);
    refused(&log("forwarded", "2026-11-12 20:00"), vote);
    refused(&[&log("withdrawn", "2026-11-12 20:00")[..], &["--note", "Dropped."]].concat(), vote);
    run(&project, &log("forwarded", "2026-11-13 15:00")).ended(0);
    let sign =
        |at| ["sign", CR, "--decision", "return", "--as", "bill", "--reason", "No.", "--unsigned", "--yes", "--at", at];
    let entry = "would come before `forwarded` of 2026-11-13 15:00, which is on record";
    for at in ["2026-11-13 10:00", "2026-11-13 15:00", "2026-11-09 10:00"] {
        refused(&sign(at), entry);
    }
    refused(&sign("2026-11-14 10:00"), "error[decision-out-of-time]");
    // A new round is voted on after it began, and not before.
    let project = voted(&[("bert", "2026-11-12 14:30", "return")]);
    run(&project, &log("submitted", "2026-11-16 10:00")).ended(0);
    let early = run(&project, &sign("2026-11-13 10:00")).ended(1);
    assert!(early.stderr.contains("would come before `submitted` of 2026-11-16 10:00"), "{}", early.stderr);
    run(&project, &sign("2026-11-16 10:01")).ended(0);
}
