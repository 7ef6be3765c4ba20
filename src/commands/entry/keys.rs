//! What is typed and pasted at a question, key by key.
//!
//! A terminal that is asked to marks what is pasted (bracketed paste): the lines of a mail are then one text, and not so
//! many answers. What was typed ahead and not read is drained at the end: a shell would run it.

use std::io::{self, Write as _};

/// What came from the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    Char(char),
    Enter,
    /// Alt-Enter: a new line within a text.
    NewLine,
    Backspace,
    Delete,
    Left,
    Right,
    Up,
    Down,
    Home,
    End,
    Escape,
    /// Ctrl-C.
    Interrupt,
    /// A text that was pasted, whatever it holds.
    Paste(String),
    /// A key that no question uses.
    Other,
}

/// The terminal's keyboard, while a question is asked. Dropping it makes the terminal what it was.
pub struct Keys {
    #[cfg(unix)]
    tty: unix::Raw,
}

/// Asks the terminal to mark what is pasted, and to do so no longer.
const MARK_PASTE: &str = "\u{1b}[?2004h";
const MARK_NO_PASTE: &str = "\u{1b}[?2004l";

impl Keys {
    /// Reads keys one by one from now on, and shows none of them by itself.
    pub fn new() -> io::Result<Keys> {
        let keys = Keys {
            #[cfg(unix)]
            tty: unix::Raw::new()?,
        };
        tell(MARK_PASTE);
        Ok(keys)
    }

    /// The next key; waits for it.
    #[cfg(unix)]
    pub fn next(&mut self) -> io::Result<Key> {
        next(&mut self.tty)
    }

    /// The next key; waits for it.
    #[cfg(not(unix))]
    pub fn next(&mut self) -> io::Result<Key> {
        other::next()
    }

    /// Whether more was typed already, faster than a person types: it was pasted into a terminal that does not mark that.
    pub fn has_more(&mut self) -> bool {
        #[cfg(unix)]
        return self.tty.has_more();
        #[cfg(not(unix))]
        return false;
    }
}

impl Drop for Keys {
    fn drop(&mut self) {
        tell(MARK_NO_PASTE);
    }
}

/// Throws away what was typed and not read, until nothing comes any more.
pub fn drain() {
    #[cfg(unix)]
    if let Ok(mut tty) = unix::Raw::new() {
        tty.drain();
    }
}

fn tell(sequence: &str) {
    let mut stderr = io::stderr();
    // Windows shows the sequence on an old console; it marks no paste anyway.
    if cfg!(unix) {
        drop(stderr.write_all(sequence.as_bytes()).and_then(|()| stderr.flush()));
    }
}

/// Where bytes come from.
#[cfg(any(unix, test))]
trait Bytes {
    /// The next byte; waits for it.
    fn wait(&mut self) -> io::Result<u8>;
    /// The next byte, if it comes with the one before.
    fn together(&mut self) -> io::Result<Option<u8>>;
}

/// Reads one key.
#[cfg(any(unix, test))]
fn next(bytes: &mut impl Bytes) -> io::Result<Key> {
    Ok(match bytes.wait()? {
        0x1b => match bytes.together()? {
            None => Key::Escape,
            Some(b'\r' | b'\n') => Key::NewLine,
            Some(b'[' | b'O') => sequence(bytes)?,
            Some(_) => Key::Other,
        },
        b'\r' | b'\n' => Key::Enter,
        0x7f | 0x08 => Key::Backspace,
        0x01 => Key::Home,
        0x05 => Key::End,
        0x03 => Key::Interrupt,
        0x04 => Key::Escape,
        b'\t' => Key::Char(' '),
        control if control < 0x20 => Key::Other,
        first => character(first, bytes)?.map_or(Key::Other, Key::Char),
    })
}

/// The rest of a sequence such as `ESC [ 3 ~`.
#[cfg(any(unix, test))]
fn sequence(bytes: &mut impl Bytes) -> io::Result<Key> {
    let mut number = Vec::new();
    while let Some(byte) = bytes.together()? {
        match byte {
            b'0'..=b'9' | b';' if number.len() < 16 => number.push(byte),
            b'~' => {
                return Ok(match number.as_slice() {
                    b"1" | b"7" => Key::Home,
                    b"4" | b"8" => Key::End,
                    b"3" => Key::Delete,
                    b"200" => Key::Paste(pasted(bytes)?),
                    _ => Key::Other,
                });
            }
            b'A' => return Ok(Key::Up),
            b'B' => return Ok(Key::Down),
            b'C' => return Ok(Key::Right),
            b'D' => return Ok(Key::Left),
            b'H' => return Ok(Key::Home),
            b'F' => return Ok(Key::End),
            _ => return Ok(Key::Other),
        }
    }
    Ok(Key::Other)
}

