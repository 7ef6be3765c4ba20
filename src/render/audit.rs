//! The evidence of a change request: files that verify its votes with `ssh-keygen` and `sha256sum` alone. They are all in
//! one folder without another in it, so that the attachments of a PDF, once saved, are the same.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use crate::model::hex;
use crate::report::audit::{Audit, AuditVote, Signer, Weight};
use crate::workflow::NAMESPACE;

/// The script, which is the same for every change request.
pub const VERIFY: &str = "verify.sh";

/// The list of board members.
const BOARD_FILE: &str = "board.yaml";

const SCRIPT: &str = include_str!("audit/verify.sh");
const README: &str = include_str!("audit/README.txt");

/// The files by their names, with `further` ones beside them. The same votes give the same bytes.
pub fn audit_files(audit: &Audit, further: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let mut files = further;
    let mut add = |path: &str, text: &str| drop(files.insert(path.to_owned(), text.as_bytes().to_vec()));
    add(VERIFY, SCRIPT);
    add("README.txt", &readme(audit));
    add("allowed_signers", &allowed_signers(&audit.signers));
    add("votes.txt", &votes(audit));
    for vote in &audit.votes {
        let mut add_part = |ending: &str, text: &str| add(&format!("vote-{}.{ending}", vote.name), text);
        vote.text.iter().for_each(|text| add_part("txt", text));
        vote.signature.iter().for_each(|signature| add_part("sig", signature));
        if !vote.reason.is_empty() {
            add_part("reason", &vote.reason);
        }
    }
    for (digest, canonical) in &audit.requests {
        add(&format!("request-{digest}.json"), canonical);
    }
    audit.board.iter().for_each(|text| add(BOARD_FILE, text));
    audit.board_at_vote.iter().for_each(|own| add("board-at-vote.yaml", &own.text));
    let sum = |(path, bytes): (&String, &Vec<u8>)| format!("{}  {path}\n", hex(&Sha256::digest(bytes)));
    let sums: String = files.iter().map(sum).collect();
    files.insert("SHA256SUMS".to_owned(), sums.into_bytes());
    files
}

fn readme(audit: &Audit) -> String {
    let unknown: Vec<&str> = audit.unknown.iter().map(String::as_str).collect();
    let unknown = match unknown.as_slice() {
        [] => "none".to_owned(),
        digests => digests.join("\n    "),
    };
    let board_at_vote = match &audit.board_at_vote {
        Some(own) => {
            format!("it was edited since the last vote; board-at-vote.yaml is the list in that commit, {}", own.commit)
        }
        None => "git has earlier versions of it, if it was edited since".to_owned(),
    };
    let fields = [
        ("{board_at_vote}", board_at_vote),
        ("{cr}", audit.cr.clone()),
        ("{title}", super::shown(&audit.title)),
        ("{as_of}", audit.as_of.to_string()),
        ("{zone}", audit.zone.clone()),
        ("{unknown}", unknown),
    ];
    fields.iter().fold(README.to_owned(), |text, (name, value)| text.replace(name, value))
}

/// Who could sign and when, in the format of ssh-keygen's ALLOWED SIGNERS.
fn allowed_signers(signers: &[Signer]) -> String {
    let mut out =
        "# Board members, their keys, and when each key could sign. Times are UTC: run ssh-keygen with TZ=UTC0.\n"
            .to_owned();
    for signer in signers {
        let limit = |name: &str, time: &Option<String>| {
            time.as_ref().map(|time| format!(",{name}=\"{time}\"")).unwrap_or_default()
        };
        out.push_str(&format!(
            "{} namespaces=\"{NAMESPACE}\"{}{} {}\n",
            signer.by,
            limit("valid-after", &signer.after),
            limit("valid-before", &signer.before),
            signer.key
        ));
    }
    out
}

/// The list that the script reads: a line for each vote.
fn votes(audit: &Audit) -> String {
    let mut out = "# vote NAME TIME-IN-UTC counts|replaced|ignored signed|unsigned WHY-NOT\n\
                   # doubtful FILE: WHAT-IS-WRONG\n\
                   # approved yes APPROVALS-NEEDED CHAIR-WHO-MUST-APPROVE-OR-- | approved no\n"
        .to_owned();
    out.push_str(&format!("cr {}\n", audit.cr));
    out.push_str(&match &audit.approval {
        Some(own) => format!("approved yes {} {}\n", own.quorum, own.chair.as_deref().unwrap_or("-")),
        None => "approved no\n".to_owned(),
    });
    audit.votes.iter().for_each(|vote| out.push_str(&vote_line(vote)));
    for file in &audit.doubtful {
        out.push_str(&format!("doubtful {}: {}\n", super::shown(&file.path), super::shown(&file.why)));
    }
    out.push_str(&format!("end {}\n", audit.votes.len() + audit.doubtful.len()));
    out
}

fn vote_line(vote: &AuditVote) -> String {
    let signed = if vote.signature.is_some() { "signed" } else { "unsigned" };
    let why = match (&vote.why_not, vote.weight) {
        (Some(why), Weight::Nothing) => format!(" {}", super::shown(&why.replace('\n', " "))),
        _ => String::new(),
    };
    format!("# {}\nvote {} {} {} {signed}{why}\n", vote.path, vote.name, vote.utc, vote.weight.as_str())
}
