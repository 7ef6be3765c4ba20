//! Questions on a terminal: a text, a choice, a text of many lines. Without a terminal, nothing is asked.

use std::cell::{Cell, RefCell};
use std::fmt::Write as _;
use std::io::{self, IsTerminal, Read};

use anyhow::{Context as _, bail};
use dialoguer::Editor;
use dialoguer::console::{Term, measure_text_width, truncate_str};
use dialoguer::theme::{ColorfulTheme, SimpleTheme, Theme};

use super::kept::Kept;
use super::keys::{Key, Keys, drain};
use super::line::{Buffer, place};
use crate::render::shown;

/// An answer that would not do.
pub struct Refused {
    pub text: String,
    pub why: String,
}

/// Asks questions on the terminal.
pub struct Ask {
    theme: Box<dyn Theme>,
    /// A question was asked: what is typed after the last one is not for the shell.
    has_asked: Cell<bool>,
    /// The last answer as it is shown.
    last: RefCell<String>,
    /// Where the answers are kept until the record is written.
    kept: Option<Kept>,
}

/// The most choices that are shown at once.
const ROWS: usize = 12;

/// What ends with Ctrl-C, or where nothing was chosen.
const NOTHING: &str = "nothing was chosen, and nothing was written";
const INTERRUPTED: &str = "interrupted, and nothing was written";

impl Ask {
    /// Who can be asked; none where the answers or the questions would go through a pipe or file.
    pub fn new(colors: bool) -> Option<Ask> {
        let is_there = io::stdin().is_terminal() && io::stderr().is_terminal();
        let theme: Box<dyn Theme> = if colors { Box::new(ColorfulTheme::default()) } else { Box::new(SimpleTheme) };
        is_there.then(|| Ask { theme, has_asked: Cell::new(false), last: RefCell::default(), kept: None })
    }

    /// The same, of which the answers about a record are kept.
    pub fn keeping(mut self, kept: Kept) -> Ask {
        self.kept = Some(kept);
        self
    }

    /// Where the answers are kept.
    pub fn kept(&self) -> Option<&Kept> {
        self.kept.as_ref()
    }

    /// A line of text. What is pasted is joined into one.
    pub fn line(&self, question: &str, proposal: Option<&str>) -> anyhow::Result<String> {
        loop {
            let typed = self.typed(question, proposal, Buffer::line())?;
            match (typed.trim(), proposal) {
                ("", Some(proposal)) => return Ok(proposal.to_owned()),
                ("", None) => say!("this needs an answer"),
                (text, _) => return Ok(text.to_owned()),
            }
        }
    }

    /// A line of text, or nothing.
    pub fn line_or_nothing(&self, question: &str) -> anyhow::Result<Option<String>> {
        let text = self.typed(question, None, Buffer::line())?.trim().to_owned();
        Ok((!text.is_empty()).then_some(text))
    }

    /// Whether a person agrees. Only `y` or `yes` that is typed once the question is there is consent: what was typed
    /// before it, which may be a part of some other text, is thrown away.
    pub fn consent(&self, question: &str) -> anyhow::Result<bool> {
        drain();
        loop {
            let typed = self.typed(&format!("{question} [y/N]"), None, Buffer::line())?;
            match typed.trim().to_lowercase().as_str() {
                "y" | "yes" => return Ok(true),
                "" | "n" | "no" => return Ok(false),
                _ => say!("answer y or n"),
            }
        }
    }

    /// One of some choices, by its place.
    pub fn choice(&self, question: &str, choices: &[String]) -> anyhow::Result<usize> {
        let chosen = self.chosen(question, choices, false)?;
        chosen.into_iter().next().context(NOTHING)
    }

    /// Any of some choices, one at least, by their places.
    pub fn choices(&self, question: &str, choices: &[String]) -> anyhow::Result<Vec<usize>> {
        let question = format!("{question} (space marks one, enter goes on)");
        loop {
            let chosen = self.chosen(&question, choices, true)?;
            if !chosen.is_empty() {
                return Ok(chosen);
            }
            say!("mark at least one with the space key");
        }
    }

    /// Any of some choices, or none, by their places.
    pub fn any(&self, question: &str, choices: &[String]) -> anyhow::Result<Vec<usize>> {
        self.chosen(&format!("{question} (space marks one, enter goes on)"), choices, true)
    }

