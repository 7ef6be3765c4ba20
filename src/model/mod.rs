//! The records as plain types, declared as `docs/reference/records.md` writes them.

mod answer;
mod board;
mod change;
mod diagnostic;
mod entry_name;
mod event;
mod id;
mod import_map;
mod import_source;
mod import_values;
mod letter;
mod log;
mod meeting;
mod names;
mod nitc;
mod poc;
mod rich_text;
mod schema;
mod settings;
mod spreadsheet;
mod staff;
mod state;
mod struck;
mod subject;
mod text;
mod ticket;
mod time;
mod time_meant;
mod time_typed;

pub use answer::{Answer, Audience};
pub use board::{Board, Decision, Digest, Member, MemberKey, PublicKey, SignatureRule, Term, Vote, is_certificate};
pub use change::{Change, REQUEST_TEXTS};
pub use diagnostic::{Diagnostic, FileId, Place, SourceFile};
pub use entry_name::EntryName;
pub use event::{CHANGE_EVENTS, ChangeEvent, EventKind, EventSpec, TICKET_EVENTS, TicketEvent};
pub use id::{ActionId, AnswerId, CrId, LogId, PersonId, SubjectId, TicketId, TicketNumber, plain_letter};
pub use import_map::{Condition, Delimiter, EventMap, ImportMap, NewPoc, RowKind, TicketMap, Unknown};
pub use import_source::Source;
pub use import_values::{UTC, Ways};
pub use letter::{EVENT_HEADER, RECORDS_HEADER};
pub use log::{Entry, Exception, Outcome, all_entry_fields, entry_fields, entry_lacks, event_of};
pub use meeting::{Action, Meeting, MeetingKey, MeetingKind, Owner, Reviewed};
pub use names::Names;
pub use nitc::{
    COLUMNS, DATE_COLUMNS, Misnamed, NitcReport, NitcRow, NitcStatus, REQUIRED_COLUMNS, UnreadRow, status_key,
};
pub use poc::{Designation, Poc, Role};
pub use rich_text::{Block, Inline, RichText, cut, line, printable};
pub use schema::{RecordSchema, SCHEMAS, is_field_name, is_field_of_record};
pub use settings::{
    ClosedDay, Deadline, HelpDesk, Holidays, MonthlyDay, NitcReportSettings, Numbers, Paper, Settings, SettingsFile,
    Version, WeekDay, WorkingTime,
};
pub use spreadsheet::{SAVE_AS_CSV, day_number, is_cut_number, is_workbook, other_format};
pub use staff::{Office, Staff};
pub use state::{Attention, ClockKind, CrState, Holder, TicketState};
pub use struck::{MOST_STRUCK, NothingStruck, strikes};
pub use subject::{Subject, SubjectKind};
pub use text::{Lines, Markdown, Text, folded, hex};
pub use ticket::{Area, Ticket, TicketKind, Via};
pub use time::{
    Close, Day, Minute, TimeOfDay, Until, day_in_words, minute_in_words, minute_on_paper, parse_date, short_day,
};
pub use time_meant::is_in_range;
pub use time_typed::{Leaning, days_typed, minutes_typed};

pub use crate::record::{FLAG, Help, Level, LineStarts, Position, Responsible, RuleId, Span, Spanned, position};

use chrono::NaiveDate;

/// Whether a period ends before it begins, which is an error of its own (`period-reversed`).
pub fn is_reversed(from: Option<Spanned<Day>>, until: Option<Spanned<Until>>) -> bool {
    matches!((from, until), (Some(from), Some(until)) if until.value.0 < from.value.0)
}

/// Whether two periods have a date in common; one that is reversed has none.
pub fn overlap(
    a: (Option<Spanned<Day>>, Option<Spanned<Until>>),
    b: (Option<Spanned<Day>>, Option<Spanned<Until>>),
) -> bool {
    let ends_before = |until: Option<Spanned<Until>>, from: Option<Spanned<Day>>| matches!((until, from), (Some(until), Some(from)) if until.value.0 < from.value.0);
    let reversed = is_reversed(a.0, a.1) || is_reversed(b.0, b.1);
    !reversed && !ends_before(a.1, b.0) && !ends_before(b.1, a.0)
}

/// Whether `date` lies in a period with these bounds, both inclusive and both optional.
pub fn is_within(date: NaiveDate, from: Option<Spanned<Day>>, until: Option<Spanned<Until>>) -> bool {
    from.is_none_or(|from| from.value.0 <= date) && until.is_none_or(|until| date <= until.value.0)
}
