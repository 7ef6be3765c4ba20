//! `heatpack sent`: the entries of a round of letters, all of them or none; a letter that no longer holds is refused.

use std::collections::BTreeMap;

use crate::mail::{AS_OF, BOARD, STAFF, SUBJECTS, entry, poc, project, ticket, tickets};
use crate::support::terminal::Terminal;
use crate::support::{Project, Run, files};

const PAT: &str = "email: pat@example.org";
const SENT: &str = "2026-11-18 10:30";
const DRAFT: &str = "output/mail/2026-11-18-pat.eml";

/// A project with a draft to `pat` about three tickets.
#[track_caller]
fn drafted() -> Project {
    let project = project("Pat Sample", PAT, &tickets());
    project.run(&["mail", "follow-ups", "--as-of", AS_OF]).ended(0);
    project
}

fn sent(project: &Project, arguments: &[&str]) -> Run {
    project.run(&[&["sent"], arguments, &["--by", "tnguyen", "--as-of", SENT]].concat())
}

fn records(project: &Project) -> BTreeMap<String, Vec<u8>> {
    files(&project.root().join("data"))
}

/// Holds that it is refused with these words, and that no record changed.
#[track_caller]
fn refused(project: &Project, arguments: &[&str], said: &str) {
    let before = records(project);
    let run = sent(project, arguments).ended(1);
    assert!(run.stderr.contains(said), "{said}: {}", run.stderr);
    assert!(run.stderr.ends_with("nothing was written\n") || run.stderr.contains("nothing was written: "));
    assert!(run.out.is_empty() && records(project) == before, "{}", run.stdout());
}

fn log(project: &Project, arguments: &[&str]) {
    project.run(&[&["log"], arguments, &["--by", "tnguyen", "--as-of", "2026-11-18 10:15"]].concat()).ended(0);
}

#[test]
fn every_ticket_of_a_letter_gets_its_entry() {
    let project = drafted();
    let before = records(&project);
    let run = sent(&project, &[DRAFT]).ended(0);
    let lines: Vec<&str> = run.stdout().lines().collect();
    assert_eq!(
        lines,
        ["HEAT-11", "HEAT-12", "HEAT-13"].map(|id| format!(
            "{id}: follow-up, Wed, Nov 18, 2026, 10:30, by Taylor Nominal; now: open; next action: MITS Help Desk; next: \
             follow-up due Wed, Nov 25, 2026"
        ))
    );
    for (path, old) in before {
        let new = project.read(&format!("data/{path}"));
        let old = String::from_utf8(old).expect("text");
        let entry = "  - at: 2026-11-18 10:30\n    event: follow-up\n    by: tnguyen\n";
        match path.contains("HEAT-") {
            true => assert!(new.ends_with(entry) && new.starts_with(old.trim_end_matches(" []\n").trim_end()), "{new}"),
            false => assert_eq!(new, old),
        }
    }
    project.run(&["check", "--as-of", SENT]).ended(0);
    // The same letter again is one too many.
    refused(
        &project,
        &[DRAFT],
        "HEAT-11: the letter no longer holds: it has a newer entry (follow-up, Wed, Nov 18, 2026, 10:30)",
    );
}

#[test]
fn time_and_person_are_those_of_log() {
    let project = drafted();
    sent(&project, &[DRAFT, "--at", "09:59"]).ended(0);
    assert!(project.read("data/tickets/2026/HEAT-13.yaml").contains("at: 2026-11-18 09:59"));
    let project = drafted();
    let run = project.run(&["sent", DRAFT, "--as-of", SENT]).ended(2);
    assert!(run.stderr.contains("`follow-up` needs --by STAFF (tnguyen), or HEATPACK_STAFF"), "{}", run.stderr);
    let run = project.run(&["sent", DRAFT, "--by", "tnguyen", "--as-of", "2026-11-18"]).ended(2);
    assert!(run.stderr.contains("--at 14:30"), "{}", run.stderr);
}

#[test]
fn entries_that_would_be_errors_are_refused_together() {
    let project = drafted();
    for (by, at, rule) in [
        ("nosuch", "10:30", "unknown-reference"),
        ("rpatel", "10:30", "wrong-office"),
        ("tnguyen", "10:31", "future-event"),
        ("tnguyen", "2026-11-16 10:00", "event-order"),
        ("tnguyen", "noon", "invalid-value"),
    ] {
        let before = records(&project);
        let run = project.run(&["sent", DRAFT, "--by", by, "--at", at, "--as-of", SENT]).ended(1);
        assert!(run.stderr.contains(&format!("error[{rule}]")), "{rule}: {}", run.stderr);
        assert!(records(&project) == before && run.out.is_empty());
    }
}

