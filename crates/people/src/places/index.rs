//! The national list in memory, for searching: 91,599 places are looked through in a millisecond or two.

use std::sync::{Arc, Mutex, PoisonError};

use db::{Tx, sql};
use kernel::{Fault, Level, PlaceCode};
use serde::Serialize;

use super::tables::{self, short};
use crate::sheet::plain_text;

/// A place that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// Its code.
    pub code: PlaceCode,
    /// Its name in the list.
    pub name: String,
    /// How far down it lies.
    pub level: Level,
    /// What it lies in, from the nearest up.
    pub within: Vec<Part>,
}

/// A place that another one lies in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Its code.
    pub code: PlaceCode,
    /// Its name in passing: `Bantul`.
    pub name: String,
}

impl Hit {
    /// `Bambanglipuro, Bantul, DI Yogyakarta`
    pub fn within_text(&self) -> String {
        self.within.iter().map(|part| part.name.as_str()).collect::<Vec<_>>().join(", ")
    }
}

/// The places with these words in their name, the best first, and how many there are in all. The first word is part of
/// the name itself; the others may be of the places that it lies in: `sumbermulyo bantul`.
pub fn find(tx: &mut Tx<'_>, text: &str, most: usize) -> Result<(Vec<Hit>, usize), Fault> {
    Ok(index(tx)?.find(text, most))
}

struct Index {
    /// In the order of their codes.
    places: Vec<(PlaceCode, String)>,
    /// The names in lower case without accents, each with a line break before it.
    plain: String,
    /// Where each name begins in `plain`.
    starts: Vec<usize>,
}

/// The index, and the file that it was made from. The list changes with its file only, so the file is the key.
static INDEX: Mutex<Option<(String, Arc<Index>)>> = Mutex::new(None);

fn index(tx: &mut Tx<'_>) -> Result<Arc<Index>, Fault> {
    let Some(source) = tables::source(tx)? else { return Ok(Arc::new(Index::new(Vec::new()))) };
    let kept = INDEX.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some((sha256, index)) = kept
        && sha256 == source.sha256
    {
        return Ok(index);
    }
    let index = Arc::new(Index::new(sql!("SELECT code, name FROM region ORDER BY code").all(tx)?));
    *INDEX.lock().unwrap_or_else(PoisonError::into_inner) = Some((source.sha256, Arc::clone(&index)));
    Ok(index)
}

/// How well a name fits; the smallest first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Whole,
    Beginning,
    Word,
    Inside,
    WithParents,
}

impl Index {
    fn new(places: Vec<(PlaceCode, String)>) -> Index {
        let (mut plain, mut starts) = (String::new(), Vec::with_capacity(places.len()));
        for (_, name) in &places {
            plain.push('\n');
            starts.push(plain.len());
            plain.push_str(&plain_text(name));
        }
        plain.push('\n');
        Index { places, plain, starts }
    }

    fn plain_name(&self, n: usize) -> &str {
        let end = self.starts.get(n + 1).map_or(self.plain.len(), |next| *next) - 1;
        &self.plain[self.starts[n]..end]
    }

    fn find(&self, text: &str, most: usize) -> (Vec<Hit>, usize) {
        let wanted = plain_text(text).replace(',', " ");
        let words: Vec<&str> = wanted.split_whitespace().collect();
        let Some(first) = words.first() else { return (Vec::new(), 0) };
        let whole = words.join(" ");
        let mut hits: Vec<(Fit, Level, usize)> = Vec::new();
        let mut before = usize::MAX;
        for (at, _) in self.plain.match_indices(first) {
            let n = self.starts.partition_point(|start| *start <= at) - 1;
            if n == before {
                continue;
            }
            before = n;
            if let Some(fit) = self.fit(n, &whole, &words) {
                hits.push((fit, self.places[n].0.level(), n));
            }
        }
        let total = hits.len();
        if total > most {
            hits.select_nth_unstable(most);
            hits.truncate(most);
        }
        hits.sort_unstable();
        (hits.into_iter().map(|(_, level, n)| self.hit(n, level)).collect(), total)
    }

    fn fit(&self, n: usize, whole: &str, words: &[&str]) -> Option<Fit> {
        let name = self.plain_name(n);
        let bare = name.strip_prefix("kabupaten ").or_else(|| name.strip_prefix("kota ")).unwrap_or(name);
        if bare == whole || name == whole {
            return Some(Fit::Whole);
        }
        if bare.starts_with(whole) {
            return Some(Fit::Beginning);
        }
        if let Some((before, _)) = name.split_once(whole) {
            return Some(if before.ends_with(' ') { Fit::Word } else { Fit::Inside });
        }
        let mut path = name.to_owned();
        for part in self.within(n) {
            path.push('\n');
            path.push_str(&plain_text(&part.name));
        }
        words.iter().all(|word| path.contains(word)).then_some(Fit::WithParents)
    }

    fn within(&self, n: usize) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut up = self.places[n].0.parent();
        while let Some(code) = up.filter(|code| code.level() >= Level::Province) {
            if let Ok(n) = self.places.binary_search_by(|(other, _)| other.cmp(&code)) {
                parts.push(Part { code: code.clone(), name: short(&self.places[n].1).into_owned() });
            }
            up = code.parent();
        }
        parts
    }

    fn hit(&self, n: usize, level: Level) -> Hit {
        let (code, name) = self.places[n].clone();
        Hit { code, name, level, within: self.within(n) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index() -> Index {
        let places = [
            ("33", "Jawa Tengah"),
            ("33.17", "Kabupaten Rembang"),
            ("33.17.02", "Bulu"),
            ("33.17.02.2009", "Sumbermulyo"),
            ("34", "Daerah Istimewa Yogyakarta"),
            ("34.02", "Kabupaten Bantul"),
            ("34.02.05", "Bambanglipuro"),
            ("34.02.05.2003", "Sumbermulyo"),
            ("34.71", "Kota Yogyakarta"),
            ("35.10.01.2011", "Karang Sumber"),
        ];
        let places = places.map(|(code, name)| (code.parse().expect("a code"), name.to_owned()));
        Index::new(places.to_vec())
    }

    #[test]
    fn a_place_is_found_with_its_parents_and_the_best_comes_first() {
        let index = index();
        let found = |text: &str| {
            let (hits, _) = index.find(text, 10);
            hits.iter().map(|hit| format!("{} {}", hit.code, hit.within_text())).collect::<Vec<_>>()
        };
        let ours = "34.02.05.2003 Bambanglipuro, Bantul, DI Yogyakarta".to_owned();
        assert_eq!(
            found("SUMBERMULYO"),
            ["33.17.02.2009 Bulu, Rembang, Jawa Tengah".to_owned(), ours.clone()]
        );
        assert_eq!(found("sumbermulyo, bantul"), [ours]);
        assert_eq!(found("bantul"), ["34.02 DI Yogyakarta"]);
        assert_eq!(found("yogyakarta"), ["34.71 DI Yogyakarta", "34 "]);
        assert_eq!(found("sumber").len(), 3);
        assert_eq!(
            found("sumber").last().map(|hit| hit.starts_with("35")),
            Some(true),
            "a beginning goes before a word inside"
        );
        assert_eq!(found(" , "), [] as [&str; 0]);
        assert_eq!(index.find("sumber", 1).1, 3);
    }
}
