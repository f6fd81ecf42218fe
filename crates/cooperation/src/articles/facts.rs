//! What happened to the text of a paper.

use kernel::{BookId, EntryId, InstrumentId, PlaceCode};
use serde::{Deserialize, Serialize};

use super::WriteArticles;

/// An article was written in one language. A version of its text; it replaces those that its writer had before them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleWritten {
    /// The region that keeps the cooperation.
    pub place: PlaceCode,
    /// The cooperation.
    pub cooperation: BookId,
    /// The paper.
    pub instrument: InstrumentId,
    /// The number of the article; 0 is the preamble.
    pub number: i64,
    /// In which language.
    pub lang: Tongue,
    /// Its heading; empty where it has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub heading: String,
    /// Its text, in lines.
    pub text: String,
    /// The versions in this language that the writer saw; none for the first one. Two versions that name the same base were
    /// written at once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub base: Vec<EntryId>,
    /// The version in another language that this one renders; nothing for an original.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renders: Option<EntryId>,
}

/// Somebody looked at a version and said what it is worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleJudged {
    /// The region that keeps the cooperation.
    pub place: PlaceCode,
    /// The cooperation.
    pub cooperation: BookId,
    /// The paper.
    pub instrument: InstrumentId,
    /// The version.
    pub version: EntryId,
    /// What it is worth.
    pub worth: Worth,
}

/// It was said which languages of a paper are authentic (naskah asli; 정본). Of several the latest holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthenticNamed {
    /// The region that keeps the cooperation.
    pub place: PlaceCode,
    /// The cooperation.
    pub cooperation: BookId,
    /// The paper.
    pub instrument: InstrumentId,
    /// Its authentic languages.
    pub langs: Vec<Tongue>,
}

journal::facts! { Fact "articles":
    /// An article was written.
    ArticleWritten "articles.written/1" Open by WriteArticles;
    /// A version was judged.
    ArticleJudged "articles.judged/1" Open by WriteArticles;
    /// The authentic languages were named.
    AuthenticNamed "articles.authentic/1" Open by WriteArticles;
}

kernel::named! {
    /// A language in which a paper is written.
    pub enum Tongue as "a language of a paper" {
        /// Indonesian.
        Indonesian "id",
        /// Korean.
        Korean "ko",
        /// English.
        English "en",
    }

    /// What a version is worth.
    pub enum Worth as "what a version is worth" {
        /// Nobody but its writer has looked at it (rancangan; 초안).
        Draft "draft",
        /// Somebody who knows both languages has (diperiksa; 검토됨).
        Checked "checked",
        /// The parties have (disepakati; 합의됨).
        Agreed "agreed",
    }
}
