//! What a format gives of a mail's contents, from which its new text follows.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::message::Remark;
use super::{cut, html, seen};
use crate::model::hex;

/// `sha256:` and the digest of the bytes.
pub fn digest(bytes: &[u8]) -> String {
    format!("sha256:{}", hex(&Sha256::digest(bytes)))
}

/// What a format gives of a mail's contents, from which the rest follows.
#[derive(Debug, Default)]
pub struct Body {
    pub plain: String,
    pub html: String,
    pub attachments: Vec<String>,
    pub marks: Vec<String>,
    pub remarks: BTreeSet<Remark>,
}

impl Body {
    /// The whole text. The plain text has precedence, since HTML may hide or add some.
    fn text(&mut self) -> String {
        if !self.plain.trim().is_empty() || self.html.trim().is_empty() {
            return std::mem::take(&mut self.plain);
        }
        self.remarks.insert(Remark::FromHtml);
        html::text(&self.html)
    }
}

/// A mail's text, its new paragraphs, and what was noticed on the way.
pub fn settle(body: &mut Body, names: &[&str]) -> Vec<String> {
    let text = body.text();
    if seen::has_invisible(&text) {
        body.remarks.insert(Remark::Invisible);
    }
    let text = seen::lines(&text);
    cut::marks(&text).into_iter().for_each(|mark| body.marks.push(mark));
    let cut = cut::cut(&text, names);
    if cut.is_forwarded {
        body.remarks.insert(Remark::Forwarded);
    }
    cut.paragraphs
}
