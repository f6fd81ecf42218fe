//! The text of a paper in three languages.

use kernel::Role;
use serde_json::Value;
use web::Lang;

use super::{PORTFOLIO, enter};
use crate::story;
use crate::world::Village;

/// A paper of a new cooperation.
pub(super) async fn new_paper(at: &Village) -> String {
    let begin = [("kind", "sister"), ("name_id", "DIY – Gangwon"), ("day", "2026-01")];
    let (_, begun) = enter(at, PORTFOLIO, &begin).await;
    let book = begun.done()["cooperation"].as_str().expect("a book").to_owned();
    let page = format!("{PORTFOLIO}/{book}");
    let (id, written) =
        enter(at, &format!("{page}/papers"), &[("kind", "memorandum"), ("name_id", "Memorandum")]).await;
    written.done();
    format!("{page}/papers/{id}")
}

/// Writes an article and gives its entry.
pub(super) async fn write(
    at: &Village,
    cell: &str,
    text: &str,
    base: &[&str],
    renders: Option<&str>,
) -> String {
    let mut fields = vec![("text", text)];
    fields.extend(base.iter().map(|base| ("base", *base)));
    fields.extend(renders.map(|renders| ("renders", renders)));
    let (id, answer) = enter(at, cell, &fields).await;
    answer.done();
    id.to_string()
}

fn cell(data: &Value, number: usize, lang: usize) -> &Value {
    &data["articles"][number]["cells"][lang]["heads"][0]
}

story! {
    /// The officer writes an article in Indonesian, a colleague renders it; then the original changes.
    a_changed_article_shows_which_languages_are_behind, |at| async {
        let paper = new_paper(at).await;
        let (page, of) = (format!("{paper}/articles"), |lang: &str| format!("{paper}/articles/1/{lang}"));
        assert!(at.guest().lang(Lang::Id).get(&page).await.seen().contains("Belum ada pasal"), "nothing yet");
        let first = write(at, &of("id"), "Para Pihak bekerja sama di bidang pertanian.", &[], None).await;
        let english = write(at, &of("en"), "The Parties cooperate in agriculture.", &[], Some(&first)).await;
        let korean = write(at, &of("ko"), "당사자는 농업 분야에서 협력한다.", &[], Some(&english)).await;
        for (version, lang) in [(&english, "en"), (&korean, "ko")] {
            let judge = [("version", version.as_str()), ("worth", "checked")];
            enter(at, &format!("{}/judge", of(lang)), &judge).await.1.done();
        }
        let data = at.guest().json(&page).await.data();
        assert_eq!((&cell(&data, 0, 1)["worth"], &cell(&data, 0, 1)["behind"]), (&"checked".into(), &Value::Null));

        let second = write(at, &of("id"), "Para Pihak bekerja sama di bidang pertanian dan seni.", &[&first], None).await;
        let data = at.guest().json(&page).await.data();
        assert_eq!((&cell(&data, 0, 2)["behind"], &cell(&data, 0, 1)["behind"]), (&"id".into(), &"id".into()), "{data}");
        let answer = enter(at, &format!("{}/judge", of("en")), &[("version", &english), ("worth", "agreed")]).await.1;
        assert_eq!(answer.refused(), "articles.behind");
        let seen = at.guest().lang(Lang::En).get(&page).await;
        assert!(seen.text().contains(r#"<div lang="ko">"#), "each column says its language");
        assert!(seen.seen().contains("behind the text in Indonesia") && seen.seen().contains("당사자는"), "{}", seen.seen());
        assert!(at.guest().lang(Lang::En).get(&paper).await.seen().contains("2 translations are behind"), "on the paper");

        let english = write(at, &of("en"), "The Parties cooperate in agriculture and arts.", &[&english], Some(&second)).await;
        let data = at.guest().json(&page).await.data();
        assert_eq!((&cell(&data, 0, 2)["behind"], &cell(&data, 0, 1)["behind"]), (&Value::Null, &"en".into()));
        enter(at, &format!("{}/judge", of("en")), &[("version", &english), ("worth", "agreed")]).await.1.done();

        let history = at.as_role(Role::CooperationOfficer).lang(Lang::En).get(&of("en")).await.seen();
        assert!(history.contains("Earlier versions") && history.contains("agriculture."), "{history}");
        let authentic = [("lang_id", "true"), ("lang_ko", "true")];
        let answer = enter(at, &format!("{page}/authentic"), &authentic).await.1;
        assert_eq!(answer.done()["authentic"], serde_json::json!(["id", "ko"]));
    }
}

story! {
    /// Two secretaries change the same cell at once: both texts are kept, and a person merges them.
    two_who_write_one_cell_at_once_lose_nothing, |at| async {
        let paper = new_paper(at).await;
        let cell = format!("{paper}/articles/2/id");
        let first = write(at, &cell, "Semula", &[], None).await;
        let one = write(at, &cell, "Usul sekretaris pertama", &[&first], None).await;
        let other = write(at, &cell, "Usul sekretaris kedua", &[&first], None).await;
        let seen = at.as_role(Role::CooperationOfficer).lang(Lang::En).get(&cell).await.seen();
        assert!(seen.contains("Two people wrote at the same time"), "{seen}");
        assert!(seen.contains("Usul sekretaris pertama") && seen.contains("Usul sekretaris kedua"), "{seen}");
        let heads = at.guest().json(&cell).await.data()["heads"].as_array().expect("heads").len();
        assert_eq!(heads, 2);
        let judge = format!("{cell}/judge");
        let answer = enter(at, &judge, &[("version", &one), ("worth", "agreed")]).await.1;
        assert_eq!(answer.refused(), "articles.two_versions");
        let merged = write(at, &cell, "Usul keduanya", &[&one, &other], None).await;
        let data = at.guest().json(&cell).await.data();
        assert_eq!(data["heads"].as_array().expect("heads").len(), 1);
        assert_eq!(data["history"].as_array().expect("history").len(), 4, "every version is there to read");

        let fresh = [("text", "Usul keduanya"), ("base", merged.as_str())];
        assert_eq!(enter(at, &cell, &fresh).await.1.refused(), "articles.unchanged");
        assert_eq!(enter(at, &judge, &[("version", &one), ("worth", "checked")]).await.1.refused(), "articles.replaced");
        let nobody = kernel::EntryId::new().to_string();
        assert_eq!(enter(at, &judge, &[("version", &nobody), ("worth", "checked")]).await.1.refused(), "articles.no_version");
        for (fields, refused) in [
            ([("text", " "), ("base", merged.as_str())], "articles.no_text"),
            ([("text", "x"), ("base", nobody.as_str())], "articles.unknown_base"),
            ([("text", "x"), ("renders", merged.as_str())], "articles.unknown_source"),
            ([("text", &*"x".repeat(20_001)), ("base", merged.as_str())], "articles.too_long"),
        ] {
            assert_eq!(enter(at, &cell, &fields).await.1.refused(), refused);
        }
        let hostile = "<script>alert(1)</script> & \"\u{202e}";
        write(at, &format!("{paper}/articles/3/en"), hostile, &[], None).await;
        assert!(!at.guest().get(&format!("{paper}/articles")).await.text().contains("<script>alert"), "shown as text");
        let id = kernel::EntryId::new().to_string();
        let fields = [("id", id.as_str()), ("text", "x")];
        assert_eq!(at.as_role(Role::PartnerReader).send(&cell, &fields).await.refused(), "web.not_yours");
        assert_eq!(at.guest().json(&format!("{paper}/articles/1000/id")).await.status, 404);
    }
}
