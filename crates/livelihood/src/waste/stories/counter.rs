//! What a teller does while members wait: weighing in, paying out, lending.

use journal::Context;
use kernel::{EntryId, GroupId, MemberId, Role, Rupiah, Scope};
use livelihood::waste::{Holder, KeepBooks, MemberJoined};
use web::Lang;

use super::{day, open_bank, passbook, saved, weigh};
use crate::story;
use crate::world::village;

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

story! { money_goes_out_by_the_rules, |at| async {
    let bank = open_bank(at).await;
    weigh(at, &bank, EntryId::new(), "1", &[("kardus", "20")], "2026-03-31").await.done(); // 19,200
    let path = bank.path(&format!("members/{}/withdrawals", bank.rini));
    let teller = at.as_role(Role::Teller);
    let ask = async |amount: &str| {
        let id = EntryId::new().to_string();
        teller.send(&path, &[("id", &id), ("amount", amount)]).await
    };
    // What is named is what can be had: nobody is refused twice.
    let too_much = ask("20000").await;
    assert_eq!(too_much.refused(), "waste.kept_min");
    assert!(too_much.data()["args"]["most"].to_string().contains("14200"), "{}", too_much.text());
    assert_eq!(ask("19.200").await.refused(), "waste.kept_min");
    assert_eq!(ask("-5000").await.refused(), "waste.nothing_asked");
    assert_eq!(ask("sepuluh").await.refused(), "waste.amount_unreadable");
    let id = EntryId::new().to_string();
    let teller = teller.lang(Lang::En);
    let went = teller.post(&path, &[("id", &id), ("amount", "Rp 14.200")]).await;
    // The next page says how much, and leads to the slip and to taking it back.
    let page = teller.get(went.location()).await;
    assert!(page.seen().contains("Rp14,200 was paid out. Balance Rp5,000."), "{}", page.seen());
    assert!(page.text().contains(&bank.path(&format!("entries/{id}"))), "{}", page.seen());
    let slip = bank.path(&format!("payments/{id}"));
    assert!(page.text().contains(&slip), "{}", page.seen());
    let printed = teller.get(&format!("{slip}?paper=thermal")).await;
    for line in ["Rp14,200", "Rp5,000", "Rini", &id] {
        assert!(printed.seen().contains(line), "{line}: {}", printed.seen());
    }
    // An advance is repaid in waste before anything is saved.
    let advances = bank.path(&format!("members/{}/advances", bank.rini));
    let id = EntryId::new().to_string();
    teller.send(&advances, &[("id", &id), ("amount", "10000")]).await.done();
    let weighed = weigh(at, &bank, EntryId::new(), "1", &[("kardus", "5")], "2026-03-31").await.done(); // 4,800
    assert_eq!((weighed["repaid"].as_i64(), weighed["balances"]["owed"].as_i64()), (Some(4800), Some(5200)));
    assert_eq!(weighed["balances"]["saved"], 5000);
    // The savings book shows what is owed after each line, and what repaid it; never "Rp0 weighed in".
    let last = EntryId::new();
    weigh(at, &bank, last, "1", &[("kardus", "10")], "2026-03-31").await.done(); // 9,600
    let counter = at.as_role(Role::Teller).lang(Lang::En).get(&bank.path(&format!("counter?booked={last}"))).await;
    let said = "Rini: Rp9,600 booked, Rp5,200 of it repaid the advance. Balance Rp9,400.";
    assert!(counter.seen().contains(said), "{}", counter.seen());
    let kept = passbook(at, &bank, bank.rini).await;
    let owed = |n: usize| kept["passbook"]["lines"][n]["advance"].as_i64().expect("what is owed");
    assert_eq!((owed(0), owed(1), owed(2), owed(3)), (0, 5200, 10_000, 0));
    let page = at.as_role(Role::Teller).lang(Lang::En).get(&bank.path(&format!("members/{}", bank.rini))).await.seen();
    for line in ["Weighed in Rp9,600; Rp5,200 of it repaid the advance", "Weighed in Rp4,800; Rp4,800 of it repaid the advance", "Advance Rp10,000"] {
        assert!(page.contains(line), "{line}: {page}");
    }
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
    // The list to sign is kept, and is found again from the page of payouts and from the cash book.
    let list = bank.path(&format!("payouts/{id}"));
    let kept = teller.json(&list).await.done();
    assert_eq!((kept["count"].as_i64(), kept["total"].as_i64()), (Some(2), Some(64_200)));
    let english = at.as_role(Role::Auditor).lang(Lang::En);
    let page = english.get(&list).await.seen();
    assert!(page.contains("Rini") && page.contains("Rp50,000") && page.contains("Signature"), "{page}");
    let teller = teller.lang(Lang::En);
    assert!(teller.get(&payouts).await.text().contains(&list), "the page of payouts leads to it");
    let book = english.get(&bank.path("cash?from=2026-03-31&to=2026-03-31")).await;
    assert!(book.text().contains(&list) && book.seen().contains("1 · Rini"), "{}", book.seen());
    let partner = at.as_role(Role::PartnerReader).get(&bank.path("cash?from=2026-03-31&to=2026-03-31")).await;
    assert!(!partner.text().contains("Rini") && !partner.text().contains(&list), "{}", partner.seen());
    // Taken back for one, it is struck out and no longer counted.
    let rini = kept["members"][0]["entry"].as_str().expect("an entry").to_owned();
    let again = EntryId::new().to_string();
    teller.send(&bank.path(&format!("entries/{rini}/reversal")), &[("id", &again), ("reason", "not there")]).await.done();
    assert_eq!(teller.json(&list).await.done()["count"].as_i64(), Some(1));
    assert_eq!(teller.json(&bank.path("payouts/nothing")).await.refused(), "waste.not_here");
} }
