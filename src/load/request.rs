//! What is decided on and signed: digests of requests and reasons (`docs/explanation/signatures.md`).

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::model::hex;
use crate::record::{Faults, Kind, Node};

/// The request of a CR as a version of its file states it.
#[derive(Debug, Clone)]
pub struct Request {
    /// `sha256:` and the SHA-256 of `canonical`.
    pub digest: String,
    /// The request as canonical JSON.
    pub canonical: String,
    /// Every field in the order of the file: its name and its values, which are one unless it is a list.
    pub fields: Vec<(String, Vec<String>)>,
}

impl Request {
    /// Reads the text of a CR's file. `None` if it is not one mapping.
    pub fn read(text: &str) -> Option<Request> {
        let change = super::yaml::parse(text, &mut Faults::default())?;
        let Kind::Map(entries) = &change.kind else { return None };
        let one = |node: &Node| match &node.kind {
            Kind::Text(text) => text.to_string(),
            Kind::List(_) | Kind::Map(_) => {
                let mut text = String::new();
                canonical(node, false, &mut text);
                text
            }
        };
        let values = |node: &Node| match &node.kind {
            Kind::List(items) => items.iter().map(one).collect(),
            Kind::Text(_) | Kind::Map(_) => vec![one(node)],
        };
        let own = entries.iter().filter(|(key, _)| key.text != LOG);
        let fields = own.map(|(key, value)| (key.text.to_string(), values(value))).collect();
        let canonical = request(&change);
        Some(Request { digest: digest_of(&canonical), canonical, fields })
    }
}

/// The field that is not part of the request.
const LOG: &str = "log";

/// `sha256:` and the digest of a CR's request: its mapping without `log` as canonical JSON (RFC 8785), every
/// scalar as the text that YAML gives.
pub fn digest(change: &Node) -> String {
    digest_of(&request(change))
}

fn digest_of(canonical: &str) -> String {
    format!("sha256:{}", sha256(canonical.as_bytes()))
}

fn request(change: &Node) -> String {
    let mut text = String::new();
    canonical(change, true, &mut text);
    text
}

/// The SHA-256 of bytes, in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// RFC 8785 for what a record can contain, which is texts, lists and mappings: members in the order of their names'
/// UTF-16 code units, texts escaped only where JSON requires it, and no white space.
fn canonical(node: &Node, is_request: bool, out: &mut String) {
    match &node.kind {
        Kind::Text(text) => out.push_str(&quoted(text)),
        Kind::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                canonical(item, false, out);
            }
            out.push(']');
        }
        Kind::Map(entries) => {
            let members: BTreeMap<Vec<u16>, _> = entries
                .iter()
                .filter(|(key, _)| !(is_request && key.text == LOG))
                .map(|(key, value)| (key.text.encode_utf16().collect(), (&key.text, value)))
                .collect();
            out.push('{');
            for (index, (key, value)) in members.values().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                out.push_str(&quoted(key));
                out.push(':');
                canonical(value, false, out);
            }
            out.push('}');
        }
    }
}

/// A JSON text; serde_json escapes just what RFC 8785 asks for, and as it asks.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(yaml: &str) -> String {
        Request::read(yaml).map(|request| request.canonical).unwrap_or_default()
    }

    #[test]
    fn the_request_is_canonical_json_without_the_log() {
        let yaml = "title: no\nid: CR-2026-007\nlog:\n  - {at: x}\ntickets: [HEAT-1]\ndate: 2026-12-15\ntext: |\n  a \"b\"\n  é\n";
        assert_eq!(
            request(yaml),
            r#"{"date":"2026-12-15","id":"CR-2026-007","text":"a \"b\"\né\n","tickets":["HEAT-1"],"title":"no"}"#
        );
    }

    #[test]
    fn neither_comments_nor_line_ends_nor_the_order_matter() {
        let one = "id: CR-2026-007\ntext: |\n  a\n  b\n";
        let other = "# said\r\ntext: |\r\n  a\r\n  b\r\nid:   \"CR-2026-007\"   # here\r\n";
        assert_eq!(request(one), request(other));
    }

    #[test]
    fn every_field_of_the_request_is_there_in_the_order_of_the_file() {
        let yaml = "title: no\nid: CR-2026-007\ntickets: [HEAT-1, HEAT-2]\nlog: []\nlater: {a: [b]}\n";
        let fields = Request::read(yaml).map(|request| request.fields).unwrap_or_default();
        let fields: Vec<String> = fields.iter().map(|(name, values)| format!("{name}={}", values.join("+"))).collect();
        assert_eq!(fields, ["title=no", "id=CR-2026-007", "tickets=HEAT-1+HEAT-2", "later={\"a\":[\"b\"]}"]);
        assert!(Request::read("- a list\n").is_none() && Request::read("a: [\n").is_none());
    }
}
