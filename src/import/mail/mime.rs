//! A mail of the internet (RFC 5322, MIME): its headers, and the text and the names of its parts.
//!
//! The parts are taken apart here, as deep and as many as are allowed, and mail-parser reads one header or text at a
//! time: what it makes of a mail that holds a mail nests as deep as the mail does.

use chrono::DateTime;
use encoding_rs::Encoding;
use mail_parser::{ContentType, HeaderValue, Message, MessageParser, MimeHeaders, PartType};

use super::body::{Body, digest, settle};
use super::kind::{Kind, kind};
use super::message::{Address, Mail, Remark, Sent};
use super::seen::{has_invisible, one_line};
use crate::model::RECORDS_HEADER;

/// The most bytes of the headers of a part, and of a text.
const MOST_HEAD: usize = 256 << 10;
const MOST_TEXT: usize = 256 << 10;
/// The most parts, and how deep they may be.
const MOST_PARTS: usize = 200;
const DEEPEST: usize = 8;
/// The most characters of a subject.
const MOST_SUBJECT: usize = 1000;
/// The most addresses, marks and files that are named.
const MOST_NAMED: usize = 50;

/// Reads a mail; `None` if there are no headers of one.
pub fn read(bytes: &[u8]) -> Option<Mail> {
    let whole = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let (head, _) = split(whole);
    let head = with_end(head);
    let message = parser().parse_headers(&head)?;
    if !["From", "Subject", "Date"].iter().any(|name| message.header(*name).is_some()) {
        return None;
    }
    let headers = headers(&message);
    let mut body = Body::default();
    let mut parts = Parts { body: &mut body, count: 0 };
    parts.walk(whole, 0);
    let names: Vec<&str> = headers.from.iter().map(|from| from.name.as_str()).collect();
    if headers.is_invisible {
        body.remarks.insert(Remark::Invisible);
    }
    let paragraphs = settle(&mut body, &names);
    Some(Mail {
        digest: digest(bytes),
        from: headers.from,
        reply_to: headers.reply_to,
        subject: headers.subject,
        sent: headers.sent,
        kind: headers.kind,
        paragraphs,
        marks: body.marks,
        attachments: body.attachments,
        remarks: body.remarks.into_iter().collect(),
    })
}

/// The headers of a mail that matter.
pub struct Headers {
    pub from: Vec<Address>,
    pub reply_to: Vec<String>,
    pub subject: String,
    pub sent: Sent,
    pub kind: Kind,
    pub is_invisible: bool,
}

/// The headers of the mail in a text, for Outlook's copy of them.
pub fn headers_of(text: &str) -> Option<Headers> {
    let (head, _) = split(text.as_bytes());
    Some(headers(&parser().parse_headers(&with_end(head))?))
}

fn parser() -> MessageParser {
    let parser = MessageParser::new().with_mime_headers().with_date_headers().with_address_headers();
    parser.header_text("Subject").header_text(RECORDS_HEADER).default_header_raw()
}

fn headers(message: &Message) -> Headers {
    let addresses = |name: &str| {
        let own = message.headers().iter().filter(|header| header.name().eq_ignore_ascii_case(name));
        let lists = own.filter_map(|header| header.value().as_address());
        let all = lists.flat_map(|list| list.iter()).filter_map(|own| {
            let name = own.name.as_deref().map(|name| text_of(name, 200)).unwrap_or_default();
            Some(Address { email: domain_in_lower_case(own.address.as_deref()?), name })
        });
        all.take(MOST_NAMED).collect::<Vec<_>>()
    };
    let text = |name: &str| {
        let raw = message.header_raw(name).map(|raw| raw.split_whitespace().collect::<Vec<_>>().join(" "));
        raw.map(|raw| super::html::floor(&raw, MOST_SUBJECT).to_owned())
    };
    let subject = message.subject().unwrap_or_default();
    // A second date or subject is not by the sender's program.
    let sent = message.date().filter(|date| date.is_valid()).and_then(|date| {
        let count = message.headers().iter().filter(|header| header.name().eq_ignore_ascii_case("Date")).count();
        DateTime::from_timestamp(date.to_timestamp(), 0).filter(|_| count == 1)
    });
    Headers {
        from: addresses("From"),
        reply_to: addresses("Reply-To").into_iter().map(|own| own.email).collect(),
        is_invisible: has_invisible(subject),
        kind: kind(text, &text_of(subject, MOST_SUBJECT)),
        subject: text_of(subject, MOST_SUBJECT),
        sent: sent.map_or(Sent::Unknown, Sent::At),
    }
}

