//! `nitc-report-missing` (lapse): NITC sent no report for a week.
//!
//! A report is dated in every week, from one due day up to the day before the next, after that of the first one on
//! record.
//!
//! **Why.** NITC's own weekly report is gone through beside our tickets.
//!
//! **Example.**
//!
//! ```yaml
//! reports of 2 and 16 Nov, none between
//! ```
//!
//! **To mend it:** ask NITC for the report, and add it as data/nitc/<date>.csv.

use chrono::{Days, NaiveDate};

use crate::calendar::weekly_dates;
use crate::model::{Level, day_in_words};
use crate::workflow::Context;
use super::{Finding, Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "nitc-report-missing",
    level: Some(Level::Lapse),
    takes_exception: false,
    source: include_str!("nitc_report_missing.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
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
        let message = format!("no report by NITC for the week from {} on", day_in_words(due));
        let help = format!("ask NITC for it, and add it as `data/nitc/{due}.csv`");
        let finding = Finding::missing(format!("data/nitc/{due}.csv"), format!("nitc-{due}"), message);
        sink.add(finding.help(help).on(last));
    }
}
