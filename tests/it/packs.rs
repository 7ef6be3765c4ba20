//! Packs of small projects (`tests/packs/<case>/`), whose figures were computed on paper.

use crate::support::{Project, case, pack, run, sample};
use serde_json::{Value as Json, json};

/// Compares the members that `expected` names, exactly.
#[track_caller]
fn has(pack: &Json, expected: Json) {
    for (name, value) in expected.as_object().expect("members") {
        assert_eq!(&pack[name], value, "`{name}`");
    }
}

/// Of every element of a list the members of these names.
fn only(list: &Json, names: &[&str]) -> Json {
    let row = |row: &Json| names.iter().map(|name| ((*name).to_owned(), row[name].clone())).collect::<Json>();
    list.as_array().expect("a list").iter().map(row).collect()
}

fn find<'j>(list: &'j Json, name: &str, value: &str) -> &'j Json {
    let rows = list.as_array().expect("a list");
    rows.iter().find(|row| row[name] == value).unwrap_or_else(|| panic!("no {value}"))
}

/// What is due next, as far as the contract names it.
fn next_due(row: &Json) -> Json {
    only(&json!([row["next_due"]]), &["clock", "due"])[0].clone()
}

fn clock(name: &str, met: u64, late: u64, overdue: u64, waived: u64) -> Json {
    json!({"clock": name, "met": met, "late": late, "overdue": overdue, "waived": waived})
}

fn compliance(pack: &Json) -> Json {
    only(&pack["compliance"], &["clock", "met", "late", "overdue", "waived"])
}

fn lapses(pack: &Json) -> Json {
    only(&pack["lapses"], &["rule", "record", "on"])
}

/// The week after Oct 14 10:00, up to and including Oct 21 10:00; dates from the 14th to the 20th.
#[test]
fn a_week_of_every_figure() {
    let pack = pack(&case("figures"), "weekly", "2026-10-21", "2026-11-01");
    has(
        &pack,
        json!({
            "format": "heatpack.pack/1", "kind": "weekly", "preliminary": false,
            "meeting": "2026-10-21T10:00", "as_of": "2026-10-21T10:00",
            "period": {"after": "2026-10-14T10:00", "through": "2026-10-21T10:00"},
            // Outstanding at Oct 14 10:00: 1, 2 (received in that minute), 7, 8, 9, 10.
            // Received: 3, 4, 6, 5. Reopened: 3. Closed: 10, 3, 6, 2. Voided: 4. Redirected: 5.
            "balance": {"opening": 6, "received": 4, "reopened": 1, "closed": 4, "voided": 1, "redirected": 1,
                        "closing": 5},
            "new": ["HEAT-3", "HEAT-4", "HEAT-6", "HEAT-5"],
            "closed": ["HEAT-10", "HEAT-3", "HEAT-6", "HEAT-2"],
            "reopened": ["HEAT-3"],
            // 1 and 7: 16 days. 8: 8 days. 9: 14 days. 3: 7 days.
            "ageing": {"0-7": 1, "8-14": 2, "15-30": 2, "31-60": 0, "61+": 0},
            // From receipt to resolution: 3 and 6 on the same day, 10 in 3 days, 2 in 6 days: 0 0 3 6.
            "times_to_resolve": {"count": 4, "median": 1.5, "p90": 6, "max": 6},
            // 6 was resolved with the first word; 3 too, but it was reopened. Of 3, 4, 5, 6.
            "first_contact": {"answered": 1, "of": 4},
            "changes": [], "nitc": [],
        }),
    );
    assert_eq!(
        compliance(&pack),
        json!([
            // Met: 2 and 3 (due the 15th), 6 (the 19th). Overdue: 8 (the 14th) and 3 reopened (the 20th). 4 and 5 void.
            clock("reply", 3, 0, 2, 0),
            // Met: 9 (due the 14th). Late: 1, of whose two misses only the 19th is of this week. Waived: 7 (the 15th).
            clock("follow-up", 1, 1, 0, 1),
            // Met: 2, overdue: 8, both due on the 19th.
            clock("nitc-response", 1, 0, 1, 0),
            // 2's was met, but due on the 21st, the meeting's day: the next pack's.
            clock("relay", 0, 0, 0, 0),
            clock("raise-cr", 0, 0, 0, 0),
            clock("forward-cr", 0, 0, 0, 0),
        ])
    );
    let outstanding = |id: &str, state: &str, holder: &str, age: u64, contact: Json, attention: &str, due: Json| {
        let poc = "pat";
        json!({"id": id, "subject": "scorecard", "poc": poc, "state": state, "holder": holder, "age_days": age,
               "last_contact": contact, "attention": attention, "next_due": due})
    };
    let due = |clock: &str, due: &str| json!({"clock": clock, "due": due});
    let names = ["id", "subject", "poc", "state", "holder", "age_days", "last_contact", "attention", "next_due"];
    let mut rows = only(&pack["outstanding"], &names);
    for row in rows.as_array_mut().expect("rows") {
        row["next_due"] = next_due(row);
    }
    assert_eq!(
        rows,
        json!([
            outstanding(
                "HEAT-1",
                "open",
                "help-desk",
                16,
                json!("2026-10-20"),
                "green",
                due("follow-up", "2026-10-27")
            ),
            outstanding(
                "HEAT-7",
                "open",
                "help-desk",
                16,
                json!("2026-10-08"),
                "green",
                due("follow-up", "2026-10-23")
            ),
            outstanding(
                "HEAT-9",
                "open",
                "help-desk",
                14,
                json!("2026-10-14"),
                "yellow",
                due("follow-up", "2026-10-21")
            ),
            outstanding("HEAT-8", "with-nitc", "nitc", 8, Json::Null, "red", due("reply", "2026-10-14")),
            outstanding("HEAT-3", "open", "help-desk", 7, json!("2026-10-14"), "red", due("reply", "2026-10-20")),
        ])
    );
    // 1's missed follow-up is dated the 13th: a lapse of the week before.
    let lapse = |rule: &str, record: &str, on: &str| json!({"rule": rule, "record": record, "on": on});
    assert_eq!(
        lapses(&pack),
        json!([
            lapse("contact-not-designated", "HEAT-5", "2026-10-16"),
            lapse("reply-late", "HEAT-8", "2026-10-14"),
            lapse("reply-late", "HEAT-3", "2026-10-20"),
            lapse("nitc-response-late", "HEAT-8", "2026-10-19"),
            lapse("acknowledgement-missing", "HEAT-8", "2026-10-19"),
        ])
    );
}

