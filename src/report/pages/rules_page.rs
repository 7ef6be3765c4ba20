//! What `check` found, file by file, and what each rule means.

use super::Site;
use crate::model::{CrId, Level, RichText, TicketId};
use crate::report::findings::{CheckPage, DiagnosticRow, FileDiagnostics, RuleRow, RulesPage};
use crate::report::site::Page;
use crate::report::words::counted;
use crate::rules::{RULES, Rule, level};

/// Findings by what they are: an error that an exception excuses is listed as a lapse, and counted apart.
#[derive(Default)]
struct Tally {
    errors: usize,
    excused: usize,
    lapses: usize,
}

impl Tally {
    fn of<'r>(rows: impl Iterator<Item = &'r DiagnosticRow>) -> Tally {
        let mut tally = Tally::default();
        for row in rows {
            *match (row.level.as_str(), row.excepted) {
                ("error", _) => &mut tally.errors,
                (_, true) => &mut tally.excused,
                (_, false) => &mut tally.lapses,
            } += 1;
        }
        tally
    }
}

/// `check.html`: `files` are the rows under their files.
pub fn check_page(site: &Site, rows: &[DiagnosticRow], files: Vec<FileDiagnostics>) -> Page<CheckPage> {
    let counts = site.ctx.project().counts;
    let all = Tally::of(rows.iter());
    let mut names = site.names();
    names.tickets(rows.iter().filter_map(|row| TicketId::parse(&row.record)));
    let changes: Vec<CrId> = rows.iter().filter_map(|row| CrId::parse(&row.record)).collect();
    names.changes(&changes);
    names.answers();
    names.subjects(site.ctx.project().subjects.iter().map(|subject| &subject.id.value));
    let names = names.book;
    let page = CheckPage {
        errors: all.errors,
        lapses: all.lapses + all.excused,
        excused: all.excused,
        records: vec![counted(counts.tickets, "ticket"), counted(counts.pocs, "POC"), counted(counts.crs, "CR")],
        files,
    };
    site.page_of_all(names, page)
}

/// `rules.html`: every rule in its order.
pub fn rules_page(site: &Site, rows: &[DiagnosticRow]) -> Page<RulesPage> {
    let row = |rule: &Rule| {
        let Tally { errors, excused, lapses } = Tally::of(rows.iter().filter(|row| row.rule == rule.id.name()));
        RuleRow {
            name: rule.id.to_string(),
            title: rule.id.title().to_owned(),
            level: Level::word(level(site.ctx, rule.id)).to_owned(),
            default_level: Level::word(rule.id.level()).to_owned(),
            excusable: rule.id.takes_exception(),
            text: RichText::new(&rule.text()),
            errors,
            excused,
            lapses,
        }
    };
    let page = RulesPage { rules: RULES.iter().map(row).collect() };
    site.page_of_all(site.names().book, page)
}