    /// Says why an answer will not do; it is asked for again. The mark of the answer says so, too.
    pub fn refuse(&self, why: &str) {
        let (term, last) = (Term::stderr(), self.last.take());
        let is_in_a_row = measure_text_width(&last) < usize::from(term.size().1);
        if last.contains('✔') && is_in_a_row {
            let refused = last.replace("\u{1b}[32m✔", "\u{1b}[31m✘").replace('✔', "✘");
            drop(term.move_cursor_up(1).and_then(|()| term.clear_line()).and_then(|()| term.write_line(&refused)));
        }
        say!("{}", shown(why));
    }

    /// A text of any number of lines, from the editor that VISUAL or EDITOR names; else typed or pasted. One that was
    /// refused is there again.
    pub fn text(&self, question: &str, refused: Option<&Refused>) -> anyhow::Result<String> {
        match refused {
            Some(refused) => self.edit(question, &refused.text, Some(&refused.why)),
            None => self.edit(question, "", None),
        }
    }

    /// The same for a text that exists `before`; `why` it was refused, if it was.
    pub fn edit(&self, question: &str, before: &str, why: Option<&str>) -> anyhow::Result<String> {
        let Some(editor) = editor() else {
            let question = format!("{question} (Alt-Enter starts a new line)");
            loop {
                let text = tidy(&self.typed(&question, None, Buffer::text(before))?);
                if !text.trim().is_empty() {
                    return Ok(text);
                }
                say!("this needs an answer");
            }
        };
        let mut form = Editor::new();
        form.executable(editor).extension(".md").require_save(true);
        let why = why.map(|why| format!("{}. ", shown(why))).unwrap_or_default();
        let head = format!("{before}\n<!-- {why}{}. {KEPT} -->\n", shown(question));
        let text = form.edit(&head).context("the editor did not start: set VISUAL or EDITOR to one that does")?;
        let text = text.unwrap_or_default();
        // The text itself may have comments.
        let kept = match text.rsplit_once("<!--") {
            Some((kept, last)) if last.contains(KEPT) => kept,
            _ => &text,
        };
        let kept = tidy(kept);
        if kept.is_empty() {
            bail!("nothing was written in the editor, and nothing was written to the records");
        }
        Ok(kept)
    }

    /// What is typed and pasted until Enter.
    fn typed(&self, question: &str, proposal: Option<&str>, mut buffer: Buffer) -> anyhow::Result<String> {
        self.has_asked.set(true);
        let (term, question) = (Term::stderr(), shown(question));
        let mut prompt = String::new();
        self.theme.format_input_prompt(&mut prompt, &question, proposal)?;
        let mut keys = Keys::new().context(NOT_ASKED)?;
        let mut drawing = Drawing { term: &term, row: 0 };
        drawing.text(&prompt, &buffer).context(NOT_ASKED)?;
        loop {
            match keys.next().context(NOT_ASKED)? {
                Key::Enter if buffer.takes_lines() && keys.has_more() => buffer.insert("\n"),
                Key::Enter => break,
                Key::Interrupt => {
                    say!("");
                    bail!(INTERRUPTED)
                }
                // Most keys add a letter at the end: nothing needs to be drawn again.
                Key::Char(own) if buffer.is_at_end() && drawing.has_room(&prompt, &buffer, own) => {
                    buffer.take(Key::Char(own));
                    term.write_str(own.encode_utf8(&mut [0; 4])).context(NOT_ASKED)?;
                    continue;
                }
                key => buffer.take(key),
            }
            drawing.text(&prompt, &buffer).context(NOT_ASKED)?;
        }
        let text = buffer.value();
        let answer = if text.trim().is_empty() { proposal.unwrap_or_default() } else { text.trim() };
        let mut said = String::new();
        self.theme.format_input_prompt_selection(&mut said, &question, &in_a_line(answer))?;
        drawing.clear().and_then(|()| term.write_line(&said)).context(NOT_ASKED)?;
        self.last.replace(said);
        Ok(text)
    }

