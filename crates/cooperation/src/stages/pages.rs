//! The tracks of two countries: what was passed, what is next, whose turn it is, and since when.

use askama::Template;
use journal::{View, Work};
use kernel::{BookId, Date, Day, Deed, EntryId, Permit, PlaceCode, Refused, Stop};
use serde::{Deserialize, Serialize};
use web::list::Value;
use web::{Ask, Choice, Cx, Fragment, Frame, List, ListAsk, Listed, Reply, SlotAt, Want};

use super::facts::{StepPassed, StepSkipped, Track};
use super::rules::{self, Known, Standing, StepState, standing};
use super::{Done, KeepStages, SeeStages, Step, procedure, tables};
use crate::agreements::{self, Cooperation, Instrument};
use crate::documents::{self, Document};

/// The steps of a cooperation.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Stages {
    cooperation: Cooperation,
    today: Day,
    tracks: Vec<OneTrack>,
    /// Those that may be named as the paper of a step.
    #[serde(skip)]
    documents: Vec<Document>,
}

/// The steps of one country.
#[derive(Debug, Clone, Serialize)]
struct OneTrack {
    track: Track,
    steps: Vec<Standing>,
}

impl OneTrack {
    fn next(&self) -> Option<(&Standing, Date)> {
        self.steps.iter().find_map(|step| match step.state {
            StepState::Next { since } => Some((step, since)),
            _ => None,
        })
    }
    /// The steps that may be passed now: the next one, and those that come again.
    fn open(&self, again: impl Fn(&str) -> bool) -> impl Iterator<Item = &Standing> {
        let is_open = move |step: &&Standing| match step.state {
            StepState::Next { .. } | StepState::Unrecorded | StepState::Shown { .. } => true,
            StepState::Passed { .. } | StepState::Skipped { .. } => again(step.step),
            StepState::Waits => false,
        };
        self.steps.iter().filter(is_open)
    }
}

/// What is known of a cooperation before a step is judged.
struct Reached {
    cooperation: Cooperation,
    done: Vec<Done>,
    papers: Vec<Instrument>,
}

impl Reached {
    fn read(view: &mut View<'_, '_>, place: &PlaceCode, book: BookId) -> Result<Reached, Stop> {
        let cooperation =
            agreements::cooperation(view, place, book)?.ok_or(agreements::Refusal::NoCooperation)?;
        let done = tables::done(view, place, book)?;
        Ok(Reached { cooperation, done, papers: agreements::instruments(view, place, book)? })
    }
    fn known(&self) -> Known<'_> {
        Known { done: &self.done, papers: &self.papers }
    }
    fn steps(&self, track: Track) -> &'static [Step] {
        procedure(self.cooperation.kind, track)
    }
}

fn read(view: &mut View<'_, '_>, place: &PlaceCode, book: BookId, today: Day) -> Result<Stages, Stop> {
    let reached = Reached::read(view, place, book)?;
    let one = |track: &Track| OneTrack {
        track: *track,
        steps: standing(reached.steps(*track), *track, reached.known(), reached.cooperation.day),
    };
    let tracks = Track::ALL.iter().map(one).collect();
    let documents = documents::documents(view, place, book)?;
    Ok(Stages { cooperation: reached.cooperation, today, tracks, documents })
}

/// What is next in a country, in a sentence.
fn sentence(frame: &Frame, track: &OneTrack, today: Day) -> String {
    let country = frame.say(format!("stages-track-{}", track.track)).to_string();
    let lang = frame.lang.code();
    let gaps = track.steps.iter().filter(|step| step.state == StepState::Unrecorded).count();
    let said = match track.next() {
        None => frame.say("stages-all-done").with("country", country).to_string(),
        Some((step, since)) => frame
            .say("stages-next-is")
            .with("country", country)
            .with("step", step.names.named(lang).to_owned())
            .with("actor", step.actor.named(lang).to_owned())
            .with("since", since)
            .with("days", i64::from(today.days_since(since.last()).max(0)))
            .to_string(),
    };
    match gaps {
        0 => said,
        gaps => format!("{said} {}", frame.say("stages-gaps").with("gaps", gaps)),
    }
}

