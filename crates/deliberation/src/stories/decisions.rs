use kernel::{EntryId, Role};
use web::Lang;

use super::{called, enter};
use crate::story;
use crate::world::VILLAGE;

story! {
    /// From an item of the agenda to a decision, from the decision to a follow-up in one step, late when its day has passed,
    /// closed with evidence.
    a_decision_has_an_owner_and_stays_open_until_it_is_done, |at| async {
        let page = called(at, "Muskal", "2026-03-31").await;
        let data = at.guest().json(&page).await.data();
        let item = data["agenda"][0]["item"].as_str().expect("an item").to_owned();
        let take = format!("{page}/decisions");
        let form = at.as_role(Role::VillageOfficer).get(&format!("{take}?item={item}")).await.text();
        assert!(form.contains(">Laporan bank sampah</textarea>"), "the item is the text of the decision: {form}");
        let fields = [
            ("item", item.as_str()), ("text_id", "Beli timbangan gantung 50 kg"), ("text_ko", "50kg 저울 구입"),
            ("reasons", "Yang lama rusak"), ("dissent", "Dua orang minta menunggu panen"), ("office", "Ulu-ulu"), ("due", "2026-04-30"),
        ];
        let (decision, answer) = enter(at, Role::VillageOfficer, &take, &fields).await;
        answer.done();
        let decision = format!("{take}/{decision}");
        let seen = at.guest().get(&decision).await.seen();
        assert!(seen.contains("Dua orang minta menunggu panen") && seen.contains("Ulu-ulu"), "{seen}");
        let (_, answer) = enter(at, Role::VillageOfficer, &format!("{decision}/follow-ups"), &[]).await;
        let follow_up = answer.done()["follow_ups"][0]["follow_up"].as_str().expect("an id").to_owned();
        let village = format!("/villages/{VILLAGE}");
        assert!(at.guest().get(&village).await.seen().contains("One follow-up is open, none is late."));
        at.go_to("2026-04-30");
        assert!(at.guest().get(&village).await.seen().contains("One follow-up is open, none is late."));
        at.go_to("2026-05-01");
        assert!(at.guest().get(&village).await.seen().contains("One follow-up is open, late since 30 April 2026."));
        let list = at.guest().lang(Lang::Ko).get(&format!("/places/{VILLAGE}/follow-ups")).await.seen();
        assert!(list.contains("50kg 저울 구입") && list.contains("늦음"), "{list}");

        let close = format!("{decision}/close");
        let of = ("follow_up", follow_up.as_str());
        assert_eq!(enter(at, Role::VillageOfficer, &close, &[of]).await.1.refused(), "decisions.no_evidence");
        assert_eq!(enter(at, Role::VillageOfficer, &close, &[("evidence", "x")]).await.1.refused(), "decisions.no_follow_up");
        let ahead = [of, ("evidence", "Kuitansi 12"), ("day", "2026-05-02")];
        assert_eq!(enter(at, Role::VillageOfficer, &close, &ahead).await.1.refused(), "decisions.day_ahead");
        let done = [of, ("evidence", "Kuitansi 12, foto di balai")];
        enter(at, Role::VillageOfficer, &close, &done).await.1.done();
        assert_eq!(enter(at, Role::VillageOfficer, &close, &done).await.1.refused(), "decisions.closed_before");
        assert!(at.guest().get(&village).await.seen().contains("No follow-up is open."));
        assert!(at.guest().get(&page).await.seen().contains("Beli timbangan gantung 50 kg"));
    }
}

story! {
    /// What is decided of an article of a paper is found again on the page of the paper and of the cooperation.
    a_decision_is_traced_from_an_article_and_back, |at| async {
        at.write(cooperation::demo::record).await.expect("recorded");
        let book = cooperation::demo::book().to_string();
        let region = format!("/regions/34/cooperations/{book}");
        let list = "/places/34/meetings";
        let call = [
            ("kind", "joint_committee"), ("name_en", "Joint committee 2026"), ("day", "2026-03-30"), ("starts", "11:00"), ("zone", "seoul"),
            ("venue", "Andong"), ("cooperation", book.as_str()),
        ];
        let (id, answer) = enter(at, Role::CooperationOfficer, list, &call).await;
        answer.done();
        let page = format!("{list}/{id}");
        let papers = at.guest().json(&region).await.data();
        let paper = papers["papers"][0]["instrument"].as_str().expect("a paper").to_owned();
        let party = papers["parties"][0]["party"].as_str().expect("a party").to_owned();
        let owner = format!("party:{party}");
        let whole = [
            ("text_en", "Send the yearly report"), ("owner", owner.as_str()), ("due", "2026-03-30"), ("instrument", paper.as_str()),
            ("article", "5"),
        ];
        let take = format!("{page}/decisions");
        let (decision, answer) = enter(at, Role::CooperationOfficer, &take, &whole).await;
        answer.done();
        enter(at, Role::CooperationOfficer, &format!("{take}/{decision}/follow-ups"), &[]).await.1.done();
        let seen = at.guest().get(&region).await.seen();
        assert!(seen.contains("One follow-up is open, late since 30 March 2026."), "{seen}");
        let of_paper = at.guest().get(&format!("{region}/papers/{paper}")).await.seen();
        assert!(of_paper.contains("Send the yearly report") && of_paper.contains("Article 5"), "{of_paper}");
        assert!(at.guest().get(&format!("{region}/follow-ups")).await.seen().contains("Send the yearly report"));
        let seen = at.guest().lang(Lang::Ko).get(&page).await.seen();
        assert!(seen.contains("한국 시간 11:00, 욕야카르타 시간(WIB) 09:00"), "{seen}");

        for (change, expected) in [
            (("text_en", ""), "decisions.no_text"),
            (("instrument", ""), "decisions.article_of_nothing"),
            (("instrument", "00000000000000000000000007"), "decisions.no_paper"),
            (("owner", "party:00000000000000000000000007"), "decisions.no_owner"),
            (("owner", "bu-sri"), "web.unreadable_form"),
            (("office", "Sekda"), "decisions.two_owners"),
            (("due", "2026-03-29"), "decisions.due_before"),
            (("item", "00000000000000000000000007"), "decisions.no_item"),
            (("article", "123456789012345678901"), "decisions.too_long"),
        ] {
            let mut fields: Vec<_> = whole.into_iter().filter(|(name, _)| *name != change.0).collect();
            fields.push(change);
            assert_eq!(enter(at, Role::CooperationOfficer, &take, &fields).await.1.refused(), expected, "{change:?}");
        }
        let (bare, answer) = enter(at, Role::CooperationOfficer, &take, &[("text_en", "Go on")]).await;
        answer.done();
        let follow = format!("{take}/{bare}/follow-ups");
        assert_eq!(enter(at, Role::CooperationOfficer, &follow, &[("due", "2026-04-01")]).await.1.refused(), "decisions.no_owner");
        assert_eq!(enter(at, Role::CooperationOfficer, &follow, &[("office", "Sekda")]).await.1.refused(), "decisions.no_due");
        let nothing = format!("{take}/{}", EntryId::new());
        assert_eq!(at.guest().json(&nothing).await.refused(), "decisions.no_decision");
        let ahead = called(at, "Muskal", "2026-04-20").await;
        let (_, refused) = enter(at, Role::VillageOfficer, &format!("{ahead}/decisions"), &[("text_id", "Terlalu dini")]).await;
        assert_eq!(refused.refused(), "decisions.not_met");
        assert_eq!(enter(at, Role::VillageOfficer, &take, &whole).await.1.refused(), "web.not_yours");
    }
}
