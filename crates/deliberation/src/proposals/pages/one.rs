//! One proposal: its text with the amendments beside it, who supports it by count, what was asked, and where it went.

use askama::Template;
use journal::{View, Work};
use kernel::{BookId, Day, Deed, EntryId, PlaceCode, Refused, Stop};
use serde::{Deserialize, Serialize};
use web::{Ask, Choice, Cx, Frame, Reply};

use super::{tongue, tongues, voice_of};
use crate::meetings::{self, AgendaItem, Meeting};
use crate::minutes::Tongue;
use crate::proposals::{
    AmendmentMade, KeepProposals, Note, NoteKind, Proposal, ProposalPut, ProposalWithdrawn, Propose,
    QuestionAnswered, QuestionAsked, Refusal, SeeProposals, State, Support, SupportGiven, rules, tables,
};

/// What one of the forms says.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct OneAsk {
    id: Option<EntryId>,
    /// Of an amendment.
    #[serde(default)]
    lang: Option<Tongue>,
    #[serde(default)]
    amendment: String,
    #[serde(default)]
    reasons: String,
    #[serde(default)]
    question: String,
    /// The question that is answered.
    #[serde(default)]
    about: Option<EntryId>,
    #[serde(default)]
    answer: String,
    /// The meeting, or `meeting:item`.
    #[serde(default)]
    on: String,
    /// Why it is withdrawn.
    #[serde(default)]
    reason: String,
    /// What is taken back.
    #[serde(default)]
    entry: Option<EntryId>,
    /// Why it is taken back.
    #[serde(default)]
    why: String,
}

#[derive(Serialize)]
struct Whole {
    #[serde(flatten)]
    proposal: Proposal,
    notes: Vec<Note>,
    /// The step that holds, and why it was withdrawn.
    step: Option<(EntryId, String)>,
    meeting: Option<Meeting>,
    #[serde(skip)]
    ahead: Vec<(Meeting, Vec<AgendaItem>)>,
}

#[derive(Clone)]
struct At {
    place: PlaceCode,
    proposal: EntryId,
    today: Day,
}

impl At {
    fn of<D: Deed>(cx: &Cx<D>) -> Result<At, Stop> {
        Ok(At { place: cx.place().clone(), proposal: cx.param("proposal")?, today: cx.today })
    }
    fn read(&self, view: &mut View<'_, '_>) -> Result<Whole, Stop> {
        let proposal = tables::proposal(view, &self.place, self.proposal)?.ok_or(Refusal::NoProposal)?;
        let meetings = meetings::list(view, &self.place)?;
        let ended = meetings::ended(view, &self.place)?;
        let meeting = meetings.iter().find(|it| Some(it.meeting) == proposal.state.meeting()).cloned();
        let mut ahead = Vec::new();
        for it in meetings {
            let state = meetings::state(it.date, ended.get(&it.meeting), self.today);
            if !matches!(state, meetings::State::Held { .. } | meetings::State::Cancelled { .. }) {
                let agenda = meetings::agenda(view, &self.place, it.meeting)?;
                ahead.push((it, agenda));
            }
        }
        Ok(Whole {
            notes: tables::notes(view, self.proposal)?,
            step: tables::last_step(view, self.proposal)?,
            proposal,
            meeting,
            ahead,
        })
    }
}

#[derive(Template)]
#[template(path = "proposals/pages/one.html")]
struct OnePage<'a> {
    page: &'a Whole,
    typed: OneAsk,
    tongues: Vec<Choice>,
    questions: Vec<Choice>,
    meetings: Vec<Choice>,
    entries: Vec<Choice>,
    frame: Frame,
}

