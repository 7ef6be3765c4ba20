//! `heatpack sign`: a board member's vote on a change request, signed with their own key.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use clap::builder::PossibleValuesParser;

use super::lock::Lock;
use super::session::Session;
use super::ssh::{SigningKey, read_text};
use super::{draft, lookup, output, terminal};
use crate::git::{self, Committed};
use crate::load::{BOARD, Drafts, Project};
use crate::model::{Decision, Diagnostic, Level, Member, Minute, PersonId, Vote, is_in_range};
use crate::render::{Findings, ballot_rows, ballot_text, elsewhere_text, refusal_text};
use crate::report::ballot::{Trial, is_too_soon, try_vote};
use crate::report::votes::Verification;
use crate::rules;
use crate::workflow::{Ballot, ChangeLine, Context, Prepared, signed_text};

/// Vote on a change request, signed with the member's own key
///
/// Shows what is signed, has `ssh-keygen` sign it (with a key file, the agent
/// or a security key), and writes the vote under data/decisions/. Refuses,
/// with exit status 1, a vote that would be an error or would not count.
///
/// Without --key, the member's keys of data/board.yaml are looked for in
/// ~/.ssh and in the agent. To sign on another computer: --print here,
/// `ssh-keygen` there, then --signature here; --print says how.
///
/// Example: heatpack sign CR-2026-007 --decision approve --as mlee
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The change request: CR-2026-007
    cr: String,
    /// What the member decides
    #[arg(long, value_parser = PossibleValuesParser::new(Decision::WORDS))]
    decision: String,
    /// The member's id in data/board.yaml
    #[arg(long = "as", value_name = "MEMBER")]
    member: String,
    /// Why; asked for unless it approves
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    reason: Option<String>,
    /// The member's key: a private key, or a public one whose private half is in the agent
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// When it is cast, `2026-11-17 14:05`; now, if it is not given, but --as-of with a date asks for it
    #[arg(long, value_name = "TIME", value_parser = minute)]
    at: Option<Minute>,
    /// Sign without asking first
    #[arg(long)]
    yes: bool,
    /// Print the text to be signed elsewhere, and how, and write nothing
    #[arg(long, conflicts_with_all = ["key", "signature", "unsigned"])]
    print: bool,
    /// Take the signature that was made elsewhere (`-` is standard input)
    #[arg(long, value_name = "FILE", requires = "at", conflicts_with_all = ["key", "unsigned"])]
    signature: Option<PathBuf>,
    /// Write the vote without a signature, where the board's terms say that signatures are optional
    #[arg(long, conflicts_with = "key")]
    unsigned: bool,
}

/// The exit status of a refusal.
const REFUSED: u8 = 1;

/// The last words of a refusal.
const NOTHING: &str = "not signed: nothing was written";

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let prepared = Prepared::new(&session.project);
    let before = Context::new(&prepared, session.as_of, session.as_of_given);
    let line = lookup::change_typed(&before, &arguments.cr)?;
    let ballot = ballot(session, arguments, line)?;
    let path = free_path(session, &ballot)?;
    let booth = Booth { session, arguments, ballot: &ballot, path: &path };

    let unsigned = booth.with(&ballot.to_yaml(None))?;
    let Some(text) = booth.text_to_sign(&unsigned)? else { return Ok(refused()) };
    let member = session.project.board.members_on(ballot.at.date()).into_iter().find(|one| one.id.value == ballot.by);
    let Some(member) = member else { bail!("{} is no member of the board on that date", ballot.by) };
    let key = if arguments.print || arguments.unsigned || arguments.signature.is_some() {
        None
    } else {
        match booth.key(member)? {
            Some(key) => Some(key),
            None => return Ok(refused()),
        }
    };
    booth.show(line, member, key.as_ref());
    if arguments.print {
        std::io::stdout().lock().write_all(text.as_bytes())?;
        terminal::say_text(&elsewhere_text(&ballot));
        return Ok(ExitCode::SUCCESS);
    }
    if !booth.is_wanted()? {
        say!("{NOTHING}");
        return Ok(refused());
    }
    let signature = match (&key, &arguments.signature) {
        (Some(key), _) => Some(key.sign(&text)?),
        (None, Some(file)) => Some(read_text(file)?),
        (None, None) => None,
    };
    booth.cast(&ballot.to_yaml(signature.as_deref()))
}

/// What all steps of casting a vote go by.
struct Booth<'s> {
    session: &'s Session,
    arguments: &'s Arguments,
    ballot: &'s Ballot,
    path: &'s str,
}

