//! Whole packs through the templates as they are, and what must be in the PDF.

use super::*;
use crate::model::MeetingKind::{Monthly, Weekly};
use crate::model::{RichText, TicketId};
use crate::report::pack::fixture::{card, change, day, empty, minute, outstanding, person, subject, subject_id};
use crate::report::pack::{HistoryRow, NoteView, TicketCard};

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

/// A weekly pack with one outstanding ticket of that title and note.
fn with_ticket(title: &str, note: &str) -> Pack {
    let mut pack = empty(Weekly);
    let id = TicketId(1);
    pack.outstanding = vec![outstanding(id)];
    pack.by_attention = vec![id];
    pack.new = vec![id];
    let note = RichText::new(note);
    let last_note =
        NoteView { at: minute(16), event: "note", event_text: "note".to_owned(), by: None, text: note.clone() };
    pack.tickets = [(id, TicketCard { description: note, last_note: Some(last_note), ..card(title) })].into();
    pack.people = [(person(), "Jordan Rivera".to_owned())].into();
    pack.subjects = [(subject_id("scorecard"), "Scorecard".to_owned())].into();
    pack
}

/// One period.
fn history() -> Vec<HistoryRow> {
    let progress = Some("5 of 6 days".to_owned());
    let (opening, received, closed, outstanding) = (1, 1, 1, 1);
    let none = 0;
    vec![HistoryRow {
        date: day(18),
        opening,
        received,
        reopened: none,
        closed,
        voided: none,
        redirected: none,
        outstanding,
        progress,
    }]
}

/// The PDF of a pack with its streams uncompressed, as text.
fn readable(pack: &Pack) -> String {
    let job = Job { sheet: Sheet::of_pack(pack), charts: &charts(), templates: &templates(), readable: true };
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
    let text = readable(&empty(Weekly));
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
    assert_eq!(tables.len(), 5, "owners, balance, deadlines, new and outstanding");
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
    let text = readable(&empty(Monthly));
    assert!(text.contains("/S /H1\n") && text.contains("/S /H2\n"));
    assert!(!text.contains("/S /H3\n"));
}

#[test]
fn a_section_bears_the_number_and_title_of_the_model() {
    let text = readable(&empty(Weekly));
    assert!(text.contains("/Title (1. Needs attention)") && text.contains("/Title (2. Balance)"));
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
    pack.head.commit = Some(hash.clone());
    pack.head.title = "S".repeat(60);
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
    let mut pack = empty(Weekly);
    pack.history = history();
    assert!(readable(&pack).contains("/Alt (What it shows.)"));
}

#[test]
fn an_empty_monthly_pack_is_a_pdf() {
    let output = pdf(&empty(Monthly), &charts(), &templates()).expect("a PDF");
    assert!(output.replaced.is_empty());
}

#[test]
fn a_pack_without_charts_is_a_pdf() {
    assert!(pdf(&empty(Monthly), &BTreeMap::new(), &templates()).is_ok());
}

#[test]
fn what_no_font_has_is_reported_and_does_no_harm() {
    let pack = with_ticket("🎉 中 \u{1b}", "中");
    let output = pdf(&pack, &charts(), &templates()).expect("a PDF");
    assert_eq!(output.replaced, ['\u{1b}', '中', '🎉']);
}

#[test]
fn marks_that_a_chart_cannot_bear_do_no_harm() {
    let mut charts = charts();
    charts.insert("history".to_owned(), charts["history"].replace(">t<", ">z\u{335}\u{321}l\u{336} \u{651}\u{301}<"));
    let mut pack = empty(Weekly);
    pack.history = history();
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
    pack.closed = [7, 7, 1].map(TicketId).into();
    pack.new = [1, 1, 8].map(TicketId).into();
    assert!(pdf(&pack, &charts(), &templates()).is_ok());
}

#[test]
fn a_ticket_that_no_list_shows_is_no_broken_link() {
    for kind in [Weekly, Monthly] {
        let mut pack = empty(kind);
        pack.tickets = [(TicketId(5), card("t")), (TicketId(6), card("t"))].into();
        pack.reopened = vec![TicketId(5)];
        pack.new = vec![TicketId(6)];
        pack.changes = vec![change("CR-2026-001")];
        pack.changes[0].tickets = vec![TicketId(5), TicketId(6)];
        if let Some(monthly) = &mut pack.monthly {
            monthly.by_subject = vec![subject("scorecard", &[])];
        }
        let made = pdf(&pack, &charts(), &templates());
        assert!(made.is_ok(), "{kind}: {:?}", made.err());
    }
}

#[test]
fn markup_nested_without_end_is_a_pdf() {
    let nested = |open: &str, close: &str| format!("{}deep{}", open.repeat(60), close.repeat(60));
    for text in [
        nested("*a **b ~~c ", "~~ d** e*"),
        nested("[![", "](https://example.org)](https://example.org)"),
        nested("> ", ""),
        (0..30).map(|depth| format!("{}- *a **b ~~c~~***\n", "  ".repeat(depth))).collect(),
    ] {
        let mut pack = with_ticket("t", &text);
        pack.closed = vec![TicketId(1)];
        pack.outstanding.clear();
        pack.by_attention.clear();
        if let Some(card) = pack.tickets.get_mut(&TicketId(1)) {
            card.resolution = Some(RichText::new(&text));
        }
        let made = pdf(&pack, &charts(), &templates());
        assert!(made.is_ok(), "{text}: {:?}", made.err());
    }
}

#[test]
fn a_faulty_template_is_named_with_its_line() {
    let mut templates = templates();
    templates.insert("shared/method.typ".to_owned(), "// one\n#let method() = nothing_such\n".to_owned());
    let error = pdf(&empty(Weekly), &charts(), &templates).expect_err("an error");
    assert_eq!(error.to_string(), "templates/shared/method.typ:2:17: unknown variable: nothing_such");
}

#[test]
fn a_missing_template_is_an_error() {
    let error = pdf(&empty(Weekly), &charts(), &BTreeMap::new()).expect_err("an error");
    assert!(error.to_string().contains("weekly/pack.typ"), "{error}");
}
