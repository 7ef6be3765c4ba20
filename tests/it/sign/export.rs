//! `verify --export`: its script verifies what heatpack counts, without heatpack, and no folder that was altered.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sha2::{Digest, Sha256};

use crate::sign::board::{Board, CHANGE, CR, Key, field, new_key, path, signed_text};
use crate::support::{Run, files, run, sample};

const CR_8: &str = "CR-2026-008";

/// A board whose members have keys of every kind, and what each voted.
struct Voted {
    board: Board,
    keys: BTreeMap<&'static str, Key>,
    _folder: tempfile::TempDir,
}

impl Voted {
    fn new() -> Voted {
        let folder = tempfile::tempdir().expect("a folder");
        let kinds = [
            ("mlee", "ed25519", None),
            ("rchen-lost", "ecdsa", Some("256")),
            ("rchen", "ecdsa", Some("384")),
            ("ssample", "rsa", Some("3072")),
            ("aolder", "rsa", Some("2048")),
            ("stranger", "ed25519", None),
        ];
        let mut keys = BTreeMap::new();
        for (name, kind, bits) in kinds {
            let own = folder.path().join(name);
            fs::create_dir(&own).expect("a folder");
            keys.insert(name, new_key(&own, kind, bits));
        }
        let board = Board::of(&[]);
        let public = |name: &str| keys[name].public.clone();
        board.project.write(
            "data/board.yaml",
            format!(
                "terms:\n  - {{from: 2024-10-01, quorum: 2, chair_required: true, signatures: required}}\nmembers:\n  \
                 - {{id: mlee, name: Morgan Placeholder, chair: true, from: 2025-01-06, keys: [\"{}\"]}}\n  \
                 - id: rchen\n    name: Reese Sample\n    from: 2025-01-06\n    keys:\n      \
                 - {{key: \"{}\", until: 2026-11-14}}\n      - {{key: \"{}\", from: 2026-11-15}}\n  \
                 - {{id: ssample, name: Sidney Sample, from: 2026-11-01, keys: [\"{}\"]}}\n  \
                 - {{id: aolder, name: Alex Older, until: 2026-11-15, keys: [\"{}\"]}}\n",
                public("mlee"),
                public("rchen-lost"),
                public("rchen"),
                public("ssample"),
                public("aolder"),
            ),
        );
        board.project.write(&format!("data/crs/{CR_8}.yaml"), CHANGE.replace(CR, CR_8));
        board.commit();
        let voted = Voted { board, keys, _folder: folder };
        // The first vote is replaced by a later one; the reasons are a block, a quoted line, and a block of one line.
        voted.sign(CR, "rchen", "rchen-lost", "2026-11-12 23:30", "defer", "After the freeze:\n\n  two weeks");
        voted.sign(CR, "mlee", "mlee", "2026-11-16 14:05", "approve", "");
        voted.sign(CR, "rchen", "rchen", "2026-11-17 09:00", "approve", "Tested: \"all\" of it # twice");
        voted.sign(CR, "ssample", "ssample", "2026-11-17 10:00", "approve", "Sound plan.");
        let one_line = "data/decisions/CR-2026-007/2026-11-17-ssample.yaml";
        let text = voted.board.project.read(one_line);
        assert!(text.contains("reason: Sound plan.\n"), "{text}");
        voted.board.project.write(one_line, text.replace("reason: Sound plan.\n", "reason: |-\n  Sound plan.\n"));
        voted.sign(CR_8, "mlee", "mlee", "2026-11-16 14:05", "approve", "");
        voted.board.commit();
        voted
    }

    fn sign(&self, cr: &str, by: &str, key: &str, at: &str, decision: &str, reason: &str) {
        let key = path(&self.keys[key].file).to_owned();
        let mut arguments = vec!["sign", cr, "--decision", decision, "--as", by, "--key", &key, "--at", at, "--yes"];
        if !reason.is_empty() {
            arguments.extend(["--reason", reason]);
        }
        self.board.run(&arguments).ended(0);
    }

    /// The votes on a change request, exported.
    fn export(&self, cr: &str) -> Export {
        let folder = tempfile::tempdir().expect("a folder");
        self.board.run(&["verify", cr, "--export", path(folder.path())]).ended(0);
        Export { folder }
    }
}

