//! The books as a journal of hledger (<https://hledger.org>), for people who want to look at them with another program.

use std::borrow::Cow;
use std::io::{self, Write};

use db::Tx;
use journal::ledger::{TransferRow, each_transfer};
use kernel::{BookId, EntryId, Fault, Unit};

use crate::config::Config;

/// Writes every transfer of the site: one transaction for each fact and each reversal of one. `books` are the names of
/// the books as far as they have names.
///
/// - An account is its book and its path, with colons: `<book>:member:<id>`.
/// - The code of a transaction is the id of the entry.
/// - Commodities are `IDR`, `KRW`, `USD`, `g` and `pcs`.
pub fn write(
    tx: &mut Tx<'_>,
    config: &Config,
    books: &[(BookId, String)],
    out: &mut impl Write,
) -> Result<u64, Fault> {
    let failed = |error: io::Error| Fault::because("writing a journal for hledger", error);
    head(config, books, out).map_err(failed)?;
    let (mut transactions, mut before) = (0, None);
    each_transfer(tx, |row| {
        let this = Some((row.entry, row.turn.clone(), row.day));
        if this != before {
            transactions += 1;
            before = this;
            begin(&row, out).map_err(failed)?;
        }
        postings(&row, out).map_err(failed)
    })?;
    out.flush().map_err(failed)?;
    Ok(transactions)
}

/// The first lines. What is said in them is said in English, like everything in a format for programs.
fn head(config: &Config, books: &[(BookId, String)], out: &mut impl Write) -> io::Result<()> {
    let one_line = |name: &str| name.replace(['\n', '\r'], " ");
    writeln!(out, "; Books of {}, written by Simpul {}", one_line(&config.title), env!("CARGO_PKG_VERSION"))?;
    if config.synthetic {
        writeln!(out, "; Synthetic demonstration data: no person, household or amount in it is real.")?;
    }
    for (book, name) in books {
        writeln!(out, "; Book {book}: {}", one_line(name))?;
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

fn postings(row: &TransferRow, out: &mut impl Write) -> io::Result<()> {
    let unit = row.unit.code();
    for (path, sign) in [(&row.debit, ""), (&row.credit, "-")] {
        writeln!(out, "    {}:{}  {sign}{} {unit}", row.book, account(path), amount(row.unit, row.qty))?;
    }
    Ok(())
}

/// A path as an account. hledger ends an account at two blanks and reads brackets and semicolons in its own way.
fn account(path: &str) -> Cow<'_, str> {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    if path.chars().all(plain) {
        return Cow::Borrowed(path);
    }
    path.chars()
        .map(|c| {
            if c == '/' {
                ':'
            } else if plain(c) {
                c
            } else {
                '_'
            }
        })
        .collect()
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
        for (path, written) in [
            ("cash", "cash"),
            ("member/01j", "member:01j"),
            ("stock/PET  (bening); 1", "stock:PET___bening___1"),
        ] {
            assert_eq!(account(path), written);
        }
        assert_eq!(amount(Unit::Usd, 1205), "12.05");
        assert_eq!(amount(Unit::Idr, 8640), "8640");
    }
}
