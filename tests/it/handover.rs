//! A POC whose designation ends: what names their successor, and the event that hands a ticket over to them.

use crate::support::{Project, files};
use serde_json::Value as Json;

const TICKET: &str = "data/tickets/2026/HEAT-10423.yaml";

const STAFF: &str = "- {id: tnominal, name: Taylor Nominal, office: help-desk}\n- {id: rpattern, name: Robin Pattern, office: nitc}\n\
                     - {id: kfoster, name: Kim Specimen, office: acfo-fs}\n";

/// Jordan Rivera is a POC until Nov 15, Nina New from Nov 16 on.
fn project(log: &str) -> Project {
    let project = Project::of(&[
        ("heatpack.yaml", "starts: 2026-10-01\n"),
        ("subjects.yaml", "- {id: scorecard, name: Scorecard, kind: module}\n"),
        ("staff.yaml", STAFF),
        (
            "pocs/jrivera.yaml",
            "id: jrivera\nname: Jordan Rivera\nemail: jrivera@example.org\ndesignations:\n  \
             - {subject: scorecard, role: primary, from: 2025-10-01, until: 2026-11-15}\n",
        ),
        (
            "pocs/nnew.yaml",
            "id: nnew\nname: Nina New\nemail: nnew@example.org\ndesignations:\n  \
             - {subject: scorecard, role: primary, from: 2026-11-16}\n",
        ),
        (
            "pocs/bbackup.yaml",
            "id: bbackup\nname: Bo Backup\nemail: bbackup@example.org\ndesignations:\n  \
             - {subject: scorecard, role: backup, from: 2025-01-01}\n",
        ),
    ]);
    project.write(
        TICKET,
        format!(
            "id: HEAT-10423\ntitle: Export drops the last quarter\nsubject: scorecard\nkind: issue\narea: functional\n\
             poc: jrivera\nreceived: 2026-11-02 09:14\nvia: [phone]\ndescription: Q4 is missing.\nlog:\n{log}"
        ),
    );
    project
}

const TOLD: &str = "  - {at: 2026-11-02 10:00, event: follow-up, by: tnominal}\n  \
                    - {at: 2026-11-10 10:00, event: follow-up, by: tnominal}\n";
const HANDED: &str = "  - {at: 2026-11-17 09:00, event: handed-over, by: tnominal, poc: nnew}\n";

fn hand_over(project: &Project, poc: &str, at: &str, more: &[&str]) -> crate::support::Run {
    let own = ["log", "10423", "handed-over", "--poc", poc, "--by", "tnominal", "--as-of", at];
    project.run(&[&own[..], more].concat())
}

fn pack(project: &Project, on: &str, as_of: &str) -> Json {
    crate::support::pack(&project.root(), "weekly", on, as_of)
}

