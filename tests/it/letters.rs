//! The letters of the process: a reply, a ticket to NITC, votes, an approved CR, minutes. Each is read back, and says what
//! its reader needs; none is drafted where it does not fit.

use std::fs;

use mailparse::{MailHeaderMap, ParsedMail, parse_mail};

use crate::mail::{AS_OF, addresses, entry, project, text, ticket};
use crate::support::{Project, Run, files};

const PAT: &str = "email: pat@example.org";

/// Runs `mail`, and gives the draft and what was printed.
#[track_caller]
fn draft(project: &Project, as_of: &str, arguments: &[&str]) -> (Vec<u8>, Run) {
    let said = project.run(&[&["mail"], arguments, &["-o", "letter.eml", "--as-of", as_of]].concat()).ended(0);
    (fs::read(project.root().join("letter.eml")).expect("the draft"), said)
}

fn both(mail: &ParsedMail) -> (String, String) {
    let body = mail.subparts.iter().find(|part| part.ctype.mimetype == "multipart/alternative").unwrap_or(mail);
    (text(&body.subparts[0]), text(&body.subparts[1]))
}

fn header(mail: &ParsedMail, name: &str) -> String {
    mail.headers.get_first_value(name).unwrap_or_default()
}

fn emails(mail: &ParsedMail) -> Vec<String> {
    addresses(mail).into_iter().map(|(_, address)| address).collect()
}

/// A text without its line breaks.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The help desk can be reached, and the project is otherwise that of `tickets`.
fn desk(tickets: &[String]) -> Project {
    let project = project("Pat Sample", PAT, tickets);
    project.write(
        "data/heatpack.yaml",
        "help_desk: {phone: 202-555-0100, email: helpdesk@example.org, hours: \"7 a.m. to 5 p.m.\"}\n",
    );
    project
}

fn change(log: &str) -> String {
    format!(
        "id: CR-2026-001\ntitle: Move the lookup\nsubject: scorecard\ntickets: [HEAT-21]\nprepared_by: kfoster\n\
         priority: routine\nrisk: low\neffort: 3 days\nrequested_for: 2026-12-15\ndescription: Move **it**.\n\
         justification: Q4 is missing.\nimpact: It goes on.\nsecurity_impact: None.\ntest_plan: Export FY26.\n\
         rollback_plan: Switch back.\nlog:{log}\n"
    )
}

/// A ticket that waits for a code change, whose POC was told of it on the 9th.
fn waiting() -> String {
    let log = [
        entry("2026-11-02 10:00", "follow-up", "tnguyen", ""),
        entry("2026-11-02 11:00", "forwarded", "tnguyen", ""),
        entry("2026-11-03 11:00", "acknowledged", "rpatel", ", nitc_ref: N-21"),
        entry("2026-11-04 11:00", "researched", "rpatel", ", outcome: code-change, note: The lookup moves."),
        entry("2026-11-09 11:00", "follow-up", "tnguyen", ""),
    ];
    ticket(21, "pat", "Export drops Q4", "2026-11-02 09:00", &log.concat())
}

fn vote(project: &Project, decision: &str, at: &str, reason: &str) {
    let date = &at[..10];
    let text = format!("cr: CR-2026-001\nby: mlee\nat: {at}\ndecision: {decision}\n{reason}");
    project.write(&format!("data/decisions/CR-2026-001/{date}-mlee.yaml"), text);
}

const SUBMITTED: &str = "\n  - {at: 2026-11-10 10:00, event: submitted, by: kfoster}";

