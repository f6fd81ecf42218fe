//! One ballot: voting, counting by hand, and the result with its arithmetic.

use std::borrow::Borrow;

use askama::Template;
use journal::{View, Work};
use kernel::{BookId, Deed, EntryId, PlaceCode, Refused, Stop};
use serde::{Deserialize, Serialize};
use web::{Ask, Choice, Cx, Frame, Reply, number};

use super::{STANDS, stands};
use crate::ballots::{
    Ballot, BallotClosed, BallotNote, KeepBallots, Line, Method, NoteKind, Outcome, Refusal,
    ReservationRecorded, Secrecy, SeeBallots, VoiceSpent, Vote, VoteCast, Votes, VotesCounted, rules, tables,
};
use crate::hall;
use crate::meetings::{self, Element, Meeting};
use crate::proposals::Voice;

/// What one of the forms says.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct BallotAsk {
    id: Option<EntryId>,
    /// The option that is chosen, or agree, aside, block.
    #[serde(default)]
    choice: String,
    /// A mark for each option; counting by hand: how many for each.
    #[serde(default)]
    mark: Vec<String>,
    /// Counting by hand: `5 3 0 x 12`, a line for each sort of vote.
    #[serde(default)]
    lines: String,
    #[serde(default)]
    element: Option<Element>,
    /// A reservation.
    #[serde(default)]
    text: String,
    /// What is taken back.
    #[serde(default)]
    entry: Option<EntryId>,
    /// Why.
    #[serde(default)]
    why: String,
}

#[derive(Serialize)]
struct Whole {
    meeting: Meeting,
    ballot: Ballot,
    notes: Vec<BallotNote>,
    /// How many telephones voted secretly.
    spent: i64,
    is_closed: bool,
    /// Of a secret ballot only once it is closed.
    outcome: Option<Outcome>,
    /// Whether this telephone may vote, and did.
    may_vote: bool,
    has_voted: bool,
}

impl Whole {
    fn of(&self) -> (Method, usize, i64) {
        (self.ballot.method, self.ballot.options.len(), self.ballot.most)
    }
}

#[derive(Clone)]
struct At {
    place: PlaceCode,
    meeting: BookId,
    ballot: EntryId,
    voice: Option<Voice>,
}

impl At {
    fn of<D: Deed>(cx: &Cx<D>) -> Result<At, Stop> {
        let meeting = cx.book();
        let voice = cx.device().map(|device| Voice::Hall(device.alias(&meeting.to_string())));
        Ok(At { place: cx.place().clone(), meeting, ballot: cx.param("ballot")?, voice })
    }
    fn read(&self, view: &mut View<'_, '_>) -> Result<Whole, Stop> {
        let meeting =
            meetings::meeting(view, &self.place, self.meeting)?.ok_or(meetings::Refusal::NoMeeting)?;
        let mut ballots = tables::ballots(view, &self.place, self.meeting)?.into_iter();
        let ballot = ballots.find(|it| it.ballot == self.ballot).ok_or(Refusal::NoBallot)?;
        let notes = tables::ballot_notes(view, self.ballot)?;
        let is_closed = notes.iter().any(|it| it.kind == NoteKind::Closing);
        let outcome = match ballot.secrecy == Secrecy::Open || is_closed {
            true => {
                Some(rules::outcome(ballot.method, ballot.options.len(), &tables::votes(view, self.ballot)?))
            }
            false => None,
        };
        let (mut may_vote, mut has_voted) = (false, false);
        if let Some(voice) = &self.voice {
            let hall = hall::hall(view, &self.place, self.meeting)?;
            may_vote = hall.is_some_and(|it| it.admission.is_some())
                && hall::has_joined(view, &self.place, self.meeting, voice)?;
            has_voted = tables::has_voted(view, self.ballot, voice)?;
        }
        let spent = tables::spent(view, self.ballot)?;
        Ok(Whole { meeting, ballot, notes, spent, is_closed, outcome, may_vote, has_voted })
    }
}

#[derive(Template)]
#[template(path = "ballots/pages/one.html")]
struct OnePage<'a> {
    page: &'a Whole,
    typed: BallotAsk,
    choices: Vec<Choice>,
    elements: Vec<Choice>,
    entries: Vec<Choice>,
    frame: Frame,
}

