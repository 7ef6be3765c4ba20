//! `heatpack sign`: a board member's vote on a change request, signed with their own key.

mod ssh;
mod vote;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use clap::builder::PossibleValuesParser;

use crate::commands::common::options::status;
use crate::commands::common::session::Session;
use crate::commands::common::unread::is_refused;
use crate::commands::common::{lookup, pager, terminal};
use crate::commands::entry::ask::Ask;
use crate::commands::entry::draft;
use crate::commands::entry::typed::Reader;
use crate::disk::lock::Lock;
use crate::disk::output;
use crate::git::{self, Committed};
use crate::load::{BOARD, Drafts, Project, Request, Who};
use crate::model::{Decision, Diagnostic, Level, Member, Minute, PersonId, RuleId, SubjectId, TicketId, is_in_range};
use crate::render::{Findings, ballot_rows, ballot_text, elsewhere_text, refusal_text, request_file, request_text};
use crate::report::ballot::{Trial, is_too_soon, try_vote};
use crate::report::unread::unread_files;
use crate::report::votes::Verification;
use crate::rules;
use crate::workflow::{Ballot, ChangeLine, Context, Prepared, signed_text};
use ssh::{SigningKey, can_sign, read_signature};
use vote::{free_path, is_followed, members_text, reason};

/// Sign a board member's vote on a change request
///
/// Shows the whole request, runs `ssh-keygen` to sign the vote (with a key file, the agent, a smart card or a security
/// key), and saves it in data/decisions/. Without --key, uses the member's keys in ~/.ssh and in the agent.
///
/// To sign on another computer, use --print here, `ssh-keygen` there, and --signature here; --print shows how.
///
/// Exit status 1: the vote was rejected, and nothing was written.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  heatpack sign CR-2026-007 --decision approve --as mlee")]
pub struct Arguments {
    /// Change request, for example CR-2026-007
    cr: String,
    /// Decision of the member
    #[arg(long, value_parser = PossibleValuesParser::new(Decision::WORDS))]
    decision: String,
    /// Id or name of the member in data/board.yaml
    #[arg(long = "as", value_name = "MEMBER")]
    member: String,
    /// Reason, required unless the decision is to approve
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    reason: Option<String>,
    /// Private key, or a public key whose other half is in an agent
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Time of the vote, like `2026-11-17 14:05` [default: now]
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// Sign without asking; required without a terminal
    #[arg(long)]
    yes: bool,
    /// Print the text to sign elsewhere, and save the request
    #[arg(long, conflicts_with_all = ["key", "signature", "unsigned"])]
    print: bool,
    /// Signature that was made elsewhere (`-` is standard input)
    #[arg(long, value_name = "FILE", requires = "at", conflicts_with_all = ["key", "unsigned"])]
    signature: Option<PathBuf>,
    /// Save the vote unsigned, if the terms of the board allow it
    #[arg(long, conflicts_with = "key")]
    unsigned: bool,
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let prepared = Prepared::new(&session.project);
    let before = Context::new(&prepared, session.as_of, session.as_of_given);
    let line = lookup::change_typed(&before, &arguments.cr)?;
    let request = Request::read(&session.project.file(line.cr.file).text).context("the request cannot be read")?;
    if is_refused(&line.cr.id.value, &unread_files(&session.project, line), "sign") {
        return Ok(refused());
    }
    let ballot = ballot(session, arguments, line)?;
    if is_followed(&session.project, line, ballot.at) {
        return Ok(refused());
    }
    let path = free_path(session, &ballot)?;
    let signing = Signing { session, arguments, request: &request, ballot: &ballot, path: &path };
    // What is shown has to be what is signed.
    if ballot.digest != request.digest {
        say!("error: {} has changed since it was submitted", ballot.cr);
        say!("help: undo the edit, or submit the request again (`heatpack log {} submitted`), then sign", ballot.cr);
        return Ok(refused());
    }

    let unsigned = signing.with(&ballot.to_yaml(None))?;
    let Some(text) = signing.text_to_sign(&unsigned)? else { return Ok(refused()) };
    let member = session.project.board.members_on(ballot.at.date()).into_iter().find(|one| one.id.value == ballot.by);
    let Some(member) = member else { bail!("{} is not a board member on that date", ballot.by) };
    let key = if arguments.print || arguments.unsigned || arguments.signature.is_some() {
        None
    } else {
        match signing.key(member)? {
            Some(key) => Some(key),
            None => return Ok(refused()),
        }
    };
    signing.show(line, member, key.as_ref());
    if arguments.print {
        return signing.print(&text);
    }
    if !signing.is_wanted()? {
        return Ok(refused());
    }
    let signature = match (&key, &arguments.signature) {
        (Some(key), _) => Some(key.sign(&text)?),
        (None, Some(file)) => Some(read_signature(file)?),
        (None, None) => None,
    };
    signing.cast(&ballot.to_yaml(signature.as_deref()))
}

/// A vote on its way from the arguments to its file.
struct Signing<'s> {
    session: &'s Session,
    arguments: &'s Arguments,
    request: &'s Request,
    ballot: &'s Ballot,
    path: &'s str,
}

