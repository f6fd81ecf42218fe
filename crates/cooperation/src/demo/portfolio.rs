//! Other cooperations as published, so that a portfolio has more than one kind of life: Yogyakarta with Gangwon and with
//! Kyoto, and Semarang with Beihai, which stopped at its memorandum. What no source dates is left out: there is no date for
//! Surabaya and Guangzhou, and the study of Surakarta names no cooperation.

use journal::{Context, Work};
use kernel::{BookId, InstrumentId, ObligationId, PartyId, PlaceCode, Scope, Stop, VisitId};

use super::{date, names, region};
use crate::agreements::{
    CooperationBegun, CooperationKind, InstrumentKind, InstrumentWritten, KeepCooperations, Part, PartyJoined,
};
use crate::obligations::{KeepObligations, ObligationSet};
use crate::parties::{KeepParties, PartyKind, PartyNamed};
use crate::visits::{KeepVisits, VisitKind, VisitMade};

/// Yogyakarta with Gangwon.
pub fn gangwon() -> BookId {
    BookId::from_bytes(*b"DIY-Gangwon 2003")
}

/// Yogyakarta with Kyoto.
pub fn kyoto() -> BookId {
    BookId::from_bytes(*b"DIY-Kyoto   1985")
}

/// Semarang with Beihai.
pub fn beihai() -> BookId {
    BookId::from_bytes(*b"Semarang-Beihai8")
}

/// The province that keeps it: Jawa Tengah.
pub fn central_java() -> PlaceCode {
    "33".parse().expect("the code of a province")
}