/// A folder that `verify --export` wrote.
struct Export {
    folder: tempfile::TempDir,
}

impl Export {
    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.file(name)).expect("a file of text")
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.file(name), bytes).expect("a file");
    }

    #[track_caller]
    fn edit(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert!(text.contains(from), "{name} has no {from:?}\n{text}");
        self.write(name, text.replacen(from, to, 1));
    }

    fn remove(&self, name: &str) {
        fs::remove_file(self.file(name)).expect("a file to remove");
    }

    /// The name of the request's file.
    fn request(&self) -> String {
        let digest = self.read("vote-2026-11-16-mlee.txt");
        let digest = digest.lines().find_map(|line| line.strip_prefix("digest sha256:")).expect("a digest");
        format!("request-{digest}.json")
    }

    /// Signs a vote's present text with a key.
    fn sign(&self, vote: &str, namespace: &str, key: &Key) {
        let text = self.file(&format!("vote-{vote}.txt"));
        let made = self.file(&format!("vote-{vote}.txt.sig"));
        let mut command = Command::new("ssh-keygen");
        command.args(["-q", "-Y", "sign", "-n", namespace, "-f"]).arg(&key.file).arg(&text).stdin(Stdio::null());
        assert!(command.status().expect("ssh-keygen").success());
        fs::rename(made, self.file(&format!("vote-{vote}.sig"))).expect("the signature");
    }

    /// Rewrites SHA256SUMS, as an attacker would.
    fn seal(&self) {
        let hex = |bytes: &[u8]| Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let all = files(self.folder.path());
        let sums = all.iter().filter(|(name, _)| *name != "SHA256SUMS");
        self.write("SHA256SUMS", sums.map(|(name, bytes)| format!("{}  {name}\n", hex(bytes))).collect::<String>());
    }

    fn verify(&self) -> Run {
        verify(self.folder.path(), &["ssh-keygen", "sha256sum"])
    }
}

/// Runs an exported script on a computer that has `sh` and these programs, and nothing else.
fn verify(folder: &Path, programs: &[&str]) -> Run {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let find = |name: &str| std::env::split_paths(&paths).map(|own| own.join(name)).find(|own| own.is_file());
    let bin = tempfile::tempdir().expect("a folder");
    for program in programs {
        std::os::unix::fs::symlink(find(program).expect("a program"), bin.path().join(program)).expect("a link");
    }
    verify_with(folder, bin.path())
}

fn verify_with(folder: &Path, path: &Path) -> Run {
    let mut command = Command::new("/bin/sh");
    command.arg(folder.join("verify.sh")).current_dir("/").env_clear().env("PATH", path).env("TZ", "Asia/Tokyo");
    command.stdin(Stdio::null()).output().expect("sh").into()
}

/// A part of the script's lines: those that begin with a word.
fn lines<'r>(run: &'r Run, word: &str) -> Vec<&'r str> {
    run.stdout().lines().filter(|line| line.split(' ').next() == Some(word)).collect()
}

#[test]
fn every_vote_of_the_sample_verifies_without_heatpack() {
    let root = sample();
    let crs = fs::read_dir(root.join("data/decisions")).expect("decisions").flatten();
    let (mut signed, mut unsigned) = (0, 0);
    for cr in crs.map(|entry| entry.file_name().to_string_lossy().into_owned()) {
        let folder = tempfile::tempdir().expect("a folder");
        let exported = run(&root, &["verify", &cr, "--as-of", "2026-11-22", "--export", path(folder.path())]);
        assert!(exported.stderr.contains("files written to"), "{}", exported.stderr);
        let json = run(&root, &["verify", &cr, "--as-of", "2026-11-22", "--format", "json"]).json();
        let votes = json["votes"].as_array().expect("votes");
        let counted =
            |valid: bool| votes.iter().filter(|vote| vote["counts"] == true && vote["valid"] == valid).count();
        let said = verify(folder.path(), &["ssh-keygen", "sha256sum"]).ended(0);
        let found = ["good", "unsigned", "ignored"].map(|word| lines(&said, word).len());
        let ignored = votes.iter().filter(|vote| vote["counts"] == false).count();
        assert_eq!(found, [counted(true), counted(false), ignored], "{cr}: {}", said.stdout());
        for vote in votes.iter().filter(|vote| vote["valid"] == true && vote["counts"] == true) {
            let of_it = format!(
                "{} by {} at {}",
                text(&vote["decision"]),
                text(&vote["by"]),
                text(&vote["at"]).replace('T', " ")
            );
            let line = lines(&said, "good").into_iter().find(|line| line.contains(&of_it)).map(str::to_owned);
            let line = line.unwrap_or_else(|| panic!("{of_it} is not in {}", said.stdout()));
            assert!(line.contains(text(&vote["fingerprint"])), "{line}");
        }
        signed += found[0];
        unsigned += found[1];
    }
    assert!(signed >= 20 && unsigned >= 1, "{signed} signed, {unsigned} unsigned");
}

