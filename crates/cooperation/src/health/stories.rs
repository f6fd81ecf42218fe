//! Whether a cooperation lives, as anybody sees it and an officer sets the rules for it; on both databases.

use cooperation::demo;
use kernel::{EntryId, Role};
use web::Lang;

use crate::story;
use crate::world::{Answer, Village};

const REGION: &str = "/regions/34/health";

async fn enter(at: &Village, path: &str, fields: &[(&str, &str)]) -> Answer {
    let id = EntryId::new().to_string();
    let mut all = vec![("id", id.as_str())];
    all.extend_from_slice(fields);
    at.as_role(Role::CooperationOfficer).send(path, &all).await
}

fn rules<'f>(more: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let mut all = vec![
        ("from", "2026-03-31"),
        ("silent_days", "365"),
        ("start_days", "730"),
        ("dynamic_percent", "75"),
        ("visits_wanted", "2"),
        ("source", "Pergub 91/2012"),
    ];
    let weights = [
        "stages",
        "obligations",
        "freshness",
        "papers",
        "visits",
        "leaders",
        "meetings",
        "participation",
        "money",
    ];
    all.extend(weights.map(|weight| (weight, "10")));
    all.retain(|(name, _)| more.iter().all(|(other, _)| other != name));
    all.extend_from_slice(more);
    all
}

story! {
    /// The published record of Yogyakarta and Gyeongsangbuk-do between 2021 and 2025: asleep for most of it, woken twice.
    the_sleep_between_2021_and_2025_is_shown_for_what_it_is, |at| async {
        at.write(demo::record).await.expect("recorded");
        let page = format!("/regions/34/cooperations/{}/health", demo::book());
        let data = at.guest().json(&page).await.data();
        let history: Vec<String> = data["history"]
            .as_array()
            .expect("a history")
            .iter()
            .map(|span| format!("{} {} {}", span["from"].as_str().unwrap_or_default(), span["to"].as_str().unwrap_or_default(), span["state"].as_str().unwrap_or_default()))
            .filter(|span| span.as_str() > "2020-07")
            .collect();
        assert_eq!(
            history,
            [
                "2021-06-30 2022-06-30 effective",
                "2022-07-01 2022-11-21 sleeping",
                "2022-11-22 2023-08-04 effective",
                "2023-08-05 2024-08-04 dynamic",
                "2024-08-05 2025-05-04 sleeping",
                "2025-05-05 2025-08-04 dynamic",
                "2025-08-05 2026-03-31 effective",
            ]
        );
        let seen = at.guest().get(&page).await.seen();
        assert!(seen.contains("Not recorded here yet, so it is not counted.") && seen.contains("5 August 2024"), "{seen}");
        let seen = at.guest().lang(Lang::Ko).get(&page).await.seen();
        assert!(seen.contains("휴면") && seen.contains("이 협력은 살아 있습니까?"), "{seen}");
        let seen = at.guest().get(&format!("/regions/34/cooperations/{}", demo::book())).await.seen();
        assert!(seen.contains("Is this cooperation alive?") && seen.contains("Since 5 August 2025"), "{seen}");
    }
}

story! {
    /// The province sets its own rules from a day on; the days before keep theirs.
    a_province_sets_rules_from_a_day_on, |at| async {
        at.write(demo::record).await.expect("recorded");
        for (more, refusal) in [
            (("silent_days", "10"), "health.number_wrong"),
            (("money", "101"), "health.number_wrong"),
            (("from", "2026-03-30"), "health.day_past"),
            (("source", " "), "health.no_source"),
        ] {
            assert_eq!(enter(at, &format!("{REGION}/rules"), &rules(&[more])).await.refused(), refusal);
        }
        let weightless = ["stages", "obligations", "freshness", "papers", "visits", "leaders", "meetings", "participation", "money"];
        let weightless: Vec<_> = weightless.iter().map(|weight| (*weight, "0")).collect();
        assert_eq!(enter(at, &format!("{REGION}/rules"), &rules(&weightless)).await.refused(), "health.no_weight");
        enter(at, &format!("{REGION}/rules"), &rules(&[("silent_days", "60")])).await.done();
        let page = format!("/regions/34/cooperations/{}/health", demo::book());
        let data = at.guest().json(&page).await.data();
        let last = |n: usize| data["history"].as_array().and_then(|all| all.iter().rev().nth(n)).expect("a span").clone();
        assert_eq!((last(0)["state"].as_str(), last(0)["from"].as_str()), (Some("sleeping"), Some("2026-03-31")));
        assert_eq!((last(1)["state"].as_str(), last(1)["to"].as_str()), (Some("effective"), Some("2026-03-30")));
        assert_eq!(data["why"]["name"], "silent");
        let seen = at.guest().get(REGION).await.seen();
        assert!(seen.contains("From 31 March 2026 on") && seen.contains("Sleeping after 60 days"), "{seen}");
        let id = EntryId::new().to_string();
        let mut fields = rules(&[]);
        fields.push(("id", &id));
        assert_eq!(at.as_role(Role::PartnerReader).send(&format!("{REGION}/rules"), &fields).await.refused(), "web.not_yours");
    }
}

