//! The portfolio of a region, and the papers of a cooperation.

use cooperation::demo;
use kernel::{EntryId, Role};
use web::Lang;

use super::{PORTFOLIO, enter, paper, party};
use crate::story;

story! {
    /// The officer in Yogyakarta begins a cooperation with Gangwon: parties, a letter of intent, a memorandum that runs out.
    an_officer_keeps_a_cooperation_from_the_first_letter, |at| async {
        let begin = [("kind", "sister"), ("name_id", "DIY – Gangwon"), ("name_ko", "욕야카르타–강원"), ("day", "2026-01-15")];
        let (_, begun) = enter(at, PORTFOLIO, &begin).await;
        let book = begun.done()["cooperation"].as_str().expect("a book").to_owned();
        let page = format!("{PORTFOLIO}/{book}");
        assert_eq!(enter(at, PORTFOLIO, &begin).await.1.refused(), "agreements.same_name");
        assert!(at.as_role(Role::CooperationOfficer).get(&page).await.seen().contains("DIY – Gangwon"));

        let gangwon = party(at, "region", "Provinsi Gangwon", "kr").await;
        let (_, joined) = enter(at, &format!("{page}/parties"), &[("party", &gangwon), ("part", "signatory")]).await;
        assert_eq!(joined.done()["parties"][0]["part"], "signatory");
        let nobody = EntryId::new().to_string();
        let (_, refused) = enter(at, &format!("{page}/parties"), &[("party", &nobody), ("part", "signatory")]).await;
        assert_eq!(refused.refused(), "agreements.no_party");

        let papers = format!("{page}/papers");
        let letter = [("kind", "letter_of_intent"), ("name_id", "LoI 2026"), ("signed", "2026-02-01")];
        let (letter, answer) = enter(at, &papers, &letter).await;
        assert_eq!(paper(&answer.done(), "LoI 2026")["standing"]["state"], "in_force");
        let letter = letter.to_string();
        let memorandum = [
            ("kind", "memorandum"),
            ("name_id", "Memorandum 2026"),
            ("parent", letter.as_str()),
            ("signed", "2026-03-01"),
            ("until", "2026-06-30"),
        ];
        let (memorandum, answer) = enter(at, &papers, &memorandum).await;
        let data = answer.done();
        assert_eq!(paper(&data, "Memorandum 2026")["standing"]["state"], "near_expiry");
        assert_eq!(paper(&data, "Memorandum 2026")["follows"]["id"], "LoI 2026");
        let memorandum = memorandum.to_string();

        let ending = |day: &'static str| [("kind", "ending"), ("name_id", "Pengakhiran"), ("signed", day)];
        assert_eq!(enter(at, &papers, &ending("2026-03-20")).await.1.refused(), "agreements.no_parent");
        let mut of_it = ending("2026-02-20").to_vec();
        of_it.push(("parent", memorandum.as_str()));
        assert_eq!(enter(at, &papers, &of_it).await.1.refused(), "agreements.before_parent");

        at.go_to("2026-07-01");
        let seen = at.guest().lang(Lang::Ko).get(PORTFOLIO).await.seen();
        assert!(seen.contains("욕야카르타–강원") && seen.contains("Provinsi Gangwon"), "{seen}");
        assert!(seen.contains("만료") || seen.contains("유효"), "{seen}");
        let data = at.guest().json(&page).await.data();
        assert_eq!(paper(&data, "Memorandum 2026")["standing"]["state"], "expired");
    }
}

story! {
    /// What was published of the cooperation with Gyeongsangbuk-do stands in the portfolio, with its sources.
    the_published_papers_of_diy_and_gyeongbuk_are_in_order, |at| async {
        at.write(demo::record).await.expect("recorded");
        let page = format!("{PORTFOLIO}/{}", demo::book());
        let data = at.as_role(Role::PartnerReader).json(&page).await.data();
        let days: Vec<&str> =
            data["papers"].as_array().expect("papers").iter().filter_map(|paper| paper["signed"].as_str()).collect();
        assert_eq!(
            days,
            [
                "2005-02-24",
                "2008",
                "2015",
                "2015-09-01",
                "2015-09-29",
                "2015-09-29",
                "2015-09-30",
                "2021-06-30",
                "2025-05"
            ]
        );
        let sourced = |list: &str| {
            data[list].as_array().expect("a list").iter().all(|record| record["source"].as_str().is_none_or(|text| !text.is_empty()))
        };
        assert!(sourced("papers"));
        let seen = at.guest().lang(Lang::Ko).get(&page).await.seen();
        assert!(seen.contains("경상북도") && seen.contains("2025년 양해각서"), "{seen}");
        for (role, path) in [(Role::Teller, "papers"), (Role::VillageOfficer, "parties"), (Role::PartnerReader, "papers")] {
            let id = EntryId::new().to_string();
            let fields = [("id", id.as_str()), ("kind", "annex"), ("part", "village"), ("name_id", "x")];
            let answer = at.as_role(role).send(&format!("{page}/{path}"), &fields).await;
            assert_eq!(answer.refused(), "web.not_yours", "{role:?}");
        }
    }
}

