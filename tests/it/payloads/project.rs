//! A project in which every text of every kind of record is a payload: the texts are those that the schemas name.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Mutex;

use heatpack::load::parse;
use heatpack::record::{Faults, Fields, Kind, Node, to_yaml};
use serde_json::Value as Json;

use crate::support::{Project, run};

/// One record each for the number N and its payload, with nothing in it but what is no text: what is, is filled in.
const LISTS: [(&str, &str, &str); 3] = [
    ("subjects", "data/subjects.yaml", "{id: sN, kind: module}"),
    ("staff", "data/staff.yaml", "{id: hN, office: help-desk}\n- {id: nN, office: nitc}\n- {id: aN, office: acfo-fs}"),
    ("board", "data/board.yaml", "{id: mN, chair: false, keys: []}"),
];
const RECORDS: [(&str, &str, &str); 7] = [
    ("poc", "data/pocs/pN.yaml", "id: pN\ndesignations:\n- {subject: sN, role: primary, from: 2025-10-01}\n"),
    (
        "ticket",
        "data/tickets/2026/HEAT-10NN.yaml",
        "id: HEAT-10NN\nsubject: sN\nkind: issue\narea: functional\npoc: pN\nreceived: 2026-11-09 09:14\nvia: [phone]\n\
         exception: {rule: contact-not-designated, allowed_by: hN}\nlog:\n\
         - {at: 2026-11-09 10:00, event: follow-up, by: hN}\n\
         - {at: 2026-11-09 11:00, event: forwarded, by: hN}\n\
         - {at: 2026-11-10 09:00, event: acknowledged, by: nN}\n\
         - {at: 2026-11-10 10:00, event: initial-response, by: nN}\n\
         - {at: 2026-11-10 11:00, event: note, by: hN, exception: {rule: wrong-office, allowed_by: hN}}\n\
         - {at: 2026-11-10 13:00, event: researched, by: nN, outcome: code-change}\n",
    ),
    (
        "ticket",
        "data/tickets/2026/HEAT-20NN.yaml",
        "id: HEAT-20NN\nsubject: sN\nkind: question\narea: technical\npoc: pN\nreceived: 2026-11-12 09:14\nvia: [email]\nlog:\n\
         - {at: 2026-11-12 10:00, event: follow-up, by: hN}\n- {at: 2026-11-13 10:00, event: resolved, by: hN}\n\
         - {at: 2026-11-13 10:01, event: closed, by: hN}\n- {at: 2026-11-16 10:00, event: reopened, by: hN}\n\
         - {at: 2026-11-17 10:00, event: waived, by: hN, clock: follow-up, until: 2026-11-30}\n",
    ),
    ("answer", "data/answers/wN.yaml", "id: wN\nsubjects: [sN]\nfrom: [HEAT-20NN]\nreview_by: 2026-11-10\n"),
    (
        "cr",
        "data/crs/CR-2026-1NN.yaml",
        "id: CR-2026-1NN\nsubject: sN\ntickets: [HEAT-10NN]\nprepared_by: aN\npriority: routine\nrisk: low\nlog:\n\
         - {at: 2026-11-11 09:00, event: submitted, by: aN}\n\
         - {at: 2026-11-11 10:00, event: note, by: aN, exception: {rule: wrong-office, allowed_by: hN}}\n",
    ),
    (
        "decision",
        "data/decisions/CR-2026-1NN/2026-11-12-mN.yaml",
        "cr: CR-2026-1NN\nby: mN\nat: 2026-11-12 10:00\ndecision: defer\n",
    ),
    // A record with a fault in every value, so that the messages quote it.
    (
        "faulty",
        "data/tickets/2026/HEAT-30NN.yaml",
        "id: HEAT-30NN\ntitle: P\nsubject: P\nkind: P\narea: P\npoc: P\nreceived: P\nvia: [P]\ndescription: P\nP: P\n\
         exception: {rule: P, reason: P, allowed_by: P}\nlog:\n- {at: P, event: P, by: P, note: P}\n- P\n",
    ),
];
const MEETING: &str = "kind: weekly\ndate: 2026-11-10\nheld: true\nreviewed: all\nextra: true\nchair: h0\n";
const SETTINGS: &str = "starts: 2026-11-02\nmeetings: {weekly: {day: wed}, monthly: {day: second thu}}\n\
                        working_time: {closed: [{date: 2026-11-03}], worked: [{date: 2026-11-07}]}\n";

