//! How the tables follow from the facts. What is read from them stands in `tables/`.

pub mod account;
mod books;
mod cash;
mod check;
mod desk;
mod members;
mod office;
mod payouts;
mod setup;

pub use books::*;
pub use cash::*;
pub use check::CHECK;
pub use desk::*;
pub use members::*;
pub use office::*;
pub use payouts::*;
pub use setup::*;

use db::sql;
use journal::ledger::{Account, Posting};
use journal::{Entry, Fold, Folded, Turn};
use kernel::{BookId, Day, EntryId, Fault, MemberId, Month, PlaceCode, Rupiah, Unit};

use super::facts::*;
use super::sort::SortCode;
use crate::income::{Gain, gain};

pub(super) fn fold(fold: &mut Fold<'_, '_>, entry: &Entry) -> Result<Folded, Fault> {
    match Fact::read(entry)? {
        None => return Ok(Folded::UnknownKind),
        Some(Fact::BankOpened(fact)) => bank_opened(fold, &fact)?,
        Some(Fact::SortNamed(fact)) => sort_named(fold, &fact)?,
        Some(Fact::PricesSet(fact)) => prices_set(fold, &fact)?,
        Some(Fact::ShareSet(fact)) => share_set(fold, &fact)?,
        Some(Fact::PayoutRuleSet(fact)) => payout_rule_set(fold, &fact)?,
        Some(Fact::MemberJoined(fact)) => member_joined(fold, &fact)?,
        Some(Fact::WeighedIn(fact)) => weighed_in(fold, &fact)?,
        Some(Fact::Withdrawn(fact)) => withdrawn(fold, &fact)?,
        Some(Fact::Advanced(fact)) => advanced(fold, &fact)?,
        Some(Fact::Sold(fact)) => sold(fold, &fact)?,
        Some(Fact::CashMoved(fact)) => cash_moved(fold, &fact)?,
        Some(Fact::DayClosed(fact)) => {
            let kind = (Closes::Day, fact.day);
            closed(fold, &fact.village, fact.bank, kind, fact.cash_book, Some(fact.cash_counted), None)?;
        }
        Some(Fact::MonthClosed(fact)) => {
            let kind = (Closes::Month, fact.month.last());
            closed(fold, &fact.village, fact.bank, kind, fact.cash_book, None, Some(fact.owed))?;
        }
    }
    Ok(Folded::Done)
}

fn bank_opened(fold: &mut Fold<'_, '_>, fact: &BankOpened) -> Result<(), Fault> {
    if !fold.turn.is_first() {
        let statement =
            sql!("UPDATE waste_bank SET undone = ?4 WHERE village = ?1 AND bank = ?2 AND entry = ?3");
        return fold.mark(statement, &fact.village, fact.bank);
    }
    let entry = fold.entry;
    sql!(
        "INSERT INTO waste_bank (village, bank, name, kind, main, day, entry) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (village, bank) DO UPDATE SET name = excluded.name, kind = excluded.kind, main = excluded.main,
         day = excluded.day, entry = excluded.entry WHERE excluded.entry < waste_bank.entry"
    )
    .bind(&fact.village)
    .bind(&fact.bank)
    .bind(&fact.name)
    .bind(&fact.kind)
    .bind(&fact.main)
    .bind(&fact.day)
    .bind(&entry)
    .run(fold)?;
    Ok(())
}

fn sort_named(fold: &mut Fold<'_, '_>, fact: &SortNamed) -> Result<(), Fault> {
    if !fold.turn.is_first() {
        let statement =
            sql!("UPDATE waste_sort SET undone = ?4 WHERE village = ?1 AND bank = ?2 AND entry = ?3");
        return fold.mark(statement, &fact.village, fact.bank);
    }
    let entry = fold.entry;
    let carbon = fact.carbon.as_ref();
    sql!(
        "INSERT INTO waste_sort (village, bank, sort, entry, parent, name_id, name_ko, name_en, unit, carbon,
         carbon_source, destination, retired) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
    )
    .bind(&fact.village)
    .bind(&fact.bank)
    .bind(&fact.sort)
    .bind(&entry)
    .bind(&fact.parent)
    .bind(&fact.names.id)
    .bind(&fact.names.ko)
    .bind(&fact.names.en)
    .bind(&fact.unit)
    .bind(&carbon.map(|carbon| carbon.grams_per_kg))
    .bind(&carbon.map(|carbon| carbon.source.clone()))
    .bind(&fact.destination)
    .bind(&fact.retired)
    .run(fold)?;
    Ok(())
}

