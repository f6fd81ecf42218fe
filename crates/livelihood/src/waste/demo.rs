//! A waste bank made up from a seed: for the demo, for tests and for measuring. The village, its codes and its number of
//! hamlets are real, and so are the price list and share (Kauman, Yogyakarta, 2013) and the size (204 members, Rp24
//! million credited in a year: Delima, Jakarta, 2012). Households, weights and days are not.

use std::collections::HashMap;

use journal::{Context, Journal};
use kernel::{
    BasisPoints, BookId, Day, EntryId, GroupId, HouseholdId, Instant, MemberId, Month, PlaceCode, Qty,
    Rupiah, RupiahPerKg, RupiahPerPiece, Scope, Stop, Unit, UnitPrice,
};
use people::groups::{GroupNamed, KeepGroups};
use people::households::{self, KeepHouseholds, NewHousehold};
use people::places::{HamletNamed, NamePlaces};
use people::sheet::Wrong;

use super::facts::*;
use super::import::import;
use super::rules::{self, TypedSale};
use super::{Close, KeepBooks, SetUp, SortCode, tables};

/// Sumbermulyo, Kapanewon Bambanglipuro, Kabupaten Bantul (Kepmendagri 300.2.2-2430/2025).
pub const VILLAGE: &str = "34.02.05.2003";
const REGIONS_SOURCE: &str = "Kepmendagri 300.2.2-2430/2025";
/// Its place in the national list.
const REGIONS: &str = "code,name\n34,Daerah Istimewa Yogyakarta\n34.02,Kabupaten Bantul\n34.02.05,Bambanglipuro\n\
                       34.02.05.2003,Sumbermulyo\n";
/// How many hamlets it has (koranbernas.id, 26 November 2020). Their names are not in that source.
const HAMLETS: usize = 16;
/// Common given names of Yogyakarta; with its number behind it, none is anybody's.
const NAMES: [&str; 20] = [
    "Siti", "Wahyu", "Sri", "Agus", "Dewi", "Bambang", "Endang", "Eko", "Rini", "Joko", "Ani", "Slamet",
    "Tri", "Heru", "Yuni", "Sugeng", "Ratna", "Budi", "Lestari", "Paijo",
];

/// What is made up, and from which seed.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// The same seed gives the same bank.
    pub seed: u64,
    /// The last of the months that are over.
    pub last: Month,
    /// The day up to which the month after them goes on.
    pub today: Day,
    /// How many months.
    pub months: i32,
    /// How many members.
    pub members: usize,
    /// How many households there are in all.
    pub households: usize,
    /// What the members are credited with in all.
    pub credited: Rupiah,
}

impl Plan {
    /// The demo: twelve months up to the last one that is over, and this month up to today.
    pub fn of_a_year(today: Day) -> Plan {
        Plan {
            seed: 2015,
            last: today.month().plus(-1),
            today,
            months: 12,
            members: 204,
            households: 320,
            credited: Rupiah::new(24_000_000),
        }
    }
    fn first(&self) -> Month {
        self.last.plus(1 - self.months)
    }
    /// The plan up to the last day that has begun in Greenwich, whose beginning is what an imported weigh-in bears. Early
    /// in the morning today's is still ahead in a village to the east, and would stand above what a newcomer books.
    fn begun(&self, now: Instant) -> Plan {
        Plan { today: self.today.min(now.day_at(0)), ..*self }
    }
    /// The month that is not over, as full as those before it.
    fn this_month(&self) -> Plan {
        let credited = Rupiah::new(self.credited.count() / i64::from(self.months.max(1)));
        Plan { seed: self.seed + 1, last: self.last.plus(1), months: 1, credited, ..*self }
    }
}

/// The bank that was made up.
#[derive(Debug, Clone)]
pub struct Demo {
    /// Where.
    pub village: PlaceCode,
    /// Its book.
    pub bank: BookId,
}

/// One row of a year on paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperRow {
    /// The day.
    pub day: Day,
    /// The number of the member.
    pub number: i64,
    /// The sort.
    pub sort: &'static str,
    /// Kilograms with a comma, or pieces.
    pub weight: String,
}

/// Numbers that look random and are the same each time (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % sides
    }
}