#[test]
fn the_successor_is_named_until_the_ticket_is_handed_over() {
    let project = project(TOLD);
    let at = "2026-11-17 08:00";
    let check = project.run(&["check", "--as-of", at]).ended(0);
    assert!(
        check.stdout().contains("lapse[poc-without-designation]: jrivera, the POC of HEAT-10423"),
        "{}",
        check.stdout()
    );
    let help =
        "hand the ticket over to Nina New, the primary POC now: `heatpack log HEAT-10423 handed-over --poc nnew`";
    assert!(check.stdout().contains(help), "{}", check.stdout());
    let mail = project.run(&["mail", "follow-ups", "--as-of", at, "-o", "drafts"]).ended(0);
    let to_do = "HEAT-10423: Jordan Rivera has not been a POC for Scorecard since Mon, Nov 16, 2026: hand over to Nina New, \
                 the primary POC (`heatpack log HEAT-10423 handed-over --poc nnew`)";
    assert!(mail.stderr.contains(to_do), "{}", mail.stderr);
    let draft = project.read("drafts/2026-11-17-jrivera.eml").replace("=\r\n", "").replace("\r\n", " ");
    assert!(draft.contains("You are no longer a POC for Scorecard"), "{draft}");
    let item = |pack: &Json| {
        let groups = pack["attention_groups"].as_array().expect("groups").iter();
        groups
            .filter(|group| group["key"] == "handovers")
            .flat_map(|group| group["items"].as_array().expect("items"))
            .count()
    };
    let before = pack(&project, "2026-11-18", at);
    assert_eq!((item(&before), &before["outstanding"][0]["poc"]), (1, &Json::from("jrivera")));
    // While they were designated there was nothing to say.
    assert_eq!(item(&pack(&project, "2026-11-11", "2026-11-11 10:00")), 0);

    let run = hand_over(&project, "nnew", "2026-11-17 09:00", &[]).ended(0);
    assert!(run.stdout().starts_with("HEAT-10423: handed over to another POC, POC Nina New, "), "{}", run.stdout());
    let text = project.read(TICKET);
    assert!(text.contains("poc: jrivera\n"), "the caller stays: {text}");
    assert!(text.ends_with("event: handed-over\n    by: tnominal\n    poc: nnew\n"), "{text}");
    let later = "2026-11-17 10:00";
    let check = project.run(&["check", "--as-of", later]).ended(0);
    assert!(!check.stdout().contains("poc-without-designation"), "{}", check.stdout());
    project.run(&["mail", "follow-ups", "--as-of", later, "-o", "later"]).ended(0);
    assert_eq!(files(&project.root().join("later")).into_keys().collect::<Vec<_>>(), ["2026-11-17-nnew.eml"]);
    let after = pack(&project, "2026-11-18", later);
    assert_eq!((item(&after), &after["outstanding"][0]["poc"]), (0, &Json::from("nnew")));
    assert_eq!(after["tickets"]["HEAT-10423"]["poc"], "nnew");
    // What was so before the handover is unchanged, though it is on record now.
    assert_eq!(pack(&project, "2026-11-18", at)["outstanding"], before["outstanding"]);
}

#[test]
fn pages_and_show_tell_who_has_it_and_who_called() {
    let project = project(&format!("{TOLD}{HANDED}"));
    let show = |id: &str, at: &str| project.run(&["show", id, "--as-of", at]).ended(0).stdout().to_owned();
    let text = show("10423", "2026-11-17 10:00");
    assert!(text.contains("Nina New (nnew) since Tue, Nov 17, 2026; Jordan Rivera (jrivera) called"), "{text}");
    assert!(show("10423", "2026-11-17 08:59").contains("Jordan Rivera (jrivera)\n"));
    assert!(show("nnew", "2026-11-17 10:00").contains("HEAT-10423"));
    assert!(!show("jrivera", "2026-11-17 10:00").contains("HEAT-10423"));
    assert!(show("jrivera", "2026-11-17 08:59").contains("HEAT-10423"));

    project.run(&["build", "--as-of", "2026-11-17 10:00"]).ended(0);
    let page = project.read("output/tickets/HEAT-10423.html");
    for words in ["handed over to another POC", "Nina New", "received from Jordan Rivera"] {
        assert!(page.contains(words), "{words}");
    }
    assert!(project.read("output/pocs/nnew.html").contains("HEAT-10423"));
    assert!(!project.read("output/pocs/jrivera.html").contains("HEAT-10423"));
    // A search for either of them finds it.
    for name in ["nina new", "jordan rivera"] {
        let arguments = ["search", name, "--as-of", "2026-11-17 10:00", "--format", "json"];
        let found = project.run(&arguments).ended(0).json();
        let results = found["results"].as_array().expect("results");
        assert!(results.iter().any(|hit| hit["id"] == "HEAT-10423"), "{name}: {found}");
    }
}

