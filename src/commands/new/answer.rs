//! `heatpack new answer`: an answer that all POCs can read.

use std::process::ExitCode;

use anyhow::{Context as _, bail};

use super::record::{Kind, NO_SUBJECT, has_choices, subjects, way_to_schema, write};
use crate::commands::common::session::Session;
use crate::commands::entry::ask::Ask;
use crate::commands::entry::draft::ForceArgs;
use crate::commands::entry::flags::FieldFlags;
use crate::commands::entry::form::{Choice, Form};
use crate::commands::entry::judge;
use crate::load::{Loaded, Project};
use crate::model::{Answer, AnswerId, Ticket, TicketId};
use crate::record::{Field, Node, Value, fields_of};
use crate::report::answers::proposal;
use crate::workflow::{Context, Prepared, answer_at};

/// Create an answer that all POCs can read
///
/// With --from, the title, text and subjects come from those tickets, without names of POCs: shorten the text, then
/// review it. Pages show the answer in place of the tickets.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  heatpack new answer --from HEAT-10423\n  heatpack new answer --subjects scorecard --title \"How to export all quarters\" --text \"Clear the filter first.\""
)]
pub struct Arguments {
    #[command(flatten)]
    own: FieldFlags<Answer>,
}

impl Kind for Answer {
    const NAME: &'static str = "answer";

    fn fields() -> Vec<Field> {
        fields_of(&Answer::schema(), Answer::FIELDS)
    }
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments, ask: Option<&Ask>) -> anyhow::Result<ExitCode> {
    let fields = Answer::fields();
    let judge = |form: &Form, name: &str| wrong_with_answer(session, form, name);
    let mut form = Form::new(session, &fields, &arguments.own.said, ask)?.judged_by(&judge);
    let prepared = Prepared::new(&session.project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    form.choose_any("from", &resolved(&ctx))?;
    let from: Vec<TicketId> = form.all("from").iter().filter_map(|id| TicketId::parse(id)).collect();
    let known = proposal(&ctx, &from);
    for id in &known.private {
        say!("note: {id} is private; write a text without personal details");
    }
    let subjects = subjects(session);
    let lacks_subjects = form.get("subjects").is_none() && known.subjects.is_empty() && subjects.is_empty();
    has_choices(session, &[(lacks_subjects, NO_SUBJECT)])?;
    if !known.subjects.is_empty() {
        form.set_all("subjects", known.subjects);
    }
    if !known.title.is_empty() {
        form.propose("title", &known.title)?;
    }
    form.ask_for("title")?;
    if let Some(id) = session.project.known.answer_id_for(form.get("title").unwrap_or_default()) {
        form.propose("id", id.as_str())?;
    }
    if !known.text.is_empty() {
        form.propose_text("text", &known.text)?;
    }
    form.ask_for("text")?;
    form.choose("subjects", &subjects)?;
    form.set("written", session.as_of.date().to_string());
    form.offer("review_by")?;
    form.ask_for_the_rest()?;
    let said = form.get("id").map(ToOwned::to_owned);
    let make = |project: &Project, _: Option<&Node<'static>>| {
        let path = Answer::path(&id(project, said.as_deref())?);
        Ok((path.clone(), form.file(&way_to_schema::<Answer>(&path), &[], &[])))
    };
    write(session, &ForceArgs::default(), ask, &form, make, |project, path| {
        let id = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".yaml");
        let answer = AnswerId::parse(id).and_then(|id| project.answers.get(&id));
        let title = answer.map(|answer| answer.title.as_str()).unwrap_or_default();
        format!("{id}: {title}\nnext: review its text, then `heatpack build`\n")
    })
}

/// The tickets that all POCs can read the resolution of, the newest first.
fn resolved(ctx: &Context) -> Vec<Choice> {
    let found = ctx.tickets().filter_map(|line| Some((answer_at(line, ctx.as_of)?.0, line.ticket)));
    let mut found: Vec<_> = found.collect();
    found.sort_by_key(|(at, ticket)| std::cmp::Reverse((*at, ticket.id.value)));
    let choice =
        |(_, ticket): (_, &Loaded<Ticket>)| (ticket.id.to_string(), format!("{}: {}", ticket.id.value, ticket.title.0));
    found.into_iter().map(choice).collect()
}

/// Why an answer to a question will not do.
fn wrong_with_answer(session: &Session, form: &Form, name: &str) -> anyhow::Result<Option<String>> {
    if name == "id" {
        return Ok(id(&session.project, form.get("id")).err().map(|error| error.to_string()));
    }
    let given = form.get("id").and_then(AnswerId::parse);
    let Some(id) = given.or_else(|| session.project.known.answer_id_for("x")) else { return Ok(None) };
    let trial = form.trial(&[("id", Node::from(id.to_string()))]);
    judge::wrong_with(session, &ForceArgs::default(), form, name, &Answer::path(&id), trial)
}

/// The id that was said, if it is free.
fn id(project: &Project, said: Option<&str>) -> anyhow::Result<AnswerId> {
    let said = said.context("the id of the answer is missing: use --id, for example --id export-all-quarters")?;
    let id = AnswerId::parse(said);
    let id = id.with_context(|| format!("`{said}` is not an answer's id: {}", AnswerId::help(said)))?;
    if project.known.has_answer(&id) {
        bail!("the answer {id} is there already: use another id, or edit {}", Answer::path(&id));
    }
    Ok(id)
}
