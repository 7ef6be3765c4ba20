//! Drafts of mail: read back by another library, part by part; nothing in them is chance, and no text gets into their
//! heads by way of a record.

use std::fs;
use std::path::Path;

use crate::support::{Project, case, files, run, sample};
use mailparse::{MailAddr, MailHeaderMap, ParsedMail, addrparse_header, parse_mail};

pub const AS_OF: &str = "2026-11-18 10:00";

pub const STAFF: &str = "- {id: tnguyen, name: Taylor Nominal, office: help-desk, email: tnguyen@example.org}\n\
                     - {id: rpatel, name: Robin Pattern, office: nitc, email: rpatel@example.org}\n\
                     - {id: kfoster, name: Kim Fosterling, office: acfo-fs}\n\
                     - {id: gone, name: Blair Gone, office: help-desk, email: gone@example.org, until: 2026-01-31}\n";
pub const SUBJECTS: &str = "- {id: scorecard, name: Scorecard, kind: module}\n";
pub const BOARD: &str = "terms:\n  - {from: 2024-10-01, quorum: 1, chair_required: false, signatures: optional}\n\
                     members:\n  - {id: mlee, name: Morgan Placeholder, email: mlee@example.org, chair: true}\n";

pub fn poc(id: &str, name: &str, contact: &str) -> String {
    format!(
        "id: {id}\nname: {name}\n{contact}\ndesignations:\n  - {{subject: scorecard, role: backup, from: 2025-10-01}}\n"
    )
}

pub fn ticket(number: u32, poc: &str, title: &str, received: &str, log: &str) -> String {
    format!(
        "id: HEAT-{number}\ntitle: {title}\nsubject: scorecard\nkind: issue\narea: functional\npoc: {poc}\n\
         received: {received}\nvia: [phone]\ndescription: It fails.\nlog:{log}\n"
    )
}

pub fn entry(at: &str, event: &str, by: &str, rest: &str) -> String {
    format!("\n  - {{at: {at}, event: {event}, by: {by}{rest}}}")
}

/// A project whose POC `pat` has these name, contact and tickets.
pub fn project(name: &str, contact: &str, tickets: &[String]) -> Project {
    let project = Project::of(&[("staff.yaml", STAFF), ("subjects.yaml", SUBJECTS), ("board.yaml", BOARD)]);
    project.write("data/pocs/pat.yaml", poc("pat", name, contact));
    for text in tickets {
        let id = text.lines().next().and_then(|line| line.strip_prefix("id: ")).expect("an id");
        project.write(&format!("data/tickets/2026/{id}.yaml"), text);
    }
    project
}

/// A ticket whose follow-up is due on November 18, one that waits for a first word, and one that is at rest.
pub fn tickets() -> Vec<String> {
    let word = entry("2026-11-11 09:00", "follow-up", "tnguyen", "");
    let later = entry("2026-11-17 09:00", "follow-up", "tnguyen", "");
    vec![
        ticket(11, "pat", "Export drops the last quarter", "2026-11-10 09:00", &word),
        ticket(12, "pat", "\"Two people & one <b>form</b>\"", "2026-11-17 16:00", " []"),
        ticket(13, "pat", "Targets cannot differ by quarter", "2026-11-16 09:00", &later),
    ]
}

#[track_caller]
fn drafts(project: &Project) -> Vec<(String, Vec<u8>)> {
    project.run(&["mail", "follow-ups", "--as-of", AS_OF]).ended(0);
    files(&project.root().join("output/mail")).into_iter().collect()
}

pub fn text(part: &ParsedMail) -> String {
    part.get_body().expect("a body").replace("\r\n", "\n")
}

pub fn addresses(mail: &ParsedMail) -> Vec<(String, String)> {
    let header = mail.headers.get_first_header("To").expect("To");
    let list = addrparse_header(header).expect("addresses");
    let one = |address: &MailAddr| match address {
        MailAddr::Single(one) => (one.display_name.clone().unwrap_or_default(), one.addr.clone()),
        MailAddr::Group(group) => panic!("a group: {group:?}"),
    };
    list.iter().map(one).collect()
}

