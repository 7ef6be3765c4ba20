//! A change request's page: the request, its votes and how each was verified, its timeline.

use super::Site;
use crate::model::{CrState, Decision, Markdown, REQUEST_TEXTS, RichText};
use crate::report::pack::change_row;
use crate::report::places::document_path;
use crate::report::site::{BallotView, ChangePage, Page, RequestText, Voter};
use crate::report::story::{change_timeline, clocks};
use crate::report::votes::vote_checks;
use crate::report::words::field_label;
use crate::workflow::{BoardMember, ChangeLine, Context, NAMESPACE, verdict};

/// The page of a change request that is known by now.
pub fn change_page(site: &Site, line: &ChangeLine) -> Page<ChangePage> {
    let (ctx, cr) = (site.ctx, line.cr);
    let id = cr.id.to_string();
    let state = line.state_at(ctx.as_of).unwrap_or(CrState::Draft);
    let row = change_row(ctx, line, state);
    let mut names = site.names();
    names.tickets(row.tickets.iter().copied());
    names.changes([&cr.id.value]);
    names.subjects([&cr.subject.value]);
    names.people(row.waiting_for.iter().chain([&row.prepared_by]));
    names.people(line.votes.iter().map(|vote| &vote.vote.by.value));
    names.people(cr.log.iter().filter_map(|entry| entry.exception.as_ref()).map(|own| &own.allowed_by.value));
    let names = names.book;
    let texts = REQUEST_TEXTS.iter().filter_map(|(field, text)| Some(request_text(field, text(cr)?)));
    let page = ChangePage {
        title: cr.title.0.clone(),
        path: ctx.project().file(cr.file).path.clone(),
        subject: cr.subject.to_string(),
        tickets: row.tickets.iter().map(ToString::to_string).collect(),
        state: site.words().change_stands(line, state, ctx.as_of),
        standing: verdict(ctx.board(), line, ctx.as_of),
        waits_on: row.waits_on,
        since: Some(row.since),
        quorum: row.quorum,
        waiting_for: row.waiting_for.iter().map(ToString::to_string).collect(),
        prepared_by: cr.prepared_by.to_string(),
        priority: row.priority,
        risk: row.risk,
        effort: cr.effort.as_ref().map(|effort| effort.0.clone()),
        requested_for: cr.requested_for.map(|date| date.0),
        release: row.release,
        digest: row.digest,
        digest_now: line.is_text_edited(ctx.as_of).then(|| cr.digest.clone()),
        document: line.was_submitted_by(ctx.as_of).then(|| document_path(&cr.id.value)),
        texts: texts.collect(),
        timeline: change_timeline(ctx, line),
        clocks: clocks(ctx, &line.clocks),
        votes: vote_checks(ctx, line),
        ballot: ballot(site.ctx, line),
        diagnostics: site.diagnostics(&id),
        id,
    };
    site.page_of_one(names, page)
}

/// How the members vote, while the CR waits for votes and they can cast any: not on a request that was edited since.
fn ballot(ctx: &Context, line: &ChangeLine) -> Option<BallotView> {
    if line.is_text_edited(ctx.as_of) {
        return None;
    }
    let voter = |own: BoardMember| {
        let member = own.member;
        let command = |decision: &Decision| {
            format!("heatpack sign {} --decision {decision} --as {}", line.cr.id.value, member.id.value)
        };
        Voter {
            id: member.id.to_string(),
            name: member.name.0.clone(),
            is_chair: member.chair,
            has_voted: own.has_voted,
            commands: Decision::ALL.iter().map(command).collect(),
        }
    };
    let members = line.members_at(ctx.as_of, ctx.board()).into_iter();
    let mut members: Vec<Voter> = members.filter(|own| !own.is_proposer).map(voter).collect();
    members.sort_by_key(|member| !member.is_chair);
    let timezone = ctx.project().settings.zone.name().to_owned();
    (!members.is_empty()).then_some(BallotView { timezone, namespace: NAMESPACE, members })
}

fn request_text(field: &str, text: &Markdown) -> RequestText {
    RequestText { heading: field_label(field), text: RichText::new(&text.0) }
}
