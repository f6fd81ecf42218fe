//! Why a waste bank says no. Each has a sentence in three languages, in `words.*.ftl` under its code.

use kernel::{Day, Grams, Month, Qty, Rupiah};

use crate::waste::sort::SortCode;

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
    /// More lines than anybody weighs at once.
    422 "waste.too_many_lines" TooManyLines { most: usize };
    /// Another line of the same member and day is wrong, so this one waits for it.
    422 "waste.left_out" LeftOut { line: usize };
    /// The member has another weigh-in of that day, which came from a file, too.
    409 "waste.weighed_in_before" WeighedInBefore { number: i64, day: Day, entry: String };
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
    /// Somebody else has set the same, for the same day, since the form was opened.
    409 "waste.set_meanwhile" SetMeanwhile { entry: String, entry_path: String };
    /// A share below 0 % or above 100 %.
    422 "waste.share_out_of_range" ShareOutOfRange { text: String };
    /// A day that cannot be read.
    422 "waste.day_unreadable" DayUnreadable { text: String };
    /// A day after today.
    422 "waste.day_ahead" DayAhead { day: Day, today: Day };
    /// A bank that would have begun before there were any.
    422 "waste.bank_too_old" BankTooOld { day: Day, first: Day };
    /// A day before the bank began.
    422 "waste.day_before_bank" DayBeforeBank { day: Day, began: Day };
    /// A day before the member joined.
    422 "waste.day_before_joining" DayBeforeJoining { day: Day, joined: Day };
    /// Something is to hold from a day that is closed; `next` is the first one that is not.
    409 "waste.begins_closed" BeginsClosed { day: Day, next: Day };
    /// A day that is closed; `next` is the first one that is not.
    409 "waste.day_closed" DayClosed { day: Day, next: Day };
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
    /// The opening of a bank is not taken back.
    409 "waste.bank_stays" BankStays;
    /// What only the office sets is taken back by the office alone.
    403 "waste.office_takes_back" OfficeTakesBack;
    /// A membership is not taken back from below what its member brought and took.
    409 "waste.movements_first" MovementsFirst { movements: i64 };
    /// A day that is closed already; `next` is the first day that is not.
    409 "waste.closed_before" ClosedBefore { next: Day };
    /// A month that was closed as a month already.
    409 "waste.month_closed_before" MonthClosedBefore { month: Month };
    /// The month is not over.
    422 "waste.month_not_over" MonthNotOver { month: Month };
    /// Nobody is to be paid.
    422 "waste.nobody_to_pay" NobodyToPay;
    /// A number of days that cannot be read.
    422 "waste.days_unreadable" DaysUnreadable { text: String };
}
