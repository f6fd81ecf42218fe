use kernel::Role;
use web::Lang;

use super::{called, enter};
use crate::story;
use crate::world::VILLAGE;

story! {
    /// The lurah calls a deliberation, moves it by a day, and puts one more item on its agenda; anybody reads it, in Korea
    /// by Korean time.
    a_meeting_is_called_and_read_by_two_clocks, |at| async {
        let list = format!("/places/{VILLAGE}/meetings");
        let page = called(at, "Muskal April", "2026-04-02").await;
        let seen = at.guest().get(&page).await.seen();
        assert!(seen.contains("2 April 2026, 19:30 in Yogyakarta (WIB), 21:30 in Korea (KST)"), "{seen}");
        assert!(seen.contains("Laporan bank sampah") && seen.contains("women farmers (KWT)"), "{seen}");
        let anew = [
            ("kind", "village"), ("name_id", "Muskal April"), ("name_ko", "4월 마을 총회"), ("day", "2026-04-03"),
            ("starts", "23:15"), ("zone", "jakarta"), ("venue", "Balai Kalurahan"),
        ];
        enter(at, Role::VillageOfficer, &format!("{page}/call"), &anew).await.1.done();
        let item = [("item_id", "Lain-lain"), ("item_ko", "기타")];
        let (_, answer) = enter(at, Role::VillageOfficer, &format!("{page}/agenda"), &item).await;
        let data = answer.done();
        assert_eq!(data["agenda"].as_array().map(Vec::len), Some(3), "{data}");
        let seen = at.guest().lang(Lang::Ko).get(&page).await.seen();
        assert!(seen.contains("한국 시간 2026년 4월 4일 01:15, 욕야카르타 시간(WIB) 2026년 4월 3일 23:15"), "{seen}");
        assert!(seen.contains("4월 마을 총회") && seen.contains("기타"), "{seen}");
        assert!(at.guest().get(&list).await.seen().contains("Muskal April"));
        let menu = at.as_role(Role::Teller).get(&page).await.text();
        assert!(!menu.contains("/waste/"), "the book of a meeting is none of a waste bank: {menu}");
        let village = at.guest().get(&format!("/villages/{VILLAGE}")).await.seen();
        assert!(village.contains("One meeting is recorded."), "{village}");
    }
}

story! {
    /// A call that lacks what people need is refused with a sentence, and nobody but the officers calls.
    a_call_without_what_people_need_is_refused, |at| async {
        let list = format!("/places/{VILLAGE}/meetings");
        let whole = [("kind", "village"), ("name_id", "Rapat"), ("day", "2026-04-02"), ("zone", "jakarta"), ("venue", "Balai")];
        for (change, expected) in [
            (("name_id", ""), "meetings.no_name"),
            (("day", ""), "meetings.no_day"),
            (("venue", ""), "meetings.no_venue"),
            (("zone", "tokyo"), "web.unreadable_form"),
            (("starts", "25:00"), "web.unreadable_form"),
            (("cooperation", "00000000000000000000000007"), "meetings.no_cooperation"),
            (("parties", "00000000000000000000000007"), "meetings.no_party"),
        ] {
            let mut fields: Vec<_> = whole.into_iter().filter(|(name, _)| *name != change.0).collect();
            fields.push(change);
            assert_eq!(enter(at, Role::VillageOfficer, &list, &fields).await.1.refused(), expected, "{change:?}");
        }
        assert_eq!(enter(at, Role::Administrator, "/places/ID/meetings", &whole).await.1.refused(), "meetings.no_place");
        let nowhere = format!("{list}/00000000000000000000000007");
        assert_eq!(at.guest().json(&nowhere).await.refused(), "meetings.no_meeting");
        let (_, refused) = enter(at, Role::VillageOfficer, &format!("{nowhere}/agenda"), &[("item_id", "x")]).await;
        assert_eq!(refused.refused(), "meetings.no_meeting");
        let page = called(at, "Muskal", "2026-04-02").await;
        let items = "x\n".repeat(101);
        let mut fields = whole.to_vec();
        fields.push(("agenda", items.as_str()));
        assert_eq!(enter(at, Role::VillageOfficer, &list, &fields).await.1.refused(), "meetings.agenda_full");
        let long = "x".repeat(301);
        let (_, refused) = enter(at, Role::VillageOfficer, &format!("{page}/agenda"), &[("item_id", &long)]).await;
        assert_eq!(refused.refused(), "meetings.too_long");
        for role in [Role::Teller, Role::PartnerReader, Role::Auditor] {
            assert_eq!(enter(at, role, &list, &whole).await.1.refused(), "web.not_yours", "{role:?}");
        }
    }
}
