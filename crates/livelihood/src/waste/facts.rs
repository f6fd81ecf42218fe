//! What happens at a waste bank, in the past tense. Facts are kept for ever: variants and optional fields are added,
//! none that was released is changed. Each carries its village and bank, and whatever its tables need: the price it
//! was weighed at, the share that held, the hamlet of the household on that day.

use kernel::{
    BasisPoints, BookId, Day, EntryId, GroupId, HouseholdId, MemberId, Month, Names, PersonId, PlaceCode,
    Qty, Rupiah, Unit, UnitPrice,
};
use serde::{Deserialize, Serialize};

use super::{Close, KeepBooks, SetUp, SortCode};

journal::facts! { Fact "waste":
    /// A bank began its work.
    BankOpened "waste.bank_opened/1" Open by SetUp;
    /// A sort of waste was named, or named anew.
    SortNamed "waste.sort_named/1" Open by SetUp;
    /// A price list came into force.
    PricesSet "waste.prices_set/1" Open by SetUp;
    /// The managers' share was set.
    ShareSet "waste.share_set/1" Open by SetUp;
    /// The rules of paying out were set.
    PayoutRuleSet "waste.payout_rule_set/1" Open by SetUp;
    /// Somebody became a member.
    MemberJoined "waste.member_joined/1" Household by KeepBooks;
    /// A member brought sorted waste.
    WeighedIn "waste.weighed_in/1" Household by KeepBooks;
    /// A member took money out.
    Withdrawn "waste.withdrawn/1" Household by KeepBooks;
    /// A member got money to be repaid in waste.
    Advanced "waste.advanced/1" Household by KeepBooks;
    /// The bank sold to a collector.
    Sold "waste.sold/1" Org by KeepBooks;
    /// Money came into the cash box or left it for another reason.
    CashMoved "waste.cash_moved/1" Org by KeepBooks;
    /// A day, and every day before it, was closed.
    DayClosed "waste.day_closed/1" Org by Close;
    /// A month, and every day before its end, was closed.
    MonthClosed "waste.month_closed/1" Org by Close;
}

kernel::named! {
    /// Whether a bank serves members itself or gathers from others (Permen LHK 14/2021: BSU and BSI).
    pub enum BankKind as "a kind of bank" {
        /// Unit bank (bank sampah unit, BSU) of a hamlet or neighbourhood.
        Unit "unit",
        /// Main bank (bank sampah induk, BSI) to which unit banks sell.
        Main "main",
    }

    /// Whether the bank buys from members or sells to collectors.
    pub enum Side as "a side of the price lists" {
        /// From members.
        Buying "buying",
        /// To collectors; a list of expectations, each sale has its own.
        Selling "selling",
    }
}

/// A bank began its work.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct BankOpened {
    /// Where.
    pub village: PlaceCode,
    /// The book that the bank keeps.
    pub bank: BookId,
    /// What people call it; no name of a person.
    pub name: String,
    /// Unit or main.
    pub kind: BankKind,
    /// The main bank that it sells to, if there is one on this site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub main: Option<BookId>,
    /// Since when.
    pub day: Day,
}

/// A sort of waste was named, or named anew: the latest name holds.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SortNamed {
    /// Where.
    pub village: PlaceCode,
    /// The bank.
    pub bank: BookId,
    /// What a teller types.
    pub sort: SortCode,
    /// The sort that it is a kind of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<SortCode>,
    /// In Indonesian, Korean and English.
    pub names: Names,
    /// Weighed or counted.
    pub unit: Unit,
    /// Greenhouse gas avoided, in grams of CO2 equivalent for a kilogram, with its source; unknown if none is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carbon: Option<Carbon>,
    /// What becomes of it: recycled, compost, maggots, landfill; free text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub destination: String,
    /// No longer taken.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub retired: bool,
}

/// What a kilogram that is not dumped avoids.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carbon {
    /// Grams of CO2 equivalent for a kilogram.
    pub grams_per_kg: i64,
    /// Who says so.
    pub source: String,
}

impl Side {
    /// The other one.
    pub const fn other(self) -> Side {
        match self {
            Side::Buying => Side::Selling,
            Side::Selling => Side::Buying,
        }
    }
}

/// A price list came into force. It is whole: a sort that is not on it is not taken while it holds.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PricesSet {
    /// Where.
    pub village: PlaceCode,
    /// The bank.
    pub bank: BookId,
    /// Buying or selling.
    pub side: Side,
    /// From this day on, until the next list.
    pub from: Day,
    /// What each sort costs.
    pub prices: Vec<SortPrice>,
}

/// One line of a price list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SortPrice {
    /// The sort.
    pub sort: SortCode,
    /// Rupiah for a kilogram or a piece.
    pub price: UnitPrice,
}

