//! `check` for people: code frames on a terminal, a line each elsewhere, the counts last.

use annotate_snippets::{AnnotationKind, Group, Level as Severity, Renderer, Snippet};

use super::Findings;
use crate::model::{Diagnostic, Level, Place, SourceFile, Span};

/// How findings are printed.
#[derive(Debug, Clone, Copy)]
pub struct TextStyle {
    /// With the lines quoted; else one line for each diagnostic.
    pub frames: bool,
    pub colors: bool,
}

/// The findings as text, with a line end.
pub fn check_text(findings: &Findings, style: TextStyle) -> String {
    let mut out = diagnostics_text(findings, style);
    out.push_str(&check_counts(findings));
    out.push('\n');
    out.push_str(&passed_over(findings));
    out
}

/// The diagnostics alone, without the counts: errors first, as they must be fixed and many lapses cannot be.
pub fn diagnostics_text(findings: &Findings, style: TextStyle) -> String {
    let mut out = String::new();
    let of = |level| findings.diagnostics.iter().filter(move |diagnostic| diagnostic.level == level);
    for diagnostic in of(Level::Error).chain(of(Level::Lapse)) {
        if style.frames {
            out.push_str(&frame(findings, diagnostic, style.colors));
            out.push_str("\n\n");
        } else {
            out.push_str(&line(findings, diagnostic));
            out.push('\n');
        }
    }
    out
}

/// `data/…:6:6: error[unknown-reference]: no POC `jriver`; did you mean `jrivera`?`
pub(super) fn line(findings: &Findings, diagnostic: &Diagnostic) -> String {
    let at = findings.range(&diagnostic.place).start;
    let path = shown(findings.path(&diagnostic.place));
    let help = diagnostic.help_in_file().map(|help| format!("; {help}")).unwrap_or_default();
    let excepted = if diagnostic.excepted { " (by exception)" } else { "" };
    let text = shown(&format!("{}{excepted}{help}", diagnostic.one_line()));
    format!("{path}:{}:{}: {}[{}]: {text}", at.line, at.column, diagnostic.level.as_str(), diagnostic.rule)
}

/// "2 errors, 4 lapses in 61 tickets, 12 POCs and 8 CRs".
pub fn check_counts(findings: &Findings) -> String {
    let records = findings.records();
    format!(
        "{}, {} in {}, {} and {} as of {}",
        number(findings.count(Level::Error), "error"),
        number(findings.count(Level::Lapse), "lapse"),
        number(records.tickets, "ticket"),
        number(records.pocs, "POC"),
        number(records.crs, "CR"),
        findings.as_of,
    )
}

/// "54 more ignored (listed in the baseline)", and the entries of the baseline that no longer apply.
fn passed_over(findings: &Findings) -> String {
    let Some(passed_over) = &findings.passed_over else { return String::new() };
    let mut text = format!("{} more ignored (listed in the baseline)\n", passed_over.count);
    match passed_over.gone.len() {
        0 => {}
        1 => text.push_str("1 entry of the baseline no longer applies; run `heatpack check --write-baseline` again\n"),
        gone => text.push_str(&format!(
            "{gone} entries of the baseline no longer apply; run `heatpack check --write-baseline` again\n"
        )),
    }
    text
}

