//! The request that the board decided on, field by field, and the tickets that it is for.

use chrono::NaiveDate;
use serde::Serialize;

use crate::load::Request;
use crate::model::{Minute, PersonId, REQUEST_TEXTS, RichText, SubjectId, TicketEvent, TicketId, parse_date};
use crate::report::site::RequestText;
use crate::report::words::{Words, field_label};
use crate::workflow::{ChangeLine, Context};

/// A request.
#[derive(Debug, Clone, Serialize)]
pub struct RequestView {
    /// These fields have the digest that the votes are on. If not, no commit here has that version, and they are the
    /// present ones.
    pub is_the_decided_one: bool,
    /// The request was edited since the board last had it.
    pub edited_since: bool,
    pub title: String,
    /// The name of the module or initiative.
    pub subject: String,
    pub tickets: Vec<String>,
    pub prepared_by: String,
    pub priority: Option<String>,
    pub risk: Option<String>,
    pub effort: Option<String>,
    pub requested_for: Option<NaiveDate>,
    /// Its description, justification and so on, in the order of the form.
    pub texts: Vec<RequestText>,
}

/// A ticket that a request is for.
#[derive(Debug, Clone, Serialize)]
pub struct ResearchedTicket {
    pub id: String,
    pub title: String,
    pub received: Option<Minute>,
    /// The state in words.
    pub state: String,
    /// NITC's number, the latest.
    pub nitc_ref: Option<String>,
    pub researched_at: Option<Minute>,
    pub research: Option<RichText>,
}

/// The request with the digest that the votes are on, among the known versions; else the present one.
pub(super) fn request(ctx: &Context, line: &ChangeLine, requests: &[Request]) -> RequestView {
    let digest = line.digest_at(ctx.as_of);
    let decided = requests.iter().find(|request| request.digest == digest);
    let present = requests.iter().find(|request| request.digest == line.cr.digest);
    let request = decided.or(present);
    let values = |field: &str| {
        let own = request.and_then(|own| own.fields.iter().find(|(name, _)| name == field));
        own.map(|(_, values)| values.clone()).unwrap_or_default()
    };
    let one = |field: &str| Some(values(field).join(", ")).filter(|text| !text.trim().is_empty());
    let person = |id: String| PersonId::parse(&id).map_or(id, |id| ctx.project().person_name(&id));
    let subject = |id: String| SubjectId::parse(&id).map_or(id, |id| ctx.project().subject_name(&id));
    let texts = REQUEST_TEXTS
        .iter()
        .filter_map(|(field, _)| Some(RequestText { heading: field_label(field), text: RichText::new(&one(field)?) }));
    RequestView {
        is_the_decided_one: decided.is_some(),
        edited_since: line.is_text_edited(ctx.as_of),
        title: one("title").unwrap_or_else(|| line.cr.title.0.clone()),
        subject: one("subject").map(subject).unwrap_or_default(),
        tickets: values("tickets"),
        prepared_by: one("prepared_by").map(person).unwrap_or_default(),
        priority: one("priority"),
        risk: one("risk"),
        effort: one("effort"),
        requested_for: one("requested_for").and_then(|date| parse_date(date.trim())),
        texts: texts.collect(),
    }
}

/// The tickets by those ids. Of one that cannot be read only the id is known.
pub(super) fn tickets(ctx: &Context, ids: &[String]) -> Vec<ResearchedTicket> {
    let words = Words::new(&ctx.project().settings.names);
    let ticket = |id: &String| {
        let line = TicketId::parse(id).and_then(|id| ctx.prepared.tickets.get(&id));
        let line = line.filter(|line| line.exists_at(ctx.as_of));
        let research = line.and_then(|line| line.last_entry(TicketEvent::Researched, ctx.as_of));
        ResearchedTicket {
            id: id.clone(),
            title: line.map(|line| line.ticket.title.0.clone()).unwrap_or_default(),
            received: line.map(|line| line.ticket.received.value),
            state: line.and_then(|line| ctx.state(line)).map(|state| words.state(state)).unwrap_or_default(),
            nitc_ref: line.and_then(|line| line.nitc_ref_at(ctx.as_of)).map(str::to_owned),
            researched_at: research.map(|(at, _)| at),
            research: research.and_then(|(_, entry)| entry.note.as_ref()).map(|note| RichText::new(&note.0)),
        }
    };
    ids.iter().map(ticket).collect()
}
