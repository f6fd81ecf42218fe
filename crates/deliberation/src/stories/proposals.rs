use kernel::{EntryId, Role};
use web::Lang;

use super::{called, enter};
use crate::story;
use crate::world::VILLAGE;

story! {
    /// A proposal that came on paper is amended, asked about, supported, put to a meeting and decided; each is taken back by
    /// who keeps proposals, with a reason.
    a_proposal_on_paper_is_supported_and_decided, |at| async {
        let list = format!("/places/{VILLAGE}/proposals");
        let page = called(at, "Muskal", "2026-03-31").await;
        let data = at.guest().json(&page).await.data();
        let item = data["agenda"][0]["item"].as_str().expect("an item").to_owned();
        let fields = [
            ("lang", "id"), ("title", "Lampu jalan Gunungan"), ("text", "Empat lampu di tikungan"), ("cost", "8.000.000"),
            ("element", "women_farmers"), ("way", "paper"),
        ];
        let (proposal, answer) = enter(at, Role::Teller, &list, &fields).await;
        answer.done();
        let of = format!("{list}/{proposal}");
        let post = async |role, page: &str, fields: &[(&str, &str)]| {
            enter(at, role, &format!("{of}{page}"), fields).await.1
        };
        let other = [("lang", "ko"), ("amendment", "가로등 두 개"), ("reasons", "예산")];
        post(Role::PartnerReader, "/amendments", &other).await.done();
        post(Role::Teller, "/questions", &[("question", "Siapa yang merawat?")]).await.done();
        let notes = at.guest().json(&of).await.data();
        let question = notes["notes"][1]["note"].as_str().expect("a question").to_owned();
        post(Role::VillageOfficer, "/answers", &[("about", &question), ("answer", "Karang taruna")]).await.done();
        post(Role::Teller, "/support", &[]).await.done();
        assert_eq!(post(Role::Teller, "/support", &[]).await.refused(), "proposals.supported_before");
        assert_eq!(post(Role::Auditor, "/support", &[]).await.done()["support"], 2);
        assert_eq!(at.guest().send(&format!("{of}/support"), &[]).await.refused(), "web.sign_in_first");
        let seen = at.guest().lang(Lang::Ko).get(&of).await.text();
        assert!(seen.contains("lang=\"ko\">가로등 두 개") && seen.contains("lang=\"id\">Lampu jalan Gunungan"), "{seen}");
        assert!(seen.contains("지지 2명") && seen.contains("Karang taruna"), "{seen}");

        let meeting = page.rsplit('/').next().expect("an id");
        let on = format!("{meeting}:{item}");
        post(Role::VillageOfficer, "/put", &[("on", &on)]).await.done();
        assert_eq!(post(Role::VillageOfficer, "/put", &[("on", &on)]).await.refused(), "proposals.put_before");
        let in_meeting = at.guest().get(&page).await.seen();
        assert!(in_meeting.contains("Lampu jalan Gunungan") && in_meeting.contains("2 voices."), "{in_meeting}");
        assert!(at.guest().get(&format!("/villages/{VILLAGE}")).await.seen().contains("One proposal is open."));
        let decide = [("text_id", "Pasang empat lampu"), ("proposal", &proposal.to_string())];
        enter(at, Role::VillageOfficer, &format!("{page}/decisions"), &decide).await.1.done();
        assert_eq!(at.guest().json(&of).await.data()["state"]["is"], "decided");
        assert_eq!(post(Role::PartnerReader, "/support", &[]).await.refused(), "proposals.closed");

        let wrong = [("entry", proposal.to_string()), ("why", String::new())];
        let wrong = wrong.each_ref().map(|(name, value)| (*name, value.as_str()));
        assert_eq!(post(Role::VillageOfficer, "/take-back", &wrong).await.refused(), "journal.no_reason");
        let amendment = notes["notes"][0]["note"].as_str().expect("an amendment");
        post(Role::VillageOfficer, "/take-back", &[("entry", amendment), ("why", "salah ketik")]).await.done();
        assert!(!at.guest().get(&of).await.seen().contains("가로등"));
        let whole = proposal.to_string();
        post(Role::VillageOfficer, "/take-back", &[("entry", &whole), ("why", "dua kali dicatat")]).await.done();
        assert_eq!(at.guest().json(&of).await.refused(), "proposals.no_proposal");
    }
}

story! {
    /// What no proposal can be, and what cannot happen to one.
    a_proposal_says_what_it_wants, |at| async {
        let list = format!("/places/{VILLAGE}/proposals");
        let long = "x".repeat(4001);
        for (fields, expected) in [
            (vec![("title", "  ")], "proposals.no_text"),
            (vec![("title", &long[..161])], "proposals.too_long"),
            (vec![("title", "x"), ("text", &long)], "proposals.too_long"),
            (vec![("title", "x"), ("cost", "-1")], "proposals.cost_below_zero"),
        ] {
            assert_eq!(enter(at, Role::Teller, &list, &fields).await.1.refused(), expected, "{fields:?}");
        }
        let hostile = "<script>alert(1)</script>";
        let (proposal, answer) = enter(at, Role::Teller, &list, &[("title", hostile), ("text", "Sama")]).await;
        answer.done();
        let of = format!("{list}/{proposal}");
        assert!(!at.guest().get(&of).await.text().contains(hostile));
        let over = called(at, "Lalu", "2026-03-30").await;
        enter(at, Role::VillageOfficer, &format!("{over}/outcome"), &[("outcome", "held")]).await.1.done();
        let over = over.rsplit('/').next().expect("an id").to_owned();
        let nobody = EntryId::new().to_string();
        for (page, field, expected) in [
            ("/amendments", ("amendment", "Sama"), "proposals.same_text"),
            ("/questions", ("question", ""), "proposals.no_text"),
            ("/answers", ("about", nobody.as_str()), "proposals.no_question"),
            ("/put", ("on", "nowhere"), "proposals.no_meeting"),
            ("/put", ("on", nobody.as_str()), "proposals.no_meeting"),
            ("/put", ("on", over.as_str()), "proposals.meeting_over"),
            ("/withdrawal", ("reason", ""), "proposals.no_reason"),
            ("/take-back", ("entry", nobody.as_str()), "proposals.not_its_entry"),
        ] {
            let answer = enter(at, Role::VillageOfficer, &format!("{of}{page}"), &[field]).await.1;
            assert_eq!(answer.refused(), expected, "{page}");
        }
        enter(at, Role::VillageOfficer, &format!("{of}/withdrawal"), &[("reason", "Sudah ada")]).await.1.done();
        for (page, field) in [("/support", ("id", "")), ("/amendments", ("amendment", "Lain")), ("/questions", ("question", "?"))] {
            let fields: &[(&str, &str)] = if field.0 == "id" { &[] } else { &[field] };
            let answer = enter(at, Role::VillageOfficer, &format!("{of}{page}"), fields).await.1;
            assert_eq!(answer.refused(), "proposals.closed", "{page}");
        }
        // The withdrawal itself is taken back, and the proposal is open again.
        let step = at.guest().json(&of).await.data()["step"][0].as_str().expect("a step").to_owned();
        let back = [("entry", step.as_str()), ("why", "salah")];
        let answer = enter(at, Role::VillageOfficer, &format!("{of}/take-back"), &back).await.1;
        assert_eq!(answer.done()["state"]["is"], "open");
    }
}
