//! Places by their codes: from a country down to a hamlet.

use std::fmt;
use std::str::FromStr;

/// A place by its code. Indonesian places carry the code of the Ministry of Home Affairs (Kemendagri), as in
/// `34.02.05.2003` for Sumbermulyo; hamlets and neighbourhoods add their own part: `34.02.05.2003.07`,
/// `34.02.05.2003.07.02`. Korean regions carry `KR-47`. The whole country is `ID` or `KR`, and `*` is everywhere.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlaceCode(String);

/// How far down a place lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Everywhere; only in grants.
    World,
    /// `ID` or `KR`.
    Country,
    /// Province (provinsi; 도).
    Province,
    /// Regency or city (kabupaten, kota).
    Regency,
    /// District (kecamatan; in Yogyakarta kapanewon).
    District,
    /// Village (desa; in Yogyakarta kalurahan).
    Village,
    /// Hamlet (dusun; in Yogyakarta padukuhan).
    Hamlet,
    /// Neighbourhood (RT).
    Neighbourhood,
}

impl Level {
    /// As stored: `village`.
    pub const fn name(self) -> &'static str {
        match self {
            Level::World => "world",
            Level::Country => "country",
            Level::Province => "province",
            Level::Regency => "regency",
            Level::District => "district",
            Level::Village => "village",
            Level::Hamlet => "hamlet",
            Level::Neighbourhood => "neighbourhood",
        }
    }
}

/// Text that is no code of a place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a place is written like 34.02.05.2003")]
pub struct UnreadablePlace;

/// How many digits each part of an Indonesian code has: province, regency, district, village, hamlet, RT.
const PART_DIGITS: [usize; 6] = [2, 2, 2, 4, 2, 2];

impl PlaceCode {
    /// Everywhere: what an administrator of the whole site is granted.
    pub fn everywhere() -> PlaceCode {
        PlaceCode("*".to_owned())
    }
    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// How far down the place lies.
    pub fn level(&self) -> Level {
        if self.0 == "*" {
            return Level::World;
        }
        if self.0.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return if self.0.len() == 2 { Level::Country } else { Level::Province };
        }
        match self.0.split('.').count() {
            1 => Level::Province,
            2 => Level::Regency,
            3 => Level::District,
            4 => Level::Village,
            5 => Level::Hamlet,
            _ => Level::Neighbourhood,
        }
    }
    /// The place one level up, if it is not everywhere.
    pub fn parent(&self) -> Option<PlaceCode> {
        match self.level() {
            Level::World => None,
            Level::Country => Some(PlaceCode::everywhere()),
            Level::Province if self.0.starts_with("KR") => Some(PlaceCode("KR".to_owned())),
            Level::Province => Some(PlaceCode("ID".to_owned())),
            _ => self.0.rsplit_once('.').map(|(up, _)| PlaceCode(up.to_owned())),
        }
    }
    /// The place itself or one of those that it lies in, at this level.
    pub fn at(&self, level: Level) -> Option<PlaceCode> {
        let mut place = self.clone();
        while place.level() > level {
            place = place.parent()?;
        }
        (place.level() == level).then_some(place)
    }
    /// Whether `other` is this place or lies in it.
    pub fn covers(&self, other: &PlaceCode) -> bool {
        match self.level() {
            Level::World => true,
            Level::Country if self.0 == "ID" => {
                other.0 == "ID" || other.0.starts_with(|c: char| c.is_ascii_digit())
            }
            Level::Country => other.0.starts_with(self.0.as_str()),
            _ => other
                .0
                .strip_prefix(self.0.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.')),
        }
    }
}

impl fmt::Display for PlaceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for PlaceCode {
    type Err = UnreadablePlace;
    fn from_str(text: &str) -> Result<PlaceCode, UnreadablePlace> {
        let fits = match text {
            "*" | "ID" | "KR" => true,
            _ => match text.strip_prefix("KR-") {
                Some(digits) => digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit()),
                None => {
                    let mut parts = text.split('.');
                    let counted = parts.by_ref().zip(PART_DIGITS).try_fold(0, |count, (part, digits)| {
                        (part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()))
                            .then_some(count + 1)
                    });
                    counted.is_some_and(|count| count > 0) && text.split('.').count() <= PART_DIGITS.len()
                }
            },
        };
        fits.then(|| PlaceCode(text.to_owned())).ok_or(UnreadablePlace)
    }
}

crate::text_serde!(PlaceCode);

impl crate::Column for PlaceCode {
    fn to_cell(&self) -> crate::Cell<'_> {
        crate::Cell::Text(self.0.as_str().into())
    }
    fn from_cell(cell: crate::Cell<'_>) -> Result<Self, crate::WrongColumn> {
        let text = String::from_cell(cell)?;
        text.parse()
            .map_err(|_| crate::WrongColumn::new("the code of a place", &crate::Cell::Text(text.into())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(code: &str) -> PlaceCode {
        code.parse().expect("readable")
    }

    #[test]
    fn codes_have_levels_and_parents() {
        for (code, level) in [
            ("*", Level::World),
            ("ID", Level::Country),
            ("34", Level::Province),
            ("KR-47", Level::Province),
            ("34.02", Level::Regency),
            ("34.02.05", Level::District),
            ("34.02.05.2003", Level::Village),
            ("34.02.05.2003.07", Level::Hamlet),
            ("34.02.05.2003.07.02", Level::Neighbourhood),
        ] {
            assert_eq!(place(code).level(), level, "{code}");
        }
        assert_eq!(place("34").parent(), Some(place("ID")));
        assert_eq!(place("34.02.05.2003.07.02").at(Level::Village), Some(place("34.02.05.2003")));
        for wrong in ["", "3", "34.2", "34.02.05.203", "34.02.05.2003.07.02.01", "34.", "KR-4", "x", "34 02"]
        {
            assert_eq!(wrong.parse::<PlaceCode>(), Err(UnreadablePlace), "{wrong}");
        }
    }

    #[test]
    fn a_place_covers_what_lies_in_it_and_nothing_beside_it() {
        for (outer, inner, covers) in [
            ("34.02.05.2003", "34.02.05.2003", true),
            ("34.02.05.2003", "34.02.05.2003.07", true),
            ("34.02", "34.02.05.2003", true),
            ("34.02.05.2003", "34.02.05.2004", false),
            ("34.02.05.2003.07", "34.02.05.2003", false),
            ("ID", "34.02.05.2003", true),
            ("ID", "KR-47", false),
            ("KR", "KR-47", true),
            ("*", "KR-47", true),
        ] {
            assert_eq!(place(outer).covers(&place(inner)), covers, "{outer} {inner}");
        }
    }
}
