//! What a mail could mean, by plain words. A guess, which a person checks.

/// What a mail of NITC could be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NitcCue {
    Acknowledged,
    Initial,
    Researched,
    Returned,
    None,
}

/// What a mail of a POC could be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PocCue {
    /// It works.
    Closed,
    /// It does not.
    Reopened,
    None,
}

/// A text in lower case, its apostrophes plain.
pub fn plain(text: &str) -> String {
    text.to_lowercase().replace(['\u{2019}', '\u{2018}', '`'], "'")
}

/// Whether a text has one of these words, or begins of words.
pub fn has(text: &str, words: &[&str]) -> bool {
    words.iter().any(|own| text.match_indices(own).any(|(at, _)| is_word_start(text, at)))
}

/// Whether a word begins at a place: "gone" is not in "bygone".
fn is_word_start(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric())
}

/// The sentences of a text, each with its end.
fn sentences(text: &str) -> Vec<&str> {
    text.split_inclusive(['.', '!', '?', '\n', ';']).map(str::trim).filter(|one| !one.is_empty()).collect()
}

/// Sentences that every mail has, and that mean nothing.
const POLITE: &[&str] = &[
    "let us know",
    "let me know",
    "feel free",
    "hesitate",
    "if you have any questions",
    "reference this number",
    "reference the number",
    "use this number",
    "include this number",
    "do not reply",
    "any further questions",
    "if you need",
    "please refer to",
    "please quote",
    "have a good",
    "have a great",
];

/// The meaning of a mail of NITC.
pub fn of_nitc(text: &str) -> NitcCue {
    let text = plain(text);
    let kept: Vec<&str> = sentences(&text).into_iter().filter(|one| !has(one, POLITE)).collect();
    let text = kept.join(" ");
    let asks = kept.iter().any(|one| one.ends_with('?') || has(one, REQUESTS));
    let new = has(&text, ACKNOWLEDGED);
    match () {
        () if has(&text, RETURNED) => NitcCue::Returned,
        () if has(&text, RESEARCHED) => NitcCue::Researched,
        () if asks => NitcCue::Returned,
        () if new => NitcCue::Acknowledged,
        () if has(&text, INITIAL) => NitcCue::Initial,
        () => NitcCue::None,
    }
}

const REQUESTS: &[&str] = &[
    "please send",
    "please provide",
    "please confirm",
    "please attach",
    "please clarify",
    "please ask",
    "please check with",
    "can you",
    "could you",
    "would you",
    "we need to know",
    "we will need",
];
const RETURNED: &[&str] = &[
    "need more information",
    "need additional information",
    "more details are needed",
    "need more detail",
    "returning this",
    "returning the ticket",
    "returned to you",
    "sending this back",
    "sending it back",
    "send it back",
    "not ours",
    "wrong queue",
    "belongs to",
    "cannot proceed",
    "can't proceed",
    "not enough information",
];
const RESEARCHED: &[&str] = &[
    "research is complete",
    "research is done",
    "completed our research",
    "finished our research",
    "finished researching",
    "analysis is complete",
    "completed our analysis",
    "investigation is complete",
    "root cause",
    "found the cause",
    "cause is",
    "cause was",
    "the cause:",
    "caused by",
    "code change",
    "change request",
    "needs a change",
    "requires a change",
    "requires a fix",
    "needs a fix",
    "working as designed",
    "works as designed",
    "by design",
    "resolution:",
    "answer:",
    "the answer is",
    "here is the answer",
    "has been fixed",
    "is now fixed",
    "solution:",
];
const ACKNOWLEDGED: &[&str] = &[
    "received",
    "logged",
    "we opened",
    "has been opened",
    "have opened",
    "was opened",
    "created",
    "acknowledg",
    "assigned number",
    "our number",
    "our ticket",
    "in our queue",
    "in our tracker",
    "tracking this",
    "tracking it",
    "been assigned",
    "is assigned",
    "registered",
    "got it",
    "we have it",
];
const INITIAL: &[&str] = &[
    "initial",
    "first look",
    "preliminary",
    "looking into",
    "looked into",
    "looked at",
    "looking at",
    "investigating",
    "reproduced",
    "can reproduce",
    "able to reproduce",
    "reproduce it",
    "so far",
    "started",
    "working on",
    "suspect",
    "seems",
    "appears",
    "looks like",
    "we see",
    "we found",
    "first findings",
    "still researching",
    "narrowed",
    "points to",
    "update",
];

