//! What may be said of a household.

use kernel::{Day, Refused};

use crate::sheet::plain_text;

/// No name is longer.
const NAME_MAX: usize = 120;

kernel::refusals! { Refusal:
    /// The address names a household that is not here.
    404 "households.not_found" NotFound;
    /// A household is known by the name of its head.
    422 "households.no_name" NoName;
    /// A name that is a mistake.
    422 "households.long_name" LongName { most: usize };
    /// A family card has 16 digits.
    422 "households.wrong_card" WrongCard { card: String };
    /// A spreadsheet took the number of a card for a number and rounded it.
    422 "households.rounded_card" RoundedCard { card: String };
    /// Two households cannot have one card.
    409 "households.card_known" CardKnown;
    /// A telephone number has 7 to 15 digits.
    422 "households.wrong_phone" WrongPhone { phone: String };
    /// A household lives in a hamlet of the village.
    422 "households.no_hamlet" NoHamlet;
    /// A hamlet that the village has not named.
    422 "households.unknown_hamlet" UnknownHamlet { hamlet: String, known: String };
    /// A neighbourhood is a number from 1 to 99.
    422 "households.wrong_rt" WrongRt { rt: String };
    /// A day that has not come yet.
    422 "households.day_ahead" DayAhead { day: Day };
    /// The household is closed; nothing more happens to it.
    409 "households.closed" Closed { day: Day };
    /// What was erased is not written again under the same id.
    409 "households.erased" Erased;
    /// Why a person is erased must be said.
    422 "households.no_ground" NoGround;
    /// It must be said a second time, since nobody can undo it.
    422 "households.not_confirmed" NotConfirmed;
    /// The rows of one card have nobody who is its head.
    422 "households.no_head" NoHead { card: String };
    /// What was uploaded is kept for half an hour only.
    404 "households.upload_gone" UploadGone;
    /// Some lines are wrong, and it was not said that the others shall be booked.
    422 "households.lines_wrong" LinesWrong { count: usize };
    /// A column is chosen that the file does not have.
    422 "households.no_such_column" NoSuchColumn;
}

/// A name without needless white space.
pub(super) fn name(text: &str) -> Result<String, Refused> {
    let name = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let name = name.collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => Err(Refusal::NoName.into()),
        count if count > NAME_MAX => Err(Refusal::LongName { most: NAME_MAX }.into()),
        _ => Ok(name),
    }
}

/// The 16 digits of a family card; nothing when nothing is written.
pub(super) fn card(text: &str) -> Result<Option<String>, Refused> {
    let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '\u{a0}')).collect();
    if digits.chars().all(|c| c == '0') {
        return Ok(None);
    }
    if text.contains(['E', 'e']) && text.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(Refusal::RoundedCard { card: text.to_owned() }.into());
    }
    match digits.len() == 16 && digits.bytes().all(|b| b.is_ascii_digit()) {
        true => Ok(Some(digits)),
        false => Err(Refusal::WrongCard { card: text.to_owned() }.into()),
    }
}

/// A telephone number in digits, with its `+` if it has one; nothing when nothing is written.
pub(super) fn phone(text: &str) -> Result<Option<String>, Refused> {
    let bare: String =
        text.chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '(' | ')' | '\u{a0}')).collect();
    if bare.is_empty() {
        return Ok(None);
    }
    let digits = bare.strip_prefix('+').unwrap_or(&bare);
    match (7..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) {
        true => Ok(Some(bare)),
        false => Err(Refusal::WrongPhone { phone: text.to_owned() }.into()),
    }
}

/// The day of a field, which is not ahead; today where none was given.
pub(super) fn day(typed: Option<Day>, today: Day, field: &str) -> Result<Day, Refused> {
    let day = typed.unwrap_or(today);
    if day > today { Err(Refused::from(Refusal::DayAhead { day }).in_field(field)) } else { Ok(day) }
}

/// The name of a hamlet as it is compared: without the word that says that it is one.
pub(super) fn plain_hamlet(name: &str) -> String {
    let plain = plain_text(name);
    let words: Vec<&str> =
        plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    match words.as_slice() {
        [
            "padukuhan" | "pedukuhan" | "dusun" | "dukuh" | "kampung" | "hamlet" | "자연마을" | "부락",
            rest @ ..,
        ] if !rest.is_empty() => rest.join(" "),
        words => words.join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code<T>(result: Result<T, Refused>) -> Result<T, &'static str> {
        result.map_err(|refused| refused.code)
    }

    #[test]
    fn a_card_has_sixteen_digits() {
        for (text, expected) in [
            ("3402051203990001", Ok(Some("3402051203990001".to_owned()))),
            ("34.0205-120399 0001", Ok(Some("3402051203990001".to_owned()))),
            ("", Ok(None)),
            ("0", Ok(None)),
            ("340205120399000", Err("households.wrong_card")),
            ("340205120399000a", Err("households.wrong_card")),
            ("3.40205120399E15", Err("households.rounded_card")),
            ("3,40205E+15", Err("households.rounded_card")),
        ] {
            assert_eq!(code(card(text)), expected, "{text}");
        }
    }

    #[test]
    fn names_and_telephones_are_tidied_and_checked() {
        assert_eq!(code(name("  Sri \t Wahyuni\n")), Ok("Sri Wahyuni".to_owned()));
        assert_eq!(code(name(" ")), Err("households.no_name"));
        assert_eq!(code(name(&"x".repeat(121))), Err("households.long_name"));
        for (text, expected) in [
            ("0812-3456-7890", Ok(Some("081234567890".to_owned()))),
            ("+62 812 3456", Ok(Some("+628123456".to_owned()))),
            ("", Ok(None)),
            ("123", Err("households.wrong_phone")),
            ("call me", Err("households.wrong_phone")),
        ] {
            assert_eq!(code(phone(text)), expected, "{text}");
        }
    }

    #[test]
    fn a_hamlet_is_the_same_with_and_without_its_word() {
        for (name, plain) in [
            ("Padukuhan Gersik", "gersik"),
            ("DUSUN  GERSIK", "gersik"),
            ("gersik", "gersik"),
            ("Padukuhan 01", "01"),
            ("Dusun", "dusun"),
        ] {
            assert_eq!(plain_hamlet(name), plain);
        }
    }
}
