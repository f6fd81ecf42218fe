//! What the parties of Yogyakarta's cooperation with Gyeongsangbuk-do owe each other: one thing of which a source says that
//! it was owed, and one that is made up and says so.

use journal::{Context, Work};
use kernel::{Day, Fault, InstrumentId, Names, ObligationId, PartyId, Scope, Stop};

use super::{KeepObligations, ObligationMet, ObligationSet};
use crate::demo::{book, region};

/// Said of what is made up, in the three languages of the house.
const SYNTHETIC: &str = "Data sintetis · 가상 자료 · Synthetic: made up to show how obligations are kept";

struct Owed {
    key: u8,
    debtor: u8,
    creditor: u8,
    what: [&'static str; 3],
    paper: u8,
    due: Option<&'static str>,
    every_months: Option<i64>,
    until: Option<&'static str>,
    shown_by: &'static str,
    source: &'static str,
}

const PLAN: [&str; 3] = [
    "Menyusun rencana kegiatan terperinci bersama",
    "세부 활동계획서 공동 작성",
    "Write the joint detailed activity plan",
];
const PLAN_SOURCE: &str = "sedaily.com 22OR8KKQWG; kukinews.com; haninpost.com 41480 (no day is named)";

const OWED: &[Owed] = &[
    Owed {
        key: 1,
        debtor: 3,
        creditor: 1,
        what: PLAN,
        paper: 6,
        due: None,
        every_months: None,
        until: None,
        shown_by: "",
        source: PLAN_SOURCE,
    },
    Owed {
        key: 2,
        debtor: 1,
        creditor: 3,
        what: PLAN,
        paper: 6,
        due: None,
        every_months: None,
        until: None,
        shown_by: "",
        source: PLAN_SOURCE,
    },
    Owed {
        key: 3,
        debtor: 1,
        creditor: 2,
        what: [
            "Laporan kerja sama tengah tahunan",
            "반기 협력 보고서",
            "Half-yearly report on the cooperation",
        ],
        paper: 7,
        due: Some("2025-12-31"),
        every_months: Some(6),
        until: Some("2028-12-31"),
        shown_by: "laporan · 보고서 · report",
        source: SYNTHETIC,
    },
];

fn day(text: &str) -> Result<Day, Fault> {
    text.parse().map_err(|_| Fault::new(format!("{text} is no day")))
}

/// Records it all.
pub fn record(work: &mut Work<'_, '_>) -> Result<(), Stop> {
    let (place, cooperation) = (region(), book());
    let permit = Context::operator_permit::<KeepObligations>(&Scope::book(place.clone(), cooperation))?;
    for owed in OWED {
        let [id, ko, en] = owed.what.map(str::to_owned);
        let set = ObligationSet {
            place: place.clone(),
            cooperation,
            obligation: ObligationId::from_bytes([owed.key; 16]),
            debtor: PartyId::from_bytes([owed.debtor; 16]),
            creditor: PartyId::from_bytes([owed.creditor; 16]),
            what: Names { id, ko, en },
            paper: Some(InstrumentId::from_bytes([owed.paper; 16])),
            article: String::new(),
            due: owed.due.map(day).transpose()?,
            every_months: owed.every_months,
            until: owed.until.map(day).transpose()?,
            shown_by: owed.shown_by.into(),
            source: owed.source.into(),
        };
        work.record(&permit, &set)?;
    }
    let met = ObligationMet {
        place,
        cooperation,
        obligation: ObligationId::from_bytes([3; 16]),
        nth: 1,
        day: day("2026-01-20")?,
        shown: SYNTHETIC.into(),
        proof: None,
    };
    work.record(&permit, &met)?;
    Ok(())
}
