//! Words that are out of our texts, and the plain ones to use instead.

use std::fs;
use std::path::{Path, PathBuf};

/// The folders and files that are checked.
const CHECKED: [&str; 17] = [
    "src",
    "templates",
    "docs",
    "examples",
    "benches",
    "release",
    "data",
    "tests/it",
    "tests/rules",
    "tests/browser",
    "tests/fuzz/src",
    ".ci/run",
    "README.md",
    "CHANGELOG.md",
    "BENCHMARKS.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
];

/// Words and phrases that are out, in lower case, each with a plain replacement.
const OUT: &[(&str, &str)] = &[
    ("nobody", "no one"),
    ("somebody", "someone"),
    ("anybody", "anyone"),
    ("everybody", "everyone"),
    ("whoever", "the person who"),
    ("whosoever", "the person who"),
    ("mend", "fix"),
    ("mends", "fixes"),
    ("mended", "fixed"),
    ("mending", "fixing"),
    ("anew", "again"),
    ("once more", "again"),
    ("holds good", "applies"),
    ("put right", "corrected"),
    ("set right", "corrected"),
    ("takes in", "imports"),
    ("taken in", "imported"),
    ("knowingly", "deliberately"),
    ("left out", "skipped"),
    ("leave out", "omit"),
    ("leaves out", "omits"),
    ("leaving out", "omitting"),
    ("take out", "remove"),
    ("take it out", "remove it"),
    ("takes out", "removes"),
    ("taken out", "removed"),
    ("passed over", "skipped"),
    ("passes over", "skips"),
    ("gone through", "reviewed"),
    ("goes through", "reviews"),
    ("dated back", "backdated"),
    ("cut short", "shortened or interrupted"),
    ("broken off", "interrupted"),
    ("turned round", "reversed"),
    ("may well", "may"),
    ("the forge", "GitHub or GitLab"),
    ("forges", "GitHub and GitLab"),
    ("as such", "(delete)"),
    ("as it stands", "as is"),
    ("stands here", "is here"),
    ("stands where", "is where"),
    ("stands before", "precedes"),
    ("stands behind", "follows"),
    ("stands beside", "is beside"),
    ("stands between", "is between"),
    ("goes by", "uses"),
    ("by hand", "manually"),
    ("in earnest", "in real use"),
    ("without doubt", "safely"),
    ("word to the poc", "follow-up"),
    ("word of the answer", "passing the answer to the POC"),
    ("is not possible", "is not allowed"),
    ("is to be changed", "(no action needed)"),
    ("afterwards", "afterward"),
    ("behaviour", "behavior"),
    ("cancelled", "canceled"),
    ("colour", "color"),
    ("colours", "colors"),
    ("favourable", "favorable"),
    ("licence", "license"),
    ("neighbour", "neighbor"),
    ("neighbours", "neighbors"),
    ("organisation", "organization"),
    ("organisations", "organizations"),
];

/// Where a word is allowed, and why.
const EXCUSED: &[(&str, &str, &str)] = &[
    ("tests/it/words.rs", "", "this list has to name them"),
    ("templates/init/.github/workflows/heatpack.yml", "cancelled", "a function of GitHub Actions"),
    ("tests/it/init.rs", "cancelled", "a function of GitHub Actions"),
    ("src/render/calendar_ics.rs", "cancelled", "a status of iCalendar"),
    ("tests/it/ics.rs", "cancelled", "a status of iCalendar"),
    ("src/report/review", "mends", "a key of the JSON of `review`"),
    ("src/render/review_markdown.rs", "mends", "a key of the JSON of `review`"),
    ("docs/reference/json.md", "mends", "a key of the JSON of `review`"),
    ("tests/it/record_docs/json", "mends", "a key of the JSON of `review`"),
    ("tests/it/review.rs", "mends", "a key of the JSON of `review`"),
    ("CHANGELOG.md", "organisation", "the old name of a field"),
    ("CHANGELOG.md", "cancelled", "the old name of a field"),
    ("examples/sample_data", "nobody", "the name of a fictional person"),
    ("data", "nobody", "the name of a fictional person"),
];

fn files(path: &Path, found: &mut Vec<PathBuf>) {
    if !path.is_dir() {
        found.push(path.to_owned());
        return;
    }
    for entry in fs::read_dir(path).expect("a folder").flatten() {
        files(&entry.path(), found);
    }
}

/// Whether a phrase is in a text (in lower case) as whole words.
fn has(text: &str, phrase: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(phrase).any(|(at, _)| {
        let (before, after) = (text[..at].chars().next_back(), text[at + phrase.len()..].chars().next());
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

fn is_excused(name: &str, word: &str) -> bool {
    EXCUSED.iter().any(|(place, own, _)| name.starts_with(place) && (own.is_empty() || *own == word))
}

/// The lines of some texts that have a word that is out.
fn findings(name: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let lower = line.to_lowercase();
        for (word, better) in OUT.iter().filter(|(word, _)| has(&lower, word) && !is_excused(name, word)) {
            found.push(format!("{name}:{}: `{word}` → {better}: {}", number + 1, line.trim()));
        }
    }
    found
}

#[test]
fn no_text_has_a_word_that_is_out() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    CHECKED.iter().for_each(|folder| files(&root.join(folder), &mut paths));
    paths.sort();
    assert!(paths.len() > 200, "the files were found");
    let mut found = Vec::new();
    for path in paths {
        let name = path.strip_prefix(root).expect("inside the project").to_string_lossy().replace('\\', "/");
        // The records of a case are data; what a person reads of it is `expected.snap`.
        if name.starts_with("tests/rules/") && !name.ends_with("/expected.snap") {
            continue;
        }
        // Some cases hold bytes that are not a text.
        let Ok(text) = fs::read_to_string(&path) else { continue };
        found.extend(findings(&name, &text));
    }
    assert!(found.is_empty(), "{} lines:\n{}", found.len(), found.join("\n"));
}

#[test]
fn a_word_that_is_out_is_found_as_a_whole_word() {
    assert_eq!(findings("a.rs", "// Nobody mended it; amended is fine, and so is `left_out`.").len(), 2);
    assert_eq!(findings("a.rs", "the rows left out").len(), 1);
}
