//! A model in few bytes, for digests: CBOR.

use serde::Serialize;

use super::error::Error;

/// The bytes of a model.
pub fn compact(model: &impl Serialize) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    ciborium::into_writer(model, &mut bytes).map_err(|error| Error::Compact(error.to_string()))?;
    Ok(bytes)
}
