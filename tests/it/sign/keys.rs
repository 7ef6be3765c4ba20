//! Every kind of key: what heatpack wrote, ssh-keygen accepts; what ssh-keygen signed, heatpack accepts.

use std::fs;
use std::process::{Child, Command, Stdio};

use crate::sign::board::{AS_OF, Board, CR, Key, field, fingerprint, is_accepted, new_key, path};
use crate::support::Run;

const KINDS: [(&str, Option<&str>); 4] =
    [("ed25519", None), ("ecdsa", Some("256")), ("ecdsa", Some("384")), ("rsa", Some("3072"))];
const VOTE: &str = "2026-11-18-mlee.yaml";

#[test]
fn ssh_keygen_accepts_what_sign_wrote() {
    let folder = tempfile::tempdir().expect("a folder");
    for (kind, bits) in KINDS {
        let key = new_key(folder.path(), kind, bits);
        let board = Board::of(&[&key]);
        let run =
            board.sign("approve", &["--key", path(&key.file), "--reason", "Tested: FY26 # \"all\" of it"]).ended(0);
        assert_eq!(run.stdout(), format!("data/decisions/{CR}/{VOTE}\n"));
        for said in [&fingerprint(&key), "Morgan Placeholder (mlee), the chair", "sha256:", "1 of 2 approvals"] {
            assert!(run.stderr.contains(said), "{said}: {}", run.stderr);
        }
        // The reason of one line is quoted in the file; what is signed is the text itself.
        let vote = board.vote(VOTE).replace("\"Tested: FY26 # \\\"all\\\" of it\"", "Tested: FY26 # \"all\" of it");
        assert!(is_accepted(&vote, &key), "{kind} {bits:?}\n{vote}");
        assert!(!is_accepted(&vote.replace("decision: approve", "decision: reject"), &key), "{kind}");
        board.run(&["check"]).ended(0);
        let verified = board.run(&["verify", CR, "--format", "json"]).ended(0).json();
        assert_eq!(verified["votes"][0]["fingerprint"], fingerprint(&key).as_str());
        assert_eq!(verified["votes"][0]["counts"], true);
        assert_eq!(verified["standing"], "1 of 2 approvals");
    }
}

#[test]
fn heatpack_accepts_what_ssh_keygen_signed() {
    let folder = tempfile::tempdir().expect("a folder");
    for (kind, bits) in KINDS {
        let key = new_key(folder.path(), kind, bits);
        let board = Board::of(&[&key]);
        let vote = signed_elsewhere(&board, &key, &["--reason", "It's $HOME `pwd`\nand more\n\n  indented"]);
        assert!(is_accepted(&vote, &key), "{kind} {bits:?}\n{vote}");
        board.run(&["check"]).ended(0);
    }
}

/// Signs as `--print` says, with the very commands that it prints, run by a shell; gives the vote.
fn signed_elsewhere(board: &Board, key: &Key, more: &[&str]) -> String {
    let printed = board.sign("return", &[more, &["--print"]].concat()).ended(0);
    assert!(board.votes().is_empty());
    let elsewhere = tempfile::tempdir().expect("a folder");
    fs::write(elsewhere.path().join("vote.txt"), &printed.out).expect("a file");
    let indented = |line: &str| line.strip_prefix("  ").filter(|line| line.starts_with(['s', 'h'])).map(str::to_owned);
    // A reason of several lines goes on without an indent.
    let sign =
        printed.stderr.lines().rfind(|line| line.starts_with("  ssh-keygen ")).and_then(indented).expect("how to sign");
    let (_, back) = printed.stderr.split_once("save the vote:\n\n").expect("how to save it");
    let shell = |line: &str| {
        let mut command = Command::new("sh");
        command.args(["-ec", line]).current_dir(elsewhere.path()).stdin(Stdio::null());
        command.env("HOME", board.home.path()).output().expect("a shell")
    };
    let signed = shell(&sign.replace("-f KEY", &format!("-f '{}'", path(&key.file))));
    assert!(signed.status.success(), "{}", String::from_utf8_lossy(&signed.stderr));
    let (binary, root) = (env!("CARGO_BIN_EXE_heatpack"), board.project.root());
    let back = back.trim().replacen("heatpack", &format!("'{binary}' -C '{}' --as-of '{AS_OF}'", path(&root)), 1);
    Run::from(shell(&back)).ended(0);
    assert_eq!(board.votes(), [VOTE]);
    board.vote(VOTE)
}

