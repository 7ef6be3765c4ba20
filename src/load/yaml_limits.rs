//! How many values a YAML text can have, so that a small file never takes much memory.

/// The most items of a list, and fields of a mapping.
pub(super) const LONGEST: usize = 20_000;

/// The most values of a text of that length. The shortest that records have take ten characters or so; with two each,
/// the tree of a file would be dozens of times its size.
pub(super) const fn most_values(length: usize) -> usize {
    LONGEST + length / 8
}

/// The most commas in brackets of a text of that length: until a list in brackets ends, the parser holds all of it, and
/// three hundred bytes for each comma in it. A log that is written in braces throughout has one in twenty-two characters.
const fn most_commas(length: usize) -> usize {
    LONGEST / 2 + length / 22
}

/// The offset of the first comma in brackets beyond the limit. Brackets in a description look like those of a list, and
/// a closing one may be in quotes, so an opening one ends with the next field of the record, unless the whole record is
/// in brackets. A description with a bracket therefore cannot have ten thousand commas after it.
pub(super) fn comma_too_many(text: &str) -> Option<usize> {
    let (mut is_inside, mut left) = (false, most_commas(text.len()));
    // Hardly any file has that many at all.
    if text.bytes().filter(|byte| *byte == b',').count() <= left {
        return None;
    }
    let has_lines = !text.lines().any(|line| line.starts_with(['[', '{']));
    let mut line_starts = true;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' | b'{' => is_inside = true,
            b',' if is_inside => {
                if left == 0 {
                    return Some(at);
                }
                left -= 1;
            }
            b'a'..=b'z' if line_starts && has_lines => is_inside = false,
            _ => {}
        }
        line_starts = byte == b'\n';
    }
    None
}
