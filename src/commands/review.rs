//! `heatpack review`: a summary of what a pull request changes in the records.

use std::io::Write;
use std::process::ExitCode;

use clap::ValueEnum;

use crate::commands::common::base;
use crate::commands::common::options::status;
use crate::commands::common::session::Session;
use crate::model::{Diagnostic, Level};
use crate::render::{Findings, review_markdown, to_json};
use crate::report::review::{BaseView, Found, FoundLine, Versions, review};
use crate::rules;
use crate::workflow::{Context, Prepared};

/// Summarize what a pull request changes in the records
///
/// Compares the records with those in REV and lists the states, votes, deadlines and findings that differ, as a comment
/// for the pull request. Votes are checked against the board in REV. Changes nothing.
///
/// Exit status 1: the records have errors.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  heatpack review --base origin/main")]
pub struct Arguments {
    /// Base branch, tag or commit to compare with
    #[arg(long, value_name = "REV")]
    base: String,
    /// Output format
    #[arg(long, value_enum, default_value = "markdown")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Text for a comment on the pull request
    Markdown,
    /// JSON for programs
    Json,
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let revision = base::read(session, &arguments.base)?;
    let old = revision.project(session)?;
    let records = revision.records.as_ref();
    let was = Prepared::new(&old);
    let now = Prepared::against(&session.project, records);
    let merged = Prepared::new(&session.project);
    let [was, now, merged] = [&was, &now, &merged].map(|own| Context::new(own, session.as_of, session.as_of_given));
    let before = Findings::new(&old, session.as_of, rules::check(&was));
    let after = Findings::new(&session.project, session.as_of, rules::check(&now));
    let versions = Versions { was: &was, now: &now, merged: &merged, base: records };
    let base = BaseView {
        name: arguments.base.clone(),
        commit: revision.commit.clone(),
        committed: records.map(|base| base.committed),
    };
    let review = review(&versions, base, found(&after, after.beyond(&before)), found(&before, before.beyond(&after)));
    let text = match arguments.format {
        Format::Markdown => review_markdown(&review),
        Format::Json => to_json(&review),
    };
    let mut stdout = std::io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    stdout.flush()?;
    Ok(status(after.count(Level::Error)))
}

fn found(findings: &Findings, diagnostics: Vec<&Diagnostic>) -> Found {
    let line = |diagnostic: &Diagnostic| FoundLine {
        rule: diagnostic.rule.to_string(),
        level: diagnostic.level.as_str().to_owned(),
        record: diagnostic.record.clone(),
        path: findings.path(&diagnostic.place).to_owned(),
        line: findings.range(&diagnostic.place).start.line,
        message: diagnostic.one_line(),
    };
    Found::new(diagnostics.into_iter().map(line).collect())
}
