//! When a step may be passed or left out, and what is next.

use kernel::{Date, Day, EntryId, InstrumentId, Names, Refused};
use serde::Serialize;

use super::facts::{StepPassed, StepSkipped, Track};
use super::procedure::Step;
use super::tables::Done;
use crate::agreements::Instrument;

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

/// What is known of the steps of a cooperation: what was passed or left out, and its papers, some of which show a step.
#[derive(Debug, Clone, Copy)]
pub struct Known<'k> {
    /// What was passed or left out.
    pub done: &'k [Done],
    /// The papers of the cooperation.
    pub papers: &'k [Instrument],
}

impl Known<'_> {
    /// The last time that a step was passed or left out.
    fn last(&self, track: Track, step: &Step) -> Option<&Done> {
        self.done.iter().filter(|it| it.track == track && it.step == step.code).max_by_key(|it| it.day)
    }
    /// The paper signed last that shows the step.
    fn paper(&self, step: &Step) -> Option<(&Instrument, Date)> {
        let kind = step.shown_by()?;
        let signed = self.papers.iter().filter(|paper| paper.kind == kind);
        signed.filter_map(|paper| Some((paper, paper.signed?))).max_by_key(|(_, signed)| *signed)
    }
    fn has(&self, track: Track, step: &Step) -> bool {
        self.last(track, step).is_some() || self.paper(step).is_some()
    }
}

/// Passes a step of a procedure of which something is known. `lang` is the language in which a refusal names a step.
pub fn pass(
    asked: StepPassed,
    steps: &[Step],
    known: Known<'_>,
    (today, lang): (Day, &str),
) -> Result<StepPassed, Refused> {
    let step = in_turn(&asked.step, asked.track, asked.day, steps, known, (today, lang))?;
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
    known: Known<'_>,
    (today, lang): (Day, &str),
) -> Result<StepSkipped, Refused> {
    in_turn(&asked.step, asked.track, asked.day, steps, known, (today, lang))?;
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
    known: Known<'_>,
    (today, lang): (Day, &str),
) -> Result<&'s Step, Refused> {
    let wrong = |refusal: Refusal, field: &'static str| Err(Refused::from(refusal).in_field(field));
    let Some(at) = steps.iter().position(|step| step.code == code) else {
        return wrong(Refusal::NoStep, "step");
    };
    if day > today {
        return wrong(Refusal::DayAhead { day, today }, "day");
    }
    let on = |step: &Step| known.last(track, step).map(|it| it.day);
    if let Some(day) = on(&steps[at]).filter(|_| !steps[at].repeats) {
        return wrong(Refusal::DoneBefore { day }, "step");
    }
    // What lies before a step that is known was only never recorded: it may be caught up in any order.
    let reached = steps.iter().rposition(|step| known.has(track, step)).map_or(0, |last| last + 1);
    let waits = steps.get(reached..at).unwrap_or_default();
    if let Some(before) = waits.first() {
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
        /// The document that is that paper.
        #[serde(skip_serializing_if = "Option::is_none")]
        document: Option<EntryId>,
    },
    /// Left out.
    Skipped {
        /// When that was decided.
        day: Day,
        /// Why.
        reason: String,
    },
    /// A signed paper shows that it was passed.
    Shown {
        /// When that was signed.
        day: Date,
        /// The paper.
        instrument: InstrumentId,
        /// Its title.
        title: Names,
    },
    /// A later one is known to be passed, and nothing is recorded of this one.
    Unrecorded,
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
            StepState::Shown { .. } => "shown",
            StepState::Unrecorded => "unrecorded",
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

