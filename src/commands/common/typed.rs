//! The one meaning of a day that was typed in a flag; what can be read in two ways is rejected with both readings.

use std::fmt::Display;

use anyhow::{Context as _, bail};
use chrono::NaiveDate;

use crate::load::{Project, Who};
use crate::model::{Leaning, PersonId, days_typed};

/// The one that is meant; `None` if nothing is, and an error if it can be several.
pub fn only<T: Display>(typed: &str, mut meanings: Vec<T>) -> anyhow::Result<Option<T>> {
    if meanings.len() > 1 {
        bail!("{}: write the one you mean", either(typed, &meanings));
    }
    Ok(meanings.pop())
}

/// "`4:20` can be 2026-11-18 04:20 or 2026-11-18 16:20".
pub fn either<T: Display>(typed: &str, meanings: &[T]) -> String {
    let each: Vec<String> = meanings.iter().map(ToString::to_string).collect();
    format!("`{}` can be {}", typed.trim(), each.join(" or "))
}

/// The day that was typed. What is not one is rejected with `how` to write it.
pub fn day(typed: &str, today: NaiveDate, leaning: Leaning, how: &str) -> anyhow::Result<NaiveDate> {
    only(typed, days_typed(typed, today, leaning))?.with_context(|| format!("`{typed}` is not a date: {how}"))
}

/// The id of the person who was typed by their id or name; `None` if there is no such person.
pub fn person(project: &Project, typed: &str, who: Who) -> anyhow::Result<Option<PersonId>> {
    let found = project.people_called(typed, who);
    let named: Vec<String> = found.iter().map(|(id, name)| format!("{name} ({id})")).collect();
    only(typed, named)?;
    Ok(found.into_iter().next().map(|(id, _)| id.clone()))
}
