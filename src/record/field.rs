//! The fields of a record as flags and questions ask for them, read from the schema that its declaration gives.

use serde_json::Value as Json;

/// A field that a person can fill in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub name: String,
    /// What it is, as a sentence.
    pub about: String,
    pub required: bool,
    /// The words that it allows, each with its meaning; `None` if it allows any text.
    pub words: Vec<(String, String)>,
    /// It takes several values.
    pub is_list: bool,
    /// It takes any text, commas and blanks included; else ids, dates or words.
    pub is_free: bool,
    /// Its text may have many lines.
    pub is_long: bool,
    /// It holds records of their own, or something else that is not typed in a line.
    pub is_nested: bool,
    /// A value that it takes.
    pub example: String,
}

/// The fields of a record's schema, in the order of `names`; names that it does not have are skipped.
pub fn fields_of(schema: &Json, names: &[&str]) -> Vec<Field> {
    let required = |name: &str| schema["required"].as_array().is_some_and(|list| list.iter().any(|own| own == name));
    let one = |name: &&str| schema["properties"].get(name).map(|own| field(name, own, required(name)));
    names.iter().filter_map(one).collect()
}

fn field(name: &str, schema: &Json, required: bool) -> Field {
    let is_list = has_type(schema, "array");
    let value = if is_list { &schema["items"] } else { schema };
    Field {
        name: name.to_owned(),
        about: schema["description"].as_str().unwrap_or_default().to_owned(),
        required,
        words: words(value),
        is_list,
        is_free: value["pattern"].is_null() && has_type(value, "string") && has_type(value, "number"),
        is_long: value["contentMediaType"] == "text/markdown",
        is_nested: is_nested(value),
        example: example(value),
    }
}

/// A value that a schema takes: its first word or example, else any text, which is an id as well.
fn example(schema: &Json) -> String {
    let word = words(schema).into_iter().next().map(|(word, _)| word);
    let example = || schema["examples"][0].as_str().map(str::to_owned);
    word.or_else(example).unwrap_or_else(|| "x".to_owned())
}

fn is_nested(schema: &Json) -> bool {
    let of_any = || schema["anyOf"].as_array().is_some_and(|any| any.iter().any(is_nested));
    has_type(schema, "object") || of_any()
}

fn has_type(schema: &Json, name: &str) -> bool {
    match &schema["type"] {
        Json::Array(types) => types.iter().any(|own| own == name),
        own => own == name,
    }
}

/// The words that a schema takes.
pub(super) fn words_of(schema: &Json) -> Vec<String> {
    words(schema).into_iter().map(|(word, _)| word).collect()
}

/// The words of a schema, `true` and `false` among them. One that may be left blank has them in the first of two alternatives.
fn words(schema: &Json) -> Vec<(String, String)> {
    let or_blank = || Some(&schema["anyOf"][0]["oneOf"]).filter(|_| schema["anyOf"][1]["type"] == "null");
    let list = schema["oneOf"].as_array().or_else(|| or_blank()?.as_array());
    let text = |word: &Json, member: &str| word[member].as_str().map(str::to_owned);
    let word = |word: &Json| match word {
        Json::String(word) => Some((word.clone(), String::new())),
        word => Some((text(word, "const")?, text(word, "description").unwrap_or_default())),
    };
    let list = list.or_else(|| schema["enum"].as_array());
    list.into_iter().flatten().filter_map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Meeting, Ticket};
    use crate::record::Value;

    #[test]
    fn the_declaration_says_what_may_be_filled_in() {
        let ticket = fields_of(&Ticket::schema(), Ticket::FIELDS);
        assert_eq!(ticket.iter().map(|field| field.name.as_str()).collect::<Vec<_>>(), Ticket::FIELDS);
        let of = |name: &str| ticket.iter().find(|field| field.name == name).cloned();
        let words =
            |name: &str| of(name).map(|field| field.words.into_iter().map(|(word, _)| word).collect::<Vec<_>>());
        assert_eq!(words("kind").as_deref(), Some(&["question".to_owned(), "issue".to_owned()][..]));
        assert_eq!(words("via").as_deref(), Some(&["phone".to_owned(), "email".to_owned()][..]));
        assert_eq!(words("title").as_deref(), Some(&[][..]));
        let example = |name: &str| of(name).map(|field| field.example);
        assert_eq!(example("kind").as_deref(), Some("question"));
        assert_eq!(example("received").as_deref(), Some("2026-11-02 09:14"));
        assert_eq!(example("title").as_deref(), Some("x"));
        let flags = |name: &str| of(name).map(|own| (own.required, own.is_list, own.is_long, own.is_nested));
        assert_eq!(flags("title"), Some((true, false, false, false)));
        assert_eq!(flags("via"), Some((true, true, false, false)));
        assert_eq!(flags("first_line"), Some((false, false, true, false)));
        assert_eq!(flags("exception"), Some((false, false, false, true)));
        assert_eq!(flags("log"), Some((true, true, false, true)));
        // `reviewed` takes two words, or a list.
        let meeting = fields_of(&Meeting::schema(), &["reviewed"]);
        assert!(meeting.iter().all(|field| field.words.is_empty()), "{meeting:?}");
    }
}
