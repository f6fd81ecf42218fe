//! Members and their savings books.

use std::collections::HashMap;

use db::sql;
use journal::View;
use journal::ledger;
use kernel::{BookId, Day, EntryId, Fault, MemberId, Month, PlaceCode, Rupiah, Unit};
use serde::Serialize;

use super::account;
use crate::waste::facts::{Holder, WeighedIn};

/// A member of a bank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Member {
    /// The membership.
    pub member: MemberId,
    /// The number on the savings book.
    pub number: i64,
    /// Who is behind it.
    pub holder: Holder,
    /// Since when.
    pub day: Day,
}

impl db::FromRow for Member {
    fn from_row(row: &db::Row<'_>) -> Result<Member, Fault> {
        let (kind, id): (String, String) = (row.get(2)?, row.get(3)?);
        let unreadable = || Fault::new(format!("a member is held by {kind} {id}, which cannot be read"));
        let holder = match kind.as_str() {
            "household" => Holder::Household(id.parse().map_err(|_| unreadable())?),
            "person" => Holder::Person(id.parse().map_err(|_| unreadable())?),
            "group" => Holder::Group(id.parse().map_err(|_| unreadable())?),
            _ => return Err(unreadable()),
        };
        Ok(Member { member: row.get(0)?, number: row.get(1)?, holder, day: row.get(4)? })
    }
}

/// The numbers of the members of every bank of the site, the earliest membership first.
pub fn member_numbers(view: &mut View<'_, '_>) -> Result<Vec<(BookId, MemberId, i64)>, Fault> {
    sql!("SELECT bank, member, number FROM waste_member ORDER BY member, bank").all(view)
}

/// The members of a bank, by number.
pub fn members(view: &mut View<'_, '_>, village: &PlaceCode, bank: BookId) -> Result<Vec<Member>, Fault> {
    sql!(
        "SELECT member, number, holder_kind, holder, day FROM waste_member
         WHERE village = ?1 AND bank = ?2 AND undone IS NULL ORDER BY number, member"
    )
    .bind(village)
    .bind(&bank)
    .all(view)
}

/// One member.
pub fn member(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
    member: MemberId,
) -> Result<Option<Member>, Fault> {
    sql!(
        "SELECT member, number, holder_kind, holder, day FROM waste_member
         WHERE village = ?1 AND bank = ?2 AND member = ?3 AND undone IS NULL"
    )
    .bind(village)
    .bind(&bank)
    .bind(&member)
    .maybe(view)
}

/// The member with this number on the savings book.
pub fn member_numbered(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
    number: i64,
) -> Result<Option<Member>, Fault> {
    sql!(
        "SELECT member, number, holder_kind, holder, day FROM waste_member
         WHERE village = ?1 AND bank = ?2 AND number = ?3 AND undone IS NULL ORDER BY entry LIMIT 1"
    )
    .bind(village)
    .bind(&bank)
    .bind(&number)
    .maybe(view)
}

/// The number for the next member.
pub fn number_next(view: &mut View<'_, '_>, village: &PlaceCode, bank: BookId) -> Result<i64, Fault> {
    let (highest,) = sql!("SELECT MAX(number) FROM waste_member WHERE village = ?1 AND bank = ?2")
        .bind(village)
        .bind(&bank)
        .one::<(Option<i64>,)>(view)?;
    Ok(highest.unwrap_or(0) + 1)
}

/// What is owed to a member, and what the member owes from advances.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Balances {
    /// Saved.
    pub saved: Rupiah,
    /// Advance that is not repaid.
    pub owed: Rupiah,
}

/// The balances of one member.
pub fn balances(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
    member: MemberId,
) -> Result<Balances, Fault> {
    let saved = ledger::balance(view, village, bank, &account::member(member).path, Unit::Idr)?;
    let owed = ledger::balance(view, village, bank, &account::advance(member).path, Unit::Idr)?;
    Ok(Balances { saved: Rupiah::new(-saved), owed: Rupiah::new(owed) })
}

/// What these members have saved, in one statement: of one by its account, of several among those of all.
pub fn saved_of(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
    members: &[Member],
) -> Result<HashMap<MemberId, Rupiah>, Fault> {
    let path = match members {
        [] => return Ok(HashMap::new()),
        [one] => account::member(one.member).path,
        _ => "member/".into(),
    };
    ledger::balances(view, village, bank, &path)?
        .into_iter()
        .map(|(path, _, balance)| Ok((member_of(&path)?, Rupiah::new(-balance))))
        .collect()
}

/// The balances of every member who has had a movement.
pub fn all_balances(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
) -> Result<HashMap<MemberId, Balances>, Fault> {
    let mut all: HashMap<MemberId, Balances> = HashMap::new();
    for (path, _, balance) in ledger::balances(view, village, bank, "member/")? {
        all.entry(member_of(&path)?).or_default().saved = Rupiah::new(-balance);
    }
    for (member, owed) in advances(view, village, bank)? {
        all.entry(member).or_default().owed = owed;
    }
    Ok(all)
}

/// What members have not repaid of advances; those who never had one are not among them.
pub fn advances(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
) -> Result<HashMap<MemberId, Rupiah>, Fault> {
    ledger::balances(view, village, bank, "advance/")?
        .into_iter()
        .map(|(path, _, balance)| Ok((member_of(&path)?, Rupiah::new(balance))))
        .collect()
}

