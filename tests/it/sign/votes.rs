//! Votes as they are written, and what `verify` says of them.

use proptest::prelude::*;

use crate::sign::board::{Board, CR, field, is_accepted, new_key, path};

const VOTE: &str = "2026-11-18-mlee.yaml";

#[test]
fn a_vote_stands_as_format_md_has_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let key = new_key(folder.path(), "ed25519", None);
    let board = Board::of(&[&key]);
    let sign = |decision: &str, more: &[&str]| board.sign(decision, &[&["--key", path(&key.file)], more].concat());
    let reason = "Not yet:\n\n- a table of **quarters** is missing\n- #4 too";
    sign("return", &["--at", "2026-11-17 14:05", "--reason", reason]).ended(0);
    let vote = board.vote("2026-11-17-mlee.yaml");
    let digest = field(&vote, "digest").expect("a digest");
    let signature = field(&vote, "signature").expect("a signature");
    let expected = format!(
        "cr: {CR}\nby: mlee\nat: 2026-11-17 14:05\ndecision: return\nreason: |\n  Not yet:\n\n  \
         - a table of **quarters** is missing\n  - #4 too\ndigest: {digest}\nsignature: |\n{}",
        signature.lines().map(|line| format!("  {line}\n")).collect::<String>()
    );
    assert_eq!(vote, expected);
    assert!(is_accepted(&vote, &key));
    // A second vote on one day has a name of its own, and the latest stands.
    sign("defer", &["--at", "2026-11-17 15:00", "--reason", "Later."]).ended(0);
    sign("approve", &["--at", "2026-11-17 16:00"]).ended(0);
    assert_eq!(board.votes(), ["2026-11-17-mlee-2.yaml", "2026-11-17-mlee-3.yaml", "2026-11-17-mlee.yaml"]);
    board.run(&["check"]).ended(0);
    let votes = board.run(&["verify", CR, "--format", "json"]).ended(0).json();
    let stands: Vec<_> = votes["votes"].as_array().expect("votes").iter().map(|vote| vote["stands"] == true).collect();
    assert_eq!(stands, [false, false, true]);
}

#[test]
fn nothing_stands_before_the_vote_but_the_vote() {
    let folder = tempfile::tempdir().expect("a folder");
    let key = new_key(folder.path(), "ed25519", None);
    let board = Board::of(&[&key]);
    // Something that is no vote, at the vote's own place.
    board.project.write(&format!("data/decisions/{CR}/{VOTE}"), "notes of mine\n");
    board.commit();
    let arguments = ["sign", CR, "--decision", "approve", "--as", "mlee", "--yes", "--key", path(&key.file)];
    board.refuses(&arguments, 1, &format!("data/decisions/{CR}/{VOTE}: error[syntax]: this file must contain fields"));
    // A file that no one reads stays what it is too.
    board.project.remove(&format!("data/decisions/{CR}/{VOTE}"));
    board.project.write(&format!("data/decisions/{CR}/README.md"), "notes of mine\n");
    board.commit();
    board.run(&arguments).ended(0);
    assert_eq!(board.vote("README.md"), "notes of mine\n");
    assert!(is_accepted(&board.vote(VOTE), &key));
}

#[test]
fn where_signatures_are_optional_a_vote_may_do_without() {
    let board = Board::with_terms("optional", &[]);
    let approve = ["sign", CR, "--decision", "approve", "--as", "mlee", "--yes"];
    board.refuses(&approve, 1, "lists no key of Morgan Placeholder");
    board.run(&[&approve[..], &["--unsigned"]].concat()).ended(0);
    let vote = board.vote(VOTE);
    assert!(field(&vote, "signature").is_none() && field(&vote, "digest").is_some(), "{vote}");
    let run = board.run(&["verify", CR]).ended(0);
    assert!(run.stdout().contains("signature  not signed"), "{}", run.stdout());
    assert!(run.stdout().contains("counts     yes"), "{}", run.stdout());
    let folder = tempfile::tempdir().expect("a folder");
    let key = new_key(folder.path(), "ed25519", None);
    let board = Board::with_terms("optional", &[&key]);
    board.refuses(&approve, 2, "or save the vote without a signature with --unsigned");
    board.sign("approve", &["--key", path(&key.file)]).ended(0);
    assert!(is_accepted(&board.vote(VOTE), &key));
}

#[test]
fn verify_says_what_counts_and_what_is_forged() {
    let folder = tempfile::tempdir().expect("a folder");
    let key = new_key(folder.path(), "ed25519", None);
    let board = Board::of(&[&key]);
    let none = board.run(&["verify", "cr-2026-007"]).ended(0);
    assert!(none.stdout().contains("0 of 2 approvals, the chair has not approved"), "{}", none.stdout());
    assert!(none.stdout().contains("no votes yet"), "{}", none.stdout());
    board.sign("defer", &["--key", path(&key.file), "--reason", "Later."]).ended(0);
    let name = format!("data/decisions/{CR}/{VOTE}");
    board.project.write(&name, board.vote(VOTE).replace("decision: defer", "decision: approve"));
    let forged = board.run(&["verify", CR]).ended(1);
    assert!(
        forged.stdout().contains("signature  not valid: it was made for another decision, `defer`"),
        "{}",
        forged.stdout()
    );
    assert!(forged.stdout().contains("counts     no: the signature is not valid"), "{}", forged.stdout());
    let json = board.run(&["verify", CR, "--format", "json"]).ended(1).json();
    assert_eq!((&json["votes"][0]["is_forged"], &json["approvals"]), (&true.into(), &0.into()));
    board.project.write(&name, "cr: CR-2026-007\nby: [\n");
    let broken = board.run(&["verify", CR]).ended(1);
    assert!(broken.stdout().contains("2026-11-18-mlee.yaml: error[syntax]"), "{}", broken.stdout());
    board.run(&["verify", "CR-2026-070"]).ended(2);
}