impl<'a> OnePage<'a> {
    fn new(frame: Frame, page: &'a Whole, typed: OneAsk) -> OnePage<'a> {
        let lang = frame.lang.code();
        let short = |text: &str| text.chars().take(60).collect::<String>();
        let mut meetings = Vec::new();
        for (meeting, agenda) in &page.ahead {
            let name = meeting.names.named(lang);
            meetings.push(Choice::new(meeting.meeting, name));
            for it in agenda {
                let value = format!("{}:{}", meeting.meeting, it.item);
                meetings.push(Choice::new(value, format!("{name}: {}", it.names.named(lang))));
            }
        }
        let mut entries = vec![Choice::new(page.proposal.proposal, frame.say("proposals-entry-proposal"))];
        if let Some((step, _)) = &page.step {
            entries.push(Choice::new(step, frame.say("proposals-entry-step")));
        }
        let note = |it: &Note| {
            let kind = frame.say(format!("proposals-entry-{}", it.kind)).to_string();
            Choice::new(it.note, format!("{kind}: {}", short(&it.text)))
        };
        entries.extend(page.notes.iter().map(note));
        let questions = page.notes.iter().filter(|it| it.kind == NoteKind::Question);
        OnePage {
            tongues: tongues(&frame),
            questions: questions.map(|it| Choice::new(it.note, short(&it.text))).collect(),
            meetings,
            entries,
            page,
            typed,
            frame,
        }
    }
    fn amendments(&self) -> Vec<&'a Note> {
        self.page.notes.iter().filter(|it| it.kind == NoteKind::Amendment).collect()
    }
    /// Questions with their answers.
    fn talk(&self) -> Vec<(&'a Note, Vec<&'a Note>)> {
        let notes = &self.page.notes;
        let answers = |of: &Note| notes.iter().filter(|it| it.question == Some(of.note)).collect();
        notes.iter().filter(|it| it.kind == NoteKind::Question).map(|it| (it, answers(it))).collect()
    }
    /// How it stands, in a sentence.
    fn standing(&self) -> String {
        let lang = self.frame.lang.code();
        let name = self.page.meeting.as_ref().map_or("", |it| it.names.named(lang));
        let key = format!("proposals-is-{}", self.page.proposal.state.name());
        let reason = self.page.step.as_ref().map_or("", |(_, reason)| reason.as_str());
        self.frame.say(key).with("meeting", name).with("reason", reason).to_string()
    }
    /// Where a decision about it is recorded.
    fn decide(&self) -> Option<String> {
        let State::Put { item, .. } = self.page.proposal.state else { return None };
        let item = item.map(|item| format!("&item={item}")).unwrap_or_default();
        let proposal = self.page.proposal.proposal;
        self.page.meeting.as_ref().map(|it| it.path(&format!("/decisions?proposal={proposal}{item}")))
    }
    /// Where the decision is that answers it.
    fn decision(&self) -> Option<String> {
        let State::Decided { meeting, decision } = self.page.proposal.state else { return None };
        Some(meetings::path(&self.page.proposal.place, meeting, &format!("/decisions/{decision}")))
    }
}

pub(crate) async fn one(cx: Cx<SeeProposals>) -> Reply {
    let at = At::of(&cx)?;
    let whole = cx.read(move |view| at.read(view)).await?;
    let typed = OneAsk { lang: Some(whole.proposal.lang), ..OneAsk::default() };
    cx.page(&whole, |frame| OnePage::new(frame, &whole, typed))
}

/// Books what one of the forms asks for, and shows the page.
async fn book<D: Deed>(
    cx: &Cx<D>,
    ask: OneAsk,
    saying: &'static str,
    book: impl FnOnce(&mut Work<'_, '_>, OneAsk, Whole) -> Result<(), Stop> + Send + 'static,
) -> Reply {
    let at = At::of(cx)?;
    let then = at.clone();
    let booked = cx
        .once(
            ask.id.unwrap_or_else(EntryId::new),
            (at.proposal, ask.clone()),
            move |work, (_, ask)| {
                let whole = at.read(work)?;
                book(work, ask, whole)
            },
            move |view| then.read(view),
        )
        .await;
    match booked {
        Ok(whole) => cx.saved_saying(whole.proposal.path(""), saying, &whole),
        Err(stop) => {
            let at = At::of(cx)?;
            let whole = cx.read(move |view| at.read(view)).await?;
            cx.again(stop, |frame| OnePage::new(frame, &whole, ask))
        }
    }
}

pub(crate) async fn amend(cx: Cx<Propose>, Ask(ask): Ask<OneAsk>) -> Reply {
    let (permit, lang) = (cx.permit.clone(), tongue(&cx));
    book(&cx, ask, "proposals-done-amended", move |work, ask, whole| {
        let Proposal { place, proposal, state, text, .. } = whole.proposal;
        let lang = ask.lang.unwrap_or(lang);
        let fact = AmendmentMade { place, proposal, lang, text: ask.amendment, reasons: ask.reasons };
        work.record(&permit, &rules::amend(fact, state, &text)?)?;
        Ok(())
    })
    .await
}

pub(crate) async fn ask(cx: Cx<Propose>, Ask(ask): Ask<OneAsk>) -> Reply {
    let (permit, lang) = (cx.permit.clone(), tongue(&cx));
    book(&cx, ask, "proposals-done-asked", move |work, ask, whole| {
        let Proposal { place, proposal, state, .. } = whole.proposal;
        let fact = QuestionAsked { place, proposal, lang, text: ask.question };
        work.record(&permit, &rules::ask(fact, state)?)?;
        Ok(())
    })
    .await
}

