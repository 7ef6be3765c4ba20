//! Baselines: errors from before a project used `check`, which are ignored until they are fixed.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::findings::Findings;
use super::passed_over::{Listed, PassedOver};

/// The first line of a baseline.
const FORMAT: &str = "heatpack.baseline/1";

/// The errors that are ignored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    entries: BTreeSet<Listed>,
}

/// A text is no baseline.
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    #[error("its first line is not `{}`: write it with `--write-baseline`", header())]
    NoBaseline,
    #[error("line {line} is not an entry of a baseline: {source}")]
    NoEntry { line: usize, source: serde_json::Error },
}

#[derive(Serialize, Deserialize)]
struct Header {
    format: String,
}

impl Baseline {
    /// A baseline of everything that was found.
    pub fn of(findings: &Findings) -> Baseline {
        let listed = findings.identified().map(|(diagnostic, fingerprint)| Listed {
            path: findings.path(&diagnostic.place).to_owned(),
            record: diagnostic.record.clone(),
            rule: diagnostic.rule.to_string(),
            fingerprint: fingerprint.to_owned(),
        });
        Baseline { entries: listed.collect() }
    }

    /// Reads a baseline: a line that says what it is, then a JSON object a line.
    pub fn parse(text: &str) -> Result<Baseline, BaselineError> {
        let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let header = lines.next().and_then(|(_, line)| serde_json::from_str::<Header>(line).ok());
        if header.is_none_or(|header| header.format != FORMAT) {
            return Err(BaselineError::NoBaseline);
        }
        let entry = |(index, line): (usize, &str)| {
            serde_json::from_str(line).map_err(|source| BaselineError::NoEntry { line: index + 1, source })
        };
        Ok(Baseline { entries: lines.map(entry).collect::<Result<_, _>>()? })
    }

    /// The baseline as a text, in order, so that its diff shows the fixes.
    pub fn to_text(&self) -> String {
        let mut text = header() + "\n";
        for entry in &self.entries {
            text.push_str(&json_line(entry));
            text.push('\n');
        }
        text
    }

    /// The number of errors it lists.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it lists none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Takes what is listed out of the findings.
    pub fn pass_over(&self, findings: &mut Findings) {
        let mut gone: BTreeSet<&Listed> = self.entries.iter().collect();
        let found = Baseline::of(findings).entries;
        gone.retain(|listed| !found.contains(*listed) && findings.scope.includes(&listed.path));
        let before = findings.diagnostics.len();
        let listed: BTreeSet<&str> =
            self.entries.intersection(&found).map(|listed| listed.fingerprint.as_str()).collect();
        findings.retain(|_, fingerprint| !listed.contains(fingerprint));
        findings.passed_over =
            Some(PassedOver { count: before - findings.diagnostics.len(), gone: gone.into_iter().cloned().collect() });
    }
}

fn header() -> String {
    json_line(&Header { format: FORMAT.to_owned() })
}

fn json_line(value: &impl Serialize) -> String {
    // Text keys and text values, which cannot fail.
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(path: &str, fingerprint: &str) -> Listed {
        let (path, fingerprint) = (path.to_owned(), fingerprint.to_owned());
        Listed { path, record: "r".to_owned(), rule: "syntax".to_owned(), fingerprint }
    }

    #[test]
    fn what_is_written_is_read_again_in_order() {
        let baseline = Baseline { entries: [listed("b", "2:1"), listed("a", "1:1")].into() };
        let text = baseline.to_text();
        assert_eq!(Baseline::parse(&text).ok(), Some(baseline));
        assert!(text.find("\"a\"") < text.find("\"b\""));
        assert_eq!(Baseline::parse(&text.replace('\n', "\r\n\r\n")).map(|baseline| baseline.len()).ok(), Some(2));
    }

    #[test]
    fn what_is_no_baseline_is_refused_with_its_line() {
        for text in ["", "[]", "{\"format\": \"heatpack.check/1\"}", "<<<<<<< HEAD"] {
            assert!(matches!(Baseline::parse(text), Err(BaselineError::NoBaseline)), "{text}");
        }
        let text = Baseline::default().to_text() + "\n=======\n";
        assert!(matches!(Baseline::parse(&text), Err(BaselineError::NoEntry { line: 3, .. })));
    }
}
