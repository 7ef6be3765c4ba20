//! The headers by which `sent` and `import mail` know a draft of `mail`.

/// The header with what is entered when the letter was sent.
pub const EVENT_HEADER: &str = "X-Heatpack-Event";
/// The header with the letter's records.
pub const RECORDS_HEADER: &str = "X-Heatpack-Records";
