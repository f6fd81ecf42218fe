//! Whom one reaches at a party.

use kernel::{EntryId, Role};

use super::{enter, party};
use crate::story;

story! {
    /// An officer keeps the name of a colleague abroad; only officers see it, and the administrator can erase it.
    a_contact_is_sealed_and_can_be_erased, |at| async {
        let gangwon = party(at, "region", "Provinsi Gangwon", "kr").await;
        let page = format!("/regions/34/parties/{gangwon}/contacts");
        let person = [("name", "Kim Minji"), ("post", "Bagian Kerja Sama"), ("phone", "033-249-0000"), ("email", "minji@gw.go.kr")];
        let (id, answer) = enter(at, &page, &person).await;
        answer.done();
        let seen = at.as_role(Role::CooperationOfficer).get(&page).await.seen();
        assert!(seen.contains("Kim Minji") && seen.contains("minji@gw.go.kr"), "{seen}");
        assert_eq!(at.as_role(Role::PartnerReader).json(&page).await.refused(), "web.not_yours");
        assert_eq!(at.guest().json(&page).await.status, 401);
        let list = at.as_role(Role::CooperationOfficer).get("/regions/34/parties").await.text();
        assert!(list.contains(&page), "a link for those who may");
        assert!(!at.guest().get("/regions/34/parties").await.text().contains("contacts"), "and none for others");

        for (fields, refused) in [
            ([("name", " "), ("email", "")], "parties.no_contact_name"),
            ([("name", "Kim"), ("email", "minji")], "parties.no_email"),
        ] {
            assert_eq!(enter(at, &page, &fields).await.1.refused(), refused);
        }
        let one = format!("{page}/{id}");
        enter(at, &one, &[("name", "Kim Minji"), ("post", "Kepala Bagian")]).await.1.done();
        let data = at.as_role(Role::CooperationOfficer).json(&one).await.data();
        assert_eq!((&data["known"]["post"], &data["known"]["phone"]), (&"Kepala Bagian".into(), &serde_json::Value::Null));

        let erase = format!("{one}/erase");
        let admin = at.as_role(Role::Administrator);
        let officer = at.as_role(Role::CooperationOfficer).send(&erase, &[("ground", "asked"), ("confirmed", "true")]).await;
        assert_eq!(officer.refused(), "web.not_yours");
        assert_eq!(admin.send(&erase, &[("confirmed", "true")]).await.refused(), "parties.no_ground");
        assert_eq!(admin.send(&erase, &[("ground", "asked")]).await.refused(), "parties.not_confirmed");
        assert!(admin.get(&erase).await.seen().contains("Kim Minji"));
        admin.send(&erase, &[("ground", "asked"), ("confirmed", "true")]).await.done();
        assert_eq!(admin.send(&erase, &[("ground", "asked"), ("confirmed", "true")]).await.refused(), "parties.erased_before");
        for path in [&page, &one, &erase] {
            assert!(!admin.get(path).await.seen().contains("Kim Minji"), "{path}");
        }
        assert_eq!(enter(at, &one, &[("name", "Kim Minji")]).await.1.refused(), "parties.erased_before");
        let nobody = format!("{page}/{}", EntryId::new());
        assert_eq!(at.as_role(Role::CooperationOfficer).json(&nobody).await.refused(), "parties.no_contact");
    }
}
