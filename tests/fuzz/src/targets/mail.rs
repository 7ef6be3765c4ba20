//! Mails that came: any bytes as `.eml`, mbox and `.msg`, and the commands that they propose.

use std::sync::LazyLock;

use heatpack::import::mail::{one_line, read};
use heatpack::load::{Drafts, Project};
use heatpack::model::Minute;
use heatpack::render::{mail_in_json, mail_in_text};
use heatpack::report::mail_in::{Arg, Incoming, judge};
use heatpack::report::reconciliation::Value;
use heatpack::workflow::{Context, Prepared};

use super::{harmless, project};

/// A project with someone of each kind, and tickets.
static PROJECT: LazyLock<Project> = LazyLock::new(|| {
    let ticket = |number: u32, log: &str| {
        format!(
            "id: HEAT-{number}\ntitle: Export\nsubject: scorecard\nkind: issue\narea: functional\npoc: jrivera\n\
             received: 2026-11-09 09:00\nvia: [email]\ndescription: x\nlog:\n  - {{at: 2026-11-10 09:00, {log}}}\n"
        )
    };
    let files = [
        ("heatpack.yaml", String::new()),
        ("subjects.yaml", "- {id: scorecard, name: Scorecard, kind: module}\n".to_owned()),
        (
            "staff.yaml",
            "- {id: tnominal, name: Taylor Nominal, office: help-desk, email: tnominal@example.org}\n\
             - {id: rexemplar, name: Robin Exemplar, office: nitc, email: rexemplar@example.org}\n"
                .to_owned(),
        ),
        (
            "pocs/jrivera.yaml",
            "id: jrivera\nname: Jordan Rivera\nemail: jrivera@example.org\ndesignations:\n  \
             - {subject: scorecard, role: primary, from: 2025-10-01}\n"
                .to_owned(),
        ),
        ("tickets/2026/HEAT-102.yaml", ticket(102, "event: forwarded, by: tnominal")),
        ("tickets/2026/HEAT-105.yaml", ticket(105, "event: resolved, by: tnominal, note: Done.")),
    ];
    project(&Drafts::from(files.map(|(path, text)| (format!("data/{path}"), text.into_bytes()))))
});

/// Its timelines, which are the same for each input.
static PREPARED: LazyLock<Prepared<'static>> = LazyLock::new(|| Prepared::new(&PROJECT));

/// Any bytes as a file of mails.
pub fn mail(input: &[u8]) {
    let Ok(mails) = read(input) else { return };
    let as_of = Minute::parse("2026-11-18 17:00").expect("a time");
    let ctx = Context::new(&PREPARED, as_of, true);
    for mail in &mails {
        assert!(mail.paragraphs.iter().all(|text| *text == one_line(text)), "a paragraph is a line");
        assert_eq!(mail.subject, one_line(&mail.subject));
    }
    let incoming = mails.into_iter().map(|mail| Incoming { file: "mail".to_owned(), number: None, mail }).collect();
    let lines = judge(&ctx, incoming, None);
    let text = mail_in_text(&lines, &PROJECT.settings.names, false);
    harmless(&text);
    for line in text.lines().filter(|line| line.trim_start().starts_with("heatpack ")) {
        quoted(line);
    }
    mail_in_json(&lines, &[], as_of, false);
    for own in lines.iter().flat_map(|line| &line.proposals) {
        assert!(!own.certain || own.what == "acknowledged", "only an acknowledgment is safe");
        for arg in &own.args {
            if let Arg::Flag(name, Value::Known(text)) = arg {
                let is_sound = *text == one_line(text) && !text.starts_with('-') && !text.is_empty();
                assert!(is_sound, "--{name} {text:?}");
            }
        }
    }
}

/// Holds that a shell sees only plain characters outside of single quotes.
#[track_caller]
fn quoted(line: &str) {
    let (mut within, mut escaped) = (false, false);
    for c in line.chars() {
        match c {
            '\'' if !escaped => within = !within,
            '\\' if !within => escaped = true,
            c => {
                let is_plain = within || escaped || c.is_ascii_alphanumeric() || "-_./: ".contains(c);
                assert!(is_plain, "{c:?} in {line:?}");
                escaped = false;
            }
        }
    }
    assert!(!within, "an open quote in {line:?}");
}
