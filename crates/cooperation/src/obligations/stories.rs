//! What the parties of a cooperation owe each other, as an officer keeps it and anybody sees it; on both databases.

use cooperation::demo;
use kernel::{EntryId, Role};
use serde_json::Value;
use web::Lang;

use crate::story;
use crate::world::{Answer, Village};

const DIY: u8 = 1;
const GYEONGBUK: u8 = 2;
const FOUNDATION: u8 = 3;

fn party(key: u8) -> String {
    kernel::PartyId::from_bytes([key; 16]).to_string()
}

fn paper(key: u8) -> String {
    kernel::InstrumentId::from_bytes([key; 16]).to_string()
}

fn cooperation() -> String {
    format!("/regions/34/cooperations/{}", demo::book())
}

async fn enter(at: &Village, path: &str, fields: &[(&str, &str)]) -> (EntryId, Answer) {
    let id = EntryId::new();
    let text = id.to_string();
    let mut all = vec![("id", text.as_str())];
    all.extend_from_slice(fields);
    (id, at.as_role(Role::CooperationOfficer).send(path, &all).await)
}

fn states(data: &Value) -> Vec<&str> {
    let times = data["occurrences"].as_array().expect("occurrences");
    times.iter().filter_map(|it| it["state"].as_str()).collect()
}

story! {
    /// A quarterly report is owed from January on: the first is met late, the second in time, the third is waived.
    a_report_that_comes_again_is_met_late_waived_and_taken_back, |at| async {
        at.write(demo::record).await.expect("recorded");
        let list = format!("{}/obligations", cooperation());
        let (diy, gyeongbuk, memorandum) = (party(DIY), party(GYEONGBUK), paper(7));
        let report = |due: &'static str, until: &'static str| {
            vec![("name_id", "Laporan triwulan"), ("name_ko", "분기 보고서"), ("due", due), ("every_months", "3"), ("until", until)]
        };
        let mut asked = report("2026-01-31", "2026-10-31");
        asked.extend([("debtor", diy.as_str()), ("creditor", gyeongbuk.as_str()), ("paper", &memorandum), ("article", "4")]);
        let (id, set) = enter(at, &list, &asked).await;
        assert_eq!(states(&set.done()), ["late", "due_soon", "open", "open"]);
        let page = format!("{list}/{id}");

        let seen = at.guest().get(&cooperation()).await.seen();
        assert!(seen.contains("One obligation is late, since 31 January 2026, 59 days."), "{seen}");
        let seen = at.guest().lang(Lang::Ko).get(&list).await.seen();
        assert!(seen.contains("분기 보고서") && seen.contains("경상북도"), "{seen}");

        let met = |nth: &'static str, day: &'static str| [("nth", nth), ("day", day), ("shown", "Laporan 1/2026")];
        assert_eq!(enter(at, &format!("{page}/met"), &met("1", "2026-04-01")).await.1.refused(), "obligations.day_ahead");
        let (met_id, answer) = enter(at, &format!("{page}/met"), &met("1", "2026-02-15")).await;
        assert_eq!(states(&answer.done()), ["met_late", "due_soon", "open", "open"]);
        assert_ne!(met_id.to_string(), id.to_string());
        assert_eq!(enter(at, &format!("{page}/met"), &met("1", "2026-02-16")).await.1.refused(), "obligations.met_before");
        assert_eq!(enter(at, &format!("{page}/met"), &met("9", "2026-02-16")).await.1.refused(), "obligations.no_occurrence");
        let mut proven = met("2", "2026-03-30").to_vec();
        let nowhere = EntryId::new().to_string();
        proven.push(("proof", &nowhere));
        assert_eq!(enter(at, &format!("{page}/met"), &proven).await.1.refused(), "obligations.no_proof");
        proven.pop();
        let (_, answer) = enter(at, &format!("{page}/met"), &proven).await;
        let data = answer.done();
        assert_eq!(states(&data), ["met_late", "met", "open", "open"]);
        let second = data["happened"][1]["entry"].as_str().expect("an entry").to_owned();

        let waiver = |by: &str| [("nth", "3".to_owned()), ("by", by.to_owned()), ("reason", "Banjir".to_owned())];
        let ask = waiver(&diy);
        let ask: Vec<_> = ask.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let (_, answer) = enter(at, &format!("{page}/waivers"), &ask).await;
        let data = answer.done();
        assert_eq!(states(&data)[2], "open", "a waiver that nobody consented to counts for nothing");
        let request = data["happened"].as_array().expect("entries").iter().find(|it| it["kind"] == "waiver_asked");
        let request = request.expect("the request")["entry"].as_str().expect("an entry").to_owned();
        let consent = |by: String| vec![("asked", request.clone()), ("by", by), ("shown", "공문 12호".to_owned())];
        for (by, refusal) in [(&diy, "obligations.own_consent"), (&party(FOUNDATION), "obligations.third_party")] {
            let fields = consent(by.clone());
            let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            assert_eq!(enter(at, &format!("{page}/consents"), &fields).await.1.refused(), refusal);
        }
        let fields = consent(gyeongbuk.clone());
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let (_, answer) = enter(at, &format!("{page}/consents"), &fields).await;
        assert_eq!(states(&answer.done()), ["met_late", "met", "waived", "open"]);

        let back = format!("{page}/entries/{second}/reversal");
        assert_eq!(enter(at, &back, &[("reason", "")]).await.1.refused(), "journal.no_reason");
        let (_, answer) = enter(at, &back, &[("reason", "wrong report")]).await;
        assert_eq!(states(&answer.done()), ["met_late", "due_soon", "waived", "open"]);
        let set_entry = at.guest().json(&page).await.data()["entry"].as_str().expect("an entry").to_owned();
        let back = format!("{page}/entries/{set_entry}/reversal");
        assert_eq!(enter(at, &back, &[("reason", "x")]).await.1.refused(), "obligations.something_came");
        let stranger = format!("{page}/entries/{}/reversal", EntryId::new());
        assert_eq!(enter(at, &stranger, &[("reason", "x")]).await.1.refused(), "obligations.no_entry");
        let seen = at.as_role(Role::CooperationOfficer).get(&page).await.seen();
        assert!(seen.contains("Laporan triwulan") && seen.contains("waived"), "{seen}");
    }
}

