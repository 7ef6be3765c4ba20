//! Every record that is written is read back to the same texts, lists and fields, whatever is in them.

use heatpack::load::parse_record;
use heatpack::record::{Faults, Fields, Kind, Node, to_yaml};
use proptest::prelude::*;

/// The texts, lists and fields of a tree, without their places.
#[derive(Debug, Clone, PartialEq)]
enum Tree {
    Text(String),
    List(Vec<Tree>),
    Map(Vec<(String, Tree)>),
}

impl Tree {
    fn of(node: &Node) -> Tree {
        match &node.kind {
            Kind::Text(text) => Tree::Text(text.to_string()),
            Kind::List(items) => Tree::List(items.iter().map(Tree::of).collect()),
            Kind::Map(entries) => {
                Tree::Map(entries.iter().map(|(key, value)| (key.text.to_string(), Tree::of(value))).collect())
            }
        }
    }

    fn node(&self) -> Node<'_> {
        match self {
            Tree::Text(text) => text.as_str().into(),
            Tree::List(items) => items.iter().map(Tree::node).collect::<Vec<_>>().into(),
            Tree::Map(entries) => {
                entries.iter().fold(Fields::new(), |fields, (key, value)| fields.with(key, value.node())).into()
            }
        }
    }
}

#[track_caller]
fn comes_back(tree: &Tree) {
    let written = to_yaml(&tree.node());
    let mut faults = Faults::default();
    let read = parse_record(&written, &mut faults).as_ref().map(Tree::of);
    assert_eq!(read.as_ref(), Some(tree), "{:?}\n{written}", faults.list);
    assert!(faults.list.is_empty(), "{:?}\n{written}", faults.list);
    assert!(written.ends_with('\n') && !written.contains('\r'), "{written:?}");
}

/// Texts that a writer of YAML gets wrong: pieces that mean something to YAML, put together at random.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "\n", "\n\n", " ", "  ", "\t", ": ", ":", " #", "#", "- ", "-", "? ", "? x", "---", "...", "|", ">", "|2-", "&a",
            "*a", "!t", "%", "@", "`", "'", "\"", "\\", "[", "]", "{", "}", ",", "<<", "~", "null", "no", "0123", "=", "\r",
            "\r\n", "\u{85}", "\u{2028}", "\u{feff}", "\u{0}", "\u{7f}", "\u{202e}", "\u{fffe}", "\u{1f600}", "é",
        ]).prop_map(str::to_owned),
        2 => "[a-z]{1,6}",
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..9).prop_map(|pieces| pieces.concat())
}

/// Texts as people write them: lines with words, some of them indented or blank.
fn prose() -> impl Strategy<Value = String> {
    let line = ("[ ]{0,4}", "[A-Za-z0-9 .:#'*-]{0,30}").prop_map(|(indent, words)| format!("{indent}{words}"));
    (prop::collection::vec(line, 1..6), "\n{0,3}").prop_map(|(lines, end)| format!("{}{end}", lines.join("\n")))
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![hostile(), prose(), any::<String>()]
}

fn tree() -> impl Strategy<Value = Tree> {
    text().prop_map(Tree::Text).prop_recursive(4, 24, 4, |inner| {
        let key = prop_oneof![3 => "[a-z_]{1,12}", 1 => hostile()];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Tree::List),
            prop::collection::vec((key, inner), 0..5).prop_map(Tree::Map),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_back(tree in tree()) {
        comes_back(&tree);
    }

    #[test]
    fn a_field_is_read_back_wherever_it_stands(first in text(), last in text()) {
        let fields = || vec![("a".to_owned(), Tree::Text(first.clone())), ("b".to_owned(), Tree::Text(last.clone()))];
        comes_back(&Tree::Map(fields()));
        comes_back(&Tree::Map(vec![("log".to_owned(), Tree::List(vec![Tree::Map(fields()), Tree::Map(fields())]))]));
        comes_back(&Tree::List(vec![Tree::Text(first.clone()), Tree::Text(last.clone())]));
    }
}

/// The mark of a block text is the one before it, not the next one in the file.
#[test]
fn a_key_that_looks_like_the_mark_of_a_text_is_a_key() {
    let text = Tree::Text("\n  : ".to_owned());
    let fields = vec![("a".to_owned(), Tree::List(vec![text])), ("|".to_owned(), Tree::Text("  #null".to_owned()))];
    comes_back(&Tree::Map(fields));
}

#[test]
fn texts_that_yaml_has_other_words_for_stay_texts() {
    for text in [
        "", "~", "null", "no", "0123", "<<", "- x", "? x", "a: b", "a #b", "x:", "#", "[x]", "{x}", "&x", "*x", "!x",
        "|", ">",
    ] {
        comes_back(&Tree::Map(vec![("title".to_owned(), Tree::Text(text.to_owned()))]));
        comes_back(&Tree::List(vec![Tree::Text(text.to_owned())]));
    }
}
