//! The command line: one file a command, with its arguments and the few lines that join the floors.
//!
//! A new command is its file, a line of the table here, and a line of the README. No command uses another one: what they
//! share is in `common`, and entering records in `entry`.

/// Prints a line to stderr and ignores write errors; `eprintln!` would panic.
macro_rules! say {
    ($($words:tt)*) => {
        $crate::commands::common::terminal::say(format_args!($($words)*))
    };
}

mod common;
mod entry;
mod today;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use common::options::Common;
use common::parallel;
use common::session::Session;

/// Declares the commands: their modules, and what each is run with.
///
/// - `reads`: the project
/// - `writes`: the project, whose settings must have no errors
/// - `anywhere`: the common options; the command also works outside a project, or reads the project by itself
/// - `describes`: the command line itself
/// - `alone`: nothing but its arguments
macro_rules! commands {
    ($($kind:ident $file:ident::$name:ident,)*) => {
        $(mod $file;)*

        #[derive(Debug, Subcommand)]
        enum Command {
            $($name($file::Arguments),)*
        }

        impl Command {
            fn execute(&self, common: &Common) -> anyhow::Result<ExitCode> {
                match self {
                    $(Command::$name(arguments) => commands!(@$kind $file common arguments),)*
                }
            }
        }
    };
    (@reads $file:ident $common:ident $arguments:ident) => {
        $file::execute(&Session::new($common)?, $arguments)
    };
    (@writes $file:ident $common:ident $arguments:ident) => {
        $file::execute(&Session::for_writing($common)?, $arguments)
    };
    (@anywhere $file:ident $common:ident $arguments:ident) => {
        $file::execute($common, $arguments)
    };
    (@describes $file:ident $common:ident $arguments:ident) => {
        $file::execute(Cli::command(), $arguments)
    };
    (@alone $file:ident $common:ident $arguments:ident) => {
        $file::execute($arguments)
    };
}

// In the order of the help.
commands! {
    reads check::Check,
    anywhere build::Build,
    reads pack::Pack,
    reads review::Review,
    reads calendar::Calendar,
    reads list::List,
    reads show::Show,
    reads search::Search,
    writes new::New,
    writes log::Log,
    writes amend::Amend,
    writes meeting::Meeting,
    writes action::Action,
    writes done::Done,
    writes end::End,
    anywhere explain::Explain,
    writes import::Import,
    writes mail::Mail,
    writes sent::Sent,
    reads resolve::Resolve,
    alone merge_driver::MergeDriver,
    anywhere init::Init,
    anywhere rules::Rules,
    alone schema::Schema,
    describes completions::Completions,
    describes man::Man,
    writes sign::Sign,
    anywhere verify::Verify,
    writes evidence::Evidence,
    anywhere serve::Serve,
}

/// Check help desk records and build meeting packs
///
/// Without a command, lists what is due and what to do next.
#[derive(Debug, Parser)]
#[command(name = "heatpack", version, max_term_width = 100)]
#[command(after_help = "Examples:\n  heatpack\n  heatpack check\n  heatpack build")]
pub struct Cli {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    command: Option<Command>,
}

/// Runs a command. An error says that it could not run: exit status 2.
pub fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    // Typst's layout, which runs in this pool, needs more than the usual 2 MiB when it is not optimised. A pool
    // that is there already (in a test, say) is as good.
    drop(rayon::ThreadPoolBuilder::new().stack_size(parallel::STACK).build_global());
    match &cli.command {
        Some(command) => command.execute(&cli.common),
        None => today::execute(Cli::command(), &cli.common),
    }
}
