//! Approvals are beyond doubt: no later entry, vote or edit moves them, a rejection is always told, and a key that is
//! lost or replaced costs no vote.
//!
//! Needs `git` and `ssh-keygen` (of OpenSSH).

use std::collections::BTreeMap;
use std::fmt::Write;

use chrono::TimeDelta;
use heatpack::load::load;
use heatpack::model::Minute;
use heatpack::workflow::{Prepared, verdict};
use proptest::prelude::*;

use crate::support::git::commit;
use crate::support::sshsig::{Key, NAMESPACE, digest, payload};
use crate::support::{Project, pack, sample};

pub const CR: &str = "CR-2026-007";
pub const FILE: &str = "data/crs/CR-2026-007.yaml";
const STAFF: &str = "- {id: dora, name: Dora Desk, office: help-desk}\n- {id: nils, name: Nils Third, office: nitc}\n\
                     - {id: ada, name: Ada Sponsor, office: acfo-fs}\n- {id: bert, name: Bert Board, office: acfo-fs}\n\
                     - {id: bill, name: Bill Board, office: acfo-fs}\n- {id: cora, name: Cora Chair, office: acfo-fs}\n";
const BOARD: &str = "terms: [{from: 2024-10-01, quorum: 2, chair_required: true, signatures: optional}]\nmembers:\n  \
                     - {id: bert, name: Bert Board}\n  - {id: bill, name: Bill Board}\n  \
                     - {id: cora, name: Cora Chair, chair: true}\n  - {id: dan, name: Dan Board}\n";

pub fn project() -> Project {
    Project::of(&[
        ("subjects.yaml", "- {id: scorecard, name: Scorecard, kind: module}\n"),
        ("staff.yaml", STAFF),
        ("board.yaml", BOARD),
        (
            "pocs/pat.yaml",
            "id: pat\nname: Pat Point\nphone: 202-555-0100\ndesignations:\n  \
             - {subject: scorecard, role: primary, from: 2026-01-01}\n",
        ),
        (
            "tickets/2026/HEAT-1.yaml",
            "id: HEAT-1\ntitle: Export\nsubject: scorecard\nkind: issue\narea: technical\npoc: pat\n\
             received: 2026-11-02 09:00\nvia: [email]\ndescription: Words.\nlog:\n  \
             - {at: 2026-11-02 10:00, event: follow-up, by: dora}\n  \
             - {at: 2026-11-02 11:00, event: forwarded, by: dora}\n  \
             - {at: 2026-11-02 12:00, event: acknowledged, by: nils, nitc_ref: N-1}\n  \
             - {at: 2026-11-03 10:00, event: researched, by: nils, outcome: code-change, note: It moves.}\n",
        ),
    ])
}

/// The CR's request, in one of its versions. Some are prepared by a member of the board.
pub fn request(version: usize) -> String {
    let prepared_by = ["ada", "ada", "bert", "cora"][version % 4];
    format!(
        "id: {CR}\ntitle: Move the lookup {version}\nsubject: scorecard\ntickets: [HEAT-1]\n\
         prepared_by: {prepared_by}\npriority: routine\nrisk: low\neffort: 3 days\ndescription: Move it.\n\
         justification: Q4.\nimpact: None.\nsecurity_impact: None.\ntest_plan: Export.\nrollback_plan: Back.\nlog:\n"
    )
}

/// A vote that needs no signature.
pub fn vote(by: &str, at: &str, decision: &str, digest: Option<&str>) -> String {
    let reason = if decision == "approve" { "" } else { "reason: Words.\n" };
    let digest = digest.map(|digest| format!("digest: {digest}\n")).unwrap_or_default();
    format!("cr: {CR}\nby: {by}\nat: {at}\ndecision: {decision}\n{reason}{digest}")
}

