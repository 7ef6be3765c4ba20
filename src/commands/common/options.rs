//! Options and exit statuses that commands have in common.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;

/// The heading of the options of every command.
const GLOBAL: &str = "Global options";

/// The options of every command, before or after it.
#[derive(Debug, clap::Args)]
pub struct Common {
    /// Use the project in DIR or above [default: current folder]
    #[arg(short = 'C', global = true, help_heading = GLOBAL, value_name = "DIR")]
    pub directory: Option<PathBuf>,
    /// Read the records as of TIME [a date means end of day]
    #[arg(long, global = true, help_heading = GLOBAL, value_name = "TIME")]
    pub as_of: Option<String>,
    /// When to use color
    #[arg(long, global = true, help_heading = GLOBAL, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
}

/// When to use color.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

/// The output format of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TextOrJson {
    /// Text for people
    Text,
    /// JSON for programs
    Json,
}

/// 1 if there are errors, otherwise 0.
pub fn status(errors: usize) -> ExitCode {
    ExitCode::from(u8::from(errors > 0))
}
