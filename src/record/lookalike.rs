//! Characters that look like what YAML means, or like nothing, and are neither: Word and mail put them into texts.

/// Such a character in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lookalike {
    /// Its offset in bytes.
    pub at: usize,
    pub character: char,
    /// What it is called, with its article.
    pub name: &'static str,
    /// What to type instead; blank for one that is only deleted.
    pub instead: &'static str,
}

impl Lookalike {
    /// Whether it is a quotation mark.
    pub fn is_quote(&self) -> bool {
        matches!(self.instead, "\"" | "'")
    }

    /// Whether it takes room and shows nothing, or not even that.
    pub fn is_blank(&self) -> bool {
        matches!(self.instead, " " | "")
    }

    /// What to do about it.
    pub fn help(&self) -> String {
        match self.instead {
            "" => "delete this invisible character, or delete the word and type it again".to_owned(),
            " " => "delete this character and type an ordinary space".to_owned(),
            other => format!("delete this character and type `{other}`"),
        }
    }
}

/// The text as it was probably meant: with what they look like in their place.
pub fn without_lookalikes(text: &str) -> String {
    let plain =
        text.chars().map(|character| known(character).map_or(character.to_string(), |(_, plain)| plain.to_owned()));
    plain.collect::<String>().trim().to_owned()
}

/// The same without quotation marks around it.
pub fn without_quotes(text: &str) -> String {
    without_lookalikes(text).trim_matches(['"', '\'']).trim().to_owned()
}

/// The first of them in a text.
pub fn lookalike(text: &str) -> Option<Lookalike> {
    // Nearly all texts that are asked about are ASCII.
    let mut found = text.char_indices().filter(|(_, character)| !character.is_ascii());
    found.find_map(|(at, character)| {
        let (name, instead) = known(character)?;
        Some(Lookalike { at, character, name, instead })
    })
}

fn known(character: char) -> Option<(&'static str, &'static str)> {
    Some(match character {
        '\u{a0}' => ("a non-breaking space", " "),
        '\u{202f}' => ("a narrow non-breaking space", " "),
        '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{205f}' | '\u{3000}' => ("a typographic space", " "),
        '\u{200b}' => ("a zero-width space", ""),
        '\u{200c}' | '\u{200d}' | '\u{2060}'..='\u{2064}' | '\u{180e}' | '\u{feff}' => ("a zero-width character", ""),
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            ("an invisible mark of writing direction", "")
        }
        '\u{85}' | '\u{2028}' | '\u{2029}' => ("an invisible line separator", ""),
        '\u{ad}' => ("a soft hyphen", ""),
        '\u{2010}' => ("a typographic hyphen", "-"),
        '\u{2011}' => ("a non-breaking hyphen", "-"),
        '\u{2012}' | '\u{2013}' => ("an en dash", "-"),
        '\u{2014}' | '\u{2015}' => ("an em dash", "-"),
        '\u{2212}' => ("a minus sign", "-"),
        '\u{2022}' => ("a bullet", "-"),
        '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' => ("a curly quotation mark", "'"),
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' => ("a curly quotation mark", "\""),
        '\u{ff1a}' => ("a full-width colon", ":"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_something_else_is_named() {
        let name = |text| lookalike(text).map(|found| (found.at, found.name));
        assert_eq!(name("2026-11-17\u{a0}09:18"), Some((10, "a non-breaking space")));
        assert_eq!(name("lsam\u{200b}"), Some((4, "a zero-width space")));
        assert_eq!(name("é – ü"), Some((3, "an en dash")));
        assert_eq!(name("Rocío's \"naïve\" – no").map(|(_, name)| name), Some("an en dash"));
        assert_eq!(name("Ünï cödé"), None);
    }
}
