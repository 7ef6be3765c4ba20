//! Dates as a review writes them.

use chrono::{Datelike, NaiveDate};

use crate::model::Minute;
use crate::workflow::Context;

/// "Nov 4"; with the year where it is not that of the as-of date.
pub fn short(ctx: &Context, date: NaiveDate) -> String {
    let format = if date.year() == Minute::date(ctx.as_of).year() { "%b %-d" } else { "%b %-d, %Y" };
    date.format(format).to_string()
}
