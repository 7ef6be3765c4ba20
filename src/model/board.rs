//! The board that decides on change requests, and its members' votes (`board.yaml`, `decisions/`).

use serde_json::Value as Json;

use super::{CrId, Day, Lines, Markdown, Minute, PersonId, Spanned, Text, Until};
use crate::record::{Faults, Node, Value, read_text};
use crate::{record, words};

words! {
    /// Whether votes must be signed.
    pub enum SignatureRule: "rule about signatures" {
        /// Votes must be signed.
        Required = "required",
        /// Votes can be signed.
        Optional = "optional",
    }
}

record! {
    /// The rules for votes from a date.
    pub struct Term: "a term", compared {
        /// the first date of these terms
        pub from: Spanned<Day>,
        /// the approvals needed for a CR, 1 to 99
        pub quorum: Quorum,
        /// whether the chair must be among the approvals
        pub chair_required: bool,
        /// required or optional
        pub signatures: SignatureRule,
    }
}

crate::compared!(Quorum.0, MemberKey, Digest.0);

/// The approvals needed for a CR, 1 to 99.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quorum(pub usize);

impl Value for Quorum {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        let quorum = |text: &str| {
            let plain = text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse().ok().filter(|number| plain && (1..=99).contains(number)).map(Quorum)
        };
        let help = |_: &str| "write how many approvals a CR needs, from 1 to 99";
        read_text(node, "a number of approvals", faults, quorum, help)
    }

    fn schema() -> Json {
        serde_json::json!({"type": ["integer", "string"], "minimum": 1, "maximum": 99, "pattern": "^[0-9]{1,2}$"})
    }
}

/// An OpenSSH public key, `ssh-ed25519 AAAA… name`.
#[derive(Debug, Clone)]
pub struct PublicKey {
    pub key: ssh_key::PublicKey,
}

impl PublicKey {
    /// Why signatures of this key cannot be checked, as text; `None` if they can.
    pub fn flaw(&self) -> Option<String> {
        use ssh_key::{Algorithm, EcdsaCurve};
        let checked = matches!(
            self.key.algorithm(),
            Algorithm::Ed25519
                | Algorithm::SkEd25519
                | Algorithm::SkEcdsaSha2NistP256
                | Algorithm::Rsa { .. }
                | Algorithm::Ecdsa { curve: EcdsaCurve::NistP256 | EcdsaCurve::NistP384 }
        );
        let kind = || format!("heatpack cannot check keys of the kind `{}`", self.key.algorithm());
        (!checked).then(kind)
    }

    /// The key's fingerprint: `SHA256:…`.
    pub fn fingerprint(&self) -> String {
        self.key.fingerprint(ssh_key::HashAlg::Sha256).to_string()
    }
}

/// Whether a text is an SSH certificate, by the name of its kind.
pub fn is_certificate(text: &str) -> bool {
    text.contains("-cert-v01@openssh.com")
}

impl Value for PublicKey {
    const IS_TEXT: bool = true;

    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        let key = |text: &str| ssh_key::PublicKey::from_openssh(text.trim()).ok().map(|key| PublicKey { key });
        if node.text().is_some_and(|text| is_certificate(text) && key(text).is_none()) {
            let help = "paste the line of the key itself: its `.pub` file, not the one that ends in `-cert.pub`";
            faults.invalid(node.span, format!("{} is a certificate, not a public key", node.describe()), help);
            return None;
        }
        let help =
            "paste the one line of the member's `.pub` file, which starts with `ssh-ed25519`, `ecdsa-` or `ssh-rsa`";
        read_text(node, "an OpenSSH public key", faults, key, |_| help)
    }

    fn schema() -> Json {
        serde_json::json!({"type": "string"})
    }
}

record! {
    /// A public key and the dates on which it is valid.
    pub struct DatedKey: "a key" {
        /// an OpenSSH public key
        pub key: Spanned<PublicKey>,
        /// the first date on which it is valid
        pub from: Option<Spanned<Day>>,
        /// the last date on which it is valid
        pub until: Option<Spanned<Until>>,
    }
}

/// A member's key: the line of a public key alone, or with the dates on which it is valid.
#[derive(Debug, Clone)]
pub struct MemberKey(pub DatedKey);

impl MemberKey {
    /// Whether the key is valid on a date: a vote of another date is not signed by it.
    pub fn is_valid_on(&self, date: chrono::NaiveDate) -> bool {
        super::is_within(date, self.from, self.until)
    }
}

