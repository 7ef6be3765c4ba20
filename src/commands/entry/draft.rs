//! Drafts of records: checked by the rules first, and written only if they add no error.

use std::io::IsTerminal;

use anyhow::{Context as _, bail};

use super::ask::Ask;
use super::people::staff_and_board;
use super::stated_fields::{Stated, StatedFields, in_flags};
use super::typed::Reader;
use crate::commands::common::session::Session;
use crate::commands::common::terminal;
use crate::disk::lock::Lock;
use crate::disk::{output, staged};
use crate::load::{Drafts, Project, Who};
use crate::model::{Diagnostic, Level, RuleId};
use crate::record::{Fields, Node};
use crate::render::{Findings, TextStyle, diagnostics_text, shown};
use crate::rules;
use crate::workflow::{Context, Prepared};

/// The flags that put on record that a rule is broken deliberately.
#[derive(Debug, Default, clap::Args)]
pub struct ForceArgs {
    /// Record an exception to the rule (shown as a lapse)
    #[arg(long)]
    force: bool,
    /// Reason for the exception, in one line (with --force)
    #[arg(long, value_name = "TEXT", requires = "force")]
    reason: Option<String>,
    /// Id or name of who allowed it (with --force)
    #[arg(long, value_name = "ID", requires = "force")]
    allowed_by: Option<String>,
}

impl ForceArgs {
    /// Whether an exception is wanted.
    pub fn is_forced(&self) -> bool {
        self.force
    }

    /// Prints a note if the person who made an entry allowed the exception too.
    pub fn warn_of_own_leave(&self, by: Option<&str>) {
        let allowed_by = self.allowed_by.as_deref().map(str::trim).filter(|_| self.force);
        if let Some(own) = allowed_by.filter(|allowed_by| by == Some(*allowed_by)) {
            say!("note: {own} allowed an exception for their own entry; another person should allow it");
        }
    }

    /// Whether an error is to go on record as an exception.
    pub fn covers(&self, error: &Diagnostic) -> bool {
        self.force && excusable(std::slice::from_ref(error)).is_some()
    }
}

/// A file that is to be written.
pub struct Draft {
    /// From the project's root.
    pub path: String,
    /// What the file holds by now; none where it is new.
    pub old: Option<Vec<u8>>,
    pub new: Vec<u8>,
}

/// What was written, and the project with it.
pub struct Written {
    /// The files, in the order of the drafts.
    pub paths: Vec<String>,
    pub project: Project,
    /// The lapses that came with it.
    pub lapses: Vec<Diagnostic>,
}

impl Written {
    /// The file of the record that was stated.
    pub fn path(&self) -> &str {
        self.paths.first().map_or("", String::as_str)
    }

    /// A line for each file.
    pub fn files(&self) -> String {
        self.paths.iter().map(|path| format!("file: {path}\n")).collect()
    }
}

/// How often to try again if another program changes the file.
const TRIES: usize = 100;

