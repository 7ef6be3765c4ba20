//! Makes a large project out of the sample's: `cargo run --example many_tickets -- DIR TICKETS [OUTSTANDING]`.
//!
//! The sample's own records stay as they are. Its tickets come again under new numbers, those that are closed and
//! those that are outstanding each in turn, until there are as many as asked for.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// The first number that the sample does not use.
const FIRST: usize = 20_001;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(folder), Some(tickets)) = (arguments.next(), arguments.next()) else {
        return Err("usage: many_tickets DIR TICKETS [OUTSTANDING]".into());
    };
    let tickets: usize = tickets.parse()?;
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let data = Path::new(&folder).join("data");
    copy(&sample, &data)?;
    let originals = originals(&sample)?;
    // What waited for a change request cannot be resolved without one, and those name the sample's own tickets.
    let copied = originals.iter().filter(|ticket| !(ticket.has("outcome: code-change") && ticket.is_past_work()));
    let (open, ended): (Vec<&Ticket>, Vec<&Ticket>) = copied.partition(|ticket| ticket.is_outstanding());
    let more = tickets.saturating_sub(originals.len());
    let outstanding = match arguments.next() {
        Some(number) => number.parse::<usize>()?.saturating_sub(open.len()).min(more),
        None => more / 20,
    };
    for index in 0..more {
        let of = if index < outstanding { &open } else { &ended };
        let Some(original) = of.get(index % of.len().max(1)) else {
            return Err("the sample has no such ticket".into());
        };
        let id = format!("HEAT-{}", FIRST + index);
        let path = data.join("tickets").join(&original.year).join(format!("{id}.yaml"));
        fs::write(path, original.under(&id, index))?;
    }
    let open = open.len() + outstanding;
    println!("{} tickets in {}, {} of them outstanding", originals.len() + more, folder, open);
    Ok(())
}

/// A ticket of the sample.
struct Ticket {
    id: String,
    year: String,
    text: String,
}

impl Ticket {
    fn has(&self, line: &str) -> bool {
        self.text.lines().any(|own| own.trim().trim_start_matches("- ") == line)
    }

    fn is_outstanding(&self) -> bool {
        !["event: closed", "event: redirected", "event: voided"].iter().any(|end| self.has(end))
    }

    fn is_past_work(&self) -> bool {
        self.has("event: resolved") || !self.is_outstanding()
    }

    /// The same story under another number, and under numbers of NITC's that no other ticket has.
    fn under(&self, id: &str, index: usize) -> String {
        let mut text = String::with_capacity(self.text.len() + 16);
        for line in self.text.lines() {
            match line.trim().strip_prefix("nitc_ref: ") {
                Some(number) => text.push_str(&line.replace(number, &format!("{number}-{index}"))),
                None => text.push_str(&line.replace(&self.id, id)),
            }
            text.push('\n');
        }
        text
    }
}

fn originals(data: &Path) -> Result<Vec<Ticket>, Box<dyn Error>> {
    let mut tickets = Vec::new();
    for folder in children(&data.join("tickets"))? {
        for file in children(&folder)? {
            let stem =
                |path: &Path| path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            tickets.push(Ticket { id: stem(&file), year: stem(&folder), text: fs::read_to_string(&file)? });
        }
    }
    Ok(tickets)
}

fn children(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
    paths.sort();
    Ok(paths)
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for path in children(from)? {
        let Some(name) = path.file_name() else { continue };
        if path.is_dir() {
            copy(&path, &to.join(name))?;
        } else {
            fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}
