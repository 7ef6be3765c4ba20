//! A board with fresh keys, a CR that is before it, and both in git.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sha2::{Digest, Sha256};

use crate::support::{Project, Run, command, files};

pub const AS_OF: &str = "2026-11-18 10:00";
pub const CR: &str = "CR-2026-007";

const STAFF: &str = "- {id: tnguyen, name: Taylor Nominal, office: help-desk}\n\
                     - {id: rpatel, name: Robin Exemplar, office: nitc}\n\
                     - {id: kfoster, name: Kim Specimen, office: acfo-fs}\n\
                     - {id: dquill, name: Devon Quill, office: acfo-fs}\n";
const POC: &str = "id: jrivera\nname: Jordan Rivera\nphone: 202-555-0104\ndesignations:\n  \
                   - {subject: scorecard, role: primary, from: 2025-10-01}\n";
const TICKET: &str = "id: HEAT-10423\ntitle: Scorecard export drops the last quarter\nsubject: scorecard\n\
                      kind: issue\narea: functional\npoc: jrivera\nreceived: 2026-11-02 09:14\nvia: [phone]\n\
                      description: Exporting omits Q4.\nlog:\n  \
                      - {at: 2026-11-02 11:30, event: forwarded, by: tnguyen}\n  \
                      - {at: 2026-11-06 16:00, event: researched, by: rpatel, outcome: code-change, note: The lookup has to move.}\n";
pub const CHANGE: &str = "id: CR-2026-007\ntitle: Move the fiscal calendar lookup into the export job\n\
                          subject: scorecard\ntickets: [HEAT-10423]\nprepared_by: kfoster\npriority: routine\n\
                          risk: low\neffort: 3 days\ndescription: |\n  Move the lookup.\njustification: Q4 is missing.\n\
                          impact: It goes on.\nsecurity_impact: None.\ntest_plan: Export FY26.\n\
                          rollback_plan: Switch back.\nlog:\n  - {at: 2026-11-10 10:00, event: submitted, by: kfoster}\n";

/// A project whose board has these members, and a home folder without keys.
pub struct Board {
    pub project: Project,
    pub home: tempfile::TempDir,
}

/// A key, made for a test.
#[derive(Clone)]
pub struct Key {
    pub file: PathBuf,
    pub public: String,
}

impl Board {
    /// The board of mlee, the chair, rchen and dquill, who is of ACFO-FS too; `keys` are mlee's.
    pub fn of(keys: &[&Key]) -> Board {
        Board::with_terms("required", keys)
    }

    /// The same, where signatures are `required` or `optional`.
    pub fn with_terms(signatures: &str, keys: &[&Key]) -> Board {
        let list: String = keys.iter().map(|key| format!("      - {}\n", key.public)).collect();
        let list = if list.is_empty() { "    keys: []\n".to_owned() } else { format!("    keys:\n{list}") };
        let board = format!(
            "terms:\n  - {{from: 2024-10-01, quorum: 2, chair_required: true, signatures: {signatures}}}\nmembers:\n  \
             - id: mlee\n    name: Morgan Placeholder\n    chair: true\n    from: 2025-01-06\n{list}  \
             - id: rchen\n    name: Reese Sample\n    from: 2025-01-06\n    until: 2026-10-31\n    keys: []\n  \
             - id: dquill\n    name: Devon Quill\n    keys: []\n"
        );
        let project = Project::of(&[
            ("subjects.yaml", "- {id: scorecard, name: Scorecard, kind: module}\n"),
            ("staff.yaml", STAFF),
            ("board.yaml", &board),
            ("pocs/jrivera.yaml", POC),
            ("tickets/2026/HEAT-10423.yaml", TICKET),
            ("crs/CR-2026-007.yaml", CHANGE),
        ]);
        let board = Board { project, home: tempfile::tempdir().expect("a folder") };
        board.git(&["init", "--quiet"]);
        board.commit();
        board
    }

