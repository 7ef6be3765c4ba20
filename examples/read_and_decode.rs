//! Reads a project's files and decodes its tickets, and does nothing else with them: what `check` is measured against
//! (BENCHMARKS.md). `cargo run --release --example read_and_decode -- DIR`.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use heatpack::load::parse;
use heatpack::model::Ticket;
use heatpack::record::{Faults, Value};
use rayon::prelude::*;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: read_and_decode DIR")?;
    let files: Vec<PathBuf> = walkdir::WalkDir::new(Path::new(&folder).join("data/tickets"))
        .into_iter()
        .map(|entry| entry.map(walkdir::DirEntry::into_path))
        .filter(|path| path.as_ref().map_or(true, |path| path.extension().is_some_and(|ending| ending == "yaml")))
        .collect::<Result<_, _>>()?;
    // All are kept to the end, as a check keeps them.
    let tickets: Vec<(String, Option<Ticket>)> = files
        .par_iter()
        .map(|path| {
            let text = fs::read_to_string(path)?;
            let mut faults = Faults { zone: Some(chrono_tz::America::New_York), ..Faults::default() };
            let ticket = parse(&text, &mut faults).and_then(|node| Ticket::decode(&node, &mut faults));
            Ok((text, ticket))
        })
        .collect::<std::io::Result<_>>()?;
    let bytes: usize = tickets.iter().map(|(text, _)| text.len()).sum();
    let decoded = tickets.iter().filter(|(_, ticket)| ticket.is_some()).count();
    println!("{decoded} of {} tickets decoded, {bytes} bytes", tickets.len());
    Ok(())
}
