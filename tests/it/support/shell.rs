//! Command lines taken apart as a shell does it.

/// The words of a command line, up to where its output goes or a comment begins.
pub fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = line;
    while let Some(start) = rest.find(['"', '\'']) {
        words.extend(rest[..start].split_whitespace().map(str::to_owned));
        let (quote, quoted) = rest[start..].split_at(1);
        let (word, after) = quoted.split_once(quote).unwrap_or((quoted, ""));
        words.push(word.to_owned());
        rest = after;
    }
    words.extend(rest.split_whitespace().map(str::to_owned));
    words.into_iter().take_while(|word| !["#", "|", "||", ">", "2>", "2>&1", "&&"].contains(&word.as_str())).collect()
}