#[test]
fn the_packs_before_and_after_join_it() {
    let before = pack(&case("figures"), "weekly", "2026-10-14", "2026-11-01");
    // Received after Oct 7 10:00: 9, 8, and 2 in the minute of the meeting.
    has(
        &before,
        json!({
            "balance": {"opening": 3, "received": 3, "reopened": 0, "closed": 0, "voided": 0, "redirected": 0,
                        "closing": 6},
            "new": ["HEAT-9", "HEAT-8", "HEAT-2"],
            "first_contact": {"answered": 0, "of": 3},
            "times_to_resolve": {"count": 0, "median": null, "p90": null, "max": null},
        }),
    );
    // From the 7th to the 13th: 9's reply, due the 8th, was met. Follow-ups: 1 missed the 13th, 7's (13th) and
    // 10's (13th) were met. What is due on the 14th is not in it.
    assert_eq!(compliance(&before)[0], clock("reply", 1, 0, 0, 0));
    assert_eq!(compliance(&before)[1], clock("follow-up", 2, 0, 1, 0));
    assert_eq!(lapses(&before), json!([{"rule": "follow-up-missed", "record": "HEAT-1", "on": "2026-10-13"}]));

    let after = pack(&case("figures"), "weekly", "2026-10-28", "2026-11-01");
    has(
        &after,
        json!({"balance": {"opening": 5, "received": 0, "reopened": 0, "closed": 0, "voided": 0, "redirected": 0,
                           "closing": 5}}),
    );
    // From the 21st to the 27th: 2's relay, due the 21st; follow-ups of 1 (27th), 7 (23rd) and 9 (21st) overdue, none
    // of 3, which was reopened. 2's (22nd) was met.
    assert_eq!(compliance(&after)[1], clock("follow-up", 1, 0, 3, 0));
    assert_eq!(compliance(&after)[3], clock("relay", 1, 0, 0, 0));
}

#[test]
fn a_meeting_to_come_has_a_preliminary_pack() {
    let root = case("figures");
    let pack = pack(&root, "weekly", "2026-10-21", "2026-10-20 12:00");
    has(
        &pack,
        json!({
            "meeting": "2026-10-21T10:00", "as_of": "2026-10-20T12:00", "preliminary": true,
            "period": {"after": "2026-10-14T10:00", "through": "2026-10-21T10:00"},
            // 2 is resolved and closed later.
            "balance": {"opening": 6, "received": 4, "reopened": 1, "closed": 3, "voided": 1, "redirected": 1,
                        "closing": 6},
            "closed": ["HEAT-10", "HEAT-3", "HEAT-6"],
        }),
    );
    // 3's reply, due today, is not overdue yet.
    assert_eq!(compliance(&pack)[0], clock("reply", 3, 0, 1, 0));
    assert_eq!(find(&pack["outstanding"], "id", "HEAT-2")["state"], "answered");
    // Without a date it is the next meeting's, up to its very minute.
    let next = |as_of| run(&root, &["pack", "weekly", "--format", "json", "--as-of", as_of]).ended(0).json();
    has(&next("2026-10-21 10:00"), json!({"meeting": "2026-10-21T10:00", "preliminary": false}));
    has(&next("2026-10-21 10:01"), json!({"meeting": "2026-10-28T10:00", "preliminary": true}));
}

#[test]
fn the_month_has_the_same_figures_over_its_own_period() {
    let pack = pack(&case("figures"), "monthly", "2026-11-12", "2026-11-13");
    has(
        &pack,
        json!({
            "kind": "monthly", "meeting": "2026-11-12T14:00",
            "period": {"after": "2026-10-08T14:00", "through": "2026-11-12T14:00"},
            // At Oct 8 14:00: 1, 7, 9, 10. Then 8, 2, 3, 4, 6, 5 came.
            "balance": {"opening": 4, "received": 6, "reopened": 1, "closed": 4, "voided": 1, "redirected": 1,
                        "closing": 5},
            "closed": ["HEAT-10", "HEAT-3", "HEAT-6", "HEAT-2"],
            "first_contact": {"answered": 1, "of": 6},
        }),
    );
    assert_eq!(compliance(&pack)[3], clock("relay", 1, 0, 0, 0));
}

