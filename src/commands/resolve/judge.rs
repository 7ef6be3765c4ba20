//! What the joined records break together that neither side breaks alone.

use std::path::Path;

use super::case::Case;
use super::sides::{Side, Sides};
use crate::commands::common::session::Session;
use crate::load::{Drafts, FileCache, Project, load_drafts_again};
use crate::merge::added_entries;
use crate::model::{Diagnostic, Level};
use crate::render::Findings;
use crate::rules;
use crate::workflow::{Context, Prepared};

/// The project with the joined records, and the errors that are new with both sides.
pub struct Judged {
    pub project: Project,
    pub errors: Vec<Diagnostic>,
}

/// Checks the project with the drafts, and with the versions of either side.
pub fn judge(session: &Session, cases: &[Case], drafts: &Drafts, cache: &mut FileCache) -> anyhow::Result<Judged> {
    let project = load_drafts_again(&session.root, drafts, session.tracked.as_ref(), cache)?;
    let mut errors = Vec::new();
    {
        let mut found = findings(session, &project);
        for side in [Side::Ours, Side::Theirs] {
            let versions = cases.iter().map(|case| (case.path.clone(), case.text(side).as_bytes().to_vec()));
            let alone = load_drafts_again(&session.root, &versions.collect(), session.tracked.as_ref(), cache)?;
            found.keep_new(&findings(session, &alone));
        }
        errors.append(&mut found.diagnostics);
    }
    // What is still in conflict cannot be read, which is no news.
    let is_open = |own: &Diagnostic| {
        cases.iter().any(|case| !drafts.contains_key(&case.path) && is_in(&project, own, &case.path))
    };
    errors.retain(|own| own.level == Level::Error && !is_open(own));
    Ok(Judged { project, errors })
}

fn findings<'p>(session: &Session, project: &'p Project) -> Findings<'p> {
    let prepared = Prepared::new(project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    Findings::new(project, session.as_of, rules::check(&ctx))
}

/// The entries that each side added to a record with an error, a line each.
pub fn both_entries(case: &Case, sides: &Sides) -> Vec<String> {
    let side = |side: Side| {
        let added = added_entries(case.base.as_deref(), case.text(side));
        let name = sides.name(side, &case.path);
        added.into_iter().map(move |entry| format!("{name}: {entry}"))
    };
    side(Side::Ours).chain(side(Side::Theirs)).collect()
}

/// Whether an error is in one of some files.
pub fn is_in(project: &Project, error: &Diagnostic, path: &str) -> bool {
    Path::new(error.place.path(&project.files)) == Path::new(path)
}
