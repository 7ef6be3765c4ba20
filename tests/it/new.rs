//! `heatpack new`: the next free id, a file that editors and people understand, and nothing that `check` refuses.

use std::collections::BTreeSet;
use std::process::Stdio;

use crate::support::{Project, Run, command, files};

const AS_OF: &str = "2026-11-16 14:30";
const TICKET: [&str; 14] = [
    "new",
    "ticket",
    "--subject",
    "scorecard",
    "--poc",
    "pat",
    "--title",
    "Export: #3",
    "--kind",
    "issue",
    "--area",
    "technical",
    "--via",
    "phone,email",
];

fn project() -> Project {
    Project::of(&[
        (
            "subjects.yaml",
            "- {id: scorecard, name: Scorecard, kind: module}\n- {id: ended, name: Ended, kind: module, until: 2026-01-31}\n",
        ),
        (
            "staff.yaml",
            "- {id: dora, name: Dora Desk, office: help-desk}\n- {id: nils, name: Nils Third, office: nitc}\n\
             - {id: ada, name: Ada Sponsor, office: acfo-fs}\n",
        ),
        (
            "pocs/pat.yaml",
            "id: pat\nname: Pat Point\nphone: 202-555-0100\ndesignations:\n  \
             - {subject: scorecard, role: primary, from: 2025-01-01}\n",
        ),
        ("pocs/carl.yaml", "id: carl\nname: Carl Caller\nphone: 202-555-0101\ndesignations: []\n"),
    ])
}

fn new(project: &Project, arguments: &[&str]) -> Run {
    project.run(&[&["--as-of", AS_OF][..], arguments].concat())
}

fn ticket(project: &Project, more: &[&str]) -> Run {
    new(project, &[&TICKET[..], &["--description", "Words."], more].concat())
}

/// Refused or not run: nothing is written.
#[track_caller]
fn writes_nothing(project: &Project, arguments: &[&str], status: i32, why: &str) {
    let before = files(&project.root());
    let run = new(project, arguments).ended(status);
    assert!(run.out.is_empty() && run.stderr.contains(why) && !run.stderr.contains("panicked"), "{}", run.stderr);
    assert_eq!(files(&project.root()), before, "{arguments:?}");
}

#[test]
fn a_ticket_has_the_next_number() {
    let project = project();
    let run = ticket(&project, &["--received", "09:14"]).ended(0);
    assert_eq!(
        run.stdout(),
        "HEAT-1: received Mon, Nov 16, 2026, 09:14 from Pat Point: Export: #3\nnow: open; next action: MITS Help Desk\n\
         next: first reply due Tue, Nov 17, 2026\nfile: data/tickets/2026/HEAT-1.yaml\n"
    );
    assert_eq!(
        project.read("data/tickets/2026/HEAT-1.yaml"),
        "# yaml-language-server: $schema=../../../.heatpack/schemas/ticket.schema.json\nid: HEAT-1\ntitle: \"Export: #3\"\n\
         subject: scorecard\nkind: issue\narea: technical\npoc: pat\nreceived: 2026-11-16 09:14\nvia: [phone, email]\n\
         description: Words.\n## What the POC tried first (Markdown)\n# first_line: |\n\
         # What happens is added with `heatpack log HEAT-1 follow-up` and so on, oldest first.\nlog: []\n"
    );
    // The year of the folder is that of the receipt, and the number goes on across years.
    ticket(&project, &["--id", "10423", "--received", "2025-12-30 10:00"]).ended(0);
    ticket(&project, &["--received", "2026-11-16 10:00"]).ended(0);
    assert!(project.read("data/tickets/2025/HEAT-10423.yaml").contains("\nid: HEAT-10423\n"));
    assert!(project.read("data/tickets/2026/HEAT-10424.yaml").contains("\nid: HEAT-10424\n"));
    // A number in a file that cannot be read is taken all the same.
    project.write("data/tickets/2026/HEAT-10425.yaml", "id: [");
    ticket(&project, &[]).ended(0);
    assert!(project.read("data/tickets/2026/HEAT-10426.yaml").contains("\nid: HEAT-10426\n"));
    project.remove("data/tickets/2026/HEAT-10425.yaml");
    project.run(&["check", "--as-of", AS_OF]).ended(0);
    // And the log begins where the comment says.
    project.run(&["--as-of", AS_OF, "log", "HEAT-1", "follow-up", "--by", "dora"]).ended(0);
    let text = project.read("data/tickets/2026/HEAT-1.yaml");
    assert!(
        text.ends_with("oldest first.\nlog:\n  - at: 2026-11-16 14:30\n    event: follow-up\n    by: dora\n"),
        "{text}"
    );
}

