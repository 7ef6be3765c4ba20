//! A pack as JSON: the model itself, with Markdown as the text that stands in the record.

use serde_json::Value as Json;

use crate::report::pack::Pack;

/// The pack as JSON, with a line end.
pub fn pack_json(pack: &Pack) -> String {
    let mut json = model(pack);
    texts_as_written(&mut json);
    super::to_json(&json)
}

/// The pack as the value that templates are filled in from: Markdown as a tree.
pub fn model(pack: &Pack) -> Json {
    // The model has text keys and plain values only, which cannot fail.
    serde_json::to_value(pack).unwrap_or_default()
}

/// A rich text is an object of its Markdown and its tree; programs want the first.
fn texts_as_written(json: &mut Json) {
    match json {
        Json::Object(members) if members.len() == 2 && members.contains_key("blocks") => {
            *json = members.remove("markdown").unwrap_or_default();
        }
        Json::Object(members) => members.values_mut().for_each(texts_as_written),
        Json::Array(items) => items.iter_mut().for_each(texts_as_written),
        _ => {}
    }
}