#[test]
fn a_key_is_found_in_the_home_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let key = new_key(folder.path(), "ed25519", None);
    let board = Board::of(&[&key]);
    let refused = "none of Morgan Placeholder's keys in data/board.yaml is here";
    let arguments = ["sign", CR, "--decision", "approve", "--as", "mlee", "--yes"];
    board.refuses(&arguments, 2, refused);
    let ssh = board.home.path().join(".ssh");
    fs::create_dir(&ssh).expect("a folder");
    // Another's key, something that is none, and the public half alone are of no use.
    new_key(&ssh, "ecdsa", None);
    fs::write(ssh.join("broken.pub"), "ssh-ed25519 nothing").expect("a file");
    fs::write(ssh.join("work.pub"), &key.public).expect("a file");
    board.refuses(&arguments, 2, refused);
    fs::copy(&key.file, ssh.join("work")).expect("the private half");
    let run = board.run(&arguments).ended(0);
    assert!(run.stderr.contains("work.pub"), "{}", run.stderr);
    assert!(is_accepted(&board.vote(VOTE), &key));
}

/// A program that answers when ssh-keygen asks for a passphrase where there is no terminal.
#[cfg(unix)]
fn answering(board: &Board, passphrase: &str) -> std::path::PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let file = board.home.path().join("askpass");
    fs::write(&file, format!("#!/bin/sh\necho '{passphrase}'\n")).expect("a file");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).expect("a program");
    file
}

#[test]
#[cfg(unix)]
fn a_passphrase_is_asked_for_by_ssh_keygen_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let key = new_key(folder.path(), "ed25519", None);
    let mut protect = Command::new("ssh-keygen");
    protect.args(["-q", "-p", "-P", "", "-N", "open sesame", "-f"]).arg(&key.file);
    assert!(protect.output().expect("ssh-keygen").status.success());
    let board = Board::of(&[&key]);
    let sign = |answer: &str| {
        let mut command =
            board.command(&["sign", CR, "--decision", "approve", "--as", "mlee", "--yes", "--key", path(&key.file)]);
        command.env("SSH_ASKPASS", answering(&board, answer)).env("SSH_ASKPASS_REQUIRE", "force");
        Run::from(command.output().expect("the binary"))
    };
    let wrong = sign("open barley").ended(2);
    assert!(wrong.stderr.contains("`ssh-keygen` did not sign with"), "{}", wrong.stderr);
    assert!(board.votes().is_empty());
    sign("open sesame").ended(0);
    assert!(is_accepted(&board.vote(VOTE), &key));
}

/// An agent of OpenSSH, which ends with the test.
struct Agent {
    child: Child,
    socket: std::path::PathBuf,
    _folder: tempfile::TempDir,
}

