//! FLOOR 6: the command line: one file a command, with its arguments and the few lines that join the floors.

/// Says a line on standard error. Where nobody can hear it, the work goes on: `eprintln!` would panic.
macro_rules! say {
    ($($words:tt)*) => {
        $crate::commands::terminal::say(format_args!($($words)*))
    };
}

mod ask;
mod base;
mod baseline;
mod build;
mod calendar;
mod check;
mod commits;
mod completions;
mod draft;
mod explain;
mod flags;
mod form;
mod import;
mod init;
mod keys;
mod line;
mod lock;
mod log;
mod log_refusal;
mod lookup;
mod mail;
mod man;
mod manifest;
mod new;
mod output;
mod pack;
mod pager;
mod parallel;
mod people;
mod progress;
mod review;
mod rules;
mod schema;
mod serve;
mod session;
mod show;
mod sign;
mod ssh;
mod staged;
mod stated_fields;
mod templates;
mod terminal;
mod today;
mod unread;
mod verify;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use session::Session;

/// Checks the records of a three-line user support process and makes the packs of its meetings.
///
/// Without a command it says what is due, and what to do next.
///
/// Example: heatpack
#[derive(Debug, Parser)]
#[command(name = "heatpack", version, max_term_width = 100)]
pub struct Cli {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    command: Option<Command>,
}

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
enum TextOrJson {
    /// For people
    Text,
    /// For programs
    Json,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Arguments),
    Build(build::Arguments),
    Pack(pack::Arguments),
    Review(review::Arguments),
    Calendar(calendar::Arguments),
    Show(show::Arguments),
    New(new::Arguments),
    Log(log::Arguments),
    Explain(explain::Arguments),
    Import(import::Arguments),
    Mail(mail::Arguments),
    Init(init::Arguments),
    Rules(rules::Arguments),
    Schema(schema::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
    Sign(sign::Arguments),
    Verify(verify::Arguments),
    Serve(serve::Arguments),
}

/// Runs a command. An error says that it could not run: exit status 2.
pub fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    // Typst's layout, which runs in this pool, needs more than the usual 2 MiB when it is not optimised. A pool
    // that is there already (in a test, say) is as good.
    drop(rayon::ThreadPoolBuilder::new().stack_size(parallel::STACK).build_global());
    // Some commands work outside a project too.
    let session = || Session::new(&cli.common);
    let writing = || Session::for_writing(&cli.common);
    let Some(command) = cli.command else { return today::execute(&cli.common) };
    match command {
        Command::Check(arguments) => check::execute(&session()?, &arguments),
        Command::Build(arguments) => build::execute(&cli.common, &arguments),
        Command::Pack(arguments) => pack::execute(&session()?, &arguments),
        Command::Review(arguments) => review::execute(&session()?, &arguments),
        Command::Calendar(arguments) => calendar::execute(&session()?, &arguments),
        Command::Show(arguments) => show::execute(&session()?, &arguments),
        Command::New(arguments) => new::execute(&writing()?, &arguments),
        Command::Log(arguments) => log::execute(&writing()?, &arguments),
        Command::Import(arguments) => import::execute(&writing()?, &arguments),
        Command::Mail(arguments) => mail::execute(&writing()?, &arguments),
        Command::Explain(arguments) => explain::execute(&cli.common, &arguments),
        Command::Init(arguments) => init::execute(&cli.common, &arguments),
        Command::Rules(arguments) => rules::execute(&cli.common, &arguments),
        Command::Completions(arguments) => completions::execute(&arguments),
        Command::Man(arguments) => man::execute(&arguments),
        Command::Schema(arguments) => schema::execute(&arguments),
        Command::Sign(arguments) => sign::execute(&writing()?, &arguments),
        // An export states times in the project's zone.
        Command::Verify(arguments) if arguments.writes() => verify::execute(&writing()?, &arguments),
        Command::Verify(arguments) => verify::execute(&session()?, &arguments),
        Command::Serve(arguments) => serve::execute(&cli.common, &arguments),
    }
}

/// 1 where the records have errors, else 0.
fn status(errors: usize) -> ExitCode {
    ExitCode::from(u8::from(errors > 0))
}