/// What is pasted, up to its end mark, with `\n` as its line ends and without control characters.
#[cfg(any(unix, test))]
fn pasted(bytes: &mut impl Bytes) -> io::Result<String> {
    const END: &[u8] = b"\x1b[201~";
    let mut text = Vec::new();
    while !text.ends_with(END) {
        text.push(bytes.wait()?);
    }
    text.truncate(text.len() - END.len());
    let text = String::from_utf8_lossy(&text).replace("\r\n", "\n").replace('\r', "\n");
    Ok(text.chars().filter(|c| matches!(c, '\n' | '\t') || !c.is_control()).collect())
}

/// The character that begins with this byte of UTF-8; none where it is none.
#[cfg(any(unix, test))]
fn character(first: u8, bytes: &mut impl Bytes) -> io::Result<Option<char>> {
    let more = match first {
        0xc0..=0xdf => 1,
        0xe0..=0xef => 2,
        0xf0..=0xf7 => 3,
        _ => 0,
    };
    let mut whole = vec![first];
    for _ in 0..more {
        match bytes.together()? {
            Some(byte) => whole.push(byte),
            None => return Ok(None),
        }
    }
    let found = std::str::from_utf8(&whole).ok().and_then(|text| text.chars().next());
    Ok(found.filter(|found| !found.is_control()))
}

#[cfg(unix)]
mod unix {
    //! The terminal on standard input.

    use std::io;
    use std::time::{Duration, Instant};

    use rustix::io::Errno;
    use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr};

    use super::Bytes;

    /// What still comes after this is left alone.
    const LONGEST: Duration = Duration::from_secs(5);

    /// Standard input, byte by byte. What its terminal was set to holds again once this is dropped.
    pub struct Raw {
        before: Termios,
        raw: Termios,
        /// A byte that was read to see whether there is one.
        ahead: Option<u8>,
    }

    impl Raw {
        pub fn new() -> io::Result<Raw> {
            let before = tcgetattr(io::stdin())?;
            let mut raw = before.clone();
            raw.local_modes -= LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG | LocalModes::IEXTEN;
            raw.special_codes[SpecialCodeIndex::VMIN] = 1;
            raw.special_codes[SpecialCodeIndex::VTIME] = 0;
            tcsetattr(io::stdin(), OptionalActions::Now, &raw)?;
            Ok(Raw { before, raw, ahead: None })
        }

        /// How many bytes a read waits for, and how many tenths of a second it waits at most; 0 is for ever.
        ///
        /// The terminal's own timer, since macOS cannot `poll` every terminal.
        fn set(&mut self, bytes: u8, tenths: u8) -> io::Result<()> {
            let codes = &mut self.raw.special_codes;
            let is_set = codes[SpecialCodeIndex::VMIN] == bytes && codes[SpecialCodeIndex::VTIME] == tenths;
            codes[SpecialCodeIndex::VMIN] = bytes;
            codes[SpecialCodeIndex::VTIME] = tenths;
            if !is_set {
                tcsetattr(io::stdin(), OptionalActions::Now, &self.raw)?;
            }
            Ok(())
        }

        /// One byte; none where none comes in the time that is set, or no more can come.
        fn read(&self) -> io::Result<Option<u8>> {
            let mut byte = [0];
            loop {
                match rustix::io::read(io::stdin(), &mut byte) {
                    Ok(0) => return Ok(None),
                    Ok(_) => return Ok(Some(byte[0])),
                    Err(Errno::INTR) => {}
                    Err(error) => return Err(error.into()),
                }
            }
        }

        /// Whether a byte comes at once.
        pub fn has_more(&mut self) -> bool {
            if self.ahead.is_none() {
                self.ahead = self.together().ok().flatten();
            }
            self.ahead.is_some()
        }

        /// Throws away what is typed until nothing comes any more.
        pub fn drain(&mut self) {
            let begun = Instant::now();
            while begun.elapsed() < LONGEST && self.together().is_ok_and(|byte| byte.is_some()) {}
        }
    }

    impl Drop for Raw {
        fn drop(&mut self) {
            // A terminal that is gone needs nothing.
            tcsetattr(io::stdin(), OptionalActions::Drain, &self.before).ok();
        }
    }

    impl Bytes for Raw {
        fn wait(&mut self) -> io::Result<u8> {
            if let Some(byte) = self.ahead.take() {
                return Ok(byte);
            }
            self.set(1, 0)?;
            self.read()?.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
        }

        fn together(&mut self) -> io::Result<Option<u8>> {
            if let Some(byte) = self.ahead.take() {
                return Ok(Some(byte));
            }
            self.set(0, 1)?;
            self.read()
        }
    }
}