fn text(value: &serde_json::Value) -> &str {
    value.as_str().expect("a text")
}

#[test]
fn keys_of_every_kind_and_period_and_reasons_of_every_form_verify() {
    let export = Voted::new().export(CR);
    let run = export.verify().ended(0);
    assert_eq!(lines(&run, "good").len(), 4, "{}", run.stdout());
    for kind in ["ED25519", "ECDSA", "RSA"] {
        assert!(run.stdout().contains(&format!(", {kind} key SHA256:")), "{}", run.stdout());
    }
    assert!(run.stdout().contains("0 to reject, 0 to return, 0 to defer, 3 to approve"), "{}", run.stdout());
    assert!(run.stdout().contains("defer by rchen at 2026-11-12 23:30"), "{}", run.stdout());
    assert_eq!(export.read("vote-2026-11-17-ssample.reason"), "Sound plan.");
    assert_eq!(export.read("vote-2026-11-12-rchen.reason"), "After the freeze:\n\n  two weeks\n");
    // Each key with the time in which it could sign, in UTC: five hours after Washington's.
    let signers = export.read("allowed_signers");
    let of = |start: &str| signers.lines().filter(|line| line.starts_with(start)).count();
    let limited = "namespaces=\"heatpack-decision\",valid-after=";
    assert_eq!(of(&format!("mlee {limited}\"202501060500\" ssh-ed25519 ")), 1, "{signers}");
    assert_eq!(of(&format!("rchen {limited}\"202501060500\",valid-before=\"202611150459\" ecdsa-")), 1, "{signers}");
    assert_eq!(of(&format!("rchen {limited}\"202611150500\" ecdsa-")), 1, "{signers}");
    assert_eq!(of(&format!("ssample {limited}\"202611010400\" ssh-rsa ")), 1, "{signers}");
    assert_eq!(of("aolder namespaces=\"heatpack-decision\",valid-before=\"202611160459\" ssh-rsa "), 1, "{signers}");
}

#[test]
fn the_same_votes_give_the_same_bytes() {
    let voted = Voted::new();
    let (one, other) = (voted.export(CR), voted.export(CR));
    assert_eq!(files(one.folder.path()), files(other.folder.path()));
}

#[test]
fn the_request_of_an_earlier_round_comes_from_the_history() {
    let voted = Voted::new();
    let edited = CHANGE.replace("effort: 3 days", "effort: 8 days")
        + "  - {at: 2026-11-17 15:00, event: submitted, by: kfoster}\n";
    voted.board.project.write("data/crs/CR-2026-007.yaml", edited);
    voted.board.commit();
    voted.sign(CR, "mlee", "mlee", "2026-11-17 16:00", "approve", "");
    let export = voted.export(CR);
    let all = files(export.folder.path()).into_iter().filter(|(name, _)| name.starts_with("request-"));
    let requests: Vec<String> = all.map(|(_, text)| String::from_utf8(text).expect("UTF-8")).collect();
    assert_eq!(requests.len(), 2, "{requests:#?}");
    for effort in ["3 days", "8 days"] {
        assert!(requests.iter().any(|text| text.contains(&format!("\"effort\":\"{effort}\""))), "{requests:#?}");
    }
    export.verify().ended(0);
    // Outside git it is not known, which the export says; the votes verify all the same.
    fs::remove_dir_all(voted.board.project.root().join(".git")).expect("the folder");
    let folder = tempfile::tempdir().expect("a folder");
    let said = voted.board.run(&["verify", CR, "--export", path(folder.path())]).ended(0);
    assert!(said.stderr.contains("note: requests that no commit here has"), "{}", said.stderr);
    verify(folder.path(), &["ssh-keygen", "sha256sum"]).ended(0);
}