/// Makes the project of these payloads, each in records of its own; gives the paths of the fields that were filled in.
pub fn of(payloads: &[String]) -> (Project, BTreeSet<String>) {
    let project = Project::of(&[]);
    let mut filler = Filler { project: &project, filled: BTreeSet::new(), lines: lines(payloads), turn: 0 };
    for (kind, path, item) in LISTS {
        let items = payloads.iter().enumerate().map(|(number, payload)| {
            let text = format!("- {}\n", item.replace('N', &number.to_string()));
            let schema = schema(&project.root(), kind);
            let (schema, at) = if kind == "board" {
                (schema["properties"]["members"]["items"].clone(), "board.members[]")
            } else {
                (schema["items"].clone(), &*format!("{kind}[]"))
            };
            let mut faults = Faults::default();
            let list = parse(&text, &mut faults).expect("a list");
            list.items().iter().map(|item| filler.filled(item, &schema, at, payload)).collect::<Vec<_>>()
        });
        let items: Vec<Node> = items.collect::<Vec<_>>().into_iter().flatten().collect();
        let list: Node = items.into();
        let text = match kind {
            "board" => {
                let terms = "[{from: 2024-10-01, quorum: 2, chair_required: false, signatures: optional}]";
                let mut faults = Faults::default();
                to_yaml(
                    &Fields::new()
                        .with("terms", parse(terms, &mut faults).expect("terms"))
                        .with("members", list)
                        .into(),
                )
            }
            _ => to_yaml(&list),
        };
        project.write(path, text);
    }
    for (number, payload) in payloads.iter().enumerate() {
        let place = |text: &str| text.replace("NN", &format!("{number:02}")).replace('N', &number.to_string());
        for (kind, path, skeleton) in RECORDS {
            if kind == "faulty" {
                project.write(&place(path), faulty(skeleton, &format!("{number:02}"), payload));
            } else {
                filler.record(kind, &place(path), &place(skeleton), payload);
            }
        }
    }
    // Of one meeting the minutes are all payloads, of the other each payload is a text.
    filler.record("meeting", "data/meetings/2026-11-10-weekly.yaml", MEETING, &payloads.join("\n\n"));
    let (all, line) = (payloads.join(" "), filler.lines[0].clone());
    for (number, payload) in payloads.iter().enumerate().take(20) {
        let path = format!("data/meetings/2026-10-{:02}-weekly.yaml", number + 5);
        let action = format!("id: A-2026-{:03}\nowner: h{number}\ndue: 2026-11-20\n", number + 1);
        let text = format!(
            "kind: weekly\ndate: 2026-10-{:02}\nextra: true\nheld: true\nreviewed: none\nactions:\n- {}\n",
            number + 5,
            action.trim().replace('\n', "\n  ")
        );
        filler.record("meeting", &path, &text, payload);
    }
    filler.record(
        "meeting",
        "data/meetings/2026-12-02-weekly.yaml",
        "kind: weekly\ndate: 2026-12-02\n",
        &payloads[payloads.len() / 2],
    );
    filler.record("settings", "data/heatpack.yaml", SETTINGS, &all);
    report(&project, payloads, &line);
    let filled = filler.filled;
    (project, filled)
}

/// Puts papers of a line in place of the packs' own, which take seconds each: for what is not about them.
pub fn with_short_papers(project: &Project) {
    for kind in ["weekly", "monthly"] {
        let paper = "#set document(title: \"Paper\")\nA paper.\n";
        project.write(&format!("templates/{kind}/pack.typ"), paper);
    }
}

