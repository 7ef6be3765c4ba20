//! The site and the packs as HTML: no element, attribute, target or script that a harmless project does not have.

use std::collections::{BTreeMap, BTreeSet};

use crate::payloads::{AS_OF, harmless, payloads, project};
use crate::support::html::{Token, tokens};
use crate::support::{Project, files};

/// What pages are made of.
#[derive(Default)]
struct Made {
    /// Elements, and their attributes.
    parts: BTreeSet<(String, String)>,
    /// Scripts and styles, but those that are data.
    code: BTreeSet<String>,
    /// Links within the site.
    targets: BTreeSet<String>,
    text: String,
    titles: Vec<String>,
}

fn made(name: &str, html: &str) -> Made {
    let mut made = Made::default();
    let mut open: Vec<(String, bool)> = Vec::new();
    for token in tokens(html).unwrap_or_else(|error| panic!("{name}: {error}")) {
        match token {
            Token::Start { name: element, attributes } => {
                made.parts.insert((element.clone(), String::new()));
                let is_data = attributes.iter().any(|(key, value)| key == "type" && value == "application/json");
                for (key, value) in attributes {
                    if matches!(key.as_str(), "href" | "src" | "action" | "xlink:href") {
                        made.targets.insert(target(name, &value));
                    }
                    assert!(!key.starts_with("on"), "{name}: {element} {key}");
                    let styles =
                        key != "style" || value.chars().all(|c| c.is_ascii_alphanumeric() || " .:;%-#(),".contains(c));
                    assert!(styles && !value.contains("url("), "{name}: style={value:?}");
                    made.parts.insert((element.clone(), key));
                }
                const EMPTY: [&str; 8] = ["meta", "link", "br", "hr", "input", "img", "col", "wbr"];
                let is_empty = EMPTY.contains(&element.as_str()) || is_drawn(&element);
                if !is_empty {
                    open.push((element, is_data));
                }
            }
            Token::End { name: element } if is_drawn(&element) => {}
            Token::End { name: element } => {
                let last = open.pop().map(|(open, _)| open);
                assert_eq!(last.as_ref(), Some(&element), "{name}: what is open ends first");
            }
            Token::Text(text) => match open.last() {
                Some((element, true)) if element == "script" => {
                    serde_json::from_str::<serde_json::Value>(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
                }
                Some((element, _)) if element == "script" || element == "style" => drop(made.code.insert(text)),
                Some((element, _)) => {
                    if element == "title" || element == "h1" || open.iter().any(|(open, _)| open == "h1") {
                        made.titles.push(squeezed(&text));
                    }
                    made.text.push_str(&text);
                }
                None => assert!(text.trim().is_empty(), "{name}: {text:?} stands outside"),
            },
            Token::Comment(comment) => panic!("{name}: the comment {comment:?}"),
            Token::Doctype => {}
        }
    }
    assert!(open.is_empty(), "{name}: {open:?} do not end");
    made
}

/// Parts of a drawing, which may end within themselves.
fn is_drawn(element: &str) -> bool {
    matches!(element, "path" | "rect" | "line" | "circle" | "polyline" | "polygon" | "use")
}

/// Where a link leads: its scheme, or the path that it names within the site.
fn target(page: &str, value: &str) -> String {
    let scheme = value.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    match scheme.as_deref() {
        Some("http" | "https" | "mailto" | "tel") => scheme.expect("a scheme"),
        // No picture beside the title.
        Some("data") if value == "data:," => page.to_owned(),
        Some(other) => panic!("{page}: a link to {other}: {value}"),
        None => {
            assert!(!value.starts_with("//") && !value.starts_with('/'), "{page}: a link out of the site: {value}");
            let path = value.split(['#', '?']).next().unwrap_or_default();
            let mut parts: Vec<&str> = page.split('/').collect();
            parts.pop();
            for part in path.split('/') {
                match part {
                    ".." => assert!(parts.pop().is_some(), "{page}: a link out of the site: {value}"),
                    "" | "." => {}
                    part => parts.push(part),
                }
            }
            if path.is_empty() { page.to_owned() } else { parts.join("/") }
        }
    }
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How a page shows a text: control characters are seen.
fn shown(text: &str) -> String {
    let seen = |c: char| {
        if c.is_control() && c != '\n' && c != '\t' || matches!(c, '\u{fffe}' | '\u{ffff}') { '\u{fffd}' } else { c }
    };
    squeezed(&text.replace("\r\n", "\n").chars().map(seen).collect::<String>())
}

fn site(payloads: &[String]) -> (Project, BTreeMap<String, Vec<u8>>) {
    let (project, _) = project::of(payloads);
    project::with_short_papers(&project);
    let run = project.run(&["build", "-o", "site", "--as-of", AS_OF]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    for kind in ["weekly", "monthly"] {
        let name = format!("site/alone-{kind}.html");
        let run = project.run(&["pack", kind, "--as-of", AS_OF, "--format", "html", "-o", &name]);
        assert_eq!(run.status, 1, "{}", run.stderr);
    }
    let site = files(&project.root().join("site"));
    (project, site)
}

fn pages(site: &BTreeMap<String, Vec<u8>>) -> impl Iterator<Item = (&str, Made)> {
    let pages = site.iter().filter(|(name, _)| name.ends_with(".html"));
    pages.map(|(name, bytes)| (name.as_str(), made(name, std::str::from_utf8(bytes).expect("UTF-8"))))
}

#[test]
fn pages_have_nothing_that_harmless_ones_do_not_have() {
    let (_, plain) = site(&harmless());
    let (_, hostile) = site(&payloads());
    let (mut parts, mut code) = (BTreeSet::new(), BTreeSet::new());
    for (_, page) in pages(&plain) {
        parts.extend(page.parts);
        code.extend(page.code);
    }
    assert!(parts.len() > 100 && code.len() > 1, "the harmless project has pages");
    let mut count = 0;
    for (name, page) in pages(&hostile) {
        let foreign: Vec<_> = page.parts.difference(&parts).collect();
        assert!(foreign.is_empty(), "{name} has {foreign:?}");
        assert!(page.code.is_subset(&code), "{name} has a script or style that is none of ours");
        for target in
            page.targets.iter().filter(|target| !matches!(target.as_str(), "http" | "https" | "mailto" | "tel"))
        {
            assert!(hostile.contains_key(target), "{name} leads to {target}, which is not there");
        }
        count += 1;
    }
    assert!(count > 150, "{count} pages");
    // One is there for each record of the one as of the other: no text makes a page, or keeps one away.
    let names = |site: &BTreeMap<String, Vec<u8>>| site.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(names(&hostile), names(&plain));
    // What a record is called stands on its page, letter by letter.
    for (number, payload) in payloads().iter().enumerate() {
        let expected = shown(&project::one_line(payload).trim().replace(['\u{2028}', '\u{2029}'], " "));
        for name in [
            format!("tickets/HEAT-10{number:02}.html"),
            format!("changes/CR-2026-1{number:02}.html"),
            format!("pocs/p{number}.html"),
        ] {
            let html = std::str::from_utf8(&hostile[&name]).expect("UTF-8");
            let page = made(&name, html);
            let text = page.titles.join("\n");
            let is_there = text.replace(['\u{2028}', '\u{2029}'], " ").contains(&expected)
                || squeezed(&text.replace(['\u{2028}', '\u{2029}'], " ")).contains(&expected);
            assert!(is_there, "{name} does not say {expected:?}, but {text:?}");
        }
    }
}

/// Packs as PDF: nothing in them acts, and links go where links may.
#[test]
fn papers_have_no_actions() {
    let (project, _) = project::of(&payloads());
    for kind in ["weekly", "monthly"] {
        let run = project.run(&["pack", kind, "--as-of", AS_OF, "--format", "pdf"]);
        assert_eq!(run.status, 1, "{}", run.stderr);
        let text: String = run.out.iter().map(|byte| char::from(*byte)).collect();
        assert!(text.starts_with("%PDF-"));
        // The bytes of a compressed stream may look like anything.
        let outside = |part: &str| part.split_once("endstream").map_or(part, |(_, rest)| rest).to_owned();
        let text: String = text.split("\nstream").map(outside).collect();
        for action in
            ["/JavaScript", "/JS", "/Launch", "/SubmitForm", "/ImportData", "/EmbeddedFile", "/OpenAction", "/GoToR"]
        {
            assert!(!text.contains(action), "{kind}: {action}");
        }
        let mut links = 0;
        for link in text.split("/URI").skip(1).filter_map(|rest| rest.trim_start().strip_prefix('(')) {
            assert!(
                ["http://", "https://", "mailto:"].iter().any(|scheme| link.starts_with(scheme)),
                "{kind}: {}",
                &link[..40]
            );
            links += 1;
        }
        assert!(links > 0, "{kind}: no link at all");
    }
}
