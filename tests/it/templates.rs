//! `docs/reference/templates.md` lists every template, and the example of `docs/how-to/change-the-look.md` works.
//!
//! `HEATPACK_BLESS=1 cargo test templates::` rewrites the lists of the document from the sources.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::support::{Project, case};
use heatpack::render::templates::TEMPLATES;
use heatpack::report::declared::{Struct, structs};
use heatpack::report::pack::schema as pack_schema;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn source(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn document() -> PathBuf {
    root().join("docs/reference/templates.md")
}

#[test]
fn the_document_lists_what_there_is() {
    let found = source("docs/reference/templates.md");
    let mut wanted = found.clone();
    for (name, text) in [("files", files()), ("filters", filters()), ("members", members())] {
        let start = format!("<!-- generated: {name} -->\n");
        let (before, rest) = wanted.split_once(&start).unwrap_or_else(|| panic!("no place for {name}"));
        let (_, after) = rest.split_once("<!-- end -->").expect("its end");
        wanted = format!("{before}{start}{text}<!-- end -->{after}");
    }
    let wrong = crate::support::cases::compare(&document(), &wanted);
    assert_eq!(wrong, None, "{}", wrong.as_deref().unwrap_or_default());
}

/// Every template: what it is, by its first line, and which others use it.
fn files() -> String {
    let mut text = String::new();
    for folder in ["weekly", "monthly", "cr", "site", "shared"] {
        text.push_str(&format!("\n**{folder}/**\n\n| file | what it is | used in |\n|---|---|---|\n"));
        for (name, template) in TEMPLATES.iter().filter(|(name, _)| name.starts_with(&format!("{folder}/"))) {
            let users: Vec<String> =
                TEMPLATES.iter().filter(|(_, other)| uses(other, name)).map(|(n, _)| code(n)).collect();
            let used = if users.is_empty() { "–".to_owned() } else { users.join(", ") };
            text.push_str(&format!("| {} | {} | {used} |\n", code(name), job(name, template)));
        }
    }
    text.push('\n');
    text
}

/// What a template says of itself in its first line.
fn job(name: &str, template: &str) -> String {
    let first = template.lines().next().unwrap_or("");
    let inside = |start: &str, end: &str| first.strip_prefix(start).and_then(|rest| rest.strip_suffix(end));
    let job = match name.rsplit('.').next() {
        Some("html") => inside("{#- ", " -#}"),
        Some("css") => inside("/* ", " */"),
        _ => first.strip_prefix("// "),
    };
    job.unwrap_or_else(|| panic!("{name} does not say in its first line what it is")).to_owned()
}

/// Whether a template includes, extends or imports another, or puts its text or its components into a page.
fn uses(template: &str, name: &str) -> bool {
    let local = name.strip_prefix("shared/").unwrap_or(name);
    let stem = local.split('.').next().unwrap_or(local);
    let named = ["include \"", "extends \"", "import \"/"].map(|how| format!("{how}{name}\""));
    let is_component =
        |component: &String| template.contains(&format!("<{} ", component.split('(').next().unwrap_or("")));
    named.iter().any(|words| template.contains(words))
        || template.contains(&format!("import \"{local}\""))
        || template.contains(&format!("{{{{ assets.{stem} |"))
        || local == "components.html" && components().iter().any(is_component)
}

/// Name and arguments of each component.
fn components() -> Vec<String> {
    let source = source("templates/shared/components.html");
    let components = source.lines().filter_map(|line| line.strip_prefix("{% component "));
    components.map(|line| line.trim_end_matches(['-', '%', '}', ' ']).to_owned()).collect()
}

/// What templates can call, each with the documentation of what makes it.
fn filters() -> String {
    let filters = registered("src/render/filters.rs", "register_filter");
    let functions = registered("src/render/links.rs", "register_function");
    let mut text = "\n| filter | what it makes of a value |\n|---|---|\n".to_owned();
    for (name, about) in filters {
        text.push_str(&format!("| {} | {about} |\n", code(&format!("| {name}").replace('|', "\\|"))));
    }
    text.push_str("\n| function | what it gives |\n|---|---|\n");
    for (name, about) in functions {
        let (call, about) = about.split_once(": ").unwrap_or_else(|| panic!("{name}: {about}"));
        text.push_str(&format!("| {call} | {about} |\n"));
    }
    text.push_str("\n| component of `shared/components.html` |\n|---|\n");
    for component in components() {
        text.push_str(&format!("| {} |\n", code(&component)));
    }
    text.push('\n');
    text
}

fn registered(path: &str, how: &str) -> Vec<(String, String)> {
    let source = source(path);
    let calls =
        source.lines().filter_map(|line| line.trim().strip_prefix(&format!("tera.{how}(\""))?.strip_suffix(");"));
    let found: Vec<(String, String)> = calls
        .map(|call| {
            let (name, function) = call.split_once("\", ").expect("a name and a function");
            (name.to_owned(), about_function(&source, function))
        })
        .collect();
    assert!(found.len() > 3, "{path} registers some");
    found
}

/// The documentation of a function, by its source.
fn about_function(source: &str, name: &str) -> String {
    let lines: Vec<&str> = source.lines().collect();
    let at = lines.iter().position(|line| line.starts_with(&format!("fn {name}("))).expect("the function");
    let mut about: Vec<&str> = lines[..at].iter().rev().map_while(|line| line.strip_prefix("/// ")).collect();
    about.reverse();
    assert!(!about.is_empty(), "{name} has no documentation");
    about.join(" ").replace("[`", "`").replace("`]", "`")
}

/// The members of everything that a template is given.
fn members() -> String {
    let site = source("src/report/site.rs");
    let (timeline, clocks) = (source("src/report/story/timeline.rs"), source("src/report/story/clocks.rs"));
    let answers = source("src/report/answers/model.rs");
    let findings = source("src/report/findings.rs");
    let (assets, book) = (source("src/render/assets.rs"), source("src/report/places/book.rs"));
    let groups = [
        (
            "Every page of the site",
            [&site, &answers, &timeline, &clocks].into_iter().flat_map(|text| structs(text)).collect(),
        ),
        ("What the check found", structs(&findings)),
        ("Packs", structs(pack_schema::SOURCE)),
        ("Every HTML template", structs(&assets).into_iter().chain(structs(&book)).collect()),
    ];
    let pages = pages();
    let mut text = String::new();
    for (title, structs) in &groups {
        text.push_str(&format!("\n#### {title}\n"));
        for item in structs {
            text.push_str(&table(item, pages.get(item.name).map(String::as_str)));
        }
    }
    for name in pages.keys() {
        assert!(groups.iter().any(|(_, structs)| structs.iter().any(|item| item.name == name)), "{name} is listed");
    }
    text.push('\n');
    text
}

/// The type of `page` in each template of the site: what the renderer gives it.
fn pages() -> BTreeMap<String, String> {
    let renderer = source("src/render/site.rs");
    let models: String = std::fs::read_dir(root().join("src/report/pages"))
        .expect("the pages")
        .flatten()
        .map(|file| std::fs::read_to_string(file.path()).expect("a source"))
        .collect();
    let mut pages = BTreeMap::new();
    for call in renderer.split("PageModel::new(\"").skip(1) {
        let (template, rest) = call.split_once("\", pages::").expect("a template and its page");
        let function = rest.split('(').next().unwrap_or_default();
        let declared = models.split(&format!("pub fn {function}(")).nth(1).expect("the function");
        let kind = declared.split("-> Page<").nth(1).and_then(|rest| rest.split('>').next()).expect("its page");
        pages.insert(kind.to_owned(), template.to_owned());
    }
    assert_eq!(pages.len(), TEMPLATES.iter().filter(|(name, _)| name.starts_with("site/")).count(), "{pages:?}");
    pages
}

fn table(item: &Struct, template: Option<&str>) -> String {
    let given = template.map(|template| format!(" It is the `page` of {}.", code(template))).unwrap_or_default();
    let about = item.about.trim();
    let mut text = format!("\n##### {}\n\n{about}{given}\n", item.name);
    if !item.fields.is_empty() {
        text.push_str("\n| member | is | |\n|---|---|---|\n");
    }
    for field in &item.fields {
        text.push_str(&format!("| {} | {} | {} |\n", code(field.name), kind(field.kind), field.about.trim()));
    }
    text
}

/// A type in words.
fn kind(text: &str) -> String {
    let inside = |head: &str| text.strip_prefix(head).and_then(|rest| rest.strip_suffix('>'));
    if let Some(inner) = inside("Option<") {
        return format!("{} or null", kind(inner));
    }
    if let Some(inner) = inside("Vec<") {
        return format!("list of {}", kind(inner));
    }
    if let Some((key, value)) = inside("BTreeMap<").and_then(|inner| inner.split_once(", ")) {
        return format!("{} by {}", kind(value), kind(key));
    }
    if let Some(parts) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return format!("pair of {}", parts.split(", ").map(kind).collect::<Vec<_>>().join(" and "));
    }
    match text.rsplit("::").next().unwrap_or(text) {
        "String" | "&'static str" | "RuleId" => "text".to_owned(),
        "usize" | "u8" | "u32" | "u64" | "i64" => "number".to_owned(),
        "bool" => "true or false".to_owned(),
        "NaiveDate" => "date".to_owned(),
        "Minute" => "time".to_owned(),
        "T" => "the page's own".to_owned(),
        name => code(name),
    }
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

/// The examples of the document: the file's name and its text.
fn examples() -> Vec<(String, String)> {
    let document = source("docs/how-to/change-the-look.md");
    let examples = document.split("<!-- example: ").skip(1).map(|rest| {
        let (name, rest) = rest.split_once(" -->\n```").expect("a name and a fence");
        let text = rest.split_once('\n').and_then(|(_, rest)| rest.split_once("```")).expect("a text").0;
        (name.to_owned(), text.to_owned())
    });
    examples.collect()
}

#[test]
fn the_example_does_what_it_says() {
    let project = Project::copy_of(&case("figures"));
    let page = |name: &str| {
        let arguments = ["pack", "weekly", "--as-of", "2026-11-18 10:00", "-o", name];
        project.run(&arguments).ended(0);
        std::fs::read(project.root().join(name)).expect("the pack")
    };
    let (html, pdf) = (page("ours.html"), page("ours.pdf"));
    let examples = examples();
    assert_eq!(examples.len(), 2, "one for pages, one for PDFs");
    for (name, text) in &examples {
        assert!(TEMPLATES.iter().any(|(known, _)| Some(*known) == name.strip_prefix("templates/")), "{name}");
        project.write(name, text);
    }
    let (own_html, own_pdf) = (page("own.html"), page("own.pdf"));
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(!text(&html).contains("Department of Examples"));
    assert!(text(&own_html).contains("<p>Department of Examples · <bdi>"), "{}", text(&own_html));
    assert!(own_pdf.starts_with(b"%PDF-") && own_pdf != pdf);
    // Nothing else of the page is different.
    let plain = text(&own_html).replace("Department of Examples · ", "");
    assert_eq!(plain, text(&html));
}
