//! The legal steps of two countries.

use kernel::{EntryId, Role};

use super::{PORTFOLIO, enter};
use crate::story;

story! {
    /// The law of two countries: steps in their order, each with its paper, one left out with a reason.
    the_next_legal_step_is_said_with_whose_turn_it_is, |at| async {
        let begin = [("kind", "sister"), ("name_id", "DIY – Gangwon"), ("day", "2026-01-15")];
        let (_, begun) = enter(at, PORTFOLIO, &begin).await;
        let page = format!("{PORTFOLIO}/{}", begun.done()["cooperation"].as_str().expect("a book"));
        let pass = format!("{page}/stages/pass");
        let step = |step: &'static str, day: &'static str, paper: &'static str| {
            [("track", "kr"), ("step", step), ("day", day), ("paper", paper)]
        };
        enter(at, &pass, &step("exploration", "2026-02-01", "")).await.1.done();
        assert_eq!(enter(at, &pass, &step("intent", "2026-02-10", "")).await.1.refused(), "stages.no_paper");
        enter(at, &pass, &step("intent", "2026-02-10", "LoI 1/2026")).await.1.done();
        assert_eq!(enter(at, &pass, &step("signing", "2026-03-01", "MoU")).await.1.refused(), "stages.not_its_turn");
        assert_eq!(enter(at, &pass, &step("intent", "2026-03-01", "LoI")).await.1.refused(), "stages.done_before");
        let seen = at.guest().get(&page).await.seen();
        assert!(seen.contains("Korea: next is “Resolution of the local council”"), "{seen}");
        assert!(seen.contains("local council. Since 10 February 2026, 49 days."), "{seen}");
        assert!(seen.contains("Indonesia: next is “Initiative”"), "{seen}");
        let skip = [("track", "kr"), ("step", "council")];
        let (_, answer) = enter(at, &format!("{page}/stages/skip"), &skip).await;
        assert_eq!(answer.refused(), "stages.no_reason");
        let skip = [("track", "kr"), ("step", "council"), ("reason", "Friendship first, without the council")];
        enter(at, &format!("{page}/stages/skip"), &skip).await.1.done();
        let data = at.guest().json(&format!("{page}/stages")).await.data();
        let states: Vec<&str> = data["tracks"][1]["steps"]
            .as_array()
            .expect("steps")
            .iter()
            .filter_map(|step| step["state"].as_str())
            .collect();
        assert_eq!(states, ["passed", "passed", "skipped", "next", "waits"]);
        let id = EntryId::new().to_string();
        let fields = [("id", id.as_str()), ("track", "kr"), ("step", "signing"), ("paper", "MoU")];
        assert_eq!(at.as_role(Role::PartnerReader).send(&pass, &fields).await.refused(), "web.not_yours");
    }
}