/// On the page of the cooperation.
#[derive(Template)]
#[template(path = "stages/in_cooperation.html")]
struct InCooperation<'a> {
    frame: &'a Frame,
    sentences: Vec<String>,
    path: String,
}

/// What is next in each country, on the page of the cooperation.
pub(super) fn in_cooperation(
    view: &mut View<'_, '_>,
    _: &Permit<SeeStages>,
    frame: &Frame,
    at: &SlotAt,
) -> Result<Option<Fragment>, Stop> {
    let Some(book) = at.book else { return Ok(None) };
    let stages = read(view, &at.village, book, frame.today())?;
    let sentences = stages.tracks.iter().map(|track| sentence(frame, track, stages.today)).collect();
    let part = InCooperation { frame, sentences, path: stages.cooperation.path("/stages") };
    Ok(Some(Fragment::new("stages", &part, &stages)?))
}

/// What the form about a step says.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct StepAsk {
    id: EntryId,
    track: Track,
    #[serde(default)]
    step: String,
    day: Option<Day>,
    #[serde(default)]
    paper: String,
    document: Option<EntryId>,
    #[serde(default)]
    reason: String,
}

struct Shown {
    track: Track,
    title: String,
    sentence: String,
    list: Listed,
    open: Vec<Choice>,
    documents: Vec<Choice>,
    typed: StepAsk,
}

#[derive(Template)]
#[template(path = "stages/stages.html")]
struct StagesPage<'a> {
    page: &'a Stages,
    tracks: Vec<Shown>,
    frame: Frame,
}

fn blank(track: Track) -> StepAsk {
    let empty = String::new;
    let (step, paper, reason) = (empty(), empty(), empty());
    StepAsk { id: EntryId::new(), track, step, day: None, paper, document: None, reason }
}

