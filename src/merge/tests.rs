//! Tests of joining: what is joined, what is asked, and that nothing is lost.

use proptest::prelude::*;

use super::*;
use crate::load::append;
use crate::record::Fields;

const TICKET: &str = "# yaml-language-server: $schema=x\nid: HEAT-1\ntitle: Export fails\nsubject: scorecard\npoc: pat\n\
                      received: 2026-11-16 09:14\nvia: [phone]\ndescription: |\n  It fails.\n\n  # not a comment\nlog:\n  \
                      - at: 2026-11-17 09:00\n    event: follow-up\n    by: ann\n";

fn entry(time: &str, note: &str) -> String {
    format!("  - at: 2026-11-17 {time}\n    event: note\n    note: {note}\n")
}

fn join_with(base: Option<&str>, ours: &str, theirs: &str, answer: Option<Answer>) -> Merge {
    join(FileKind::Ticket, Versions { base, ours, theirs }, &mut |_| answer.clone())
}

#[track_caller]
fn becomes(base: &str, ours: &str, theirs: &str, expected: &str) {
    assert_eq!(join_with(Some(base), ours, theirs, None), Merge::Joined(expected.to_owned()));
    // As Windows writes it, on our side.
    let windows = |text: &str| text.replace('\n', "\r\n");
    assert_eq!(join_with(Some(base), &windows(ours), theirs, None), Merge::Joined(windows(expected)));
}

#[test]
fn entries_of_both_sides_are_sorted_by_time() {
    let (a, b) = (entry("11:00", "A"), entry("10:00", "B"));
    becomes(TICKET, &format!("{TICKET}{a}"), &format!("{TICKET}{b}"), &format!("{TICKET}{b}{a}"));
    becomes(TICKET, &format!("{TICKET}{a}"), &format!("{TICKET}{b}{a}"), &format!("{TICKET}{b}{a}"));
    // The first entries of all, with a comment behind them and a field behind the log.
    let empty = "id: HEAT-1\nlog: []\nvia: [email]\n";
    let with = |entries: &str| format!("id: HEAT-1\nlog:\n{entries}# end\nvia: [email]\n");
    let base = empty.replace("via", "# end\nvia");
    becomes(&base, &with(&a), &with(&b), &with(&format!("{b}{a}")));
    // An entry that begins in another column is written in ours.
    let flat = format!(
        "{}- at: 2026-11-17 09:00\n  event: follow-up\n  by: ann\n- at: 2026-11-17 10:00\n  event: note\n  note: B\n",
        &TICKET[..TICKET.find("  - at").unwrap_or(0)]
    );
    becomes(TICKET, &format!("{TICKET}{a}"), &flat, &format!("{TICKET}{b}{a}"));
    // In braces.
    let braces = |entries: &str| format!("id: HEAT-1\nlog: [{entries}]\n");
    let (a, b) = ("{at: 2026-11-17 11:00, event: note, note: A}", "{at: 2026-11-17 10:00, event: note, note: B}");
    becomes(&braces(""), &braces(a), &braces(b), &braces(&format!("{b}, {a}")));
}

#[test]
fn a_field_that_one_side_changed_is_taken() {
    let ours = TICKET.replace("Export fails", "Export stops");
    let theirs = TICKET.replace("by: ann", "by: bea").replace("[phone]", "[phone, email]");
    let both = ours.replace("by: ann", "by: bea").replace("[phone]", "[phone, email]");
    becomes(TICKET, &ours, &theirs, &both);
    let ours = TICKET.replace("log:", "# ours\nlog:").replace("subject: scorecard\n", "");
    let theirs = TICKET
        .replace("poc: pat", "poc: pat # asked\nfirst_line: Restarted.")
        .replace("id: HEAT-1\n", "id: HEAT-1 # own\n");
    let both = ours
        .replace("poc: pat", "poc: pat # asked\nfirst_line: Restarted.")
        .replace("id: HEAT-1\n", "id: HEAT-1 # own\n");
    becomes(TICKET, &ours, &theirs, &both);
    // One side edits an entry, and the other one adds to the log.
    let ours = TICKET.replace("    by: ann\n", "    by: ann\n    note: Told.\n");
    let (a, b) = (entry("08:00", "A"), entry("10:00", "B"));
    becomes(TICKET, &ours, &format!("{TICKET}{b}"), &format!("{ours}{b}"));
    let start = TICKET.find("  - at").unwrap_or(0);
    let theirs = format!("{}{a}{}", &TICKET[..start], &TICKET[start..]);
    becomes(TICKET, &ours, &theirs, &format!("{}{a}{}", &ours[..start], &ours[start..]));
}

