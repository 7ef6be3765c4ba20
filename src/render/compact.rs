//! A model in few bytes, for digests: CBOR, in which a Markdown text stands without the tree that follows from it.

use serde::Serialize;

use super::Error;

/// The bytes of a model.
pub fn compact<T: Serialize + ?Sized>(model: &T) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    ciborium::into_writer(model, &mut bytes).map_err(|error| Error::Compact(error.to_string()))?;
    Ok(bytes)
}
