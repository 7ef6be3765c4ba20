//! The style sheet and scripts inside every page, and the policy that allows only them.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

/// The files that are put into pages as they are, by name.
pub const STYLE: &str = "shared/style.css";
pub const TABLES: &str = "shared/tables.js";
pub const SEARCH: &str = "shared/search.js";
pub const VOTE: &str = "shared/vote.js";

/// The parts of every page's head and end.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Assets {
    pub style: String,
    pub tables: String,
    pub search: String,
    pub vote: String,
    /// The size of the sheet for a pack that is printed from the browser, by the name of the paper.
    pub papers: BTreeMap<&'static str, String>,
    /// The content security policy: these texts by their hashes, no request to anywhere.
    pub policy: String,
    /// The policy of a page that searches.
    pub search_policy: String,
}

impl Assets {
    /// Takes the four texts out of `files`. On failure names the file that cannot be put in a page.
    pub fn new(files: &BTreeMap<&str, &str>) -> Result<Assets, (&'static str, String)> {
        let style = text(files, STYLE, "</style")?;
        let tables = text(files, TABLES, "</script")?;
        let search = text(files, SEARCH, "</script")?;
        let vote = text(files, VOTE, "</script")?;
        let paper = |size: &str| format!("@page {{ size: {size}; }}");
        let papers = BTreeMap::from([("us-letter", paper("letter")), ("a4", paper("a4"))]);
        let styles: Vec<String> =
            [&style].into_iter().chain(papers.values()).map(|text| format!("'{}'", source(text))).collect();
        let policy = format!(
            "default-src 'none'; style-src {}; script-src '{}' '{}' '{}'; img-src data:; base-uri 'none'; form-action 'none'",
            styles.join(" "),
            source(&tables),
            source(&search),
            source(&vote)
        );
        let search_policy = search_policy(&policy);
        Ok(Assets { style, tables, search, vote, papers, policy, search_policy })
    }
}

/// The policy of a page that searches: its own scripts may load others, which are the shards of the index. On a disk a
/// page has no origin that a policy could name.
pub(super) fn search_policy(policy: &str) -> String {
    policy.replacen("script-src ", "script-src 'strict-dynamic' ", 1)
}

/// The text of one file, with line ends as the browser will hash them.
fn text(files: &BTreeMap<&str, &str>, name: &'static str, end: &str) -> Result<String, (&'static str, String)> {
    let Some(text) = files.get(name) else {
        return Err((name, "the file is missing".to_owned()));
    };
    if text.to_ascii_lowercase().contains(end) {
        return Err((name, format!("contains `{end}`, which would end it early in the page")));
    }
    Ok(text.replace("\r\n", "\n"))
}

/// `sha256-…` of a text, as a policy names it.
pub(super) fn source(text: &str) -> String {
    format!("sha256-{}", base64(&Sha256::digest(text.as_bytes())))
}

/// The standard alphabet with padding (RFC 4648).
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |place: usize| u32::from(chunk.get(place).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let letter = ALPHABET[(bits >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        for (text, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(text.as_bytes()), coded);
        }
    }

    #[test]
    fn a_hash_is_that_of_the_specification() {
        assert_eq!(source("alert('Hello, world.');"), "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=");
    }

    #[test]
    fn a_text_that_would_end_its_element_is_refused() {
        let files = BTreeMap::from([(STYLE, "a{}</STYLE>"), (TABLES, ""), (SEARCH, "")]);
        assert!(Assets::new(&files).is_err_and(|(name, _)| name == STYLE));
    }
}