struct One {
    place: PlaceCode,
    book: BookId,
    kind: CooperationKind,
    names: [&'static str; 3],
    since: &'static str,
    source: &'static str,
    /// Key, names, country and code of each region that takes part.
    parties: [(u8, [&'static str; 3], &'static str, &'static str); 2],
}

const DIY: (u8, [&str; 3], &str, &str) =
    (1, ["Daerah Istimewa Yogyakarta", "욕야카르타 특별주", "Special Region of Yogyakarta"], "ID", "34");
const GANGWON_SOURCE: &str = "citraweb.co.id/bkpm2018/diy----korea.html (its kind in law is not stated)";
const KYOTO_SOURCE: &str = "text-id.123dok.com: Kerja Sama Sister Province Pemprov DIY dengan Kyoto";
const BEIHAI_SOURCE: &str = "adoc.pub: Kegagalan kerjasama sister city Semarang–Beihai";

fn all() -> [One; 3] {
    [
        One {
            place: region(),
            book: gangwon(),
            kind: CooperationKind::Other,
            names: ["DIY – Gangwon", "욕야카르타–강원", "Yogyakarta – Gangwon"],
            since: "2003-06",
            source: GANGWON_SOURCE,
            parties: [DIY, (20, ["Provinsi Gangwon", "강원도", "Gangwon Province"], "KR", "KR-42")],
        },
        One {
            place: region(),
            book: kyoto(),
            kind: CooperationKind::Sister,
            names: ["DIY – Kyoto", "욕야카르타–교토", "Yogyakarta – Kyoto"],
            since: "1985",
            source: KYOTO_SOURCE,
            parties: [DIY, (21, ["Prefektur Kyoto", "교토부", "Kyoto Prefecture"], "JP", "JP-26")],
        },
        One {
            place: central_java(),
            book: beihai(),
            kind: CooperationKind::Sister,
            names: ["Semarang – Beihai", "스마랑–베이하이", "Semarang – Beihai"],
            since: "2008",
            source: BEIHAI_SOURCE,
            parties: [
                (30, ["Kota Semarang", "스마랑시", "City of Semarang"], "ID", "33.74"),
                (31, ["Kota Beihai", "베이하이시", "City of Beihai"], "CN", ""),
            ],
        },
    ]
}

fn party(key: u8) -> PartyId {
    PartyId::from_bytes([key; 16])
}

/// Records it all, beside what is recorded of Gyeongsangbuk-do.
pub fn record(work: &mut Work<'_, '_>) -> Result<(), Stop> {
    for one in all() {
        let scope = Scope::book(one.place.clone(), one.book);
        let keep = Context::operator_permit::<KeepCooperations>(&scope)?;
        let name = Context::operator_permit::<KeepParties>(&Scope::at(one.place.clone()))?;
        let begun = CooperationBegun {
            place: one.place.clone(),
            cooperation: one.book,
            kind: one.kind,
            names: names(one.names),
            day: date(one.since)?,
            source: one.source.into(),
        };
        work.record(&keep, &begun)?;
        for (key, of_it, country, code) in one.parties {
            // Yogyakarta has its name from its cooperation with Gyeongsangbuk-do.
            if key != DIY.0 {
                let named = PartyNamed {
                    place: one.place.clone(),
                    party: party(key),
                    kind: PartyKind::Region,
                    names: names(of_it),
                    country: country.into(),
                    code: code.into(),
                    source: one.source.into(),
                };
                work.record(&name, &named)?;
            }
            let joined = PartyJoined {
                place: one.place.clone(),
                cooperation: one.book,
                party: party(key),
                part: Part::Signatory,
                day: date(one.since)?,
            };
            work.record(&keep, &joined)?;
        }
    }
    papers(work)?;
    meetings(work)
}

fn papers(work: &mut Work<'_, '_>) -> Result<(), Stop> {
    let letter = ["Pernyataan kehendak 2008", "2008년 의향서", "Letter of intent 2008"];
    let memorandum =
        ["Memorandum saling pengertian 2008", "2008년 양해각서", "Memorandum of understanding 2008"];
    for (place, book, key, kind, of_it, signed, source) in [
        (region(), gangwon(), 20, InstrumentKind::LetterOfIntent, letter, "2008-09-01", GANGWON_SOURCE),
        (central_java(), beihai(), 30, InstrumentKind::Memorandum, memorandum, "2008", BEIHAI_SOURCE),
    ] {
        let keep = Context::operator_permit::<KeepCooperations>(&Scope::book(place.clone(), book))?;
        let written = InstrumentWritten {
            place,
            cooperation: book,
            instrument: InstrumentId::from_bytes([key; 16]),
            kind,
            parent: None,
            names: names(of_it),
            signed: Some(date(signed)?),
            until: None,
            source: source.into(),
        };
        work.record(&keep, &written)?;
    }
    Ok(())
}

/// Who came, and that Yogyakarta and Kyoto meet every year: no source names a day of theirs.
fn meetings(work: &mut Work<'_, '_>) -> Result<(), Stop> {
    let visit = Context::operator_permit::<KeepVisits>(&Scope::book(region(), gangwon()))?;
    let made = VisitMade {
        place: region(),
        cooperation: gangwon(),
        visit: VisitId::from_bytes([20; 16]),
        kind: VisitKind::Delegation,
        from: date("2008-08-11")?.first(),
        to: date("2008-08-14")?.first(),
        location: "DIY".into(),
        guest: party(20),
        host: party(1),
        purpose: names(["Tim pendahulu dari Korea", "한국 측 선발대", "Advance team from Korea"]),
        outcome: names([
            "Pernyataan kehendak ditandatangani 1 September 2008",
            "2008년 9월 1일 의향서 서명",
            "Letter of intent signed on 1 September 2008",
        ]),
        people: None,
        women: None,
        source: GANGWON_SOURCE.into(),
    };
    work.record(&visit, &made)?;
    let owe = Context::operator_permit::<KeepObligations>(&Scope::book(region(), kyoto()))?;
    let set = ObligationSet {
        place: region(),
        cooperation: kyoto(),
        obligation: ObligationId::from_bytes([21; 16]),
        debtor: party(21),
        creditor: party(1),
        what: names([
            "Pertemuan bersama tahunan, bergantian tempat, yang menilai pertukaran",
            "번갈아 여는 연례 공동회의에서 교류를 평가",
            "Yearly joint meeting, in turn, that evaluates the exchange",
        ]),
        paper: None,
        article: String::new(),
        due: None,
        every_months: None,
        until: None,
        shown_by: String::new(),
        source: KYOTO_SOURCE.into(),
    };
    work.record(&owe, &set)?;
    Ok(())
}
