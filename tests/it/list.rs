//! `heatpack list`: the records that fit, as text, JSON and CSV.

use crate::support::{run, sample};

const AS_OF: &str = "2026-11-23 10:00";

fn list(arguments: &[&str]) -> String {
    run(&sample(), &[&["--as-of", AS_OF, "list"], arguments].concat()).ended(0).stdout().to_owned()
}

/// The ids of a list.
fn ids(arguments: &[&str]) -> Vec<String> {
    list(arguments).lines().filter_map(|line| line.split_once("  ").map(|(id, _)| id.to_owned())).collect()
}

#[test]
fn open_tickets_are_listed_by_what_is_due_first() {
    let text = list(&[]);
    let first = "HEAT-10380  was due Nov 17  MITS Help Desk  Commitment can be";
    assert!(text.starts_with(first), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80) && text.ends_with(" tickets\n"), "{text}");
    let outstanding = run(&sample(), &["--as-of", AS_OF, "pack", "weekly", "--format", "json"]).ended(0).json();
    assert_eq!(ids(&[]).len(), outstanding["outstanding"].as_array().map_or(0, Vec::len));
    assert_eq!(ids(&["--overdue"]), ["HEAT-10380", "HEAT-10369", "HEAT-10382"]);
}

#[test]
fn open_action_items_are_listed_by_their_due_date() {
    let text = list(&["actions"]);
    assert!(text.starts_with("A-2026-011  was due Jul 9 ") && text.ends_with(" action items\n"), "{text}");
    let (all, overdue) = (ids(&["actions"]), ids(&["actions", "--overdue"]));
    assert!(overdue.contains(&"A-2026-025".to_owned()) && all.starts_with(&overdue) && all.len() > overdue.len());
    assert!(list(&["staff"]).ends_with(" members of staff\n"));
}

#[test]
fn conditions_take_what_people_type() {
    let open = ids(&["--subject", "Travel Vouchers"]);
    assert!(!open.is_empty() && open == ids(&["--subject", "vouchers"]) && open.len() < ids(&[]).len(), "{open:?}");
    let all = ids(&["--subject", "vouchers", "--state", "all"]);
    let closed = ids(&["--subject", "vouchers", "--state", "Closed,voided,redirected"]);
    assert_eq!(all.len(), open.len() + closed.len());
    assert!(ids(&["crs", "--state", "submitted", "--state", "deferred"]).contains(&"CR-2026-011".to_owned()));
    assert!(ids(&["crs", "--overdue"]).contains(&"CR-2026-010".to_owned()));
    let refused = |arguments: &[&str], why: &str| {
        let said = run(&sample(), &[&["--as-of", AS_OF, "list"], arguments].concat()).ended(2);
        assert!(said.stderr.contains(why), "{}", said.stderr);
    };
    refused(&["--state", "opn"], "--state: no state `opn`; did you mean `open`?");
    refused(&["--subject", "nothing"], "--subject: no module or initiative `nothing`; use ");
    refused(&["--poc", "zzz"], "--poc: no POC `zzz`");
    refused(&["staff", "--overdue"], "--overdue does not apply here: it is for tickets, crs, actions");
}

#[test]
fn every_kind_and_format_has_the_same_records() {
    for what in ["tickets", "crs", "actions", "pocs", "subjects", "staff"] {
        let json = run(&sample(), &["--as-of", AS_OF, "list", what, "--format", "json"]).ended(0).json();
        assert_eq!(json["format"], "heatpack.list/1");
        let rows = json[what].as_array().unwrap_or_else(|| panic!("{what}: {json}"));
        let csv = list(&[what, "--format", "csv"]);
        let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
        let headings: Vec<String> = reader.headers().expect("headings").iter().map(str::to_owned).collect();
        let records: Vec<csv::StringRecord> = reader.records().map(|record| record.expect("a row")).collect();
        assert!(!rows.is_empty() && rows.len() == records.len() && rows.len() == ids(&[what]).len(), "{what}");
        for (row, record) in rows.iter().zip(&records) {
            for (heading, cell) in headings.iter().zip(record) {
                assert_eq!(row[heading].as_str().unwrap_or_default(), cell, "{what}: {row}");
            }
        }
    }
}
