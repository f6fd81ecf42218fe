//! What is done when the queue has gone: selling, cash, closing.

use kernel::{EntryId, GroupId, Role};
use web::Lang;

use super::{open_bank, weigh};
use crate::story;
use crate::world::village;

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

story! { closing_today_warns_and_says_when_work_goes_on, |at| async {
    let bank = open_bank(at).await;
    let teller = at.as_role(Role::Teller);
    let close = bank.path("closing/day");
    let before = EntryId::new();
    weigh(at, &bank, before, "1", &[("kardus", "4")], "2026-03-31").await.done();
    let id = EntryId::new().to_string();
    for (on, warns) in [("2026-03-31", true), ("2026-03-30", false)] {
        let page = at.as_role(Role::Teller).lang(Lang::En).post(&close, &[("id", &id), ("day", on), ("cash", "100000")]).await;
        assert_eq!(page.text().contains("is today. Once it is closed"), warns, "{}", page.seen());
    }
    let fields = [("id", id.as_str()), ("day", "2026-03-31"), ("cash", "100000")];
    teller.send(&close, &fields).await.done();
    // The page of an entry says why it cannot be taken back today, and shows what was weighed as a table.
    let page = at.as_role(Role::Teller).lang(Lang::En).get(&bank.path(&format!("entries/{before}"))).await.seen();
    let why = "It cannot be taken back now. 31 March 2026 is closed. Book it, or take it back, on 1 April 2026 or later.";
    assert!(page.contains(why) && page.contains("What was weighed in"), "{page}");
    let page = at.as_role(Role::Auditor).lang(Lang::En).get(&bank.path(&format!("entries/{before}"))).await.seen();
    assert!(page.contains("What was weighed in") && !page.contains("It cannot be taken back now"), "{page}");
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
    // Sent again, it is the same closing; asked for anew, it is refused.
    teller.post(&close, &fields("2026-02")).await.location();
    let anew = EntryId::new().to_string();
    let twice = teller.send(&close, &[("id", &anew), ("month", "2026-02")]).await;
    assert_eq!(twice.refused(), "waste.month_closed_before");
} }

story! { a_month_is_closed_after_a_day_of_the_next_one, |at| async {
    let bank = open_bank(at).await;
    let teller = at.as_role(Role::Teller).lang(Lang::En);
    weigh(at, &bank, EntryId::new(), "1", &[("kardus", "4")], "2026-02-27").await.done();
    let send = async |page: &str, fields: &[(&str, &str)]| {
        let id = EntryId::new().to_string();
        teller.send(&bank.path(page), &[&[("id", id.as_str())], fields].concat()).await
    };
    send("closing/month", &[("month", "2026-01")]).await.done();
    send("closing/day", &[("day", "2026-03-20"), ("cash", "100000")]).await.done();
    weigh(at, &bank, EntryId::new(), "1", &[("kardus", "4")], "2026-03-31").await.done();
    // February lies before the closed day, is named as the next one, and closes with what it ended with.
    let page = teller.get(&bank.path("closing")).await;
    assert!(page.seen().contains("February 2026 is not closed yet. Close February 2026"), "{}", page.seen());
    assert!(page.text().contains("<option value=\"2026-02\""), "{}", page.seen());
    let closed = send("closing/month", &[("month", "2026-02")]).await.done();
    assert_eq!((&closed["day"], closed["owed"].as_i64()), (&"2026-02-28".into(), Some(3840)));
    let page = teller.get(&bank.path("closing")).await.seen();
    assert!(page.contains("Every month that is over is closed.") && page.contains("until 20 March 2026"), "{page}");
} }
