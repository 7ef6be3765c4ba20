//! People and subjects by what an export calls them: id, email or name.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::Refusal;
use crate::load::Project;
use crate::model::{PersonId, SubjectId, folded};
use crate::record::did_you_mean;

/// Ids by every name that they go by.
#[derive(Debug)]
pub struct Directory<I> {
    /// What is in it, with its article: "a POC".
    what: &'static str,
    /// What to do about a name that nobody has.
    help: &'static str,
    names: BTreeMap<String, BTreeSet<I>>,
}

impl<I: Ord + Clone + std::fmt::Display> Directory<I> {
    fn new(what: &'static str, help: &'static str) -> Directory<I> {
        Directory { what, help, names: BTreeMap::new() }
    }

    /// Adds a name of an id.
    pub fn add(&mut self, name: &str, id: &I) {
        self.names.entry(folded(name)).or_default().insert(id.clone());
    }

    /// The id that goes by that name; none where there is no such one.
    pub fn find(&self, name: &str) -> Result<Option<I>, Refusal> {
        let Some(ids) = self.names.get(&folded(name)) else { return Ok(None) };
        if ids.len() > 1 {
            let ids: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
            let help = "say under `values` in the map which of them is meant".to_owned();
            return Err((format!("`{name}` is the name of {}", ids.join(" and ")), help));
        }
        Ok(ids.first().cloned())
    }

    /// The same, where there has to be one.
    pub fn get(&self, name: &str) -> Result<I, Refusal> {
        self.find(name)?.ok_or_else(|| {
            let meant = did_you_mean(name, self.names.keys().map(String::as_str));
            let help = meant.map(|meant| format!("{meant} ")).unwrap_or_default();
            (format!("`{name}` is no {}", self.what), format!("{help}{}", self.help))
        })
    }
}

/// The POCs on record.
pub fn pocs(project: &Project) -> Directory<PersonId> {
    let help = "say under `values` in the map who it is, add their record, or write `unknown_pocs: create`";
    let mut directory = Directory::new("POC", help);
    for (id, poc) in &project.pocs {
        directory.add(id.as_str(), id);
        directory.add(poc.name.as_str(), id);
        poc.email.iter().for_each(|email| directory.add(email.as_str(), id));
    }
    directory
}

/// The staff on record.
pub fn staff(project: &Project) -> Directory<PersonId> {
    let help = "say under `values` in the map who it is (`otherwise` for all others), or add them to data/staff.yaml";
    let mut directory = Directory::new("member of staff", help);
    for staff in &project.staff {
        let id = &staff.id.value;
        directory.add(id.as_str(), id);
        directory.add(staff.name.as_str(), id);
        staff.email.iter().for_each(|email| directory.add(email.as_str(), id));
    }
    directory
}

/// The modules and initiatives on record.
pub fn subjects(project: &Project) -> Directory<SubjectId> {
    let help = "say under `values` in the map which it is, add it to data/subjects.yaml, or write `unknown_subjects: \
                create`";
    let mut directory = Directory::new("module or initiative", help);
    for subject in &project.subjects {
        directory.add(subject.id.as_str(), &subject.id.value);
        directory.add(subject.name.as_str(), &subject.id.value);
    }
    directory
}

/// A name as an id: `Jordan Rivera` and `jordan.rivera@example.org` are `jordan-rivera`. None where nothing of it can
/// be one.
pub fn slug(name: &str) -> Option<String> {
    let name = name.split('@').next().unwrap_or(name);
    let mut out = String::new();
    // Ids are typed, and names of files.
    for c in name.trim().chars().take(60).flat_map(char::to_lowercase) {
        match c {
            'a'..='z' | '0'..='9' => out.push(c),
            _ if !out.is_empty() && !out.ends_with('-') => out.push('-'),
            _ => {}
        }
    }
    let out = out.trim_end_matches('-').trim_start_matches(|c: char| c == '-' || c.is_ascii_digit());
    (!out.is_empty()).then(|| out.to_owned())
}
