//! What a text is hashed as, when it may be frozen, and who may sign it.

use std::fmt::Write as _;

use journal::Hash;
use kernel::{BookId, InstrumentId, Names, PartyId, PlaceCode, Refused};

use super::facts::*;
use super::tables::{Frozen, Signature};
use crate::articles::{Text, Tongue, Version};

kernel::refusals! { Refusal:
    /// There is no text to freeze.
    409 "agreed.no_text" NoText;
    /// Somebody has to merge two versions first.
    409 "agreed.two_versions" TwoVersions { number: i64 };
    /// A translation lags behind.
    409 "agreed.behind" Behind { number: i64 };
    /// An authentic language lacks an article.
    409 "agreed.incomplete" Incomplete { number: i64 };
    /// Nobody signs.
    409 "agreed.no_signatories" NoSignatories;
    /// This very text is frozen.
    409 "agreed.frozen_before" FrozenBefore;
    /// Nothing is frozen that could be signed.
    409 "agreed.nothing_frozen" NothingFrozen;
    /// The signature would stand under another text than the one that is to be signed.
    409 "agreed.other_version" OtherVersion;
    /// The party is none of those that sign this text.
    422 "agreed.no_signatory" NoSignatory;
    /// The account was not named as one that signs for this party.
    403 "agreed.not_a_signer" NotASigner;
    /// The party has signed.
    409 "agreed.signed_before" SignedBefore;
}

/// The text of a paper as it stands.
#[derive(Debug)]
pub struct Live<'v> {
    /// The region that keeps the cooperation.
    pub place: PlaceCode,
    /// The cooperation.
    pub cooperation: BookId,
    /// The paper.
    pub instrument: InstrumentId,
    /// Its title.
    pub names: Names,
    /// Its authentic languages.
    pub authentic: Vec<Tongue>,
    /// Its versions.
    pub text: Text<'v>,
    /// The parties that take part as signatories.
    pub signatories: Vec<PartyId>,
}

impl<'v> Live<'v> {
    /// The newest versions, by number and language; none of an article in a language that has several.
    pub fn newest(&self) -> Vec<&'v Version> {
        let cells = self
            .text
            .numbers()
            .into_iter()
            .flat_map(|number| Tongue::ALL.iter().map(move |lang| (number, *lang)));
        let only = |(number, lang)| match self.text.heads(number, lang)[..] {
            [only] => Some(only),
            _ => None,
        };
        cells.filter_map(only).collect()
    }
    /// What its hash would be.
    pub fn sha256(&self) -> Hash {
        hash(&canonical(self.instrument, &self.names, &self.authentic, &self.newest()))
    }
}

/// SHA-256 of a canonical rendering.
pub(super) fn hash(canonical: &str) -> Hash {
    Hash::of(&[canonical.as_bytes()])
}

/// The canonical rendering of a text, as `docs/formats.md` has it. `versions` are by number and language.
pub fn canonical(paper: InstrumentId, names: &Names, authentic: &[Tongue], versions: &[&Version]) -> String {
    let mut to = format!("simpul/agreed/1\npaper {paper}\n");
    for (lang, name) in [("id", &names.id), ("ko", &names.ko), ("en", &names.en)] {
        if !name.is_empty() {
            writeln!(to, "title {lang} {}\n{name}", name.len()).expect("memory");
        }
    }
    let mut authentic = authentic.to_vec();
    authentic.sort_unstable();
    for lang in authentic {
        writeln!(to, "authentic {lang}").expect("memory");
    }
    for version in versions {
        let Version { number, lang, entry, heading, text, .. } = version;
        writeln!(to, "article {number} {lang} {entry} {} {}", heading.len(), text.len()).expect("memory");
        writeln!(to, "{heading}\n{text}").expect("memory");
    }
    to
}