pub(crate) async fn answer(cx: Cx<Propose>, Ask(ask): Ask<OneAsk>) -> Reply {
    let (permit, lang) = (cx.permit.clone(), tongue(&cx));
    book(&cx, ask, "proposals-done-answered", move |work, ask, whole| {
        let question = ask.about.ok_or_else(|| Refused::from(Refusal::NoQuestion).in_field("about"))?;
        let Proposal { place, proposal, .. } = whole.proposal;
        let fact = QuestionAnswered { place, proposal, question, lang, text: ask.answer };
        work.record(&permit, &rules::answer(fact, &whole.notes)?)?;
        Ok(())
    })
    .await
}

pub(crate) async fn support(cx: Cx<Support>, Ask(ask): Ask<OneAsk>) -> Reply {
    let (permit, voice) = (cx.permit.clone(), voice_of(&cx)?);
    book(&cx, ask, "proposals-done-supported", move |work, _, whole| {
        let Proposal { place, proposal, state, .. } = whole.proposal;
        let has_support = tables::has_support(work, (&place, proposal), &voice)?;
        work.record(&permit, &rules::support(SupportGiven { place, proposal, voice }, state, has_support)?)?;
        Ok(())
    })
    .await
}

pub(crate) async fn put(cx: Cx<KeepProposals>, Ask(ask): Ask<OneAsk>) -> Reply {
    let (permit, today) = (cx.permit.clone(), cx.today);
    book(&cx, ask, "proposals-done-put", move |work, ask, whole| {
        let none = || Refused::from(Refusal::NoMeeting).in_field("on");
        let (meeting, item) = match ask.on.split_once(':') {
            Some((meeting, item)) => (meeting, Some(item.parse::<EntryId>().map_err(|_| none())?)),
            None => (ask.on.as_str(), None),
        };
        let meeting: BookId = meeting.parse().map_err(|_| none())?;
        let Proposal { place, proposal, state, .. } = whole.proposal;
        let called = meetings::meeting(work, &place, meeting)?.ok_or_else(none)?;
        let agenda = meetings::agenda(work, &place, meeting)?;
        if item.is_some_and(|item| agenda.iter().all(|it| it.item != item)) {
            return Err(none().into());
        }
        let ended = meetings::ended(work, &place)?.remove(&meeting);
        let standing = meetings::state(called.date, ended.as_ref(), today);
        let fact = ProposalPut { place, proposal, meeting, item };
        work.record(&permit, &rules::put(fact, state, standing)?)?;
        Ok(())
    })
    .await
}

pub(crate) async fn withdraw(cx: Cx<KeepProposals>, Ask(ask): Ask<OneAsk>) -> Reply {
    let permit = cx.permit.clone();
    book(&cx, ask, "proposals-done-withdrawn", move |work, ask, whole| {
        let Proposal { place, proposal, state, .. } = whole.proposal;
        let fact = ProposalWithdrawn { place, proposal, reason: ask.reason };
        work.record(&permit, &rules::withdraw(fact, state)?)?;
        Ok(())
    })
    .await
}

pub(crate) async fn take_back(cx: Cx<KeepProposals>, Ask(ask): Ask<OneAsk>) -> Reply {
    let (permit, at, today) = (cx.permit.clone(), At::of(&cx)?, cx.today);
    let list = format!("/places/{}/proposals", at.place);
    let is_whole = ask.entry == Some(at.proposal);
    let taking = (permit, today);
    if !is_whole {
        return book(&cx, ask, "proposals-done-taken-back", move |work, ask, whole| {
            reverse(work, &taking, &ask, &whole)
        })
        .await;
    }
    // The proposal itself goes, and its page with it.
    let reading = at.clone();
    let taken = cx
        .once(
            ask.id.unwrap_or_else(EntryId::new),
            (at.proposal, ask.clone()),
            move |work, (_, ask)| {
                let whole = reading.read(work)?;
                reverse(work, &taking, &ask, &whole)
            },
            |_| Ok(()),
        )
        .await;
    match taken {
        Ok(()) => cx.saved_saying(list, "proposals-done-taken-back", &at.proposal),
        Err(stop) => {
            let whole = cx.read(move |view| at.read(view)).await?;
            cx.again(stop, |frame| OnePage::new(frame, &whole, ask))
        }
    }
}

fn reverse(
    work: &mut Work<'_, '_>,
    (permit, today): &(kernel::Permit<KeepProposals>, Day),
    ask: &OneAsk,
    whole: &Whole,
) -> Result<(), Stop> {
    let is_its = |entry: EntryId| {
        entry == whole.proposal.proposal
            || whole.notes.iter().any(|it| it.note == entry)
            || whole.step.as_ref().is_some_and(|(step, _)| *step == entry)
    };
    let entry = ask.entry.filter(|entry| is_its(*entry));
    let entry = entry.ok_or_else(|| Refused::from(Refusal::NotItsEntry).in_field("entry"))?;
    work.reverse(permit, entry, *today, &ask.why)?;
    Ok(())
}