#[test]
fn lists_are_joined_by_id_and_text() {
    let staff = "- id: ann\n  name: Ann\n# the third office\n- {id: bea, name: Bea}\n";
    let ours = staff.replace("Ann\n", "Ann\n  until: 2026-11-30\n") + "- id: cal\n  name: Cal\n";
    let theirs = staff.replace("Bea}", "Bea Sample}") + "- id: dan\n  name: Dan\n";
    let both = ours.replace("Bea}", "Bea Sample}") + "- id: dan\n  name: Dan\n";
    let joined = join(FileKind::Staff, Versions { base: Some(staff), ours: &ours, theirs: &theirs }, &mut |_| None);
    assert_eq!(joined, Merge::Joined(both));
    let meeting = "kind: weekly\nagenda:\n  - Freeze\nattendees: [ann]\n";
    let ours = "kind: weekly\nagenda:\n  - Freeze\n  - |\n    Exports\n\n    - all\nattendees: [ann, bea]\n";
    let theirs = "kind: weekly\nagenda:\n  - Freeze\n  - Imports\nattendees: [cal, ann]\nactions:\n  - id: A-2026-001\n    what: Ask\n";
    let both = "kind: weekly\nagenda:\n  - Freeze\n  - |\n    Exports\n\n    - all\n  - Imports\nattendees: [cal, ann, bea]\nactions:\n  - id: A-2026-001\n    what: Ask\n";
    let joined = join(FileKind::Meeting, Versions { base: Some(meeting), ours, theirs }, &mut |_| None);
    assert_eq!(joined, Merge::Joined(both.to_owned()));
    // One number for two actions.
    let ours = theirs.replace("Ask", "Answer");
    let joined = join(FileKind::Meeting, Versions { base: Some(meeting), ours: &ours, theirs }, &mut |_| None);
    assert_eq!(joined, Merge::Refused(Refusal::ActionNumbers(vec!["A-2026-001".to_owned()])));
}

#[test]
fn settings_are_joined_key_by_key() {
    let base =
        "deadlines:\n  reply: 1 working day\n  # relay\n  relay: 2 working days\nrules: {reply-late: error}\n# end\n";
    let ours = base.replace("1 working", "3 working").replace("error}", "error, relay-late: off}");
    let theirs = base.replace("2 working days\n", "4 working days\n  follow_up: 7 days\n").replace("error}", "lapse}");
    let both = ours.replace("2 working days\n", "4 working days\n  follow_up: 7 days\n").replace("error,", "lapse,");
    let (own, other) = (format!("{ours}# ours\n"), format!("{theirs}# theirs\n"));
    let joined = join(FileKind::Settings, Versions { base: Some(base), ours: &own, theirs: &other }, &mut |_| None);
    assert_eq!(joined, Merge::Joined(format!("{both}# ours\n# theirs\n")));
    // An empty file is no version of its own.
    let new =
        join(FileKind::Settings, Versions { base: Some(""), ours: "paper: a4\n", theirs: "starts: x\n" }, &mut |_| {
            None
        });
    assert_eq!(new, Merge::Joined("paper: a4\nstarts: x\n".to_owned()));
}

