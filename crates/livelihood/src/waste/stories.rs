//! What people do at a waste bank and then see, through HTTP, on both databases.

use journal::Context;
use kernel::{BasisPoints, BookId, Day, EntryId, GroupId, HouseholdId, MemberId, Names, Role, Rupiah, Scope};
use livelihood::waste::{
    Advanced, BankKind, BankOpened, CashMoved, Holder, KeepBooks, MemberJoined, PayoutRuleSet, PricesSet,
    Purpose, Reverse, SetUp, ShareSet, Side, SortNamed, SortPrice, demo,
};
use people::households::{KeepHouseholds, NewHousehold, register};
use people::places::{HamletNamed, NamePlaces};
use serde_json::Value;
use web::Lang;

use crate::story;
use crate::world::{Answer, Village, village};

/// The bank of the stories: Kauman's prices and share, two members with Rp5,000 to be kept, Rp100,000 in the cash box.
struct Bank {
    book: BookId,
    rini: MemberId,
    joko: MemberId,
}

impl Bank {
    fn path(&self, page: &str) -> String {
        format!("/villages/{}/waste/{}/{page}", village(), self.book)
    }
    fn balance(&self, answer: &Answer) -> i64 {
        answer.done()["balances"]["saved"].as_i64().expect("a balance")
    }
}

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

async fn open_bank(at: &Village) -> Bank {
    let bank = Bank { book: BookId::new(), rini: MemberId::new(), joko: MemberId::new() };
    let (book, members) = (bank.book, [(bank.rini, "Rini"), (bank.joko, "Joko <b>")]);
    at.write(move |work| {
        let scope = Scope::book(village(), book);
        let (from, village) = (day("2026-01-01"), village());
        let set_up = Context::operator_permit::<SetUp>(&scope)?;
        let opened = BankOpened {
            village: village.clone(),
            bank: book,
            name: "Bank Sampah Contoh".into(),
            kind: BankKind::Unit,
            main: None,
            day: from,
        };
        work.record(&set_up, &opened)?;
        let mut prices = Vec::new();
        for (code, price) in demo::kauman_prices() {
            let sort = code.parse().expect("a code");
            prices.push(SortPrice { sort, price });
            let named = SortNamed {
                village: village.clone(),
                bank: book,
                sort: code.parse().expect("a code"),
                parent: None,
                names: Names { id: code.to_lowercase(), ko: String::new(), en: String::new() },
                unit: price.unit(),
                carbon: None,
                destination: String::new(),
                retired: false,
            };
            work.record(&set_up, &named)?;
        }
        work.record(
            &set_up,
            &PricesSet { village: village.clone(), bank: book, side: Side::Buying, from, prices },
        )?;
        let share = BasisPoints::new(2000);
        work.record(&set_up, &ShareSet { village: village.clone(), bank: book, from, sort: None, share })?;
        let kept_min = Rupiah::new(5000);
        let rule =
            PayoutRuleSet { village: village.clone(), bank: book, from, kept_min, first_after_days: 30 };
        work.record(&set_up, &rule)?;
        let hamlet: kernel::PlaceCode = format!("{village}.07").parse().expect("a hamlet");
        let name = Context::operator_permit::<NamePlaces>(&scope)?;
        work.record(&name, &HamletNamed { place: hamlet.clone(), name: "Padukuhan 7".into() })?;
        let keep = Context::operator_permit::<KeepHouseholds>(&scope)?;
        let books = Context::operator_permit::<KeepBooks>(&scope)?;
        for (number, (member, head)) in (1..).zip(members) {
            let household = HouseholdId::new();
            let new = NewHousehold {
                household,
                village: village.clone(),
                hamlet: hamlet.clone(),
                rt: None,
                head: head.into(),
                card: None,
                phone: None,
                day: from,
            };
            register(work, &keep, &new)?;
            let (holder, opening) = (Holder::Household(household), Rupiah::ZERO);
            let joined = MemberJoined {
                village: village.clone(),
                bank: book,
                member,
                number,
                holder,
                day: from,
                opening,
            };
            work.record(&books, &joined)?;
        }
        let (purpose, amount) = (Purpose::Capital, Rupiah::new(100_000));
        let capital = CashMoved { village, bank: book, day: from, purpose, amount, note: String::new() };
        work.record(&books, &capital)?;
        Ok(())
    })
    .await
    .expect("the bank opens");
    bank
}

/// The teller weighs in; each line is a sort and a weight as it was typed.
async fn weigh(
    at: &Village,
    bank: &Bank,
    id: EntryId,
    member: &str,
    lines: &[(&str, &str)],
    on: &str,
) -> Answer {
    let id = id.to_string();
    let mut fields = vec![("id", id.as_str()), ("member", member), ("day", on)];
    for (sort, weight) in lines {
        fields.extend([("sort", *sort), ("weight", *weight)]);
    }
    at.as_role(Role::Teller).send(&bank.path("weigh-ins"), &fields).await
}

async fn passbook(at: &Village, bank: &Bank, member: MemberId) -> Value {
    at.as_role(Role::Teller).json(&bank.path(&format!("members/{member}"))).await.done()
}

fn saved(book: &Value) -> i64 {
    book["passbook"]["balances"]["saved"].as_i64().expect("a balance")
}

story! { a_queue_is_weighed_in, |at| async {
    let bank = open_bank(at).await;
    let today = "2026-03-31";
    let first = weigh(at, &bank, EntryId::new(), "1", &[("kardus", "4,0"), ("kaca", "12")], today).await;
    assert_eq!(first.status, 201, "{}", first.text());
    let receipt = first.done();
    assert_eq!((receipt["worth"].as_i64(), receipt["share"].as_i64()), (Some(10_800), Some(2160)));
    assert_eq!(bank.balance(&first), 8640);
    // By name, by the first letters of a sort, and by the QR code of the savings book.
    assert_eq!(bank.balance(&weigh(at, &bank, EntryId::new(), "rin", &[("PLAS", "1.5")], today).await), 8640 + 1200);
    let code = bank.path(&format!("members/{}", bank.rini));
    assert_eq!(bank.balance(&weigh(at, &bank, EntryId::new(), &code, &[("botol", "0,05")], today).await), 9840 + 48);
    // The other one in the queue is not touched by it.
    assert_eq!(saved(&passbook(at, &bank, bank.joko).await), 0);
    let page = at.as_role(Role::Teller).lang(Lang::Ko).get(&bank.path("counter")).await;
    assert_eq!(page.status, 200);
    assert!(page.seen().contains("계량 창구"), "{}", page.seen());
} }