/// A project whose CR was submitted on Tue, Nov 10, 2026, with votes.
pub fn voted(votes: &[(&str, &str, &str)]) -> Project {
    let project = project();
    let text = request(0);
    let digest = digest(&text);
    project
        .write(FILE, format!("{text}  - {{at: 2026-11-10 10:00, event: submitted, by: ada, digest: \"{digest}\"}}\n"));
    for (by, at, decision) in votes {
        let path = format!("data/decisions/{CR}/{}-{by}.yaml", &at[..10]);
        project.write(&path, vote(by, at, decision, Some(&digest)));
    }
    project
}

/// Something that happens to a CR: minutes after what was before, what, and a number for what else is to be chosen.
type Step = (i64, usize, usize);

const EVENTS: [(&str, &str, &str); 8] = [
    ("submitted", "ada", ""),
    ("submitted", "bill", ""),
    ("forwarded", "ada", ""),
    ("started", "nils", ""),
    ("delivered", "nils", ", release: R-1"),
    ("failed", "dora", ", note: Failed"),
    ("withdrawn", "ada", ", note: Dropped"),
    ("note", "ada", ", note: Noted"),
];

/// A CR of such a history: all of it, or what was there at an instant. Every round bears its digest.
fn written(history: &[Step], until: Option<Minute>) -> Project {
    let project = project();
    let mut at = Minute::parse("2026-11-03 12:00").expect("a time");
    let (mut version, mut round) = (0, None);
    let mut log = String::new();
    let mut files: BTreeMap<String, usize> = BTreeMap::new();
    for (gap, what, number) in history {
        at = Minute(at.0 + TimeDelta::minutes(*gap));
        if until.is_some_and(|until| at > until) {
            break;
        }
        let of = |version: usize| digest(&request(version));
        match *what {
            0..=7 => {
                let (event, by, more) = EVENTS[*what];
                let own = match event {
                    "submitted" => {
                        round = Some(version);
                        Some(version)
                    }
                    // Now and then another text is forwarded, or one without a digest.
                    "forwarded" if number % 4 == 0 => Some(number / 4 % 3),
                    "forwarded" if number % 4 == 1 => None,
                    "forwarded" => round,
                    _ => None,
                };
                let own = own.map(|version| format!(", digest: \"{}\"", of(version))).unwrap_or_default();
                let excused = match number % 5 {
                    0 if event == "forwarded" => {
                        ", exception: {rule: forwarded-unapproved, reason: Agreed, allowed_by: dora}"
                    }
                    _ => "",
                };
                writeln!(log, "  - {{at: {at}, event: {event}, by: {by}{own}{more}{excused}}}").expect("a text");
            }
            8 | 9 => version = number % 4,
            _ => {
                let by = ["bert", "bill", "cora", "dan"][number % 4];
                // Who prepared the text of a round may not vote on it, which is an error there and then.
                if round.is_some_and(|round| request(round).contains(&format!("prepared_by: {by}\n"))) {
                    continue;
                }
                let decision = ["approve", "approve", "approve", "reject", "return", "defer"][number / 4 % 6];
                let on = match number / 24 {
                    0 => Some(version),
                    1 => None,
                    _ => round.or(Some(version)),
                };
                let name = format!("data/decisions/{CR}/{}-{by}", at.date());
                let count = files.entry(name.clone()).or_default();
                *count += 1;
                let again = if *count > 1 { format!("-{count}") } else { String::new() };
                let text = vote(by, &at.to_string(), decision, on.map(of).as_deref());
                project.write(&format!("{name}{again}.yaml"), text);
            }
        }
    }
    let log = if log.is_empty() { "  []\n".to_owned() } else { log };
    project.write(FILE, format!("{}{log}", request(version)));
    project
}

