//! The entries that a mail could be in the log of the ticket that it is about.

use super::arg::{Arg, Proposal, asked, known};
use super::cues::{NitcCue, PocCue, of_nitc, of_poc, raises_more};
use super::line::{By, Role, Sender};
use super::number::numbers;
use super::recorded::Recorded;
use crate::import::mail::one_line;
use crate::model::{EventKind, Minute, Office, PersonId, TicketEvent as E, TicketState, minute_in_words};
use crate::report::words::Words;
use crate::workflow::{Context, TicketLine, has_designation};

/// The most characters of a note.
const LONGEST_NOTE: usize = 600;

/// A paragraph of so few words is a greeting, thanks or a signature.
const FEW_WORDS: usize = 6;

/// A mail as far as its entries need it.
pub struct Told<'t, 'p> {
    pub ctx: &'t Context<'p>,
    /// The clerk.
    pub own: Option<&'t PersonId>,
    pub recorded: &'t Recorded,
    pub sender: &'t Sender,
    /// The time of the entries.
    pub at: Minute,
    /// It is that of the mail.
    pub is_time_known: bool,
    pub subject: &'t str,
    pub paragraphs: &'t [String],
    pub digest: &'t str,
}

/// A ticket with the entries that are proposed so far.
pub struct Pending {
    state: Option<TicketState>,
    last: Minute,
    is_acknowledged: bool,
    /// Nothing is proposed so far.
    is_as_recorded: bool,
}

impl Pending {
    /// The ticket as it is on record.
    pub fn new(ctx: &Context, line: &TicketLine) -> Pending {
        let last = |event| line.last_entry(event, ctx.as_of).map(|(at, _)| at);
        let received = line.ticket.received.value;
        Pending {
            state: ctx.state(line),
            last: line.ticket.record.log.last().map_or(received, |entry| entry.at.value.max(received)),
            is_acknowledged: last(E::Acknowledged).is_some() && last(E::Acknowledged) >= last(E::Forwarded),
            is_as_recorded: true,
        }
    }

    fn allows(&self, event: E) -> bool {
        self.state.is_some_and(|state| event.spec().allowed.contains(&state))
    }

    /// What an entry makes of it. Only a person knows the outcome of research.
    fn enter(&mut self, event: E, at: Minute) {
        self.state = match event {
            E::Researched => Some(TicketState::Answered),
            E::Returned | E::Reopened => Some(TicketState::Open),
            E::Closed => Some(TicketState::Closed),
            _ => self.state,
        };
        self.is_acknowledged |= event == E::Acknowledged;
        self.last = self.last.max(at);
        self.is_as_recorded = false;
    }
}

/// The first new paragraph as a note; `None` if there is no text.
pub fn note(paragraphs: &[String]) -> Option<String> {
    let text = noted(paragraphs)?;
    Some(shortened(&text, LONGEST_NOTE)).filter(|text| !text.is_empty())
}

/// The paragraph that a note is made of, with the next one if it announces that.
fn noted(paragraphs: &[String]) -> Option<String> {
    let first = paragraphs.iter().find(|text| !is_thanks_only(text)).or_else(|| paragraphs.first())?;
    let at = paragraphs.iter().position(|own| own == first)?;
    let next = paragraphs.get(at + 1).filter(|_| first.ends_with(':'));
    Some(next.map_or_else(|| first.clone(), |next| format!("{first} {next}")))
}

/// Whether a mail has more to read than its note: thanks, greetings and names before and after do not count.
fn has_more(paragraphs: &[String]) -> bool {
    let Some(text) = noted(paragraphs) else { return false };
    let is_cut = one_line(&text).chars().count() > LONGEST_NOTE;
    is_cut || paragraphs.iter().any(|own| !text.contains(own.as_str()) && own.split_whitespace().count() > FEW_WORDS)
}

/// "Thanks Taylor!" tells nothing if something follows.
fn is_thanks_only(text: &str) -> bool {
    text.split_whitespace().count() <= FEW_WORDS && text.to_lowercase().starts_with("thank")
}

