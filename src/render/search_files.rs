//! The site's search as scripts that a page loads from a web server or a disk: the index in shards, the records in shards.

use serde::Serialize;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::compact::compact;
use super::error::Error;
use crate::model::hex;
use crate::report::find::{Record, index};
use crate::report::places::SearchPlace;
use crate::search::{DOCUMENTS_A_SHARD, IRREGULAR, STOP_WORDS, shards};

/// The function of the page's script that takes what a file has.
const TAKES: &str = "heatpackSearch";

/// What the files are made from, in few letters: it differs where they differ.
pub fn search_version(records: &[Record]) -> Result<String, Error> {
    let mut hash = Sha256::new();
    for record in records {
        hash.update(compact(record)?);
    }
    Ok(hex(&hash.finalize()).chars().take(16).collect())
}

/// The files of the search, each with its place.
pub fn search_files(records: &[Record]) -> Vec<(SearchPlace, String)> {
    let shards = shards(&index(records));
    let start = json!({
        "documents": records.len(),
        "size": DOCUMENTS_A_SHARD,
        "firsts": shards.firsts,
        "stop": STOP_WORDS.as_slice(),
        "irregular": IRREGULAR,
    });
    let mut files = vec![
        (SearchPlace::Start, script("start", &start)),
        (SearchPlace::Words, script("words", &shards.words.into())),
    ];
    for (number, stems) in shards.stems.into_iter().enumerate() {
        files.push((SearchPlace::Stems(number), script(&format!("stems-{number}"), &stems.into())));
    }
    for (number, records) in records.chunks(DOCUMENTS_A_SHARD).enumerate() {
        let rows: Vec<Row> = records.iter().map(Row::of).collect();
        // A row has plain texts only, which cannot fail.
        let rows = serde_json::to_value(rows).unwrap_or_default();
        files.push((SearchPlace::Records(number), script(&format!("records-{number}"), &rows)));
    }
    files
}

/// A record as the page lists it: id, title, state, date, and its page.
#[derive(Debug, Serialize)]
struct Row<'r>(&'r str, &'r str, &'r str, String, &'r str);

impl<'r> Row<'r> {
    fn of(record: &'r Record) -> Row<'r> {
        let date = record.date.map(|date| date.to_string()).unwrap_or_default();
        Row(&record.id, &record.title, &record.state, date, &record.href)
    }
}

/// A script that hands a value to the page.
fn script(name: &str, value: &Json) -> String {
    // Two signs end a line in older scripts.
    let value = value.to_string().replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    format!("{TAKES}(\"{name}\",{value});\n")
}