#[test]
fn a_reply_has_number_question_status_next_step_and_date() {
    let project = desk(&[ticket(12, "pat", "Two people, one form", "2026-11-17 16:00", " []")]);
    let (bytes, said) = draft(&project, AS_OF, &["reply", "12"]);
    assert_eq!(
        said.stdout(),
        "letter.eml: to Pat Sample\n1 draft; nothing was sent\nwhen sent: heatpack sent letter.eml\n"
    );
    let mail = parse_mail(&bytes).expect("a mail");
    assert_eq!(header(&mail, "Subject"), "HEAT-12: Two people, one form");
    assert_eq!(header(&mail, "X-Heatpack-Event"), "follow-up");
    assert!(header(&mail, "X-Heatpack-Records").starts_with("HEAT-12=0."));
    assert_eq!(emails(&mail), ["pat@example.org"]);
    let (plain, html) = both(&mail);
    let order = [
        "Dear Pat Sample,",
        "Thank you for your inquiry of Tue, Nov 17, 2026. Its ticket number is HEAT-12.",
        "You asked: It fails.",
        "Status: The MITS Help Desk has been working on it",
        "Next step: We will answer it",
        "We will update you by Wed, Nov 25, 2026",
        "MITS Help Desk",
        "Phone: 202-555-0100",
        "Email: helpdesk@example.org",
        "Hours: 7 a.m. to 5 p.m.",
    ];
    let words = flat(&plain);
    let places: Vec<usize> =
        order.iter().map(|part| words.find(part).unwrap_or_else(|| panic!("{part}: {plain}"))).collect();
    // The desk's name is in the status too: its own place is the last one.
    assert!(places[..6].is_sorted() && places[7..].is_sorted() && places[5] < places[7], "{plain}");
    assert!(!plain.contains("\n\n\n") && plain.lines().all(|line| line.chars().count() <= 72), "{plain}");
    assert!(html.contains("202-555-0100") && html.contains("It fails."), "{html}");
    // By default it goes beside the other drafts.
    project.run(&["mail", "reply", "HEAT-12", "--as-of", AS_OF]).ended(0);
    let names: Vec<String> = files(&project.root().join("output/mail")).into_keys().collect();
    assert_eq!(names, ["2026-11-18-reply-HEAT-12.eml"]);
}

#[test]
fn a_letter_has_the_answer_and_no_one_will_call() {
    let log = [
        entry("2026-11-10 10:00", "follow-up", "tnguyen", ""),
        entry("2026-11-10 11:00", "forwarded", "tnguyen", ""),
        entry("2026-11-17 15:00", "researched", "rpatel", ", outcome: answer, note: The form **closes** at noon."),
    ];
    let told = entry("2026-11-18 09:00", "resolved", "tnguyen", ", note: Use the button at the top.");
    let answered = ticket(14, "pat", "Closing", "2026-11-10 09:00", &log.concat());
    let resolved = ticket(15, "pat", "Opening", "2026-11-10 09:00", &[log.concat(), told].concat());
    let project = desk(&[answered, resolved]);
    for (id, answer, status) in [
        ("14", "Answer:\n    The form closes at noon.\n", "Status: NITC answered on Tue, Nov 17, 2026."),
        (
            "15",
            "Answer:\n    Use the button at the top.\n",
            "Status: You received the resolution on Wed, Nov 18, 2026.",
        ),
    ] {
        let (bytes, _) = draft(&project, AS_OF, &["reply", id]);
        let (plain, html) = both(&parse_mail(&bytes).expect("a mail"));
        assert!(plain.contains(answer) && plain.contains(status), "{plain}");
        assert!(plain.contains("What we need from you: "), "{plain}");
        for text in [&plain, &html] {
            assert!(!text.contains("call") && !text.contains("will contact you"), "{text}");
        }
    }
}

