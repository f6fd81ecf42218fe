//! Which versions are the newest, which translations lag behind, and what may be written and judged.

use kernel::{EntryId, Refused};

use super::facts::*;
use super::tables::Version;

/// No paper has more articles.
pub(super) const NUMBER_MAX: i64 = 999;
/// No heading is longer.
const HEADING_MAX: usize = 200;
/// No article is longer.
const TEXT_MAX: usize = 20_000;

kernel::refusals! { Refusal:
    /// An article without a text.
    422 "articles.no_text" NoText;
    /// A heading or a text that is a mistake.
    422 "articles.too_long" TooLong { most: usize };
    /// What was before the writer is no version of this article in this language.
    422 "articles.unknown_base" UnknownBase;
    /// What it would render is no version of this article in another language.
    422 "articles.unknown_source" UnknownSource;
    /// Nothing was changed.
    409 "articles.unchanged" Unchanged;
    /// There is no such version.
    422 "articles.no_version" NoVersion;
    /// A version that others have replaced is not judged any more.
    409 "articles.replaced" Replaced;
    /// Of two versions that were written at once none is agreed before somebody has merged them.
    409 "articles.two_versions" TwoVersions;
    /// A translation that lags behind is not agreed.
    409 "articles.behind" Behind;
}

/// The text of a paper with its history.
#[derive(Debug, Clone, Copy)]
pub struct Text<'v> {
    versions: &'v [Version],
}

impl<'v> Text<'v> {
    /// All versions of a paper.
    pub fn new(versions: &'v [Version]) -> Text<'v> {
        Text { versions }
    }
    /// The version that an entry wrote.
    pub fn version(&self, entry: EntryId) -> Option<&'v Version> {
        self.versions.iter().find(|version| version.entry == entry)
    }
    /// The numbers of the articles, in order.
    pub fn numbers(&self) -> Vec<i64> {
        let mut numbers: Vec<i64> = self.versions.iter().map(|version| version.number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }
    /// The versions of an article in a language, the newest first.
    pub fn history(&self, number: i64, lang: Tongue) -> Vec<&'v Version> {
        let of_it = |version: &&Version| version.number == number && version.lang == lang;
        let mut history: Vec<_> = self.versions.iter().filter(of_it).collect();
        history.sort_by_key(|version| std::cmp::Reverse((version.at, version.entry)));
        history
    }
    /// The versions that no other one replaces, the newest first: one, or several where people wrote at once.
    pub fn heads(&self, number: i64, lang: Tongue) -> Vec<&'v Version> {
        let history = self.history(number, lang);
        let is_replaced =
            |version: &&Version| history.iter().any(|later| later.base.contains(&version.entry));
        history.iter().copied().filter(|version| !is_replaced(version)).collect()
    }
    /// The language behind which a version lags: it renders a text that was replaced, or one that lags behind itself.
    /// Where the text that replaced it was made from this very version, that one follows and this one leads.
    pub fn behind(&self, version: &Version) -> Option<Tongue> {
        for source in self.sources(version) {
            let heads = self.heads(source.number, source.lang);
            let leads = |head: &&Version| {
                head.entry == version.entry || self.sources(head).iter().any(|it| it.entry == version.entry)
            };
            if heads.iter().any(leads) {
                return None;
            }
            if !heads.iter().any(|head| head.entry == source.entry) {
                return Some(source.lang);
            }
        }
        None
    }
    /// What a version renders, what that renders, and so on.
    fn sources(&self, version: &Version) -> Vec<&'v Version> {
        let mut sources: Vec<&Version> = Vec::new();
        let mut next = version.renders;
        while let Some(source) = next.and_then(|entry| self.version(entry))
            && !sources.iter().any(|seen| seen.entry == source.entry)
        {
            next = source.renders;
            sources.push(source);
        }
        sources
    }
}

