//! When a visit may be entered.

use kernel::{Day, PartyId, Refused};

use super::facts::VisitMade;

/// No text is longer.
const TEXT_MAX: usize = 500;
/// No visit is longer: half a year of training.
const DAYS_MAX: i32 = 184;
/// No visit has more people.
const PEOPLE_MAX: i64 = 100_000;

kernel::refusals! { Refusal:
    /// The cooperation has no such visit.
    404 "visits.no_visit" NoVisit;
    /// A visit is for something.
    422 "visits.no_purpose" NoPurpose;
    /// More than anybody reads.
    422 "visits.too_long" TooLong { most: usize };
    /// What has not happened is not entered as if it had.
    422 "visits.day_ahead" DayAhead { day: Day, today: Day };
    /// An end before the beginning.
    422 "visits.ends_before" EndsBefore { from: Day };
    /// A stay is no visit.
    422 "visits.too_many_days" TooManyDays { most: i64 };
    /// Only those who take part visit, and are visited.
    422 "visits.not_in_cooperation" NotInCooperation;
    /// Nobody visits themselves.
    422 "visits.same_party" SameParty;
    /// A number that is a mistake.
    422 "visits.people_wrong" People { most: i64 };
    /// Women are among the people who came.
    422 "visits.women_wrong" Women;
}

/// Enters a visit in a cooperation whose parties are known.
pub fn enter(asked: VisitMade, parties: &[PartyId], today: Day) -> Result<VisitMade, Refused> {
    let wrong = |refusal: Refusal, field: &'static str| Err(Refused::from(refusal).in_field(field));
    let (purpose, outcome) = (asked.purpose.tidy(), asked.outcome.tidy());
    if purpose.is_empty() {
        return wrong(Refusal::NoPurpose, "purpose_id");
    }
    let (location, source) = (asked.location.trim().to_owned(), asked.source.trim().to_owned());
    for (length, field) in [
        (purpose.longest(), "purpose_id"),
        (outcome.longest(), "outcome_id"),
        (location.chars().count(), "location"),
        (source.chars().count(), "source"),
    ] {
        if length > TEXT_MAX {
            return wrong(Refusal::TooLong { most: TEXT_MAX }, field);
        }
    }
    if asked.to < asked.from {
        return wrong(Refusal::EndsBefore { from: asked.from }, "to");
    }
    if asked.to.days_since(asked.from) > DAYS_MAX {
        return wrong(Refusal::TooManyDays { most: i64::from(DAYS_MAX) }, "to");
    }
    if asked.from > today {
        return wrong(Refusal::DayAhead { day: asked.from, today }, "from");
    }
    for (party, field) in [(asked.guest, "guest"), (asked.host, "host")] {
        if !parties.contains(&party) {
            return wrong(Refusal::NotInCooperation, field);
        }
    }
    if asked.guest == asked.host {
        return wrong(Refusal::SameParty, "host");
    }
    let fits = |count: Option<i64>| count.is_none_or(|count| (0..=PEOPLE_MAX).contains(&count));
    if !fits(asked.people) || asked.people == Some(0) {
        return wrong(Refusal::People { most: PEOPLE_MAX }, "people");
    }
    if !fits(asked.women) || asked.women.is_some_and(|women| asked.people.is_none_or(|all| women > all)) {
        return wrong(Refusal::Women, "women");
    }
    Ok(VisitMade { purpose, outcome, location, source, ..asked })
}

#[cfg(test)]
mod tests {
    use kernel::{BookId, Names, VisitId};

    use super::super::VisitKind;
    use super::*;

    #[test]
    fn a_visit_has_two_parties_a_purpose_and_days_that_have_come() {
        let day = |text: &str| text.parse::<Day>().expect("a day");
        let party = |n: u8| PartyId::from_bytes([n; 16]);
        let visit = |change: &dyn Fn(&mut VisitMade)| {
            let mut made = VisitMade {
                place: "34".parse().expect("a code"),
                cooperation: BookId::from_bytes([9; 16]),
                visit: VisitId::from_bytes([8; 16]),
                kind: VisitKind::Visit,
                from: day("2026-03-01"),
                to: day("2026-03-02"),
                location: String::new(),
                guest: party(1),
                host: party(2),
                purpose: Names { id: "Kunjungan".into(), ..Names::default() },
                outcome: Names::default(),
                people: None,
                women: None,
                source: String::new(),
            };
            change(&mut made);
            made
        };
        type Change<'c> = dyn Fn(&mut VisitMade) + 'c;
        let cases: [(&Change<'_>, Result<(), &str>); 13] = [
            (&|_| (), Ok(())),
            (&|it| it.to = day("2026-03-31"), Ok(())),
            (&|it| (it.people, it.women) = (Some(12), Some(5)), Ok(())),
            (&|it| (it.people, it.women) = (Some(12), Some(13)), Err("visits.women_wrong")),
            (&|it| it.women = Some(3), Err("visits.women_wrong")),
            (&|it| it.people = Some(0), Err("visits.people_wrong")),
            (&|it| it.purpose = Names::default(), Err("visits.no_purpose")),
            (&|it| it.source = "x".repeat(501), Err("visits.too_long")),
            (&|it| it.to = day("2026-02-28"), Err("visits.ends_before")),
            (&|it| it.to = day("2027-02-28"), Err("visits.too_many_days")),
            (&|it| (it.from, it.to) = (day("2026-03-12"), day("2026-03-12")), Err("visits.day_ahead")),
            (&|it| it.guest = party(7), Err("visits.not_in_cooperation")),
            (&|it| it.host = party(1), Err("visits.same_party")),
        ];
        for (change, expected) in cases {
            let asked = visit(change);
            let shown = format!("{asked:?}");
            let answer = enter(asked, &[party(1), party(2)], day("2026-03-10"));
            assert_eq!(answer.map(drop).map_err(|no| no.code), expected, "{shown}");
        }
    }
}
