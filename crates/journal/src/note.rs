//! Checkpoints: signed notes of C2SP (signed-note, tlog-checkpoint) with Ed25519.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, Verifier as _, VerifyingKey};
use kernel::Fault;

use crate::body::random;
use crate::hash::Hash;

/// Ed25519 in the algorithm byte of a note's key.
const ED25519: u8 = 0x01;

/// Signs the checkpoints of one log. Its name is the origin of the log.
#[derive(Clone)]
pub struct Signer {
    name: String,
    key: SigningKey,
}

/// Checks what a [`Signer`] signed. As text it is a vkey: `name+hash+key`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verifier {
    name: String,
    key: VerifyingKey,
}

/// What a checkpoint says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log.
    pub origin: String,
    /// How many entries it has.
    pub size: u64,
    /// The root of its tree.
    pub root: Hash,
}

impl Signer {
    /// A new key for the log with this origin.
    pub fn new(origin: &str) -> Result<Signer, Fault> {
        Ok(Signer::from_seed(origin, random()?))
    }
    /// The signer whose 32-byte seed is kept in a file.
    pub fn from_seed(origin: &str, seed: [u8; 32]) -> Signer {
        Signer { name: origin.to_owned(), key: SigningKey::from_bytes(&seed) }
    }
    /// What to keep in the file.
    pub fn seed(&self) -> [u8; 32] {
        self.key.to_bytes()
    }
    /// The other half, for everybody.
    pub fn verifier(&self) -> Verifier {
        Verifier { name: self.name.clone(), key: self.key.verifying_key() }
    }
    /// The signed note for a tree.
    pub fn sign(&self, size: u64, root: Hash) -> String {
        let text = Checkpoint { origin: self.name.clone(), size, root }.text();
        let signature = self.key.sign(text.as_bytes());
        let mut bytes = self.verifier().key_hash().to_vec();
        bytes.extend_from_slice(&signature.to_bytes());
        format!("{text}\n\u{2014} {} {}\n", self.name, STANDARD.encode(bytes))
    }
}

impl Verifier {
    /// Reads a vkey.
    pub fn read(vkey: &str) -> Option<Verifier> {
        let mut parts = vkey.splitn(3, '+');
        let (name, hash, key) = (parts.next()?, parts.next()?, parts.next()?);
        let bytes = STANDARD.decode(key).ok()?;
        let (algorithm, key) = bytes.split_first()?;
        let key = VerifyingKey::from_bytes(key.try_into().ok()?).ok()?;
        let verifier = Verifier { name: name.to_owned(), key };
        let expected: String = verifier.key_hash().iter().map(|byte| format!("{byte:02x}")).collect();
        (*algorithm == ED25519 && hash == expected).then_some(verifier)
    }
    /// The vkey.
    pub fn vkey(&self) -> String {
        let hash: String = self.key_hash().iter().map(|byte| format!("{byte:02x}")).collect();
        let key = [&[ED25519], self.key.as_bytes().as_slice()].concat();
        format!("{}+{hash}+{}", self.name, STANDARD.encode(key))
    }
    /// The checkpoint in a note, if this key signed it.
    pub fn check(&self, note: &str) -> Option<Checkpoint> {
        let (text, signatures) = note.rsplit_once("\n\n")?;
        let text = format!("{text}\n");
        let prefix = format!("\u{2014} {} ", self.name);
        let signed = signatures.lines().filter_map(|line| line.strip_prefix(&prefix)).any(|signature| {
            STANDARD.decode(signature).is_ok_and(|bytes| {
                bytes.len() == 68
                    && bytes[..4] == self.key_hash()
                    && Signature::from_slice(&bytes[4..])
                        .is_ok_and(|signature| self.key.verify(text.as_bytes(), &signature).is_ok())
            })
        });
        let checkpoint = Checkpoint::read(&text)?;
        (signed && checkpoint.origin == self.name).then_some(checkpoint)
    }
    fn key_hash(&self) -> [u8; 4] {
        let hash = Hash::of(&[self.name.as_bytes(), b"\n", &[ED25519], self.key.as_bytes()]);
        hash.0[..4].try_into().expect("four of 32 bytes")
    }
}

impl Checkpoint {
    fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, STANDARD.encode(self.root.0))
    }
    fn read(text: &str) -> Option<Checkpoint> {
        let mut lines = text.lines();
        let (origin, size, root) = (lines.next()?, lines.next()?, lines.next()?);
        let root = Hash(STANDARD.decode(root).ok()?.try_into().ok()?);
        Some(Checkpoint { origin: origin.to_owned(), size: size.parse().ok()?, root })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::leaf_hash;

    #[test]
    fn another_program_reads_our_notes_and_we_notice_a_changed_one() {
        let signer = Signer::new("simpul/site/0123abcd/1").expect("random");
        let note = signer.sign(42, leaf_hash(b"x"));
        let ours = Verifier::read(&signer.verifier().vkey()).expect("our own vkey");
        assert_eq!(ours.check(&note).expect("signed").size, 42);
        assert_eq!(ours.check(&note.replace("42", "43")), None);
        let other = Signer::new("simpul/site/0123abcd/1").expect("random");
        assert_eq!(other.verifier().check(&note), None);

        let vkey = signer.verifier().vkey();
        let verifier = signed_note::StandardVerifier::new(&vkey).expect("a vkey of the standard");
        let parsed = signed_note::Note::from_bytes(note.as_bytes()).expect("a note of the standard");
        let known = signed_note::VerifierList::new(vec![Box::new(verifier)]);
        let (verified, _) = parsed.verify(&known).expect("a signature of the standard");
        assert_eq!(verified.len(), 1);
    }
}
