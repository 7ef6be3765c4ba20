//! The reader of YAML, the decoders of every kind of record, and an entry added to a log.

use heatpack::load::{append, parse};
use heatpack::model::{
    Answer, Board, Change, ImportMap, Meeting, Poc, RuleId, SCHEMAS, SettingsFile, Staff, Subject, Ticket, Vote,
};
use heatpack::record::{Faults, Fields, Kind, Node, Value, to_yaml};

use super::{places, within};

type Decoder = fn(&Node, &mut Faults) -> bool;

/// One for each kind of record.
const DECODERS: [Decoder; SCHEMAS.len()] = [
    decodes::<Ticket>,
    decodes::<Poc>,
    decodes::<Answer>,
    decodes::<Change>,
    decodes::<Vote>,
    decodes::<Meeting>,
    decodes::<Vec<Subject>>,
    decodes::<Vec<Staff>>,
    decodes::<Board>,
    decodes::<SettingsFile>,
    decodes::<ImportMap>,
];

fn decodes<T: Value>(node: &Node, faults: &mut Faults) -> bool {
    T::decode(node, faults).is_some()
}

/// Any bytes as the text of a record.
pub fn yaml(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let mut faults = Faults::default();
    let Some(node) = parse(&text, &mut faults) else {
        assert!(faults.list.iter().any(|fault| fault.rule == RuleId::Syntax), "refused without a reason");
        return places(&text, &faults);
    };
    assert!(faults.list.is_empty(), "read, and yet refused: {:?}", faults.list);
    nodes(&text, &node);
    for decoder in DECODERS {
        let mut faults = Faults { zone: Some(chrono_tz::America::New_York), ..Faults::default() };
        if !decoder(&node, &mut faults) {
            assert!(!faults.list.is_empty(), "skipped without a reason");
        }
        places(&text, &faults);
    }
    written_again(&node);
    appended(&text, &node);
}

/// Every node lies in the text, and a list or mapping around what it holds.
fn nodes(text: &str, node: &Node) {
    within(text, node.span, "a node");
    match &node.kind {
        Kind::Text(_) => {}
        Kind::List(items) => items.iter().for_each(|item| nodes(text, item)),
        Kind::Map(entries) => {
            for (key, value) in entries {
                within(text, key.span, "a key");
                nodes(text, value);
            }
        }
    }
}

/// What is written says the same when it is read.
fn written_again(node: &Node) {
    let written = to_yaml(node);
    let mut faults = Faults::default();
    // What is nested too deep, or is too much, when it is written otherwise is refused; nothing is read as something else.
    if let Some(read) = parse(&written, &mut faults) {
        assert!(read.says_the_same_as(node), "written as something else:\n{written}");
    }
}

/// An entry that is added to a log is there, and all else is as it was.
fn appended(text: &str, node: &Node) {
    let entry: Node =
        Fields::new().with("at", "2026-11-18 09:00").with("event", "note").with("note", "One: 'two'\n").into();
    let Ok(new) = append(text, &entry) else { return };
    let mut faults = Faults::default();
    let body = new.strip_prefix('\u{feff}').unwrap_or(&new);
    let read = parse(body, &mut faults).expect("what was added to can be read");
    let (old, log) = (node.get("log"), read.get("log").expect("a log").items());
    let before = old.map_or(&[][..], |old| old.items());
    assert_eq!(log.len(), before.len() + 1, "one entry is added");
    assert!(log.iter().zip(before).all(|(new, old)| new.says_the_same_as(old)), "an entry was changed");
    assert!(log.last().is_some_and(|last| last.says_the_same_as(&entry)), "another entry was added");
    let kept =
        |text: &str| text.split('\n').map(|line| line.trim_end().to_owned()).filter(|line| !line.is_empty()).count();
    assert!(kept(&new) >= kept(text), "lines are gone");
}
