//! What a waste bank decides: pure functions from what is asked and what is known to a fact, or a refusal that says
//! what to do next. No clock, no transaction.

use std::collections::HashMap;

use kernel::{
    BasisPoints, BookId, Day, EntryId, Grams, GroupId, MemberId, Month, Pieces, PlaceCode, Qty, Refused, Rupiah, Unit, UnitPrice,
    UnreadableNumber, decimal, whole,
};

use super::facts::*;
use super::sort::SortCode;
use super::tables::{Balances, Bank, Member, PayoutRule, PriceList, Shares, Sort};

/// The heaviest thing that one line may be: a ton. More is a slip of the finger.
pub const WEIGHT_MAX: Grams = Grams::new(1_000_000);
/// The most pieces on one line.
pub const PIECES_MAX: i64 = 10_000;
/// The most money that one movement of a village bank may be: a slip of the finger beyond it.
pub const AMOUNT_MAX: Rupiah = Rupiah::new(1_000_000_000);

kernel::refusals! { Refusal:
    /// No bank has this book.
    404 "waste.no_bank" NoBank;
    /// A bank needs a name.
    422 "waste.no_name" NoName;
    /// The form named no member.
    422 "waste.no_member" NoMember;
    /// Nobody has this number or name.
    422 "waste.unknown_member" UnknownMember { text: String };
    /// Several have it.
    422 "waste.many_members" ManyMembers { text: String, count: usize };
    /// The number is taken.
    409 "waste.number_taken" NumberTaken { number: i64 };
    /// Whoever it is belongs to the bank already.
    409 "waste.member_before" MemberBefore { number: i64 };
    /// Nobody was chosen.
    422 "waste.no_holder" NoHolder;
    /// A scale that shows nothing, or a form without a line.
    422 "waste.nothing_weighed" NothingWeighed;
    /// No weight stands there.
    422 "waste.weight_missing" WeightMissing;
    /// A weight of zero.
    422 "waste.weight_zero" WeightZero;
    /// A weight below zero.
    422 "waste.weight_negative" WeightNegative;
    /// `1.234,5` or `1,234.5`.
    422 "waste.weight_two_signs" WeightTwoSigns { text: String };
    /// More decimals than grams.
    422 "waste.weight_too_fine" WeightTooFine { text: String };
    /// Letters and the like.
    422 "waste.weight_unreadable" WeightUnreadable { text: String };
    /// Above what a village scale can show.
    422 "waste.weight_too_large" WeightTooLarge { text: String, most: Grams };
    /// Half a bottle.
    422 "waste.pieces_unreadable" PiecesUnreadable { text: String };
    /// More pieces than anybody carries.
    422 "waste.pieces_too_many" PiecesTooMany { text: String, most: i64 };
    /// No sort has this code or begins so.
    422 "waste.unknown_sort" UnknownSort { text: String };
    /// Several sorts begin so.
    422 "waste.many_sorts" ManySorts { text: String, codes: String };
    /// A weight without a sort.
    422 "waste.no_sort" NoSort;
    /// A code with other signs than letters, digits and hyphens.
    422 "waste.sort_unreadable" SortUnreadable { text: String };
    /// A sort would be its own ancestor.
    422 "waste.sort_in_itself" SortInItself { sort: SortCode };
    /// The sort is not on the price list of that day.
    422 "waste.no_price" NoPrice { sort: SortCode, day: Day };
    /// No price list held on that day.
    422 "waste.no_price_list" NoPriceList { day: Day };
    /// A list without a line.
    422 "waste.empty_list" EmptyList;
    /// A price of zero or below, or one that cannot be read.
    422 "waste.price_unreadable" PriceUnreadable { sort: SortCode, text: String };
    /// A sort that is weighed with a price by the piece, or the other way.
    422 "waste.price_wrong_unit" PriceWrongUnit { sort: SortCode };
    /// A share below 0 % or above 100 %.
    422 "waste.share_out_of_range" ShareOutOfRange { text: String };
    /// A day that cannot be read.
    422 "waste.day_unreadable" DayUnreadable { text: String };
    /// A day after today.
    422 "waste.day_ahead" DayAhead { day: Day, today: Day };
    /// A day before the bank began.
    422 "waste.day_before_bank" DayBeforeBank { day: Day, began: Day };
    /// A day that is closed.
    409 "waste.day_closed" DayClosed { day: Day, until: Day };
    /// Nothing was asked for, or less.
    422 "waste.nothing_asked" NothingAsked;
    /// An amount that cannot be read.
    422 "waste.amount_unreadable" AmountUnreadable { text: String };
    /// More than a village bank can mean.
    422 "waste.amount_too_large" AmountTooLarge { most: Rupiah };
    /// More than is saved.
    409 "waste.balance_too_low" BalanceTooLow { balance: Rupiah };
    /// More than may be taken out, since something stays.
    409 "waste.kept_min" KeptMin { kept: Rupiah, most: Rupiah };
    /// Too early after joining.
    409 "waste.too_early" TooEarly { day: Day };
    /// More than is in the cash box.
    409 "waste.cash_too_low" CashTooLow { cash: Rupiah };
    /// No collector was chosen.
    422 "waste.no_collector" NoCollector;
    /// More is sold than lies in the store, and the store is not said to be empty.
    409 "waste.stock_too_low" StockTooLow { sort: SortCode, stock: Qty };
    /// A purpose that is none.
    422 "waste.no_purpose" NoPurpose;
    /// The entry is not one of this bank.
    404 "waste.not_here" NotHere { entry: String };
    /// A day or month that is closed already.
    409 "waste.closed_before" ClosedBefore { until: Day };
    /// The month is not over.
    422 "waste.month_not_over" MonthNotOver { month: Month };
    /// Nobody is to be paid.
    422 "waste.nobody_to_pay" NobodyToPay;
    /// A number of days that cannot be read.
    422 "waste.days_unreadable" DaysUnreadable { text: String };
}

