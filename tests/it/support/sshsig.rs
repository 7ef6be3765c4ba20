//! Keys and signatures made with OpenSSH's own programs, and what is signed, worked out apart from the program.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sha2::{Digest, Sha256};

pub const NAMESPACE: &str = "heatpack-decision";

/// A key of its own folder, which goes away with it.
pub struct Key {
    folder: tempfile::TempDir,
    /// The line of its `.pub` file.
    pub public: String,
}

fn ssh(program: &str) -> Command {
    let mut command = Command::new(program);
    command.env_clear().stdin(Stdio::null());
    if let Some(path) = std::env::var_os("PATH") {
        command.env("PATH", path);
    }
    command
}

/// Runs one of OpenSSH's programs; it has to end well.
#[track_caller]
fn run(mut command: Command) -> Vec<u8> {
    let output = command.output().unwrap_or_else(|error| panic!("these tests need OpenSSH ({command:?}): {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

impl Key {
    /// A new key of a kind, without a passphrase.
    pub fn new(kind: &str, comment: &str) -> Key {
        let folder = tempfile::tempdir().expect("a folder");
        let mut keygen = ssh("ssh-keygen");
        keygen.args(["-q", "-t", kind, "-N", "", "-C", comment, "-f"]).arg(folder.path().join("key"));
        run(keygen);
        let public = fs::read_to_string(folder.path().join("key.pub")).expect("the public key").trim().to_owned();
        Key { folder, public }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("key")
    }

    /// Signs a text.
    pub fn sign(&self, namespace: &str, text: &str) -> String {
        sign_with(&self.file(), namespace, text)
    }

    /// Has another key certify this one; gives the certificate's file, beside the key.
    pub fn certified_by(&self, authority: &Key) -> PathBuf {
        let mut keygen = ssh("ssh-keygen");
        keygen.args(["-q", "-I", "rchen", "-n", "rchen", "-s"]).arg(authority.file());
        keygen.arg(self.folder.path().join("key.pub"));
        run(keygen);
        self.folder.path().join("key-cert.pub")
    }

    /// Signs a text with SHA-1, which `ssh-keygen` no longer does and the agent still does when it is asked
    /// without flags. None where there are no sockets to ask it through.
    #[cfg(not(unix))]
    pub fn sign_by_agent(&self, _: &str, _: &str) -> Option<String> {
        None
    }

    /// Signs a text with SHA-1, which `ssh-keygen` no longer does and the agent still does when it is asked
    /// without flags.
    #[cfg(unix)]
    pub fn sign_by_agent(&self, namespace: &str, text: &str) -> Option<String> {
        let socket = self.folder.path().join("agent");
        let mut agent = ssh("ssh-agent");
        let mut agent = agent.arg("-D").arg("-a").arg(&socket).stdout(Stdio::null()).spawn().expect("an ssh-agent");
        let answer = self.ask(&socket, namespace, text);
        agent.kill().expect("the agent ends");
        agent.wait().expect("the agent ended");
        answer
    }

    /// Asks the agent at a socket, once it is there, for a signature with the algorithm that the key is named for.
    #[cfg(unix)]
    fn ask(&self, socket: &Path, namespace: &str, text: &str) -> Option<String> {
        use std::io::{Read, Write};
        use std::os::unix::net::UnixStream;

        for _ in 0..200 {
            if UnixStream::connect(socket).is_ok() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        let mut add = ssh("ssh-add");
        add.arg("-q").arg(self.file()).env("SSH_AUTH_SOCK", socket);
        run(add);
        let key = unarmoured(self.public.split(' ').nth(1)?);
        let mut signed = b"SSHSIG".to_vec();
        for part in [namespace.as_bytes(), b"", b"sha256", &Sha256::digest(text)] {
            push(&mut signed, part);
        }
        let mut request = vec![13];
        push(&mut request, &key);
        push(&mut request, &signed);
        request.extend(0u32.to_be_bytes());
        let mut message = Vec::new();
        push(&mut message, &request);
        let mut stream = UnixStream::connect(socket).ok()?;
        stream.write_all(&message).ok()?;
        let mut length = [0; 4];
        stream.read_exact(&mut length).ok()?;
        let mut answer = vec![0; u32::from_be_bytes(length) as usize];
        stream.read_exact(&mut answer).ok()?;
        // 14 is a signature; before it stands its length.
        let signature = answer.strip_prefix(&[14]).map(|rest| rest[4..].to_vec())?;
        Some(assembled(&key, namespace, "sha256", &signature))
    }
}

/// Signs a text with the key, or certificate, of a file.
pub fn sign_with(file: &Path, namespace: &str, text: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let message = folder.path().join("text");
    fs::write(&message, text).expect("the text");
    let mut keygen = ssh("ssh-keygen");
    keygen.args(["-q", "-Y", "sign", "-n", namespace, "-f"]).arg(file).arg(&message);
    run(keygen);
    fs::read_to_string(folder.path().join("text.sig")).expect("the signature")
}

/// The text that a vote signs (`docs/explanation/signatures.md`).
pub fn payload(cr: &str, digest: &str, decision: &str, by: &str, at: &str, reason: &str) -> String {
    let reason = hex(reason.as_bytes());
    format!(
        "heatpack decision v1\ncr {cr}\ndigest {digest}\ndecision {decision}\nby {by}\nat {at}\nreason sha256:{reason}\n"
    )
}

/// The digest of a request of fields on one line each, with `log` last.
pub fn digest(yaml: &str) -> String {
    let request = yaml.split("log:\n").next().unwrap_or(yaml);
    let mut fields = std::collections::BTreeMap::new();
    for line in request.lines() {
        let (key, value) = line.split_once(": ").expect("a field");
        let list = value.strip_prefix('[').and_then(|value| value.strip_suffix(']'));
        let value = match list {
            Some(items) => serde_json::Value::from(items.split(", ").collect::<Vec<_>>()),
            None => serde_json::Value::from(value),
        };
        fields.insert(key, value);
    }
    format!("sha256:{}", hex(serde_json::to_string(&fields).expect("JSON").as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The same signature that calls itself another algorithm's.
pub fn with_algorithm(signature: &str, algorithm: &str) -> String {
    let bytes = body(signature);
    let mut rest = &bytes[10..];
    let [key, namespace, _, hash, inner] = [(); 5].map(|()| take(&mut rest));
    let mut inner = inner;
    take(&mut inner);
    let mut renamed = Vec::new();
    push(&mut renamed, algorithm.as_bytes());
    renamed.extend(inner);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("a name");
    assembled(key, &text(namespace), &text(hash), &renamed)
}

/// Whether a name stands in a signature.
pub fn has(signature: &str, name: &str) -> bool {
    let mut wanted = Vec::new();
    push(&mut wanted, name.as_bytes());
    body(signature).windows(wanted.len()).any(|window| window == wanted)
        && !(name == "ssh-rsa" && body(signature).windows(wanted.len()).filter(|window| *window == wanted).count() < 2)
}

/// A signature in OpenSSH's armour.
fn assembled(key: &[u8], namespace: &str, hash: &str, signature: &[u8]) -> String {
    let mut bytes = b"SSHSIG".to_vec();
    bytes.extend(1u32.to_be_bytes());
    for part in [key, namespace.as_bytes(), b"", hash.as_bytes(), signature] {
        push(&mut bytes, part);
    }
    let lines: Vec<String> =
        armoured(&bytes).as_bytes().chunks(70).map(|line| String::from_utf8_lossy(line).into_owned()).collect();
    format!("-----BEGIN SSH SIGNATURE-----\n{}\n-----END SSH SIGNATURE-----\n", lines.join("\n"))
}

fn body(signature: &str) -> Vec<u8> {
    unarmoured(&signature.lines().filter(|line| !line.starts_with("-----")).collect::<String>())
}

fn push(out: &mut Vec<u8>, part: &[u8]) {
    out.extend((part.len() as u32).to_be_bytes());
    out.extend(part);
}

fn take<'a>(bytes: &mut &'a [u8]) -> &'a [u8] {
    let length = u32::from_be_bytes(bytes[..4].try_into().expect("a length")) as usize;
    let (part, rest) = bytes[4..].split_at(length);
    *bytes = rest;
    part
}

const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn armoured(bytes: &[u8]) -> String {
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let number = chunk.iter().fold(0u32, |sum, byte| (sum << 8) | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for at in 0..4 {
            let digit = ALPHABET[(number >> (18 - 6 * at)) as usize & 63];
            out.push(if at <= chunk.len() { digit as char } else { '=' });
        }
    }
    out
}

fn unarmoured(text: &str) -> Vec<u8> {
    let digits: Vec<u32> = text
        .bytes()
        .filter_map(|byte| ALPHABET.iter().position(|other| *other == byte))
        .map(|digit| digit as u32)
        .collect();
    let mut out = Vec::new();
    for chunk in digits.chunks(4) {
        let number = chunk.iter().fold(0u32, |sum, digit| (sum << 6) | digit) << (6 * (4 - chunk.len()));
        out.extend(&number.to_be_bytes()[1..chunk.len()]);
    }
    out
}
