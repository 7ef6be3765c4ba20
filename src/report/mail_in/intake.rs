//! The new ticket that a mail without a ticket could be.

use std::collections::BTreeSet;

use super::arg::{Arg, Proposal, asked, known};
use super::line::Role;
use super::proposals::{Told, author, shortened};
use super::topic::{is_question, is_technical};
use crate::import::mail::one_line;
use crate::model::{PersonId, SubjectId};
use crate::workflow::{designations, is_active, is_supported, successor};

/// The most characters of a title and of a description.
const LONGEST_TITLE: usize = 150;
const LONGEST_DESCRIPTION: usize = 2000;

/// The ticket that a mail of a POC or a user could be. `new_ids` are the people that earlier mails propose.
pub fn intake(told: &Told, new_ids: &mut BTreeSet<PersonId>, notes: &mut Vec<String>) -> Vec<Proposal> {
    let Some(email) = &told.sender.email else { return Vec::new() };
    let (title, description) = (title(told), shortened(&told.paragraphs.join(" "), LONGEST_DESCRIPTION));
    let is_empty = title.is_empty() && description.is_empty();
    if is_empty || matches!(told.sender.role, Role::Staff(_) | Role::Board) {
        return Vec::new();
    }
    let is_answer = told.subject.trim_start().get(..3).is_some_and(|start| start.eq_ignore_ascii_case("re:"));
    if let (true, Some(id)) = (is_answer, &told.sender.id) {
        let outstanding = told.ctx.outstanding();
        let own = outstanding.iter().filter(|line| line.poc_at(told.ctx.as_of) == id).take(5);
        let own: Vec<String> = own.map(|line| line.ticket.id.to_string()).collect();
        if !own.is_empty() {
            notes.push(format!("it is an answer without a ticket number; outstanding: {}", own.join(", ")));
        }
    }
    let mut proposals = Vec::new();
    let poc = match &told.sender.id {
        Some(id) => id.clone(),
        None => {
            let Some(id) = new_person(told, email, new_ids) else { return Vec::new() };
            // A name in a mail is a claim like any other.
            let name = Some(shortened(&told.sender.name, 100)).filter(|name| !name.is_empty());
            let args = [
                vec![Arg::Word("new".to_owned()), Arg::Word("poc".to_owned()), known("id", id.to_string())],
                vec![known("name", name.unwrap_or_else(|| email.clone())), known("email", email.clone())],
            ];
            let why = "unknown sender: add them as a caller who is not a POC, if you know who it is".to_owned();
            proposals.push(Proposal { what: "new poc", ticket: None, args: args.concat(), why, certain: false });
            id
        }
    };
    let subject = subject(told);
    let mut args = vec![Arg::Word("new".to_owned()), Arg::Word("ticket".to_owned())];
    args.push(subject.as_ref().map_or_else(|| asked("subject", "subject"), |id| known("subject", id.to_string())));
    args.extend([known("poc", poc.to_string()), known("received", told.at.to_string()), known("via", "email")]);
    let text = format!("{title}\n{description}");
    args.push(known("kind", if is_question(&text) { "question" } else { "issue" }));
    args.push(known("area", if is_technical(&text) { "technical" } else { "functional" }));
    args.push(known("title", if title.is_empty() { shortened(&description, 80) } else { title.clone() }));
    args.push(known("description", if description.is_empty() { title } else { description }));
    args.push(known("mail", told.digest));
    let mut why = "a new inquiry of a POC";
    if told.sender.role != Role::Poc {
        why = "a user who is not a POC: send them to their POC";
        args.extend(redirected(told, subject.as_ref()));
    }
    proposals.push(Proposal { what: "new ticket", ticket: None, args, why: why.to_owned(), certain: false });
    proposals
}

/// The subject without what mail programs put before it.
fn title(told: &Told) -> String {
    let mut title = one_line(told.subject);
    loop {
        let lower = title.to_lowercase();
        let before = ["re:", "fw:", "fwd:", "aw:", "[external]", "[ext]", "external:", "[external email]"];
        let Some(own) = before.iter().find(|own| lower.starts_with(**own)) else { break };
        title = title[own.len()..].trim().to_owned();
    }
    shortened(&title, LONGEST_TITLE)
}

/// The module or initiative: the only one that the POC is designated for, else the only one of them that the mail names.
fn subject(told: &Told) -> Option<SubjectId> {
    let (project, date) = (told.ctx.project(), told.at.date());
    let text = format!("{}\n{}", told.subject, told.paragraphs.join("\n")).to_lowercase();
    let supported = project.subjects.iter().filter(|subject| is_supported(subject, date));
    let is_own = |subject: &SubjectId| {
        let own = designations(project, subject, None);
        own.iter().any(|(poc, own)| Some(&poc.id.value) == told.sender.id.as_ref() && is_active(own, date))
    };
    let is_poc = told.sender.role == Role::Poc;
    let mut possible: Vec<_> = supported.filter(|subject| !is_poc || is_own(&subject.id.value)).collect();
    if !(is_poc && possible.len() == 1) {
        let is_named = |name: &str| {
            let name = name.to_lowercase().replace('-', " ");
            text.replace('-', " ").match_indices(&name).next().is_some()
        };
        possible.retain(|subject| is_named(&subject.name.0) || is_named(subject.id.as_str()));
    }
    match possible.as_slice() {
        [one] => Some(one.id.value.clone()),
        _ => None,
    }
}

/// The flags for a caller who is sent to their POC.
fn redirected(told: &Told, subject: Option<&SubjectId>) -> Vec<Arg> {
    let project = told.ctx.project();
    let poc = subject.and_then(|subject| successor(project, subject, told.at.date()).map(|own| (subject, own)));
    let note = poc.map(|(subject, (poc, role))| {
        known("note", format!("Sent to {}, the {role} POC for {}.", poc.name.0, project.subject_name(subject)))
    });
    let note = note.unwrap_or_else(|| asked("note", "where you sent them"));
    [Some(Arg::Switch("redirected")), Some(note), author(told.own)].into_iter().flatten().collect()
}

/// A free id for an unknown sender, by their name or by their address.
fn new_person(told: &Told, email: &str, new_ids: &mut BTreeSet<PersonId>) -> Option<PersonId> {
    let known = &told.ctx.project().known;
    let local = email.split('@').next().unwrap_or_default();
    let names = [told.sender.name.as_str(), local, "caller"];
    let stems = names.iter().filter_map(|name| PersonId::of_name(name));
    let numbered =
        |stem: &PersonId| (2..100).filter_map(|number| PersonId::parse(&format!("{stem}{number}"))).collect::<Vec<_>>();
    let mut ids = stems.flat_map(|stem| std::iter::once(stem.clone()).chain(numbered(&stem)));
    let id = ids.find(|id| !known.has_person(id) && !new_ids.contains(id))?;
    new_ids.insert(id.clone());
    Some(id)
}
