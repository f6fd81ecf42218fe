//! What is a place, and what is a name for one.

use kernel::{Level, PlaceCode, Refused};

use super::facts::{HamletNamed, NeighbourhoodNamed};
use super::tables::Hamlet;

/// No hamlet has a longer name.
const NAME_MAX: usize = 80;

kernel::refusals! { Refusal:
    /// The address names no village, or one that is not in the national list.
    404 "places.no_village" NoVillage { code: String };
    /// A hamlet or a neighbourhood needs a name.
    422 "places.no_name" NoName;
    /// A name that is a mistake.
    422 "places.long_name" LongName { most: usize };
    /// Hamlets and neighbourhoods are numbered from 1 to 99.
    422 "places.wrong_number" WrongNumber { number: String };
    /// Two hamlets of a village with one name could not be told apart in a file.
    409 "places.same_name" SameName { name: String };
    /// A line of the national list whose code is none.
    422 "places.wrong_code" WrongCode { line: usize, code: String };
    /// A line of the national list without a name.
    422 "places.nameless" Nameless { line: usize, code: String };
    /// Two lines of the national list with one code.
    422 "places.code_twice" CodeTwice { line: usize, code: String };
    /// A place whose parent is not in the list.
    422 "places.no_parent" NoParent { line: usize, code: String, parent: String };
}

/// A number of a form as the next part of a code: `7` below `34.02.05.2003` is `34.02.05.2003.07`. Leading zeros and a
/// word before it (`RT 007`) do not matter.
pub fn below(place: &PlaceCode, number: &str) -> Result<PlaceCode, Refused> {
    let wrong = || Refusal::WrongNumber { number: number.trim().to_owned() };
    let digits = number.trim().trim_start_matches(|c: char| c.is_alphabetic() || matches!(c, '.' | ' '));
    let value: u32 = digits.trim().parse().map_err(|_| wrong())?;
    if !(1..=99).contains(&value) {
        return Err(wrong().into());
    }
    format!("{place}.{value:02}").parse().map_err(|_| wrong().into())
}

/// A name without needless white space.
fn name(text: &str) -> Result<String, Refused> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => Err(Refusal::NoName.into()),
        count if count > NAME_MAX => Err(Refusal::LongName { most: NAME_MAX }.into()),
        _ => Ok(name),
    }
}

/// Names a hamlet of a village whose other hamlets are known.
pub fn name_hamlet(place: PlaceCode, text: &str, known: &[Hamlet]) -> Result<HamletNamed, Refused> {
    let name = name(text)?;
    let plain = crate::sheet::plain_text(&name);
    if known.iter().any(|hamlet| hamlet.place != place && crate::sheet::plain_text(&hamlet.name) == plain) {
        return Err(Refusal::SameName { name }.into());
    }
    Ok(HamletNamed { place, name })
}

/// Names a neighbourhood.
pub(super) fn name_neighbourhood(place: PlaceCode, text: &str) -> Result<NeighbourhoodNamed, Refused> {
    Ok(NeighbourhoodNamed { place, name: name(text)? })
}

/// A code as the national list writes it, with or without dots, from province to village.
pub(super) fn region_code(text: &str) -> Option<PlaceCode> {
    let dotted = match text.len() {
        4 | 6 | 10 if text.bytes().all(|b| b.is_ascii_digit()) => {
            let ends = [2, 4, 6, 10];
            let parts = ends.iter().scan(0, |from, end| Some(text.get(std::mem::replace(from, *end)..*end)));
            parts.flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(".")
        }
        _ => text.to_owned(),
    };
    let code: PlaceCode = dotted.parse().ok()?;
    (Level::Province..=Level::Village).contains(&code.level()).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(code: &str) -> PlaceCode {
        code.parse().expect("readable")
    }

    #[test]
    fn a_number_becomes_the_next_part_of_a_code() {
        let village = place("34.02.05.2003");
        for (number, code) in [
            ("7", Some("34.02.05.2003.07")),
            (" 016 ", Some("34.02.05.2003.16")),
            ("RT 03", Some("34.02.05.2003.03")),
            ("RT.3", Some("34.02.05.2003.03")),
            ("0", None),
            ("100", None),
            ("", None),
            ("-1", None),
            ("3a", None),
        ] {
            assert_eq!(
                below(&village, number).ok().map(|code| code.to_string()).as_deref(),
                code,
                "{number}"
            );
        }
    }

    #[test]
    fn codes_of_the_list_may_lack_their_dots() {
        for (text, code) in [
            ("34", Some("34")),
            ("3402", Some("34.02")),
            ("340205", Some("34.02.05")),
            ("3402052003", Some("34.02.05.2003")),
            ("34.02.05.2003", Some("34.02.05.2003")),
            ("34.02.05.2003.07", None),
            ("34025", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(region_code(text).map(|code| code.to_string()).as_deref(), code, "{text}");
        }
    }

    #[test]
    fn a_hamlet_has_a_name_of_its_own() {
        let known = [Hamlet { place: place("34.02.05.2003.01"), name: "Padukuhan 1".into() }];
        let named = |place: PlaceCode, text: &str| {
            name_hamlet(place, text, &known).map(|fact| fact.name).map_err(|refused| refused.code)
        };
        let (first, second) = (place("34.02.05.2003.01"), place("34.02.05.2003.02"));
        assert_eq!(named(second.clone(), "  Padukuhan   2 "), Ok("Padukuhan 2".into()));
        assert_eq!(named(second.clone(), "PADUKUHAN 1"), Err("places.same_name"));
        assert_eq!(named(first, "PADUKUHAN 1"), Ok("PADUKUHAN 1".into()));
        assert_eq!(named(second.clone(), " "), Err("places.no_name"));
        assert_eq!(named(second, &"x".repeat(81)), Err("places.long_name"));
    }
}