/// Writes a version beside those that are known. That others wrote meanwhile refuses nothing: both are kept.
pub fn write(asked: ArticleWritten, text: Text<'_>) -> Result<ArticleWritten, Refused> {
    let wrong = |refusal: Refusal, field: &'static str| Err(Refused::from(refusal).in_field(field));
    let heading = asked.heading.split_whitespace().collect::<Vec<_>>().join(" ");
    let written = asked.text.trim().replace("\r\n", "\n");
    if written.is_empty() {
        return wrong(Refusal::NoText, "text");
    }
    if heading.chars().count() > HEADING_MAX {
        return wrong(Refusal::TooLong { most: HEADING_MAX }, "heading");
    }
    if written.chars().count() > TEXT_MAX {
        return wrong(Refusal::TooLong { most: TEXT_MAX }, "text");
    }
    let of_cell = |version: &Version| version.number == asked.number && version.lang == asked.lang;
    let mut base = asked.base;
    base.sort_unstable();
    base.dedup();
    if !base.iter().all(|entry| text.version(*entry).is_some_and(of_cell)) {
        return wrong(Refusal::UnknownBase, "text");
    }
    if let Some(source) = asked.renders {
        let fits = |version: &Version| version.number == asked.number && version.lang != asked.lang;
        if !text.version(source).is_some_and(fits) {
            return wrong(Refusal::UnknownSource, "renders");
        }
    }
    if let [only] = base[..]
        && let Some(before) = text.version(only)
        && (&before.heading, &before.text, before.renders) == (&heading, &written, asked.renders)
    {
        return wrong(Refusal::Unchanged, "text");
    }
    Ok(ArticleWritten { heading, text: written, base, ..asked })
}

/// Judges a version.
pub fn judge(asked: ArticleJudged, text: Text<'_>) -> Result<ArticleJudged, Refused> {
    let Some(version) = text.version(asked.version) else {
        return Err(Refused::from(Refusal::NoVersion).in_field("worth"));
    };
    let heads = text.heads(version.number, version.lang);
    if !heads.iter().any(|head| head.entry == version.entry) {
        return Err(Refused::from(Refusal::Replaced).in_field("worth"));
    }
    if asked.worth == Worth::Agreed {
        if heads.len() > 1 {
            return Err(Refused::from(Refusal::TwoVersions).in_field("worth"));
        }
        if text.behind(version).is_some() {
            return Err(Refused::from(Refusal::Behind).in_field("worth"));
        }
    }
    Ok(asked)
}

#[cfg(test)]
mod tests {
    use kernel::{BookId, Instant, InstrumentId};

    use super::Tongue::{English, Indonesian, Korean};
    use super::*;

    fn id(n: u8) -> EntryId {
        EntryId::from_bytes([n; 16])
    }

    /// Version `n` of article 1, written in the order of the numbers.
    fn version(n: u8, lang: Tongue, base: &[u8], renders: Option<u8>) -> Version {
        Version {
            entry: id(n),
            number: 1,
            lang,
            heading: String::new(),
            text: format!("text {n}"),
            base: base.iter().copied().map(id).collect(),
            renders: renders.map(id),
            at: Instant::from_micros(i64::from(n)),
            actor: "operator".into(),
        }
    }

    #[test]
    fn what_renders_a_replaced_text_is_behind() {
        // Indonesian 1 is rendered in English 2, that in Korean 3.
        let before = [
            version(1, Indonesian, &[], None),
            version(2, English, &[], Some(1)),
            version(3, Korean, &[], Some(2)),
        ];
        for (what, later, expected) in [
            ("nothing changes", vec![], [None, None, None]),
            (
                "the original changes",
                vec![version(4, Indonesian, &[1], None)],
                [None, Some(Indonesian), Some(Indonesian)],
            ),
            ("the middle changes", vec![version(4, English, &[2], Some(1))], [None, None, Some(English)]),
            ("the last changes", vec![version(4, Korean, &[3], Some(2))], [None, None, None]),
            (
                "the original follows from the last",
                vec![version(4, Indonesian, &[1], Some(3))],
                [None, None, None],
            ),
            (
                "the original changes and all follow",
                vec![
                    version(4, Indonesian, &[1], None),
                    version(5, English, &[2], Some(4)),
                    version(6, Korean, &[3], Some(5)),
                ],
                [None, None, None],
            ),
        ] {
            let versions: Vec<_> = before.iter().cloned().chain(later).collect();
            let text = Text::new(&versions);
            let seen = [Indonesian, English, Korean].map(|lang| text.behind(text.heads(1, lang)[0]));
            assert_eq!(seen, expected, "{what}");
        }
    }