/// Freezes the text as it stands. `before` is what was frozen last.
pub fn freeze(live: &Live<'_>, before: Option<&Frozen>) -> Result<TextFrozen, Refused> {
    if live.signatories.is_empty() {
        return Err(Refusal::NoSignatories.into());
    }
    let numbers = live.text.numbers();
    if numbers.is_empty() {
        return Err(Refusal::NoText.into());
    }
    for number in numbers {
        for lang in Tongue::ALL.iter().copied() {
            match live.text.heads(number, lang)[..] {
                [] if live.authentic.contains(&lang) => return Err(Refusal::Incomplete { number }.into()),
                [] => {}
                [only] if live.text.behind(only).is_some() => return Err(Refusal::Behind { number }.into()),
                [_] => {}
                _ => return Err(Refusal::TwoVersions { number }.into()),
            }
        }
    }
    let sha256 = live.sha256();
    if before.is_some_and(|before| before.sha256 == sha256 && before.parties == live.signatories) {
        return Err(Refusal::FrozenBefore.into());
    }
    Ok(TextFrozen {
        place: live.place.clone(),
        cooperation: live.cooperation,
        instrument: live.instrument,
        names: live.names.clone(),
        authentic: live.authentic.clone(),
        versions: live.newest().iter().map(|version| version.entry).collect(),
        sha256,
        parties: live.signatories.clone(),
    })
}

/// Whether an account was named to sign for a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signer {
    /// It was.
    Named,
    /// It was not.
    NotNamed,
}

/// Signs the text that is frozen last; `signatures` are those of the paper.
pub fn sign(
    asked: TextSigned,
    frozen: Option<&Frozen>,
    signatures: &[Signature],
    signer: Signer,
) -> Result<TextSigned, Refused> {
    let frozen = frozen.ok_or(Refusal::NothingFrozen)?;
    if signer == Signer::NotNamed {
        return Err(Refusal::NotASigner.into());
    }
    if frozen.entry != asked.frozen || frozen.sha256 != asked.sha256 {
        return Err(Refusal::OtherVersion.into());
    }
    if !frozen.parties.contains(&asked.party) {
        return Err(Refused::from(Refusal::NoSignatory).in_field("party"));
    }
    if signatures.iter().any(|it| it.frozen == frozen.entry && it.party == asked.party) {
        return Err(Refusal::SignedBefore.into());
    }
    Ok(asked)
}

/// Those that have yet to sign a text.
pub(super) fn missing(frozen: &Frozen, signatures: &[Signature]) -> Vec<PartyId> {
    let has_signed = |party: &PartyId| {
        signatures
            .iter()
            .any(|it| it.frozen == frozen.entry && it.sha256 == frozen.sha256 && it.party == *party)
    };
    frozen.parties.iter().copied().filter(|party| !has_signed(party)).collect()
}

#[cfg(test)]
mod tests {
    use kernel::{EntryId, Instant};

    use super::*;

    fn version(n: u8, number: i64, lang: Tongue, base: &[u8], renders: Option<u8>) -> Version {
        let id = |n: u8| EntryId::from_bytes([n; 16]);
        Version {
            entry: id(n),
            number,
            lang,
            heading: String::new(),
            text: format!("text {n}"),
            base: base.iter().copied().map(id).collect(),
            renders: renders.map(id),
            at: Instant::from_micros(i64::from(n)),
            actor: "operator".into(),
        }
    }

