use kernel::{EntryId, Role};

use super::{called, enter};
use crate::story;
use crate::world::{VILLAGE, Village};

async fn household(at: &Village, head: &str) -> String {
    let fields = [("head", head), ("hamlet", "Padukuhan 3")];
    let (_, answer) =
        enter(at, Role::VillageOfficer, &format!("/villages/{VILLAGE}/households"), &fields).await;
    let data = answer.done();
    format!("household:{}", data["household"].as_str().expect("an id"))
}

story! {
    /// The carik counts heads without a name, records one household that stands for another, and sees whether enough came.
    who_came_is_counted_and_the_quorum_shows_its_arithmetic, |at| async {
        let page = called(at, "Muskal", "2026-03-31").await;
        let counts = [
            ("age", "adult"), ("disability", "untold"),
            ("element", "council"), ("women", "3"), ("men", "6"), ("untold", ""),
            ("element", "women_farmers"), ("women", "9"), ("men", ""), ("untold", "2"),
        ];
        let (_, answer) = enter(at, Role::VillageOfficer, &format!("{page}/attendance/counts"), &counts).await;
        assert_eq!(answer.done()["attendance"]["present"], 20);
        let seen = at.guest().get(&page).await.seen();
        assert!(seen.contains("20 came: 12 women, 6 men, 2 of whom it was not asked."), "{seen}");
        assert!(seen.contains("How many are entitled to come is not recorded"), "{seen}");
        let (_, answer) = enter(at, Role::VillageOfficer, &format!("{page}/attendance/entitled"), &[("entitled", "40")]).await;
        assert_eq!(answer.done()["quorum"]["is_reached"], false);

        let (sri, budi) = (household(at, "Bu Sri").await, household(at, "Pak Budi").await);
        let persons = format!("{page}/attendance/persons");
        let whole = |who: &str, of: &str| {
            [("who", who.to_owned()), ("proxy_of", of.to_owned()), ("of_element", "residents".into()), ("sex", "women".into()),
             ("years", "adult".into()), ("with", "untold".into())]
        };
        let come = async |who: &str, of: &str| {
            let fields = whole(who, of);
            let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            enter(at, Role::VillageOfficer, &persons, &fields).await.1
        };
        come(&sri, &budi).await.done();
        assert_eq!(come(&sri, "").await.refused(), "attendance.came_before");
        assert_eq!(come(&budi, "").await.refused(), "attendance.represented_before");
        assert_eq!(come(&format!("household:{}", EntryId::new()), "").await.refused(), "attendance.unknown");
        let other = household(at, "Bu Ani").await;
        assert_eq!(come(&other, &other).await.refused(), "attendance.own_proxy");

        let seen = at.guest().get(&page).await.seen();
        assert!(seen.contains("Needed: more than 1/2 of 40 entitled = 21."), "{seen}");
        assert!(seen.contains("Present 20 + represented 1 = 21."), "{seen}");
        assert!(seen.contains("21 ≥ 21: enough came to decide."), "{seen}");
        assert!(seen.contains("no source confirms this rule"), "{seen}");

        let rule = [
            ("kind", "village"), ("from", "2026-01-01"), ("reach", "at_least"), ("parts", "2"), ("of", "3"), ("proxies", "ignored"),
            ("source", "Perkal Sumbermulyo 3/2021 (contoh)"),
        ];
        enter(at, Role::VillageOfficer, &format!("/places/{VILLAGE}/quorum"), &rule).await.1.done();
        let seen = at.guest().get(&page).await.seen();
        assert!(seen.contains("27: too few came to decide."), "{seen}");
        assert!(seen.contains("Perkal Sumbermulyo 3/2021"), "{seen}");
        let own = [("entitled", "30"), ("reach", "at_least"), ("parts", "1"), ("of", "2")];
        let (_, answer) = enter(at, Role::VillageOfficer, &format!("{page}/attendance/entitled"), &own).await;
        assert_eq!(answer.done()["quorum"]["needed"], 15);
        assert!(at.guest().get(&page).await.seen().contains("The meeting set this rule for itself."));

        let sheet = format!("{page}/attendance");
        assert!(at.as_role(Role::VillageOfficer).get(&format!("{sheet}?find=sri")).await.seen().contains("Bu Sri"));
        for role in [Role::PartnerReader, Role::Teller] {
            let answer = at.as_role(role).json(&sheet).await;
            assert!(!answer.text().contains("Sri") && answer.data()["came"].as_array().is_some_and(Vec::is_empty), "{role:?}");
        }
        assert!(!at.guest().get(&sheet).await.text().contains("Bu Sri"));
    }
}

