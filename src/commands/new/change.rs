//! `heatpack new cr`: a change request, as a draft.

use std::process::ExitCode;

use anyhow::{Context as _, bail};
use chrono::Datelike;

use super::record::{Kind, NO_SUBJECT, has_choices, not_written, subjects, way_to_schema, write};
use crate::commands::common::session::{Session, own_staff_id};
use crate::commands::entry::ask::Ask;
use crate::commands::entry::draft::ForceArgs;
use crate::commands::entry::flags::FieldFlags;
use crate::commands::entry::form::{Choice, Form};
use crate::commands::entry::judge;
use crate::commands::entry::people::staff;
use crate::load::Project;
use crate::model::{Change, CrId, Office, TicketState};
use crate::record::{Field, Node, Value, fields_of};
use crate::workflow::{Context, Prepared};

/// Create a draft change request
///
/// Packs show the change request (CR) after `heatpack log CR-2026-007 submitted`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  heatpack new cr --tickets HEAT-10423 --subject scorecard --title \"Move the lookup\" --prepared-by kfoster"
)]
pub struct Arguments {
    #[command(flatten)]
    own: FieldFlags<Change>,
}

impl Kind for Change {
    const NAME: &'static str = "cr";

    fn fields() -> Vec<Field> {
        fields_of(&Change::schema(), Change::FIELDS)
    }
}

/// The message if no one on the staff can prepare a CR.
const NO_SPONSOR: &str = "no one from `acfo-fs`, which prepares change requests, is on the staff today: add the person \
                          with `heatpack new staff`";

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments, ask: Option<&Ask>) -> anyhow::Result<ExitCode> {
    let fields = Change::fields();
    let judge = |form: &Form, name: &str| wrong_with_answer(session, form, name);
    let mut form = Form::new(session, &fields, &arguments.own.said, ask)?.judged_by(&judge);
    let sponsors = staff(session, &[Office::AcfoFs]);
    if let Some(own) = own_staff_id().filter(|own| sponsors.iter().any(|(id, _)| id == own)) {
        form.set("prepared_by", own);
    }
    let subjects = subjects(session);
    has_choices(
        session,
        &[
            (form.get("subject").is_none() && subjects.is_empty(), NO_SUBJECT),
            (form.get("prepared_by").is_none() && sponsors.is_empty(), NO_SPONSOR),
        ],
    )?;
    form.choose("tickets", &tickets(session))?;
    form.choose("subject", &subjects)?;
    form.choose("prepared_by", &sponsors)?;
    let said = form.get("id").map(ToOwned::to_owned);
    // The next free one is found when it is written.
    form.set("id", "");
    form.ask_for_the_rest()?;
    if !form.confirm()? {
        return Ok(not_written());
    }
    let make = |project: &Project, _: Option<&Node<'static>>| {
        let id = id(project, said.as_deref(), session.as_of.date().year())?;
        let path = Change::path(&id);
        let nested = [("id", Node::from(id.to_string())), ("log", Vec::<String>::new().into())];
        let comment = format!("All of the request but `requested_for` is needed before `heatpack log {id} submitted`.");
        Ok((path.clone(), form.file(&way_to_schema::<Change>(&path), &nested, &[("log", comment)])))
    };
    write(session, &ForceArgs::default(), ask, &form, make, |_, path| {
        let id = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".yaml");
        format!("{id}: a draft, which no pack shows yet\nnext: fill it in, then `heatpack log {id} submitted`\n")
    })
}

/// Why an answer will not do.
fn wrong_with_answer(session: &Session, form: &Form, name: &str) -> anyhow::Result<Option<String>> {
    let id = id(&session.project, None, session.as_of.date().year())?;
    let trial = form.trial(&[("id", Node::from(id.to_string())), ("log", Vec::<String>::new().into())]);
    judge::wrong_with(session, &ForceArgs::default(), form, name, &Change::path(&id), trial)
}

/// The id that was said, if it is free; else the one after the last of the year.
fn id(project: &Project, said: Option<&str>, year: i32) -> anyhow::Result<CrId> {
    let next = project.known.next_change(year).context("there is no free id: use --id")?;
    let Some(said) = said else { return Ok(next) };
    let id = CrId::parse(&said.to_uppercase());
    let id = id.with_context(|| format!("`{said}` is not the id of a change request: write it like `CR-2026-007`"))?;
    if project.known.changes.ids.contains(&id) {
        bail!("{id} is there already; the next free id is {next}");
    }
    Ok(id)
}

/// The tickets that await a change; all outstanding ones where none does.
fn tickets(session: &Session) -> Vec<Choice> {
    let prepared = Prepared::new(&session.project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    let outstanding = ctx.outstanding();
    let awaiting = outstanding.iter().filter(|line| ctx.state(line) == Some(TicketState::AwaitingChange));
    let choice = |line: &&crate::workflow::TicketLine| {
        let ticket = line.ticket;
        (ticket.id.to_string(), format!("{}: {}", ticket.id.value, ticket.title.0))
    };
    let awaiting: Vec<Choice> = awaiting.map(choice).collect();
    if awaiting.is_empty() { outstanding.iter().map(choice).collect() } else { awaiting }
}
