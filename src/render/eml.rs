//! Drafts of mail as `.eml` files, which mail programs open to be read, changed and sent by a person.
//!
//! A draft is a function of what it says: no clock, no host name, no random boundary.

use chrono::{Offset, TimeZone};
use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::raw::Raw;
use mail_builder::headers::text::Text;
use mail_builder::mime::{BodyPart, MimePart};
use sha2::{Digest, Sha256};

use super::shown;
use crate::model::{EVENT_HEADER, Minute, RECORDS_HEADER, hex};
use crate::report::mail::{About, Recipient};

/// What a draft is made of.
#[derive(Debug, Clone, Copy)]
pub struct Letter<'l> {
    /// People without an address are skipped.
    pub to: &'l [Recipient],
    pub subject: &'l str,
    /// The time that it bears.
    pub at: Minute,
    pub zone: chrono_tz::Tz,
    pub text: &'l str,
    /// The same as a page, which mail programs show instead.
    pub html: Option<&'l str>,
    /// The files that go with it.
    pub attachments: &'l [Attachment],
    pub about: &'l About,
}

/// A file that goes with a letter.
#[derive(Debug, Clone)]
pub struct Attachment {
    pub name: String,
    pub bytes: Vec<u8>,
    /// `application/pdf`
    pub media_type: String,
}

/// The bytes of the draft's file.
pub fn eml(letter: &Letter) -> Vec<u8> {
    let digest = digest(letter);
    let mut body = MimePart::new("text/plain", format!("{}\n", letter.text.trim_end()));
    if let Some(html) = letter.html {
        body = multipart("alternative", &digest, vec![body, MimePart::new("text/html", html)]);
    }
    if !letter.attachments.is_empty() {
        let files = letter.attachments.iter().map(|file| {
            MimePart::new(ContentType::new(file.media_type.as_str()), file.bytes.as_slice())
                .attachment(line(&file.name))
        });
        body = multipart("mixed", &digest, std::iter::once(body).chain(files).collect());
    }
    let to = letter.to.iter().filter_map(|to| {
        let name = Some(line(&to.name)).filter(|name| !name.is_empty());
        Some(Address::new_address(name, to.email.as_deref()?))
    });
    let mut message = MessageBuilder::new()
        // Outlook and its kin open a file with this as a draft; others by its ending.
        .header("X-Unsent", Raw::new("1"))
        .header("Date", Raw::new(date(letter.at, letter.zone)))
        // A reserved domain (RFC 2606).
        .message_id(format!("{digest}@heatpack.invalid"))
        .subject(Text::new(line(letter.subject)))
        .header(EVENT_HEADER, Raw::new(letter.about.event.as_str()));
    if !letter.about.records.is_empty() {
        message = message.header(RECORDS_HEADER, Raw::new(letter.about.marks()));
    }
    let to: Vec<Address> = to.collect();
    if !to.is_empty() {
        message = message.to(Address::new_list(to));
    }
    let mut bytes = Vec::new();
    message.body(body).serialize(&mut bytes);
    bytes
}

fn multipart<'x>(kind: &str, digest: &str, parts: Vec<MimePart<'x>>) -> MimePart<'x> {
    let content_type =
        ContentType::new(format!("multipart/{kind}")).attribute("boundary", format!("heatpack-{kind}-{digest}"));
    MimePart::new(content_type, BodyPart::Multipart(parts))
}

/// A digest of everything that a draft says; what is of any length is preceded by it.
fn digest(letter: &Letter) -> String {
    let mut hash = Sha256::new();
    let mut add = |bytes: &[u8]| {
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    };
    for to in letter.to {
        add(to.name.as_bytes());
        add(to.email.as_deref().unwrap_or_default().as_bytes());
    }
    let marks = letter.about.marks();
    let about = [letter.about.event.as_str(), &marks];
    let texts = [letter.subject, letter.text, letter.html.unwrap_or_default(), letter.zone.name()];
    texts.iter().chain(&about).for_each(|text| add(text.as_bytes()));
    add(letter.at.to_string().as_bytes());
    for file in letter.attachments {
        add(file.name.as_bytes());
        add(&file.bytes);
    }
    hex(&hash.finalize()[..16])
}

/// A text of one line, without what would not be seen in it.
fn line(text: &str) -> String {
    shown(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `Wed, 18 Nov 2026 10:00:00 -0500`. A time that the zone skips is given as if the clocks had not gone forward.
fn date(at: Minute, zone: chrono_tz::Tz) -> String {
    let offset = match zone.from_local_datetime(&at.0).earliest() {
        Some(instant) => instant.offset().fix(),
        None => zone.offset_from_utc_datetime(&at.0).fix(),
    };
    format!("{} {}", at.0.format("%a, %-d %b %Y %H:%M:%S"), offset.to_string().replace(':', ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_is_that_of_the_zone() {
        let zone = chrono_tz::America::New_York;
        let of = |text| Minute::parse(text).map(|at| date(at, zone));
        assert_eq!(of("2026-11-18 10:00").as_deref(), Some("Wed, 18 Nov 2026 10:00:00 -0500"));
        assert_eq!(of("2026-07-01 09:05").as_deref(), Some("Wed, 1 Jul 2026 09:05:00 -0400"));
        assert_eq!(of("2026-03-08 02:30").as_deref(), Some("Sun, 8 Mar 2026 02:30:00 -0500"));
    }
}