/// The managers' share was set: what the bank keeps of the worth that a member brings.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ShareSet {
    /// Where.
    pub village: PlaceCode,
    /// The bank.
    pub bank: BookId,
    /// From this day on.
    pub from: Day,
    /// For this sort; for all without a share of their own if none is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<SortCode>,
    /// The share; 2,000 is 20 %.
    pub share: BasisPoints,
}

/// The rules of paying out were set.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PayoutRuleSet {
    /// Where.
    pub village: PlaceCode,
    /// The bank.
    pub bank: BookId,
    /// From this day on.
    pub from: Day,
    /// What stays in every savings book.
    pub kept_min: Rupiah,
    /// How many days after joining the first money may be taken out.
    pub first_after_days: i64,
}

/// Who is behind a membership.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    /// A household.
    Household(HouseholdId),
    /// A person.
    Person(PersonId),
    /// A group or a school.
    Group(GroupId),
}

/// Somebody became a member.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MemberJoined {
    /// Where.
    pub village: PlaceCode,
    /// The bank.
    pub bank: BookId,
    /// The membership.
    pub member: MemberId,
    /// The number on the savings book.
    pub number: i64,
    /// Who.
    pub holder: Holder,
    /// Since when.
    pub day: Day,
    /// What the paper book before said.
    #[serde(default)]
    pub opening: Rupiah,
}

/// The household that an income belongs to, and the hamlet in which it lived on that day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    /// The household.
    pub household: HouseholdId,
    /// Its hamlet.
    pub hamlet: PlaceCode,
}

/// A member brought sorted waste. Price, worth and share stand with the weight: a later price changes nothing.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WeighedIn {
    /// Where.
    pub village: PlaceCode,
    /// The bank.
    pub bank: BookId,
    /// Who brought it.
    pub member: MemberId,
    /// The member's household, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub home: Option<Home>,
    /// When.
    pub day: Day,
    /// What.
    pub lines: Vec<Line>,
    /// Of the member's part, what repays an advance; the rest is saved.
    #[serde(default)]
    pub repaid: Rupiah,
}

/// One sort on the scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The sort.
    pub sort: SortCode,
    /// Grams, or pieces where the price list says so.
    pub qty: Qty,
    /// The price of the day.
    pub price: UnitPrice,
    /// Price times quantity, rounded down.
    pub worth: Rupiah,
    /// Of the worth, what the managers keep, rounded down; the member gets the rest.
    pub share: Rupiah,
}

impl WeighedIn {
    /// What the waste was worth.
    pub fn worth(&self) -> Rupiah {
        self.lines.iter().map(|line| line.worth).sum()
    }
    /// What the managers keep of it.
    pub fn share(&self) -> Rupiah {
        self.lines.iter().map(|line| line.share).sum()
    }
    /// What the member earned: saved or repaid.
    pub fn credited(&self) -> Rupiah {
        self.worth() - self.share()
    }
}

/// A member took money out.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Withdrawn {
    /// Where.
    pub village: PlaceCode,
    /// The bank.
    pub bank: BookId,
    /// Who.
    pub member: MemberId,
    /// When.
    pub day: Day,
    /// How much.
    pub amount: Rupiah,
    /// Whether it was part of a payout to many, as at Lebaran.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub to_many: bool,
    /// The payout that it was part of: the same for all who were paid in one go. None for a payout to one, and in facts
    /// from before payouts were told apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payout: Option<EntryId>,
}

/// A member got money to be repaid in waste.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Advanced {
    /// Where.
    pub village: PlaceCode,
    /// The bank.
    pub bank: BookId,
    /// Who.
    pub member: MemberId,
    /// When.
    pub day: Day,
    /// How much.
    pub amount: Rupiah,
}

/// The bank sold to a collector, at the collector's weights and prices.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Sold {
    /// Where.
    pub village: PlaceCode,
    /// The bank.
    pub bank: BookId,
    /// To whom (pengepul): a business registered as a group.
    pub collector: GroupId,
    /// When.
    pub day: Day,
    /// What.
    pub lines: Vec<SaleLine>,
}

/// One sort of a sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleLine {
    /// The sort.
    pub sort: SortCode,
    /// As the collector weighed it.
    pub qty: Qty,
    /// What the collector pays.
    pub price: UnitPrice,
    /// Price times quantity, rounded down.
    pub revenue: Rupiah,
    /// What the store lost of this sort since the last time it was empty: grams or pieces that came in and were
    /// neither sold nor are there. Negative when the collector's scale showed more. Given when the store is empty
    /// after the sale, else zero.
    #[serde(default)]
    pub shrunk: i64,
}

impl Sold {
    /// What the collector paid.
    pub fn revenue(&self) -> Rupiah {
        self.lines.iter().map(|line| line.revenue).sum()
    }
}