/// Ages of 7, 8, 14, 15, 30, 31, 60 and 61 days, and no deadlines.
#[test]
fn ages_fall_into_bands_at_their_edges() {
    let pack = pack(&case("ages"), "weekly", "2026-11-18", "2026-12-01");
    has(&pack, json!({"ageing": {"0-7": 1, "8-14": 2, "15-30": 2, "31-60": 2, "61+": 1}}));
    let rows = only(&pack["outstanding"], &["age_days", "attention", "next_due"]);
    let row = |age: u64, attention: &str| json!({"age_days": age, "attention": attention, "next_due": null});
    assert_eq!(
        rows,
        json!([
            row(61, "red"),
            row(60, "yellow"),
            row(31, "yellow"),
            row(30, "green"),
            row(15, "green"),
            row(14, "green"),
            row(8, "green"),
            row(7, "green"),
        ])
    );
}

/// As of Wed, Nov 25, 2026; the next working day is Fri, Nov 27.
#[test]
fn attention_goes_by_due_dates_and_age() {
    let pack = pack(&case("attention"), "weekly", "2026-11-25", "2026-11-25 12:00");
    let row = |id: &str, attention: &str, clock: &str, due: &str| {
        let found = find(&pack["outstanding"], "id", id);
        assert_eq!(found["attention"], attention, "{id}");
        assert_eq!(next_due(found), json!({"clock": clock, "due": due}), "{id}");
    };
    row("HEAT-1", "yellow", "follow-up", "2026-11-25");
    row("HEAT-2", "yellow", "follow-up", "2026-11-27");
    row("HEAT-3", "green", "follow-up", "2026-11-30");
    row("HEAT-4", "red", "follow-up", "2026-11-24");
    row("HEAT-5", "yellow", "follow-up", "2026-11-27");
    row("HEAT-6", "green", "follow-up", "2026-12-01");
    row("HEAT-7", "red", "follow-up", "2026-12-01");
    row("HEAT-8", "yellow", "follow-up", "2026-12-01");
    assert_eq!(find(&pack["outstanding"], "id", "HEAT-6")["holder"], "poc");
    // Oldest first; of the two received on one day the earlier first.
    let ids: Vec<&str> =
        pack["outstanding"].as_array().expect("rows").iter().filter_map(|row| row["id"].as_str()).collect();
    let order = ["HEAT-7", "HEAT-8", "HEAT-4", "HEAT-1", "HEAT-2", "HEAT-5", "HEAT-3", "HEAT-6"];
    assert_eq!(ids, order);
}

/// As of Wed, Nov 18, 2026; the period is after Thu, Nov 12, 10:00, Veterans Day having been the day before.
#[test]
fn changes_show_votes_quorum_and_whom_they_wait_for() {
    let pack = pack(&case("changes"), "weekly", "2026-11-18", "2026-12-01");
    let change = |id: &str, state: &str, approvals: u64, waiting_for: &[&str]| {
        // The quorum of 2 in the terms of 2024 is 3 since Nov 16.
        json!({"id": id, "state": state, "approvals": approvals, "quorum": 3, "waiting_for": waiting_for})
    };
    assert_eq!(
        only(&pack["changes"], &["id", "state", "approvals", "quorum", "waiting_for"]),
        json!([
            change("CR-2026-002", "draft", 0, &[]),
            // Ada proposed it.
            change("CR-2026-003", "submitted", 1, &["bert", "cora"]),
            change("CR-2026-004", "approved", 2, &[]),
            change("CR-2026-005", "deferred", 0, &["bert", "cora"]),
            change("CR-2026-006", "returned", 0, &[]),
            change("CR-2026-007", "submitted", 1, &["bill", "cora"]),
            change("CR-2026-009", "withdrawn", 0, &[]),
            change("CR-2026-010", "rejected", 0, &[]),
            change("CR-2026-011", "submitted", 2, &["cora"]),
        ])
    );
    assert_eq!(find(&pack["changes"], "id", "CR-2026-011")["standing"], "2 of 3 approvals, the chair has not approved");
    // Approved on Wed, Nov 11, deemed the 12th, due the 13th.
    assert_eq!(compliance(&pack)[5], clock("forward-cr", 0, 0, 1, 0));
    let late = json!({"rule": "forward-cr-late", "record": "CR-2026-004", "on": "2026-11-13"});
    assert!(lapses(&pack).as_array().expect("lapses").contains(&late), "{}", lapses(&pack));
    // The ticket's least advanced CR that counts is the draft.
    assert_eq!(find(&pack["outstanding"], "id", "HEAT-1")["holder"], "acfo-fs");
    // Raised on Nov 9, due on the 10th: of the pack before.
    let before = self::pack(&case("changes"), "weekly", "2026-11-11", "2026-12-01");
    assert_eq!(compliance(&before)[4], clock("raise-cr", 1, 0, 0, 0));
    assert_eq!(find(&before["changes"], "id", "CR-2026-008")["state"], "withdrawn");
}

