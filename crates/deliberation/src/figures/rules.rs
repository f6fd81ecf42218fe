//! The figures of a period.

use std::collections::BTreeMap;

use kernel::{BasisPoints, Day};
use serde::Serialize;

use crate::attendance::{Attendance, Sex};
use crate::decisions::{Decision, FollowUp};
use crate::meetings::{Element, Meeting, State};

/// A meeting with what is known of it.
pub struct Seen {
    /// The meeting.
    pub meeting: Meeting,
    /// How it stands.
    pub state: State,
    /// Who came.
    pub attendance: Attendance,
    /// What it decided.
    pub decisions: Vec<Decision>,
    /// What follows from that.
    pub follow_ups: Vec<FollowUp>,
}

/// How much was discussed in a period.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// Meetings that were called for the period.
    pub called: i64,
    /// Those of them that are known to have been held.
    pub held: i64,
    /// How long people sat, in minutes, where it was recorded.
    pub minutes: i64,
    /// How many meetings that is known of.
    pub timed: i64,
    /// Who came, each meeting counted anew.
    pub came: i64,
    /// Women among those of whom the sex was asked.
    pub women: i64,
    /// Men among them.
    pub men: i64,
    /// Women of a hundred of whom the sex was asked, in basis points; nothing where it was asked of nobody.
    pub share_of_women: Option<BasisPoints>,
    /// Who came, by element of the community.
    pub by_element: BTreeMap<Element, i64>,
    /// What was decided.
    pub decisions: i64,
    /// Decisions that answer a proposal.
    pub of_proposals: i64,
    /// Follow-ups that were opened.
    pub opened: i64,
    /// Those of them that were closed.
    pub closed: i64,
    /// The days from the meeting to the end of its follow-ups: the one in the middle, rounded down.
    pub days_to_done: Option<i64>,
}

/// The figures of the meetings whose date may lie in a period, its first and last day included.
pub fn figures(seen: &[Seen], from: Day, until: Day) -> Figures {
    let mut figures = Figures::default();
    let mut days: Vec<i64> = Vec::new();
    for of in seen.iter().filter(|of| of.meeting.date.first() <= until && of.meeting.date.last() >= from) {
        figures.called += 1;
        if let State::Held { minutes, .. } = of.state {
            figures.held += 1;
            figures.minutes += minutes.unwrap_or(0);
            figures.timed += i64::from(minutes.is_some());
        }
        figures.came += of.attendance.present;
        figures.women += of.attendance.of_sex(Sex::Women);
        figures.men += of.attendance.of_sex(Sex::Men);
        for count in &of.attendance.counts {
            *figures.by_element.entry(count.who.element).or_default() += count.heads;
        }
        figures.decisions += of.decisions.len() as i64;
        figures.of_proposals += of.decisions.iter().filter(|it| it.proposal.is_some()).count() as i64;
        figures.opened += of.follow_ups.len() as i64;
        for closed in of.follow_ups.iter().filter_map(|it| it.closed.as_ref()) {
            figures.closed += 1;
            days.push(i64::from(closed.day.days_since(of.meeting.date.first())));
        }
    }
    let told = figures.women + figures.men;
    figures.share_of_women = (told > 0).then(|| BasisPoints::new(figures.women * 10_000 / told));
    days.sort_unstable();
    figures.days_to_done = match days.len() {
        0 => None,
        n if n % 2 == 1 => Some(days[n / 2]),
        n => Some((days[n / 2 - 1] + days[n / 2]) / 2),
    };
    figures
}

#[cfg(test)]
mod tests {
    use kernel::{BookId, Date, EntryId, Names, PlaceCode};

    use super::*;
    use crate::Zone;
    use crate::attendance::{Age, Count, Disability, Heads};
    use crate::decisions::{Closed, Owner};
    use crate::meetings::MeetingKind;

    fn seen(date: &str, women: i64, men: i64, minutes: Option<i64>, done: &[&str]) -> Seen {
        let place: PlaceCode = "34.02.05.2003".parse().expect("a code");
        let date: Date = date.parse().expect("a date");
        let heads = |sex, heads| Count {
            who: Heads { element: Element::Farmers, sex, age: Age::Untold, disability: Disability::Untold },
            heads,
        };
        let book = BookId::from_bytes([1; 16]);
        let follow_up = |day: &&str| FollowUp {
            place: place.clone(),
            meeting: book,
            follow_up: EntryId::from_bytes([1; 16]),
            decision: EntryId::from_bytes([2; 16]),
            text: Names::default(),
            owner: Owner::Office("Lurah".into()),
            due: date.first(),
            closed: day.parse().ok().map(|day| Closed { day, evidence: "Foto".into() }),
        };
        Seen {
            meeting: Meeting {
                place: place.clone(),
                meeting: book,
                kind: MeetingKind::Village,
                names: Names::default(),
                date,
                starts: None,
                zone: Zone::Jakarta,
                venue: "Balai".into(),
                cooperation: None,
                parties: Vec::new(),
                elements: Vec::new(),
                source: String::new(),
            },
            state: State::Held { date, minutes },
            attendance: Attendance::of(vec![heads(Sex::Women, women), heads(Sex::Men, men)], &[]),
            decisions: Vec::new(),
            follow_ups: done.iter().map(follow_up).collect(),
        }
    }

    #[test]
    fn a_period_has_its_meetings_and_what_came_of_them() {
        let all = [
            seen("2026-01-10", 12, 6, Some(150), &["2026-01-20", "2026-02-09"]),
            seen("2026-02", 1, 2, None, &["-"]),
            seen("2025-12-31", 50, 0, Some(60), &[]),
        ];
        let day = |text: &str| text.parse::<Day>().expect("a day");
        let found = figures(&all, day("2026-01-01"), day("2026-02-10"));
        assert_eq!((found.called, found.held, found.minutes, found.timed), (2, 2, 150, 1));
        assert_eq!((found.came, found.women, found.men), (21, 13, 8));
        assert_eq!(found.share_of_women, Some(BasisPoints::new(6190)));
        assert_eq!(found.by_element, BTreeMap::from([(Element::Farmers, 21)]));
        assert_eq!((found.opened, found.closed, found.days_to_done), (3, 2, Some(20)));
        assert_eq!(figures(&all, day("2020-01-01"), day("2020-12-31")), Figures::default());
    }
}