fn prices_set(fold: &mut Fold<'_, '_>, fact: &PricesSet) -> Result<(), Fault> {
    if !fold.turn.is_first() {
        let statement =
            sql!("UPDATE waste_price SET undone = ?4 WHERE village = ?1 AND bank = ?2 AND entry = ?3");
        return fold.mark(statement, &fact.village, fact.bank);
    }
    let entry = fold.entry;
    for line in &fact.prices {
        sql!(
            "INSERT INTO waste_price (village, bank, side, from_day, entry, sort, unit, rupiah)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
        )
        .bind(&fact.village)
        .bind(&fact.bank)
        .bind(&fact.side)
        .bind(&fact.from)
        .bind(&entry)
        .bind(&line.sort)
        .bind(&line.price.unit())
        .bind(&line.price.rupiah())
        .run(fold)?;
    }
    Ok(())
}

fn share_set(fold: &mut Fold<'_, '_>, fact: &ShareSet) -> Result<(), Fault> {
    if !fold.turn.is_first() {
        let statement =
            sql!("UPDATE waste_share SET undone = ?4 WHERE village = ?1 AND bank = ?2 AND entry = ?3");
        return fold.mark(statement, &fact.village, fact.bank);
    }
    let entry = fold.entry;
    sql!("INSERT INTO waste_share (village, bank, from_day, entry, sort, share) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
        .bind(&fact.village)
        .bind(&fact.bank)
        .bind(&fact.from)
        .bind(&entry)
        .bind(&fact.sort)
        .bind(&fact.share)
        .run(fold)?;
    Ok(())
}

fn payout_rule_set(fold: &mut Fold<'_, '_>, fact: &PayoutRuleSet) -> Result<(), Fault> {
    if !fold.turn.is_first() {
        let statement =
            sql!("UPDATE waste_rule SET undone = ?4 WHERE village = ?1 AND bank = ?2 AND entry = ?3");
        return fold.mark(statement, &fact.village, fact.bank);
    }
    let entry = fold.entry;
    sql!(
        "INSERT INTO waste_rule (village, bank, from_day, entry, kept_min, first_after_days)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
    )
    .bind(&fact.village)
    .bind(&fact.bank)
    .bind(&fact.from)
    .bind(&entry)
    .bind(&fact.kept_min)
    .bind(&fact.first_after_days)
    .run(fold)?;
    Ok(())
}

fn member_joined(fold: &mut Fold<'_, '_>, fact: &MemberJoined) -> Result<(), Fault> {
    let mut posting = Posting::new(&fact.village, fact.bank, fact.day);
    let opening = fact.opening.count();
    posting.transfer(Account::open("opening"), account::member(fact.member), Unit::Idr, opening);
    fold.post(&posting)?;
    if opening > 0 {
        let amounts = (fact.opening, Rupiah::ZERO);
        movement(fold, (fact.bank, &fact.village), fact.member, fact.day, "joined", amounts)?;
    }
    if !fold.turn.is_first() {
        let statement =
            sql!("UPDATE waste_member SET undone = ?4 WHERE village = ?1 AND bank = ?2 AND entry = ?3");
        return fold.mark(statement, &fact.village, fact.bank);
    }
    let (kind, holder) = match fact.holder {
        Holder::Household(id) => ("household", id.to_string()),
        Holder::Person(id) => ("person", id.to_string()),
        Holder::Group(id) => ("group", id.to_string()),
    };
    let entry = fold.entry;
    sql!(
        "INSERT INTO waste_member (village, bank, member, number, holder_kind, holder, day, opening, entry)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
    )
    .bind(&fact.village)
    .bind(&fact.bank)
    .bind(&fact.member)
    .bind(&fact.number)
    .bind(&kind.to_owned())
    .bind(&holder)
    .bind(&fact.day)
    .bind(&fact.opening)
    .bind(&entry)
    .run(fold)?;
    Ok(())
}

fn weighed_in(fold: &mut Fold<'_, '_>, fact: &WeighedIn) -> Result<(), Fault> {
    let (worth, share, credited) = (fact.worth(), fact.share(), fact.credited());
    let saved = credited - fact.repaid;
    let purchases = || Account::open("purchases");
    let mut posting = Posting::new(&fact.village, fact.bank, fact.day);
    posting.transfer(purchases(), account::member(fact.member), Unit::Idr, saved.count()).transfer(
        purchases(),
        Account::open("share"),
        Unit::Idr,
        share.count(),
    );
    if fact.repaid > Rupiah::ZERO {
        posting.transfer(purchases(), account::advance(fact.member), Unit::Idr, fact.repaid.count());
    }
    for line in &fact.lines {
        posting.transfer(
            account::stock(&line.sort),
            Account::open("intake"),
            line.qty.unit(),
            line.qty.count(),
        );
    }
    fold.post(&posting)?;

    let place = (fact.bank, &fact.village);
    movement(fold, place, fact.member, fact.day, "weighed_in", (saved, -fact.repaid))?;
    let month = fact.day.month();
    for line in &fact.lines {
        let sums = MonthSums {
            qty_in: line.qty.count(),
            worth: line.worth,
            share: line.share,
            ..MonthSums::default()
        };
        add_month(fold, place, &line.sort, line.qty.unit(), month, sums)?;
    }
    debug_assert_eq!(worth - share, credited);
    member_month(fold, place, fact.member, month, credited)?;
    if let Some(home) = &fact.home {
        gain(
            fold,
            Gain {
                village: &fact.village,
                household: home.household,
                hamlet: &home.hamlet,
                livelihood: super::LIVELIHOOD.name,
                day: fact.day,
                cash: credited,
                used: Rupiah::ZERO,
                cost: Rupiah::ZERO,
            },
        )?;
    }
    if !fold.turn.is_first() {
        let (entry, by) = (fold.entry, fold.turn.undone_by());
        sql!(
            "UPDATE waste_line SET undone = ?5 WHERE village = ?1 AND bank = ?2 AND day = ?3 AND entry = ?4"
        )
        .bind(&fact.village)
        .bind(&fact.bank)
        .bind(&fact.day)
        .bind(&entry)
        .bind(&by)
        .run(fold)?;
        return Ok(());
    }
    let (bank, day, entry, member) =
        (fact.bank.to_string(), fact.day.to_string(), fold.entry.to_string(), fact.member.to_string());
    for (n, line) in (0i64..).zip(&fact.lines) {
        sql!(
            "INSERT INTO waste_line (village, bank, day, entry, n, member, sort, unit, qty, price, worth, share)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"
        )
        .bind(&fact.village)
        .bind(&bank)
        .bind(&day)
        .bind(&entry)
        .bind(&n)
        .bind(&member)
        .bind(&line.sort)
        .bind(&line.qty.unit())
        .bind(&line.qty.count())
        .bind(&line.price.rupiah())
        .bind(&line.worth)
        .bind(&line.share)
        .run(fold)?;
    }
    Ok(())
}

fn withdrawn(fold: &mut Fold<'_, '_>, fact: &Withdrawn) -> Result<(), Fault> {
    let mut posting = Posting::new(&fact.village, fact.bank, fact.day);
    posting.transfer(account::member(fact.member), account::cash(), Unit::Idr, fact.amount.count());
    fold.post(&posting)?;
    let amounts = (-fact.amount, Rupiah::ZERO);
    movement(fold, (fact.bank, &fact.village), fact.member, fact.day, "withdrawn", amounts)?;
    if fact.to_many { paid_with_many(fold, fact) } else { Ok(()) }
}

fn paid_with_many(fold: &mut Fold<'_, '_>, fact: &Withdrawn) -> Result<(), Fault> {
    if !fold.turn.is_first() {
        let statement =
            sql!("UPDATE waste_payout SET undone = ?4 WHERE village = ?1 AND bank = ?2 AND entry = ?3");
        return fold.mark(statement, &fact.village, fact.bank);
    }
    let entry = fold.entry;
    let payout = fact.payout.map_or_else(|| fact.day.to_string(), |payout| payout.to_string());
    sql!(
        "INSERT INTO waste_payout (village, bank, payout, entry, day, member, amount)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
    )
    .bind(&fact.village)
    .bind(&fact.bank)
    .bind(&payout)
    .bind(&entry)
    .bind(&fact.day)
    .bind(&fact.member)
    .bind(&fact.amount)
    .run(fold)?;
    Ok(())
}

fn advanced(fold: &mut Fold<'_, '_>, fact: &Advanced) -> Result<(), Fault> {
    let mut posting = Posting::new(&fact.village, fact.bank, fact.day);
    posting.transfer(account::advance(fact.member), account::cash(), Unit::Idr, fact.amount.count());
    fold.post(&posting)?;
    let amounts = (Rupiah::ZERO, fact.amount);
    movement(fold, (fact.bank, &fact.village), fact.member, fact.day, "advanced", amounts)
}

fn sold(fold: &mut Fold<'_, '_>, fact: &Sold) -> Result<(), Fault> {
    let mut posting = Posting::new(&fact.village, fact.bank, fact.day);
    posting.transfer(account::cash(), Account::open("sales"), Unit::Idr, fact.revenue().count());
    for line in &fact.lines {
        let (stock, unit) = (account::stock(&line.sort), line.qty.unit());
        posting.transfer(Account::open("sold"), stock.clone(), unit, line.qty.count());
        match line.shrunk {
            0 => {}
            lost if lost > 0 => drop(posting.transfer(Account::open("shrinkage"), stock, unit, lost)),
            gained => drop(posting.transfer(stock, Account::open("shrinkage"), unit, -gained)),
        }
    }
    fold.post(&posting)?;
    let place = (fact.bank, &fact.village);
    for line in &fact.lines {
        let sums = MonthSums {
            qty_sold: line.qty.count(),
            revenue: line.revenue,
            shrunk: line.shrunk,
            ..MonthSums::default()
        };
        add_month(fold, place, &line.sort, line.qty.unit(), fact.day.month(), sums)?;
    }
    if !fold.turn.is_first() {
        let (entry, by) = (fold.entry, fold.turn.undone_by());
        sql!(
            "UPDATE waste_sale SET undone = ?5 WHERE village = ?1 AND bank = ?2 AND day = ?3 AND entry = ?4"
        )
        .bind(&fact.village)
        .bind(&fact.bank)
        .bind(&fact.day)
        .bind(&entry)
        .bind(&by)
        .run(fold)?;
        return Ok(());
    }
    let entry = fold.entry;
    for (n, line) in (0i64..).zip(&fact.lines) {
        sql!(
            "INSERT INTO waste_sale (village, bank, day, entry, n, collector, sort, unit, qty, price, revenue, shrunk)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"
        )
        .bind(&fact.village)
        .bind(&fact.bank)
        .bind(&fact.day)
        .bind(&entry)
        .bind(&n)
        .bind(&fact.collector)
        .bind(&line.sort)
        .bind(&line.qty.unit())
        .bind(&line.qty.count())
        .bind(&line.price.rupiah())
        .bind(&line.revenue)
        .bind(&line.shrunk)
        .run(fold)?;
    }
    Ok(())
}

fn cash_moved(fold: &mut Fold<'_, '_>, fact: &CashMoved) -> Result<(), Fault> {
    let other = Account::open(fact.purpose.account());
    let mut posting = Posting::new(&fact.village, fact.bank, fact.day);
    match fact.purpose.is_income() {
        true => posting.transfer(account::cash(), other, Unit::Idr, fact.amount.count()),
        false => posting.transfer(other, account::cash(), Unit::Idr, fact.amount.count()),
    };
    fold.post(&posting)?;
    if !fold.turn.is_first() {
        let statement =
            sql!("UPDATE waste_cash_move SET undone = ?4 WHERE village = ?1 AND bank = ?2 AND entry = ?3");
        return fold.mark(statement, &fact.village, fact.bank);
    }
    let entry = fold.entry;
    sql!(
        "INSERT INTO waste_cash_move (village, bank, entry, day, purpose, amount, note)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
    )
    .bind(&fact.village)
    .bind(&fact.bank)
    .bind(&entry)
    .bind(&fact.day)
    .bind(&fact.purpose.name().to_owned())
    .bind(&fact.amount)
    .bind(&fact.note)
    .run(fold)?;
    Ok(())
}

fn closed(
    fold: &mut Fold<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
    (kind, day): (Closes, Day),
    cash_book: Rupiah,
    cash_counted: Option<Rupiah>,
    owed: Option<Rupiah>,
) -> Result<(), Fault> {
    if !fold.turn.is_first() {
        let statement =
            sql!("UPDATE waste_closing SET undone = ?4 WHERE village = ?1 AND bank = ?2 AND entry = ?3");
        return fold.mark(statement, village, bank);
    }
    let entry = fold.entry;
    sql!(
        "INSERT INTO waste_closing (village, bank, day, entry, kind, cash_book, cash_counted, owed)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
    )
    .bind(village)
    .bind(&bank)
    .bind(&day)
    .bind(&entry)
    .bind(&kind)
    .bind(&cash_book)
    .bind(&cash_counted)
    .bind(&owed)
    .run(fold)?;
    Ok(())
}

type Place<'f> = (BookId, &'f PlaceCode);

