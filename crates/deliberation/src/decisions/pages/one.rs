//! One decision: why, by whom, until when, and what follows from it.

use askama::Template;
use cooperation::agreements::{Cooperation, Instrument};
use journal::View;
use kernel::{BookId, Day, Deed, EntryId, Names, PlaceCode, Refused, Stop};
use serde::{Deserialize, Serialize};
use web::{Ask, Choice, Cx, Frame, Listed, Reply};

use super::{Around, Line, owner_of, plain_follow_ups};
use crate::decisions::rules::{self, Refusal};
use crate::decisions::{
    Decision, FollowUpClosed, FollowUpOpened, KeepDecisions, Owner, SeeDecisions, tables,
};
use crate::meetings::{self, Meeting};

/// What the form about a follow-up says; what is left empty is that of the decision.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct FollowAsk {
    id: EntryId,
    #[serde(default)]
    text_id: String,
    #[serde(default)]
    text_ko: String,
    #[serde(default)]
    text_en: String,
    #[serde(default)]
    owner: Option<Owner>,
    #[serde(default)]
    office: String,
    #[serde(default)]
    due: Option<Day>,
}

/// What the form about an end says.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct CloseAsk {
    id: EntryId,
    #[serde(default)]
    follow_up: Option<EntryId>,
    #[serde(default)]
    day: Option<Day>,
    #[serde(default)]
    evidence: String,
}

#[derive(Serialize)]
struct Whole {
    meeting: Meeting,
    decision: Decision,
    follow_ups: Vec<Line>,
    #[serde(skip)]
    around: Around,
}

impl Whole {
    fn path(&self) -> String {
        self.decision.path("")
    }
}

#[derive(Clone)]
struct At {
    place: PlaceCode,
    meeting: BookId,
    decision: EntryId,
    today: Day,
    lang: &'static str,
}

impl At {
    fn of<D: Deed>(cx: &Cx<D>) -> Result<At, Stop> {
        let (place, meeting, decision) = (cx.place().clone(), cx.book(), cx.param("decision")?);
        Ok(At { place, meeting, decision, today: cx.today, lang: cx.lang.code() })
    }
    fn read(&self, view: &mut View<'_, '_>) -> Result<Whole, Stop> {
        let meeting =
            meetings::meeting(view, &self.place, self.meeting)?.ok_or(meetings::Refusal::NoMeeting)?;
        let decision =
            tables::decision(view, &self.place, self.meeting, self.decision)?.ok_or(Refusal::NoDecision)?;
        let around = Around::read(view, &self.place, Some(&meeting))?;
        let mut follow_ups = tables::follow_ups(view, &self.place)?;
        follow_ups.retain(|it| it.meeting == self.meeting && it.decision == self.decision);
        let line = |it| Line::of(it, &around, self.lang, self.today);
        let follow_ups = follow_ups.into_iter().map(line).collect();
        Ok(Whole { meeting, decision, follow_ups, around })
    }
}

#[derive(Default)]
struct Typed {
    follow: Option<FollowAsk>,
    close: Option<CloseAsk>,
}

#[derive(Template)]
#[template(path = "decisions/pages/one.html")]
struct OnePage<'a> {
    page: &'a Whole,
    owner: Option<String>,
    paper: Option<(&'a Cooperation, &'a Instrument)>,
    list: Listed,
    open: Vec<Choice>,
    owners: Vec<Choice>,
    follow: FollowAsk,
    close: CloseAsk,
    frame: Frame,
}

