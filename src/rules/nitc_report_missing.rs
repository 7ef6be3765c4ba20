//! A report is dated in every week, from one due day (by default Monday) up to the day before the next, after
//! that of the first one on record. It is judged once the week is past; a malformed report is not missing.
//!
//! **Why.** NITC sends its own weekly status report, which the weekly meeting goes through.
//!
//! **Example.**
//!
//! ```text
//! # data/nitc/ on 18 November
//! 2026-11-02.csv
//! 2026-11-16.csv                # none of 9 to 15 November
//! ```
//!
//! **To mend it:** ask NITC for the report, and add it as `data/nitc/<its date>.csv`.

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
        let message =
            format!("no report by NITC is dated in the week from {} to {}", day_in_words(due), day_in_words(last));
        let help = format!("ask NITC for it, and add it as `data/nitc/<its date>.csv`, such as `data/nitc/{due}.csv`");
        let finding = Finding::missing(format!("data/nitc/{due}.csv"), format!("nitc-{due}"), message);
        sink.add(finding.help(help).on(last));
    }
}
