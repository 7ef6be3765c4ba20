//! The pages of answers: an overview, and the answers of each subject.

use std::cmp::Reverse;

use super::Site;
use crate::load::Project;
use crate::model::{CrId, Subject, SubjectId, TicketId};
use crate::report::answers::{
    AnswerLine, AnswersOf, AnswersPage, Found, Nameless, SubjectAnswersPage, answers, page_path, title, view,
};
use crate::report::site::Page;

/// How many answers a list of the overview has.
const LISTED: usize = 20;

/// `answers.html`: the subjects with answers, and the most asked and newest answers.
pub fn answers_page(site: &Site) -> Page<AnswersPage> {
    let (ctx, project) = (site.ctx, site.ctx.project());
    let all: Vec<Found> = answers(ctx).into_iter().filter(|own| page_of(project, own).is_some()).collect();
    let nameless = Nameless::new(project);
    let line = |own: &&Found| {
        Some(AnswerLine {
            title: title(ctx, &nameless, own),
            subjects: own.subjects().iter().map(ToString::to_string).collect(),
            asked: own.tickets.len(),
            date: own.date,
            href: own.href(page_of(project, own)?),
        })
    };
    let mut newest: Vec<&Found> = all.iter().filter(|own| own.date.is_some()).collect();
    newest.sort_by_key(|own| Reverse(own.date));
    let mut subjects: Vec<AnswersOf> =
        project.subjects.iter().filter_map(|subject| answers_of(&all, &subject.record)).collect();
    subjects.sort_by_cached_key(|own| (own.name.to_lowercase(), own.id.clone()));
    let mut names = site.names();
    names.subjects(project.subjects.iter().map(|subject| &subject.id.value));
    let names = names.book;
    let page = AnswersPage {
        answers: all.len(),
        subjects,
        most_asked: all.iter().filter(|own| own.tickets.len() > 1).take(LISTED).filter_map(|own| line(&own)).collect(),
        newest: newest.iter().take(LISTED).filter_map(line).collect(),
    };
    site.list_page(names, page)
}

/// The first of an answer's subjects that has a page.
fn page_of<'f>(project: &Project, found: &'f Found) -> Option<&'f SubjectId> {
    found.subjects().into_iter().find(|id| project.subject(id).is_some())
}

fn answers_of(all: &[Found], subject: &Subject) -> Option<AnswersOf> {
    let id = &subject.id.value;
    let own: Vec<&Found> = all.iter().filter(|own| own.is_about(id)).collect();
    (!own.is_empty()).then(|| AnswersOf {
        id: id.to_string(),
        name: subject.name.0.clone(),
        answers: own.len(),
        newest: own.iter().filter_map(|own| own.date).max(),
        href: page_path(id),
    })
}

/// `answers/scorecard.html`: every answer of a subject.
pub fn subject_answers_page(site: &Site, subject: &Subject) -> Page<SubjectAnswersPage> {
    let (ctx, id) = (site.ctx, &subject.id.value);
    let nameless = Nameless::new(ctx.project());
    let own = answers(ctx).into_iter().filter(|own| own.is_about(id));
    let answers: Vec<_> = own.map(|own| view(ctx, &nameless, &own)).collect();
    let mut names = site.names();
    names.subjects([id]);
    names.tickets(answers.iter().flat_map(|own| &own.tickets).filter_map(|id| TicketId::parse(id)));
    let changes = answers.iter().flat_map(|own| &own.releases).filter_map(|own| CrId::parse(&own.change));
    names.changes(&changes.collect::<Vec<_>>());
    let names = names.book;
    site.page_of_one(names, SubjectAnswersPage { id: id.to_string(), name: subject.name.0.clone(), answers })
}
