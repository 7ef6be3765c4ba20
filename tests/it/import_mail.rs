//! `heatpack import mail`: proposes commands, which a shell takes as they are; enters only acknowledgments, all or none.

use std::collections::BTreeMap;
use std::io::Write;

use crate::mail_corpus::folder;
use crate::support::cases::blesses;
use crate::support::{Project, Run, files};

const AS_OF: &str = "2026-11-18 17:00";

/// The project of the mails.
fn project() -> Project {
    Project::copy_of(&folder())
}

fn import(project: &Project, arguments: &[&str]) -> Run {
    project.run(&[&["import", "mail"], arguments, &["--as-of", AS_OF]].concat())
}

fn records(project: &Project) -> BTreeMap<String, Vec<u8>> {
    files(&project.root().join("data"))
}

fn mail(from: &str, subject: &str, time: &str, text: &str) -> String {
    format!("From: {from}@example.org\nSubject: {subject}\nDate: Wed, 18 Nov 2026 {time}:00 -0500\n\n{text}\n")
}

fn ack(ticket: u32, number: &str) -> String {
    mail("rexemplar", &format!("RE: [HEAT-{ticket}] Totals"), "09:15", &format!("Received and logged as {number}."))
}

#[test]
fn an_acknowledgment_is_entered_once_with_its_mail() {
    let project = project();
    project.write("a.eml", ack(102, "N-2400"));
    let before = project.read("data/tickets/2026/HEAT-102.yaml");
    let proposed = import(&project, &["a.eml"]).ended(0);
    let line = proposed.stdout().lines().find(|line| line.contains("heatpack log")).expect("a command").trim();
    let digest = "--mail sha256:";
    assert!(
        line.starts_with("heatpack log HEAT-102 acknowledged --at '2026-11-18 09:15' --by rexemplar --nitc-ref N-2400")
    );
    assert!(line.contains(digest) && proposed.stdout().contains("safe to enter (`--apply`)"), "{}", proposed.stdout());
    assert!(
        proposed.stdout().ends_with("1 mail; nothing was entered; `--apply` adds 1 entry\n"),
        "{}",
        proposed.stdout()
    );
    assert_eq!(project.read("data/tickets/2026/HEAT-102.yaml"), before);
    let applied = import(&project, &["a.eml", "--apply"]).ended(0);
    assert!(
        applied.stdout().contains("1 mail; 1 entry added\nHEAT-102: acknowledged by NITC, number N-2400"),
        "{}",
        applied.stdout()
    );
    let after = project.read("data/tickets/2026/HEAT-102.yaml");
    let entry =
        "  - at: 2026-11-18 09:15\n    event: acknowledged\n    by: rexemplar\n    nitc_ref: N-2400\n    mail: sha256:";
    assert!(after.starts_with(&before) && after.contains(entry), "{after}");
    project.run(&["check", "--as-of", AS_OF]).ended(0);
    // Twice is once.
    let again = import(&project, &["a.eml", "--apply"]).ended(0);
    assert!(again.stdout().contains("entered already: HEAT-102") && !again.stdout().contains("heatpack log"));
    assert_eq!(project.read("data/tickets/2026/HEAT-102.yaml"), after);
}

#[test]
fn nothing_else_is_ever_entered() {
    let project = project();
    let before = records(&project);
    let mails = folder().join("mails");
    let run = import(&project, &[mails.to_str().expect("a path")]).ended(0);
    assert!(run.stdout().contains("200 mails; nothing was entered"));
    assert!(records(&project) == before);
    // Many mails for one ticket: of each ticket the first acknowledgment at most.
    let run = import(&project, &[mails.to_str().expect("a path"), "--apply"]).ended(0);
    let changed: Vec<String> =
        records(&project).into_iter().filter(|(path, new)| before[path] != *new).map(|(path, _)| path).collect();
    assert!(
        !changed.is_empty() && changed.iter().all(|path| path.contains("HEAT-10") || path.contains("HEAT-11")),
        "{changed:?}"
    );
    for path in changed {
        let (old, new) = (String::from_utf8_lossy(&before[&path]).into_owned(), project.read(&format!("data/{path}")));
        let added = new.strip_prefix(old.as_str()).expect("an entry at the end");
        assert_eq!(added.matches("event: ").count(), 1, "{added}");
        assert!(added.contains("event: acknowledged"), "{added}\n{}", run.stdout());
    }
    project.run(&["check", "--as-of", AS_OF]).ended(0);
}

