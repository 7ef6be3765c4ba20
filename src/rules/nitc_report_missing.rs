//! Every week must have a report, from one due day (by default Monday) to the day before the next. Weeks are checked
//! after the first report on record, and once they are over. A malformed report is not missing.
//!
//! **Why.** NITC sends its own weekly status report, which the weekly meeting reviews.
//!
//! **Example.**
//!
//! ```text
//! # data/nitc/ on November 18
//! 2026-11-02.csv
//! 2026-11-16.csv                # none from November 9 to 15
//! ```
//!
//! **How to fix it.**
//!
//! - Ask NITC for the report, then run `heatpack import nitc FILE`.

use chrono::{Days, NaiveDate};

use super::{Finding, Sink};
use crate::calendar::weekly_dates;
use crate::model::day_in_words;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    let project = ctx.project();
    let dates: Vec<NaiveDate> = project.reports.keys().chain(&project.malformed_reports).copied().collect();
    let dates: Vec<NaiveDate> = dates.into_iter().filter(|date| *date <= ctx.today()).collect();
    let Some(first) = dates.iter().min() else { return };
    let day = project.settings.nitc_report.day;
    for due in weekly_dates(day, *first + Days::new(1), ctx.today()) {
        let last = due + Days::new(6);
        if last >= ctx.today() || dates.iter().any(|date| (due..=last).contains(date)) {
            continue;
        }
        let message = format!("NITC sent no report for the week from {} to {}", day_in_words(due), day_in_words(last));
        let help =
            format!("ask NITC for it, and add it as `data/nitc/<its date>.csv`, for example `data/nitc/{due}.csv`");
        let finding = Finding::missing(format!("data/nitc/{due}.csv"), format!("nitc-{due}"), message);
        sink.add(finding.help(help).on(last));
    }
}
