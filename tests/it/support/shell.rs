//! Command lines taken apart as a shell does it.

/// The words of a command line, up to where its output goes or a comment begins.
pub fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in line.split('"').enumerate() {
        match index % 2 {
            0 => words.extend(part.split_whitespace().map(str::to_owned)),
            _ => words.push(part.to_owned()),
        }
    }
    words.into_iter().take_while(|word| !["#", "|", "||", ">", "2>", "2>&1", "&&"].contains(&word.as_str())).collect()
}
