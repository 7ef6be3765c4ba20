//! The binary: parses the command line, runs the command, gives the exit status.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser;
use heatpack::commands::{Cli, run};
use heatpack::render::shown;

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(status) => status,
        Err(error) => {
            // A closed pipe (`… | head`) is not an error.
            let closed =
                error.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe);
            if closed {
                return ExitCode::SUCCESS;
            }
            // It may quote what a record or an argument says.
            drop(writeln!(std::io::stderr(), "error: {}", shown(&format!("{error:#}"))));
            ExitCode::from(2)
        }
    }
}