/// What is on record of the CR at each instant at which something happened, up to one: its state, how the votes stand,
/// and which of them count.
fn records(project: &Project, until: Minute) -> Vec<String> {
    let records = load(&project.root()).expect("the records");
    assert!(records.faults.is_empty(), "{:#?}", records.faults);
    let prepared = Prepared::new(&records);
    let line = prepared.changes.values().next().expect("the CR");
    let instants = line.steps.iter().map(|step| step.at).filter(|at| *at <= until);
    let told = instants.map(|at| {
        let votes = line.votes.iter().enumerate().filter(|(_, vote)| vote.vote.at.value <= at);
        let counting: Vec<String> = votes
            .map(|(index, vote)| {
                format!("{} {} {}", vote.vote.at.value, vote.vote.by.value, line.uncounted[index].is_none())
            })
            .collect();
        let clocks: Vec<String> = line
            .clocks
            .iter()
            .filter(|clock| clock.began <= at)
            .map(|clock| format!("{} {:?}", clock.due, clock.end_by(at)))
            .collect();
        let state = line.state_at(at);
        let verdict = verdict(prepared.board, line, at);
        format!("{at} {state:?}, {verdict}, {counting:?}, {clocks:?}, {}", line.is_by_exception(at))
    });
    told.collect()
}

/// Any history of a CR, whatever is allowed when.
fn history() -> impl Strategy<Value = Vec<Step>> {
    let gap = prop_oneof![Just(0i64), 1i64..600, 600i64..5_000];
    prop::collection::vec((gap, 0usize..16, 0usize..72), 1..24)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn nothing_that_comes_later_moves_a_state_or_a_vote(history in history(), kept in 0usize..24) {
        let kept = &history[..kept.min(history.len())];
        let minutes: i64 = kept.iter().map(|(gap, _, _)| gap).sum();
        let until = Minute(Minute::parse("2026-11-03 12:00").expect("a time").0 + TimeDelta::minutes(minutes));
        let (then, now) = (written(&history, Some(until)), written(&history, None));
        prop_assert_eq!(records(&then, until), records(&now, until));
    }
}

#[test]
fn the_histories_reach_every_state_that_votes_decide() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut told = String::new();
    for _ in 0..200 {
        let history = history().new_tree(&mut runner).expect("a history").current();
        let until = Minute::parse("2027-12-31 12:00").expect("a time");
        told.push_str(&records(&written(&history, None), until).join("\n"));
    }
    for state in ["Submitted", "Approved", "Rejected", "Returned", "Deferred", "Forwarded", "InWork", "Delivered"] {
        assert!(told.contains(&format!("Some({state})")), "{state} is never reached");
    }
    for part in [" false", " true", "End {"] {
        assert!(told.contains(part), "{part}");
    }
}

#[test]
fn an_edit_after_the_approval_is_not_forwarded() {
    let project = voted(&[("bert", "2026-11-12 09:00", "approve"), ("cora", "2026-11-13 09:00", "approve")]);
    let as_of = ["--as-of", "2026-11-16 12:00"];
    let run = |arguments: &[&str]| project.run(&[&as_of, arguments].concat());
    let forward = ["log", CR, "forwarded", "--by", "ada"];
    run(&["verify", CR]).ended(0);
    let was = project.read(FILE);
    project.write(FILE, was.replace("effort: 3 days", "effort: 90 days"));
    let verified = run(&["verify", CR, "--format", "json"]).ended(1).json();
    assert_eq!((verified["state"].as_str(), verified["approvals"].as_u64()), (Some("approved"), Some(2)));
    assert_eq!(verified["request_changed"], true);
    let found = run(&["check", "--format", "json"]).ended(1).json();
    assert_eq!(found["diagnostics"][0]["rule"], "request-changed", "{found:#}");
    assert_eq!(found["errors"], 1, "{found:#}");
    let refused = run(&forward).ended(1);
    assert!(refused.stderr.contains("was edited since"), "{}", refused.stderr);
    // The edit alone, submitted again, is under board review again.
    let edited = project.read(FILE);
    assert_eq!(edited, was.replace("effort: 3 days", "effort: 90 days"));
    run(&["log", CR, "submitted", "--by", "ada"]).ended(0);
    let submitted = project.read(FILE);
    assert!(submitted.contains(&format!("digest: {}", digest(&edited))), "{submitted}");
    assert!(run(&["verify", CR]).ended(0).stdout().contains("0 of 2 approvals, the chair has not approved"));
    run(&forward).ended(1);
    assert_eq!(project.read(FILE), submitted);
    // Once the edit is undone, it is forwarded with the digest that the board approved.
    project.write(FILE, &was);
    run(&forward).ended(0);
    let forwarded = project.read(FILE);
    let entry = forwarded.rsplit("- at:").next().expect("an entry");
    assert!(entry.contains("event: forwarded") && entry.contains(&digest(&was)), "{entry}");
    run(&["verify", CR]).ended(0);
    run(&["check"]).ended(0);
}

