//! When a step may be passed or left out, and what is next.

use kernel::{Date, Day, Names, Refused};
use serde::Serialize;

use super::facts::{StepPassed, StepSkipped, Track};
use super::procedure::Step;
use super::tables::Done;

/// No paper's title and no reason needs more.
const TEXT_MAX: usize = 300;

kernel::refusals! { Refusal:
    /// The procedure has no such step.
    422 "stages.no_step" NoStep;
    /// What has not happened is not entered as if it had.
    422 "stages.day_ahead" DayAhead { day: Day, today: Day };
    /// A step that needs a paper is not passed without.
    422 "stages.no_paper" NoPaper;
    /// Whoever leaves a step out says why.
    422 "stages.no_reason" NoReason;
    /// More than anybody reads.
    422 "stages.too_long" TooLong { most: usize };
    /// It is done.
    409 "stages.done_before" DoneBefore { day: Day };
    /// Steps have their order.
    409 "stages.not_its_turn" NotItsTurn { step: String };
    /// The step before it was passed later than that.
    422 "stages.before_the_last" BeforeTheLast { day: Day };
}

/// Passes a step of a procedure of which some steps are done. `lang` is the language in which a refusal names a step.
pub fn pass(
    asked: StepPassed,
    steps: &[Step],
    done: &[Done],
    (today, lang): (Day, &str),
) -> Result<StepPassed, Refused> {
    let step = in_turn(&asked.step, asked.track, asked.day, steps, done, (today, lang))?;
    let paper = asked.paper.trim().to_owned();
    if paper.is_empty() && !step.paper().is_empty() {
        return Err(Refused::from(Refusal::NoPaper).in_field("paper"));
    }
    if paper.chars().count() > TEXT_MAX {
        return Err(Refused::from(Refusal::TooLong { most: TEXT_MAX }).in_field("paper"));
    }
    Ok(StepPassed { paper, ..asked })
}

/// Leaves a step out.
pub fn skip(
    asked: StepSkipped,
    steps: &[Step],
    done: &[Done],
    (today, lang): (Day, &str),
) -> Result<StepSkipped, Refused> {
    in_turn(&asked.step, asked.track, asked.day, steps, done, (today, lang))?;
    let reason = asked.reason.trim().to_owned();
    if reason.is_empty() {
        return Err(Refused::from(Refusal::NoReason).in_field("reason"));
    }
    if reason.chars().count() > TEXT_MAX {
        return Err(Refused::from(Refusal::TooLong { most: TEXT_MAX }).in_field("reason"));
    }
    Ok(StepSkipped { reason, ..asked })
}

fn in_turn<'s>(
    code: &str,
    track: Track,
    day: Day,
    steps: &'s [Step],
    done: &[Done],
    (today, lang): (Day, &str),
) -> Result<&'s Step, Refused> {
    let wrong = |refusal: Refusal, field: &'static str| Err(Refused::from(refusal).in_field(field));
    let Some(at) = steps.iter().position(|step| step.code == code) else {
        return wrong(Refusal::NoStep, "step");
    };
    if day > today {
        return wrong(Refusal::DayAhead { day, today }, "day");
    }
    let on = |step: &Step| {
        done.iter().filter(|it| it.track == track && it.step == step.code).map(|it| it.day).max()
    };
    if let Some(day) = on(&steps[at]).filter(|_| !steps[at].repeats) {
        return wrong(Refusal::DoneBefore { day }, "step");
    }
    if let Some(before) = steps[..at].iter().find(|step| on(step).is_none()) {
        return wrong(Refusal::NotItsTurn { step: before.name().named(lang).to_owned() }, "step");
    }
    match steps[..at].iter().filter_map(on).max() {
        Some(last) if day < last => wrong(Refusal::BeforeTheLast { day: last }, "day"),
        _ => Ok(&steps[at]),
    }
}

/// How a step stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum StepState {
    /// Passed, the last time then.
    Passed {
        /// When.
        day: Day,
        /// With which paper.
        paper: String,
    },
    /// Left out.
    Skipped {
        /// When that was decided.
        day: Day,
        /// Why.
        reason: String,
    },
    /// It is the turn of this one, since then.
    Next {
        /// Since when.
        since: Date,
    },
    /// Others come first.
    Waits,
}

impl StepState {
    /// As its word is keyed.
    pub const fn name(&self) -> &'static str {
        match self {
            StepState::Passed { .. } => "passed",
            StepState::Skipped { .. } => "skipped",
            StepState::Next { .. } => "next",
            StepState::Waits => "waits",
        }
    }
}