#[test]
fn a_poc_gets_one_draft_of_all_their_tickets_in_text_and_html() {
    let project = project("Pat Sample", "email: pat@example.org", &tickets());
    let said = project.run(&["mail", "follow-ups", "--as-of", AS_OF]).ended(0);
    assert!(said.stdout().ends_with(
        "2026-11-18-pat.eml: 3 tickets of Pat Sample\n1 draft; nothing was sent\n\
         when sent: heatpack sent output/mail/2026-11-18-pat.eml\n"
    ));
    let drafts = drafts(&project);
    let [(name, bytes)] = drafts.as_slice() else { panic!("{} drafts", drafts.len()) };
    assert_eq!(name, "2026-11-18-pat.eml");
    let mail = parse_mail(bytes).expect("a mail");
    let header = |name| mail.headers.get_first_value(name);
    assert_eq!(header("X-Unsent").as_deref(), Some("1"));
    assert_eq!(header("Subject").as_deref(), Some("Your 3 tickets: HEAT-11, HEAT-12, HEAT-13"));
    assert_eq!(header("Date").as_deref(), Some("Wed, 18 Nov 2026 10:00:00 -0500"));
    assert_eq!(header("MIME-Version").as_deref(), Some("1.0"));
    assert_eq!((header("From"), header("Bcc")), (None, None));
    assert_eq!(addresses(&mail), [("Pat Sample".to_owned(), "pat@example.org".to_owned())]);

    assert_eq!(mail.ctype.mimetype, "multipart/alternative");
    let kinds: Vec<_> = mail.subparts.iter().map(|part| part.ctype.mimetype.as_str()).collect();
    assert_eq!(kinds, ["text/plain", "text/html"]);
    let plain = text(&mail.subparts[0]);
    let (due, others) = plain.split_once("Also open, no update due yet:").expect("two groups");
    assert!(
        plain.starts_with("Dear Pat Sample,\n\nHere is the status of your tickets with the MITS Help Desk as of"),
        "{plain}"
    );
    assert!(due.contains(
        "\nHEAT-11: Export drops the last quarter\n  Scorecard, received Tue, Nov 10, 2026, 9:00 a.m., open for 8 days\n"
    ));
    assert!(due.contains("\n  No change since we last wrote (Wed, Nov 11, 2026).\n"), "{plain}");
    assert!(due.contains("\nHEAT-12: Two people & one <b>form</b>\n"), "{plain}");
    assert!(others.contains("\nHEAT-13: ") && !due.contains("HEAT-13"), "{plain}");
    for said in ["Status: The MITS Help Desk has been working on it", "Next step: We will answer it"] {
        assert!(due.contains(said), "{plain}");
    }
    // Nothing is asked of the POC.
    assert!(!plain.contains("What we need from you") && plain.contains("issue becomes urgent or stops."), "{plain}");
    // A week after the word that this draft is, and Wednesday the 25th is worked.
    assert!(plain.contains("We will update you by Wed, Nov 25, 2026"), "{plain}");
    assert!(plain.lines().all(|line| line.chars().count() <= 72), "{plain}");
    assert!(!plain.contains("\n\n\n"), "{plain}");
    let html = text(&mail.subparts[1]);
    assert!(html.contains("Two people &amp; one &lt;b&gt;form&lt;/b&gt;") && !html.contains("<b>form"), "{html}");
}

#[test]
fn only_those_to_whom_word_is_due_get_a_draft() {
    let contact = "email: pat@example.org";
    let rest = tickets().split_off(2);
    let project = project("Pat Sample", contact, &rest);
    let said = project.run(&["mail", "follow-ups", "--as-of", AS_OF]).ended(0);
    assert!(said.stdout().starts_with("no draft"), "{}", said.stdout());
    // Its follow-up is due on the 24th; the working day before is the 23rd.
    for (as_of, count) in [("2026-11-20 09:00", 0), ("2026-11-23 09:00", 1), ("2026-12-15 09:00", 1)] {
        let folder = format!("drafts {as_of}");
        project.run(&["mail", "follow-ups", "-o", &folder, "--as-of", as_of]).ended(0);
        assert_eq!(files(&project.root().join(&folder)).len(), count, "{as_of}");
    }
}