/// Reads what stands in the field for a weight or a count.
pub fn read_qty(text: &str, unit: Unit) -> Result<Qty, Refusal> {
    let shown = || shorten(text);
    if unit == Unit::Piece {
        let pieces = match whole(text) {
            Ok(pieces) => pieces,
            Err(UnreadableNumber::Missing) => return Err(Refusal::WeightMissing),
            Err(_) => return Err(Refusal::PiecesUnreadable { text: shown() }),
        };
        return match pieces {
            0 => Err(Refusal::WeightZero),
            pieces if pieces < 0 => Err(Refusal::WeightNegative),
            pieces if pieces > PIECES_MAX => Err(Refusal::PiecesTooMany { text: shown(), most: PIECES_MAX }),
            pieces => Ok(Qty::Counted(Pieces::new(pieces))),
        };
    }
    let grams = decimal(text, 3).map_err(|why| match why {
        UnreadableNumber::Missing => Refusal::WeightMissing,
        UnreadableNumber::TwoSigns => Refusal::WeightTwoSigns { text: shown() },
        UnreadableNumber::TooFine => Refusal::WeightTooFine { text: shown() },
        UnreadableNumber::NotDigits => Refusal::WeightUnreadable { text: shown() },
        UnreadableNumber::TooLong => Refusal::WeightTooLarge { text: shown(), most: WEIGHT_MAX },
    })?;
    match grams {
        0 => Err(Refusal::WeightZero),
        grams if grams < 0 => Err(Refusal::WeightNegative),
        grams if grams > WEIGHT_MAX.count() => Err(Refusal::WeightTooLarge { text: shown(), most: WEIGHT_MAX }),
        grams => Ok(Qty::Weighed(Grams::new(grams))),
    }
}

/// Reads what stands in a field for money.
pub fn read_amount(text: &str) -> Result<Rupiah, Refusal> {
    match whole(text) {
        Ok(amount) => Ok(Rupiah::new(amount)),
        Err(UnreadableNumber::Missing) => Err(Refusal::NothingAsked),
        Err(UnreadableNumber::TooLong) => Err(Refusal::AmountTooLarge { most: AMOUNT_MAX }),
        Err(_) => Err(Refusal::AmountUnreadable { text: shorten(text) }),
    }
}

/// What somebody typed, short enough for a sentence.
pub fn shorten(text: &str) -> String {
    const MOST: usize = 40;
    let text = text.trim();
    match text.char_indices().nth(MOST) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    }
}

/// The sort that somebody typed: its code, or the first letters of its code or of one of its names.
pub fn find_sort<'s>(sorts: &'s [Sort], text: &str) -> Result<&'s Sort, Refusal> {
    let typed = text.trim().to_lowercase();
    if typed.is_empty() {
        return Err(Refusal::NoSort);
    }
    let taken = || sorts.iter().filter(|sort| !sort.retired);
    if let Some(sort) = taken().find(|sort| sort.sort.as_str().eq_ignore_ascii_case(&typed)) {
        return Ok(sort);
    }
    let begins = |name: &str| name.to_lowercase().starts_with(&typed);
    let found: Vec<&Sort> = taken()
        .filter(|sort| {
            begins(sort.sort.as_str()) || begins(&sort.names.id) || begins(&sort.names.ko) || begins(&sort.names.en)
        })
        .collect();
    match found.as_slice() {
        [] => Err(Refusal::UnknownSort { text: shorten(text) }),
        [sort] => Ok(sort),
        many => {
            let codes: Vec<&str> = many.iter().take(8).map(|sort| sort.sort.as_str()).collect();
            Err(Refusal::ManySorts { text: shorten(text), codes: codes.join(", ") })
        }
    }
}

/// Where and when something is to be booked, and what that depends on.
#[derive(Debug, Clone)]
pub struct Desk {
    /// Where.
    pub village: PlaceCode,
    /// The bank.
    pub bank: BookId,
    /// Since when it works.
    pub began: Day,
    /// The last day that is closed.
    pub closed_until: Option<Day>,
    /// Today.
    pub today: Day,
}

impl Desk {
    /// Whether something may be booked on a day.
    pub fn open_on(&self, day: Day) -> Result<(), Refused> {
        let refused = if day > self.today {
            Refusal::DayAhead { day, today: self.today }
        } else if day < self.began {
            Refusal::DayBeforeBank { day, began: self.began }
        } else {
            match self.closed_until {
                Some(until) if day <= until => Refusal::DayClosed { day, until },
                _ => return Ok(()),
            }
        };
        Err(Refused::from(refused).in_field("day"))
    }
}