#[test]
fn a_vote_that_does_not_count_is_listed_and_does_not_fail() {
    let voted = Voted::new();
    // mlee's vote on a text that was never submitted.
    let vote = "data/decisions/CR-2026-007/2026-11-16-mlee.yaml";
    let signed = voted.board.project.read(vote);
    let digest = field(&signed, "digest").expect("a digest");
    let other = format!("sha256:{}", "0".repeat(64));
    let text = signed_text(&signed).replace(&digest, &other);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("vote.txt");
    fs::write(&file, text).expect("a file");
    let mut command = Command::new("ssh-keygen");
    command.args(["-q", "-Y", "sign", "-n", "heatpack-decision", "-f"]).arg(&voted.keys["mlee"].file).arg(&file);
    assert!(command.status().expect("ssh-keygen").success());
    let signature = fs::read_to_string(folder.path().join("vote.txt.sig")).expect("the signature");
    let signature: String = signature.lines().map(|line| format!("  {line}\n")).collect();
    let unsigned = signed.split("signature: |").next().expect("a vote").replace(&digest, &other);
    voted.board.project.write(vote, format!("{unsigned}signature: |\n{signature}"));
    let run = voted.export(CR).verify().ended(0);
    let ignored = lines(&run, "ignored");
    assert!(ignored.len() == 1 && ignored[0].contains("2026-11-16-mlee: "), "{}", run.stdout());
    assert!(ignored[0].contains("cast on a different text of the request"), "{}", ignored[0]);
}

#[test]
fn a_vote_without_a_valid_signature_is_listed_and_fails() {
    let voted = Voted::new();
    let vote = "data/decisions/CR-2026-007/2026-11-17-ssample.yaml";
    voted.board.project.write(vote, voted.board.project.read(vote).replace("decision: approve", "decision: defer"));
    let folder = tempfile::tempdir().expect("a folder");
    voted.board.run(&["verify", CR, "--export", path(folder.path())]).ended(1);
    let run = verify(folder.path(), &["ssh-keygen", "sha256sum"]).ended(1);
    let ignored = lines(&run, "ignored");
    assert!(ignored.len() == 1 && ignored[0].contains("2026-11-17-ssample: "), "{}", run.stdout());
    assert!(ignored[0].contains("another decision, `approve`"), "{}", ignored[0]);
    let bad = lines(&run, "BAD");
    assert!(bad.len() == 1 && bad[0].contains(vote) && bad[0].contains("the result is unknown"), "{}", run.stdout());
}

/// A way to alter a folder, and whom the script then does not believe.
type Attack = (&'static str, &'static str, fn(&Export, &Voted));