/// The price list of Kauman (Yogyakarta) 2013, in rupiah: kilogram by kilogram, glass bottles by the piece.
pub fn kauman_prices() -> [(&'static str, UnitPrice); 4] {
    let per_kg = |rupiah| UnitPrice::PerKg(RupiahPerKg::new(rupiah));
    [
        ("PLASTIK", per_kg(1000)),
        ("KARDUS", per_kg(1200)),
        ("BOTOL", per_kg(1200)),
        ("KACA", UnitPrice::PerPiece(RupiahPerPiece::new(500))),
    ]
}

/// The managers' share of Kauman 2013.
pub const KAUMAN_SHARE: BasisPoints = BasisPoints::new(2000);

/// A year on paper: three days a month, most members on most days, one to three sorts each. What the members are
/// credited with adds up to the plan's sum, to within the price of ten grams.
pub fn paper(plan: Plan) -> Vec<PaperRow> {
    let prices = kauman_prices();
    let mut dice = Dice(plan.seed);
    let keen: Vec<u64> = (0..plan.members).map(|_| 35 + dice.roll(60)).collect();
    let mut rough: Vec<(Day, i64, usize, i64)> = Vec::new();
    for month in (0..plan.months).map(|n| plan.first().plus(n)) {
        for of_month in [4, 14, 24] {
            let day = month.first().plus(of_month);
            for (number, keen) in (1i64..).zip(&keen) {
                if dice.roll(100) >= *keen {
                    continue;
                }
                let first = dice.roll(4);
                for n in 0..1 + dice.roll(3) {
                    let sort = ((first + n) % 4) as usize;
                    let count = match sort {
                        3 => 1 + dice.roll(9),    // pieces
                        _ => 20 + dice.roll(400), // tens of grams
                    };
                    rough.push((day, number, sort, count as i64));
                }
            }
        }
    }
    let credited = |sort: usize, count: i64| {
        let qty = qty_of(sort, count);
        let worth = prices[sort].1.worth(qty).and_then(Result::ok).unwrap_or_default();
        (worth - KAUMAN_SHARE.of(worth).unwrap_or_default()).count()
    };
    let by_weight: i64 = rough.iter().filter(|row| row.2 != 3).map(|row| credited(row.2, row.3)).sum();
    let by_piece: i64 = rough.iter().filter(|row| row.2 == 3).map(|row| credited(row.2, row.3)).sum();
    let wanted = plan.credited.count();
    for row in rough.iter_mut().filter(|row| row.2 != 3) {
        row.3 = (row.3 * (wanted - by_piece) / by_weight.max(1)).max(1);
    }
    let mut missing = wanted - rough.iter().map(|row| credited(row.2, row.3)).sum::<i64>();
    'top_up: loop {
        let before = missing;
        for row in rough.iter_mut().filter(|row| row.2 == 1) {
            let more = credited(1, row.3 + 1) - credited(1, row.3);
            if more > missing {
                break 'top_up;
            }
            (row.3, missing) = (row.3 + 1, missing - more);
        }
        if missing == before {
            break;
        }
    }
    let text = |sort: usize, count: i64| match sort {
        3 => count.to_string(),
        _ => format!("{},{:02}", count / 100, count % 100),
    };
    rough
        .into_iter()
        .map(|(day, number, sort, count)| PaperRow {
            day,
            number,
            sort: prices[sort].0,
            weight: text(sort, count),
        })
        .collect()
}

/// This month on paper: its days of weighing up to today. Before the first of them people come today, so that the
/// month is never empty.
fn paper_of_this_month(plan: Plan) -> Vec<PaperRow> {
    let mut rows = paper(plan.this_month());
    let Some(first) = rows.first().map(|row| row.day) else { return rows };
    if plan.today < first {
        rows.retain(|row| row.day == first);
        rows.iter_mut().for_each(|row| row.day = plan.today);
    }
    rows.retain(|row| row.day <= plan.today);
    rows
}

fn qty_of(sort: usize, count: i64) -> Qty {
    let (unit, count) = if sort == 3 { (Unit::Piece, count) } else { (Unit::Gram, count * 10) };
    Qty::of(unit, count).expect("grams and pieces are quantities")
}

/// The rows as a CSV file, as a bank in Yogyakarta would bring it: semicolons and decimal commas.
pub fn paper_csv<'r>(rows: impl IntoIterator<Item = &'r PaperRow>) -> String {
    let mut csv = String::from("tanggal;nomor;jenis;berat\n");
    for row in rows {
        csv.push_str(&format!("{};{};{};{}\n", row.day, row.number, row.sort, row.weight));
    }
    csv
}