#[test]
fn a_draft_that_does_not_hold_any_more_is_named() {
    let project = project("Pat Sample", "email: pat@example.org", &tickets().split_off(2));
    let mail = |as_of: &str| project.run(&["mail", "follow-ups", "--as-of", as_of]).ended(0).stderr;
    assert_eq!(mail("2026-11-23 09:00"), "");
    project.write("output/mail/2026-11-23-noone.eml", "of no POC");
    project.write("output/mail/letter.eml", "a file of the user");
    assert_eq!(mail("2026-11-23 09:00"), "", "the same draft is due still");
    let said = mail("2026-11-20 09:00");
    assert_eq!(said, "drafts of an earlier run, of which none is due now: delete output/mail/2026-11-23-pat.eml\n");
    assert!(project.root().join("output/mail/2026-11-23-pat.eml").is_file(), "its reader deletes it");
}

#[test]
fn an_answer_goes_to_the_poc_in_the_words_of_its_note() {
    let log = [
        entry("2026-11-10 10:00", "follow-up", "tnguyen", ""),
        entry("2026-11-10 11:00", "forwarded", "tnguyen", ""),
        entry(
            "2026-11-17 15:00",
            "researched",
            "rpatel",
            ", outcome: answer, note: 'The form **closes** at noon. <script>alert(1)</script>'",
        ),
    ];
    let project = project(
        "Pat Sample",
        "email: pat@example.org",
        &[ticket(14, "pat", "Closing", "2026-11-10 09:00", &log.concat())],
    );
    let drafts = drafts(&project);
    let mail = parse_mail(&drafts[0].1).expect("a mail");
    assert_eq!(mail.headers.get_first_value("Subject").as_deref(), Some("HEAT-14: Closing"));
    let (plain, html) = (text(&mail.subparts[0]), text(&mail.subparts[1]));
    assert!(plain.contains("  Answer:\n    The form closes at noon. <script>alert(1)</script>\n"), "{plain}");
    assert!(html.contains("<strong>closes</strong> at noon. &lt;script&gt;"), "{html}");
    assert!(!html.contains("<script"), "{html}");
}

#[test]
fn nobody_gets_into_the_head_of_a_mail() {
    let name = "\"Jos\\u00e9 \\\"X\\\" <evil@example.com>,\\r\\nBcc: evil@example.com\"";
    // A name of several lines is refused; what YAML keeps on one line is not.
    let broken = project(name, "email: pat@example.org", &tickets());
    assert_eq!(broken.run(&["mail", "follow-ups", "--as-of", AS_OF]).status, 1);
    assert!(files(&broken.root().join("output")).is_empty());

    let name = "\"Jos\\u00e9 \\\"X\\\" <evil@example.com>, \\u0085Bcc: evil@example.com\\u0000\\u202e\"";
    let title = "\"Bcc: evil@example.com\\u0085 \\u2028X-Evil: 1 and a title that goes on for long enough to be folded, \\u00e9\"";
    let own = project(name, "email: pat@example.org", &[ticket(15, "pat", title, "2026-11-17 16:00", " []")]);
    let drafts = drafts(&own);
    let mail = parse_mail(&drafts[0].1).expect("a mail");
    let names: Vec<String> = mail.headers.iter().map(|header| header.get_key()).collect();
    let ours = ["X-Heatpack-Event", "X-Heatpack-Records"];
    assert_eq!(
        names,
        ["X-Unsent", "Date", "Message-ID", "Subject", ours[0], ours[1], "To", "MIME-Version", "Content-Type"]
    );
    let to = addresses(&mail);
    assert_eq!(to.len(), 1, "{to:?}");
    assert!(to[0].0.starts_with("José \"X\" <evil@example.com>,") && to[0].1 == "pat@example.org", "{to:?}");
    let head_end = drafts[0].1.windows(4).position(|run| run == b"\r\n\r\n").expect("a head");
    let head = std::str::from_utf8(&drafts[0].1[..head_end]).expect("text");
    assert!(head.is_ascii() && head.split("\r\n").all(|line| line.len() <= 78), "{head}");
    assert!(head.bytes().all(|byte| !byte.is_ascii_control() || b"\r\n".contains(&byte)), "{head}");

    for address in ["a@example.org, evil@example.com", "a@example.org>", "not an address", "pät@example.org"] {
        let own = project("Pat Sample", &format!("email: \"{address}\"\nphone: 202-555-0104"), &tickets());
        let said = own.run(&["mail", "follow-ups", "--as-of", AS_OF]).ended(0);
        assert!(said.stderr.contains("Pat Sample (pat) gets no mail: `"), "{}", said.stderr);
        assert!(files(&own.root().join("output")).is_empty());
    }
}

