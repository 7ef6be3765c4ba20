//! A letter that was sent: what its headers say that it is about.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use mail_parser::MessageParser;

use crate::model::{EVENT_HEADER, RECORDS_HEADER};
use crate::render::shown;
use crate::report::mail::{About, LetterEvent, Mark};

/// How much of a file is read: mail servers add headers, and what follows the headers does not matter.
const LONGEST: u64 = 1 << 20;

/// How a message file of Outlook begins, which is not an `.eml`.
const OUTLOOK: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];

/// A letter that was sent.
pub struct SentLetter {
    pub path: PathBuf,
    pub about: About,
}

impl SentLetter {
    /// The file as messages name it.
    pub fn name(&self) -> String {
        name(&self.path)
    }
}

/// The file as messages name it.
pub fn name(path: &Path) -> String {
    shown(&path.display().to_string())
}

/// Why a file is not a letter of ours, and what to do.
pub struct NoLetter {
    pub why: String,
    pub help: String,
}

/// Reads the headers of a letter.
pub fn read(path: &Path) -> anyhow::Result<Result<SentLetter, NoLetter>> {
    let mut bytes = Vec::new();
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    file.take(LONGEST).read_to_end(&mut bytes).with_context(|| format!("cannot read {}", path.display()))?;
    if bytes.starts_with(OUTLOOK) {
        return Ok(Err(NoLetter {
            why: format!("{} is an Outlook message, not an .eml file", name(path)),
            help: "use the draft that `heatpack mail` wrote, or save the message as .eml".to_owned(),
        }));
    }
    Ok(match about(&bytes) {
        Some(about) => Ok(SentLetter { path: path.to_owned(), about }),
        None => Err(NoLetter {
            why: format!("{} has no valid headers {EVENT_HEADER} and {RECORDS_HEADER}", name(path)),
            help: "use the draft that `heatpack mail` wrote, or enter each ticket with `heatpack log`".to_owned(),
        }),
    })
}

/// What the headers say; `None` if they are missing, repeated or not ours.
fn about(bytes: &[u8]) -> Option<About> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    // As texts, so that words that a mail program encoded are decoded.
    let parser = MessageParser::new().header_text(EVENT_HEADER).header_text(RECORDS_HEADER).default_header_text();
    let message = parser.parse_headers(bytes)?;
    let one = |name: &str| {
        let mut found = message.headers().iter().filter(|header| header.name().eq_ignore_ascii_case(name));
        let first = found.next()?;
        // A second one is not by us.
        found.next().is_none().then(|| first.value().as_text().unwrap_or_default().to_owned())
    };
    let event = LetterEvent::from_word(one(EVENT_HEADER)?.trim())?;
    let records = match event {
        LetterEvent::None => Vec::new(),
        _ => {
            let marks = one(RECORDS_HEADER)?;
            let marks: Option<Vec<Mark>> = marks.split_whitespace().map(Mark::parse).collect();
            marks.filter(|marks| !marks.is_empty())?
        }
    };
    Some(About { event, records })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARK: &str = "HEAT-1=0.e3b0c44298fc1c14.e3b0c44298fc1c14";

    #[test]
    fn headers_are_read_however_a_mail_program_wraps_them() {
        for records in [
            format!("X-Heatpack-Records: {MARK} {MARK}"),
            format!("x-heatpack-records:\r\n\t{MARK}\r\n  {MARK}"),
            format!(
                "X-Heatpack-records: =?utf-8?q?HEAT-1=3D0=2Ee3b0c44?=\r\n =?utf-8?q?298fc1c14=2Ee3b0c44298fc1c14_?=\r\n {MARK}"
            ),
        ] {
            let mail = format!("Received: x\r\nX-HEATPACK-Event:\r\n follow-up \r\n{records}\r\nTo: a@b\r\n\r\nbody");
            let about = about(mail.as_bytes()).map(|about| (about.event, about.records.len()));
            assert_eq!(about, Some((LetterEvent::FollowUp, 2)), "{mail}");
        }
    }

    #[test]
    fn whatever_else_a_file_holds_is_no_letter() {
        let records = format!("X-Heatpack-Records: {MARK}\n");
        for mail in [
            String::new(),
            "\n".to_owned(),
            "To: a@b\n\nX-Heatpack-Event: follow-up\n".to_owned(),
            "X-Heatpack-Event: follow-up\n\n".to_owned(),
            format!("X-Heatpack-Event: closed\n{records}\n"),
            format!("X-Heatpack-Event: follow-up\n{records}{records}\n"),
            format!("X-Heatpack-Event: follow-up\nX-Heatpack-Event: follow-up\n{records}\n"),
            "X-Heatpack-Event: follow-up\nX-Heatpack-Records: HEAT-1\n\n".to_owned(),
            "X-Heatpack-Event: follow-up\nX-Heatpack-Records:\n\n".to_owned(),
        ] {
            assert!(about(mail.as_bytes()).is_none(), "{mail:?}");
        }
        assert!(about(b"X-Heatpack-Event: none\n\n").is_some());
    }
}