    /// The choices that are chosen, by their places. Typing shows those only that hold what is typed.
    fn chosen(&self, question: &str, choices: &[String], many: bool) -> anyhow::Result<Vec<usize>> {
        self.has_asked.set(true);
        let (term, question) = (Term::stderr(), shown(question));
        let choices: Vec<String> = choices.iter().map(|choice| shown(choice)).collect();
        let mut keys = Keys::new().context(NOT_ASKED)?;
        let mut list = List { choices: &choices, filter: String::new(), at: 0, marked: vec![false; choices.len()] };
        let mut drawing = Drawing { term: &term, row: 0 };
        loop {
            let (prompt, lines) = self.list(&question, &list, many)?;
            drawing.lines(&prompt, &lines).context(NOT_ASKED)?;
            let key = keys.next().context(NOT_ASKED)?;
            match (key, list.current()) {
                (Key::Interrupt, _) => bail!(INTERRUPTED),
                (Key::Escape, _) if list.filter.is_empty() => bail!(NOTHING),
                (Key::Char(' '), Some(at)) if many => list.marked[at] = !list.marked[at],
                (Key::Enter, Some(at)) => {
                    let chosen: Vec<usize> = match many {
                        true => list.marked.iter().enumerate().filter(|(_, is)| **is).map(|(at, _)| at).collect(),
                        false => vec![at],
                    };
                    let names: Vec<&str> = chosen.iter().map(|at| choices[*at].as_str()).collect();
                    let mut said = String::new();
                    self.theme.format_input_prompt_selection(&mut said, &question, &names.join(", "))?;
                    drawing.clear().and_then(|()| term.write_line(&said)).context(NOT_ASKED)?;
                    self.last.replace(said);
                    return Ok(chosen);
                }
                (key, _) => list.take(key),
            }
        }
    }

    /// A question, and the choices that are shown, a line each.
    fn list(&self, question: &str, list: &List, many: bool) -> anyhow::Result<(String, Vec<String>)> {
        let mut prompt = String::new();
        self.theme.format_select_prompt(&mut prompt, question)?;
        if !list.filter.is_empty() {
            write!(prompt, " {}", list.filter)?;
        }
        let (fitting, mut lines) = (list.fitting(), Vec::new());
        let first = list.at / ROWS * ROWS;
        for (index, at) in fitting.iter().enumerate().skip(first).take(ROWS) {
            let mut line = String::new();
            let (text, is_current) = (&list.choices[*at], index == list.at);
            match many {
                true => self.theme.format_multi_select_prompt_item(&mut line, text, list.marked[*at], is_current)?,
                false => self.theme.format_select_prompt_item(&mut line, text, is_current)?,
            }
            lines.push(line);
        }
        match fitting.len() {
            0 => lines.push("  no match; Esc shows all again".to_owned()),
            all if all > ROWS => lines.push(format!("  {} of {all}; type to search", list.at + 1)),
            _ => {}
        }
        Ok((prompt, lines))
    }
}

impl Drop for Ask {
    fn drop(&mut self) {
        if self.has_asked.get() {
            drain();
        }
    }
}

/// The end of the comment below a text in the editor.
const KEPT: &str = "What you write above this line is kept.";

/// Why a question cannot be asked, before the system's reason.
const NOT_ASKED: &str = "the question was not answered";

/// Choices, and which of them is the current one.
struct List<'c> {
    choices: &'c [String],
    /// What was typed: only choices that hold it are shown.
    filter: String,
    /// The current one among those that are shown.
    at: usize,
    marked: Vec<bool>,
}

impl List<'_> {
    /// The places of those that are shown.
    fn fitting(&self) -> Vec<usize> {
        let wanted = self.filter.to_lowercase();
        let fits = |(_, choice): &(usize, &String)| choice.to_lowercase().contains(&wanted);
        self.choices.iter().enumerate().filter(fits).map(|(at, _)| at).collect()
    }

    /// The place of the current one.
    fn current(&self) -> Option<usize> {
        self.fitting().get(self.at).copied()
    }

    fn take(&mut self, key: Key) {
        let last = self.fitting().len().saturating_sub(1);
        match key {
            Key::Up => self.at = if self.at == 0 { last } else { self.at - 1 },
            Key::Down => self.at = if self.at >= last { 0 } else { self.at + 1 },
            Key::Left => self.at = self.at.saturating_sub(ROWS),
            Key::Right => self.at = (self.at + ROWS).min(last),
            Key::Home => self.at = 0,
            Key::End => self.at = last,
            Key::Escape => self.search(String::new()),
            Key::Backspace => {
                let mut filter = self.filter.clone();
                filter.pop();
                self.search(filter);
            }
            Key::Char(' ') if self.filter.is_empty() => {}
            Key::Char(own) => self.search(format!("{}{own}", self.filter)),
            // A list takes no more than a line, and never an Enter that was pasted.
            Key::Paste(text) => self.search(in_a_line(text.trim())),
            Key::Enter | Key::NewLine | Key::Delete | Key::Interrupt | Key::Other => {}
        }
    }

    fn search(&mut self, filter: String) {
        (self.filter, self.at) = (filter, 0);
    }
}