#[test]
fn a_letter_that_no_longer_holds_is_refused() {
    for (arguments, newest) in [
        (&["HEAT-12", "forwarded"][..], "forwarded to NITC"),
        (&["HEAT-12", "resolved", "--note", "Done."], "resolved with the POC"),
        (&["HEAT-12", "note", "--note", "NITC is late."], "note"),
        (&["HEAT-12", "follow-up"], "follow-up"),
    ] {
        let project = drafted();
        log(&project, arguments);
        let said =
            format!("HEAT-12: the letter no longer holds: it has a newer entry ({newest}, Wed, Nov 18, 2026, 10:15)");
        refused(&project, &[DRAFT], &said);
    }
    // A waiver says nothing to the POC.
    let project = drafted();
    log(&project, &["HEAT-11", "waived", "--clock", "follow-up", "--until", "2026-11-18", "--note", "On leave."]);
    sent(&project, &[DRAFT]).ended(0);
    // An edit of an entry changes what the letter says.
    let project = drafted();
    let path = "data/tickets/2026/HEAT-13.yaml";
    project.write(path, project.read(path).replace("2026-11-17 09:00", "2026-11-17 09:01"));
    refused(&project, &[DRAFT], "HEAT-13: the letter no longer holds: its log was edited");
    // Other records are no matter, nor is another layout of the same one.
    let project = drafted();
    project.write(path, format!("# A comment\n{}", project.read(path)));
    project.write("data/tickets/2026/HEAT-19.yaml", ticket(19, "pat", "New", "2026-11-18 10:05", " []"));
    sent(&project, &[DRAFT]).ended(0);
    let project = drafted();
    project.remove(path);
    refused(&project, &[DRAFT], "HEAT-13: no such record here");
    let project = drafted();
    project.write(path, project.read(path).replace("kind: issue", "kind: none"));
    refused(&project, &[DRAFT], "HEAT-13: the record has errors");
}

#[test]
fn a_ticket_may_be_answered_and_forwarded_in_one_round() {
    let project = drafted();
    for what in ["reply", "forward"] {
        project.run(&["mail", what, "12", "-o", &format!("{what}.eml"), "--as-of", AS_OF]).ended(0);
    }
    refused(&project, &[DRAFT, "reply.eml"], "reply.eml: HEAT-12 is in output/mail/2026-11-18-pat.eml too");
    let run = sent(&project, &["forward.eml", "reply.eml"]).ended(0);
    assert_eq!(
        run.stdout(),
        "HEAT-12: follow-up, Wed, Nov 18, 2026, 10:30, by Taylor Nominal\n\
         HEAT-12: forwarded to NITC, Wed, Nov 18, 2026, 10:30, by Taylor Nominal; now: with NITC; next action: NITC; next: \
         NITC's initial response due Fri, Nov 20, 2026\n"
    );
    project.run(&["check", "--as-of", SENT]).ended(0);
    // What the POC was told changes nothing of what NITC is asked; that it went to NITC changes what the POC is told.
    for (first, then, status) in [("reply.eml", "forward.eml", 0), ("forward.eml", "reply.eml", 1)] {
        let project = drafted();
        for what in ["reply", "forward"] {
            project.run(&["mail", what, "12", "-o", &format!("{what}.eml"), "--as-of", AS_OF]).ended(0);
        }
        sent(&project, &[first]).ended(0);
        sent(&project, &[then]).ended(status);
    }
}