story! { what_is_typed_wrongly_is_refused_with_a_sentence_and_kept, |at| async {
    let bank = open_bank(at).await;
    let today = "2026-03-31";
    for (member, line, on, code, field) in [
        ("", ("kardus", "1"), today, "waste.no_member", "member"),
        ("99", ("kardus", "1"), today, "waste.unknown_member", "member"),
        ("nobody", ("kardus", "1"), today, "waste.unknown_member", "member"),
        ("1", ("emas", "1"), today, "waste.unknown_sort", "sort.0"),
        ("1", ("ka", "1"), today, "waste.many_sorts", "sort.0"),
        ("1", ("", "1"), today, "waste.no_sort", "sort.0"),
        ("1", ("kardus", ""), today, "waste.weight_missing", "weight.0"),
        ("1", ("kardus", "0"), today, "waste.weight_zero", "weight.0"),
        ("1", ("kardus", "-1"), today, "waste.weight_negative", "weight.0"),
        ("1", ("kardus", "1001"), today, "waste.weight_too_large", "weight.0"),
        ("1", ("kardus", "1.234,5"), today, "waste.weight_two_signs", "weight.0"),
        ("1", ("kardus", "1,234.5"), today, "waste.weight_two_signs", "weight.0"),
        ("1", ("kaca", "1,5"), today, "waste.pieces_unreadable", "weight.0"),
        ("1", ("", ""), today, "waste.nothing_weighed", "sort.0"),
        ("1", ("kardus", "1"), "2026-04-01", "waste.day_ahead", "day"),
        ("1", ("kardus", "1"), "2025-12-31", "waste.day_before_bank", "day"),
    ] {
        let answer = weigh(at, &bank, EntryId::new(), member, &[line], on).await;
        assert_eq!(answer.refused(), code, "{member} {line:?} {on}");
        assert_eq!(answer.data()["field"], field, "{member} {line:?} {on}");
    }
    assert_eq!(saved(&passbook(at, &bank, bank.rini).await), 0);
    // The page in each language keeps what was typed and says what to do.
    let id = EntryId::new().to_string();
    let fields = [("id", id.as_str()), ("member", "Rini"), ("day", today), ("sort", "kardus"), ("weight", "1.234,5")];
    for (lang, sentence) in [
        (Lang::En, "“1.234,5” has two separators."),
        (Lang::Id, "“1.234,5” memakai dua pemisah."),
        (Lang::Ko, "“1.234,5”에 구분 기호가 두 개 있습니다."),
    ] {
        let page = at.as_role(Role::Teller).lang(lang).post(&bank.path("weigh-ins"), &fields).await;
        assert_eq!(page.status, 422);
        assert!(page.text().contains(sentence), "{}", page.seen());
        assert!(page.text().contains("value=\"1.234,5\""), "what was typed is kept");
    }
} }

story! { the_same_form_sent_twice_counts_once, |at| async {
    let bank = open_bank(at).await;
    let id = EntryId::new();
    let lines = [("kardus", "4,0")];
    assert_eq!(bank.balance(&weigh(at, &bank, id, "1", &lines, "2026-03-31").await), 3840);
    assert_eq!(bank.balance(&weigh(at, &bank, id, "1", &lines, "2026-03-31").await), 3840);
    let other = weigh(at, &bank, id, "1", &[("kardus", "5,0")], "2026-03-31").await;
    assert_eq!(other.refused(), "journal.other_content");
    assert_eq!(saved(&passbook(at, &bank, bank.rini).await), 3840);
} }

story! { a_mistake_is_taken_back_and_both_lines_stay, |at| async {
    let bank = open_bank(at).await;
    let id = EntryId::new();
    weigh(at, &bank, id, "1", &[("kardus", "400")], "2026-03-31").await.done();
    let reversal = bank.path(&format!("entries/{id}/reversal"));
    let one = EntryId::new().to_string();
    let teller = at.as_role(Role::Teller);
    assert_eq!(teller.send(&reversal, &[("id", &one), ("reason", " ")]).await.refused(), "journal.no_reason");
    let reasoned = [("id", one.as_str()), ("reason", "wrong weight")];
    assert_eq!(teller.send(&reversal, &reasoned).await.status, 201);
    assert_eq!(teller.send(&reversal, &reasoned).await.status, 201, "the same form twice");
    let two = EntryId::new().to_string();
    assert_eq!(teller.send(&reversal, &[("id", &two), ("reason", "again")]).await.refused(), "journal.reversed_before");
    let book = passbook(at, &bank, bank.rini).await;
    assert_eq!(saved(&book), 0);
    let lines = book["passbook"]["lines"].as_array().expect("lines");
    assert_eq!(lines.iter().map(|line| line["movement"]["amount"].as_i64().expect("an amount")).collect::<Vec<_>>(), [-384_000, 384_000]);
    let page = teller.get(&bank.path(&format!("members/{}", bank.rini))).await;
    assert!(page.text().contains("class=\"undone\""), "{}", page.seen());
    let entry = teller.get(&bank.path(&format!("entries/{id}"))).await;
    assert!(entry.seen().contains("wrong weight"), "{}", entry.seen());
    // An entry of another bank is not here.
    let other = open_bank(at).await;
    let elsewhere = other.path(&format!("entries/{id}/reversal"));
    assert_eq!(teller.send(&elsewhere, &reasoned).await.refused(), "waste.not_here");
} }