/// Why money came into the cash box or left it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// In: start-up money, a grant.
    Capital,
    /// In: anything else.
    OtherIncome,
    /// Out: carrying waste.
    Transport,
    /// Out: books, sacks, a scale.
    Supplies,
    /// Out: pay of the managers.
    Wages,
    /// Out: anything else.
    OtherCost,
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Purpose; 6] = [
        Purpose::Capital,
        Purpose::OtherIncome,
        Purpose::Transport,
        Purpose::Supplies,
        Purpose::Wages,
        Purpose::OtherCost,
    ];
    /// As stored; its word has the key `waste-purpose-<name>`.
    pub const fn name(self) -> &'static str {
        match self {
            Purpose::Capital => "capital",
            Purpose::OtherIncome => "other_income",
            Purpose::Transport => "transport",
            Purpose::Supplies => "supplies",
            Purpose::Wages => "wages",
            Purpose::OtherCost => "other_cost",
        }
    }
    /// Whether money comes in.
    pub const fn is_income(self) -> bool {
        matches!(self, Purpose::Capital | Purpose::OtherIncome)
    }
    /// The account on the other side of the cash box.
    pub(super) const fn account(self) -> &'static str {
        match self {
            Purpose::Capital => "capital",
            Purpose::OtherIncome => "income/other",
            Purpose::Transport => "cost/transport",
            Purpose::Supplies => "cost/supplies",
            Purpose::Wages => "cost/wages",
            Purpose::OtherCost => "cost/other",
        }
    }
}

/// Money came into the cash box or left it for another reason than waste.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CashMoved {
    /// Where.
    pub village: PlaceCode,
    /// The bank.
    pub bank: BookId,
    /// When.
    pub day: Day,
    /// Why.
    pub purpose: Purpose,
    /// How much; the purpose tells the direction.
    pub amount: Rupiah,
    /// A note without a name of a person.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// A day, and every day before it, was closed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DayClosed {
    /// Where.
    pub village: PlaceCode,
    /// The bank.
    pub bank: BookId,
    /// Nothing dated on or before this day is booked any more.
    pub day: Day,
    /// Cash as the book has it.
    pub cash_book: Rupiah,
    /// Cash as counted.
    pub cash_counted: Rupiah,
}

/// A month, and every day before its end, was closed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MonthClosed {
    /// Where.
    pub village: PlaceCode,
    /// The bank.
    pub bank: BookId,
    /// Nothing dated before its end is booked any more.
    pub month: Month,
    /// Cash as the book has it.
    pub cash_book: Rupiah,
    /// Owed to members.
    pub owed: Rupiah,
}

impl Fact {
    /// The bank that it belongs to.
    pub fn bank(&self) -> BookId {
        match self {
            Fact::BankOpened(fact) => fact.bank,
            Fact::SortNamed(fact) => fact.bank,
            Fact::PricesSet(fact) => fact.bank,
            Fact::ShareSet(fact) => fact.bank,
            Fact::PayoutRuleSet(fact) => fact.bank,
            Fact::MemberJoined(fact) => fact.bank,
            Fact::WeighedIn(fact) => fact.bank,
            Fact::Withdrawn(fact) => fact.bank,
            Fact::Advanced(fact) => fact.bank,
            Fact::Sold(fact) => fact.bank,
            Fact::CashMoved(fact) => fact.bank,
            Fact::DayClosed(fact) => fact.bank,
            Fact::MonthClosed(fact) => fact.bank,
        }
    }
    /// The member that it is about, if it is about one.
    pub fn member(&self) -> Option<MemberId> {
        match self {
            Fact::MemberJoined(fact) => Some(fact.member),
            Fact::WeighedIn(fact) => Some(fact.member),
            Fact::Withdrawn(fact) => Some(fact.member),
            Fact::Advanced(fact) => Some(fact.member),
            _ => None,
        }
    }
    /// The day on which it happened, or from which on it holds.
    pub fn day(&self) -> Option<Day> {
        Some(match self {
            Fact::BankOpened(fact) => fact.day,
            Fact::SortNamed(_) => return None,
            Fact::PricesSet(fact) => fact.from,
            Fact::ShareSet(fact) => fact.from,
            Fact::PayoutRuleSet(fact) => fact.from,
            Fact::MemberJoined(fact) => fact.day,
            Fact::WeighedIn(fact) => fact.day,
            Fact::Withdrawn(fact) => fact.day,
            Fact::Advanced(fact) => fact.day,
            Fact::Sold(fact) => fact.day,
            Fact::CashMoved(fact) => fact.day,
            Fact::DayClosed(fact) => fact.day,
            Fact::MonthClosed(fact) => fact.month.last(),
        })
    }
}