/// What is tried on a folder whose SHA256SUMS are then rewritten.
const ATTACKS: &[Attack] = &[
    ("a decision", "2026-11-16-mlee", |export, _| {
        export.edit("vote-2026-11-16-mlee.txt", "decision approve", "decision reject");
    }),
    ("a time", "2026-11-16-mlee", |export, _| {
        export.edit("vote-2026-11-16-mlee.txt", "14:05", "14:06");
    }),
    ("a digest", "2026-11-16-mlee", |export, _| {
        let text = export.read("vote-2026-11-16-mlee.txt");
        let digest = text.lines().nth(2).expect("a digest").to_owned();
        export.edit("vote-2026-11-16-mlee.txt", &digest, &format!("digest sha256:{}", "0".repeat(64)));
    }),
    ("a reason", "2026-11-17-ssample", |export, _| {
        export.write("vote-2026-11-17-ssample.reason", "Unsound plan.");
    }),
    ("a reason and its digest", "2026-11-17-ssample", |export, _| {
        export.write("vote-2026-11-17-ssample.reason", "");
        let digest = export.read("vote-2026-11-17-ssample.txt").lines().last().expect("a reason").to_owned();
        let nothing = "reason sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        export.edit("vote-2026-11-17-ssample.txt", &digest, nothing);
    }),
    ("no reason", "2026-11-17-ssample", |export, _| export.remove("vote-2026-11-17-ssample.reason")),
    ("the request", "2026-11-16-mlee", |export, _| export.edit(&export.request(), "3 days", "90 days")),
    ("the request shortened", "2026-11-16-mlee", |export, _| {
        let text = export.read(&export.request());
        export.write(&export.request(), &text[..text.len() / 2]);
    }),
    ("the voter", "2026-11-16-ssample", |export, _| {
        export.edit("vote-2026-11-16-mlee.txt", "by mlee", "by ssample");
        for ending in ["txt", "sig"] {
            let name = |by: &str| export.file(&format!("vote-2026-11-16-{by}.{ending}"));
            fs::rename(name("mlee"), name("ssample")).expect("another name");
        }
        export.edit("votes.txt", "vote 2026-11-16-mlee", "vote 2026-11-16-ssample");
    }),
    ("one vote listed as another's", "2026-11-16-ssample", |export, _| {
        for ending in ["txt", "sig"] {
            let name = |by: &str| export.file(&format!("vote-2026-11-16-{by}.{ending}"));
            fs::copy(name("mlee"), name("ssample")).expect("a copy");
        }
        export.edit("votes.txt", "end 4", "vote 2026-11-16-ssample 202611161905 counts signed\nend 5");
    }),
    ("one vote listed twice", "votes.txt", |export, _| {
        export.edit("votes.txt", "end 4", "vote 2026-11-16-mlee 202611161905 counts signed\nend 5");
    }),
    ("signatures swapped", "2026-11-17-ssample", |export, _| {
        let own = export.read("vote-2026-11-17-ssample.sig");
        export.write("vote-2026-11-17-ssample.sig", export.read("vote-2026-11-17-rchen.sig"));
        export.write("vote-2026-11-17-rchen.sig", own);
    }),
    ("a stranger's key", "2026-11-16-mlee", |export, voted| {
        export.sign("2026-11-16-mlee", "heatpack-decision", &voted.keys["stranger"]);
    }),
    ("another member's key", "2026-11-16-mlee", |export, voted| {
        export.sign("2026-11-16-mlee", "heatpack-decision", &voted.keys["ssample"]);
    }),
    ("a key after its last day", "2026-11-17-rchen", |export, voted| {
        export.sign("2026-11-17-rchen", "heatpack-decision", &voted.keys["rchen-lost"]);
    }),
    ("a key before its first day", "2026-11-12-rchen", |export, voted| {
        export.sign("2026-11-12-rchen", "heatpack-decision", &voted.keys["rchen"]);
    }),
    ("a key after its last day, with another time in the list", "2026-11-17-rchen", |export, voted| {
        export.sign("2026-11-17-rchen", "heatpack-decision", &voted.keys["rchen-lost"]);
        export.edit("votes.txt", "2026-11-17-rchen 202611171400", "2026-11-17-rchen 202611140000");
    }),
    ("a member after the term", "2026-11-16-aolder", |export, voted| {
        let text = export.read("vote-2026-11-16-mlee.txt").replace("by mlee", "by aolder");
        export.write("vote-2026-11-16-aolder.txt", text);
        export.sign("2026-11-16-aolder", "heatpack-decision", &voted.keys["aolder"]);
        export.edit("votes.txt", "end 4", "vote 2026-11-16-aolder 202611161905 counts signed\nend 5");
    }),
    ("another purpose", "2026-11-16-mlee", |export, voted| {
        export.sign("2026-11-16-mlee", "file", &voted.keys["mlee"]);
    }),
    ("SHA-1 by its name", "2026-11-17-ssample", |export, _| {
        let signature = export.read("vote-2026-11-17-ssample.sig");
        export.write("vote-2026-11-17-ssample.sig", crate::support::sshsig::with_algorithm(&signature, "ssh-rsa"));
    }),
    ("another change request's vote", "2026-11-16-mlee", |export, voted| {
        let other = voted.export(CR_8);
        for name in ["vote-2026-11-16-mlee.txt", "vote-2026-11-16-mlee.sig"] {
            export.write(name, other.read(name));
        }
    }),
    ("the list as another change request's", "2026-11-16-mlee", |export, _| {
        export.edit("votes.txt", "cr CR-2026-007", "cr CR-2026-008");
    }),
    ("Windows line ends", "2026-11-16-mlee", |export, _| {
        let text = export.read("vote-2026-11-16-mlee.txt").replace('\n', "\r\n");
        export.write("vote-2026-11-16-mlee.txt", text);
    }),
    ("a text without its last line", "2026-11-16-mlee", |export, _| {
        let text = export.read("vote-2026-11-16-mlee.txt");
        export.write("vote-2026-11-16-mlee.txt", &text[..text.find("\nreason").expect("a reason") + 1]);
    }),
    ("a text without its last line end", "2026-11-16-mlee", |export, _| {
        let text = export.read("vote-2026-11-16-mlee.txt");
        export.write("vote-2026-11-16-mlee.txt", text.trim_end());
    }),
    ("a line more", "2026-11-16-mlee", |export, _| {
        let text = export.read("vote-2026-11-16-mlee.txt");
        export.write("vote-2026-11-16-mlee.txt", text + "decision reject\n");
    }),
    ("half a signature", "2026-11-16-mlee", |export, _| {
        let signature = export.read("vote-2026-11-16-mlee.sig");
        export.write("vote-2026-11-16-mlee.sig", &signature[..signature.len() / 2]);
    }),
    ("an empty signature", "2026-11-16-mlee", |export, _| export.write("vote-2026-11-16-mlee.sig", "")),
    ("no signature", "2026-11-16-mlee", |export, _| export.remove("vote-2026-11-16-mlee.sig")),
    ("no text", "2026-11-16-mlee", |export, _| export.remove("vote-2026-11-16-mlee.txt")),
    ("a signed vote listed as unsigned", "2026-11-16-mlee", |export, _| {
        export.edit("votes.txt", "202611161905 counts signed", "202611161905 counts unsigned");
    }),
    ("no keys", "2026-11-16-mlee", |export, _| export.write("allowed_signers", "")),
    ("a list shortened", "votes.txt", |export, _| {
        let list = export.read("votes.txt");
        let end = list.rfind("\n# data/").expect("the last vote");
        export.write("votes.txt", &list[..end + 1]);
    }),
    ("a vote taken from the list", "votes.txt", |export, _| {
        let list = export.read("votes.txt");
        let lines = list.lines().filter(|line| !line.starts_with("vote 2026-11-12-rchen"));
        export.write("votes.txt", lines.map(|line| format!("{line}\n")).collect::<String>());
    }),
    ("another key, of no member", "allowed_signers", |export, voted| {
        let [own, strangers] =
            ["mlee", "stranger"].map(|name| voted.keys[name].public.split(' ').nth(1).expect("a key"));
        export.edit("allowed_signers", own, strangers);
        export.sign("2026-11-16-mlee", "heatpack-decision", &voted.keys["stranger"]);
    }),
    ("an approval of a CR that has none", "votes.txt", |export, _| {
        let list = export.read("votes.txt");
        let kept = list.lines().filter(|line| !line.contains("-ssample") && !line.contains("2026-11-17-rchen"));
        let kept: String = kept.map(|line| format!("{line}\n")).collect();
        export.write("votes.txt", kept.replace("end 4", "end 2"));
    }),
    ("a lower number of approvals", "votes.txt", |export, _| {
        export.edit("votes.txt", "approved yes 2 mlee", "approved yes 0 mlee");
    }),
    ("no approval of the chair", "votes.txt", |export, _| {
        export.edit(
            "votes.txt",
            "vote 2026-11-16-mlee 202611161905 counts",
            "vote 2026-11-16-mlee 202611161905 ignored",
        );
    }),
    ("a rejection among the approvals", "votes.txt", |export, voted| {
        export.edit("vote-2026-11-17-rchen.txt", "decision approve", "decision reject");
        export.sign("2026-11-17-rchen", "heatpack-decision", &voted.keys["rchen"]);
    }),
    ("no word on the approval", "votes.txt", |export, _| export.edit("votes.txt", "approved yes 2 mlee\n", "")),
    ("an empty list", "votes.txt", |export, _| export.write("votes.txt", "")),
];

