//! The id of a new person: one person has the same id in all files.

use crate::commands::common::session::Session;
use crate::commands::entry::ask::Ask;
use crate::commands::entry::form::Form;
use crate::load::Who;
use crate::model::PersonId;

/// Proposes an id for the person whose name was said: that of the same person `among` those on record, else a free one.
pub fn propose_id(session: &Session, form: &mut Form, ask: Option<&Ask>, among: &[Who]) -> anyhow::Result<()> {
    if form.get("id").is_some() {
        return Ok(());
    }
    let name = form.get("name").unwrap_or_default().to_owned();
    for (id, named) in among.iter().flat_map(|who| namesakes(session, &name, *who)) {
        if is_same(ask, &named, &id)? {
            form.set("id", id.to_string());
            return Ok(());
        }
    }
    if let Some(proposal) = session.project.known.person_id_for(&name) {
        form.propose("id", proposal.as_str())?;
    }
    Ok(())
}

/// The people on record with that whole name.
pub fn namesakes(session: &Session, name: &str, who: Who) -> Vec<(PersonId, String)> {
    let has_name = |named: &str| named.trim().to_lowercase() == name.trim().to_lowercase();
    let found = session.project.people(who).into_iter().filter(|(_, named)| has_name(named));
    found.map(|(id, named)| (id.clone(), named.to_owned())).collect()
}

/// Whether a person on record is the one who was named; without a terminal they are.
pub fn is_same(ask: Option<&Ask>, name: &str, id: &PersonId) -> anyhow::Result<bool> {
    let Some(ask) = ask else { return Ok(true) };
    let choices = [format!("yes: {name} has the id {id}"), "no: another person of that name".to_owned()];
    Ok(ask.choice(&format!("{name} ({id}) is on record. Is this the same person?"), &choices)? == 0)
}