    /// Commits everything.
    pub fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", "Records"]);
    }

    pub fn git(&self, arguments: &[&str]) {
        let run = Command::new("git")
            .current_dir(self.project.root())
            .args(["-c", "user.name=Clerk", "-c", "user.email=clerk@example.org", "-c", "commit.gpgsign=false"])
            .args(arguments)
            .env("HOME", self.home.path())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .output()
            .expect("git, which this test needs");
        assert!(run.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&run.stderr));
    }

    /// The binary, with this home folder and no agent, as of a fixed time.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = command(&self.project.root(), arguments);
        command.args(["--as-of", AS_OF]).env("HOME", self.home.path()).stdin(Stdio::null());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Run {
        self.command(arguments).output().expect("the binary").into()
    }

    /// `heatpack sign` for mlee, without a question.
    pub fn sign(&self, decision: &str, more: &[&str]) -> Run {
        self.run(&[&["sign", CR, "--decision", decision, "--as", "mlee", "--yes"], more].concat())
    }

    /// Holds that the command is refused for a reason, and that nothing is written.
    #[track_caller]
    pub fn refuses(&self, arguments: &[&str], status: i32, why: &str) {
        let before = files(&self.project.root().join("data"));
        let run = self.run(arguments).ended(status);
        assert!(run.stderr.contains(why), "{}", run.stderr);
        assert!(run.out.is_empty(), "{}", run.stdout());
        assert_eq!(files(&self.project.root().join("data")), before);
    }

    /// The votes on the CR, by their files' names.
    pub fn votes(&self) -> Vec<String> {
        files(&self.project.root().join("data/decisions").join(CR)).into_keys().collect()
    }

    /// The text of a vote.
    pub fn vote(&self, name: &str) -> String {
        self.project.read(&format!("data/decisions/{CR}/{name}"))
    }
}

/// A new key of a kind, as `ssh-keygen -t` and `-b` name it, without a passphrase.
pub fn new_key(folder: &Path, kind: &str, bits: Option<&str>) -> Key {
    let file = folder.join(format!("id_{kind}{}", bits.unwrap_or_default()));
    let mut command = Command::new("ssh-keygen");
    command.args(["-q", "-t", kind, "-N", "", "-C", "test key", "-f"]).arg(&file);
    command.args(bits.iter().flat_map(|bits| ["-b", bits]));
    let made = command.output().expect("ssh-keygen (OpenSSH), which this test needs");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let public = fs::read_to_string(file.with_extension("pub")).expect("the public key").trim().to_owned();
    Key { file, public }
}

/// A key's file as an argument.
pub fn path(file: &Path) -> &str {
    file.to_str().expect("UTF-8")
}

/// `SHA256:…`, as ssh-keygen says it.
pub fn fingerprint(key: &Key) -> String {
    let said = Command::new("ssh-keygen").arg("-lf").arg(&key.file).output().expect("ssh-keygen");
    let said = String::from_utf8(said.stdout).expect("UTF-8");
    said.split(' ').nth(1).expect("a fingerprint").to_owned()
}

/// A field of a vote as its file has it, on one line or as a block.
pub fn field(vote: &str, name: &str) -> Option<String> {
    let (_, rest) =
        vote.split_once(&format!("{name}: ")).filter(|(before, _)| before.is_empty() || before.ends_with('\n'))?;
    let (first, below) = rest.split_once('\n')?;
    if first != "|" {
        return Some(first.to_owned());
    }
    let lines = below.lines().take_while(|line| line.is_empty() || line.starts_with("  "));
    Some(lines.map(|line| format!("{}\n", line.strip_prefix("  ").unwrap_or(line))).collect())
}

/// The text that docs/explanation/signatures.md says is signed, made from a vote's file alone.
pub fn signed_text(vote: &str) -> String {
    let of = |name: &str| field(vote, name).unwrap_or_else(|| panic!("no {name} in\n{vote}"));
    let reason = Sha256::digest(field(vote, "reason").unwrap_or_default());
    let reason: String = reason.iter().map(|byte| format!("{byte:02x}")).collect();
    format!(
        "heatpack decision v1\ncr {}\ndigest {}\ndecision {}\nby {}\nat {}\nreason sha256:{reason}\n",
        of("cr"),
        of("digest"),
        of("decision"),
        of("by"),
        of("at")
    )
}

/// Whether `ssh-keygen -Y verify` alone accepts a vote as signed with a key.
pub fn is_accepted(vote: &str, key: &Key) -> bool {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, text: &str| {
        let file = folder.path().join(name);
        fs::write(&file, text).expect("a file");
        file
    };
    let signers = file("allowed_signers", &format!("mlee namespaces=\"heatpack-decision\" {}\n", key.public));
    let signature = file("vote.sig", &field(vote, "signature").expect("a signature"));
    let text = file("vote.txt", &signed_text(vote));
    let run = Command::new("ssh-keygen")
        .args(["-Y", "verify", "-n", "heatpack-decision", "-I", "mlee", "-f"])
        .arg(signers)
        .arg("-s")
        .arg(signature)
        .stdin(fs::File::open(text).expect("the text"))
        .output()
        .expect("ssh-keygen");
    run.status.success()
}
