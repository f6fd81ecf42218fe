//! What a proposal must be, how it stands, and what may still happen to it.

use kernel::{BookId, EntryId, Refused, Rupiah};
use serde::Serialize;

use super::facts::*;
use super::tables::{Note, NoteKind};
use crate::meetings;

/// No title is longer.
pub(super) const TITLE_MAX: usize = 160;
/// No text of a proposal or an amendment is longer.
const TEXT_MAX: usize = 4000;

kernel::refusals! { Refusal:
    /// There is no such proposal here.
    404 "proposals.no_proposal" NoProposal;
    /// A proposal without words.
    422 "proposals.no_text" NoText;
    /// A text that is a mistake.
    422 "proposals.too_long" TooLong { most: usize };
    /// Something that costs less than nothing.
    422 "proposals.cost_below_zero" CostBelowZero;
    /// An amendment that changes nothing.
    422 "proposals.same_text" SameText;
    /// A voice counts once.
    409 "proposals.supported_before" SupportedBefore;
    /// It was decided or withdrawn.
    409 "proposals.closed" Closed;
    /// There is no such question.
    422 "proposals.no_question" NoQuestion;
    /// There is no such meeting, or it has no such item.
    422 "proposals.no_meeting" NoMeeting;
    /// A meeting that is over takes nothing more.
    409 "proposals.meeting_over" MeetingOver;
    /// It was put there before.
    409 "proposals.put_before" PutBefore;
    /// A withdrawal says why.
    422 "proposals.no_reason" NoReason;
    /// The entry is none of this proposal.
    422 "proposals.not_its_entry" NotItsEntry;
}

/// How a proposal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum State {
    /// Free.
    Open,
    /// Put to a meeting.
    Put {
        /// The meeting.
        meeting: BookId,
        /// The item of its agenda.
        item: Option<EntryId>,
    },
    /// A decision answers it.
    Decided {
        /// The meeting.
        meeting: BookId,
        /// The decision.
        decision: EntryId,
    },
    /// Those who made it took it away.
    Withdrawn,
}

impl State {
    /// As its word is keyed.
    pub fn name(self) -> &'static str {
        match self {
            State::Open => "open",
            State::Put { .. } => "put",
            State::Decided { .. } => "decided",
            State::Withdrawn => "withdrawn",
        }
    }
    /// The meeting that has it, or had it.
    pub fn meeting(self) -> Option<BookId> {
        match self {
            State::Put { meeting, .. } | State::Decided { meeting, .. } => Some(meeting),
            State::Open | State::Withdrawn => None,
        }
    }
    /// Whether something may still be said of it.
    pub fn is_open(self) -> bool {
        matches!(self, State::Open | State::Put { .. })
    }
}

/// How a proposal stands after its last step (to a meeting, or none: withdrawn) and the decision that answers it.
pub fn state(step: Option<(Option<BookId>, Option<EntryId>)>, decision: Option<(BookId, EntryId)>) -> State {
    match (decision, step) {
        (Some((meeting, decision)), _) => State::Decided { meeting, decision },
        (None, Some((Some(meeting), item))) => State::Put { meeting, item },
        (None, Some((None, _))) => State::Withdrawn,
        (None, None) => State::Open,
    }
}

fn prose(text: &str, field: &'static str, most: usize) -> Result<String, Refused> {
    let text = text.trim();
    match text.chars().count() > most {
        true => Err(Refused::from(Refusal::TooLong { most }).in_field(field)),
        false => Ok(text.to_owned()),
    }
}

fn said(text: &str, field: &'static str, most: usize) -> Result<String, Refused> {
    match prose(text, field, most)? {
        text if text.is_empty() => Err(Refused::from(Refusal::NoText).in_field(field)),
        text => Ok(text),
    }
}

fn is_open(state: State) -> Result<(), Refused> {
    if state.is_open() { Ok(()) } else { Err(Refusal::Closed.into()) }
}

/// Makes a proposal.
pub fn propose(asked: ProposalMade) -> Result<ProposalMade, Refused> {
    if asked.cost.is_some_and(|cost| cost < Rupiah::ZERO) {
        return Err(Refused::from(Refusal::CostBelowZero).in_field("cost"));
    }
    let title = said(&asked.title, "title", TITLE_MAX)?;
    Ok(ProposalMade { text: prose(&asked.text, "text", TEXT_MAX)?, title, ..asked })
}

