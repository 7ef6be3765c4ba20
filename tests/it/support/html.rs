//! Reads the HTML that heatpack writes, and no other: what is not written as heatpack writes it is refused.
//!
//! A browser guesses what broken markup means; nothing here does. Names are lower case, values stand in double quotes
//! and hold neither `<` nor `>`, a `&` begins a reference that is known, and a script or style ends at its end tag.

/// A piece of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    Doctype,
    Comment(String),
    /// A start tag; values are as they are meant, references resolved.
    Start {
        name: String,
        attributes: Vec<(String, String)>,
    },
    End {
        name: String,
    },
    /// Text without its escapes; a script or style is unchanged.
    Text(String),
}

/// The elements whose content is no markup, each until its end tag.
const RAW: [&str; 2] = ["script", "style"];

/// The pieces of a page, or what is wrong with it.
pub fn tokens(html: &str) -> Result<Vec<Token>, String> {
    let mut found = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let Some(inner) = rest.strip_prefix('<') else {
            let end = rest.find('<').unwrap_or(rest.len());
            found.push(Token::Text(meant(&rest[..end])?));
            rest = &rest[end..];
            continue;
        };
        if let Some(after) = inner.strip_prefix("!--") {
            let (comment, after) = after.split_once("-->").ok_or("a comment has no end")?;
            found.push(Token::Comment(comment.to_owned()));
            rest = after;
        } else if let Some(after) =
            inner.strip_prefix("!doctype html>").or_else(|| inner.strip_prefix("!DOCTYPE html>"))
        {
            found.push(Token::Doctype);
            rest = after;
        } else if let Some(after) = inner.strip_prefix('/') {
            let (name, after) = after.split_once('>').ok_or("an end tag has no end")?;
            found.push(Token::End { name: named(name)? });
            rest = after;
        } else {
            let (name, attributes, after) = start_tag(inner)?;
            rest = after;
            if RAW.contains(&name.as_str()) {
                let close = format!("</{name}>");
                let at = rest.find(&close).ok_or_else(|| format!("<{name}> has no end"))?;
                found.push(Token::Start { name, attributes });
                found.push(Token::Text(rest[..at].to_owned()));
                rest = &rest[at..];
            } else {
                found.push(Token::Start { name, attributes });
            }
        }
    }
    Ok(found)
}

type Tag<'a> = (String, Vec<(String, String)>, &'a str);

/// A start tag, of which `<` was read.
fn start_tag(text: &str) -> Result<Tag<'_>, String> {
    let end = text.find(|c: char| c.is_whitespace() || "/>".contains(c)).ok_or("a start tag has no end")?;
    let name = named(&text[..end])?;
    let mut attributes: Vec<(String, String)> = Vec::new();
    let mut rest = &text[end..];
    loop {
        let inner = rest.trim_start();
        let apart = inner.len() < rest.len();
        if let Some(after) = inner.strip_prefix("/>").or_else(|| inner.strip_prefix('>')) {
            return Ok((name, attributes, after));
        }
        let shown: String = inner.chars().take(60).collect();
        let end = inner.find(|c: char| c.is_whitespace() || "=/>\"'<".contains(c)).ok_or("a start tag has no end")?;
        if !apart || end == 0 {
            return Err(format!("in <{name}> stands {shown:?}"));
        }
        let attribute = inner[..end].to_owned();
        let plain = |c: char| c.is_ascii_alphanumeric() || "-:_".contains(c);
        if !attribute.chars().all(plain) || attributes.iter().any(|(other, _)| *other == attribute) {
            return Err(format!("<{name}> has the attribute {attribute:?}"));
        }
        rest = &inner[end..];
        let mut value = String::new();
        if let Some(quoted) = rest.strip_prefix('=') {
            let quoted =
                quoted.strip_prefix('"').ok_or_else(|| format!("<{name} {attribute}> is not quoted: {shown:?}"))?;
            let (inside, after) = quoted.split_once('"').ok_or("a value has no end")?;
            if inside.contains(['<', '>']) {
                return Err(format!("<{name} {attribute}> holds markup: {inside:?}"));
            }
            value = meant(inside)?;
            rest = after;
        }
        attributes.push((attribute, value));
    }
}

fn named(name: &str) -> Result<String, String> {
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if is_name { Ok(name.to_owned()) } else { Err(format!("no name of an element: {name:?}")) }
}

/// A text as it is meant, its references resolved.
pub fn meant(text: &str) -> Result<String, String> {
    if let Some(bad) = text.chars().find(|c| c.is_control() && !"\n\t".contains(*c)) {
        return Err(format!("the character {bad:?} stands in the page"));
    }
    let mut parts = text.split('&');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (reference, after) = part.split_once(';').ok_or_else(|| format!("a & begins nothing: {part:?}"))?;
        out.push(match reference {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "#39" => '\'',
            "nbsp" => '\u{a0}',
            other => return Err(format!("the reference &{other}; is none of ours")),
        });
        out.push_str(after);
    }
    Ok(out)
}
