//! The records that an import makes: tickets, and POCs and subjects for names that have none.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::Refusal;
use super::gather::{Caller, Gathered, Names, Poc, Subject};
use super::lookup::slug;
use crate::load::Project;
use crate::model::{PersonId, SubjectId, SubjectKind, TicketId, Via, folded};
use crate::record::{Fields, to_yaml};

/// The names on record, and those that the export brings.
pub struct Records {
    names: Names,
    pocs: BTreeMap<PersonId, NewCaller>,
    subjects: BTreeMap<SubjectId, String>,
    /// New subjects in the order of the export.
    order: Vec<SubjectId>,
    taken: Taken,
    /// The first name, other than their own, that comes with the address of a POC on record.
    other_names: BTreeMap<PersonId, String>,
}

/// A person who gets a record, and the first row that names them.
struct NewCaller {
    row: usize,
    caller: Box<Caller>,
}

/// Ids of people that are in use.
struct Taken(Vec<PersonId>);

impl Records {
    pub fn new(project: &Project, names: Names) -> Records {
        let known = &project.known;
        let mut taken: Vec<PersonId> = known.staff.ids.iter().chain(&known.members.ids).cloned().collect();
        taken.extend(known.pocs.ids.iter().cloned());
        let (pocs, subjects, other_names) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Records { names, pocs, subjects, order: Vec::new(), taken: Taken(taken), other_names }
    }

    /// The id of a POC, for whom a record is made if there is none.
    pub fn poc(&mut self, project: &Project, poc: &Poc, row: usize) -> Result<PersonId, Refusal> {
        let caller = match poc {
            Poc::Known(id, _) => return Ok(id.clone()),
            Poc::New(caller) => caller,
        };
        let email = caller.own_email.as_ref().map(|email| email.as_str());
        if let Some(id) = self.find(caller, email)? {
            // The first row that names a person gives the name for comparison with others.
            if let Some(known) = self.pocs.get_mut(&id).filter(|known| known.caller.own_name.is_none()) {
                known.caller.own_name = caller.own_name.clone();
            }
            return Ok(id);
        }
        let base = PersonId::parse(&caller.called).map(|id| id.to_string());
        let base = base
            .or_else(|| email.and_then(slug))
            .or_else(|| slug(&caller.called))
            .or_else(|| slug(caller.name.as_str()));
        let Some(base) = base else {
            let help = "write under `values` in the map who it is".to_owned();
            return Err((format!("`{}` cannot become an id", caller.called), help));
        };
        let is_free = |id: &PersonId| !self.taken.0.contains(id) && !project.known.has_person(id);
        let numbered = (2..1000).map(|number| format!("{base}-{number}"));
        let mut ids = std::iter::once(base.clone()).chain(numbered).filter_map(|id| PersonId::parse(&id));
        let Some(id) = ids.find(is_free) else {
            let help = "write under `values` in the map who it is".to_owned();
            return Err((format!("there is no free id for `{}`", caller.called), help));
        };
        self.taken.0.push(id.clone());
        self.names.pocs.add(&id, &caller.called, email);
        if let Some(name) = &caller.own_name {
            self.names.pocs.add_name(&id, name.as_str());
        }
        self.pocs.insert(id.clone(), NewCaller { row, caller: caller.clone() });
        Ok(id)
    }

    /// A remark about a POC on record whose address is in a row with a different name, once for each name. An error if
    /// the name is another POC's, or if the address has two such names, because the person is then unknown.
    pub fn other_name(&mut self, project: &Project, poc: &Poc, id: &PersonId) -> Result<Option<String>, Refusal> {
        let Some(record) = project.pocs.get(id) else { return Ok(None) };
        let (address, name) = match poc {
            Poc::Known(_, Some(named)) => (named.address.as_str(), named.name.as_str()),
            Poc::New(caller) => match (&caller.own_email, &caller.own_name) {
                (Some(address), Some(name)) => (address.as_str(), name.as_str()),
                _ => return Ok(None),
            },
            Poc::Known(_, None) => return Ok(None),
        };
        let is_theirs = record.email.as_ref().is_some_and(|email| folded(email.as_str()) == folded(address));
        if !is_theirs || is_same_name(record.name.as_str(), name) {
            return Ok(None);
        }
        let ours = record.name.as_str();
        let help = "write under `values` of `poc` in the map who it is, or correct the export".to_owned();
        let namesake = project.pocs.iter().find(|(other, poc)| *other != id && is_same_name(poc.name.as_str(), name));
        if let Some((other, _)) = namesake {
            let message =
                format!("`{address}` is the address of `{ours}` (`{id}`), and `{name}` is the name of `{other}`");
            return Err((message, help));
        }
        match self.other_names.get(id) {
            Some(first) if is_same_name(first, name) => Ok(None),
            Some(first) => {
                let message =
                    format!("`{address}` of `{ours}` (`{id}`) is also the address of `{first}` and of `{name}`");
                Err((message, help))
            }
            None => {
                self.other_names.insert(id.clone(), name.to_owned());
                Ok(Some(format!(
                    "`{name}` has the address of `{ours}` ({address}), so the ticket becomes one of `{id}`; if that is \
                     someone else, correct the address, or write under `values` of `poc` in the map who it is"
                )))
            }
        }
    }

    /// Who it is by now, by what the export calls them, else by the address, else by the name. Two new callers of
    /// different names are two people, whatever else they share.
    fn find(&self, caller: &Caller, email: Option<&str>) -> Result<Option<PersonId>, Refusal> {
        let pocs = &self.names.pocs;
        if let Some(id) = pocs.find(&caller.called, email)? {
            return self.same_person(id, &caller.called, caller).map(Some);
        }
        if let (Some(address), Some(id)) = (email, email.map(|email| pocs.with_address(email)).transpose()?.flatten()) {
            return self.same_person(id, address, caller).map(Some);
        }
        match &caller.own_name {
            Some(name) => pocs.find(name.as_str(), email),
            None => Ok(None),
        }
    }

