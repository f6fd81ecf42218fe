//! Who may be recorded as having come, and whether they were enough.

use kernel::{Day, Refused};
use serde::Serialize;

use super::facts::*;
use super::tables::Came;
use crate::meetings::State;

/// No hall holds more.
const HEADS_MAX: i64 = 100_000;
/// No source needs more.
const SOURCE_MAX: usize = 300;

kernel::refusals! { Refusal:
    /// Heads come in whole numbers, and not in millions.
    422 "attendance.count_wrong" CountWrong { most: i64 };
    /// A sheet without a number.
    422 "attendance.nothing_counted" NothingCounted;
    /// Nobody comes to a meeting that did not take place.
    409 "attendance.not_there" NotThere;
    /// Somebody was meant whom nobody knows.
    422 "attendance.unknown" Unknown;
    /// One person, one voice.
    409 "attendance.came_before" CameBefore;
    /// Nobody stands for themselves.
    422 "attendance.own_proxy" OwnProxy;
    /// Whoever is represented is represented once, and not there in person.
    409 "attendance.represented_before" RepresentedBefore;
    /// A share such as 1 of 2.
    422 "attendance.share_wrong" ShareWrong;
    /// A rule comes from somewhere.
    422 "attendance.no_source" NoSource;
    /// A source that is a mistake.
    422 "attendance.too_long" TooLong { most: usize };
}

fn takes_place(state: &State) -> Result<(), Refused> {
    match state {
        State::Cancelled { .. } => Err(Refusal::NotThere.into()),
        _ => Ok(()),
    }
}

/// Counts heads at a meeting that stands so.
pub fn count(asked: HeadsCounted, state: &State) -> Result<HeadsCounted, Refused> {
    takes_place(state)?;
    match asked.count {
        0..=HEADS_MAX => Ok(asked),
        _ => Err(Refusal::CountWrong { most: HEADS_MAX }.into()),
    }
}

/// Records that somebody came, beside those who are recorded.
pub fn attend(asked: Attended, came: &[Came], state: &State) -> Result<Attended, Refused> {
    takes_place(state)?;
    if came.iter().any(|other| other.who == asked.who) {
        return Err(Refused::from(Refusal::CameBefore).in_field("who"));
    }
    if came.iter().any(|other| other.proxy_of == Some(asked.who)) {
        return Err(Refused::from(Refusal::RepresentedBefore).in_field("who"));
    }
    match asked.proxy_of {
        Some(of) if of == asked.who => Err(Refused::from(Refusal::OwnProxy).in_field("proxy_of")),
        Some(of) if came.iter().any(|other| other.who == of || other.proxy_of == Some(of)) => {
            Err(Refused::from(Refusal::RepresentedBefore).in_field("proxy_of"))
        }
        _ => Ok(asked),
    }
}

fn sound(need: Need) -> Result<Need, Refused> {
    let fits = (1..=1000).contains(&need.of) && (0..=need.of).contains(&need.parts);
    let reachable = need.reach == Reach::AtLeast || need.parts < need.of;
    if fits && reachable { Ok(need) } else { Err(Refused::from(Refusal::ShareWrong).in_field("parts")) }
}

/// Says how many are entitled to come.
pub fn set_entitled(asked: EntitledSet) -> Result<EntitledSet, Refused> {
    if !(1..=HEADS_MAX).contains(&asked.entitled) {
        return Err(Refused::from(Refusal::CountWrong { most: HEADS_MAX }).in_field("entitled"));
    }
    let rule = asked.rule.map(sound).transpose()?;
    Ok(EntitledSet { rule, ..asked })
}

/// Says how many must come to a kind of meeting.
pub fn set_rule(asked: QuorumRuled) -> Result<QuorumRuled, Refused> {
    let source = asked.source.split_whitespace().collect::<Vec<_>>().join(" ");
    if source.is_empty() {
        return Err(Refused::from(Refusal::NoSource).in_field("source"));
    }
    if source.chars().count() > SOURCE_MAX {
        return Err(Refused::from(Refusal::TooLong { most: SOURCE_MAX }).in_field("source"));
    }
    Ok(QuorumRuled { need: sound(asked.need)?, source, ..asked })
}

/// What is asked of a meeting, and who says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// How many must come.
    pub need: Need,
    /// Where it is written; nothing for the rule that ships with the program, which no source confirms.
    pub source: Option<String>,
    /// Since when; nothing for the shipped one and for one of the meeting alone.
    pub from: Option<Day>,
    /// Whether the meeting set it for itself.
    pub is_own: bool,
}

/// More than half, counting those represented: general practice, which no source confirms.
pub fn default_rule() -> Rule {
    let need = Need { reach: Reach::MoreThan, parts: 1, of: 2, proxies: Proxies::Count };
    Rule { need, source: None, from: None, is_own: false }
}

