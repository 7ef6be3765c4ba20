//! A new record's fields while they are filled in: what was said, what is proposed, what is asked for. An answer that
//! will not do is asked for again at once.

use std::collections::{BTreeMap, BTreeSet};

use super::ask::{Ask, Refused, said_text};
use super::flags::FlagValues;
use super::typed::Reader;
use crate::commands::common::session::Session;
use crate::record::{Field, Fields, Node, Part, new_file};
use crate::render::shown;

/// The fields of a new record and what they hold so far.
#[derive(Clone)]
pub struct Form<'f> {
    fields: &'f [Field],
    values: BTreeMap<String, Vec<String>>,
    ask: Option<&'f Ask>,
    reader: Reader<'f>,
    judge: Option<Judge<'f>>,
    /// Fields given with flags; the user is not asked for them.
    said: BTreeSet<String>,
    /// What was asked for, whether it was answered or left blank.
    asked: BTreeSet<String>,
    /// What stands for fields that may stay blank until they were asked for.
    stand_ins: BTreeMap<String, String>,
    /// What there was to choose from, by field.
    choices: BTreeMap<String, Vec<Choice>>,
    /// Fields that may stay blank.
    offered: BTreeSet<String>,
}

/// Says of a form why the answer that its field of that name holds will not do; nothing where it will.
pub type Judge<'f> = &'f dyn Fn(&Form, &str) -> anyhow::Result<Option<String>>;

/// A partly filled record, with placeholders for the rest.
pub struct PartialRecord {
    pub record: Fields<'static>,
    /// Nothing is still to be said.
    pub is_whole: bool,
}

/// Something to choose: how records write it, and how a person knows it.
pub type Choice = (String, String);

