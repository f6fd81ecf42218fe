//! How the texts of minutes follow from what was written, and when they may be frozen and approved.

use std::collections::{BTreeMap, BTreeSet};

use journal::Hash;
use kernel::{EntryId, Fault, Refused};
use serde::Serialize;

use super::facts::*;
use super::tables::{Approval, Version};
use crate::decisions::Owner;
use crate::meetings::State;

/// No statement is longer.
const TEXT_MAX: usize = 5000;
/// Nobody is called by more.
const SPEAKER_MAX: usize = 100;

kernel::refusals! { Refusal:
    /// A statement without words.
    422 "minutes.no_text" NoText;
    /// A text that is a mistake.
    422 "minutes.too_long" TooLong { most: usize };
    /// The meeting did not take place.
    409 "minutes.not_met" NotMet;
    /// The minutes have no such statement.
    422 "minutes.no_statement" NoStatement;
    /// Based on something that is no text of this statement.
    422 "minutes.unknown_base" UnknownBase;
    /// There are two texts, and a person must say which holds.
    409 "minutes.to_merge" ToMerge { count: usize };
    /// Nothing was written.
    409 "minutes.empty" Empty;
    /// What the reader saw is no longer what stands there.
    409 "minutes.changed_meanwhile" ChangedMeanwhile;
    /// Nothing is frozen, so nothing can be approved.
    409 "minutes.not_frozen" NotFrozen;
    /// An approval of another text.
    409 "minutes.other_version" OtherVersion;
    /// Approved by nobody.
    422 "minutes.nobody" Nobody;
    /// A party approves once.
    409 "minutes.approved_before" ApprovedBefore;
}

/// One text of a statement: its heads are the entries that no other entry took the place of. Two heads ask for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Text {
    /// In which language.
    pub lang: Tongue,
    /// One text, or several that were written at the same time.
    pub heads: Vec<Version>,
    /// Whether somebody found the one head right.
    pub is_checked: bool,
    /// Whether the statement was written anew after this translation.
    pub is_behind: bool,
}

/// A statement of the minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Statement {
    /// Its id.
    pub statement: EntryId,
    /// Its place in the order.
    pub position: i64,
    /// Who speaks.
    pub speaker: String,
    /// In which language it was made.
    pub original: Tongue,
    /// Its texts: the original first.
    pub texts: Vec<Text>,
}

/// The statements in order, as they follow from every version, whatever the order of arrival.
pub fn statements(versions: &[Version], checked: &BTreeSet<EntryId>) -> Vec<Statement> {
    let replaced: BTreeSet<EntryId> = versions.iter().flat_map(|it| it.base.iter().copied()).collect();
    let mut by_statement: BTreeMap<EntryId, Vec<&Version>> = BTreeMap::new();
    for version in versions {
        by_statement.entry(version.statement).or_default().push(version);
    }
    let mut found: Vec<Statement> = Vec::new();
    for (statement, mut all) in by_statement {
        all.sort_by_key(|it| it.entry);
        let Some(first) = all.first() else { continue };
        let heads_in = |lang: Tongue| -> Vec<Version> {
            let of = all.iter().filter(|it| it.lang == lang && !replaced.contains(&it.entry));
            of.map(|it| (*it).clone()).collect()
        };
        let newest = heads_in(first.original).iter().map(|it| it.entry).max();
        let text = |lang: Tongue| {
            let heads = heads_in(lang);
            let is_checked = matches!(heads.as_slice(), [one] if checked.contains(&one.entry));
            let is_behind = lang != first.original
                && heads.iter().map(|it| it.entry).max().is_some_and(|it| Some(it) < newest);
            Text { lang, heads, is_checked, is_behind }
        };
        let others = Tongue::ALL.iter().copied().filter(|lang| *lang != first.original);
        let texts = std::iter::once(first.original).chain(others).map(text);
        let texts = texts.filter(|text| !text.heads.is_empty()).collect();
        let (position, speaker, original) = (first.position, first.speaker.clone(), first.original);
        found.push(Statement { statement, position, speaker, original, texts });
    }
    found.sort_by_key(|it| (it.position, it.statement));
    found
}

/// How many texts have two heads.
pub fn to_merge(statements: &[Statement]) -> usize {
    let texts = statements.iter().flat_map(|it| &it.texts);
    texts.filter(|text| text.heads.len() > 1).count()
}

/// SHA-256 over the statements with their languages and texts, in order.
pub fn hash(statements: &[Statement]) -> Result<Hash, Fault> {
    let of_text = |text: &Text| (text.lang, text.heads.iter().map(|it| it.text.clone()).collect::<Vec<_>>());
    let of_statement = |it: &Statement| {
        (it.statement, it.speaker.clone(), it.original, it.texts.iter().map(of_text).collect::<Vec<_>>())
    };
    let all: Vec<_> = statements.iter().map(of_statement).collect();
    let json = serde_json::to_vec(&all).map_err(|error| Fault::because("writing minutes down", error))?;
    Ok(Hash::of(&[b"simpul/minutes/1", &json]))
}