/// What fits, as docs/how-to/compare-with-nitc.md has it: NITC's words for tickets in each of our states.
#[test]
fn every_status_of_nitc_meets_every_state() {
    let pack = pack(&case("nitc"), "weekly", "2026-11-18", "2026-11-18 10:00");
    let rows = pack["nitc"].as_array().expect("rows");
    // By ticket: our state at the end of Nov 16, and the statuses that fit.
    let (received, researching, awaiting, in_work) = ("received", "researching", "awaiting approval", "in work");
    let (delivered, answered, closed) = ("delivered", "answered", "closed");
    let statuses = [received, researching, awaiting, in_work, delivered, answered, closed];
    let tickets: [(&str, &str, &[&str]); 10] = [
        ("HEAT-11", "open", &[answered, closed]),
        ("HEAT-12", "with-nitc", &[received, researching]),
        ("HEAT-13", "awaiting-change", &[awaiting]), // held by ACFO-FS
        ("HEAT-14", "awaiting-change", &[awaiting]), // held by the CFMSCCB
        ("HEAT-15", "awaiting-change", &[in_work]),
        ("HEAT-16", "answered", &[delivered, answered, closed]),
        ("HEAT-17", "resolved", &[delivered, answered, closed]),
        ("HEAT-18", "closed", &[delivered, answered, closed]),
        ("HEAT-19", "redirected", &[]),
        ("HEAT-20", "voided", &[]),
    ];
    let mut at = 0;
    for (id, state, fitting) in tickets {
        for status in statuses {
            let is_over = [delivered, answered, closed].contains(&status);
            let is_outstanding = !["closed", "redirected", "voided"].contains(&state);
            let mismatch = match () {
                _ if !is_outstanding && !is_over => json!(["nitc-ticket-unknown"]),
                _ if !fitting.contains(&status) => json!(["nitc-status-mismatch"]),
                _ => json!([]),
            };
            let number = format!("N-{}", at + 1);
            let expected =
                json!({"heat": id, "nitc_number": number, "status": status, "state": state, "mismatch": mismatch});
            let row = only(&json!([rows[at]]), &["heat", "nitc_number", "status", "state", "mismatch"]);
            assert_eq!(row[0], expected);
            at += 1;
        }
    }
    let row = |heat: Json, number: &str, status: &str, state: Json, mismatch: Json| json!({"heat": heat, "nitc_number": number, "status": status, "state": state, "mismatch": mismatch});
    assert_eq!(
        only(&json!(rows[at..]), &["heat", "nitc_number", "status", "state", "mismatch"]),
        json!([
            row(json!("HEAT-21"), "N-7001", researching, json!("with-nitc"), json!(["nitc-number-mismatch"])),
            row(Json::Null, "N-8000", in_work, Json::Null, json!([])),
            row(json!("HEAT-999"), "N-8001", in_work, Json::Null, json!(["nitc-ticket-unknown"])),
            // Received in the first minute after the report's date.
            row(json!("HEAT-22"), "N-8002", closed, Json::Null, json!(["nitc-ticket-unknown"])),
        ])
    );
    let unlisted: Vec<Json> = lapses(&pack).as_array().expect("lapses").to_vec();
    let unlisted: Vec<&Json> = unlisted.iter().filter(|lapse| lapse["rule"] == "nitc-ticket-unlisted").collect();
    assert_eq!(unlisted, [&json!({"rule": "nitc-ticket-unlisted", "record": "HEAT-23", "on": "2026-11-16"})]);
    // The day after, the report of the 18th is the latest.
    let next = self::pack(&case("nitc"), "weekly", "2026-11-25", "2026-11-19 08:00");
    assert_eq!(next["nitc"].as_array().map(Vec::len), Some(1));
    // On the 16th itself it is still the one of the 9th, which has no rows.
    let earlier = self::pack(&case("nitc"), "weekly", "2026-11-18", "2026-11-16");
    assert_eq!(earlier["nitc"], json!([]));
}

