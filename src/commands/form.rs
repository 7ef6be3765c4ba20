//! A new record's fields while they are filled in: what was said, what is proposed, what is asked for.

use std::collections::BTreeMap;

use super::ask::{Ask, said_text};
use super::flags::Said;
use crate::record::{Field, Node, Part, new_file};

/// The fields of a new record and what they hold so far.
pub struct Form<'f> {
    fields: &'f [Field],
    values: BTreeMap<String, Vec<String>>,
    ask: Option<&'f Ask>,
}

/// Something to choose: how records write it, and how a person knows it.
pub type Choice = (String, String);

impl<'f> Form<'f> {
    /// A form with what was said.
    pub fn new(fields: &'f [Field], said: &Said, ask: Option<&'f Ask>) -> anyhow::Result<Form<'f>> {
        let mut form = Form { fields, values: BTreeMap::new(), ask };
        for field in fields {
            let Some(values) = said.get(&field.name) else { continue };
            let mut texts = Vec::new();
            for value in values {
                texts.push(if field.is_long { said_text(value)? } else { value.trim().to_owned() });
            }
            // `--tickets ""` is a list of none.
            texts.retain(|text| !field.is_list || !text.is_empty());
            form.values.insert(field.name.clone(), texts);
        }
        Ok(form)
    }

    /// The value of a field; the first of several.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name)?.first().map(String::as_str)
    }

    /// Fills a field in, unless it is already.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.values.entry(name.to_owned()).or_insert_with(|| vec![value.into()]);
    }

    /// Puts a value in place of whatever a field holds.
    pub fn replace(&mut self, name: &str, value: String) {
        self.values.insert(name.to_owned(), vec![value]);
    }

    /// Nothing is filled in.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Proposes a value for a field: it is asked for on a terminal, and taken elsewhere.
    pub fn propose(&mut self, name: &str, value: &str) -> anyhow::Result<()> {
        if !self.values.contains_key(name) {
            let value = match self.ask {
                Some(ask) => ask.line(&self.question(name), Some(value))?,
                None => value.to_owned(),
            };
            self.set(name, value);
        }
        Ok(())
    }

    /// Has one of some choices chosen for a field; any number of them where it is a list.
    pub fn choose(&mut self, name: &str, choices: &[Choice]) -> anyhow::Result<()> {
        let Some(ask) = self.ask.filter(|_| !self.values.contains_key(name) && !choices.is_empty()) else {
            return Ok(());
        };
        let shown: Vec<String> = choices.iter().map(|(_, words)| words.clone()).collect();
        let is_list = self.fields.iter().any(|field| field.name == name && field.is_list);
        let question = self.question(name);
        let chosen = if is_list { ask.choices(&question, &shown)? } else { vec![ask.choice(&question, &shown)?] };
        let values = chosen.into_iter().filter_map(|at| choices.get(at)).map(|(word, _)| word.clone());
        self.values.insert(name.to_owned(), values.collect());
        Ok(())
    }

    /// Asks for a field that may stay blank.
    pub fn offer(&mut self, name: &str) -> anyhow::Result<()> {
        if let Some(ask) = self.ask.filter(|_| !self.values.contains_key(name))
            && let Some(text) = ask.line_or_nothing(&format!("{} (may stay blank)", self.question(name)))?
        {
            self.set(name, text);
        }
        Ok(())
    }

    /// Asks for everything that is required and not there yet.
    pub fn ask_for_the_rest(&mut self) -> anyhow::Result<()> {
        let fields = self.fields.iter().filter(|field| field.required && !field.is_nested);
        fields.map(|field| field.name.as_str()).try_for_each(|name| self.ask_for(name))
    }

    /// Asks for a field, unless it is there already.
    pub fn ask_for(&mut self, name: &str) -> anyhow::Result<()> {
        let Some(ask) = self.ask.filter(|_| !self.values.contains_key(name)) else { return Ok(()) };
        let Some(field) = self.fields.iter().find(|field| field.name == name) else { return Ok(()) };
        if !field.words.is_empty() {
            let words = field.words.iter();
            let choices: Vec<Choice> = words.map(|(word, about)| (word.clone(), format!("{word}: {about}"))).collect();
            return self.choose(name, &choices);
        }
        let question = self.question(name);
        let text = if field.is_long { ask.text(&question)? } else { ask.line(&question, None)? };
        self.set(name, text);
        Ok(())
    }

    /// The flags of what is required and not there.
    pub fn lacks(&self) -> Vec<String> {
        let lacking = self.fields.iter().filter(|field| {
            field.required && !field.is_nested && self.get(&field.name).is_none_or(|text| text.trim().is_empty())
        });
        // A list may be an empty one.
        let lacking = lacking.filter(|field| !(field.is_list && self.values.contains_key(&field.name)));
        lacking.map(|field| format!("--{}", field.name.replace('_', "-"))).collect()
    }

    fn question(&self, name: &str) -> String {
        let about = self.fields.iter().find(|field| field.name == name).map(|field| field.about.as_str());
        about.unwrap_or(name).trim_end_matches('.').to_owned()
    }

    /// The value of a field as a record has it.
    pub fn node(&self, field: &Field) -> Option<Node<'static>> {
        let values = self.values.get(&field.name)?;
        Some(if field.is_list { values.clone().into() } else { values.first().cloned().unwrap_or_default().into() })
    }

    /// The file: the fields in their order, `nested` in place of those that hold records of their own, and what may
    /// follow as comments.
    pub fn file(&self, schema: &str, nested: &[(&str, Node<'static>)], comments: &[(&str, String)]) -> String {
        let mut parts = Vec::new();
        for field in self.fields {
            let comment = comments.iter().filter(|(name, _)| *name == field.name);
            parts.extend(comment.map(|(_, text)| Part::Comment(text.clone())));
            let own = nested.iter().find(|(name, _)| *name == field.name).map(|(_, node)| node.clone());
            match own.or_else(|| self.node(field)) {
                Some(node) => parts.push(Part::Value(&field.name, node)),
                None if !field.required && !field.is_nested => parts.push(Part::Later(field)),
                None => {}
            }
        }
        new_file(schema, &parts)
    }
}
