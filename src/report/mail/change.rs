//! The letters about a change request: to the members whose votes are missing, and to NITC once it is approved.

use chrono::NaiveDate;
use serde::Serialize;

use super::Unfit;
use super::about::{About, LetterEvent};
use super::news::Reason;
use super::recipient::{Recipient, of_member, of_office};
use crate::model::{CrId, CrState, MeetingKind, Office, PersonId, REQUEST_TEXTS, RichText};
use crate::report::desk::Desk;
use crate::report::pack::change_row;
use crate::report::places::RecordPage;
use crate::report::words::{Words, day, field_label};
use crate::workflow::{ChangeLine, Context};

/// A letter about a change request.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeLetter {
    pub to: Vec<Recipient>,
    pub subject: String,
    pub id: CrId,
    pub title: String,
    /// The subject's name.
    pub subject_name: String,
    /// Its tickets: id and title.
    pub tickets: Vec<(String, String)>,
    /// True: it asks for votes. False: it goes to NITC.
    pub asks_for_votes: bool,
    /// The state and since when, a sentence.
    pub stands: String,
    /// The votes so far, a sentence.
    pub votes: String,
    /// The votes so far that give a reason.
    pub reasons: Vec<Reason>,
    /// Label and text: priority, risk, effort, needed by.
    pub facts: Vec<(String, String)>,
    /// Label and text: description, justification and so on.
    pub texts: Vec<(String, RichText)>,
    /// How each member votes: name and command.
    pub commands: Vec<(String, String)>,
    /// The CR's page, from the site's root.
    pub page: String,
    /// `sha256:` and the digest of the request that the board decides on.
    pub digest: String,
    /// The date of the board's next meeting, if it asks for votes.
    pub meeting: Option<NaiveDate>,
    /// The last day on which the CR can be forwarded on time.
    pub due: Option<NaiveDate>,
    pub board: String,
    pub sponsor: String,
    pub third_line: String,
    /// The names of the files that go with it.
    pub attachments: Vec<String>,
    pub desk: Desk,
    #[serde(skip)]
    pub about: About,
}

/// The letter that fits the state of a change request, to `given` or else to those who must act.
pub fn change_letter(ctx: &Context, line: &ChangeLine, given: Vec<Recipient>) -> Result<ChangeLetter, Unfit> {
    let id = &line.cr.id.value;
    let state = line.state_at(ctx.as_of).unwrap_or(CrState::Draft);
    if let Some(unfit) = unfit(ctx, line, state) {
        return Err(unfit);
    }
    let names = &ctx.project().settings.names;
    let row = change_row(ctx, line, state);
    let asks_for_votes = state != CrState::Approved;
    let members = ctx.board().members_on(ctx.today());
    let missing: Vec<_> = members.into_iter().filter(|member| row.waiting_for.contains(&member.id.value)).collect();
    if asks_for_votes && missing.is_empty() {
        let why = format!("no vote on {id} is missing: {}", row.standing);
        return Err(Unfit { why, help: format!("run `heatpack verify {id}` to see the votes") });
    }
    let default: Vec<Recipient> = match asks_for_votes {
        true => missing.iter().map(|member| of_member(member)).collect(),
        false => of_office(ctx, Office::Nitc, ctx.today()),
    };
    let effort = line.cr.effort.as_ref().map(|text| text.0.clone());
    let facts = [
        ("Priority", row.priority.clone()),
        ("Risk", row.risk.clone()),
        ("Effort", effort),
        ("Needed by", line.cr.requested_for.map(|date| day(date.0))),
        ("Prepared by", Some(ctx.project().person_name(&row.prepared_by))),
    ];
    let texts = REQUEST_TEXTS
        .iter()
        .filter_map(|(field, text)| Some((field_label(field), RichText::new(&text(&line.cr.record)?.0))));
    let tickets = row.tickets.iter().map(|ticket| {
        let title = ctx.project().tickets.get(ticket).map(|ticket| ticket.title.0.clone()).unwrap_or_default();
        (ticket.to_string(), title)
    });
    let command = |member: &PersonId| format!("heatpack sign {id} --decision approve --as {member}");
    let event = if asks_for_votes { LetterEvent::None } else { LetterEvent::Forwarded };
    let next = ctx.meetings(MeetingKind::Weekly).iter().find(|own| own.held > ctx.as_of && own.canceled.is_none());
    Ok(ChangeLetter {
        to: if given.is_empty() { default } else { given },
        subject: match asks_for_votes {
            true => format!("[{id}] Your vote, please: {}", row.title),
            false => format!("[{id}] Approved: {}", row.title),
        },
        id: id.clone(),
        title: row.title.clone(),
        subject_name: ctx.project().subject_name(&row.subject),
        tickets: tickets.collect(),
        asks_for_votes,
        stands: format!("It has been {} since {}.", Words::new(names).change_state(state), day(row.since)),
        votes: row.standing.clone(),
        reasons: vote_reasons(ctx, line),
        facts: facts.into_iter().filter_map(|(label, value)| Some((label.to_owned(), value?))).collect(),
        texts: texts.collect(),
        commands: missing.iter().map(|member| (member.name.0.clone(), command(&member.id.value))).collect(),
        page: RecordPage::Change.path(id.as_str()),
        digest: row.digest.clone(),
        meeting: next.filter(|_| asks_for_votes).map(|meeting| meeting.held.date()),
        due: row.due,
        board: names.board.clone(),
        sponsor: names.sponsor.clone(),
        third_line: names.third_line.clone(),
        attachments: Vec::new(),
        desk: Desk::of(ctx),
        about: match event {
            LetterEvent::None => About::nothing(),
            event => About::change(event, line),
        },
    })
}

