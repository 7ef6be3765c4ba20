//! Who made an entry: the flag, the environment, or the answer to a question.

use anyhow::bail;

use super::ask::Ask;
use super::people::staff;
use super::typed::Reader;
use crate::commands::common::session::{Session, own_staff_id};
use crate::load::Who;
use crate::model::EventKind;

/// Who did it: as given, else the person in HEATPACK_STAFF if their office does this, else by asking.
pub fn author<E: EventKind>(
    session: &Session,
    given: Option<&str>,
    name: &str,
    event: Option<E>,
    ask: Option<&Ask>,
) -> anyhow::Result<Option<String>> {
    if let Some(by) = given {
        return Reader::new(session, ask).person(by, Who::Staff).map(Some);
    }
    let own = own_staff_id();
    let offices = event.map(|event| event.spec().offices).unwrap_or_default();
    if offices.is_empty() {
        return Ok(own);
    }
    let people = staff(session, offices);
    // The rules report an id that is not on the staff.
    let is_known = |own: &String| session.project.staff.iter().any(|staff| staff.id.as_str() == own);
    if let Some(own) = own.filter(|own| !is_known(own) || people.iter().any(|(id, _)| id == own)) {
        return Ok(Some(own));
    }
    if people.is_empty() {
        let offices: Vec<String> = offices.iter().map(|office| format!("`{office}`")).collect();
        let of = offices.join(" or ");
        bail!("no one from {of} is on the staff today: add the person with `heatpack new staff`");
    }
    let Some(ask) = ask else {
        let ids: Vec<&str> = people.iter().map(|(id, _)| id.as_str()).collect();
        let whose = offices.iter().map(|office| format!("`{office}`")).collect::<Vec<_>>().join(" or ");
        match own_staff_id() {
            Some(own) => {
                bail!("HEATPACK_STAFF is {own}, who does not work for {whose}: use --by STAFF ({})", ids.join(", "))
            }
            None => bail!("`{name}` needs --by STAFF ({}), or HEATPACK_STAFF", ids.join(", ")),
        }
    };
    let names: Vec<String> = people.iter().map(|(_, name)| name.clone()).collect();
    let chosen = ask.choice("Who did it?", &names)?;
    Ok(people.into_iter().nth(chosen).map(|(id, _)| id))
}
