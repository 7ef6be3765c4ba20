//! `heatpack list`: the records that fit, a line each.

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use clap::ValueEnum;

use crate::commands::common::session::Session;
use crate::commands::common::{terminal, typed};
use crate::load::Who;
use crate::model::{CrState, TicketState};
use crate::record::did_you_mean;
use crate::render::{list_csv, list_json, list_text};
use crate::report::list::{Table, Wanted, actions, changes, pocs, staff, subjects, tickets};
use crate::workflow::{Context, Prepared};

/// List tickets, change requests, action items, POCs, modules or staff
///
/// Without options, lists the open tickets: the owner of the next step, what is due next, and the title.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  heatpack list\n  heatpack list --overdue\n  heatpack list --subject \"Travel Vouchers\" --state all\n  heatpack list crs --state submitted,deferred\n  heatpack list actions --overdue\n  heatpack list pocs --subject scorecard --format csv"
)]
pub struct Arguments {
    /// What to list
    #[arg(value_enum, default_value = "tickets")]
    what: What,
    /// States, for example resolved, or `all` [default: open ones]
    #[arg(long, value_name = "STATE", value_delimiter = ',')]
    state: Vec<String>,
    /// Module or initiative, by id or name
    #[arg(long, value_name = "SUBJECT")]
    subject: Option<String>,
    /// POC, by id or name
    #[arg(long, value_name = "POC")]
    poc: Option<String>,
    /// Only what is overdue
    #[arg(long)]
    overdue: bool,
    /// Output format
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// Tickets
    Tickets,
    /// Change requests
    Crs,
    /// Action items that are not done
    Actions,
    /// POCs and other callers
    Pocs,
    /// Modules and initiatives
    Subjects,
    /// Staff of today
    Staff,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Text for people
    Text,
    /// JSON for programs
    Json,
    /// CSV for spreadsheets
    Csv,
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let prepared = Prepared::new(&session.project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    let table = table(session, &ctx, arguments)?;
    let mut stdout = std::io::stdout().lock();
    let text = match arguments.format {
        Format::Text => list_text(&table, terminal::width(), session.colors(&stdout)),
        Format::Json => list_json(&table),
        Format::Csv => list_csv(&table)?,
    };
    stdout.write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

fn table(session: &Session, ctx: &Context, arguments: &Arguments) -> anyhow::Result<Table> {
    let what = arguments.what;
    let flags = [
        ("--state", !arguments.state.is_empty(), &[What::Tickets, What::Crs][..]),
        ("--subject", arguments.subject.is_some(), &[What::Tickets, What::Crs, What::Pocs]),
        ("--poc", arguments.poc.is_some(), &[What::Tickets]),
        ("--overdue", arguments.overdue, &[What::Tickets, What::Crs, What::Actions]),
    ];
    for (flag, is_said, kinds) in flags {
        if is_said && !kinds.contains(&what) {
            let names: Vec<String> =
                kinds.iter().filter_map(|kind| Some(kind.to_possible_value()?.get_name().to_owned())).collect();
            bail!("{flag} does not apply here: it is for {}", names.join(", "));
        }
    }
    let wanted = wanted(session, arguments)?;
    Ok(match what {
        What::Tickets => tickets(ctx, &wanted),
        What::Crs => changes(ctx, &wanted),
        What::Actions => actions(ctx, &wanted),
        What::Pocs => pocs(ctx, &wanted),
        What::Subjects => subjects(ctx),
        What::Staff => staff(ctx),
    })
}

/// The conditions, as records write them.
fn wanted(session: &Session, arguments: &Arguments) -> anyhow::Result<Wanted> {
    let project = &session.project;
    let known: &[&str] = if arguments.what == What::Crs { CrState::WORDS } else { TicketState::WORDS };
    let mut states = Vec::new();
    for typed in &arguments.state {
        let state = typed.trim().to_lowercase().replace([' ', '_'], "-");
        if state != "all" && !known.contains(&state.as_str()) {
            let near = did_you_mean(&state, known.iter().copied());
            bail!(
                "--state: no state `{typed}`; {}",
                near.unwrap_or_else(|| format!("use {}, or all", known.join(", ")))
            );
        }
        states.push(state);
    }
    let subject = match &arguments.subject {
        None => None,
        Some(typed) => {
            let found = project.subjects_called(typed);
            let names: Vec<String> = found.iter().map(|(id, name)| format!("{name} ({id})")).collect();
            typed::only(typed, names)?;
            let found = found.into_iter().next().map(|(id, _)| id.clone());
            let known = || project.subjects.iter().map(|own| own.id.to_string()).collect::<Vec<_>>().join(", ");
            Some(found.with_context(|| format!("--subject: no module or initiative `{typed}`; use {}", known()))?)
        }
    };
    let poc = match &arguments.poc {
        None => None,
        Some(typed) => {
            let found = typed::person(project, typed, Who::Poc)?;
            Some(found.with_context(|| format!("--poc: no POC `{typed}`; `heatpack list pocs` lists them"))?)
        }
    };
    let states = Some(states).filter(|states| !states.is_empty());
    Ok(Wanted { states, subject, poc, overdue: arguments.overdue })
}
