//! What is decided on and signed: digests of requests and reasons (`format.md`, "decisions").

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::model::hex;
use crate::record::{Kind, Node};

/// `sha256:` and the digest of a CR's request: its mapping without `log` as canonical JSON (RFC 8785), every
/// scalar as the text that YAML gives.
pub fn digest(change: &Node) -> String {
    let mut request = String::new();
    canonical(change, true, &mut request);
    format!("sha256:{}", sha256(request.as_bytes()))
}

/// The SHA-256 of bytes, in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// RFC 8785 for what a record can hold, which is texts, lists and mappings: members in the order of their
/// names' UTF-16 code units, texts escaped as JSON has to and no further, no white space.
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
                .filter(|(key, _)| !(is_request && key.text == "log"))
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
    use crate::record::Faults;

    fn request(yaml: &str) -> String {
        let mut out = String::new();
        if let Some(node) = crate::load::yaml::parse(yaml, &mut Faults::default()) {
            canonical(&node, true, &mut out);
        }
        out
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
}