#[test]
fn the_script_does_not_believe_a_folder_that_was_altered() {
    let voted = Voted::new();
    for (what, named, attack) in ATTACKS {
        let export = voted.export(CR);
        attack(&export, &voted);
        // The sums alone tell.
        let run = export.verify();
        assert!(run.status == 1 && !lines(&run, "BAD").is_empty(), "{what}: {}{}", run.stdout(), run.stderr);
        // So do the signatures, if the sums were rewritten.
        export.seal();
        let run = export.verify();
        assert_eq!(run.status, 1, "{what}: {}{}", run.stdout(), run.stderr);
        let bad = lines(&run, "BAD");
        assert!(bad.iter().any(|line| line.contains(&format!(" {named}: "))), "{what}: {}", run.stdout());
        assert!(run.stdout().contains("FAILED: "), "{what}: {}", run.stdout());
    }
    // Files that are missing altogether.
    for file in ["SHA256SUMS", "votes.txt", "allowed_signers"] {
        let export = voted.export(CR);
        export.remove(file);
        let run = export.verify().ended(2);
        assert!(run.stderr.contains(&format!("cannot verify: {file} is missing")), "{}", run.stderr);
    }
    let export = voted.export(CR);
    export.write("SHA256SUMS", "");
    export.verify().ended(1);
}

