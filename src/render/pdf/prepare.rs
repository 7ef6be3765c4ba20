//! The pack's data as the templates get it: every text can be drawn, breaks and keeps to its own place.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::fonts::Drawable;
use super::rich::{Piece, SetText};
use super::text;
use crate::model::RichText;
use crate::render::pack_json::{model, rich_text};
use crate::report::pack::{Chart, Pack, Series};

/// Data and charts that are fit to be set.
pub struct Prepared {
    pub pack: Value,
    pub charts: BTreeMap<String, String>,
    /// Characters of either that cannot be drawn.
    pub replaced: BTreeSet<char>,
}

/// The maps whose keys are ids; they change as the ids do, so that a template finds one by the other.
const BY_ID: [&str; 3] = ["tickets", "people", "subjects"];

/// Prepares all texts of the pack and its charts.
pub fn prepare(pack: &Pack, charts: &BTreeMap<String, String>, drawable: &Drawable) -> Prepared {
    let mut texts = Texts { drawable, replaced: BTreeSet::new() };
    let mut set = model(pack);
    texts.value(&mut set);
    for (name, chart) in pack.charts.all() {
        set["charts"][name] = json!(texts.chart(chart));
    }
    for name in BY_ID {
        if let Some(Value::Object(members)) = set.get_mut(name) {
            *members = std::mem::take(members).into_iter().map(|(id, own)| (texts.set(&id, false), own)).collect();
        }
    }
    let charts = charts.iter().map(|(name, svg)| (name.clone(), texts.svg(svg))).collect();
    Prepared { pack: set, charts, replaced: texts.replaced }
}

struct Texts<'a> {
    drawable: &'a Drawable,
    replaced: BTreeSet<char>,
}

impl Texts<'_> {
    /// Prepares all texts in `value`.
    fn value(&mut self, value: &mut Value) {
        if let Some(text) = rich_text(value) {
            *value = json!(self.rich(&text));
            return;
        }
        match value {
            Value::String(string) => *string = self.set(string, false),
            Value::Array(items) => items.iter_mut().for_each(|item| self.value(item)),
            Value::Object(members) => members.values_mut().for_each(|member| self.value(member)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn rich(&mut self, text: &RichText) -> SetText {
        SetText::new(text, &mut |text, piece| match piece {
            Piece::Target => text::target(text),
            Piece::Words | Piece::Code => self.set(text, piece == Piece::Code),
        })
    }

    /// What a template writes beside a chart.
    fn chart(&mut self, chart: &Chart) -> Chart {
        Chart {
            title: self.set(&chart.title, false),
            // The alternative text is read out, not set.
            description: text::drawn(&chart.description, false, |c| self.drawable.has(c), &mut self.replaced),
            labels: chart.labels.iter().map(|label| self.set(label, false)).collect(),
            unfinished: chart.unfinished.as_ref().map(|text| self.set(text, false)),
            series: chart.series.iter().map(|own| Series { name: self.set(&own.name, false), ..own.clone() }).collect(),
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
    use crate::model::{MeetingKind, PersonId, TicketId};
    use crate::report::pack::fixture::{card, empty, outstanding};

    #[test]
    fn texts_change_and_targets_do_not() {
        let href = format!("https://example.org/{}", "x".repeat(50));
        let mut pack = empty(MeetingKind::Weekly);
        pack.head.title = "🎉".to_owned();
        pack.agenda.further = vec![RichText::new(&format!("[a]({href})"))];
        pack.charts.ageing.description = "x".repeat(50);
        let prepared = prepare(&pack, &BTreeMap::new(), &Drawable::default());
        assert_eq!(prepared.pack["head"]["title"], "\u{FFFD}");
        assert_eq!(prepared.pack["agenda"]["further"][0]["blocks"][0]["content"][0]["href"], href);
        assert_eq!(prepared.pack["charts"]["ageing"]["description"], "x".repeat(50));
        assert_eq!(prepared.replaced, ['🎉'].into());
    }

    #[test]
    fn an_id_still_finds_its_name() {
        let id = PersonId::parse(&"x".repeat(40)).expect("an id");
        let mut pack = empty(MeetingKind::Weekly);
        pack.outstanding = vec![outstanding(TicketId(1))];
        pack.outstanding[0].poc = id.clone();
        pack.tickets = [(TicketId(1), card("t"))].into();
        pack.people = [(id.clone(), "N".to_owned())].into();
        let set = prepare(&pack, &BTreeMap::new(), &Drawable::default()).pack;
        let poc = set["outstanding"][0]["poc"].as_str().unwrap_or_default();
        assert_ne!(poc, id.as_str());
        assert_eq!(set["people"][poc], "N");
        assert!(set["tickets"]["HEAT-1"].is_object());
    }
}
