//! The steps of a project's setup that are still to be done, in order, each with its command.

use super::user::User;
use super::view::{Next, Surroundings};
use crate::workflow::Context;

/// The steps, until the project has what a ticket needs.
pub(super) fn steps(ctx: &Context, surroundings: &Surroundings, user: Option<&User>) -> Vec<Next> {
    let (project, clone) = (ctx.project(), surroundings.clone);
    let known = &project.known;
    // A list with errors is an error, and not an empty one.
    let lacks_subjects = project.subjects.is_empty() && !known.subjects.is_partial();
    let lacks_staff = project.staff.is_empty() && !known.staff.is_partial();
    let lacks_pocs = project.pocs.is_empty() && !known.pocs.is_partial();
    let has_work = !project.tickets.is_empty() || known.tickets.is_partial();
    if has_work && !lacks_subjects && !lacks_staff {
        return Vec::new();
    }
    let mut steps = Vec::new();
    let mut add = |is_missing: bool, command: &str, why: &str| {
        if is_missing {
            steps.push(Next::new(command, why));
        }
    };
    add(clone.is_none(), "git init", "keep the records in git");
    add(lacks_subjects, "heatpack new subject", "the modules and initiatives that you support");
    let names = &project.settings.names;
    let offices = format!("the people of {}, {} and {}", names.help_desk, names.third_line, names.sponsor);
    add(lacks_staff, "heatpack new staff", &offices);
    let example = project.staff.first().map_or_else(|| "YOUR-STAFF-ID".to_owned(), |staff| staff.id.to_string());
    add(user.is_none(), &format!("{}{example}", surroundings.set_user), "your own id: logs name who did what");
    add(lacks_pocs, "heatpack new poc", "the Points of Contact (POCs)");
    let lacks_board = project.board.members.is_empty() && !known.members.is_partial();
    add(
        lacks_board,
        "heatpack new member",
        &format!("the members of {}, before the first change request", names.board),
    );
    let has_hook = clone.is_some_and(|clone| clone.has_hook);
    add(!has_hook, "git config core.hooksPath .githooks", "check the records before each commit");
    let has_merge = clone.is_some_and(|clone| clone.has_merge);
    let driver = "git config merge.heatpack.driver 'heatpack merge-driver %O %A %B %P'";
    add(!has_merge, driver, "join two edits of one record in a merge");
    if !clone.is_some_and(|clone| clone.has_commit) {
        add(true, "git add --all", "the first commit");
        add(true, "git commit --message \"Set up the records\"", "");
    }
    steps
}
