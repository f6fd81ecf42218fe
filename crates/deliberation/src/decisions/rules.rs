//! When something may be decided, followed up and closed; and what is late.

use kernel::{Date, Day, Names, Refused};
use serde::Serialize;

use super::facts::*;
use super::tables::FollowUp;
use crate::meetings::State;

/// No text of a decision is longer.
const TEXT_MAX: usize = 2000;
/// No article has a longer number.
const ARTICLE_MAX: usize = 20;

kernel::refusals! { Refusal:
    /// The meeting decided no such thing.
    404 "decisions.no_decision" NoDecision;
    /// Nothing follows from the decision under this id.
    422 "decisions.no_follow_up" NoFollowUp;
    /// A decision without words.
    422 "decisions.no_text" NoText;
    /// A text that is a mistake.
    422 "decisions.too_long" TooLong { most: usize };
    /// A meeting decides when it sits.
    409 "decisions.not_met" NotMet;
    /// The agenda has no such item.
    422 "decisions.no_item" NoItem;
    /// The cooperation of the meeting has no such paper.
    422 "decisions.no_paper" NoPaper;
    /// An article of what?
    422 "decisions.article_of_nothing" ArticleOfNothing;
    /// Nobody in particular has it.
    422 "decisions.no_owner" NoOwner;
    /// Somebody was chosen and another one written.
    422 "decisions.two_owners" TwoOwners;
    /// By when?
    422 "decisions.no_due" NoDue;
    /// Due before it was decided.
    422 "decisions.due_before" DueBefore { date: Date };
    /// Closed with nothing that shows it.
    422 "decisions.no_evidence" NoEvidence;
    /// It was done before.
    409 "decisions.closed_before" ClosedBefore { day: Day };
    /// What has not happened is not closed as if it had.
    422 "decisions.day_ahead" DayAhead { day: Day, today: Day };
}

/// What must be known to decide something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakeKnown {
    /// How the meeting stands.
    pub state: State,
    /// The date of the meeting.
    pub date: Date,
    /// Whether the item of the agenda that is named exists, if one is.
    pub has_item: bool,
    /// Whether the paper that is named exists, if one is.
    pub has_paper: bool,
    /// Whether the owner that is named exists, if one is.
    pub has_owner: bool,
}

fn text(names: &Names) -> Result<Names, Refused> {
    let names = names.tidy();
    match names.longest() {
        0 => Err(Refused::from(Refusal::NoText).in_field("text_id")),
        length if length > TEXT_MAX => {
            Err(Refused::from(Refusal::TooLong { most: TEXT_MAX }).in_field("text_id"))
        }
        _ => Ok(names),
    }
}

fn prose(text: &str, field: &'static str, most: usize) -> Result<String, Refused> {
    let text = text.trim();
    match text.chars().count() > most {
        true => Err(Refused::from(Refusal::TooLong { most }).in_field(field)),
        false => Ok(text.to_owned()),
    }
}

/// Records what a meeting decided.
pub fn take(asked: DecisionTaken, known: TakeKnown, today: Day) -> Result<DecisionTaken, Refused> {
    let has_met = match known.state {
        State::Cancelled { .. } => false,
        State::Called => known.date.first() <= today,
        State::Unrecorded | State::Held { .. } | State::Adjourned { .. } => true,
    };
    let wrong = |refusal: Refusal, field: &'static str| Err(Refused::from(refusal).in_field(field));
    if !has_met {
        return Err(Refusal::NotMet.into());
    }
    if !known.has_item {
        return wrong(Refusal::NoItem, "item");
    }
    if !known.has_paper {
        return wrong(Refusal::NoPaper, "instrument");
    }
    if !known.has_owner {
        return wrong(Refusal::NoOwner, "owner");
    }
    let article = prose(&asked.article, "article", ARTICLE_MAX)?;
    if !article.is_empty() && asked.instrument.is_none() {
        return wrong(Refusal::ArticleOfNothing, "instrument");
    }
    if asked.due.is_some_and(|due| due < known.date.first()) {
        return wrong(Refusal::DueBefore { date: known.date }, "due");
    }
    let (reasons, dissent) =
        (prose(&asked.reasons, "reasons", TEXT_MAX)?, prose(&asked.dissent, "dissent", TEXT_MAX)?);
    Ok(DecisionTaken { text: text(&asked.text)?, reasons, dissent, article, ..asked })
}

