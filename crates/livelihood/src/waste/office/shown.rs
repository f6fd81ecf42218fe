//! What several pages of the office show: sorts by their names, parts of a whole.

use std::collections::HashMap;

use kernel::BasisPoints;
use web::{Choice, Lang, Voice};

use crate::waste::SortCode;
use crate::waste::tables::Sort;

/// The names of the sorts of a bank.
pub(super) struct SortNames(HashMap<SortCode, Sort>);

impl SortNames {
    pub fn new(sorts: &[Sort]) -> SortNames {
        SortNames(sorts.iter().map(|sort| (sort.sort.clone(), sort.clone())).collect())
    }
    /// The name in a language; the code where the sort has no name.
    pub fn of(&self, code: &SortCode, lang: Lang) -> String {
        match self.0.get(code) {
            Some(sort) => sort.name(lang.code()).to_owned(),
            None => code.to_string(),
        }
    }
    /// The names from the top of the tree down: `Plastic › Bottle › Clean PET`.
    pub fn path(&self, code: &SortCode, lang: Lang) -> String {
        let mut names = vec![self.of(code, lang)];
        let mut above = self.0.get(code).and_then(|sort| sort.parent.clone());
        while let Some(parent) = above.filter(|_| names.len() <= self.0.len()) {
            names.push(self.of(&parent, lang));
            above = self.0.get(&parent).and_then(|sort| sort.parent.clone());
        }
        names.reverse();
        names.join(" › ")
    }
}

/// Sorts to choose from: `KARDUS – Kardus`.
pub(super) fn sort_choices(sorts: &[Sort], lang: Lang) -> Vec<Choice> {
    let taken = sorts.iter().filter(|sort| !sort.retired);
    taken.map(|sort| Choice::new(&sort.sort, format!("{} – {}", sort.sort, sort.name(lang.code())))).collect()
}

/// The same for a list that shows all of them or one.
pub(super) fn sort_filter(sorts: &[Sort], voice: &Voice) -> Vec<Choice> {
    let all = Choice::new("", voice.say("waste-office-sorts-all"));
    std::iter::once(all).chain(sort_choices(sorts, voice.lang)).collect()
}

/// Which part `part` is of `whole`, to the hundredth of a per cent; none of nothing.
pub(super) fn share(part: i64, whole: i64) -> Option<BasisPoints> {
    if whole <= 0 {
        return None;
    }
    let share = i128::from(part) * 10_000 / i128::from(whole);
    i64::try_from(share).ok().map(BasisPoints::new)
}

/// The same to the tenth of a per cent, as tables show it.
pub(super) fn share_rounded(part: i64, whole: i64) -> Option<BasisPoints> {
    share(part, whole).map(|share| BasisPoints::new((share.count() + 5 * share.count().signum()) / 10 * 10))
}
