//! Mails that no one wrote to be entered: automatic replies, delivery failures, receipts, invitations.

/// What kind of mail it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Someone, or a tracker, wrote it.
    Letter,
    AutoReply,
    DeliveryFailure,
    Receipt,
    Invitation,
    Encrypted,
    /// It came over a list.
    List,
    /// A draft that was never sent.
    Draft,
}

impl Kind {
    /// The kind in words; `None` for a letter.
    pub fn words(self) -> Option<&'static str> {
        match self {
            Kind::Letter => None,
            Kind::AutoReply => Some("an automatic reply"),
            Kind::DeliveryFailure => Some("a delivery failure"),
            Kind::Receipt => Some("a receipt"),
            Kind::Invitation => Some("an invitation or a reply to one"),
            Kind::Encrypted => Some("encrypted: read it in your mail program"),
            Kind::List => Some("from a mailing list"),
            Kind::Draft => Some("a draft that was not sent"),
        }
    }
}

/// The kind by the headers, of which `get` returns the text of one by its name, and the subject.
///
/// A tracker's notice is `auto-generated`, and may be an acknowledgment. Only answers are set aside (RFC 3834).
pub fn kind(get: impl Fn(&str) -> Option<String>, subject: &str) -> Kind {
    let lower = |name: &str| get(name).map(|text| text.trim().to_ascii_lowercase()).unwrap_or_default();
    let is_one_of = |text: &str, words: &[&str]| words.iter().any(|word| text.starts_with(word));
    let content_type = lower("Content-Type");
    let subject = subject.trim().to_lowercase();
    if lower("X-Unsent") == "1" {
        return Kind::Draft;
    }
    let is_report = content_type.starts_with("multipart/report");
    if is_report && content_type.contains("disposition-notification") || is_one_of(&subject, &RECEIPTS) {
        return Kind::Receipt;
    }
    let from = lower("From");
    let is_daemon = ["mailer-daemon@", "postmaster@"].iter().any(|name| from.contains(name));
    if is_report || is_daemon || !lower("X-Failed-Recipients").is_empty() || is_one_of(&subject, &FAILURES) {
        return Kind::DeliveryFailure;
    }
    let is_reply = lower("Auto-Submitted").starts_with("auto-replied")
        || lower("Precedence") == "auto_reply"
        || ["X-Autoreply", "X-Autorespond", "X-Vacation"].iter().any(|name| get(name).is_some());
    if is_reply || is_one_of(&subject, &REPLIES) {
        return Kind::AutoReply;
    }
    if !lower("List-Id").is_empty() || matches!(lower("Precedence").as_str(), "list" | "junk") {
        return Kind::List;
    }
    let is_pkcs7 = is_one_of(&content_type, &["application/pkcs7-mime", "application/x-pkcs7-mime"]);
    if is_pkcs7 || content_type.starts_with("multipart/encrypted") {
        return Kind::Encrypted;
    }
    if content_type.starts_with("text/calendar") { Kind::Invitation } else { Kind::Letter }
}

const RECEIPTS: [&str; 3] = ["read: ", "not read: ", "delivered: "];
const FAILURES: [&str; 6] = [
    "undeliverable:",
    "delivery status notification",
    "mail delivery failed",
    "returned mail:",
    "failure notice",
    "delivery delayed:",
];
const REPLIES: [&str; 5] = ["automatic reply:", "auto reply:", "autoreply:", "out of office", "out-of-office"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_programs_are_set_aside_and_notices_are_not() {
        let of = |header: &str, value: &str| kind(|name| (name == header).then(|| value.to_owned()), "[HEAT-1] Export");
        assert_eq!(of("Auto-Submitted", "auto-replied; x"), Kind::AutoReply);
        assert_eq!(of("Auto-Submitted", "auto-generated"), Kind::Letter);
        assert_eq!(of("Content-Type", "multipart/report; report-type=delivery-status"), Kind::DeliveryFailure);
        assert_eq!(of("Content-Type", "multipart/report; report-type=disposition-notification"), Kind::Receipt);
        assert_eq!(of("From", "MAILER-DAEMON@example.org"), Kind::DeliveryFailure);
        assert_eq!(kind(|_| None, "Automatic reply: [HEAT-1] Export"), Kind::AutoReply);
        assert_eq!(kind(|_| None, "Re: out of office calendar"), Kind::Letter);
    }
}