/// Words a proposal otherwise; `text` is what it says now.
pub fn amend(asked: AmendmentMade, state: State, text: &str) -> Result<AmendmentMade, Refused> {
    is_open(state)?;
    let amended = said(&asked.text, "amendment", TEXT_MAX)?;
    if amended == text.trim() {
        return Err(Refused::from(Refusal::SameText).in_field("amendment"));
    }
    Ok(AmendmentMade { text: amended, reasons: prose(&asked.reasons, "reasons", TEXT_MAX)?, ..asked })
}

/// Gives a voice to a proposal.
pub fn support(asked: SupportGiven, state: State, has_support: bool) -> Result<SupportGiven, Refused> {
    is_open(state)?;
    if has_support { Err(Refusal::SupportedBefore.into()) } else { Ok(asked) }
}

/// Asks about a proposal.
pub fn ask(asked: QuestionAsked, state: State) -> Result<QuestionAsked, Refused> {
    is_open(state)?;
    Ok(QuestionAsked { text: said(&asked.text, "question", TEXT_MAX)?, ..asked })
}

/// Answers a question; of what was decided, too.
pub fn answer(asked: QuestionAnswered, notes: &[Note]) -> Result<QuestionAnswered, Refused> {
    if !notes.iter().any(|it| it.kind == NoteKind::Question && it.note == asked.question) {
        return Err(Refused::from(Refusal::NoQuestion).in_field("about"));
    }
    Ok(QuestionAnswered { text: said(&asked.text, "answer", TEXT_MAX)?, ..asked })
}

/// Puts a proposal to a meeting that stands as it does.
pub fn put(asked: ProposalPut, state: State, meeting: meetings::State) -> Result<ProposalPut, Refused> {
    is_open(state)?;
    let there = State::Put { meeting: asked.meeting, item: asked.item };
    if state == there {
        return Err(Refused::from(Refusal::PutBefore).in_field("on"));
    }
    match meeting {
        meetings::State::Held { .. } | meetings::State::Cancelled { .. } => {
            Err(Refused::from(Refusal::MeetingOver).in_field("on"))
        }
        _ => Ok(asked),
    }
}

/// Takes a proposal away.
pub fn withdraw(asked: ProposalWithdrawn, state: State) -> Result<ProposalWithdrawn, Refused> {
    is_open(state)?;
    match prose(&asked.reason, "reason", TEXT_MAX)? {
        reason if reason.is_empty() => Err(Refused::from(Refusal::NoReason).in_field("reason")),
        reason => Ok(ProposalWithdrawn { reason, ..asked }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proposal_stands_as_the_last_step_and_the_decision_say() {
        let (meeting, entry) = (BookId::from_bytes([1; 16]), EntryId::from_bytes([2; 16]));
        for (step, decision, expected, is_open) in [
            (None, None, "open", true),
            (Some((Some(meeting), None)), None, "put", true),
            (Some((None, None)), None, "withdrawn", false),
            (Some((Some(meeting), None)), Some((meeting, entry)), "decided", false),
            (Some((None, None)), Some((meeting, entry)), "decided", false),
            (None, Some((meeting, entry)), "decided", false),
        ] {
            let state = state(step, decision);
            assert_eq!((state.name(), state.is_open()), (expected, is_open), "{step:?} {decision:?}");
            let given = SupportGiven {
                place: "34.02.05.2003".parse().expect("a place"),
                proposal: entry,
                voice: "hall:00000000000000000000000000000001".parse().expect("a voice"),
            };
            for (has, code) in [(false, "proposals.closed"), (true, "proposals.supported_before")] {
                let refused = support(given.clone(), state, has).err().map(|refused| refused.code);
                let expected = match (is_open, has) {
                    (true, false) => None,
                    (true, true) => Some(code),
                    (false, _) => Some("proposals.closed"),
                };
                assert_eq!(refused, expected, "{state:?} {has}");
            }
        }
    }
}
