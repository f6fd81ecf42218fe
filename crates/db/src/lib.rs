//! One text of SQL over two databases. Nobody else in the house knows which one is behind.
//!
//! - Statements are written once with [`sql!`], in the language that SQLite and PostgreSQL share: `?1` for
//!   parameters, columns of `TEXT` and `BIGINT` (`BLOB` in the journal alone), sums as `CAST(SUM(x) AS BIGINT)`.
//! - [`Store::write`] and [`Store::submit`] give a closure to the one who writes. He runs what is queued, each closure in
//!   a savepoint of its own, commits once, and only then answers all of them.
//! - [`Store::read`] runs a closure in a snapshot of its own.

mod fault;
mod kept;
mod pg;
mod schema;
mod sql;
mod store;
mod sums;
mod tx;
mod writer;

pub use kept::KeptKey;
pub use schema::table_names;
pub use sql::{FromRow, Query, Row, Sql};
pub use store::Store;
pub use tx::{Dialect, Tx};
pub use writer::{Companion, Since};

/// A statement. The text is a literal, so that the tests can find every one and prepare it on both databases.
///
/// ```
/// let days = db::sql!("SELECT day FROM waste_line WHERE member = ?1 ORDER BY day");
/// ```
#[macro_export]
macro_rules! sql {
    ($text:literal) => {
        $crate::Sql::new($text)
    };
}

/// Declares a struct that is read from a row, its fields in the order of the columns.
#[macro_export]
macro_rules! row {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($(#[$field_meta:meta])* $field_vis:vis $field:ident: $type:ty),+ $(,)? }) => {
        $(#[$meta])*
        $vis struct $name { $($(#[$field_meta])* $field_vis $field: $type),+ }
        impl $crate::FromRow for $name {
            fn from_row(row: &$crate::Row<'_>) -> Result<Self, ::kernel::Fault> {
                let mut column = 0..;
                let mut next = || column.next().expect("columns never run out");
                Ok($name { $($field: row.get(next())?),+ })
            }
        }
    };
}
