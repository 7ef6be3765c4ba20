//! The signature of a vote: the text that is signed, and whether one of the member's keys signed it.

use ssh_key::SshSig;

use crate::load::LoadedVote;
use crate::model::{Decision, Member, day_in_words};

/// The SSHSIG namespace of votes.
pub const NAMESPACE: &str = "heatpack-decision";

/// The first line of the text that is signed.
const FIRST_LINE: &str = "heatpack decision v1";

/// The state of a vote's signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignatureState {
    /// There is none.
    None,
    /// It is by the key of this fingerprint (`SHA256:…`).
    Valid { fingerprint: String },
    /// It is not; why, in words.
    Invalid(String),
}

/// The text that is signed (`docs/explanation/signatures.md`), a line end after every line. `None` without a digest.
pub fn signed_text(vote: &LoadedVote) -> Option<String> {
    let digest = vote.digest.as_ref()?;
    Some(format!(
        "{FIRST_LINE}\ncr {}\ndigest {}\ndecision {}\nby {}\nat {}\nreason sha256:{}\n",
        vote.cr.value, digest.value.0, vote.decision.value, vote.by.value, vote.at.value, vote.reason_digest
    ))
}

/// Verifies a vote's signature against the keys of `member`.
pub fn verify(vote: &LoadedVote, member: Option<&Member>) -> SignatureState {
    let Some(signature) = &vote.signature else { return SignatureState::None };
    match key_of(vote, signature.value.0.trim(), member) {
        Ok(fingerprint) => SignatureState::Valid { fingerprint },
        Err(why) => SignatureState::Invalid(why),
    }
}

/// The fingerprint of the key that made a signature, or why the signature is not valid, in words.
fn key_of(vote: &LoadedVote, armor: &str, member: Option<&Member>) -> Result<String, String> {
    let text = signed_text(vote).ok_or("the vote has no digest, which is part of the signed text")?;
    let member = member.ok_or("no key of the voter is listed for that date")?;
    let signature = SshSig::from_pem(armor).map_err(|_| what_it_is(armor))?;
    if signature.namespace() != NAMESPACE {
        return Err(format!("it was made for another purpose, `{}`", signature.namespace()));
    }
    let own = || member.keys.iter().filter(|key| key.key.key.key_data() == signature.public_key());
    if own().next().is_none() {
        return Err(format!("it was not made with a key of {}", member.name.0));
    }
    let date = vote.at.date();
    let Some(key) = own().find(|key| key.is_valid_on(date)) else {
        return Err(format!("the key of {} is not valid on {}", member.name.0, day_in_words(date)));
    };
    if let Some(flaw) = key.key.flaw() {
        return Err(format!("{flaw}: have a key of the kind ssh-ed25519 added to data/board.yaml"));
    }
    let is_valid = key.key.key.verify(NAMESPACE, text.as_bytes(), &signature).is_ok();
    if is_valid { Ok(key.key.fingerprint()) } else { Err(misfit(vote, &text, &key.key.key, &signature)) }
}

/// What is in the place of a signature, as text.
fn what_it_is(text: &str) -> &'static str {
    let begins = |start: &str| text.starts_with(start);
    if begins("-----BEGIN SSH SIGNATURE-----") {
        return match text.ends_with("-----END SSH SIGNATURE-----") {
            true if is_by_certificate(text) => "it was made with a certificate, not with the key itself",
            true => "it is not a signature as `ssh-keygen -Y sign` writes it: it is damaged",
            false => "it is not a signature as `ssh-keygen -Y sign` writes it: its end is missing",
        };
    }
    if begins("-----BEGIN PGP") {
        "it is a PGP signature, not one of `ssh-keygen -Y sign`"
    } else if begins("-----BEGIN") && text.contains("PRIVATE KEY") {
        "it is a private key, not a signature; keep that file secret"
    } else if ssh_key::PublicKey::from_openssh(text).is_ok() {
        "it is a public key, not a signature"
    } else if begins(FIRST_LINE) {
        "it is the text to sign, not its signature (the file that ends in `.sig`)"
    } else {
        "it is not a signature as `ssh-keygen -Y sign` writes it"
    }
}

