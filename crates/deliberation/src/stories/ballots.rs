use kernel::{EntryId, Role};

use super::{called, enter};
use crate::story;
use crate::world::{Answer, Village, Visitor};

/// A telephone that joined the hall.
async fn telephone<'v>(at: &'v Village, page: &str, code: &str) -> Visitor<'v> {
    let hall = format!("{page}/hall");
    let answer = at.guest().get(&hall).await;
    let cookie = answer.header("set-cookie").split(';').next().expect("a cookie").to_owned();
    let phone = at.guest().with_cookie(&cookie);
    send(&phone, &format!("{hall}/join"), &[("code", code)]).await.done();
    phone
}

async fn send(phone: &Visitor<'_>, path: &str, fields: &[(&str, &str)]) -> Answer {
    let id = EntryId::new().to_string();
    let mut all = vec![("id", id.as_str())];
    all.extend_from_slice(fields);
    phone.send(path, &all).await
}

/// The lurah opens a ballot; its address.
async fn ballot(at: &Village, page: &str, fields: &[(&str, &str)]) -> String {
    let path = format!("{page}/ballots");
    let (id, answer) = enter(at, Role::VillageOfficer, &path, fields).await;
    answer.done();
    format!("{path}/{id}")
}

story! {
    /// A count by hand is shown with its arithmetic, adds up, ties stay ties, and a count is taken back with a reason.
    hands_and_scores_are_counted_with_their_arithmetic, |at| async {
        let page = called(at, "Muskal", "2026-03-31").await;
        let of = ballot(at, &page, &[("question", "Mana dahulu?"), ("method", "hands"), ("options", "Lampu\nJalan\n")]).await;
        let officer = Role::VillageOfficer;
        let (first, answer) = enter(at, officer, &format!("{of}/counts"), &[("mark", "12"), ("mark", "7")]).await;
        answer.done();
        enter(at, officer, &format!("{of}/counts"), &[("mark", ""), ("mark", "5")]).await.1.done();
        let seen = at.guest().get(&of).await.seen();
        assert!(seen.contains("24 have voted. Several are even at the top") && seen.contains("1 × 12 = 12"), "{seen}");
        let back = [("entry", first.to_string()), ("why", "salah hitung".to_owned())];
        let back = back.each_ref().map(|(name, value)| (*name, value.as_str()));
        let outcome = enter(at, officer, &format!("{of}/take-back"), &back).await.1.done();
        assert_eq!(outcome["outcome"]["voters"], 5);

        let score = [("question", "Nilai"), ("method", "score"), ("options", "Lampu\nJalan"), ("most", "5")];
        let score = ballot(at, &page, &score).await;
        let lines = [("lines", "5 3 x 2\n3 0")];
        enter(at, officer, &format!("{score}/counts"), &lines).await.1.done();
        assert!(at.guest().get(&score).await.seen().contains("5 × 2 + 3 × 1 = 13"));
        let pairs = [("question", "Urutan"), ("method", "pairs"), ("options", "A\nB\nC")];
        let pairs = ballot(at, &page, &pairs).await;
        enter(at, officer, &format!("{pairs}/counts"), &[("lines", "1 2 3 x 5\n2 3 1 × 3")]).await.1.done();
        assert!(at.guest().get(&pairs).await.seen().contains("8:0 + 5:3 = 4"));

        let consensus = ballot(at, &page, &[("question", "Setuju lampu?"), ("method", "consensus")]).await;
        enter(at, officer, &format!("{consensus}/counts"), &[("mark", "40"), ("mark", "2"), ("mark", "0")]).await.1.done();
        let reserve = [("element", "youth"), ("text", "Rawat dahulu yang ada")];
        enter(at, officer, &format!("{consensus}/reservations"), &reserve).await.1.done();
        let seen = at.guest().get(&consensus).await.seen();
        assert!(seen.contains("There is consensus.") && seen.contains("Rawat dahulu yang ada"), "{seen}");
        assert_eq!(enter(at, officer, &format!("{consensus}/reservations"), &[("text", " ")]).await.1.refused(), "ballots.no_text");
        assert_eq!(enter(at, officer, &format!("{score}/reservations"), &reserve).await.1.refused(), "ballots.no_consensus");
        for (fields, expected) in [
            (vec![("question", "")], "ballots.no_question"),
            (vec![("question", "x"), ("options", "Lampu")], "ballots.wrong_options"),
            (vec![("question", "x"), ("options", "Lampu\n Lampu ")], "ballots.option_twice"),
            (vec![("question", "x"), ("options", "A\nB"), ("method", "dots"), ("most", "0")], "ballots.most_out_of_range"),
        ] {
            let answer = enter(at, officer, &format!("{page}/ballots"), &fields).await.1;
            assert_eq!(answer.refused(), expected, "{fields:?}");
        }
        let long = "x".repeat(301);
        let answer = enter(at, officer, &format!("{page}/ballots"), &[("question", &long), ("options", "A\nB")]).await.1;
        assert_eq!(answer.refused(), "ballots.too_long");
        for (lines, expected) in [
            ("", "ballots.nothing_counted"),
            ("9 0", "ballots.wrong_marks"),
            ("5 0 x -1", "ballots.count_out_of_range"),
        ] {
            let answer = enter(at, officer, &format!("{score}/counts"), &[("lines", lines)]).await.1;
            assert_eq!(answer.refused(), expected, "{lines}");
        }
        let nothing = format!("{page}/ballots/{}", EntryId::new());
        assert_eq!(at.guest().json(&nothing).await.refused(), "ballots.no_ballot");
        let nobody = EntryId::new().to_string();
        let answer = enter(at, officer, &format!("{of}/take-back"), &[("entry", nobody.as_str()), ("why", "x")]).await.1;
        assert_eq!(answer.refused(), "ballots.not_its_entry");
    }
}