impl Agent {
    fn new() -> Agent {
        let folder = tempfile::tempdir().expect("a folder");
        let socket = folder.path().join("agent");
        // -D keeps it in the foreground, so that it is a child that can be ended.
        let child = Command::new("ssh-agent")
            .args(["-D", "-a"])
            .arg(&socket)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("ssh-agent (OpenSSH), which this test needs");
        for _ in 0..200 {
            if socket.exists() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        Agent { child, socket, _folder: folder }
    }
}

impl Drop for Agent {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_agent_signs_with_a_key_that_is_in_no_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let (key, other) = (new_key(folder.path(), "ed25519", None), new_key(folder.path(), "ecdsa", None));
    let agent = Agent::new();
    for key in [&other, &key] {
        let added = Command::new("ssh-add").arg("-q").arg(&key.file).env("SSH_AUTH_SOCK", &agent.socket).status();
        assert!(added.expect("ssh-add").success());
        fs::remove_file(&key.file).expect("the private half, which is in the agent alone now");
    }
    let board = Board::of(&[&key]);
    let arguments = ["sign", CR, "--decision", "approve", "--as", "mlee", "--yes"];
    board.refuses(&arguments, 2, "neither in ~/.ssh nor in the agent");
    let mut command = board.command(&arguments);
    let run = Run::from(command.env("SSH_AUTH_SOCK", &agent.socket).output().expect("the binary")).ended(0);
    assert!(run.stderr.contains("in the agent"), "{}", run.stderr);
    assert!(is_accepted(&board.vote(VOTE), &key));
    // A public key that is named leads to the agent too.
    let public = key.file.with_extension("pub");
    let again =
        ["sign", CR, "--decision", "defer", "--as", "mlee", "--reason", "Later", "--at", "2026-11-18 09:00", "--yes"];
    let mut command = board.command(&again);
    command.args(["--key", path(&public)]);
    board.project.remove(&format!("data/decisions/{CR}/{VOTE}"));
    Run::from(command.env("SSH_AUTH_SOCK", &agent.socket).output().expect("the binary")).ended(0);
    assert!(is_accepted(&board.vote(VOTE), &key));
}

#[test]
fn a_key_that_cannot_be_checked_is_named_as_such() {
    let folder = tempfile::tempdir().expect("a folder");
    let key = new_key(folder.path(), "ecdsa", Some("521"));
    let board = Board::of(&[&key]);
    let says = "heatpack cannot check keys of the kind `ecdsa-sha2-nistp521`";
    let arguments = ["sign", CR, "--decision", "approve", "--as", "mlee", "--key", path(&key.file)];
    board.refuses(&arguments, 1, says);
    // A signature that was made elsewhere is not taken either, and `check` says the same of one that stands there.
    let printed = board.sign("approve", &["--print", "--at", "2026-11-18 09:00"]).ended(0);
    let text = folder.path().join("vote.txt");
    fs::write(&text, &printed.out).expect("a file");
    let mut ssh_keygen = Command::new("ssh-keygen");
    ssh_keygen.args(["-q", "-Y", "sign", "-n", "heatpack-decision", "-f"]).arg(&key.file).arg(&text);
    assert!(ssh_keygen.status().expect("ssh-keygen").success());
    let signature = folder.path().join("vote.txt.sig");
    let back = ["sign", CR, "--decision", "approve", "--as", "mlee", "--at", "2026-11-18 09:00", "--signature"];
    board.refuses(&[&back[..], &[path(&signature)]].concat(), 1, says);
}

/// The signature of a key over some bytes, without OpenSSH's wrapping.
fn raw_signature(key: &impl ssh_key::SigningKey, bytes: &[u8]) -> ssh_key::Signature {
    key.try_sign(bytes).expect("a signature")
}

/// A signature as a security key makes it: over the key's application, flags and counter too.
#[test]
fn a_security_key_signs_as_well() {
    use ssh_key::private::Ed25519Keypair;
    use ssh_key::public::{Ed25519PublicKey, KeyData, SkEd25519};
    use ssh_key::{Algorithm, HashAlg, LineEnding, PrivateKey, PublicKey, Signature, SshSig};

    let pair = Ed25519Keypair::from_seed(&[7; 32]);
    let own = PrivateKey::from(pair);
    let inner: Ed25519PublicKey = *own.public_key().key_data().ed25519().expect("an ed25519 key");
    let key = PublicKey::from(KeyData::SkEd25519(SkEd25519::from(inner)));
    let public = key.to_openssh().expect("a key");
    let key_file = Key { file: std::path::PathBuf::new(), public };
    let board = Board::of(&[&key_file]);
    let at = ["--at", "2026-11-18 09:30"];
    let printed = board.sign("approve", &[&["--print"], &at[..]].concat()).ended(0);

    use sha2::{Digest, Sha256};
    let message = SshSig::signed_data("heatpack-decision", HashAlg::Sha512, &printed.out).expect("a message");
    let trailer = [1u8, 0, 0, 0, 42];
    let mut signed = Sha256::digest("ssh:").to_vec();
    signed.extend(trailer);
    signed.extend(Sha256::digest(message));
    let made = raw_signature(&own, &signed);
    let data = [made.as_bytes(), &trailer].concat();
    let signature = Signature::new(Algorithm::SkEd25519, data).expect("a signature");
    let armour = SshSig::new(key.key_data().clone(), "heatpack-decision", HashAlg::Sha512, signature)
        .and_then(|signature| signature.to_pem(LineEnding::LF))
        .expect("armour");
    let file = board.home.path().join("vote.sig");
    fs::write(&file, armour).expect("a file");
    board.sign("approve", &[&["--signature", path(&file)], &at[..]].concat()).ended(0);
    let vote = board.vote(VOTE);
    assert!(is_accepted(&vote, &key_file), "{vote}");
    assert!(field(&vote, "signature").is_some());
}
