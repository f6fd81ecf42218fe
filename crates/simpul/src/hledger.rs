//! The books as a journal of hledger (<https://hledger.org>), for people who want to look at them with another program.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::io::{self, Write};
use std::iter;

use db::Tx;
use journal::ledger::{TransferRow, each_transfer};
use kernel::{BookId, EntryId, Fault, MemberId, Unit};

use crate::config::Config;

/// What the ids in paths are called. Nobody's name is among it: names of persons are sealed.
#[derive(Default)]
pub struct Names {
    books: HashMap<BookId, String>,
    /// By the book and the part of a path that is an id.
    parts: HashMap<(BookId, String), String>,
}

impl Names {
    /// Gives names to books and numbers to members. They come in the order of their making: of two that would be called
    /// the same, the later one gets a number behind it, and so the earlier one keeps its name for ever.
    pub fn new(books: &[(BookId, String)], members: &[(BookId, MemberId, i64)]) -> Names {
        let mut names = Names::default();
        let mut taken = HashSet::new();
        for (book, name) in books {
            names.books.insert(*book, free(&mut taken, plain(name)));
        }
        let mut taken = HashSet::new();
        for (book, member, number) in members {
            let (_, name) = free(&mut taken, (*book, number.to_string()));
            names.parts.insert((*book, member.to_string()), name);
        }
        names
    }

    fn book(&self, book: BookId) -> Cow<'_, str> {
        self.books.get(&book).map_or_else(|| book.to_string().into(), Cow::from)
    }

    /// A path as an account: colons between its levels, numbers in place of ids.
    fn account(&self, book: BookId, path: &str) -> String {
        let part = |part: &str| match self.parts.get(&(book, part.to_owned())) {
            Some(name) => name.clone(),
            None => plain(part),
        };
        let parts: Vec<String> = path.split('/').map(part).collect();
        format!("{}:{}", self.book(book), parts.join(":"))
    }
}

/// What may be called one thing only.
trait Called: Clone + Eq + Hash {
    fn with(&self, n: usize) -> Self;
}

impl Called for String {
    fn with(&self, n: usize) -> String {
        format!("{self}-{n}")
    }
}

impl Called for (BookId, String) {
    fn with(&self, n: usize) -> Self {
        (self.0, self.1.with(n))
    }
}

/// The name itself, or with the first number behind it that makes it another one.
fn free<C: Called>(taken: &mut HashSet<C>, name: C) -> C {
    let called = iter::once(name.clone()).chain((2..).map(|n| name.with(n)));
    let free = called.into_iter().find(|name| !taken.contains(name)).expect("numbers never run out");
    taken.insert(free.clone());
    free
}

/// Writes every transfer of the site: one transaction for each fact and each reversal of one.
///
/// - An account is its book and its path, with colons: `Bank Sampah Melati:member:12`.
/// - The code of a transaction is the id of the entry.
/// - Commodities are `IDR`, `KRW`, `USD`, `g` and `pcs`.
pub fn write(tx: &mut Tx<'_>, config: &Config, names: &Names, out: &mut impl Write) -> Result<u64, Fault> {
    let failed = |error: io::Error| Fault::because("writing a journal for hledger", error);
    head(config, names, out).map_err(failed)?;
    let (mut transactions, mut before) = (0, None);
    each_transfer(tx, |row| {
        let this = Some((row.entry, row.turn.clone(), row.day));
        if this != before {
            transactions += 1;
            before = this;
            begin(&row, out).map_err(failed)?;
        }
        postings(&row, names, out).map_err(failed)
    })?;
    out.flush().map_err(failed)?;
    Ok(transactions)
}

/// The first lines. What is said in them is said in English, like everything in a format for programs.
fn head(config: &Config, names: &Names, out: &mut impl Write) -> io::Result<()> {
    let one_line = |name: &str| name.replace(['\n', '\r'], " ");
    writeln!(out, "; Books of {}, written by Simpul {}", one_line(&config.title), env!("CARGO_PKG_VERSION"))?;
    if config.synthetic {
        writeln!(out, "; Synthetic demonstration data: no person, household or amount in it is real.")?;
    }
    let mut books: Vec<_> = names.books.iter().collect();
    books.sort();
    for (book, name) in books {
        writeln!(out, "; {name}: book {book}")?;
    }
    writeln!(out)?;
    for unit in Unit::ALL {
        let example = if unit == Unit::Usd { "1000.00" } else { "1000." };
        writeln!(out, "commodity {example} {}", unit.code())?;
    }
    Ok(())
}

fn begin(row: &TransferRow, out: &mut impl Write) -> io::Result<()> {
    let TransferRow { day, entry, turn, .. } = row;
    match turn.parse::<EntryId>() {
        Ok(reversal) => writeln!(out, "\n{day} ({entry}) taken back by {reversal}"),
        Err(_) => writeln!(out, "\n{day} ({entry})"),
    }
}

fn postings(row: &TransferRow, names: &Names, out: &mut impl Write) -> io::Result<()> {
    let unit = row.unit.code();
    for (path, sign) in [(&row.debit, ""), (&row.credit, "-")] {
        let account = names.account(row.book, path);
        writeln!(out, "    {account}  {sign}{} {unit}", amount(row.unit, row.qty))?;
    }
    Ok(())
}

/// A part of an account. hledger ends an account at two blanks, and reads brackets, semicolons and colons in its own way.
fn plain(text: &str) -> String {
    let allowed = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' ') { c } else { '_' };
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().map(allowed).collect();
    if text.is_empty() { "_".to_owned() } else { text }
}

fn amount(unit: Unit, qty: i64) -> String {
    match unit {
        Unit::Usd => format!("{}.{:02}", qty / 100, qty % 100),
        Unit::Idr | Unit::Krw | Unit::Gram | Unit::Piece => qty.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_and_amounts_are_written_as_hledger_reads_them() {
        let [melati, other, unknown] = [1, 2, 3].map(|n| BookId::from_bytes([n; 16]));
        let [first, second] = [7, 8].map(|n| MemberId::from_bytes([n; 16]));
        let books =
            [(melati, "Bank  Sampah (Melati); 1".to_owned()), (other, "Bank Sampah [Melati]: 1".to_owned())];
        let names = Names::new(&books, &[(melati, first, 12), (melati, second, 12), (other, first, 3)]);
        for (book, path, written) in [
            (melati, "cash".to_owned(), "Bank Sampah _Melati__ 1:cash".to_owned()),
            (melati, format!("member/{first}"), "Bank Sampah _Melati__ 1:member:12".to_owned()),
            (melati, format!("advance/{second}"), "Bank Sampah _Melati__ 1:advance:12-2".to_owned()),
            (other, format!("member/{first}"), "Bank Sampah _Melati__ 1-2:member:3".to_owned()),
            (other, format!("member/{second}"), format!("Bank Sampah _Melati__ 1-2:member:{second}")),
            (unknown, "stock/PET  (bening); 1".to_owned(), format!("{unknown}:stock:PET _bening__ 1")),
        ] {
            assert_eq!(names.account(book, &path), written);
        }
        assert_eq!(amount(Unit::Usd, 1205), "12.05");
        assert_eq!(amount(Unit::Idr, 8640), "8640");
    }
}
