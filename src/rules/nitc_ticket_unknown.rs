//! Every ticket that NITC's latest report lists is one of ours, and was outstanding at the end of the report's
//! date, unless NITC calls it answered, delivered or closed.
//!
//! **Why.** NITC's own weekly status report is gone through beside our tickets: NITC should not work on what is
//! done.
//!
//! **Example.**
//!
//! ```csv
//! nitc_number,heat_number,status
//! N-2291,HEAT-99999,researching
//! ```
//!
//! **To mend it:** ask NITC which ticket it means, and have the report or the ticket corrected. A row without a
//! ticket has a blank `heat_number`.

use super::Sink;
use crate::model::RuleId;
use crate::rules::support::disagreements;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    disagreements(
        ctx,
        sink,
        RuleId::NitcTicketUnknown,
        "ask NITC which ticket it means, and have the report or the ticket corrected",
    );
}
