//! What git holds: the entries of `git diff --raw`, and the contents of files.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::Stdio;

use super::{GitError, command};

/// Lists what differs by hashes and with whole paths, whatever a user has set.
pub(super) const RAW: [&str; 8] = [
    "--raw",
    "-z",
    "--no-abbrev",
    "--no-renames",
    "--no-ext-diff",
    "--no-textconv",
    "--ignore-submodules=none",
    // As git's documentation has it, for no order of the user's.
    "-O/dev/null",
];

/// What a base revision held at a path that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BaseFile {
    /// A file: its bytes, cut off just past the limit that was asked for.
    Bytes(Vec<u8>),
    /// Something that is not a file of ours: a symbolic link, a repository within the repository.
    Other,
}

/// What git holds at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Held {
    Nothing,
    /// A file, by the hash of its contents.
    File(String),
    Other,
}

impl Held {
    pub(super) fn new(mode: &str, hash: &str) -> Held {
        match mode {
            "000000" => Held::Nothing,
            mode if mode.starts_with("100") => Held::File(hash.to_owned()),
            _ => Held::Other,
        }
    }
}

/// What a path held before and after, as `git diff --raw` writes it: `:100644 100644 9f2c… 77aa… M`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct RawHeader {
    pub was: Held,
    pub is: Held,
}

impl RawHeader {
    pub(super) fn parse(part: &[u8]) -> Option<RawHeader> {
        let mut fields = std::str::from_utf8(part).ok()?.trim_start().strip_prefix(':')?.split(' ');
        let (was, is) = (fields.next()?, fields.next()?);
        Some(RawHeader { was: Held::new(was, fields.next()?), is: Held::new(is, fields.next()?) })
    }
}

/// The entries of `git diff --raw -z`: header and path in turn, each with a zero byte after it.
pub(super) fn raw_entries(raw: &[u8]) -> impl Iterator<Item = (RawHeader, &[u8])> {
    let mut parts = raw.split(|byte| *byte == 0);
    std::iter::from_fn(move || Some((RawHeader::parse(parts.next()?)?, parts.next()?)))
}

/// The files in git, in order; `None` for anything else.
pub(super) fn files(root: &Path, held: &[Held], largest: u64) -> Result<Vec<Option<BaseFile>>, GitError> {
    let hash = |held: &'_ Held| if let Held::File(hash) = held { Some(hash.clone()) } else { None };
    let hashes: Vec<String> = held.iter().filter_map(hash).collect();
    let hashes: Vec<&str> = hashes.iter().map(String::as_str).collect();
    let mut contents = contents(root, &hashes, largest)?.into_iter();
    let file = |held: &Held| match held {
        Held::Nothing => None,
        Held::Other => Some(BaseFile::Other),
        Held::File(_) => contents.next(),
    };
    Ok(held.iter().map(file).collect())
}

/// The contents of objects, in the order of their hashes.
pub(super) fn contents(root: &Path, hashes: &[&str], largest: u64) -> Result<Vec<BaseFile>, GitError> {
    if hashes.is_empty() {
        return Ok(Vec::new());
    }
    let mut child = command(root)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(GitError::Missing)?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let asked: String = hashes.iter().map(|hash| format!("{hash}\n")).collect();
    let read = std::thread::scope(|scope| {
        // Git answers while it is asked: a program that only writes, or only reads, would wait forever.
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(asked.as_bytes())));
        stdout.map(|stdout| {
            let mut answers = BufReader::new(stdout);
            hashes.iter().map(|_| answer(&mut answers, largest)).collect::<std::io::Result<Vec<BaseFile>>>()
        })
    });
    let ended = child.wait();
    match (read, ended) {
        (Some(Ok(contents)), Ok(status)) if status.success() => Ok(contents),
        (Some(Err(error)), _) => Err(GitError::Failed { reason: error.to_string() }),
        _ => Err(GitError::Failed { reason: "`git cat-file` failed".to_owned() }),
    }
}

/// One answer of `git cat-file --batch`: a line with the object's size, its bytes, and a line end.
fn answer(answers: &mut impl BufRead, largest: u64) -> std::io::Result<BaseFile> {
    let mut header = String::new();
    answers.read_line(&mut header)?;
    let size = header.trim_end().rsplit(' ').next().and_then(|size| size.parse::<u64>().ok());
    let Some(size) = size else {
        let missing = format!("an object of the base was not fetched ({}): run `git fetch` first", header.trim_end());
        return Err(std::io::Error::other(missing));
    };
    let mut object = answers.take(size + 1);
    let mut bytes = Vec::new();
    (&mut object).take(size.min(largest + 1)).read_to_end(&mut bytes)?;
    std::io::copy(&mut object, &mut std::io::sink())?;
    Ok(BaseFile::Bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_taken_as_they_are() {
        let raw = b":100644 000000 9f2c 0000 M\0data/a b\n\"c\".yaml\0:000000 100644 0000 0000 A\0data/\xff.yaml\0";
        let found: Vec<_> = raw_entries(raw).map(|(header, path)| (header.was, path.to_vec())).collect();
        assert_eq!(found[0], (Held::File("9f2c".to_owned()), b"data/a b\n\"c\".yaml".to_vec()));
        assert_eq!(found[1], (Held::Nothing, b"data/\xff.yaml".to_vec()));
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn a_long_file_is_cut_off_and_the_next_one_is_read() {
        let mut answers: &[u8] = b"9f2c blob 10\n0123456789\n77aa blob 2\nab\n8888 missing\n";
        let cut = answer(&mut answers, 3).expect("an object");
        assert_eq!(cut, BaseFile::Bytes(b"0123".to_vec()));
        assert_eq!(answer(&mut answers, 3).expect("an object"), BaseFile::Bytes(b"ab".to_vec()));
        assert!(answer(&mut answers, 3).is_err());
    }
}
