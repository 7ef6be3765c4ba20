//! `heatpack verify`: the votes on a change request, their signatures, and whether they count.

use std::io::Write;
use std::process::ExitCode;

use super::session::Session;
use super::{TextOrJson, lookup, status};
use crate::render::{to_json, verify_text};
use crate::report::votes::Verification;
use crate::workflow::{Context, Prepared};

/// Show each vote on a change request: who signed it with which key, and whether it counts and why
///
/// The exit status is 1 if the votes do not carry what is on record, if the
/// request was edited since it was submitted, if a signature is not valid, or
/// if a vote's file cannot be read.
///
/// Example: heatpack verify CR-2026-007
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The change request: CR-2026-007
    cr: String,
    /// How to say it
    #[arg(long, value_enum, default_value = "text")]
    format: TextOrJson,
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let prepared = Prepared::new(&session.project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    let found = Verification::new(&ctx, lookup::change_typed(&ctx, &arguments.cr)?);
    let mut stdout = std::io::stdout().lock();
    let text = match arguments.format {
        TextOrJson::Text => verify_text(&found, session.colors(&stdout)),
        TextOrJson::Json => to_json(&found),
    };
    stdout.write_all(text.as_bytes())?;
    Ok(status(usize::from(found.is_flawed())))
}
