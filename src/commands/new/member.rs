//! `heatpack new member`: a member of the board, and the approvals that a CR needs where that is not said yet.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, bail};

use super::list_file::ListFile;
use super::people::propose_id;
use super::record::{Kind, not_written};
use crate::commands::common::options::status;
use crate::commands::common::session::Session;
use crate::commands::entry::ask::Ask;
use crate::commands::entry::flags::FieldFlags;
use crate::commands::entry::form::Form;
use crate::load::{Target, Who, set_field};
use crate::model::{Board, Member};
use crate::record::{Field, Fields, Node, Value, fields_of};

/// Add a member of the board to data/board.yaml
///
/// A board without `terms` approves nothing. --quorum enters them, from today on: how many approvals a CR needs, signed by
/// their members, the chair's among them if the board has a chair.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  heatpack new member --name \"Morgan Placeholder\" --chair true --key morgan.pub\n  heatpack new member --name \"Reese Sample\" --key reese.pub --quorum 2"
)]
pub struct Arguments {
    #[command(flatten)]
    own: FieldFlags<Member>,
    /// Public key, or its `.pub` file; repeat for several
    #[arg(long, value_name = "KEY")]
    key: Vec<String>,
    /// Approvals that a CR needs, for a board without terms
    #[arg(long, value_name = "NUMBER")]
    quorum: Option<usize>,
}

impl Kind for Member {
    const NAME: &'static str = "board";

    fn fields() -> Vec<Field> {
        fields_of(&Member::schema(), Member::FIELDS)
    }
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments, ask: Option<&Ask>) -> anyhow::Result<ExitCode> {
    const LIST: ListFile = ListFile::Members;
    if !LIST.is_editable(session) {
        return Ok(status(1));
    }
    let board = &session.project.board;
    if arguments.quorum.is_some() && !board.terms.is_empty() {
        bail!("--quorum: data/board.yaml has `terms` already: add an item there, with its first date");
    }
    let fields = Member::fields();
    let keys: Vec<String> = arguments.key.iter().map(|key| key_of(key)).collect::<anyhow::Result<_>>()?;
    let nested = || -> Vec<(&str, Node<'static>)> {
        if keys.is_empty() { Vec::new() } else { vec![("keys", Node::from(keys.clone()))] }
    };
    let judge = |form: &Form, name: &str| LIST.wrong_with(session, form, name, &nested());
    let mut form = Form::new(session, &fields, &arguments.own.said, ask)?.judged_by(&judge);
    form.ask_for("name")?;
    propose_id(session, &mut form, ask, &[Who::Anyone])?;
    form.offer("email")?;
    form.offer("from")?;
    form.ask_for_the_rest()?;
    if !form.confirm()? {
        return Ok(not_written());
    }
    let item = nested().into_iter().fold(form.fields(), |item, (name, node)| item.with(name, node));
    let has_chair = form.get("chair") == Some("true") || board.members.iter().any(|member| member.chair);
    let (from, quorum) = (session.as_of.date(), arguments.quorum);
    let then = |text: String| match quorum {
        Some(quorum) => with_term(&text, from.to_string(), quorum, has_chair),
        None => Ok(text),
    };
    let (id, name) = (form.get("id").unwrap_or_default(), form.get("name").unwrap_or_default());
    let mut words = format!("{id}: {name}, member of {}", session.project.settings.names.board);
    if board.terms.is_empty() && quorum.is_none() {
        words.push_str(
            "\nnext: add the other members, the last one with --quorum: without it the board approves nothing",
        );
    }
    LIST.add(session, ask, &form, &item, then, &words)
}

/// The text of the board's file with its first terms.
fn with_term(text: &str, from: String, quorum: usize, has_chair: bool) -> anyhow::Result<String> {
    let term = Fields::new().with("from", from).with("quorum", quorum.to_string());
    let term = term.with("chair_required", has_chair.to_string()).with("signatures", "required");
    let fields = fields_of(&Board::schema(), Board::FIELDS);
    let terms = Node::from(vec![term]);
    set_field(text, Target::Record, &fields, "terms", &terms).context("cannot add terms to data/board.yaml")
}

/// A public key, from its text or its file.
fn key_of(typed: &str) -> anyhow::Result<String> {
    let typed = typed.trim();
    if typed.contains(' ') && !Path::new(typed).is_file() {
        return Ok(typed.to_owned());
    }
    let text = std::fs::read_to_string(typed).with_context(|| format!("--key: cannot read {typed}"))?;
    if text.contains("PRIVATE KEY") {
        bail!("--key: {typed} is a private key, which no one else must see: use the file that ends in .pub");
    }
    Ok(text.lines().next().unwrap_or_default().trim().to_owned())
}
