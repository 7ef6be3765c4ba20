//! OpenSSH's keys and programs: finds a member's key here, and signs with it through `ssh-keygen -Y sign`.

use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail};
use ssh_key::PublicKey;

use crate::load::LARGEST;
use crate::model::Member;
use crate::workflow::NAMESPACE;

/// A key to sign with.
pub struct SigningKey {
    /// What `ssh-keygen -f` is given: a private key, or a public one whose private half is in the agent.
    file: PathBuf,
    /// Where the public half is, if it is not known from the file.
    public: Option<PublicKey>,
    /// Where it was found, in words.
    pub found: String,
    /// Goes away with the key.
    _temporary: Option<tempfile::TempPath>,
}

impl SigningKey {
    /// The key in a file that was named.
    pub fn named(file: &Path) -> anyhow::Result<SigningKey> {
        let public = public_half(file)?;
        Ok(SigningKey { file: file.to_owned(), public, found: file.display().to_string(), _temporary: None })
    }

    /// The first key of `member` that is here: in `~/.ssh`, else in the agent.
    pub fn of(member: &Member) -> anyhow::Result<Option<SigningKey>> {
        let is_own = |key: &PublicKey| member.keys.iter().any(|own| own.key.key.key_data() == key.key_data());
        let in_agent = agent_keys();
        for (file, key) in home_keys().into_iter().filter(|(_, key)| is_own(key)) {
            // A public key alone is of no use, unless the agent has the private one.
            let private = file.with_extension("");
            if private.is_file() || in_agent.iter().any(|other| other.key_data() == key.key_data()) {
                let found = file.display().to_string();
                return Ok(Some(SigningKey { file, public: Some(key), found, _temporary: None }));
            }
        }
        let Some(key) = in_agent.into_iter().find(is_own) else { return Ok(None) };
        let mut file = tempfile::Builder::new().suffix(".pub").tempfile().context("cannot write a temporary file")?;
        writeln!(file, "{}", key.to_openssh().context("the agent's key cannot be written")?)?;
        let temporary = file.into_temp_path();
        let (file, found) = (temporary.to_path_buf(), "in the agent".to_owned());
        Ok(Some(SigningKey { file, public: Some(key), found, _temporary: Some(temporary) }))
    }

    /// Whether it is one of the member's keys; also where the file does not say which key it is.
    pub fn may_be_of(&self, member: &Member) -> bool {
        let is_own = |key: &PublicKey| member.keys.iter().any(|own| own.key.key.key_data() == key.key_data());
        self.public.as_ref().is_none_or(is_own)
    }

    /// What names it, `SHA256:…`; none where the file does not say.
    pub fn fingerprint(&self) -> Option<String> {
        self.public.as_ref().map(|key| key.fingerprint(ssh_key::HashAlg::Sha256).to_string())
    }

    /// Why signatures by it cannot be checked; none if they can.
    pub fn flaw(&self) -> Option<String> {
        crate::model::PublicKey { key: self.public.clone()? }.flaw()
    }

    /// Signs a text: armour, as `ssh-keygen -Y sign` writes it. It may ask for a passphrase, or for a touch of
    /// the security key.
    pub fn sign(&self, text: &str) -> anyhow::Result<String> {
        let child = Command::new("ssh-keygen")
            .args(["-q", "-Y", "sign", "-n", NAMESPACE, "-f"])
            .arg(&self.file)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn();
        let mut child = match child {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                bail!("`ssh-keygen` is not here: install OpenSSH (its client), or sign elsewhere with --print");
            }
            child => child.context("`ssh-keygen` does not start")?,
        };
        if let Some(mut stdin) = child.stdin.take() {
            // One that does not read to the end says why itself.
            drop(stdin.write_all(text.as_bytes()));
        }
        let output = child.wait_with_output().context("`ssh-keygen` does not answer")?;
        if !output.status.success() {
            bail!("`ssh-keygen` did not sign with {} (its own words stand above)", self.found);
        }
        String::from_utf8(output.stdout).context("`ssh-keygen` wrote no signature")
    }
}

/// The text of a file, or of standard input for `-`.
pub fn read_text(file: &Path) -> anyhow::Result<String> {
    let failed = || format!("cannot read {}", file.display());
    let mut text = String::new();
    let input: Box<dyn Read> = if file == Path::new("-") {
        Box::new(std::io::stdin())
    } else {
        Box::new(fs::File::open(file).with_context(failed)?)
    };
    input.take(LARGEST).read_to_string(&mut text).with_context(failed)?;
    Ok(text)
}

/// The public half of the key in a file; none where that cannot be told without its passphrase.
fn public_half(file: &Path) -> anyhow::Result<Option<PublicKey>> {
    if let Ok(key) = PublicKey::from_openssh(read_text(file)?.trim()) {
        return Ok(Some(key));
    }
    let mut neighbour = file.as_os_str().to_owned();
    neighbour.push(".pub");
    if let Ok(text) = fs::read_to_string(neighbour)
        && let Ok(key) = PublicKey::from_openssh(text.trim())
    {
        return Ok(Some(key));
    }
    // OpenSSH's own format bears the public half unencrypted.
    Ok(ssh_key::PrivateKey::from_openssh(read_text(file)?).ok().map(|key| key.public_key().clone()))
}

/// The public keys in `~/.ssh`, in the order of their names.
fn home_keys() -> Vec<(PathBuf, PublicKey)> {
    let Some(home) = std::env::home_dir() else { return Vec::new() };
    let entries = fs::read_dir(home.join(".ssh")).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "pub") && file.is_file());
    files.sort();
    let key = |file: &PathBuf| PublicKey::from_openssh(read_text(file).ok()?.trim()).ok();
    files.into_iter().filter_map(|file| key(&file).map(|key| (file, key))).collect()
}

/// The keys that the agent holds; none where there is no agent.
fn agent_keys() -> Vec<PublicKey> {
    let listed = Command::new("ssh-add").arg("-L").stdin(Stdio::null()).stderr(Stdio::null()).output();
    let Ok(output) = listed else { return Vec::new() };
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().filter_map(|line| PublicKey::from_openssh(line.trim()).ok()).collect()
}
