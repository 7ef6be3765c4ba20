//! `heatpack new` on a terminal: each answer is judged as it is given, by the rules that judge files, and asked for again.
#![cfg(target_os = "linux")] // Where `script` is the one of util-linux.

use crate::support::terminal::Terminal;
use crate::support::{Project, files};

const AS_OF: &str = "2026-11-16 14:30";
/// The keys that choose the next of some choices, and that mark one.
const DOWN: &str = "\u{1b}[B";

fn project() -> Project {
    Project::of(&[
        ("subjects.yaml", "- {id: scorecard, name: Scorecard, kind: module}\n"),
        (
            "staff.yaml",
            "- {id: dora, name: Dora Desk, office: help-desk}\n- {id: ada, name: Ada Sponsor, office: acfo-fs}\n",
        ),
        (
            "pocs/pat.yaml",
            "id: pat\nname: Pat Point\nphone: 202-555-0100\ndesignations:\n  \
             - {subject: scorecard, role: primary, from: 2025-01-01}\n",
        ),
        ("pocs/carl.yaml", "id: carl\nname: Carl Caller\nphone: 202-555-0101\ndesignations: []\n"),
    ])
}

fn new(project: &Project, arguments: &[&str]) -> Terminal {
    Terminal::run(&project.root(), 120, &[&["--as-of", AS_OF, "new"], arguments].concat())
}

#[test]
fn an_answer_begins_with_what_its_ticket_says() {
    let project = project();
    let entry = "{at: 2026-11-10 11:00, event: resolved, by: dora, note: Pat cleared the filter.}";
    project.write(
        "data/tickets/2026/HEAT-7.yaml",
        format!(
            "id: HEAT-7\ntitle: Why does Pat see no Q4?\nsubject: scorecard\nkind: question\narea: functional\npoc: pat\n\
             received: 2026-11-10 10:00\nvia: [phone]\ndescription: No Q4.\nlog:\n  - {entry}\n"
        ),
    );
    let mut terminal = new(&project, &["answer"]);
    terminal.waits_for("HEAT-7: Why does Pat see no Q4?");
    terminal.types(" \r");
    terminal.answers("[Why does the POC see no Q4?]", "How to see all quarters");
    terminal.answers("[how-to-see-all-quarters]", "Not an id");
    terminal.waits_for("`Not an id` is not an answer's id");
    terminal.answers("[how-to-see-all-quarters]", "");
    // The text is there to be edited.
    terminal.waits_for("The POC cleared the filter.");
    terminal.types(" Ask Pat Point.\r");
    terminal.waits_for("error[answer-names-poc]: ");
    terminal.waits_for("Ask Pat Point.");
    terminal.types(&"\u{7f}".repeat("Ask Pat Point.".len() + 1));
    terminal.types(" Clear it first.\r");
    terminal.answers("reviews it (may stay blank)", "2027-01-04");
    let (status, said) = terminal.ends();
    assert_eq!(status, 0, "{said}");
    assert_eq!(
        project.read("data/answers/how-to-see-all-quarters.yaml"),
        "# yaml-language-server: $schema=../../.heatpack/schemas/answer.schema.json\nid: how-to-see-all-quarters\n\
         title: How to see all quarters\ntext: The POC cleared the filter. Clear it first.\nsubjects: [scorecard]\n\
         from: [HEAT-7]\nwritten: 2026-11-16\nreview_by: 2027-01-04\n"
    );
}

