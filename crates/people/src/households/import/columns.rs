//! Which column of a file of households is what, by the names that files give them.

use kernel::Refused;
use serde::{Deserialize, Serialize};

use super::super::rules::Refusal;
use crate::sheet::{Row, Sheet, plain_name};

/// Which column of a file is what, counted from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// Number of the family card.
    pub card: Option<usize>,
    /// Name of the head; with `relation`, of any member.
    pub head: Option<usize>,
    /// Name or number of the hamlet.
    pub hamlet: Option<usize>,
    /// Number of the neighbourhood.
    pub rt: Option<usize>,
    /// Telephone.
    pub phone: Option<usize>,
    /// What the person is in the household, where the file has a line for each person.
    pub relation: Option<usize>,
}

/// The names under which a column is known: those of OpenSID first, then plain ones in three languages.
const CARD: &[&str] = &[
    "no_kk",
    "nomor_kk",
    "nomor_kartu_keluarga",
    "kk",
    "kartu_keluarga",
    "card",
    "family_card",
    "card_number",
    "가족카드",
    "가족카드번호",
];
const HEAD: &[&str] = &[
    "nama_kepala_keluarga",
    "kepala_keluarga",
    "kepala_kk",
    "nama_kk",
    "nama",
    "nama_lengkap",
    "head",
    "household_head",
    "head_of_household",
    "name",
    "세대주",
    "가구주",
    "이름",
    "성명",
];
const HAMLET: &[&str] = &[
    "dusun",
    "padukuhan",
    "pedukuhan",
    "nama_dusun",
    "dukuh",
    "hamlet",
    "자연마을",
    "부락",
    "마을",
    "파두쿠한",
];
const RT: &[&str] = &["rt", "no_rt", "rt_rw", "neighbourhood", "반"];
const PHONE: &[&str] = &[
    "telepon",
    "no_telepon",
    "telp",
    "no_telp",
    "hp",
    "no_hp",
    "whatsapp",
    "wa",
    "phone",
    "telephone",
    "mobile",
    "전화",
    "전화번호",
    "휴대전화",
];
const RELATION: &[&str] = &[
    "kk_level",
    "hubungan",
    "hubungan_keluarga",
    "hubungan_dalam_keluarga",
    "shdk",
    "status_hubungan",
    "relation",
    "relationship",
    "관계",
];
/// How a file says that a person is the head; 1 is OpenSID's number for it.
const IS_HEAD: &[&str] = &[
    "1",
    "kepala_keluarga",
    "kepala",
    "kk",
    "kepala_rumah_tangga",
    "head",
    "head_of_household",
    "세대주",
    "가구주",
];

/// A thing that the import reads, and the names by which a column says that it holds it.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Readable {
    /// The key of the words for it.
    pub thing: &'static str,
    /// How files call it: the first is OpenSID's own. Capitals, spaces and points make no difference.
    pub names: &'static [&'static str],
    /// Whether nothing can be imported without it.
    pub needed: bool,
}

/// Everything that is read from a file.
pub const READABLE: [Readable; 6] = [
    Readable { thing: "households-head", names: HEAD, needed: true },
    Readable { thing: "households-hamlet", names: HAMLET, needed: true },
    Readable { thing: "households-rt", names: RT, needed: false },
    Readable { thing: "households-card", names: CARD, needed: false },
    Readable { thing: "households-phone", names: PHONE, needed: false },
    Readable { thing: "households-relation", names: RELATION, needed: false },
];

impl Mapping {
    /// What the names of the columns suggest.
    pub fn propose(sheet: &Sheet) -> Mapping {
        Mapping {
            card: sheet.column(CARD),
            head: sheet.column(HEAD),
            hamlet: sheet.column(HAMLET),
            rt: sheet.column(RT),
            phone: sheet.column(PHONE),
            relation: sheet.column(RELATION),
        }
    }
    /// The columns without which nothing can be imported; their absence names them, and what the file has instead.
    pub(super) fn needed(&self, sheet: &Sheet) -> Result<(usize, usize), Refused> {
        let all = [self.card, self.head, self.hamlet, self.rt, self.phone, self.relation];
        if all.into_iter().flatten().any(|column| column >= sheet.columns.len()) {
            return Err(Refusal::NoSuchColumn.into());
        }
        let some = |names: &[&str]| names[..5].join(" / ");
        match (self.head, self.hamlet) {
            (Some(head), Some(hamlet)) => Ok((head, hamlet)),
            (None, Some(_)) => Err(sheet.lacks(&some(HEAD))),
            (Some(_), None) => Err(sheet.lacks(&some(HAMLET))),
            (None, None) => Err(sheet.lacks(&format!("{}; {}", some(HEAD), some(HAMLET)))),
        }
    }
    /// Whether a line is that of a further member of a household.
    pub(super) fn is_member(&self, row: &Row) -> bool {
        self.relation.is_some_and(|column| !IS_HEAD.contains(&plain_name(row.cell(column)).as_str()))
    }
    /// What stands in a column; empty where the file has none.
    pub(super) fn cell<'r>(&self, row: &'r Row, column: Option<usize>) -> &'r str {
        column.map_or("", |column| row.cell(column))
    }
}