/// The steps of a cooperation that began on a day. At most one is next: the one after the last of which anything is known.
pub fn standing(steps: &'static [Step], track: Track, known: Known<'_>, began: Date) -> Vec<Standing> {
    let reached = steps.iter().rposition(|step| known.has(track, step)).map_or(0, |last| last + 1);
    let mut since = began;
    let mut all = Vec::with_capacity(steps.len());
    for (at, step) in steps.iter().enumerate() {
        let state = match (known.last(track, step), known.paper(step)) {
            (Some(it), _) => {
                since = since.max(it.day.into());
                match &it.skipped {
                    Some(reason) => StepState::Skipped { day: it.day, reason: reason.clone() },
                    None => StepState::Passed { day: it.day, paper: it.paper.clone(), document: it.document },
                }
            }
            (None, Some((paper, day))) => {
                since = since.max(day);
                StepState::Shown { day, instrument: paper.instrument, title: paper.names.clone() }
            }
            _ if at < reached => StepState::Unrecorded,
            _ if at == reached => StepState::Next { since },
            _ => StepState::Waits,
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
    use crate::agreements::{CooperationKind, InstrumentKind};

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
            document: None,
            skipped: None,
        }
    }

    #[test]
    fn steps_are_passed_in_their_order_and_with_their_paper() {
        let steps = procedure(CooperationKind::Sister, Track::Korea);
        let done = [was_done("exploration", "2025-01-10"), was_done("intent", "2025-03-01")];
        let known = Known { done: &done, papers: &[] };
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
                document: None,
            };
            let answer = pass(asked, steps, known, (day("2026-11-24"), "en"));
            assert_eq!(answer.map(drop).map_err(|refused| refused.code), expected, "{step} on {on}");
        }
        let states: Vec<_> = standing(steps, Track::Korea, known, day("2024-12-01").into())
            .into_iter()
            .map(|step| step.state.name())
            .collect();
        assert_eq!(states, ["passed", "passed", "next", "waits", "waits"]);
        let next = standing(steps, Track::Korea, known, day("2024-12-01").into()).swap_remove(2);
        assert_eq!(next.state, StepState::Next { since: day("2025-03-01").into() });
        let unknown: Vec<_> = standing(steps, Track::Indonesia, known, day("2024-12-01").into());
        assert_eq!(unknown[0].state, StepState::Next { since: day("2024-12-01").into() });
    }

    #[test]
    fn a_signed_paper_shows_its_step_and_what_came_before_was_never_recorded() {
        let steps = procedure(CooperationKind::Sister, Track::Korea);
        let paper = |n: u8, kind, signed: &str| Instrument {
            instrument: InstrumentId::from_bytes([n; 16]),
            entry: EntryId::new(),
            kind,
            parent: None,
            names: Names::default(),
            signed: signed.parse().ok(),
            until: None,
            source: String::new(),
        };
        let draft = paper(1, InstrumentKind::Memorandum, "");
        let papers = [
            paper(2, InstrumentKind::LetterOfIntent, "2015-09-01"),
            paper(3, InstrumentKind::Memorandum, "2005-02-24"),
            paper(4, InstrumentKind::Memorandum, "2025-05"),
            draft.clone(),
        ];
        let states = |papers: &[Instrument], done: &[Done]| -> Vec<&'static str> {
            let all = standing(steps, Track::Korea, Known { done, papers }, day("2005-02-24").into());
            all.iter().map(|step| step.state.name()).collect()
        };
        assert_eq!(states(&[draft], &[]), ["next", "waits", "waits", "waits", "waits"]);
        assert_eq!(states(&papers, &[]), ["unrecorded", "shown", "unrecorded", "shown", "next"]);
        let council = [was_done("council", "2025-04-01")];
        assert_eq!(states(&papers, &council), ["unrecorded", "shown", "passed", "shown", "next"]);
        let last =
            standing(steps, Track::Korea, Known { done: &[], papers: &papers }, day("2005-02-24").into())
                .swap_remove(4);
        assert_eq!(last.state, StepState::Next { since: "2025-05".parse().expect("a month") });
        // What was never recorded is caught up in any order.
        for step in ["council", "exploration", "signing", "registry"] {
            let asked = StepPassed {
                place: "34".parse().expect("a code"),
                cooperation: BookId::new(),
                track: Track::Korea,
                step: step.into(),
                day: day("2025-06-01"),
                paper: "No. 1".into(),
                document: None,
            };
            let known = Known { done: &[], papers: &papers };
            assert!(pass(asked, steps, known, (day("2026-11-24"), "en")).is_ok(), "{step}");
        }
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
