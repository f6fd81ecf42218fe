//! The page of one paper.

use cooperation::demo;
use kernel::{EntryId, Role};
use web::Lang;

use super::{PORTFOLIO, enter};
use crate::story;

story! {
    /// Whoever opens a paper sees what it follows from and what follows from it; the officer corrects it there.
    a_paper_has_a_page_with_what_stands_around_it, |at| async {
        at.write(demo::record).await.expect("recorded");
        let cooperation = format!("{PORTFOLIO}/{}", demo::book());
        let page = format!("{cooperation}/papers/{}", demo::memorandum_2025());
        assert!(at.guest().get(&cooperation).await.seen().contains("Memorandum"), "on the page of the cooperation");
        assert!(at.guest().get(&cooperation).await.text().contains(&page), "and a link to it");
        let seen = at.guest().lang(Lang::Ko).get(&page).await.seen();
        assert!(seen.contains("2025년 양해각서") && seen.contains("자매결연") && seen.contains("유효"), "{seen}");
        let data = at.guest().json(&page).await.data();
        assert_eq!((&data["kind"], &data["follows"]["ko"]), (&"memorandum".into(), &"자매결연".into()));
        let parent = data["parent"].as_str().expect("a parent").to_owned();
        let above = at.guest().json(&format!("{cooperation}/papers/{parent}")).await.data();
        assert!(above["children"].as_array().expect("children").len() >= 3, "{above}");

        let mut anew = vec![
            ("kind", "memorandum"),
            ("name_id", "Memorandum 2025"),
            ("parent", parent.as_str()),
            ("signed", "2025-05-04"),
            ("until", "2030-05-03"),
        ];
        let (_, answer) = enter(at, &page, &anew).await;
        let data = answer.done();
        assert_eq!((&data["signed"], &data["until"]), (&"2025-05-04".into(), &"2030-05-03".into()));
        let count = |data: &serde_json::Value| data["papers"].as_array().expect("papers").len();
        let before = count(&at.guest().json(&cooperation).await.data());
        anew[4].1 = "2025-01-01";
        assert_eq!(enter(at, &page, &anew).await.1.refused(), "agreements.ends_before");
        assert_eq!(count(&at.guest().json(&cooperation).await.data()), before, "it is the same paper");

        let waste = format!("/waste/{}", demo::book());
        for page in [&cooperation, &page] {
            let seen = at.as_role(Role::Teller).get(page).await.text();
            assert!(!seen.contains(&waste), "no bank keeps the book of a cooperation");
        }

        let nowhere = format!("{cooperation}/papers/{}", EntryId::new());
        assert_eq!(at.guest().json(&nowhere).await.refused(), "agreements.no_paper");
        anew[4].1 = "2030-05-03";
        assert_eq!(enter(at, &nowhere, &anew).await.1.refused(), "agreements.no_paper");
        let id = EntryId::new().to_string();
        let fields = [("id", id.as_str()), ("kind", "memorandum"), ("name_id", "x")];
        assert_eq!(at.as_role(Role::PartnerReader).send(&page, &fields).await.refused(), "web.not_yours");
    }
}
