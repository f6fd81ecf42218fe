//! What happened to the legal stages of a cooperation.

use kernel::{BookId, Day, EntryId, PlaceCode};
use serde::{Deserialize, Serialize};

use super::KeepStages;

/// A step was passed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepPassed {
    /// The region that keeps the cooperation.
    pub place: PlaceCode,
    /// The cooperation.
    pub cooperation: BookId,
    /// In which country.
    pub track: Track,
    /// The code of the step in the procedure.
    pub step: String,
    /// When.
    pub day: Day,
    /// The paper that shows it: its title and number.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub paper: String,
    /// The document that was attached to the cooperation as that paper: its entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<EntryId>,
}

/// A step was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepSkipped {
    /// The region that keeps the cooperation.
    pub place: PlaceCode,
    /// The cooperation.
    pub cooperation: BookId,
    /// In which country.
    pub track: Track,
    /// The code of the step in the procedure.
    pub step: String,
    /// When that was decided.
    pub day: Day,
    /// Why; no name of a person.
    pub reason: String,
}

journal::facts! { Fact "stages":
    /// A step was passed.
    StepPassed "stages.passed/1" Open by KeepStages;
    /// A step was left out.
    StepSkipped "stages.skipped/1" Open by KeepStages;
}

kernel::named! {
    /// The country whose law a step is of.
    pub enum Track as "a country of a procedure" {
        /// Indonesia.
        Indonesia "id",
        /// Korea.
        Korea "kr",
    }
}