#[test]
fn reasons_of_any_kind_are_signed_as_they_are_read_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let key = new_key(folder.path(), "ed25519", None);
    let board = Board::of(&[&key]);
    let lines = "[ \t]{0,2}[-#|>&*!%@`'\"{}\\[\\]:,?~=a-zé\u{202e}\u{feff}\u{85}\u{7f} ]{0,12}";
    let reasons = prop::collection::vec(lines, 1..4).prop_map(|lines| lines.join("\n"));
    let mut runner = prop::test_runner::TestRunner::new(ProptestConfig {
        cases: 24,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let outcome = runner.run(&reasons, |reason| {
        let run = board.sign("approve", &["--key", path(&key.file), "--reason", &reason]);
        prop_assert_eq!(run.status, 0, "{}", run.stderr);
        let found = board.run(&["verify", CR, "--format", "json"]).json();
        prop_assert_eq!(&found["votes"][0]["valid"], true, "{}", found);
        board.project.remove(&format!("data/decisions/{CR}/{VOTE}"));
        Ok(())
    });
    outcome.expect("every reason");
}

/// Every line of the request's fields, as its file has them.
const LINES: [&str; 14] = [
    "CR-2026-007  Move the fiscal calendar lookup into the export job",
    "Scorecard (scorecard)",
    "Scorecard export drops the last quarter (HEAT-10423)",
    "Kim Specimen (kfoster)",
    "routine",
    "low",
    "3 days",
    "digest",
    "Move the lookup.",
    "Q4 is missing.",
    "It goes on.",
    "None.",
    "Export FY26.",
    "Switch back.",
];

#[test]
fn the_whole_request_is_shown_before_it_is_signed() {
    let folder = tempfile::tempdir().expect("a folder");
    let key = new_key(folder.path(), "ed25519", None);
    let board = Board::of(&[&key]);
    let run = board.sign("approve", &["--key", path(&key.file)]).ended(0);
    for line in LINES {
        assert!(run.stderr.contains(line), "{line}: {}", run.stderr);
    }
    // The text that is printed for another computer has a file beside it, which proves its own digest.
    let board = Board::of(&[&key]);
    let printed = board.sign("approve", &["--print"]).ended(0);
    let name = printed.stderr.split_whitespace().find(|word| word.starts_with("CR-2026-007-request-")).expect("a file");
    let request = board.project.read(name.trim_end_matches(','));
    for line in LINES {
        assert!(request.contains(line), "{line}: {request}");
    }
    let canonical = request.lines().last().expect("a line");
    use sha2::{Digest, Sha256};
    let digest: String = Sha256::digest(canonical).iter().map(|byte| format!("{byte:02x}")).collect();
    assert!(printed.stdout().contains(&format!("digest sha256:{digest}\n")), "{}", printed.stdout());
    assert!(request.contains(&format!("sha256:{digest}\n")), "{request}");
}

#[test]
#[cfg(target_os = "linux")]
fn a_long_request_is_paged_and_a_reason_that_is_needed_is_asked_for() {
    use crate::support::terminal::Terminal;

    let folder = tempfile::tempdir().expect("a folder");
    let key = new_key(folder.path(), "ed25519", None);
    let board = Board::of(&[&key]);
    let steps: String = (1..=60).map(|step| format!("  Step {step} of the test.\n")).collect();
    let change = crate::sign::board::CHANGE.replace("test_plan: Export FY26.\n", &format!("test_plan: |\n{steps}"));
    board.project.write("data/crs/CR-2026-007.yaml", change);
    board.commit();
    let arguments =
        ["sign", CR, "--decision", "return", "--as", "mlee", "--key", path(&key.file), "--as-of", "2026-11-18 10:00"];
    // This pager says that it ran.
    let pager = folder.path().join("pager");
    std::fs::write(&pager, "#!/bin/sh\ncat\necho 'end of the pager'\n").expect("a file");
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(&pager, std::fs::Permissions::from_mode(0o755)).expect("a program");
    let mut terminal = Terminal::run_with(&board.project.root(), 100, &[("PAGER", path(&pager))], &arguments);
    terminal.answers("Reason to return CR-2026-007", "The test is too long.");
    terminal.waits_for("Step 60 of the test.");
    terminal.waits_for("end of the pager");
    terminal.answers("Sign this vote?", "y");
    let (status, said) = terminal.ends();
    assert_eq!(status, 0, "{said}");
    let vote = board.vote(VOTE);
    assert_eq!(field(&vote, "reason").as_deref(), Some("The test is too long."));
    assert!(is_accepted(&vote, &key));
    // A request that fits on the screen is not paged, and `n` signs nothing.
    let board = Board::of(&[&key]);
    let arguments = [&arguments[..], &["--reason", "Words."]].concat();
    let mut terminal = Terminal::run_with(&board.project.root(), 100, &[("PAGER", path(&pager))], &arguments);
    terminal.answers("Sign this vote?", "n");
    let (status, said) = terminal.ends();
    assert_eq!(status, 1, "{said}");
    assert!(said.contains("Export FY26.") && !said.contains("end of the pager"), "{said}");
    assert!(board.votes().is_empty());
}
