//! Two versions of a record and the one before both, joined.

use std::collections::{BTreeMap, BTreeSet};

use heatpack::load::{FileKind, parse};
use heatpack::merge::{Answer, Merge, Versions, join as joined};
use heatpack::record::{Faults, Kind, Node, to_yaml};

/// What is between two versions of an input.
const MARK: &str = "\n=== version\n";

const KINDS: [FileKind; 5] =
    [FileKind::Ticket, FileKind::Meeting, FileKind::Staff, FileKind::Board, FileKind::Settings];

/// Any bytes as three versions of a file: none of the entries that either side added is lost.
pub fn join(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let mut parts = text.splitn(3, MARK);
    let (Some(base), Some(ours)) = (parts.next(), parts.next()) else { return };
    let theirs = parts.next().unwrap_or(ours);
    let kind = KINDS[text.len() % KINDS.len()];
    for base in [Some(base), None] {
        let versions = Versions { base, ours, theirs };
        let mut answers =
            [Some(Answer::Ours), Some(Answer::Theirs), Some(Answer::Text("a: b".to_owned())), None].into_iter().cycle();
        if let Merge::Open { disagreements, .. } = joined(kind, versions, &mut |_| answers.next().flatten()) {
            assert!(!disagreements.is_empty(), "open without a question");
        }
        match joined(kind, versions, &mut |_| None) {
            Merge::Joined(text) => kept(base.unwrap_or_default(), [ours, theirs], &text),
            Merge::Open { marked, disagreements } => {
                assert!(!disagreements.is_empty() && marked.contains("<<<<<<< ours"), "open without a question");
            }
            Merge::Refused(_) => {}
        }
    }
    // With itself, a version stays what it is.
    let same = joined(kind, Versions { base: Some(base), ours, theirs: ours }, &mut |_| None);
    assert_eq!(same, Merge::Joined(ours.to_owned()));
}

/// The entries of a log by their time: each in full, and without its time.
fn entries(text: &str) -> Vec<(String, String, String)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut faults = Faults::default();
    let Some(record) = parse(text, &mut faults) else { return Vec::new() };
    let items = record.get("log").map(Node::items).unwrap_or_default();
    let entry = |item: &Node| {
        let Kind::Map(fields) = &item.kind else { return None };
        let mut fields: Vec<(String, String)> =
            fields.iter().map(|(key, value)| (key.text.to_string(), to_yaml(value))).collect();
        fields.sort();
        let rest = fields.iter().filter(|(key, _)| key != "at").map(|(key, value)| format!("{key}: {value}"));
        let rest: String = rest.collect();
        Some((item.get("at")?.text()?.to_owned(), format!("{fields:?}"), rest))
    };
    items.iter().filter_map(entry).collect()
}

/// Every entry that a side added is in the joined log. One that may be an edit of an entry of the base is another matter.
#[track_caller]
fn kept(base: &str, sides: [&str; 2], result: &str) {
    let before = entries(base);
    let known: BTreeSet<&str> = before.iter().flat_map(|(at, _, rest)| [at.as_str(), rest.as_str()]).collect();
    let result = entries(result);
    let found: BTreeMap<&str, usize> = result.iter().fold(BTreeMap::new(), |mut all, (_, whole, _)| {
        *all.entry(whole.as_str()).or_default() += 1;
        all
    });
    for side in sides {
        for (at, whole, rest) in entries(side) {
            let is_new = !known.contains(at.as_str()) && !known.contains(rest.as_str());
            assert!(!is_new || found.contains_key(whole.as_str()), "lost: {whole}");
        }
    }
}
