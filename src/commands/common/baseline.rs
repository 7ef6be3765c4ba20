//! The baseline of `heatpack check`: its file.

use std::path::Path;

use anyhow::Context;

use crate::disk::output;
use crate::render::{Baseline, Findings};
use crate::report::words::counted;

/// Reads a baseline.
pub fn read(file: &Path) -> anyhow::Result<Baseline> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    Baseline::parse(&text).with_context(|| format!("{} is not a baseline", file.display()))
}

/// Writes a baseline of everything that was found: whole, or not at all. One that would not change is not
/// touched.
pub fn write(file: &Path, findings: &Findings) -> anyhow::Result<()> {
    let baseline = Baseline::of(findings);
    let text = baseline.to_text();
    if output::write_to(file, text.as_bytes())? {
        say!("{} written to {}", counted(baseline.len(), "known finding"), file.display());
    }
    Ok(())
}