#[test]
fn a_mail_that_says_more_than_its_note_is_to_be_read() {
    let project = project();
    let said = "It works now that I cleared the cache, thank you.\n\nBut the totals of the second report are blank since this morning.";
    project.write("a.eml", mail("jrivera", "RE: [HEAT-105] Log in", "09:15", said));
    let more = "note: the mail has more text than the note; read it before you enter this\n";
    let text = import(&project, &["a.eml"]).ended(0);
    assert!(text.stdout().contains(more) && text.stdout().contains("log HEAT-105 note "), "{}", text.stdout());
    let json = import(&project, &["a.eml", "--format", "json"]).ended(0).json();
    assert!(json["mails"][0]["notes"].to_string().contains("the mail has more text than the note"), "{json}");
    project.write("a.eml", mail("jrivera", "RE: [HEAT-105] Log in", "09:15", "Hello,\n\nIt works now.\n\nJordan"));
    let text = import(&project, &["a.eml"]).ended(0);
    assert!(!text.stdout().contains(more) && text.stdout().contains("log HEAT-105 closed "), "{}", text.stdout());
}

#[test]
fn a_number_for_two_tickets_is_entered_for_none() {
    let project = project();
    project.write("in/a.eml", ack(102, "N-2400"));
    project.write("in/b.eml", ack(104, "n-2400"));
    let before = records(&project);
    let run = import(&project, &["in", "--apply"]).ended(0);
    assert!(run.stdout().contains("note: these mails give N-2400 to HEAT-102 and HEAT-104"), "{}", run.stdout());
    assert!(records(&project) == before);
}

#[test]
fn entries_are_made_for_all_files_or_for_none() {
    let project = project();
    project.write("in/a.eml", ack(102, "N-2400"));
    project.write("in/b.eml", "no mail");
    let before = records(&project);
    let run = import(&project, &["in", "--apply"]).ended(1);
    assert!(run.stderr.contains("error: in/b.eml: the file is not a mail\nhelp: save the mail as"), "{}", run.stderr);
    assert!(run.stderr.ends_with("nothing was entered: omit the files that cannot be read, or correct them\n"));
    assert!(records(&project) == before && run.out.is_empty());
    // Without it the others are shown.
    let run = import(&project, &["in"]).ended(1);
    assert!(run.stdout().contains("HEAT-102 acknowledged"));
    // What the rules would reject is not entered either.
    project.write(
        "data/tickets/2026/HEAT-104.yaml",
        project.read("data/tickets/2026/HEAT-104.yaml").replace("area: functional", "area: none"),
    );
    project.write("in/b.eml", ack(104, "N-2401"));
    let run = import(&project, &["in"]).ended(0);
    assert!(run.stdout().contains("HEAT-104 has errors"), "{}", run.stdout());
    project.write("data/heatpack.yaml", "ends: 2026-11-18 08:00\n");
    let before = records(&project);
    let run = import(&project, &["in/a.eml", "--apply"]).ended(1);
    assert!(run.stderr.contains("error[future-event]") && run.stderr.contains("nothing was entered"), "{}", run.stderr);
    assert!(records(&project) == before && run.out.is_empty());
}