impl<'a> StagesPage<'a> {
    fn new(frame: Frame, page: &'a Stages, typed: Option<StepAsk>) -> StagesPage<'a> {
        let lang = frame.lang.code();
        let kind = page.cooperation.kind;
        let shown = |track: &OneTrack| {
            let list = List::new("steps")
                .column("step", "stages-step", move |step: &Standing| step.names.named(lang).to_owned())
                .column("actor", "stages-actor", move |step| step.actor.named(lang).to_owned())
                .column("state", "stages-state", |step| {
                    let class = match step.state {
                        StepState::Passed { .. } | StepState::Shown { .. } => "ok",
                        StepState::Skipped { .. } | StepState::Next { .. } | StepState::Unrecorded => "warn",
                        StepState::Waits => "info",
                    };
                    Value::Badge(class, format!("stages-state-{}", step.state.name()).into())
                })
                .column("day", "stages-day", |step| match step.state {
                    StepState::Passed { day, .. } | StepState::Skipped { day, .. } => Some(Date::from(day)),
                    StepState::Shown { day, .. } => Some(day),
                    StepState::Unrecorded | StepState::Next { .. } | StepState::Waits => None,
                })
                .column("paper", "stages-paper", move |step| match &step.state {
                    StepState::Passed { paper, .. } => paper.clone(),
                    StepState::Skipped { reason, .. } => reason.clone(),
                    StepState::Shown { title, .. } => title.named(lang).to_owned(),
                    StepState::Unrecorded | StepState::Next { .. } | StepState::Waits => {
                        step.paper.named(lang).to_owned()
                    }
                })
                .link_if({
                    let of = page.cooperation.clone();
                    move |step| match step.state {
                        StepState::Passed { document: Some(document), .. } => {
                            Some(of.path(&format!("/documents/{document}")))
                        }
                        StepState::Shown { instrument, .. } => {
                            Some(of.path(&format!("/papers/{instrument}")))
                        }
                        _ => None,
                    }
                })
                .column("source", "stages-source", {
                    let unverified = frame.say("stages-not-verified").to_string();
                    move |step| match step.source {
                        "" => unverified.clone(),
                        source => source.to_owned(),
                    }
                })
                .plain()
                .of(&track.steps, &ListAsk::default(), &frame, Want::Html);
            let steps = procedure(kind, track.track);
            let again = |code: &str| steps.iter().any(|step| step.code == code && step.repeats);
            let open = track.open(again).map(|step| Choice::new(step.step, step.names.named(lang))).collect();
            let named = |document: &Document| Choice::new(document.document, &document.title);
            let mine = typed.clone().filter(|typed| typed.track == track.track);
            Shown {
                track: track.track,
                title: frame.say(format!("stages-track-{}", track.track)).to_string(),
                sentence: sentence(&frame, track, page.today),
                list,
                open,
                documents: page.documents.iter().map(named).collect(),
                typed: mine.unwrap_or_else(|| blank(track.track)),
            }
        };
        let tracks = page.tracks.iter().map(shown).collect();
        StagesPage { page, tracks, frame }
    }
}

async fn found<D: Deed>(cx: &Cx<D>) -> Result<Stages, Stop> {
    let (place, book, today) = (cx.place().clone(), cx.book(), cx.today);
    cx.read(move |view| read(view, &place, book, today)).await
}

pub(super) async fn stages(cx: Cx<SeeStages>) -> Reply {
    let stages = found(&cx).await?;
    cx.page(&stages, |frame| StagesPage::new(frame, &stages, None))
}

pub(super) async fn pass(cx: Cx<KeepStages>, Ask(ask): Ask<StepAsk>) -> Reply {
    let (permit, place, cooperation) = (cx.permit.clone(), cx.place().clone(), cx.book());
    let (today, lang) = (cx.today, cx.lang.code());
    keep(cx, ask, "stages-done-passed", move |work, ask, reached| {
        let StepAsk { track, step, day, mut paper, document, .. } = ask;
        let day = day.unwrap_or(today);
        if let Some(id) = document {
            let of = documents::document(work, &place, cooperation, id)?;
            let of = of.ok_or_else(|| Refused {
                status: 422,
                ..Refused::from(documents::Refusal::NoDocument).in_field("document")
            })?;
            // Whoever names the document need not write its title once more.
            if paper.trim().is_empty() {
                paper = of.title;
            }
        }
        let fact = StepPassed { place, cooperation, track, step, day, paper, document };
        let fact = rules::pass(fact, reached.steps(track), reached.known(), (today, lang))?;
        work.record(&permit, &fact)?;
        Ok(())
    })
    .await
}

pub(super) async fn skip(cx: Cx<KeepStages>, Ask(ask): Ask<StepAsk>) -> Reply {
    let (permit, place, cooperation) = (cx.permit.clone(), cx.place().clone(), cx.book());
    let (today, lang) = (cx.today, cx.lang.code());
    keep(cx, ask, "stages-done-skipped", move |work, ask, reached| {
        let StepAsk { track, step, day, reason, .. } = ask;
        let fact = StepSkipped { place, cooperation, track, step, day: day.unwrap_or(today), reason };
        let fact = rules::skip(fact, reached.steps(track), reached.known(), (today, lang))?;
        work.record(&permit, &fact)?;
        Ok(())
    })
    .await
}

/// Keeps what was asked once, and shows the page with it or, with what was typed, why it was not kept.
async fn keep(
    cx: Cx<KeepStages>,
    ask: StepAsk,
    saying: &'static str,
    write: impl FnOnce(&mut Work<'_, '_>, StepAsk, &Reached) -> Result<(), Stop> + Send + 'static,
) -> Reply {
    let (place, book, today) = (cx.place().clone(), cx.book(), cx.today);
    let here = place.clone();
    let kept = cx
        .once(
            ask.id,
            ask.clone(),
            move |work, ask| {
                let reached = Reached::read(work, &place, book)?;
                write(work, ask, &reached)
            },
            move |view| read(view, &here, book, today),
        )
        .await;
    match kept {
        Ok(stages) => cx.saved_saying(stages.cooperation.path("/stages"), saying, &stages),
        Err(stop) => {
            let stages = found(&cx).await?;
            cx.again(stop, |frame| StagesPage::new(frame, &stages, Some(ask)))
        }
    }
}
