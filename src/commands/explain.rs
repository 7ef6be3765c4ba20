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

/// Say what a rule means: what it checks, why, an example that breaks it, and how to mend that
///
/// The name is the one in brackets in a message of `check`. Into a file or pipe the text goes as Markdown.
///
/// Example: heatpack explain reply-late
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The rule's name
    rule: String,
}

/// Runs the command.
pub fn execute(common: &Common, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    // As it is copied from a message, the brackets may come with it.
    let name = arguments.rule.trim_matches(['[', ']', '`', ' ']);
    let Some(rule) = RuleId::from_name(name).map(rules::rule) else {
        let help = did_you_mean(name, RuleId::NAMES.iter().copied())
            .unwrap_or_else(|| "`heatpack rules` lists them all".to_owned());
        bail!("there is no rule `{name}`; {help}");
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