/// A line of at most so many characters. A lone hyphen would mean standard input.
pub fn shortened(text: &str, most: usize) -> String {
    let line = one_line(text);
    let line = line.trim_start_matches('-').trim_start();
    match line.char_indices().nth(most) {
        None => line.to_owned(),
        Some((end, _)) => {
            let cut = line[..end].rfind(' ').filter(|cut| *cut > end / 2).unwrap_or(end);
            format!("{}…", line[..cut].trim_end())
        }
    }
}

/// The entries that a mail about a ticket could be.
pub fn entries(
    told: &Told,
    line: &TicketLine,
    by: By,
    pending: &mut Pending,
    notes: &mut Vec<String>,
) -> Vec<Proposal> {
    let mut maker = Maker { told, line, by, pending, notes, made: Vec::new() };
    match told.sender.role {
        Role::Staff(Office::Nitc) => maker.of_nitc(),
        Role::Staff(Office::HelpDesk) => {}
        Role::Staff(Office::AcfoFs) | Role::Board => maker.note("for the record"),
        Role::Poc | Role::Caller => maker.of_poc(),
        Role::Unknown => maker.notes.push(
            "no one on record has this address: if you know the sender, add a `note` with `heatpack log`".to_owned(),
        ),
    }
    let made = maker.made;
    if made.iter().any(|own| own.value("note").is_some()) && has_more(told.paragraphs) {
        notes.push("the mail has more text than the note; read it before you enter this".to_owned());
    }
    made
}

struct Maker<'m, 't, 'p> {
    told: &'m Told<'t, 'p>,
    line: &'m TicketLine<'m>,
    by: By,
    pending: &'m mut Pending,
    notes: &'m mut Vec<String>,
    made: Vec<Proposal>,
}