/// What a weigh-in depends on.
#[derive(Debug, Clone)]
pub struct Scale {
    /// Where and when.
    pub desk: Desk,
    /// The buying list of the day.
    pub prices: Option<PriceList>,
    /// The shares of the day.
    pub shares: Shares,
    /// The sorts.
    pub sorts: Vec<Sort>,
}

/// A line as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct TypedLine {
    /// Code or first letters of a sort.
    pub sort: String,
    /// Kilograms with comma or point, or pieces.
    pub weight: String,
}

impl TypedLine {
    /// Whether nothing was typed.
    pub fn is_blank(&self) -> bool {
        self.sort.trim().is_empty() && self.weight.trim().is_empty()
    }
}

/// A member brings sorted waste. A refusal names the field that it is about: `sort.2`, `weight.2`, `member`, `day`.
pub fn weigh_in(
    scale: &Scale,
    (member, home): (MemberId, Option<Home>),
    day: Day,
    typed: &[TypedLine],
    owed: Rupiah,
) -> Result<WeighedIn, Refused> {
    scale.desk.open_on(day)?;
    let Some(prices) = &scale.prices else {
        return Err(Refused::from(Refusal::NoPriceList { day }).in_field("day"));
    };
    let mut lines = Vec::with_capacity(typed.len());
    for (n, line) in typed.iter().enumerate().filter(|(_, line)| !line.is_blank()) {
        let sort = find_sort(&scale.sorts, &line.sort).map_err(|no| Refused::from(no).in_field(format!("sort.{n}")))?;
        let price = price_of(prices, sort, day).map_err(|no| Refused::from(no).in_field(format!("sort.{n}")))?;
        let in_weight = |no: Refusal| Refused::from(no).in_field(format!("weight.{n}"));
        let qty = read_qty(&line.weight, price.unit()).map_err(in_weight)?;
        lines.push(priced(sort.sort.clone(), qty, price, &scale.shares).map_err(in_weight)?);
    }
    if lines.is_empty() {
        return Err(Refused::from(Refusal::NothingWeighed).in_field("sort.0"));
    }
    Ok(weighed(scale, (member, home), day, lines, owed))
}

/// The weigh-in of lines that were read. What the member owes is repaid first.
pub fn weighed(
    scale: &Scale,
    (member, home): (MemberId, Option<Home>),
    day: Day,
    lines: Vec<Line>,
    owed: Rupiah,
) -> WeighedIn {
    let (village, bank) = (scale.desk.village.clone(), scale.desk.bank);
    let mut fact = WeighedIn { village, bank, member, home, day, lines, repaid: Rupiah::ZERO };
    fact.repaid = fact.credited().min(owed).max(Rupiah::ZERO);
    fact
}

/// The price of a sort on a list.
pub fn price_of(prices: &PriceList, sort: &Sort, day: Day) -> Result<UnitPrice, Refusal> {
    prices.prices.get(&sort.sort).copied().ok_or_else(|| Refusal::NoPrice { sort: sort.sort.clone(), day })
}

/// A line with its worth and share.
pub fn priced(sort: SortCode, qty: Qty, price: UnitPrice, shares: &Shares) -> Result<Line, Refusal> {
    let Some(worth) = price.worth(qty) else { return Err(Refusal::PriceWrongUnit { sort }) };
    let too_large = |_| Refusal::AmountTooLarge { most: AMOUNT_MAX };
    let worth = worth.map_err(too_large)?;
    if worth > AMOUNT_MAX {
        return Err(Refusal::AmountTooLarge { most: AMOUNT_MAX });
    }
    let share = shares.of(&sort).of(worth).map_err(too_large)?;
    Ok(Line { sort, qty, price, worth, share })
}

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
        if amount > balances.saved {
            return Err(in_amount(Refusal::BalanceTooLow { balance: balances.saved }));
        }
        if day < till.first_day(member) {
            return Err(Refused::from(Refusal::TooEarly { day: till.first_day(member) }).in_field("day"));
        }
        let most = till.payable(member, balances, day);
        if amount > most {
            return Err(in_amount(Refusal::KeptMin { kept: till.rule.kept_min, most }));
        }
    }
    till.pays(amount).map_err(in_amount)?;
    let (village, bank) = (till.desk.village.clone(), till.desk.bank);
    Ok(Withdrawn { village, bank, member: member.member, day, amount, to_many: false })
}

/// Pays out to many at once, as at Lebaran: to each what the rules allow, or `each_most` of it. Either the cash box
/// covers all of it, or nobody is paid.
pub fn pay_many(
    till: &Till,
    members: &[(Member, Balances)],
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
pub fn advance(till: &Till, member: MemberId, day: Day, amount: Rupiah) -> Result<Advanced, Refused> {
    till.desk.open_on(day)?;
    till.pays(amount).map_err(|no| Refused::from(no).in_field("amount"))?;
    Ok(Advanced { village: till.desk.village.clone(), bank: till.desk.bank, member, day, amount })
}

/// A line of a sale as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct TypedSale {
    /// Code or first letters of a sort.
    pub sort: String,
    /// As the collector weighed it.
    pub weight: String,
    /// What the collector pays for a kilogram or a piece.
    pub price: String,
    /// Whether the store is empty of it now.
    pub emptied: bool,
}

