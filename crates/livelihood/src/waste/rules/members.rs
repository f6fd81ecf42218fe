//! Taking somebody in.

use kernel::{Day, MemberId, Refused, Rupiah};

use super::{AMOUNT_MAX, Desk, NUMBER_MAX, Refusal, read_amount};
use crate::waste::facts::{Holder, MemberJoined};
use crate::waste::tables::Member;

/// What was typed about somebody who wants to become a member.
#[derive(Debug, Clone)]
pub struct TypedJoin {
    /// Who it is; none if nobody of the village was chosen.
    pub holder: Option<Holder>,
    /// The number on the savings book; the next free one if none was typed.
    pub number: Option<i64>,
    /// Since when.
    pub day: Day,
    /// What the paper book before said, in rupiah; nothing if it is empty.
    pub opening: String,
}

/// Somebody becomes a member. `members` are those of the bank now; `number_next` is above every number ever given.
pub fn join(
    desk: &Desk,
    (members, number_next): (&[Member], i64),
    member: MemberId,
    typed: TypedJoin,
) -> Result<MemberJoined, Refused> {
    desk.open_on(typed.day)?;
    let in_field = |no: Refusal, field: &str| Refused::from(no).in_field(field);
    let Some(holder) = typed.holder else { return Err(in_field(Refusal::NoHolder, "holder")) };
    if let Some(before) = members.iter().find(|member| member.holder == holder) {
        return Err(in_field(Refusal::MemberBefore { number: before.number }, "holder"));
    }
    let number = typed.number.unwrap_or(number_next);
    if !(1..=NUMBER_MAX).contains(&number) || members.iter().any(|member| member.number == number) {
        return Err(in_field(Refusal::NumberTaken { number }, "number"));
    }
    let in_opening = |no: Refusal| in_field(no, "opening");
    let opening = match typed.opening.trim() {
        "" => Rupiah::ZERO,
        text => read_amount(text).map_err(in_opening)?,
    };
    if opening < Rupiah::ZERO {
        return Err(in_opening(Refusal::NothingAsked));
    }
    if opening > AMOUNT_MAX {
        return Err(in_opening(Refusal::AmountTooLarge { most: AMOUNT_MAX }));
    }
    let (village, bank) = (desk.village.clone(), desk.bank);
    Ok(MemberJoined { village, bank, member, number, holder, day: typed.day, opening })
}

/// Whether somebody was a member on a day: before that nobody brings anything or gets an advance.
pub fn joined_by(member: &Member, day: Day) -> Result<(), Refused> {
    if day < member.day {
        return Err(Refused::from(Refusal::DayBeforeJoining { day, joined: member.day }).in_field("day"));
    }
    Ok(())
}
