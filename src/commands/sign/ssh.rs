//! OpenSSH's keys and programs: finds a member's key here, and signs with it through `ssh-keygen -Y sign`.

use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail};
use chrono::NaiveDate;
use ssh_key::PublicKey;

use crate::load::LARGEST;
use crate::model::{Member, day_in_words};
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

    /// The first key of `member`, of those valid on `date`, that is here: in `~/.ssh`, else in the agent.
    pub fn of(member: &Member, date: NaiveDate) -> anyhow::Result<Option<SigningKey>> {
        let is_own = |key: &PublicKey| {
            let mut valid = member.keys.iter().filter(|own| own.is_valid_on(date));
            valid.any(|own| own.key.key.key_data() == key.key_data())
        };
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

    /// Whether it is one of the member's keys on a date. `Ok` too if the file does not tell which key it is; an error says
    /// why it is not, in words.
    pub fn of_member(&self, member: &Member, date: NaiveDate) -> Result<(), String> {
        let Some(public) = &self.public else { return Ok(()) };
        let own: Vec<_> = member.keys.iter().filter(|own| own.key.key.key_data() == public.key_data()).collect();
        if own.is_empty() {
            return Err(format!(
                "{} is none of the keys that data/board.yaml lists for {}",
                self.found, member.id.value
            ));
        }
        if !own.iter().any(|own| own.is_valid_on(date)) {
            let date = day_in_words(date);
            return Err(format!("{} is a key of {} that is not valid on {date}", self.found, member.id.value));
        }
        Ok(())
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
                bail!("{MISSING}");
            }
            child => child.context("cannot start `ssh-keygen`")?,
        };
        if let Some(mut stdin) = child.stdin.take() {
            // One that does not read to the end says why itself.
            drop(stdin.write_all(text.as_bytes()));
        }
        let output = child.wait_with_output().context("cannot read what `ssh-keygen` writes")?;
        if !output.status.success() {
            let card = if self.file.extension().is_some_and(|ending| ending == "pub") {
                "; load the private key with `ssh-add FILE`, or a smart card (PIV) with `ssh-add -s MODULE`"
            } else {
                ""
            };
            bail!("`ssh-keygen` did not sign with {}; its own message is above{card}", self.found);
        }
        String::from_utf8(output.stdout).context("`ssh-keygen` wrote no signature")
    }
}

const MISSING: &str = "`ssh-keygen` is not installed: install the OpenSSH client, or sign elsewhere with --print";

/// Checks that the `ssh-keygen` of this computer can sign, before anyone is asked whether it should.
pub fn can_sign() -> anyhow::Result<()> {
    // It lacks arguments; one that cannot sign rejects the option itself.
    let run = Command::new("ssh-keygen").args(["-Y", "sign"]).stdin(Stdio::null()).output();
    let run = match run {
        Err(error) if error.kind() == ErrorKind::NotFound => bail!("{MISSING}"),
        run => run.context("cannot start `ssh-keygen`")?,
    };
    let said = String::from_utf8_lossy(&run.stderr);
    if ["unknown option", "illegal option", "invalid option"].iter().any(|words| said.contains(words)) {
        bail!("this `ssh-keygen` cannot sign: install OpenSSH 8.1 or later, or sign elsewhere with --print");
    }
    Ok(())
}

/// The signature in a file, or on standard input for `-`.
pub fn read_signature(file: &Path) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    let failed = || format!("cannot read {}", file.display());
    input(file)?.take(LARGEST).read_to_end(&mut bytes).with_context(failed)?;
    let is_utf_16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) || bytes.contains(&0);
    if is_utf_16 {
        bail!(
            "{} is UTF-16 text, not UTF-8: have `ssh-keygen -Y sign` write the .sig file itself (`>` of Windows \
             PowerShell changes what it writes)",
            file.display()
        );
    }
    let Ok(text) = String::from_utf8(bytes) else { bail!("{} is not a text file", file.display()) };
    // An editor may have added a mark at the start, or other line ends; neither is part of a signature.
    Ok(text.trim_start_matches('\u{feff}').replace("\r\n", "\n"))
}

fn input(file: &Path) -> anyhow::Result<Box<dyn Read>> {
    if file == Path::new("-") {
        return Ok(Box::new(std::io::stdin()));
    }
    Ok(Box::new(fs::File::open(file).with_context(|| format!("cannot read {}", file.display()))?))
}

fn read_text(file: &Path) -> anyhow::Result<String> {
    let mut text = String::new();
    let failed = || format!("cannot read {}", file.display());
    input(file)?.take(LARGEST).read_to_string(&mut text).with_context(failed)?;
    Ok(text)
}

/// The public half of the key in a file; none where that cannot be told without its passphrase.
fn public_half(file: &Path) -> anyhow::Result<Option<PublicKey>> {
    let text = read_text(file)?;
    if let Ok(key) = PublicKey::from_openssh(text.trim()) {
        return Ok(Some(key));
    }
    if crate::model::is_certificate(&text) {
        let own = file.to_string_lossy().replace("-cert.pub", ".pub");
        bail!("{} is a certificate: use the key itself ({own})", file.display());
    }
    let mut neighbor = file.as_os_str().to_owned();
    neighbor.push(".pub");
    if let Ok(text) = fs::read_to_string(neighbor)
        && let Ok(key) = PublicKey::from_openssh(text.trim())
    {
        return Ok(Some(key));
    }
    // OpenSSH's own format bears the public half unencrypted.
    Ok(ssh_key::PrivateKey::from_openssh(text).ok().map(|key| key.public_key().clone()))
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