#[test]
fn a_poc_without_email_is_named_with_what_to_do() {
    let project = project("Pat Sample", "phone: 202-555-0104", &tickets());
    let said = project.run(&["mail", "follow-ups", "--as-of", AS_OF]).ended(0);
    assert_eq!(
        said.stderr,
        "Pat Sample (pat) gets no mail: call 202-555-0104, to be told of HEAT-11, HEAT-12\nwhen told: heatpack log HEAT-11 HEAT-12 follow-up\n"
    );
}

#[test]
fn the_same_records_give_the_same_bytes_and_others_give_another_id() {
    let project = project("Pat Sample", "email: pat@example.org", &tickets());
    let (first, again) = (drafts(&project), drafts(&project));
    assert_eq!(first, again);
    let id = |drafts: &[(String, Vec<u8>)]| {
        let mail = parse_mail(&drafts[0].1).expect("a mail");
        mail.headers.get_first_value("Message-ID").expect("an id")
    };
    assert!(id(&first).ends_with("@heatpack.invalid>"), "{}", id(&first));
    let path = "data/tickets/2026/HEAT-13.yaml";
    project.write(path, project.read(path).replace("Targets", "The targets"));
    assert_ne!(id(&drafts(&project)), id(&first));
}

#[test]
fn a_projects_own_templates_stand_before_ours() {
    let project = project("Pat Sample", "email: pat@example.org", &tickets());
    project.write("templates/mail/follow_up.txt", "Hello {{ mail.to.name }} & {{ mail.due | length }}\n");
    let drafts = drafts(&project);
    let mail = parse_mail(&drafts[0].1).expect("a mail");
    assert_eq!(text(&mail.subparts[0]).trim_end(), "Hello Pat Sample & 2");
    project.write("templates/mail/follow_up.txt", "{{ mail.nothing }}\n");
    let said = project.run(&["mail", "follow-ups", "--as-of", AS_OF]).ended(2);
    assert!(said.stderr.contains("templates/mail/follow_up.txt:1"), "{}", said.stderr);
}