story! { a_bank_and_a_member_with_a_book_are_not_taken_back, |at| async {
    let bank = open_bank(at).await;
    let book = bank.book;
    let (opened, joined) = at
        .read(move |view| {
            let entries = db::sql!("SELECT b.entry, m.entry FROM waste_bank b JOIN waste_member m ON m.bank = b.bank
                 WHERE b.bank = ?1 AND m.number = 1");
            Ok(entries.bind(&book).one::<(EntryId, EntryId)>(view)?)
        })
        .await
        .expect("reads");
    let brought = EntryId::new();
    weigh(at, &bank, brought, "1", &[("kardus", "4")], "2026-03-31").await.done();
    let teller = at.as_role(Role::Teller);
    let take_back = async |entry: EntryId| {
        let fields = [("id", &*EntryId::new().to_string()), ("reason", "a mistake")];
        teller.send(&bank.path(&format!("entries/{entry}/reversal")), &fields).await
    };
    for (entry, refused) in [(opened, "waste.bank_stays"), (joined, "waste.movements_first")] {
        let page = teller.get(&bank.path(&format!("entries/{entry}"))).await;
        assert!(!page.text().contains("/reversal"), "what is refused is not offered: {}", page.seen());
        assert_eq!(take_back(entry).await.refused(), refused);
    }
    take_back(brought).await.done();
    let page = teller.get(&bank.path(&format!("entries/{joined}"))).await;
    assert!(page.text().contains("/reversal"), "{}", page.seen());
    take_back(joined).await.done();
    let members = teller.json(&bank.path("members")).await.done();
    assert!(!members.to_string().contains("Rini"), "{members}");
} }

story! { a_teller_does_not_take_back_what_the_office_set, |at| async {
    let bank = open_bank(at).await;
    let book = bank.book;
    for table in ["waste_sort", "waste_price", "waste_share", "waste_rule"] {
        let set = match table {
            "waste_sort" => db::sql!("SELECT MIN(entry) FROM waste_sort WHERE bank = ?1"),
            "waste_price" => db::sql!("SELECT MIN(entry) FROM waste_price WHERE bank = ?1"),
            "waste_share" => db::sql!("SELECT MIN(entry) FROM waste_share WHERE bank = ?1"),
            _ => db::sql!("SELECT MIN(entry) FROM waste_rule WHERE bank = ?1"),
        };
        let (set,) = at.read(move |view| Ok(set.bind(&book).one::<(EntryId,)>(view)?)).await.expect("reads");
        let page = bank.path(&format!("entries/{set}"));
        let fields = [("id", &*EntryId::new().to_string()), ("reason", "a mistake")];
        let (teller, officer) = (at.as_role(Role::Teller), at.as_role(Role::VillageOfficer));
        assert!(!teller.get(&page).await.text().contains("/reversal"), "{table}: not offered to a teller");
        let refused = teller.send(&format!("{page}/reversal"), &fields).await;
        assert_eq!((refused.status, refused.refused().as_str()), (403, "waste.office_takes_back"), "{table}");
        assert!(officer.get(&page).await.text().contains("/reversal"), "{table}: offered to an officer");
        officer.send(&format!("{page}/reversal"), &fields).await.done();
    }
} }

story! { nobody_brings_or_borrows_before_joining, |at| async {
    let bank = open_bank(at).await;
    let (book, late) = (bank.book, MemberId::new());
    at.write(move |work| {
        let books = Context::operator_permit::<KeepBooks>(&Scope::book(village(), book))?;
        let (holder, opening) = (Holder::Group(GroupId::new()), Rupiah::ZERO);
        let day = day("2026-03-10");
        work.record(&books, &MemberJoined { village: village(), bank: book, member: late, number: 3, holder, day, opening })?;
        Ok(())
    })
    .await
    .expect("joins");
    let teller = at.as_role(Role::Teller);
    let early = weigh(at, &bank, EntryId::new(), "3", &[("kardus", "4")], "2026-03-09").await;
    assert_eq!((early.refused().as_str(), &early.data()["field"]), ("waste.day_before_joining", &"day".into()));
    let advances = bank.path(&format!("members/{late}/advances"));
    let id = EntryId::new().to_string();
    let borrow = |day| [("id", id.as_str()), ("amount", "5000"), ("day", day)];
    assert_eq!(teller.send(&advances, &borrow("2026-03-09")).await.refused(), "waste.day_before_joining");
    teller.send(&advances, &borrow("2026-03-10")).await.done();
    weigh(at, &bank, EntryId::new(), "3", &[("kardus", "4")], "2026-03-10").await.done();
} }

story! { no_price_list_begins_on_a_day_that_is_closed, |at| async {
    let bank = open_bank(at).await;
    let close = [("id", &*EntryId::new().to_string()), ("month", "2026-02")];
    at.as_role(Role::Teller).send(&bank.path("closing/month"), &close).await.done();
    let office = at.as_role(Role::VillageOfficer);
    let id = EntryId::new().to_string();
    let list = |from| [("id", id.as_str()), ("side", "buying"), ("from", from), ("kind", "KARDUS"), ("price", "1300")];
    let refused = office.send(&bank.path("prices"), &list("2026-02-28")).await;
    assert_eq!((refused.refused().as_str(), &refused.data()["field"]), ("waste.begins_closed", &"from".into()));
    assert_eq!(refused.data()["args"]["next"]["day"], "2026-03-01");
    office.send(&bank.path("prices"), &list("2026-03-01")).await.done();
} }

story! { no_share_and_no_rule_of_paying_out_begins_on_a_day_that_is_closed, |at| async {
    let bank = open_bank(at).await;
    let close = [("id", &*EntryId::new().to_string()), ("month", "2026-02")];
    at.as_role(Role::Teller).send(&bank.path("closing/month"), &close).await.done();
    let office = at.as_role(Role::VillageOfficer);
    for (form, place, field) in [
        ("settings/share", "from-0", ("share", "15")),
        ("settings/payout", "from-1", ("kept_min", "1000")),
    ] {
        let (form, id) = (bank.path(form), EntryId::new().to_string());
        let fields = |from| [("id", id.as_str()), ("from", from), field];
        let refused = office.send(&form, &fields("2026-02-28")).await;
        assert_eq!((refused.refused().as_str(), &refused.data()["field"]), ("waste.begins_closed", &"from".into()));
        assert_eq!(refused.data()["args"]["next"]["day"], "2026-03-01");
        let page = office.post(&form, &fields("2026-02-28")).await.text();
        assert!(page.contains(&format!("id=\"{place}-error\"")), "{page}");
        office.send(&form, &fields("2026-03-01")).await.done();
    }
} }

story! { a_form_made_by_a_clock_that_is_days_ahead_is_refused, |at| async {
    let bank = open_bank(at).await;
    let office = at.as_role(Role::VillageOfficer);
    let id_in = |hours: u64| {
        let mut bytes = EntryId::new().to_bytes();
        let made = EntryId::new().made_ms() + hours * 3_600_000;
        bytes[..6].copy_from_slice(&made.to_be_bytes()[2..]);
        EntryId::from_bytes(bytes).to_string()
    };
    let share = async |id: &str| office.send(&bank.path("settings/share"), &[("id", id), ("from", "2026-03-31"), ("share", "15")]).await;
    // The last is the largest id of all: no setting of this day could follow it.
    for ahead in [id_in(25), "7zzzzzzzzzzzzzzzzzzzzzzzzz".to_owned()] {
        assert_eq!(share(&ahead).await.refused(), "web.id_ahead");
        assert_eq!(weigh(at, &bank, ahead.parse().expect("an id"), "1", &[("kardus", "4")], "2026-03-31").await.refused(), "web.id_ahead");
    }
    share(&EntryId::new().to_string()).await.done();
    // Clocks differ by hours, and what waited for a year is no mistake.
    for made in [id_in(23), EntryId::from_bytes([1; 16]).to_string()] {
        weigh(at, &bank, made.parse().expect("an id"), "1", &[("kardus", "4")], "2026-03-31").await.done();
    }
    let page = office.lang(Lang::En).post(&bank.path("settings/share"), &[("id", &id_in(25)), ("from", "2026-03-31"), ("share", "16")]).await;
    assert!(page.status == 422 && page.seen().contains("Set the clock right, then send the form once more."), "{}", page.seen());
} }

story! { a_receipt_says_the_same_balance_for_ever, |at| async {
    let bank = open_bank(at).await;
    let teller = at.as_role(Role::Teller);
    let (first, second) = (EntryId::new(), EntryId::new());
    weigh(at, &bank, first, "1", &[("kardus", "4")], "2026-03-31").await.done();
    weigh(at, &bank, second, "1", &[("kardus", "1")], "2026-03-31").await.done();
    let printed = async |entry: EntryId| {
        let receipt = teller.json(&bank.path(&format!("weigh-ins/{entry}"))).await.done();
        receipt["saved_after"].as_i64().expect("a balance")
    };
    assert_eq!((printed(first).await, printed(second).await), (3840, 4800));
    // Both are taken back, and something is dated earlier.
    for entry in [first, second] {
        let id = EntryId::new().to_string();
        let fields = [("id", id.as_str()), ("reason", "wrong weight")];
        teller.send(&bank.path(&format!("entries/{entry}/reversal")), &fields).await.done();
    }
    weigh(at, &bank, EntryId::new(), "1", &[("kardus", "2")], "2026-03-01").await.done();
    assert_eq!((printed(first).await, printed(second).await), (3840, 4800));
} }

story! { who_set_something_after_somebody_else_is_told_so, |at| async {
    let bank = open_bank(at).await;
    let office = at.as_role(Role::VillageOfficer);
    let prices = |price| vec![("side", "buying"), ("from", "2026-03-31"), ("kind", "KARDUS"), ("kind", "KACA"), ("price", price), ("price", "500")];
    let share = |share| vec![("from", "2026-03-31"), ("kind", "KARDUS"), ("share", share)];
    let rule = |kept| vec![("from", "2026-03-31"), ("kept_min", kept), ("days", "30")];
    let sort = |name| vec![("code", "KARDUS"), ("name_id", name)];
    // One opens a form, another opens it later and saves it earlier.
    for (page, earlier, later) in [
        ("prices", prices("1300"), prices("1400")),
        ("settings/share", share("10"), share("15")),
        ("settings/payout", rule("1000"), rule("2000")),
        ("sorts", sort("Kardus"), sort("Kardus bekas")),
    ] {
        let page = bank.path(page);
        let (first, second, third) = (EntryId::new().to_string(), EntryId::new().to_string(), EntryId::new().to_string());
        let send = async |id: &str, fields: &[(&'static str, &'static str)]| {
            let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("id", id)]).collect();
            office.send(&page, &fields).await
        };
        send(&second, &later).await.done();
        assert_eq!(send(&first, &earlier).await.refused(), "waste.set_meanwhile", "{page}");
        send(&second, &later).await.done();
        send(&third, &earlier).await.done();
    }
    // What was set for another sort or day hides nothing.
    let (first, second) = (EntryId::new().to_string(), EntryId::new().to_string());
    let share = bank.path("settings/share");
    office.send(&share, &[("id", &second), ("from", "2026-03-31"), ("kind", "KACA"), ("share", "5")]).await.done();
    office.send(&share, &[("id", &first), ("from", "2026-03-31"), ("kind", ""), ("share", "25")]).await.done();
} }

