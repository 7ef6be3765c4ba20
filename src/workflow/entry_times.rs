//! The times at which the entries of a log take effect.

use crate::model::Minute;

/// The times at which the entries of a log take effect: an entry that is out of order (which is an error of its
/// own) takes effect with the one before it, so that every timeline runs forward.
pub(super) fn effective_times(first: Option<Minute>, times: impl Iterator<Item = Minute>) -> Vec<Minute> {
    let times: Vec<Minute> = times.collect();
    let mut latest = first;
    times
        .iter()
        .enumerate()
        .map(|(index, at)| {
            let at = match latest {
                Some(latest) if *at < latest || runs_ahead(latest, &times[index..]) => latest,
                _ => *at,
            };
            latest = Some(at);
            at
        })
        .collect()
}

/// Whether the first of these entries, and not what follows it, is out of order: without it the order is right,
/// and either two entries that follow are older, or it lies about a year ahead, as after a slip in the year.
fn runs_ahead(before: Minute, entries: &[Minute]) -> bool {
    let [own, next, rest @ ..] = entries else { return false };
    let far = own.0 - next.0 > chrono::TimeDelta::days(300);
    next < own && before <= *next && (far || rest.first().is_some_and(|second| second < own))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(days: &[&str]) -> Vec<String> {
        let minute = |day: &&str| crate::model::parse_date(day).map(Minute::start_of);
        let all: Vec<Minute> = days.iter().filter_map(minute).collect();
        effective_times(all.first().copied(), all.into_iter()).iter().map(|at| at.date().to_string()).collect()
    }

    #[test]
    fn an_entry_out_of_order_takes_effect_with_the_one_before_it() {
        assert_eq!(times(&["2026-11-02", "2026-10-03", "2026-11-04"]), ["2026-11-02", "2026-11-02", "2026-11-04"]);
        assert_eq!(times(&["2026-11-02", "2026-11-09", "2026-11-03"]), ["2026-11-02", "2026-11-09", "2026-11-09"]);
    }

    #[test]
    fn a_slip_into_the_future_does_not_drag_the_rest_along() {
        assert_eq!(times(&["2026-11-02", "2062-11-03", "2026-11-04"]), ["2026-11-02", "2026-11-02", "2026-11-04"]);
        assert_eq!(
            times(&["2026-11-02", "2026-12-03", "2026-11-04", "2026-11-05"]),
            ["2026-11-02", "2026-11-02", "2026-11-04", "2026-11-05"]
        );
    }
}