/// Starts on Sun, Nov 1. Meetings: Nov 4; Nov 11, held on the 12th; Nov 18, canceled; Nov 25, moved to the 24th;
/// Nov 27, extra; Dec 2.
#[test]
fn periods_follow_the_meetings_as_they_are_held() {
    let root = case("meetings");
    let period = |on: &str, meeting: &str, after: &str, new: &[&str], opening: u64| {
        let pack = pack(&root, "weekly", on, "2026-12-03");
        has(&pack, json!({"meeting": meeting, "period": {"after": after, "through": meeting}, "new": new}));
        assert_eq!(pack["balance"]["opening"], opening, "{on}");
    };
    period("2026-11-04", "2026-11-04T10:00", "2026-11-01T00:00", &["HEAT-2"], 1);
    period("2026-11-11", "2026-11-12T10:00", "2026-11-04T10:00", &["HEAT-3"], 2);
    period("2026-11-12", "2026-11-12T10:00", "2026-11-04T10:00", &["HEAT-3"], 2);
    period("2026-11-25", "2026-11-24T10:00", "2026-11-12T10:00", &["HEAT-4", "HEAT-5", "HEAT-6"], 3);
    period("2026-11-24", "2026-11-24T10:00", "2026-11-12T10:00", &["HEAT-4", "HEAT-5", "HEAT-6"], 3);
    period("2026-11-27", "2026-11-27T10:00", "2026-11-24T10:00", &[], 6);
    period("2026-12-02", "2026-12-02T10:00", "2026-11-27T10:00", &[], 6);
    let canceled = run(&root, &["pack", "weekly", "--on", "2026-11-18", "--as-of", "2026-12-03"]).ended(2);
    assert!(canceled.out.is_empty() && canceled.stderr.contains("Federal offices closed"), "{}", canceled.stderr);
    assert!(canceled.stderr.contains("2026-11-"), "it names the nearest: {}", canceled.stderr);
    // 6's reply was due on Nov 24, the day of a meeting: it is in the pack after that, of the 27th.
    let reply = |on| compliance(&pack(&root, "weekly", on, "2026-12-03"))[0].clone();
    assert_eq!(reply("2026-11-25")["overdue"], 0);
    assert_eq!(reply("2026-11-27")["overdue"], 1);
    let has_lapse = |on: &str| {
        let lapse = json!({"rule": "reply-late", "record": "HEAT-6", "on": "2026-11-24"});
        lapses(&pack(&root, "weekly", on, "2026-12-03")).as_array().is_some_and(|list| list.contains(&lapse))
    };
    assert!(!has_lapse("2026-11-25") && has_lapse("2026-11-27") && !has_lapse("2026-12-02"));
}

/// A pack that is made before the schedule begins does not know what happens until then.
#[test]
fn before_the_first_day_the_opening_is_of_now() {
    let project = crate::support::Project::copy_of(&case("meetings"));
    let path = "data/tickets/2026/HEAT-1.yaml";
    let text = project.read(path).replace("2026-10-31 23:59", "2026-10-20 09:00");
    let (head, _) = text.split_once("log:").expect("a log");
    let log = "log:\n  - {at: 2026-10-30 09:00, event: resolved, by: dora, note: Told}\n  - {at: 2026-10-31 09:00, event: closed, by: dora}\n";
    project.write(path, format!("{head}{log}"));
    let balance = |as_of: &str| pack(&project.root(), "weekly", "2026-11-04", as_of)["balance"].clone();
    let row = |opening: u64, received: u64| {
        json!({"opening": opening, "received": received, "reopened": 0, "closed": 0, "voided": 0, "redirected": 0,
               "closing": opening + received})
    };
    assert_eq!(balance("2026-10-25 09:00"), row(1, 0));
    assert_eq!(balance("2026-11-04 10:00"), row(0, 1));
}

/// Since Nov 10 the meeting is on Thursdays at nine, and a reply has three working days.
#[test]
fn later_settings_do_not_judge_old_work() {
    let root = case("versions");
    let meeting = |on| pack(&root, "weekly", on, "2026-12-03")["meeting"].clone();
    assert_eq!(meeting("2026-11-04"), "2026-11-04T10:00");
    assert_eq!(meeting("2026-11-12"), "2026-11-12T09:00");
    run(&root, &["pack", "weekly", "--on", "2026-11-11", "--as-of", "2026-12-03"]).ended(2);
    let pack = pack(&root, "weekly", "2026-11-19", "2026-12-03");
    let due = |id| find(&pack["outstanding"], "id", id)["next_due"]["due"].clone();
    assert_eq!(
        (due("HEAT-1"), due("HEAT-2"), due("HEAT-3")),
        (json!("2026-11-10"), json!("2026-11-16"), json!("2026-11-12"))
    );
}

/// Made on Nov 4: 1 (done on Nov 12), 2 (due Nov 10), 3 (due Nov 18); made on Nov 12: 4 (due Nov 20).
#[test]
fn action_items_are_in_one_list_each() {
    let lists = |on, as_of| {
        let actions = &pack(&case("actions"), "weekly", on, as_of)["actions"];
        let ids = |list: &str| only(&actions[list], &["id"]).as_array().expect("rows").len();
        let first = |list: &str| actions[list][0]["id"].as_str().map(|id| id[7..].to_owned()).unwrap_or_default();
        ["overdue", "open", "new", "done"].map(|list| (ids(list), first(list)))
    };
    let none = || (0, String::new());
    let one = |id: &str| (1, id.to_owned());
    // Nothing is known of what the meeting itself will agree on.
    assert_eq!(lists("2026-11-04", "2026-12-01"), [none(), none(), none(), none()]);
    // Done on the meeting's own day: not open any more, and told in the next pack.
    assert_eq!(lists("2026-11-11", "2026-12-01"), [one("002"), none(), one("003"), none()]);
    assert_eq!(lists("2026-11-18", "2026-12-01"), [one("002"), one("003"), one("004"), one("001")]);
    assert_eq!(lists("2026-11-25", "2026-11-19 09:00"), [(2, "002".to_owned()), one("004"), none(), none()]);
}

