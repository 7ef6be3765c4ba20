//! Markdown: the tree, its HTML, its text, and a pack's PDF with it.

use std::collections::BTreeMap;

use heatpack::load::Drafts;
use heatpack::model::{MeetingKind, RichText};
use heatpack::record::{Fields, Node, to_yaml};
use heatpack::render::{Renderer, plain, rich, shown};
use heatpack::report;
use heatpack::workflow::{Context, Prepared};

use super::{as_of, harmless, project};
use crate::support::html::{Token, tokens};

/// The elements that a rich text may become, each with its attributes.
const ELEMENTS: [(&str, &[&str]); 23] = [
    ("div", &["class"]),
    ("p", &["dir", "class"]),
    ("strong", &[]),
    ("em", &[]),
    ("s", &[]),
    ("br", &[]),
    ("hr", &[]),
    ("code", &[]),
    ("pre", &["dir"]),
    ("blockquote", &[]),
    ("ul", &[]),
    ("ol", &["start"]),
    ("li", &[]),
    ("table", &["class"]),
    ("thead", &[]),
    ("tbody", &[]),
    ("tr", &[]),
    ("th", &["scope", "dir"]),
    ("td", &["dir"]),
    ("a", &["href", "rel"]),
    ("bdi", &[]),
    ("details", &["class"]),
    ("summary", &[]),
];

/// Any bytes as a Markdown text.
pub fn markdown(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let own = RichText::new(&text);
    assert_eq!(own.markdown, text);
    harmless(&shown(&plain(&own, false)));
    harmless(&shown(&own.plain(1000)));
    acts_on_nothing(&own);
    for html in [rich::html(&own), rich::short(&own)] {
        ours(&html);
    }
}

/// No control character is in the tree, whichever way it was written.
fn acts_on_nothing(rich: &RichText) {
    let tree = serde_json::to_value(rich.blocks()).expect("JSON");
    let mut open = vec![&tree];
    while let Some(value) = open.pop() {
        if let Some(text) = value.as_str() {
            assert!(!text.contains(|c: char| c.is_control() && !"\n\t".contains(c)), "{text:?}");
        }
        open.extend(value.as_array().into_iter().flatten());
        open.extend(value.as_object().into_iter().flat_map(|members| members.values()));
    }
}

/// Holds that HTML has no elements, attributes and targets but ours, and that all of them are closed.
fn ours(html: &str) {
    let mut open = Vec::new();
    for token in tokens(html).unwrap_or_else(|error| panic!("{error}: {html}")) {
        match token {
            Token::Start { name, attributes } => {
                let known = ELEMENTS.iter().find(|(known, _)| *known == name);
                let (_, allowed) = known.unwrap_or_else(|| panic!("<{name}> in {html}"));
                for (attribute, value) in &attributes {
                    assert!(allowed.contains(&attribute.as_str()), "<{name} {attribute}> in {html}");
                    let scheme = value.split(':').next().unwrap_or_default().to_ascii_lowercase();
                    let is_safe = matches!(scheme.as_str(), "http" | "https" | "mailto");
                    assert!(attribute != "href" || is_safe, "a link to {value} in {html}");
                }
                if !matches!(name.as_str(), "br" | "hr") {
                    open.push(name);
                }
            }
            Token::End { name } => assert_eq!(open.pop(), Some(name), "{html}"),
            Token::Text(_) => {}
            Token::Doctype | Token::Comment(_) => panic!("a comment in {html}"),
        }
    }
    assert!(open.is_empty(), "{open:?} are not closed in {html}");
}

const SUBJECT: &str = "- {id: scorecard, name: Scorecard, kind: module}\n";
const STAFF: &str = "- {id: tnominal, name: Taylor Nominal, office: help-desk}\n";
const POC: &str = "id: jrivera\nname: Jordan Rivera\nphone: 202-555-0104\ndesignations:\n  \
                   - {subject: scorecard, role: primary, from: 2020-01-01}\n";

/// Any bytes as the texts of a weekly pack, which comes out as a PDF whatever they are.
pub fn paper(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    // YAML has no such characters; and packs of long texts are a matter of tests/hostile_sizes.
    let text: String = text.chars().filter(|c| !c.is_control() || "\n\t".contains(*c)).take(2000).collect();
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let title = if line.is_empty() { "Title" } else { line.get(..200).unwrap_or("Title") };
    let entry = |at: &str, event: &str, note: &str| -> Node<'static> {
        let fields = Fields::new().with("at", at.to_owned()).with("event", event.to_owned()).with("by", "tnominal");
        fields.with("note", note.to_owned()).into()
    };
    let ticket: Node = Fields::new()
        .with("id", "HEAT-1")
        .with("title", title)
        .with("subject", "scorecard")
        .with("kind", "issue")
        .with("area", "technical")
        .with("poc", "jrivera")
        .with("received", "2026-11-16 09:14")
        .with("via", vec![Node::from("phone")])
        .with("description", if line.is_empty() { "Text" } else { &text })
        .with("log", vec![entry("2026-11-16 10:00", "follow-up", &text), entry("2026-11-17 10:00", "resolved", &text)])
        .into();
    let files = [
        ("data/heatpack.yaml", "starts: 2026-11-09\n".to_owned()),
        ("data/subjects.yaml", SUBJECT.to_owned()),
        ("data/staff.yaml", STAFF.to_owned()),
        ("data/pocs/jrivera.yaml", POC.to_owned()),
        ("data/tickets/2026/HEAT-1.yaml", to_yaml(&ticket)),
    ];
    let files: Drafts = files.map(|(path, text)| (path.to_owned(), text.into_bytes())).into();
    let project = project(&files);
    let prepared = Prepared::new(&project);
    let ctx = Context::new(&prepared, as_of(), true);
    let meeting = report::next_meeting(&ctx, MeetingKind::Weekly).expect("a meeting");
    let pack = report::pack(&ctx, MeetingKind::Weekly, meeting).expect("a pack");
    let renderer = Renderer::new(&BTreeMap::new()).expect("our templates");
    let pdf = renderer.pack_pdf(&pack).unwrap_or_else(|error| panic!("no PDF: {error}"));
    assert!(pdf.bytes.starts_with(b"%PDF-"));
}