/// Whether enough came, with its arithmetic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quorum {
    /// By which rule.
    pub rule: Rule,
    /// How many are entitled to come.
    pub entitled: i64,
    /// How many of them must come.
    pub needed: i64,
    /// How many came themselves.
    pub present: i64,
    /// How many are represented.
    pub represented: i64,
    /// How many of both count.
    pub counted: i64,
    /// Whether they are enough.
    pub is_reached: bool,
}

/// Whether so many are enough.
pub fn quorum(rule: Rule, entitled: i64, present: i64, represented: i64) -> Quorum {
    let Need { reach, parts, of, proxies } = rule.need;
    let of = of.max(1);
    let needed = match reach {
        Reach::MoreThan => entitled * parts / of + 1,
        Reach::AtLeast => (entitled * parts + of - 1) / of,
    };
    let counted = match proxies {
        Proxies::Count => present + represented,
        Proxies::Ignored => present,
    };
    Quorum { rule, entitled, needed, present, represented, counted, is_reached: counted >= needed }
}

#[cfg(test)]
mod tests {
    use kernel::{BookId, PersonId};

    use super::*;
    use crate::attendance::Attendee;
    use crate::meetings::Element;

    fn person(n: u8) -> Attendee {
        Attendee::Person(PersonId::from_bytes([n; 16]))
    }

    #[test]
    fn so_many_are_enough() {
        use Proxies::{Count, Ignored};
        use Reach::{AtLeast, MoreThan};
        for (reach, parts, of, proxies, entitled, present, represented, needed, reached) in [
            (MoreThan, 1, 2, Count, 40, 20, 0, 21, false),
            (MoreThan, 1, 2, Count, 40, 20, 1, 21, true),
            (MoreThan, 1, 2, Ignored, 40, 20, 1, 21, false),
            (MoreThan, 1, 2, Count, 41, 21, 0, 21, true),
            (AtLeast, 1, 2, Count, 40, 20, 0, 20, true),
            (AtLeast, 2, 3, Count, 40, 26, 0, 27, false),
            (AtLeast, 2, 3, Count, 40, 27, 0, 27, true),
            (AtLeast, 0, 1, Count, 40, 0, 0, 0, true),
        ] {
            let rule = Rule { need: Need { reach, parts, of, proxies }, ..default_rule() };
            let found = quorum(rule, entitled, present, represented);
            assert_eq!((found.needed, found.is_reached), (needed, reached), "{found:?}");
        }
    }

    #[test]
    fn a_share_can_be_reached() {
        for (reach, parts, of, expected) in [
            (Reach::MoreThan, 1, 2, Ok(())),
            (Reach::AtLeast, 1, 1, Ok(())),
            (Reach::MoreThan, 1, 1, Err("attendance.share_wrong")),
            (Reach::AtLeast, 3, 2, Err("attendance.share_wrong")),
            (Reach::AtLeast, 1, 0, Err("attendance.share_wrong")),
            (Reach::AtLeast, -1, 2, Err("attendance.share_wrong")),
        ] {
            let need = Need { reach, parts, of, proxies: Proxies::Count };
            assert_eq!(sound(need).map(drop).map_err(|refused| refused.code), expected, "{need:?}");
        }
    }

    #[test]
    fn one_person_has_one_voice() {
        let heads = Heads {
            element: Element::Farmers,
            sex: Sex::Women,
            age: Age::Untold,
            disability: Disability::Untold,
        };
        let came = [
            Came { who: person(1), proxy_of: None, heads },
            Came { who: person(2), proxy_of: Some(person(3)), heads },
        ];
        let asked = |who: u8, of: Option<u8>| Attended {
            place: "34.02.05.2003".parse().expect("a code"),
            meeting: BookId::from_bytes([1; 16]),
            who: person(who),
            proxy_of: of.map(person),
            heads,
        };
        for (who, of, expected) in [
            (4, None, Ok(())),
            (4, Some(5), Ok(())),
            (1, None, Err("attendance.came_before")),
            (3, None, Err("attendance.represented_before")),
            (4, Some(4), Err("attendance.own_proxy")),
            (4, Some(1), Err("attendance.represented_before")),
            (4, Some(3), Err("attendance.represented_before")),
        ] {
            let answer = attend(asked(who, of), &came, &State::Called);
            assert_eq!(answer.map(drop).map_err(|refused| refused.code), expected, "{who} {of:?}");
        }
        let called_off = State::Cancelled { date: "2026-04-02".parse().expect("a date") };
        let answer = attend(asked(4, None), &came, &called_off);
        assert_eq!(answer.map(drop).map_err(|refused| refused.code), Err("attendance.not_there"));
    }
}
