//! The cooperation of Yogyakarta with Gyeongsangbuk-do as published: its parties and papers, each with its date as precisely
//! as it is known. Nothing of these is made up; each record names who published it. The articles of one paper are made up, and
//! so is the file that [`attach`] adds; both say so.

pub mod portfolio;
mod text;

use journal::{Context, Journal, Work};
use kernel::{BookId, Date, Fault, InstrumentId, Names, PartyId, PlaceCode, Scope, Stop};
use web::{Opens, Sent};

use crate::agreements::{
    CooperationBegun, CooperationKind, InstrumentKind, InstrumentWritten, KeepCooperations, Part, PartyJoined,
};
use crate::documents::{self, About, Caption, Language};
use crate::parties::{KeepParties, PartyKind, PartyNamed};

/// The region that keeps it: Daerah Istimewa Yogyakarta.
pub fn region() -> PlaceCode {
    "34".parse().expect("the code of a province")
}

/// The cooperation.
pub fn book() -> BookId {
    BookId::from_bytes(*b"DIY-Gyeongbuk 05")
}

/// The memorandum that holds today.
pub fn memorandum_2025() -> InstrumentId {
    InstrumentId::from_bytes([7; 16])
}

struct Known {
    key: u8,
    kind: PartyKind,
    names: [&'static str; 3],
    country: &'static str,
    code: &'static str,
    part: Part,
    since: &'static str,
    source: &'static str,
}

const PARTIES: &[Known] = &[
    Known {
        key: 1,
        kind: PartyKind::Region,
        names: ["Daerah Istimewa Yogyakarta", "욕야카르타 특별주", "Special Region of Yogyakarta"],
        country: "ID",
        code: "34",
        part: Part::Signatory,
        since: "2005-02-24",
        source: "satunusantaranews.blogspot.com, August 2015",
    },
    Known {
        key: 2,
        kind: PartyKind::Region,
        names: ["Provinsi Gyeongsangbuk-do", "경상북도", "Gyeongsangbuk-do"],
        country: "KR",
        code: "KR-47",
        part: Part::Signatory,
        since: "2005-02-24",
        source: "satunusantaranews.blogspot.com, August 2015",
    },
    Known {
        key: 3,
        kind: PartyKind::Foundation,
        names: ["Saemaul Globalization Foundation", "새마을세계화재단", "Saemaul Globalization Foundation"],
        country: "KR",
        code: "",
        part: Part::Implementer,
        since: "2015",
        source: "sedaily.com 22OR8KKQWG; kukinews.com kuk202107010232",
    },
    Known {
        key: 4,
        kind: PartyKind::Ngo,
        names: ["Yayasan Penabulu", "페나불루 재단", "Penabulu Foundation"],
        country: "ID",
        code: "",
        part: Part::Facilitator,
        since: "2015-09-29",
        source: "desalestari.com/tag/diy",
    },
    Known {
        key: 5,
        kind: PartyKind::Village,
        names: ["Kalurahan Sumbermulyo", "숨버르물요 마을", "Sumbermulyo"],
        country: "ID",
        code: "34.02.05.2003",
        part: Part::Village,
        since: "2015-09-30",
        source: "desalestari.com/tag/diy",
    },
    Known {
        key: 6,
        kind: PartyKind::Village,
        names: ["Kalurahan Bleberan", "블레베란 마을", "Bleberan"],
        country: "ID",
        code: "",
        part: Part::Village,
        since: "2015-09-29",
        source: "desalestari.com/tag/diy",
    },
    Known {
        key: 7,
        kind: PartyKind::Village,
        names: ["Kalurahan Ponjong", "폰종 마을", "Ponjong"],
        country: "ID",
        code: "",
        part: Part::Village,
        since: "2015-09-29",
        source: "desalestari.com/tag/diy",
    },
    Known {
        key: 8,
        kind: PartyKind::University,
        names: [
            "Pusat Studi Trisakti dan Saemaul Undong, Universitas Gadjah Mada",
            "가자마다 대학교 트리삭티·새마을운동 연구소",
            "Centre for Trisakti and Saemaul Undong Studies, Universitas Gadjah Mada",
        ],
        country: "ID",
        code: "",
        part: Part::Researcher,
        since: "2015",
        source: "pagi.co.id wr_id=950; jogjapolitan.harianjogja.com, 20 October 2017",
    },
    Known {
        key: 9,
        kind: PartyKind::University,
        names: [
            "Akademi Saemaul, Universitas Kyungwoon",
            "경운대학교 새마을아카데미",
            "Saemaul Academy, Kyungwoon University",
        ],
        country: "KR",
        code: "",
        part: Part::Facilitator,
        since: "2008",
        source: "kbmaeil.com 122876; ugm.ac.id/id/berita/2677",
    },
];

struct Signed {
    key: u8,
    kind: InstrumentKind,
    parent: Option<u8>,
    names: [&'static str; 3],
    signed: &'static str,
    until: Option<&'static str>,
    source: &'static str,
}

const PAPERS: &[Signed] = &[
    Signed {
        key: 1,
        kind: InstrumentKind::Memorandum,
        parent: None,
        names: ["Hubungan provinsi kembar", "자매결연", "Sister-province relation"],
        signed: "2005-02-24",
        until: None,
        source: "satunusantaranews.blogspot.com, August 2015; extended every five years: republika.co.id, 23 January 2019",
    },
    Signed {
        key: 2,
        kind: InstrumentKind::LetterOfIntent,
        parent: Some(1),
        names: ["Pernyataan kehendak 2015", "2015년 의향서", "Letter of intent 2015"],
        signed: "2015-09-01",
        until: None,
        source: "jogjadaily.com, September 2015; pagi.co.id wr_id=950",
    },
    Signed {
        key: 3,
        kind: InstrumentKind::VillagePaper,
        parent: None,
        names: ["Naskah Kalurahan Bleberan", "블레베란 마을 협약", "Agreement with Bleberan"],
        signed: "2015-09-29",
        until: Some("2020"),
        source: "desalestari.com/tag/diy: a programme of five years, to 2020",
    },
    Signed {
        key: 4,
        kind: InstrumentKind::VillagePaper,
        parent: None,
        names: ["Naskah Kalurahan Ponjong", "폰종 마을 협약", "Agreement with Ponjong"],
        signed: "2015-09-29",
        until: Some("2020"),
        source: "desalestari.com/tag/diy: a programme of five years, to 2020",
    },
    Signed {
        key: 5,
        kind: InstrumentKind::VillagePaper,
        parent: None,
        names: ["Naskah Kalurahan Sumbermulyo", "숨버르물요 마을 협약", "Agreement with Sumbermulyo"],
        signed: "2015-09-30",
        until: Some("2020"),
        source: "desalestari.com/tag/diy: a programme of five years, to 2020",
    },
    Signed {
        key: 6,
        kind: InstrumentKind::ImplementingArrangement,
        parent: Some(1),
        names: ["Pengaturan pelaksanaan 2021", "2021년 이행약정서", "Implementing arrangement 2021"],
        signed: "2021-06-30",
        until: None,
        source: "sedaily.com 22OR8KKQWG; kukinews.com; haninpost.com 41480",
    },
    Signed {
        key: 7,
        kind: InstrumentKind::Memorandum,
        parent: Some(1),
        names: ["Memorandum saling pengertian 2025", "2025년 양해각서", "Memorandum of understanding 2025"],
        signed: "2025-05",
        until: None,
        source: "3 May: news1.kr 5773707, kbsm.net 473880; others say 4 May",
    },
    Signed {
        key: 8,
        kind: InstrumentKind::LetterOfIntent,
        parent: Some(1),
        names: [
            "Pernyataan kehendak Saemaul 2008",
            "2008년 새마을협력의향서",
            "Saemaul letter of intent 2008",
        ],
        signed: "2008",
        until: None,
        source: "kbmaeil.com 122876",
    },
    Signed {
        key: 9,
        kind: InstrumentKind::ImplementingArrangement,
        parent: Some(1),
        names: ["Pengaturan pelaksanaan 2015", "2015년 이행약정서", "Implementing arrangement 2015"],
        signed: "2015",
        until: Some("2021-01"),
        source: "sedaily.com 22OR8KKQWG; kukinews.com kuk202107010232",
    },
];

fn names([id, ko, en]: [&str; 3]) -> Names {
    Names { id: id.into(), ko: ko.into(), en: en.into() }
}

fn date(text: &str) -> Result<Date, Fault> {
    text.parse().map_err(|_| Fault::new(format!("{text} is no date")))
}

/// Records it all.
pub fn record(work: &mut Work<'_, '_>) -> Result<(), Stop> {
    let (place, cooperation) = (region(), book());
    let name = Context::operator_permit::<KeepParties>(&Scope::at(place.clone()))?;
    let keep = Context::operator_permit::<KeepCooperations>(&Scope::book(place.clone(), cooperation))?;
    let begun = CooperationBegun {
        place: place.clone(),
        cooperation,
        kind: CooperationKind::Sister,
        names: names(["DIY – Gyeongsangbuk-do", "욕야카르타–경상북도", "Yogyakarta – Gyeongsangbuk-do"]),
        day: date("2005-02-24")?,
        source: "satunusantaranews.blogspot.com, August 2015".into(),
    };
    work.record(&keep, &begun)?;
    for known in PARTIES {
        let party = PartyId::from_bytes([known.key; 16]);
        let named = PartyNamed {
            place: place.clone(),
            party,
            kind: known.kind,
            names: names(known.names),
            country: known.country.into(),
            code: known.code.into(),
            source: known.source.into(),
        };
        work.record(&name, &named)?;
        let since = date(known.since)?;
        work.record(
            &keep,
            &PartyJoined { place: place.clone(), cooperation, party, part: known.part, day: since },
        )?;
    }
    for paper in PAPERS {
        let written = InstrumentWritten {
            place: place.clone(),
            cooperation,
            instrument: InstrumentId::from_bytes([paper.key; 16]),
            kind: paper.kind,
            parent: paper.parent.map(|key| InstrumentId::from_bytes([key; 16])),
            names: names(paper.names),
            signed: Some(date(paper.signed)?),
            until: paper.until.map(date).transpose()?,
            source: paper.source.into(),
        };
        work.record(&keep, &written)?;
    }
    crate::obligations::demo::record(work)?;
    crate::visits::demo::record(work)?;
    text::record(work)
}

/// A page that says what it is.
const SCAN: &[u8] = b"%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length 71>>stream
BT /F1 18 Tf 72 740 Td (Demonstration: this is no original paper.) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
%%EOF
";

/// Attaches a made-up file to the memorandum of 2025, so that there is one to look at.
pub fn attach(journal: &Journal, context: Context) -> Result<(), Stop> {
    let blob = journal.blobs().keep(&mut std::io::Cursor::new(SCAN), "application/pdf")?;
    let sent = Sent { blob, name: "contoh.pdf".to_owned(), opens: Opens::Shown };
    let title = "Contoh, bukan naskah asli".to_owned();
    let caption = Caption { title, language: Some(Language::Indonesian), pages: Some(1) };
    journal.write(context, move |work| {
        let keep = Context::operator_permit(&Scope::book(region(), book()))?;
        let memorandum = About::Paper(memorandum_2025());
        documents::attach(work, &keep, memorandum, sent, caption).map(drop)
    })
}
