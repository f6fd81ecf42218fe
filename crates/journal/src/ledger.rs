//! Books in double entry. A transfer takes a positive quantity of one unit from one account to another, so that the
//! sum over all accounts of a unit is zero whatever is posted. Balances are derived.

use std::borrow::Cow;

use db::{Tx, sql};
use kernel::{BookId, Day, Fault, PlaceCode, Unit};

use crate::fold::{Fold, Turn};
use crate::header::Overdraft;

/// On which side an account may not go below zero when a *command* asks. A report of what happened always may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// Anything goes: income, costs, the world outside.
    None,
    /// What we have: cash, stock. Its debits must cover its credits.
    Debit,
    /// What we owe: a member's savings. Its credits must cover its debits.
    Credit,
}

impl Guard {
    const fn name(self) -> &'static str {
        match self {
            Guard::None => "none",
            Guard::Debit => "debit",
            Guard::Credit => "credit",
        }
    }
}

/// An account within a book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Levels with a slash between: `cash`, `member/<id>`, `stock/<sort>`.
    pub path: Cow<'static, str>,
    /// Its guard; the same for every posting to it.
    pub guard: Guard,
}

impl Account {
    /// An account without a guard.
    pub const fn open(path: &'static str) -> Account {
        Account { path: Cow::Borrowed(path), guard: Guard::None }
    }
    /// Something that we have.
    pub fn asset(path: impl Into<Cow<'static, str>>) -> Account {
        Account { path: path.into(), guard: Guard::Debit }
    }
    /// Something that we owe.
    pub fn debt(path: impl Into<Cow<'static, str>>) -> Account {
        Account { path: path.into(), guard: Guard::Credit }
    }
}

/// The transfers of one entry in one book.
#[derive(Debug)]
pub struct Posting {
    village: PlaceCode,
    book: BookId,
    day: Day,
    transfers: Vec<Transfer>,
}

#[derive(Debug)]
struct Transfer {
    debit: Account,
    credit: Account,
    unit: Unit,
    qty: i64,
}

/// An account that a command took below zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overdrawn {
    /// The path of the account.
    pub path: String,
    /// By how much, in its unit.
    pub missing: i64,
    /// The unit.
    pub unit: Unit,
}

impl Posting {
    /// Nothing yet, for this book and day.
    pub fn new(village: &PlaceCode, book: BookId, day: Day) -> Posting {
        Posting { village: village.clone(), book, day, transfers: Vec::with_capacity(6) }
    }
    /// Moves `qty` of `unit` to `debit` from `credit`. Nothing moves when it is zero; a posting with a negative one is
    /// refused when it is written, since a transfer has a direction.
    pub fn transfer(&mut self, debit: Account, credit: Account, unit: Unit, qty: i64) -> &mut Posting {
        if qty != 0 {
            self.transfers.push(Transfer { debit, credit, unit, qty });
        }
        self
    }
    /// The net change of each account: accounts that occur several times are written once.
    fn net(&self) -> Result<Vec<(&Account, Unit, i64)>, Fault> {
        let mut net: Vec<(&Account, Unit, i64)> = Vec::with_capacity(8);
        for transfer in &self.transfers {
            if transfer.qty < 0 {
                return Err(Fault::new(format!("a transfer of {} to {}", transfer.qty, transfer.debit.path)));
            }
            for (account, change) in [(&transfer.debit, transfer.qty), (&transfer.credit, -transfer.qty)] {
                match net
                    .iter_mut()
                    .find(|(known, unit, _)| known.path == account.path && *unit == transfer.unit)
                {
                    Some((_, _, sum)) => {
                        *sum = sum
                            .checked_add(change)
                            .ok_or_else(|| Fault::new("a sum is too large for a book"))?;
                    }
                    None => net.push((account, transfer.unit, change)),
                }
            }
        }
        Ok(net)
    }
}

/// Writes the posting of the entry that is being folded, or takes it back.
pub(crate) fn post(fold: &mut Fold<'_, '_>, posting: &Posting) -> Result<(), Fault> {
    let (sign, turn, day) = match fold.turn {
        Turn::Done => (1, String::new(), posting.day),
        Turn::Undone { by, day } => (-1, by.to_string(), day),
        Turn::Restored { by, day } => (1, by.to_string(), day),
    };
    for (account, unit, change) in posting.net()? {
        let change = sign * change;
        // What makes an account better can be summed up later; what makes it worse is asked at once.
        let worse = match account.guard {
            Guard::Credit => change > 0,
            Guard::Debit => change < 0,
            Guard::None => false,
        };
        add(fold, posting, account, unit, change)?;
        if fold.overdraft == Overdraft::IsKept || !worse {
            continue;
        }
        let balance = balance(fold, &posting.village, posting.book, &account.path, unit)?;
        let missing = if account.guard == Guard::Credit { balance } else { -balance };
        if missing > 0 {
            fold.overdrawn.push(Overdrawn { path: account.path.clone().into_owned(), missing, unit });
        }
    }
    let entry = fold.entry.to_string();
    if let Turn::Restored { .. } = fold.turn {
        sql!("DELETE FROM transfer WHERE village = ?1 AND book = ?2 AND entry = ?3 AND turn = ?4")
            .bind(&posting.village)
            .bind(&posting.book)
            .bind(&entry)
            .bind(&turn)
            .run(fold)?;
        return Ok(());
    }
    let village = posting.village.to_string();
    let book = posting.book.to_string();
    let day = day.to_string();
    for (n, transfer) in (0i64..).zip(&posting.transfers) {
        let (debit, credit) = match sign {
            1 => (&transfer.debit, &transfer.credit),
            _ => (&transfer.credit, &transfer.debit),
        };
        sql!(
            "INSERT INTO transfer (village, book, entry, turn, n, day, debit, credit, unit, qty)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
        )
        .bind(&village)
        .bind(&book)
        .bind(&entry)
        .bind(&turn)
        .bind(&n)
        .bind(&day)
        .bind(&PathCell(&debit.path))
        .bind(&PathCell(&credit.path))
        .bind(&transfer.unit)
        .bind(&transfer.qty)
        .run(fold)?;
    }
    Ok(())
}

