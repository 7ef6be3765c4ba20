//! The answers to questions about a new record that was not finished: kept until it is, in the folder of git, or in
//! `.heatpack/` outside git. They are never under `data/`.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::commands::common::session::Session;
use crate::disk::output;
use crate::git;

/// The answers, by the names of their fields.
type Answers = BTreeMap<String, Vec<String>>;

/// The most that is read back.
const LARGEST: u64 = 1 << 20;

/// The answers of one kind of record, and their file.
pub struct Kept {
    path: PathBuf,
    answers: RefCell<Answers>,
}

impl Kept {
    /// What is kept of a kind of record.
    pub fn open(session: &Session, kind: &str) -> Kept {
        let folder = match git::private_folder(&session.root) {
            Some(folder) => folder.join("heatpack"),
            None => session.root.join(".heatpack/unfinished"),
        };
        let path = folder.join(format!("new-{kind}.json"));
        let is_small = path.metadata().is_ok_and(|found| found.is_file() && found.len() <= LARGEST);
        let text = if is_small { std::fs::read_to_string(&path).unwrap_or_default() } else { String::new() };
        // One that cannot be read is begun again.
        Kept { path, answers: RefCell::new(serde_json::from_str(&text).unwrap_or_default()) }
    }

    /// Nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.answers.borrow().is_empty()
    }

    /// The answer for a field.
    pub fn get(&self, name: &str) -> Option<Vec<String>> {
        self.answers.borrow().get(name).cloned()
    }

    /// The answers in a line each, as far as they go into one.
    pub fn lines(&self) -> Vec<String> {
        let answers = self.answers.borrow();
        let first = |values: &[String]| values.join(", ").lines().next().unwrap_or_default().to_owned();
        answers.iter().map(|(name, values)| format!("{name}: {}", first(values))).collect()
    }

    /// Keeps one more answer. What cannot be written is not kept, and nothing else fails by it.
    pub fn add(&self, name: &str, values: &[String]) {
        self.answers.borrow_mut().insert(name.to_owned(), values.to_vec());
        if let Ok(text) = serde_json::to_string(&*self.answers.borrow()) {
            drop(output::write(&self.path, text.as_bytes()));
        }
    }

    /// Keeps nothing any longer.
    pub fn clear(&self) {
        self.answers.borrow_mut().clear();
        drop(std::fs::remove_file(&self.path));
    }
}
