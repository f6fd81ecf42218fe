//! What a party is called.

use kernel::Refused;

use super::facts::{ContactNamed, PartyNamed};
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
    /// The region's list has no such party, or the party no such person.
    404 "parties.no_contact" NoContact;
    /// A person without a name.
    422 "parties.no_contact_name" NoContactName;
    /// No address for e-mail.
    422 "parties.no_email" NoEmail;
    /// Whoever erases says on which ground.
    422 "parties.no_ground" NoGround;
    /// Nobody is erased by mistake.
    422 "parties.not_confirmed" NotConfirmed;
    /// Nothing is known of the person any more.
    409 "parties.erased_before" ErasedBefore;
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

/// Names a person at a party.
pub fn name_contact(asked: ContactNamed) -> Result<ContactNamed, Refused> {
    let tidy = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let named = ContactNamed {
        name: tidy(&asked.name),
        post: tidy(&asked.post),
        phone: tidy(&asked.phone),
        email: tidy(&asked.email),
        ..asked
    };
    if named.name.is_empty() {
        return Err(Refused::from(Refusal::NoContactName).in_field("name"));
    }
    let texts =
        [("name", &named.name), ("post", &named.post), ("phone", &named.phone), ("email", &named.email)];
    if let Some((field, _)) = texts.into_iter().find(|(_, text)| text.chars().count() > NAME_MAX) {
        return Err(Refused::from(Refusal::TooLong { most: NAME_MAX }).in_field(field));
    }
    let is_address = |text: &str| {
        let parts = text.split_once('@');
        parts.is_some_and(|(who, at)| {
            !who.is_empty() && at.contains('.') && !text.contains(char::is_whitespace)
        })
    };
    if !named.email.is_empty() && !is_address(&named.email) {
        return Err(Refused::from(Refusal::NoEmail).in_field("email"));
    }
    Ok(named)
}

#[cfg(test)]
mod tests {
    use kernel::{Names, PartyId};

    use super::super::PartyKind;
    use super::*;

    #[test]
    fn a_person_has_a_name_and_an_address_that_is_one() {
        for (name, email, expected) in [
            (" Kim  Minji ", "", Ok("Kim Minji")),
            ("Kim", "minji@gb.go.kr", Ok("Kim")),
            (" ", "minji@gb.go.kr", Err("parties.no_contact_name")),
            ("Kim", "minji", Err("parties.no_email")),
            ("Kim", "minji @gb.go.kr", Err("parties.no_email")),
            ("Kim", "@gb.go.kr", Err("parties.no_email")),
            (&"x".repeat(161), "", Err("parties.too_long")),
        ] {
            let named = name_contact(ContactNamed {
                place: "34".parse().expect("a code"),
                contact: kernel::PersonId::new(),
                name: name.into(),
                post: String::new(),
                phone: String::new(),
                email: email.into(),
            });
            let seen = named.as_ref().map(|it| it.name.as_str()).map_err(|refused| refused.code);
            assert_eq!(seen, expected);
        }
    }

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
