use kernel::Role;
use web::Lang;

use crate::story;
use crate::world::VILLAGE;

story! {
    /// The demo: two published audiences with their sources and two meetings that say that they are made up; the lurah sees
    /// what is late and how much was discussed.
    the_discussion_of_the_demo_is_in_figures, |at| async {
        let today = at.today();
        at.write(cooperation::demo::record).await.expect("recorded");
        at.write(move |work| deliberation::demo::record(work, today)).await.expect("recorded");
        let village = at.guest().get(&format!("/villages/{VILLAGE}")).await.seen();
        assert!(village.contains("2 follow-ups are open, 1 late since 17 March 2026."), "{village}");
        let data = at.guest().json(&format!("/places/{VILLAGE}/discussion")).await.data();
        let figures = &data["figures"];
        for (name, expected) in
            [("called", 2), ("held", 2), ("minutes", 300), ("came", 71), ("women", 39), ("decisions", 3), ("opened", 3), ("closed", 1), ("days_to_done", 30)]
        {
            assert_eq!(figures[name], expected, "{name}: {figures}");
        }
        let seen = at.guest().lang(Lang::Ko).get(&format!("/places/{VILLAGE}/discussion")).await.seen();
        assert!(seen.contains("소집 2건 가운데 2건 열림") && seen.contains("여성 39명, 남성 32명"), "{seen}");
        let none = at.guest().json(&format!("/places/{VILLAGE}/discussion?from=2020-01-01&until=2020-12-31")).await.data();
        assert_eq!(none["figures"]["called"], 0);
        let region = format!("/regions/34/cooperations/{}", cooperation::demo::book());
        let of_all = at.guest().json(&format!("{region}/discussion?from=2015-01-01")).await.data();
        assert_eq!(of_all["figures"]["called"], 4, "the audiences belong to the cooperation, too");
        let list = at.guest().json("/places/34/meetings").await.data();
        let sourced = |it: &serde_json::Value| it["source"].as_str().is_some_and(|source| !source.is_empty());
        assert!(list.as_array().expect("meetings").iter().all(sourced), "{list}");
        let page = at.guest().get(&region).await.seen();
        assert!(page.contains("2 follow-ups are open, 1 late since 17 March 2026."), "{page}");
        let meetings = at.as_role(Role::VillageOfficer).get(&format!("/places/{VILLAGE}/meetings")).await.seen();
        assert!(meetings.contains("Village deliberation (made up)"), "{meetings}");
    }
}
