//! `heatpack completions`: what a shell needs to complete commands, flags and words with the tab key.

use std::io::Write;
use std::process::ExitCode;

use clap::Command;
use clap_complete::Shell;

/// Print the completions for a shell
///
/// For bash, save them as ~/.local/share/bash-completion/completions/heatpack.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  heatpack completions zsh > ~/.zfunc/_heatpack")]
pub struct Arguments {
    /// Shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Runs the command.
pub fn execute(mut program: Command, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut program, "heatpack", &mut script);
    std::io::stdout().lock().write_all(&script)?;
    Ok(ExitCode::SUCCESS)
}