impl<'a> OnePage<'a> {
    fn new(frame: Frame, page: &'a Whole, typed: BallotAsk) -> OnePage<'a> {
        let choices = match page.ballot.method {
            Method::Consensus => stands(&frame),
            _ => page.ballot.options.iter().enumerate().map(|(at, it)| Choice::new(at, it)).collect(),
        };
        let entry = |(n, it): (usize, &BallotNote)| {
            let kind = frame.say(format!("ballots-entry-{}", it.kind)).to_string();
            Choice::new(it.entry, format!("{n}. {kind}", n = n + 1))
        };
        OnePage {
            choices,
            elements: crate::proposals::elements(&frame),
            entries: page.notes.iter().enumerate().map(entry).collect(),
            page,
            typed,
            frame,
        }
    }
    /// Whether one thing is chosen, rather than each marked.
    fn is_choice(&self) -> bool {
        matches!(self.page.ballot.method, Method::Hands | Method::Consensus)
    }
    fn option(&self, line: &Line) -> &'a str {
        self.page.ballot.options.get(line.option).map_or("", String::as_str)
    }
    /// How a sum comes about: `5 × 2 + 3 × 1 = 13`, for pairs `7:3 + 4:6 = 2`.
    fn arithmetic(&self, line: &Line) -> String {
        let term = |(left, right): &(i64, i64)| match self.page.ballot.method {
            Method::Pairs => format!("{left}:{right}"),
            _ => format!("{left} × {right}"),
        };
        let terms: Vec<String> = line.terms.iter().map(term).collect();
        match terms.is_empty() {
            true => line.sum.to_string(),
            false => format!("{} = {}", terms.join(" + "), line.sum),
        }
    }
    fn reservations(&self) -> Vec<&'a BallotNote> {
        self.page.notes.iter().filter(|it| it.kind == NoteKind::Reservation).collect()
    }
    fn typed_mark(&self, at: impl Borrow<usize>) -> &str {
        self.typed.mark.get(*at.borrow()).map_or("", String::as_str)
    }
}

pub(crate) async fn one(cx: Cx<SeeBallots>) -> Reply {
    let at = At::of(&cx)?;
    let whole = cx.read(move |view| at.read(view)).await?;
    cx.page(&whole, |frame| OnePage::new(frame, &whole, BallotAsk::default()))
}

async fn after<D: Deed>(
    cx: &Cx<D>,
    done: Result<Whole, Stop>,
    saying: &'static str,
    ask: BallotAsk,
) -> Reply {
    match done {
        Ok(whole) => cx.saved_saying(whole.ballot.path(""), saying, &whole),
        Err(stop) => {
            let at = At::of(cx)?;
            let whole = cx.read(move |view| at.read(view)).await?;
            cx.again(stop, |frame| OnePage::new(frame, &whole, ask))
        }
    }
}

/// Books what an officer asks for, and shows the page.
async fn book(
    cx: &Cx<KeepBallots>,
    ask: BallotAsk,
    saying: &'static str,
    book: impl FnOnce(&mut Work<'_, '_>, BallotAsk, Whole) -> Result<(), Stop> + Send + 'static,
) -> Reply {
    let at = At::of(cx)?;
    let then = at.clone();
    let id = ask.id.unwrap_or_else(EntryId::new);
    let booked = cx
        .once(
            id,
            (at.ballot, ask.clone()),
            move |work, (_, ask)| {
                let whole = at.read(work)?;
                book(work, ask, whole)
            },
            move |view| then.read(view),
        )
        .await;
    after(cx, booked, saying, ask).await
}

/// The marks of a vote as the form says them.
fn marks(ask: &BallotAsk, (method, options, _): (Method, usize, i64)) -> Result<Vec<i64>, Stop> {
    let wrong = || Refused::from(Refusal::WrongMarks).in_field("choice");
    match method {
        Method::Consensus => {
            let stand = STANDS.iter().find(|(name, _)| *name == ask.choice).ok_or_else(wrong)?;
            Ok(vec![stand.1])
        }
        Method::Hands => {
            let chosen = ask.choice.parse::<usize>().ok().filter(|it| *it < options).ok_or_else(wrong)?;
            Ok((0..options).map(|at| i64::from(at == chosen)).collect())
        }
        _ => ask.mark.iter().enumerate().map(|(at, text)| mark(at, text)).collect(),
    }
}

/// A number of a field that may be empty.
fn mark(at: usize, text: &str) -> Result<i64, Stop> {
    if text.trim().is_empty() { Ok(0) } else { number::whole(&format!("mark.{at}"), text) }
}

