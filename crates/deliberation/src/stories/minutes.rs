use kernel::{EntryId, Role};
use serde_json::Value;

use super::{called, enter};
use crate::story;
use crate::world::VILLAGE;

fn heads(minutes: &Value, text: usize) -> Vec<(String, String)> {
    let heads = minutes["statements"][0]["texts"][text]["heads"].as_array().expect("heads").iter();
    let field = |head: &Value, name: &str| head[name].as_str().expect("a text").to_owned();
    heads.map(|head| (field(head, "entry"), field(head, "text"))).collect()
}

story! {
    /// Two secretaries change one statement at the same time: both texts stand, one of them merges; then the minutes are
    /// frozen, approved and printed.
    two_secretaries_at_once_lose_nothing, |at| async {
        let page = called(at, "Muskal", "2026-03-31").await;
        let minutes = format!("{page}/minutes");
        let said = [("speaker", "Ulu-ulu"), ("lang", "id"), ("text", "Timbangan kita rusak.")];
        let (statement, answer) = enter(at, Role::VillageOfficer, &minutes, &said).await;
        let base = heads(&answer.done(), 0)[0].0.clone();
        // A browser that was killed sends again what it had; it stands there once.
        let id = statement.to_string();
        let mut again = said.to_vec();
        again.push(("id", id.as_str()));
        let twice = at.as_role(Role::VillageOfficer).send(&minutes, &again).await.done();
        assert_eq!(twice["statements"].as_array().map(Vec::len), Some(1));

        let text = format!("{minutes}/text");
        let change = async |role, words: &str, base: &[&str]| {
            let mut fields = vec![("statement", id.as_str()), ("lang", "id"), ("text", words)];
            fields.extend(base.iter().map(|base| ("base", *base)));
            enter(at, role, &text, &fields).await.1
        };
        change(Role::VillageOfficer, "Timbangan kita rusak sejak Januari.", &[&base]).await.done();
        let both = change(Role::CooperationOfficer, "Dua timbangan kita rusak.", &[&base]).await.done();
        assert_eq!(both["to_merge"], 1);
        let seen = at.as_role(Role::VillageOfficer).get(&minutes).await.seen();
        for words in ["Timbangan kita rusak sejak Januari.", "Dua timbangan kita rusak.", "One text was written twice"] {
            assert!(seen.contains(words), "{words}: {seen}");
        }
        let hash = both["hash"].as_str().expect("a hash").to_owned();
        let freeze = format!("{minutes}/freeze");
        assert_eq!(enter(at, Role::VillageOfficer, &freeze, &[("hash", &hash)]).await.1.refused(), "minutes.to_merge");
        let two = heads(&both, 0);
        let check = format!("{minutes}/check");
        assert_eq!(enter(at, Role::VillageOfficer, &check, &[("version", &two[0].0)]).await.1.refused(), "minutes.to_merge");
        let merged = "Dua timbangan kita rusak sejak Januari.";
        let one = change(Role::VillageOfficer, merged, &[&two[0].0, &two[1].0]).await.done();
        assert_eq!((one["to_merge"].as_i64(), heads(&one, 0)[0].1.as_str()), (Some(0), merged));
        assert_eq!(enter(at, Role::VillageOfficer, &check, &[("version", &base)]).await.1.refused(), "minutes.changed_meanwhile");
        let now = heads(&one, 0)[0].0.clone();
        enter(at, Role::VillageOfficer, &check, &[("version", &now)]).await.1.done();
        let translated = [("statement", id.as_str()), ("lang", "ko"), ("text", "저울 두 개가 1월부터 고장입니다.")];
        let data = enter(at, Role::CooperationOfficer, &text, &translated).await.1.done();

        let approve = format!("{minutes}/approve");
        let office = ("office", "Lurah");
        let now = data["hash"].as_str().expect("a hash").to_owned();
        let hash_now = ("hash", now.as_str());
        assert_eq!(enter(at, Role::VillageOfficer, &approve, &[hash_now, office]).await.1.refused(), "minutes.not_frozen");
        assert_eq!(enter(at, Role::VillageOfficer, &freeze, &[("hash", &hash)]).await.1.refused(), "minutes.changed_meanwhile");
        enter(at, Role::VillageOfficer, &freeze, &[hash_now]).await.1.done();
        assert_eq!(enter(at, Role::VillageOfficer, &approve, &[("hash", &hash), office]).await.1.refused(), "minutes.other_version");
        assert_eq!(enter(at, Role::VillageOfficer, &approve, &[hash_now]).await.1.refused(), "minutes.nobody");
        let agreed = enter(at, Role::VillageOfficer, &approve, &[hash_now, office]).await.1.done();
        assert_eq!(agreed["is_agreed"], true);
        assert_eq!(enter(at, Role::VillageOfficer, &approve, &[hash_now, office]).await.1.refused(), "minutes.approved_before");
        let sheet = at.as_role(Role::PartnerReader).get(&format!("{minutes}/print")).await.text();
        for words in ["저울 두 개가 1월부터 고장입니다.", "Lurah", &now, "They are agreed."] {
            assert!(sheet.contains(words), "{words}: {sheet}");
        }
        // Whatever comes later is another text.
        let more = [("lang", "ko"), ("text", "감사합니다.")];
        enter(at, Role::CooperationOfficer, &minutes, &more).await.1.done();
        let seen = at.as_role(Role::Auditor).get(&page).await.seen();
        assert!(seen.contains("They were changed after they were frozen"), "{seen}");
    }
}