/// A report whose cells are payloads, under the headings that the settings name.
fn report(project: &Project, payloads: &[String], line: &str) {
    let heading = |number: usize| format!("{number}{line}");
    let mut writer = csv::Writer::from_writer(Vec::new());
    let headings: Vec<String> = (0..10).map(heading).collect();
    writer.write_record(&headings).expect("headings");
    for payload in payloads {
        writer.write_record(vec![payload.as_str(); 10]).expect("a row");
    }
    project.write("data/nitc/2026-11-16.csv", writer.into_inner().expect("a report"));
    let columns = "nitc_number,heat_number,status,assigned_to,last_update,summary";
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(columns.split(',').chain(["further"])).expect("headings");
    for (number, payload) in payloads.iter().enumerate() {
        let number = format!("HEAT-10{number:02}");
        writer.write_record([payload, &number, "open", payload, "2026-11-08", payload, payload]).expect("a row");
    }
    project.write("data/nitc/2026-11-09.csv", writer.into_inner().expect("a report"));
}

/// The skeleton with the payload in place of each `P`.
fn faulty(skeleton: &str, number: &str, payload: &str) -> String {
    let mut faults = Faults::default();
    let skeleton = skeleton.replace("NN", number);
    let node = parse(&skeleton, &mut faults).expect("a skeleton");
    to_yaml(&replaced(&node, payload))
}

fn replaced(node: &Node, payload: &str) -> Node<'static> {
    let text = |text: &str| if text == "P" { payload.to_owned() } else { text.to_owned() };
    match &node.kind {
        Kind::Text(own) => text(own).into(),
        Kind::List(items) => items.iter().map(|item| replaced(item, payload)).collect::<Vec<_>>().into(),
        Kind::Map(entries) => {
            let add = |fields: Fields<'static>, (key, value): &(heatpack::record::Key, Node)| {
                fields.with(text(&key.text), replaced(value, payload))
            };
            entries.iter().fold(Fields::new(), add).into()
        }
    }
}

struct Filler<'p> {
    project: &'p Project,
    filled: BTreeSet<String>,
    /// All payloads in lines that a field of one line takes, for fields of which there are few.
    lines: Vec<String>,
    /// Whose turn it is.
    turn: usize,
}

impl Filler<'_> {
    fn record(&mut self, kind: &str, path: &str, skeleton: &str, payload: &str) {
        let mut faults = Faults::default();
        let node = parse(skeleton, &mut faults).unwrap_or_else(|| panic!("a skeleton: {skeleton}: {:?}", faults.list));
        let schema = schema(&self.project.root(), kind);
        let record = self.filled(&node, &schema, kind, payload);
        self.project.write(path, to_yaml(&record));
    }

    /// The node with every text of its schema filled in, those that it lacks among them.
    fn filled(&mut self, node: &Node, schema: &Json, at: &str, payload: &str) -> Node<'static> {
        let schema = fitting(schema, node);
        match &node.kind {
            Kind::Map(entries) => {
                let mut fields = Fields::new();
                for (key, value) in entries {
                    let own = &schema["properties"][&*key.text];
                    let at = format!("{at}.{}", key.text);
                    let value =
                        if is_text(own) { self.text(own, &at, payload) } else { self.filled(value, own, &at, payload) };
                    fields = fields.with(key.text.to_string(), value);
                }
                for (name, own) in schema["properties"].as_object().into_iter().flatten() {
                    // A meeting that was held was not canceled.
                    let excluded = name == "canceled" && node.get("held").is_some();
                    if excluded || entries.iter().any(|(key, _)| key.text == name.as_str()) {
                        continue;
                    }
                    let at = format!("{at}.{name}");
                    let items = &alternative(own)["items"];
                    if is_text(own) {
                        fields = fields.with(name.clone(), self.text(own, &at, payload));
                    } else if is_text(items) {
                        fields = fields.with(name.clone(), vec![self.text(items, &format!("{at}[]"), payload)]);
                    } else if holds_texts(alternative(own)) && may_be_texts_alone(alternative(own)) {
                        fields = fields
                            .with(name.clone(), self.filled(&Fields::new().into(), alternative(own), &at, payload));
                    }
                }
                fields.into()
            }
            Kind::List(items) => {
                let own = &alternative(&schema)["items"];
                let at = format!("{at}[]");
                items.iter().map(|item| self.filled(item, own, &at, payload)).collect::<Vec<_>>().into()
            }
            Kind::Text(text) => text.to_string().into(),
        }
    }

    fn text(&mut self, schema: &Json, at: &str, payload: &str) -> Node<'static> {
        self.filled.insert(at.to_owned());
        let schema = alternative(schema);
        // Headings have to differ.
        if let Some(column) = at.strip_prefix("settings.nitc_report.columns.") {
            let number = heatpack::model::COLUMNS.iter().position(|own| *own == column).unwrap_or(9);
            return format!("{number}{}", self.lines[0]).into();
        }
        if schema["contentMediaType"] == "text/markdown" {
            return payload.to_owned().into();
        }
        let line = one_line(payload);
        if line.chars().count() <= WIDEST {
            return line.into();
        }
        self.turn += 1;
        self.lines[self.turn % self.lines.len()].clone().into()
    }
}