impl Signing<'_> {
    /// The project as it would be with the vote in it.
    fn with(&self, yaml: &str) -> anyhow::Result<Project> {
        self.session.reload(&Drafts::from([(self.path.to_owned(), yaml.as_bytes().to_vec())]))
    }

    /// Checks the vote in a project that holds it (`before` does not). Prints why it is rejected, or returns what `then`
    /// makes of it.
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
        // Others may have written since it was shown. What is wrong with the vote itself is told below.
        let mut unread = unread_files(project, line);
        unread.retain(|file| file.path != self.path);
        if is_refused(&self.ballot.cr, &unread, "sign") || is_followed(project, line, self.ballot.at) {
            return Ok(None);
        }
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
        if let Some((what, help)) = uncommitted {
            say!("error: {what}");
            say!("help: {help}, then sign");
        }
        if is_too_soon(line, self.ballot.at) {
            say!("help: {} was submitted in this minute: sign again in the next one", self.ballot.cr);
        }
        if !project.board.members_on(self.ballot.at.date()).iter().any(|one| one.id.value == self.ballot.by) {
            say!("help: {}", members_text(&project.board, self.ballot.at));
        }
        if is_final && self.arguments.signature.is_some() {
            say!(
                "help: repeat the decision, reason and time of the text that was signed, or sign again the text that \
                 `--print` prints now"
            );
        }
        Ok(None)
    }

    /// The errors that the vote brings into the project, and those in the CR's own file, at `cr`.
    fn errors(&self, before: &Project, ctx: &Context, cr: &str, is_final: bool) -> Vec<Diagnostic> {
        let project = ctx.project();
        let at = |found: &Diagnostic| found.place.path(&project.files).to_owned();
        let mut errors: Vec<Diagnostic> = rules::check(ctx).into_iter().filter(|found| at(found) == cr).collect();
        errors
            .extend(draft::new_diagnostics(self.session, before, project).into_iter().filter(|found| at(found) != cr));
        // It is still to be signed.
        let to_come =
            |found: &Diagnostic| !is_final && found.rule == RuleId::DecisionUnsigned && at(found) == self.path;
        errors.retain(|found| found.level == Level::Error && !to_come(found));
        errors
    }

    /// The text to sign. `None` if the vote is rejected, and then the reason was printed.
    fn text_to_sign(&self, project: &Project) -> anyhow::Result<Option<String>> {
        let text = |_: &Context, _: &ChangeLine, trial: &Trial| trial.vote.and_then(signed_text);
        let text = self.tried(&self.session.project, project, self.arguments.unsigned, text)?;
        // One that is read back has the digest that it was written with.
        text.map(|text| text.context("the vote cannot be read back")).transpose()
    }

    /// Why a file, the request or the board, is not what everyone else can read, and what to do; `None` if it is.
    fn uncommitted(&self, file: &str) -> anyhow::Result<Option<(String, &'static str)>> {
        let stand = git::committed(&self.session.root, file);
        Ok(match stand.map_err(|why| anyhow::anyhow!("cannot check whether {file} is committed: {why}"))? {
            Committed::Yes | Committed::NoGit => None,
            Committed::Edited => Some((format!("{file} has uncommitted edits"), "commit or undo them")),
            Committed::Untracked => Some((format!("{file} is not committed"), "commit it")),
        })
    }

    /// The key to sign with. `None` if it is rejected, and then the reason was printed.
    fn key(&self, member: &Member) -> anyhow::Result<Option<SigningKey>> {
        let (name, date) = (&member.name.0, self.ballot.at.date());
        if member.keys.is_empty() {
            say!("error: data/board.yaml lists no key of {name}");
            say!("help: have the line of their `.pub` file added there");
            return Ok(None);
        }
        let key = match &self.arguments.key {
            Some(file) => Some(SigningKey::named(file)?),
            None => SigningKey::of(member, date)?,
        };
        let Some(key) = key else {
            let optional = match self.session.project.board.term_on(date) {
                Some(term) if term.signatures == crate::model::SignatureRule::Optional => {
                    ", or save the vote without a signature with --unsigned"
                }
                _ => "",
            };
            bail!(
                "none of {name}'s keys in data/board.yaml is here, neither in ~/.ssh nor in the agent: name the file \
                 with --key FILE, or load the key with `ssh-add FILE` (a smart card with `ssh-add -s MODULE`), or sign \
                 elsewhere with --print{optional}"
            );
        };
        let why = key.of_member(member, date).err().or_else(|| key.flaw());
        if let Some(why) = why {
            say!("error[signature-invalid]: {why}");
            say!("help: sign with one of the member's valid keys, or have this one added");
            return Ok(None);
        }
        can_sign()?;
        Ok(Some(key))
    }

    /// The name behind an id in the request.
    fn name(&self, field: &str, id: &str) -> Option<String> {
        let project = &self.session.project;
        match field {
            "subject" => SubjectId::parse(id).map(|id| project.subject_name(&id)),
            "prepared_by" => PersonId::parse(id).map(|id| project.person_name(&id)),
            "tickets" => project.tickets.get(&TicketId::parse(id)?).map(|ticket| ticket.title.0.clone()),
            _ => None,
        }
    }

    /// Shows the whole request, and then what is signed.
    fn show(&self, line: &ChangeLine, member: &Member, key: Option<&SigningKey>) {
        let stderr = std::io::stderr();
        let colors = self.session.colors(&stderr);
        if !self.arguments.print {
            pager::show(&format!("{}\n", request_text(self.request, |field, id| self.name(field, id), colors)));
        }
        let key = key.map(|key| match key.fingerprint() {
            Some(fingerprint) => format!("{fingerprint}, {}", key.found),
            None => key.found.clone(),
        });
        let request = &self.session.project.file(line.cr.file).path;
        let rows = ballot_rows(self.ballot, member, request, key, self.path);
        say!("{}", ballot_text(&self.ballot.cr, &line.cr.title, &rows, colors));
    }

    /// Prints the text to sign, and saves the request in a file in the current folder, where the text is probably kept
    /// too. The file's name has the beginning of the digest, so that it never replaces another text.
    fn print(&self, text: &str) -> anyhow::Result<ExitCode> {
        let digest: String = self.request.digest.trim_start_matches("sha256:").chars().take(12).collect();
        let file = PathBuf::from(format!("{}-request-{digest}.txt", self.ballot.cr));
        output::not_among_records(&self.session.root, &file)?;
        output::write(&file, request_file(self.request, |field, id| self.name(field, id)).as_bytes())?;
        std::io::stdout().lock().write_all(text.as_bytes())?;
        terminal::say_text(&elsewhere_text(self.ballot, &file.display().to_string()));
        Ok(ExitCode::SUCCESS)
    }

    /// Whether to go on: asks on a terminal. Without one only `--yes` is consent, or a signature that was made already.
    fn is_wanted(&self) -> anyhow::Result<bool> {
        if self.arguments.yes {
            return Ok(true);
        }
        let Some(ask) = Ask::new(self.session.colors(&std::io::stderr())) else {
            if self.arguments.signature.is_some() {
                return Ok(true);
            }
            bail!(
                "there is no terminal to ask on, so nothing was signed: read the request above, and add --yes to sign \
                 it, or use --print to sign elsewhere"
            );
        };
        let question = match (self.arguments.unsigned, &self.arguments.signature) {
            (true, _) => "Save this vote, unsigned?",
            (false, Some(_)) => "Save this vote?",
            (false, None) => "Sign this vote?",
        };
        ask.consent(question)
    }

    /// Saves the vote if it is valid, and prints the result of all votes.
    fn cast(&self, yaml: &str) -> anyhow::Result<ExitCode> {
        // The records may have changed while a passphrase was asked for.
        let _lock = Lock::take(&self.session.root);
        let before = self.session.reload(&Drafts::new())?;
        let project = self.with(yaml)?;
        let report = |ctx: &Context, line: &ChangeLine, _: &Trial| Verification::new(ctx, line).standing;
        let Some(standing) = self.tried(&before, &project, true, report)? else { return Ok(refused()) };
        if !output::write_new(&self.session.root.join(self.path), yaml.as_bytes())? {
            bail!("{} was written by someone else just now: sign again", self.path);
        }
        let told = writeln!(std::io::stdout().lock(), "{}", self.path);
        told.with_context(|| terminal::written_anyway(self.path))?;
        say!("{}: {standing}", self.ballot.cr);
        say!("vote saved; to submit it, run `git add {}` and `git commit`", self.path);
        Ok(ExitCode::SUCCESS)
    }
}