#[test]
fn mails_on_one_ticket_are_judged_in_order_of_time() {
    let project = project();
    project.write(
        "in/a.eml",
        mail("rexemplar", "Re: [HEAT-102] x", "14:00", "Could you reopen it? The cause is the printer."),
    );
    project.write("in/b.eml", mail("rexemplar", "Re: [HEAT-102] x", "11:00", "Root cause found: the printer rounds."));
    project.write("in/c.eml", ack(102, "N-2400"));
    project.write("in/d.eml", mail("jrivera", "Re: HEAT-105", "10:00", "Works now."));
    project.write("in/e.eml", mail("jrivera", "Re: HEAT-105", "12:00", "It still fails."));
    let json = import(&project, &["in", "--format", "json"]).ended(0).json();
    let of = |mail: &serde_json::Value| {
        let what = mail["proposals"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|own| own["what"].as_str().unwrap_or_default().to_owned());
        format!("{} {}", mail["file"].as_str().unwrap_or_default(), what.collect::<Vec<_>>().join(" "))
    };
    let found: Vec<String> = json["mails"].as_array().expect("a list").iter().map(of).collect();
    let right =
        ["in/c.eml acknowledged", "in/d.eml closed", "in/b.eml researched", "in/e.eml reopened", "in/a.eml note"];
    assert_eq!(found, right);
    assert_eq!(json["format"], "heatpack.import-mail/1");
}

#[test]
fn a_mailbox_and_a_message_of_outlook_are_read() {
    let project = project();
    let mbox = format!(
        "From rexemplar@example.org Wed Nov 18 09:15:00 2026\n{}\nFrom - Wed Nov 18 10:15:00 2026\n{}",
        ack(102, "N-2400"),
        ack(104, "N-2401")
    );
    project.write("in/desk.mbox", mbox);
    project.write(
        "in/one.msg",
        outlook("Robin Exemplar", "rexemplar@example.org", "RE: [HEAT-110] Award letter", "Received: N-2402."),
    );
    // The fuzzer begins with it.
    let kept = folder().join("outlook.msg");
    let made = std::fs::read(project.root().join("in/one.msg")).expect("the message");
    if blesses() {
        std::fs::write(&kept, &made).expect("a file written");
    }
    assert!(std::fs::read(&kept).expect("the kept message") == made, "{} is another message", kept.display());
    project.write("in/photo.jpg", "no mail");
    let run = import(&project, &["in"]).ended(0);
    for part in [
        "in/desk.mbox (1): ",
        "in/desk.mbox (2): ",
        "in/one.msg: RE: [HEAT-110] Award letter\n  Wed, Nov 18, 2026, 09:15, from Robin Exemplar (rexemplar, NITC)",
        "attached, not opened: letter.docx",
        "--nitc-ref N-2402",
        "3 mails; nothing was entered; `--apply` adds 3 entries",
    ] {
        assert!(run.stdout().contains(part), "{part}: {}", run.stdout());
    }
    // A compound file of another kind, and half a message.
    let msg = std::fs::read(project.root().join("in/one.msg")).expect("the message");
    project.write("half.msg", &msg[..msg.len() / 2]);
    let run = import(&project, &["half.msg"]);
    assert!(run.status == 1 && run.stderr.contains("half.msg: the Outlook message cannot be read"), "{}", run.stderr);
}

/// A message of Outlook with a text, an attachment and no headers of the internet.
fn outlook(name: &str, email: &str, subject: &str, text: &str) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).expect("a compound file");
    let mut add = |path: &str, bytes: &[u8]| {
        file.create_stream(path).and_then(|mut stream| stream.write_all(bytes)).expect("a stream");
    };
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let class = "IPM.Note";
    for (tag, text) in [("001A", class), ("0037", subject), ("0042", name), ("5D02", email), ("1000", text)] {
        add(&format!("/__substg1.0_{tag}001F"), &utf16(text));
    }
    let sent: i64 = (1_795_011_300 + 11_644_473_600) * 10_000_000;
    let properties = [&[0; 32][..], &[0x40, 0, 0x39, 0, 6, 0, 0, 0], &sent.to_le_bytes()].concat();
    add("/__properties_version1.0", &properties);
    file.create_storage("/__attach_version1.0_#00000000").expect("a storage");
    let mut stream = file.create_stream("/__attach_version1.0_#00000000/__substg1.0_3707001F").expect("a stream");
    stream.write_all(&utf16("letter.docx")).expect("a name");
    drop(stream);
    for storage in ["/", "/__attach_version1.0_#00000000"] {
        let epoch = std::time::SystemTime::UNIX_EPOCH;
        file.set_created_time(storage, epoch).and_then(|()| file.set_modified_time(storage, epoch)).expect("a time");
    }
    file.flush().expect("all of it");
    file.into_inner().into_inner()
}