fn number(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// A diagnostic with the lines that it points at, as rustc shows its own.
pub fn frame(findings: &Findings, diagnostic: &Diagnostic, colors: bool) -> String {
    let severity = match diagnostic.level {
        Level::Error => Severity::ERROR,
        Level::Lapse => Severity::WARNING.with_name("lapse"),
    };
    let excepted = if diagnostic.excepted { " (by exception)" } else { "" };
    let title = shown(&format!("{}{excepted}", diagnostic.message));
    let path = shown(findings.path(&diagnostic.place));
    let labels: Vec<_> = diagnostic.labels.iter().map(|(place, text)| (place, shown(text))).collect();
    let own_labels = labels.iter().filter(|(place, _)| findings.path(place) == findings.path(&diagnostic.place));
    let others = labels.iter().filter(|(place, _)| findings.path(place) != findings.path(&diagnostic.place));
    let mut group = Group::with_title(severity.primary_title(title.as_str()).id(diagnostic.rule.name()));
    let widened = widen(findings, &diagnostic.place, own_labels.clone().map(|(place, _)| *place));
    match &widened {
        Some(quote) => {
            let mut snippet = Snippet::source(quote.text.as_str()).line_start(quote.first_line).path(path.as_str());
            snippet = snippet.annotation(AnnotationKind::Primary.span(quote.span(findings, &diagnostic.place)));
            for (place, text) in own_labels {
                snippet =
                    snippet.annotation(AnnotationKind::Context.span(quote.span(findings, place)).label(text.as_str()));
            }
            group = group.element(snippet);
        }
        None => group = group.element(annotate_snippets::Origin::path(path.as_str())),
    }
    let other_quotes: Vec<_> = others
        .filter_map(|(place, text)| {
            Some((*place, text, widen(findings, place, std::iter::empty())?, shown(findings.path(place))))
        })
        .collect();
    for (place, text, quote, path) in &other_quotes {
        let snippet = Snippet::source(quote.text.as_str())
            .line_start(quote.first_line)
            .path(path.as_str())
            .annotation(AnnotationKind::Context.span(quote.span(findings, place)).label(text.as_str()));
        group = group.element(snippet);
    }
    let notes: Vec<String> = diagnostic.notes.iter().map(|note| shown(note)).collect();
    for note in &notes {
        group = group.element(Severity::NOTE.message(note.as_str()));
    }
    let help = diagnostic.help_in_file().map(|help| shown(&help));
    if let Some(help) = &help {
        group = group.element(Severity::HELP.message(help.as_str()));
    }
    let renderer = if colors { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group])
}

/// So many bytes of a text are quoted on either side of the place at fault.
const WIDEST: usize = 4000;

/// Some lines of a file, fit for a terminal.
struct Quote {
    text: String,
    first_line: usize,
    /// Where the lines begin and end in the file.
    start: usize,
    end: usize,
}

impl Quote {
    /// A place of the file as a run of the quoted text; it is never empty where there is a character to show.
    fn span(&self, findings: &Findings, place: &Place) -> std::ops::Range<usize> {
        let Place::In(file, span) = place else { return 0..0 };
        let source = &findings.project.file(*file).text;
        let within = |offset: u32| boundary(source, offset as usize).clamp(self.start, self.end);
        let (start, end) = (within(span.start), within(span.end));
        // The first line of a longer run is enough to find it.
        let line_end = source[start..end].find('\n').map_or(end, |at| start + at);
        shown(&source[self.start..start]).len()..shown(&source[self.start..line_end]).len()
    }
}

/// The lines of a place and of the others in the same file, with the one before and the one after.
fn widen<'a>(findings: &Findings, place: &Place, others: impl Iterator<Item = &'a Place>) -> Option<Quote> {
    let Place::In(file, span) = place else { return None };
    let SourceFile { text, .. } = findings.project.file(*file);
    if text.is_empty() {
        return None;
    }
    let (mut first, mut last) = (span.start as usize, span.start as usize);
    for other in others {
        if let Place::In(_, span) = other {
            first = first.min(span.start as usize);
            last = last.max(span.start as usize);
        }
    }
    let start = line_start(text, boundary(text, first));
    let start = if start == 0 { 0 } else { line_start(text, start - 1) };
    let end = line_end(text, boundary(text, last));
    let end = if end == text.len() { end } else { line_end(text, end + 1) };
    // A very long line is cut: a screen shows no more of it.
    let start = start.max(boundary(text, first.saturating_sub(WIDEST)));
    let end = end.min(boundary(text, last.saturating_add(WIDEST)));
    let first_line = findings.range(&Place::In(*file, Span::new(start, start))).start.line;
    Some(Quote { text: shown(&text[start..end]), first_line, start, end })
}

fn boundary(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    text[at.min(text.len())..].find('\n').map_or(text.len(), |end| at + end)
}

/// A text fit for a terminal: control characters as U+FFFD, bidirectional ones as their escapes.
pub fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' => out.push(c),
            '\r' => {}
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                out.extend(c.escape_unicode());
            }
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
