//! Every outstanding ticket, oldest first.

use chrono::NaiveDate;
use serde::Serialize;

use super::heading::Heading;
use super::mentions::{Mentioned, Mentions};
use crate::model::{Attention, ClockKind, Holder, PersonId, SubjectId, TicketId, TicketState};
use crate::report::words::Words;
use crate::workflow::{Context, TicketLine};

/// What the weekly pack calls the section.
pub(super) const HEADING: Heading = Heading::new("outstanding", "All outstanding tickets");

/// An outstanding ticket.
#[derive(Debug, Clone, Serialize)]
pub struct OutstandingRow {
    pub id: TicketId,
    pub subject: SubjectId,
    pub poc: PersonId,
    pub state: TicketState,
    pub holder: Holder,
    /// Calendar days since it was received.
    pub age_days: i64,
    /// The date of the last follow-up or resolution.
    pub last_contact: Option<NaiveDate>,
    pub attention: Attention,
    /// Why it is red or yellow, in words; "nothing due soon" if it is green.
    pub attention_reason: String,
    pub next_due: Option<NextDue>,
    /// The deadline of that due date in words, "NITC's initial response".
    pub next_due_text: Option<String>,
}

/// The earliest due date of a ticket.
#[derive(Debug, Clone, Serialize)]
pub struct NextDue {
    pub clock: ClockKind,
    pub due: NaiveDate,
}

/// Outstanding tickets by attention.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct AttentionCounts {
    pub red: usize,
    pub yellow: usize,
    pub green: usize,
}

/// Outstanding tickets by age, in days.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Ageing {
    #[serde(rename = "0-7")]
    pub to_7: usize,
    #[serde(rename = "8-14")]
    pub to_14: usize,
    #[serde(rename = "15-30")]
    pub to_30: usize,
    #[serde(rename = "31-60")]
    pub to_60: usize,
    #[serde(rename = "61+")]
    pub over_60: usize,
}

impl Mentions for OutstandingRow {
    fn mention(&self, mentioned: &mut Mentioned) {
        mentioned.tickets.insert(self.id);
        mentioned.people.insert(self.poc.clone());
    }
}

/// The outstanding tickets of a context.
pub fn outstanding(ctx: &Context) -> Vec<OutstandingRow> {
    ctx.outstanding().into_iter().filter_map(|line| outstanding_row(ctx, line)).collect()
}

/// The row of a ticket while it is outstanding; `None` for any other.
pub fn outstanding_row(ctx: &Context, line: &TicketLine) -> Option<OutstandingRow> {
    let (state, holder) = (ctx.state(line)?, ctx.holder(line)?);
    let (attention, attention_reason) = ctx.attention(line);
    let (words, next) = (Words::new(&ctx.project().settings.names), ctx.next_due(line));
    Some(OutstandingRow {
        id: line.ticket.id.value,
        subject: line.ticket.subject.value.clone(),
        poc: line.poc_at(ctx.as_of).clone(),
        state,
        holder,
        age_days: line.age_at(ctx.today()),
        last_contact: line.last_contact_at(ctx.as_of),
        attention,
        attention_reason,
        next_due: next.map(|clock| NextDue { clock: clock.kind, due: clock.due }),
        next_due_text: next.map(|clock| words.clock(clock.kind)),
    })
}

/// The tickets by attention, red first, each color oldest first: the order on pages and paper.
pub fn by_attention<'r>(rows: impl Iterator<Item = &'r OutstandingRow>) -> Vec<TicketId> {
    let mut rows: Vec<&OutstandingRow> = rows.collect();
    rows.sort_by_key(|row| match row.attention {
        Attention::Red => 0,
        Attention::Yellow => 1,
        Attention::Green => 2,
    });
    rows.into_iter().map(|row| row.id).collect()
}

/// How many of these are red, yellow and green.
pub fn attention_counts(rows: &[OutstandingRow]) -> AttentionCounts {
    let mut counts = AttentionCounts::default();
    for row in rows {
        *match row.attention {
            Attention::Red => &mut counts.red,
            Attention::Yellow => &mut counts.yellow,
            Attention::Green => &mut counts.green,
        } += 1;
    }
    counts
}

/// The number of outstanding tickets by age.
pub fn ageing(outstanding: &[OutstandingRow]) -> Ageing {
    let mut ageing = Ageing::default();
    for row in outstanding {
        *match row.age_days {
            ..=7 => &mut ageing.to_7,
            8..=14 => &mut ageing.to_14,
            15..=30 => &mut ageing.to_30,
            31..=60 => &mut ageing.to_60,
            61.. => &mut ageing.over_60,
        } += 1;
    }
    ageing
}