/// The schema of a kind of record, as the program prints it.
pub fn schema(root: &Path, kind: &str) -> Json {
    static PRINTED: Mutex<BTreeMap<String, Json>> = Mutex::new(BTreeMap::new());
    let mut printed = PRINTED.lock().expect("no test broke here");
    printed.entry(kind.to_owned()).or_insert_with(|| run(root, &["schema", kind]).ended(0).json()).clone()
}

/// The most characters of a line, with some to spare: a field of one line takes 300.
const WIDEST: usize = 290;

/// A payload where one line is asked for.
pub fn one_line(payload: &str) -> String {
    payload.replace(['\r', '\n'], " ")
}

/// All payloads, as many in a line as fit.
fn lines(payloads: &[String]) -> Vec<String> {
    let mut lines = vec![String::new()];
    for payload in payloads.iter().map(|payload| one_line(payload)) {
        let last = lines.len() - 1;
        if lines[last].chars().count() + payload.chars().count() < WIDEST {
            lines[last] = format!("{} {payload}", lines[last]);
        } else {
            lines.push(payload);
        }
    }
    lines
}

/// What a value that is there looks like, of one that may be left blank.
fn alternative(schema: &Json) -> &Json {
    match &schema["anyOf"] {
        Json::Array(any) if any.len() == 2 && any[1]["type"] == "null" => &any[0],
        _ => schema,
    }
}

/// Of the events that an entry may be, the one that it is.
fn fitting(schema: &Json, node: &Node) -> Json {
    let Json::Array(any) = &schema["anyOf"] else { return schema.clone() };
    let is_it = |one: &&Json| {
        let event = one["properties"]["event"]["const"].as_str();
        event.is_some() && event == node.get("event").and_then(|event| event.text())
    };
    any.iter().find(is_it).unwrap_or_else(|| alternative(schema)).clone()
}

/// Whether a field takes any text.
fn is_text(schema: &Json) -> bool {
    let schema = alternative(schema);
    let takes = |name: &str| {
        schema["type"] == name || schema["type"].as_array().is_some_and(|types| types.iter().any(|own| own == name))
    };
    takes("string") && takes("number") && schema["pattern"].is_null() && schema["enum"].is_null()
}

fn holds_texts(schema: &Json) -> bool {
    schema["properties"]
        .as_object()
        .is_some_and(|own| own.values().any(|one| is_text(one) || holds_texts(alternative(one))))
}

/// Whether a mapping of texts alone is one that the schema takes.
fn may_be_texts_alone(schema: &Json) -> bool {
    let required = schema["required"].as_array().into_iter().flatten().filter_map(Json::as_str);
    schema["properties"].is_object() && required.into_iter().all(|name| is_text(&schema["properties"][name]))
}

/// The paths of all texts of a schema.
pub fn texts(schema: &Json, at: &str, found: &mut BTreeSet<String>) {
    if is_text(schema) {
        found.insert(at.to_owned());
        return;
    }
    for one in schema["anyOf"].as_array().into_iter().flatten() {
        texts(one, at, found);
    }
    for (name, own) in schema["properties"].as_object().into_iter().flatten() {
        texts(own, &format!("{at}.{name}"), found);
    }
    if schema["items"].is_object() {
        texts(&schema["items"], &format!("{at}[]"), found);
    }
}
