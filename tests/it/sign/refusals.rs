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
    [&["sign", CR, "--decision", "approve", "--as", "mlee", "--yes", "--key", path(&key.file)], more].concat()
}

#[test]
fn whoever_may_not_vote() {
    let (board, key, _folder) = with_key();
    let by = |who: &'static str| ["sign", CR, "--decision", "approve", "--as", who, "--key", path(&key.file)];
    board.refuses(&by("rchen"), 1, "error[decision-not-by-board]: rchen was not a member of the board on");
    board.refuses(&by("tnguyen"), 1, "error[unknown-reference]: no member of the board `tnguyen`");
    board.refuses(&by("Morgan Lee"), 2, "`Morgan Lee` is not a member's id; board members on Wed, Nov 18, 2026: dquill (Devon Quill), mlee (Morgan Placeholder, chair)");
    let members = "help: board members on Wed, Nov 18, 2026: dquill (Devon Quill), mlee (Morgan Placeholder, chair)\n";
    board.refuses(&by("rchen"), 1, members);
    board.refuses(&by("tnguyen"), 1, members);
    // The person who prepared the CR, and the one who submitted it.
    let path = "data/crs/CR-2026-007.yaml";
    board.project.write(path, CHANGE.replace("prepared_by: kfoster", "prepared_by: dquill"));
    board.commit();
    let proposer = "error[decision-by-proposer]: dquill prepared or submitted CR-2026-007 and cannot vote on it";
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
        "error[decision-out-of-time]: mlee voted on CR-2026-007 when it was already `withdrawn`",
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
        "submitted in this minute: sign again in the next one",
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
        let says = format!("error[missing-detail]: mlee voted to {decision} the request without a reason");
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
    board.refuses(
        &approve(&key, &[]),
        1,
        "data/crs/CR-2026-007.yaml has uncommitted edits\nhelp: commit or undo them, then sign",
    );
    board.git(&["add", "--all"]);
    board.refuses(&approve(&key, &[]), 1, "has uncommitted edits");
    board.commit();
    // Nor by a board that they cannot read: its keys say who signs.
    let members = board.project.read("data/board.yaml");
    board.project.write("data/board.yaml", format!("# another board\n{members}"));
    board.refuses(&approve(&key, &[]), 1, "data/board.yaml has uncommitted edits");
    board.project.write("data/board.yaml", members);
    // Edits elsewhere do not matter here.
    board.project.write("data/subjects.yaml", "# later\n- {id: scorecard, name: Scorecard, kind: module}\n");
    let arguments = approve(&key, &["--print"]).into_iter().filter(|one| *one != "--key" && *one != path(&key.file));
    board.run(&arguments.collect::<Vec<_>>()).ended(0);
    board.git(&["rm", "--quiet", "--cached", "data/crs/CR-2026-007.yaml"]);
    board.refuses(&approve(&key, &[]), 1, "data/crs/CR-2026-007.yaml is not committed\nhelp: commit it, then sign");
    board.project.write(".gitignore", "crs/\n");
    board.refuses(&approve(&key, &[]), 1, "data/crs/CR-2026-007.yaml is not committed");
    // Where git cannot say, nothing is signed.
    fs::write(board.project.root().join(".git/HEAD"), "nonsense").expect("a file");
    board.refuses(&approve(&key, &[]), 2, "cannot check whether data/crs/CR-2026-007.yaml is committed");
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
    // A public key beside another's private key does not help, and neither does one alone.
    fs::write(&public, &key.public).expect("a file");
    let run = board.run(&approve(&other, &[]));
    assert!(run.status != 0 && board.votes().is_empty(), "{}", run.stderr);
    fs::remove_file(&public).expect("a file");
    board.refuses(&approve(&other, &[]), 1, says);
    board.refuses(&["sign", CR, "--decision", "approve", "--as", "mlee", "--key", "nowhere"], 2, "cannot read nowhere");
    fs::write(folder.path().join("letter"), "Dear board,\n").expect("a file");
    let letter = folder.path().join("letter");
    board.refuses(
        &["sign", CR, "--decision", "approve", "--as", "mlee", "--yes", "--key", path(&letter)],
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
        "mlee already voted on it in this minute, 2026-11-18 10:00: wait for the next one",
    );
    board.refuses(&approve(&key, &["--at", "2026-11-17 10:00"]), 1, "mlee voted on it later, on 2026-11-18 10:00");
    board.refuses(&approve(&key, &["--at", "2026-11-19 10:00"]), 1, "error[future-event]: this vote is dated");
    board.refuses(&approve(&key, &["--at", "tomorrow"]), 2, "is not a time: write it as");
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
        "error[signature-invalid]: the signature of mlee is not valid: it was made for the same vote without a reason",
    );
    refuses("reject", "not valid: it was made for another decision, `approve`, without a reason");
    refuses("reject", "sign again the text that `--print` prints now");
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
fn a_copy_of_the_text_that_was_changed_on_its_way() {
    let (board, key, folder) = with_key();
    let printed = board.sign("approve", &["--print", "--at", "2026-11-18 09:30"]).ended(0);
    let text = printed.stdout().to_owned();
    let crlf = text.replace('\n', "\r\n");
    let utf_16 = |text: &str| -> Vec<u8> {
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    let copies: [(&str, Vec<u8>); 6] = [
        ("with Windows line ends (CRLF)", crlf.clone().into()),
        ("without its last line end", text.trim_end().into()),
        ("with Windows line ends (CRLF) and without its last line end", crlf.trim_end().into()),
        ("with a byte-order mark and Windows line ends (CRLF)", format!("\u{feff}{crlf}").into()),
        ("in UTF-16 with Windows line ends (CRLF)", utf_16(&crlf)),
        ("with an empty line at its end", format!("{text}\n").into()),
    ];
    let file = folder.path().join("vote.txt");
    let signature = folder.path().join("vote.txt.sig");
    let back = ["sign", CR, "--decision", "approve", "--as", "mlee", "--at", "2026-11-18 09:30", "--signature"];
    let back = [&back[..], &[path(&signature)]].concat();
    let sign = |bytes: &[u8]| {
        fs::write(&file, bytes).expect("a file");
        drop(fs::remove_file(&signature));
        let mut command = std::process::Command::new("ssh-keygen");
        command.args(["-q", "-Y", "sign", "-n", "heatpack-decision", "-f"]).arg(&key.file).arg(&file);
        assert!(command.status().expect("ssh-keygen").success());
        fs::read(&signature).expect("the signature")
    };
    for (how, bytes) in copies {
        sign(&bytes);
        board.refuses(&back, 1, &format!("it was made of a copy of the text {how}\n"));
    }
    // The signature itself as something else, or not whole.
    let good = String::from_utf8(sign(text.as_bytes())).expect("armor");
    let utf_16_file = format!("{} is UTF-16 text, not UTF-8", path(&signature));
    for (bytes, status, why) in [
        (utf_16(&good), 2, utf_16_file.as_str()),
        (vec![0xff, 0xd8, 0xe0], 2, "is not a text file"),
        (text.clone().into(), 1, "it is the text to sign, not its signature"),
        (key.public.clone().into(), 1, "it is a public key, not a signature"),
        (fs::read(&key.file).expect("the key"), 1, "it is a private key, not a signature; keep that file secret"),
        (b"-----BEGIN PGP SIGNATURE-----\n".to_vec(), 1, "it is a PGP signature"),
        (good[..good.len() / 2].into(), 1, "its end is missing"),
        (good.replace('A', "B").into(), 1, "not valid: it "),
    ] {
        fs::write(&signature, bytes).expect("a file");
        board.refuses(&back, status, why);
    }
    // Line ends and a mark around the armor are no part of it.
    let mailed = format!("\u{feff}{}", good.trim_end().replace('\n', "\r\n"));
    fs::write(&signature, mailed).expect("a file");
    board.run(&back).ended(0);
    assert!(!board.vote("2026-11-18-mlee.yaml").contains('\r'));
    board.run(&["verify", CR]).ended(0);
}

#[test]
fn a_certificate_in_the_place_of_a_key() {
    let (board, key, folder) = with_key();
    let authority = new_key(folder.path(), "ecdsa", None);
    let mut certify = std::process::Command::new("ssh-keygen");
    certify.args(["-q", "-I", "mlee", "-n", "mlee", "-s"]).arg(&authority.file).arg(key.file.with_extension("pub"));
    assert!(certify.status().expect("ssh-keygen").success());
    let certificate = folder.path().join("id_ed25519-cert.pub");
    let says = format!("{} is a certificate: use the key itself ({}", path(&certificate), path(&key.file));
    board.refuses(&["sign", CR, "--decision", "approve", "--as", "mlee", "--key", path(&certificate)], 2, &says);
    let printed = board.sign("approve", &["--print", "--at", "2026-11-18 09:30"]).ended(0);
    let signature = folder.path().join("vote.sig");
    fs::write(&signature, crate::support::sshsig::sign_with(&certificate, "heatpack-decision", printed.stdout()))
        .expect("a file");
    let back = ["sign", CR, "--decision", "approve", "--as", "mlee", "--at", "2026-11-18 09:30", "--signature"];
    board.refuses(&[&back[..], &[path(&signature)]].concat(), 1, "it was made with a certificate, not with the key");
    let members = board.project.read("data/board.yaml");
    let line = fs::read_to_string(&certificate).expect("the certificate");
    board.project.write("data/board.yaml", members.replace(&key.public, line.trim()));
    let check = board.run(&["check"]).ended(1);
    assert!(check.stdout().contains("is a certificate, not a public key"), "{}", check.stdout());
    assert!(check.stdout().contains("not the one that ends in `-cert.pub`"), "{}", check.stdout());
}

#[test]
#[cfg(unix)]
fn an_ssh_keygen_that_is_too_old() {
    use std::os::unix::fs::PermissionsExt;
    let (board, key, folder) = with_key();
    let old = folder.path().join("ssh-keygen");
    fs::write(&old, "#!/bin/sh\necho 'unknown option -- Y' >&2\necho 'usage: ssh-keygen [-q] [-b bits]' >&2\nexit 1\n")
        .expect("a file");
    fs::set_permissions(&old, fs::Permissions::from_mode(0o755)).expect("a program");
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let paths = std::iter::once(folder.path().to_owned()).chain(std::env::split_paths(&paths));
    let mut command = board.command(&approve(&key, &[]));
    command.env("PATH", std::env::join_paths(paths).expect("a path"));
    let run = Run::from(command.output().expect("the binary")).ended(2);
    assert!(run.stderr.contains("install OpenSSH 8.1 or later, or sign elsewhere with --print"), "{}", run.stderr);
    assert!(board.votes().is_empty());
}

#[test]
fn a_request_that_changed_since_it_was_submitted() {
    let (board, key, _folder) = with_key();
    let printed = board.sign("approve", &["--print"]).ended(0);
    let digest = printed.stdout().lines().find_map(|line| line.strip_prefix("digest ")).expect("a digest").to_owned();
    let submitted = CHANGE.replace("by: kfoster}", &format!("by: kfoster, digest: \"{digest}\"}}"));
    board.project.write("data/crs/CR-2026-007.yaml", submitted.replace("effort: 3 days", "effort: 90 days"));
    board.commit();
    board.refuses(&approve(&key, &[]), 1, "error: CR-2026-007 has changed since it was submitted\nhelp: undo the edit");
    // Nor does a setting help, whatever it makes of the rule about that.
    board.project.write("data/heatpack.yaml", "rules: {request-changed: off}\n");
    board.commit();
    board.refuses(&approve(&key, &[]), 1, "has changed since it was submitted");
    board.project.write("data/crs/CR-2026-007.yaml", submitted);
    board.project.write("data/heatpack.yaml", "");
    board.commit();
    board.run(&approve(&key, &[])).ended(0);
    assert!(board.vote("2026-11-18-mlee.yaml").contains(&format!("digest: {digest}\n")));
}

#[test]
fn a_key_that_is_not_valid_any_more() {
    let (board, key, _folder) = with_key();
    let members = board.project.read("data/board.yaml");
    let dated = format!("{{key: {}, until: 2026-11-17}}", key.public);
    board.project.write("data/board.yaml", members.replace(&key.public, &dated));
    board.commit();
    board.refuses(&approve(&key, &[]), 1, "is a key of mlee that is not valid on Wed, Nov 18, 2026");
    board.run(&approve(&key, &["--at", "2026-11-17 14:05"])).ended(0);
}

#[test]
fn nothing_is_signed_unasked() {
    let (board, key, _folder) = with_key();
    let arguments = ["sign", CR, "--decision", "approve", "--as", "mlee", "--key", path(&key.file)];
    board.refuses(&arguments, 2, "there is no terminal to ask on, so nothing was signed");
    board.refuses(&arguments, 2, "add --yes to sign it, or use --print to sign elsewhere");
    // An answer that comes through a pipe is no one's who could read the request.
    let mut command = board.command(&arguments);
    let mut child = command
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("the binary");
    use std::io::Write;
    drop(child.stdin.take().expect("its input").write_all(b"y\n"));
    assert_eq!(child.wait().expect("the binary").code(), Some(2));
    assert!(board.votes().is_empty());
    let optional = Board::with_terms("optional", &[]);
    let unsigned = ["sign", CR, "--decision", "approve", "--as", "mlee", "--unsigned"];
    optional.refuses(&unsigned, 2, "there is no terminal to ask on");
    board.run(&[&arguments[..], &["--yes"]].concat()).ended(0);
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
    let why = "data/decisions: error[misplaced-file]: this is a symbolic link, which is not opened";
    board.refuses(&approve(&key, &[]), 1, why);
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
    assert!(run.stderr.contains("use --at \"2026-11-18 14:05\""), "{}", run.stderr);
    assert!(board.votes().is_empty());
    sign("2026-11-18", &["--at", "2026-11-18 14:05"]).ended(0);
    assert!(board.vote("2026-11-18-mlee.yaml").contains("at: 2026-11-18 14:05\n"));
    sign("2026-11-19 09:00", &[]).ended(0);
    assert!(board.vote("2026-11-19-mlee.yaml").contains("at: 2026-11-19 09:00\n"));
}
