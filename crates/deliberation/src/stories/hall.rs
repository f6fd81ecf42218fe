use kernel::{EntryId, Role};

use super::{called, enter};
use crate::story;
use crate::world::{VILLAGE, Village, Visitor};

/// A telephone that looked at the page of the hall, and so has a token.
async fn telephone<'v>(at: &'v Village, hall: &str) -> Visitor<'v> {
    let answer = at.guest().get(hall).await;
    let cookie = answer.header("set-cookie").split(';').next().expect("a cookie").to_owned();
    assert!(cookie.starts_with("simpul-hall="), "{cookie}");
    at.guest().with_cookie(&cookie)
}

/// Sends a form from a telephone, with a new id.
async fn send(phone: &Visitor<'_>, path: &str, fields: &[(&str, &str)]) -> crate::world::Answer {
    let id = EntryId::new().to_string();
    let mut all = vec![("id", id.as_str())];
    all.extend_from_slice(fields);
    phone.send(path, &all).await
}

/// A meeting with one proposal, and its hall, opened for so many; the hall, the proposal, the code of the wall.
async fn opened(at: &Village, entry: &str, most: &str) -> (String, String, String) {
    let page = called(at, "Muskal", "2026-03-31").await;
    let list = format!("/places/{VILLAGE}/proposals");
    let (proposal, answer) = enter(at, Role::VillageOfficer, &list, &[("title", "Lampu jalan")]).await;
    answer.done();
    let meeting = page.rsplit('/').next().expect("an id");
    let put = format!("{list}/{proposal}/put");
    enter(at, Role::VillageOfficer, &put, &[("on", meeting)]).await.1.done();
    let hall = format!("{page}/hall");
    let open = [("entry", entry), ("most", most)];
    let (_, answer) = enter(at, Role::VillageOfficer, &format!("{hall}/open"), &open).await;
    let code = answer.done()["codes"][0][1].as_str().expect("a code").to_owned();
    (hall, proposal.to_string(), code)
}

story! {
    /// Three hundred telephones behind one address join and support within a minute: each is served, none is lost, each is a
    /// fact, and no second voice comes from any of them.
    three_hundred_telephones_support_in_one_minute, |at| async {
        const PHONES: usize = 300;
        let (hall, proposal, code) = opened(at, "free", "300").await;
        let (join, support) = (format!("{hall}/join"), format!("{hall}/support"));
        let mut phones = Vec::new();
        for n in 0..PHONES {
            let phone = telephone(at, &format!("{hall}?code={code}")).await;
            let id = EntryId::new().to_string();
            let fields = [("id", id.as_str()), ("code", code.as_str()), ("element", if n % 2 == 0 { "farmers" } else { "youth" })];
            phone.send(&join, &fields).await.done();
            phone.send(&join, &fields).await.done(); // sent twice by a bad network
            send(&phone, &support, &[("proposal", &proposal)]).await.done();
            phones.push(phone);
        }
        for phone in phones.iter().step_by(50) {
            let again = send(phone, &support, &[("proposal", &proposal)]).await;
            assert_eq!(again.refused(), "proposals.supported_before");
        }
        let screen = at.guest().json(&format!("{hall}/screen")).await.data();
        assert_eq!(screen["joined"], PHONES);
        assert_eq!(screen["proposals"][0]["support"], PHONES);
        assert!(screen["by_element"].to_string().contains("150"), "{screen}");
        let seen = at.guest().get(&format!("{hall}/screen")).await.seen();
        assert!(seen.contains("300 voices have joined.") && seen.contains("Lampu jalan"), "{seen}");
        let (facts,) = at
            .read(|view| Ok(db::sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM proposal_support").one::<(i64,)>(view)?))
            .await
            .expect("reads");
        assert_eq!(facts, PHONES as i64, "every support is a fact");
        let late = telephone(at, &hall).await;
        assert_eq!(send(&late, &join, &[("code", &code)]).await.refused(), "hall.full");
    }
}

story! {
    /// Where two telephones must not be two voices, a slip opens once; and what a hall does not take.
    a_slip_of_paper_opens_once, |at| async {
        let (hall, proposal, wall) = opened(at, "slips", "40").await;
        let (join, support) = (format!("{hall}/join"), format!("{hall}/support"));
        let (_, answer) = enter(at, Role::VillageOfficer, &format!("{hall}/slips"), &[("count", "2")]).await;
        let codes = answer.done();
        let slip = codes["codes"][1][1].as_str().expect("a code").to_owned();
        let desk = at.as_role(Role::VillageOfficer).get(&format!("{hall}/desk")).await;
        assert_eq!(desk.text().matches("<svg class=\"qr\"").count(), 2, "a code for each slip, none for the wall");
        let (first, second) = (telephone(at, &hall).await, telephone(at, &hall).await);
        assert_eq!(send(&first, &join, &[("code", &wall)]).await.refused(), "hall.slip_needed");
        assert_eq!(send(&first, &join, &[("code", "nonsense")]).await.refused(), "hall.no_code");
        assert_eq!(send(&first, &support, &[("proposal", &proposal)]).await.refused(), "hall.not_joined");
        assert_eq!(send(&at.guest(), &join, &[("code", &slip)]).await.refused(), "hall.no_token");
        send(&first, &join, &[("code", &slip.to_uppercase())]).await.done();
        assert_eq!(send(&second, &join, &[("code", &slip)]).await.refused(), "hall.slip_used");
        let nothing = EntryId::new().to_string();
        assert_eq!(send(&first, &support, &[("proposal", &nothing)]).await.refused(), "hall.not_discussed");
        send(&first, &support, &[("proposal", &proposal)]).await.done();
        assert!(first.get(&hall).await.seen().contains("You support this."));
        assert!(first.get(hall.trim_end_matches("/hall")).await.seen().contains("One voice has joined."));

        let officer = Role::VillageOfficer;
        assert_eq!(enter(at, officer, &format!("{hall}/slips"), &[("count", "0")]).await.1.refused(), "hall.slips_out_of_range");
        let open = format!("{hall}/open");
        assert_eq!(enter(at, officer, &open, &[("most", "0")]).await.1.refused(), "hall.most_out_of_range");
        enter(at, officer, &format!("{hall}/close"), &[]).await.1.done();
        assert_eq!(send(&second, &join, &[("code", &slip)]).await.refused(), "hall.closed");
        assert_eq!(send(&first, &support, &[("proposal", &proposal)]).await.refused(), "hall.closed");
    }
}

story! {
    /// The menu of a page about a meeting leads to no counter, as if the meeting were a waste bank.
    the_menu_of_a_meeting_leads_to_no_counter, |at| async {
        let page = called(at, "Muskal", "2026-03-31").await;
        let meeting = page.rsplit('/').next().expect("an id");
        let seen = at.as_role(Role::Teller).get(&page).await.text();
        assert!(!seen.contains(&format!("/waste/{meeting}")), "{seen}");
    }
}