/// Adds to a balance. It waits with what else is added to it, until somebody reads the books.
fn add(
    fold: &mut Fold<'_, '_>,
    posting: &Posting,
    account: &Account,
    unit: Unit,
    change: i64,
) -> Result<(), Fault> {
    sql!(
        "INSERT INTO account (village, book, path, unit, guard, balance) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (village, book, path, unit) DO UPDATE SET balance = account.balance + excluded.balance"
    )
    .bind(&posting.village)
    .bind(&posting.book)
    .bind(&PathCell(&account.path))
    .bind(&unit)
    .bind(&GuardCell(account.guard))
    .bind(&change)
    .add(1, fold)
}

/// The balance of an account: debits less credits, in its unit. Zero when nothing was posted.
pub fn balance(
    tx: &mut Tx<'_>,
    village: &PlaceCode,
    book: BookId,
    path: &str,
    unit: Unit,
) -> Result<i64, Fault> {
    let found =
        sql!("SELECT balance FROM account WHERE village = ?1 AND book = ?2 AND path = ?3 AND unit = ?4")
            .bind(village)
            .bind(&book)
            .bind(&path.to_owned())
            .bind(&unit)
            .maybe::<(i64,)>(tx)?;
    Ok(found.map_or(0, |(balance,)| balance))
}

/// The balances of all accounts of a book whose path starts with `prefix`, by path and unit.
pub fn balances(
    tx: &mut Tx<'_>,
    village: &PlaceCode,
    book: BookId,
    prefix: &str,
) -> Result<Vec<(String, Unit, i64)>, Fault> {
    sql!(
        "SELECT path, unit, balance FROM account
         WHERE village = ?1 AND book = ?2 AND path >= ?3 AND path < ?4 ORDER BY path, unit"
    )
    .bind(village)
    .bind(&book)
    .bind(&prefix.to_owned())
    .bind(&format!("{prefix}~"))
    .all(tx)
}

db::row! {
    /// One transfer as it stands in the books.
    #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
    pub struct TransferRow {
        /// The village of the book.
        pub village: PlaceCode,
        /// The book.
        pub book: BookId,
        /// The fact.
        pub entry: kernel::EntryId,
        /// Empty, or the reversal that takes it back.
        pub turn: String,
        /// Day of the books.
        pub day: Day,
        /// To this account.
        pub debit: String,
        /// From this account.
        pub credit: String,
        /// In this unit.
        pub unit: Unit,
        /// So much.
        pub qty: i64,
    }
}

/// What an entry moved, and what its reversal moved back.
pub fn transfers_of(
    tx: &mut Tx<'_>,
    village: &PlaceCode,
    book: BookId,
    entry: kernel::EntryId,
) -> Result<Vec<TransferRow>, Fault> {
    sql!(
        "SELECT village, book, entry, turn, day, debit, credit, unit, qty FROM transfer
         WHERE village = ?1 AND book = ?2 AND entry = ?3 ORDER BY turn, n"
    )
    .bind(village)
    .bind(&book)
    .bind(&entry)
    .all(tx)
}

/// Visits every transfer of the site in the order of days.
pub fn each_transfer(
    tx: &mut Tx<'_>,
    mut visit: impl FnMut(TransferRow) -> Result<(), Fault>,
) -> Result<(), Fault> {
    sql!(
        "SELECT village, book, entry, turn, day, debit, credit, unit, qty FROM transfer
         ORDER BY day, entry, turn, n"
    )
    .each(tx, |row| visit(db::FromRow::from_row(row)?))
}

/// Guarded accounts that stand on the wrong side of zero: what reports of what happened brought to light.
pub fn exceptions(
    tx: &mut Tx<'_>,
    village: &PlaceCode,
    book: BookId,
) -> Result<Vec<(String, Unit, i64)>, Fault> {
    sql!(
        "SELECT path, unit, balance FROM account
         WHERE village = ?1 AND book = ?2
           AND ((guard = 'debit' AND balance < 0) OR (guard = 'credit' AND balance > 0))
         ORDER BY path, unit"
    )
    .bind(village)
    .bind(&book)
    .all(tx)
}

/// A path on its way into a column, without a copy.
struct PathCell<'a>(&'a str);

impl kernel::Column for PathCell<'_> {
    fn to_cell(&self) -> kernel::Cell<'_> {
        kernel::Cell::Text(Cow::Borrowed(self.0))
    }
    fn from_cell(cell: kernel::Cell<'_>) -> Result<Self, kernel::WrongColumn> {
        Err(kernel::WrongColumn::new("written only", &cell))
    }
}

struct GuardCell(Guard);

impl kernel::Column for GuardCell {
    fn to_cell(&self) -> kernel::Cell<'_> {
        kernel::Cell::Text(Cow::Borrowed(self.0.name()))
    }
    fn from_cell(cell: kernel::Cell<'_>) -> Result<Self, kernel::WrongColumn> {
        Err(kernel::WrongColumn::new("written only", &cell))
    }
}
