//! Options and exit statuses that commands have in common.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;

/// What goes before or after every command.
#[derive(Debug, clap::Args)]
pub struct Common {
    /// Look for the project from this folder upward, instead of from the one you are in
    #[arg(short = 'C', global = true, value_name = "DIR")]
    pub directory: Option<PathBuf>,
    /// Read the records as of this time: `2026-11-18 10:00`, or a date for its end
    #[arg(long, global = true, value_name = "TIME")]
    pub as_of: Option<String>,
    /// Whether to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
}

/// Whether to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

/// How a command says what it has to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TextOrJson {
    /// For people
    Text,
    /// For programs
    Json,
}

/// 1 where the records have errors, else 0.
pub fn status(errors: usize) -> ExitCode {
    ExitCode::from(u8::from(errors > 0))
}
