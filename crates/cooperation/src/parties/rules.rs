//! What a party is called.

use kernel::Refused;

use super::facts::PartyNamed;
use super::tables::Party;

/// No party has a longer name.
const NAME_MAX: usize = 160;
/// No source needs more.
const SOURCE_MAX: usize = 300;

kernel::refusals! { Refusal:
    /// A party needs a name in one language at least.
    422 "parties.no_name" NoName;
    /// A name or a source that is a mistake.
    422 "parties.too_long" TooLong { most: usize };
    /// Not two letters.
    422 "parties.no_country" NoCountry;
    /// The region has this party already.
    409 "parties.same_name" SameName { name: String };
    /// The region's list has no such party.
    422 "parties.no_party" NoParty;
    /// Nobody signs in with this name.
    422 "parties.no_account" NoAccount { handle: String };
    /// The account signs for this party already.
    409 "parties.signs_before" SignsBefore;
    /// The account does not sign for this party.
    409 "parties.does_not_sign" DoesNotSign;
}

/// Names a party of a region whose other parties are known.
pub fn name_party(asked: PartyNamed, known: &[Party]) -> Result<PartyNamed, Refused> {
    let names = asked.names.tidy();
    if names.is_empty() {
        return Err(Refused::from(Refusal::NoName).in_field("name_id"));
    }
    if names.longest() > NAME_MAX {
        return Err(Refused::from(Refusal::TooLong { most: NAME_MAX }).in_field("name_id"));
    }
    let source = asked.source.trim().to_owned();
    if source.chars().count() > SOURCE_MAX {
        return Err(Refused::from(Refusal::TooLong { most: SOURCE_MAX }).in_field("source"));
    }
    let country = asked.country.trim().to_ascii_uppercase();
    if country.len() != 2 || !country.bytes().all(|letter| letter.is_ascii_uppercase()) {
        return Err(Refused::from(Refusal::NoCountry).in_field("country"));
    }
    let code = asked.code.trim().to_owned();
    if code.chars().count() > 20 {
        return Err(Refused::from(Refusal::TooLong { most: 20 }).in_field("code"));
    }
    for (field, name) in [("name_id", &names.id), ("name_ko", &names.ko), ("name_en", &names.en)] {
        let same = |other: &&Party| {
            other.party != asked.party
                && [&other.names.id, &other.names.ko, &other.names.en].contains(&name)
                && other.kind == asked.kind
        };
        if !name.is_empty() && known.iter().any(|other| same(&other)) {
            return Err(Refused::from(Refusal::SameName { name: name.clone() }).in_field(field));
        }
    }
    Ok(PartyNamed { names, country, code, source, ..asked })
}

#[cfg(test)]
mod tests {
    use kernel::{Names, PartyId};

    use super::super::PartyKind;
    use super::*;

    #[test]
    fn a_party_has_a_name_and_a_country() {
        let place: kernel::PlaceCode = "34".parse().expect("a code");
        let party = |names: (&str, &str), kind, country: &str| PartyNamed {
            place: place.clone(),
            party: PartyId::new(),
            kind,
            names: Names { id: names.0.into(), ko: names.1.into(), en: String::new() },
            country: country.into(),
            code: String::new(),
            source: String::new(),
        };
        let known = [Party {
            party: PartyId::new(),
            kind: PartyKind::Region,
            country: "KR".into(),
            code: "KR-47".into(),
            names: Names { ko: "경상북도".into(), ..Names::default() },
            source: String::new(),
        }];
        for (asked, expected) in [
            (party((" Provinsi  Gangwon ", ""), PartyKind::Region, "kr"), Ok("Provinsi Gangwon")),
            (party(("", "경상북도"), PartyKind::Council, "KR"), Ok("")),
            (party(("", "경상북도"), PartyKind::Region, "KR"), Err("parties.same_name")),
            (party((" ", ""), PartyKind::Region, "KR"), Err("parties.no_name")),
            (party(("DIY", ""), PartyKind::Region, "IDN"), Err("parties.no_country")),
            (party((&"x".repeat(161), ""), PartyKind::Region, "ID"), Err("parties.too_long")),
        ] {
            let named = name_party(asked, &known);
            let seen = named.as_ref().map(|fact| fact.names.id.as_str()).map_err(|refused| refused.code);
            assert_eq!(seen, expected);
        }
    }
}
