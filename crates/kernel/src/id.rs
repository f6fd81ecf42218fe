//! Ids: 16 bytes, made before anything is sent, so that sending twice is harmless.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

/// The alphabet of an id: Crockford's base 32 in lower case, without i, l, o, u. It sorts like the bytes.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// 16 bytes are 128 bits, and 26 letters carry 130.
const LETTERS: usize = 26;

/// Text that is no id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an id has 26 letters and digits")]
pub struct UnreadableId;

fn write_letters(value: u128) -> [u8; LETTERS] {
    let mut letters = [b'0'; LETTERS];
    let mut rest = value;
    for letter in letters.iter_mut().rev() {
        *letter = ALPHABET[(rest & 31) as usize];
        rest >>= 5;
    }
    letters
}

fn read_letters(text: &str) -> Result<u128, UnreadableId> {
    if text.len() != LETTERS || text.as_bytes()[0] > b'7' {
        return Err(UnreadableId);
    }
    text.bytes().try_fold(0u128, |value, letter| {
        let digit = ALPHABET.iter().position(|known| *known == letter).ok_or(UnreadableId)?;
        Ok(value << 5 | digit as u128)
    })
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(u128);

        impl $name {
            /// A new id. Ids made later sort later, to the millisecond (UUID version 7).
            #[allow(clippy::new_without_default)]
            pub fn new() -> Self {
                $name(Uuid::now_v7().as_u128())
            }
            /// An id derived from other data, for imports that must give the same id each time.
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                $name(u128::from_be_bytes(bytes))
            }
            /// When it was made, in milliseconds since 1970 (UTC) by the clock of whoever made it: a claim.
            pub const fn made_ms(self) -> u64 {
                (self.0 >> 80) as u64
            }
            /// The 16 bytes.
            pub const fn to_bytes(self) -> [u8; 16] {
                self.0.to_be_bytes()
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let letters = write_letters(self.0);
                f.pad(std::str::from_utf8(&letters).expect("the alphabet is ASCII"))
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }
        impl FromStr for $name {
            type Err = UnreadableId;
            fn from_str(text: &str) -> Result<Self, UnreadableId> {
                read_letters(text).map($name)
            }
        }
        $crate::text_serde!($name);
        $crate::text_column!($name: "an id");
    )+};
}

ids! {
    /// One entry of the journal; also the key by which a repeated request is recognised.
    EntryId
    /// A person who signs in. Random, says nothing about the person.
    StaffId
    /// A household (rumah tangga, KK).
    HouseholdId
    /// A person whose name is sealed.
    PersonId
    /// A group or an element of village society: farmers' group, school, PKK.
    GroupId
    /// A book: a waste bank, a seed store, a programme budget. One site keeps it.
    BookId
    /// A member (nasabah) of a waste bank.
    MemberId
    /// A party to a cooperation: a region, a ministry, a foundation, a village.
    PartyId
    /// A paper of a cooperation: a letter of intent, a memorandum, an implementing arrangement.
    InstrumentId
    /// What a party to a cooperation owes to another one.
    ObligationId
    /// A visit of one party to another.
    VisitId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_its_text_and_sorts_like_its_bytes() {
        let mut previous = EntryId::from_bytes([0; 16]);
        for n in 0..2000u32 {
            let mut bytes = [0xff; 16];
            bytes[..4].copy_from_slice(&(n * 2_000_003).to_be_bytes());
            let id = EntryId::from_bytes(bytes);
            assert_eq!(id.to_string().parse(), Ok(id));
            assert_eq!(id.to_string() > previous.to_string(), id > previous);
            previous = id;
        }
        assert_eq!("".parse::<EntryId>(), Err(UnreadableId));
        assert_eq!("zzzzzzzzzzzzzzzzzzzzzzzzzz".parse::<EntryId>(), Err(UnreadableId));
        assert_eq!("0123456789ABCDEFGHJKMNPQRS".parse::<EntryId>(), Err(UnreadableId));
        assert_eq!("é123456789abcdefghjkmnpqr".parse::<EntryId>(), Err(UnreadableId));
    }
}