impl<'a> OnePage<'a> {
    fn new(frame: Frame, page: &'a Whole, typed: Typed) -> OnePage<'a> {
        let lang = frame.lang.code();
        let around = &page.around;
        let papers = around.papers.iter().flat_map(|(of, papers)| papers.iter().map(move |it| (of, it)));
        let mut papers = papers.filter(|(_, it)| Some(it.instrument) == page.decision.instrument);
        let open = page.follow_ups.iter().filter(|line| line.it.closed.is_none());
        let empty = String::new;
        OnePage {
            owner: page.decision.owner.as_ref().map(|owner| around.owner(owner, lang)),
            paper: papers.next(),
            list: plain_follow_ups(&page.follow_ups, &frame),
            open: open.map(|line| Choice::new(line.it.follow_up, line.it.text.named(lang))).collect(),
            owners: around.owners(lang),
            follow: typed.follow.unwrap_or_else(|| FollowAsk {
                id: EntryId::new(),
                text_id: empty(),
                text_ko: empty(),
                text_en: empty(),
                owner: None,
                office: empty(),
                due: None,
            }),
            close: typed.close.unwrap_or_else(|| CloseAsk {
                id: EntryId::new(),
                follow_up: None,
                day: None,
                evidence: empty(),
            }),
            page,
            frame,
        }
    }
}

pub(crate) async fn one(cx: Cx<SeeDecisions>) -> Reply {
    let at = At::of(&cx)?;
    let whole = cx.read(move |view| at.read(view)).await?;
    cx.page(&whole, |frame| OnePage::new(frame, &whole, Typed::default()))
}

pub(crate) async fn follow(cx: Cx<KeepDecisions>, Ask(ask): Ask<FollowAsk>) -> Reply {
    let (permit, at) = (cx.permit.clone(), At::of(&cx)?);
    let then = at.clone();
    let followed = cx
        .once(
            ask.id,
            ask.clone(),
            move |work, ask| {
                let Whole { meeting, decision, around, .. } = at.read(work)?;
                let text = Names { id: ask.text_id, ko: ask.text_ko, en: ask.text_en };
                let text = if text.tidy().is_empty() { decision.text } else { text };
                let owner = owner_of(ask.owner, &ask.office)?.or(decision.owner);
                let owner = owner.ok_or_else(|| Refused::from(Refusal::NoOwner).in_field("office"))?;
                let due = ask.due.or(decision.due);
                let due = due.ok_or_else(|| Refused::from(Refusal::NoDue).in_field("due"))?;
                let (place, decision) = (at.place.clone(), decision.decision);
                let has_owner = around.has(&owner);
                let fact = FollowUpOpened { place, meeting: meeting.meeting, decision, text, owner, due };
                work.record(&permit, &rules::follow(fact, meeting.date, has_owner)?)?;
                Ok(())
            },
            move |view| then.read(view),
        )
        .await;
    after(&cx, followed, "decisions-done-followed", Typed { follow: Some(ask), close: None }).await
}

pub(crate) async fn close(cx: Cx<KeepDecisions>, Ask(ask): Ask<CloseAsk>) -> Reply {
    let (permit, at) = (cx.permit.clone(), At::of(&cx)?);
    let then = at.clone();
    let closed = cx
        .once(
            ask.id,
            ask.clone(),
            move |work, ask| {
                let whole = at.read(work)?;
                let of = whole.follow_ups.iter().find(|line| Some(line.it.follow_up) == ask.follow_up);
                let of = of.ok_or_else(|| Refused::from(Refusal::NoFollowUp).in_field("follow_up"))?;
                let fact = FollowUpClosed {
                    place: at.place.clone(),
                    meeting: at.meeting,
                    follow_up: of.it.follow_up,
                    day: ask.day.unwrap_or(at.today),
                    evidence: ask.evidence,
                };
                work.record(&permit, &rules::close(fact, &of.it, at.today)?)?;
                Ok(())
            },
            move |view| then.read(view),
        )
        .await;
    after(&cx, closed, "decisions-done-closed", Typed { close: Some(ask), follow: None }).await
}

/// The page with what was saved or, with what was typed, why it was not.
async fn after(
    cx: &Cx<KeepDecisions>,
    done: Result<Whole, Stop>,
    saying: &'static str,
    typed: Typed,
) -> Reply {
    match done {
        Ok(whole) => cx.saved_saying(whole.path(), saying, &whole),
        Err(stop) => {
            let at = At::of(cx)?;
            let whole = cx.read(move |view| at.read(view)).await?;
            cx.again(stop, |frame| OnePage::new(frame, &whole, typed))
        }
    }
}