impl Booth<'_> {
    /// The project as it would be with the vote in it.
    fn with(&self, yaml: &str) -> anyhow::Result<Project> {
        self.session.reload(&Drafts::from([(self.path.to_owned(), yaml.as_bytes().to_vec())]))
    }

    /// Tries the vote in a project that holds it (`before` does not), and says why it is refused, if it is; else
    /// gives what `then` makes of it.
    fn tried<T>(
        &self,
        before: &Project,
        project: &Project,
        is_final: bool,
        then: impl FnOnce(&Context, &ChangeLine, &Trial) -> T,
    ) -> anyhow::Result<Option<T>> {
        let prepared = Prepared::new(project);
        let ctx = Context::new(&prepared, self.session.as_of, self.session.as_of_given);
        let line = lookup::change_typed(&ctx, self.ballot.cr.as_str())?;
        let cr = &project.file(line.cr.file).path;
        let trial = try_vote(&ctx, line, self.path, is_final);
        let uncommitted = match self.uncommitted(cr)? {
            None => self.uncommitted(BOARD)?,
            cr => cr,
        };
        let errors = self.errors(before, &ctx, cr, is_final);
        if errors.is_empty() && trial.idle.is_none() && uncommitted.is_none() {
            return Ok(Some(then(&ctx, line, &trial)));
        }
        let findings = Findings::new(project, self.session.as_of, errors);
        terminal::say_text(&refusal_text(&findings, self.path, trial.idle.as_deref()));
        if let Some(why) = uncommitted {
            say!("error: {why}");
        }
        if is_too_soon(line, self.ballot.at) {
            say!("{} was submitted in this very minute: sign again in the next one", self.ballot.cr);
        }
        if is_final && self.arguments.signature.is_some() {
            say!(
                "sign again what `--print` prints now, and give the decision, reason and time that it was signed with"
            );
        }
        say!("{NOTHING}");
        Ok(None)
    }

    /// What `check` says of the project with the vote in it and not of that without it, and what it says of the
    /// CR's own file, at `cr`.
    fn errors(&self, before: &Project, ctx: &Context, cr: &str, is_final: bool) -> Vec<Diagnostic> {
        let project = ctx.project();
        let at = |found: &Diagnostic| found.place.path(&project.files).to_owned();
        let mut errors: Vec<Diagnostic> = rules::check(ctx).into_iter().filter(|found| at(found) == cr).collect();
        errors.extend(draft::brought(self.session, before, project).into_iter().filter(|found| at(found) != cr));
        // It is still to be signed.
        let to_come = |found: &Diagnostic| !is_final && found.rule == "decision-unsigned" && at(found) == self.path;
        errors.retain(|found| found.level == Level::Error && !to_come(found));
        errors
    }

    /// The text to be signed; none where the vote is refused, which was said then.
    fn text_to_sign(&self, project: &Project) -> anyhow::Result<Option<String>> {
        let text = |_: &Context, _: &ChangeLine, trial: &Trial| trial.vote.and_then(signed_text);
        let text = self.tried(&self.session.project, project, self.arguments.unsigned, text)?;
        // One that is read back has the digest that it was written with.
        text.map(|text| text.context("the vote cannot be read back")).transpose()
    }

    /// Why a file, the request or the board, is not what everybody can read; none if it is.
    fn uncommitted(&self, file: &str) -> anyhow::Result<Option<String>> {
        let stand = git::committed(&self.session.root, file);
        let why = match stand.map_err(|why| anyhow::anyhow!("git cannot say whether {file} is committed: {why}"))? {
            Committed::Yes | Committed::NoGit => return Ok(None),
            Committed::Edited => "has edits that are not committed",
            Committed::Untracked => "is not committed",
        };
        let help = "a vote is on a text that everybody can read: commit it first, or take the edits back";
        Ok(Some(format!("{file} {why}; {help}")))
    }

    /// The key to sign with. None where it is refused, which was said then.
    fn key(&self, member: &Member) -> anyhow::Result<Option<SigningKey>> {
        let (name, who) = (&member.name.0, &self.ballot.by);
        if member.keys.is_empty() {
            say!("error: data/board.yaml lists no key of {name}: have the line of their `.pub` file added there");
            say!("{NOTHING}");
            return Ok(None);
        }
        let key = match &self.arguments.key {
            Some(file) => Some(SigningKey::named(file)?),
            None => SigningKey::of(member)?,
        };
        let Some(key) = key else {
            let optional = match self.session.project.board.term_on(self.ballot.at.date()) {
                Some(term) if term.signatures == crate::model::SignatureRule::Optional => {
                    ", or leave the signature out with --unsigned"
                }
                _ => "",
            };
            bail!(
                "none of {name}'s keys in data/board.yaml is here, neither in ~/.ssh nor in the agent: name the file \
                 with --key FILE, or load the key with `ssh-add FILE`, or sign elsewhere with --print{optional}"
            );
        };
        let why = if key.may_be_of(member) {
            key.flaw()
        } else {
            Some(format!("{} is none of the keys that data/board.yaml lists for {who}", key.found))
        };
        if let Some(why) = why {
            say!("error[signature-invalid]: {why}; sign with one that it lists, or have this one added there");
            say!("{NOTHING}");
            return Ok(None);
        }
        Ok(Some(key))
    }

    /// Shows what is signed.
    fn show(&self, line: &ChangeLine, member: &Member, key: Option<&SigningKey>) {
        let stderr = std::io::stderr();
        let key = key.map(|key| match key.fingerprint() {
            Some(fingerprint) => format!("{fingerprint}, {}", key.found),
            None => key.found.clone(),
        });
        let request = &self.session.project.file(line.cr.file).path;
        let rows = ballot_rows(self.ballot, member, request, key, self.path);
        say!("{}", ballot_text(&self.ballot.cr, &line.cr.title, &rows, self.session.colors(&stderr)));
    }

    /// Asks, on a terminal, whether to go on.
    fn is_wanted(&self) -> anyhow::Result<bool> {
        let asks = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
        if self.arguments.yes || !asks {
            return Ok(true);
        }
        let question = if self.arguments.unsigned { "Cast this vote, unsigned?" } else { "Sign this vote?" };
        let answer = dialoguer::Confirm::new().with_prompt(question).default(false).interact_opt();
        Ok(answer.context("cannot ask on this terminal; `--yes` goes on without asking")?.unwrap_or(false))
    }

    /// Writes the vote, if it is as it has to be, and says what it came to.
    fn cast(&self, yaml: &str) -> anyhow::Result<ExitCode> {
        // The records may have changed while a passphrase was asked for.
        let _lock = Lock::take(&self.session.root);
        let before = self.session.reload(&Drafts::new())?;
        let project = self.with(yaml)?;
        let report = |ctx: &Context, line: &ChangeLine, _: &Trial| Verification::new(ctx, line).standing;
        let Some(standing) = self.tried(&before, &project, true, report)? else { return Ok(refused()) };
        if !output::write_new(&self.session.root.join(self.path), yaml.as_bytes())? {
            bail!("{} was written by somebody else just now: sign again", self.path);
        }
        let told = writeln!(std::io::stdout().lock(), "{}", self.path);
        told.with_context(|| terminal::written_anyway(self.path))?;
        say!("{}: {standing}", self.ballot.cr);
        say!("the vote is yours to commit: `git add {}`, then `git commit`", self.path);
        Ok(ExitCode::SUCCESS)
    }
}