/// Makes a draft, checks it, and writes it. Returns `None` if it would be an error, after printing why.
///
/// `make` gets the project as it is and the exception that the draft must hold. It runs again if another program wrote
/// meanwhile. The help of a rejected draft names flags for what was `stated` with them.
pub fn write(
    session: &Session,
    force_args: &ForceArgs,
    ask: Option<&Ask>,
    stated: Stated,
    make: impl Fn(&Project, Option<&Node<'static>>) -> anyhow::Result<Draft>,
) -> anyhow::Result<Option<Written>> {
    write_all(session, force_args, ask, stated, |project, exception| Ok(vec![make(project, exception)?]))
}

/// The same for several files, all of which are written or none. The first one was `stated`.
pub fn write_all(
    session: &Session,
    force_args: &ForceArgs,
    ask: Option<&Ask>,
    stated: Stated,
    make: impl Fn(&Project, Option<&Node<'static>>) -> anyhow::Result<Vec<Draft>>,
) -> anyhow::Result<Option<Written>> {
    let stated = std::iter::once(stated).chain(std::iter::repeat(Stated::Nothing));
    write_each(session, force_args, ask, |project, exception| {
        Ok(make(project, exception)?.into_iter().zip(stated.clone()).collect())
    })
}

/// The same for several files, each with what was stated of it.
pub fn write_each(
    session: &Session,
    force_args: &ForceArgs,
    ask: Option<&Ask>,
    make: impl Fn(&Project, Option<&Node<'static>>) -> anyhow::Result<Vec<(Draft, Stated)>>,
) -> anyhow::Result<Option<Written>> {
    let mut exception: Option<Node<'static>> = None;
    for _ in 0..TRIES {
        let lock = Lock::take(&session.root);
        let before = session.reload(&Drafts::new())?;
        let (drafts, stated): (Vec<Draft>, Vec<Stated>) = make(&before, exception.as_ref())?.into_iter().unzip();
        let paths: Vec<String> = drafts.iter().map(|draft| draft.path.clone()).collect();
        if paths.is_empty() {
            bail!("nothing to write");
        }
        let after = session.reload(&drafts.iter().map(|draft| (draft.path.clone(), draft.new.clone())).collect())?;
        let found = new_diagnostics(session, &before, &after);
        let mut errors: Vec<Diagnostic> = found.iter().filter(|own| own.level == Level::Error).cloned().collect();
        let stated: Vec<(&str, Stated)> = paths.iter().map(String::as_str).zip(stated).collect();
        stated.iter().for_each(|(path, stated)| in_flags(&after, path, *stated, &mut errors));
        if errors.is_empty() {
            if write_now(session, &drafts)? {
                if force_args.force && exception.is_none() {
                    say!("--force was not needed: no rule is broken, and no exception was recorded");
                }
                let lapses = found.into_iter().filter(|own| own.level == Level::Lapse).collect();
                return Ok(Some(Written { paths, project: after, lapses }));
            }
            continue;
        }
        drop(lock);
        match excusable(&errors) {
            Some(rule) if force_args.force && exception.is_none() => {
                if force_args.reason.is_none() || force_args.allowed_by.is_none() {
                    refuse(session, &after, &stated, &errors);
                }
                exception = Some(exception_to(session, force_args, ask, rule)?);
            }
            excusable => {
                refuse(session, &after, &stated, &errors);
                say!("nothing was written: {} would have errors", paths.join(" or "));
                if excusable.is_some() && !force_args.force {
                    say!("if this was deliberate, repeat the command with --force --reason TEXT --allowed-by ID");
                }
                return Ok(None);
            }
        }
    }
    bail!("other programs keep writing to these records; nothing was written: try again")
}

/// What is found in the project as it would be, and is not found in it as it is. Nothing may lie after the as-of
/// time, nor after the records' last moment: what is entered has happened.
pub fn new_diagnostics(session: &Session, before: &Project, after: &Project) -> Vec<Diagnostic> {
    let found = |project| found_now(session, &Prepared::new(project));
    let (known, found) = rayon::join(|| found(before), || found(after));
    let known = Findings::new(before, session.as_of, known);
    let mut findings = Findings::new(after, session.as_of, found);
    findings.keep_new(&known);
    findings.diagnostics
}

fn found_now(session: &Session, prepared: &Prepared) -> Vec<Diagnostic> {
    let ends = prepared.project.settings.ends;
    let as_of = ends.map_or(session.as_of, |ends| ends.min(session.as_of));
    let mut found = rules::check(&Context::new(prepared, as_of, false));
    // What a record holds of a later time may be no mistake of its dates, and then nothing older comes after it.
    found.retain(|one| one.rule != RuleId::EventOrder);
    found.extend(rules::check_order(&Context::new(prepared, session.as_of, true)));
    found
}

/// Prints why drafts are rejected. A value from a flag has no place in a file: the message names the flag.
fn refuse(session: &Session, after: &Project, stated: &[(&str, Stated)], errors: &[Diagnostic]) {
    let fields: Vec<StatedFields> =
        stated.iter().map(|(path, stated)| StatedFields::new(after, path, *stated)).collect();
    for error in errors {
        let Some(flag) = fields.iter().find_map(|fields| fields.flag_at(after, error)) else {
            print_diagnostics(session, after, std::slice::from_ref(error));
            continue;
        };
        // Of several records, it must be clear which one it is.
        let record = if fields.len() > 1 { format!("{}: ", error.record) } else { String::new() };
        let flag = flag.map(|flag| format!("{flag}: ")).unwrap_or_default();
        let help = error.help_in_file().map(|help| format!("; {help}")).unwrap_or_default();
        say!("{}", shown(&format!("{record}{flag}error[{}]: {}{help}", error.rule, error.one_line())));
    }
}

/// Prints diagnostics to standard error.
pub fn print_diagnostics(session: &Session, project: &Project, found: &[Diagnostic]) {
    let stderr = std::io::stderr();
    let style = TextStyle { frames: stderr.is_terminal(), colors: session.colors(&stderr) };
    terminal::say_text(&diagnostics_text(&Findings::new(project, session.as_of, found.to_vec()), style));
}

/// Writes the files, unless one is no longer what it was.
fn write_now(session: &Session, drafts: &[Draft]) -> anyhow::Result<bool> {
    let [draft] = drafts else {
        let file = |draft: &Draft| {
            let path = session.root.join(&draft.path);
            staged::File { path, old: draft.old.clone(), new: draft.new.clone() }
        };
        let files: Vec<staged::File> = drafts.iter().map(file).collect();
        return staged::write_all(&session.root, &files, |warning| say!("{warning}")).map(|()| true);
    };
    let path = session.root.join(&draft.path);
    match &draft.old {
        Some(old) => output::replace(&path, old, &draft.new),
        None => output::write_new(&path, &draft.new),
    }
}

/// The rule that is broken and takes an exception; none where one is broken that takes none.
fn excusable(errors: &[Diagnostic]) -> Option<RuleId> {
    let takes = |error: &Diagnostic| error.rule.takes_exception();
    errors.first().filter(|_| errors.iter().all(takes)).map(|error| error.rule)
}

/// The exception, from the flags or by asking.
fn exception_to(
    session: &Session,
    force_args: &ForceArgs,
    ask: Option<&Ask>,
    rule: RuleId,
) -> anyhow::Result<Node<'static>> {
    let reason = match (&force_args.reason, ask) {
        (Some(reason), _) => reason.trim().to_owned(),
        (None, Some(ask)) => ask.line("Reason for the exception, in one line", None)?,
        (None, None) => bail!("--force needs a reason: use --reason TEXT"),
    };
    let allowed_by = match (&force_args.allowed_by, ask) {
        (Some(id), _) => Reader::new(session, ask).person(id, Who::Anyone)?,
        (None, Some(ask)) => {
            let people = staff_and_board(session);
            let names: Vec<String> = people.iter().map(|(_, name)| name.clone()).collect();
            let chosen = ask.choice("Who allowed it?", &names)?;
            people.into_iter().nth(chosen).map(|(id, _)| id).context("no one on staff or on the board can allow it")?
        }
        (None, None) => bail!("--force needs the person who allowed it: use --allowed-by ID"),
    };
    let fields = Fields::new().with("rule", rule.name()).with("reason", reason).with("allowed_by", allowed_by);
    Ok(fields.into())
}
