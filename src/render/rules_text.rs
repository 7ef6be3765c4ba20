//! `heatpack rules` and `heatpack explain` as text.

use super::plain;
use crate::model::RichText;
use crate::report::rule_list::{RuleLine, RuleList};

/// A line for each rule: level, name and title; what the marks say stands below.
pub fn rules_text(list: &RuleList) -> String {
    let width = list.rules.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    let mut out = String::new();
    for rule in &list.rules {
        let mark = if rule.excusable { "†" } else { " " };
        let changed = if rule.level == rule.default_level { ' ' } else { '*' };
        out.push_str(&format!("{:<5}{changed}{mark} {:<width$}  {}\n", rule.level, rule.name, rule.title));
    }
    out.push('\n');
    if list.rules.iter().any(|rule| rule.level != rule.default_level) {
        out.push_str("* the level is set in data/heatpack.yaml\n");
    }
    out.push_str("† an `exception` makes this error a lapse\n");
    out.push_str("`heatpack explain RULE` describes a rule\n");
    out
}

/// What a rule means, for a terminal; `text` is its documentation in Markdown.
pub fn explain_text(rule: &RuleLine, text: &str, colors: bool) -> String {
    plain(&RichText::new(&explain_markdown(rule, text)), colors)
}

/// What a rule means, as Markdown.
pub fn explain_markdown(rule: &RuleLine, text: &str) -> String {
    let mut out = format!("{}\n", text.trim_end());
    if rule.level != rule.default_level {
        out.push_str(&format!("\n**In this project** its level is `{}` (set in data/heatpack.yaml).\n", rule.level));
    }
    out
}
