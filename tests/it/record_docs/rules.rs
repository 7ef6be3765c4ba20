//! `docs/reference/rules.md`: every rule with its level and the text of `heatpack explain`.

use std::fmt::Write as _;

use heatpack::model::{Level, RuleId};
use heatpack::rules::rule;

use super::{cell, is_current};

const HEAD: &str = "\
# Rules

For everyone who reads a message of `heatpack check`. Afterward you know what the rule checks, why it exists, and how to
fix what it reports. This page is generated from the program; `heatpack explain NAME` prints one rule.

- An **error** must be fixed. A **lapse** is a missed deadline or a skipped step; it stays on record. A rule that is **off**
  reports nothing until [the settings](settings.md) turn it on.
- A rule marked † accepts an `exception`, which turns its error into a lapse that every pack shows.
- [Errors, lapses and exceptions](../explanation/errors-and-lapses.md) explains the difference, and on which date a lapse
  counts.

| rule | level | what is wrong |
|---|---|---|
";

#[test]
fn the_page_of_rules_explains_every_rule() {
    let mut page = HEAD.to_owned();
    for id in RuleId::ALL {
        let mark = if id.takes_exception() { " †" } else { "" };
        let level = Level::word(id.level());
        writeln!(page, "| [`{id}`](#{id}) | {level}{mark} | {} |", cell(id.title())).expect("a text takes all");
    }
    for id in RuleId::ALL {
        writeln!(page, "\n## `{id}`\n\n{}", rule(*id).text().trim_end()).expect("a text takes all");
    }
    is_current("reference/rules.md", &page);
}