/// One line of at most so many bytes.
fn text_of(text: &str, most: usize) -> String {
    one_line(super::html::floor(text, most))
}

/// An address as it is compared: the case of its domain does not matter.
pub fn domain_in_lower_case(email: &str) -> String {
    match email.trim().rsplit_once('@') {
        Some((local, domain)) => format!("{local}@{}", domain.to_ascii_lowercase()),
        None => email.trim().to_owned(),
    }
}

/// The headers of a part, and what follows the blank line behind them.
fn split(part: &[u8]) -> (&[u8], &[u8]) {
    let mut at = 0;
    for line in part[..part.len().min(MOST_HEAD)].split_inclusive(|byte| *byte == b'\n') {
        at += line.len();
        if line == b"\n" || line == b"\r\n" {
            return part.split_at(at);
        }
    }
    // Without a blank line there is no text; behind too many headers neither.
    (&part[..at], &[])
}

fn with_end(head: &[u8]) -> Vec<u8> {
    [head, b"\r\n\r\n"].concat()
}

/// The parts of a mail while they are read.
struct Parts<'b> {
    body: &'b mut Body,
    count: usize,
}

impl Parts<'_> {
    fn walk(&mut self, part: &[u8], depth: usize) {
        self.count += 1;
        if self.count > MOST_PARTS || depth > DEEPEST {
            self.body.remarks.insert(Remark::Nested);
            return;
        }
        let (head, rest) = split(part);
        let head = with_end(head);
        let Some(message) = parser().parse_headers(&head) else {
            return self.text(b"", rest, false, true);
        };
        self.marks(&message);
        let content_type = message.content_type();
        let (kind, subtype) = content_type.map(names).unwrap_or(("text".to_owned(), "plain".to_owned()));
        let disposition = message.content_disposition();
        let name = message.attachment_name().map(|name| text_of(name, 200)).filter(|name| !name.is_empty());
        let is_attached = disposition.is_some_and(|own| own.is_attachment());
        match (kind.as_str(), subtype.as_str()) {
            ("multipart", _) => match content_type.and_then(|own| own.attribute("boundary")) {
                Some(boundary) if !boundary.is_empty() => self.multipart(boundary.as_bytes(), &subtype, rest, depth),
                _ => self.text(b"", rest, false, true),
            },
            ("text", "plain" | "html") if !is_attached && name.is_none() => {
                self.text(&head, rest, subtype == "html", charset(content_type).is_none_or(|own| is_unicode(&own)));
            }
            ("message", "rfc822" | "global" | "rfc822-headers") => {
                // The mail within is an attachment. Its headers may be those of our draft.
                let (inner, _) = split(rest);
                if let Some(inner) = parser().parse_headers(&with_end(inner)) {
                    self.marks(&inner);
                }
                self.attached(name.unwrap_or_else(|| "a mail".to_owned()));
            }
            ("application", "pkcs7-signature" | "x-pkcs7-signature" | "pgp-signature") => {}
            _ if depth == 0 => {}
            _ => self.attached(name.unwrap_or_else(|| text_of(&format!("{kind}/{subtype}"), 100))),
        }
    }

    fn multipart(&mut self, boundary: &[u8], subtype: &str, body: &[u8], depth: usize) {
        if subtype == "signed" {
            self.body.remarks.insert(Remark::Signed);
        }
        for part in parts(body, boundary, MOST_PARTS) {
            self.walk(part, depth + 1);
        }
    }

    fn attached(&mut self, name: String) {
        if self.body.attachments.len() < MOST_NAMED {
            self.body.attachments.push(name);
        }
    }

    fn marks(&mut self, message: &Message) {
        let own = message.headers().iter().filter(|header| header.name().eq_ignore_ascii_case(RECORDS_HEADER));
        let marks = own.filter_map(|header| header.value().as_text()).flat_map(str::split_whitespace);
        let marks = marks.take(MOST_NAMED).map(|mark| text_of(mark, 100));
        self.body.marks.extend(marks);
        self.body.marks.truncate(MOST_NAMED);
    }

    /// Adds a text. One that claims to be Unicode and is not was written on an old Windows.
    fn text(&mut self, head: &[u8], body: &[u8], is_html: bool, is_unicode: bool) {
        let taken = whole_lines(body);
        if taken.len() < body.len() {
            self.body.remarks.insert(Remark::Long);
        }
        let head = head.strip_suffix(b"\r\n\r\n").unwrap_or(head);
        let head = if head.ends_with(b"\n\r\n") || head.ends_with(b"\n\n") || head.is_empty() {
            [head.trim_ascii_end(), b"\r\n\r\n"].concat()
        } else {
            with_end(head)
        };
        let whole = [head.as_slice(), taken].concat();
        let mut text = decoded(&whole);
        if is_unicode && text.contains('\u{fffd}') && !body.windows(3).any(|bytes| bytes == "\u{fffd}".as_bytes()) {
            self.body.remarks.insert(Remark::OtherCharset);
            text = in_western(&whole, taken);
        }
        let so_far = if is_html { &mut self.body.html } else { &mut self.body.plain };
        if so_far.len() + text.len() > MOST_TEXT * 2 {
            self.body.remarks.insert(Remark::Long);
            return;
        }
        if !so_far.is_empty() {
            so_far.push_str("\n\n");
        }
        so_far.push_str(&text);
    }
}

