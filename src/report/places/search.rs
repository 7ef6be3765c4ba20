//! The files of the site's search.

/// A file that the search of the first page loads when it needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SearchPlace {
    /// What there is.
    Start,
    /// All words in which a slip may be.
    Words,
    /// Some of the stems.
    Stems(usize),
    /// Some of the records.
    Records(usize),
}

/// The folder of the files.
const FOLDER: &str = "search";

impl SearchPlace {
    /// From the site's root.
    pub fn path(self) -> String {
        match self {
            SearchPlace::Start => format!("{FOLDER}/start.js"),
            SearchPlace::Words => format!("{FOLDER}/words.js"),
            SearchPlace::Stems(number) => format!("{FOLDER}/stems-{number}.js"),
            SearchPlace::Records(number) => format!("{FOLDER}/records-{number}.js"),
        }
    }
}

/// Whether the search may have a file at this path, however many records there are.
pub fn is_of_the_search(path: &str) -> bool {
    let Some(name) = path.strip_prefix(FOLDER).and_then(|rest| rest.strip_prefix('/')?.strip_suffix(".js")) else {
        return false;
    };
    let number = name.strip_prefix("stems-").or_else(|| name.strip_prefix("records-"));
    ["start", "words"].contains(&name) || number.is_some_and(|number| number.parse::<u32>().is_ok())
}
