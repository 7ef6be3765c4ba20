//! `heatpack rules`: all rules with their levels.

use std::io::Write;
use std::process::ExitCode;

use crate::commands::common::options::{Common, TextOrJson};
use crate::commands::common::session;
use crate::render::{rules_text, to_json};
use crate::report::rule_list::RuleList;

/// List the rules and their levels
///
/// Lists the levels in the project's settings, or outside a project the default levels.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  heatpack rules\n  heatpack rules --format json")]
pub struct Arguments {
    /// Output format
    #[arg(long, value_enum, default_value = "text")]
    format: TextOrJson,
}

/// Runs the command.
pub fn execute(common: &Common, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let list = RuleList::new(&session::settings(common)?);
    let text = match arguments.format {
        TextOrJson::Text => rules_text(&list),
        TextOrJson::Json => to_json(&list),
    };
    std::io::stdout().lock().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
