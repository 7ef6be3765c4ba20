//! Makes the next weekly and the next monthly pack of a project in every format but PDF: what they cost besides its
//! layout (BENCHMARKS.md). `cargo run --release --example both_packs -- DIR`.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use heatpack::load::load;
use heatpack::model::Minute;
use heatpack::render::{Renderer, pack_file};
use heatpack::report;
use heatpack::report::pages::around;
use heatpack::report::places::{PackFormat, names_beside, pack_places};
use heatpack::workflow::{Context, Prepared};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: both_packs DIR")?;
    let project = load(Path::new(&folder))?;
    let prepared = Prepared::new(&project);
    let ctx = Context::new(&prepared, Minute::parse("2026-11-22 12:00").ok_or("no time")?, true);
    let renderer = Renderer::new(&BTreeMap::new())?;
    let all = pack_places(&ctx);
    let places: Vec<_> = all.iter().filter(|place| place.is_next(&ctx)).collect();
    if places.len() != 2 {
        return Err("the project has no next meeting of each kind".into());
    }
    for place in places {
        let pack = report::pack(&ctx, place.kind, place.index).ok_or("no such pack")?;
        let names = names_beside(&ctx, &pack);
        let around = around(&all, place);
        for format in [PackFormat::Html, PackFormat::Json, PackFormat::Csv] {
            println!("{}: {} bytes", place.file(format), pack_file(&renderer, &pack, &names, &around, format)?.len());
        }
    }
    Ok(())
}