#[test]
fn a_letter_says_why_a_ticket_waits_what_is_new_and_what_is_expected() {
    let project = desk(&[waiting()]);
    project.write("data/crs/CR-2026-001.yaml", change(SUBMITTED));
    vote(&project, "defer", "2026-11-12 15:00", "reason: The log-on service is decided first.\n");
    let words = |as_of: &str| {
        let (bytes, _) = draft(&project, as_of, &["reply", "21"]);
        flat(&both(&parse_mail(&bytes).expect("a mail")).0)
    };
    let text = words(AS_OF);
    for part in [
        "received Mon, Nov 2, 2026, 9:00 a.m., open for 16 days",
        "We apologize that this update is late: it was due Mon, Nov 16, 2026.",
        "for CR-2026-001 (Move the lookup), which is with the CFMSCCB.",
        "The CFMSCCB deferred CR-2026-001 on Thu, Nov 12, 2026. The log-on service is decided first.",
        "Since we last wrote (Mon, Nov 9, 2026): Tue, Nov 10, 2026: CR-2026-001: submitted to the board \
         Thu, Nov 12, 2026: CR-2026-001: deferred",
        "The code change is requested for Tue, Dec 15, 2026.",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    // The date of NITC's report comes before that of the CR, as long as it is to come.
    let report =
        "report_date,nitc_number,heat_number,status,expected_date\n2026-11-16,N-21,HEAT-21,in work,2026-11-27\n";
    project.write("data/nitc/2026-11-16.csv", report);
    let text = words(AS_OF);
    assert!(
        text.contains("NITC expects to finish by Fri, Nov 27, 2026, by its report of Mon, Nov 16, 2026."),
        "{text}"
    );
    assert!(!text.contains("requested for"), "{text}");
    let text = words("2026-11-30 09:00");
    assert!(!text.contains("expects") && text.contains("requested for Tue, Dec 15, 2026"), "{text}");
    // On the day of an update there is nothing to apologize for.
    assert!(!words("2026-11-09 12:00").contains("apologize"));
}

#[test]
fn a_ticket_goes_to_nitc_with_what_is_asked_back() {
    let mut own = ticket(12, "pat", "Two people, one form", "2026-11-17 16:00", " []");
    own = own.replace("log:", "first_line: Tried *both* browsers.\nlog:");
    let project = desk(&[own]);
    let (bytes, said) = draft(&project, AS_OF, &["forward", "HEAT-12"]);
    assert!(said.stdout().contains("when sent: heatpack sent letter.eml"), "{}", said.stdout());
    let mail = parse_mail(&bytes).expect("a mail");
    assert_eq!(header(&mail, "Subject"), "[HEAT-12] Two people, one form");
    assert_eq!(header(&mail, "X-Heatpack-Event"), "forwarded");
    assert_eq!(emails(&mail), ["rpatel@example.org"]);
    let (plain, html) = both(&mail);
    for part in
        ["Description:\n  It fails.", "What the POC tried first:\n  Tried both browsers.", "Reported by Pat Sample"]
    {
        assert!(plain.contains(part), "{plain}");
    }
    assert!(html.contains("<em>both</em>"), "{html}");
    // Two days from Wednesday.
    assert!(plain.contains("What we need from you by Fri, Nov 20, 2026:\n  1. Acknowledge the ticket"), "{plain}");
    project.write("data/heatpack.yaml", "deadlines: {nitc_response: none}\n");
    let (bytes, _) = draft(&project, AS_OF, &["forward", "12", "--to", "Queue <queue@example.org>"]);
    let mail = parse_mail(&bytes).expect("a mail");
    assert!(both(&mail).0.contains("What we need from you:\n"));
    assert_eq!(emails(&mail), ["queue@example.org"]);
}

#[test]
fn the_letter_of_a_cr_follows_its_state() {
    let project = desk(&[waiting()]);
    project.write("data/crs/CR-2026-001.yaml", change(" []"));
    let refused = |as_of: &str| {
        let said = project.run(&["mail", "cr", "CR-2026-001", "--as-of", as_of]).ended(1);
        assert!(said.out.is_empty() && files(&project.root().join("output")).is_empty());
        said.stderr
    };
    assert_eq!(
        refused(AS_OF),
        "error: CR-2026-001 is draft\nhelp: submit it with `heatpack log CR-2026-001 submitted`; then this letter asks \
         the CFMSCCB for votes\n"
    );
    project.write("data/crs/CR-2026-001.yaml", change(SUBMITTED));
    let (bytes, said) = draft(&project, AS_OF, &["cr", "cr-2026-001"]);
    assert!(!said.stdout().contains("when sent"), "{}", said.stdout());
    let mail = parse_mail(&bytes).expect("a mail");
    assert_eq!(emails(&mail), ["mlee@example.org"]);
    assert_eq!(
        (header(&mail, "X-Heatpack-Event"), header(&mail, "X-Heatpack-Records")),
        ("none".into(), String::new())
    );
    let (plain, html) = both(&mail);
    let command = "heatpack sign CR-2026-001 --decision approve --as mlee";
    assert!(plain.contains(&format!("  Morgan Placeholder:\n    {command}\n")), "{plain}");
    assert!(html.contains(command) && html.contains("Move <strong>it</strong>."), "{html}");
    assert!(plain.contains("changes/CR-2026-001.html") && plain.contains("\nDescription:\n  Move it.\n"), "{plain}");

    vote(&project, "approve", "2026-11-17 15:00", "");
    project.write("signed.pdf", "%PDF-1.7 é");
    let (bytes, said) = draft(&project, AS_OF, &["cr", "CR-2026-001", "--attach", "signed.pdf"]);
    assert!(said.stdout().contains("when sent: heatpack sent letter.eml"), "{}", said.stdout());
    let mail = parse_mail(&bytes).expect("a mail");
    assert_eq!(emails(&mail), ["rpatel@example.org"]);
    assert_eq!(header(&mail, "X-Heatpack-Event"), "forwarded");
    assert!(header(&mail, "X-Heatpack-Records").starts_with("CR-2026-001=1."));
    assert_eq!(mail.ctype.mimetype, "multipart/mixed");
    // The document of the CR, its evidence, and the file that was given.
    let files: Vec<(String, String, Vec<u8>)> = mail.subparts[1..].iter().map(attached).collect();
    let kinds: Vec<(&str, &str)> = files.iter().map(|(name, kind, _)| (name.as_str(), kind.as_str())).collect();
    assert_eq!(
        kinds,
        [
            ("CR-2026-001.pdf", "application/pdf"),
            ("CR-2026-001.zip", "application/zip"),
            ("signed.pdf", "application/pdf")
        ]
    );
    assert!(files[0].2.starts_with(b"%PDF-1.7\n") && files[1].2.starts_with(b"PK"));
    assert!(files[2].2 == "%PDF-1.7 é".as_bytes());
    let (plain, _) = both(&mail);
    let attached = "Attached:\n  CR-2026-001.pdf\n  CR-2026-001.zip\n  signed.pdf\n";
    assert!(plain.contains("The CFMSCCB approved CR-2026-001") && plain.contains(attached), "{plain}");

    // What was not submitted is neither voted on nor forwarded.
    let edited = change(SUBMITTED).replace("Q4 is missing.", "Q4 and Q3 are missing.");
    let digest = format!(", digest: \"sha256:{}\"}}", "0".repeat(64));
    project.write("data/crs/CR-2026-001.yaml", edited.replace("by: kfoster}", &format!("by: kfoster{digest}")));
    assert!(refused(AS_OF).contains("CR-2026-001 was edited since it was submitted"));
    let forwarded = format!("{SUBMITTED}\n  - {{at: 2026-11-17 16:00, event: forwarded, by: kfoster}}");
    project.write("data/crs/CR-2026-001.yaml", change(&forwarded));
    assert!(refused(AS_OF).contains("error: CR-2026-001 is with NITC\nhelp: run `heatpack mail follow-ups`"));
}

#[test]
fn minutes_go_to_those_who_attended() {
    let project = desk(&[waiting()]);
    project.write("data/crs/CR-2026-001.yaml", change(SUBMITTED));
    vote(&project, "approve", "2026-11-17 15:00", "");
    let meeting = "kind: weekly\ndate: 2026-11-18\nchair: tnguyen\nattendees: [rpatel, pat]\nguests: [Sam Visitor]\n\
                   reviewed: all\nminutes: We **agreed**.\nactions:\n  - {id: A-2026-002, what: Send the dates, owner: nitc, \
                   due: 2026-11-25}\n  - {id: A-2026-001, what: Ask NITC, owner: tnguyen, due: 2026-11-20}\n";
    project.write("data/meetings/2026-11-18-weekly.yaml", meeting);
    let as_of = "2026-11-18 12:00";
    let said = project.run(&["mail", "minutes", "2026-11-18", "--as-of", as_of]).ended(1);
    assert!(said.stderr.contains("has no minutes yet\nhelp: enter them in data/meetings/2026-11-18-weekly.yaml"));
    project.write("data/meetings/2026-11-18-weekly.yaml", format!("{meeting}held: true\n"));
    for arguments in [&["minutes", "latest"][..], &["minutes", "2026-11-18", "weekly"]] {
        let (bytes, _) = draft(&project, as_of, arguments);
        let mail = parse_mail(&bytes).expect("a mail");
        assert_eq!(header(&mail, "Subject"), "Minutes: MITS Status Meeting, Wed, Nov 18, 2026");
        assert_eq!(emails(&mail), ["pat@example.org", "rpatel@example.org", "tnguyen@example.org"]);
        let (plain, html) = both(&mail);
        for part in [
            "Chair: Taylor Nominal",
            "Attendees: Robin Pattern, Pat Sample",
            "Guests: Sam Visitor",
            "We agreed.",
            "CR-2026-001, Move the lookup: approved on Tue, Nov 17, 2026.",
            "A-2026-001: Ask NITC\n    Taylor Nominal, due Fri, Nov 20, 2026\n  A-2026-002: Send the dates\n    NITC, due Wed, Nov 25",
            "Next meeting: Wed, Nov 25, 2026, 10:00 a.m.",
        ] {
            assert!(plain.contains(part), "{part}: {plain}");
        }
        assert!(html.contains("<strong>agreed</strong>"), "{html}");
    }
    for (arguments, status) in [(&["latest", "monthly"][..], 2), (&["2026-11-19"], 2), (&["soon"], 2)] {
        project.run(&[&["mail", "minutes"], arguments, &["--as-of", as_of]].concat()).ended(status);
    }
}

/// The name, media type and bytes of an attachment.
fn attached(part: &mailparse::ParsedMail) -> (String, String, Vec<u8>) {
    let name = part.get_content_disposition().params["filename"].clone();
    (name, part.ctype.mimetype.clone(), part.get_body_raw().expect("bytes"))
}

#[test]
fn a_letter_that_does_not_fit_is_refused_and_writes_nothing() {
    let log = [
        entry("2026-11-10 10:00", "resolved", "tnguyen", ", note: Done."),
        entry("2026-11-10 11:00", "closed", "tnguyen", ""),
    ];
    let closed = ticket(16, "pat", "Done", "2026-11-10 09:00", &log.concat());
    let project = desk(&[closed, waiting()]);
    for (arguments, status, said) in [
        (&["reply", "16"][..], 1, "HEAT-16 is closed"),
        (&["forward", "16"], 1, "HEAT-16 is closed and cannot be forwarded now"),
        (&["forward", "21"], 1, "HEAT-21 is waiting for a code change"),
        (&["reply", "17"], 2, "no ticket `17`"),
        (&["cr", "CR-2026-009"], 2, "no change request `CR-2026-009`"),
        (&["reply", "21", "-o", "data/tickets/letter.eml"], 2, "is only for records"),
    ] {
        let run = project.run(&[&["mail"], arguments, &["--as-of", AS_OF]].concat()).ended(status);
        assert!(run.out.is_empty() && run.stderr.contains(said), "{}", run.stderr);
    }
    assert!(!project.root().join("output").exists() && !project.root().join("data/tickets/letter.eml").exists());
}

#[test]
fn hostile_text_stays_text_in_every_letter() {
    let title = "\"</h2><script>alert(1)</script> \\u202e Bcc: evil@example.com\\u0085X-Evil: 1 \\u00e9\"";
    let mut own = ticket(12, "pat", title, "2026-11-17 16:00", " []");
    own = own.replace(
        "description: It fails.",
        "description: \"<img src=x onerror=alert(1)> {{ mail }} [a](javascript:x)\"",
    );
    let project = desk(&[own, waiting()]);
    project.write("data/crs/CR-2026-001.yaml", change(SUBMITTED).replace("Move the lookup", title));
    project.write("data/heatpack.yaml", "help_desk: {phone: \"<b>1</b>\", hours: \"\\u202e <script>\"}\n");
    let letters: [&[&str]; 4] = [&["reply", "12"], &["forward", "12"], &["cr", "CR-2026-001"], &["reply", "21"]];
    for arguments in letters {
        let (bytes, _) = draft(&project, AS_OF, arguments);
        let end = bytes.windows(4).position(|run| run == b"\r\n\r\n").expect("a head");
        let head = std::str::from_utf8(&bytes[..end]).expect("text");
        assert!(head.is_ascii() && head.split("\r\n").all(|line| line.len() <= 78), "{head}");
        let mail = parse_mail(&bytes).expect("a mail");
        assert!(mail.headers.iter().all(|own| !["bcc", "x-evil"].contains(&own.get_key().to_lowercase().as_str())));
        let (plain, html) = both(&mail);
        assert!(!html.contains("<script") && !html.contains("<img") && !html.contains("<b>1"), "{html}");
        assert!(!html.contains("href=\"javascript"), "{html}");
        assert!(!plain.contains('\u{202e}') && !html.contains('\u{85}'), "{plain}");
    }
}
