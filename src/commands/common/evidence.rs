//! The evidence of a CR's approval: the versions of its request, its document, and the files that verify its votes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, bail};

use super::commits::Commits;
use super::session::Session;
use crate::disk::output;
use crate::git;
use crate::load::{BOARD, LARGEST, Request, text_of};
use crate::record::Faults;
use crate::render::{self, AttachedFile, Renderer, VERIFY, audit_files, shown};
use crate::report::audit::{Audit, BoardVersion};
use crate::report::document::CrDocument;
use crate::workflow::{ChangeLine, Context};

/// Everything that proves how the board decided on a CR.
pub struct Evidence {
    pub document: CrDocument,
    pub audit: Audit,
}

impl Evidence {
    /// The evidence on `line`'s CR, with the commit of its data. What git cannot read is not in it, which is printed.
    pub fn new(session: &Session, ctx: &Context, line: &ChangeLine) -> Evidence {
        let mut evidence = Evidence::without_commits(&session.root, ctx, line);
        let board = board_at_vote(&session.root, &evidence.audit);
        evidence.audit.add_board_at_vote(board);
        let commits = Commits::read(&session.root, &session.project, session.tracked.as_ref(), ctx.as_of);
        evidence.document.commit = commits.at(ctx.as_of);
        evidence
    }

    /// The evidence as of the CR's last entry or vote, without commits: a file of the site is not rebuilt because time
    /// passes or another record is committed.
    pub fn for_site(root: &Path, ctx: &Context, line: &ChangeLine) -> Evidence {
        let as_of = line.last_step(ctx.as_of).map_or(ctx.as_of, |step| step.at);
        Evidence::without_commits(root, &ctx.at(as_of), line)
    }

    fn without_commits(root: &Path, ctx: &Context, line: &ChangeLine) -> Evidence {
        let requests = requests(root, ctx, line);
        Evidence { document: CrDocument::new(ctx, line, &requests), audit: Audit::new(ctx, line, &requests) }
    }

    /// What the evidence lacks, which is printed: files with errors, and the request that was decided on.
    pub fn gaps(&self) -> usize {
        let document = &self.document;
        for file in &document.decision.doubtful {
            say!("the board's decision is unknown until {} is fixed: {}", file.path, shown(&file.why));
        }
        let lacks_request = !document.request.is_the_decided_one;
        if lacks_request {
            say!("no commit here has the request that the votes are on: {}", document.decision.digest);
        }
        document.decision.doubtful.len() + usize::from(lacks_request)
    }

    /// The files that verify the votes, by name, with `further` ones beside them.
    pub fn files(&self, further: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
        audit_files(&self.audit, further)
    }

    /// The document as a PDF that holds the same files.
    pub fn pdf(&self, renderer: &Renderer) -> Result<Vec<u8>, render::Error> {
        Ok(renderer.document_pdf(&self.document, &self.attachments())?.bytes)
    }

    /// The files that verify the votes, with the PDF beside them.
    pub fn bundle(&self, renderer: &Renderer) -> Result<BTreeMap<String, Vec<u8>>, render::Error> {
        Ok(self.files([(format!("{}.pdf", self.document.id), self.pdf(renderer)?)].into()))
    }

    fn attachments(&self) -> Vec<AttachedFile> {
        self.files(BTreeMap::new()).into_iter().map(|(name, bytes)| attachment(name, bytes)).collect()
    }
}

/// Writes such files to a folder that is empty or missing.
pub fn write_folder(session: &Session, folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> anyhow::Result<()> {
    output::not_among_records(&session.root, folder)?;
    let is_free = match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => true,
        Err(error) => bail!("cannot read {}: {error}", folder.display()),
    };
    if !is_free {
        bail!("{} is not empty: use a new or empty folder", folder.display());
    }
    for (name, bytes) in files {
        output::write(&folder.join(name), bytes)?;
    }
    let script = folder.join(VERIFY);
    set_run_bit(&script).with_context(|| format!("cannot write {}", script.display()))
}

/// Every version of the CR's request that can be read: as it is, and, if a vote or round is on another one, as the history
/// of git has it.
fn requests(root: &Path, ctx: &Context, line: &ChangeLine) -> Vec<Request> {
    let file = ctx.project().file(line.cr.file);
    let mut requests: Vec<Request> = Request::read(&file.text).into_iter().collect();
    if line.has_other_digests() {
        let earlier = git::versions(root, &file.path, LARGEST).unwrap_or_else(|error| {
            say!("note: earlier versions of {} were not read: {error}", file.path);
            Vec::new()
        });
        let texts = earlier.into_iter().filter_map(|bytes| text_of(bytes, &mut Faults::default()));
        requests.extend(texts.filter_map(|text| Request::read(&text)));
    }
    requests
}

/// The list of board members in the commit that added the last vote that counts.
fn board_at_vote(root: &Path, audit: &Audit) -> Option<BoardVersion> {
    let last = audit.votes.iter().rfind(|vote| vote.why_not.is_none())?;
    let found = git::with_added(root, &last.path, BOARD, LARGEST).unwrap_or_else(|error| {
        say!("note: the commit that added {} was not read: {error}", last.path);
        None
    });
    let (commit, bytes) = found?;
    Some(BoardVersion { commit, text: String::from_utf8(bytes).ok()? })
}

fn attachment(name: String, bytes: Vec<u8>) -> AttachedFile {
    let (media_type, description) = match (name.as_str(), name.rsplit('.').next().unwrap_or_default()) {
        ("SHA256SUMS", _) => ("text/plain", "The SHA-256 of every other file"),
        ("README.txt", _) => ("text/plain", "How to verify the votes"),
        ("votes.txt", _) => ("text/plain", "Every vote, and whether it counts"),
        ("allowed_signers", _) => ("text/plain", "Members' keys, and when each could sign"),
        (_, "sh") => ("application/x-sh", "Verifies the votes"),
        (_, "json") => ("application/json", "A request that was voted on"),
        (_, "yaml") => ("application/yaml", "The list of board members"),
        (_, "sig") => ("text/plain", "The signature of a vote"),
        (_, "reason") => ("text/plain", "The reason of a vote"),
        _ => ("text/plain", "The text that a member signed"),
    };
    AttachedFile { name, bytes, media_type, description: description.to_owned() }
}

/// Lets a script be run by its name, where files have such a permission.
fn set_run_bit(script: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mut permissions = fs::metadata(script)?.permissions();
        permissions.set_mode(permissions.mode() | 0o111);
        fs::set_permissions(script, permissions)?;
    }
    #[cfg(not(unix))]
    let _ = script;
    Ok(())
}