#[test]
fn a_vote_that_no_one_needs_may_be_stale() {
    let project = voted(&[("bert", "2026-11-12 09:00", "approve"), ("cora", "2026-11-13 09:00", "approve")]);
    let other = digest(&request(1));
    let path = format!("data/decisions/{CR}/2026-11-12-bill.yaml");
    project.write(&path, vote("bill", "2026-11-12 14:00", "approve", Some(&other)));
    let check = || project.run(&["--as-of", "2026-11-16 12:00", "check", "--format", "json"]).ended(0).json();
    let found = check();
    assert_eq!(found["diagnostics"][0]["rule"], "decision-stale", "{found:#}");
    project.run(&["--as-of", "2026-11-16 12:00", "log", CR, "forwarded", "--by", "ada"]).ended(0);
    let found = check();
    assert_eq!(found["errors"], 0, "{found:#}");
    assert_eq!(found["diagnostics"][0]["level"], "lapse", "{found:#}");
}

#[test]
fn an_edit_changes_no_past_pack_and_the_next_one_counts_an_error() {
    let project = voted(&[("bert", "2026-11-12 09:00", "approve"), ("cora", "2026-11-13 09:00", "approve")]);
    let packs = |as_of: &str| {
        let on = ["2026-11-12", "2026-11-18", "2026-11-25"].iter().filter(|on| **on <= as_of);
        let made = on.map(|on| {
            let run = project.run(&["pack", "weekly", "--on", on, "--as-of", as_of, "--format", "json"]);
            (run.status, run.stdout().to_owned())
        });
        made.collect::<Vec<_>>()
    };
    let next = || {
        let run = project.run(&["pack", "weekly", "--on", "2026-11-25", "--as-of", "2026-11-20", "--format", "json"]);
        (run.status, run.json()["head"]["errors"].clone())
    };
    let (past, before) = (packs("2026-11-20"), next());
    assert_eq!((past.len(), before.0), (2, 0), "{before:?}");
    let text = project.read(FILE);
    project.write(FILE, text.replace("effort: 3 days", "effort: 90 days"));
    assert_eq!(packs("2026-11-20"), past);
    assert_eq!(next(), (1, serde_json::Value::from(1)));
}

/// Everywhere that votes are told: `verify`, `show`, the pack and its page, and the CR's page.
pub fn told(project: &Project) -> Vec<(&'static str, String)> {
    let as_of = "2026-11-16 12:00";
    let run = |arguments: &[&str]| project.run(&[&["--as-of", as_of], arguments].concat());
    let text = |arguments: &[&str]| run(arguments).stdout().to_owned();
    let built = tempfile::tempdir().expect("a folder");
    let output = built.path().join("output");
    run(&["build", "-o", &output.to_string_lossy()]);
    let read = |path: &str| std::fs::read_to_string(output.join(path)).expect("a page");
    vec![
        ("verify", text(&["verify", CR])),
        ("show", text(&["show", CR])),
        ("the pack's JSON", text(&["pack", "weekly", "--on", "2026-11-18", "--format", "json"])),
        ("the pack's page", read("weekly/2026-11-18/index.html")),
        ("the CR's page", read(&format!("changes/{CR}.html"))),
    ]
}

