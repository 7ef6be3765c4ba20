//! Digests of requests and signatures of votes.
//!
//! THE KEYS ARE SAMPLES AND PROTECT NOTHING: each is made from a seed that stands in this file, so that the
//! sample's bytes are the same at every run. A real member's key is made by `ssh-keygen` and never leaves them.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use ssh_key::private::Ed25519Keypair;
use ssh_key::{HashAlg, LineEnding, PrivateKey};

use crate::Result;

const SEED: &str = "heatpack sample key, protects nothing: ";
const NAMESPACE: &str = "heatpack-decision";

/// A value of a request, as its YAML gives it.
#[derive(Clone)]
pub enum Value {
    Text(String),
    List(Vec<String>),
}

fn private_key(member: &str) -> Result<PrivateKey> {
    let seed: [u8; 32] = Sha256::digest(format!("{SEED}{member}")).into();
    let mut key = PrivateKey::from(Ed25519Keypair::from_seed(&seed));
    key.set_comment(member);
    Ok(key)
}

/// The member's key as board.yaml lists it.
pub fn public_key(member: &str) -> Result<String> {
    Ok(private_key(member)?.public_key().to_openssh()?)
}

/// The armored SSHSIG of the text.
pub fn signature(member: &str, text: &str) -> Result<String> {
    let signed = private_key(member)?.sign(NAMESPACE, HashAlg::Sha512, text.as_bytes())?;
    Ok(signed.to_pem(LineEnding::LF)?)
}

/// `sha256:…` of a text.
pub fn sha256(text: &str) -> String {
    let hex: String = Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hex}")
}

/// The digest of a request: of its canonical JSON (RFC 8785), every scalar a text.
pub fn request_digest(request: &BTreeMap<String, Value>) -> Result<String> {
    let json: BTreeMap<&str, serde_json::Value> = request
        .iter()
        .map(|(key, value)| {
            let value = match value {
                Value::Text(text) => serde_json::Value::from(text.as_str()),
                Value::List(items) => serde_json::Value::from(items.clone()),
            };
            (key.as_str(), value)
        })
        .collect();
    Ok(sha256(&serde_json::to_string(&json)?))
}
