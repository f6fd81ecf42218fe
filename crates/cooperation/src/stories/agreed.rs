//! What was agreed, and who has signed it.

use std::fmt::Write as _;

use cooperation::demo;
use journal::Context;
use kernel::{EntryId, Grant, Role, Scope};
use serde_json::Value;
use sha2::{Digest, Sha256};
use web::{Lang, staff};

use super::articles::write;
use super::{PORTFOLIO, enter, party};
use crate::story;
use crate::world::{Answer, Village};

/// What `docs/formats.md` says, written once more from what the page of the articles tells.
fn sha256_of(paper: &str, titles: &[(&str, &str)], authentic: &[&str], articles: &Value) -> String {
    let mut text = format!("simpul/agreed/1\npaper {paper}\n");
    for (lang, title) in titles {
        write!(text, "title {lang} {}\n{title}\n", title.len()).expect("memory");
    }
    for lang in authentic {
        writeln!(text, "authentic {lang}").expect("memory");
    }
    for article in articles["articles"].as_array().expect("articles") {
        for cell in article["cells"].as_array().expect("cells") {
            for head in cell["heads"].as_array().expect("heads") {
                let said = |name: &str| head[name].as_str().expect("text").to_owned();
                let (entry, heading, written) = (said("entry"), said("heading"), said("text"));
                let (number, lang) = (&article["number"], cell["lang"].as_str().expect("a language"));
                writeln!(text, "article {number} {lang} {entry} {} {}", heading.len(), written.len())
                    .expect("memory");
                write!(text, "{heading}\n{written}\n").expect("memory");
            }
        }
    }
    let mut digits = String::new();
    for byte in Sha256::digest(text.as_bytes()) {
        write!(digits, "{byte:02x}").expect("memory");
    }
    digits
}

/// The partner's account may read the region's cooperations, and with that sign.
async fn partner_at_the_region(at: &Village) {
    let permit = Context::operator_permit::<staff::Manage>(&Scope::site()).expect("the operator may");
    at.write(move |work| {
        let account = staff::account_named(work, "gyeongbuk")?.expect("one of the cast");
        let place = demo::region();
        staff::grant(work, &permit, account.staff, Grant { role: Role::PartnerReader, place, book: None })
    })
    .await
    .expect("granted");
}

async fn sign(at: &Village, role: Role, page: &str, data: &Value, party: &str) -> Answer {
    let id = EntryId::new().to_string();
    let (frozen, sha256) =
        (data["frozen"]["entry"].as_str().expect("an entry"), data["frozen"]["sha256"].as_str());
    let fields =
        [("id", id.as_str()), ("frozen", frozen), ("sha256", sha256.expect("a hash")), ("party", party)];
    at.as_role(role).send(&format!("{page}/sign"), &fields).await
}