#[test]
fn a_pack_goes_out_with_its_pdf_and_what_needs_attention() {
    let root = sample();
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let mail_of = |name: &str, more: &[&str]| {
        let (file, as_of) = (path(name), "2026-11-18 10:00");
        let arguments = ["mail", "pack", "weekly", "--on", "2026-11-18", "--as-of", as_of, "-o", &file];
        let said = run(&root, &[&arguments[..], more].concat()).ended(0);
        (fs::read(&file).expect("the draft"), said)
    };
    let (bytes, said) = mail_of("a.eml", &["--to", "Zoë \"Z\" Sample <zoe@example.org>", "--to", "x@example.org"]);
    assert_eq!(mail_of("b.eml", &["--to", "Zoë \"Z\" Sample <zoe@example.org>", "--to", "x@example.org"]).0, bytes);
    assert!(said.stdout().is_empty() && said.stderr.is_empty(), "{}", said.stderr);
    let mail = parse_mail(&bytes).expect("a mail");
    let both = |name: &str, address: &str| (name.to_owned(), address.to_owned());
    assert_eq!(addresses(&mail), [both("Zoë \"Z\" Sample", "zoe@example.org"), both("", "x@example.org")]);
    assert_eq!(mail.headers.get_first_value("Subject").as_deref(), Some("MITS Status Meeting, Wed, Nov 18, 2026"));
    assert_eq!(mail.ctype.mimetype, "multipart/mixed");
    let [words, pdf] = mail.subparts.as_slice() else { panic!("{} parts", mail.subparts.len()) };
    let plain = text(words);
    assert!(plain.starts_with("MITS Status Meeting, Wed, Nov 18, 2026, 10:00 a.m.\n"), "{plain}");
    assert!(plain.lines().all(|line| line.chars().count() <= 72), "{plain}");
    let json = crate::support::pack(&root, "weekly", "2026-11-18", "2026-11-18 10:00");
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (page, said) = (&json["page_one"], words(&plain));
    assert!(said.contains(page["headline"].as_str().expect("a headline")), "{plain}");
    assert!(!page["decide"]["asked"].as_array().expect("decisions").is_empty(), "the sample has some");
    for item in page["decide"]["asked"].as_array().into_iter().chain(page["unblock"].as_array()).flatten() {
        assert!(said.contains(item["record"].as_str().expect("a record")), "{item}");
        assert!(said.contains(item["title"].as_str().expect("a title")), "{item}");
    }
    for tile in page["tiles"].as_array().expect("tiles") {
        let figure = format!("{}: {}", tile["title"].as_str().expect("text"), tile["figure"].as_str().expect("text"));
        assert!(said.contains(&figure), "{figure}: {plain}");
    }
    assert_eq!(pdf.ctype.mimetype, "application/pdf");
    assert_eq!(pdf.get_content_disposition().params["filename"], "weekly-2026-11-18.pdf");
    let alone = path("alone.pdf");
    run(&root, &["pack", "weekly", "--on", "2026-11-18", "--as-of", "2026-11-18 10:00", "-o", &alone]).ended(0);
    assert_eq!(pdf.get_body_raw().expect("the PDF"), fs::read(Path::new(&alone)).expect("the PDF"));
}

#[test]
fn without_addresses_a_pack_goes_to_those_who_attend() {
    let project = project("Pat Sample", "email: pat@example.org", &tickets());
    let to = |kind: &str| {
        let said = project.run(&["mail", "pack", kind, "--as-of", AS_OF]).ended(0);
        let all = addresses(&parse_mail(&said.out).expect("a mail"));
        (all.into_iter().map(|(_, address)| address).collect::<Vec<_>>(), said.stderr)
    };
    let (weekly, stderr) = to("weekly");
    assert_eq!(weekly, ["mlee@example.org", "rpatel@example.org", "tnguyen@example.org"]);
    assert_eq!(stderr, "Kim Fosterling (kfoster) gets no mail: no email address is on record\n");
    assert_eq!(to("monthly").0, ["mlee@example.org", "pat@example.org", "rpatel@example.org", "tnguyen@example.org"]);
    let file = "kind: weekly\ndate: 2026-11-18\nchair: tnguyen\nattendees: [pat, rpatel]\n";
    project.write("data/meetings/2026-11-18-weekly.yaml", file);
    assert_eq!(to("weekly").0, ["pat@example.org", "rpatel@example.org", "tnguyen@example.org"]);
}

#[test]
fn what_cannot_be_made_is_refused() {
    let root = case("figures");
    for arguments in [
        &["mail"][..],
        &["mail", "send"],
        &["mail", "pack"],
        &["mail", "pack", "weekly", "--to", "noone"],
        &["mail", "pack", "weekly", "--to", "a@example.org, b@example.org"],
        &["mail", "pack", "weekly", "--on", "2026-11-19"],
    ] {
        let said = run(&root, arguments).ended(2);
        assert!(said.out.is_empty() && !said.stderr.contains("panicked"), "{arguments:?}: {}", said.stderr);
    }
}