    /// The new POC to whom something belongs, unless the row has a different name beside it.
    fn same_person(&self, id: PersonId, shared: &str, caller: &Caller) -> Result<PersonId, Refusal> {
        let Some(NewCaller { row, caller: other }) = self.pocs.get(&id) else { return Ok(id) };
        let (one, name) = match (&other.own_name, &caller.own_name) {
            (Some(one), Some(name)) => (one.as_str(), name.as_str()),
            // The export's name of a person is compared with other such names only.
            (None, None) => (other.called.as_str(), caller.called.as_str()),
            _ => return Ok(id),
        };
        if is_same_name(one, name) {
            return Ok(id);
        }
        let message = if shared.contains('@') {
            format!("`{shared}` is the address of `{one}` (row {row}) and of `{name}`")
        } else {
            format!("`{shared}` stands for `{one}` (row {row}) and for `{name}`")
        };
        let help = "write under `values` of `poc` in the map who it is, or correct the export";
        Err((message, help.to_owned()))
    }

    /// The id of a subject, for which a record is made if there is none.
    pub fn subject(&mut self, subject: &Subject) -> Result<SubjectId, Refusal> {
        let name = match subject {
            Subject::Known(id) => return Ok(id.clone()),
            Subject::New(name) => name,
        };
        if let Some(id) = self.names.subjects.find(name)? {
            return Ok(id);
        }
        let id = slug(name).as_deref().and_then(SubjectId::parse);
        let taken = |id: &SubjectId| self.subjects.get(id).is_some_and(|other| folded(other) != folded(name));
        let Some(id) = id.filter(|id| !taken(id) && matches!(self.names.subjects.find(id.as_str()), Ok(None))) else {
            let help = "write under `values` in the map which module or initiative it is".to_owned();
            return Err((format!("`{name}` cannot become a free id"), help));
        };
        self.names.subjects.add(name, &id);
        self.subjects.insert(id.clone(), name.clone());
        self.order.push(id.clone());
        Ok(id)
    }

    /// The records of new POCs.
    pub fn pocs(&self) -> Vec<(PersonId, String)> {
        let text = |id: &PersonId, NewCaller { caller, .. }: &NewCaller| {
            let some = |text: &Option<crate::model::Text>| text.as_ref().map(|text| text.0.clone());
            let fields = Fields::new()
                .with("id", id.to_string())
                .with("name", caller.name.0.clone())
                .with_some("email", some(&caller.email))
                .with_some("phone", some(&caller.phone))
                .with_some("office", some(&caller.office))
                .with("designations", Vec::<String>::new());
            (id.clone(), to_yaml(&fields.into()))
        };
        self.pocs.iter().map(|(id, caller)| text(id, caller)).collect()
    }

    /// The ids of new subjects.
    pub fn new_subjects(&self) -> impl Iterator<Item = &SubjectId> {
        self.order.iter()
    }

    /// The list of subjects with the new ones behind those that it has; every other byte stays.
    pub fn subjects_text(&self, old: &[u8], kind: SubjectKind) -> String {
        let old = String::from_utf8_lossy(old).into_owned();
        let end = if old.contains("\r\n") { "\r\n" } else { "\n" };
        // The list may be further in.
        let indent = old
            .lines()
            .find_map(|line| line.trim_start().starts_with("- ").then(|| line.len() - line.trim_start().len()));
        let indent = " ".repeat(indent.unwrap_or(0));
        let mut text =
            if old.trim_end().ends_with("[]") { old.trim_end().trim_end_matches("[]").to_owned() } else { old };
        if !text.is_empty() && !text.ends_with('\n') {
            text.push_str(end);
        }
        let items = self.order.iter().filter_map(|id| Some((id, self.subjects.get(id)?)));
        let items: Vec<Fields> = items
            .map(|(id, name)| {
                let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
                Fields::new().with("id", id.to_string()).with("name", name).with("kind", kind.as_str())
            })
            .collect();
        for line in to_yaml(&items.into()).lines() {
            text.push_str(&format!("{indent}{line}{end}"));
        }
        text
    }
}

/// Whether two names have the same words, in whatever order: `Rivera, Jordan` is `Jordan Rivera`.
pub fn is_same_name(one: &str, other: &str) -> bool {
    let words = |name: &str| {
        let name = folded(name);
        let words = name.split([',', ' ']).filter(|word| !word.is_empty());
        words.map(ToOwned::to_owned).collect::<BTreeSet<String>>()
    };
    words(one) == words(other)
}

/// The file of a new ticket.
pub fn ticket_text(
    own: &Gathered,
    id: TicketId,
    poc: &PersonId,
    subject: &SubjectId,
    exception: Option<Fields<'static>>,
    log: Vec<Fields<'static>>,
) -> String {
    let record = Fields::new()
        .with("id", id.to_string())
        .with("title", own.title.0.clone())
        .with("subject", subject.to_string())
        .with("kind", own.kind.as_str())
        .with("area", own.area.as_str())
        .with("poc", poc.to_string())
        .with("received", own.received.to_string())
        .with("via", own.via.0.iter().map(|via| Via::as_str(*via)).collect::<Vec<_>>())
        .with("description", own.description.0.clone())
        .with_some("first_line", own.first_line.as_ref().map(|text| text.0.clone()))
        .with_some("exception", exception)
        .with("log", log);
    to_yaml(&record.into())
}
