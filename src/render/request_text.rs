//! The whole request of a CR as text: every field that its digest covers, as it is written.

use super::show_text::{Paint, push_rows};
use super::shown;
use crate::load::Request;
use crate::model::REQUEST_TEXTS;

/// A request under its title. `names` gives the name behind a field's value that is an id.
pub fn request_text(request: &Request, names: impl Fn(&str, &str) -> Option<String>, colors: bool) -> String {
    let paint = Paint { colors };
    let value =
        |field: &str| request.fields.iter().find(|(name, _)| name == field).map(|(_, values)| values.join(", "));
    let title = shown(&value("title").unwrap_or_default());
    let mut out = format!("{}  {title}\n\n", paint.bold(&shown(&value("id").unwrap_or_default())));
    let mut rows: Vec<(String, String)> = Vec::new();
    let mut texts: Vec<(String, &str)> = Vec::new();
    for (name, values) in request.fields.iter().filter(|(name, _)| name != "id" && name != "title") {
        let label = shown(&name.replace('_', " "));
        match values.as_slice() {
            [text] if is_text(name, text) => texts.push((label, text)),
            values => {
                let named =
                    |value: &String| names(name, value).map_or(value.clone(), |name| format!("{name} ({value})"));
                rows.push((label, values.iter().map(named).collect::<Vec<_>>().join(", ")));
            }
        }
    }
    rows.push(("digest".to_owned(), request.digest.clone()));
    let rows: Vec<(&str, String)> = rows.iter().map(|(label, text)| (label.as_str(), text.clone())).collect();
    push_rows(&mut out, "  ", &rows);
    for (label, text) in texts {
        out.push_str(&format!("\n  {}\n", paint.bold(&label)));
        for line in text.lines() {
            out.push_str(format!("    {}", shown(line)).trim_end());
            out.push('\n');
        }
    }
    out
}

/// The same for a file beside the text that is signed: with the line that the digest is of.
pub fn request_file(request: &Request, names: impl Fn(&str, &str) -> Option<String>) -> String {
    format!(
        "{}\nThe digest is the SHA-256 of the last line of this file, without its line end. To check it:\n  \
         tail -n 1 FILE | tr -d '\\n' | sha256sum\n\n{}\n",
        request_text(request, names, false),
        request.canonical
    )
}

/// Whether a field has a heading of its own, above its value.
fn is_text(name: &str, text: &str) -> bool {
    REQUEST_TEXTS.iter().any(|(field, _)| *field == name) || text.contains('\n')
}
