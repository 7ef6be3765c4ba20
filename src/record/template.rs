//! The file of a new record: the schema for editors, the fields, and comments about what can follow.

use super::{Field, Fields, Node, to_yaml};

/// A part of a new file.
#[derive(Debug, Clone)]
pub enum Part<'a> {
    /// A field with its value.
    Value(&'a str, Node<'a>),
    /// A field that may be filled in later.
    Later(&'a Field),
    /// A comment line for the person who opens the file.
    Comment(String),
}

/// The file; `schema` is the path of its JSON Schema, from the file's folder.
pub fn new_file(schema: &str, parts: &[Part]) -> String {
    let mut out = format!("# yaml-language-server: $schema={schema}\n");
    for part in parts {
        match part {
            Part::Value(name, value) => out.push_str(&to_yaml(&Fields::new().with(*name, value.clone()).into())),
            Part::Later(field) => {
                out.push_str(&format!("## {}\n{}\n", field.about.trim_end_matches('.'), placeholder(field)))
            }
            Part::Comment(text) => out.push_str(&format!("# {text}\n")),
        }
    }
    out
}

/// The line of a field that may be filled in later: `# priority: emergency | urgent`, to be freed of the `#`. Before it
/// is the explanation, `## how soon it is needed`: no comment may follow a value, and this one stays a comment where both
/// lose a `#`.
pub fn placeholder(field: &Field) -> String {
    let words: Vec<&str> = field.words.iter().map(|(word, _)| word.as_str()).collect();
    let value = match (words.is_empty(), field.is_long, field.is_list) {
        (false, _, true) => format!("[{}]", words.join(", ")),
        (false, ..) => words.join(" | "),
        (true, true, false) => "|".to_owned(),
        (true, _, true) => "[]".to_owned(),
        (true, ..) => "…".to_owned(),
    };
    format!("# {}: {value}", field.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Change;
    use crate::record::{Value, fields_of};

    #[test]
    fn what_may_follow_stands_there_as_comments() {
        let fields = fields_of(&Change::schema(), &["priority", "effort", "impact"]);
        let mut parts = vec![Part::Value("title", "a: b".into())];
        parts.extend(fields.iter().map(Part::Later));
        parts.push(Part::Comment("See `heatpack log`.".to_owned()));
        parts.push(Part::Value("log", Vec::<&str>::new().into()));
        let expected = "# yaml-language-server: $schema=../x.json\ntitle: \"a: b\"\n\
                        ## Emergency, urgent or routine\n# priority: emergency | urgent | routine\n\
                        ## The effort, as text\n# effort: …\n\
                        ## The impact if it is not done (Markdown)\n# impact: |\n\
                        # See `heatpack log`.\nlog: []\n";
        assert_eq!(new_file("../x.json", &parts), expected);
    }
}
