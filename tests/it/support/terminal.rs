//! The real binary on a terminal, where it asks questions and is answered as a person would: one at a time.
//!
//! `script` of util-linux is the terminal: every Linux has it.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// How long an answer may take; a machine under load is slow.
const PATIENCE: Duration = Duration::from_secs(120);

/// A terminal on which the binary runs.
pub struct Terminal {
    child: Child,
    said: Arc<Mutex<Vec<u8>>>,
    /// How much of what was said has been looked at.
    seen: usize,
}

impl Terminal {
    /// Runs `heatpack` in a folder, on a terminal of so many columns.
    pub fn run(folder: &Path, columns: usize, arguments: &[&str]) -> Terminal {
        Terminal::run_with(folder, columns, &[], arguments)
    }

    /// The same, with variables of the environment.
    pub fn run_with(folder: &Path, columns: usize, variables: &[(&str, &str)], arguments: &[&str]) -> Terminal {
        let quoted = |word: &str| format!("'{}'", word.replace('\'', "'\\''"));
        let words: Vec<String> =
            std::iter::once(env!("CARGO_BIN_EXE_heatpack")).chain(arguments.iter().copied()).map(quoted).collect();
        Terminal::start(folder, columns, variables, &words.join(" "))
    }

    /// Runs a shell in a folder, which knows the binary as `heatpack`.
    pub fn shell(folder: &Path) -> Terminal {
        let binary = Path::new(env!("CARGO_BIN_EXE_heatpack")).parent().expect("a folder");
        Terminal::start(folder, 120, &[], &format!("PATH={}:$PATH PS1='> ' sh -i", binary.display()))
    }

    fn start(folder: &Path, columns: usize, variables: &[(&str, &str)], command: &str) -> Terminal {
        let command = format!("stty cols {columns} rows 40; {command}");
        let mut script = Command::new("script");
        script.args(["--quiet", "--return", "--command", &command, "/dev/null"]).current_dir(folder);
        script.env_clear().envs(super::clock()).env("TERM", "xterm").env("NO_COLOR", "1").env("SHELL", "/bin/sh");
        script.envs(variables.iter().copied());
        if let Some(path) = std::env::var_os("PATH") {
            script.env("PATH", path);
        }
        script.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = script.spawn().unwrap_or_else(|error| panic!("this test needs `script` (util-linux): {error}"));
        let said = Arc::new(Mutex::new(Vec::new()));
        let (mut output, kept) = (child.stdout.take().expect("its output"), Arc::clone(&said));
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                kept.lock().expect("what was said").extend_from_slice(&bytes[..count]);
            }
        });
        Terminal { child, said, seen: 0 }
    }

    /// All that was said so far, without what moves the cursor.
    pub fn text(&self) -> String {
        plain(&self.said.lock().expect("what was said"))
    }

    /// Waits until something is said that was not before.
    #[track_caller]
    pub fn waits_for(&mut self, what: &str) {
        let until = Instant::now() + PATIENCE;
        loop {
            let text = self.text();
            if let Some(at) = text.get(self.seen..).and_then(|rest| rest.find(what)) {
                self.seen += at + what.len();
                return;
            }
            assert!(Instant::now() < until, "`{what}` was not said:\n{text}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Types a line, once something is said.
    #[track_caller]
    pub fn answers(&mut self, question: &str, line: &str) {
        self.waits_for(question);
        self.types(&format!("{line}\r"));
    }

    /// Types.
    pub fn types(&mut self, keys: &str) {
        let input = self.child.stdin.as_mut().expect("its input");
        input.write_all(keys.as_bytes()).and_then(|()| input.flush()).expect("the terminal takes keys");
    }

    /// Waits for the end; gives the exit status and all that was said.
    #[track_caller]
    pub fn ends(mut self) -> (i32, String) {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().expect("the terminal") {
                // What was said last may still be on its way.
                std::thread::sleep(Duration::from_millis(100));
                return (status.code().unwrap_or(-1), self.text());
            }
            if Instant::now() > until {
                panic!("it does not end:\n{}", self.text());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// A test that fails leaves no terminal behind, which would keep the test program's output open.
impl Drop for Terminal {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A terminal's output as text, without carriage returns and the sequences that move the cursor or set a color.
fn plain(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut out = String::new();
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '\u{1b}' if rest.peek() == Some(&'[') => {
                rest.next();
                while rest.next().is_some_and(|c| !c.is_ascii_alphabetic()) {}
            }
            '\r' => {}
            other => out.push(other),
        }
    }
    out
}
