//! The digest that an entry of a CR's log bears.

use crate::load::Project;
use crate::model::{ChangeEvent, CrId, Entry};

/// The digest of a request that is submitted, or of the round of one that is forwarded.
pub fn digest_of_round(project: &Project, id: &CrId, event: ChangeEvent) -> Option<String> {
    let cr = project.changes.get(id)?;
    let is_submitted = |entry: &&Entry<ChangeEvent>| entry.event.value == ChangeEvent::Submitted;
    match event {
        ChangeEvent::Submitted => Some(cr.digest.clone()),
        ChangeEvent::Forwarded => {
            let round = cr.log.iter().rfind(is_submitted).and_then(|entry| entry.digest.as_ref());
            Some(round.map_or_else(|| cr.digest.clone(), |digest| digest.value.0.clone()))
        }
        _ => None,
    }
}
