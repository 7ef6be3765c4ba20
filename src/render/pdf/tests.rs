//! Whole packs through the templates as they are, and what must be in the PDF.

use super::*;

/// The templates of the source tree, by path.
fn templates() -> BTreeMap<String, String> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut found = BTreeMap::new();
    for folder in ["weekly", "monthly", "shared"] {
        for entry in std::fs::read_dir(root.join(folder)).expect("a folder of templates") {
            let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
            if name.ends_with(".typ") {
                let text = std::fs::read_to_string(root.join(folder).join(&name)).expect("a template");
                found.insert(format!("{folder}/{name}"), text);
            }
        }
    }
    found
}

fn charts() -> BTreeMap<String, String> {
    let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text font-family="Noto Sans" y="9">t</text></svg>"#;
    ["history", "ageing", "subjects"].into_iter().map(|name| (name.to_owned(), svg.to_owned())).collect()
}

fn rich(text: &str) -> Value {
    json!({"markdown": text, "blocks": [{"type": "paragraph", "content": [{"type": "text", "text": text}]}]})
}

/// A pack without a record in it.
fn empty(kind: &str) -> Value {
    let chart = json!({"title": "Chart", "description": "What it shows.", "labels": [], "series": []});
    let zero =
        json!({"opening": 0, "received": 0, "reopened": 0, "closed": 0, "voided": 0, "redirected": 0, "closing": 0});
    let mut pack = json!({
        "format": "heatpack.pack/1", "kind": kind, "meeting": "2026-11-18T10:00", "as_of": "2026-11-18T10:00",
        "preliminary": false, "period": {"after": "2026-11-12T10:00", "through": "2026-11-18T10:00"},
        "head": {"title": "MITS Status Meeting", "organization": "MITS User Support", "scheduled": "2026-11-18",
            "moved": null, "chair": null, "paper": "us-letter", "timezone": "America/New_York",
            "names": {"tracker": "HEAT", "help_desk": "MITS Help Desk", "third_line": "NITC", "sponsor": "ACFO-FS",
                "board": "CFMSCCB"},
            "commit": null, "errors": 0, "left_out": [], "generator": "heatpack 0.1.0"},
        "glance": {"attention": [], "progress": "", "received": 0, "received_also": "", "closed": 0, "closed_also": "", "outstanding": 0,
            "trend": "as at the start", "recent": ""},
        "attention_counts": {"red": 0, "yellow": 0, "green": 0},
        "sections": [{"key": "agenda", "number": null, "title": "Agenda", "on_agenda": false},
            {"key": "attention", "number": 1, "title": "What needs attention", "on_agenda": true},
            {"key": "balance", "number": 2, "title": "Balance", "on_agenda": true}],
        "agenda": {"first": 1, "standing": ["What needs attention", "Balance"], "further": [], "first_further": 3},
        "attention_groups": [], "balance": zero,
        "history": [], "charts": {"history": chart, "ageing": chart, "subjects": chart},
        "new": [], "closed": [], "reopened": [], "outstanding": [],
        "ageing": {"0-7": 0, "8-14": 0, "15-30": 0, "31-60": 0, "61+": 0},
        "compliance": [], "times_to_resolve": {"count": 0, "median": null, "p90": null, "max": null},
        "first_contact": {"answered": 0, "of": 0}, "changes": [], "nitc": [], "nitc_report": null,
        "lapses": [], "lapses_by_rule": [], "actions": {"overdue": [], "open": [], "new": [], "done": []},
        "last_minutes": null, "method": {"text": [], "rules_off": [], "exceptions": []}, "monthly": null,
        "tickets": {}, "people": {}, "subjects": {},
    });
    if kind == "monthly" {
        pack["monthly"] = json!({
            "summary": [], "decisions_asked": [], "by_subject": [],
            "roster": {"rows": [], "gaps": [], "ending": [], "changes": []}, "lapses_by_office": [],
            "last_minutes": null, "poc_pages": [], "attendance": [], "glossary": [],
        });
    }
    pack
}

/// One period.
fn history() -> Value {
    json!([{"date": "2026-11-18", "opening": 1, "received": 1, "reopened": 0, "closed": 1, "voided": 0, "redirected": 0,
        "outstanding": 1, "progress": "5 of 6 days"}])
}