/// Writes the line of a savings book, or the line that takes it back.
fn movement(
    fold: &mut Fold<'_, '_>,
    (bank, village): Place<'_>,
    member: MemberId,
    day: Day,
    kind: &str,
    (amount, owed): (Rupiah, Rupiah),
) -> Result<(), Fault> {
    let entry = fold.entry;
    let (turn, written_on, amount, owed) = match fold.turn {
        Turn::Done => (String::new(), day, amount, owed),
        Turn::Undone { by, day } => (by.to_string(), day, -amount, -owed),
        Turn::Restored { by, day } => {
            sql!("DELETE FROM waste_movement WHERE village = ?1 AND bank = ?2 AND member = ?3 AND day = ?4 AND entry = ?5 AND turn = ?6")
                .bind(village)
                .bind(&bank)
                .bind(&member)
                .bind(&day)
                .bind(&entry)
                .bind(&by.to_string())
                .run(fold)?;
            (String::new(), day, amount, owed)
        }
    };
    if !fold.turn.is_first() {
        let by = fold.turn.undone_by();
        sql!("UPDATE waste_movement SET undone = ?6 WHERE village = ?1 AND bank = ?2 AND member = ?3 AND day = ?4 AND entry = ?5 AND turn = ''")
            .bind(village)
            .bind(&bank)
            .bind(&member)
            .bind(&day)
            .bind(&entry)
            .bind(&by)
            .run(fold)?;
        if by.is_none() {
            return Ok(());
        }
    }
    sql!(
        "INSERT INTO waste_movement (village, bank, member, day, entry, turn, kind, amount, owed)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
    )
    .bind(village)
    .bind(&bank)
    .bind(&member)
    .bind(&written_on)
    .bind(&entry)
    .bind(&turn)
    .bind(&kind.to_owned())
    .bind(&amount)
    .bind(&owed)
    .run(fold)?;
    Ok(())
}

