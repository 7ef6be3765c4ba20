//! `heatpack man`: the manual pages, all in one or a file for each command.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Command;
use clap_mangen::Man;

use crate::disk::output;

/// Print the manual, or write a page for each command
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  heatpack man -o ~/.local/share/man/man1")]
pub struct Arguments {
    /// Directory for the pages [default: one to standard output]
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

/// Runs the command.
pub fn execute(mut root: Command, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    // Gives every command its full name, and the options that all of them take.
    root.build();
    let commands = with_all_below(&root);
    let Some(folder) = &arguments.output else {
        std::io::stdout().lock().write_all(&in_one(&root, &commands)?)?;
        return Ok(ExitCode::SUCCESS);
    };
    for command in commands {
        let (man, mut page) = (Man::new(command.clone()), Vec::new());
        man.render(&mut page)?;
        let page = with_examples(&String::from_utf8_lossy(&page));
        output::write_to(&folder.join(man.get_filename()), page.as_bytes())?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The page with its examples under a heading of their own.
fn with_examples(page: &str) -> String {
    page.replace(".SH EXTRA\nExamples:\n", ".SH EXAMPLES\n")
}

/// A command and all that are below it, `help` aside.
fn with_all_below(command: &Command) -> Vec<&Command> {
    let below = command.get_subcommands().filter(|own| own.get_name() != "help").flat_map(with_all_below);
    std::iter::once(command).chain(below).collect()
}

/// The page of the whole program, with a section for each command.
fn in_one(root: &Command, commands: &[&Command]) -> std::io::Result<Vec<u8>> {
    let mut page = Vec::new();
    Man::new(root.clone()).render(&mut page)?;
    for command in commands.iter().skip(1) {
        let (man, mut own) = (Man::new((*command).clone()), Vec::new());
        man.render_synopsis_section(&mut own)?;
        man.render_description_section(&mut own)?;
        man.render_options_section(&mut own)?;
        man.render_extra_section(&mut own)?;
        let title = command.get_bin_name().unwrap_or_else(|| command.get_name());
        writeln!(page, ".SH \"{}\"", title.to_uppercase())?;
        // The sections of its own page stand below its name here.
        for line in with_examples(&String::from_utf8_lossy(&own))
            .lines()
            .filter(|line| !line.starts_with(".ie") && !line.starts_with(".el"))
        {
            writeln!(page, "{}", line.strip_prefix(".SH").map_or(line.to_owned(), |rest| format!(".SS{rest}")))?;
        }
    }
    Ok(page)
}