/// Opens what follows from a decision of a meeting of this date.
pub fn follow(asked: FollowUpOpened, date: Date, has_owner: bool) -> Result<FollowUpOpened, Refused> {
    if !has_owner {
        return Err(Refused::from(Refusal::NoOwner).in_field("owner"));
    }
    if asked.due < date.first() {
        return Err(Refused::from(Refusal::DueBefore { date }).in_field("due"));
    }
    Ok(FollowUpOpened { text: text(&asked.text)?, ..asked })
}

/// Closes a follow-up.
pub fn close(asked: FollowUpClosed, of: &FollowUp, today: Day) -> Result<FollowUpClosed, Refused> {
    if let Some(closed) = &of.closed {
        return Err(Refusal::ClosedBefore { day: closed.day }.into());
    }
    if asked.day > today {
        return Err(Refused::from(Refusal::DayAhead { day: asked.day, today }).in_field("day"));
    }
    let evidence = prose(&asked.evidence, "evidence", TEXT_MAX)?;
    if evidence.is_empty() {
        return Err(Refused::from(Refusal::NoEvidence).in_field("evidence"));
    }
    Ok(FollowUpClosed { evidence, ..asked })
}

/// How a follow-up stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Standing {
    /// There is time.
    Open,
    /// Its day has passed.
    Late {
        /// The day on which it was due.
        since: Day,
    },
    /// It was done.
    Closed {
        /// When.
        day: Day,
    },
}

impl Standing {
    /// As its word is keyed.
    pub const fn name(self) -> &'static str {
        match self {
            Standing::Open => "open",
            Standing::Late { .. } => "late",
            Standing::Closed { .. } => "closed",
        }
    }
}

/// How a follow-up stands: late from the day after the one on which it was due.
pub fn standing(of: &FollowUp, today: Day) -> Standing {
    match &of.closed {
        Some(closed) => Standing::Closed { day: closed.day },
        None if of.due < today => Standing::Late { since: of.due },
        None => Standing::Open,
    }
}

#[cfg(test)]
mod tests {
    use kernel::{BookId, EntryId, InstrumentId, PlaceCode};

    use super::*;
    use crate::decisions::{Closed, Owner};

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn place() -> PlaceCode {
        "34.02.05.2003".parse().expect("a code")
    }

    fn decision() -> DecisionTaken {
        DecisionTaken {
            place: place(),
            meeting: BookId::from_bytes([1; 16]),
            item: None,
            text: Names { id: "Beli timbangan".into(), ..Names::default() },
            reasons: String::new(),
            dissent: String::new(),
            owner: Some(Owner::Office("Ulu-ulu".into())),
            due: Some(day("2026-05-01")),
            instrument: None,
            article: String::new(),
            proposal: None,
            obligation: None,
        }
    }

