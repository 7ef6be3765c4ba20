//! The 200 mails of `tests/mail_in`: no wrong ticket, and the share of right proposals. It prints both with `--nocapture`.

use std::path::{Path, PathBuf};

use heatpack::import::mail::read;
use heatpack::load::load;
use heatpack::model::Minute;
use heatpack::report::mail_in::{Arg, Incoming, MailLine, Proposal, judge};
use heatpack::workflow::{Context, Prepared};

/// The least share of right proposals, in percent.
const LEAST: usize = 85;

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mail_in")
}

/// What is right for a mail.
struct Expected {
    file: String,
    is_hostile: bool,
    ticket: String,
    proposals: String,
    text: String,
}

fn expected() -> Vec<Expected> {
    let mut reader = csv::Reader::from_path(folder().join("expected.csv")).expect("the expectations");
    let row = |row: csv::StringRecord| Expected {
        file: row[0].to_owned(),
        is_hostile: !row[1].is_empty(),
        ticket: row[2].to_owned(),
        proposals: row[3].to_owned(),
        text: row[4].to_owned(),
    };
    reader.records().map(|record| row(record.expect("a row"))).collect()
}

/// A proposal as the expectations have it: `acknowledged N-2291`, `new ticket scorecard redirected`.
fn words(proposal: &Proposal) -> String {
    let mut words = vec![proposal.what];
    words.extend(proposal.value("nitc-ref"));
    if proposal.what == "new ticket" {
        words.push(proposal.value("subject").unwrap_or("?"));
    }
    words.extend(proposal.args.contains(&Arg::Switch("redirected")).then_some("redirected"));
    words.join(" ")
}

/// Whether the proposals are right: which they are, and the text of the last one.
fn is_right(expected: &Expected, found: &MailLine) -> bool {
    let proposals: Vec<String> = found.proposals.iter().map(words).collect();
    let proposals = if proposals.is_empty() { "-".to_owned() } else { proposals.join("; ") };
    let text = found.proposals.last().and_then(|own| match own.what {
        "new ticket" => own.value("description"),
        _ => own.value("note"),
    });
    let start: String = expected.text.split_whitespace().collect::<Vec<_>>().join(" ");
    proposals == expected.proposals && text.is_none_or(|text| text.starts_with(&start))
}

#[test]
fn no_ticket_is_wrong_and_most_proposals_are_right() {
    let project = load(&folder()).expect("the records");
    let prepared = Prepared::new(&project);
    let ctx = Context::new(&prepared, Minute::parse("2026-11-18 17:00").expect("a time"), true);
    let expected = expected();
    let (mut right, mut hostile, mut right_hostile, mut certain) = (0, 0, 0, 0);
    let mut wrong_tickets = Vec::new();
    for own in &expected {
        let bytes = std::fs::read(folder().join("mails").join(&own.file)).expect("a mail");
        let mails = read(&bytes).unwrap_or_else(|why| panic!("{}: {why}", own.file));
        let [mail] = mails.try_into().unwrap_or_else(|_| panic!("{}: one mail", own.file));
        let lines = judge(&ctx, vec![Incoming { file: own.file.clone(), number: None, mail }], None);
        let found = lines.first().expect("the mail");
        let ticket = found.ticket.as_ref().map_or_else(|| "-".to_owned(), |found| found.id.to_string());
        if ticket != own.ticket {
            wrong_tickets.push(format!("{}: {ticket} instead of {}", own.file, own.ticket));
        }
        for safe in found.proposals.iter().filter(|own| own.certain) {
            certain += 1;
            let is_meant = own.proposals.split("; ").any(|meant| meant == words(safe)) && own.ticket == ticket;
            assert!(is_meant && safe.what == "acknowledged", "{}: {} would be entered", own.file, words(safe));
        }
        let is_right = is_right(own, found);
        right += usize::from(is_right);
        hostile += usize::from(own.is_hostile);
        right_hostile += usize::from(is_right && own.is_hostile);
        if !is_right {
            let proposals: Vec<String> = found.proposals.iter().map(words).collect();
            let text = found.proposals.last().map(|own| format!("{:?}", own.args)).unwrap_or_default();
            println!(
                "{}: {:?} instead of {:?}\n    {}\n    {text}",
                own.file,
                proposals.join("; "),
                own.proposals,
                own.text
            );
        }
    }
    let count = expected.len();
    println!(
        "{count} mails: {} wrong tickets, {right} right proposals ({} %), {right_hostile} of {hostile} hostile ones; \
         {certain} acknowledgments safe to enter",
        wrong_tickets.len(),
        100 * right / count
    );
    assert!(wrong_tickets.is_empty(), "{}", wrong_tickets.join("\n"));
    assert_eq!((count, hostile, right_hostile), (200, 40, 40));
    assert!(100 * right >= LEAST * count, "{right} of {count} are right");
}