    #[test]
    fn what_two_people_write_at_once_is_kept_until_somebody_merges_it() {
        let mut versions = vec![version(1, Indonesian, &[], None), version(2, Indonesian, &[1], None)];
        versions.push(version(3, Indonesian, &[1], None));
        let heads = |versions: &[Version]| {
            Text::new(versions).heads(1, Indonesian).iter().map(|head| head.entry).collect::<Vec<_>>()
        };
        assert_eq!(heads(&versions), [id(3), id(2)]);
        versions.reverse();
        assert_eq!(heads(&versions), [id(3), id(2)], "in any order of arrival");
        versions.push(version(4, Indonesian, &[2, 3], None));
        assert_eq!(heads(&versions), [id(4)]);
    }

    #[test]
    fn a_version_says_what_it_replaces_and_what_it_renders() {
        let versions = [
            version(1, Indonesian, &[], None),
            version(2, Indonesian, &[1], None),
            version(3, Indonesian, &[1], None),
            version(4, English, &[], Some(1)),
            version(5, Korean, &[], Some(4)),
        ];
        let text = Text::new(&versions);
        let (place, cooperation, instrument): (kernel::PlaceCode, _, _) =
            ("34".parse().expect("a code"), BookId::new(), InstrumentId::new());
        let asked = |lang, base: &[u8], renders: Option<u8>, written: &str| ArticleWritten {
            place: place.clone(),
            cooperation,
            instrument,
            number: 1,
            lang,
            heading: String::new(),
            text: written.into(),
            base: base.iter().copied().map(id).collect(),
            renders: renders.map(id),
        };
        for (asked, expected) in [
            (asked(Indonesian, &[2, 3], None, "merged"), Ok(())),
            (asked(Indonesian, &[1], None, "from an old one"), Ok(())),
            (asked(Indonesian, &[], None, " \n "), Err("articles.no_text")),
            (asked(Indonesian, &[4], None, "x"), Err("articles.unknown_base")),
            (asked(Indonesian, &[9], None, "x"), Err("articles.unknown_base")),
            (asked(English, &[4], Some(2), "text 4"), Ok(())),
            (asked(English, &[4], Some(1), "text 4"), Err("articles.unchanged")),
            (asked(English, &[4], Some(4), "x"), Err("articles.unknown_source")),
            (asked(English, &[4], Some(9), "x"), Err("articles.unknown_source")),
            (asked(English, &[4], None, &"x".repeat(20_001)), Err("articles.too_long")),
        ] {
            let shown = format!("{asked:?}");
            assert_eq!(
                write(asked, text).map(drop).map_err(|refused| refused.code),
                expected,
                "{shown:.300}"
            );
        }
        for (n, worth, expected) in [
            (1, Worth::Checked, Err("articles.replaced")),
            (2, Worth::Checked, Ok(())),
            (2, Worth::Agreed, Err("articles.two_versions")),
            (4, Worth::Checked, Ok(())),
            (4, Worth::Agreed, Err("articles.behind")),
            (5, Worth::Agreed, Err("articles.behind")),
            (9, Worth::Checked, Err("articles.no_version")),
        ] {
            let asked =
                ArticleJudged { place: place.clone(), cooperation, instrument, version: id(n), worth };
            assert_eq!(judge(asked, text).map(drop).map_err(|refused| refused.code), expected, "{n} {worth}");
        }
    }
}