#[test]
fn an_empty_project_has_packs() {
    let root = case("empty");
    for kind in ["weekly", "monthly"] {
        let pack = run(&root, &["pack", kind, "--as-of", "2026-11-16 09:00", "--format", "json"]).ended(0).json();
        has(
            &pack,
            json!({
                "preliminary": true, "as_of": "2026-11-16T09:00",
                "balance": {"opening": 0, "received": 0, "reopened": 0, "closed": 0, "voided": 0, "redirected": 0,
                            "closing": 0},
                "new": [], "closed": [], "reopened": [], "outstanding": [], "changes": [], "nitc": [], "lapses": [],
                "ageing": {"0-7": 0, "8-14": 0, "15-30": 0, "31-60": 0, "61+": 0},
                "times_to_resolve": {"count": 0, "median": null, "p90": null, "max": null},
                "first_contact": {"answered": 0, "of": 0},
            }),
        );
        assert_eq!(pack["compliance"].as_array().map(Vec::len), Some(6));
        holds_the_names_of_the_contract(&pack);
    }
    let csv = run(&root, &["pack", "weekly", "--as-of", "2026-11-16", "--format", "csv"]).ended(0);
    assert_eq!(csv.stdout().lines().count(), 1);
    let pdf = run(&root, &["pack", "weekly", "--as-of", "2026-11-16", "--format", "pdf"]).ended(0);
    assert!(pdf.out.starts_with(b"%PDF-"));
}

#[test]
fn a_ticket_of_an_unknown_subject_is_in_the_months_lists_too() {
    let project = crate::support::Project::copy_of(&case("figures"));
    let path = "data/tickets/2026/HEAT-1.yaml";
    project.write(path, project.read(path).replace("subject: scorecard", "subject: scorecrad"));
    let month = ["pack", "monthly", "--on", "2026-10-08", "--as-of", "2026-11-01"];
    let pack = project.run(&[&month[..], &["--format", "json"]].concat()).ended(1).json();
    let rows = &pack["monthly"]["by_subject"];
    assert_eq!(
        only(rows, &["subject", "kind", "outstanding"]),
        json!([
            {"subject": "scorecard", "kind": "module", "outstanding": ["HEAT-7", "HEAT-10", "HEAT-9"]},
            {"subject": "scorecrad", "kind": "unknown", "outstanding": ["HEAT-1"]},
        ])
    );
    for format in ["html", "pdf"] {
        project.run(&[&month[..], &["--format", format]].concat()).ended(1);
    }
}

#[test]
fn a_pocs_page_names_the_changes_that_a_ticket_waits_for_now() {
    let month = |on: &str, as_of: &str| {
        let pack = pack(&case("changes"), "monthly", on, as_of);
        pack["monthly"]["poc_pages"][0]["tickets"][0]["stands"].as_str().expect("a sentence").to_owned()
    };
    let nothing_yet = month("2026-11-12", "2026-11-04 09:00");
    assert!(nothing_yet.contains("preparing the change request"), "{nothing_yet}");
    // 8 and 9 are withdrawn and 10 is rejected by then; 1 has no entry yet.
    let later = month("2026-12-10", "2026-11-18 10:00");
    for id in 1..=12 {
        let is_named = later.contains(&format!("CR-2026-{id:03}"));
        assert_eq!(is_named, ![1, 8, 9, 10, 12].contains(&id), "{id}: {later}");
    }
}

/// What a member of the contract is.
enum Is {
    Text,
    /// A whole number.
    Count,
    /// A number, which may end in .5.
    Number,
    Bool,
    /// That, or null.
    Maybe(&'static Is),
    /// A list of that.
    List(&'static Is),
    Object(&'static [(&'static str, Is)]),
}

use Is::{Bool, Count, List, Maybe, Number, Object, Text};

/// `docs/reference/json.md`.
const CONTRACT: &[(&str, Is)] = &[
    ("format", Text),
    ("kind", Text),
    ("meeting", Text),
    ("as_of", Text),
    ("preliminary", Bool),
    ("period", Object(&[("after", Text), ("through", Text)])),
    (
        "balance",
        Object(&[
            ("opening", Count),
            ("received", Count),
            ("reopened", Count),
            ("closed", Count),
            ("voided", Count),
            ("redirected", Count),
            ("closing", Count),
        ]),
    ),
    ("new", List(&Text)),
    ("closed", List(&Text)),
    ("reopened", List(&Text)),
    (
        "outstanding",
        List(&Object(&[
            ("id", Text),
            ("subject", Text),
            ("poc", Text),
            ("state", Text),
            ("holder", Text),
            ("age_days", Count),
            ("last_contact", Maybe(&Text)),
            ("attention", Text),
            ("next_due", Maybe(&Object(&[("clock", Text), ("due", Text)]))),
        ])),
    ),
    ("ageing", Object(&[("0-7", Count), ("8-14", Count), ("15-30", Count), ("31-60", Count), ("61+", Count)])),
    (
        "compliance",
        List(&Object(&[("clock", Text), ("met", Count), ("late", Count), ("overdue", Count), ("waived", Count)])),
    ),
    (
        "times_to_resolve",
        Object(&[("count", Count), ("median", Maybe(&Number)), ("p90", Maybe(&Count)), ("max", Maybe(&Count))]),
    ),
    ("first_contact", Object(&[("answered", Count), ("of", Count)])),
    (
        "changes",
        List(&Object(&[
            ("id", Text),
            ("state", Text),
            ("approvals", Count),
            ("quorum", Count),
            ("waiting_for", List(&Text)),
        ])),
    ),
    (
        "nitc",
        List(&Object(&[
            ("heat", Maybe(&Text)),
            ("nitc_number", Text),
            ("status", Text),
            ("state", Maybe(&Text)),
            ("mismatch", List(&Text)),
        ])),
    ),
    ("lapses", List(&Object(&[("rule", Text), ("record", Text), ("on", Text)]))),
];

