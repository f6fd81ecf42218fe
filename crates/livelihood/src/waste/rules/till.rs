//! Money that goes out and comes in.

use kernel::{Day, EntryId, Refused, Rupiah};

use super::{AMOUNT_MAX, Desk, Refusal, joined_by};
use crate::waste::facts::{Advanced, CashMoved, Purpose, Withdrawn};
use crate::waste::tables::{Balances, Member, PayoutRule};

/// What a payment depends on.
#[derive(Debug, Clone)]
pub struct Till {
    /// Where and when.
    pub desk: Desk,
    /// The rules of the day.
    pub rule: PayoutRule,
    /// What is in the cash box.
    pub cash: Rupiah,
}

impl Till {
    /// The most that a member may take out on a day, whatever the cash box holds.
    pub fn payable(&self, member: &Member, balances: Balances, day: Day) -> Rupiah {
        if day < self.first_day(member) {
            return Rupiah::ZERO;
        }
        (balances.saved - self.rule.kept_min).max(Rupiah::ZERO)
    }
    /// The first day on which a member may take money out.
    pub fn first_day(&self, member: &Member) -> Day {
        member.day.plus(i32::try_from(self.rule.first_after_days).unwrap_or(i32::MAX))
    }
    fn pays(&self, amount: Rupiah) -> Result<(), Refusal> {
        if amount <= Rupiah::ZERO {
            return Err(Refusal::NothingAsked);
        }
        if amount > AMOUNT_MAX {
            return Err(Refusal::AmountTooLarge { most: AMOUNT_MAX });
        }
        if amount > self.cash {
            return Err(Refusal::CashTooLow { cash: self.cash });
        }
        Ok(())
    }
}

/// A member takes money out.
pub fn withdraw(
    till: &Till,
    member: &Member,
    balances: Balances,
    day: Day,
    amount: Rupiah,
) -> Result<Withdrawn, Refused> {
    till.desk.open_on(day)?;
    let in_amount = |no: Refusal| Refused::from(no).in_field("amount");
    if amount > Rupiah::ZERO {
        if day < till.first_day(member) {
            return Err(Refused::from(Refusal::TooEarly { day: till.first_day(member) }).in_field("day"));
        }
        // Named is what can be asked for next, so that nobody is refused twice.
        let (most, kept) = (till.payable(member, balances, day), till.rule.kept_min);
        if amount > most && most <= till.cash {
            let refusal = match kept > Rupiah::ZERO {
                true => Refusal::KeptMin { kept, most },
                false => Refusal::BalanceTooLow { balance: balances.saved },
            };
            return Err(in_amount(refusal));
        }
    }
    till.pays(amount).map_err(in_amount)?;
    let (village, bank) = (till.desk.village.clone(), till.desk.bank);
    Ok(Withdrawn { village, bank, member: member.member, day, amount, to_many: false, payout: None })
}

/// Pays out to many at once, as at Lebaran: to each what the rules allow, or `each_most` of it. Either the cash box
/// covers all of it, or nobody is paid. `payout` is what those who are paid in this go have in common.
pub fn pay_many(
    till: &Till,
    (payout, members): (EntryId, &[(Member, Balances)]),
    day: Day,
    each_most: Option<Rupiah>,
) -> Result<Vec<Withdrawn>, Refused> {
    till.desk.open_on(day)?;
    let paid: Vec<Withdrawn> = members
        .iter()
        .map(|(member, balances)| {
            let payable = till.payable(member, *balances, day);
            (member, each_most.map_or(payable, |most| payable.min(most)))
        })
        .filter(|(_, amount)| *amount > Rupiah::ZERO)
        .map(|(member, amount)| Withdrawn {
            village: till.desk.village.clone(),
            bank: till.desk.bank,
            member: member.member,
            day,
            amount,
            to_many: true,
            payout: Some(payout),
        })
        .collect();
    if paid.is_empty() {
        return Err(Refusal::NobodyToPay.into());
    }
    let total: Rupiah = paid.iter().map(|one| one.amount).sum();
    if total > till.cash {
        return Err(Refusal::CashTooLow { cash: till.cash }.into());
    }
    Ok(paid)
}

/// A member gets money to be repaid in waste.
pub fn advance(till: &Till, member: &Member, day: Day, amount: Rupiah) -> Result<Advanced, Refused> {
    till.desk.open_on(day)?;
    joined_by(member, day)?;
    till.pays(amount).map_err(|no| Refused::from(no).in_field("amount"))?;
    Ok(Advanced {
        village: till.desk.village.clone(),
        bank: till.desk.bank,
        member: member.member,
        day,
        amount,
    })
}

/// Moves cash for another reason than waste.
pub fn move_cash(
    till: &Till,
    purpose: Purpose,
    day: Day,
    amount: Rupiah,
    note: &str,
) -> Result<CashMoved, Refused> {
    till.desk.open_on(day)?;
    let in_amount = |no: Refusal| Refused::from(no).in_field("amount");
    if purpose.is_income() {
        if amount <= Rupiah::ZERO {
            return Err(in_amount(Refusal::NothingAsked));
        }
        if amount > AMOUNT_MAX {
            return Err(in_amount(Refusal::AmountTooLarge { most: AMOUNT_MAX }));
        }
    } else {
        till.pays(amount).map_err(in_amount)?;
    }
    let (village, bank) = (till.desk.village.clone(), till.desk.bank);
    Ok(CashMoved { village, bank, day, purpose, amount, note: note.trim().to_owned() })
}