/// Whether a signature in armor names a certificate where its key should be.
fn is_by_certificate(armor: &str) -> bool {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let body = armor.lines().filter(|line| !line.starts_with('-')).flat_map(str::bytes);
    let digits: Vec<u32> =
        body.filter_map(|byte| DIGITS.iter().position(|digit| *digit == byte)).map(|digit| digit as u32).collect();
    let bytes: Vec<u8> = digits
        .chunks_exact(4)
        .flat_map(|four| four.iter().fold(0, |all, digit| all << 6 | digit).to_be_bytes().into_iter().skip(1))
        .collect();
    // The name of the kind of key is near the start, before anything that a signer can choose.
    crate::model::is_certificate(&String::from_utf8_lossy(bytes.get(..64).unwrap_or(&bytes)))
}

/// Why a signature by the right key does not fit, in words. Copies that an editor or a mail program changed are tried,
/// and votes that differ in the decision or the reason.
fn misfit(vote: &LoadedVote, text: &str, key: &ssh_key::PublicKey, signature: &SshSig) -> String {
    let fits = |bytes: &[u8]| key.verify(NAMESPACE, bytes, signature).is_ok();
    if let Some((name, _)) = COPIES.iter().find(|(_, copy)| fits(&copy(text))) {
        return format!("it was made of a copy of the text {name}");
    }
    let with = |decision: Decision, reason: &str| {
        let was = (format!("\ndecision {}\n", vote.decision.value), format!("reason sha256:{}\n", vote.reason_digest));
        text.replace(&was.0, &format!("\ndecision {decision}\n")).replace(&was.1, &format!("reason sha256:{reason}\n"))
    };
    let decisions = || Decision::WORDS.iter().filter_map(|word| Decision::from_word(word));
    let own = vote.decision.value;
    if let Some(other) = decisions().find(|other| fits(with(*other, &vote.reason_digest).as_bytes())) {
        return format!("it was made for another decision, `{other}`");
    }
    let nothing = crate::load::sha256(b"");
    match decisions().find(|other| fits(with(*other, &nothing).as_bytes())) {
        Some(other) if other == own => "it was made for the same vote without a reason".to_owned(),
        Some(other) => format!("it was made for another decision, `{other}`, without a reason"),
        None => "it does not fit what the vote says".to_owned(),
    }
}

/// A way in which a copy of a text differs from it, in words, and how it is made.
type Copy = (&'static str, fn(&str) -> Vec<u8>);

/// How copies of a text differ that were saved by an editor, sent by mail, or redirected by a shell.
const COPIES: [Copy; 11] = [
    ("with Windows line ends (CRLF)", |text| crlf(text).into_bytes()),
    ("without its last line end", |text| text.trim_end().as_bytes().to_vec()),
    ("with Windows line ends (CRLF) and without its last line end", |text| crlf(text.trim_end()).into_bytes()),
    ("with an empty line at its end", |text| format!("{text}\n").into_bytes()),
    ("with Windows line ends (CRLF) and an empty line at its end", |text| crlf(&format!("{text}\n")).into_bytes()),
    ("with a byte-order mark", |text| format!("\u{feff}{text}").into_bytes()),
    ("with a byte-order mark and Windows line ends (CRLF)", |text| crlf(&format!("\u{feff}{text}")).into_bytes()),
    ("in UTF-16", |text| utf_16(text, u16::to_le_bytes)),
    ("in UTF-16 with Windows line ends (CRLF)", |text| utf_16(&crlf(text), u16::to_le_bytes)),
    ("in UTF-16 (big-endian)", |text| utf_16(text, u16::to_be_bytes)),
    ("in UTF-16 (big-endian) with Windows line ends (CRLF)", |text| utf_16(&crlf(text), u16::to_be_bytes)),
];

fn crlf(text: &str) -> String {
    text.replace('\n', "\r\n")
}

/// With a byte-order mark, as every program writes it.
fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(bytes).collect()
}
