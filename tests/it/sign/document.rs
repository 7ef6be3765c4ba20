//! `pack cr` and `evidence`: the decision as the votes have it, the request as it was signed, and files that verify alone.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::Command;

use serde_json::Value as Json;

use crate::sign::board::{AS_OF, Board, CHANGE, CR, Key, new_key, path};
use crate::support::{Run, files, run, sample};

/// A board of three members with keys, one of them the chair, before which a CR is.
struct Voting {
    board: Board,
    keys: BTreeMap<&'static str, Key>,
    _folder: tempfile::TempDir,
}

impl Voting {
    fn new() -> Voting {
        let folder = tempfile::tempdir().expect("a folder");
        let mut keys = BTreeMap::new();
        for name in ["mlee", "rchen", "ssample"] {
            let own = folder.path().join(name);
            fs::create_dir(&own).expect("a folder");
            keys.insert(name, new_key(&own, "ed25519", None));
        }
        let voting = Voting { board: Board::of(&[]), keys, _folder: folder };
        voting.board.project.write("data/board.yaml", voting.members("2024-10-01"));
        // `submitted` names the request, as `heatpack log` writes it.
        let digest = voting.json()["decision"]["digest"].as_str().expect("a digest").to_owned();
        let entry = format!("by: kfoster, digest: \"{digest}\"}}\n");
        voting.board.project.write(&format!("data/crs/{CR}.yaml"), CHANGE.replace("by: kfoster}\n", &entry));
        voting.board.commit();
        voting
    }

    /// The list of members under terms from that day.
    fn members(&self, from: &str) -> String {
        let key = |name: &str| self.keys[name].public.clone();
        format!(
            "terms:\n  - {{from: {from}, quorum: 2, chair_required: true, signatures: required}}\nmembers:\n  \
             - {{id: mlee, name: Morgan Placeholder, chair: true, keys: [\"{}\"]}}\n  \
             - {{id: rchen, name: Reese Sample, keys: [\"{}\"]}}\n  \
             - {{id: ssample, name: Sidney Sample, keys: [\"{}\"]}}\n",
            key("mlee"),
            key("rchen"),
            key("ssample"),
        )
    }

    fn vote(&self, by: &str, at: &str, decision: &str) {
        let key = path(&self.keys[by].file).to_owned();
        let reason = ["--reason", "The plan does not say who tests."];
        let reason: &[&str] = if decision == "approve" { &[] } else { &reason };
        let own = ["sign", CR, "--decision", decision, "--as", by, "--key", &key, "--at", at, "--yes"];
        self.board.run(&[&own[..], reason].concat()).ended(0);
        self.board.commit();
    }

    /// Appends an entry to the CR's log.
    fn enter(&self, entry: &str) {
        let file = format!("data/crs/{CR}.yaml");
        self.board.project.write(&file, format!("{}  - {{{entry}}}\n", self.board.project.read(&file)));
        self.board.commit();
    }

    fn approved() -> Voting {
        let voting = Voting::new();
        voting.vote("rchen", "2026-11-16 09:00", "approve");
        voting.vote("mlee", "2026-11-17 09:00", "approve");
        voting
    }

    fn json(&self) -> Json {
        self.board.run(&["pack", "cr", CR, "--format", "json"]).ended(0).json()
    }
}

fn verify(folder: &Path) -> Run {
    let output = Command::new("sh").arg(folder.join("verify.sh")).output().expect("sh");
    let stdout = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(output.status.success(), "{stdout}{}", String::from_utf8_lossy(&output.stderr));
    Run { status: 0, out: stdout.into_bytes(), stderr: String::new() }
}

#[test]
fn the_result_is_what_the_votes_decide() {
    let voting = Voting::new();
    let of = |voting: &Voting| {
        let json = voting.json();
        let decision = &json["decision"];
        assert_eq!(decision["approved"] == true, decision["result"] == "APPROVED", "{decision:#}");
        (
            decision["result"].as_str().expect("a result").to_owned(),
            decision["state"].as_str().expect("a state").to_owned(),
            decision["approved_at"].clone(),
        )
    };
    let not = |state: &str| ("NOT APPROVED".to_owned(), state.to_owned(), Json::Null);
    assert_eq!(of(&voting), not("under CFMSCCB review"));
    voting.vote("rchen", "2026-11-16 09:00", "approve");
    voting.vote("ssample", "2026-11-16 10:00", "approve");
    assert_eq!(of(&voting), not("under CFMSCCB review"), "the chair has not approved");
    voting.vote("mlee", "2026-11-17 09:00", "approve");
    let approved = ("APPROVED".to_owned(), "approved".to_owned(), Json::from("2026-11-17T09:00"));
    assert_eq!(of(&voting), approved);
    voting.vote("ssample", "2026-11-17 10:00", "return");
    assert_eq!(of(&voting), not("returned"));
    voting.vote("ssample", "2026-11-17 11:00", "approve");
    let again = ("APPROVED".to_owned(), "approved".to_owned(), Json::from("2026-11-17T11:00"));
    assert_eq!(of(&voting), again);
    let digest = voting.json()["decision"]["digest"].as_str().expect("a digest").to_owned();
    voting.enter(&format!("at: 2026-11-17 12:00, event: forwarded, by: kfoster, digest: \"{digest}\""));
    assert_eq!(of(&voting), ("APPROVED".to_owned(), "with NITC".to_owned(), Json::from("2026-11-17T11:00")));
    voting.enter("at: 2026-11-17 13:00, event: withdrawn, by: kfoster, note: No longer needed.");
    assert_eq!(of(&voting), not("withdrawn"));
}

