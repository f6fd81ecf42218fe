//! The rules in tables.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use kernel::*;

use super::*;
use crate::waste::facts::*;
use crate::waste::sort::SortCode;
use crate::waste::tables::*;

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
        offer: Arc::new(Offer {
            prices: Some(PriceList { entry: EntryId::from_bytes([2; 16]), from: day("2013-01-01"), prices }),
            shares: Shares { general: BasisPoints::new(2000), by_sort: BTreeMap::new() },
            sorts: vec![
                sort("BOTOL", "Botol dan gelas", Unit::Gram),
                sort("KACA", "Botol kaca", Unit::Piece),
                sort("KARDUS", "Kardus", Unit::Gram),
                sort("KARUNG", "Karung", Unit::Gram),
                sort("PLASTIK", "Plastik", Unit::Gram),
            ],
        }),
    }
}

fn weighs(lines: &[(&str, &str)], on: &str, owed: i64) -> Result<WeighedIn, Refused> {
    let typed: Vec<TypedLine> = lines
        .iter()
        .map(|(sort, weight)| TypedLine { sort: (*sort).into(), weight: (*weight).into() })
        .collect();
    super::weigh_in(&kauman(), (MemberId::from_bytes([3; 16]), None), day(on), &typed, Rupiah::new(owed))
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
        ("2012-12-01", 30_000, 99_999, 30_001, Some("waste.kept_min")),
        ("2012-12-01", 30_000, 20_000, 30_001, Some("waste.cash_too_low")),
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
fn a_refused_payout_names_what_can_be_asked_for() {
    let balances = Balances { saved: Rupiah::new(58_307), owed: Rupiah::ZERO };
    let ask = |till: &Till, amount| {
        let amount = Rupiah::new(amount);
        withdraw(till, &member_since("2012-12-01"), balances, day("2013-03-30"), amount)
    };
    let free = Till { rule: PayoutRule::default(), ..till(99_999) };
    for (till, code, named, most) in [
        (till(99_999), "waste.kept_min", "most", 53_307),
        (free, "waste.balance_too_low", "balance", 58_307),
        (till(40_000), "waste.cash_too_low", "cash", 40_000),
    ] {
        let refused = ask(&till, 60_000).expect_err("refused");
        let told = refused.args.iter().find(|(name, _)| *name == named).map(|(_, arg)| arg.clone());
        assert_eq!((refused.code, told), (code, Some(kernel::Arg::from(Rupiah::new(most)))));
        assert!(ask(&till, most).is_ok(), "{code}");
    }
}

#[test]
fn a_payout_to_many_is_whole_or_not_at_all() {
    let saved =
        |saved: i64| (member_since("2012-12-01"), Balances { saved: Rupiah::new(saved), owed: Rupiah::ZERO });
    let all = [saved(30_000), saved(4000), saved(12_000)];
    let payout = kernel::EntryId::new();
    let paid = pay_many(&till(32_000), (payout, &all), day("2013-03-30"), None).expect("paid");
    assert_eq!(paid.iter().map(|one| one.amount.count()).collect::<Vec<_>>(), [25_000, 7000]);
    let paid =
        pay_many(&till(32_000), (payout, &all), day("2013-03-30"), Some(Rupiah::new(6000))).expect("paid");
    assert_eq!(paid.iter().map(|one| one.amount.count()).collect::<Vec<_>>(), [6000, 6000]);
    let refused = pay_many(&till(31_999), (payout, &all), day("2013-03-30"), None).expect_err("refused");
    assert_eq!(refused.code, "waste.cash_too_low");
    let refused =
        pay_many(&till(32_000), (payout, &all[1..2]), day("2013-03-30"), None).expect_err("refused");
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
        sell(
            &scale.desk,
            &scale.offer.sorts,
            &stock,
            (GroupId::from_bytes([4; 16]), day("2013-03-30")),
            lines,
        )
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
    let bank = |n: u8, kind| Bank {
        village: village.clone(),
        bank: BookId::from_bytes([n; 16]),
        name: "Gemah Ripah".into(),
        kind,
        main: None,
        day: day("2013-01-01"),
    };
    let banks = [bank(1, BankKind::Unit), bank(2, BankKind::Main)];
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
            Err(no) => assert_eq!(
                Some((no.code, no.field.as_deref().unwrap_or_default())),
                refused,
                "{name} {main:?}"
            ),
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
        let set = set_share(&scale.desk, &scale.offer.sorts, (sort.map(code), day("2013-03-01")), percent);
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
        assert_eq!(
            told.map_err(|no| (no.code, no.field.as_deref().unwrap_or_default())),
            rule,
            "{kept} {days}"
        );
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
    // A name of A without a parent was taken back, after B had been put below A: now each is above the other.
    let mut sorts = scale.offer.sorts.clone();
    for (child, parent) in [("A", "B"), ("B", "A")] {
        sorts.push(Sort { parent: Some(code(parent)), ..sort(child, child, Unit::Gram) });
    }
    for (fact, unit) in [
        (named("C", "C", Some("A")), Err(("waste.sort_in_itself", "parent"))),
        (named("A", "A", None), Ok(Unit::Gram)),
        (named("KACA", "Kaca", None), Ok(Unit::Piece)),
        (named("BARU", " Baru ", Some("PLASTIK")), Ok(Unit::Gram)),
        (named("KACA", " ", None), Err(("waste.no_name", "name_id"))),
        (named("KACA", "Kaca", Some("KACA")), Err(("waste.sort_in_itself", "parent"))),
        (named("KACA", "Kaca", Some("EMAS")), Err(("waste.unknown_sort", "parent"))),
    ] {
        let told = name_sort(&scale.desk, &sorts, fact).map(|fact| fact.unit);
        assert_eq!(
            told.as_ref().map_err(|no| (no.code, no.field.as_deref().unwrap_or_default())),
            unit.as_ref().map_err(|no| *no)
        );
    }
}

#[test]
fn a_closed_day_stays_closed() {
    let till = till(10_000);
    assert_eq!(
        close_day(&till, day("2013-01-31"), Rupiah::ZERO).expect_err("no").code,
        "waste.closed_before"
    );
    assert_eq!(close_day(&till, day("2013-04-01"), Rupiah::ZERO).expect_err("no").code, "waste.day_ahead");
    let closed = close_day(&till, day("2013-03-30"), Rupiah::new(9500)).expect("closed");
    assert_eq!((closed.cash_book.count(), closed.cash_counted.count()), (10_000, 9500));
    let month = |text: &str| text.parse::<Month>().expect("a month");
    assert_eq!(
        close_month(&till, &[], month("2013-03"), Rupiah::ZERO).expect_err("no").code,
        "waste.month_not_over"
    );
    // January ended before the day that was closed, and is still to be closed as a month: once.
    let january = [month("2013-01")];
    assert!(close_month(&till, &[], january[0], Rupiah::ZERO).is_ok());
    assert_eq!(
        close_month(&till, &january, january[0], Rupiah::ZERO).expect_err("no").code,
        "waste.month_closed_before"
    );
    assert!(close_month(&till, &january, month("2013-02"), Rupiah::ZERO).is_ok());
}

#[test]
fn a_member_is_taken_in_once_and_with_a_number_of_its_own() {
    let desk = kauman().desk;
    let holder = |n: u8| Holder::Household(HouseholdId::from_bytes([n; 16]));
    let before = Member { number: 7, holder: holder(7), ..member_since("2013-01-01") };
    let join = |who: Option<u8>, number, on: &str, opening: &str| {
        let (holder, opening) = (who.map(holder), opening.to_owned());
        let typed = TypedJoin { holder, number, day: day(on), opening };
        super::join(&desk, (std::slice::from_ref(&before), 9), MemberId::from_bytes([8; 16]), typed)
    };
    for (who, number, on, opening, taken) in [
        (Some(8), None, "2013-03-01", "", (9, 0)),
        (Some(8), Some(8), "2013-03-31", " 25.000 ", (8, 25_000)),
        (Some(8), Some(NUMBER_MAX), "2013-02-01", "0", (NUMBER_MAX, 0)),
    ] {
        let joined = join(who, number, on, opening).expect("taken in");
        assert_eq!((joined.number, joined.opening.count()), taken, "{number:?} {opening:?}");
    }
    for (who, number, on, opening, code, field) in [
        (None, None, "2013-03-01", "", "waste.no_holder", "holder"),
        (Some(7), None, "2013-03-01", "", "waste.member_before", "holder"),
        (Some(8), Some(7), "2013-03-01", "", "waste.number_taken", "number"),
        (Some(8), Some(0), "2013-03-01", "", "waste.number_taken", "number"),
        (Some(8), Some(NUMBER_MAX + 1), "2013-03-01", "", "waste.number_taken", "number"),
        (Some(8), None, "2013-03-01", "-1", "waste.nothing_asked", "opening"),
        (Some(8), None, "2013-03-01", "banyak", "waste.amount_unreadable", "opening"),
        (Some(8), None, "2013-03-01", "1000000001", "waste.amount_too_large", "opening"),
        (Some(8), None, "2013-01-31", "", "waste.day_closed", "day"),
        (Some(8), None, "2013-04-01", "", "waste.day_ahead", "day"),
    ] {
        let no = join(who, number, on, opening).expect_err("refused");
        assert_eq!((no.code, no.field.as_deref()), (code, Some(field)), "{who:?} {number:?} {on} {opening}");
    }
}
