//! The languages of the interface, and which one a reader gets.

use serde::Serialize;

/// A language in which every page can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Indonesian, which the village speaks: the language of a reader who asks for none.
    #[default]
    Id,
    /// Korean.
    Ko,
    /// English.
    En,
}

impl Lang {
    /// Every language, in the order of the switch.
    pub const ALL: [Lang; 3] = [Lang::Id, Lang::Ko, Lang::En];

    /// `id`, `ko` or `en`: for the attribute `lang`, cookies and files.
    pub const fn code(self) -> &'static str {
        match self {
            Lang::Id => "id",
            Lang::Ko => "ko",
            Lang::En => "en",
        }
    }
    /// The language's own name for itself; it is the same in every language of the page.
    pub const fn own_name(self) -> &'static str {
        match self {
            Lang::Id => "Indonesia",
            Lang::Ko => "한국어",
            Lang::En => "English",
        }
    }
    /// The language with this code.
    pub fn named(code: &str) -> Option<Lang> {
        Lang::ALL.into_iter().find(|lang| lang.code() == code)
    }
    /// The first language of a list of preferences such as `ko-KR,ko;q=0.9,en;q=0.8` that there is.
    pub fn accepted(header: &str) -> Option<Lang> {
        let mut asked: Vec<(u16, Lang)> = Vec::new();
        for part in header.split(',') {
            let mut pieces = part.split(';').map(str::trim);
            let tag = pieces.next().unwrap_or_default().to_ascii_lowercase();
            let Some(lang) = Lang::named(tag.split('-').next().unwrap_or_default()) else { continue };
            let weight = pieces.find_map(|piece| piece.strip_prefix("q=")).map_or(1000, thousandths);
            if weight > 0 {
                asked.push((weight, lang));
            }
        }
        // A stable sort: of two with the same weight the first one counts.
        asked.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
        asked.first().map(|(_, lang)| *lang)
    }
    /// What was asked for in the address, else chosen before, else preferred by the person, else by the browser.
    pub fn negotiate(
        asked: Option<&str>,
        cookie: Option<&str>,
        staff: Option<Lang>,
        header: Option<&str>,
    ) -> Lang {
        asked
            .and_then(Lang::named)
            .or_else(|| cookie.and_then(Lang::named))
            .or(staff)
            .or_else(|| header.and_then(Lang::accepted))
            .unwrap_or_default()
    }
}

/// `0.85` as 850, `1` as 1000; anything unreadable counts as nothing.
fn thousandths(quality: &str) -> u16 {
    quality.parse::<f32>().ok().filter(|q| (0.0..=1.0).contains(q)).map_or(0, |q| (q * 1000.0) as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_gets_the_language_asked_for() {
        for (asked, cookie, staff, header, lang) in [
            (None, None, None, None, Lang::Id),
            (None, None, None, Some("ko-KR,ko;q=0.9,en;q=0.8"), Lang::Ko),
            (None, None, None, Some("de, en;q=0.3, ko;q=0.7"), Lang::Ko),
            (None, None, None, Some("fr, *"), Lang::Id),
            (None, None, None, Some("en;q=0"), Lang::Id),
            (None, None, Some(Lang::En), Some("ko"), Lang::En),
            (None, Some("ko"), Some(Lang::En), None, Lang::Ko),
            (Some("id"), Some("ko"), None, None, Lang::Id),
            (Some("xx"), Some("ko"), None, None, Lang::Ko),
        ] {
            assert_eq!(
                Lang::negotiate(asked, cookie, staff, header),
                lang,
                "{asked:?} {cookie:?} {header:?}"
            );
        }
    }
}
