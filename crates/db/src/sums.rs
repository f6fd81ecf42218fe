//! Sums that wait. A transaction that adds a thousand times to the same few rows adds in memory and writes each row
//! once: before anything reads the table, and before its savepoint ends.

use std::borrow::Cow;
use std::collections::HashMap;

use kernel::{Cell, Fault};

use crate::Tx;

/// What waits to be added.
#[derive(Default)]
pub(crate) struct Sums {
    rows: Vec<Waiting>,
    /// Where a row stands, by the address of its statement's text and its key.
    places: HashMap<(usize, Vec<u8>), usize>,
    /// The tables that rows wait for.
    tables: Vec<&'static str>,
    /// Whether a statement's text names one of them, by the address of the text.
    named: HashMap<usize, bool>,
}

struct Waiting {
    text: &'static str,
    key: Vec<Cell<'static>>,
    amounts: Vec<i64>,
}

impl Sums {
    /// Adds amounts to the row that the statement and the key mean.
    pub(crate) fn add(
        &mut self,
        text: &'static str,
        key: &[Cell<'_>],
        amounts: &[Cell<'_>],
    ) -> Result<(), Fault> {
        let place = (text.as_ptr() as usize, encoded(key));
        let amounts = amounts.iter().map(|cell| match cell {
            Cell::Int(amount) => Ok(*amount),
            other => Err(Fault::new(format!("{other:?} cannot be added by: {text}"))),
        });
        match self.places.get(&place) {
            Some(row) => {
                for (sum, amount) in self.rows[*row].amounts.iter_mut().zip(amounts) {
                    *sum = sum
                        .checked_add(amount?)
                        .ok_or_else(|| Fault::new("a sum is too large for a book"))?;
                }
            }
            None => {
                let table = table_of(text)?;
                if !self.tables.contains(&table) {
                    self.tables.push(table);
                    self.named.clear();
                }
                let key = key.iter().map(owned).collect();
                self.places.insert(place, self.rows.len());
                self.rows.push(Waiting { text, key, amounts: amounts.collect::<Result<_, Fault>>()? });
            }
        }
        Ok(())
    }

    /// Whether a statement could see, or be seen by, what waits.
    pub(crate) fn concern(&mut self, text: &'static str) -> bool {
        if self.rows.is_empty() {
            return false;
        }
        let tables = &self.tables;
        *self
            .named
            .entry(text.as_ptr() as usize)
            .or_insert_with(|| tables.iter().any(|table| text.contains(table)))
    }

    /// Forgets what waits: its savepoint is taken back.
    pub(crate) fn clear(&mut self) {
        *self = Sums::default();
    }
}

impl Tx<'_> {
    /// Writes what waits.
    pub(crate) fn write_sums(&mut self) -> Result<(), Fault> {
        let sums = std::mem::take(&mut self.sums);
        for Waiting { text, mut key, amounts } in sums.rows {
            key.extend(amounts.into_iter().map(Cell::Int));
            self.execute(text, &key)?;
        }
        Ok(())
    }
}

fn table_of(text: &'static str) -> Result<&'static str, Fault> {
    let rest = text.trim_start().strip_prefix("INSERT INTO ");
    rest.and_then(|rest| rest.split([' ', '(']).next())
        .filter(|table| !table.is_empty())
        .ok_or_else(|| Fault::new(format!("only INSERT INTO … ON CONFLICT can wait: {text}")))
}

fn encoded(key: &[Cell<'_>]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(96);
    for cell in key {
        match cell {
            Cell::Null => bytes.push(0),
            Cell::Int(value) => {
                bytes.push(1);
                bytes.extend_from_slice(&value.to_be_bytes());
            }
            Cell::Text(text) => {
                bytes.push(2);
                bytes.extend_from_slice(&(text.len() as u32).to_be_bytes());
                bytes.extend_from_slice(text.as_bytes());
            }
            Cell::Bytes(value) => {
                bytes.push(3);
                bytes.extend_from_slice(&(value.len() as u32).to_be_bytes());
                bytes.extend_from_slice(value);
            }
        }
    }
    bytes
}

fn owned(cell: &Cell<'_>) -> Cell<'static> {
    match cell {
        Cell::Null => Cell::Null,
        Cell::Int(value) => Cell::Int(*value),
        Cell::Text(text) => Cell::Text(Cow::Owned(text.to_string())),
        Cell::Bytes(bytes) => Cell::Bytes(Cow::Owned(bytes.to_vec())),
    }
}