#[test]
fn an_approved_cr_is_forwarded_with_the_digest_of_its_round() {
    let log = [
        entry("2026-11-02 10:00", "follow-up", "tnguyen", ""),
        entry("2026-11-02 11:00", "forwarded", "tnguyen", ""),
        entry("2026-11-03 11:00", "acknowledged", "rpatel", ", nitc_ref: N-21"),
        entry("2026-11-04 11:00", "researched", "rpatel", ", outcome: code-change, note: It moves."),
        entry("2026-11-17 11:00", "follow-up", "tnguyen", ""),
    ];
    let project = project("Pat Sample", PAT, &[ticket(21, "pat", "Export", "2026-11-02 09:00", &log.concat())]);
    let cr = "id: CR-2026-001\ntitle: Move it\nsubject: scorecard\ntickets: [HEAT-21]\nprepared_by: kfoster\n\
              priority: routine\nrisk: low\neffort: 3 days\ndescription: a\njustification: b\nimpact: c\nsecurity_impact: d\n\
              test_plan: e\nrollback_plan: f\nlog: []\n";
    project.write("data/crs/CR-2026-001.yaml", cr);
    project.run(&["log", "CR-2026-001", "submitted", "--by", "kfoster", "--as-of", "2026-11-10 10:00"]).ended(0);
    let vote = "cr: CR-2026-001\nby: mlee\nat: 2026-11-17 15:00\ndecision: approve\n";
    project.write("data/decisions/CR-2026-001/2026-11-17-mlee.yaml", vote);
    project.run(&["mail", "cr", "CR-2026-001", "-o", "cr.eml", "--as-of", AS_OF]).ended(0);
    project.run(&["mail", "follow-ups", "--as-of", "2026-11-23 09:00"]).ended(0);
    let run = project.run(&["sent", "cr.eml", "--by", "kfoster", "--as-of", SENT]).ended(0);
    assert!(
        run.stdout().starts_with("CR-2026-001: forwarded to NITC, Wed, Nov 18, 2026, 10:30, by Kim"),
        "{}",
        run.stdout()
    );
    let text = project.read("data/crs/CR-2026-001.yaml");
    let digests: Vec<&str> = text.lines().filter(|line| line.trim().starts_with("digest: sha256:")).collect();
    assert!(digests.len() == 2 && digests[0] == digests[1], "{text}");
    // The POC was to be told that the board is at it.
    let draft = "output/mail/2026-11-23-pat.eml";
    refused(
        &project,
        &[draft],
        "HEAT-21: the letter no longer holds: its change requests have changed (CR-2026-001: with NITC)",
    );
    // A vote that came back undoes the approval.
    project.write("data/crs/CR-2026-001.yaml", text.split("  - at: 2026-11-18").next().expect("the text"));
    project.run(&["mail", "cr", "CR-2026-001", "-o", "cr.eml", "--as-of", AS_OF]).ended(0);
    let vote = "cr: CR-2026-001\nby: mlee\nat: 2026-11-18 10:10\ndecision: return\nreason: Not yet.\n";
    project.write("data/decisions/CR-2026-001/2026-11-18-mlee.yaml", vote);
    refused(&project, &["cr.eml"], "its text or its votes have changed; it is now: returned");
}

#[test]
fn only_the_headers_count() {
    let project = drafted();
    let draft = String::from_utf8(std::fs::read(project.root().join(DRAFT)).expect("the draft")).expect("text");
    let (head, _) = draft.split_once("\r\n\r\n").expect("a head");
    // As a mail program saves it: other headers, another order, other line ends, another body.
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let mut lines: Vec<&str> = unfolded.split("\r\n").filter(|line| !line.starts_with("Content")).collect();
    lines.reverse();
    let resaved = format!(
        "Received: from x\n\tby y\nFrom: tnguyen@example.org\n{}\n\nDear Pat, in short: no.\n",
        lines.join("\n")
    );
    project.write("resaved.eml", resaved.replace("X-Heatpack", "x-heatpack"));
    sent(&project, &["resaved.eml"]).ended(0);

    let project = drafted();
    let without = |name: &str| {
        let lines = unfolded.split("\r\n").filter(|line| !line.starts_with(name)).collect::<Vec<_>>();
        format!("{}\r\n\r\nbody\r\n", lines.join("\r\n"))
    };
    for (name, text) in [
        ("event.eml", without("X-Heatpack-Event")),
        ("records.eml", without("X-Heatpack-Records")),
        ("twice.eml", format!("X-Heatpack-Event: forwarded\r\n{draft}")),
        ("other.eml", "Subject: Hello\r\n\r\nX-Heatpack-Event: follow-up\r\n".to_owned()),
        ("empty.eml", String::new()),
    ] {
        project.write(name, text);
        refused(
            &project,
            &[DRAFT, name],
            &format!("error: {name} has no valid headers X-Heatpack-Event and X-Heatpack-Records"),
        );
    }
    project.write("mail.msg", b"\xd0\xcf\x11\xe0\xa1\xb1");
    refused(&project, &["mail.msg"], "mail.msg is an Outlook message, not an .eml file");
    sent(&project, &["missing.eml"]).ended(2);
    sent(&project, &[]).ended(2);
    // A record of another project, and one that the event is not for.
    project.write("event.eml", draft.replace("HEAT-12=", "HEAT-77="));
    refused(&project, &["event.eml"], "HEAT-77: no such record here");
    project.write("event.eml", draft.replace("X-Heatpack-Event: follow-up", "X-Heatpack-Event: closed"));
    refused(&project, &["event.eml"], "has no valid headers");
}

