//! Pieces of JSON Schema: laxer than the decoder where readers of YAML differ from it, never stricter.
//!
//! The decoder takes every scalar as the text that it is; other readers give `0123` as a number, `true` as a
//! boolean, and nothing at all, `~` and `null` as null.

use serde_json::{Map, Value as Json, json};

use super::wording::sentence;

/// The schema of a text: any scalar.
pub fn schema_of_text() -> Json {
    json!({"type": ["string", "number", "boolean", "null"]})
}

/// The schema of a list. A list may also be left blank.
pub fn schema_of_list(items: Json) -> Json {
    json!({"type": ["array", "null"], "items": items})
}

/// The schema of some words, each with what it means.
pub fn schema_of_words<'w>(words: impl IntoIterator<Item = (&'w str, &'w str)>) -> Json {
    let words = words.into_iter().map(|(word, about)| described(json!({"const": word}), about));
    json!({"oneOf": words.collect::<Vec<_>>()})
}

/// The schema of a mapping with these fields and no others. One that requires none may be left blank.
pub fn schema_of_fields(properties: Map<String, Json>, required: &[&str]) -> Json {
    let types = if required.is_empty() { json!(["object", "null"]) } else { json!("object") };
    json!({"type": types, "additionalProperties": false, "required": required, "properties": properties})
}

/// A schema whose value may be left blank, which readers of YAML give as null.
pub fn or_blank(mut schema: Json) -> Json {
    match schema.get_mut("type") {
        Some(Json::Array(types)) if types.iter().any(|name| name == "null") => {}
        Some(Json::Array(types)) => types.push("null".into()),
        Some(one) => *one = json!([one.take(), "null"]),
        None => match schema.get_mut("enum") {
            Some(Json::Array(values)) => values.push(Json::Null),
            _ => return json!({"anyOf": [schema, {"type": "null"}]}),
        },
    }
    schema
}

/// A schema with a description: the documentation, as a sentence.
pub fn described(mut schema: Json, documentation: &str) -> Json {
    let text = documentation.split_whitespace().collect::<Vec<_>>().join(" ");
    schema["description"] = sentence(&text).into();
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_left_blank_may_be_null() {
        assert_eq!(or_blank(json!({"type": "string"}))["type"], json!(["string", "null"]));
        assert_eq!(or_blank(schema_of_text()), schema_of_text());
        assert_eq!(or_blank(json!({"enum": [true]}))["enum"], json!([true, null]));
        let words = schema_of_words([("a", "one"), ("b", "two")]);
        assert_eq!(or_blank(words.clone()), json!({"anyOf": [words, {"type": "null"}]}));
        assert_eq!(or_blank(json!({"$ref": "#/$defs/x"}))["anyOf"][1], json!({"type": "null"}));
    }

    #[test]
    fn descriptions_are_sentences() {
        assert_eq!(described(json!({}), " what it is\n about")["description"], "What it is about.");
        assert_eq!(described(json!({}), " Done.")["description"], "Done.");
    }
}