/// The meaning of a mail of a POC.
pub fn of_poc(text: &str) -> PocCue {
    let mut text = plain(text);
    for (polite, instead) in [
        ("thanks again", "thanks"),
        ("thank you again", "thanks"),
        ("works again", "works"),
        ("working again", "works"),
    ] {
        text = text.replace(polite, instead);
    }
    for waiting in ["still need to", "still have to", "still testing", "still waiting", "still have a", "still works"] {
        text = text.replace(waiting, "");
    }
    let works = has(&text, WORKS);
    match () {
        () if has(&text, FAILS) => PocCue::Reopened,
        () if has(&text, LATER) && !works => PocCue::None,
        () if works => PocCue::Closed,
        // Thanks alone are consent, and thanks with a question are not.
        () if has(&text, THANKS) && !text.contains('?') => PocCue::Closed,
        () => PocCue::None,
    }
}

/// Whether a text raises something else: thanks alone would close a ticket over it.
pub fn raises_more(text: &str) -> bool {
    has(&plain(text), MORE)
}

const MORE: &[&str] =
    &["but ", "another", "second issue", "second question", "also", "however", "one more", "separately"];
const FAILS: &[&str] = &[
    "still",
    "again",
    "not working",
    "doesn't work",
    "does not work",
    "didn't work",
    "did not work",
    "isn't working",
    "don't work",
    "not fixed",
    "isn't fixed",
    "not resolved",
    "isn't resolved",
    "not solved",
    "no luck",
    "same error",
    "same problem",
    "same issue",
    "same thing",
    "same result",
    "same message",
    "came back",
    "is back",
    "reappeared",
    "keeps",
    "unfortunately",
    "reopen",
    "re-open",
    "didn't help",
    "did not help",
    "not help",
    "no change",
    "hasn't changed",
    "worse",
    "only partly",
    "not quite",
    "broken",
    "wrong",
];
const WORKS: &[&str] = &[
    "works",
    "worked",
    "working",
    "fixed",
    "resolved",
    "solved",
    "is gone",
    "are gone",
    "went away",
    "all good",
    "all set",
    "close",
    "confirm",
    "did it",
    "did the trick",
    "looks good",
    "looks right",
    "correct now",
    "no longer",
    "no further",
    "that was it",
    "can log in",
];
const THANKS: &[&str] = &["thank", "thx", "great", "perfect", "appreciate", "awesome"];
const LATER: &[&str] = &[
    "will test",
    "will try",
    "will check",
    "i'll test",
    "i'll try",
    "i'll check",
    "let you know",
    "haven't",
    "have not",
    "not yet",
    "tomorrow",
    "next week",
    "on leave",
    "get back to you",
    "when i am",
    "when i'm",
    "as soon as",
    "will have",
    "plan to",
    "on monday",
    "later today",
    "once i",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_application_team_are_told_apart() {
        for (text, cue) in [
            ("We received this and logged it as N-2291.", NitcCue::Acknowledged),
            ("Research is complete: the lookup must move. A code change is needed.", NitcCue::Researched),
            ("Can you send a screenshot?", NitcCue::Returned),
            ("We can reproduce it. Let us know if you have any questions.", NitcCue::Initial),
            ("Noted.", NitcCue::None),
        ] {
            assert_eq!(of_nitc(text), cue, "{text}");
        }
    }

    #[test]
    fn a_text_that_raises_something_else_is_told_apart() {
        assert!(raises_more("Another thing: the report is blank."));
        assert!(raises_more("Rivera. But the menu is missing."));
        assert!(!raises_more("The attribute is right."));
    }

    #[test]
    fn words_of_a_poc_are_told_apart() {
        for (text, cue) in [
            ("Thanks, it works again!", PocCue::Closed),
            ("Thanks, but it still fails.", PocCue::Reopened),
            ("It doesn\u{2019}t work.", PocCue::Reopened),
            ("Thanks. I will test it tomorrow.", PocCue::None),
            ("Thank you. Where do I find the new export?", PocCue::None),
            ("Thank you very much.", PocCue::Closed),
        ] {
            assert_eq!(of_poc(text), cue, "{text}");
        }
    }
}