#[derive(Default)]
struct MonthSums {
    qty_in: i64,
    worth: Rupiah,
    share: Rupiah,
    qty_sold: i64,
    revenue: Rupiah,
    shrunk: i64,
}

/// Adds to the sums of a month; a reversal takes away from the month in which the waste came.
fn add_month(
    fold: &mut Fold<'_, '_>,
    (bank, village): Place<'_>,
    sort: &SortCode,
    unit: Unit,
    month: Month,
    sums: MonthSums,
) -> Result<(), Fault> {
    let sign = fold.turn.sign();
    sql!(
        "INSERT INTO waste_month (village, bank, sort, unit, ym, qty_in, worth, share, qty_sold, revenue, shrunk)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
         ON CONFLICT (village, bank, sort, unit, ym) DO UPDATE SET qty_in = waste_month.qty_in + excluded.qty_in,
         worth = waste_month.worth + excluded.worth, share = waste_month.share + excluded.share,
         qty_sold = waste_month.qty_sold + excluded.qty_sold, revenue = waste_month.revenue + excluded.revenue,
         shrunk = waste_month.shrunk + excluded.shrunk"
    )
    .bind(village)
    .bind(&bank)
    .bind(sort)
    .bind(&unit)
    .bind(&month)
    .bind(&(sign * sums.qty_in))
    .bind(&(sign * sums.worth.count()))
    .bind(&(sign * sums.share.count()))
    .bind(&(sign * sums.qty_sold))
    .bind(&(sign * sums.revenue.count()))
    .bind(&(sign * sums.shrunk))
    .add(6, fold)
}

fn member_month(
    fold: &mut Fold<'_, '_>,
    (bank, village): Place<'_>,
    member: MemberId,
    month: Month,
    credited: Rupiah,
) -> Result<(), Fault> {
    let sign = fold.turn.sign();
    sql!(
        "INSERT INTO waste_member_month (village, bank, ym, member, weigh_ins, credited) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (village, bank, ym, member) DO UPDATE SET
         weigh_ins = waste_member_month.weigh_ins + excluded.weigh_ins,
         credited = waste_member_month.credited + excluded.credited"
    )
    .bind(village)
    .bind(&bank)
    .bind(&month)
    .bind(&member)
    .bind(&sign)
    .bind(&(sign * credited.count()))
    .add(2, fold)
}

/// Whether a row counts: no reversal has taken it back.
pub fn counts(undone: &Option<EntryId>) -> bool {
    undone.is_none()
}
