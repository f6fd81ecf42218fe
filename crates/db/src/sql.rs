//! Statements, parameters and rows.

use kernel::{Cell, Column, Fault};

use crate::Tx;

/// The text of a statement. Made by [`sql!`](crate::sql).
#[derive(Debug, Clone, Copy)]
pub struct Sql {
    text: &'static str,
}

/// A statement with the parameters bound so far.
#[derive(Debug)]
pub struct Query<'a> {
    pub(crate) text: &'static str,
    pub(crate) cells: Vec<Cell<'a>>,
}

impl Sql {
    #[doc(hidden)]
    pub const fn new(text: &'static str) -> Sql {
        Sql { text }
    }
    /// The text, for tests and logs.
    pub const fn text(self) -> &'static str {
        self.text
    }
    /// Binds the first parameter.
    pub fn bind<'a>(self, value: &'a impl Column) -> Query<'a> {
        Query { text: self.text, cells: Vec::with_capacity(12) }.bind(value)
    }
    /// All rows.
    pub fn all<T: FromRow>(self, tx: &mut Tx<'_>) -> Result<Vec<T>, Fault> {
        self.unbound().all(tx)
    }
    /// The only row.
    pub fn one<T: FromRow>(self, tx: &mut Tx<'_>) -> Result<T, Fault> {
        self.unbound().one(tx)
    }
    /// The first row, if there is one.
    pub fn maybe<T: FromRow>(self, tx: &mut Tx<'_>) -> Result<Option<T>, Fault> {
        self.unbound().maybe(tx)
    }
    /// Runs it; how many rows changed.
    pub fn run(self, tx: &mut Tx<'_>) -> Result<u64, Fault> {
        self.unbound().run(tx)
    }
    /// Calls `visit` with each row, without keeping them.
    pub fn each(
        self,
        tx: &mut Tx<'_>,
        visit: impl FnMut(&Row<'_>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.unbound().each(tx, visit)
    }
    fn unbound(self) -> Query<'static> {
        Query { text: self.text, cells: Vec::new() }
    }
}

impl<'a> Query<'a> {
    /// Binds the next parameter.
    pub fn bind(mut self, value: &'a impl Column) -> Self {
        self.cells.push(value.to_cell());
        self
    }
    /// All rows.
    pub fn all<T: FromRow>(self, tx: &mut Tx<'_>) -> Result<Vec<T>, Fault> {
        let mut rows = Vec::new();
        self.each(tx, |row| {
            rows.push(T::from_row(row)?);
            Ok(())
        })?;
        Ok(rows)
    }
    /// The only row. Its absence is a fault: use [`Query::maybe`] where it may be missing.
    pub fn one<T: FromRow>(self, tx: &mut Tx<'_>) -> Result<T, Fault> {
        let text = self.text;
        self.maybe(tx)?.ok_or_else(|| Fault::new(format!("no row came back from: {text}")))
    }
    /// The first row, if there is one.
    pub fn maybe<T: FromRow>(self, tx: &mut Tx<'_>) -> Result<Option<T>, Fault> {
        let mut found = None;
        self.each(tx, |row| {
            if found.is_none() {
                found = Some(T::from_row(row)?);
            }
            Ok(())
        })?;
        Ok(found)
    }
    /// Calls `visit` with each row, without keeping them. An error of `visit` ends it.
    pub fn each(
        self,
        tx: &mut Tx<'_>,
        visit: impl FnMut(&Row<'_>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        tx.query(self.text, &self.cells, visit)
    }
    /// Runs it; how many rows changed.
    pub fn run(self, tx: &mut Tx<'_>) -> Result<u64, Fault> {
        tx.run(self.text, &self.cells)
    }
    /// Adds the last `amounts` parameters to the row whose key the others are. The statement is an `INSERT INTO … ON
    /// CONFLICT … DO UPDATE SET x = t.x + excluded.x`; it runs once for all that a transaction adds to a row, before
    /// anything reads the table.
    pub fn add(self, amounts: usize, tx: &mut Tx<'_>) -> Result<(), Fault> {
        let (key, amounts) = self.cells.split_at(self.cells.len() - amounts);
        tx.sums.add(self.text, key, amounts)
    }
}

/// One row as it comes back.
pub enum Row<'r> {
    #[doc(hidden)]
    Sqlite(&'r rusqlite::Row<'r>),
    #[doc(hidden)]
    Postgres(&'r postgres::Row),
}

impl Row<'_> {
    /// The value of a column, counted from zero.
    pub fn get<T: Column>(&self, column: usize) -> Result<T, Fault> {
        let cell = match self {
            Row::Sqlite(row) => crate::tx::sqlite_cell(row, column)?,
            Row::Postgres(row) => crate::pg::cell(row, column)?,
        };
        T::from_cell(cell).map_err(|wrong| Fault::because(format!("reading column {column} of a row"), wrong))
    }
}

/// A type that is read from a row: a tuple of columns, or a struct of [`row!`](crate::row).
pub trait FromRow: Sized {
    /// Reads it.
    fn from_row(row: &Row<'_>) -> Result<Self, Fault>;
}

macro_rules! tuples {
    ($($($type:ident $column:literal)+;)+) => {$(
        impl<$($type: Column),+> FromRow for ($($type,)+) {
            fn from_row(row: &Row<'_>) -> Result<Self, Fault> {
                Ok(($(row.get::<$type>($column)?,)+))
            }
        }
    )+};
}
tuples! {
    A 0;
    A 0 B 1;
    A 0 B 1 C 2;
    A 0 B 1 C 2 D 3;
    A 0 B 1 C 2 D 3 E 4;
    A 0 B 1 C 2 D 3 E 4 F 5;
    A 0 B 1 C 2 D 3 E 4 F 5 G 6;
    A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7;
    A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8;
    A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9;
}