/// The vote that the arguments ask for.
fn ballot(session: &Session, arguments: &Arguments, line: &ChangeLine) -> anyhow::Result<Ballot> {
    let Some(by) = PersonId::parse(arguments.member.trim()) else {
        bail!("`{}` is no member's id: write it as data/board.yaml does, such as `mlee`", arguments.member);
    };
    let at = match arguments.at {
        Some(at) => at,
        None => session.time_unsaid("--at", &format!("\"{} 14:05\"", session.as_of.date()))?,
    };
    // The command line takes nothing else.
    let decision = Decision::from_word(&arguments.decision).context("no such decision")?;
    Ok(Ballot {
        cr: line.cr.id.value.clone(),
        by,
        at,
        decision,
        reason: arguments.reason.as_deref().and_then(reason),
        digest: line.digest_at(at).to_owned(),
    })
}

/// A reason as it is kept: without white space around it, and with a line end after every line of several.
fn reason(text: &str) -> Option<String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim();
    let end = if text.contains('\n') { "\n" } else { "" };
    (!text.is_empty()).then(|| format!("{text}{end}"))
}

/// The first of the member's places on that day where nothing stands yet.
fn free_path(session: &Session, ballot: &Ballot) -> anyhow::Result<String> {
    // What is not a plain folder is never opened when records are read, wherever it leads.
    let folder = Vote::folder(&ballot.cr);
    for part in Path::new(&folder).ancestors().filter(|part| *part != Path::new("")) {
        let found = session.root.join(part).symlink_metadata();
        if found.is_ok_and(|found| !found.is_dir()) {
            bail!("{} is not a folder: take it away, so that the vote can be written there", part.display());
        }
    }
    let is_free = |path: &String| session.root.join(path).symlink_metadata().is_err();
    (1..100).map(|number| ballot.path(number)).find(is_free).context("no place is left for another vote on that day")
}

fn refused() -> ExitCode {
    ExitCode::from(REFUSED)
}

fn minute(text: &str) -> Result<Minute, String> {
    let minute = Minute::parse(text.trim()).filter(|minute| is_in_range(minute.date()));
    minute.ok_or_else(|| "write date and time as `2026-11-17 14:05`".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_end_as_blocks_do() {
        assert_eq!(reason(" one \n"), Some("one".to_owned()));
        assert_eq!(reason("one\r\ntwo"), Some("one\ntwo\n".to_owned()));
        assert_eq!(reason(" \n "), None);
    }
}