#[test]
fn what_would_be_an_error_is_refused() {
    let project = project();
    let ticket = |more: &[&'static str]| [&TICKET[..], &["--description", "Words."], more].concat();
    writes_nothing(&project, &TICKET, 1, "error[missing-field]: `description` is missing; add --description\n");
    writes_nothing(&project, &TICKET, 1, "to add what is missing, use --description\n");
    writes_nothing(&project, &ticket(&["--received", "2026-11-16 14:31"]), 1, "error[future-event]");
    writes_nothing(&project, &ticket(&["--received", "noon"]), 1, "`noon` is not a date and time");
    writes_nothing(&project, &ticket(&["--first-line", "SSN 219-09-9999"]), 1, "error[possible-personal-data]");
    let other = |flag: &str, value: &'static str| {
        let mut arguments = ticket(&[]);
        let at = arguments.iter().position(|own| *own == flag).expect("a flag");
        arguments[at + 1] = value;
        arguments
    };
    writes_nothing(&project, &other("--poc", "patt"), 1, "did you mean `--poc pat`?");
    writes_nothing(&project, &other("--poc", "carl"), 1, "--force --reason TEXT --allowed-by ID");
    writes_nothing(&project, &other("--subject", "ended"), 1, "error[");
    writes_nothing(&project, &other("--title", ""), 1, "`title` is blank");
    writes_nothing(&project, &other("--kind", "wish"), 2, "possible values: question, issue");
    writes_nothing(&project, &ticket(&["--id", "../../x"]), 2, "is not the id of a ticket");
    // An exception goes on the ticket, before the log.
    let forced =
        [&other("--poc", "carl")[..], &["--force", "--reason", "No POC that day", "--allowed-by", "dora"]].concat();
    let run = new(&project, &forced).ended(0);
    assert!(run.stderr.contains("lapse[contact-not-designated]"), "{}", run.stderr);
    let text = project.read("data/tickets/2026/HEAT-1.yaml");
    let exception = "exception:\n  rule: contact-not-designated\n  reason: No POC that day\n  allowed_by: dora\n# What";
    assert!(text.contains(exception), "{text}");
    writes_nothing(&project, &ticket(&["--id", "HEAT-1"]), 2, "HEAT-1 is there already; the next free id is HEAT-2");
    project.run(&["check", "--as-of", AS_OF]).ended(0);
}

#[test]
fn a_date_as_the_as_of_time_does_not_say_when_a_ticket_came() {
    let project = project();
    let ticket = |as_of: &str, more: &[&str]| {
        project.run(&[&["--as-of", as_of], &TICKET[..], &["--description", "Words."], more].concat())
    };
    let before = files(&project.root());
    let run = ticket("2026-11-18", &[]).ended(2);
    assert!(run.stderr.contains("use --received 09:14"), "{}", run.stderr);
    assert_eq!(files(&project.root()), before);
    ticket("2026-11-18", &["--received", "09:14"]).ended(0);
    assert!(project.read("data/tickets/2026/HEAT-1.yaml").contains("\nreceived: 2026-11-18 09:14\n"));
    ticket("2026-11-18 11:00", &[]).ended(0);
    assert!(project.read("data/tickets/2026/HEAT-2.yaml").contains("\nreceived: 2026-11-18 11:00\n"));
    // What holds no time of day needs none.
    let poc = ["new", "poc", "--name", "Kim Specimen", "--phone", "202-555-0107", "--subject", "scorecard"];
    project.run(&[&["--as-of", "2026-11-18"], &poc[..], &["--role", "backup"]].concat()).ended(0);
    assert!(project.read("data/pocs/kspecimen.yaml").contains("from: 2026-11-18"));
}

