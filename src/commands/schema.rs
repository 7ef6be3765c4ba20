//! `heatpack schema`: the JSON Schema of a kind of record.

use std::io::Write;
use std::process::ExitCode;

use clap::builder::PossibleValuesParser;

use crate::model::SCHEMAS;
use crate::render::to_json;
use crate::report::pack::schema as pack_schema;

/// Print the JSON Schema of a record or pack
///
/// Editors use it to complete and check records. `heatpack check` also checks what a schema cannot express.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  heatpack schema ticket > ticket.schema.json")]
pub struct Arguments {
    /// Kind of record, or `pack`
    #[arg(value_parser = PossibleValuesParser::new(kinds()))]
    kind: String,
}

/// Runs the command.
pub fn execute(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    // What is no kind of record is a pack: the command line takes nothing else.
    let record = SCHEMAS.iter().find(|schema| schema.name == arguments.kind);
    let document = record.map_or_else(pack_schema::schema, |schema| schema.document());
    std::io::stdout().lock().write_all(to_json(&document).as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

fn kinds() -> impl Iterator<Item = &'static str> {
    SCHEMAS.iter().map(|schema| schema.name).chain(["pack"])
}