story! {
    /// Two regions sign one text; the hash is what anybody computes from what they read; a change needs another signature.
    a_text_is_agreed_when_each_party_has_signed_it, |at| async {
        let begin = [("kind", "sister"), ("name_id", "DIY – Gangwon"), ("day", "2026-01")];
        let (_, begun) = enter(at, PORTFOLIO, &begin).await;
        let cooperation = format!("{PORTFOLIO}/{}", begun.done()["cooperation"].as_str().expect("a book"));
        let papers = format!("{cooperation}/papers");
        let fields = [("kind", "memorandum"), ("name_id", "Memorandum"), ("name_ko", "양해각서")];
        let (id, answer) = enter(at, &papers, &fields).await;
        answer.done();
        let (paper, instrument) = (format!("{papers}/{id}"), id.to_string());
        let page = format!("{paper}/agreed");
        let freeze = async || enter(at, &page, &[]).await.1;
        assert_eq!(freeze().await.refused(), "agreed.no_signatories");
        let (diy, gangwon) = (
            party(at, "region", "Daerah Istimewa Yogyakarta", "id").await,
            party(at, "region", "Provinsi Gangwon", "kr").await,
        );
        for who in [&diy, &gangwon] {
            enter(at, &format!("{cooperation}/parties"), &[("party", who), ("part", "signatory")]).await.1.done();
        }
        assert_eq!(freeze().await.refused(), "agreed.no_text");
        let cell = |lang: &str| format!("{paper}/articles/1/{lang}");
        let first = write(at, &cell("id"), "Para Pihak bekerja sama.", &[], None).await;
        enter(at, &format!("{paper}/articles/authentic"), &[("lang_id", "true"), ("lang_ko", "true")]).await.1.done();
        assert_eq!(freeze().await.refused(), "agreed.incomplete");
        write(at, &cell("ko"), "당사자는 협력한다.", &[], Some(&first)).await;
        let data = freeze().await.done();
        let told = at.guest().json(&format!("{paper}/articles")).await.data();
        let titles = [("id", "Memorandum"), ("ko", "양해각서")];
        let expected = sha256_of(&instrument, &titles, &["id", "ko"], &told);
        assert_eq!(data["frozen"]["sha256"], expected.as_str(), "{data}");
        assert_eq!(freeze().await.refused(), "agreed.frozen_before");
        let rendered = data["frozen"]["canonical"].as_str().expect("the rendering");
        assert_eq!(Sha256::digest(rendered.as_bytes())[..].iter().map(|b| format!("{b:02x}")).collect::<String>(), expected);

        partner_at_the_region(at).await;
        assert_eq!(sign(at, Role::PartnerReader, &page, &data, &gangwon).await.refused(), "agreed.not_a_signer");
        let signers = "/regions/34/parties/signers";
        let named = |party: &str, account: &str| [("party", party.to_owned()), ("account", account.to_owned())];
        for (who, account, refused) in [
            (&diy, "nobody-at-all", "parties.no_account"),
            (&EntryId::new().to_string(), "gyeongbuk", "parties.no_party"),
        ] {
            let fields = named(who, account);
            let fields = [("party", fields[0].1.as_str()), ("account", fields[1].1.as_str())];
            assert_eq!(enter(at, signers, &fields).await.1.refused(), refused);
        }
        enter(at, signers, &[("party", &gangwon), ("account", "gyeongbuk")]).await.1.done();
        enter(at, signers, &[("party", &diy), ("account", "bu-ratna")]).await.1.done();
        let again = enter(at, signers, &[("party", &diy), ("account", "bu-ratna")]).await.1;
        assert_eq!(again.refused(), "parties.signs_before");

        assert_eq!(sign(at, Role::PartnerReader, &page, &data, &diy).await.refused(), "agreed.not_a_signer", "its own party");
        sign(at, Role::PartnerReader, &page, &data, &gangwon).await.done();
        assert_eq!(sign(at, Role::PartnerReader, &page, &data, &gangwon).await.refused(), "agreed.signed_before");
        let seen = at.guest().lang(Lang::En).get(&page).await.seen();
        assert!(seen.contains("Provinsi Gangwon: signed") && seen.contains("Daerah Istimewa Yogyakarta: not signed yet"), "{seen}");
        assert_eq!(at.guest().json(&paper).await.data()["standing"]["state"], "draft");
        let agreed = sign(at, Role::CooperationOfficer, &page, &data, &diy).await.done();
        assert!(agreed["frozen"]["agreed"].is_number(), "{agreed}");
        let state = at.guest().json(&paper).await.data();
        assert_eq!((&state["standing"]["state"], &state["signed"]), (&"in_force".into(), &at.today().to_string().into()));

        write(at, &cell("id"), "Para Pihak tidak bekerja sama.", &[&first], None).await;
        let seen = at.guest().lang(Lang::En).get(&page).await.seen();
        assert!(seen.contains("The text was changed after it was frozen") && seen.contains("Para Pihak bekerja sama."), "{seen}");
        assert_eq!(freeze().await.refused(), "agreed.behind");
        let told = at.guest().json(&format!("{paper}/articles")).await.data();
        let of = |lang: usize| told["articles"][0]["cells"][lang]["heads"][0]["entry"].as_str().expect("an entry").to_owned();
        write(at, &cell("ko"), "당사자는 협력하지 않는다.", &[&of(1)], Some(&of(0))).await;
        let newer = freeze().await.done();
        assert_ne!(newer["frozen"]["sha256"], data["frozen"]["sha256"]);
        assert_eq!(sign(at, Role::PartnerReader, &page, &data, &gangwon).await.refused(), "agreed.other_version");
        assert_eq!(newer["before"].as_array().expect("before").len(), 1, "what was agreed stays to be read");
        let nobody = EntryId::new().to_string();
        assert_eq!(sign(at, Role::PartnerReader, &page, &newer, &nobody).await.refused(), "agreed.not_a_signer");

        let list = at.as_role(Role::CooperationOfficer).json(signers).await.data();
        let partner = list["signers"].as_array().expect("signers").iter().find(|it| it["handle"] == "gyeongbuk");
        let staff = partner.expect("named")["staff"].as_str().expect("an account").to_owned();
        let dismiss = [("party", gangwon.as_str()), ("staff", staff.as_str())];
        enter(at, &format!("{signers}/dismiss"), &dismiss).await.1.done();
        assert_eq!(enter(at, &format!("{signers}/dismiss"), &dismiss).await.1.refused(), "parties.does_not_sign");
        assert_eq!(sign(at, Role::PartnerReader, &page, &newer, &gangwon).await.refused(), "agreed.not_a_signer");
    }
}

story! {
    /// The demo shows a frozen text that says it is made up, and that nobody has signed.
    the_demo_has_a_text_that_nobody_signed, |at| async {
        at.write(demo::record).await.expect("recorded");
        let paper = format!("{PORTFOLIO}/{}/papers/{}", demo::book(), demo::memorandum_2025());
        let seen = at.guest().lang(Lang::En).get(&format!("{paper}/agreed")).await.seen();
        assert!(seen.contains("Synthetic summary") && seen.contains("합성 요약문") && seen.contains("not signed by all"), "{seen}");
        assert!(at.guest().lang(Lang::En).get(&paper).await.seen().contains("not signed yet"), "on the paper");
    }
}