    fn live<'v>(versions: &'v [Version], authentic: &[Tongue], signatories: &[u8]) -> Live<'v> {
        Live {
            place: "34".parse().expect("a code"),
            cooperation: BookId::from_bytes([1; 16]),
            instrument: InstrumentId::from_bytes([2; 16]),
            names: Names { id: "Memorandum".into(), ko: "양해각서".into(), en: String::new() },
            authentic: authentic.to_vec(),
            text: Text::new(versions),
            signatories: signatories.iter().map(|n| PartyId::from_bytes([*n; 16])).collect(),
        }
    }

    #[test]
    fn a_text_is_frozen_when_it_is_whole() {
        use Tongue::*;
        let (one, other) = (version(1, 1, Indonesian, &[], None), version(2, 1, Korean, &[], Some(1)));
        let changed = version(3, 1, Indonesian, &[1], None);
        let beside = version(4, 1, Indonesian, &[1], None);
        let second = version(5, 2, Indonesian, &[], None);
        for (versions, authentic, signatories, expected) in [
            (vec![one.clone(), other.clone()], vec![Indonesian, Korean], &[1, 2][..], Ok(())),
            (vec![one.clone()], vec![], &[1], Ok(())),
            (vec![one.clone(), other.clone()], vec![], &[], Err("agreed.no_signatories")),
            (vec![], vec![], &[1], Err("agreed.no_text")),
            (vec![one.clone(), other.clone(), changed.clone()], vec![], &[1], Err("agreed.behind")),
            (vec![one.clone(), changed, beside], vec![], &[1], Err("agreed.two_versions")),
            (vec![one, other, second], vec![Korean], &[1], Err("agreed.incomplete")),
        ] {
            let answer = freeze(&live(&versions, &authentic, signatories), None);
            assert_eq!(answer.map(drop).map_err(|refused| refused.code), expected, "{versions:?}");
        }
    }

    #[test]
    fn the_rendering_is_that_of_the_document() {
        let versions =
            [version(1, 1, Tongue::Indonesian, &[], None), version(2, 1, Tongue::Korean, &[], Some(1))];
        let live = live(&versions, &[Tongue::Korean, Tongue::Indonesian], &[1]);
        let text = canonical(live.instrument, &live.names, &live.authentic, &live.newest());
        assert_eq!(
            text,
            "simpul/agreed/1\npaper 02081040g2081040g2081040g2\ntitle id 10\nMemorandum\ntitle ko 12\n양해각서\n\
             authentic id\nauthentic ko\n\
             article 1 id 01040g2081040g2081040g2081 0 6\n\ntext 1\n\
             article 1 ko 02081040g2081040g2081040g2 0 6\n\ntext 2\n"
        );
    }

    #[test]
    fn a_party_signs_the_frozen_text_once_and_no_other() {
        let versions = [version(1, 1, Tongue::Indonesian, &[], None)];
        let fact = freeze(&live(&versions, &[], &[1, 2]), None).expect("whole");
        let entry = EntryId::from_bytes([7; 16]);
        let frozen = Frozen {
            entry,
            names: fact.names.clone(),
            authentic: vec![],
            versions: fact.versions.clone(),
            sha256: fact.sha256,
            parties: fact.parties.clone(),
            at: Instant::from_micros(0),
        };
        assert_eq!(
            freeze(&live(&versions, &[], &[1, 2]), Some(&frozen)).map_err(|refused| refused.code).map(drop),
            Err("agreed.frozen_before")
        );
        let party = |n: u8| PartyId::from_bytes([n; 16]);
        let signed = |n: u8| Signature {
            frozen: entry,
            sha256: frozen.sha256,
            party: party(n),
            at: Instant::from_micros(1),
            actor: "x".into(),
        };
        for (of, sha256, by, signer, before, expected) in [
            (entry, frozen.sha256, 1, Signer::Named, vec![], Ok(())),
            (entry, frozen.sha256, 2, Signer::Named, vec![signed(1)], Ok(())),
            (entry, frozen.sha256, 1, Signer::NotNamed, vec![], Err("agreed.not_a_signer")),
            (entry, Hash::of(&[b"x"]), 1, Signer::Named, vec![], Err("agreed.other_version")),
            (EntryId::new(), frozen.sha256, 1, Signer::Named, vec![], Err("agreed.other_version")),
            (entry, frozen.sha256, 3, Signer::Named, vec![], Err("agreed.no_signatory")),
            (entry, frozen.sha256, 1, Signer::Named, vec![signed(1)], Err("agreed.signed_before")),
        ] {
            let asked = TextSigned {
                place: fact.place.clone(),
                cooperation: fact.cooperation,
                instrument: fact.instrument,
                frozen: of,
                sha256,
                party: party(by),
            };
            let answer = sign(asked.clone(), Some(&frozen), &before, signer);
            assert_eq!(answer.map(drop).map_err(|refused| refused.code), expected);
            let nothing = sign(asked, None, &before, signer);
            assert_eq!(nothing.map(drop).map_err(|refused| refused.code), Err("agreed.nothing_frozen"));
        }
        assert_eq!(missing(&frozen, &[signed(2)]), [party(1)]);
        assert!(missing(&frozen, &[signed(2), signed(1)]).is_empty());
    }
}
