//! Rust source text → tokens, without comments, the contents of literals, and `#[cfg(test)]` items.

/// A token: a name, or one mark of punctuation (`::` is one).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    Name(String),
    Mark(String),
}

impl Token {
    pub fn is(&self, text: &str) -> bool {
        matches!(self, Token::Name(own) | Token::Mark(own) if own == text)
    }

    pub fn name(&self) -> Option<&str> {
        match self {
            Token::Name(name) => Some(name),
            Token::Mark(_) => None,
        }
    }
}

/// The tokens of a file that take part in a build without tests.
pub fn tokens(text: &str) -> Vec<Token> {
    without_tests(all_tokens(text))
}

fn all_tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let (mut at, mut found) = (0, Vec::new());
    let get = |at: usize| chars.get(at).copied().unwrap_or('\0');
    while at < chars.len() {
        let (c, next) = (chars[at], get(at + 1));
        if c.is_whitespace() {
            at += 1;
        } else if c == '/' && next == '/' {
            at = end_of_line(&chars, at);
        } else if c == '/' && next == '*' {
            at = end_of_block_comment(&chars, at);
        } else if let Some(end) = end_of_literal(&chars, at) {
            found.push(Token::Mark("literal".to_owned()));
            at = end;
        } else if c.is_alphanumeric() || c == '_' {
            let start = at;
            while get(at).is_alphanumeric() || get(at) == '_' {
                at += 1;
            }
            found.push(Token::Name(chars[start..at].iter().collect()));
        } else if c == ':' && next == ':' {
            found.push(Token::Mark("::".to_owned()));
            at += 2;
        } else {
            found.push(Token::Mark(c.to_string()));
            at += 1;
        }
    }
    found
}

fn end_of_line(chars: &[char], at: usize) -> usize {
    chars[at..].iter().position(|c| *c == '\n').map_or(chars.len(), |length| at + length)
}

/// Block comments nest in Rust.
fn end_of_block_comment(chars: &[char], mut at: usize) -> usize {
    let mut depth = 0;
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => (depth, at) = (depth + 1, at + 2),
            ('*', Some('/')) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

/// The end of a string or character literal that begins here; `None` if none does. A lifetime is not a literal.
fn end_of_literal(chars: &[char], at: usize) -> Option<usize> {
    let rest = &chars[at..];
    let prefix = ["br", "cr", "b", "c", "r", ""].into_iter().find(|prefix| {
        let raw = prefix.ends_with('r');
        let after: String = rest.iter().skip(prefix.len()).take_while(|c| raw && **c == '#').collect();
        let quote = rest.get(prefix.len() + after.len());
        prefix.chars().eq(rest.iter().copied().take(prefix.len()))
            && (quote == Some(&'"') || (quote == Some(&'\'') && matches!(*prefix, "" | "b")))
    })?;
    let mut end = at + prefix.len();
    if prefix.ends_with('r') {
        let hashes = chars[end..].iter().take_while(|c| **c == '#').count();
        end += hashes + 1;
        while end < chars.len() {
            let closes =
                chars[end] == '"' && chars[end + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes;
            end += 1;
            if closes {
                return Some(end + hashes);
            }
        }
        return Some(end);
    }
    let quote = chars[end];
    if quote == '\'' && chars.get(end + 1) != Some(&'\\') && chars.get(end + 2) != Some(&'\'') {
        return None;
    }
    end += 1;
    while end < chars.len() && chars[end] != quote {
        end += if chars[end] == '\\' { 2 } else { 1 };
    }
    Some(end + 1)
}

/// Skips every item under `#[cfg(test)]`.
fn without_tests(tokens: Vec<Token>) -> Vec<Token> {
    const CFG_TEST: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let (mut at, mut kept) = (0, Vec::new());
    while at < tokens.len() {
        let is_test =
            CFG_TEST.iter().enumerate().all(|(i, text)| tokens.get(at + i).is_some_and(|token| token.is(text)));
        if is_test {
            at = end_of_item(&tokens, at + CFG_TEST.len());
        } else {
            kept.push(tokens[at].clone());
            at += 1;
        }
    }
    kept
}

/// An item ends with its `;`, or with the `}` that closes its first `{`.
fn end_of_item(tokens: &[Token], mut at: usize) -> usize {
    let mut depth = 0usize;
    while at < tokens.len() {
        let token = &tokens[at];
        at += 1;
        if ["{", "(", "["].iter().any(|open| token.is(open)) {
            depth += 1;
        } else if ["}", ")", "]"].iter().any(|close| token.is(close)) {
            depth = depth.saturating_sub(1);
            if depth == 0 && token.is("}") {
                break;
            }
        } else if depth == 0 && token.is(";") {
            break;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        tokens(text).iter().filter_map(|token| token.name().map(str::to_owned)).collect()
    }

    #[test]
    fn comments_and_literals_hold_no_names() {
        assert_eq!(
            names("a // b\n/* c /* d */ e */ f \"g \\\" h\" i r#\"j \" k\"# l b\"m\" n"),
            ["a", "f", "i", "l", "n"]
        );
        assert_eq!(names("a 'b' c '\\'' d &'e f br##\"g\"# h\"## i"), ["a", "c", "d", "e", "f", "i"]);
    }

    #[test]
    fn items_for_tests_are_skipped() {
        let text = "a #[cfg(test)] mod tests { use b; { c } } d #[cfg(test)] use e::{f, g}; h #[cfg(unix)] i";
        assert_eq!(names(text), ["a", "d", "h", "cfg", "unix", "i"]);
        assert_eq!(names("#[cfg(test)] #[path = \"x\"] mod tests; a"), ["a"]);
    }
}