#[track_caller]
fn tells(votes: &[(&str, &str, &str)], expected: &str, state: &str) {
    // With what it came to, where its state does not stand beside it.
    let verdict = format!("{state}{expected}");
    for (place, text) in told(&voted(votes)) {
        let expected = if place.starts_with("the pack's") { expected } else { &verdict };
        assert!(text.contains(expected), "{place} does not say {expected:?}:\n{text}");
        assert!(!text.contains("3 of 2"), "{place}:\n{text}");
    }
}

#[test]
fn what_speaks_against_a_request_comes_before_the_approvals() {
    let (bert, cora) = (("bert", "2026-11-12 09:00", "approve"), ("cora", "2026-11-13 09:00", "approve"));
    let bill = |decision| ("bill", "2026-11-13 10:00", decision);
    tells(&[bert, cora, bill("reject")], "1 vote to reject; 2 of 2 approvals", "returned: ");
    tells(&[bert, cora, bill("return")], "1 vote to return; 2 of 2 approvals", "returned: ");
    tells(&[bert, bill("defer")], "1 vote to defer; 1 of 2 approvals, the chair has not approved", "deferred: ");
    tells(&[bert, bill("reject")], "1 vote to reject; 1 of 2 approvals, the chair has not approved", "");
    tells(
        &[("bert", "2026-11-12 09:00", "reject"), bill("reject")],
        "2 votes to reject; 0 of 2 approvals",
        "rejected: ",
    );
    // A deferral does not hold up what is approved, and is told all the same.
    tells(&[bert, cora, bill("defer")], "1 vote to defer; 2 of 2 approvals", "approved: ");
    tells(&[bert, cora, bill("approve")], "3 approvals (2 needed)", "approved: ");
    tells(
        &[bert, bill("approve"), ("dan", "2026-11-13 11:00", "approve")],
        "3 approvals (2 needed), the chair has not approved",
        "",
    );
}

#[test]
fn a_state_that_an_exception_reached_says_so() {
    let project = voted(&[("bert", "2026-11-12 09:00", "approve")]);
    project
        .run(&[
            "--as-of",
            "2026-11-13 12:00",
            "log",
            CR,
            "forwarded",
            "--by",
            "ada",
            "--force",
            "--reason",
            "The chair agreed by phone.",
            "--allowed-by",
            "ada",
        ])
        .ended(0);
    for (place, text) in told(&project) {
        assert!(text.contains("(by exception)"), "{place}:\n{text}");
        assert!(text.contains("1 of 2 approvals, the chair has not approved"), "{place}:\n{text}");
    }
    project.run(&["--as-of", "2026-11-16 12:00", "check"]).ended(0);
    let verified = project.run(&["--as-of", "2026-11-16 12:00", "verify", CR, "--format", "json"]).ended(1).json();
    assert_eq!(verified["unapproved"], true, "{verified:#}");
}

#[test]
fn a_finding_whose_level_rose_is_new() {
    let project = voted(&[("bert", "2026-11-12 09:00", "approve")]);
    commit(&project.root());
    let review = || {
        let run = project.run(&["--as-of", "2026-12-16 12:00", "review", "--base", "HEAD", "--format", "json"]);
        run.json()["adds"].clone()
    };
    assert_eq!(review()["errors"], 0, "{:#}", review());
    project.write("data/heatpack.yaml", "rules: {follow-up-missed: error}\n");
    let adds = review();
    assert!(adds["errors"].as_u64().is_some_and(|errors| errors > 0), "{adds:#}");
}

/// Every pack of the sample's last weeks and months, as JSON.
fn past_packs(project: &Project, as_of: &str) -> Vec<String> {
    let weekly = ["2025-12-17", "2026-06-17", "2026-10-28", "2026-11-18"].map(|on| ("weekly", on));
    let monthly = ["2025-11-13", "2026-07-09", "2026-11-12"].map(|on| ("monthly", on));
    let packs = weekly.into_iter().chain(monthly);
    packs.map(|(kind, on)| pack(&project.root(), kind, on, as_of).to_string()).collect()
}