#[test]
fn where_there_is_nothing_to_choose_from_it_says_what_to_add_first() {
    let empty = Project::of(&[]);
    let subjects = "no module or initiative is supported today: add one with `heatpack new subject`";
    let pocs = "no POC is on record who could have called: make one with `heatpack new poc`";
    for arguments in [&["new", "ticket"][..], &["new", "ticket", "--title", "Export", "--kind", "issue"]] {
        writes_nothing(&empty, arguments, 2, subjects);
        writes_nothing(&empty, arguments, 2, pocs);
    }
    writes_nothing(&empty, &["new", "cr"], 2, subjects);
    writes_nothing(&empty, &["new", "cr"], 2, "no one from `acfo-fs`");
    // Each is missed alone; what was said is for the rules to judge.
    empty.write("data/subjects.yaml", "- {id: ended, name: Ended, kind: module, until: 2026-01-31}\n");
    writes_nothing(&empty, &["new", "ticket"], 2, subjects);
    empty.write("data/subjects.yaml", "- {id: scorecard, name: Scorecard, kind: module}\n");
    let run = new(&empty, &["new", "ticket"]).ended(2);
    assert!(run.stderr.contains(pocs) && !run.stderr.contains(subjects), "{}", run.stderr);
    let said = [&TICKET[..], &["--description", "Words."]].concat();
    writes_nothing(&empty, &said, 1, "error[unknown-reference]: no POC `pat`");
    // The proposed value fixes it.
    let poc = ["new", "poc", "--name", "Pat Point", "--id", "pat", "--phone", "202-555-0100"];
    new(&empty, &[&poc[..], &["--subject", "scorecard", "--role", "primary", "--from", "2026-11-01"]].concat())
        .ended(0);
    new(&empty, &said).ended(0);
    // If a list has errors, that is what to fix.
    empty.write("data/subjects.yaml", "- {id: scorecard\n");
    writes_nothing(&empty, &["new", "cr"], 2, "some files have errors and were skipped: run `heatpack check`");
}

#[test]
fn a_change_request_begins_as_a_draft() {
    let project = project();
    ticket(&project, &[]).ended(0);
    let cr =
        ["new", "cr", "--title", "Move it", "--subject", "scorecard", "--tickets", "HEAT-1", "--prepared-by", "ada"];
    let run = new(&project, &cr).ended(0);
    assert!(run.stdout().starts_with("CR-2026-001: a draft, which no pack shows yet\n"), "{}", run.stdout());
    let text = project.read("data/crs/CR-2026-001.yaml");
    assert!(
        text.starts_with("# yaml-language-server: $schema=../../.heatpack/schemas/cr.schema.json\nid: CR-2026-001\n"),
        "{text}"
    );
    assert!(
        text.contains("\ntickets: [HEAT-1]\nprepared_by: ada\n## ")
            && text.contains("\n# priority: emergency | urgent | routine\n"),
        "{text}"
    );
    assert!(text.ends_with("\nlog: []\n") && text.contains("\n# rollback_plan: |\n"), "{text}");
    project.write("data/crs/CR-2026-0999.yaml", text.replace("CR-2026-001", "CR-2026-0999"));
    project.write("data/crs/CR-2027-004.yaml", text.replace("CR-2026-001", "CR-2027-004"));
    let long = ["--description", "First\n\n- one\n", "--priority", "urgent"];
    new(&project, &[&cr[..], &long].concat()).ended(0);
    let text = project.read("data/crs/CR-2026-1000.yaml");
    assert!(
        text.contains("\npriority: urgent\n## ")
            && text.contains("\n# risk: low")
            && text.contains("\ndescription: |\n  First\n\n  - one\n"),
        "{text}"
    );
    writes_nothing(&project, &[&cr[..8], &["--prepared-by", "dora"]].concat(), 1, "error[wrong-office]");
    writes_nothing(
        &project,
        &[&cr[..6], &["--tickets", "HEAT-7", "--prepared-by", "ada"]].concat(),
        1,
        "error[unknown-reference]",
    );
    writes_nothing(&project, &[&cr[..], &["--id", "CR-2026-001"]].concat(), 2, "CR-2026-1001");
    let root = project.root();
    let own: Run = command(&root, &[&["--as-of", AS_OF][..], &cr[..8]].concat())
        .env("HEATPACK_STAFF", "ada")
        .output()
        .expect("the binary")
        .into();
    own.ended(0);
    assert!(project.read("data/crs/CR-2026-1001.yaml").contains("prepared_by: ada"));
    project.run(&["check", "--as-of", AS_OF]).ended(0);
}