#[test]
fn what_both_changed_is_asked_about() {
    let (ours, theirs) = (TICKET.replace("Export fails", "A"), TICKET.replace("Export fails", "B"));
    let with = |answer: Answer| join_with(Some(TICKET), &ours, &theirs, Some(answer));
    assert_eq!(with(Answer::Ours), Merge::Joined(ours.clone()));
    assert_eq!(with(Answer::Theirs), Merge::Joined(theirs.clone()));
    assert_eq!(with(Answer::Text("C: d".to_owned())), Merge::Joined(ours.replace("title: A", "title: \"C: d\"")));
    let Merge::Open { marked, disagreements } = join_with(Some(TICKET), &ours, &theirs, None) else { panic!("open") };
    let both = "<<<<<<< ours\ntitle: A\n=======\ntitle: B\n>>>>>>> theirs\n";
    assert_eq!(marked, TICKET.replace("title: Export fails\n", both));
    assert_eq!(disagreements[0].place(), "`title`");
    // Within an entry, the whole entry is marked.
    let edit = |by: &str| TICKET.replace("by: ann", by) + &entry("10:00", by.trim_start_matches("by: "));
    let Merge::Open { marked, disagreements } = join_with(Some(TICKET), &edit("by: bea"), &edit("by: cal"), None)
    else {
        panic!("open")
    };
    assert!(marked.contains("<<<<<<< ours\n  - at: 2026-11-17 09:00\n"), "{marked}");
    assert!(marked.contains("note: bea\n") && marked.contains("note: cal\n"), "{marked}");
    assert_eq!(disagreements[0].place(), "`by` of 2026-11-17 09:00 follow-up");
    // Removed on one side, edited on the other.
    let removed = TICKET.replace("via: [phone]\n", "");
    let edited = TICKET.replace("[phone]", "[email]");
    let with = |answer: Answer| join_with(Some(TICKET), &removed, &edited, Some(answer));
    assert_eq!(with(Answer::Ours), Merge::Joined(removed.clone()));
    assert_eq!(with(Answer::Theirs), Merge::Joined(edited.clone()));
}

#[test]
fn other_records_and_votes_are_not_joined() {
    let other =
        TICKET.replace("Export fails", "Import fails").replace("09:14", "09:30").replace("It fails", "It stops");
    assert_eq!(join_with(None, TICKET, &other, None), Merge::Refused(Refusal::TwoRecords));
    // The number was given to another ticket before the entry came.
    let later = format!("{TICKET}{}", entry("10:00", "A"));
    assert_eq!(join_with(Some(TICKET), &other, &later, None), Merge::Refused(Refusal::OtherRecord));
    // A POC who asks the same again has another ticket, and a preparer's next CR is another one.
    let again = TICKET.replace("09:14", "11:30").replace("It fails", "It fails again");
    assert_eq!(join_with(Some(TICKET), &again, &later, None), Merge::Refused(Refusal::OtherRecord));
    let cr =
        |title: &str, log: &str| format!("id: CR-2026-001\ntitle: {title}\nsubject: a\nprepared_by: ann\nlog: {log}\n");
    let (base, ours, theirs) = (cr("A", "[]"), cr("B", "[]"), cr("A", "[{at: x}]"));
    let change = Versions { base: Some(&base), ours: &ours, theirs: &theirs };
    assert_eq!(join(FileKind::Change, change, &mut |_| None), Merge::Refused(Refusal::OtherRecord));
    let vote = Versions { base: None, ours: "cr: CR-1\n", theirs: "cr: CR-2\n" };
    assert_eq!(join(FileKind::Vote, vote, &mut |_| None), Merge::Refused(Refusal::Vote));
    assert_eq!(join_with(Some(TICKET), "a: [", TICKET, None), Merge::Joined("a: [".to_owned()));
    assert_eq!(join_with(Some(TICKET), "a: [", &other, None), Merge::Refused(Refusal::Unreadable));
}

