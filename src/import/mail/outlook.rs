//! A message file of Outlook (`.msg`, MS-OXMSG): a compound file, in which each property is a stream.

use std::io::{Cursor, Read};

use cfb::CompoundFile as Compound;
use chrono::{DateTime, Utc};

use super::body::{Body, digest, settle};
use super::kind::Kind;
use super::message::{Address, Mail, Remark, Sent, Unreadable};
use super::mime::{Headers, domain_in_lower_case, headers_of};
use super::seen::{has_invisible, one_line};

/// The most bytes of a property.
const MOST: u64 = 512 << 10;
/// The most attachments that are named.
const MOST_FILES: usize = 50;

/// The properties that are read (MS-OXPROPS), by their tags.
const SUBJECT: u16 = 0x0037;
const CLASS: u16 = 0x001a;
const HEADERS: u16 = 0x007d;
const FOR_ADDRESS: u16 = 0x5d02;
const FOR_EMAIL: u16 = 0x0065;
const FOR_NAME: u16 = 0x0042;
const SENDER_ADDRESS: u16 = 0x5d01;
const SENDER_EMAIL: u16 = 0x0c1f;
const SENDER_NAME: u16 = 0x0c1a;
const BODY: u16 = 0x1000;
const HTML: u16 = 0x1013;
const RICH_TEXT: u16 = 0x1009;
const SUBMITTED: u16 = 0x0039;
const DELIVERED: u16 = 0x0e06;
const FILE_NAME: u16 = 0x3707;
const SHORT_FILE_NAME: u16 = 0x3704;

/// Reads a message file.
pub fn read(bytes: &[u8]) -> Result<Mail, Unreadable> {
    let failed = |error: std::io::Error| Unreadable::Outlook(one_line(&error.to_string()));
    let mut file = Properties { file: Compound::open(Cursor::new(bytes)).map_err(failed)? };
    if !file.file.is_stream("/__properties_version1.0") {
        return Err(Unreadable::Outlook("it is another file of Office".to_owned()));
    }
    let headers = file.text("", HEADERS).and_then(|text| headers_of(&text));
    let from = file.from(headers.as_ref());
    let subject = file.text("", SUBJECT).unwrap_or_default();
    let mut body = Body {
        plain: file.text("", BODY).unwrap_or_default(),
        html: file.html().unwrap_or_default(),
        attachments: file.attachments(),
        ..Body::default()
    };
    if body.plain.trim().is_empty() && body.html.trim().is_empty() && file.has("", RICH_TEXT, "0102") {
        body.remarks.insert(Remark::RichText);
    }
    if has_invisible(&subject) {
        body.remarks.insert(Remark::Invisible);
    }
    let kind = kind(&file.text("", CLASS).unwrap_or_default(), headers.as_ref());
    if kind == Kind::Letter && file.text("", CLASS).is_some_and(|class| class.contains("MultipartSigned")) {
        body.remarks.insert(Remark::Signed);
    }
    let names: Vec<&str> = from.iter().map(|from| from.name.as_str()).collect();
    let paragraphs = settle(&mut body, &names);
    Ok(Mail {
        digest: digest(bytes),
        reply_to: headers.as_ref().map(|headers| headers.reply_to.clone()).unwrap_or_default(),
        subject: one_line(super::html::floor(&subject, 1000)),
        sent: file.sent(headers.as_ref()),
        from,
        kind,
        paragraphs,
        marks: body.marks,
        attachments: body.attachments,
        remarks: body.remarks.into_iter().collect(),
    })
}

/// The kind by the class of the message, and by the headers with which it came.
fn kind(class: &str, headers: Option<&Headers>) -> Kind {
    let class = class.trim().to_ascii_lowercase();
    let by_headers = headers.map_or(Kind::Letter, |headers| headers.kind);
    match class.as_str() {
        class if class.starts_with("report.") && class.ends_with(".ndr") => Kind::DeliveryFailure,
        class if class.starts_with("report.") => Kind::Receipt,
        class if class.starts_with("ipm.schedule.") || class.starts_with("ipm.appointment") => Kind::Invitation,
        class if class.starts_with("ipm.note.rules.") => Kind::AutoReply,
        "ipm.note.smime" => Kind::Encrypted,
        _ => by_headers,
    }
}

