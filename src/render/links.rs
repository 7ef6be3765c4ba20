//! Links between records: to their pages on a site, else to places within the page.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tera::value::Key;
use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::escape::escape;
use crate::report::places::{RULES, RecordPage};

/// Makes the functions known to `tera`. They read `site_root` and `book` of the page's context.
pub fn register(tera: &mut Tera) {
    tera.register_function("record", record);
    tera.register_function("poc", poc);
    tera.register_function("subject", subject);
    tera.register_function("person", person);
    tera.register_function("rule", rule);
    tera.register_function("anchor", anchor);
    tera.register_function("section", section);
}

/// `record(id=…)`: the id of a ticket, CR or written-up answer, or the name of a subject, as a link; any other id as it is.
fn record(arguments: Kwargs, state: &State) -> TeraResult<Value> {
    let id = arguments.must_get::<&str>("id")?;
    let page = Page::of(state)?;
    Ok(if page.name("tickets", id).is_some() {
        page.link(RecordPage::Ticket, id, id, id, "id")
    } else if page.name("changes", id).is_some() {
        page.link(RecordPage::Change, id, id, id, "id")
    } else if let Some(name) = page.name("subjects", id) {
        page.link(RecordPage::Subject, id, &format!("subject-{id}"), name, "name")
    } else if let Some(href) = page.name("answers", id)
        && let Some(root) = &page.root
    {
        // The path has no character that a link would change.
        Value::safe_string(&format!(
            "<a class=\"id\" href=\"{}{}\"><bdi>{}</bdi></a>",
            escape(root),
            escape(href),
            escape(id)
        ))
    } else {
        Value::safe_string(&format!("<bdi>{}</bdi>", escape(id)))
    })
}

/// `poc(id=…)`: a POC's name as a link to the POC's page.
fn poc(arguments: Kwargs, state: &State) -> TeraResult<Value> {
    let id = arguments.must_get::<&str>("id")?;
    let page = Page::of(state)?;
    let name = page.name("people", id).unwrap_or(id);
    Ok(page.link(RecordPage::Poc, id, &format!("poc-{id}"), name, "name"))
}

/// `subject(id=…)`: a subject's name as a link to the subject's page.
fn subject(arguments: Kwargs, state: &State) -> TeraResult<Value> {
    let id = arguments.must_get::<&str>("id")?;
    let page = Page::of(state)?;
    let name = page.name("subjects", id).unwrap_or(id);
    Ok(page.link(RecordPage::Subject, id, &format!("subject-{id}"), name, "name"))
}

/// `person(id=…)`: the name of anyone, without a link: staff and members of the board have no page.
fn person(arguments: Kwargs, state: &State) -> TeraResult<Value> {
    let id = arguments.must_get::<&str>("id")?;
    let page = Page::of(state)?;
    Ok(Value::safe_string(&format!("<bdi>{}</bdi>", escape(page.name("people", id).unwrap_or(id)))))
}

/// `rule(name=…)`: a rule's name as a link to what it means.
fn rule(arguments: Kwargs, state: &State) -> TeraResult<Value> {
    let name = arguments.must_get::<&str>("name")?;
    let shown = format!("<code>{}</code>", escape(name));
    let html = match Page::of(state)?.root {
        None => shown,
        Some(root) => format!("<a href=\"{}{RULES}#{}\">{shown}</a>", escape(&root), segment(name)),
    };
    Ok(Value::safe_string(&html))
}

/// `anchor(id=…, at="closed 1")`: the attribute that makes this the record's place, if it is; else nothing.
fn anchor(arguments: Kwargs, state: &State) -> TeraResult<Value> {
    let id = arguments.must_get::<&str>("id")?;
    let at = arguments.must_get::<&str>("at")?;
    let here = Page::of(state)?.name("places", id) == Some(at);
    Ok(Value::safe_string(&if here { format!(" id=\"{}\"", escape(id)) } else { String::new() }))
}

/// `section(id="attention")`: the number, if it has one, and title of a section of the pack, for its heading.
fn section(arguments: Kwargs, state: &State) -> TeraResult<Value> {
    let id = arguments.must_get::<&str>("id")?;
    let page = Page::of(state)?;
    let Some(heading) = page.name("sections", id) else {
        return Err(tera::Error::message(format!("this pack has no section `{id}`")));
    };
    Ok(Value::safe_string(&format!("<bdi>{}</bdi>", escape(heading))))
}

/// The two things of a context that links go by.
struct Page {
    /// The way up to the site, "../../"; none for a pack that stands alone.
    root: Option<String>,
    book: Value,
}

impl Page {
    fn of(state: &State) -> TeraResult<Page> {
        let root = state.get::<Value>("site_root")?.and_then(|root| root.as_str().map(str::to_owned));
        let book = state.get::<Value>("book")?.unwrap_or_else(Value::none);
        Ok(Page { root, book })
    }

