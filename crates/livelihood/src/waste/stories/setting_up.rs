//! What an office sets before a bank can weigh, and again later.

use journal::Context;
use kernel::{BasisPoints, BookId, EntryId, Role, Scope};
use livelihood::waste::{BankKind, BankOpened, SetUp, ShareSet};
use web::Lang;

use super::{day, open_bank, weigh};
use crate::story;
use crate::world::village;

story! { a_bank_is_not_opened_in_the_year_one, |at| async {
    let office = at.as_role(Role::VillageOfficer).lang(Lang::En);
    let open = async |from: &str| {
        let id = EntryId::new().to_string();
        let fields = [("id", id.as_str()), ("name", "Bank Sampah Lama"), ("kind", "unit"), ("day", from)];
        office.post(&format!("/villages/{}/waste", village()), &fields).await
    };
    let page = open("0001-01-01").await;
    assert!(page.status == 422 && page.seen().contains("Give the day on which this one began"), "{}", page.seen());
    assert_eq!(open("1990-01-01").await.status, 303);
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

story! { a_setting_that_is_ahead_of_its_time_can_be_taken_back, |at| async {
    let bank = open_bank(at).await;
    let office = at.as_role(Role::VillageOfficer).lang(Lang::En);
    let share = bank.path("settings/share");
    let now = EntryId::new();
    // The clock of the telephone that made the form was twenty hours ahead.
    let mut bytes = now.to_bytes();
    bytes[..6].copy_from_slice(&(now.made_ms() + 20 * 3_600_000).to_be_bytes()[2..]);
    let ahead = EntryId::from_bytes(bytes);
    let set = async |id: EntryId| {
        let id = id.to_string();
        office.post(&share, &[("id", id.as_str()), ("from", "2026-03-31"), ("share", "15")]).await
    };
    assert_eq!(set(ahead).await.status, 303);
    let page = set(EntryId::new()).await;
    let link = bank.path(&format!("entries/{ahead}"));
    assert!(page.status == 409 && page.text().contains(&format!("href=\"{link}\"")), "no way to the entry");
    assert_eq!(at.as_role(Role::Teller).get(&link).await.status, 200);
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

story! { a_share_that_begins_later_stands_in_the_open, |at| async {
    let bank = open_bank(at).await;
    let office = at.as_role(Role::VillageOfficer).lang(Lang::En);
    let set = async |page: &str, fields: &[(&str, &str)]| {
        let id = EntryId::new().to_string();
        office.send(&bank.path(page), &[&[("id", id.as_str())], fields].concat()).await.done()
    };
    for share in ["30", "22.5"] {
        set("settings/share", &[("from", "2026-05-01"), ("kind", ""), ("share", share)]).await;
    }
    set("settings/payout", &[("from", "2026-06-01"), ("kept_min", "7000"), ("days", "10")]).await;
    let page = office.get(&bank.path("settings")).await.seen().replace('\n', " ");
    let open = page.split("What held before").next().expect("the page before the fold");
    assert!(open.contains("From 1 May 2026: 22.5%") && !open.contains("30%"), "{open}");
    assert!(page.contains("From 1 June 2026 to come Rp7,000 · 10 days"), "{page}");
} }
