//! What `sign` refuses, with the words of `check`, writing nothing.

use std::fs;

use crate::sign::board::{Board, CHANGE, CR, Key, new_key, path};
use crate::support::{Run, command};

fn with_key() -> (Board, Key, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let key = new_key(folder.path(), "ed25519", None);
    (Board::of(&[&key]), key, folder)
}

/// mlee approves, with these arguments added.
fn approve<'a>(key: &'a Key, more: &[&'a str]) -> Vec<&'a str> {
    [&["sign", CR, "--decision", "approve", "--as", "mlee", "--key", path(&key.file)], more].concat()
}

#[test]
fn whoever_may_not_vote() {
    let (board, key, _folder) = with_key();
    let by = |who: &'static str| ["sign", CR, "--decision", "approve", "--as", who, "--key", path(&key.file)];
    board.refuses(&by("rchen"), 1, "error[decision-not-by-board]: rchen was not a member of the board on");
    board.refuses(&by("tnguyen"), 1, "error[unknown-reference]: no member of the board `tnguyen`");
    board.refuses(&by("Morgan Lee"), 2, "is no member's id");
    // Whoever prepared the CR, and whoever submitted it.
    let path = "data/crs/CR-2026-007.yaml";
    board.project.write(path, CHANGE.replace("prepared_by: kfoster", "prepared_by: dquill"));
    board.commit();
    let proposer = "error[decision-by-proposer]: dquill prepared or submitted CR-2026-007, and cannot vote on it";
    board.refuses(&by("dquill"), 1, proposer);
    board.project.write(path, CHANGE.replace("event: submitted, by: kfoster", "event: submitted, by: dquill"));
    board.commit();
    board.refuses(&by("dquill"), 1, proposer);
}

#[test]
fn what_is_not_before_the_board() {
    let (board, key, _folder) = with_key();
    let write = |text: &str| {
        board.project.write("data/crs/CR-2026-007.yaml", text);
        board.commit();
    };
    let entry = |entry: &str| format!("{CHANGE}  - {entry}\n");
    write(&entry("{at: 2026-11-12 10:00, event: withdrawn, by: kfoster, note: Dropped.}"));
    board.refuses(
        &approve(&key, &[]),
        1,
        "error[decision-out-of-time]: mlee voted on CR-2026-007 when it was `withdrawn` already",
    );
    write(&CHANGE.replace("  - {at: 2026-11-10 10:00, event: submitted, by: kfoster}", "  []"));
    board.refuses(
        &approve(&key, &[]),
        1,
        "error[decision-out-of-time]: mlee voted on CR-2026-007 before it was submitted",
    );
    write(CHANGE);
    board.refuses(
        &approve(&key, &["--at", "2026-11-10 10:00"]),
        1,
        "submitted in this very minute: sign again in the next",
    );
    write(&CHANGE.replace("rollback_plan: Switch back.\n", ""));
    board.refuses(&approve(&key, &[]), 1, "error[cr-incomplete]: submitted without `rollback_plan`");
    write("id: CR-2026-007\ntitle: [\n");
    board.refuses(&approve(&key, &[]), 2, "CR-2026-007 has errors and cannot be read; `heatpack check` says");
    board.refuses(
        &["sign", "CR-2026-008", "--decision", "approve", "--as", "mlee"],
        2,
        "no change request `CR-2026-008`",
    );
}

#[test]
fn a_decision_against_without_a_reason() {
    let (board, key, _folder) = with_key();
    for decision in ["reject", "return", "defer"] {
        let arguments = ["sign", CR, "--decision", decision, "--as", "mlee", "--key", path(&key.file)];
        let says = format!("error[missing-detail]: mlee voted to {decision} the request and gave no reason");
        board.refuses(&arguments, 1, &says);
        board.refuses(&[&arguments[..], &["--reason", " \n "]].concat(), 1, &says);
    }
    let says = "error[possible-personal-data]";
    board.refuses(&approve(&key, &["--reason", "The caller's number is 078-05-1120."]), 1, says);
    board.refuses(&["sign", CR, "--decision", "perhaps", "--as", "mlee"], 2, "possible values: approve, reject");
}

#[test]
fn a_text_that_others_cannot_read() {
    let (board, key, _folder) = with_key();
    let edited = CHANGE.replace("effort: 3 days", "effort: 5 days");
    board.project.write("data/crs/CR-2026-007.yaml", &edited);
    board.refuses(&approve(&key, &[]), 1, "data/crs/CR-2026-007.yaml has edits that are not committed; a vote is on");
    board.git(&["add", "--all"]);
    board.refuses(&approve(&key, &[]), 1, "has edits that are not committed");
    board.commit();
    // Nor by a board that they cannot read: its keys say who signs.
    let members = board.project.read("data/board.yaml");
    board.project.write("data/board.yaml", format!("# another board\n{members}"));
    board.refuses(&approve(&key, &[]), 1, "data/board.yaml has edits that are not committed");
    board.project.write("data/board.yaml", members);
    // Edits elsewhere are nobody's business here.
    board.project.write("data/subjects.yaml", "# later\n- {id: scorecard, name: Scorecard, kind: module}\n");
    let arguments = approve(&key, &["--print"]).into_iter().filter(|one| *one != "--key" && *one != path(&key.file));
    board.run(&arguments.collect::<Vec<_>>()).ended(0);
    board.git(&["rm", "--quiet", "--cached", "data/crs/CR-2026-007.yaml"]);
    board.refuses(&approve(&key, &[]), 1, "data/crs/CR-2026-007.yaml is not committed; a vote is on");
    board.project.write(".gitignore", "crs/\n");
    board.refuses(&approve(&key, &[]), 1, "data/crs/CR-2026-007.yaml is not committed");
    // Where git cannot say, nothing is signed.
    fs::write(board.project.root().join(".git/HEAD"), "nonsense").expect("a file");
    board.refuses(&approve(&key, &[]), 2, "git cannot say whether data/crs/CR-2026-007.yaml is committed");
    fs::remove_dir_all(board.project.root().join(".git")).expect("the folder");
    board.run(&approve(&key, &[])).ended(0);
}

#[test]
fn a_key_that_is_not_the_members() {
    let (board, key, folder) = with_key();
    let other = new_key(folder.path(), "rsa", Some("2048"));
    let says = "is none of the keys that data/board.yaml lists for mlee";
    board.refuses(&approve(&other, &[]), 1, says);
    let public = other.file.with_extension("pub");
    board.refuses(&["sign", CR, "--decision", "approve", "--as", "mlee", "--key", path(&public)], 1, says);
    // Neither does a public key that was put beside another's private one help, nor one without its neighbour.
    fs::write(&public, &key.public).expect("a file");
    let run = board.run(&approve(&other, &[]));
    assert!(run.status != 0 && board.votes().is_empty(), "{}", run.stderr);
    fs::remove_file(&public).expect("a file");
    board.refuses(&approve(&other, &[]), 1, says);
    board.refuses(&["sign", CR, "--decision", "approve", "--as", "mlee", "--key", "nowhere"], 2, "cannot read nowhere");
    fs::write(folder.path().join("letter"), "Dear board,\n").expect("a file");
    let letter = folder.path().join("letter");
    board.refuses(
        &["sign", CR, "--decision", "approve", "--as", "mlee", "--key", path(&letter)],
        2,
        "did not sign with",
    );
    board.refuses(&["sign", CR, "--decision", "approve", "--as", "dquill"], 1, "lists no key of Devon Quill");
}

#[test]
fn a_vote_that_would_have_no_effect() {
    let (board, key, _folder) = with_key();
    board.run(&approve(&key, &[])).ended(0);
    board.refuses(
        &approve(&key, &[]),
        1,
        "mlee voted on it in this very minute, 2026-11-18 10:00: wait for the next one",
    );
    board.refuses(&approve(&key, &["--at", "2026-11-17 10:00"]), 1, "mlee voted on it later, on 2026-11-18 10:00");
    board.refuses(&approve(&key, &["--at", "2026-11-19 10:00"]), 1, "error[future-event]: this vote is dated");
    board.refuses(&approve(&key, &["--at", "tomorrow"]), 2, "write date and time as");
    board.refuses(
        &approve(&key, &["--at", "2026-03-08 02:30"]),
        1,
        "error[invalid-value]: 2026-03-08 02:30 does not exist",
    );
}

#[test]
fn a_vote_in_the_future() {
    let (board, key, _folder) = with_key();
    let mut command = crate::support::command(&board.project.root(), &approve(&key, &["--at", "2099-12-30 10:00"]));
    let run: crate::support::Run = command.env("HOME", board.home.path()).output().expect("the binary").into();
    let run = run.ended(1);
    assert!(run.stderr.contains("error[future-event]: this vote is dated 2099-12-30 10:00"), "{}", run.stderr);
    assert!(board.votes().is_empty());
}

#[test]
fn a_signature_that_does_not_fit() {
    let (board, key, folder) = with_key();
    let at = ["--at", "2026-11-18 09:30"];
    let printed = board.sign("approve", &[&["--print"], &at[..]].concat()).ended(0);
    let text = folder.path().join("vote.txt");
    let signed = |namespace: &str, bytes: &[u8], key: &Key| {
        fs::write(&text, bytes).expect("a file");
        drop(fs::remove_file(folder.path().join("vote.txt.sig")));
        let mut command = std::process::Command::new("ssh-keygen");
        command.args(["-q", "-Y", "sign", "-n", namespace, "-f"]).arg(&key.file).arg(&text);
        assert!(command.status().expect("ssh-keygen").success());
    };
    let signature = folder.path().join("vote.txt.sig");
    let back = |decision: &'static str| {
        let arguments = ["sign", CR, "--decision", decision, "--as", "mlee", "--reason", "Words", "--at", at[1]];
        [&arguments[..], &["--signature"]].concat().into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let refuses = |decision, why| {
        let mut arguments = back(decision);
        arguments.push(path(&signature).to_owned());
        board.refuses(&arguments.iter().map(String::as_str).collect::<Vec<_>>(), 1, why);
    };
    signed("heatpack-decision", &printed.out, &key);
    // It was signed without a reason, and to approve.
    refuses(
        "approve",
        "error[signature-invalid]: the signature of mlee is not valid: it does not fit what the vote says",
    );
    refuses("reject", "sign again what `--print` prints now");
    signed("file", &printed.out, &key);
    refuses("approve", "it was made for another purpose, `file`");
    signed("heatpack-decision", &printed.out, &new_key(folder.path(), "ecdsa", None));
    refuses("approve", "it was not made with a key of Morgan Placeholder");
    fs::write(&signature, "yes").expect("a file");
    refuses("approve", "it is not a signature as `ssh-keygen -Y sign` writes it");
    board.refuses(
        &["sign", CR, "--decision", "approve", "--as", "mlee", "--signature", path(&signature)],
        2,
        "--at <TIME>",
    );
}

#[test]
fn an_unsigned_vote_where_signatures_are_required() {
    let (board, _key, _folder) = with_key();
    board.refuses(
        &["sign", CR, "--decision", "approve", "--as", "mlee", "--unsigned"],
        1,
        "error[decision-unsigned]: the vote of mlee has no signature",
    );
}

#[test]
#[cfg(unix)]
fn a_vote_is_written_into_the_project_and_nowhere_else() {
    let (board, key, folder) = with_key();
    let elsewhere = folder.path().join("elsewhere");
    fs::create_dir(&elsewhere).expect("a folder");
    std::os::unix::fs::symlink(&elsewhere, board.project.root().join("data/decisions")).expect("a link");
    board.refuses(&approve(&key, &[]), 2, "data/decisions is not a folder: take it away");
    assert_eq!(fs::read_dir(&elsewhere).expect("a folder").count(), 0);
}

#[test]
fn a_date_as_the_as_of_time_does_not_say_when_the_vote_was_cast() {
    let (board, key, _folder) = with_key();
    let sign = |as_of: &str, more: &[&str]| -> Run {
        let arguments = [&["--as-of", as_of], &approve(&key, &[])[..], more].concat();
        command(&board.project.root(), &arguments).env("HOME", board.home.path()).output().expect("the binary").into()
    };
    let run = sign("2026-11-18", &[]).ended(2);
    assert!(run.stderr.contains("say when it was with --at \"2026-11-18 14:05\""), "{}", run.stderr);
    assert!(board.votes().is_empty());
    sign("2026-11-18", &["--at", "2026-11-18 14:05"]).ended(0);
    assert!(board.vote("2026-11-18-mlee.yaml").contains("at: 2026-11-18 14:05\n"));
    sign("2026-11-19 09:00", &[]).ended(0);
    assert!(board.vote("2026-11-19-mlee.yaml").contains("at: 2026-11-19 09:00\n"));
}
