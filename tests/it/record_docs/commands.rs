//! `docs/reference/commands.md`: every command with its options, from the command line's own declarations.

use std::fmt::Write as _;
use std::path::Path;

use clap::{Arg, Command, CommandFactory};
use heatpack::commands::Cli;

use super::{cell, is_current, sentence};

const HEAD: &str = include_str!("commands_head.md");

#[test]
fn the_page_of_commands_lists_every_command_and_option() {
    let mut page = HEAD.to_owned();
    let mut all = Vec::new();
    let program = Cli::command();
    collect(&program, "heatpack", &mut all);
    page.push_str("\n| command | what it does |\n|---|---|\n");
    for (name, command) in &all {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        let anchor = name.replace(' ', "-");
        writeln!(page, "| [`{name}`](#{anchor}) | {} |", cell(&sentence(&about))).expect("a text takes all");
    }
    page.push_str("\n## Global options\n\nYou can use them before or after every command.\n");
    add_options(&mut page, program.get_arguments().filter(|own| own.is_global_set()));
    for (name, command) in &all {
        add_command(&mut page, name, command);
    }
    is_current("reference/commands.md", &page);
}

/// The program itself and every command that has none below it, with the words that lead to it.
fn collect<'a>(command: &'a Command, name: &str, all: &mut Vec<(String, &'a Command)>) {
    let below: Vec<&Command> = command.get_subcommands().filter(|own| own.get_name() != "help").collect();
    if below.is_empty() || name == "heatpack" {
        all.push((name.to_owned(), command));
    }
    for own in below {
        collect(own, &format!("{name} {}", own.get_name()), all);
    }
}

fn add_command(page: &mut String, name: &str, command: &Command) {
    let text = |text: Option<&clap::builder::StyledStr>| text.map(ToString::to_string).unwrap_or_default();
    let long = command.get_long_about().map_or_else(|| text(command.get_about()), ToString::to_string);
    let after = command.get_after_long_help().or(command.get_after_help()).map(ToString::to_string).unwrap_or_default();
    writeln!(page, "\n## `{name}`\n").expect("a text takes all");
    let usage = command.clone().bin_name(name).render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").split_whitespace().collect::<Vec<_>>().join(" ");
    let mut examples = Vec::new();
    for paragraph in format!("{long}\n\n{after}").split("\n\n") {
        let paragraph = paragraph.trim();
        match paragraph.strip_prefix("Examples:").or_else(|| paragraph.strip_prefix("Example:")) {
            Some(lines) => {
                // Two examples that were wrapped into one line are two commands.
                let lines = lines.replace(" heatpack ", "\nheatpack ");
                examples.extend(lines.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()));
            }
            None if !paragraph.is_empty() => writeln!(page, "{paragraph}\n").expect("a text takes all"),
            None => {}
        }
    }
    writeln!(page, "Usage: `{usage}`").expect("a text takes all");
    let own = command
        .get_arguments()
        .filter(|own| !own.is_global_set() && !["help", "version"].contains(&own.get_id().as_str()));
    let own: Vec<&Arg> = own.collect();
    if !own.is_empty() {
        add_options(page, own.into_iter());
    }
    if !examples.is_empty() {
        writeln!(page, "\n```console\n{}\n```", examples.join("\n")).expect("a text takes all");
    }
}

fn add_options<'a>(page: &mut String, options: impl Iterator<Item = &'a Arg>) {
    page.push_str("\n| option | what it is | default |\n|---|---|---|\n");
    for option in options {
        let value = option.get_value_names().map(|names| names.iter().map(ToString::to_string).collect::<Vec<_>>());
        let takes = option.get_action().takes_values();
        let value = value.filter(|_| takes).map(|names| names.join(" ")).unwrap_or_default();
        let name = match (option.get_short(), option.get_long()) {
            (Some(short), Some(long)) => format!("-{short}, --{long} {value}"),
            (Some(short), None) => format!("-{short} {value}"),
            (None, Some(long)) => format!("--{long} {value}"),
            (None, None) => value,
        };
        let mut about = option.get_help().map(|help| sentence(&help.to_string())).unwrap_or_default();
        let words = option.get_possible_values();
        if takes && !words.is_empty() {
            let one = |word: &clap::builder::PossibleValue| match word.get_help() {
                Some(help) => format!("`{}`: {}", word.get_name(), sentence(&help.to_string())),
                None => format!("`{}`", word.get_name()),
            };
            let joint = if words.iter().any(|word| word.get_help().is_some()) { "<br>" } else { ", " };
            let words: Vec<String> = words.iter().filter(|word| !word.is_hide_set()).map(one).collect();
            about = format!("{about}<br>{}", words.join(joint));
        }
        let default: Vec<String> =
            option.get_default_values().iter().map(|own| format!("`{}`", own.to_string_lossy())).collect();
        let default = if takes { default.join(", ") } else { String::new() };
        writeln!(page, "| `{}` | {} | {default} |", name.trim(), cell(&about)).expect("a text takes all");
    }
}

#[test]
fn every_environment_variable_that_the_program_reads_is_listed() {
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut found = 0;
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("a source");
            for read in text.split("std::env::var").skip(1) {
                let Some(name) = read.strip_prefix("_os(\"").or_else(|| read.strip_prefix("(\"")) else { continue };
                let name = name.split('"').next().unwrap_or_default();
                assert!(HEAD.contains(&format!("`{name}`")), "{}: {name} is not in commands_head.md", path.display());
                found += 1;
            }
        }
    }
    assert!(found >= 4, "{found} reads were found");
}
