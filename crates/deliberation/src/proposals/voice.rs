//! Whose support or vote it is, without a name.

use std::fmt;
use std::str::FromStr;

use kernel::StaffId;

/// A voice that counts once: somebody who signed in, or a telephone in a hall by the hash of its token in this meeting. No
/// voice of a hall leads to a person, nor from one meeting to another. Written `staff:…`, `hall:…`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Voice {
    /// Somebody who signed in.
    Staff(StaffId),
    /// A telephone in a hall: 32 hexadecimal digits.
    Hall(String),
}

/// Text that is no voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnreadableVoice;

impl fmt::Display for UnreadableVoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a voice is staff:… or hall:…")
    }
}

impl fmt::Display for Voice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Voice::Staff(id) => write!(f, "staff:{id}"),
            Voice::Hall(hash) => write!(f, "hall:{hash}"),
        }
    }
}

impl FromStr for Voice {
    type Err = UnreadableVoice;
    fn from_str(text: &str) -> Result<Voice, UnreadableVoice> {
        match text.split_once(':') {
            Some(("staff", id)) => id.parse().map(Voice::Staff).map_err(|_| UnreadableVoice),
            Some(("hall", hash)) if hash.len() == 32 && hash.bytes().all(|it| it.is_ascii_hexdigit()) => {
                Ok(Voice::Hall(hash.to_owned()))
            }
            _ => Err(UnreadableVoice),
        }
    }
}

kernel::text_serde!(Voice);
kernel::text_column!(Voice: "a voice");
