//! The bytes of a file → its text, or a fault that says why it has none.

use super::files::LARGEST;
use crate::model::{RuleId, Span};
use crate::record::Faults;

/// The text of a file's bytes, its byte-order mark taken off. `None` if it is too long or not UTF-8.
pub(super) fn text_of(bytes: Vec<u8>, rule: RuleId, faults: &mut Faults) -> Option<String> {
    if bytes.len() as u64 > LARGEST {
        faults
            .add(rule, Span::default(), "the file is larger than 1 MiB")
            .help("move long lists to another place, and add a link");
        return None;
    }
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            if text.starts_with('\u{feff}') {
                text.drain(..'\u{feff}'.len_utf8());
            }
            Some(text)
        }
        Err(error) if error.as_bytes().starts_with(b"\xff\xfe") || error.as_bytes().starts_with(b"\xfe\xff") => {
            faults
                .add(rule, Span::default(), "the file is in UTF-16, which Windows also calls Unicode")
                .help("save the file again with the encoding UTF-8 (Notepad: Save As, Encoding: UTF-8)");
            None
        }
        Err(error) => {
            let line = error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
            faults
                .add(rule, Span::default(), format!("line {line} has characters that are not UTF-8"))
                .help("save the file again with the encoding UTF-8");
            None
        }
    }
}