#[test]
fn a_poc_is_named_for_the_person() {
    let project = project();
    let poc = ["new", "poc", "--name", "Zoë Muñoz-Ficta", "--phone", "202-555-0104"];
    let run = new(&project, &[&poc[..], &["--subject", "scorecard", "--role", "backup"]].concat()).ended(0);
    assert_eq!(run.stdout(), "zmunoz: Zoë Muñoz-Ficta\nfile: data/pocs/zmunoz.yaml\n");
    let text = project.read("data/pocs/zmunoz.yaml");
    let designations = "designations:\n  - subject: scorecard\n    role: backup\n    from: 2026-11-16\n";
    assert!(text.contains("# email: …") && text.ends_with(designations), "{text}");
    // Someone of that name is on record; one whose id would be the same has a number, and a caller no designation.
    writes_nothing(&project, &poc, 2, "use `heatpack new designation zmunoz`");
    let poc = ["new", "poc", "--name", "Zeb Muñoz", "--phone", "202-555-0104"];
    new(&project, &poc).ended(0);
    assert!(project.read("data/pocs/zmunoz2.yaml").ends_with("designations: []\n"));
    let poc = ["new", "poc", "--name", "Zia Muñoz", "--phone", "202-555-0104"];
    let primary = ["--subject", "scorecard", "--role", "primary"];
    writes_nothing(&project, &[&poc[..], &primary].concat(), 1, "error[primary-overlap]");
    writes_nothing(&project, &poc[..4], 1, "error[poc-unreachable]");
    writes_nothing(&project, &[&poc[..], &["--id", "pat"]].concat(), 2, "pat is there already");
    writes_nothing(&project, &[&poc[..], &["--id", "Zoë"]].concat(), 2, "is not a person's id");
    writes_nothing(&project, &["new", "poc", "--name", "李 明", "--phone", "202-555-0104"], 2, "--id");
    project.run(&["check", "--as-of", AS_OF]).ended(0);
}

#[test]
fn a_meeting_is_the_next_without_a_file() {
    let project = project();
    let weekly = ["new", "meeting", "--kind", "weekly"];
    let run = new(&project, &[&weekly[..], &["--agenda", "Freeze: dates, and who", "--agenda", "Any other"]].concat())
        .ended(0);
    assert_eq!(
        run.stdout(),
        "MITS Status Meeting: Wed, Nov 18, 2026, 10:00\nfile: data/meetings/2026-11-18-weekly.yaml\n"
    );
    let text = project.read("data/meetings/2026-11-18-weekly.yaml");
    assert!(
        text.contains("\nagenda:\n  - \"Freeze: dates, and who\"\n  - Any other\n# After the meeting:\n## "),
        "{text}"
    );
    new(&project, &weekly).ended(0);
    assert!(project.read("data/meetings/2026-11-25-weekly.yaml").contains("\ndate: 2026-11-25\n"));
    let run = new(&project, &["new", "meeting", "--kind", "monthly", "--canceled", "Federal offices closed"]).ended(0);
    assert!(run.stdout().contains("canceled (Federal offices closed)"), "{}", run.stdout());
    writes_nothing(&project, &[&weekly[..], &["--date", "2026-11-20"]].concat(), 1, "error[meeting-off-schedule]");
    new(&project, &[&weekly[..], &["--date", "2026-11-20", "--extra", "true"]].concat()).ended(0);
    writes_nothing(&project, &[&weekly[..], &["--date", "2026-11-18"]].concat(), 2, "already");
    writes_nothing(&project, &["new", "meeting"], 2, "--kind");
    project.run(&["check", "--as-of", AS_OF]).ended(0);
}

