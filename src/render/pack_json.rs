//! A pack or a CR's document as JSON: the model itself, with Markdown as the text that is in the record.

use serde::Serialize;
use serde_json::Value as Json;

use crate::model::RichText;

/// The model as JSON, with a line end.
pub fn pack_json(made: &impl Serialize) -> String {
    let mut json = model(made);
    texts_as_written(&mut json);
    super::to_json(&json)
}

/// The model as a value, with each Markdown text as an object of its own.
pub fn model(made: &impl Serialize) -> Json {
    // A model has text keys and plain values only, which cannot fail.
    serde_json::to_value(made).unwrap_or_default()
}

/// The Markdown text that a value of a model is; `None` for any other value.
pub fn rich_text(json: &Json) -> Option<RichText> {
    let members = json.as_object().filter(|members| members.len() == 1)?;
    Some(RichText::new(members.get("markdown")?.as_str()?))
}

/// Programs want the Markdown itself.
fn texts_as_written(json: &mut Json) {
    if let Some(text) = rich_text(json) {
        *json = text.markdown.into();
        return;
    }
    match json {
        Json::Object(members) => members.values_mut().for_each(texts_as_written),
        Json::Array(items) => items.iter_mut().for_each(texts_as_written),
        _ => {}
    }
}