story! { money_goes_out_by_the_rules, |at| async {
    let bank = open_bank(at).await;
    weigh(at, &bank, EntryId::new(), "1", &[("kardus", "20")], "2026-03-31").await.done(); // 19,200
    let path = bank.path(&format!("members/{}/withdrawals", bank.rini));
    let teller = at.as_role(Role::Teller);
    let ask = async |amount: &str| {
        let id = EntryId::new().to_string();
        teller.send(&path, &[("id", &id), ("amount", amount)]).await
    };
    assert_eq!(ask("20000").await.refused(), "waste.balance_too_low");
    assert_eq!(ask("19.200").await.refused(), "waste.kept_min");
    assert_eq!(ask("-5000").await.refused(), "waste.nothing_asked");
    assert_eq!(ask("sepuluh").await.refused(), "waste.amount_unreadable");
    assert_eq!(saved(&ask("Rp 14.200").await.done()), 5000);
    // An advance is repaid in waste before anything is saved.
    let advances = bank.path(&format!("members/{}/advances", bank.rini));
    let id = EntryId::new().to_string();
    teller.send(&advances, &[("id", &id), ("amount", "10000")]).await.done();
    let weighed = weigh(at, &bank, EntryId::new(), "1", &[("kardus", "5")], "2026-03-31").await.done(); // 4,800
    assert_eq!((weighed["repaid"].as_i64(), weighed["balances"]["owed"].as_i64()), (Some(4800), Some(5200)));
    assert_eq!(weighed["balances"]["saved"], 5000);
} }

story! { the_partner_sees_cash_and_not_whose_it_was, |at| async {
    let bank = open_bank(at).await;
    weigh(at, &bank, EntryId::new(), "1", &[("kardus", "20")], "2026-03-31").await.done(); // 19,200
    let id = EntryId::new().to_string();
    let fields = [("id", id.as_str()), ("amount", "10000")];
    let path = bank.path(&format!("members/{}/withdrawals", bank.rini));
    at.as_role(Role::Teller).send(&path, &fields).await.done();
    for (role, seen) in [(Role::Teller, true), (Role::PartnerReader, false)] {
        let cash = at.as_role(role).json(&bank.path("cash?from=2026-03-01&to=2026-03-31")).await;
        assert_eq!(cash.status, 200);
        assert_eq!(cash.text().contains(&bank.rini.to_string()), seen, "{role:?}");
    }
    // The same id for another deed is another request, and is refused rather than passed over.
    let advance = bank.path(&format!("members/{}/advances", bank.rini));
    assert_eq!(at.as_role(Role::Teller).send(&advance, &fields).await.refused(), "journal.other_content");
} }

story! { everybody_is_paid_or_nobody, |at| async {
    let bank = open_bank(at).await;
    weigh(at, &bank, EntryId::new(), "1", &[("kardus", "20")], "2026-03-31").await.done(); // 19,200
    weigh(at, &bank, EntryId::new(), "2", &[("kardus", "100")], "2026-03-31").await.done(); // 96,000
    let teller = at.as_role(Role::Teller);
    let payouts = bank.path("payouts");
    let id = EntryId::new().to_string();
    let short = teller.send(&payouts, &[("id", &id), ("day", "2026-03-31")]).await;
    assert_eq!(short.refused(), "waste.cash_too_low", "105,200 are asked of 100,000");
    let id = EntryId::new().to_string();
    let paid = [("id", id.as_str()), ("day", "2026-03-31"), ("most", "50000")];
    assert_eq!(teller.send(&payouts, &paid).await.status, 201);
    assert_eq!(teller.send(&payouts, &paid).await.status, 201, "the same form twice");
    assert_eq!(saved(&passbook(at, &bank, bank.rini).await), 5000);
    assert_eq!(saved(&passbook(at, &bank, bank.joko).await), 46_000);
} }