#[cfg(not(unix))]
mod other {
    //! The console of Windows, which marks no paste.

    use std::io;

    use dialoguer::console::{Key as Read, Term};

    use super::Key;

    pub fn next() -> io::Result<Key> {
        Ok(match Term::stderr().read_key_raw()? {
            Read::Char(character) if !character.is_control() => Key::Char(character),
            Read::Tab => Key::Char(' '),
            Read::Enter => Key::Enter,
            Read::Backspace => Key::Backspace,
            Read::Del => Key::Delete,
            Read::ArrowLeft => Key::Left,
            Read::ArrowRight => Key::Right,
            Read::ArrowUp => Key::Up,
            Read::ArrowDown => Key::Down,
            Read::Home => Key::Home,
            Read::End => Key::End,
            Read::Escape => Key::Escape,
            Read::CtrlC => Key::Interrupt,
            _ => Key::Other,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes that come one after another; a blank is a pause.
    struct Typed(std::collections::VecDeque<Option<u8>>);

    impl Bytes for Typed {
        fn wait(&mut self) -> io::Result<u8> {
            while let Some(byte) = self.0.pop_front() {
                if let Some(byte) = byte {
                    return Ok(byte);
                }
            }
            Err(io::ErrorKind::UnexpectedEof.into())
        }

        fn together(&mut self) -> io::Result<Option<u8>> {
            Ok(self.0.pop_front().flatten())
        }
    }

    fn keys(parts: &[&str]) -> Vec<Key> {
        let with_pauses = parts.iter().flat_map(|part| part.bytes().map(Some).chain([None]));
        let mut typed = Typed(with_pauses.collect());
        std::iter::from_fn(|| next(&mut typed).ok()).collect()
    }

    #[test]
    fn keys_are_told_apart() {
        use Key::*;
        assert_eq!(keys(&["aé€😀", "\r", "\n"]), [Char('a'), Char('é'), Char('€'), Char('😀'), Enter, Enter]);
        assert_eq!(keys(&["\u{1b}", "\u{1b}[A\u{1b}[B\u{1b}OC\u{1b}[D"]), [Escape, Up, Down, Right, Left]);
        assert_eq!(
            keys(&["\u{1b}[3~\u{1b}[1~\u{1b}[F", "\u{3}\u{4}\u{7f}\t"]),
            [Delete, Home, End, Interrupt, Escape, Backspace, Char(' ')]
        );
        assert_eq!(
            keys(&["\u{1b}\r", "\u{1b}x", "\u{1b}[99~", "\u{1b}[", "\u{7}"]),
            [NewLine, Other, Other, Other, Other]
        );
    }

    #[test]
    fn a_paste_is_one_text_whatever_is_in_it() {
        let pasted = |text: &str| keys(&[&format!("\u{1b}[200~{text}\u{1b}[201~"), "x"]);
        let whole = |text: &str| vec![Key::Paste(text.to_owned()), Key::Char('x')];
        assert_eq!(pasted("Dear desk,\r\nthe export\ris broken.\n"), whole("Dear desk,\nthe export\nis broken.\n"));
        assert_eq!(pasted("a\u{3}b\u{1b}[Ac\u{4}\td\u{1b}[200~"), whole("ab[Ac\td[200~"));
        assert_eq!(pasted(""), whole(""));
        // Its end mark comes in two parts.
        assert_eq!(keys(&["\u{1b}[200~a\u{1b}[2", "01~", "x"]), whole("a"));
    }
}