#[test]
fn many_at_once_take_different_numbers() {
    let project = project();
    let root = project.root();
    let spawn = |number: usize| {
        let received = if number.is_multiple_of(2) { "2025-11-17 10:00" } else { "2026-11-16 10:00" };
        let more = ["--description", "Words.", "--received", received];
        let arguments = [&["--as-of", AS_OF][..], &TICKET, &more].concat();
        command(&root, &arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the binary")
    };
    let children: Vec<_> = (0..10).map(spawn).collect();
    let mut said = BTreeSet::new();
    for child in children {
        let output = child.wait_with_output().expect("an end");
        assert!(output.status.success());
        said.insert(String::from_utf8_lossy(&output.stdout).split(':').next().unwrap_or_default().to_owned());
    }
    let expected: BTreeSet<String> = (1..=10).map(|number| format!("HEAT-{number}")).collect();
    assert_eq!(said, expected);
    project.run(&["check", "--as-of", AS_OF]).ended(0);
}

#[test]
fn a_caller_who_is_no_poc_is_redirected_at_intake() {
    let project = project();
    let own =
        ["new", "ticket", "--subject", "scorecard", "--poc", "carl", "--title", "Export", "--kind", "issue", "--area"];
    let rest = ["technical", "--via", "phone", "--received", "09:14", "--description", "Words."];
    let flags = [&own[..], &rest].concat();
    writes_nothing(&project, &flags, 1, "use --redirected --note TEXT");
    let redirected = [&flags[..], &["--redirected"]].concat();
    writes_nothing(&project, &[&redirected[..], &["--by", "dora"]].concat(), 1, "add --note");
    writes_nothing(&project, &[&redirected[..], &["--note", "Sent to Pat."]].concat(), 1, "; add --by");
    writes_nothing(
        &project,
        &[&redirected[..], &["--note", "Sent to Pat.", "--by", "nils"]].concat(),
        1,
        "wrong-office",
    );
    let run = new(&project, &[&redirected[..], &["--note", "Sent to Pat.", "--by", "dora"]].concat()).ended(0);
    assert!(
        run.stdout().contains("HEAT-1: received Mon, Nov 16, 2026, 09:14 from Carl Caller: Export"),
        "{}",
        run.stdout()
    );
    assert!(run.stdout().contains("now: redirected\n"), "{}", run.stdout());
    let text = project.read("data/tickets/2026/HEAT-1.yaml");
    let entry = "log:\n  - at: 2026-11-16 09:14\n    event: redirected\n    by: dora\n    note: Sent to Pat.\n";
    assert!(text.ends_with(entry) && !text.contains("exception:\n"), "{text}");
    let check = project.run(&["check", "--as-of", AS_OF]).ended(0);
    assert!(check.stdout().contains("lapse[contact-not-designated]: carl "), "{}", check.stdout());
    assert!(check.stdout().contains("the caller was sent to their own POC"), "{}", check.stdout());
    // A designated POC is not sent on.
    let own: Vec<&str> = flags.iter().map(|flag| if *flag == "carl" { "pat" } else { *flag }).collect();
    let more = ["--redirected", "--note", "Sent to another office.", "--by", "dora"];
    let why = "pat was a designated POC for scorecard on Mon, Nov 16, 2026: omit --redirected";
    writes_nothing(&project, &[&own[..], &more].concat(), 1, why);
    new(&project, &own).ended(0);
    // What goes with it goes with nothing else.
    writes_nothing(&project, &[&flags[..], &["--note", "Sent to Pat."]].concat(), 2, "--redirected");
}

#[test]
fn what_is_refused_names_the_flag_and_no_line_of_a_file() {
    let project = project();
    writes_nothing(
        &project,
        &[&TICKET[..], &["--description", "x", "--received", "noon"]].concat(),
        1,
        "--received: error[invalid-value]: ",
    );
    let run = new(&project, &[&TICKET[..], &["--description", "x", "--received", "noon"]].concat());
    assert!(!run.stderr.contains(".yaml:"), "{}", run.stderr);
}