#[test]
fn files_that_are_no_mail_are_told_apart() {
    let project = project();
    let long = format!("Subject: x\n\n{}", "x".repeat(31 << 20));
    for (name, bytes, said) in [
        ("empty.eml", String::new(), "the file is empty"),
        ("text.eml", "Dear desk,\n\nit fails.\n".to_owned(), "the file is not a mail"),
        ("long.eml", long, "the file is longer than 30 MiB"),
        ("many.mbox", "From x Wed Nov\nSubject: x\n\n\n".repeat(1001), "the file has more than 1000 mails"),
    ] {
        project.write(name, bytes);
        let run = import(&project, &[name]).ended(1);
        assert!(run.stderr.starts_with(&format!("error: {name}: {said}\nhelp: ")), "{}", run.stderr);
        assert_eq!(run.stdout(), "0 mails; nothing was entered\n");
    }
    std::fs::create_dir(project.root().join("none")).expect("a folder");
    assert!(import(&project, &["none"]).ended(2).stderr.contains("none has no .eml, .msg or mbox files"));
    assert!(import(&project, &["absent.eml"]).ended(2).stderr.contains("cannot read absent.eml"));
}

/// Every command of hostile mails, and of a part of the others, is run by a real shell.
#[cfg(unix)]
#[test]
fn a_shell_takes_each_command_as_it_is() {
    use std::process::Command;
    let bin = tempfile::tempdir().expect("a folder");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_heatpack"), bin.path().join("heatpack")).expect("a link");
    let paths = std::env::join_paths([bin.path().to_owned(), "/usr/bin".into(), "/bin".into()]).expect("paths");
    let mut count = 0;
    for number in (1..=160).step_by(5).chain(161..=200) {
        let project = project();
        project.write("own.txt", "");
        let path = folder().join(format!("mails/{number:03}.eml"));
        let json = import(&project, &[path.to_str().expect("a path"), "--format", "json"]).ended(0).json();
        let proposals = json["mails"][0]["proposals"].as_array().expect("a list").clone();
        for proposal in &proposals {
            let mut line = format!("{} ", proposal["command"].as_str().expect("a command"));
            assert!(!line.contains(|c: char| c.is_control() || "\u{202e}\u{2066}\u{200b}".contains(c)), "{line:?}");
            for (word, value) in
                [("OUTCOME", "answer"), ("STAFF", "tnominal"), ("NUMBER", "N-9999"), ("SUBJECT", "travel-vouchers")]
            {
                line = line.replace(&format!(" {word} "), &format!(" {value} "));
            }
            let mut shell = Command::new("sh");
            shell.arg("-c").arg(format!("{line} --as-of '{AS_OF}' </dev/null")).current_dir(project.root());
            let run: Run =
                shell.env_clear().env("PATH", &paths).env("HEATPACK_STAFF", "tnominal").output().expect("sh").into();
            assert_eq!(run.status, 0, "{number}: {line}\n{}", run.stderr);
            count += 1;
        }
        project.run(&["check", "--as-of", AS_OF]).ended(0);
        let here: Vec<String> = files(&project.root()).into_keys().filter(|path| !path.starts_with("data/")).collect();
        assert_eq!(here, ["own.txt"], "{number}");
        if number % 4 == 0 && !proposals.is_empty() {
            let again = import(&project, &[path.to_str().expect("a path")]).ended(0);
            assert!(again.stdout().contains("entered already: HEAT-"), "{number}: {}", again.stdout());
        }
    }
    assert!(count >= 40, "{count} commands");
}
