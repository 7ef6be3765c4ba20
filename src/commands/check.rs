//! `heatpack check`: validates the records.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::bail;
use clap::ValueEnum;

use crate::commands::common::options::status;
use crate::commands::common::session::{Session, has_settings};
use crate::commands::common::{base, baseline};
use crate::disk::output;
use crate::model::{Diagnostic, Level};
use crate::render::{Findings, Scope, TextStyle, check_json, check_text, github, junit, sarif};
use crate::workflow::{Context, Prepared};
use crate::{git, rules};

/// Validate the records
///
/// Reads every file in `data/` and reports errors (contradictions, or steps that the process does not allow) and lapses
/// (missed deadlines and skipped steps). Changes nothing.
///
/// With PATHS, reports only findings in them (every record is still read). With --base, also checks the edits since REV;
/// votes are checked against the board in REV. Without REV it is the base branch: origin's default branch as last
/// fetched; without a remote the local one, or else the last commit.
///
/// Exit status 1: the records have errors or, with --deny lapses, lapses.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  heatpack check\n  heatpack check data/tickets/2026/HEAT-10423.yaml\n  heatpack check --base origin/main"
)]
pub struct Arguments {
    /// Files or folders to report on [default: all]
    paths: Vec<PathBuf>,
    /// Also check the edits since REV, or since the base branch
    #[arg(long, value_name = "REV", num_args = 0..=1)]
    base: Option<Option<String>>,
    /// Output format
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Also fail on lapses
    #[arg(long, value_name = "WHAT")]
    deny: Option<Deny>,
    /// Print errors only, no lapses
    #[arg(long, conflicts_with = "deny")]
    errors_only: bool,
    /// Ignore findings listed in FILE
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// First write all findings to the baseline FILE
    #[arg(long, requires = "baseline", conflicts_with = "paths")]
    write_baseline: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Text for people
    Text,
    /// JSON for programs
    Json,
    /// SARIF 2.1.0 for code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// Test results, for GitLab and Jenkins
    Junit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Deny {
    Lapses,
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let base = match &arguments.base {
        Some(Some(name)) => Some(base::read(session, name)?),
        Some(None) => base::read_default(session)?,
        None => None,
    };
    let base = base.as_ref().and_then(|base| base.records.as_ref());
    let prepared = Prepared::against(&session.project, base);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    let mut findings = Findings::new(&session.project, session.as_of, rules::check(&ctx));
    if let (Some(file), true) = (&arguments.baseline, arguments.write_baseline) {
        has_settings(&session.project)?;
        output::not_among_records(&session.root, file)?;
        baseline::write(file, &findings)?;
    }
    findings.narrow(scope(session, &arguments.paths, &findings.diagnostics)?);
    if let Some(file) = &arguments.baseline {
        baseline::read(file)?.pass_over(&mut findings);
    }
    if arguments.errors_only {
        findings.keep_errors();
    }
    if matches!(arguments.format, Format::Sarif | Format::Github | Format::Junit) {
        findings.folder = git::folder_in_repository(&session.root);
    }
    let mut stdout = std::io::stdout().lock();
    let text = match arguments.format {
        Format::Json => check_json(&findings),
        Format::Sarif => sarif(&findings),
        Format::Github => github(&findings),
        Format::Junit => junit(&findings),
        Format::Text => {
            let style = TextStyle { frames: stdout.is_terminal(), colors: session.colors(&stdout) };
            check_text(&findings, style)
        }
    };
    stdout.write_all(text.as_bytes())?;
    stdout.flush()?;
    let denied = if arguments.deny.is_some() { findings.count(Level::Lapse) } else { 0 };
    Ok(status(findings.count(Level::Error) + denied))
}

/// The paths that were given, from the project's root; each is there, or something was found at it.
fn scope(session: &Session, paths: &[PathBuf], found: &[Diagnostic]) -> anyhow::Result<Scope> {
    let mut scope = Scope::default();
    for path in paths {
        let wanted = Scope { paths: vec![from_root(session, path)?] };
        let is_there = wanted.paths.iter().any(|wanted| session.root.join(wanted).symlink_metadata().is_ok());
        if !is_there && !found.iter().any(|found| wanted.includes(found.place.path(&session.project.files))) {
            bail!("{} does not exist", path.display());
        }
        scope.paths.extend(wanted.paths);
    }
    Ok(scope)
}

/// A path that was given, from the project's root.
fn from_root(session: &Session, path: &Path) -> anyhow::Result<PathBuf> {
    let here = output::plain(path)?;
    // The root is free of symbolic links; a path that is not may still lead to it.
    let resolved = here.canonicalize().unwrap_or_else(|_| here.clone());
    // From elsewhere with -C, paths are the project's own.
    let there = output::plain(&session.root.join(path))?;
    let inside = [&here, &resolved, &there].into_iter().find_map(|path| path.strip_prefix(&session.root).ok());
    match inside {
        Some(inside) => Ok(inside.to_owned()),
        None => bail!("{} is not in the project at {}", path.display(), session.root.display()),
    }
}
