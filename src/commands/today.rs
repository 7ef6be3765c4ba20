//! `heatpack` alone: what there is to do now; outside a project how to begin.

use std::io::Write;
use std::process::ExitCode;

use clap::Command;

use crate::commands::common::options::Common;
use crate::commands::common::session;
use crate::commands::common::session::Session;
use crate::commands::common::terminal;
use crate::git;
use crate::render::today_text;
use crate::report::today::{CloneState, Surroundings, today};
use crate::workflow::{Context, Prepared};

/// Runs the command; prints the help of the `program` outside a project.
pub fn execute(mut program: Command, common: &Common) -> anyhow::Result<ExitCode> {
    let mut stdout = std::io::stdout().lock();
    if !session::is_in_project(common)? {
        write!(stdout, "{}", program.render_help())?;
        let here = "No project found. Run `heatpack init my-project` to create one.";
        writeln!(stdout, "\n{here}")?;
        return Ok(ExitCode::SUCCESS);
    }
    let session = Session::new(common)?;
    let prepared = Prepared::new(&session.project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    let today = today(&ctx, &surroundings(&session));
    let text = today_text(&today, terminal::width(), session.colors(&stdout));
    stdout.write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// Who runs the program, and the state of their clone.
fn surroundings(session: &Session) -> Surroundings {
    let clone = git::clone_state(&session.root).map(|clone| CloneState {
        has_commit: clone.has_commit,
        has_hook: clone.has_hook,
        has_merge: clone.has_merge,
        uncommitted: clone.uncommitted,
    });
    let set_user = if cfg!(windows) { "setx HEATPACK_STAFF " } else { "export HEATPACK_STAFF=" };
    Surroundings { user: session::own_staff_id(), set_user, clone }
}
