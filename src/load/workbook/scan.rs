//! Bounds each tag and each text of an XML file while it is unzipped: the XML reader keeps one of them in memory.

use memchr::{memchr, memchr3};

use super::error::WorkbookError;

/// So many bytes a tag, or a text between two tags, may have: Excel's longest cell as XML.
pub const LONGEST: usize = 256 << 10;

/// Where the reader of tags is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    /// At the start of the file, before any tag.
    Start,
    Text,
    /// Behind the first character of a tag.
    Opening {
        is_first: bool,
    },
    Tag,
    Quotes(u8),
    /// In the declaration at the start of the file.
    Declaration {
        is_ending: bool,
    },
}

/// Follows the bytes of a file.
#[derive(Debug)]
pub struct Scan {
    within: Within,
    /// The length of the tag or text up to here.
    length: usize,
}

impl Scan {
    pub fn new() -> Scan {
        Scan { within: Within::Start, length: 0 }
    }

    /// Follows further bytes. Comments, CDATA, types and instructions are not of spreadsheets, and may be of any length.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<(), WorkbookError> {
        let mut rest = bytes;
        while let Some(first) = rest.first().copied() {
            let (taken, next) = match self.within {
                Within::Start | Within::Text => {
                    let is_first = self.within == Within::Start;
                    match memchr(b'<', rest) {
                        Some(at) => (at + 1, Within::Opening { is_first: is_first && self.length + at <= 3 }),
                        None => (rest.len(), self.within),
                    }
                }
                Within::Opening { is_first: true } if first == b'?' => (1, Within::Declaration { is_ending: false }),
                Within::Opening { .. } if matches!(first, b'!' | b'?') => {
                    return Err(WorkbookError::Damaged("its XML has comments or instructions".to_owned()));
                }
                Within::Opening { .. } => (0, Within::Tag),
                Within::Tag => match memchr3(b'>', b'"', b'\'', rest) {
                    Some(at) if rest[at] == b'>' => (at + 1, Within::Text),
                    Some(at) => (at + 1, Within::Quotes(rest[at])),
                    None => (rest.len(), Within::Tag),
                },
                Within::Quotes(mark) => match memchr(mark, rest) {
                    Some(at) => (at + 1, Within::Tag),
                    None => (rest.len(), self.within),
                },
                Within::Declaration { is_ending: true } if first == b'>' => (1, Within::Text),
                Within::Declaration { .. } => (1, Within::Declaration { is_ending: first == b'?' }),
            };
            self.length += taken;
            if self.length > LONGEST {
                return Err(WorkbookError::Text);
            }
            let is_new = matches!(next, Within::Text | Within::Opening { .. }) && next != self.within;
            self.within = next;
            if is_new {
                self.length = 0;
            }
            rest = &rest[taken..];
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fed(text: &str, piece: usize) -> Result<(), WorkbookError> {
        let mut scan = Scan::new();
        text.as_bytes().chunks(piece).try_for_each(|bytes| scan.feed(bytes))
    }

    #[test]
    fn long_tags_and_texts_are_refused_wherever_their_marks_are() {
        let long = |piece: &str| piece.repeat(LONGEST / piece.len() + 1);
        for piece in [7, 1 << 14] {
            for text in [
                long("x"),
                format!("<a>{}", long(">")),
                format!("<a b=\"{}", long("<x>'")),
                format!("<a b='{}", long("\"><x>")),
                format!("<a {}", long("b='' ")),
                format!("</a b=\"{}", long("<x>")),
                format!("<?xml {}", long("<x>? >")),
            ] {
                assert_eq!(fed(&text, piece), Err(WorkbookError::Text), "{}", &text[..20]);
            }
            for text in ["<!-- -->", "<a><![CDATA[x]]></a>", "<!DOCTYPE a>", "<a/><?b?>", "<?a?><?b?>", "     <?a?>"] {
                assert!(matches!(fed(text, piece), Err(WorkbookError::Damaged(_))), "{text}");
            }
            for text in ["", "<?xml version='1.0'?>", "\u{feff}<?xml?>", "<a b='>' c=\"'\"/>", "<a>x ! ? </a>", "<"] {
                assert_eq!(fed(text, piece), Ok(()), "{text}");
            }
            assert_eq!(fed(&"<a b='c'>text</a>".repeat(50_000), piece), Ok(()));
        }
    }
}
