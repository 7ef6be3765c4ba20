//! HTML pages and the text of mails: the embedded templates, a project's own before them, and the model of one.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use tera::{Context, ErrorKind, Tera};

use super::assets::{Assets, SEARCH, STYLE, TABLES, VOTE};
use super::templates::TEMPLATES;
use super::{escape, filters, links};
use crate::report::places::Book;

/// The templates of all pages, read and checked.
pub struct Html {
    tera: Tera,
    /// The content security policy that every page states.
    pub policy: String,
}

impl Html {
    /// Reads the embedded templates, each replaced by the file of the same name in `overrides`
    /// ("weekly/pack.html", "shared/style.css"). Other files are skipped.
    pub fn new(overrides: &BTreeMap<String, String>) -> Result<Html, RenderError> {
        let mut files: BTreeMap<&str, &str> = TEMPLATES.iter().copied().collect();
        for (name, text) in overrides {
            if is_filled_in(name) || [STYLE, TABLES, SEARCH, VOTE].contains(&name.as_str()) {
                files.insert(name, text);
            }
        }
        let assets = Assets::new(&files).map_err(|(file, message)| RenderError {
            file: Some(file.to_owned()),
            line: None,
            message,
        })?;
        let mut tera = Tera::default();
        tera.autoescape_on([".html"]);
        tera.set_escape_fn(escape::write);
        filters::register(&mut tera);
        links::register(&mut tera);
        tera.global_context().insert("assets", &assets);
        tera.add_raw_templates(files.into_iter().filter(|(name, _)| is_filled_in(name)))?;
        Ok(Html { tera, policy: assets.policy })
    }

    /// One page: `template` filled in from `model`, an object with `site_root` and what the template asks for, and from
    /// the `book` of what the page names.
    pub fn render(&self, template: &str, model: &impl Serialize, book: &Book) -> Result<String, RenderError> {
        let mut context = Context::from_serialize(model)?;
        context.insert("book", book);
        Ok(self.tera.render(template, &context)?)
    }
}

/// Whether a template is a page or a text: a page is escaped, a text is not.
fn is_filled_in(name: &str) -> bool {
    name.ends_with(".html") || name.ends_with(".txt")
}

/// A template that cannot be read or filled in, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderError {
    /// The template's name, as in the folder `templates`.
    pub file: Option<String>,
    pub line: Option<usize>,
    pub message: String,
}

impl fmt::Display for RenderError {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match (&self.file, self.line) {
            (Some(file), Some(line)) => write!(out, "templates/{file}:{line}: {}", self.message),
            (Some(file), None) => write!(out, "templates/{file}: {}", self.message),
            (None, _) => out.write_str(&self.message),
        }
    }
}

impl std::error::Error for RenderError {}

impl From<tera::Error> for RenderError {
    fn from(error: tera::Error) -> RenderError {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => RenderError {
                file: Some(report.filename().to_owned()),
                line: Some(report.span().start_line),
                message: report.message().to_owned(),
            },
            _ => RenderError::from_report(&error.to_string()),
        }
    }
}

impl RenderError {
    /// Tera gives faults between templates (an unknown filter or include) as text only, the first one being
    /// `error: message` over `--> file:line:column`.
    fn from_report(report: &str) -> RenderError {
        let place = report.lines().find_map(|line| line.trim_start().strip_prefix("--> "));
        let mut parts = place.unwrap_or_default().rsplitn(3, ':').skip(1);
        let line = parts.next().and_then(|line| line.parse().ok());
        let file = parts.next().map(str::to_owned);
        let first = report.lines().next().unwrap_or_default();
        let message = if file.is_some() { first.strip_prefix("error: ").unwrap_or(first) } else { report };
        RenderError { file, line, message: message.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn html(name: &str, text: &str) -> Result<Html, RenderError> {
        Html::new(&BTreeMap::from([(name.to_owned(), text.to_owned())]))
    }

    #[test]
    fn the_embedded_templates_are_sound() {
        assert_eq!(Html::new(&BTreeMap::new()).err(), None);
    }

    #[test]
    fn a_projects_own_template_stands_before_ours() {
        let html = html("weekly/pack.html", "<p>{{ pack.head.title }}").expect("a template");
        let page = html.render("weekly/pack.html", &json!({"pack": {"head": {"title": "A & B"}}}), &Book::default());
        assert_eq!(page.as_deref(), Ok("<p>A &amp; B"));
    }

    #[test]
    fn a_broken_template_is_named_with_its_line() {
        for (text, message) in [
            ("one\n{% for x in %}", "templates/weekly/pack.html:2: "),
            ("one\ntwo {{ x | nosuch }}", "templates/weekly/pack.html:2: Unknown filter `nosuch`"),
            ("{% include \"shared/nosuch.html\" %}", "templates/weekly/pack.html:1: Unknown template"),
        ] {
            let error = html("weekly/pack.html", text).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(error.starts_with(message), "{error}");
        }
    }

    #[test]
    fn what_the_model_does_not_have_is_named_with_its_line() {
        let html = html("weekly/pack.html", "\n\n{{ pack.nosuch }}").expect("a template");
        let error = html.render("weekly/pack.html", &json!({"pack": {}}), &Book::default()).expect_err("an error");
        assert_eq!((error.file.as_deref(), error.line), (Some("weekly/pack.html"), Some(3)));
    }

    #[test]
    fn a_style_sheet_that_would_end_its_element_is_refused() {
        let error = html("shared/style.css", "</style>").err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.starts_with("templates/shared/style.css: "), "{error}");
    }
}
