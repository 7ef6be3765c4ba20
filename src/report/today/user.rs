//! The person who runs the program, by HEATPACK_STAFF.

use crate::load::Who;
use crate::model::{Office, PersonId, is_within};
use crate::report::pack::AttentionItem;
use crate::report::words::Words;
use crate::workflow::Context;

/// The person who runs the program.
pub(super) struct User {
    pub id: PersonId,
    /// Their office today; none of a member of the board who is not on the staff.
    pub office: Option<Office>,
    pub is_member: bool,
}

impl User {
    /// The person of that id, if they are on the staff or the board today.
    pub fn new(ctx: &Context, id: &str) -> Option<User> {
        let (project, today) = (ctx.project(), ctx.today());
        let found = project.people_called(id, Who::Anyone);
        let [(id, _)] = found[..] else { return None };
        let office = project.staff_on(id, today).map(|staff| staff.office);
        let members = project.board.members.iter().filter(|member| member.id.value == *id);
        let is_member = members.into_iter().any(|member| is_within(today, member.from, member.until));
        (office.is_some() || is_member).then(|| User { id: id.clone(), office, is_member })
    }

    /// Whether something that needs attention is for them: the Help Desk minds all.
    pub fn minds(&self, ctx: &Context, item: &AttentionItem) -> bool {
        let words = Words::new(&ctx.project().settings.names);
        let is_own = self.office.is_some_and(|office| office == Office::HelpDesk || item.who == words.office(office));
        is_own || (self.is_member && item.who == words.board())
    }

    /// "Taylor Nominal (MITS Help Desk)".
    pub fn words(&self, ctx: &Context) -> String {
        let words = Words::new(&ctx.project().settings.names);
        let office = self.office.map_or_else(|| words.board(), |office| words.office(office));
        format!("{} ({office})", ctx.project().person_name(&self.id))
    }
}

/// Whether an office's work is that of the user; everything is where no one is known.
pub(super) fn is_of_office(user: Option<&User>, office: Office) -> bool {
    user.is_none_or(|user| user.office == Some(office))
}
