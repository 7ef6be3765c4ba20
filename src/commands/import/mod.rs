//! `heatpack import`: NITC's report, and another tracker's tickets.

mod file;
mod nitc;
mod tickets;

use std::process::ExitCode;

use clap::Subcommand;

use crate::commands::common::session::Session;

/// Import NITC's weekly report or tickets from another tracker
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  heatpack import nitc report.csv\n  heatpack import tickets export.csv --map imports/servicenow.yaml"
)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Nitc(nitc::Arguments),
    Tickets(tickets::Arguments),
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    match &arguments.what {
        What::Nitc(arguments) => nitc::execute(session, arguments),
        What::Tickets(arguments) => tickets::execute(session, arguments),
    }
}
