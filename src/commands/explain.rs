//! `heatpack explain`: what a rule means.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use anyhow::bail;

use crate::commands::common::options::Common;
use crate::commands::common::session;
use crate::model::RuleId;
use crate::record::did_you_mean;
use crate::render::{explain_markdown, explain_text};
use crate::report::rule_list::RuleLine;
use crate::rules;

/// Explain a rule, with an example and how to fix it
///
/// RULE is the word in brackets in a message of `heatpack check`. Prints Markdown to a file or pipe.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  heatpack explain reply-late")]
pub struct Arguments {
    /// Name of the rule
    rule: String,
}

/// Runs the command.
pub fn execute(common: &Common, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    // As it is copied from a message, the brackets may come with it.
    let name = arguments.rule.trim_matches(['[', ']', '`', ' ']);
    let Some(rule) = RuleId::from_name(name).map(rules::rule) else {
        let help = did_you_mean(name, RuleId::NAMES.iter().copied())
            .unwrap_or_else(|| "run `heatpack rules` for a list".to_owned());
        bail!("no rule named `{name}`; {help}");
    };
    let line = RuleLine::new(rule.id, &session::settings(common)?);
    let mut stdout = std::io::stdout().lock();
    let text = if stdout.is_terminal() {
        explain_text(&line, &rule.text(), session::colors(common.color, &stdout))
    } else {
        explain_markdown(&line, &rule.text())
    };
    stdout.write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