story! {
    /// A newspaper tells a year, a letter a month, a paper a day: each is written as it is known, and shown so.
    what_is_known_to_the_year_is_written_and_shown_to_the_year, |at| async {
        let begin = [("kind", "sister"), ("name_id", "DIY – Kyoto"), ("day", "1985")];
        let (_, begun) = enter(at, PORTFOLIO, &begin).await;
        let data = begun.done();
        assert_eq!(data["day"], "1985");
        let page = format!("{PORTFOLIO}/{}", data["cooperation"].as_str().expect("a book"));
        let seen = at.guest().lang(Lang::Ko).get(&page).await.seen();
        assert!(seen.contains("1985년"), "{seen}");
        let papers = format!("{page}/papers");
        let paper = |name: &'static str, signed: &'static str, until: &'static str| {
            [("kind", "letter_of_intent"), ("name_id", name), ("signed", signed), ("until", until)]
        };
        enter(at, &papers, &paper("Surat 2015", "2015-09", "2021-01")).await.1.done();
        for (lang, signed, until) in [
            (Lang::En, "September 2015", "January 2021"),
            (Lang::Id, "September 2015", "Januari 2021"),
            (Lang::Ko, "2015년 9월", "2021년 1월"),
        ] {
            let seen = at.guest().lang(lang).get(&page).await.seen();
            assert!(seen.contains(signed) && seen.contains(until), "{seen}");
        }
        enter(at, &papers, &paper("Surat 2016", "5/2016", "2016")).await.1.done();
        for (signed, until, refused) in [
            ("2016-13", "", "web.date_wrong"),
            ("musim hujan 2016", "", "web.date_wrong"),
            ("2016-05", "2016-04", "agreements.ends_before"),
            ("2027", "", "agreements.day_ahead"),
        ] {
            let answer = enter(at, &papers, &paper("Surat", signed, until)).await.1;
            assert_eq!(answer.refused(), refused, "{signed} to {until}");
        }
        let wrong = enter(at, PORTFOLIO, &[("kind", "sister"), ("name_id", "DIY – X"), ("day", "")]).await.1;
        assert_eq!(wrong.refused(), "web.date_wrong");
    }
}

story! {
    /// The officer signs in and stands before the cooperations of the region; the village officer before the village.
    the_officer_lands_on_the_cooperations, |at| async {
        let first = at.as_role(Role::CooperationOfficer).get("/").await;
        assert_eq!(first.location(), "/regions/34/cooperations");
        at.write(demo::record).await.expect("recorded");
        at.go_to("2026-07-15");
        let officer = at.as_role(Role::CooperationOfficer);
        let seen = officer.get(first.location()).await.seen();
        assert!(seen.contains("1 cooperation: 0 dynamic, 1 effective, 0 sleeping, 0 not implemented."), "{seen}");
        assert!(seen.contains("One thing is late, the oldest since 30 June 2026."), "{seen}");
        assert!(seen.contains("Deposit of the original") && seen.contains("Ministry of Foreign Affairs"), "{seen}");
        let rows = async |query: &str| officer.json(&format!("{PORTFOLIO}?{query}")).await.data().as_array().map(Vec::len);
        let gyeongbuk = kernel::PartyId::from_bytes([2; 16]);
        for (query, expected) in [
            (String::new(), 1),
            ("health=effective".to_owned(), 1),
            ("health=sleeping".to_owned(), 0),
            ("step=deposit&kind=sister".to_owned(), 1),
            ("step=signing".to_owned(), 0),
            (format!("partner={gyeongbuk}"), 1),
            (format!("partner={}", EntryId::new()), 0),
        ] {
            assert_eq!(rows(&query).await, Some(expected), "{query}");
        }
        assert!(at.as_role(Role::VillageOfficer).get("/").await.location().starts_with("/villages/"));
        assert!(at.guest().get("/").await.location().starts_with("/villages/"));
    }
}
