//! What is due, what needs attention, the next meeting, and the commands to run next: for one person, or for everyone.

mod due;
mod meetings;
mod next;
mod setup;
mod user;
mod view;

use user::User;
pub use view::{AttentionSummary, CloneState, Next, NextMeeting, Surroundings, Today};
use view::{DECISIONS, NAMED, summary};

use super::pack::{AttentionGroup, Pack};
use super::{attention_before, next_meeting, pack};
use crate::model::MeetingKind;
use crate::workflow::Context;

/// Builds the view as of now.
pub fn today(ctx: &Context, surroundings: &Surroundings) -> Today {
    let user = surroundings.user.as_deref().and_then(|id| User::new(ctx, id));
    // The attention section of the next weekly pack; of the monthly one if no weekly meeting is scheduled.
    let packs = MeetingKind::ALL.iter().filter_map(|kind| {
        let index = next_meeting(ctx, *kind)?;
        Some((index, pack(ctx, *kind, index)?))
    });
    let pack = packs.min_by_key(|(_, pack)| pack.kind);
    let of_pack = |(index, pack): (usize, Pack)| {
        (pack.head.errors, attention_before(ctx, pack.kind, index, pack.attention_groups))
    };
    let (errors, groups) = pack.map(of_pack).unwrap_or_default();
    // What is due is told by its day.
    let mut others: Vec<AttentionGroup> =
        groups.into_iter().filter(|group| !matches!(group.key, "overdue" | "due")).collect();
    if let Some(user) = &user {
        others.iter_mut().for_each(|group| group.items.retain(|item| user.minds(ctx, item)));
    }
    let others = others.into_iter().filter(|group| !group.items.is_empty());
    let setup = setup::steps(ctx, surroundings, user.as_ref());
    let settings = &ctx.project().settings;
    let name = surroundings.user.as_deref().filter(|_| user.is_none() && !ctx.project().staff.is_empty());
    Today {
        organization: settings.organization.clone(),
        as_of: ctx.as_of,
        user: user.as_ref().map(|user| user.words(ctx)),
        user_unknown: name.map(|name| format!("HEATPACK_STAFF is {name}, who is not on the staff or the board today")),
        errors,
        next: next::commands(ctx, errors, surroundings, user.as_ref(), &setup),
        attention: due::groups(ctx, user.as_ref())
            .into_iter()
            .chain(due::votes(ctx, user.as_ref()))
            .chain(others.map(attention))
            .collect(),
        meeting: meetings::next(ctx).map(|(_, meeting)| NextMeeting {
            name: meeting.name.to_owned(),
            held: meeting.held,
            moved: meeting.moved.clone(),
        }),
        setup,
    }
}

fn attention(group: AttentionGroup) -> AttentionSummary {
    // No command lists the other groups, so that all their entries are named.
    let most = if group.key == "decisions" { NAMED } else { usize::MAX - 1 };
    AttentionSummary { title: group.title, ..summary(group.items, most, |_| DECISIONS.to_owned()) }
}