pub(crate) async fn vote(cx: Cx<Vote>, Ask(ask): Ask<BallotAsk>) -> Reply {
    let (permit, at) = (cx.permit.clone(), At::of(&cx)?);
    let voice = at.voice.clone().ok_or(hall::Refusal::NoToken)?;
    let then = at.clone();
    let id = ask.id.unwrap_or_else(EntryId::new);
    let ballot = at.clone();
    let secrecy = cx.read(move |view| Ok(ballot.read(view)?.ballot.secrecy)).await?;
    // What was asked is hashed into the entry: of a secret vote the marks must not be in it, or they could be found out.
    let hashed = if secrecy == Secrecy::Open { ask.clone() } else { BallotAsk::default() };
    let sent = ask.clone();
    let voted = cx
        .once(
            id,
            (at.ballot, voice, hashed),
            move |work, (_, voice, _)| {
                let whole = at.read(work)?;
                if !whole.may_vote {
                    return Err(Refusal::NotJoined.into());
                }
                let marks = marks(&sent, whole.of())?;
                rules::cast(whole.of(), &marks, whole.is_closed, whole.has_voted)?;
                let At { place, meeting, ballot, .. } = at;
                match whole.ballot.secrecy {
                    Secrecy::Open => {
                        work.record(&permit, &VoteCast { place, meeting, ballot, voice, marks })?
                    }
                    Secrecy::Secret => {
                        tables::drop_in(work, ballot, &marks)?;
                        work.record(&permit, &VoiceSpent { place, meeting, ballot, voice })?
                    }
                };
                Ok(())
            },
            move |view| then.read(view),
        )
        .await;
    after(&cx, voted, "ballots-done-voted", ask).await
}

/// `5 3 0 x 12`: marks, and how many votes have them; one if it does not say.
fn counted_line(line: &str) -> Result<Votes, Stop> {
    let wrong = || Refused::from(Refusal::WrongMarks).in_field("lines");
    let (marks, count) = line.split_once(['x', '×', '*']).unwrap_or((line, "1"));
    let marks: Result<Vec<i64>, _> = marks.split_whitespace().map(str::parse).collect();
    let count = count.trim().parse().map_err(|_| wrong())?;
    Ok(Votes { marks: marks.map_err(|_| wrong())?, count })
}

pub(crate) async fn count(cx: Cx<KeepBallots>, Ask(ask): Ask<BallotAsk>) -> Reply {
    let permit = cx.permit.clone();
    book(&cx, ask, "ballots-done-counted", move |work, ask, whole| {
        let of = whole.of();
        let heads = || ask.mark.iter().enumerate().map(|(at, text)| mark(at, text));
        let votes: Vec<Votes> = match of.0 {
            Method::Consensus => STANDS
                .iter()
                .zip(heads())
                .map(|((_, mark), count)| Ok(Votes { marks: vec![*mark], count: count? }))
                .collect::<Result<_, Stop>>()?,
            Method::Hands => (0..of.1)
                .zip(heads())
                .map(|(option, count)| {
                    let marks = (0..of.1).map(|at| i64::from(at == option)).collect();
                    Ok(Votes { marks, count: count? })
                })
                .collect::<Result<_, Stop>>()?,
            _ => {
                let lines = ask.lines.lines().filter(|line| !line.trim().is_empty());
                lines.map(counted_line).collect::<Result<_, Stop>>()?
            }
        };
        let Ballot { place, meeting, ballot, .. } = whole.ballot;
        let fact = VotesCounted { place, meeting, ballot, votes };
        work.record(&permit, &rules::count(of, fact, whole.is_closed)?)?;
        Ok(())
    })
    .await
}

pub(crate) async fn reserve(cx: Cx<KeepBallots>, Ask(ask): Ask<BallotAsk>) -> Reply {
    let permit = cx.permit.clone();
    book(&cx, ask, "ballots-done-reserved", move |work, ask, whole| {
        let Ballot { place, meeting, ballot, method, .. } = whole.ballot;
        let element = ask.element.unwrap_or(Element::Residents);
        let fact = ReservationRecorded { place, meeting, ballot, element, text: ask.text };
        work.record(&permit, &rules::reserve(method, fact)?)?;
        Ok(())
    })
    .await
}

pub(crate) async fn close(cx: Cx<KeepBallots>, Ask(ask): Ask<BallotAsk>) -> Reply {
    let permit = cx.permit.clone();
    book(&cx, ask, "ballots-done-closed", move |work, _, whole| {
        if whole.is_closed {
            return Err(Refusal::Closed.into());
        }
        let votes = tables::in_box(work, whole.ballot.ballot)?;
        let Ballot { place, meeting, ballot, .. } = whole.ballot;
        work.record(&permit, &BallotClosed { place, meeting, ballot, votes })?;
        Ok(())
    })
    .await
}

pub(crate) async fn take_back(cx: Cx<KeepBallots>, Ask(ask): Ask<BallotAsk>) -> Reply {
    let (permit, today) = (cx.permit.clone(), cx.today);
    book(&cx, ask, "ballots-done-taken-back", move |work, ask, whole| {
        let entry = ask.entry.filter(|entry| whole.notes.iter().any(|it| it.entry == *entry));
        let entry = entry.ok_or_else(|| Refused::from(Refusal::NotItsEntry).in_field("entry"))?;
        work.reverse(&permit, entry, today, &ask.why)?;
        Ok(())
    })
    .await
}