/// The bank sells to a collector. `stock` is what lies in the store of each sort.
pub fn sell(
    desk: &Desk,
    sorts: &[Sort],
    stock: &HashMap<SortCode, i64>,
    (collector, day): (GroupId, Day),
    typed: &[TypedSale],
) -> Result<Sold, Refused> {
    desk.open_on(day)?;
    let mut lines: Vec<SaleLine> = Vec::with_capacity(typed.len());
    let blank = |line: &TypedSale| [&line.sort, &line.weight, &line.price].iter().all(|text| text.trim().is_empty());
    for (n, line) in typed.iter().enumerate().filter(|(_, line)| !blank(line)) {
        let sort = find_sort(sorts, &line.sort).map_err(|no| Refused::from(no).in_field(format!("sort.{n}")))?;
        let in_weight = |no: Refusal| Refused::from(no).in_field(format!("weight.{n}"));
        let qty = read_qty(&line.weight, sort.unit).map_err(in_weight)?;
        let price = read_price(&sort.sort, sort.unit, &line.price)
            .map_err(|no| Refused::from(no).in_field(format!("price.{n}")))?;
        let sold_before: i64 = lines.iter().filter(|sold| sold.sort == sort.sort).map(|sold| sold.qty.count() + sold.shrunk).sum();
        let left = stock.get(&sort.sort).copied().unwrap_or(0) - sold_before;
        if qty.count() > left && !line.emptied {
            let stock = Qty::of(sort.unit, left.max(0)).unwrap_or(qty);
            return Err(in_weight(Refusal::StockTooLow { sort: sort.sort.clone(), stock }));
        }
        let Some(Ok(revenue)) = price.worth(qty) else {
            return Err(in_weight(Refusal::AmountTooLarge { most: AMOUNT_MAX }));
        };
        let shrunk = if line.emptied { left - qty.count() } else { 0 };
        lines.push(SaleLine { sort: sort.sort.clone(), qty, price, revenue, shrunk });
    }
    if lines.is_empty() {
        return Err(Refused::from(Refusal::NothingWeighed).in_field("sort.0"));
    }
    Ok(Sold { village: desk.village.clone(), bank: desk.bank, collector, day, lines })
}

/// Reads a price in rupiah for a kilogram or a piece.
pub fn read_price(sort: &SortCode, unit: Unit, text: &str) -> Result<UnitPrice, Refusal> {
    let unreadable = || Refusal::PriceUnreadable { sort: sort.clone(), text: shorten(text) };
    let rupiah = whole(text).map_err(|_| unreadable())?;
    if rupiah <= 0 || rupiah > AMOUNT_MAX.count() {
        return Err(unreadable());
    }
    UnitPrice::of(unit, rupiah).ok_or_else(unreadable)
}

/// A price list from what was typed beside each sort; an empty field leaves the sort off the list.
pub fn set_prices(
    desk: &Desk,
    sorts: &[Sort],
    (side, from): (Side, Day),
    typed: &[(SortCode, String)],
) -> Result<PricesSet, Refused> {
    let mut prices = Vec::with_capacity(typed.len());
    for (n, (code, text)) in typed.iter().enumerate().filter(|(_, (_, text))| !text.trim().is_empty()) {
        let Some(sort) = sorts.iter().find(|sort| sort.sort == *code) else {
            return Err(Refused::from(Refusal::UnknownSort { text: code.to_string() }).in_field(format!("price.{n}")));
        };
        let price =
            read_price(code, sort.unit, text).map_err(|no| Refused::from(no).in_field(format!("price.{n}")))?;
        prices.push(SortPrice { sort: code.clone(), price });
    }
    if prices.is_empty() {
        return Err(Refusal::EmptyList.into());
    }
    Ok(PricesSet { village: desk.village.clone(), bank: desk.bank, side, from, prices })
}

/// Opens a bank. A main bank is one of the village that is a main bank itself.
pub fn open_bank(banks: &[Bank], today: Day, mut fact: BankOpened) -> Result<BankOpened, Refused> {
    fact.name = fact.name.trim().to_owned();
    if fact.name.is_empty() {
        return Err(Refused::from(Refusal::NoName).in_field("name"));
    }
    if fact.day > today {
        return Err(Refused::from(Refusal::DayAhead { day: fact.day, today }).in_field("day"));
    }
    if let Some(main) = fact.main
        && !banks.iter().any(|bank| bank.bank == main && bank.kind == "main")
    {
        return Err(Refused::from(Refusal::NoBank).in_field("main"));
    }
    Ok(fact)
}

