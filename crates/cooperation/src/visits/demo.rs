//! The visits between Yogyakarta and Gyeongsangbuk-do that were published with their day. Each names who published it; what
//! is known to the month or year only is left out. The handing over of 2023 is dated by two papers differently; both are named.

use journal::{Context, Work};
use kernel::{Day, Fault, Names, PartyId, Scope, Stop, VisitId};

use super::{KeepVisits, VisitKind, VisitMade};
use crate::demo::{book, region};

struct Made {
    key: u8,
    kind: VisitKind,
    days: (&'static str, &'static str),
    location: &'static str,
    /// The keys of guest and host among the parties of the demo.
    parties: (u8, u8),
    purpose: [&'static str; 3],
    outcome: [&'static str; 3],
    source: &'static str,
}

const MADE: &[Made] = &[
    Made {
        key: 1,
        kind: VisitKind::Anniversary,
        days: ("2015-08-31", "2015-09-02"),
        location: "Yogyakarta",
        parties: (2, 1),
        purpose: [
            "Peringatan 10 tahun kerja sama",
            "협력 10주년 기념",
            "Tenth anniversary of the cooperation",
        ],
        outcome: [
            "Pernyataan kehendak ditandatangani 1 September 2015",
            "2015년 9월 1일 의향서 서명",
            "Letter of intent signed on 1 September 2015",
        ],
        source: "jogjadaily.com, September 2015; pagi.co.id wr_id=950",
    },
    Made {
        key: 2,
        kind: VisitKind::Visit,
        days: ("2017-03-24", "2017-03-24"),
        location: "Yogyakarta",
        parties: (3, 1),
        purpose: [
            "Audiensi dengan gubernur tentang program di tiap kalurahan",
            "마을별 사업에 관한 주지사 예방",
            "Audience with the governor on the programme in each village",
        ],
        outcome: [
            "Gubernur meminta naskah bersama yayasan, UGM, dan Pemda",
            "주지사가 재단·UGM·지방정부 공동 협약을 요청",
            "The governor asks for a joint agreement of the foundation, UGM and the region",
        ],
        source: "dp3ap2.integra.id, 27 March 2017",
    },
    Made {
        key: 3,
        kind: VisitKind::Visit,
        days: ("2019-06-28", "2019-06-29"),
        location: "DIY",
        parties: (2, 1),
        purpose: [
            "Kunjungan gubernur Gyeongsangbuk-do",
            "경상북도지사 방문",
            "Visit of the governor of Gyeongsangbuk-do",
        ],
        outcome: [
            "Gubernur DIY meminta desa percontohan ditambah",
            "욕야카르타 주지사가 시범마을 확대를 요청",
            "The governor of Yogyakarta asks to extend the pilot villages",
        ],
        source: "imaeil.com 2019063014374294407",
    },
    Made {
        key: 4,
        kind: VisitKind::Visit,
        days: ("2022-11-22", "2022-11-22"),
        location: "Yogyakarta",
        parties: (3, 1),
        purpose: [
            "Pertemuan pimpinan yayasan dengan gubernur",
            "재단 대표와 주지사 면담",
            "Meeting of the head of the foundation with the governor",
        ],
        outcome: [
            "Rencana: agribisnis padi Menor, jamur di Wijimulyo, digitalisasi administrasi",
            "계획: 메노르 쌀 농산업, 위지물요 버섯, 행정 디지털화",
            "Plan: Menor rice agribusiness, mushrooms in Wijimulyo, digital administration",
        ],
        source: "jogjaprov.go.id; haninpost.com p=63000",
    },
    Made {
        key: 6,
        kind: VisitKind::Visit,
        days: ("2023-08-05", "2023-08-05"),
        location: "Nanggulan, Kulon Progo",
        parties: (3, 1),
        purpose: [
            "Penyerahan bahan senilai Rp750 juta kepada 5 kalurahan",
            "5개 마을에 7억 5천만 루피아 상당의 자재 전달",
            "Materials worth Rp750 million handed to 5 villages",
        ],
        outcome: [
            "Bantuan lain hanya bila dipakai sesuai rencana",
            "계획대로 쓰일 때에만 추가 지원",
            "More aid only if used as planned",
        ],
        source: "jogjapolitan.harianjogja.com, 6 August 2023; krjogja via newsmeter says 12 May",
    },
    Made {
        key: 5,
        kind: VisitKind::Anniversary,
        days: ("2025-05-03", "2025-05-05"),
        location: "",
        parties: (2, 1),
        purpose: [
            "Peringatan 20 tahun kerja sama",
            "협력 20주년 기념",
            "Twentieth anniversary of the cooperation",
        ],
        outcome: [
            "Memorandum ditandatangani kembali; kunjungan lapangan bersama 800 warga",
            "양해각서 재체결, 주민 800명과 함께한 현장 방문",
            "Memorandum signed again; field visit with 800 residents",
        ],
        source: "news1.kr 5773707; kbsm.net 473880; kimcheon 86391; sambanggo 5255",
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
    let permit = Context::operator_permit::<KeepVisits>(&Scope::book(place.clone(), cooperation))?;
    for made in MADE {
        let fact = VisitMade {
            place: place.clone(),
            cooperation,
            visit: VisitId::from_bytes([made.key; 16]),
            kind: made.kind,
            from: day(made.days.0)?,
            to: day(made.days.1)?,
            location: made.location.into(),
            guest: PartyId::from_bytes([made.parties.0; 16]),
            host: PartyId::from_bytes([made.parties.1; 16]),
            purpose: names(made.purpose),
            outcome: names(made.outcome),
            people: None,
            women: None,
            source: made.source.into(),
        };
        work.record(&permit, &fact)?;
    }
    Ok(())
}
