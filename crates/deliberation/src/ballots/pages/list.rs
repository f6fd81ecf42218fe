//! The ballots of a meeting, and opening one.

use askama::Template;
use journal::View;
use kernel::{BookId, Deed, EntryId, PlaceCode, Stop};
use serde::{Deserialize, Serialize};
use web::{Ask, Choice, Cx, Frame, Reply, number};

use crate::ballots::{
    Ballot, BallotOpened, KeepBallots, Method, Refusal, Secrecy, SeeBallots, rules, tables,
};
use crate::meetings::{self, Meeting};
use crate::proposals;

/// What the form says.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct OpenAsk {
    id: EntryId,
    #[serde(default)]
    question: String,
    #[serde(default)]
    method: Option<Method>,
    #[serde(default)]
    secrecy: Option<Secrecy>,
    /// A line each.
    #[serde(default)]
    options: String,
    #[serde(default)]
    most: String,
}

#[derive(Serialize)]
struct Whole {
    meeting: Meeting,
    ballots: Vec<Ballot>,
    /// What was put to the meeting: the options that the form offers.
    proposed: Vec<String>,
}

fn read(view: &mut View<'_, '_>, place: &PlaceCode, meeting: BookId) -> Result<Whole, Stop> {
    let meeting = meetings::meeting(view, place, meeting)?.ok_or(meetings::Refusal::NoMeeting)?;
    let proposed = proposals::of_meeting(view, place, meeting.meeting)?;
    Ok(Whole {
        ballots: tables::ballots(view, place, meeting.meeting)?,
        proposed: proposed.into_iter().filter(|it| it.state.is_open()).map(|it| it.title).collect(),
        meeting,
    })
}

async fn found<D: Deed>(cx: &Cx<D>) -> Result<Whole, Stop> {
    let (place, meeting) = (cx.place().clone(), cx.book());
    cx.read(move |view| read(view, &place, meeting)).await
}

#[derive(Template)]
#[template(path = "ballots/pages/list.html")]
struct ListPage<'a> {
    page: &'a Whole,
    typed: OpenAsk,
    methods: Vec<Choice>,
    secrecies: Vec<Choice>,
    frame: Frame,
}

impl<'a> ListPage<'a> {
    fn new(frame: Frame, page: &'a Whole, typed: OpenAsk) -> ListPage<'a> {
        let method = |it: &Method| Choice::new(it, frame.say(format!("ballots-method-{it}")));
        let secrecy = |it: &Secrecy| Choice::new(it, frame.say(format!("ballots-secrecy-{it}")));
        ListPage {
            methods: Method::ALL.iter().map(method).collect(),
            secrecies: Secrecy::ALL.iter().map(secrecy).collect(),
            page,
            typed,
            frame,
        }
    }
}

pub(crate) async fn list(cx: Cx<SeeBallots>) -> Reply {
    let whole = found(&cx).await?;
    let typed = OpenAsk {
        id: EntryId::new(),
        question: String::new(),
        method: Some(Method::Hands),
        secrecy: Some(Secrecy::Open),
        options: whole.proposed.join("\n"),
        most: "5".to_owned(),
    };
    cx.page(&whole, |frame| ListPage::new(frame, &whole, typed))
}

pub(crate) async fn open(cx: Cx<KeepBallots>, Ask(ask): Ask<OpenAsk>) -> Reply {
    let (permit, place, meeting, id) = (cx.permit.clone(), cx.place().clone(), cx.book(), ask.id);
    let here = place.clone();
    let opened = cx
        .once(
            id,
            ask.clone(),
            move |work, ask| {
                meetings::meeting(work, &place, meeting)?.ok_or(meetings::Refusal::NoMeeting)?;
                let method = ask.method.unwrap_or(Method::Hands);
                let most = match (method, ask.most.trim()) {
                    (Method::Score | Method::Dots, most) => number::whole("most", most)?,
                    _ => 1,
                };
                let fact = BallotOpened {
                    place,
                    meeting,
                    question: ask.question,
                    method,
                    secrecy: ask.secrecy.unwrap_or(Secrecy::Open),
                    // What the form offers of options means nothing to a consensus.
                    options: match method {
                        Method::Consensus => Vec::new(),
                        _ => ask.options.lines().map(str::to_owned).collect(),
                    },
                    most,
                };
                work.record(&permit, &rules::open(fact)?)?;
                Ok(())
            },
            move |view| {
                let mut all = tables::ballots(view, &here, meeting)?.into_iter();
                all.find(|it| it.ballot == id).ok_or_else(|| Refusal::NoBallot.into())
            },
        )
        .await;
    match opened {
        Ok(opened) => cx.saved_saying(opened.path(""), "ballots-done-opened", &opened),
        Err(stop) => {
            let whole = found(&cx).await?;
            cx.again(stop, |frame| ListPage::new(frame, &whole, ask))
        }
    }
}
