//! A model in few bytes, for digests: CBOR, in which a Markdown text stands without the tree that follows from it.

use serde::Serialize;

use super::Error;

/// The bytes of a model.
pub fn compact(model: &impl Serialize) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    ciborium::into_writer(model, &mut bytes).map_err(|error| Error::Compact(error.to_string()))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RichText;

    #[test]
    fn a_markdown_text_stands_without_its_tree() {
        let bytes = |text: &str| compact(&RichText::new(text)).unwrap_or_default();
        let says = |bytes: &[u8], word: &str| bytes.windows(word.len()).any(|run| run == word.as_bytes());
        assert!(says(&bytes("*late*"), "*late*") && !says(&bytes("*late*"), "blocks"));
        assert_ne!(bytes("*late*"), bytes("late"));
        let json = serde_json::to_string(&RichText::new("*late*")).unwrap_or_default();
        assert!(json.contains("\"blocks\"") && json.contains("\"markdown\""), "{json}");
    }
}