struct Properties<'b> {
    file: Compound<Cursor<&'b [u8]>>,
}

impl Properties<'_> {
    fn stream(&mut self, path: &str) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        self.file.is_stream(path).then_some(())?;
        self.file.open_stream(path).ok()?.take(MOST).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    fn has(&self, storage: &str, tag: u16, kind: &str) -> bool {
        self.file.is_stream(path(storage, tag, kind))
    }

    /// A text: UTF-16, or in a code page, which is that of Western Windows here.
    fn text(&mut self, storage: &str, tag: u16) -> Option<String> {
        if let Some(bytes) = self.stream(&path(storage, tag, "001F")) {
            return Some(encoding_rs::UTF_16LE.decode_without_bom_handling(&bytes).0.into_owned());
        }
        let bytes = self.stream(&path(storage, tag, "001E"))?;
        Some(match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(error.as_bytes()).0.into_owned(),
        })
    }

    fn html(&mut self) -> Option<String> {
        let bytes = match self.stream(&path("", HTML, "0102")) {
            Some(bytes) => bytes,
            None => return self.text("", HTML),
        };
        Some(match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(error.as_bytes()).0.into_owned(),
        })
    }

    /// The address in its own property, and that of the headers. If they differ, both are returned.
    fn from(&mut self, headers: Option<&Headers>) -> Vec<Address> {
        let mut found: Vec<Address> = headers.map(|headers| headers.from.clone()).unwrap_or_default();
        let name = self.text("", FOR_NAME).or_else(|| self.text("", SENDER_NAME)).unwrap_or_default();
        let tags = [FOR_ADDRESS, FOR_EMAIL, SENDER_ADDRESS, SENDER_EMAIL];
        // Within an office Outlook has a name of its own there: `/O=…`.
        let own = tags.into_iter().find_map(|tag| self.text("", tag).filter(|text| text.contains('@')));
        if let Some(own) = own {
            let email = domain_in_lower_case(&one_line(super::html::floor(&own, 320)));
            if found.iter().all(|other| other.email != email) {
                found.push(Address { email, name: one_line(super::html::floor(&name, 200)) });
            }
        }
        found
    }

    fn sent(&mut self, headers: Option<&Headers>) -> Sent {
        if let Some(Sent::At(at)) = headers.map(|headers| headers.sent) {
            return Sent::At(at);
        }
        let properties = self.stream("/__properties_version1.0").unwrap_or_default();
        let time = |tag: u16| {
            // 32 bytes go before the properties of a message, of 16 bytes each.
            let entries = properties.get(32..).unwrap_or_default().chunks_exact(16);
            let own = entries.filter_map(|entry| entry.split_first_chunk::<8>());
            let mut own = own.filter(|(head, _)| head[..4] == [0x40, 0, tag.to_le_bytes()[0], tag.to_le_bytes()[1]]);
            own.next().and_then(|(_, value)| value.first_chunk::<8>().map(|bytes| i64::from_le_bytes(*bytes)))
        };
        let at = time(SUBMITTED).or_else(|| time(DELIVERED)).and_then(of_file_time);
        at.map_or(Sent::Unknown, Sent::At)
    }

    fn attachments(&mut self) -> Vec<String> {
        let names =
            self.file.read_root_storage().filter(|entry| entry.is_storage()).map(|entry| entry.name().to_owned());
        let names: Vec<String> = names.filter(|name| name.starts_with("__attach_")).take(MOST_FILES).collect();
        let name = |storage: &String| {
            let storage = format!("/{storage}");
            let name = self.text(&storage, FILE_NAME).or_else(|| self.text(&storage, SHORT_FILE_NAME));
            name.map_or_else(|| "a mail".to_owned(), |name| one_line(super::html::floor(&name, 200)))
        };
        names.iter().map(name).collect()
    }
}

fn path(storage: &str, tag: u16, kind: &str) -> String {
    format!("{storage}/__substg1.0_{tag:04X}{kind}")
}

/// A time of Windows: tenths of a microsecond since 1601.
fn of_file_time(ticks: i64) -> Option<DateTime<Utc>> {
    const TO_1970: i64 = 11_644_473_600;
    DateTime::from_timestamp(ticks.div_euclid(10_000_000) - TO_1970, 0)
}