/// The text of a part that holds no others.
fn decoded(part: &[u8]) -> String {
    let message = MessageParser::default().parse(part);
    let first = message.and_then(|message| message.parts.into_iter().next());
    match first.map(|part| part.body) {
        Some(PartType::Text(text) | PartType::Html(text)) => text.into_owned(),
        Some(PartType::Binary(bytes) | PartType::InlineBinary(bytes)) => String::from_utf8_lossy(&bytes).into_owned(),
        _ => String::new(),
    }
}

/// The same as Western text: with another charset in its headers.
fn in_western(part: &[u8], body: &[u8]) -> String {
    let message = parser().parse_headers(part);
    let encoding = message.and_then(|message| match message.header("Content-Transfer-Encoding") {
        Some(HeaderValue::Text(text)) => Some(one_line(text)),
        _ => None,
    });
    let encoding = encoding.filter(|own| own.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'));
    let encoding = encoding.unwrap_or_else(|| "8bit".to_owned());
    let head =
        format!("Content-Type: text/plain; charset=windows-1252\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n");
    decoded(&[head.as_bytes(), body].concat())
}

/// The type and subtype, in lower case.
fn names(own: &ContentType) -> (String, String) {
    (own.ctype().to_ascii_lowercase(), own.subtype().unwrap_or("plain").to_ascii_lowercase())
}

fn charset(content_type: Option<&ContentType>) -> Option<String> {
    content_type.and_then(|own| own.attribute("charset")).map(str::to_owned)
}

/// Whether a charset is Unicode or a part of it, or no charset at all.
fn is_unicode(name: &str) -> bool {
    let name = name.trim().to_ascii_lowercase();
    matches!(name.as_str(), "us-ascii" | "ascii" | "utf-8" | "utf8") || Encoding::for_label(name.as_bytes()).is_none()
}

/// As much of a text as is read: whole lines, so that no code is cut.
fn whole_lines(body: &[u8]) -> &[u8] {
    if body.len() <= MOST_TEXT {
        return body;
    }
    let taken = &body[..MOST_TEXT];
    let end = taken.iter().rposition(|byte| *byte == b'\n').map_or(MOST_TEXT, |end| end + 1);
    &taken[..end]
}

/// The parts between lines `--boundary`; one more than `most` at most.
fn parts<'m>(body: &'m [u8], boundary: &[u8], most: usize) -> Vec<&'m [u8]> {
    let mut found = Vec::new();
    let (mut at, mut start) = (0, None);
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let after = line.strip_prefix(b"--").and_then(|line| line.strip_prefix(boundary)).map(<[u8]>::trim_ascii_end);
        if let Some(after) = after.filter(|after| after.is_empty() || after.starts_with(b"--")) {
            found.extend(start.map(|start| &body[start..at]));
            start = Some(at + line.len());
            if after.starts_with(b"--") || found.len() > most {
                return found;
            }
        }
        at += line.len();
    }
    // The last line is missing.
    found.extend(start.map(|start| &body[start..]));
    found
}
