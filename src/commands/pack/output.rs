//! Where a document goes, and in which format.

use std::io::{IsTerminal, Write};
use std::path::Path;

use anyhow::{anyhow, bail};
use clap::ValueEnum;

use crate::commands::common::session::Session;
use crate::disk::output;
use crate::render;

/// The format: the given one, else the one that the file's name ends in; without a file the first one. A name that does
/// not fit --format would be opened by the wrong program, and so would one without an ending.
pub fn format<F: ValueEnum + PartialEq>(given: Option<F>, path: Option<&Path>) -> anyhow::Result<F> {
    let Some(path) = path else {
        let first = || F::value_variants().first().cloned();
        return given.or_else(first).ok_or_else(|| anyhow!("there is no format"));
    };
    let ending = path.extension().map(|ending| ending.to_string_lossy().into_owned());
    let of_name = ending.as_deref().and_then(|ending| F::from_str(ending, true).ok());
    let name = render::shown(&path.display().to_string());
    match (given, of_name) {
        (Some(given), Some(named)) if given != named => {
            let better = render::shown(&path.with_extension(word(&given)).display().to_string());
            bail!("--format {} does not fit `{name}`: use `-o {better}`, or omit --format", word(&given));
        }
        (Some(format), _) | (None, Some(format)) => Ok(format),
        (None, None) => {
            let endings: Vec<String> = F::value_variants().iter().map(|one| format!(".{}", word(one))).collect();
            let of = match ending {
                Some(ending) => format!("`.{}` is not a format of this document", render::shown(&ending)),
                None => format!("the name `{name}` has no ending for a format"),
            };
            bail!("{of}: end the name in {}, or use --format", endings.join(", "));
        }
    }
}

/// A format as one types it, and as names of files end.
fn word<F: ValueEnum>(format: &F) -> String {
    format.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

/// Rejects a place for the document that cannot take it: the records, or a terminal for bytes: `binary` says
/// what they are, and a name for them.
pub fn check_place(session: &Session, path: Option<&Path>, binary: Option<(&str, String)>) -> anyhow::Result<()> {
    match (path, binary) {
        (Some(path), _) => output::not_among_records(&session.root, path),
        (None, Some((what, example))) if std::io::stdout().is_terminal() => {
            bail!("{what} cannot go to a terminal: use `-o {example}`")
        }
        (None, _) => Ok(()),
    }
}

/// Writes the document to the file, or to standard output.
pub fn write(path: Option<&Path>, bytes: &[u8]) -> anyhow::Result<()> {
    let Some(path) = path else {
        let mut stdout = std::io::stdout().lock();
        stdout.write_all(bytes)?;
        return Ok(stdout.flush()?);
    };
    let what = if output::write_to(path, bytes)? { "wrote" } else { "unchanged:" };
    say!("{what} {}", render::shown(&path.display().to_string()));
    Ok(())
}