story! {
    /// What cannot stand in minutes is refused, and drafts are not for everybody.
    minutes_that_say_nothing_are_refused, |at| async {
        let page = called(at, "Muskal", "2026-03-31").await;
        let minutes = format!("{page}/minutes");
        let long = "x".repeat(5001);
        for (fields, expected) in [
            (vec![("lang", "id"), ("text", " ")], "minutes.no_text"),
            (vec![("lang", "id"), ("text", long.as_str())], "minutes.too_long"),
            (vec![("lang", "jv"), ("text", "Sugeng rawuh")], "web.unreadable_form"),
        ] {
            assert_eq!(enter(at, Role::VillageOfficer, &minutes, &fields).await.1.refused(), expected);
        }
        let nothing = EntryId::new().to_string();
        let write = [("statement", nothing.as_str()), ("lang", "id"), ("text", "x")];
        assert_eq!(enter(at, Role::VillageOfficer, &format!("{minutes}/text"), &write).await.1.refused(), "minutes.no_statement");
        assert_eq!(enter(at, Role::VillageOfficer, &format!("{minutes}/freeze"), &[("hash", "x")]).await.1.refused(), "minutes.empty");
        let (statement, answer) = enter(at, Role::VillageOfficer, &minutes, &[("lang", "id"), ("text", "Selamat datang")]).await;
        answer.done();
        let statement = statement.to_string();
        let write = [("statement", statement.as_str()), ("lang", "id"), ("text", "x"), ("base", nothing.as_str())];
        assert_eq!(enter(at, Role::VillageOfficer, &format!("{minutes}/text"), &write).await.1.refused(), "minutes.unknown_base");
        assert_eq!(at.guest().get(&minutes).await.location().split('?').next(), Some("/sign-in"));
        assert_eq!(enter(at, Role::Auditor, &minutes, &[("lang", "id"), ("text", "x")]).await.1.refused(), "web.not_yours");
        assert!(!at.guest().get(&page).await.seen().contains("One statement."));
        let off = called(at, "Rapat batal", "2026-04-08").await;
        enter(at, Role::VillageOfficer, &format!("{off}/outcome"), &[("outcome", "cancelled"), ("reason", "Hujan")]).await.1.done();
        let (_, refused) = enter(at, Role::VillageOfficer, &format!("{off}/minutes"), &[("lang", "id"), ("text", "x")]).await;
        assert_eq!(refused.refused(), "minutes.not_met");
        assert_eq!(at.as_role(Role::VillageOfficer).json(&format!("/places/{VILLAGE}/meetings/{nothing}/minutes")).await.refused(), "meetings.no_meeting");
    }
}

story! {
    /// What a secretary changed and was refused stands in the form again, based on what was seen then.
    a_change_that_is_refused_is_not_lost, |at| async {
        let page = called(at, "Muskal", "2026-03-31").await;
        let minutes = format!("{page}/minutes");
        let said = [("lang", "id"), ("text", "Timbangan kita rusak.")];
        let (statement, answer) = enter(at, Role::VillageOfficer, &minutes, &said).await;
        let base = heads(&answer.done(), 0)[0].0.clone();
        let (statement, id) = (statement.to_string(), EntryId::new().to_string());
        let long = format!("Kalimat panjang {}", "x".repeat(5001));
        for lang in ["id", "ko"] {
            let fields = [("id", id.as_str()), ("statement", &statement), ("lang", lang), ("text", &long), ("base", &base)];
            let again = at.as_role(Role::VillageOfficer).post(&format!("{minutes}/text"), &fields).await;
            assert_eq!(again.status, 422);
            let again = again.text();
            assert!(again.contains("Kalimat panjang x") && again.contains(&base), "{lang}");
        }
    }
}
