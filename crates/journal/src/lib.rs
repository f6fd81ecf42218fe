//! The journal: facts before tables. What happened is appended, never changed; every table follows from it by a
//! pure `fold` in the same transaction and can be dropped and folded again at any time.
//!
//! The formats of this crate (header, body, tree, note) are kept for ever. `docs/formats.md` has them for people who
//! write a verifier of their own; `verify/` has one in Python.

mod backup;
mod blob;
mod body;
mod chapter;
mod export;
mod fold;
mod hash;
mod header;
mod keys;
pub mod ledger;
mod machine;
mod note;
mod open;
mod refold;
mod restore;
mod reversal;
mod state;
mod tree;
mod verify;
mod work;

pub use backup::{BackupDue, BackupSummary, Recipient, backup, backup_due};
pub use blob::{Blob, Blobs, Kept, blob};
pub use chapter::{Chapter, Entry, Fact, Folded, Forget};
pub use export::{ExportSummary, LogKey, checkpoint, export_log, log_keys, proof, unwritable};
pub use fold::{Fold, Turn};
pub use hash::{Hash, KeyId};
pub use header::{Class, Header, Via};
pub use keys::Keyring;
pub use note::{Checkpoint, Signer, Verifier};
pub use open::{Journal, Open, Paths, RawEntry};
pub use refold::refold;
pub use restore::{Names, Unlock, restore};
pub use reversal::{JournalRefusal, Reversal, Reversing};
pub use tree::{inclusion_path, leaf_hash, node_hash, root_from_path};
pub use verify::{Problem, Report, verify, verify_tables};
pub use work::{Asked, Context, View, Work};