/// A weekly pack with one outstanding ticket of that title and note.
fn with_ticket(title: &str, note: &str) -> Value {
    let mut pack = empty("weekly");
    pack["outstanding"] = json!([{"id": "HEAT-1", "subject": "scorecard", "poc": "jrivera", "state": "open",
        "holder": "help-desk", "age_days": 3, "last_contact": null, "attention": "yellow",
        "attention_reason": "reply due today", "next_due": {"clock": "reply", "due": "2026-11-18"},
        "next_due_text": "reply"}]);
    pack["new"] = json!(["HEAT-1"]);
    pack["tickets"] = json!({"HEAT-1": {"title": title, "subject": "scorecard", "kind": "issue", "area": "functional",
        "poc": "jrivera", "received": "2026-11-15T09:14", "state": "open", "state_text": "open",
        "holder_text": "MITS Help Desk", "description": rich(note), "first_line": null,
        "last_note": {"at": "2026-11-16T09:00", "event": "note", "event_text": "note", "by": null, "text": rich(note)},
        "resolution": null, "resolved": null, "closed": null, "nitc_ref": null, "changes": []}});
    pack["people"] = json!({"jrivera": "Jordan Rivera"});
    pack["subjects"] = json!({"scorecard": "Scorecard"});
    pack
}

/// The PDF of a pack with its streams uncompressed, as text.
fn readable(pack: &Value) -> String {
    let job = Job { pack, charts: &charts(), templates: &templates(), readable: true };
    let output = job.run().unwrap_or_else(|error| panic!("{error}"));
    String::from_utf8_lossy(&output.bytes).into_owned()
}

#[test]
fn the_same_pack_gives_the_same_bytes() {
    let pack = with_ticket("A title", "a note");
    let one = pdf(&pack, &charts(), &templates()).expect("a PDF");
    comemo::evict(0);
    let two = pdf(&pack, &charts(), &templates()).expect("a PDF");
    assert!(one.bytes.starts_with(b"%PDF-1.7"));
    assert_eq!(one, two);
}

#[test]
fn the_file_says_what_it_is() {
    let text = readable(&empty("weekly"));
    assert!(text.contains("/Lang (en"), "the language");
    assert!(text.contains("pdfuaid:part"), "PDF/UA-1");
    assert!(text.contains("/Title (MITS Status Meeting"), "the title");
    assert!(text.contains("/Creator (heatpack 0.1.0)"), "the creator");
    assert!(text.contains("/CreationDate (D:20261118"), "the date is that of the data");
    assert!(text.contains("/Outlines"), "the outline");
}

/// The object of that number in an uncompressed PDF.
fn object<'a>(text: &'a str, number: &str) -> &'a str {
    let from = text.find(&format!("\n{number} 0 obj\n")).expect("the object");
    text[from + 1..].split("endobj").next().unwrap_or_default()
}

/// The objects that a structure element holds, in order.
fn children<'a>(text: &'a str, element: &str) -> Vec<&'a str> {
    let kids = element.split("/K [").nth(1).and_then(|rest| rest.split(']').next()).unwrap_or_default();
    kids.split(" 0 R").map(str::trim).filter(|kid| !kid.is_empty()).map(|kid| object(text, kid)).collect()
}

#[test]
fn every_table_has_a_head_and_every_row() {
    let text = readable(&with_ticket("A title", "a note"));
    let tables: Vec<&str> = text.split("endobj").filter(|object| object.contains("/S /Table\n")).collect();
    assert_eq!(tables.len(), 3, "balance, new and outstanding");
    for table in tables {
        let mut head = children(&text, table)[0];
        if head.contains("/S /THead\n") {
            head = children(&text, head)[0];
        }
        assert!(children(&text, head).iter().all(|cell| cell.contains("/S /TH\n")), "{head}");
    }
    assert_eq!(text.matches("/Scope /Row").count(), 2, "the tickets' numbers");
}

#[test]
fn headings_begin_at_one_and_skip_no_level() {
    let text = readable(&empty("monthly"));
    assert!(text.contains("/S /H1\n") && text.contains("/S /H2\n"));
    assert!(!text.contains("/S /H3\n"));
}

#[test]
fn a_section_bears_the_number_and_title_of_the_model() {
    let text = readable(&empty("weekly"));
    assert!(text.contains("/Title (1. What needs attention)") && text.contains("/Title (2. Balance)"));
}