impl Maker<'_, '_, '_> {
    /// An entry, if the ticket's state allows it; else a note that tells why not.
    fn entry(&mut self, event: E, fields: Vec<Arg>, why: &str) {
        if !self.pending.allows(event) {
            let words = Words::new(&self.told.ctx.project().settings.names);
            let state = self.pending.state.map(|state| words.state(state)).unwrap_or_default();
            self.notes.push(format!("it could be `{event}`, which is not allowed now ({state})"));
            return self.note("for the record");
        }
        self.push(event, fields, why);
    }

    fn push(&mut self, event: E, fields: Vec<Arg>, why: &str) {
        let told = self.told;
        let at = told.at.max(self.pending.last);
        if at != told.at && told.is_time_known {
            let (last, own) = (minute_in_words(at), minute_in_words(told.at));
            self.notes.push(format!("the log has an entry of {last}, so that of {own} is proposed for the same time"));
        }
        let id = self.line.ticket.id.value;
        let mut args = vec![Arg::Word("log".to_owned()), Arg::Word(id.to_string()), Arg::Word(event.to_string())];
        args.push(known("at", at.to_string()));
        args.extend(self.author(event));
        args.extend(fields);
        args.push(known("mail", told.digest));
        self.made.push(Proposal { what: event.as_str(), ticket: Some(id), args, why: why.to_owned(), certain: false });
        self.pending.enter(event, at);
    }

    /// Who enters it: NITC's own events are its staff's, all others the clerk's.
    fn author(&self, event: E) -> Option<Arg> {
        let offices = event.spec().offices;
        let sender = self.told.sender;
        let is_own = |office: Office| offices.is_empty() || offices.contains(&office);
        match (sender.role, &sender.id) {
            (Role::Staff(office), Some(id)) if is_own(office) => Some(known("by", id.to_string())),
            _ if offices.is_empty() => None,
            _ => author(self.told.own),
        }
    }

    fn note(&mut self, why: &str) {
        if let Some(note) = note(self.told.paragraphs) {
            self.push(E::Note, vec![known("note", note)], why);
        }
    }

    fn with_note(&self) -> Vec<Arg> {
        vec![note(self.told.paragraphs).map_or_else(|| asked("note", "what the mail says"), |note| known("note", note))]
    }

    fn of_nitc(&mut self) {
        let told = self.told;
        let text = told.paragraphs.join("\n");
        // The subject of an answer is ours.
        let own_subject =
            if self.by == By::Subject && told.subject.to_lowercase().starts_with("re:") { "" } else { told.subject };
        let cue = of_nitc(&text);
        let numbers: Vec<String> = numbers(told.recorded, &format!("{own_subject}\n{text}")).into_iter().collect();
        let is_new = !self.pending.is_acknowledged && self.pending.allows(E::Acknowledged);
        let of_subject = of_nitc(own_subject) == NitcCue::Acknowledged;
        let is_receipt = cue == NitcCue::Acknowledged || of_subject && matches!(cue, NitcCue::None | NitcCue::Initial);
        match numbers.as_slice() {
            [number] if is_new => self.acknowledged(number, is_receipt),
            [] if is_new && is_receipt => self.push(
                E::Acknowledged,
                vec![asked("nitc-ref", "number")],
                "an acknowledgment; its number is still to come",
            ),
            [_, _, ..] if is_new => self.notes.push(format!("it has several numbers: {}", numbers.join(", "))),
            _ => {}
        }
        match cue {
            NitcCue::Returned => self.entry(E::Returned, self.with_note(), "a question, or the ticket is sent back"),
            NitcCue::Researched => {
                let fields = [vec![asked("outcome", "outcome")], self.with_note()].concat();
                self.entry(E::Researched, fields, "a cause or an answer; the outcome is answer or code-change");
            }
            NitcCue::Initial if !is_receipt => self.entry(E::InitialResponse, self.with_note(), "first findings"),
            _ if self.made.is_empty() => self.note("for the record"),
            _ => {}
        }
    }

    /// An acknowledgment with a number. It is certain if nothing at all speaks against it.
    fn acknowledged(&mut self, number: &str, is_receipt: bool) {
        let told = self.told;
        let id = self.line.ticket.id.value;
        let others = told.recorded.numbers.get(&number.to_lowercase());
        let other = others.and_then(|tickets| tickets.iter().find(|other| **other != id));
        let before = self.line.nitc_ref_at(told.ctx.as_of).filter(|before| !before.eq_ignore_ascii_case(number));
        if let Some(other) = other {
            self.notes.push(format!("{number} is the number of {other} in our records"));
            return;
        }
        let certain = is_receipt
            && self.by != By::Text
            && told.is_time_known
            && told.at >= self.pending.last
            && self.pending.is_as_recorded
            && before.is_none();
        if let Some(before) = before {
            self.notes.push(format!("the number was {before} before"));
        }
        self.push(E::Acknowledged, vec![known("nitc-ref", number)], "an acknowledgment with a number");
        if let Some(last) = self.made.last_mut() {
            last.certain = certain;
        }
    }

    fn of_poc(&mut self) {
        let told = self.told;
        let cue = of_poc(&told.paragraphs.join("\n"));
        let own = self.line.poc_at(told.ctx.as_of);
        let (project, subject) = (told.ctx.project(), &self.line.ticket.subject.value);
        let is_own = told.sender.id.as_ref() == Some(own);
        let is_designated = || {
            let poc = told.sender.id.as_ref().and_then(|id| project.pocs.get(id));
            poc.is_some_and(|poc| has_designation(poc, subject, told.at.date()))
        };
        if !is_own {
            self.notes.push(format!("the ticket's POC is {}", project.person_name(own)));
        }
        let may_decide = is_own || is_designated();
        match (self.pending.state, cue) {
            (Some(TicketState::Resolved), PocCue::Closed)
                if may_decide && told.paragraphs.iter().any(|own| raises_more(own)) =>
            {
                self.note("the POC seems to agree, and to raise something else: close the ticket only if it is another matter");
            }
            (Some(TicketState::Resolved), PocCue::Closed) if may_decide => {
                self.push(E::Closed, self.optional_note(), "the POC seems to agree");
            }
            (Some(TicketState::Resolved | TicketState::Closed), PocCue::Reopened) if may_decide => {
                self.entry(E::Reopened, self.with_note(), "the POC seems to report that it is not resolved");
            }
            _ => self.note("for the record"),
        }
    }

    fn optional_note(&self) -> Vec<Arg> {
        note(self.told.paragraphs).map(|note| known("note", note)).into_iter().collect()
    }
}

/// The clerk, where HEATPACK_STAFF does not say who that is.
pub fn author(own: Option<&PersonId>) -> Option<Arg> {
    own.is_none().then(|| asked("by", "staff"))
}