/// Writes a text of a statement. What it is based on may be old by now: then both stand, and a person merges.
pub fn write(asked: TextWritten, versions: &[Version], state: &State) -> Result<TextWritten, Refused> {
    if matches!(state, State::Cancelled { .. }) {
        return Err(Refusal::NotMet.into());
    }
    let text = asked.text.trim().to_owned();
    if text.is_empty() {
        return Err(Refused::from(Refusal::NoText).in_field("text"));
    }
    if text.chars().count() > TEXT_MAX {
        return Err(Refused::from(Refusal::TooLong { most: TEXT_MAX }).in_field("text"));
    }
    let speaker = asked.speaker.split_whitespace().collect::<Vec<_>>().join(" ");
    if speaker.chars().count() > SPEAKER_MAX {
        return Err(Refused::from(Refusal::TooLong { most: SPEAKER_MAX }).in_field("speaker"));
    }
    let of_text = |base: &EntryId| {
        let is = |it: &Version| it.entry == *base && it.statement == asked.statement && it.lang == asked.lang;
        versions.iter().any(is)
    };
    if !asked.base.iter().all(of_text) {
        return Err(Refusal::UnknownBase.into());
    }
    Ok(TextWritten { text, speaker, ..asked })
}

/// Finds a text right that stands alone.
pub fn check(asked: TextChecked, statements: &[Statement]) -> Result<TextChecked, Refused> {
    let mut texts = statements.iter().flat_map(|it| &it.texts);
    let text = texts.find(|text| text.heads.iter().any(|it| it.entry == asked.version));
    match text.ok_or(Refusal::ChangedMeanwhile)?.heads.len() {
        1 => Ok(asked),
        count => Err(Refusal::ToMerge { count }.into()),
    }
}

/// Freezes the minutes that somebody saw under `asked.hash`.
pub fn freeze(asked: MinutesFrozen, statements: &[Statement]) -> Result<MinutesFrozen, Refused> {
    if statements.is_empty() {
        return Err(Refusal::Empty.into());
    }
    let count = to_merge(statements);
    if count > 0 {
        return Err(Refusal::ToMerge { count }.into());
    }
    match hash(statements) {
        Ok(now) if now.to_string() == asked.hash => Ok(asked),
        _ => Err(Refusal::ChangedMeanwhile.into()),
    }
}

/// Approves frozen minutes; `frozen` and `now` are the hashes of what was frozen last and of what stands there.
pub fn approve(
    asked: MinutesApproved,
    (frozen, now): (Option<&str>, &str),
    approvals: &[Approval],
    has_party: bool,
) -> Result<MinutesApproved, Refused> {
    let frozen = frozen.ok_or(Refusal::NotFrozen)?;
    if asked.hash != frozen || frozen != now {
        return Err(Refusal::OtherVersion.into());
    }
    if !has_party {
        return Err(Refused::from(Refusal::Nobody).in_field("party"));
    }
    let same = |it: &Approval| it.hash == asked.hash && it.by == asked.by;
    if approvals.iter().any(same) {
        return Err(Refusal::ApprovedBefore.into());
    }
    Ok(asked)
}

/// Whether the text with this hash is agreed: by every party that was invited or, where none was, by somebody.
pub fn is_agreed(hash: &str, approvals: &[Approval], invited: &[kernel::PartyId]) -> bool {
    let by = |party| approvals.iter().any(|it| it.hash == hash && it.by == Owner::Party(party));
    match invited {
        [] => approvals.iter().any(|it| it.hash == hash),
        invited => invited.iter().all(|party| by(*party)),
    }
}

#[cfg(test)]
mod tests {
    use kernel::{BookId, PartyId};

    use super::*;

    fn id(n: u8) -> EntryId {
        EntryId::from_bytes([n; 16])
    }

    fn version(entry: u8, statement: u8, lang: Tongue, text: &str, base: &[u8]) -> Version {
        Version {
            entry: id(entry),
            statement: id(statement),
            position: i64::from(statement),
            speaker: "Lurah".into(),
            original: Tongue::Indonesian,
            lang,
            text: text.into(),
            base: base.iter().copied().map(id).collect(),
        }
    }

