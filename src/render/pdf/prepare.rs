//! The pack's data as the templates get it: every text can be drawn, breaks and keeps to its own place.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::fonts::Drawable;
use super::{rich, text};

/// Data and charts that are fit to be set.
pub struct Prepared {
    pub pack: Value,
    pub charts: BTreeMap<String, String>,
    /// Characters of either that cannot be drawn.
    pub replaced: BTreeSet<char>,
}

/// The maps whose keys are ids; they change as the ids do, so that a template finds one by the other.
const BY_ID: [&str; 3] = ["tickets", "people", "subjects"];

/// Goes through all texts of the pack and its charts.
pub fn prepare(pack: &Value, charts: &BTreeMap<String, String>, drawable: &Drawable) -> Prepared {
    let mut texts = Texts { drawable, replaced: BTreeSet::new() };
    let mut pack = pack.clone();
    texts.value(&mut pack, "", false);
    for name in BY_ID {
        if let Some(Value::Object(members)) = pack.get_mut(name) {
            *members = std::mem::take(members).into_iter().map(|(id, card)| (texts.set(&id, false), card)).collect();
        }
    }
    let charts = charts.iter().map(|(name, svg)| (name.clone(), texts.svg(svg))).collect();
    Prepared { pack, charts, replaced: texts.replaced }
}

struct Texts<'a> {
    drawable: &'a Drawable,
    replaced: BTreeSet<char>,
}

impl Texts<'_> {
    /// Prepares all texts in `value`, which stands under `key`; `code` keeps its lines.
    fn value(&mut self, value: &mut Value, key: &str, code: bool) {
        match value {
            Value::String(string) => {
                *string = match key {
                    "href" => text::target(string),
                    // The alternative text of a chart is read out, not set.
                    "description" => text::drawn(string, false, |c| self.drawable.has(c), &mut self.replaced),
                    _ => self.set(string, code),
                };
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.value(item, key, code)),
            Value::Object(members) => self.object(members),
            _ => {}
        }
    }

    fn object(&mut self, members: &mut Map<String, Value>) {
        if rich::is_rich(members) {
            rich::settle(members);
        }
        let code = members.get("type").is_some_and(|kind| kind == "code");
        for (key, value) in members.iter_mut() {
            self.value(value, key, code);
        }
    }

    /// A text that is set on a page.
    fn set(&mut self, string: &str, code: bool) -> String {
        // Most texts, and there are many: every font draws them, and they run one way.
        if text::is_plain(string) {
            return text::broken(string);
        }
        let drawn = text::drawn(string, code, |c| self.drawable.has(c), &mut self.replaced);
        text::isolated(text::broken(&drawn))
    }

    /// A chart: its texts cannot be told from its markup, which is all ASCII and so never changes.
    fn svg(&mut self, svg: &str) -> String {
        text::drawn(svg, true, |c| self.drawable.has_in_chart(c), &mut self.replaced)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn prepared(pack: Value) -> Prepared {
        prepare(&pack, &BTreeMap::new(), &Drawable::default())
    }

    #[test]
    fn texts_change_and_targets_do_not() {
        let href = format!("https://example.org/{}", "x".repeat(50));
        let pack = prepared(json!({"a": ["🎉"], "link": {"href": href, "n": 1}}));
        assert_eq!(pack.pack["a"][0], "\u{FFFD}");
        assert_eq!(pack.pack["link"]["href"], href);
        assert_eq!(pack.replaced, ['🎉'].into());
    }

    #[test]
    fn an_id_still_finds_its_name() {
        let id = "x".repeat(40);
        let pack = prepared(json!({"people": {&id: "N"}, "poc": id})).pack;
        let poc = pack["poc"].as_str().unwrap_or_default();
        assert_ne!(poc, id);
        assert_eq!(pack["people"][poc], "N");
    }
}