story! {
    /// The head of a party changes: the signal says so for a year, with who said it.
    a_change_of_leaders_is_a_signal, |at| async {
        at.write(demo::record).await.expect("recorded");
        let leaders = format!("{REGION}/leaders");
        let (party, stranger) = (kernel::PartyId::from_bytes([2; 16]).to_string(), EntryId::new().to_string());
        let base = |more: &[(&'static str, &str)]| -> Vec<(&'static str, String)> {
            let fields = [("party", party.as_str()), ("name", "Contoh A"), ("office", "Gubernur"), ("since", "2018-07-01"), ("source", "contoh")];
            let pick = |(name, value): (&'static str, &str)| {
                let value = more.iter().find(|(other, _)| *other == name).map_or(value, |(_, value)| value);
                (name, value.to_owned())
            };
            fields.into_iter().map(pick).collect()
        };
        let long = "x".repeat(301);
        for (more, refusal) in [
            (("party", stranger.as_str()), "health.no_party"),
            (("name", " "), "health.no_name"),
            (("source", ""), "health.no_source"),
            (("office", long.as_str()), "health.too_long"),
            (("since", "2027"), "health.day_ahead"),
            (("since", "besok"), "web.date_wrong"),
        ] {
            let fields = base(&[more]);
            let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            assert_eq!(enter(at, &leaders, &fields).await.refused(), refusal);
        }
        let page = format!("/regions/34/cooperations/{}/health", demo::book());
        for (more, reason) in [(("since", "2018-07-01"), "leader_same"), (("since", "2026-03-01"), "leader_new")] {
            let fields = base(&[more]);
            let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            enter(at, &leaders, &fields).await.done();
            let data = at.guest().json(&page).await.data();
            let signal = data["signals"].as_array().and_then(|all| all.iter().find(|it| it["kind"] == "leaders")).expect("the signal").clone();
            assert_eq!(signal["reason"]["name"], reason);
        }
        assert!(at.guest().get(REGION).await.seen().contains("Contoh A, Gubernur"));
    }
}

story! {
    /// Other published cooperations: one that stopped at its memorandum, one asleep since its letter, one of which no day is known.
    the_dormant_cooperations_are_shown_as_the_record_has_them, |at| async {
        at.write(demo::record).await.expect("recorded");
        at.write(demo::portfolio::record).await.expect("recorded");
        for (region, book, state, why, since) in [
            ("34", demo::portfolio::gangwon(), "sleeping", "silent", "2009-09-02"),
            ("34", demo::portfolio::kyoto(), "not_implemented", "nothing", "1985-01-01"),
            ("33", demo::portfolio::beihai(), "not_implemented", "papers_only", "2011-01-01"),
        ] {
            let page = format!("/regions/{region}/cooperations/{book}/health");
            let data = at.guest().json(&page).await.data();
            let last = data["history"].as_array().and_then(|all| all.last()).expect("a span").clone();
            assert_eq!((&data["state"], &data["why"]["name"], &last["from"]), (&state.into(), &why.into(), &since.into()));
        }
        let seen = at.guest().get("/regions/34/cooperations").await.seen();
        assert!(seen.contains("3 cooperations: 0 dynamic, 1 effective, 1 sleeping, 1 not implemented."), "{seen}");
        let seen = at.guest().get("/regions/33/cooperations").await.seen();
        assert!(seen.contains("Semarang – Beihai") && seen.contains("City of Beihai"), "{seen}");
    }
}
