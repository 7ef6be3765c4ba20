//! People and subjects by what an export calls them: id, email or name.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::Refusal;
use crate::load::Project;
use crate::model::{PersonId, SubjectId, folded, plain_letter};
use crate::record::did_you_mean;

/// Ids by all their names.
#[derive(Debug, Clone)]
pub struct Directory<I> {
    /// What is in it, with its article: "a POC".
    what: &'static str,
    /// The help for an unknown name.
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

    /// The id of that name; `None` if there is none.
    pub fn find(&self, name: &str) -> Result<Option<I>, Refusal> {
        only(name, self.all(name))
    }

    /// All ids of that name.
    fn all(&self, name: &str) -> Vec<&I> {
        self.names.get(&folded(name)).into_iter().flatten().collect()
    }

    /// The same as [`Self::find`], but required.
    pub fn get(&self, name: &str) -> Result<I, Refusal> {
        self.find(name)?.ok_or_else(|| self.unknown(name))
    }

    fn unknown(&self, name: &str) -> Refusal {
        let meant = did_you_mean(name, self.names.keys().map(String::as_str));
        let help = meant.map(|meant| format!("{meant} ")).unwrap_or_default();
        (format!("`{name}` is not a {}", self.what), format!("{help}{}", self.help))
    }
}

/// The only one of the ids of a name; several are rejected.
fn only<I: Clone + std::fmt::Display>(name: &str, ids: Vec<&I>) -> Result<Option<I>, Refusal> {
    if ids.len() > 1 {
        let ids: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
        let help = "write under `values` in the map which of them is meant, or take the address as `poc`".to_owned();
        return Err((format!("`{name}` is the name of {}", ids.join(" and ")), help));
    }
    Ok(ids.first().map(|id| (*id).clone()))
}

/// POCs by what an export calls them, and by their addresses: two people can have one name.
#[derive(Debug, Clone)]
pub struct Pocs {
    /// Ids and addresses.
    keys: Directory<PersonId>,
    names: Directory<PersonId>,
    /// Those that have an address.
    emails: BTreeMap<PersonId, String>,
}

impl Pocs {
    /// Adds a POC.
    pub fn add(&mut self, id: &PersonId, name: &str, email: Option<&str>) {
        self.keys.add(id.as_str(), id);
        self.names.add(name, id);
        if let Some(email) = email {
            self.keys.add(email, id);
            self.emails.insert(id.clone(), folded(email));
        }
    }

    /// Adds a name that the export has for one.
    pub fn add_name(&mut self, id: &PersonId, name: &str) {
        self.names.add(name, id);
    }

    /// The person with that id, address or name; `address` is that of the same row. Of people with the same name, it is
    /// the one with the same address, and no one with a different address.
    pub fn find(&self, called: &str, address: Option<&str>) -> Result<Option<PersonId>, Refusal> {
        if let Some(id) = self.keys.find(called)? {
            return Ok(Some(id));
        }
        let all = self.names.all(called);
        let Some(address) = address.map(folded) else { return only(called, all) };
        let same: Vec<_> = all.iter().copied().filter(|id| self.emails.get(id) == Some(&address)).collect();
        if !same.is_empty() {
            return only(called, same);
        }
        only(called, all.into_iter().filter(|id| !self.emails.contains_key(id)).collect())
    }

    /// Who has that address.
    pub fn with_address(&self, address: &str) -> Result<Option<PersonId>, Refusal> {
        self.keys.find(address)
    }

    /// The same as [`Self::find`], but required.
    pub fn get(&self, called: &str, address: Option<&str>) -> Result<PersonId, Refusal> {
        let found = self.find(called, address)?;
        found.ok_or_else(|| match (self.names.all(called).first(), address) {
            (Some(id), Some(address)) => {
                let help = "write under `values` in the map who it is, or take the address as `poc`";
                (
                    format!("`{called}` has the address `{address}`, and `{id}` of that name has another"),
                    help.to_owned(),
                )
            }
            _ => self.names.unknown(called),
        })
    }
}

/// The POCs on record.
pub fn pocs(project: &Project) -> Pocs {
    let help = "write under `values` in the map who it is, add their record, or write `unknown_pocs: create`";
    let directory = || Directory::new("POC", help);
    let mut pocs = Pocs { keys: directory(), names: directory(), emails: BTreeMap::new() };
    for (id, poc) in &project.pocs {
        pocs.add(id, poc.name.as_str(), poc.email.as_ref().map(|email| email.as_str()));
    }
    pocs
}

/// The staff on record.
pub fn staff(project: &Project) -> Directory<PersonId> {
    let help = "write under `values` in the map who it is (`otherwise` for all others), or add them to data/staff.yaml";
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
    let help = "write under `values` in the map which it is, add it to data/subjects.yaml, or write `unknown_subjects: \
                create`";
    let mut directory = Directory::new("module or initiative", help);
    for subject in &project.subjects {
        directory.add(subject.id.as_str(), &subject.id.value);
        directory.add(subject.name.as_str(), &subject.id.value);
    }
    directory
}

/// A name as an id: `Jordan Rivera` and `jordan.rivera@example.org` are `jordan-rivera`. `None` if the name cannot
/// become an id.
pub fn slug(name: &str) -> Option<String> {
    let name = name.split('@').next().unwrap_or(name);
    let mut out = String::new();
    // Ids are typed, and names of files.
    for c in name.trim().chars().take(60).flat_map(char::to_lowercase).map(plain_letter) {
        match c {
            'a'..='z' | '0'..='9' => out.push(c),
            _ if !out.is_empty() && !out.ends_with('-') => out.push('-'),
            _ => {}
        }
    }
    let out = out.trim_end_matches('-').trim_start_matches(|c: char| c == '-' || c.is_ascii_digit());
    (!out.is_empty()).then(|| out.to_owned())
}