/// The way out that docs/how-to/replace-a-key.md gives: the old key ends yesterday, or today for one that is replaced, the
/// new one is valid from today on.
fn with_new_key(project: &Project, old: &str, until: &str, new: &Key) {
    let board = project.read("data/board.yaml");
    let (before, after) = (format!("      - {old}\n"), format!("      - {{key: {old}, until: {until}}}\n"));
    assert!(board.contains(&before), "{board}");
    let from = format!("      - {{key: {}, from: 2026-11-20}}\n", new.public);
    // A member of two periods has the key in both, and the new one in the last.
    let board = board.replace(&before, &after);
    let last = board.rfind(&after).expect("the key") + after.len();
    project.write("data/board.yaml", format!("{}{from}{}", &board[..last], &board[last..]));
}

#[test]
fn a_lost_key_and_a_new_one_cost_no_vote_and_no_pack() {
    const AS_OF: &str = "2026-11-20 16:00";
    let project = Project::copy_of(&sample());
    let packs = past_packs(&project, AS_OF);
    let board = project.read("data/board.yaml");
    let chair = board.split("- id: rchenille").last().and_then(|rest| rest.split("      - ").nth(1));
    let old = chair.and_then(|line| line.lines().next()).expect("the chair's key").to_owned();
    for until in ["2026-11-19", "2026-11-20"] {
        project.write("data/board.yaml", &board);
        let new = Key::new("ed25519", "rchenille");
        with_new_key(&project, &old, until, &new);
        let found = project.run(&["--as-of", AS_OF, "check"]);
        assert!(found.stdout().lines().last().is_some_and(|last| last.starts_with("0 errors")), "{}", found.stdout());
        assert_eq!(past_packs(&project, AS_OF), packs, "a pack of the past changed");
        for cr in ["CR-2026-006", "CR-2026-007", "CR-2026-009", "CR-2026-010"] {
            project.run(&["--as-of", AS_OF, "verify", cr]).ended(0);
        }
        // From today on the new key signs.
        let cr = "CR-2026-011";
        let digest = project.run(&["--as-of", AS_OF, "verify", cr, "--format", "json"]).json()["digest"].clone();
        let digest = digest.as_str().expect("a digest");
        let at = "2026-11-20 15:00";
        let text = payload(cr, digest, "approve", "rchenille", at, "");
        let signature: String =
            new.sign(NAMESPACE, &text).lines().map(|line| format!("  {line}\n")).collect::<Vec<_>>().concat();
        let path = "data/decisions/CR-2026-011/2026-11-20-rchenille.yaml";
        let vote = format!(
            "cr: {cr}\nby: rchenille\nat: {at}\ndecision: approve\ndigest: {digest}\nsignature: |\n{signature}"
        );
        project.write(path, vote);
        let verified = project.run(&["--as-of", AS_OF, "verify", cr, "--format", "json"]).ended(0).json();
        assert_eq!(verified["state"], "approved", "{verified:#}");
        project.remove(path);
    }
    // What the lost key signs after that is no signature.
    let board = project.read("data/board.yaml").replace("until: 2026-11-20}", "until: 2026-11-18}");
    project.write("data/board.yaml", board);
    let found = project.run(&["--as-of", AS_OF, "check", "--format", "json"]).ended(1).json();
    let errors: Vec<&serde_json::Value> =
        found["diagnostics"].as_array().expect("diagnostics").iter().filter(|one| one["level"] == "error").collect();
    assert_eq!(errors.len(), 1, "{errors:#?}");
    assert_eq!(
        (errors[0]["rule"].as_str(), errors[0]["record"].as_str()),
        (Some("signature-invalid"), Some("CR-2026-010"))
    );
}
