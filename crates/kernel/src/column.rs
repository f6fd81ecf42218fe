//! How a value stands in a column of a table: as text, as a whole number, or as bytes. Only the crate
//! `db` turns these into what a database wants.

use std::borrow::Cow;

/// One value of one column.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    /// No value.
    Null,
    /// A `BIGINT`.
    Int(i64),
    /// A `TEXT`.
    Text(Cow<'a, str>),
    /// A `BLOB` or `BYTEA`; the journal's alone.
    Bytes(Cow<'a, [u8]>),
}

/// A column held something that its type cannot be: the table is damaged or newer than the program.
#[derive(Debug, thiserror::Error)]
#[error("a column holds {found}, which is not {wanted}")]
pub struct WrongColumn {
    /// The type that was asked for.
    pub wanted: &'static str,
    /// What stood there, shortened.
    pub found: String,
}

impl WrongColumn {
    /// What stood there instead of `wanted`.
    pub fn new(wanted: &'static str, found: &Cell<'_>) -> Self {
        let mut found = format!("{found:?}");
        if let Some((cut, _)) = found.char_indices().nth(60) {
            found.truncate(cut);
        }
        WrongColumn { wanted, found }
    }
}

/// A type that a column can hold.
pub trait Column: Sized {
    /// As it is stored.
    fn to_cell(&self) -> Cell<'_>;
    /// Read back.
    fn from_cell(cell: Cell<'_>) -> Result<Self, WrongColumn>;
}

impl Column for i64 {
    fn to_cell(&self) -> Cell<'_> {
        Cell::Int(*self)
    }
    fn from_cell(cell: Cell<'_>) -> Result<Self, WrongColumn> {
        match cell {
            Cell::Int(value) => Ok(value),
            other => Err(WrongColumn::new("a whole number", &other)),
        }
    }
}

impl Column for String {
    fn to_cell(&self) -> Cell<'_> {
        Cell::Text(Cow::Borrowed(self))
    }
    fn from_cell(cell: Cell<'_>) -> Result<Self, WrongColumn> {
        match cell {
            Cell::Text(value) => Ok(value.into_owned()),
            other => Err(WrongColumn::new("text", &other)),
        }
    }
}

impl Column for Vec<u8> {
    fn to_cell(&self) -> Cell<'_> {
        Cell::Bytes(Cow::Borrowed(self))
    }
    fn from_cell(cell: Cell<'_>) -> Result<Self, WrongColumn> {
        match cell {
            Cell::Bytes(value) => Ok(value.into_owned()),
            other => Err(WrongColumn::new("bytes", &other)),
        }
    }
}

impl<const N: usize> Column for [u8; N] {
    fn to_cell(&self) -> Cell<'_> {
        Cell::Bytes(Cow::Borrowed(self))
    }
    fn from_cell(cell: Cell<'_>) -> Result<Self, WrongColumn> {
        match &cell {
            Cell::Bytes(value) => <[u8; N]>::try_from(value.as_ref())
                .map_err(|_| WrongColumn::new("bytes of that length", &cell)),
            other => Err(WrongColumn::new("bytes", other)),
        }
    }
}

/// `true` is 1, `false` is 0, as both databases can store.
impl Column for bool {
    fn to_cell(&self) -> Cell<'_> {
        Cell::Int(i64::from(*self))
    }
    fn from_cell(cell: Cell<'_>) -> Result<Self, WrongColumn> {
        Ok(i64::from_cell(cell)? != 0)
    }
}

impl<T: Column> Column for Option<T> {
    fn to_cell(&self) -> Cell<'_> {
        self.as_ref().map_or(Cell::Null, Column::to_cell)
    }
    fn from_cell(cell: Cell<'_>) -> Result<Self, WrongColumn> {
        match cell {
            Cell::Null => Ok(None),
            other => T::from_cell(other).map(Some),
        }
    }
}

/// Lets a type that has a textual form (`Display` and `FromStr`) stand in a `TEXT` column.
#[macro_export]
macro_rules! text_column {
    ($($name:ty: $wanted:literal),+ $(,)?) => {$(
        impl $crate::Column for $name {
            fn to_cell(&self) -> $crate::Cell<'_> {
                $crate::Cell::Text(::std::borrow::Cow::Owned(self.to_string()))
            }
            fn from_cell(cell: $crate::Cell<'_>) -> Result<Self, $crate::WrongColumn> {
                match &cell {
                    $crate::Cell::Text(text) => text.parse().map_err(|_| $crate::WrongColumn::new($wanted, &cell)),
                    other => Err($crate::WrongColumn::new($wanted, other)),
                }
            }
        }
    )+};
}

/// Lets a newtype with a textual form be written and read by serde as that text.
#[macro_export]
macro_rules! text_serde {
    ($($name:ty),+ $(,)?) => {$(
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = <::std::borrow::Cow<'de, str> as ::serde::Deserialize>::deserialize(from)?;
                text.parse().map_err(::serde::de::Error::custom)
            }
        }
    )+};
}

/// Declares an enum of a few words that are stored, sent and keyed by their names.
///
/// ```
/// kernel::named! {
///     /// How a thing is.
///     pub enum State as "a state" {
///         /// It begins.
///         Draft "draft",
///         /// It holds.
///         InForce "in_force",
///     }
/// }
/// assert_eq!(State::InForce.to_string().parse(), Ok(State::InForce));
/// ```
#[macro_export]
macro_rules! named {
    ($($(#[$meta:meta])* $vis:vis enum $kind:ident as $wanted:literal { $($(#[$doc:meta])* $variant:ident $name:literal),+ $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, ::serde::Serialize, ::serde::Deserialize)]
        $vis enum $kind { $($(#[$doc])* #[serde(rename = $name)] $variant),+ }
        impl $kind {
            /// Every one, in the order of the form.
            pub const ALL: &'static [$kind] = &[$($kind::$variant),+];
            /// As stored, and as its word is keyed.
            pub const fn name(self) -> &'static str {
                match self { $($kind::$variant => $name),+ }
            }
        }
        impl ::std::fmt::Display for $kind {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.name())
            }
        }
        impl ::std::str::FromStr for $kind {
            type Err = ();
            fn from_str(text: &str) -> Result<$kind, ()> {
                $kind::ALL.iter().copied().find(|known| known.name() == text).ok_or(())
            }
        }
        $crate::text_column!($kind: $wanted);
    )+};
}
