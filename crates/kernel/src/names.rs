//! What something is called in the three languages of the house.

use serde::{Deserialize, Serialize};

/// A name in three languages. One that is not known is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Names {
    /// Indonesian.
    pub id: String,
    /// Korean.
    pub ko: String,
    /// English.
    pub en: String,
}

impl Names {
    /// The name in a language, `id`, `ko` or `en`; where that one is not known, the first that is.
    pub fn named(&self, lang: &str) -> &str {
        let asked = match lang {
            "ko" => &self.ko,
            "en" => &self.en,
            _ => &self.id,
        };
        [asked, &self.id, &self.en, &self.ko]
            .into_iter()
            .find(|name| !name.is_empty())
            .map_or("", |name| name)
    }
    /// Whether it has no name in any language.
    pub fn is_empty(&self) -> bool {
        self.id.is_empty() && self.ko.is_empty() && self.en.is_empty()
    }
    /// Without blanks around the names and with single ones inside.
    pub fn tidy(&self) -> Names {
        let tidy = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ");
        Names { id: tidy(&self.id), ko: tidy(&self.ko), en: tidy(&self.en) }
    }
    /// The length of the longest, in characters.
    pub fn longest(&self) -> usize {
        [&self.id, &self.ko, &self.en].into_iter().map(|name| name.chars().count()).max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_missing_is_told_in_another_language() {
        let names = Names { id: String::new(), ko: "경상북도".into(), en: "North Gyeongsang".into() };
        for (lang, expected) in [("ko", "경상북도"), ("en", "North Gyeongsang"), ("id", "North Gyeongsang")]
        {
            assert_eq!(names.named(lang), expected);
        }
        assert!(Names::default().is_empty() && Names::default().named("id").is_empty());
    }
}
