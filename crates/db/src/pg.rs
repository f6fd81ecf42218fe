//! A connection to PostgreSQL: the statements that it has prepared, and cells on their way there and back.

use std::borrow::Cow;
use std::collections::HashMap;
use std::error::Error;

use kernel::{Cell, Fault};
use postgres::fallible_iterator::FallibleIterator;
use postgres::types::private::BytesMut;
use postgres::types::{IsNull, ToSql, Type};
use postgres::{Client, NoTls, Statement};

use crate::fault;
use crate::sql::Row;

/// One connection and its prepared statements.
pub(crate) struct Link {
    client: Client,
    prepared: HashMap<&'static str, Statement>,
}

impl Link {
    pub(crate) fn open(url: &str) -> Result<Link, Fault> {
        let client = Client::connect(url, NoTls)
            .map_err(|error| fault::postgres("connecting to PostgreSQL", error))?;
        Ok(Link { client, prepared: HashMap::new() })
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    pub(crate) fn batch(&mut self, text: &str) -> Result<(), Fault> {
        self.client.batch_execute(text).map_err(|error| fault::postgres(text, error))
    }

    pub(crate) fn prepare(&mut self, text: &'static str) -> Result<Statement, Fault> {
        if let Some(statement) = self.prepared.get(text) {
            return Ok(statement.clone());
        }
        let statement = self
            .client
            .prepare(&dollars(text))
            .map_err(|error| fault::postgres(&format!("preparing {text}"), error))?;
        self.prepared.insert(text, statement.clone());
        Ok(statement)
    }

    pub(crate) fn execute(&mut self, text: &'static str, cells: &[Cell<'_>]) -> Result<u64, Fault> {
        let statement = self.prepare(text)?;
        let bound: Vec<Bound<'_>> = cells.iter().map(Bound).collect();
        let bound: Vec<&(dyn ToSql + Sync)> = bound.iter().map(|cell| cell as _).collect();
        self.client.execute(&statement, &bound).map_err(|error| fault::postgres(text, error))
    }

    pub(crate) fn query(
        &mut self,
        text: &'static str,
        cells: &[Cell<'_>],
        mut visit: impl FnMut(&Row<'_>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let statement = self.prepare(text)?;
        let failed = |error| fault::postgres(text, error);
        let mut rows = self.client.query_raw(&statement, cells.iter().map(Bound)).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            visit(&Row::Postgres(&row))?;
        }
        Ok(())
    }
}

/// `?1` becomes `$1`. No statement of ours has a question mark inside a literal.
fn dollars(text: &str) -> String {
    text.replace('?', "$")
}

#[derive(Debug)]
struct Bound<'a>(&'a Cell<'a>);

impl ToSql for Bound<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self.0 {
            Cell::Null => Ok(IsNull::Yes),
            Cell::Int(value) if *ty == Type::INT4 => i32::try_from(*value)?.to_sql(ty, out),
            Cell::Int(value) => value.to_sql(ty, out),
            Cell::Text(text) => text.as_ref().to_sql(ty, out),
            Cell::Bytes(bytes) => bytes.as_ref().to_sql(ty, out),
        }
    }
    fn accepts(_: &Type) -> bool {
        true
    }
    postgres::types::to_sql_checked!();
}

pub(crate) fn cell(row: &postgres::Row, column: usize) -> Result<Cell<'_>, Fault> {
    let ty = row.columns()[column].type_();
    let failed = |error| fault::postgres("reading a row", error);
    let cell = match *ty {
        Type::INT8 => row.try_get::<_, Option<i64>>(column).map_err(failed)?.map(Cell::Int),
        Type::INT4 => row.try_get::<_, Option<i32>>(column).map_err(failed)?.map(|v| Cell::Int(v.into())),
        Type::BYTEA => {
            row.try_get::<_, Option<&[u8]>>(column).map_err(failed)?.map(|v| Cell::Bytes(Cow::Borrowed(v)))
        }
        Type::TEXT | Type::VARCHAR | Type::UNKNOWN => {
            row.try_get::<_, Option<&str>>(column).map_err(failed)?.map(|v| Cell::Text(Cow::Borrowed(v)))
        }
        _ => {
            return Err(Fault::new(format!("a column has the type {ty}; use TEXT or BIGINT, and CAST sums")));
        }
    };
    Ok(cell.unwrap_or(Cell::Null))
}
