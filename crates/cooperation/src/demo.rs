//! The cooperation of Yogyakarta with Gyeongsangbuk-do as published: parties and those papers of which the day is known.
//! Each record names who published it; what is made up says so. What is known to the month or year only is left out.

use journal::{Context, Work};
use kernel::{BookId, Day, Fault, InstrumentId, Names, PartyId, PlaceCode, Scope, Stop};

use crate::agreements::{
    CooperationBegun, CooperationKind, InstrumentKind, InstrumentWritten, KeepCooperations, Part, PartyJoined,
};
use crate::parties::{KeepParties, PartyKind, PartyNamed};

/// The region that keeps it: Daerah Istimewa Yogyakarta.
pub fn region() -> PlaceCode {
    "34".parse().expect("the code of a province")
}

/// The cooperation.
pub fn book() -> BookId {
    BookId::from_bytes(*b"DIY-Gyeongbuk 05")
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
        since: "2015-09-29",
        source: "desalestari.com/tag/diy",
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
];

struct Signed {
    key: u8,
    kind: InstrumentKind,
    parent: Option<u8>,
    names: [&'static str; 3],
    day: &'static str,
    source: &'static str,
}

const PAPERS: &[Signed] = &[
    Signed {
        key: 1,
        kind: InstrumentKind::Memorandum,
        parent: None,
        names: ["Hubungan provinsi kembar", "자매결연", "Sister-province relation"],
        day: "2005-02-24",
        source: "satunusantaranews.blogspot.com, August 2015; extended every five years: republika.co.id, 23 January 2019",
    },
    Signed {
        key: 2,
        kind: InstrumentKind::LetterOfIntent,
        parent: Some(1),
        names: ["Pernyataan kehendak 2015", "2015년 의향서", "Letter of intent 2015"],
        day: "2015-09-01",
        source: "jogjadaily.com, September 2015; pagi.co.id wr_id=950",
    },
    Signed {
        key: 3,
        kind: InstrumentKind::VillagePaper,
        parent: None,
        names: ["Naskah Kalurahan Bleberan", "블레베란 마을 협약", "Agreement with Bleberan"],
        day: "2015-09-29",
        source: "desalestari.com/tag/diy",
    },
    Signed {
        key: 4,
        kind: InstrumentKind::VillagePaper,
        parent: None,
        names: ["Naskah Kalurahan Ponjong", "폰종 마을 협약", "Agreement with Ponjong"],
        day: "2015-09-29",
        source: "desalestari.com/tag/diy",
    },
    Signed {
        key: 5,
        kind: InstrumentKind::VillagePaper,
        parent: None,
        names: ["Naskah Kalurahan Sumbermulyo", "숨버르물요 마을 협약", "Agreement with Sumbermulyo"],
        day: "2015-09-30",
        source: "desalestari.com/tag/diy",
    },
    Signed {
        key: 6,
        kind: InstrumentKind::ImplementingArrangement,
        parent: Some(1),
        names: ["Pengaturan pelaksanaan 2021", "2021년 이행약정서", "Implementing arrangement 2021"],
        day: "2021-06-30",
        source: "sedaily.com 22OR8KKQWG; kukinews.com; haninpost.com 41480",
    },
    Signed {
        key: 7,
        kind: InstrumentKind::Memorandum,
        parent: Some(1),
        names: ["Memorandum saling pengertian 2025", "2025년 양해각서", "Memorandum of understanding 2025"],
        day: "2025-05-03",
        source: "news1.kr 5773707; kbsm.net 473880 (other papers: 4 May)",
    },
];

fn names([id, ko, en]: [&str; 3]) -> Names {
    Names { id: id.into(), ko: ko.into(), en: en.into() }
}

fn day(text: &str) -> Result<Day, Fault> {
    text.parse().map_err(|_| Fault::new(format!("{text} is no day")))
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
        day: day("2005-02-24")?,
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
        let since = day(known.since)?;
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
            signed: Some(day(paper.day)?),
            until: None,
            source: paper.source.into(),
        };
        work.record(&keep, &written)?;
    }
    crate::obligations::demo::record(work)?;
    crate::visits::demo::record(work)
}
