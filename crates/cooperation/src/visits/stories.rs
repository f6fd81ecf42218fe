//! Who visited whom, as an officer enters it and anybody sees it; on both databases.

use cooperation::demo;
use kernel::{EntryId, Role};
use web::Lang;

use crate::story;
use crate::world::{Answer, Village};

fn party(key: u8) -> String {
    kernel::PartyId::from_bytes([key; 16]).to_string()
}

async fn enter(at: &Village, path: &str, fields: &[(&str, &str)]) -> (EntryId, Answer) {
    let id = EntryId::new();
    let text = id.to_string();
    let mut all = vec![("id", text.as_str())];
    all.extend_from_slice(fields);
    (id, at.as_role(Role::CooperationOfficer).send(path, &all).await)
}

story! {
    /// The officer enters a delegation, mistakes are refused, and one that was entered twice is taken back.
    a_delegation_is_entered_and_taken_back, |at| async {
        at.write(demo::record).await.expect("recorded");
        let cooperation = format!("/regions/34/cooperations/{}", demo::book());
        let visits = format!("{cooperation}/visits");
        let (diy, gyeongbuk, stranger) = (party(1), party(2), party(99));
        let base = |guest: &str, more: &[(&'static str, &'static str)]| {
            let mut fields = vec![("kind", "delegation".to_owned()), ("guest", guest.to_owned()), ("host", gyeongbuk.clone())];
            for (name, value) in [("from", "2026-03-02"), ("to", "2026-03-05"), ("purpose_id", "Belajar jamur"), ("people", "12"), ("women", "5")] {
                if !more.iter().any(|(other, _)| *other == name) {
                    fields.push((name, value.to_owned()));
                }
            }
            fields.extend(more.iter().map(|(name, value)| (*name, (*value).to_owned())));
            fields
        };
        for (guest, more, refusal) in [
            (&stranger, &[][..], "visits.not_in_cooperation"),
            (&gyeongbuk, &[], "visits.same_party"),
            (&diy, &[("from", "2026-05-01"), ("to", "2026-05-01")], "visits.day_ahead"),
            (&diy, &[("to", "2026-03-01")], "visits.ends_before"),
            (&diy, &[("to", "2027-03-01")], "visits.too_many_days"),
            (&diy, &[("women", "13")], "visits.women_wrong"),
            (&diy, &[("people", "0"), ("women", "0")], "visits.people_wrong"),
            (&diy, &[("purpose_id", " ")], "visits.no_purpose"),
        ] {
            let fields = base(guest, more);
            let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            assert_eq!(enter(at, &visits, &fields).await.1.refused(), refusal);
        }
        let fields = base(&diy, &[("purpose_ko", "버섯 재배 연수"), ("location", "경산")]);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let (id, entered) = enter(at, &visits, &fields).await;
        assert_eq!(entered.done()["people"], 12);
        let page = format!("{visits}/{id}");
        let seen = at.guest().lang(Lang::Ko).get(&page).await.seen();
        assert!(seen.contains("버섯 재배 연수") && seen.contains("욕야카르타 특별주"), "{seen}");
        let seen = at.guest().get(&cooperation).await.seen();
        assert!(seen.contains("7 visits, the last on 5 March 2026, 26 days ago."), "{seen}");

        let (_, refused) = enter(at, &format!("{page}/reversal"), &[("reason", " ")]).await;
        assert_eq!(refused.refused(), "journal.no_reason");
        enter(at, &format!("{page}/reversal"), &[("reason", "entered twice")]).await.1.done();
        let (_, again) = enter(at, &format!("{page}/reversal"), &[("reason", "entered twice")]).await;
        assert_eq!(again.refused(), "journal.reversed_before");
        let seen = at.guest().get(&cooperation).await.seen();
        assert!(seen.contains("6 visits, the last on 5 May 2025"), "{seen}");
        let missing = at.guest().json(&format!("{visits}/{}", EntryId::new())).await;
        assert_eq!(missing.refused(), "visits.no_visit");
        let id = EntryId::new().to_string();
        let fields = [("id", id.as_str()), ("kind", "visit"), ("from", "2026-03-02"), ("guest", &diy), ("host", &gyeongbuk)];
        assert_eq!(at.as_role(Role::PartnerReader).send(&visits, &fields).await.refused(), "web.not_yours");
    }
}

story! {
    /// The visits that were published stand with their days and sources, the latest first.
    the_published_visits_have_their_sources, |at| async {
        at.write(demo::record).await.expect("recorded");
        let visits = format!("/regions/34/cooperations/{}/visits", demo::book());
        let data = at.guest().json(&visits).await.data();
        let rows = data["rows"].as_array().expect("rows");
        let days: Vec<&str> = rows.iter().filter_map(|row| row["from"].as_str()).collect();
        assert_eq!(days, ["2025-05-03", "2023-08-05", "2022-11-22", "2019-06-28", "2017-03-24", "2015-08-31"]);
        assert!(rows.iter().all(|row| row["source"].as_str().is_some_and(|source| !source.is_empty())));
        let csv = at.guest().get(&format!("{visits}?as=csv")).await.text();
        assert!(csv.contains("Audience with the governor") && csv.contains("2019-06-29"), "{csv}");
    }
}