    #[test]
    fn a_meeting_decides_when_it_sits() {
        let known = TakeKnown {
            state: State::Held { date: day("2026-04-02").into(), minutes: None },
            date: day("2026-04-02").into(),
            has_item: true,
            has_paper: true,
            has_owner: true,
        };
        let called = TakeKnown { state: State::Called, ..known };
        let cancelled = TakeKnown { state: State::Cancelled { date: day("2026-04-01").into() }, ..known };
        let of_paper = DecisionTaken { article: "5".into(), ..decision() };
        let with_paper =
            DecisionTaken { instrument: Some(InstrumentId::from_bytes([2; 16])), ..of_paper.clone() };
        for (asked, known, today, expected) in [
            (decision(), known, "2026-04-02", Ok(())),
            (decision(), called, "2026-04-02", Ok(())),
            (decision(), called, "2026-04-01", Err("decisions.not_met")),
            (decision(), cancelled, "2026-04-02", Err("decisions.not_met")),
            (
                DecisionTaken { text: Names::default(), ..decision() },
                known,
                "2026-04-02",
                Err("decisions.no_text"),
            ),
            (
                DecisionTaken { reasons: "x".repeat(2001), ..decision() },
                known,
                "2026-04-02",
                Err("decisions.too_long"),
            ),
            (
                DecisionTaken { due: Some(day("2026-04-01")), ..decision() },
                known,
                "2026-04-02",
                Err("decisions.due_before"),
            ),
            (of_paper, known, "2026-04-02", Err("decisions.article_of_nothing")),
            (with_paper, known, "2026-04-02", Ok(())),
            (decision(), TakeKnown { has_item: false, ..known }, "2026-04-02", Err("decisions.no_item")),
            (decision(), TakeKnown { has_paper: false, ..known }, "2026-04-02", Err("decisions.no_paper")),
            (decision(), TakeKnown { has_owner: false, ..known }, "2026-04-02", Err("decisions.no_owner")),
        ] {
            let shown = format!("{asked:?} {known:?} {today}");
            let answer = take(asked, known, day(today));
            assert_eq!(answer.map(drop).map_err(|refused| refused.code), expected, "{shown}");
        }
    }

    #[test]
    fn a_follow_up_is_late_from_the_day_after_and_closed_once_with_evidence() {
        let of = |closed: Option<&str>| FollowUp {
            place: place(),
            meeting: BookId::from_bytes([1; 16]),
            follow_up: EntryId::from_bytes([3; 16]),
            decision: EntryId::from_bytes([2; 16]),
            text: Names::default(),
            owner: Owner::Office("Ulu-ulu".into()),
            due: day("2026-05-01"),
            closed: closed.map(|on| Closed { day: day(on), evidence: "Kuitansi".into() }),
        };
        for (closed, today, expected) in [
            (None, "2026-05-01", "open"),
            (None, "2026-05-02", "late"),
            (Some("2026-05-09"), "2026-05-10", "closed"),
        ] {
            assert_eq!(standing(&of(closed), day(today)).name(), expected, "{closed:?} {today}");
        }
        let asked = |on: &str, evidence: &str| FollowUpClosed {
            place: place(),
            meeting: BookId::from_bytes([1; 16]),
            follow_up: EntryId::from_bytes([3; 16]),
            day: day(on),
            evidence: evidence.into(),
        };
        for (closed, on, evidence, expected) in [
            (None, "2026-05-02", "Kuitansi 12", Ok(())),
            (None, "2026-05-02", " ", Err("decisions.no_evidence")),
            (None, "2026-05-11", "Kuitansi", Err("decisions.day_ahead")),
            (Some("2026-05-01"), "2026-05-02", "Kuitansi", Err("decisions.closed_before")),
        ] {
            let answer = close(asked(on, evidence), &of(closed), day("2026-05-10"));
            assert_eq!(
                answer.map(drop).map_err(|refused| refused.code),
                expected,
                "{closed:?} {on} {evidence}"
            );
        }
        let opened = |due: &str, text: &str| FollowUpOpened {
            place: place(),
            meeting: BookId::from_bytes([1; 16]),
            decision: EntryId::from_bytes([2; 16]),
            text: Names { ko: text.into(), ..Names::default() },
            owner: Owner::Office("Ulu-ulu".into()),
            due: day(due),
        };
        for (due, text, has_owner, expected) in [
            ("2026-04-02", "저울 구입", true, Ok(())),
            ("2026-04-01", "저울 구입", true, Err("decisions.due_before")),
            ("2026-04-02", "", true, Err("decisions.no_text")),
            ("2026-04-02", "저울 구입", false, Err("decisions.no_owner")),
        ] {
            let answer = follow(opened(due, text), day("2026-04-02").into(), has_owner);
            assert_eq!(answer.map(drop).map_err(|refused| refused.code), expected, "{due} {text}");
        }
    }
}