/// Whose account it is.
fn member_of(path: &str) -> Result<MemberId, Fault> {
    let id = path.split_once('/').and_then(|(_, id)| id.parse().ok());
    id.ok_or_else(|| Fault::new(format!("the account {path} names no member")))
}

db::row! {
    /// One line of a savings book.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct Movement {
        /// The day of the books.
        pub day: Day,
        /// The fact.
        pub entry: EntryId,
        /// Empty, or the reversal that this line stands for.
        pub turn: String,
        /// `joined`, `weighed_in`, `withdrawn`, `advanced`.
        pub kind: String,
        /// What was saved (up) or taken out (down).
        pub amount: Rupiah,
        /// How the advance that is owed changed.
        pub owed: Rupiah,
        /// The reversal that took the line back.
        pub undone: Option<EntryId>,
    }
}

impl Movement {
    /// What of a weigh-in repaid an advance, if anything did.
    pub fn repaid(&self) -> Option<Rupiah> {
        let repays = self.kind == "weighed_in" && !self.is_reversal() && self.owed < Rupiah::ZERO;
        repays.then(|| -self.owed)
    }
    /// Whether the line takes another one back.
    pub fn is_reversal(&self) -> bool {
        !self.turn.is_empty()
    }
}

/// A savings book (buku tabungan; 통장): its newest lines first, each with the balance after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Passbook {
    /// Whose.
    pub member: Member,
    /// What is in it.
    pub balances: Balances,
    /// The lines, the newest first.
    pub lines: Vec<PassbookLine>,
    /// How many lines there are in all.
    pub total: i64,
}

/// A line with the balance after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PassbookLine {
    /// The line.
    pub movement: Movement,
    /// What was saved after it.
    pub balance: Rupiah,
    /// What was owed of advances after it.
    pub advance: Rupiah,
}

/// At most `limit` lines of a member's savings book, the newest first, after skipping `skip`.
pub fn passbook(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
    member: Member,
    (skip, limit): (i64, i64),
) -> Result<Passbook, Fault> {
    let balances = balances(view, village, bank, member.member)?;
    let rows = sql!(
        "SELECT day, entry, turn, kind, amount, owed, undone FROM waste_movement
         WHERE village = ?1 AND bank = ?2 AND member = ?3 ORDER BY day DESC, entry DESC, turn DESC LIMIT ?4"
    )
    .bind(village)
    .bind(&bank)
    .bind(&member.member)
    .bind(&(skip + limit))
    .all::<Movement>(view)?;
    let (total,) =
        sql!("SELECT COUNT(*) FROM waste_movement WHERE village = ?1 AND bank = ?2 AND member = ?3")
            .bind(village)
            .bind(&bank)
            .bind(&member.member)
            .one::<(i64,)>(view)?;
    let (mut balance, mut advance) = (balances.saved, balances.owed);
    let mut lines = Vec::with_capacity(rows.len());
    for (n, movement) in (0i64..).zip(rows) {
        let before = (balance - movement.amount, advance - movement.owed);
        if n >= skip {
            lines.push(PassbookLine { movement, balance, advance });
        }
        (balance, advance) = before;
    }
    Ok(Passbook { member, balances, lines, total })
}

/// How many movements of a member stand beside those of one entry.
pub fn movements_beside(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
    (member, entry): (MemberId, EntryId),
) -> Result<i64, Fault> {
    let (count,) = sql!(
        "SELECT COUNT(*) FROM waste_movement
         WHERE village = ?1 AND bank = ?2 AND member = ?3 AND entry <> ?4 AND turn = '' AND undone IS NULL"
    )
    .bind(village)
    .bind(&bank)
    .bind(&member)
    .bind(&entry)
    .one::<(i64,)>(view)?;
    Ok(count)
}

/// What was saved right after an entry was booked: what stands in the savings book up to its day, without what was
/// written later, be it dated earlier or a reversal. It is the same whenever it is asked.
pub fn saved_after(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
    member: MemberId,
    (day, entry): (Day, EntryId),
) -> Result<Rupiah, Fault> {
    let moved = sql!(
        "SELECT CASE WHEN turn = '' THEN entry ELSE turn END, amount FROM waste_movement
         WHERE village = ?1 AND bank = ?2 AND member = ?3 AND day <= ?4"
    )
    .bind(village)
    .bind(&bank)
    .bind(&member)
    .bind(&day)
    .all::<(EntryId, Rupiah)>(view)?;
    let this = view.place_of(entry)?;
    let mut saved = Rupiah::ZERO;
    for (written, amount) in moved {
        if view.place_of(written)? <= this {
            saved = saved.plus(amount).map_err(|why| Fault::because("adding up a savings book", why))?;
        }
    }
    Ok(saved)
}

/// A weigh-in as it was booked, for a receipt.
pub fn weigh_in(view: &mut View<'_, '_>, entry: EntryId) -> Result<Option<WeighedIn>, Fault> {
    view.payload::<WeighedIn>(entry)
}

/// How many members brought something in each month, the newest first.
pub fn active_by_month(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
) -> Result<Vec<(Month, i64)>, Fault> {
    sql!(
        "SELECT ym, COUNT(*) FROM waste_member_month
         WHERE village = ?1 AND bank = ?2 AND weigh_ins > 0 GROUP BY ym ORDER BY ym DESC"
    )
    .bind(village)
    .bind(&bank)
    .all(view)
}
