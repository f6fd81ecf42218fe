//! The code of a sort of waste.

use std::fmt;
use std::str::FromStr;

/// What a teller types for a sort of waste: `PET`, `KARDUS`, `BTL-K`. Upper case, at most 12 letters, digits and
/// hyphens; typed in any case.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SortCode(String);

/// Text that is no code of a sort.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadableSort;

impl SortCode {
    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SortCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Display for UnreadableSort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a code of a sort has 1 to 12 letters, digits and hyphens")
    }
}

impl FromStr for SortCode {
    type Err = UnreadableSort;
    fn from_str(text: &str) -> Result<SortCode, UnreadableSort> {
        let code = text.trim().to_ascii_uppercase();
        let fits =
            (1..=12).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if fits { Ok(SortCode(code)) } else { Err(UnreadableSort) }
    }
}

impl From<SortCode> for kernel::Arg {
    fn from(sort: SortCode) -> kernel::Arg {
        kernel::Arg::Text(sort.0)
    }
}

kernel::text_serde!(SortCode);

impl kernel::Column for SortCode {
    fn to_cell(&self) -> kernel::Cell<'_> {
        kernel::Cell::Text(self.0.as_str().into())
    }
    fn from_cell(cell: kernel::Cell<'_>) -> Result<Self, kernel::WrongColumn> {
        let text = String::from_cell(cell)?;
        text.parse().map_err(|_| kernel::WrongColumn::new("a sort", &kernel::Cell::Text(text.into())))
    }
}
