//! The sections of a pack: agenda, contents and headings give each the same number and title, in every format.

use crate::support::{Project, sample};
use serde_json::Value as Json;

/// The text of a piece of HTML.
fn text(html: &str) -> String {
    let mut out = String::new();
    for (number, part) in html.split('<').enumerate() {
        out.push_str(if number == 0 { part } else { part.split_once('>').map_or("", |(_, text)| text) });
    }
    out.replace("&amp;", "&").replace("&#39;", "'").trim().to_owned()
}

/// The text between two marks, each time.
fn between<'h>(html: &'h str, start: &str, end: &str) -> Vec<&'h str> {
    html.split(start).skip(1).filter_map(|rest| rest.split(end).next()).collect()
}

/// The headings of a page's sections: "1. Needs attention".
fn headings(html: &str) -> Vec<String> {
    let all = between(html, "<section id=\"", "</h2>").into_iter();
    all.map(|section| {
        text(section.rsplit("<h2").next().map_or("", |heading| heading.split_once('>').unwrap_or(("", "")).1))
    })
    .collect()
}

/// The items of a list as they are numbered for a reader.
fn items(list: &str, start: usize) -> Vec<String> {
    let mut number = start;
    let of = |item: &str| {
        number = item.strip_prefix(" value=\"").and_then(|rest| rest.split('"').next()?.parse().ok()).unwrap_or(number);
        let said = format!("{number}. {}", text(&format!("<li{item}")));
        number += 1;
        said
    };
    between(list, "<li", "</li>").into_iter().map(of).collect()
}

#[track_caller]
fn list<'h>(html: &'h str, start: &str) -> &'h str {
    between(html, start, "</ol>").first().copied().unwrap_or_else(|| panic!("no {start}"))
}

/// Holds that the item of a list is a link to the section.
#[track_caller]
fn leads_to(section: &Json, item: &str, html: &str) {
    let key = section["key"].as_str().expect("a key");
    let is_there = item.contains(&format!("href=\"#{key}\"")) && html.contains(&format!("<section id=\"{key}\""));
    assert!(is_there, "{key}: {item}");
}

/// Holds that all agree; gives the model.
#[track_caller]
fn agree(project: &Project, kind: &str, on: &str) -> Json {
    let pack = |format: &str| project.run(&["pack", kind, "--on", on, "--as-of", on, "--format", format]).ended(0);
    let (model, page) = (pack("json").json(), pack("html"));
    let html = page.stdout();
    let sections = model["sections"].as_array().expect("sections");
    let named = |section: &Json| {
        let number = section["number"].as_u64().map(|number| format!("{number}. ")).unwrap_or_default();
        format!("{number}{}", section["title"].as_str().expect("a title"))
    };
    let all: Vec<String> = sections.iter().map(named).collect();
    assert_eq!(headings(html), all);
    let numbered: Vec<&Json> = sections.iter().filter(|section| !section["number"].is_null()).collect();
    let numbers: Vec<_> = numbered.iter().filter_map(|section| section["number"].as_u64()).collect();
    assert_eq!(numbers, (1..=numbers.len() as u64).collect::<Vec<_>>());
    let agenda: Vec<String> = sections.iter().filter(|section| section["on_agenda"] == true).map(named).collect();
    let further = model["agenda"]["further"].as_array().expect("items").iter();
    let further =
        further.zip(numbered.len() + 1..).map(|(item, number)| format!("{number}. {}", item.as_str().expect("text")));
    let start = format!("<ol class=\"agenda\" start=\"{}\">", model["agenda"]["first"]);
    let first = usize::try_from(model["agenda"]["first"].as_u64().expect("a number")).expect("a small one");
    let shown = list(html, &start);
    assert_eq!(items(shown, first), agenda.iter().cloned().chain(further).collect::<Vec<_>>());
    let beside: Vec<&Json> =
        sections.iter().filter(|section| section["number"].is_null() && section["key"] != "agenda").collect();
    let annexes = between(html, "<h3 id=\"contents\">", "</ul>")[0];
    assert_eq!(between(annexes, "<li", "</li>").len(), beside.len());
    for (section, item) in numbered.iter().zip(between(shown, "<li", "</li>")) {
        leads_to(section, item, html);
    }
    for (section, item) in beside.iter().zip(between(annexes, "<li", "</li>")) {
        leads_to(section, item, html);
        assert!(text(&format!("<li{item}")).starts_with("Annex: "), "{item}");
    }
    model
}

#[test]
fn the_weekly_pack_has_one_numbering() {
    let project = Project::copy_of(&sample());
    let model = agree(&project, "weekly", "2026-11-18");
    assert_eq!(model["sections"].as_array().map(Vec::len), Some(13));
    assert_eq!(model["agenda"]["first"], 1);
    assert_eq!(model["agenda"]["first_further"], 11);
    assert!(!model["agenda"]["further"].as_array().expect("items").is_empty(), "the sample has items of its own");
}

#[test]
fn the_monthly_pack_has_one_numbering() {
    let project = Project::copy_of(&sample());
    let model = agree(&project, "monthly", "2026-11-12");
    assert_eq!(model["sections"].as_array().map(Vec::len), Some(16));
    assert_eq!(model["agenda"]["first"], 1);
}

#[test]
fn a_section_bears_the_name_that_the_settings_give() {
    let project = Project::of(&[("heatpack.yaml", "starts: 2026-11-01\nnames: {third_line: Tier & Three}\n")]);
    let model = agree(&project, "weekly", "2026-11-18");
    assert_eq!(model["sections"][7]["title"], "Tier & Three's report");
}