#[test]
fn every_cr_of_the_sample_has_the_result_that_verify_has() {
    let root = sample();
    let crs = fs::read_dir(root.join("data/crs")).expect("CRs").flatten();
    let mut results = BTreeMap::new();
    for id in crs.map(|file| file.file_name().to_string_lossy().trim_end_matches(".yaml").to_owned()) {
        let json = run(&root, &["pack", "cr", &id, "--as-of", "2026-11-22", "--format", "json"]).ended(0).json();
        let verified = run(&root, &["verify", &id, "--as-of", "2026-11-22", "--format", "json"]).json();
        let decision = &json["decision"];
        let standing = verified["standing"].as_str().expect("a text");
        let is_past = ["approved", "forwarded", "in-work", "delivered", "verified"];
        let approved = standing.starts_with("approved: ") && is_past.iter().any(|state| verified["state"] == *state);
        assert_eq!(decision["approved"], approved, "{id}: {standing}");
        assert_eq!(decision["digest"], verified["digest"], "{id}");
        assert_eq!(json["request"]["is_the_decided_one"], true, "{id}");
        let entries = json["rounds"].as_array().expect("rounds").iter();
        let entries = entries.flat_map(|round| round["entries"].as_array().expect("entries"));
        let votes = entries.filter(|entry| entry["what"].as_str().is_some_and(|what| what.starts_with("vote by ")));
        assert_eq!(votes.count(), verified["votes"].as_array().expect("votes").len(), "{id}");
        *results.entry(decision["result"].as_str().expect("a result").to_owned()).or_insert(0) += 1;
    }
    assert!(results["APPROVED"] >= 5 && results["NOT APPROVED"] >= 5, "{results:?}");
}

#[test]
fn the_request_is_the_one_that_was_voted_on() {
    let voting = Voting::approved();
    let file = format!("data/crs/{CR}.yaml");
    let edited = voting.board.project.read(&file).replace("effort: 3 days", "effort: 30 days");
    voting.board.project.write(&file, edited);
    voting.board.commit();
    let run = voting.board.run(&["pack", "cr", CR, "--format", "json"]).ended(0);
    let json = run.json();
    assert_eq!(json["request"]["effort"], "3 days");
    assert_eq!(
        (&json["request"]["is_the_decided_one"], &json["request"]["edited_since"]),
        (&true.into(), &true.into())
    );
    assert_eq!(json["decision"]["approved"], true);
    let html = voting.board.run(&["pack", "cr", CR]).ended(0);
    assert!(html.stdout().contains("The file was edited after the board had it."), "{}", html.stdout());
    // Outside git no one has the request that was signed, and the document does not show another one as if it were.
    fs::remove_dir_all(voting.board.project.root().join(".git")).expect("the repository");
    let run = voting.board.run(&["pack", "cr", CR, "--format", "json"]).ended(1);
    assert_eq!(
        (&run.json()["request"]["is_the_decided_one"], &run.json()["request"]["effort"]),
        (&false.into(), &"30 days".into())
    );
    assert!(run.stderr.contains("no commit here has the request that the votes are on: sha256:"), "{}", run.stderr);
    let html = voting.board.run(&["pack", "cr", CR]).ended(1);
    assert!(html.stdout().contains("The request below is not the one that was decided on."), "{}", html.stdout());
}

#[test]
fn a_vote_that_cannot_be_read_leaves_the_result_unknown() {
    let voting = Voting::approved();
    voting.board.project.write("data/decisions/CR-2026-007/2026-11-17-ssample.yaml", "decision: reject\n");
    let run = voting.board.run(&["pack", "cr", CR, "--format", "json"]).ended(1);
    let decision = &run.json()["decision"];
    assert_eq!((&decision["approved"], &decision["result"]), (&false.into(), &"NOT APPROVED".into()));
    let path = "data/decisions/CR-2026-007/2026-11-17-ssample.yaml";
    assert_eq!(decision["doubtful"][0]["path"], path);
    assert!(run.stderr.contains(&format!("unknown until {path} is fixed")), "{}", run.stderr);
    let html = voting.board.run(&["pack", "cr", CR]).ended(1);
    assert!(html.stdout().contains("NOT APPROVED") && html.stdout().contains(path), "{}", html.stdout());
    // Its evidence fails.
    let folder = tempfile::tempdir().expect("a folder");
    let own = folder.path().join("evidence");
    voting.board.run(&["evidence", CR, "-o", path_of(&own)]).ended(1);
    let output = Command::new("sh").arg(own.join("verify.sh")).output().expect("sh");
    assert_eq!(output.status.code(), Some(1));
}