#[test]
fn a_number_is_replaced_where_it_is_a_reference() {
    let text =
        "id: HEAT-1\ntitle: As HEAT-1\nlog:\n  - at: x\n    duplicate_of: \"HEAT-1\"\n  - {duplicate_of: HEAT-12}\n";
    let new = renumber(FileKind::Ticket, text, "HEAT-1", "HEAT-30").expect("renumbered");
    let expected = text.replace("id: HEAT-1\n", "id: HEAT-30\n").replace("\"HEAT-1\"", "\"HEAT-30\"");
    assert_eq!(new, Renumbered { text: expected, fields: 2, is_named: true });
    let cr = "id: CR-2026-001\ntickets: [HEAT-2, HEAT-1]\n";
    let new = renumber(FileKind::Change, cr, "HEAT-1", "HEAT-3").expect("renumbered");
    assert_eq!((new.text.as_str(), new.is_named), ("id: CR-2026-001\ntickets: [HEAT-2, HEAT-3]\n", false));
}

/// A log before both edits, and what each side adds: minutes after the entry before, and whether it is a note.
fn histories() -> impl Strategy<Value = [Vec<(u8, u8)>; 3]> {
    let log = |most: usize| prop::collection::vec((0u8..40, 0u8..6), 0..most);
    (log(5), log(5), log(5)).prop_map(|(base, ours, theirs)| [base, ours, theirs])
}

/// The record with further entries, from a minute on.
fn with_entries(text: &str, start: u32, entries: &[(u8, u8)], by: &str) -> String {
    let mut at = start;
    entries.iter().fold(text.to_owned(), |text, (gap, what)| {
        at += u32::from(*gap);
        let time = format!("2026-11-17 {:02}:{:02}", 8 + at / 60, at % 60);
        let note = match what {
            0 => "First line\n# not a comment\n\n  last\n".to_owned(),
            what => format!("Entry {what}: #{at}"),
        };
        let entry = Fields::new().with("at", time).with("event", "note").with("by", by.to_owned()).with("note", note);
        append(&text, &entry.into()).expect("an entry")
    })
}

fn entries(text: &str) -> Vec<String> {
    let node = parse(text, &mut Faults::default()).expect("YAML");
    let mut found: Vec<String> = node.get("log").map(Node::items).unwrap_or_default().iter().map(canonical).collect();
    found.sort();
    found
}

fn times(text: &str) -> Vec<String> {
    let node = parse(text, &mut Faults::default()).expect("YAML");
    let items = node.get("log").map(Node::items).unwrap_or_default();
    items.iter().filter_map(|item| Some(item.get("at")?.text()?.to_owned())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_lost_and_the_sides_do_not_matter([base, ours, theirs] in histories(), style in 0u8..3) {
        let start = match style {
            0 => "id: HEAT-1\nlog: []\n".to_owned(),
            1 => TICKET.to_owned(),
            _ => "id: HEAT-1\r\n# log\r\nlog:\r\ntitle: x\r\n".to_owned(),
        };
        let before = with_entries(&start, 65, &base, "ann");
        let end = 65 + base.iter().map(|(gap, _)| u32::from(*gap)).sum::<u32>();
        let own = with_entries(&before, end, &ours, "bea");
        let other = with_entries(&before, end, &theirs, "cal");
        let joined = |ours: &str, theirs: &str| match join_with(Some(&before), ours, theirs, None) {
            Merge::Joined(text) => text,
            other => panic!("{other:?}"),
        };
        let both = joined(&own, &other);
        let mut expected = entries(&own);
        let mut rest = entries(&other);
        entries(&before).iter().for_each(|known| drop(rest.iter().position(|own| own == known).map(|at| rest.remove(at))));
        expected.extend(rest);
        expected.sort();
        prop_assert_eq!(entries(&both), expected);
        prop_assert!(times(&both).is_sorted());
        prop_assert_eq!(entries(&both), entries(&joined(&other, &own)));
        prop_assert_eq!(times(&both), times(&joined(&other, &own)));
        // With oneself, and with a part of oneself, nothing changes.
        prop_assert_eq!(&joined(&own, &own), &own);
        prop_assert_eq!(&joined(&both, &own), &both);
        prop_assert_eq!(&joined(&both, &other), &both);
    }
}