/// A step of a cooperation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// Its code.
    pub step: &'static str,
    /// What it is called.
    pub names: Names,
    /// Whose turn it is.
    pub actor: Names,
    /// The paper that it needs.
    pub paper: Names,
    /// Where it stands written; empty: not verified.
    pub source: &'static str,
    /// How it stands.
    #[serde(flatten)]
    pub state: StepState,
}

/// The steps of a cooperation that began on a day. At most one is next.
pub fn standing(steps: &'static [Step], track: Track, done: &[Done], began: Date) -> Vec<Standing> {
    let (mut since, mut next_is_known) = (began, false);
    let mut all = Vec::with_capacity(steps.len());
    for step in steps {
        let last = done.iter().filter(|it| it.track == track && it.step == step.code).max_by_key(|it| it.day);
        let state = match last {
            Some(it) => {
                since = since.max(it.day.into());
                match &it.skipped {
                    Some(reason) => StepState::Skipped { day: it.day, reason: reason.clone() },
                    None => StepState::Passed { day: it.day, paper: it.paper.clone() },
                }
            }
            None if next_is_known => StepState::Waits,
            None => {
                next_is_known = true;
                StepState::Next { since }
            }
        };
        all.push(Standing {
            step: step.code,
            names: step.name(),
            actor: step.actor(),
            paper: step.paper(),
            source: step.source,
            state,
        });
    }
    all
}

#[cfg(test)]
mod tests {
    use kernel::{BookId, EntryId};

    use super::super::procedure;
    use super::*;
    use crate::agreements::CooperationKind;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn was_done(step: &str, on: &str) -> Done {
        Done {
            track: Track::Korea,
            step: step.into(),
            day: day(on),
            entry: EntryId::new(),
            paper: "No. 1".into(),
            skipped: None,
        }
    }

    #[test]
    fn steps_are_passed_in_their_order_and_with_their_paper() {
        let steps = procedure(CooperationKind::Sister, Track::Korea);
        let done = [was_done("exploration", "2025-01-10"), was_done("intent", "2025-03-01")];
        for (step, on, paper, expected) in [
            ("council", "2025-04-01", "Resolution 7", Ok(())),
            ("council", "2025-04-01", " ", Err("stages.no_paper")),
            ("council", "2025-02-01", "Resolution 7", Err("stages.before_the_last")),
            ("council", "2027-01-01", "Resolution 7", Err("stages.day_ahead")),
            ("signing", "2025-04-01", "Text", Err("stages.not_its_turn")),
            ("intent", "2025-04-01", "LoI", Err("stages.done_before")),
            ("party", "2025-04-01", "x", Err("stages.no_step")),
        ] {
            let asked = StepPassed {
                place: "34".parse().expect("a code"),
                cooperation: BookId::new(),
                track: Track::Korea,
                step: step.into(),
                day: day(on),
                paper: paper.into(),
            };
            let answer = pass(asked, steps, &done, (day("2026-11-24"), "en"));
            assert_eq!(answer.map(drop).map_err(|refused| refused.code), expected, "{step} on {on}");
        }
        let states: Vec<_> = standing(steps, Track::Korea, &done, day("2024-12-01").into())
            .into_iter()
            .map(|step| step.state.name())
            .collect();
        assert_eq!(states, ["passed", "passed", "next", "waits", "waits"]);
        let next = standing(steps, Track::Korea, &done, day("2024-12-01").into()).swap_remove(2);
        assert_eq!(next.state, StepState::Next { since: day("2025-03-01").into() });
        let unknown: Vec<_> = standing(steps, Track::Indonesia, &done, day("2024-12-01").into());
        assert_eq!(unknown[0].state, StepState::Next { since: day("2024-12-01").into() });
    }

    #[test]
    fn each_procedure_has_codes_of_its_own_and_sources_that_are_said() {
        for kind in CooperationKind::ALL {
            for track in Track::ALL {
                let steps = procedure(*kind, *track);
                let codes: std::collections::BTreeSet<_> = steps.iter().map(|step| step.code).collect();
                assert_eq!(codes.len(), steps.len(), "{kind} {track}");
                assert!(steps.iter().all(|step| !step.name().id.is_empty() && !step.actor().ko.is_empty()));
            }
        }
        let dprd =
            procedure(CooperationKind::Sister, Track::Indonesia).iter().find(|it| it.code == "council");
        assert!(dprd.is_some_and(|step| step.source.contains("25/2020")));
    }
}