fn path_of(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

#[test]
fn the_evidence_verifies_alone_and_is_the_same_in_a_folder_and_a_zip() {
    let voting = Voting::approved();
    let folder = tempfile::tempdir().expect("a folder");
    let place = |name: &str| folder.path().join(name);
    let evidence = |name: &str| voting.board.run(&["evidence", CR, "-o", path_of(&place(name))]).ended(0);
    evidence("one");
    evidence("two");
    evidence("one.zip");
    evidence("two.ZIP");
    let one = files(&place("one"));
    assert_eq!(one, files(&place("two")));
    assert_eq!(fs::read(place("one.zip")).expect("a file"), fs::read(place("two.ZIP")).expect("a file"));
    let mut archive = zip::ZipArchive::new(Cursor::new(fs::read(place("one.zip")).expect("a file"))).expect("a zip");
    let mut unzipped = BTreeMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("an entry");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("bytes");
        let name = file.name().expect("a name").strip_prefix("CR-2026-007/").expect("a file of the folder").to_owned();
        assert_eq!(file.unix_mode().map(|mode| mode & 0o111 != 0), Some(name == "verify.sh"), "{name}");
        unzipped.insert(name, bytes);
    }
    assert_eq!(unzipped, one);
    for name in ["CR-2026-007.pdf", "board.yaml", "README.txt", "SHA256SUMS", "allowed_signers", "votes.txt"] {
        assert!(one.contains_key(name), "{name}: {:?}", one.keys());
    }
    assert_eq!(one["board.yaml"], voting.members("2024-10-01").into_bytes());
    assert!(!one.contains_key("board-at-vote.yaml"));
    let said = verify(&place("one"));
    assert!(
        said.stdout().contains("CR-2026-007: approved; 2 approvals needed, one of them of mlee, the chair"),
        "{}",
        said.stdout()
    );
    assert!(said.stdout().contains("0 to reject, 0 to return, 0 to defer, 2 to approve"), "{}", said.stdout());
    // The whole of it is under the sums.
    fs::write(place("one/CR-2026-007.pdf"), "%PDF-").expect("a file");
    let output = Command::new("sh").arg(place("one/verify.sh")).output().expect("sh");
    assert_eq!(output.status.code(), Some(1));
    voting.board.refuses(&["evidence", CR, "-o", path_of(&place("one"))], 2, "is not empty: use a new or empty folder");
    voting.board.refuses(&["evidence", CR, "-o", "data/evidence.zip"], 2, "data/");
}

#[test]
fn the_list_of_members_is_kept_as_it_was_at_the_last_vote() {
    let voting = Voting::approved();
    let before = voting.members("2024-10-01");
    voting
        .board
        .project
        .write("data/board.yaml", format!("{before}  - {{id: dquill, name: Devon Quill, from: 2026-11-18}}\n"));
    voting.board.commit();
    let folder = tempfile::tempdir().expect("a folder");
    let own = folder.path().join("evidence");
    voting.board.run(&["evidence", CR, "-o", path_of(&own)]).ended(0);
    let all = files(&own);
    assert_eq!(all["board-at-vote.yaml"], before.into_bytes());
    assert!(String::from_utf8_lossy(&all["board.yaml"]).contains("dquill"));
    let readme = String::from_utf8(all["README.txt"].clone()).expect("UTF-8");
    assert!(readme.contains("board-at-vote.yaml is the list in that commit, "), "{readme}");
    verify(&own);
}

#[test]
fn the_site_has_the_document_of_every_cr_that_was_submitted() {
    let voting = Voting::approved();
    let draft = CHANGE.replace(CR, "CR-2026-008");
    let draft = format!("{}log: []\n", &draft[..draft.find("log:").expect("a log")]);
    voting.board.project.write("data/crs/CR-2026-008.yaml", draft);
    voting.board.commit();
    let build = |as_of: &str| run(&voting.board.project.root(), &["build", "--as-of", as_of]).ended(0);
    build(AS_OF);
    let output = voting.board.project.root().join("output/changes");
    let pdf = output.join("CR-2026-007.pdf");
    let made = fs::read(&pdf).expect("the document");
    assert!(made.starts_with(b"%PDF-1.7"));
    assert!(!output.join("CR-2026-008.pdf").exists(), "a draft");
    let page = fs::read_to_string(output.join("CR-2026-007.html")).expect("the page");
    assert!(page.contains("href=\"../changes/CR-2026-007.pdf\""), "{page}");
    // It does not change as time passes, only with its CR.
    build("2026-11-20 10:00");
    assert_eq!(fs::read(&pdf).expect("the document"), made);
    voting.vote("ssample", "2026-11-17 10:00", "return");
    build("2026-11-20 10:00");
    assert_ne!(fs::read(&pdf).expect("the document"), made);
    voting.board.project.remove("data/crs/CR-2026-007.yaml");
    fs::remove_dir_all(voting.board.project.root().join("data/decisions")).expect("the votes");
    build(AS_OF);
    assert!(!pdf.exists(), "the CR is gone");
}