story! {
    /// A meeting is held once, for so many hours; one that is called off has a reason, and nobody came to it.
    a_meeting_is_held_or_called_off_with_a_reason, |at| async {
        let page = called(at, "Muskal", "2026-03-31").await;
        let end = format!("{page}/outcome");
        let (_, refused) = enter(at, Role::VillageOfficer, &end, &[("outcome", "cancelled")]).await;
        assert_eq!(refused.refused(), "meetings.no_reason");
        let adjourned = [("outcome", "adjourned"), ("reason", "Hujan deras"), ("until", "2026-03-30")];
        assert_eq!(enter(at, Role::VillageOfficer, &end, &adjourned).await.1.refused(), "meetings.until_before");
        let adjourned = [("outcome", "adjourned"), ("reason", "Hujan deras"), ("until", "2026-04-07")];
        enter(at, Role::VillageOfficer, &end, &adjourned).await.1.done();
        assert!(at.guest().get(&page).await.seen().contains("adjourned on 31 March 2026 (to: 7 April 2026): Hujan deras"));
        let ahead = [("outcome", "held"), ("date", "2026-04-07")];
        assert_eq!(enter(at, Role::VillageOfficer, &end, &ahead).await.1.refused(), "meetings.day_ahead");
        let long = [("outcome", "held"), ("hours", "80")];
        assert_eq!(enter(at, Role::VillageOfficer, &end, &long).await.1.refused(), "meetings.too_many_hours");
        at.go_to("2026-04-07");
        let held = [("outcome", "held"), ("date", "2026-04-07"), ("hours", "2,5")];
        enter(at, Role::VillageOfficer, &end, &held).await.1.done();
        let seen = at.guest().get(&page).await.seen();
        assert!(seen.contains("It was held: 7 April 2026, for 2.5 hours."), "{seen}");
        assert_eq!(enter(at, Role::VillageOfficer, &end, &held).await.1.refused(), "meetings.held_before");

        let other = called(at, "Rapat batal", "2026-04-08").await;
        let off = [("outcome", "cancelled"), ("reason", "Lurah sakit")];
        enter(at, Role::VillageOfficer, &format!("{other}/outcome"), &off).await.1.done();
        assert_eq!(enter(at, Role::VillageOfficer, &format!("{other}/outcome"), &held).await.1.refused(), "meetings.cancelled");
        let counts = [("age", "untold"), ("disability", "untold"), ("element", "council"), ("women", "3")];
        let (_, refused) = enter(at, Role::VillageOfficer, &format!("{other}/attendance/counts"), &counts).await;
        assert_eq!(refused.refused(), "attendance.not_there");
        let none = [("age", "untold"), ("disability", "untold"), ("element", "council"), ("women", "")];
        let counts = format!("{page}/attendance/counts");
        assert_eq!(enter(at, Role::VillageOfficer, &counts, &none).await.1.refused(), "attendance.nothing_counted");
        let many = [("age", "untold"), ("disability", "untold"), ("element", "council"), ("women", "100001")];
        assert_eq!(enter(at, Role::VillageOfficer, &counts, &many).await.1.refused(), "attendance.count_wrong");
        let list = at.guest().get(&format!("/places/{VILLAGE}/meetings")).await.seen();
        assert!(list.contains("held") && list.contains("cancelled"), "{list}");
        let rules = format!("/places/{VILLAGE}/quorum");
        for (source, parts, expected) in [("", "1", "attendance.no_source"), ("Perkal", "4", "attendance.share_wrong")] {
            let rule = [("kind", "village"), ("reach", "at_least"), ("parts", parts), ("of", "3"), ("proxies", "count"), ("source", source)];
            assert_eq!(enter(at, Role::VillageOfficer, &rules, &rule).await.1.refused(), expected);
        }
    }
}