#[test]
fn it_can_be_handed_over_in_every_outstanding_state_and_moves_nothing() {
    let steps = [
        ("", "open"),
        ("  - {at: 2026-11-11 09:00, event: forwarded, by: tnominal}\n", "with-nitc"),
        (
            "  - {at: 2026-11-12 09:00, event: researched, by: rpattern, outcome: code-change, note: It moves.}\n",
            "awaiting-change",
        ),
        ("  - {at: 2026-11-12 10:00, event: returned, by: tnominal, note: Taken back.}\n", "open"),
        ("  - {at: 2026-11-12 11:00, event: forwarded, by: tnominal}\n", "with-nitc"),
        (
            "  - {at: 2026-11-13 09:00, event: researched, by: rpattern, outcome: answer, note: A setting.}\n",
            "answered",
        ),
        ("  - {at: 2026-11-13 10:00, event: resolved, by: tnominal, note: Set it.}\n", "resolved"),
    ];
    let mut log = TOLD.to_owned();
    for (entry, state) in steps {
        log.push_str(entry);
        let project = project(&log);
        let row = |project: &Project| pack(project, "2026-11-18", "2026-11-18 09:00")["outstanding"][0].clone();
        let before = row(&project);
        assert_eq!(before["state"], state);
        hand_over(&project, "nnew", "2026-11-17 09:00", &[]).ended(0);
        let mut after = row(&project);
        assert_eq!(after["poc"], "nnew", "{state}");
        after["poc"] = before["poc"].clone();
        assert_eq!(after, before, "{state}: neither the state nor a clock moves");
    }
    let over = [
        ("closed", "  - {at: 2026-11-14 09:00, event: closed, by: tnominal}\n"),
        ("voided", "  - {at: 2026-11-14 09:00, event: voided, by: tnominal, note: Twice.}\n"),
    ];
    for (state, entry) in over {
        let project = project(&format!("{log}{entry}"));
        let run = hand_over(&project, "nnew", "2026-11-17 09:00", &[]).ended(1);
        let why = format!("error[transition-forbidden]: `handed-over` is not allowed while HEAT-10423 is `{state}`");
        assert!(run.stderr.contains(&why), "{}", run.stderr);
    }
}

#[test]
fn only_a_designated_poc_takes_it_over_unless_it_is_an_exception() {
    let project = project(TOLD);
    let before = files(&project.root());
    let refused = |poc: &str, at: &str, why: &str| {
        let run = hand_over(&project, poc, at, &[]).ended(1);
        assert!(run.stderr.contains(why), "{}", run.stderr);
        assert_eq!(files(&project.root()), before);
    };
    let why = "--poc: error[contact-not-designated]: nnew was not a designated POC for scorecard on Sun, Nov 15, 2026, the \
               date of the handover; correct --poc (designated: `bbackup`, `jrivera`), or add `--force --reason TEXT \
               --allowed-by ID`";
    refused("nnew", "2026-11-15 09:00", why);
    refused("nnwe", "2026-11-17 09:00", "--poc: error[unknown-reference]: no POC `nnwe`; did you mean `--poc nnew`?");
    let run = project.run(&["log", "10423", "handed-over", "--by", "tnominal", "--as-of", "2026-11-17 09:00"]).ended(1);
    assert!(run.stderr.contains("; add --poc"), "{}", run.stderr);
    let force = ["--force", "--reason", "She stands in.", "--allowed-by", "tnominal"];
    hand_over(&project, "nnew", "2026-11-15 09:00", &force).ended(0);
    let check = project.run(&["check", "--as-of", "2026-11-17 09:00"]).ended(0);
    assert!(check.stdout().contains("lapse[contact-not-designated]"), "{}", check.stdout());
}

#[test]
fn a_pull_request_tells_to_whom_it_is_handed_over() {
    let project = project(TOLD);
    crate::support::git::commit(&project.root());
    hand_over(&project, "nnew", "2026-11-17 09:00", &[]).ended(0);
    let run = project.run(&["review", "--base", "HEAD", "--as-of", "2026-11-17 09:00"]).ended(0);
    assert!(run.stdout().contains("handed over to nnew"), "{}", run.stdout());
}

#[test]
fn a_changed_poc_field_is_told_of_the_event() {
    let project = project(TOLD);
    crate::support::git::commit(&project.root());
    project.write(TICKET, project.read(TICKET).replace("poc: jrivera", "poc: bbackup"));
    let run = project.run(&["check", "--base", "HEAD", "--as-of", "2026-11-17 09:00"]).ended(1);
    assert!(run.stdout().contains("enter `handed-over` for another POC"), "{}", run.stdout());
}