fn holds(value: &Json, is: &Is, at: &str) {
    let fits = match is {
        Text => value.is_string(),
        Count => value.is_u64(),
        Number => value.is_number(),
        Bool => value.is_boolean(),
        Maybe(is) => {
            if !value.is_null() {
                holds(value, is, at);
            }
            true
        }
        List(is) => {
            for element in value.as_array().unwrap_or_else(|| panic!("{at} is no list: {value}")) {
                holds(element, is, at);
            }
            true
        }
        Object(members) => {
            for (name, is) in *members {
                let member = value.get(name).unwrap_or_else(|| panic!("{at} has no `{name}`: {value}"));
                holds(member, is, &format!("{at}.{name}"));
            }
            true
        }
    };
    assert!(fits, "{at}: {value}");
}

fn holds_the_names_of_the_contract(pack: &Json) {
    holds(pack, &Object(CONTRACT), "pack");
    let clocks: Vec<&Json> = pack["compliance"].as_array().expect("rows").iter().map(|row| &row["clock"]).collect();
    assert_eq!(clocks, ["reply", "follow-up", "nitc-response", "relay", "raise-cr", "forward-cr"]);
}

/// Every number of a pack can be followed to the list that it counts.
#[track_caller]
fn every_count_has_its_list(pack: &Json) {
    let count = |list: &str| pack[list].as_array().expect("a list").len() as u64;
    let balance = |name: &str| pack["balance"][name].as_u64().expect("a count");
    assert_eq!(balance("received"), count("new"));
    assert_eq!(balance("closed"), count("closed"));
    assert_eq!(balance("reopened"), count("reopened"));
    assert_eq!(balance("closing"), count("outstanding"));
    assert_eq!(
        balance("opening") + balance("received") + balance("reopened"),
        balance("closing") + balance("closed") + balance("voided") + balance("redirected")
    );
    let bands: u64 = pack["ageing"].as_object().expect("bands").values().filter_map(Json::as_u64).sum();
    assert_eq!(bands, count("outstanding"));
    assert_eq!(pack["first_contact"]["of"], balance("received"));
    assert!(pack["times_to_resolve"]["count"].as_u64() <= Some(balance("closed")));
    let by_office: usize = pack["lapses_by_office"]
        .as_array()
        .expect("offices")
        .iter()
        .map(|group| group["lapses"].as_array().map_or(0, Vec::len))
        .sum();
    assert_eq!(by_office as u64, count("lapses"));
    if let Some(rows) = pack["monthly"]["by_subject"].as_array() {
        let listed: usize = rows.iter().map(|row| row["outstanding"].as_array().map_or(0, Vec::len)).sum();
        assert_eq!(listed as u64, count("outstanding"));
    }
    // What a list names is described in the pack.
    for list in ["new", "closed", "reopened"] {
        for id in pack[list].as_array().expect("a list") {
            assert!(pack["tickets"].get(id.as_str().expect("an id")).is_some(), "{id}");
        }
    }
}

#[test]
fn the_sample_years_packs_hold_the_contract() {
    for (kind, on) in [("weekly", "2026-11-18"), ("weekly", "2026-04-22"), ("monthly", "2026-11-12")] {
        let pack = pack(&sample(), kind, on, "2026-11-20");
        holds_the_names_of_the_contract(&pack);
        every_count_has_its_list(&pack);
    }
    for name in ["figures", "changes", "nitc", "meetings"] {
        let pack = run(&case(name), &["pack", "weekly", "--as-of", "2026-11-20", "--format", "json"]).ended(0).json();
        holds_the_names_of_the_contract(&pack);
        every_count_has_its_list(&pack);
    }
}

#[test]
fn a_pack_of_html_fetches_nothing() {
    for (root, kind) in
        [(case("empty"), "weekly"), (case("empty"), "monthly"), (sample(), "weekly"), (sample(), "monthly")]
    {
        let run = run(&root, &["pack", kind, "--as-of", "2026-11-20", "--format", "html"]).ended(0);
        let html = run.stdout();
        assert!(html.starts_with("<!doctype html>") && html.contains("Content-Security-Policy"), "{kind}");
        let policy = html.split("Content-Security-Policy\" content=\"").nth(1).and_then(|rest| rest.split('"').next());
        assert!(
            policy.is_some_and(
                |policy| policy.contains("default-src &#39;none&#39;") || policy.contains("default-src 'none'")
            ),
            "{policy:?}"
        );
        for fetching in [
            " src=",
            "@import",
            "url(",
            "srcset=",
            "<iframe",
            "<object",
            "<embed",
            "rel=\"stylesheet\"",
            "fetch(",
            "XMLHttpRequest",
        ] {
            assert!(!html.contains(fetching), "{kind}: {fetching}");
        }
        for target in html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let stays = target.starts_with('#') || target.starts_with("data:,");
            let leads = ["https://", "http://", "mailto:"].iter().any(|scheme| target.starts_with(scheme));
            assert!(stays || leads, "{kind}: {target}");
        }
        for link in html.split("<link").skip(1) {
            assert!(link.starts_with(" rel=\"icon\" href=\"data:,\""), "{link:.80}");
        }
    }
}

