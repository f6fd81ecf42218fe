//! The body of an entry: salted, so that its hash gives nothing away, and sealed when it is about a person.

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit};
use kernel::{EntryId, Fault};

use crate::hash::{Hash, KeyId};

const SALT: usize = 16;
const NONCE: usize = 12;

/// A person's key. Whoever destroys it destroys what was sealed with it.
#[derive(Clone)]
pub struct Key(pub(crate) [u8; 32]);

impl Key {
    /// A new one.
    pub fn new() -> Result<Key, Fault> {
        random().map(Key)
    }
    /// The name of the key. It commits to the key and gives nothing of it away.
    pub fn id(&self) -> KeyId {
        KeyId(Hash::of(&[b"simpul/key/1", &self.0]))
    }
    fn cipher(&self) -> Aes256Gcm {
        Aes256Gcm::new(&self.0.into())
    }
}

/// Random bytes of the operating system.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], Fault> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|error| Fault::because("asking the system for random bytes", error))?;
    Ok(bytes)
}

/// Salt and JSON, as stored.
pub(crate) fn plain(json: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut body = Vec::with_capacity(SALT + json.len());
    body.extend_from_slice(&random::<SALT>()?);
    body.extend_from_slice(json);
    Ok(body)
}

/// The JSON of a plain body.
pub(crate) fn read_plain(body: &[u8]) -> Option<&[u8]> {
    body.get(SALT..)
}

/// Nonce and sealed (salt and JSON), as stored. The seal is bound to the entry and its kind.
pub(crate) fn sealed(key: &Key, id: EntryId, kind: &str, json: &[u8]) -> Result<Vec<u8>, Fault> {
    let nonce: [u8; NONCE] = random()?;
    let text = plain(json)?;
    let aad = bound_to(id, kind);
    let sealed = key
        .cipher()
        .encrypt(&nonce.into(), Payload { msg: &text, aad: &aad })
        .map_err(|_| Fault::new("sealing a body"))?;
    Ok([nonce.as_slice(), &sealed].concat())
}

/// The JSON of a sealed body, or nothing when the key is another one or a byte was changed.
pub(crate) fn unseal(key: &Key, id: EntryId, kind: &str, body: &[u8]) -> Option<Vec<u8>> {
    let (nonce, sealed) = body.split_at_checked(NONCE)?;
    let nonce: [u8; NONCE] = nonce.try_into().ok()?;
    let aad = bound_to(id, kind);
    let mut text = key.cipher().decrypt(&nonce.into(), Payload { msg: sealed, aad: &aad }).ok()?;
    if text.len() < SALT {
        return None;
    }
    text.drain(..SALT);
    Some(text)
}

fn bound_to(id: EntryId, kind: &str) -> Vec<u8> {
    [&id.to_bytes(), kind.as_bytes()].concat()
}

/// Wraps a key with another one, for `keys.db`.
pub(crate) fn wrap(with: &Key, key: &Key) -> Result<Vec<u8>, Fault> {
    let nonce: [u8; NONCE] = random()?;
    let aad = key.id().0.0;
    let sealed = with
        .cipher()
        .encrypt(&nonce.into(), Payload { msg: &key.0, aad: &aad })
        .map_err(|_| Fault::new("wrapping a key"))?;
    Ok([nonce.as_slice(), &sealed].concat())
}

/// The key that was wrapped under this name, if `with` is the right one.
pub(crate) fn unwrap(with: &Key, name: KeyId, wrapped: &[u8]) -> Option<Key> {
    let (nonce, sealed) = wrapped.split_at_checked(NONCE)?;
    let nonce: [u8; NONCE] = nonce.try_into().ok()?;
    let bytes = with.cipher().decrypt(&nonce.into(), Payload { msg: sealed, aad: &name.0.0 }).ok()?;
    let key = Key(bytes.try_into().ok()?);
    (key.id() == name).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_body_opens_with_its_key_for_its_entry_only() {
        let (key, other) = (Key::new().expect("random"), Key::new().expect("random"));
        let id = EntryId::new();
        let body = sealed(&key, id, "people.named/1", b"{\"name\":\"Aminah\"}").expect("seals");
        assert!(!body.windows(6).any(|window| window == b"Aminah"));
        assert_eq!(unseal(&key, id, "people.named/1", &body).as_deref(), Some(&b"{\"name\":\"Aminah\"}"[..]));
        assert_eq!(unseal(&other, id, "people.named/1", &body), None);
        assert_eq!(unseal(&key, EntryId::new(), "people.named/1", &body), None);
        assert_eq!(unseal(&key, id, "people.named/2", &body), None);
        assert_eq!(unseal(&key, id, "people.named/1", &body[..20]), None);
        let wrapped = wrap(&other, &key).expect("wraps");
        assert_eq!(unwrap(&other, key.id(), &wrapped).map(|k| k.0), Some(key.0));
        assert!(unwrap(&key, key.id(), &wrapped).is_none());
    }
}