story! {
    /// A secret vote is counted once for each voice and kept beside none; nobody sees the result before the closing.
    a_secret_vote_is_kept_beside_no_voice, |at| async {
        let page = called(at, "Muskal", "2026-03-31").await;
        let (_, answer) = enter(at, Role::VillageOfficer, &format!("{page}/hall/open"), &[("most", "9")]).await;
        let code = answer.done()["codes"][0][1].as_str().expect("a code").to_owned();
        let ask = [("question", "Ketua"), ("method", "dots"), ("secrecy", "secret"), ("options", "A\nB"), ("most", "3")];
        let of = ballot(at, &page, &ask).await;
        let votes = format!("{of}/votes");
        let mut phones = Vec::new();
        for marks in [["3", "0"], ["1", "2"], ["1", "2"]] {
            let phone = telephone(at, &page, &code).await;
            let fields = [("mark", marks[0]), ("mark", marks[1])];
            send(&phone, &votes, &fields).await.done();
            assert_eq!(send(&phone, &votes, &fields).await.refused(), "ballots.voted_before");
            phones.push(phone);
        }
        let fourth = telephone(at, &page, &code).await;
        assert_eq!(send(&fourth, &votes, &[("mark", "3"), ("mark", "1")]).await.refused(), "ballots.too_many_dots");
        let stranger = at.guest().with_cookie(&format!("simpul-hall={:x<43}", ""));
        assert_eq!(send(&stranger, &votes, &[("mark", "3"), ("mark", "0")]).await.refused(), "ballots.not_joined");
        let sealed = at.as_role(Role::VillageOfficer).json(&of).await.data();
        assert!(sealed["outcome"].is_null() && sealed["spent"] == 3, "{sealed}");
        enter(at, Role::VillageOfficer, &format!("{of}/close"), &[]).await.1.done();
        let seen = at.guest().get(&of).await.seen();
        assert!(seen.contains("3 × 1 + 1 × 2 = 5") && seen.contains("2 × 2 = 4"), "{seen}");
        assert_eq!(send(&fourth, &votes, &[("mark", "3"), ("mark", "0")]).await.refused(), "ballots.closed");
        let (beside,) = at
            .read(|view| Ok(db::sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM ballot_vote WHERE voice IS NOT NULL").one::<(i64,)>(view)?))
            .await
            .expect("reads");
        assert_eq!(beside, 0, "no vote stands beside a voice");

        // An open one, from a telephone.
        let open = ballot(at, &page, &[("question", "Lampu?"), ("method", "consensus")]).await;
        let outcome = send(&fourth, &format!("{open}/votes"), &[("choice", "block")]).await.done();
        assert_eq!(outcome["outcome"]["stands"], serde_json::json!([0, 0, 1]));
        assert!(fourth.get(&open).await.seen().contains("There is no consensus."));
    }
}
