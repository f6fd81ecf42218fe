//! Sums that wait. A transaction that adds a thousand times to the same few rows adds in memory and writes each row
//! once: before anything reads the table, and before the commit. What a closure of the writer adds is taken back with it.

use std::borrow::Cow;
use std::collections::HashMap;

use kernel::{Cell, Fault};

use crate::Tx;

/// What waits to be added in a transaction.
#[derive(Default)]
pub(crate) struct Sums {
    /// By the closure that is running.
    fresh: Sheet,
    /// By the closures before it in the same commit, which stand.
    kept: Sheet,
    /// Of theirs, what was written while this one was running: waits again when this one is taken back.
    lent: Sheet,
}

/// Rows that wait, each once.
#[derive(Default)]
struct Sheet {
    rows: Vec<Waiting>,
    /// Where a row stands.
    places: HashMap<Place, usize>,
    /// The tables that rows wait for.
    tables: Vec<&'static str>,
    /// Whether a statement's text names one of them, by the address of the text.
    named: HashMap<usize, bool>,
}

/// Which row is meant: the address of the statement's text, and the key.
type Place = (usize, Vec<u8>);

struct Waiting {
    place: Place,
    text: &'static str,
    table: &'static str,
    key: Vec<Cell<'static>>,
    amounts: Vec<i64>,
}

impl Sheet {
    /// Adds amounts to the row that the statement and the key mean.
    fn add(&mut self, text: &'static str, key: &[Cell<'_>], amounts: &[Cell<'_>]) -> Result<(), Fault> {
        let place = (text.as_ptr() as usize, encoded(key));
        let amounts = amounts.iter().map(|cell| match cell {
            Cell::Int(amount) => Ok(*amount),
            other => Err(Fault::new(format!("{other:?} cannot be added by: {text}"))),
        });
        match self.places.get(&place) {
            Some(row) => {
                for (sum, amount) in self.rows[*row].amounts.iter_mut().zip(amounts) {
                    *sum = sum.checked_add(amount?).ok_or_else(too_large)?;
                }
            }
            None => {
                let key = key.iter().map(owned).collect();
                let amounts = amounts.collect::<Result<_, Fault>>()?;
                self.enter(Waiting { place, text, table: table_of(text)?, key, amounts });
            }
        }
        Ok(())
    }

    fn enter(&mut self, row: Waiting) {
        if !self.tables.contains(&row.table) {
            self.tables.push(row.table);
            self.named.clear();
        }
        self.places.insert(row.place.clone(), self.rows.len());
        self.rows.push(row);
    }

    /// Takes in the rows of another sheet: all of them or, when a sum would be too large, none.
    fn take_in(&mut self, other: &mut Sheet) -> Result<(), Fault> {
        if self.rows.is_empty() {
            std::mem::swap(self, other);
            return Ok(());
        }
        let mut sums = Vec::with_capacity(other.rows.len());
        for row in &other.rows {
            let known = self.places.get(&row.place).copied();
            let before = known.map(|known| &self.rows[known].amounts);
            let sum = |(n, amount): (usize, &i64)| {
                before.map_or(Some(*amount), |before| before[n].checked_add(*amount))
            };
            let amounts = row.amounts.iter().enumerate().map(sum).collect::<Option<Vec<i64>>>();
            sums.push((known, amounts.ok_or_else(too_large)?));
        }
        for (row, (known, amounts)) in std::mem::take(other).rows.into_iter().zip(sums) {
            match known {
                Some(known) => self.rows[known].amounts = amounts,
                None => self.enter(Waiting { amounts, ..row }),
            }
        }
        Ok(())
    }

    /// Whether a statement could see, or be seen by, what waits.
    fn concerns(&mut self, text: &'static str) -> bool {
        if self.rows.is_empty() {
            return false;
        }
        let tables = &self.tables;
        *self
            .named
            .entry(text.as_ptr() as usize)
            .or_insert_with(|| tables.iter().any(|table| text.contains(table)))
    }
}

impl Sums {
    /// Adds amounts to the row that the statement and the key mean.
    pub(crate) fn add(
        &mut self,
        text: &'static str,
        key: &[Cell<'_>],
        amounts: &[Cell<'_>],
    ) -> Result<(), Fault> {
        self.fresh.add(text, key, amounts)
    }

    /// The closure stands: what it added waits for the commit.
    pub(crate) fn keep(&mut self) -> Result<(), Fault> {
        self.kept.take_in(&mut self.fresh)?;
        self.lent = Sheet::default();
        Ok(())
    }

    /// The closure and its savepoint are taken back.
    pub(crate) fn back(&mut self) -> Result<(), Fault> {
        self.fresh = Sheet::default();
        self.kept.take_in(&mut self.lent)
    }
}

impl Tx<'_> {
    /// Writes what waits for a table that the statement names.
    pub(crate) fn settle(&mut self, text: &'static str) -> Result<(), Fault> {
        let (kept, fresh) = (self.sums.kept.concerns(text), self.sums.fresh.concerns(text));
        if kept || fresh { self.write_sums() } else { Ok(()) }
    }

    /// Writes what waits.
    pub(crate) fn write_sums(&mut self) -> Result<(), Fault> {
        let mut kept = std::mem::take(&mut self.sums.kept);
        let fresh = std::mem::take(&mut self.sums.fresh);
        let written = self.write(&kept);
        self.sums.lent.take_in(&mut kept)?;
        written?;
        self.write(&fresh)
    }

    fn write(&mut self, sheet: &Sheet) -> Result<(), Fault> {
        for row in &sheet.rows {
            let mut cells = row.key.clone();
            cells.extend(row.amounts.iter().copied().map(Cell::Int));
            self.execute(row.text, &cells)?;
        }
        Ok(())
    }
}

fn too_large() -> Fault {
    Fault::new("a sum is too large for a book")
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
