//! What a group is called.

use kernel::{GroupId, PlaceCode, Refused};

use super::facts::{GroupNamed, Kind};
use super::tables::Group;
use crate::sheet::plain_text;

/// No group has a longer name.
const NAME_MAX: usize = 120;

kernel::refusals! { Refusal:
    /// A group needs a name.
    422 "groups.no_name" NoName;
    /// A name that is a mistake.
    422 "groups.long_name" LongName { most: usize };
    /// It must be said what the group is.
    422 "groups.no_kind" NoKind;
    /// A village has one group of a kind and name.
    409 "groups.same_name" SameName { name: String };
}

/// Names a group of a village whose other groups are known.
pub fn name_group(
    group: GroupId,
    village: &PlaceCode,
    kind: Option<Kind>,
    text: &str,
    known: &[Group],
) -> Result<GroupNamed, Refused> {
    let in_name = |refusal: Refusal| Refused::from(refusal).in_field("name");
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(in_name(Refusal::NoName));
    }
    if name.chars().count() > NAME_MAX {
        return Err(in_name(Refusal::LongName { most: NAME_MAX }));
    }
    let kind = kind.ok_or_else(|| Refused::from(Refusal::NoKind).in_field("kind"))?;
    let same = |other: &Group| {
        other.group != group && other.kind == kind && plain_text(&other.name) == plain_text(&name)
    };
    if known.iter().any(same) {
        return Err(in_name(Refusal::SameName { name }));
    }
    Ok(GroupNamed { group, village: village.clone(), kind, name })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_has_a_kind_and_a_name_of_its_own() {
        let village: PlaceCode = "34.02.05.2003".parse().expect("a code");
        let known = [Group { group: GroupId::new(), kind: Kind::School, name: "SD Contoh 1".into() }];
        for (kind, name, expected) in [
            (Some(Kind::School), " SD  Contoh 2 ", Ok("SD Contoh 2")),
            (Some(Kind::Kindergarten), "SD Contoh 1", Ok("SD Contoh 1")),
            (Some(Kind::School), "sd contoh 1", Err("groups.same_name")),
            (None, "SD Contoh 2", Err("groups.no_kind")),
            (Some(Kind::School), " ", Err("groups.no_name")),
        ] {
            let named = name_group(GroupId::new(), &village, kind, name, &known);
            assert_eq!(
                named.as_ref().map(|fact| fact.name.as_str()).map_err(|refused| refused.code),
                expected,
                "{name}"
            );
        }
        let again = name_group(known[0].group, &village, Some(Kind::School), "SD CONTOH 1", &known);
        assert!(again.is_ok(), "a group may be written otherwise");
    }

    #[test]
    fn a_kind_is_stored_by_its_name() {
        for kind in Kind::ALL {
            assert_eq!(kind.to_string().parse(), Ok(*kind));
            assert_eq!(serde_json::to_value(kind).expect("JSON"), kind.name());
        }
    }
}
