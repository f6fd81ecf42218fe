//! A transaction, whichever database is behind it.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use kernel::{Cell, Fault};
use rusqlite::types::{ToSqlOutput, Value, ValueRef};

use crate::kept::Kept;
use crate::pg::Link;
use crate::sql::Row;
use crate::sums::Sums;
use crate::{fault, schema};

/// Which database is behind. For the few places where a text cannot be shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// The embedded one.
    Sqlite,
    /// The one for many machines.
    Postgres,
}

/// An open transaction: a snapshot for a reader, the end of the log for the writer.
pub struct Tx<'c> {
    link: Behind<'c>,
    pub(crate) sums: Sums,
    /// A savepoint did not end, so that nobody knows what a commit would keep.
    pub(crate) lost: bool,
    /// The writer's memory; a reader has none.
    pub(crate) kept: Option<&'c mut Kept>,
}

pub(crate) enum Behind<'c> {
    Sqlite(&'c rusqlite::Connection),
    Postgres(&'c mut Link),
}

impl<'c> Tx<'c> {
    pub(crate) fn new(link: Behind<'c>, kept: Option<&'c mut Kept>) -> Tx<'c> {
        Tx { link, sums: Sums::default(), lost: false, kept }
    }

    /// Which database is behind.
    pub fn dialect(&self) -> Dialect {
        match self.link {
            Behind::Sqlite(_) => Dialect::Sqlite,
            Behind::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Runs the statements of a `tables.sql`, in the dialect of the database behind.
    pub fn create(&mut self, tables: &str) -> Result<(), Fault> {
        self.forget();
        let text = schema::translate(tables, self.dialect());
        self.batch(&text)
    }

    /// Drops the tables that a `tables.sql` makes, if they exist.
    pub fn drop_tables(&mut self, tables: &str) -> Result<(), Fault> {
        self.forget();
        // Whole tables that can be made again hold nothing that must be overwritten, and overwriting them costs as much
        // as writing them did.
        let (plainly, securely) = match self.dialect() {
            Dialect::Sqlite => ("PRAGMA secure_delete = OFF", "PRAGMA secure_delete = ON"),
            Dialect::Postgres => ("", ""),
        };
        self.batch(plainly)?;
        let dropped = schema::table_names(tables)
            .into_iter()
            .rev()
            .try_for_each(|table| self.batch(&format!("DROP TABLE IF EXISTS {table}")));
        self.batch(securely)?;
        dropped
    }

    /// Makes the database itself refuse any change to the rows of a table.
    pub fn append_only(&mut self, table: &str) -> Result<(), Fault> {
        let text = schema::append_only(table, self.dialect());
        self.batch(&text)
    }

    /// A digest-friendly dump of a table: every row as text, sorted. For tests and for comparing two databases.
    pub fn dump(&mut self, table: &str) -> Result<Vec<String>, Fault> {
        let mut rows = Vec::new();
        self.copy_out(table, |cells| {
            rows.push(cells.iter().map(|cell| format!("{cell:?}|")).collect::<String>());
            Ok(())
        })?;
        rows.sort();
        Ok(rows)
    }

    /// Visits every row of a table whole, for a backup.
    pub fn copy_out(
        &mut self,
        table: &str,
        mut visit: impl FnMut(Vec<Cell<'_>>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let text = leaked(table, |table| format!("SELECT * FROM {table}"))?;
        self.query(text, &[], |row| {
            let count = match row {
                Row::Sqlite(row) => row.as_ref().column_count(),
                Row::Postgres(row) => row.len(),
            };
            let cells = (0..count).map(|column| match row {
                Row::Sqlite(row) => sqlite_cell(row, column),
                Row::Postgres(row) => crate::pg::cell(row, column),
            });
            visit(cells.collect::<Result<_, Fault>>()?)
        })
    }

    /// Inserts a row that [`Tx::copy_out`] gave into the same table of another database.
    pub fn copy_in(&mut self, table: &str, cells: &[Cell<'_>]) -> Result<(), Fault> {
        let text = leaked(table, |table| {
            let places: Vec<String> = (1..=cells.len()).map(|n| format!("?{n}")).collect();
            format!("INSERT INTO {table} VALUES ({})", places.join(", "))
        })?;
        self.execute(text, cells).map(drop)
    }

    /// Prepares a statement without running it: for the test that all of them are sound on both databases.
    pub fn prepare_only(&mut self, text: &'static str) -> Result<(), Fault> {
        match &mut self.link {
            Behind::Sqlite(conn) => conn
                .prepare(text)
                .map(drop)
                .map_err(|error| fault::sqlite(&format!("preparing {text}"), error)),
            Behind::Postgres(link) => link.prepare(text).map(drop),
        }
    }

    /// Whether every page of the database can be read and is in its place. A server looks after its own.
    pub fn is_whole(&mut self) -> Result<bool, Fault> {
        match &self.link {
            Behind::Sqlite(conn) => conn
                .query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0))
                .map(|said| said == "ok")
                .or_else(|error| match error.sqlite_error_code() {
                    Some(rusqlite::ErrorCode::DatabaseCorrupt) => Ok(false),
                    _ => Err(fault::sqlite("checking the pages", error)),
                }),
            Behind::Postgres(_) => Ok(true),
        }
    }

    /// Whether the transaction still stands. A full disk makes SQLite take back the whole of it by itself.
    pub(crate) fn stands(&self) -> bool {
        match &self.link {
            Behind::Sqlite(conn) => !self.lost && !conn.is_autocommit(),
            Behind::Postgres(_) => !self.lost,
        }
    }

    pub(crate) fn batch(&mut self, text: &str) -> Result<(), Fault> {
        match &mut self.link {
            Behind::Sqlite(conn) => conn.execute_batch(text).map_err(|error| fault::sqlite(text, error)),
            Behind::Postgres(link) => link.batch(text),
        }
    }

    /// Begins or ends a transaction or a savepoint: one of the few statements that run thousands of times a second.
    pub(crate) fn control(&mut self, text: &'static str) -> Result<(), Fault> {
        match &mut self.link {
            Behind::Sqlite(conn) => {
                let run = || conn.prepare_cached(text)?.raw_execute();
                run().map(drop).map_err(|error| fault::sqlite(text, error))
            }
            Behind::Postgres(link) => link.batch(text),
        }
    }

    /// Runs a statement, after what waits for one of its tables.
    pub(crate) fn run(&mut self, text: &'static str, cells: &[Cell<'_>]) -> Result<u64, Fault> {
        self.settle(text)?;
        self.execute(text, cells)
    }

    pub(crate) fn execute(&mut self, text: &'static str, cells: &[Cell<'_>]) -> Result<u64, Fault> {
        if let Some(kept) = &mut self.kept {
            kept.written(text);
        }
        match &mut self.link {
            Behind::Sqlite(conn) => {
                let run = || {
                    let mut statement = conn.prepare_cached(text)?;
                    bind(&mut statement, cells)?;
                    statement.raw_execute()
                };
                run().map(|count| count as u64).map_err(|error| fault::sqlite(text, error))
            }
            Behind::Postgres(link) => link.execute(text, cells),
        }
    }

    pub(crate) fn query(
        &mut self,
        text: &'static str,
        cells: &[Cell<'_>],
        mut visit: impl FnMut(&Row<'_>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.settle(text)?;
        match &mut self.link {
            Behind::Sqlite(conn) => {
                let failed = |error| fault::sqlite(text, error);
                let mut statement = conn.prepare_cached(text).map_err(failed)?;
                bind(&mut statement, cells).map_err(failed)?;
                let mut rows = statement.raw_query();
                while let Some(row) = rows.next().map_err(failed)? {
                    visit(&Row::Sqlite(row))?;
                }
                Ok(())
            }
            Behind::Postgres(link) => link.query(text, cells, visit),
        }
    }
}

/// A statement made from the name of a table. Each lives once for the rest of the program: tables are few, and their
/// names come from our own sources.
fn leaked(table: &str, text: impl FnOnce(&str) -> String) -> Result<&'static str, Fault> {
    if !table.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_') {
        return Err(Fault::new(format!("{table} is no name of a table")));
    }
    static TEXTS: Mutex<BTreeSet<&str>> = Mutex::new(BTreeSet::new());
    let text = text(table);
    let mut texts = TEXTS.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(match texts.get(text.as_str()) {
        Some(known) => known,
        None => {
            let new: &'static str = String::leak(text);
            texts.insert(new);
            new
        }
    })
}

fn bind(statement: &mut rusqlite::CachedStatement<'_>, cells: &[Cell<'_>]) -> rusqlite::Result<()> {
    for (n, cell) in cells.iter().enumerate() {
        let value = match cell {
            Cell::Null => ToSqlOutput::Owned(Value::Null),
            Cell::Int(value) => ToSqlOutput::Owned(Value::Integer(*value)),
            Cell::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Cell::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
        };
        statement.raw_bind_parameter(n + 1, value)?;
    }
    Ok(())
}

pub(crate) fn sqlite_cell<'r>(row: &'r rusqlite::Row<'r>, column: usize) -> Result<Cell<'r>, Fault> {
    let value = row.get_ref(column).map_err(|error| fault::sqlite("reading a row", error))?;
    Ok(match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(value) => Cell::Int(value),
        ValueRef::Real(_) => {
            return Err(Fault::new("a column holds a floating-point number, which no table may"));
        }
        ValueRef::Text(bytes) => Cell::Text(String::from_utf8_lossy(bytes)),
        ValueRef::Blob(bytes) => Cell::Bytes(Cow::Borrowed(bytes)),
    })
}
