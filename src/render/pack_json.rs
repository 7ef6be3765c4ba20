//! A pack as JSON: the model itself, with Markdown as the text that stands in the record.

use serde_json::Value as Json;

use crate::model::RichText;
use crate::report::pack::Pack;

/// The pack as JSON, with a line end.
pub fn pack_json(pack: &Pack) -> String {
    let mut json = model(pack);
    texts_as_written(&mut json);
    super::to_json(&json)
}

/// The pack as a value, with each Markdown text as an object of its own.
pub fn model(pack: &Pack) -> Json {
    // The model has text keys and plain values only, which cannot fail.
    serde_json::to_value(pack).unwrap_or_default()
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
