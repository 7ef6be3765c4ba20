//! Links between records: to their pages where a site stands around a page, else to places within the page.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value as Json;
use tera::value::Key;
use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::escape::{escape, push};

/// What a page knows of the records that it names; templates see it as `book`.
#[derive(Debug, Default, Serialize)]
pub struct Book {
    pub tickets: BTreeMap<String, String>,
    pub changes: BTreeMap<String, String>,
    pub people: BTreeMap<String, String>,
    pub subjects: BTreeMap<String, String>,
    /// The one place within the page at which a record is described: "outstanding", or "closed" and a number.
    pub places: BTreeMap<String, String>,
    /// Tickets that the page names and describes nowhere else, by number.
    pub others: Vec<String>,
    /// The rows of outstanding tickets, by number, for lists that hold numbers only.
    pub outstanding: BTreeMap<String, Json>,
    /// The headings of the pack's sections, "1. What needs attention", by key.
    pub sections: BTreeMap<String, String>,
}

impl Book {
    /// The book of a page's context: of its `pack`, and of the `names` that it brings.
    pub fn new(context: &Json) -> Book {
        let mut book = context.get("pack").map(Book::of_pack).unwrap_or_default();
        let given = &context["names"];
        for (kind, known) in [
            ("tickets", &mut book.tickets),
            ("changes", &mut book.changes),
            ("people", &mut book.people),
            ("subjects", &mut book.subjects),
        ] {
            for (id, name) in names(&given[kind]) {
                known.entry(id).or_insert(name);
            }
        }
        book
    }

    fn of_pack(pack: &Json) -> Book {
        let mut book = Book { people: names(&pack["people"]), subjects: names(&pack["subjects"]), ..Book::default() };
        if let Some(cards) = pack["tickets"].as_object() {
            book.tickets = cards.iter().map(|(id, card)| (id.clone(), text(&card["title"]))).collect();
        }
        for section in list(&pack["sections"]) {
            let number = section["number"].as_u64().map(|number| format!("{number}. ")).unwrap_or_default();
            book.sections.insert(text(&section["key"]), format!("{number}{}", text(&section["title"])));
        }
        for change in list(&pack["changes"]) {
            book.changes.insert(text(&change["id"]), text(&change["title"]));
            book.places.insert(text(&change["id"]), "changes".to_owned());
        }
        for row in list(&pack["outstanding"]) {
            book.places.insert(text(&row["id"]), "outstanding".to_owned());
            book.outstanding.insert(text(&row["id"]), row.clone());
        }
        for section in ["closed", "new"] {
            for (index, id) in list(&pack[section]).iter().enumerate() {
                book.places.entry(text(id)).or_insert_with(|| format!("{section} {}", index + 1));
            }
        }
        book.others = book.tickets.keys().filter(|id| !book.places.contains_key(*id)).cloned().collect();
        book.others.sort_by_key(|id| (id.len(), id.clone()));
        for id in &book.others {
            book.places.insert(id.clone(), "others".to_owned());
        }
        let monthly = &pack["monthly"];
        for page in list(&monthly["poc_pages"]) {
            book.places.insert(format!("poc-{}", text(&page["poc"])), "poc".to_owned());
        }
        for row in list(&monthly["by_subject"]) {
            book.places.insert(format!("subject-{}", text(&row["subject"])), "subject".to_owned());
        }
        book
    }
}

fn names(map: &Json) -> BTreeMap<String, String> {
    map.as_object().into_iter().flatten().map(|(id, name)| (id.clone(), text(name))).collect()
}

fn list(value: &Json) -> &[Json] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text(value: &Json) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

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

/// `record(id=…)`: the id of a ticket or CR, or the name of a subject, as a link; any other id as it is.
fn record(arguments: Kwargs, state: &State) -> TeraResult<Value> {
    let id = arguments.must_get::<&str>("id")?;
    let page = Page::of(state)?;
    let (folder, place, shown, class) = if page.name("tickets", id).is_some() {
        ("tickets", id.to_owned(), id, "id")
    } else if page.name("changes", id).is_some() {
        ("changes", id.to_owned(), id, "id")
    } else if let Some(name) = page.name("subjects", id) {
        ("subjects", format!("subject-{id}"), name, "name")
    } else {
        return Ok(Value::safe_string(&format!("<bdi>{}</bdi>", escape(id))));
    };
    Ok(page.link(folder, id, &place, shown, class))
}

/// `poc(id=…)`: a POC's name as a link to the POC's page.
fn poc(arguments: Kwargs, state: &State) -> TeraResult<Value> {
    let id = arguments.must_get::<&str>("id")?;
    let page = Page::of(state)?;
    let name = page.name("people", id).unwrap_or(id);
    Ok(page.link("pocs", id, &format!("poc-{id}"), name, "name"))
}

/// `subject(id=…)`: a subject's name as a link to the subject's page.
fn subject(arguments: Kwargs, state: &State) -> TeraResult<Value> {
    let id = arguments.must_get::<&str>("id")?;
    let page = Page::of(state)?;
    let name = page.name("subjects", id).unwrap_or(id);
    Ok(page.link("subjects", id, &format!("subject-{id}"), name, "name"))
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
        Some(root) => format!("<a href=\"{}rules.html#{}\">{shown}</a>", escape(&root), segment(name)),
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

    /// `shown` as a link to `folder`/`id`.html of the site, or to `place` within the page, or as plain text.
    fn link(&self, folder: &str, id: &str, place: &str, shown: &str, class: &str) -> Value {
        let shown = escape(shown);
        let target = match &self.root {
            Some(root) => Some(format!("{}{folder}/{}.html", escape(root), segment(id))),
            None if self.name("places", place).is_some() => Some(format!("#{}", segment(place))),
            None => None,
        };
        Value::safe_string(&match target {
            Some(target) => format!("<a class=\"{class}\" href=\"{target}\"><bdi>{shown}</bdi></a>"),
            None => format!("<bdi class=\"{class}\">{shown}</bdi>"),
        })
    }
}

/// One part of a path, percent-encoded.
pub(super) fn segment(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                push(&mut out, char::from(byte).encode_utf8(&mut [0; 4]))
            }
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn shown(template: &str, root: Option<&str>) -> String {
        let mut context = json!({"site_root": root, "names": {"changes": {"CR-2026-001": "old"}}, "pack": {
            "tickets": {"HEAT-9": {"title": "a"}, "HEAT-10": {"title": "b"}, "HEAT-8": {"title": "c"}},
            "people": {"jrivera": "Jordan <Rivera>"}, "subjects": {"scorecard": "Scorecard"},
            "changes": [{"id": "CR-2026-007", "title": "t"}],
            "sections": [{"key": "nitc", "number": 8, "title": "At <us>"}],
            "outstanding": [{"id": "HEAT-9"}], "closed": ["HEAT-8", "HEAT-8"], "new": ["HEAT-9"], "monthly": null}});
        context["book"] = serde_json::to_value(Book::new(&context)).expect("a book");
        let mut tera = Tera::default();
        register(&mut tera);
        tera.add_raw_template("x.html", template).expect("a template");
        tera.render("x.html", &tera::Context::from_serialize(&context).expect("a map")).expect("a page")
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
        assert_eq!(shown("{{ book.others | join(sep=\" \") }}", None), "HEAT-10");
    }

    #[test]
    fn a_path_holds_no_separator() {
        assert_eq!(segment("../a b\"é"), "..%2Fa%20b%22%C3%A9");
    }
}