impl<'f> Form<'f> {
    /// A form with what was said.
    pub fn new(
        session: &'f Session,
        fields: &'f [Field],
        said: &FlagValues,
        ask: Option<&'f Ask>,
    ) -> anyhow::Result<Form<'f>> {
        let mut form = Form {
            fields,
            values: BTreeMap::new(),
            ask,
            reader: Reader::new(session, ask),
            judge: None,
            said: said.keys().cloned().collect(),
            asked: BTreeSet::new(),
            stand_ins: BTreeMap::new(),
            choices: BTreeMap::new(),
            offered: BTreeSet::new(),
        };
        for field in fields {
            let Some(values) = said.get(&field.name) else { continue };
            let mut texts = Vec::new();
            for value in values {
                texts.push(if field.is_long { said_text(value)? } else { form.reader.field(field, value)? });
            }
            // `--tickets ""` is a list of none.
            texts.retain(|text| !field.is_list || !text.is_empty());
            form.values.insert(field.name.clone(), texts);
        }
        let kept = ask.and_then(Ask::kept);
        for field in fields.iter().filter(|field| !field.is_nested) {
            let answer = kept.and_then(|kept| kept.get(&field.name)).filter(|_| !form.values.contains_key(&field.name));
            if let Some(answer) = answer {
                form.asked.insert(field.name.clone());
                form.values.insert(field.name.clone(), answer);
            }
        }
        Ok(form)
    }

    /// The form, whose answers are judged as they are given.
    pub fn judged_by(self, judge: Judge<'f>) -> Form<'f> {
        Form { judge: Some(judge), ..self }
    }

    /// What stands for a field that may stay blank until it was asked for.
    pub fn stand_in(&mut self, name: &str, value: &str) {
        self.stand_ins.insert(name.to_owned(), value.to_owned());
    }

    /// Forgets the answers to some questions, which are asked again.
    pub fn ask_again(&mut self, names: &[&str]) {
        for name in names {
            self.values.remove(*name);
            self.asked.remove(*name);
        }
    }

    /// Whether a field was said with a flag.
    pub fn was_stated(&self, name: &str) -> bool {
        self.said.contains(name)
    }

    /// The value of a field; the first of several.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name)?.first().map(String::as_str)
    }

    /// Fills a field in, unless it is already.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.values.entry(name.to_owned()).or_insert_with(|| vec![value.into()]);
    }

    /// Every value of a field.
    pub fn all(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }

    /// Fills a list in, unless it is already.
    pub fn set_all(&mut self, name: &str, values: Vec<String>) {
        self.values.entry(name.to_owned()).or_insert(values);
    }

    /// Nothing is filled in.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Proposes a value for a field: it is asked for on a terminal, and taken elsewhere.
    pub fn propose(&mut self, name: &str, value: &str) -> anyhow::Result<()> {
        let question = self.question(name);
        self.ask_until_it_will_do(name, |ask, _| Ok(Some(vec![ask.line(&question, Some(value))?])))?;
        self.set(name, value);
        Ok(())
    }

    /// Proposes a text of many lines for a field: it can be edited on a terminal, and is taken elsewhere.
    pub fn propose_text(&mut self, name: &str, text: &str) -> anyhow::Result<()> {
        let question = self.question(name);
        self.ask_until_it_will_do(name, |ask, refused| {
            let (before, why) = refused.map_or((text, None), |own| (own.text.as_str(), Some(own.why.as_str())));
            Ok(Some(vec![ask.edit(&question, before, why)?]))
        })?;
        self.set(name, text);
        Ok(())
    }

    /// Asks for a field that is not there yet until the answer will do, and says why one will not. `ask` is given the
    /// answer before and what was wrong with it.
    fn ask_until_it_will_do(
        &mut self,
        name: &str,
        question: impl Fn(&Ask, Option<&Refused>) -> anyhow::Result<Option<Vec<String>>>,
    ) -> anyhow::Result<()> {
        let Some(ask) = self.ask.filter(|_| !self.values.contains_key(name)) else { return Ok(()) };
        let mut refused: Option<Refused> = None;
        loop {
            if let Some(values) = question(ask, refused.as_ref())? {
                let values = self.read(name, values)?;
                self.values.insert(name.to_owned(), values);
            }
            self.asked.insert(name.to_owned());
            let why = match self.judge {
                Some(judge) => judge(self, name)?,
                None => None,
            };
            let Some(why) = why else {
                if let (Some(kept), Some(values)) = (ask.kept(), self.values.get(name)) {
                    kept.add(name, values);
                }
                return Ok(());
            };
            ask.refuse(&why);
            let text = self.values.remove(name).and_then(|values| values.into_iter().next()).unwrap_or_default();
            refused = Some(Refused { text, why });
        }
    }

    /// The answers for a field as records write them.
    fn read(&self, name: &str, answers: Vec<String>) -> anyhow::Result<Vec<String>> {
        match self.fields.iter().find(|field| field.name == name && !field.is_long) {
            Some(field) => answers.iter().map(|answer| self.reader.field(field, answer)).collect(),
            None => Ok(answers),
        }
    }

    /// Has one of some choices chosen for a field; any number of them where it is a list.
    pub fn choose(&mut self, name: &str, choices: &[Choice]) -> anyhow::Result<()> {
        if choices.is_empty() {
            return Ok(());
        }
        self.choices.insert(name.to_owned(), choices.to_vec());
        let shown: Vec<String> = choices.iter().map(|(_, words)| words.clone()).collect();
        let is_list = self.fields.iter().any(|field| field.name == name && field.is_list);
        let question = self.question(name);
        self.ask_until_it_will_do(name, |ask, _| {
            let chosen = if is_list { ask.choices(&question, &shown)? } else { vec![ask.choice(&question, &shown)?] };
            Ok(Some(chosen.into_iter().filter_map(|at| choices.get(at)).map(|(word, _)| word.clone()).collect()))
        })
    }

    /// Has any of some choices chosen for a list that may stay empty.
    pub fn choose_any(&mut self, name: &str, choices: &[Choice]) -> anyhow::Result<()> {
        if choices.is_empty() {
            return Ok(());
        }
        let shown: Vec<String> = choices.iter().map(|(_, words)| words.clone()).collect();
        let question = format!("{} (may stay empty)", self.question(name));
        self.ask_until_it_will_do(name, |ask, _| {
            let chosen = ask.any(&question, &shown)?;
            let words: Vec<String> =
                chosen.into_iter().filter_map(|at| choices.get(at)).map(|own| own.0.clone()).collect();
            Ok((!words.is_empty()).then_some(words))
        })
    }

    /// Asks for a field that may stay blank.
    pub fn offer(&mut self, name: &str) -> anyhow::Result<()> {
        self.offered.insert(name.to_owned());
        let question = format!("{} (may stay blank)", self.question(name));
        self.ask_until_it_will_do(name, |ask, _| Ok(ask.line_or_nothing(&question)?.map(|text| vec![text])))
    }

    /// Asks for everything that is required and not there yet.
    pub fn ask_for_the_rest(&mut self) -> anyhow::Result<()> {
        let fields = self.fields.iter().filter(|field| field.required && !field.is_nested);
        fields.map(|field| field.name.as_str()).try_for_each(|name| self.ask_for(name))
    }

    /// Asks for a field, unless it is there already.
    pub fn ask_for(&mut self, name: &str) -> anyhow::Result<()> {
        let Some(field) = self.fields.iter().find(|field| field.name == name) else { return Ok(()) };
        if !field.words.is_empty() {
            let words = field.words.iter();
            let choices: Vec<Choice> = words.map(|(word, about)| (word.clone(), format!("{word}: {about}"))).collect();
            return self.choose(name, &choices);
        }
        let (question, is_long) = (self.question(name), field.is_long);
        self.ask_until_it_will_do(name, |ask, refused| {
            Ok(Some(vec![if is_long { ask.text(&question, refused)? } else { ask.line(&question, None)? }]))
        })
    }

    /// Shows what was answered, and has answers changed until a person agrees. `false`: nothing is to be written.
    pub fn confirm(&mut self) -> anyhow::Result<bool> {
        let Some(ask) = self.ask.filter(|_| !self.asked.is_empty()) else { return Ok(true) };
        loop {
            let filled: Vec<(String, String)> = self.fields.iter().filter_map(|field| self.line(field)).collect();
            let lines: Vec<String> = filled.iter().map(|(name, text)| format!("{name}: {text}")).collect();
            lines.iter().for_each(|line| say!("  {}", shown(line)));
            let choices = ["yes: write it", "change an answer", "no: write nothing"].map(str::to_owned);
            match ask.choice("Is this right?", &choices)? {
                0 => return Ok(true),
                1 => {
                    let at = ask.choice("Which answer?", &lines)?;
                    if let Some((name, _)) = filled.get(at) {
                        self.change(ask, name)?;
                    }
                }
                _ => return Ok(false),
            }
        }
    }

    /// A field and its value in a line; `None` if it is blank.
    fn line(&self, field: &Field) -> Option<(String, String)> {
        let text = self.values.get(&field.name)?.join(", ");
        let first = text.lines().next().filter(|line| !line.is_empty())?.to_owned();
        Some((field.name.clone(), if text.trim_end().contains('\n') { format!("{first} …") } else { first }))
    }

    /// Asks again for a field that was answered, with the answer to begin with.
    fn change(&mut self, ask: &Ask, name: &str) -> anyhow::Result<()> {
        let before = self.values.remove(name).unwrap_or_default();
        let field = self.fields.iter().find(|field| field.name == name);
        if let Some(choices) = self.choices.get(name).cloned() {
            return self.choose(name, &choices);
        }
        let (text, question) = (before.join(", "), self.question(name));
        match field {
            Some(field) if field.is_long => self.ask_until_it_will_do(name, |_, refused| {
                let text = refused.map_or(text.trim_end(), |refused| refused.text.as_str());
                Ok(Some(vec![ask.edit(&question, text, refused.map(|refused| refused.why.as_str()))?]))
            }),
            _ if self.offered.contains(name) => self.offer(name),
            _ => self.propose(name, &text),
        }
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

    /// The fields that are filled in, in their order.
    pub fn fields(&self) -> Fields<'static> {
        let fill = |record: Fields<'static>, field: &Field| record.with_some(field.name.clone(), self.node(field));
        self.fields.iter().fold(Fields::new(), fill)
    }

    /// The record as far as it is filled in, `nested` in place of the fields that hold records of their own.
    pub fn trial(&self, nested: &[(&str, Node<'static>)]) -> PartialRecord {
        let mut is_whole = true;
        let mut record = Fields::new();
        for field in self.fields {
            let own = nested.iter().find(|(name, _)| *name == field.name).map(|(_, node)| node.clone());
            let stand_in = self.stand_ins.get(&field.name).filter(|_| !self.asked.contains(&field.name));
            let stand_in = stand_in.or(Some(&field.example).filter(|_| field.required && !field.is_nested));
            let node = own.or_else(|| self.node(field)).or_else(|| {
                let text = stand_in?.clone();
                is_whole = false;
                Some(if field.is_list { vec![text].into() } else { text.into() })
            });
            record = record.with_some(field.name.clone(), node);
        }
        PartialRecord { record, is_whole }
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