story! { a_name_is_shown_as_text_and_only_to_those_who_may, |at| async {
    let bank = open_bank(at).await;
    let members = at.as_role(Role::Teller).get(&bank.path("members")).await;
    assert!(members.text().contains("Joko &#60;b&#62;") || members.text().contains("Joko &lt;b&gt;"), "{}", members.text());
    let csv = at.as_role(Role::Teller).get(&format!("{}?as=csv", bank.path("members"))).await.text();
    assert!(csv.contains("Joko <b>"), "{csv}");
    for role in [Role::PartnerReader, Role::Administrator] {
        let answer = at.as_role(role).get(&bank.path("members")).await;
        assert_eq!(answer.status == 200, role == Role::Administrator, "{role:?}");
    }
    let guest = at.guest().get(&bank.path("members")).await;
    assert!(guest.location().starts_with("/sign-in"), "{}", guest.location());
    let found = at.as_role(Role::Teller).json(&bank.path("members/find?find=rin")).await.done();
    assert_eq!((found[0]["number"].as_i64(), found.as_array().map(Vec::len)), (Some(1), Some(1)));
} }

story! { the_partner_sees_that_a_savings_book_is_wrong_and_not_whose, |at| async {
    let bank = open_bank(at).await;
    let (brought, id) = (EntryId::new(), EntryId::new().to_string());
    weigh(at, &bank, brought, "1", &[("kardus", "20")], "2026-03-31").await.done(); // 19,200
    let teller = at.as_role(Role::Teller);
    let path = bank.path(&format!("members/{}/withdrawals", bank.rini));
    teller.send(&path, &[("id", &id), ("amount", "10000")]).await.done();
    let fields = [("id", &*EntryId::new().to_string()), ("reason", "not hers")];
    teller.send(&bank.path(&format!("entries/{brought}/reversal")), &fields).await.done();
    for (role, seen) in [(Role::Teller, true), (Role::PartnerReader, false)] {
        let page = bank.path("");
        let page = page.trim_end_matches('/');
        let reader = at.as_role(role);
        let (told, html) = (reader.json(page).await, reader.get(page).await);
        assert_eq!(told.done()["exceptions"][0]["balance"], 10_000, "{role:?}");
        for answer in [told, html] {
            assert_eq!(answer.text().contains(&bank.rini.to_string()), seen, "{role:?}: {}", answer.text());
        }
    }
} }

story! { waste_is_sold_to_a_collector_whom_the_village_knows, |at| async {
    let bank = open_bank(at).await;
    weigh(at, &bank, EntryId::new(), "1", &[("kardus", "20")], "2026-03-31").await.done();
    let groups = format!("/villages/{}/groups", village());
    let office = at.as_role(Role::VillageOfficer);
    let mut made = Vec::new();
    for (kind, name) in [("collector", "UD Maju"), ("youth", "Karang Taruna")] {
        let fields = [("id", &*EntryId::new().to_string()), ("kind", kind), ("name", name)];
        let group = office.send(&groups, &fields).await.done()["group"].as_str().expect("an id").to_owned();
        made.push(group);
    }
    let (collector, youth, nobody) = (&made[0], &made[1], &GroupId::new().to_string());
    let teller = at.as_role(Role::Teller);
    for (to, refused) in [(nobody, true), (youth, true), (collector, false)] {
        let id = EntryId::new().to_string();
        let sale = [("id", id.as_str()), ("day", "2026-03-31"), ("collector", to), ("sort", "KARDUS"), ("sort", ""), ("weight", "5"), ("weight", ""), ("price", "1500"), ("price", "")];
        let sold = teller.send(&bank.path("sales"), &sale).await;
        match refused {
            true => assert_eq!(sold.refused(), "waste.no_collector", "{to}"),
            false => drop(sold.done()),
        }
    }
} }

story! { a_household_sees_what_its_waste_brought, |at| async {
    let bank = open_bank(at).await;
    let id = EntryId::new();
    weigh(at, &bank, id, "1", &[("kardus", "10"), ("kaca", "2")], "2026-03-31").await.done(); // 9,600 + 800
    weigh(at, &bank, EntryId::new(), "1", &[("kardus", "1")], "2026-02-28").await.done(); // 960
    let income = at.as_role(Role::VillageOfficer).json(&format!("/villages/{}/income", village())).await.done();
    assert_eq!((income["cash"].as_i64(), income["used"].as_i64()), (Some(11_360), Some(0)));
    assert_eq!(income["months"].as_array().map(Vec::len), Some(2));
    let reasoned = [("id", "01m867b5bkeass86yymr39ky16"), ("reason", "wrong member")];
    at.as_role(Role::Teller).send(&bank.path(&format!("entries/{id}/reversal")), &reasoned).await.done();
    let income = at.as_role(Role::PartnerReader).json(&format!("/villages/{}/income", village())).await.done();
    assert_eq!(income["cash"], 960);
    let households = format!("/villages/{}/income/households", village());
    assert_eq!(at.as_role(Role::PartnerReader).get(&households).await.status, 403);
    let list = at.as_role(Role::VillageOfficer).get(&households).await;
    assert!(list.seen().contains("Rini"), "{}", list.seen());
} }