story! {
    /// Nobody outside of the cooperation owes, nothing is due before its paper, and only the officer writes.
    what_cannot_be_owed_is_refused, |at| async {
        at.write(demo::record).await.expect("recorded");
        let list = format!("{}/obligations", cooperation());
        let (diy, gyeongbuk, stranger, memorandum) = (party(DIY), party(GYEONGBUK), party(99), paper(7));
        let base = |debtor: &str| {
            vec![("name_id", "Rapat".to_owned()), ("debtor", debtor.to_owned()), ("creditor", gyeongbuk.clone()), ("paper", memorandum.clone())]
        };
        for (debtor, more, refusal) in [
            (&diy, vec![("due", "2025-04-30")], "obligations.before_paper"),
            (&diy, vec![("due", "2026-05-02"), ("until", "2026-05-01")], "obligations.ends_before"),
            (&diy, vec![("due", "2026-05-02"), ("every_months", "3")], "obligations.no_span"),
            (&diy, vec![("due", "2026-05-02"), ("every_months", "0"), ("until", "2027-01-01")], "obligations.too_often"),
            (&gyeongbuk, vec![], "obligations.same_party"),
            (&stranger, vec![], "obligations.not_in_cooperation"),
        ] {
            let fields = base(debtor);
            let mut fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            fields.extend(more);
            assert_eq!(enter(at, &list, &fields).await.1.refused(), refusal);
        }
        let id = EntryId::new().to_string();
        for role in [Role::Teller, Role::VillageOfficer, Role::PartnerReader] {
            let answer = at.as_role(role).send(&list, &[("id", &id), ("name_id", "x")]).await;
            assert_eq!(answer.refused(), "web.not_yours", "{role:?}");
        }
        let missing = at.guest().json(&format!("{list}/{id}")).await;
        assert_eq!(missing.refused(), "obligations.no_obligation");
    }
}

story! {
    /// What is published stands with its source and without a day; what is made up says so. The list is filtered and filed.
    the_list_is_filtered_by_state_and_party, |at| async {
        at.write(demo::record).await.expect("recorded");
        let list = format!("{}/obligations", cooperation());
        let total = async |query: &str| at.guest().json(&format!("{list}?{query}")).await.data()["total"].as_i64();
        assert_eq!(total("").await, Some(3));
        assert_eq!(total(&format!("party={}", party(FOUNDATION))).await, Some(2));
        assert_eq!(total("state=open").await, Some(3));
        assert_eq!(total("state=late").await, Some(0));
        at.go_to("2026-08-01");
        assert_eq!(total("state=late").await, Some(1));
        let csv = at.guest().get(&format!("{list}?state=late&as=csv")).await.text();
        assert!(csv.contains("Half-yearly report") && csv.contains("2026-06-30"), "{csv}");
        let made_up = kernel::ObligationId::from_bytes([3; 16]);
        let seen = at.guest().get(&format!("{list}/{made_up}")).await.seen();
        assert!(seen.contains("Synthetic") && seen.contains("met late"), "{seen}");
        let nothing = at.guest().get(&format!("{list}?state=waived")).await.seen();
        assert!(nothing.contains("One obligation is late, since 30 June 2026, 32 days."), "{nothing}");
    }
}
