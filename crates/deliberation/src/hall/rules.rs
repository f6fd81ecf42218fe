//! Who gets into a hall.

use kernel::Refused;

use super::facts::*;
use super::tables::Hall;

/// More never sit in one hall.
const MOST: i64 = 5000;
/// So many slips fit on the paper that a village has.
const SLIPS_AT_ONCE: i64 = 500;

kernel::refusals! { Refusal:
    /// The hall is closed, or was never opened.
    409 "hall.closed" Closed;
    /// No such code hangs in this hall.
    422 "hall.no_code" NoCode;
    /// Slips are asked for, and this is the code of the wall.
    422 "hall.slip_needed" SlipNeeded;
    /// A slip opens once.
    409 "hall.slip_used" SlipUsed { number: i64 };
    /// As many as may have joined.
    409 "hall.full" Full { most: i64 };
    /// The browser keeps no token.
    422 "hall.no_token" NoToken;
    /// The telephone has not joined.
    409 "hall.not_joined" NotJoined;
    /// Not a number of people in a hall.
    422 "hall.most_out_of_range" MostOutOfRange { most: i64 };
    /// Not a number of slips.
    422 "hall.slips_out_of_range" SlipsOutOfRange { most: i64 };
    /// The meeting does not discuss this proposal.
    422 "hall.not_discussed" NotDiscussed;
}

/// Opens a hall.
pub fn open(asked: HallOpened) -> Result<HallOpened, Refused> {
    match (1..=MOST).contains(&asked.most) {
        true => Ok(asked),
        false => Err(Refused::from(Refusal::MostOutOfRange { most: MOST }).in_field("most")),
    }
}

/// Numbers so many slips after the last one.
pub fn hand_out(count: i64, last: i64) -> Result<(i64, i64), Refused> {
    match (1..=SLIPS_AT_ONCE).contains(&count) {
        true => Ok((last + 1, last + count)),
        false => Err(Refused::from(Refusal::SlipsOutOfRange { most: SLIPS_AT_ONCE }).in_field("count")),
    }
}

/// What must be known to let a telephone in.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The hall.
    pub hall: Option<&'a Hall>,
    /// How many joined.
    pub joined: i64,
    /// The number behind the code; 0 is that of the wall.
    pub number: Option<i64>,
    /// Whether the slip of that number opened before.
    pub is_used: bool,
}

/// Lets a telephone in that has not joined.
pub fn join(asked: VoiceJoined, known: Known<'_>) -> Result<VoiceJoined, Refused> {
    let Some(Hall { admission: Some(admission), most }) = known.hall else {
        return Err(Refusal::Closed.into());
    };
    let number = known.number.ok_or_else(|| Refused::from(Refusal::NoCode).in_field("code"))?;
    if *admission == Admission::Slips && number == 0 {
        return Err(Refused::from(Refusal::SlipNeeded).in_field("code"));
    }
    if known.is_used {
        return Err(Refused::from(Refusal::SlipUsed { number }).in_field("code"));
    }
    if known.joined >= *most {
        return Err(Refusal::Full { most: *most }.into());
    }
    Ok(VoiceJoined { slip: (number > 0).then_some(number), ..asked })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_gets_in_with_a_code_that_opens() {
        let of = |admission, most| Some(Hall { admission, most });
        let (free, slips) = (Some(Admission::Free), Some(Admission::Slips));
        for (hall, joined, number, is_used, expected) in [
            (None, 0, Some(0), false, Err("hall.closed")),
            (of(None, 9), 0, Some(0), false, Err("hall.closed")),
            (of(free, 9), 0, Some(0), false, Ok(None)),
            (of(free, 9), 0, Some(7), false, Ok(Some(7))),
            (of(free, 9), 0, None, false, Err("hall.no_code")),
            (of(slips, 9), 0, Some(0), false, Err("hall.slip_needed")),
            (of(slips, 9), 0, Some(7), false, Ok(Some(7))),
            (of(slips, 9), 0, Some(7), true, Err("hall.slip_used")),
            (of(free, 9), 9, Some(0), false, Err("hall.full")),
            (of(free, 9), 8, Some(0), false, Ok(None)),
        ] {
            let asked = VoiceJoined {
                place: "34.02.05.2003".parse().expect("a place"),
                meeting: kernel::BookId::from_bytes([1; 16]),
                voice: "hall:00000000000000000000000000000001".parse().expect("a voice"),
                slip: None,
                element: None,
            };
            let known = Known { hall: hall.as_ref(), joined, number, is_used };
            let seen = join(asked, known).map(|it| it.slip).map_err(|refused| refused.code);
            assert_eq!(seen, expected, "{hall:?} {joined} {number:?}");
        }
        assert_eq!(hand_out(40, 10).map_err(|refused| refused.code), Ok((11, 50)));
        assert_eq!(hand_out(0, 10).map_err(|refused| refused.code), Err("hall.slips_out_of_range"));
        assert_eq!(hand_out(501, 0).map_err(|refused| refused.code), Err("hall.slips_out_of_range"));
    }
}