story! { a_year_on_paper_is_imported_once, |at| async {
    let bank = open_bank(at).await;
    let journal = at.site.journal.clone();
    let context = Context::operator(journal::Via::Import, at.now());
    let permit = Context::operator_permit::<KeepBooks>(&Scope::book(village(), bank.book)).expect("a permit");
    let import = async |csv: &str, wrong| {
        let (journal, permit, csv) = (journal.clone(), permit.clone(), csv.as_bytes().to_vec());
        let imported = tokio::task::spawn_blocking(move || {
            let file = (csv.as_slice(), "paper.csv");
            livelihood::waste::import(&journal, context, &permit, file, day("2026-03-31"), wrong, &mut |_, _| {})
        });
        imported.await.expect("runs")
    };
    use people::sheet::Wrong::{BooksNothing, IsLeftOut};
    let good = "tanggal;nomor;jenis;berat\n2026-03-01;1;KARDUS;4,0\n2026-03-01;1;KACA;12\n2026-03-02;2;BOTOL;1,5\n";
    let first = import(good, BooksNothing).await.expect("imports");
    assert_eq!((first.rows, first.booked, first.known), (3, 2, 0), "{:?}", first.problems);
    let again = import(good, BooksNothing).await.expect("imports");
    assert_eq!((again.booked, again.known), (0, 2));
    assert_eq!(saved(&passbook(at, &bank, bank.rini).await), 8640);
    // The same member and day with another weight is not booked beside the first one.
    let changed = format!("{}2026-03-03;2;BOTOL;1\n", good.replace("4,0", "5,0"));
    let other = import(&changed, BooksNothing).await.expect("imports");
    let problems: Vec<_> = other.problems.iter().map(|p| (p.line, p.column.as_str(), p.refused.code)).collect();
    assert_eq!(problems, [(2, "nomor", "waste.weighed_in_before"), (3, "nomor", "waste.weighed_in_before")]);
    assert_eq!((other.booked, other.known, other.left), (0, 1, 1), "nothing beside a clash is booked unasked");
    // What clashes is named; once it is taken back, the file goes in.
    let told = format!("{:?}", other.problems[0].refused.args);
    let entry: EntryId = told.split(r#"("entry", Text(""#).nth(1).and_then(|rest| rest.split('"').next()).expect("it is named").parse().expect("an id");
    let partly = import(&changed, IsLeftOut).await.expect("imports");
    assert_eq!((partly.booked, partly.known, partly.problems.len()), (1, 1, 2));
    let reasoned = [("id", &*EntryId::new().to_string()), ("reason", "wrong weight")];
    at.as_role(Role::Teller).send(&bank.path(&format!("entries/{entry}/reversal")), &reasoned).await.done();
    let mended = import(&changed, BooksNothing).await.expect("imports");
    assert_eq!((mended.booked, mended.known), (1, 2), "{:?}", mended.problems);
    let bad = "\u{feff}Date,Member,Sort,Weight\n2026-03-05,1,KARDUS,0\n2026-03-05,77,KARDUS,1\n31/02/2026,1,KARDUS,1\n2026-03-05,1,EMAS,1\n2026-03-06,1,KARDUS,\"1,5\"\n";
    let refused = import(bad, BooksNothing).await.expect("reads");
    let problems: Vec<_> = refused.problems.iter().map(|problem| (problem.line, problem.column.as_str(), problem.refused.code)).collect();
    assert_eq!(problems, [
        (2, "Weight", "waste.weight_zero"),
        (3, "Member", "waste.unknown_member"),
        (4, "Date", "waste.day_unreadable"),
        (5, "Sort", "waste.unknown_sort"),
    ]);
    assert_eq!(refused.booked, 0, "a file with wrong lines books nothing");
    // A member's day is booked whole or not at all, so that the mended file can be sent.
    let part = import(bad, IsLeftOut).await.expect("imports");
    assert_eq!(part.booked, 1);
    let spoiled = "tanggal;nomor;jenis;berat\n2026-03-07;1;KARDUS;4,0\n2026-03-07;1;KACA;satu\n2026-03-07;2;KACA;1\n";
    let left = import(spoiled, IsLeftOut).await.expect("imports");
    let codes: Vec<_> = left.problems.iter().map(|problem| (problem.line, problem.refused.code)).collect();
    assert_eq!((left.booked, codes), (1, vec![(2, "waste.left_out"), (3, "waste.pieces_unreadable")]));
    let mended = "tanggal;nomor;jenis;berat\n2026-03-07;1;KARDUS;4,0\n2026-03-07;1;KACA;1\n";
    assert_eq!(import(mended, BooksNothing).await.expect("imports").booked, 1);
    let Err(kernel::Stop::Refused(no)) = import("a;b\n1;2\n", BooksNothing).await else { panic!("imported") };
    assert_eq!(no.code, "people.sheet_missing_column");
} }

story! { a_file_that_was_booked_in_part_goes_on_after_a_day_was_closed, |at| async {
    let bank = open_bank(at).await;
    let teller = at.as_role(Role::Teller);
    let look = async |csv: &str| teller.upload(&bank.path("import"), "march.csv", csv.as_bytes(), &[]).await.data();
    let book = async |csv: &str| {
        let token = look(csv).await["token"].as_str().expect("a token").to_owned();
        teller.send(&bank.path("import/rest"), &[("token", &*token)]).await.data()
    };
    let first = "tanggal;nomor;jenis;berat\n2026-02-27;1;KARDUS;4\n";
    assert_eq!(book(first).await["booked"], 1);
    let close = [("id", &*EntryId::new().to_string()), ("month", "2026-02")];
    teller.send(&bank.path("closing/month"), &close).await.done();
    let late = book(&format!("{first}2026-02-27;2;KARDUS;1\n2026-03-02;1;KARDUS;1\n")).await;
    let problem = &late["problems"][0];
    assert_eq!((&late["known"], &late["left"], late["problems"].as_array().map(Vec::len)), (&1.into(), &1.into(), Some(1)), "{late}");
    assert_eq!((&problem["line"], &problem["column"], &problem["refused"]["code"]), (&3.into(), &"tanggal".into(), &"waste.day_closed".into()));
    let rest = book(&format!("{first}2026-03-02;1;KARDUS;1\n")).await;
    assert_eq!((&rest["known"], &rest["booked"]), (&1.into(), &1.into()), "{rest}");
    let changed = look(&first.replace(";4", ";5")).await;
    assert_eq!(changed["problems"][0]["refused"]["code"], "waste.weighed_in_before", "{changed}");
} }

story! { a_file_brings_nothing_of_a_member_before_the_day_of_joining, |at| async {
    let bank = open_bank(at).await;
    let (book, late) = (bank.book, MemberId::new());
    at.write(move |work| {
        let books = Context::operator_permit::<KeepBooks>(&Scope::book(village(), book))?;
        let (holder, opening, day) = (Holder::Group(GroupId::new()), Rupiah::ZERO, day("2026-03-10"));
        work.record(&books, &MemberJoined { village: village(), bank: book, member: late, number: 3, holder, day, opening })?;
        Ok(())
    })
    .await
    .expect("joins");
    let teller = at.as_role(Role::Teller);
    let csv = "tanggal;nomor;jenis;berat\n2026-03-09;3;KARDUS;4\n2026-03-10;3;KARDUS;1\n";
    let looked = teller.upload(&bank.path("import"), "week.csv", csv.as_bytes(), &[]).await.data();
    let problem = &looked["problems"][0];
    assert_eq!((&looked["preview"]["weigh_ins"], looked["problems"].as_array().map(Vec::len)), (&1.into(), Some(1)), "{looked}");
    assert_eq!((&problem["line"], &problem["column"], &problem["refused"]["code"]), (&2.into(), &"tanggal".into(), &"waste.day_before_joining".into()));
} }

story! { a_file_of_weigh_ins_is_looked_at_before_it_is_booked, |at| async {
    let bank = open_bank(at).await;
    let teller = at.as_role(Role::Teller).lang(Lang::En);
    let csv = "tanggal;nomor;jenis;berat\n05/03/2026;1;KARDUS;4,0\n06/03/2026;2;KARDUS;3\n06/03/2026;77;KARDUS;1\n";
    let looked = teller.upload(&bank.path("import"), "week.csv", csv.as_bytes(), &[]).await.data();
    assert_eq!((&looked["preview"]["weigh_ins"], &looked["preview"]["members"]), (&2.into(), &2.into()), "{looked}");
    assert_eq!((&looked["preview"]["first"], &looked["preview"]["last"]), (&"2026-03-05".into(), &"2026-03-06".into()));
    let token = looked["token"].as_str().expect("a token").to_owned();
    assert_eq!(saved(&passbook(at, &bank, bank.rini).await), 0, "looking books nothing");
    let unasked = teller.post(&bank.path("import/rest"), &[("token", &token)]).await;
    assert!(unasked.seen().contains("Book 2 weigh-ins, leave one line out"), "{}", unasked.seen());
    assert_eq!(saved(&passbook(at, &bank, bank.rini).await), 0, "the good lines were not asked for");
    let asked = [("token", &*token), ("only_good", "true")];
    for _ in 0..2 {
        let booked = teller.post(&bank.path("import/rest"), &asked).await;
        assert!(booked.seen().contains("The good lines are in the books; one line is not."), "{}", booked.seen());
        assert_eq!(saved(&passbook(at, &bank, bank.rini).await), 3840);
    }
    let rejects = teller.post(&bank.path("import/rest"), &[("token", &token), ("rejects", "true")]).await;
    assert!(rejects.text().contains("06/03/2026,77,KARDUS,1,"), "{}", rejects.text());
} }

story! { what_happens_while_a_file_is_read_counts_when_it_is_booked, |at| async {
    let bank = open_bank(at).await;
    let (book, rini, joko) = (bank.book, bank.rini, bank.joko);
    let (journal, context) = (at.site.journal.clone(), Context::operator(journal::Via::Import, at.now()));
    let imported = tokio::task::spawn_blocking(move || {
        let scope = Scope::book(village(), book);
        let permit = Context::operator_permit::<KeepBooks>(&scope)?;
        // The file is read and nothing is booked yet: Rini gets an advance, and Joko is not a member after all.
        let meanwhile = || {
            let (advance, reverse) = (permit.clone(), Context::operator_permit::<Reverse>(&scope)?);
            journal.write(context, move |work| {
                let (day, amount) = (day("2026-03-01"), Rupiah::new(4000));
                work.record(&advance, &Advanced { village: village(), bank: book, member: rini, day, amount })?;
                let (joined,) = db::sql!("SELECT entry FROM waste_member WHERE member = ?1").bind(&joko).one::<(EntryId,)>(work)?;
                work.reverse(&reverse, joined, day, "twice on the list")?;
                Ok(())
            })
        };
        let mut progress = |done: u64, _: u64| if done == 0 { meanwhile().expect("writes") };
        let csv = "tanggal;nomor;jenis;berat\n2026-03-02;1;KARDUS;3\n2026-03-03;1;KARDUS;3\n2026-03-03;2;KARDUS;3\n";
        let file = (csv.as_bytes(), "paper.csv");
        let import = |wrong, progress: &mut dyn FnMut(u64, u64)| {
            livelihood::waste::import(&journal, context, &permit, file, day("2026-03-31"), wrong, progress)
        };
        Ok::<_, kernel::Stop>((
            import(people::sheet::Wrong::BooksNothing, &mut progress)?,
            import(people::sheet::Wrong::IsLeftOut, &mut |_, _| {})?,
        ))
    });
    let (nothing, summary) = imported.await.expect("runs").expect("imports");
    assert_eq!((nothing.booked, nothing.left, nothing.problems.len()), (0, 2, 1), "it was not asked for the good lines alone");
    let refused: Vec<_> = summary.problems.iter().map(|problem| (problem.line, problem.refused.code)).collect();
    assert_eq!((summary.booked, refused), (2, vec![(4, "waste.unknown_member")]));
    // 2,880 and 1,120 repay the 4,000; the rest of the second day is saved.
    let balances = passbook(at, &bank, bank.rini).await["passbook"]["balances"].clone();
    assert_eq!((balances["owed"].as_i64(), balances["saved"].as_i64()), (Some(0), Some(1760)));
} }

story! { a_year_of_a_real_sized_bank_comes_to_the_published_figures, |at| async {
    // Delima (Jakarta), 2012: 204 members, Rp24 million credited, about Rp118,000 each; sold three times a month. Prices
    // and share: Kauman (Yogyakarta), 2013.
    let plan = demo::Plan::of_a_year(at.today());
    let journal = at.site.journal.clone();
    let context = Context::operator(journal::Via::Import, at.now());
    let today = at.today();
    let made = tokio::task::spawn_blocking(move || {
        let made = demo::found(&journal, context, plan)?;
        let rows = demo::paper(plan);
        let csv = demo::paper_csv(&rows);
        let file = (csv.as_bytes(), "year.csv");
        let permit = Context::operator_permit::<KeepBooks>(&Scope::book(made.village.clone(), made.bank))?;
        let nothing = people::sheet::Wrong::BooksNothing;
        let summary = livelihood::waste::import(&journal, context, &permit, file, today, nothing, &mut |_, _| {})?;
        Ok::<_, kernel::Stop>((made, rows, summary))
    });
    let (made, rows, summary) = made.await.expect("runs").expect("imports");
    assert_eq!((summary.rows, summary.known, summary.problems.len()), (rows.len(), 0, 0));
    let days: std::collections::BTreeSet<Day> = rows.iter().map(|row| row.day).collect();
    assert_eq!(days.len(), 36, "three days a month");
    let (sums, members) = at
        .read(move |view| {
            let sums = livelihood::waste::book_sums(view, &made.village, made.bank)?;
            Ok((sums, livelihood::waste::members(view, &made.village, made.bank)?.len()))
        })
        .await
        .expect("reads");
    assert_eq!(members, 204);
    assert!((23_999_900..=24_000_000).contains(&sums.owed.count()), "{sums:?}");
    assert_eq!((sums.owed.count() / 204 + 500) / 1000, 118, "thousands of rupiah for a member and year");
} }

story! { an_entry_tells_in_words_what_it_moved_and_moved_back, |at| async {
    let bank = open_bank(at).await;
    let id = EntryId::new();
    weigh(at, &bank, id, "1", &[("kardus", "4")], "2026-03-31").await.done();
    let reasoned = [("id", &*EntryId::new().to_string()), ("reason", "wrong weight")];
    at.as_role(Role::Teller).send(&bank.path(&format!("entries/{id}/reversal")), &reasoned).await.done();
    let page = bank.path(&format!("entries/{id}"));
    for (lang, words, back) in [
        (Lang::En, ["Savings of member 1 · Rini", "Stock of kardus", "Brought in"], "What taking it back on"),
        (Lang::Id, ["Tabungan nasabah 1 · Rini", "Stok kardus", "Sampah masuk"], "Yang berpindah kembali"),
        (Lang::Ko, ["1 · Rini 회원의 저축", "kardus 재고", "반입"], "취소로 되돌린 내역"),
    ] {
        let seen = at.as_role(Role::Teller).lang(lang).get(&page).await.text();
        let (moved, moved_back) = seen.split_once(back).expect("what was moved back stands by itself");
        let moved_back = moved_back.split("<pre>").next().unwrap_or_default();
        for word in words {
            assert!(moved.contains(word) && moved_back.contains(word), "{word}: {seen}");
        }
        assert!(!moved_back.contains("member/") && !moved.contains("stock/"), "{seen}");
    }
} }

story! { an_entry_is_found_by_the_number_on_its_receipt, |at| async {
    let bank = open_bank(at).await;
    let id = EntryId::new();
    weigh(at, &bank, id, "1", &[("kardus", "4")], "2026-03-31").await.done();
    let teller = at.as_role(Role::Teller);
    let typed = id.to_string().to_uppercase();
    let found = teller.get(&bank.path(&format!("entries?number={typed}"))).await;
    assert_eq!(found.location(), bank.path(&format!("entries/{id}")));
    for wrong in ["12345", &EntryId::new().to_string()] {
        assert_eq!(teller.json(&bank.path(&format!("entries?number={wrong}"))).await.refused(), "waste.not_here");
    }
    assert!(teller.get(&bank.path("lines")).await.text().contains("name=\"number\""));
} }

story! { closing_today_warns_and_says_when_work_goes_on, |at| async {
    let bank = open_bank(at).await;
    let teller = at.as_role(Role::Teller);
    let close = bank.path("closing/day");
    let id = EntryId::new().to_string();
    for (on, warns) in [("2026-03-31", true), ("2026-03-30", false)] {
        let page = at.as_role(Role::Teller).lang(Lang::En).post(&close, &[("id", &id), ("day", on), ("cash", "100000")]).await;
        assert_eq!(page.text().contains("is today. Once it is closed"), warns, "{}", page.seen());
    }
    let fields = [("id", id.as_str()), ("day", "2026-03-31"), ("cash", "100000")];
    teller.send(&close, &fields).await.done();
    let late = weigh(at, &bank, EntryId::new(), "1", &[("kardus", "4")], "2026-03-31").await;
    assert_eq!((late.refused().as_str(), &late.data()["args"]["next"]["day"]), ("waste.day_closed", &"2026-04-01".into()));
} }

story! { a_month_that_is_over_is_closed_on_the_page, |at| async {
    let bank = open_bank(at).await;
    let teller = at.as_role(Role::Teller).lang(Lang::En);
    weigh(at, &bank, EntryId::new(), "1", &[("kardus", "4")], "2026-02-27").await.done();
    let page = teller.get(&bank.path("closing")).await.text();
    assert!(page.contains("February 2026") && !page.contains("<option value=\"2026-03\""), "{page}");
    let (close, id) = (bank.path("closing/month"), EntryId::new().to_string());
    // First it is shown what the month closes with; nothing is closed yet.
    let shown = teller.post(&close, &[("id", id.as_str()), ("month", "2026-02")]).await;
    assert!(shown.status == 200 && shown.seen().contains("Rp3,840"), "{}", shown.seen());
    assert!(teller.get(&bank.path("closing")).await.seen().contains("Show what it closes with"));
    let stale = [("id", id.as_str()), ("month", "2026-02"), ("seen", "1")];
    assert_eq!(teller.post(&close, &stale).await.status, 409);
    let fields = |month| [("id", id.as_str()), ("month", month), ("seen", "3840")];
    let closed = teller.post(&close, &fields("2026-02")).await;
    assert!(teller.get(closed.location()).await.text().contains("Closed."));
    // Kept with the month: the cash box, and what is owed to the member who brought cardboard.
    let closings = teller.json(&bank.path("closing")).await.done();
    let kept = &closings["closings"][0];
    assert_eq!((&kept["day"], &kept["kind"]), (&"2026-02-28".into(), &"month".into()));
    assert_eq!((kept["cash_book"].as_i64(), kept["owed"].as_i64()), (Some(100_000), Some(3_840)));
    let late = weigh(at, &bank, EntryId::new(), "1", &[("kardus", "4")], "2026-02-28").await;
    assert_eq!(late.refused(), "waste.day_closed");
    // The counter says so before anything is typed.
    let counter = |day: &str| format!("{}?day={day}", bank.path("counter"));
    assert!(teller.get(&counter("2026-02-28")).await.seen().contains("28 February 2026 is closed"));
    assert!(!teller.get(&counter("2026-03-01")).await.seen().contains("is closed"));
    weigh(at, &bank, EntryId::new(), "1", &[("kardus", "4")], "2026-03-01").await.done();
    // Sent again, it is the same closing; asked for anew, it is refused with the next day.
    teller.post(&close, &fields("2026-02")).await.location();
    let anew = EntryId::new().to_string();
    let twice = teller.send(&close, &[("id", &anew), ("month", "2026-02")]).await;
    assert_eq!((twice.refused().as_str(), &twice.data()["args"]["next"]["day"]), ("waste.closed_before", &"2026-03-01".into()));
} }

story! { the_note_of_cash_that_moved_is_in_the_cash_book, |at| async {
    let bank = open_bank(at).await;
    let id = EntryId::new().to_string();
    let fields = [
        ("id", id.as_str()),
        ("day", "2026-03-31"),
        ("purpose", "transport"),
        ("amount", "5000"),
        ("note", "becak ke pengepul"),
    ];
    at.as_role(Role::Teller).send(&bank.path("cash"), &fields).await.done();
    for (role, seen) in [(Role::Teller, true), (Role::PartnerReader, false)] {
        let page = at.as_role(role).get(&bank.path("cash")).await;
        assert_eq!(page.text().contains("becak ke pengepul"), seen, "{role:?}: {}", page.seen());
    }
} }

story! { what_is_left_to_do_before_weighing_is_ticked_off, |at| async {
    let book = BookId::new();
    at.write(move |work| {
        let set_up = Context::operator_permit::<SetUp>(&Scope::book(village(), book))?;
        let (name, from) = ("Bank Sampah Baru".into(), day("2026-03-01"));
        let opened =
            BankOpened { village: village(), bank: book, name, kind: BankKind::Unit, main: None, day: from };
        work.record(&set_up, &opened)?;
        let share = BasisPoints::new(2000);
        work.record(&set_up, &ShareSet { village: village(), bank: book, from, sort: None, share })?;
        Ok(())
    })
    .await
    .expect("opens");
    let page = format!("/villages/{}/waste/{book}", village());
    let office = at.as_role(Role::VillageOfficer);
    let steps = office.json(&page).await.done()["steps"].clone();
    let done: Vec<(&str, bool)> = steps
        .as_array()
        .expect("steps")
        .iter()
        .map(|step| (step["name"].as_str().expect("a name"), step["done"] == true))
        .collect();
    assert_eq!(done[..4], [("sorts", false), ("prices", false), ("share", true), ("payout", false)]);
    assert_eq!(done.last(), Some(&("members", false)));
    let seen = at.as_role(Role::VillageOfficer).lang(Lang::En).get(&page).await.text();
    assert!(seen.contains("✓ done") && seen.contains("to do"), "{seen}");
    // The bank of the stories lacks nothing but perhaps a teller.
    let bank = open_bank(at).await;
    let steps = office.json(bank.path("").trim_end_matches('/')).await.done()["steps"].clone();
    let open = steps.as_array().expect("steps").iter().filter(|step| step["done"] == false);
    assert!(open.into_iter().all(|step| step["name"] == "teller"), "{steps}");
} }