/// What the glyphs of an uncompressed PDF stand for when they are copied: the right sides of its `ToUnicode` maps.
fn copied(text: &str) -> BTreeSet<String> {
    let maps = text.split("beginbfchar\n").skip(1).filter_map(|map| map.split("endbfchar").next());
    let right = maps.flat_map(str::lines).filter_map(|line| line.rsplit_once('<')?.1.strip_suffix('>'));
    right.map(str::to_uppercase).collect()
}

#[test]
fn nothing_invisible_is_copied_with_a_long_word() {
    let hash = "0123456789abcdef".repeat(4);
    let mut pack = with_ticket(&format!("{hash} {}", "x".repeat(90)), &format!("`{hash}` and\u{200B}{hash}"));
    pack["head"]["commit"] = json!(hash);
    pack["head"]["title"] = json!("S".repeat(60));
    let text = readable(&pack);
    let copied = copied(&text);
    assert!(copied.contains("0061") && copied.contains("0039"), "the letters of the digest: {copied:?}");
    for invisible in ["200B", "00AD", "2060", "FEFF"] {
        assert!(!copied.iter().any(|glyph| glyph.contains(invisible)), "U+{invisible}");
    }
    assert!(text.contains(&format!("/Title ({}", "S".repeat(60))), "the title of the file is whole");
}

#[test]
fn charts_have_their_finding_as_alternative_text() {
    let mut pack = empty("weekly");
    pack["history"] = history();
    assert!(readable(&pack).contains("/Alt (What it shows.)"));
}

#[test]
fn an_empty_monthly_pack_is_a_pdf() {
    let output = pdf(&empty("monthly"), &charts(), &templates()).expect("a PDF");
    assert!(output.replaced.is_empty());
}

#[test]
fn a_pack_without_charts_is_a_pdf() {
    assert!(pdf(&empty("monthly"), &BTreeMap::new(), &templates()).is_ok());
}

#[test]
fn what_no_font_has_is_reported_and_does_no_harm() {
    let pack = with_ticket("🎉 中 \u{1b}", "\u{0}");
    let output = pdf(&pack, &charts(), &templates()).expect("a PDF");
    assert_eq!(output.replaced, ['\0', '\u{1b}', '中', '🎉']);
}

#[test]
fn marks_that_a_chart_cannot_bear_do_no_harm() {
    let mut charts = charts();
    charts.insert("history".to_owned(), charts["history"].replace(">t<", ">z\u{335}\u{321}l\u{336} \u{651}\u{301}<"));
    let mut pack = empty("weekly");
    pack["history"] = history();
    let output = pdf(&pack, &charts, &templates()).expect("a PDF");
    assert!(output.replaced.contains(&'\u{335}'));
}

#[test]
fn markup_in_a_record_stays_text() {
    for text in [
        "#panic()",
        "$x$ *a* _b_ @ref <label> = h",
        "#eval(\"1\") ]]] \\ // /*",
        "\u{202e}\u{2067}",
        "e\u{301}\u{489}\u{334}",
    ] {
        assert!(pdf(&with_ticket(text, text), &charts(), &templates()).is_ok(), "{text}");
    }
}

#[test]
fn a_ticket_named_twice_or_unknown_is_no_broken_link() {
    let mut pack = with_ticket("A title", "a note");
    pack["closed"] = json!(["HEAT-7", "HEAT-7", "HEAT-1"]);
    pack["new"] = json!(["HEAT-1", "HEAT-1", "HEAT-8"]);
    assert!(pdf(&pack, &charts(), &templates()).is_ok());
}

#[test]
fn a_faulty_template_is_named_with_its_line() {
    let mut templates = templates();
    templates.insert("shared/method.typ".to_owned(), "// one\n#let method() = nothing_such\n".to_owned());
    let error = pdf(&empty("weekly"), &charts(), &templates).expect_err("an error");
    assert_eq!(error.to_string(), "templates/shared/method.typ:2:17: unknown variable: nothing_such");
}

#[test]
fn a_missing_template_is_an_error() {
    let error = pdf(&empty("weekly"), &charts(), &BTreeMap::new()).expect_err("an error");
    assert!(error.to_string().contains("weekly/pack.typ"), "{error}");
}

#[test]
fn a_pack_without_a_date_is_an_error() {
    let mut pack = empty("weekly");
    pack["as_of"] = json!("soon");
    assert_eq!(pdf(&pack, &charts(), &templates()), Err(RenderError::Pack("as_of")));
}
