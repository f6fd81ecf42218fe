//! A text for the memorandum of 2025. The real one is not published: these articles are made up as a summary of the fields
//! that the newspapers name, and each says so. Nobody has signed them. The contact of a party is made up, too.

use journal::{Context, Work};
use kernel::{EntryId, PartyId, PersonId, Scope, Stop};

use super::{book, memorandum_2025, region};
use crate::agreed::{self, FreezeText};
use crate::agreements;
use crate::articles::{self, ArticleWritten, AuthenticNamed, Tongue, WriteArticles};
use crate::parties::{ContactNamed, ContactRegistered, KeepContacts};

/// Number, headings and texts in Indonesian, Korean and English.
const ARTICLES: &[(i64, [&str; 3], [&str; 3])] = &[
    (
        0,
        ["", "", ""],
        [
            "[Ringkasan sintetis untuk peragaan, bukan naskah resmi.]\nDaerah Istimewa Yogyakarta dan Provinsi Gyeongsangbuk-do melanjutkan hubungan provinsi kembar sejak 24 Februari 2005.",
            "[시연용 합성 요약문이며 공식 문서가 아닙니다.]\n욕야카르타 특별주와 경상북도는 2005년 2월 24일부터 이어 온 자매결연을 계속한다.",
            "[Synthetic summary for demonstration, not the official text.]\nThe Special Region of Yogyakarta and Gyeongsangbuk-do continue the sister-province relation that began on 24 February 2005.",
        ],
    ),
    (
        1,
        ["Bidang kerja sama", "협력 분야", "Fields of cooperation"],
        [
            "[Ringkasan sintetis.] Para pihak bekerja sama di bidang seni, budaya, pendidikan, pertanian dan perikanan, serta Saemaul Undong.",
            "[합성 요약문.] 당사자는 예술, 문화, 교육, 농업과 수산, 새마을운동 분야에서 협력한다.",
            "[Synthetic summary.] The parties cooperate in arts, culture, education, agriculture and fisheries, and Saemaul Undong.",
        ],
    ),
    (
        2,
        ["Perpanjangan", "연장", "Extension"],
        [
            "[Ringkasan sintetis.] Kerja sama ditinjau dan diperpanjang setiap lima tahun.",
            "[합성 요약문.] 협력은 5년마다 검토하고 연장한다.",
            "[Synthetic summary.] The cooperation is reviewed and extended every five years.",
        ],
    ),
];

/// Writes the articles, names the authentic languages and freezes the text.
pub(super) fn record(work: &mut Work<'_, '_>) -> Result<(), Stop> {
    let (place, cooperation, instrument) = (region(), book(), memorandum_2025());
    let scope = Scope::book(place.clone(), cooperation);
    let write = Context::operator_permit::<WriteArticles>(&scope)?;
    let written = |number, lang, heading: &str, text: &str, renders: Option<EntryId>| ArticleWritten {
        place: region(),
        cooperation,
        instrument,
        number,
        lang,
        heading: heading.into(),
        text: text.into(),
        base: Vec::new(),
        renders,
    };
    for (number, [heading, of_ko, of_en], [text, ko, en]) in ARTICLES {
        let original = work.record(&write, &written(*number, Tongue::Indonesian, heading, text, None))?;
        work.record(&write, &written(*number, Tongue::Korean, of_ko, ko, Some(original)))?;
        work.record(&write, &written(*number, Tongue::English, of_en, en, Some(original)))?;
    }
    let langs = vec![Tongue::Indonesian, Tongue::Korean, Tongue::English];
    work.record(&write, &AuthenticNamed { place: place.clone(), cooperation, instrument, langs })?;
    let freeze = Context::operator_permit::<FreezeText>(&scope)?;
    let papers = agreements::instruments(work, &place, cooperation)?;
    let paper = papers.iter().find(|paper| paper.instrument == instrument);
    let paper = paper.ok_or(agreements::Refusal::NoPaper)?;
    let versions = articles::versions(work, &place, cooperation, instrument)?;
    let live = agreed::live(work, &place, cooperation, paper, &versions)?;
    work.record(&freeze, &agreed::freeze(&live, None)?)?;
    contact(work)
}

/// Somebody whom one could reach at Gyeongsangbuk-do, if there were such a person.
fn contact(work: &mut Work<'_, '_>) -> Result<(), Stop> {
    let keep = Context::operator_permit::<KeepContacts>(&Scope::at(region()))?;
    let (place, contact, key) = (region(), PersonId::from_bytes([1; 16]), work.make_key()?);
    let named = ContactNamed {
        place: place.clone(),
        contact,
        name: "예시 담당자 (contoh sintetis)".into(),
        post: "국제교류 담당".into(),
        phone: String::new(),
        email: "contact@example.org".into(),
    };
    work.record_sealed(&keep, key, &named)?;
    work.record(&keep, &ContactRegistered { place, party: PartyId::from_bytes([2; 16]), contact, key })?;
    Ok(())
}
