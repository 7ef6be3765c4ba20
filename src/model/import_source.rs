//! The source of a value in an export: a column, the meaning of its cells, and the value of a blank cell.

use serde_json::{Value as Json, json};

use super::settings::entries;
use super::{Spanned, Text, folded};
use crate::record::{Faults, Kind, Mapping, Node, RuleId, Value, described, or_blank};

/// The source of a value.
#[derive(Debug, Clone)]
pub struct Source<T> {
    /// The headings of the columns; the first one whose cell is not blank counts.
    pub columns: Vec<Spanned<Text>>,
    /// A column whose cell follows behind a blank, such as the time of a date that has its own.
    pub and: Option<Spanned<Text>>,
    /// The meaning of some cells, compared without regard to case.
    pub values: Vec<(String, T)>,
    /// The value of a blank cell.
    pub default: Option<T>,
    /// The value of any other cell that is not valid.
    pub otherwise: Option<T>,
}

const FIELDS: [&str; 5] = ["column", "and", "values", "default", "otherwise"];

impl<T> Source<T> {
    /// The value of a cell by the map alone.
    pub fn translated(&self, cell: &str) -> Option<&T> {
        let cell = folded(cell);
        self.values.iter().find(|(from, _)| *from == cell).map(|(_, to)| to)
    }
}

impl<T: Value + Clone> Value for Source<T> {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        if let Kind::Text(_) = node.kind {
            if node.is_blank() {
                let help = "write the heading of the column, or `{default: …}` for a value that all tickets share";
                faults.invalid(node.span, "the column is missing", help);
                return None;
            }
            let column = Spanned::<Text>::decode(node, faults)?;
            return Some(Source {
                columns: vec![column],
                and: None,
                values: Vec::new(),
                default: None,
                otherwise: None,
            });
        }
        let mapping = Mapping::new(node, "a source", &FIELDS, faults)?;
        let columns = mapping.field::<Columns>("column", Some(Columns(Vec::new())), faults);
        let and = mapping.field::<Option<Spanned<Text>>>("and", None, faults);
        let values = mapping.field::<Translations<T>>("values", Some(Translations(Vec::new())), faults);
        let default = mapping.field::<Option<T>>("default", None, faults);
        let otherwise = mapping.field::<Option<T>>("otherwise", None, faults);
        let source =
            Source { columns: columns?.0, and: and?, values: values?.0, default: default?, otherwise: otherwise? };
        if source.columns.is_empty() && source.default.is_none() {
            mapping.missing("column", mapping.span, faults);
            return None;
        }
        Some(source)
    }

    fn schema() -> Json {
        let field = |schema, about| described(schema, about);
        let properties = json!({
            "column": field(Columns::schema(), "the heading of the column, or several: the first that is filled counts"),
            "and": field(or_blank(Text::schema()), "a column whose cell follows behind a blank: the time of a date, a last name"),
            "values": field(Translations::<T>::schema(), "what its cells stand for, whatever their case"),
            "default": field(or_blank(T::schema()), "what a blank cell stands for"),
            "otherwise": field(or_blank(T::schema()), "what any other cell stands for"),
        });
        let mapping = json!({"type": "object", "additionalProperties": false, "properties": properties});
        json!({"anyOf": [Text::schema(), mapping]})
    }
}

/// One heading, or several.
#[derive(Debug, Clone)]
pub struct Columns(pub Vec<Spanned<Text>>);

impl Value for Columns {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        match &node.kind {
            Kind::List(_) => Vec::decode(node, faults).map(Columns),
            _ => Spanned::<Text>::decode(node, faults).map(|column| Columns(vec![column])),
        }
    }

    fn schema() -> Json {
        json!({"anyOf": [Text::schema(), Vec::<Text>::schema()]})
    }
}

/// The meaning of cells.
#[derive(Debug, Clone)]
struct Translations<T>(Vec<(String, T)>);

impl<T: Value> Value for Translations<T> {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        let mut list: Vec<(String, T)> = Vec::new();
        let mut good = true;
        let pairs = entries(node, "`values`", faults)?;
        for (index, (key, value)) in pairs.iter().enumerate() {
            let from = folded(&key.text);
            // One that is written twice just so was reported already.
            let is_repeated = pairs[..index].iter().any(|(other, _)| other.text == key.text);
            if !is_repeated && list.iter().any(|(other, _)| *other == from) {
                faults
                    .add(RuleId::DuplicateKey, key.span, format!("`{}` is written twice, case aside", key.text))
                    .help("keep one of the two and delete the other");
                good = false;
            }
            match T::decode(value, faults) {
                Some(to) => list.push((from, to)),
                None => good = false,
            }
        }
        good.then_some(Translations(list))
    }

    fn schema() -> Json {
        json!({"type": ["object", "null"], "additionalProperties": T::schema()})
    }
}
