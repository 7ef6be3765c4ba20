//! `heatpack check`: validates the records.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::bail;
use clap::ValueEnum;

use super::session::Session;
use super::status;
use crate::model::{Diagnostic, Level};
use crate::render::{Findings, TextStyle, check_json, check_text};
use crate::rules;
use crate::workflow::{Context, Prepared};

/// Validate the records
///
/// Reads everything under `data/` and says what is wrong with it (errors) and where the process was late or left
/// something out (lapses). With paths all is read, and what concerns those paths is said.
///
/// Example: heatpack check data/tickets/2026/HEAT-10423.yaml
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// Files or folders; all of the project where there are none
    paths: Vec<PathBuf>,
    /// How to say it
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Let lapses fail the check too
    #[arg(long, value_name = "WHAT")]
    deny: Option<Deny>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Deny {
    Lapses,
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let prepared = Prepared::new(&session.project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    let diagnostics = concerning(session, &arguments.paths, rules::check(&ctx))?;
    let findings = Findings::new(&session.project, session.as_of, diagnostics);
    let mut stdout = std::io::stdout().lock();
    match arguments.format {
        Format::Json => stdout.write_all(check_json(&findings).as_bytes())?,
        Format::Text => {
            let style = TextStyle { frames: stdout.is_terminal(), colors: session.colors(&stdout) };
            stdout.write_all(check_text(&findings, style).as_bytes())?;
        }
    }
    stdout.flush()?;
    let denied = if arguments.deny.is_some() { findings.count(Level::Lapse) } else { 0 };
    Ok(status(findings.count(Level::Error) + denied))
}

/// The diagnostics that concern the paths: those of a file itself, or of any file in a folder.
fn concerning(session: &Session, paths: &[PathBuf], diagnostics: Vec<Diagnostic>) -> anyhow::Result<Vec<Diagnostic>> {
    if paths.is_empty() {
        return Ok(diagnostics);
    }
    let mut wanted = Vec::new();
    for path in paths {
        wanted.push(from_root(session, path)?);
    }
    let file_of = |diagnostic: &Diagnostic| diagnostic.place.path(&session.project.files).to_owned();
    for (path, wanted) in paths.iter().zip(&wanted) {
        let known = session.root.join(wanted).symlink_metadata().is_ok()
            || diagnostics.iter().any(|diagnostic| is_inside(&file_of(diagnostic), wanted));
        if !known {
            bail!("there is no {}", path.display());
        }
    }
    let concerns = |diagnostic: &Diagnostic| wanted.iter().any(|wanted| is_inside(&file_of(diagnostic), wanted));
    Ok(diagnostics.into_iter().filter(concerns).collect())
}

fn is_inside(path: &str, folder: &Path) -> bool {
    Path::new(path).starts_with(folder)
}

/// A path that was given, from the project's root.
fn from_root(session: &Session, path: &Path) -> anyhow::Result<PathBuf> {
    let absolute = std::path::absolute(path)?;
    let mut plain = PathBuf::new();
    for part in absolute.components() {
        match part {
            std::path::Component::ParentDir => drop(plain.pop()),
            part => plain.push(part),
        }
    }
    // The root is free of symbolic links; a path that is not may still lead to it.
    let resolved = plain.canonicalize().unwrap_or_else(|_| plain.clone());
    let inside = plain.strip_prefix(&session.root).or_else(|_| resolved.strip_prefix(&session.root));
    match inside {
        Ok(inside) => Ok(inside.to_owned()),
        // From elsewhere with -C, paths are the project's own.
        Err(_) if path.is_relative() => Ok(path.to_owned()),
        Err(_) => bail!("{} is not in the project at {}", path.display(), session.root.display()),
    }
}
