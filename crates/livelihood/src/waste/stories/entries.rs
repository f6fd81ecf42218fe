//! What was booked is found again, told in words and taken back.

use kernel::{EntryId, Role};
use web::Lang;

use super::{open_bank, passbook, saved, weigh};
use crate::story;

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