    fn name<'a>(&'a self, kind: &'static str, id: &'a str) -> Option<&'a str> {
        self.book.as_map()?.get(&Key::Str(kind))?.as_map()?.get(&Key::Str(id))?.as_str()
    }

    /// `shown` as a link to the record's page of the site, or to `place` within this page, or as plain text.
    fn link(&self, page: RecordPage, id: &str, place: &str, shown: &str, class: &str) -> Value {
        let shown = escape(shown);
        let target = match &self.root {
            Some(root) => Some(format!("{}{}", escape(root), page.path(&segment(id)))),
            None if self.name("places", place).is_some() => Some(format!("#{}", segment(place))),
            None => None,
        };
        Value::safe_string(&match target {
            Some(target) => format!("<a class=\"{class}\" href=\"{target}\"><bdi>{shown}</bdi></a>"),
            None => format!("<bdi class=\"{class}\">{shown}</bdi>"),
        })
    }
}

/// All but the characters that a part of a path has unchanged.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

/// One part of a path, percent-encoded.
pub(super) fn segment(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::places::Book;
    use std::collections::BTreeMap;

    fn shown(template: &str, root: Option<&str>) -> String {
        let names = |entries: &[(&str, &str)]| -> BTreeMap<String, String> {
            entries.iter().map(|(id, name)| ((*id).to_owned(), (*name).to_owned())).collect()
        };
        let book = Book {
            tickets: names(&[("HEAT-8", "c"), ("HEAT-9", "a"), ("HEAT-10", "b")]),
            changes: names(&[("CR-2026-001", "old"), ("CR-2026-007", "t")]),
            people: names(&[("jrivera", "Jordan <Rivera>")]),
            subjects: names(&[("scorecard", "Scorecard")]),
            places: names(&[("HEAT-8", "closed 1"), ("HEAT-9", "outstanding"), ("HEAT-10", "others")]),
            sections: names(&[("nitc", "8. At <us>")]),
            ..Book::default()
        };
        let mut context = tera::Context::new();
        context.insert("site_root", &root);
        context.insert("book", &book);
        let mut tera = Tera::default();
        register(&mut tera);
        tera.add_raw_template("x.html", template).expect("a template");
        tera.render("x.html", &context).expect("a page")
    }

    #[test]
    fn records_link_to_their_pages_of_the_site() {
        let root = Some("../../");
        assert_eq!(
            shown("{{ record(id=\"HEAT-9\") }}", root),
            "<a class=\"id\" href=\"../../tickets/HEAT-9.html\"><bdi>HEAT-9</bdi></a>"
        );
        assert!(shown("{{ record(id=\"CR-2026-001\") }}", root).contains("\"../../changes/CR-2026-001.html\""));
        assert_eq!(
            shown("{{ poc(id=\"jrivera\") }}", root),
            "<a class=\"name\" href=\"../../pocs/jrivera.html\"><bdi>Jordan &lt;Rivera&gt;</bdi></a>"
        );
        assert!(shown("{{ rule(name=\"reply-late\") }}", root).contains("\"../../rules.html#reply-late\""));
    }

    #[test]
    fn what_the_records_do_not_have_is_no_link() {
        assert_eq!(shown("{{ record(id=\"HEAT-7\") }}", Some("../../")), "<bdi>HEAT-7</bdi>");
        assert_eq!(shown("{{ record(id=\"<x>\") }}", Some("../../")), "<bdi>&lt;x&gt;</bdi>");
    }

    #[test]
    fn alone_a_pack_links_within_itself() {
        assert!(shown("{{ record(id=\"HEAT-9\") }}", None).contains("href=\"#HEAT-9\""));
        assert_eq!(shown("{{ subject(id=\"scorecard\") }}", None), "<bdi class=\"name\">Scorecard</bdi>");
        assert_eq!(shown("{{ rule(name=\"reply-late\") }}", None), "<code>reply-late</code>");
    }

    #[test]
    fn a_section_has_its_number_and_title() {
        assert_eq!(shown("{{ section(id=\"nitc\") }}", None), "<bdi>8. At &lt;us&gt;</bdi>");
    }

    #[test]
    fn a_ticket_has_one_place() {
        assert_eq!(shown("<i{{ anchor(id=\"HEAT-8\", at=\"closed 1\") }}>", None), "<i id=\"HEAT-8\">");
        assert_eq!(shown("<i{{ anchor(id=\"HEAT-8\", at=\"closed 2\") }}>", None), "<i>");
        assert_eq!(shown("<i{{ anchor(id=\"HEAT-9\", at=\"new 1\") }}>", None), "<i>");
    }

    #[test]
    fn a_path_holds_no_separator() {
        assert_eq!(segment("../a b\"é"), "..%2Fa%20b%22%C3%A9");
    }
}