/// The standing votes that give a reason, oldest first.
fn vote_reasons(ctx: &Context, line: &ChangeLine) -> Vec<Reason> {
    let standing = line.standing_at(ctx.as_of);
    let mut votes: Vec<_> = standing.votes.values().map(|index| line.votes[*index].vote).collect();
    votes.sort_by_key(|vote| (vote.at.value, vote.by.value.clone()));
    let words = Words::new(&ctx.project().settings.names);
    let reasons = votes.into_iter().filter_map(|vote| {
        let text = RichText::new(&vote.reason.as_ref()?.0);
        let who = ctx.project().person_name(&vote.by.value);
        let what = format!("{who} {} it on {}:", words.decision(vote.decision.value), day(vote.at.date()));
        Some(Reason { what, text: Some(text) })
    });
    reasons.collect()
}

/// Why no letter fits the state, and what does.
fn unfit(ctx: &Context, line: &ChangeLine, state: CrState) -> Option<Unfit> {
    let id = &line.cr.id.value;
    let names = &ctx.project().settings.names;
    let is = |what: &str| format!("{id} is {what}");
    let words = Words::new(names).change_state(state);
    let (why, help) = match state {
        _ if line.is_request_changed(ctx.as_of) && state.is_before_board() => (
            format!("{id} was edited since it was submitted"),
            format!("undo the edit, or submit the new text with `heatpack log {id} submitted`"),
        ),
        CrState::Submitted | CrState::Deferred | CrState::Approved => return None,
        CrState::Draft | CrState::Returned => (
            is(&words),
            format!(
                "submit it with `heatpack log {id} submitted`; then this letter asks the {} for votes",
                names.board
            ),
        ),
        CrState::Forwarded | CrState::InWork => {
            (is(&words), "run `heatpack mail follow-ups` for letters to the POCs of its tickets".to_owned())
        }
        CrState::Delivered => {
            let tickets = line.cr.tickets.iter().map(|ticket| format!("`heatpack mail reply {}`", ticket.value));
            (is("delivered"), format!("tell the POCs with {}", tickets.collect::<Vec<_>>().join(" and ")))
        }
        CrState::Verified | CrState::Rejected | CrState::Withdrawn => {
            (is(&words), "run `heatpack mail follow-ups` if a POC must still be told".to_owned())
        }
    };
    Some(Unfit { why, help })
}
