//! `heatpack new poc`: a point of contact (POC), or a caller who is not one.

use std::process::ExitCode;

use anyhow::{Context as _, bail};

use super::designation;
use super::people::{is_same, namesakes, propose_id};
use super::record::{Kind, not_written, subjects, way_to_schema, write};
use crate::commands::common::session::Session;
use crate::commands::entry::ask::Ask;
use crate::commands::entry::draft::ForceArgs;
use crate::commands::entry::flags::FieldFlags;
use crate::commands::entry::form::PartialRecord;
use crate::commands::entry::form::{Choice, Form};
use crate::commands::entry::judge;
use crate::load::{Project, Who};
use crate::model::{PersonId, Poc};
use crate::record::{Field, Node, Value, fields_of};

/// Create a POC, or a caller without a designation
///
/// Without --subject and --role, the file has no designation: use that for a caller who is not a POC. A POC who is on
/// record gets a further one with `heatpack new designation`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  heatpack new poc --name \"Jordan Rivera\" --phone 202-555-0104 --subject scorecard --role primary"
)]
pub struct Arguments {
    #[command(flatten)]
    own: FieldFlags<Poc>,
}

impl Kind for Poc {
    const NAME: &'static str = "poc";

    fn fields() -> Vec<Field> {
        own_fields().into_iter().chain(designation_flags()).collect()
    }
}

fn own_fields() -> Vec<Field> {
    fields_of(&Poc::schema(), Poc::FIELDS)
}

/// The flags of the first designations; a POC may do without one.
fn designation_flags() -> Vec<Field> {
    let mut fields = designation::flag_fields();
    fields
        .iter_mut()
        .for_each(|field| field.about = format!("{} (of the designation)", field.about.trim_end_matches('.')));
    fields
}

/// The choice of no designation.
const NONE: &str = "";

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments, ask: Option<&Ask>) -> anyhow::Result<ExitCode> {
    let (own, fields) = (own_fields(), designation::fields());
    let (first, subjects_said) = designation::subjects_said(session, &arguments.own.said, ask)?;
    let judge = |form: &Form, name: &str| wrong_with_answer(session, form, name);
    let mut form = Form::new(session, &own, &arguments.own.said, ask)?.judged_by(&judge);
    // Whether a POC can be reached is known only after both questions.
    form.stand_in("phone", "202-555-0100");
    form.ask_for("name")?;
    if !form.was_stated("id") {
        let name = form.get("name").unwrap_or_default().to_owned();
        for (id, named) in namesakes(session, &name, Who::Poc) {
            match ask {
                None => bail!(
                    "{named} ({id}) is on record: use `heatpack new designation {id}`, or --id with another id for \
                     another person of that name"
                ),
                Some(_) if is_same(ask, &named, &id)? => {
                    return designation::add(session, &id, &arguments.own.said, ask);
                }
                Some(_) => {}
            }
        }
        propose_id(session, &mut form, ask, &[Who::Staff, Who::Member])?;
    }
    loop {
        form.offer("email")?;
        form.offer("phone")?;
        match ask {
            Some(ask) if form.get("email").is_none() && form.get("phone").is_none() => {
                ask.refuse("a POC needs an email address or a phone number");
                form.ask_again(&["email", "phone"]);
            }
            _ => break,
        }
    }
    form.ask_for_the_rest()?;
    if !form.confirm()? {
        return Ok(not_written());
    }
    let judge = |designation: &Form, name: &str| wrong_with_designation(session, &form, designation, name);
    let mut designation = Form::new(session, &fields, &first, ask)?.judged_by(&judge);
    let mut choices: Vec<Choice> = vec![(NONE.to_owned(), "none: a caller who is not a POC".to_owned())];
    choices.extend(subjects(session));
    choices.rotate_left(1);
    designation.choose("subject", &choices)?;
    let designations = if designation.is_empty() || designation.get("subject") == Some(NONE) {
        Vec::new()
    } else {
        designation::ask_for_the_rest(session, &mut designation)?;
        if !designation.confirm()? {
            return Ok(not_written());
        }
        designation::each(&designation, &subjects_said)
    };
    let said = form.get("id").map(ToOwned::to_owned);
    let make = |project: &Project, _: Option<&Node<'static>>| {
        let id = id(project, said.as_deref())?;
        let path = Poc::path(&id);
        let nested = [("designations", Node::from(designations.clone()))];
        Ok((path.clone(), form.file(&way_to_schema::<Poc>(&path), &nested, &[])))
    };
    write(session, &ForceArgs::default(), ask, &form, make, |project, path| {
        let id = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".yaml");
        let name = PersonId::parse(id).map(|id| project.person_name(&id)).unwrap_or_default();
        format!("{id}: {name}\n")
    })
}

/// Why an answer about the person will not do.
fn wrong_with_answer(session: &Session, form: &Form, name: &str) -> anyhow::Result<Option<String>> {
    if name == "id"
        && let Err(error) = id(&session.project, form.get("id"))
    {
        return Ok(Some(error.to_string()));
    }
    // Both may stay blank until both were asked for.
    if matches!(name, "email" | "phone") && form.get(name).is_none() {
        return Ok(None);
    }
    let Some(id) = id_to_try(session, form) else { return Ok(None) };
    let nested = [("id", Node::from(id.to_string())), ("designations", Vec::<String>::new().into())];
    judge::wrong_with(session, &ForceArgs::default(), form, name, &Poc::path(&id), form.trial(&nested))
}

/// Why an answer about a designation of the person will not do.
fn wrong_with_designation(
    session: &Session,
    poc: &Form,
    designation: &Form,
    name: &str,
) -> anyhow::Result<Option<String>> {
    let Some(id) = id_to_try(session, poc).filter(|_| designation.get("subject") != Some(NONE)) else {
        return Ok(None);
    };
    let own = designation.trial(&[]);
    let whole = poc.trial(&[("id", Node::from(id.to_string())), ("designations", Node::from(vec![own.record]))]);
    let trial = PartialRecord { record: whole.record, is_whole: whole.is_whole && own.is_whole };
    judge::wrong_with(session, &ForceArgs::default(), designation, name, &Poc::path(&id), trial)
}

/// The id that was given, else one that is free.
fn id_to_try(session: &Session, form: &Form) -> Option<PersonId> {
    let given = form.get("id").and_then(PersonId::parse);
    given.or_else(|| session.project.known.person_id_for("x"))
}

fn id(project: &Project, said: Option<&str>) -> anyhow::Result<PersonId> {
    let said = said.context("say the id of the POC: --id jrivera")?;
    let id = PersonId::parse(said);
    let id = id.with_context(|| format!("`{said}` is not a person's id: {}", PersonId::help(said)))?;
    if project.known.pocs.ids.contains(&id) {
        bail!("the POC {id} is there already: take another id, or use `heatpack new designation {id}`");
    }
    Ok(id)
}