    #[test]
    fn two_secretaries_lose_nothing_and_a_person_merges() {
        use Tongue::{Indonesian, Korean};
        let mut all = vec![
            version(1, 1, Indonesian, "Timbangan rusak", &[]),
            version(2, 1, Korean, "저울이 고장", &[]),
            version(3, 1, Indonesian, "Timbangan kami rusak", &[1]),
            version(4, 1, Indonesian, "Dua timbangan rusak", &[1]),
        ];
        let none = BTreeSet::new();
        let heads = |all: &[Version]| -> Vec<String> {
            statements(all, &none)[0].texts[0].heads.iter().map(|it| it.text.clone()).collect()
        };
        assert_eq!(heads(&all), ["Timbangan kami rusak", "Dua timbangan rusak"]);
        assert_eq!(to_merge(&statements(&all, &none)), 1);
        assert!(statements(&all, &none)[0].texts[1].is_behind);
        let other_order: Vec<Version> = all.iter().rev().cloned().collect();
        assert_eq!(statements(&other_order, &none), statements(&all, &none), "in any order of arrival");
        let frozen = |all: &[Version]| {
            let hash = hash(&statements(all, &none)).expect("a hash").to_string();
            let place = "34".parse().expect("a code");
            let asked = MinutesFrozen { place, meeting: BookId::from_bytes([1; 16]), hash, versions: vec![] };
            freeze(asked, &statements(all, &none)).map(|it| it.hash).map_err(|refused| refused.code)
        };
        assert_eq!(frozen(&all), Err("minutes.to_merge"));
        all.push(version(5, 1, Indonesian, "Dua timbangan kami rusak", &[3, 4]));
        assert_eq!(heads(&all), ["Dua timbangan kami rusak"]);
        let before = frozen(&all).expect("frozen");
        all.push(version(6, 1, Korean, "우리 저울 두 개가 고장", &[2]));
        assert_ne!(frozen(&all).expect("frozen"), before, "another translation is another text");
        assert_eq!(frozen(&[]), Err("minutes.empty"));
    }

    #[test]
    fn a_text_is_based_on_one_of_its_own() {
        let known =
            [version(1, 1, Tongue::Indonesian, "Satu", &[]), version(2, 2, Tongue::Indonesian, "Dua", &[])];
        let cancelled = State::Cancelled { date: "2026-04-01".parse().expect("a date") };
        for (lang, text, base, state, expected) in [
            (Tongue::Indonesian, "Satu lagi", vec![1], State::Called, Ok(())),
            (Tongue::Korean, "하나", vec![], State::Called, Ok(())),
            (Tongue::Korean, "하나", vec![1], State::Called, Err("minutes.unknown_base")),
            (Tongue::Indonesian, "Satu", vec![2], State::Called, Err("minutes.unknown_base")),
            (Tongue::Indonesian, " ", vec![1], State::Called, Err("minutes.no_text")),
            (Tongue::Indonesian, "Satu", vec![1], cancelled, Err("minutes.not_met")),
        ] {
            let Version { statement, position, speaker, original, .. } = known[0].clone();
            let asked = TextWritten {
                place: "34".parse().expect("a code"),
                meeting: BookId::from_bytes([1; 16]),
                statement,
                position,
                speaker,
                original,
                lang,
                text: text.into(),
                base: base.into_iter().map(id).collect(),
            };
            let answer = write(asked, &known, &state);
            assert_eq!(answer.map(drop).map_err(|refused| refused.code), expected, "{text}");
        }
    }

    #[test]
    fn a_party_approves_what_is_frozen_and_still_stands() {
        let party = PartyId::from_bytes([7; 16]);
        let by = Owner::Party(party);
        let approval = Approval { hash: "a".into(), by: by.clone() };
        for (asked, frozen, now, approvals, has_party, expected) in [
            ("a", Some("a"), "a", vec![], true, Ok(())),
            ("a", None, "a", vec![], true, Err("minutes.not_frozen")),
            ("b", Some("a"), "a", vec![], true, Err("minutes.other_version")),
            ("a", Some("a"), "b", vec![], true, Err("minutes.other_version")),
            ("a", Some("a"), "a", vec![], false, Err("minutes.nobody")),
            ("a", Some("a"), "a", vec![approval.clone()], true, Err("minutes.approved_before")),
        ] {
            let asked = MinutesApproved {
                place: "34".parse().expect("a code"),
                meeting: BookId::from_bytes([1; 16]),
                hash: asked.into(),
                by: by.clone(),
            };
            let answer = approve(asked, (frozen, now), &approvals, has_party);
            assert_eq!(answer.map(drop).map_err(|refused| refused.code), expected);
        }
        let approvals = [approval];
        let other = PartyId::from_bytes([8; 16]);
        for (hash, invited, expected) in [
            ("a", vec![], true),
            ("b", vec![], false),
            ("a", vec![party], true),
            ("a", vec![party, other], false),
        ] {
            assert_eq!(is_agreed(hash, &approvals, &invited), expected, "{hash} {invited:?}");
        }
    }
}
