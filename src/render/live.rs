//! The parts that `serve` adds to a page on its way to the browser: a script that reloads the page after a change, and
//! a notice of errors. The pages that are written have neither.

use std::collections::BTreeMap;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer as Frames, Snippet};
use sha2::{Digest, Sha256};

use super::assets::{search_policy, source};
use super::error::Error;
use super::escape::escape;
use super::templates::TEMPLATES;
use super::{html, pdf, shown};
use crate::model::hex;
use crate::report::places::CHECK;

/// Where the script asks whether a page has changed: before the page's own path.
pub const LIVE_PATH: &str = "/.heatpack/changes";

const SCRIPT: &str = include_str!("live/live.js");
const STYLE: &str = include_str!("live/live.css");

/// Something that is wrong, to be shown above a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// In a sentence, which may hold text from the records.
    pub title: String,
    /// The lines with the error, as a terminal shows them.
    pub frames: Vec<String>,
    /// `check.html` lists more.
    pub more: bool,
}

/// A page as it goes to the browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LivePage {
    pub html: String,
    /// Differs where the page or its notices do.
    pub digest: String,
}

/// A page with what `serve` adds. `policy` is the one that the page states; it comes to allow what was added, by
/// its hash, and questions to the server itself.
pub fn live(html: &str, policy: &str, notices: &[Notice]) -> LivePage {
    let notices: String = notices.iter().map(shown_notice).collect();
    let mut hash = Sha256::new();
    hash.update(html);
    hash.update(&notices);
    let digest = hex(&hash.finalize());
    let stated = [policy.to_owned(), search_policy(policy)];
    let html = stated
        .iter()
        .fold(html.to_owned(), |html, stated| html.replacen(&escape(stated), &escape(&live_policy(stated)), 1));
    let start = html.find("<body").and_then(|at| Some(at + html[at..].find('>')? + 1)).unwrap_or(0);
    let end = html.rfind("</body>").filter(|end| *end >= start).unwrap_or(html.len());
    let head = if notices.is_empty() { String::new() } else { format!("<style>{STYLE}</style>{notices}") };
    let (before, page, after) = (&html[..start], &html[start..end], &html[end..]);
    let html = format!("{before}{head}{page}<script data-page=\"{digest}\">{SCRIPT}</script>{after}");
    LivePage { html, digest }
}

/// A page with one message, for an address that is not a page of the site.
pub fn plain_page(title: &str, text: &str, policy: &str, notices: &[Notice]) -> LivePage {
    let (title, text, stated) = (escape(title), escape(text), escape(policy));
    let page = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{stated}\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{title}</title><link rel=\"icon\" href=\"data:,\">\
         <style>{STYLE}</style></head><body><main class=\"heatpack-plain\"><h1>{title}</h1><p>{text}</p>\
         <p><a href=\"/\">Start page</a></p></main></body></html>\n"
    );
    live(&page, policy, notices)
}

fn live_policy(policy: &str) -> String {
    let mut live = policy.to_owned();
    for (directive, text) in [("script-src", SCRIPT), ("style-src", STYLE)] {
        live = live.replacen(&format!("{directive} "), &format!("{directive} '{}' ", source(text)), 1);
    }
    format!("{live}; connect-src 'self'")
}

fn shown_notice(notice: &Notice) -> String {
    let frames: String =
        notice.frames.iter().map(|frame| format!("<pre tabindex=\"0\">{}</pre>", escape(frame))).collect();
    let all = || format!("<p><a href=\"/{CHECK}\">See all findings.</a></p>");
    let more = if notice.more { all() } else { String::new() };
    let title = escape(&notice.title);
    format!("<div class=\"heatpack-live\" role=\"alert\"><p><strong>{title}</strong></p>{frames}{more}</div>")
}

/// The error of a template, with its line from `own`, the project's templates, or from the built-in ones.
pub fn template_notice(error: &Error, own: &BTreeMap<String, String>) -> Notice {
    let title = "A template has an error. The built-in one is shown until you fix it.";
    let frame = place(error).and_then(|(file, line, message)| frame(file, line, message, own));
    let frames = vec![frame.unwrap_or_else(|| shown(&error.to_string()))];
    Notice { title: title.to_owned(), frames, more: false }
}

/// The template's name, the line and what is wrong there.
fn place(error: &Error) -> Option<(&str, usize, &str)> {
    match error {
        Error::Html(html::RenderError { file: Some(file), line: Some(line), message }) => Some((file, *line, message)),
        Error::Pdf(pdf::RenderError::Template { file, line, message, .. }) => Some((file, *line, message)),
        _ => None,
    }
}

fn frame(file: &str, line: usize, message: &str, own: &BTreeMap<String, String>) -> Option<String> {
    let built_in = || TEMPLATES.iter().find(|(name, _)| *name == file).map(|(_, text)| *text);
    let text = shown(own.get(file).map(String::as_str).or_else(built_in)?);
    let start = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum::<usize>();
    let first = start + text[start..].len() - text[start..].trim_start_matches([' ', '\t']).len();
    let end = text[first..].find('\n').map_or(text.len(), |length| first + length);
    let (message, path) = (shown(message), format!("templates/{}", shown(file)));
    let snippet =
        Snippet::source(text.as_str()).path(path.as_str()).annotation(AnnotationKind::Primary.span(first..end));
    let group = Group::with_title(Level::ERROR.primary_title(message.as_str())).element(snippet);
    Some(Frames::plain().render(&[group]))
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str = "default-src 'none'; style-src 'a'; script-src 'b'; img-src data:";

    fn page(policy: &str) -> String {
        format!("<html><head><meta content=\"{}\"></head><body class=\"x\"><p>Text</p></body></html>", escape(policy))
    }

    #[test]
    fn the_policy_allows_the_script_by_its_hash_and_nothing_else_of_scripts() {
        let live = live(&page(POLICY), POLICY, &[]);
        let wanted = format!("script-src '{}' 'b'; img-src data:; connect-src 'self'", source(SCRIPT));
        assert!(live.html.contains(&escape(&wanted)), "{}", live.html);
        assert!(!live.html.contains("unsafe"), "{}", live.html);
    }

    #[test]
    fn a_notice_stands_first_in_the_body_and_is_text() {
        let notice = Notice { title: "<b>".to_owned(), frames: vec!["a < b".to_owned()], more: true };
        let plain = live(&page(POLICY), POLICY, &[]);
        let live = live(&page(POLICY), POLICY, &[notice]);
        let body = live.html.split("<body class=\"x\">").nth(1).unwrap_or_default();
        assert!(body.starts_with("<style>"), "{body}");
        assert!(body.contains("<strong>&lt;b&gt;</strong>") && body.contains("a &lt; b"), "{body}");
        assert!(body.ends_with("</script></body></html>"), "{body}");
        assert_ne!(plain.digest, live.digest);
    }

    #[test]
    fn a_template_at_fault_is_shown_with_its_line() {
        let own = BTreeMap::from([("weekly/pack.html".to_owned(), "one\n  {{ x | nosuch }}\nthree".to_owned())]);
        let error = super::super::Renderer::new(&own).err().expect("an unknown filter");
        let notice = template_notice(&error, &own);
        assert_eq!(notice.frames.len(), 1);
        let frame = &notice.frames[0];
        assert!(frame.contains("templates/weekly/pack.html:2:3") && frame.contains("{{ x | nosuch }}"), "{frame}");
        assert!(frame.contains("Unknown filter `nosuch`"), "{frame}");
    }

    #[test]
    fn the_script_asks_where_the_server_answers() {
        assert!(SCRIPT.contains(&format!("\"{LIVE_PATH}\"")));
    }
}
