//! What a search finds, as lines for a terminal and as JSON.

use std::ops::Range;

use serde_json::{Value as Json, json};

use super::show_text::Paint;
use super::wrap::wrapped;
use super::{shown, to_json};
use crate::model::day_in_words;
use crate::report::find::Hit;
use crate::report::words::counted;
use crate::search::{Excerpt, Hits};

/// How many words are named in place of one that no record has.
const INSTEAD: usize = 3;

/// The results, two or three lines each, the words that were found in bold.
pub fn search_text(typed: &str, found: &Hits, results: &[Hit], width: usize, colors: bool) -> String {
    let paint = Paint { colors };
    let mut out = String::new();
    for (word, instead) in &found.meant {
        let instead: Vec<String> = instead.iter().take(INSTEAD).map(|word| format!("`{}`", shown(word))).collect();
        out.push_str(&format!("no record has `{}`; searched for {}\n", shown(word), instead.join(" or ")));
    }
    if results.is_empty() {
        out.push_str(&format!("No matches for `{}`\n", shown(typed)));
        out.push_str("help: use fewer words, or a number, a name or the beginning of a word\n");
        return out;
    }
    if !out.is_empty() {
        out.push('\n');
    }
    for hit in results {
        let record = hit.record;
        let date = record.date.map(day_in_words);
        let about = [Some(record.kind.to_owned()), Some(shown(&record.state)).filter(|state| !state.is_empty()), date];
        let about: Vec<String> = about.into_iter().flatten().collect();
        out.push_str(&format!("{}  {}\n", paint.bold(&shown(&record.id)), about.join(", ")));
        out.push_str(&format!("  {}\n", wrapped(&shown(&record.title), 2, width).join("\n")));
        if let Some(context) = &hit.context {
            out.push_str(&format!("  {}\n", marked(context, paint)));
        }
    }
    let more = found.found.len() - results.len();
    let matches = counted(found.found.len(), "result");
    out.push_str(&match more {
        0 => format!("\n{matches}\n"),
        _ => format!("\n{matches}, the best {} shown; use --limit to see more\n", results.len()),
    });
    out
}

/// The results as JSON.
pub fn search_json(typed: &str, found: &Hits, results: &[Hit]) -> String {
    let meant = found.meant.iter().map(|(word, instead)| json!({"word": word, "instead": instead}));
    let results = results.iter().map(|hit| {
        let record = hit.record;
        json!({
            "id": record.id, "kind": record.kind, "title": record.title, "state": record.state,
            "date": record.date, "score": hit.score, "page": record.href,
            "context": hit.context.as_ref().map(|context| context.text.as_str()),
        })
    });
    to_json(&json!({
        "format": "heatpack.search/1",
        "query": typed,
        "meant": meant.collect::<Vec<Json>>(),
        "matches": found.found.len(),
        "results": results.collect::<Vec<Json>>(),
    }))
}

/// A line with its words in bold.
fn marked(context: &Excerpt, paint: Paint) -> String {
    let mut line = String::new();
    let mut at = 0;
    for Range { start, end } in &context.marks {
        line.push_str(&shown(&context.text[at..*start]));
        line.push_str(&paint.bold(&shown(&context.text[*start..*end])));
        at = *end;
    }
    line + &shown(&context.text[at..])
}