/// The first line of a text, and how many more there are.
fn in_a_line(text: &str) -> String {
    let first = text.lines().next().unwrap_or_default();
    match text.lines().count() {
        0 | 1 => shown(first),
        lines => format!("{} (+ {} more)", shown(first), crate::report::words::counted(lines - 1, "line")),
    }
}

/// What a question shows; it is redrawn in place as keys come.
struct Drawing<'t> {
    term: &'t Term,
    /// The row of the cursor, from the first one of the question.
    row: usize,
}

impl Drawing<'_> {
    fn columns(&self) -> usize {
        usize::from(self.term.size().1).max(20)
    }

    /// Clears the question away.
    fn clear(&mut self) -> io::Result<()> {
        self.term.move_cursor_up(self.row)?;
        self.row = 0;
        self.term.write_str("\r")?;
        self.term.clear_to_end_of_screen()
    }

    /// Draws a prompt and what was typed so far.
    fn text(&mut self, prompt: &str, buffer: &Buffer) -> io::Result<()> {
        self.clear()?;
        let (columns, width) = (self.columns(), measure_text_width(prompt));
        let (before, after) = buffer.shown();
        let end = place(width, &format!("{before}{after}"), columns);
        let cursor = place(width, &before, columns);
        // After the last column of a row the terminal goes on to the next with the next character only.
        let wrap =
            if end.column == 0 && end.row > 0 && !format!("{before}{after}").ends_with('\n') { "\n" } else { "" };
        self.term.write_str(&format!("{prompt}{before}{after}{wrap}"))?;
        self.term.move_cursor_up(end.row - cursor.row)?;
        self.term.write_str("\r")?;
        self.term.move_cursor_right(cursor.column)?;
        self.row = cursor.row;
        self.term.flush()
    }

    /// Whether one more character stands in the row of the last one.
    fn has_room(&self, prompt: &str, buffer: &Buffer, own: char) -> bool {
        let columns = self.columns();
        let at = place(measure_text_width(prompt), &buffer.shown().0, columns);
        at.column + measure_text_width(&own.to_string()) < columns
    }

    /// Draws a question and lines below it, none of which takes more than a row.
    fn lines(&mut self, question: &str, lines: &[String]) -> io::Result<()> {
        self.clear()?;
        self.term.write_line(question)?;
        for line in lines {
            self.term.write_line(&truncate_str(line, self.columns() - 1, "…"))?;
        }
        self.row = measure_text_width(question).max(1).div_ceil(self.columns()) + lines.len();
        self.term.flush()
    }
}

/// The editor that is wished for.
fn editor() -> Option<String> {
    let of = |name| std::env::var(name).ok().filter(|editor| !editor.trim().is_empty());
    of("VISUAL").or_else(|| of("EDITOR"))
}

/// A text that was said: `-` is what stands on standard input.
pub fn said_text(text: &str) -> anyhow::Result<String> {
    if text != "-" {
        return Ok(tidy(text));
    }
    let mut bytes = Vec::new();
    let limit = crate::load::LARGEST;
    std::io::stdin().lock().take(limit).read_to_end(&mut bytes).context("cannot read standard input")?;
    let text = String::from_utf8(bytes).context("what comes on standard input is not UTF-8")?;
    Ok(tidy(text.strip_prefix('\u{feff}').unwrap_or(&text)))
}

/// A text with `\n` as its line ends and without blank ones around it; of several lines the last has its end too.
fn tidy(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let text = lines.join("\n");
    let text = text.trim_matches('\n').trim_end();
    if text.contains('\n') { format!("{text}\n") } else { text.trim().to_owned() }
}
