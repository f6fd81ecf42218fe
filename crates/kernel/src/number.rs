//! Numbers as people write them: with a decimal comma or a decimal point, never with both.

/// Why a written number was not accepted. The page has a sentence for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnreadableNumber {
    /// There is none.
    #[error("no number is given")]
    Missing,
    /// `1.234,5`: which of the two is the decimal sign depends on the country, so nobody guesses.
    #[error("a number has one decimal sign")]
    TwoSigns,
    /// More decimals than the unit has.
    #[error("a number has too many decimals")]
    TooFine,
    /// Letters, spaces inside, anything else.
    #[error("a number has digits only")]
    NotDigits,
    /// More digits than any scale or purse shows.
    #[error("a number is too long")]
    TooLong,
}

/// Reads a decimal number into units of its last allowed decimal: with 3 decimals, `4,5` and `4.5` are 4,500.
/// The sign may be `-` or `−`. White space around it is ignored.
pub fn decimal(text: &str, decimals: u32) -> Result<i64, UnreadableNumber> {
    let text = text.trim();
    let (negative, digits) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if digits.is_empty() {
        return Err(UnreadableNumber::Missing);
    }
    let mut parts = digits.split([',', '.']);
    let whole = parts.next().unwrap_or_default();
    let fraction = parts.next().unwrap_or_default();
    if parts.next().is_some() {
        return Err(UnreadableNumber::TwoSigns);
    }
    let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(whole) || !all_digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
        return Err(UnreadableNumber::NotDigits);
    }
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > decimals as usize {
        return Err(UnreadableNumber::TooFine);
    }
    if whole.len() > 15 {
        return Err(UnreadableNumber::TooLong);
    }
    let scale = 10i64.pow(decimals);
    let whole: i64 =
        if whole.is_empty() { 0 } else { whole.parse().map_err(|_| UnreadableNumber::TooLong)? };
    let fine: i64 =
        if fraction.is_empty() { 0 } else { fraction.parse().map_err(|_| UnreadableNumber::TooLong)? };
    let fine = fine * 10i64.pow(decimals - fraction.len() as u32);
    let value =
        whole.checked_mul(scale).and_then(|w| w.checked_add(fine)).ok_or(UnreadableNumber::TooLong)?;
    Ok(if negative { -value } else { value })
}

/// Reads a whole number, as for pieces and rupiah. Separators of thousands (`10.000`, `10,000`, `10 000`) are
/// accepted where they stand in groups of three and are all the same; so is a leading `Rp`.
pub fn whole(text: &str) -> Result<i64, UnreadableNumber> {
    let text = text.trim();
    let text = text.strip_prefix("Rp").or_else(|| text.strip_prefix("rp")).unwrap_or(text).trim();
    let (negative, digits) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    if digits.is_empty() {
        return Err(UnreadableNumber::Missing);
    }
    let separators: Vec<char> = digits.chars().filter(|c| matches!(c, '.' | ',' | ' ' | '\u{a0}')).collect();
    if separators.windows(2).any(|pair| pair[0] != pair[1]) {
        return Err(UnreadableNumber::TwoSigns);
    }
    let joined = match separators.first() {
        None => digits.to_owned(),
        Some(separator) => {
            let groups: Vec<&str> = digits.split(*separator).collect();
            let head_fits = (1..=3).contains(&groups[0].len());
            if !head_fits || groups[1..].iter().any(|group| group.len() != 3) {
                return Err(UnreadableNumber::TooFine);
            }
            groups.concat()
        }
    };
    if !joined.bytes().all(|b| b.is_ascii_digit()) {
        return Err(UnreadableNumber::NotDigits);
    }
    if joined.len() > 15 {
        return Err(UnreadableNumber::TooLong);
    }
    let value: i64 = joined.parse().map_err(|_| UnreadableNumber::TooLong)?;
    Ok(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_read_in_both_habits_and_never_guessed() {
        use UnreadableNumber::*;
        for (text, grams) in [
            ("4,5", Ok(4500)),
            ("4.5", Ok(4500)),
            (" 12 ", Ok(12_000)),
            ("0,05", Ok(50)),
            (",5", Ok(500)),
            ("1.2340", Ok(1234)),
            ("0", Ok(0)),
            ("-1,5", Ok(-1500)),
            ("1.234,5", Err(TwoSigns)),
            ("1,234.5", Err(TwoSigns)),
            ("1.234.5", Err(TwoSigns)),
            ("1.2345", Err(TooFine)),
            ("", Err(Missing)),
            ("-", Err(Missing)),
            ("4 5", Err(NotDigits)),
            ("kg", Err(NotDigits)),
            ("1e3", Err(NotDigits)),
            (".", Err(NotDigits)),
            ("٣", Err(NotDigits)),
            ("9999999999999999", Err(TooLong)),
        ] {
            assert_eq!(decimal(text, 3), grams, "{text}");
        }
    }

    #[test]
    fn whole_numbers_may_be_grouped() {
        use UnreadableNumber::*;
        for (text, value) in [
            ("12", Ok(12)),
            ("10.000", Ok(10_000)),
            ("10,000", Ok(10_000)),
            ("Rp 1.250.000", Ok(1_250_000)),
            ("-5000", Ok(-5000)),
            ("1.25", Err(TooFine)),
            ("10.000,50", Err(TwoSigns)),
            ("12a", Err(NotDigits)),
            ("", Err(Missing)),
        ] {
            assert_eq!(whole(text), value, "{text}");
        }
    }
}