/// The fingerprint and the dates: "SHA256:… from 2026-06-01 until 2026-11-03".
impl std::fmt::Display for MemberKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.key.fingerprint())?;
        if let Some(from) = self.from {
            write!(f, " from {}", from.value.0)?;
        }
        if let Some(until) = self.until {
            write!(f, " until {}", until.value.0)?;
        }
        Ok(())
    }
}

impl std::ops::Deref for MemberKey {
    type Target = DatedKey;

    fn deref(&self) -> &DatedKey {
        &self.0
    }
}

impl Value for MemberKey {
    const IS_TEXT: bool = true;

    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        let dated = match node.text() {
            Some(_) => DatedKey { key: Spanned::decode(node, faults)?, from: None, until: None },
            None => DatedKey::decode(node, faults)?,
        };
        Some(MemberKey(dated))
    }

    fn schema() -> Json {
        serde_json::json!({"anyOf": [PublicKey::schema(), DatedKey::schema()]})
    }
}

record! {
    /// A member of the board for one period; an id can appear again for another.
    pub struct Member: "a member of the board", compared {
        /// the person's id
        pub id: Spanned<PersonId>,
        /// the person's name
        pub name: Text,
        /// their email address
        pub email: Option<Text>,
        /// whether they are the chair
        pub chair: bool = false,
        /// their first date on the board
        pub from: Option<Spanned<Day>>,
        /// their last date on the board
        pub until: Option<Spanned<Until>>,
        /// their OpenSSH public keys, each a line or a mapping with its dates
        pub keys: Vec<MemberKey> = Vec::new(),
    }
}

record! {
    /// The board.
    #[derive(Default)]
    pub struct Board: "the board" {
        /// the rules for votes, by their first date
        pub terms: Vec<Term>,
        /// the members
        pub members: Vec<Member>,
    }
}

words! {
    /// A member's decision.
    pub enum Decision: "decision" {
        /// Approves the request.
        Approve = "approve",
        /// Rejects the request.
        Reject = "reject",
        /// Returns the request to ACFO-FS.
        Return = "return",
        /// Defers the decision.
        Defer = "defer",
    }
}

impl Decision {
    /// How strongly it blocks a CR, the weakest first.
    pub fn severity(self) -> u8 {
        match self {
            Decision::Approve => 0,
            Decision::Defer => 1,
            Decision::Return => 2,
            Decision::Reject => 3,
        }
    }
}

record! {
    /// One vote by one member.
    pub struct Vote: "a vote", compared {
        /// the CR
        pub cr: Spanned<CrId>,
        /// the member's id
        pub by: Spanned<PersonId>,
        /// the time of the vote
        pub at: Spanned<Minute>,
        /// approve, reject, return or defer
        pub decision: Spanned<Decision>,
        /// the reason (Markdown); required unless the decision is approve
        pub reason: Option<Markdown>,
        /// the digest of the request, `sha256:` first
        pub digest: Option<Spanned<Digest>>,
        /// OpenSSH's signature of the vote
        pub signature: Option<Spanned<Lines>>,
    }
}

impl Vote {
    /// The folder, from the project's root, of the votes on a CR.
    pub fn folder(cr: &CrId) -> String {
        format!("data/decisions/{cr}")
    }

    /// The name, without its ending, of the file of a member's first vote on a day.
    pub fn name(date: chrono::NaiveDate, by: &PersonId) -> String {
        format!("{date}-{by}")
    }
}

/// `sha256:` and 64 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest(pub String);

impl Value for Digest {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        let digest = |text: &str| {
            let hex = text.strip_prefix("sha256:").filter(|hex| hex.len() == 64)?;
            let is_hex = hex.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
            is_hex.then(|| Digest(text.to_owned()))
        };
        let help = |_: &str| "use the digest that heatpack prints: `sha256:` and 64 digits of 0-9 and a-f";
        read_text(node, "a digest", faults, digest, help)
    }

    fn schema() -> Json {
        serde_json::json!({"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"})
    }
}

impl Board {
    /// The terms in force on a date: the latest that began by then.
    pub fn term_on(&self, date: chrono::NaiveDate) -> Option<&Term> {
        self.terms.iter().filter(|term| term.from.value.0 <= date).max_by_key(|term| term.from.value.0)
    }

    /// The members on a date, in the order of their ids.
    pub fn members_on(&self, date: chrono::NaiveDate) -> Vec<&Member> {
        let mut members: Vec<&Member> =
            self.members.iter().filter(|member| super::is_within(date, member.from, member.until)).collect();
        members.sort_by(|a, b| a.id.value.cmp(&b.id.value));
        members.dedup_by(|a, b| a.id.value == b.id.value);
        members
    }
}