/// Sets the managers' share of one sort, or of all that have none of their own: per cent with at most two decimals.
pub fn set_share(
    desk: &Desk,
    sorts: &[Sort],
    (sort, from): (Option<SortCode>, Day),
    percent: &str,
) -> Result<ShareSet, Refused> {
    if let Some(code) = &sort
        && !sorts.iter().any(|known| known.sort == *code)
    {
        return Err(Refused::from(Refusal::UnknownSort { text: code.to_string() }).in_field("kind"));
    }
    let typed = percent.trim().trim_end_matches('%');
    let share = match decimal(typed, 2) {
        Ok(share) if (0..=BasisPoints::WHOLE.count()).contains(&share) => BasisPoints::new(share),
        _ => return Err(Refused::from(Refusal::ShareOutOfRange { text: shorten(percent) }).in_field("share")),
    };
    Ok(ShareSet { village: desk.village.clone(), bank: desk.bank, from, sort, share })
}

/// Sets what stays in every savings book, and how many days after joining the first money may be taken out.
pub fn set_payout_rule(desk: &Desk, from: Day, kept_min: &str, days: &str) -> Result<PayoutRuleSet, Refused> {
    const DAYS_MAX: i64 = 3650;
    let in_kept = |no: Refusal| Refused::from(no).in_field("kept_min");
    let kept_min = match kept_min.trim() {
        "" => Rupiah::ZERO,
        text => match read_amount(text).map_err(in_kept)? {
            amount if amount < Rupiah::ZERO => return Err(in_kept(Refusal::AmountUnreadable { text: shorten(text) })),
            amount if amount > AMOUNT_MAX => return Err(in_kept(Refusal::AmountTooLarge { most: AMOUNT_MAX })),
            amount => amount,
        },
    };
    let first_after_days = match days.trim() {
        "" => 0,
        text => whole(text)
            .ok()
            .filter(|days| (0..=DAYS_MAX).contains(days))
            .ok_or_else(|| Refused::from(Refusal::DaysUnreadable { text: shorten(text) }).in_field("days"))?,
    };
    Ok(PayoutRuleSet { village: desk.village.clone(), bank: desk.bank, from, kept_min, first_after_days })
}

/// Names a sort, or names it anew. Its unit stays: what was weighed in is booked in it.
pub fn name_sort(desk: &Desk, sorts: &[Sort], mut fact: SortNamed) -> Result<SortNamed, Refused> {
    fact.village = desk.village.clone();
    fact.bank = desk.bank;
    for name in [&mut fact.names.id, &mut fact.names.ko, &mut fact.names.en] {
        *name = name.trim().to_owned();
    }
    if fact.names.id.is_empty() {
        return Err(Refused::from(Refusal::NoName).in_field("name_id"));
    }
    if let Some(known) = sorts.iter().find(|known| known.sort == fact.sort) {
        fact.unit = known.unit;
    }
    let mut above = fact.parent.clone();
    while let Some(parent) = above {
        if parent == fact.sort {
            return Err(Refused::from(Refusal::SortInItself { sort: fact.sort }).in_field("parent"));
        }
        let Some(found) = sorts.iter().find(|sort| sort.sort == parent) else {
            return Err(Refused::from(Refusal::UnknownSort { text: parent.to_string() }).in_field("parent"));
        };
        above = found.parent.clone();
    }
    Ok(fact)
}

