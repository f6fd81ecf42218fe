//! What people do at a waste bank and then see, through HTTP, on both databases; a file for each chapter. Here stands
//! the bank that all of them meet.

mod counter;
mod entries;
mod import;
mod office;
mod readers;
mod setting_up;

use journal::Context;
use kernel::{BasisPoints, BookId, Day, EntryId, HouseholdId, MemberId, Names, Role, Rupiah, Scope};
use livelihood::waste::{
    BankKind, BankOpened, CashMoved, Holder, KeepBooks, MemberJoined, PayoutRuleSet, PricesSet, Purpose,
    SetUp, ShareSet, Side, SortNamed, SortPrice, demo,
};
use people::households::{KeepHouseholds, NewHousehold, register};
use people::places::{HamletNamed, NamePlaces};
use serde_json::Value;

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