#[test]
fn every_list_that_is_empty_says_so() {
    for kind in ["weekly", "monthly"] {
        let run = run(&case("empty"), &["pack", kind, "--as-of", "2026-11-16", "--format", "html"]).ended(0);
        let html = run.stdout();
        for table in html.split("<tbody>").skip(1).filter_map(|rest| rest.split("</tbody>").next()) {
            assert!(table.contains("<tr"), "{kind}: a table without rows");
        }
        for list in ["<ul>", "<ol>"] {
            for items in html.split(list).skip(1) {
                assert!(items.trim_start().starts_with("<li"), "{kind}: a list without items: {items:.60}");
            }
        }
        // Every section says something beneath its heading.
        for section in html.split("<section").skip(1).filter_map(|rest| rest.split("</section>").next()) {
            let after = section.rsplit("</h2>").next().unwrap_or("");
            let text: String = after.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect();
            assert!(text.chars().filter(|c| c.is_alphabetic()).count() > 5, "{kind}: {section:.200}");
        }
    }
}

#[test]
fn a_cell_that_looks_like_a_formula_is_harmless() {
    let project = crate::support::Project::copy_of(&case("figures"));
    let path = "data/tickets/2026/HEAT-1.yaml";
    for (title, cell) in [
        ("=HYPERLINK(\"https://example.org\",\"x\")", "'=HYPERLINK("),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
    ] {
        let text = project.read(path);
        let quoted = format!("title: '{title}'\n");
        let text: String = text
            .split_inclusive('\n')
            .map(|line| if line.starts_with("title:") { quoted.as_str() } else { line })
            .collect();
        project.write(path, text);
        let run =
            project.run(&["pack", "weekly", "--on", "2026-10-21", "--as-of", "2026-11-01", "--format", "csv"]).ended(0);
        assert!(run.stdout().starts_with("\u{feff}number,title,"), "{}", run.stdout());
        let mut reader = csv::Reader::from_reader(run.out.as_slice());
        let row = reader.records().flatten().find(|row| &row[0] == "HEAT-1").expect("the ticket's row");
        assert!(row[1].starts_with(cell), "{}", &row[1]);
    }
}

#[test]
fn a_pdf_is_tagged_and_bears_its_language_and_title() {
    let root = case("figures");
    let run =
        run(&root, &["pack", "weekly", "--on", "2026-10-21", "--as-of", "2026-11-01", "--format", "pdf"]).ended(0);
    assert!(run.out.starts_with(b"%PDF-"));
    let text = String::from_utf8_lossy(&run.out);
    for part in ["/MarkInfo", "/Marked true", "/Lang", "/StructTreeRoot", "/Title", "/DisplayDocTitle true", "pdfuaid"]
    {
        assert!(text.contains(part), "no {part}");
    }
    assert!(text.contains("MITS Status Meeting"), "the title");
}

/// A ticket of which a pack shows only a lapse: a link to it leads to where the page names it, or is none.
#[test]
fn a_ticket_that_no_list_shows_is_no_dead_link() {
    let project = Project::copy_of(&case("changes"));
    let ticket = |id: &str, log: &[&str]| {
        let of_id = |line: &str| if line.starts_with("id: ") { format!("id: {id}") } else { line.to_owned() };
        let head = project.read("data/tickets/2026/HEAT-1.yaml");
        let head: Vec<String> = head.lines().take_while(|line| *line != "log:").map(of_id).collect();
        let log: String = log.iter().map(|entry| format!("  - {{{entry}}}\n")).collect();
        project.write(&format!("data/tickets/2026/{id}.yaml"), format!("{}\nlog:\n{log}", head.join("\n")));
    };
    let excepted =
        "event: voided, by: dora, note: Asked twice, exception: {rule: reply-late, reason: R, allowed_by: ada}";
    // Its exception excuses nothing, which is a lapse.
    ticket("HEAT-20", &[&format!("at: 2026-11-02 10:00, {excepted}")]);
    let reopened = [
        "at: 2026-11-02 10:00, event: resolved, by: dora, note: Done",
        "at: 2026-11-03 10:00, event: closed, by: dora",
        "at: 2026-11-13 10:00, event: reopened, by: dora, note: Not so",
        &format!("at: 2026-11-13 11:00, {excepted}"),
    ];
    ticket("HEAT-21", &reopened);
    for (kind, on, id) in [("weekly", "2026-11-18", "HEAT-21"), ("monthly", "2026-11-12", "HEAT-20")] {
        let made = |file: &str| {
            let arguments = ["pack", kind, "--on", on, "--as-of", "2026-12-01", "-o", file];
            // Other records of the case have errors.
            project.run(&arguments).ended(1);
            std::fs::read(project.root().join(file)).expect("the pack")
        };
        let html = String::from_utf8(made("pack.html")).expect("a page");
        assert!(html.contains(&format!("href=\"#{id}\"")), "{kind}: {id} is linked");
        for target in html.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(html.contains(&format!("id=\"{target}\"")), "{kind}: nothing has the id {target}");
        }
        assert!(made("pack.pdf").starts_with(b"%PDF-"), "{kind}");
    }
}