/// Moves cash for another reason than waste.
pub fn move_cash(till: &Till, purpose: Purpose, day: Day, amount: Rupiah, note: &str) -> Result<CashMoved, Refused> {
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

/// Closes a day with the cash that was counted.
pub fn close_day(till: &Till, day: Day, cash_counted: Rupiah) -> Result<DayClosed, Refused> {
    if let Some(until) = till.desk.closed_until
        && day <= until
    {
        return Err(Refused::from(Refusal::ClosedBefore { until }).in_field("day"));
    }
    till.desk.open_on(day)?;
    if cash_counted < Rupiah::ZERO {
        return Err(Refused::from(Refusal::AmountUnreadable { text: cash_counted.count().to_string() }).in_field("cash"));
    }
    let (village, bank) = (till.desk.village.clone(), till.desk.bank);
    Ok(DayClosed { village, bank, day, cash_book: till.cash, cash_counted })
}

/// Closes a month that is over.
pub fn close_month(till: &Till, month: Month, owed: Rupiah) -> Result<MonthClosed, Refused> {
    if month.last() >= till.desk.today {
        return Err(Refused::from(Refusal::MonthNotOver { month }).in_field("month"));
    }
    if let Some(until) = till.desk.closed_until
        && month.last() <= until
    {
        return Err(Refused::from(Refusal::ClosedBefore { until }).in_field("month"));
    }
    let (village, bank) = (till.desk.village.clone(), till.desk.bank);
    Ok(MonthClosed { village, bank, month, cash_book: till.cash, owed })
}

/// Whether an entry of this bank may be taken back today: the day of the books must be open.
pub fn reversible(desk: &Desk, entry: EntryId, bank_of_entry: Option<BookId>) -> Result<Day, Refused> {
    if bank_of_entry != Some(desk.bank) {
        return Err(Refusal::NotHere { entry: entry.to_string() }.into());
    }
    match desk.closed_until {
        Some(until) if desk.today <= until => Err(Refusal::DayClosed { day: desk.today, until }.into()),
        _ => Ok(desk.today),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use kernel::{RupiahPerKg, RupiahPerPiece};

    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn code(text: &str) -> SortCode {
        text.parse().expect("a sort")
    }

    fn sort(text: &str, id: &str, unit: Unit) -> Sort {
        Sort {
            sort: code(text),
            parent: None,
            names: Names { id: id.into(), ko: String::new(), en: String::new() },
            unit,
            carbon: None,
            carbon_source: None,
            destination: String::new(),
            retired: false,
        }
    }

    /// The list of Kauman (Yogyakarta) 2013: plastic 1,000, cardboard 1,200, bottles and cups 1,200 rupiah for a
    /// kilogram, glass bottles 500 rupiah each; the managers keep 20 %.
    fn kauman() -> Scale {
        let per_kg = |rupiah| UnitPrice::PerKg(RupiahPerKg::new(rupiah));
        let prices = BTreeMap::from([
            (code("PLASTIK"), per_kg(1000)),
            (code("KARDUS"), per_kg(1200)),
            (code("BOTOL"), per_kg(1200)),
            (code("KACA"), UnitPrice::PerPiece(RupiahPerPiece::new(500))),
        ]);
        Scale {
            desk: Desk {
                village: "34.02.05.2003".parse().expect("a village"),
                bank: BookId::from_bytes([1; 16]),
                began: day("2013-01-01"),
                closed_until: Some(day("2013-01-31")),
                today: day("2013-03-31"),
            },
            prices: Some(PriceList { entry: EntryId::from_bytes([2; 16]), from: day("2013-01-01"), prices }),
            shares: Shares { general: BasisPoints::new(2000), by_sort: BTreeMap::new() },
            sorts: vec![
                sort("BOTOL", "Botol dan gelas", Unit::Gram),
                sort("KACA", "Botol kaca", Unit::Piece),
                sort("KARDUS", "Kardus", Unit::Gram),
                sort("KARUNG", "Karung", Unit::Gram),
                sort("PLASTIK", "Plastik", Unit::Gram),
            ],
        }
    }

    fn weighs(lines: &[(&str, &str)], on: &str, owed: i64) -> Result<WeighedIn, Refused> {
        let typed: Vec<TypedLine> =
            lines.iter().map(|(sort, weight)| TypedLine { sort: (*sort).into(), weight: (*weight).into() }).collect();
        weigh_in(&kauman(), (MemberId::from_bytes([3; 16]), None), day(on), &typed, Rupiah::new(owed))
    }

    #[test]
    fn waste_is_priced_shared_and_repays_what_is_owed() {
        for (lines, owed, worth, share, credited, repaid) in [
            (vec![("kardus", "4,0"), ("kaca", "12")], 0, 10_800, 2160, 8640, 0),
            (vec![("kardus", "4.0"), ("", ""), ("KACA", "12")], 5000, 10_800, 2160, 8640, 5000),
            (vec![("kard", "0,001")], 0, 1, 0, 1, 0),
            (vec![("plastik", "1")], 99_999, 1000, 200, 800, 800),
        ] {
            let fact = weighs(&lines, "2013-03-01", owed).expect("weighed");
            let sums = (fact.worth().count(), fact.share().count(), fact.credited().count(), fact.repaid.count());
            assert_eq!(sums, (worth, share, credited, repaid), "{lines:?}");
        }
    }

    #[test]
    fn a_weigh_in_is_refused_with_the_field_that_it_is_about() {
        for (lines, on, code, field) in [
            (vec![("kardus", "0")], "2013-03-01", "waste.weight_zero", "weight.0"),
            (vec![("kardus", "-2")], "2013-03-01", "waste.weight_negative", "weight.0"),
            (vec![("kardus", "1.234,5")], "2013-03-01", "waste.weight_two_signs", "weight.0"),
            (vec![("kardus", "1,234.5")], "2013-03-01", "waste.weight_two_signs", "weight.0"),
            (vec![("kardus", "1,2345")], "2013-03-01", "waste.weight_too_fine", "weight.0"),
            (vec![("kardus", "1000,001")], "2013-03-01", "waste.weight_too_large", "weight.0"),
            (vec![("kardus", "99999999999999999999")], "2013-03-01", "waste.weight_too_large", "weight.0"),
            (vec![("kardus", "empat")], "2013-03-01", "waste.weight_unreadable", "weight.0"),
            (vec![("kardus", "")], "2013-03-01", "waste.weight_missing", "weight.0"),
            (vec![("kaca", "1,5")], "2013-03-01", "waste.pieces_unreadable", "weight.0"),
            (vec![("kaca", "10001")], "2013-03-01", "waste.pieces_too_many", "weight.0"),
            (vec![("kardus", "1"), ("emas", "1")], "2013-03-01", "waste.unknown_sort", "sort.1"),
            (vec![("kar", "1")], "2013-03-01", "waste.many_sorts", "sort.0"),
            (vec![("", "1")], "2013-03-01", "waste.no_sort", "sort.0"),
            (vec![("karung", "1")], "2013-03-01", "waste.no_price", "sort.0"),
            (vec![("", "")], "2013-03-01", "waste.nothing_weighed", "sort.0"),
            (vec![("kardus", "1")], "2013-01-31", "waste.day_closed", "day"),
            (vec![("kardus", "1")], "2012-12-31", "waste.day_before_bank", "day"),
            (vec![("kardus", "1")], "2013-04-01", "waste.day_ahead", "day"),
        ] {
            let refused = weighs(&lines, on, 0).expect_err("refused");
            assert_eq!((refused.code, refused.field.as_deref()), (code, Some(field)), "{lines:?} {on}");
        }
    }

    fn till(cash: i64) -> Till {
        let rule = PayoutRule { kept_min: Rupiah::new(5000), first_after_days: 90 };
        Till { desk: kauman().desk, rule, cash: Rupiah::new(cash) }
    }

    fn member_since(text: &str) -> Member {
        let holder = Holder::Group(GroupId::from_bytes([4; 16]));
        Member { member: MemberId::from_bytes([3; 16]), number: 7, holder, day: day(text) }
    }

    #[test]
    fn money_goes_out_by_the_rules_of_the_bank() {
        for (joined, saved, cash, asked, code) in [
            ("2012-12-01", 30_000, 99_999, 25_000, None),
            ("2012-12-01", 30_000, 99_999, 25_001, Some("waste.kept_min")),
            ("2012-12-01", 30_000, 99_999, 30_001, Some("waste.balance_too_low")),
            ("2012-12-01", 30_000, 20_000, 25_000, Some("waste.cash_too_low")),
            ("2013-02-01", 30_000, 99_999, 25_000, Some("waste.too_early")),
            ("2012-12-01", 30_000, 99_999, 0, Some("waste.nothing_asked")),
            ("2012-12-01", 30_000, 99_999, -5000, Some("waste.nothing_asked")),
        ] {
            let balances = Balances { saved: Rupiah::new(saved), owed: Rupiah::ZERO };
            let answer =
                withdraw(&till(cash), &member_since(joined), balances, day("2013-03-30"), Rupiah::new(asked));
            assert_eq!(answer.err().map(|refused| refused.code), code, "{joined} {saved} {asked}");
        }
    }

    #[test]
    fn a_payout_to_many_is_whole_or_not_at_all() {
        let saved = |saved: i64| (member_since("2012-12-01"), Balances { saved: Rupiah::new(saved), owed: Rupiah::ZERO });
        let all = [saved(30_000), saved(4000), saved(12_000)];
        let paid = pay_many(&till(32_000), &all, day("2013-03-30"), None).expect("paid");
        assert_eq!(paid.iter().map(|one| one.amount.count()).collect::<Vec<_>>(), [25_000, 7000]);
        let paid = pay_many(&till(32_000), &all, day("2013-03-30"), Some(Rupiah::new(6000))).expect("paid");
        assert_eq!(paid.iter().map(|one| one.amount.count()).collect::<Vec<_>>(), [6000, 6000]);
        let refused = pay_many(&till(31_999), &all, day("2013-03-30"), None).expect_err("refused");
        assert_eq!(refused.code, "waste.cash_too_low");
        let refused = pay_many(&till(32_000), &all[1..2], day("2013-03-30"), None).expect_err("refused");
        assert_eq!(refused.code, "waste.nobody_to_pay");
    }

    #[test]
    fn a_sale_shows_what_the_store_lost() {
        let scale = kauman();
        let stock = HashMap::from([(code("KARDUS"), 100_000), (code("KACA"), 20)]);
        let line = |sort: &str, weight: &str, emptied| TypedSale {
            sort: sort.into(),
            weight: weight.into(),
            price: "1500".into(),
            emptied,
        };
        let sell = |lines: &[TypedSale]| {
            sell(&scale.desk, &scale.sorts, &stock, (GroupId::from_bytes([4; 16]), day("2013-03-30")), lines)
        };
        let sold = sell(&[line("kardus", "97,5", true), line("kaca", "12", false)]).expect("sold");
        assert_eq!(sold.lines.iter().map(|line| line.shrunk).collect::<Vec<_>>(), [2500, 0]);
        assert_eq!(sold.revenue(), Rupiah::new(146_250 + 18_000));
        let more = sell(&[line("kardus", "100,2", true)]).expect("the collector's scale shows more");
        assert_eq!(more.lines[0].shrunk, -200);
        for (lines, code) in [
            (vec![line("kardus", "100,2", false)], "waste.stock_too_low"),
            (vec![line("kardus", "60", false), line("kardus", "60", false)], "waste.stock_too_low"),
            (vec![], "waste.nothing_weighed"),
        ] {
            assert_eq!(sell(&lines).expect_err("refused").code, code);
        }
    }

    #[test]
    fn a_bank_is_opened_with_a_name() {
        let village = kauman().desk.village;
        let bank = |n: u8, kind: &str| Bank {
            village: village.clone(),
            bank: BookId::from_bytes([n; 16]),
            name: "Gemah Ripah".into(),
            kind: kind.into(),
            main: None,
            day: day("2013-01-01"),
        };
        let banks = [bank(1, "unit"), bank(2, "main")];
        for (name, main, on, refused) in [
            (" Kauman ", Some(2), "2013-03-01", None),
            ("Kauman", None, "2013-03-31", None),
            (" ", None, "2013-03-01", Some(("waste.no_name", "name"))),
            ("Kauman", Some(1), "2013-03-01", Some(("waste.no_bank", "main"))),
            ("Kauman", Some(9), "2013-03-01", Some(("waste.no_bank", "main"))),
            ("Kauman", None, "2013-04-01", Some(("waste.day_ahead", "day"))),
        ] {
            let fact = BankOpened {
                village: village.clone(),
                bank: BookId::from_bytes([5; 16]),
                name: name.into(),
                kind: BankKind::Unit,
                main: main.map(|n: u8| BookId::from_bytes([n; 16])),
                day: day(on),
            };
            match open_bank(&banks, day("2013-03-31"), fact) {
                Ok(fact) => assert_eq!((fact.name.as_str(), refused), ("Kauman", None)),
                Err(no) => assert_eq!(Some((no.code, no.field.as_deref().unwrap_or_default())), refused, "{name} {main:?}"),
            }
        }
    }

    #[test]
    fn a_share_is_a_part_of_the_whole() {
        let scale = kauman();
        for (sort, percent, share) in [
            (None, "20", Ok(2000)),
            (Some("KACA"), "12,5 %", Ok(1250)),
            (None, "0", Ok(0)),
            (None, "100", Ok(10_000)),
            (None, "100.01", Err(("waste.share_out_of_range", "share"))),
            (None, "-1", Err(("waste.share_out_of_range", "share"))),
            (None, "", Err(("waste.share_out_of_range", "share"))),
            (None, "seperlima", Err(("waste.share_out_of_range", "share"))),
            (Some("EMAS"), "20", Err(("waste.unknown_sort", "kind"))),
        ] {
            let set = set_share(&scale.desk, &scale.sorts, (sort.map(code), day("2013-03-01")), percent);
            let told = set.as_ref().map(|fact| fact.share.count());
            assert_eq!(told.map_err(|no| (no.code, no.field.as_deref().unwrap_or_default())), share, "{percent}");
        }
    }

    #[test]
    fn a_payout_rule_keeps_nothing_unless_it_says_so() {
        let desk = kauman().desk;
        for (kept, days, rule) in [
            ("5.000", "90", Ok((5000, 90))),
            ("", "", Ok((0, 0))),
            ("-5", "0", Err(("waste.amount_unreadable", "kept_min"))),
            ("lima", "0", Err(("waste.amount_unreadable", "kept_min"))),
            ("2000000000", "0", Err(("waste.amount_too_large", "kept_min"))),
            ("0", "-1", Err(("waste.days_unreadable", "days"))),
            ("0", "3651", Err(("waste.days_unreadable", "days"))),
        ] {
            let set = set_payout_rule(&desk, day("2013-03-01"), kept, days);
            let told = set.as_ref().map(|fact| (fact.kept_min.count(), fact.first_after_days));
            assert_eq!(told.map_err(|no| (no.code, no.field.as_deref().unwrap_or_default())), rule, "{kept} {days}");
        }
    }

    #[test]
    fn a_sort_keeps_its_unit_and_is_not_its_own_ancestor() {
        let scale = kauman();
        let named = |text: &str, id: &str, parent: Option<&str>| SortNamed {
            village: scale.desk.village.clone(),
            bank: scale.desk.bank,
            sort: code(text),
            parent: parent.map(code),
            names: Names { id: id.into(), ..Names::default() },
            unit: Unit::Gram,
            carbon: None,
            destination: String::new(),
            retired: false,
        };
        for (fact, unit) in [
            (named("KACA", "Kaca", None), Ok(Unit::Piece)),
            (named("BARU", " Baru ", Some("PLASTIK")), Ok(Unit::Gram)),
            (named("KACA", " ", None), Err(("waste.no_name", "name_id"))),
            (named("KACA", "Kaca", Some("KACA")), Err(("waste.sort_in_itself", "parent"))),
            (named("KACA", "Kaca", Some("EMAS")), Err(("waste.unknown_sort", "parent"))),
        ] {
            let told = name_sort(&scale.desk, &scale.sorts, fact).map(|fact| fact.unit);
            assert_eq!(told.as_ref().map_err(|no| (no.code, no.field.as_deref().unwrap_or_default())), unit.as_ref().map_err(|no| *no));
        }
    }

    #[test]
    fn a_closed_day_stays_closed() {
        let till = till(10_000);
        assert_eq!(close_day(&till, day("2013-01-31"), Rupiah::ZERO).expect_err("no").code, "waste.closed_before");
        assert_eq!(close_day(&till, day("2013-04-01"), Rupiah::ZERO).expect_err("no").code, "waste.day_ahead");
        let closed = close_day(&till, day("2013-03-30"), Rupiah::new(9500)).expect("closed");
        assert_eq!((closed.cash_book.count(), closed.cash_counted.count()), (10_000, 9500));
        let month = |text: &str| text.parse::<Month>().expect("a month");
        assert_eq!(close_month(&till, month("2013-03"), Rupiah::ZERO).expect_err("no").code, "waste.month_not_over");
        assert_eq!(close_month(&till, month("2013-01"), Rupiah::ZERO).expect_err("no").code, "waste.closed_before");
        assert!(close_month(&till, month("2013-02"), Rupiah::ZERO).is_ok());
    }
}
