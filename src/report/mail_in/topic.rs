//! What a new inquiry seems to be: a question or an issue, functional or technical. A guess, which a person checks.

use super::cues::{has, plain};

/// Whether a text asks how something works, and reports no failure.
pub fn is_question(text: &str) -> bool {
    let text = plain(text);
    let begins = [
        "how ", "where ", "what ", "who ", "when ", "which ", "can ", "could ", "is there", "is it", "do we", "does ",
        "question",
    ];
    let asks = text.contains('?') || begins.iter().any(|word| text.starts_with(word));
    asks && !has(&text, TROUBLE)
}

const TROUBLE: &[&str] = &[
    "error",
    "fail",
    "broken",
    "cannot",
    "can't",
    "won't",
    "doesn't",
    "does not",
    "missing",
    "wrong",
    "slow",
    "crash",
    "denied",
    "locked",
    "stuck",
    "hangs",
    "freez",
    "blank",
    "times out",
    "timed out",
    "incorrect",
    "not working",
    "problem",
    "disappeared",
    "duplicate",
    "unable",
    "stopped",
    "lost",
];

/// Whether a text is about what the module runs on.
pub fn is_technical(text: &str) -> bool {
    has(&plain(text), TECHNICAL)
}

const TECHNICAL: &[&str] = &[
    "log in",
    "login",
    "log on",
    "logon",
    "sign in",
    "sign on",
    "password",
    "browser",
    "chrome",
    "edge",
    "firefox",
    "timeout",
    "times out",
    "timed out",
    "server",
    "error 500",
    "error 404",
    "error 503",
    "http",
    "certificate",
    "vpn",
    "connection",
    "install",
    "slow",
    "hangs",
    "freez",
    "blank page",
    "access denied",
    "account",
    "locked",
    "piv",
    "printer",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kind_and_area_are_guessed_by_plain_words() {
        assert!(is_question("How do we void a voucher?") && is_question("Where do I order labels"));
        assert!(!is_question("Why is the total wrong?") && !is_question("The export fails."));
        assert!(is_technical("I cannot log in.") && is_technical("The page times out."));
        assert!(!is_technical("The total of Q4 is too high.") && !is_technical("The ledger has no cents."));
    }
}
