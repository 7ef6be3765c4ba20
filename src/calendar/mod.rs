//! Working days, federal holidays, deadlines and the dates of meetings (`docs/explanation/deadlines.md`).

mod holidays;
mod meetings;
mod working;

pub use holidays::{Holiday, federal_holidays};
pub use meetings::{monthly_date, monthly_dates, weekly_dates};
pub use working::Calendar;