#[test]
fn a_ticket_is_asked_for_answer_by_answer() {
    let project = project();
    let before = files(&project.root().join("data"));
    let mut terminal = new(&project, &["ticket"]);
    terminal.answers("2026-11-16 14:30]", "noon");
    terminal
        .waits_for("error[invalid-value]: `noon` is not a date and time; write date and time as `2026-11-02 09:14`");
    terminal.answers("2026-11-16 14:30]", "2026-11-16 15:00");
    terminal.waits_for("error[future-event]: ");
    terminal.answers("2026-11-16 14:30]", "09:14");
    // Who called comes first; the second of the choices is no POC.
    terminal.waits_for("Pat Point (pat, Scorecard)");
    terminal.waits_for("Carl Caller (carl, not a POC)");
    terminal.types(&format!("{DOWN}\r"));
    terminal.waits_for("Scorecard (scorecard, module)");
    terminal.types("\r");
    terminal.waits_for("Carl Caller is not a POC for Scorecard. Send them to Pat Point, the primary POC?");
    terminal.waits_for("no: someone else called");
    terminal.types(&format!("{DOWN}\r"));
    terminal.waits_for("error[contact-not-designated]: carl was not a designated POC for scorecard");
    // The module of a POC for one alone is not asked for.
    terminal.waits_for("Pat Point (pat, Scorecard)");
    terminal.types("\r");
    terminal.answers("[HEAT-1]", "ten");
    terminal.waits_for("`ten` is not the id of a ticket: write it like `HEAT-10423`");
    terminal.answers("[HEAT-1]", "10423");
    let ssn = ["219", "09", "9999"].join("-");
    terminal.answers("The subject line", &format!("Of {ssn}"));
    terminal.waits_for("error[possible-personal-data]: ");
    assert_eq!(files(&project.root().join("data")), before, "nothing is written while it asks");
    terminal.answers("The subject line", "Export drops the last quarter");
    terminal.waits_for("question: ");
    terminal.types("\r");
    terminal.waits_for("functional: ");
    terminal.types(&format!("{DOWN}\r"));
    terminal.waits_for("phone: ");
    terminal.types(" \r");
    terminal.answers("The question or problem", "Exporting drops Q4.");
    // All of it is shown, and an answer can be changed.
    terminal.waits_for("  description: Exporting drops Q4.");
    terminal.waits_for("no: write nothing");
    terminal.types(&format!("{DOWN}\r"));
    terminal.waits_for("title: Export drops the last quarter");
    terminal.types("title\r");
    terminal.answers("[Export drops the last quarter]", "Export drops Q4");
    agree(&mut terminal);
    let (status, said) = terminal.ends();
    assert_eq!(status, 0, "{said}");
    let text = project.read("data/tickets/2026/HEAT-10423.yaml");
    for line in [
        "title: Export drops Q4\n",
        "received: 2026-11-16 09:14\n",
        "poc: pat\n",
        "subject: scorecard\n",
        "area: technical\n",
        "via: [phone]\n",
        "Exporting drops Q4.\n",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    project.run(&["check", "--as-of", AS_OF]).ended(0);
}

#[test]
fn a_person_is_asked_for_answer_by_answer() {
    let project = project();
    let mut terminal = new(&project, &["poc", "--name", "Kim Specimen"]);
    terminal.answers("[kspecimen]", "Kim S");
    terminal.waits_for("`Kim S` is not a person's id");
    terminal.answers("[kspecimen]", "pat");
    terminal.waits_for("the POC pat is there already");
    terminal.answers("[kspecimen]", "");
    // One of the two may stay blank, and not both.
    terminal.answers("(may stay blank)", "");
    terminal.answers("(may stay blank)", "");
    terminal.waits_for("a POC needs an email address or a phone number");
    // Both are asked for again.
    terminal.answers("(may stay blank)", "kim@example.org");
    terminal.answers("(may stay blank)", "");
    agree(&mut terminal);
    terminal.waits_for("Scorecard (scorecard, module)");
    terminal.types("\r");
    terminal.answers("[2026-11-16]", "soon");
    terminal.waits_for("error[invalid-value]: `soon` is not a date; write the date as `2026-11-02`");
    terminal.answers("[2026-11-16]", "");
    // There is a primary POC.
    terminal.waits_for("backup: ");
    terminal.types("\r");
    terminal.waits_for("error[primary-overlap]: scorecard has two primary POCs from Mon, Nov 16, 2026");
    terminal.waits_for("backup: ");
    terminal.types(&format!("{DOWN}\r"));
    agree(&mut terminal);
    let (status, said) = terminal.ends();
    assert_eq!(status, 0, "{said}");
    assert!(project.read("data/pocs/kspecimen.yaml").contains("role: backup\n    from: 2026-11-16"));
    project.run(&["check", "--as-of", AS_OF]).ended(0);
}

#[test]
fn what_was_said_with_a_flag_is_nobodys_answer() {
    // It is refused in the end, and not asked about for ever.
    let project = project();
    let mut terminal = new(&project, &["meeting", "--kind", "weekly", "--chair", "noone"]);
    terminal.answers("[2026-11-18]", "2026-11-20");
    terminal.waits_for("error[meeting-off-schedule]: ");
    terminal.answers("[2026-11-18]", "");
    agree(&mut terminal);
    terminal.waits_for("unknown-reference");
    let (status, said) = terminal.ends();
    assert_eq!(status, 1, "{said}");
    assert!(said.contains("noone"), "{said}");
    let mut terminal = new(&project, &["meeting", "--kind", "weekly"]);
    terminal.waits_for("A new meeting was not finished. Go on with it?");
    terminal.waits_for("no: start over");
    terminal.types(&format!("{DOWN}\r"));
    terminal.answers("[2026-11-18]", "2026-11-18");
    agree(&mut terminal);
    assert_eq!(terminal.ends().0, 0);
    let mut terminal = new(&project, &["meeting", "--kind", "weekly"]);
    terminal.answers("[2026-11-25]", "2026-11-18");
    terminal.waits_for(
        "data/meetings/2026-11-18-weekly.yaml exists already: use another date, or change it with `heatpack meeting`",
    );
    terminal.answers("[2026-11-25]", "");
    agree(&mut terminal);
    assert_eq!(terminal.ends().0, 0);
}

/// Agrees to what is shown before it is written.
fn agree(terminal: &mut Terminal) {
    terminal.waits_for("Is this right?");
    terminal.waits_for("no: write nothing");
    terminal.types("\r");
}

#[test]
fn what_was_answered_is_kept_until_the_record_is_written() {
    let project = project();
    let data = || files(&project.root().join("data"));
    let before = data();
    let kept = project.root().join(".heatpack/unfinished/new-ticket.json");
    let start =
        ["ticket", "--received", "09:14", "--id", "10423", "--kind", "issue", "--area", "technical", "--via", "phone"];
    let mut terminal = new(&project, &start);
    terminal.waits_for("Carl Caller (carl, not a POC)");
    terminal.types("pat\r");
    terminal.answers("The subject line", "Export drops the last quarter");
    terminal.waits_for("The question or problem");
    terminal.types("\u{3}");
    let (status, said) = terminal.ends();
    assert!(status != 0 && said.contains("interrupted, and nothing was written"), "{said}");
    assert!(said.contains("your answers are kept: `heatpack new ticket` offers them again"), "{said}");
    assert!(data() == before && kept.is_file());
    // The next one goes on with them; a person who does not agree keeps them again.
    let mut terminal = new(&project, &start);
    terminal.waits_for("  title: Export drops the last quarter");
    terminal.waits_for("A new ticket was not finished. Go on with it?");
    terminal.waits_for("no: start over");
    terminal.types("\r");
    terminal.answers("The question or problem", "Exporting drops Q4.");
    terminal.waits_for("no: write nothing");
    terminal.types(&format!("{DOWN}{DOWN}\r"));
    let (status, said) = terminal.ends();
    assert!(status == 1 && said.contains("nothing was written") && data() == before, "{said}");
    let mut terminal = new(&project, &start);
    terminal.waits_for("no: start over");
    terminal.types("\r");
    agree(&mut terminal);
    let (status, said) = terminal.ends();
    assert_eq!(status, 0, "{said}");
    let text = project.read("data/tickets/2026/HEAT-10423.yaml");
    assert!(text.contains("title: Export drops the last quarter\n") && text.contains("poc: pat\n"), "{text}");
    assert!(!kept.exists());
}

#[test]
fn what_can_be_read_in_two_ways_is_asked_about() {
    let project = project();
    let flags =
        ["ticket", "--subject", "scorecard", "--poc", "pat", "--id", "10423", "--title", "Export", "--kind", "issue"];
    let more = ["--area", "technical", "--via", "phone", "--description", "Q4 is missing."];
    let mut terminal = new(&project, &[&flags[..], &more].concat());
    terminal.answers("2026-11-16 14:30]", "2:10");
    terminal.waits_for("Which one is `2:10`?");
    terminal.waits_for("2026-11-16 14:10");
    terminal.types(&format!("{DOWN}\r"));
    agree(&mut terminal);
    assert_eq!(terminal.ends().0, 0);
    assert!(project.read("data/tickets/2026/HEAT-10423.yaml").contains("received: 2026-11-16 14:10\n"));
}

#[test]
fn someone_of_that_name_can_be_the_same_person() {
    let project = project();
    project.write(
        "data/subjects.yaml",
        "- {id: scorecard, name: Scorecard, kind: module}\n- {id: grants, name: Grants, kind: module}\n",
    );
    let mut terminal = new(&project, &["poc", "--name", "pat point"]);
    terminal.waits_for("Pat Point (pat) is on record. Is this the same person?");
    terminal.waits_for("no: another person of that name");
    terminal.types("\r");
    terminal.waits_for("Grants (grants, module)");
    terminal.types("grants\r");
    terminal.answers("[2026-11-16]", "");
    terminal.waits_for("backup: ");
    terminal.types("\r");
    agree(&mut terminal);
    let (status, said) = terminal.ends();
    assert_eq!(status, 0, "{said}");
    assert!(project.read("data/pocs/pat.yaml").contains("subject: grants\n    role: primary\n    from: 2026-11-16\n"));
}

#[test]
fn a_time_is_asked_for_where_the_as_of_time_is_a_date() {
    let project = project();
    let ticket = "id: HEAT-1\ntitle: t\nsubject: scorecard\nkind: issue\narea: technical\npoc: pat\n\
                  received: 2026-11-16 09:14\nvia: [phone]\ndescription: Words.\nlog: []\n";
    project.write("data/tickets/2026/HEAT-1.yaml", ticket);
    let arguments = ["--as-of", "2026-11-16", "log", "1", "note", "--by", "dora", "--note", "x"];
    let mut terminal = Terminal::run(&project.root(), 120, &arguments);
    terminal.answers("Time on 2026-11-16, for example 14:30", "15:10");
    assert_eq!(terminal.ends().0, 0);
    assert!(project.read("data/tickets/2026/HEAT-1.yaml").contains("- at: 2026-11-16 15:10\n"));
}

/// The flags of a ticket of which only the description is asked for.
const ALL_BUT_WORDS: [&str; 14] = [
    "--received",
    "09:14",
    "--subject",
    "scorecard",
    "--poc",
    "pat",
    "--id",
    "10423",
    "--kind",
    "issue",
    "--area",
    "technical",
    "--via",
    "email",
];

#[test]
fn a_caller_who_is_no_poc_is_sent_to_theirs_at_intake() {
    let project = project();
    let flags = ["ticket", "--received", "09:14", "--subject", "scorecard", "--id", "10423", "--title", "Export"];
    let more = ["--kind", "issue", "--area", "technical", "--via", "phone", "--description", "Q4 is missing."];
    let mut terminal = new(&project, &[&flags[..], &more].concat());
    terminal.waits_for("Carl Caller (carl, not designated for it)");
    // What is typed searches, and chooses nothing by itself.
    terminal.types("carl\r");
    terminal.waits_for("Carl Caller is not a POC for Scorecard. Send them to Pat Point, the primary POC?");
    terminal.waits_for("no: someone else called");
    terminal.types("\r");
    terminal.waits_for("Dora Desk (dora, help-desk)");
    terminal.types("\r");
    terminal.answers("[Sent to Pat Point, the primary POC for Scorecard.]", "");
    agree(&mut terminal);
    let (status, said) = terminal.ends();
    assert_eq!(status, 0, "{said}");
    let text = project.read("data/tickets/2026/HEAT-10423.yaml");
    let entry = "log:\n  - at: 2026-11-16 09:14\n    event: redirected\n    by: dora\n    \
                 note: Sent to Pat Point, the primary POC for Scorecard.\n";
    assert!(text.contains("poc: carl\n") && text.ends_with(entry), "{text}");
    let check = project.run(&["check", "--as-of", AS_OF]).ended(0);
    assert!(check.stdout().contains("lapse[contact-not-designated]"), "{}", check.stdout());
}

#[test]
fn a_ticket_is_handed_over_to_one_of_the_pocs() {
    let project = project();
    project.write(
        "data/pocs/nina.yaml",
        "id: nina\nname: Nina New\nphone: 202-555-0107\ndesignations:\n  \
         - {subject: scorecard, role: backup, from: 2026-01-01}\n",
    );
    let ticket = "id: HEAT-1\ntitle: t\nsubject: scorecard\nkind: issue\narea: technical\npoc: pat\n\
                  received: 2026-11-16 09:14\nvia: [phone]\ndescription: Words.\nlog: []\n";
    project.write("data/tickets/2026/HEAT-1.yaml", ticket);
    let arguments = ["--as-of", AS_OF, "log", "1", "handed-over", "--by", "dora"];
    let mut terminal = Terminal::run(&project.root(), 120, &arguments);
    terminal.waits_for("Nina New (nina, backup)");
    terminal.waits_for("Carl Caller (carl, not designated for it)");
    assert!(!terminal.text().contains("Pat Point"), "who has it already is no choice");
    terminal.types("\r");
    let (status, said) = terminal.ends();
    assert_eq!(status, 0, "{said}");
    assert!(
        project.read("data/tickets/2026/HEAT-1.yaml").ends_with("event: handed-over\n    by: dora\n    poc: nina\n")
    );
}

/// What the shell prints if it runs the last line of the mail below; the line itself does not hold this.
const RUN: &str = "PWNED";
const MAIL: &str = "Dear desk,\rthe export is broken.\recho PW''NED\r";

/// The shell in which `heatpack new ticket` asks, and the words of its question.
fn asks(project: &Project, question: &str, more: &[&str]) -> Terminal {
    let mut terminal = Terminal::shell(&project.root());
    terminal.waits_for("> ");
    let flags: Vec<&str> = ALL_BUT_WORDS.iter().chain(more).copied().collect();
    terminal.types(&format!("heatpack --as-of '{AS_OF}' new ticket {}\r", flags.join(" ")));
    terminal.waits_for(question);
    terminal
}

/// Holds that the shell runs what is typed after the program, and nothing of what was pasted into it.
#[track_caller]
fn runs_nothing_else(mut terminal: Terminal, last_words: &str) {
    terminal.waits_for(last_words);
    terminal.waits_for("> ");
    terminal.types("echo DO''NE; exit\r");
    terminal.waits_for("DONE");
    let said = terminal.ends().1;
    assert!(!said.contains(RUN), "{said}");
}

#[test]
fn a_mail_that_is_pasted_is_kept_whole_and_nothing_of_it_is_run() {
    // As a terminal marks what is pasted, and as an old one does not.
    for (before, after) in [("\u{1b}[200~", "\u{1b}[201~\r"), ("", "")] {
        let project = project();
        let mut terminal = asks(&project, "The question or problem", &["--title", "Export"]);
        terminal.types(&format!("{before}{MAIL}{after}"));
        agree(&mut terminal);
        runs_nothing_else(terminal, "file: data/tickets/2026/HEAT-10423.yaml");
        let text = project.read("data/tickets/2026/HEAT-10423.yaml");
        assert!(text.contains("  Dear desk,\n  the export is broken.\n  echo PW''NED\n"), "{text}");
    }
}

#[test]
fn a_mail_that_is_pasted_at_a_line_becomes_one() {
    let project = project();
    let mut terminal = asks(&project, "The subject line", &["--description", "Words."]);
    terminal.types(&format!("\u{1b}[200~{MAIL}\u{1b}[201~"));
    terminal.waits_for("Dear desk, the export is broken. echo PW''NED");
    terminal.types("\r");
    agree(&mut terminal);
    runs_nothing_else(terminal, "file: data/tickets/2026/HEAT-10423.yaml");
    let text = project.read("data/tickets/2026/HEAT-10423.yaml");
    assert!(text.contains("Dear desk, the export is broken. echo PW''NED"), "{text}");
}

#[test]
fn nothing_typed_ahead_reaches_the_shell_when_the_questions_end_early() {
    let project = project();
    let before = files(&project.root().join("data"));
    // Ctrl-C at a text, and Ctrl-D at a list of choices, each with a mail behind it.
    let mut terminal = asks(&project, "The question or problem", &["--title", "Export"]);
    terminal.types(&format!("\u{3}{MAIL}"));
    runs_nothing_else(terminal, "interrupted, and nothing was written");
    let mut terminal = Terminal::shell(&project.root());
    terminal.waits_for("> ");
    terminal.types(&format!("heatpack --as-of '{AS_OF}' new ticket --received 09:14\r"));
    terminal.waits_for("Pat Point (pat, Scorecard)");
    // A paste is no answer to a list, whatever Enters it holds; letters search.
    terminal.types(&format!("question\u{1b}[200~{MAIL}\u{1b}[201~"));
    terminal.waits_for("no match");
    terminal.types(&format!("\u{4}\u{4}{MAIL}"));
    runs_nothing_else(terminal, "nothing was chosen, and nothing was written");
    assert_eq!(files(&project.root().join("data")), before);
}
