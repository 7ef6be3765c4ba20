//! `check --format github`: workflow commands, which GitHub shows as annotations beside the lines of a change.

use std::collections::BTreeMap;

use super::check_text::check_counts;
use super::{Findings, shown};
use crate::model::{Diagnostic, Level};

/// The findings as workflow commands. GitHub shows ten of a kind at most, so the first one counts them all in a
/// line.
pub fn github(findings: &Findings) -> String {
    let mut out = command("notice", &[("title", "heatpack check".to_owned())], &summary(findings));
    for diagnostic in &findings.diagnostics {
        out.push_str(&annotation(findings, diagnostic));
    }
    out
}

/// "1 error, 4 lapses in …: 1 unknown-reference, 3 reply-late, 1 relay-late".
fn summary(findings: &Findings) -> String {
    let mut found: BTreeMap<(Level, &str), usize> = BTreeMap::new();
    for diagnostic in &findings.diagnostics {
        *found.entry((diagnostic.level, diagnostic.rule.name())).or_default() += 1;
    }
    let rules: Vec<String> = found.iter().map(|((_, rule), count)| format!("{count} {rule}")).collect();
    let colon = if rules.is_empty() { "" } else { ": " };
    format!("{}{colon}{}", check_counts(findings), rules.join(", "))
}

fn annotation(findings: &Findings, diagnostic: &Diagnostic) -> String {
    let kind = match diagnostic.level {
        _ if diagnostic.excepted => "notice",
        Level::Error => "error",
        Level::Lapse => "warning",
    };
    let range = findings.range(&diagnostic.place);
    let mut properties =
        vec![("file", findings.repository_path(&diagnostic.place)), ("line", range.start.line.to_string())];
    // Columns go with one line only; the runner drops them otherwise.
    if range.start.line == range.end.line {
        properties.push(("col", range.start.column.to_string()));
    }
    properties.push(("endLine", range.end.line.to_string()));
    if range.start.line == range.end.line {
        properties.push(("endColumn", range.end.column.to_string()));
    }
    let excepted = if diagnostic.excepted { ", by exception" } else { "" };
    properties.push(("title", format!("{} ({}{excepted})", diagnostic.rule, diagnostic.record)));
    let help = diagnostic.help_in_file().map(|help| format!("\n{help}")).unwrap_or_default();
    command(kind, &properties, &format!("{}{help}", diagnostic.one_line()))
}

fn command(kind: &str, properties: &[(&str, String)], message: &str) -> String {
    let properties: Vec<String> =
        properties.iter().map(|(name, value)| format!("{name}={}", escaped_property(value))).collect();
    format!("::{kind} {}::{}\n", properties.join(","), escaped(message))
}

/// A message: one line, whatever is in it.
fn escaped(text: &str) -> String {
    shown(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property's value, which ends at a colon or comma.
fn escaped_property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out_of_its_place() {
        let title = "50%\r\n::error::x, y\u{1b}[31m".to_owned();
        let line = command("error", &[("file", title.clone())], &title);
        assert_eq!(
            line,
            "::error file=50%25%0A%3A%3Aerror%3A%3Ax%2C y\u{fffd}[31m::50%25%0A::error::x, y\u{fffd}[31m\n"
        );
    }
}
