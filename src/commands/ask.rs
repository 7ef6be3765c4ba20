//! Questions on a terminal: a text, a choice, a text of many lines. Where there is no terminal nobody is asked.

use std::io::{IsTerminal, Read};

use anyhow::{Context as _, bail};
use dialoguer::theme::{ColorfulTheme, SimpleTheme, Theme};
use dialoguer::{Editor, Input, MultiSelect, Select};

use crate::render::shown;

/// An answer that would not do.
pub struct Refused {
    pub text: String,
    pub why: String,
}

/// Somebody sits at a terminal and can be asked.
pub struct Ask {
    theme: Box<dyn Theme>,
}

/// Shows the cursor, which choices hide: whoever breaks off with Ctrl-C would be left without one.
const CURSOR: &str = if cfg!(unix) { "\u{1b}[?25h" } else { "" };

/// The most choices that are shown at once.
const ROWS: usize = 12;

impl Ask {
    /// Who can be asked; none where the answers or the questions would go through a pipe or file.
    pub fn new(colors: bool) -> Option<Ask> {
        let is_there = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
        let theme: Box<dyn Theme> = if colors { Box::new(ColorfulTheme::default()) } else { Box::new(SimpleTheme) };
        is_there.then_some(Ask { theme })
    }

    /// A line of text.
    pub fn line(&self, question: &str, proposal: Option<&str>) -> anyhow::Result<String> {
        let is_blank = |text: &String| match text.trim().is_empty() {
            true => Err("this may not stay blank"),
            false => Ok(()),
        };
        let mut input = Input::<String>::with_theme(&*self.theme).with_prompt(shown(question)).validate_with(is_blank);
        if let Some(proposal) = proposal {
            input = input.default(proposal.to_owned());
        }
        Ok(input.interact_text().context("the question was not answered")?.trim().to_owned())
    }

    /// A line of text, or nothing.
    pub fn line_or_nothing(&self, question: &str) -> anyhow::Result<Option<String>> {
        let input = Input::<String>::with_theme(&*self.theme).with_prompt(shown(question)).allow_empty(true);
        let text = input.interact_text().context("the question was not answered")?.trim().to_owned();
        Ok((!text.is_empty()).then_some(text))
    }

    /// One of some choices, by its place.
    pub fn choice(&self, question: &str, choices: &[String]) -> anyhow::Result<usize> {
        let choices: Vec<String> = choices.iter().map(|choice| shown(choice)).collect();
        let select =
            Select::with_theme(&*self.theme).with_prompt(format!("{}{CURSOR}", shown(question))).items(&choices);
        let chosen = select.default(0).max_length(ROWS).interact_opt().context("the question was not answered")?;
        chosen.context("nothing was chosen, and nothing was written")
    }

    /// Any of some choices, one at least, by their places.
    pub fn choices(&self, question: &str, choices: &[String]) -> anyhow::Result<Vec<usize>> {
        let shown_choices: Vec<String> = choices.iter().map(|choice| shown(choice)).collect();
        loop {
            let question = format!("{} (space marks one, enter goes on){CURSOR}", shown(question));
            let select = MultiSelect::with_theme(&*self.theme).with_prompt(question).items(&shown_choices);
            let chosen = select.max_length(ROWS).interact_opt().context("the question was not answered")?;
            let chosen = chosen.context("nothing was chosen, and nothing was written")?;
            if !chosen.is_empty() {
                return Ok(chosen);
            }
        }
    }

    /// Says why an answer will not do; it is asked for again.
    pub fn refuse(&self, why: &str) {
        say!("{}", shown(why));
    }

    /// A text of any number of lines, from the editor that VISUAL or EDITOR names; else a line. One that was refused is
    /// in the editor again.
    pub fn text(&self, question: &str, refused: Option<&Refused>) -> anyhow::Result<String> {
        let Some(editor) = editor() else { return self.line(question, None) };
        let mut form = Editor::new();
        form.executable(editor).extension(".md").require_save(true);
        let (before, why) = match refused {
            Some(refused) => (refused.text.as_str(), format!("{}. ", shown(&refused.why))),
            None => ("", String::new()),
        };
        let head = format!("{before}\n<!-- {why}{}. What you write above this line is kept. -->\n", shown(question));
        let text = form.edit(&head).context("the editor did not start: set VISUAL or EDITOR to one that does")?;
        let kept = text.as_deref().and_then(|text| text.split("<!--").next()).unwrap_or_default();
        let kept = tidy(kept);
        if kept.is_empty() {
            bail!("nothing was written in the editor, and nothing was written to the records");
        }
        Ok(kept)
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