#[test]
fn a_computer_that_cannot_verify_is_named_as_such() {
    let export = Voted::new().export(CR);
    let folder = export.folder.path();
    let without = verify(folder, &["sha256sum"]).ended(2);
    assert!(without.stderr.contains("ssh-keygen is not installed"), "{}", without.stderr);
    let without = verify(folder, &["ssh-keygen"]).ended(2);
    assert!(without.stderr.contains("sha256sum is not installed"), "{}", without.stderr);
    // What OpenSSH before 8.1 says, and what versions say that verify as of now alone.
    for old in ["echo 'unknown option -- Y' >&2; exit 1", "echo 'Could not verify signature.' >&2; exit 255"] {
        let bin = tempfile::tempdir().expect("a folder");
        program(&bin.path().join("ssh-keygen"), old);
        let sums = Command::new("sh").args(["-c", "command -v sha256sum"]).output().expect("sh").stdout;
        let sums = String::from_utf8(sums).expect("a path");
        std::os::unix::fs::symlink(sums.trim(), bin.path().join("sha256sum")).expect("a link");
        let run = verify_with(folder, bin.path()).ended(2);
        assert!(run.stderr.contains("OpenSSH 8.9 or later is needed"), "{}", run.stderr);
    }
}

/// Writes a program of the shell.
fn program(file: &Path, script: &str) {
    use std::os::unix::fs::PermissionsExt;
    fs::write(file, format!("#!/bin/sh\n{script}\n")).expect("a file");
    fs::set_permissions(file, fs::Permissions::from_mode(0o755)).expect("a program");
}

#[test]
fn an_export_goes_to_a_new_or_empty_folder_outside_the_records() {
    let voted = Voted::new();
    let folder = tempfile::tempdir().expect("a folder");
    let place = |name: &str| path(&folder.path().join(name)).to_owned();
    voted.board.run(&["verify", CR, "--export", &place("new/deep")]).ended(0);
    assert!(folder.path().join("new/deep/verify.sh").is_file());
    let before = files(folder.path());
    voted.board.refuses(&["verify", CR, "--export", &place("new")], 2, "is not empty: use a new or empty folder");
    fs::write(folder.path().join("file"), "").expect("a file");
    voted.board.refuses(&["verify", CR, "--export", &place("file")], 2, "cannot read");
    voted.board.refuses(&["verify", CR, "--export", "data/audit"], 2, "is in data/");
    fs::remove_file(folder.path().join("file")).expect("the file");
    assert_eq!(files(folder.path()), before);
    // Its name may hold anything.
    let odd = folder.path().join("-a folder's $name");
    fs::create_dir(&odd).expect("a folder");
    voted.board.run(&["verify", CR, &format!("--export={}", path(&odd))]).ended(0);
    verify(&odd, &["ssh-keygen", "sha256sum"]).ended(0);
}
