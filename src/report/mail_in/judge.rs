//! Mails → what each could be, in order of their times.

use std::collections::{BTreeMap, BTreeSet};

use super::intake::intake;
use super::line::{Incoming, MailLine, Role, TicketFound};
use super::proposals::{Pending, Told, entries};
use super::recorded::Recorded;
use super::ticket_of::ticket_of;
use super::who::sender;
use crate::import::mail::{Kind, Mail, Remark, Sent, one_line};
use crate::load::without_numbers;
use crate::model::{Minute, Office, PersonId, TicketId, minute_in_words};
use crate::report::words::Words;
use crate::workflow::Context;

/// Judges mails. `own` is the staff id of the clerk, if it is known.
pub fn judge(ctx: &Context, mails: Vec<Incoming>, own: Option<&PersonId>) -> Vec<MailLine> {
    let zone = ctx.project().settings.zone;
    let sent = |mail: &Incoming| match mail.mail.sent {
        Sent::At(instant) => Some(Minute::of(instant, zone)),
        Sent::Unknown => None,
    };
    let mut mails: Vec<(Option<Minute>, Incoming)> = mails.into_iter().map(|mail| (sent(&mail), mail)).collect();
    // Without a time a mail comes last.
    mails.sort_by_key(|(sent, _)| (sent.is_none(), *sent));
    let mut round = Round {
        ctx,
        own,
        recorded: Recorded::new(ctx),
        seen: BTreeMap::new(),
        pending: BTreeMap::new(),
        new_ids: BTreeSet::new(),
    };
    let mut lines: Vec<MailLine> = mails.into_iter().map(|(sent, mail)| round.line(sent, mail)).collect();
    doubt_shared_numbers(&mut lines);
    lines
}

/// A number that mails give to several tickets is safe for none of them.
fn doubt_shared_numbers(lines: &mut [MailLine]) {
    let mut tickets: BTreeMap<String, BTreeSet<TicketId>> = BTreeMap::new();
    for own in lines.iter().flat_map(|line| &line.proposals) {
        if let (Some(number), Some(id)) = (own.number(), own.ticket) {
            tickets.entry(number.to_lowercase()).or_default().insert(id);
        }
    }
    for line in lines {
        for own in &mut line.proposals {
            let Some(number) = own.number().map(str::to_owned) else { continue };
            let shared = tickets.get(&number.to_lowercase()).filter(|tickets| tickets.len() > 1);
            if let Some(tickets) = shared {
                own.certain = false;
                let ids: Vec<String> = tickets.iter().map(TicketId::to_string).collect();
                line.notes.push(format!("these mails give {number} to {}", ids.join(" and ")));
            }
        }
    }
}

/// What is known of the mails so far.
struct Round<'r, 'p> {
    ctx: &'r Context<'p>,
    own: Option<&'r PersonId>,
    recorded: Recorded,
    /// The file of each mail that came already, by its digest.
    seen: BTreeMap<String, String>,
    /// The tickets as they would be with the entries proposed so far.
    pending: BTreeMap<TicketId, Pending>,
    /// The ids of people that are proposed.
    new_ids: BTreeSet<PersonId>,
}

impl Round<'_, '_> {
    fn line(&mut self, sent: Option<Minute>, incoming: Incoming) -> MailLine {
        let Incoming { file, number, mail } = incoming;
        let ctx = self.ctx;
        let (at, mut notes) = time(ctx, sent);
        let is_time_known = notes.is_empty();
        let (sender, about_sender) = sender(ctx.project(), &mail, at.date());
        notes.extend(about_sender);
        let which = ticket_of(ctx, &self.recorded, &mail, &sender);
        notes.extend(which.notes);
        notes.extend(mail.remarks.iter().map(|remark| words(*remark).to_owned()));
        let found = which.ticket.and_then(|(id, by)| Some((ctx.prepared.tickets.get(&id)?, by)));
        let entered = self.recorded.mails.get(&mail.digest).or_else(|| self.seen.get(&mail.digest)).cloned();
        self.seen.entry(mail.digest.clone()).or_insert_with(|| file.clone());
        let (subject, paragraphs, has_numbers) = without_personal_data(&mail);
        if has_numbers {
            notes.push("it has what looks like a Social Security or card number, which is removed here".to_owned());
        }
        let mut proposals = Vec::new();
        if mail.kind == Kind::Letter && entered.is_none() {
            let told = Told {
                ctx,
                own: self.own,
                recorded: &self.recorded,
                sender: &sender,
                at,
                is_time_known,
                subject: &subject,
                paragraphs: &paragraphs,
                digest: &mail.digest,
            };
            match found {
                Some((line, by)) => {
                    let pending = self.pending.entry(line.ticket.id.value).or_insert_with(|| Pending::new(ctx, line));
                    proposals = entries(&told, line, by, pending, &mut notes);
                }
                None if !which.is_doubtful => proposals = intake(&told, &mut self.new_ids, &mut notes),
                None => {}
            }
            if proposals.is_empty() && sender.role == Role::Staff(Office::HelpDesk) {
                notes.push("it is from the Help Desk itself: `heatpack sent` enters letters that were sent".to_owned());
            }
        }
        let state = |id: TicketId| {
            let line = ctx.prepared.tickets.get(&id)?;
            Some(Words::new(&ctx.project().settings.names).state(ctx.state(line)?))
        };
        let ticket = found.map(|(line, by)| {
            let id = line.ticket.id.value;
            TicketFound { id, by, state: state(id).unwrap_or_default() }
        });
        MailLine {
            file,
            number,
            digest: mail.digest,
            subject,
            sent,
            sender,
            ticket,
            kind: mail.kind,
            entered,
            notes,
            attachments: mail.attachments,
            proposals,
        }
    }
}

/// The subject and the paragraphs without what records may not hold, and whether there was any.
fn without_personal_data(mail: &Mail) -> (String, Vec<String>, bool) {
    let mut has_any = false;
    let mut without = |text: &str| match without_numbers(text) {
        Some(without) => {
            has_any = true;
            without
        }
        None => text.to_owned(),
    };
    let subject = without(&one_line(&mail.subject));
    let paragraphs = mail.paragraphs.iter().map(|text| without(text)).collect();
    (subject, paragraphs, has_any)
}

/// The time of the entries of a mail: its own, if it is one that can be entered.
fn time(ctx: &Context, sent: Option<Minute>) -> (Minute, Vec<String>) {
    match sent {
        None => (ctx.as_of, vec!["it has no valid date: the time of this run is used".to_owned()]),
        Some(sent) if sent > ctx.as_of => {
            let why = format!("its date is in the future ({}): the time of this run is used", minute_in_words(sent));
            (ctx.as_of, vec![why])
        }
        Some(sent) if !crate::model::is_in_range(sent.date()) => {
            (ctx.as_of, vec!["its date is not from 2000 to 2099: the time of this run is used".to_owned()])
        }
        Some(sent) => (sent, Vec::new()),
    }
}

fn words(remark: Remark) -> &'static str {
    match remark {
        Remark::Signed => "it is signed; the signature was not checked",
        Remark::FromHtml => "its text is HTML only",
        Remark::OtherCharset => "its text is not in the charset that it states",
        Remark::Long => "its text is too long: only the beginning was read",
        Remark::Nested => "it has too many parts: not all were read",
        Remark::Invisible => "it has invisible characters, which are removed below",
        Remark::Forwarded => "it has no text of its own: the text is that of the mail it forwards",
        Remark::RichText => "its text is Outlook's rich text, which cannot be read: open it in Outlook",
    }
}