#[test]
fn letters_without_an_entry_are_named() {
    let project = drafted();
    let meeting = "kind: weekly\ndate: 2026-11-18\nattendees: [pat]\nheld: true\n";
    project.write("data/meetings/2026-11-18-weekly.yaml", meeting);
    project.run(&["mail", "minutes", "latest", "-o", "minutes.eml", "--as-of", SENT]).ended(0);
    let run = sent(&project, &["minutes.eml"]).ended(0);
    assert_eq!(run.stdout(), "minutes.eml: nothing to enter for this letter\n");
    let run = sent(&project, &["minutes.eml", DRAFT]).ended(0);
    assert!(run.stdout().starts_with("minutes.eml: nothing to enter for this letter\nHEAT-11: follow-up"));
}

#[test]
fn a_file_that_changed_meanwhile_keeps_every_other_as_it_was() {
    let project = drafted();
    // A ticket that no entry can be added to: its log is one line with a comment in it.
    let path = "data/tickets/2026/HEAT-13.yaml";
    let before = records(&project);
    std::fs::remove_file(project.root().join(path)).expect("a file");
    std::fs::create_dir(project.root().join(path)).expect("a folder");
    sent(&project, &[DRAFT]).ended(1);
    for id in ["11", "12"] {
        let path = format!("tickets/2026/HEAT-{id}.yaml");
        assert_eq!(project.read(&format!("data/{path}")).as_bytes(), before[&path]);
    }
}

#[test]
fn a_round_of_many_letters_is_one_command() {
    let project = Project::of(&[("staff.yaml", STAFF), ("subjects.yaml", SUBJECTS), ("board.yaml", BOARD)]);
    for own in 0..20 {
        let id = format!("p{own}");
        project.write(&format!("data/pocs/{id}.yaml"), poc(&id, "Pat Sample", &format!("email: {id}@example.org")));
        for number in 0..3 {
            let number = 100 + own * 3 + number;
            let text = ticket(number, &id, "Export", "2026-11-17 16:00", " []");
            project.write(&format!("data/tickets/2026/HEAT-{number}.yaml"), text);
        }
    }
    let said = project.run(&["mail", "follow-ups", "--as-of", AS_OF]).ended(0);
    let line = said.stdout().lines().last().and_then(|line| line.strip_prefix("when sent: heatpack ")).expect("a line");
    let words: Vec<&str> = line.split(' ').collect();
    assert_eq!(words.len(), 21);
    let run = project.run(&[&words, &["--by", "tnguyen", "--as-of", SENT][..]].concat()).ended(0);
    assert_eq!(run.stdout().lines().count(), 60);
    project.run(&["check", "--as-of", SENT]).ended(0);
}

#[test]
fn on_a_terminal_it_asks_before_it_writes() {
    let arguments = ["sent", DRAFT, "--by", "tnguyen", "--as-of", SENT];
    let project = drafted();
    let before = records(&project);
    let mut terminal = Terminal::run(&project.root(), 120, &arguments);
    terminal.waits_for("2026-11-18-pat.eml: follow-up for HEAT-11, HEAT-12, HEAT-13");
    terminal.answers("Enter 3 entries of 2026-11-18 10:30? [y/N]", "n");
    let (status, said) = terminal.ends();
    assert!(status == 1 && said.contains("nothing was written") && records(&project) == before, "{said}");
    let mut terminal = Terminal::run(&project.root(), 120, &arguments);
    terminal.answers("[y/N]", "y");
    assert_eq!(terminal.ends().0, 0);
    assert!(project.read("data/tickets/2026/HEAT-13.yaml").contains("at: 2026-11-18 10:30"));
    let project = drafted();
    let (status, said) = Terminal::run(&project.root(), 120, &[&arguments[..], &["--yes"]].concat()).ends();
    assert!(status == 0 && !said.contains("[y/N]"), "{said}");
}
