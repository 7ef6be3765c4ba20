//! The written-up answers, from `texts/answers.txt`.
//!
//! ```text
//! # id The question
//! from: keys of tickets
//! subjects: ids
//! written: 2026-03-02
//! review_by: 2027-03-01
//! > The answer, one line a paragraph or list item; `>` alone is a blank line.
//! ```

use std::collections::BTreeMap;

use crate::ticket::Ticket;
use crate::yaml::Yaml;
use crate::{Files, Result};

pub fn write(files: &mut Files, text: &str, tickets: &[Ticket]) -> Result<()> {
    let ids: BTreeMap<&str, &str> = tickets.iter().map(|t| (t.story.key.as_str(), t.id.as_str())).collect();
    for part in text.trim_start_matches("# ").split("\n# ") {
        let (id, yaml) = answer(part, &ids)?;
        files.add(&format!("answers/{id}.yaml"), yaml);
    }
    Ok(())
}

/// The id of an answer, and its file.
fn answer<'t>(part: &'t str, ids: &BTreeMap<&str, &str>) -> Result<(&'t str, String)> {
    let mut lines = part.lines();
    let (id, title) = lines.next().and_then(|line| line.split_once(' ')).ok_or("an answer has an id and a title")?;
    let (mut fields, mut text) = (BTreeMap::new(), String::new());
    for line in lines.filter(|line| !line.is_empty()) {
        match (line.strip_prefix('>'), line.split_once(": ")) {
            (Some(own), _) => text += &format!("{}\n", own.trim_start()),
            (None, Some((field, value))) => drop(fields.insert(field, value)),
            (None, None) => return Err(format!("{id}: what is {line:?}?").into()),
        }
    }
    let field = |name: &str| fields.get(name).copied().ok_or_else(|| format!("{id}: no {name}"));
    let words = |name: &str| Ok::<_, String>(field(name)?.split_whitespace().collect::<Vec<_>>());
    let from = words("from")?.into_iter().map(|key| ids.get(key).map(|id| (*id).to_owned()).ok_or(key));
    let from: Vec<String> = from.collect::<std::result::Result<_, _>>().map_err(|key| format!("{id}: no {key}"))?;
    let subjects: Vec<String> = words("subjects")?.into_iter().map(str::to_owned).collect();
    let mut y = Yaml::default();
    y.scalar("", "id", id).scalar("", "title", title).block("", "text", &text);
    y.flow("", "subjects", &subjects).flow("", "from", &from);
    y.scalar("", "written", field("written")?).scalar("", "review_by", field("review_by")?);
    Ok((id, y.finish()))
}
