//! Whom or what a typed name means: people, modules and initiatives by the names that records give them.

use std::collections::BTreeMap;

use super::project::Project;
use crate::model::{ActionId, Help, Office, PersonId, SubjectId, plain_letter};
use crate::record::{Lookup, nearest};

/// The people among whom a name is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Poc,
    Staff,
    Member,
    Anyone,
}

/// The word by which an action item names the board as its owner.
pub const BOARD_OWNER: &str = "cfmsccb";

impl Project {
    /// The people, with their names; each id comes once.
    pub fn people(&self, who: Who) -> BTreeMap<&PersonId, &str> {
        let takes = |own: Who| who == own || who == Who::Anyone;
        let staff = self.staff.iter().filter(|_| takes(Who::Staff)).map(|own| (&own.id.value, &*own.name.0));
        let members = self.board.members.iter().filter(|_| takes(Who::Member)).map(|own| (&own.id.value, &*own.name.0));
        let pocs = self.pocs.values().filter(|_| takes(Who::Poc)).map(|own| (&own.id.value, &*own.name.0));
        pocs.chain(members).chain(staff).collect()
    }

    /// The people of that id or name: the whole name, or one word of it.
    pub fn people_called(&self, typed: &str, who: Who) -> Vec<(&PersonId, &str)> {
        let people = self.people(who);
        if let Some(found) =
            PersonId::typed(typed).and_then(|id| people.get_key_value(&id).map(|(id, name)| (*id, *name)))
        {
            return vec![found];
        }
        called(typed, people)
    }

    /// The modules and initiatives of that id or name.
    pub fn subjects_called(&self, typed: &str) -> Vec<(&SubjectId, &str)> {
        let subjects: BTreeMap<&SubjectId, &str> =
            self.subjects.iter().map(|own| (&own.id.value, &*own.name.0)).collect();
        if let Some(found) =
            SubjectId::typed(typed).and_then(|id| subjects.get_key_value(&id).map(|(id, name)| (*id, *name)))
        {
            return vec![found];
        }
        called(typed, subjects)
    }

    /// The office that has that name in the settings, as an action item writes it.
    pub fn office_called(&self, typed: &str) -> Option<&'static str> {
        let names = &self.settings.names;
        let offices = [
            (&names.help_desk, Office::HelpDesk.as_str()),
            (&names.third_line, Office::Nitc.as_str()),
            (&names.sponsor, Office::AcfoFs.as_str()),
            (&names.board, BOARD_OWNER),
        ];
        let wanted = plain(typed);
        offices.into_iter().find(|(name, word)| plain(name) == wanted || plain(word) == wanted).map(|(_, word)| word)
    }

    /// The id after the last action item's of a year. A file with errors has its numbers too.
    pub fn next_action(&self, year: i32) -> String {
        let head = format!("A-{year:04}-");
        let read = self.meetings.values().flat_map(|meeting| &meeting.record.actions);
        let mut ids: Vec<&str> = read.map(|action| action.id.value.as_str()).collect();
        let is_unread = |path: &str| path.starts_with("data/meetings/") && self.left_out.iter().any(|own| own == path);
        for file in self.files.iter().filter(|file| is_unread(&file.path)) {
            let lines = file.text.lines().filter(|line| !line.trim_start().starts_with('#'));
            ids.extend(lines.filter_map(|line| line.find(&head).map(|at| &line[at..])));
        }
        let numbers = ids.into_iter().filter_map(|id| {
            let number = id.strip_prefix(&head)?;
            let digits = number.len() - number.trim_start_matches(|own: char| own.is_ascii_digit()).len();
            number[..digits].parse::<u64>().ok()
        });
        format!("{head}{:03}", numbers.max().unwrap_or(0).saturating_add(1))
    }
}

/// The most errors whose names are looked up; no one reads more at once.
const MOST: usize = 200;

/// Names in the help of each error the id that a name in place of one means.
pub(super) fn help_with_names(project: &mut Project) {
    let mut better = Vec::new();
    for (at, fault) in project.faults.iter().enumerate() {
        let Some(Help::Lookup { among, text, .. }) = &fault.help else { continue };
        if better.len() == MOST {
            break;
        }
        let path = fault.place.path(&project.files);
        better.extend(meant(project, *among, text, path).map(|help| (at, help)));
    }
    for (at, help) in better {
        project.faults[at].help = Some(help);
    }
}

/// What to write instead of a name; `None` where the advice that stands is better.
fn meant(project: &Project, among: Lookup, text: &str, path: &str) -> Option<Help> {
    let correct = |advice: String| Help::Correct { advice };
    match among {
        Lookup::Person | Lookup::Owner => {
            let office = project.office_called(text).filter(|_| among == Lookup::Owner);
            let words = |(id, name): (&PersonId, &str)| (id.to_string(), name.to_owned());
            let found = project.people_called(text, Who::Anyone).into_iter().map(words).collect();
            let all = project.people(Who::Anyone).into_iter().map(words).collect();
            office.map(|office| correct(format!("write `{office}`"))).or_else(|| id_of(text, found, all))
        }
        Lookup::Subject => {
            let words = |(id, name): (&SubjectId, &str)| (id.to_string(), name.to_owned());
            let found = project.subjects_called(text).into_iter().map(words).collect();
            let all = project.subjects.iter().map(|own| words((&own.id.value, &own.name.0))).collect();
            id_of(text, found, all)
        }
        Lookup::Action if ActionId::typed(text).is_some() => None,
        Lookup::Action => {
            let year = path.rsplit('/').next().and_then(|name| name.get(..4)).and_then(|year| year.parse().ok())?;
            Some(correct(format!("write `{}`, the next free id", project.next_action(year))))
        }
    }
}

/// The id of the one who was `found` by a name, else of the one in `all` whose name is nearest.
fn id_of(text: &str, found: Vec<(String, String)>, all: Vec<(String, String)>) -> Option<Help> {
    let correct = |advice: String| Help::Correct { advice };
    match &found[..] {
        // An id that is only spelled otherwise.
        [(id, name)] if plain(name) != plain(text) && plain(text) == *id => None,
        [(id, name)] => Some(correct(format!("write `{id}`, the id of {name}"))),
        [] => {
            let near = nearest(text, all.iter().map(|(_, name)| name.as_str()))?;
            let meant = all.iter().find(|(_, name)| name == near).map(|(id, _)| id.clone());
            Some(Help::Refer { noun: "id", meant, or: String::new() })
        }
        several => {
            let each: Vec<String> = several.iter().map(|(id, name)| format!("`{id}` ({name})")).collect();
            Some(correct(format!("write the id of the one you mean: {}", each.join(" or "))))
        }
    }
}

/// Those that have that name; if none has, those that have it as one of its words.
fn called<'n, T>(typed: &str, named: BTreeMap<&'n T, &'n str>) -> Vec<(&'n T, &'n str)> {
    let wanted = plain(typed);
    if wanted.is_empty() {
        return Vec::new();
    }
    let of = |fits: &dyn Fn(&str) -> bool| -> Vec<(&'n T, &'n str)> {
        named.iter().filter(|(_, name)| fits(&plain(name))).map(|(id, name)| (*id, *name)).collect()
    };
    let whole = of(&|name| name == wanted);
    if !whole.is_empty() {
        return whole;
    }
    of(&|name| name.split([' ', '-']).any(|word| word == wanted))
}

/// A name in lower case, without diacritics, with single blanks and straight apostrophes.
fn plain(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let letters = words.join(" ").to_lowercase();
    letters.chars().map(|own| if matches!(own, '’' | '‘' | '`') { '\'' } else { plain_letter(own) }).collect()
}
