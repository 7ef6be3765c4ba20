//! The letter that carries the pack of a meeting to those who attend it.

use serde::Serialize;

use super::recipient::{Recipient, attendees};
use crate::model::MeetingKind;
use crate::report::desk::Desk;
use crate::report::words::day;
use crate::workflow::Context;

/// The mail of a pack: what it adds to the pack's own model.
#[derive(Debug, Clone, Serialize)]
pub struct PackMail {
    pub to: Vec<Recipient>,
    pub subject: String,
    /// The name of the PDF that goes with it.
    pub attachment: String,
    pub desk: Desk,
}

/// The mail of a pack, to the given addresses, or else to those who attend the meeting.
pub fn pack_mail(ctx: &Context, kind: MeetingKind, index: usize, given: Vec<Recipient>) -> Option<PackMail> {
    let meeting = ctx.meetings(kind).get(index)?;
    Some(PackMail {
        to: if given.is_empty() { attendees(ctx, meeting) } else { given },
        subject: format!("{}, {}", meeting.name, day(meeting.held.date())),
        attachment: format!("{kind}-{}.pdf", meeting.scheduled),
        desk: Desk::of(ctx),
    })
}
