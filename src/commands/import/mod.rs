//! `heatpack import`: NITC's report, mails that came, and another tracker's tickets.

mod file;
mod mail;
mod nitc;
mod tickets;

use std::process::ExitCode;

use clap::Subcommand;

use crate::commands::common::session::Session;

/// Import NITC's report, mails, or another tracker's tickets
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  heatpack import nitc report.csv\n  heatpack import mail inbox/\n  heatpack import tickets export.csv --map imports/servicenow.yaml"
)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Nitc(nitc::Arguments),
    Mail(mail::Arguments),
    Tickets(tickets::Arguments),
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    match &arguments.what {
        What::Nitc(arguments) => nitc::execute(session, arguments),
        What::Mail(arguments) => mail::execute(session, arguments),
        What::Tickets(arguments) => tickets::execute(session, arguments),
    }
}