/// Makes the village, the bank, a year of its work, and this month up to today. The last month that is over is left
/// open, so that a newcomer can close it.
pub fn demo(
    journal: &Journal,
    context: Context,
    plan: Plan,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Demo, Stop> {
    let demo = found(journal, context, plan)?;
    let rows = paper(plan);
    let permit = Context::operator_permit(&Scope::book(demo.village.clone(), demo.bank))?;
    let bring = |rows: &mut dyn Iterator<Item = &PaperRow>| {
        let csv = paper_csv(rows);
        let file = (csv.as_bytes(), "paper.csv");
        let nothing = Wrong::BooksNothing;
        let summary = import(journal, context, &permit, file, plan.today, nothing, &mut |_, _| {})?;
        debug_assert!(summary.problems.is_empty(), "{:?}", summary.problems.first());
        Ok::<(), Stop>(())
    };
    let months: Vec<Month> = (0..plan.months).map(|n| plan.first().plus(n)).collect();
    for (n, month) in (1u64..).zip(&months) {
        bring(&mut rows.iter().filter(|row| row.day.month() == *month))?;
        work_of_a_month(journal, context, &demo, *month, n)?;
        if *month != plan.last {
            close_the_month(journal, context, &demo, *month)?;
        }
        progress(n, months.len() as u64);
    }
    bring(&mut paper_of_this_month(plan.begun(context.at)).iter())?;
    Ok(demo)
}

/// The village with its hamlets and households, and the bank with everything set up and its members.
pub fn found(journal: &Journal, context: Context, plan: Plan) -> Result<Demo, Stop> {
    let village: PlaceCode = VILLAGE.parse().expect("the code of Sumbermulyo");
    let regions = Context::operator_permit(&Scope::site())?;
    people::places::import_regions(
        journal,
        context,
        regions,
        REGIONS.as_bytes(),
        REGIONS_SOURCE,
        &mut |_, _| {},
    )?;
    let keys = journal.keys().make_many(plan.households)?;
    let (demo, first) = (Demo { village, bank: BookId::new() }, plan.first().first());
    let made = demo.clone();
    journal.write(context, move |work| {
        let Demo { village, bank } = made;
        let scope = Scope::book(village.clone(), bank);
        let hamlets = name_hamlets(work, &scope, &village)?;
        let keep = Context::operator_permit::<KeepHouseholds>(&scope)?;
        let mut households = Vec::with_capacity(plan.households);
        for (n, key) in keys.into_iter().enumerate() {
            let household = HouseholdId::new();
            let new = NewHousehold {
                household,
                village: village.clone(),
                hamlet: hamlets[n % hamlets.len()].clone(),
                rt: None,
                head: format!("{} {:03}", NAMES[(n * 7 + n / 20) % NAMES.len()], n + 1),
                card: None,
                phone: None,
                day: first,
            };
            households::register_with(work, &keep, key, &new)?;
            households.push(household);
        }
        set_up(work, &scope, first)?;
        let books = Context::operator_permit::<KeepBooks>(&scope)?;
        for (number, household) in (1i64..).zip(households.into_iter().take(plan.members)) {
            let (holder, member) = (Holder::Household(household), MemberId::new());
            let joined = MemberJoined {
                village: village.clone(),
                bank,
                member,
                number,
                holder,
                day: first,
                opening: Rupiah::ZERO,
            };
            work.record(&books, &joined)?;
        }
        let capital = CashMoved {
            village,
            bank,
            day: first,
            purpose: Purpose::Capital,
            amount: Rupiah::new(1_000_000),
            note: "Buku, timbangan, spanduk".to_owned(),
        };
        work.record(&books, &capital)?;
        Ok(())
    })?;
    Ok(demo)
}

fn name_hamlets(
    work: &mut journal::Work<'_, '_>,
    scope: &Scope,
    village: &PlaceCode,
) -> Result<Vec<PlaceCode>, Stop> {
    let permit = Context::operator_permit::<NamePlaces>(scope)?;
    let mut hamlets = Vec::with_capacity(HAMLETS);
    for n in 1..=HAMLETS {
        let place: PlaceCode = format!("{village}.{n:02}").parse().expect("the code of a hamlet");
        work.record(&permit, &HamletNamed { place: place.clone(), name: format!("Padukuhan {n}") })?;
        hamlets.push(place);
    }
    Ok(hamlets)
}

/// The collector of the demo; its id is fixed, so that the months find it.
fn collector() -> GroupId {
    GroupId::from_bytes(*b"demo collector 1")
}

fn set_up(work: &mut journal::Work<'_, '_>, scope: &Scope, first: Day) -> Result<(), Stop> {
    let permit = Context::operator_permit::<SetUp>(scope)?;
    let (village, bank) = (scope.place.clone(), scope.book.expect("the scope of a bank"));
    let opened = BankOpened {
        village: village.clone(),
        bank,
        name: "Bank Sampah Contoh Sumbermulyo".to_owned(),
        kind: BankKind::Unit,
        main: None,
        day: first,
    };
    work.record(&permit, &opened)?;
    let keep = Context::operator_permit::<KeepGroups>(scope)?;
    let (kind, name) = (people::groups::Kind::Collector, "Pengepul Contoh".to_owned());
    work.record(&keep, &GroupNamed { group: collector(), village: village.clone(), kind, name })?;
    for (sort, parent, unit, names) in [
        ("ANORGANIK", None, Unit::Gram, ("Anorganik", "무기물", "Inorganic")),
        ("PLASTIK", Some("ANORGANIK"), Unit::Gram, ("Plastik", "플라스틱", "Plastic")),
        (
            "BOTOL",
            Some("PLASTIK"),
            Unit::Gram,
            ("Botol dan gelas plastik", "플라스틱 병·컵", "Plastic bottles and cups"),
        ),
        ("KARDUS", Some("ANORGANIK"), Unit::Gram, ("Kardus", "골판지", "Cardboard")),
        ("KACA", Some("ANORGANIK"), Unit::Piece, ("Botol kaca", "유리병", "Glass bottle")),
    ] {
        let (id, ko, en) = names;
        let named = SortNamed {
            village: village.clone(),
            bank,
            sort: code(sort),
            parent: parent.map(code),
            names: kernel::Names { id: id.to_owned(), ko: ko.to_owned(), en: en.to_owned() },
            unit,
            carbon: None,
            destination: String::new(),
            retired: false,
        };
        work.record(&permit, &named)?;
    }
    let list = |side, percent: i64| PricesSet {
        village: village.clone(),
        bank,
        side,
        from: first,
        prices: kauman_prices()
            .into_iter()
            .filter_map(|(sort, price)| {
                let price = UnitPrice::of(price.unit(), price.rupiah() * percent / 100)?;
                Some(SortPrice { sort: code(sort), price })
            })
            .collect(),
    };
    work.record(&permit, &list(Side::Buying, 100))?;
    work.record(&permit, &list(Side::Selling, 130))?;
    let (from, share) = (first, KAUMAN_SHARE);
    work.record(&permit, &ShareSet { village: village.clone(), bank, from, sort: None, share })?;
    let (kept_min, first_after_days) = (Rupiah::new(5000), 90);
    work.record(&permit, &PayoutRuleSet { village, bank, from, kept_min, first_after_days })?;
    Ok(())
}

fn code(text: &str) -> SortCode {
    text.parse().expect("a code of the demo")
}

/// After the three days of a month: the store is sold, carrying is paid, one member takes an advance, some take money
/// out, and in the tenth month everybody does.
fn work_of_a_month(
    journal: &Journal,
    context: Context,
    demo: &Demo,
    month: Month,
    n: u64,
) -> Result<(), Stop> {
    let Demo { village, bank } = demo.clone();
    let day = month.first().plus(26);
    journal.write(context, move |work| {
        let scope = Scope::book(village.clone(), bank);
        let books = Context::operator_permit::<KeepBooks>(&scope)?;
        let desk = tables::desk(work, &village, bank, day)?;
        let sorts = tables::sorts(work, &village, bank)?;
        let stock: HashMap<SortCode, i64> =
            tables::stock(work, &village, bank)?.into_iter().map(|row| (row.sort, row.qty)).collect();
        let prices = tables::price_list(work, &village, bank, Side::Selling, day)?;
        let mut lines = Vec::new();
        for (sort, price) in prices.iter().flat_map(|list| &list.prices) {
            let held = stock.get(sort).copied().unwrap_or(0);
            // What dries, breaks and spills between intake and sale: two to three in a hundred.
            let sold = held - held * (20 + (n as i64 * 3) % 10) / 1000;
            if sold > 0 {
                let weight = match price.unit() {
                    Unit::Piece => sold.to_string(),
                    _ => format!("{},{:03}", sold / 1000, sold % 1000),
                };
                let price = price.rupiah().to_string();
                lines.push(TypedSale { sort: sort.to_string(), weight, price, emptied: true });
            }
        }
        work.record(&books, &rules::sell(&desk, &sorts, &stock, (collector(), day), &lines)?)?;
        let till = tables::till(work, desk.clone(), day)?;
        let amount = Rupiah::new(75_000);
        work.record(&books, &rules::move_cash(&till, Purpose::Transport, day, amount, "")?)?;
        let members = tables::members(work, &village, bank)?;
        if let Some(member) = members.get(n as usize * 11 % members.len().max(1)) {
            let till = tables::till(work, desk.clone(), day)?;
            work.record(&books, &rules::advance(&till, member, day, Rupiah::new(50_000))?)?;
        }
        let balances = tables::all_balances(work, &village, bank)?;
        let of = |member: &tables::Member| balances.get(&member.member).copied().unwrap_or_default();
        let to_all = n == 10;
        let paid: Vec<_> = members
            .iter()
            .filter(|member| to_all || member.number % 13 == n as i64 % 13)
            .map(|member| (member.clone(), of(member)))
            .collect();
        let till = tables::till(work, desk.clone(), day)?;
        if let Ok(paid) =
            rules::pay_many(&till, (EntryId::new(), &paid), day, (!to_all).then_some(Rupiah::new(20_000)))
        {
            for withdrawn in paid {
                work.record(&books, &withdrawn)?;
            }
        }
        Ok(())
    })
}

fn close_the_month(journal: &Journal, context: Context, demo: &Demo, month: Month) -> Result<(), Stop> {
    let Demo { village, bank } = demo.clone();
    journal.write(context, move |work| {
        let scope = Scope::book(village.clone(), bank);
        let close = Context::operator_permit::<Close>(&scope)?;
        let desk = tables::desk(work, &village, bank, month.plus(1).first())?;
        let owed = tables::book_sums(work, &village, bank)?.owed;
        let till = tables::till(work, desk, month.last())?;
        work.record(&close, &rules::close_month(&till, &[], month, owed)?)?;
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_on_paper_adds_up_to_the_figures_of_delima() {
        let today: Day = "2026-11-24".parse().expect("a day");
        let plan = Plan::of_a_year(today);
        let rows = paper(plan);
        assert_eq!(rows, paper(plan), "the same seed gives the same year");
        let days: std::collections::BTreeSet<Day> = rows.iter().map(|row| row.day).collect();
        assert_eq!(days.len(), 36);
        let prices: HashMap<_, _> = kauman_prices().into_iter().collect();
        let credited: i64 = rows
            .iter()
            .map(|row| {
                let price = prices[row.sort];
                let worth =
                    price.worth(rules::read_qty(&row.weight, price.unit()).expect("reads")).expect("fits");
                let worth = worth.expect("fits");
                (worth - KAUMAN_SHARE.of(worth).expect("fits")).count()
            })
            .sum();
        assert!((23_999_990..=24_000_000).contains(&credited), "{credited}");
    }
    #[test]
    fn nothing_of_the_demo_is_ahead_of_the_clock() {
        let today: Day = "2026-11-25".parse().expect("a day");
        let midnight = i64::from(today.days_since(Day::new(1970, 1, 1).expect("a day"))) * 86_400_000_000;
        for (hours, newest) in [(-5, "2026-11-15"), (0, "2026-11-25"), (9, "2026-11-25")] {
            let now = Instant::from_micros(midnight + hours * 3_600_000_000);
            let rows = paper_of_this_month(Plan::of_a_year(today).begun(now));
            let last = rows.iter().map(|row| row.day.to_string()).max();
            assert_eq!(last.as_deref(), Some(newest), "{hours}");
        }
    }
    #[test]
    fn this_month_goes_on_up_to_today() {
        let days_on = |today: &str| {
            let plan = Plan::of_a_year(today.parse().expect("a day"));
            let rows = paper_of_this_month(plan);
            assert_eq!(rows, paper_of_this_month(plan), "the same day gives the same month");
            let days: std::collections::BTreeSet<String> =
                rows.iter().map(|row| row.day.to_string()).collect();
            days.into_iter().collect::<Vec<String>>()
        };
        for (today, days) in [
            ("2026-11-01", &["2026-11-01"][..]),
            ("2026-11-05", &["2026-11-05"]),
            ("2026-11-14", &["2026-11-05"]),
            ("2026-11-24", &["2026-11-05", "2026-11-15"]),
            ("2026-11-30", &["2026-11-05", "2026-11-15", "2026-11-25"]),
        ] {
            assert_eq!(days_on(today), days, "{today}");
        }
    }
}
