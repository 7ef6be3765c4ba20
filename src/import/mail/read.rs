//! The bytes of a file → the mails in it, whatever its format.

use super::message::{LARGEST_FILE, Mail, Unreadable};
use super::{mbox, mime, outlook};

/// How a message file of Outlook begins.
const OUTLOOK: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// The mails of a file, in its order.
pub fn read(bytes: &[u8]) -> Result<Vec<Mail>, Unreadable> {
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(Unreadable::Long);
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Unreadable::Empty);
    }
    if bytes.starts_with(OUTLOOK) {
        return outlook::read(bytes).map(|mail| vec![mail]);
    }
    match mbox::mails(bytes)? {
        Some(mails) => mails.iter().map(|mail| mime::read(mail).ok_or(Unreadable::Other)).collect(),
        None => mime::read(bytes).map(|mail| vec![mail]).ok_or(Unreadable::Other),
    }
}
