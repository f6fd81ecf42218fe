//! What an office sets before a bank can weigh, and again later.

use journal::Context;
use kernel::{BasisPoints, BookId, EntryId, Role, Scope};
use livelihood::waste::{BankKind, BankOpened, SetUp, ShareSet};
use web::Lang;

use super::{day, open_bank};
use crate::story;
use crate::world::village;

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
