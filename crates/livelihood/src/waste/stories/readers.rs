//! Who sees what of a bank.

use kernel::{EntryId, Role};

use super::{open_bank, weigh};
use crate::story;
use crate::world::village;

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