/// The vote that the arguments describe. A reason that the decision needs is asked for on a terminal.
fn ballot(session: &Session, arguments: &Arguments, line: &ChangeLine) -> anyhow::Result<Ballot> {
    let reader = Reader::new(session, None);
    let at = match &arguments.at {
        Some(typed) => {
            let at = Minute::parse(&reader.minute(typed)?).filter(|minute| is_in_range(minute.date()));
            at.with_context(|| format!("--at: `{typed}` is not a time: write it as `2026-11-17 14:05`"))?
        }
        None => session.time_unsaid("--at", &format!("\"{} 14:05\"", session.as_of.date()))?,
    };
    let Some(by) = PersonId::parse(&reader.person(&arguments.member, Who::Member)?) else {
        bail!("`{}` is not a member's id; {}", arguments.member, members_text(&session.project.board, at));
    };
    // The command line takes nothing else.
    let decision = Decision::from_word(&arguments.decision).context("no such decision")?;
    let given = match (&arguments.reason, Ask::new(session.colors(&std::io::stderr()))) {
        (None, Some(ask)) if decision != Decision::Approve => {
            Some(ask.text(&format!("Reason to {decision} {}", line.cr.id.value), None)?)
        }
        (given, _) => given.clone(),
    };
    Ok(Ballot {
        cr: line.cr.id.value.clone(),
        by,
        at,
        decision,
        reason: given.as_deref().and_then(reason),
        digest: line.digest_at(at).to_owned(),
    })
}

/// Ends the command after the reason for a rejection was printed.
fn refused() -> ExitCode {
    say!("not signed: nothing was written");
    status(1)
}
