//! What the YAML parser runs into → words for a clerk: what is wrong, and what to do.

/// How deep mappings and lists may be nested, the outermost being 1.
pub(super) const DEEPEST: usize = 32;

/// The message and help for nesting beyond the limit.
pub(super) fn too_deep() -> (String, &'static str) {
    let message = format!("mappings and lists are nested deeper than {DEEPEST}");
    (message, "delete stray brackets or spaces; records have few levels")
}

/// A run of a text as a message quotes it: its first characters.
pub(super) fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST_QUOTED) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The longest run that a message repeats, in characters.
pub(super) const LONGEST_QUOTED: usize = 60;

/// What the parser ran into, in a clerk's words: what is wrong, and what to do. `before` and `rest` are the text
/// of the line up to that place, and what follows.
pub(super) fn scan_words(info: &str, before: &str, rest: &str) -> (String, String) {
    let described = |message: &str, help: &str| (message.to_owned(), help.to_owned());
    let first = rest.chars().next().unwrap_or(' ');
    // The parser's own bound on brackets, which it meets while it looks ahead.
    if info.contains("recursion limit") {
        let (message, help) = too_deep();
        return (message, help.to_owned());
    }
    if info.contains("unprintable") {
        return described("this character cannot be shown", "delete the character and type it again");
    }
    if info.contains(" tab") || info.starts_with("tab") || first == '\t' || before.ends_with('\t') {
        return described("a tab is used where only spaces are allowed", "replace the tab with spaces");
    }
    if info.contains("mapping values are not allowed") {
        let help = "put the whole value into quotes, as in `title: \"Export: the last quarter\"`; if a new field begins \
                    here, begin it in the same column as the others";
        return described("the value contains a colon followed by a space", help);
    }
    if info.contains("unknown anchor") || info.contains("scanning an anchor") {
        let help = "put the value into quotes; YAML aliases and anchors (`*name`, `&name`) are not used in records";
        return (format!("a value starts with `{first}`, which YAML takes for an alias or anchor"), help.to_owned());
    }
    if info.contains("unexpected character") {
        let mark = if first == '`' { "a backtick".to_owned() } else { format!("`{first}`") };
        return (format!("a value starts with {mark}"), "put the value into quotes".to_owned());
    }
    if info.contains("quoted scalar") {
        let help = "write a `\"` after its last word; a `\"` inside it is written `\\\"`";
        return described("the closing quote of a value is missing or misplaced", help);
    }
    if info.contains("flow") || info.contains("bracket") || info.contains("illegal placement") {
        return described("a list in brackets is not closed before this", "write the `]` or `}` that closes it");
    }
    if info.contains("simple key") || info.contains("expected key") {
        let help = "write `field: value`; the further lines of a text are indented, and start after `field: |`";
        return described("this line or the one before it is not a field", help);
    }
    if info.contains("indicator") || info.contains("indentation") || info.contains("expected <document start>") {
        let help = "begin the fields of one record or entry in the same column, and each entry of a list with `- `";
        return described("this line is indented differently from its neighbors", help);
    }
    let help = "look at this line and the one before it: a value that holds `: ` or starts with a special character \
                needs quotes, and the fields of one record begin in the same column";
    (format!("this is not YAML: {info}"), help.to_owned())
}
