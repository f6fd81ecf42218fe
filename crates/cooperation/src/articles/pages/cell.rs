//! One article in one language: what it says now, writing it anew, its history.

use askama::Template;
use journal::View;
use kernel::{Deed, EntryId, Stop};
use serde::{Deserialize, Serialize};
use web::{Ask, Choice, Cx, Frame, Reply};

use super::{At, Cell, Shower, Shown, article_title, at, found_paper};
use crate::agreements::{Cooperation, Instrument};
use crate::articles::facts::*;
use crate::articles::rules::{self, NUMBER_MAX, Text};
use crate::articles::{SeeArticles, WriteArticles, tables};

#[derive(Debug, Clone, Serialize)]
struct Whole {
    cooperation: Cooperation,
    paper: Instrument,
    number: i64,
    lang: Tongue,
    /// The newest version; several where people wrote at once.
    heads: Vec<Shown>,
    /// The same article in the other languages.
    others: Vec<Cell>,
    /// Every version in this language, the newest first.
    history: Vec<Shown>,
}

impl Whole {
    fn path(&self, page: &str) -> String {
        self.cooperation.path(&format!("/papers/{}{page}", self.paper.instrument))
    }
    fn own_path(&self) -> String {
        self.path(&format!("/articles/{}/{}", self.number, self.lang))
    }
}

/// Which article, in which language.
#[derive(Debug, Clone)]
struct Place {
    at: At,
    number: i64,
    lang: Tongue,
}

fn place<D: Deed>(cx: &Cx<D>) -> Result<Place, Stop> {
    let number: i64 = cx.param("article")?;
    if !(0..=NUMBER_MAX).contains(&number) {
        return Err(web::Refusal::NotFound.into());
    }
    Ok(Place { at: at(cx)?, number, lang: cx.param("tongue")? })
}

fn read(view: &mut View<'_, '_>, of: &Place) -> Result<Whole, Stop> {
    let (at, number, lang) = (&of.at, of.number, of.lang);
    let (cooperation, paper) = found_paper(view, at)?;
    let versions = tables::versions(view, &at.place, at.book, at.paper)?;
    let judgements = tables::judgements(view, &at.place, at.book, at.paper)?;
    let shower = Shower { text: Text::new(&versions), judgements, reader: at.reader };
    let heads = shower.all(view, shower.text.heads(number, lang))?;
    let history = shower.all(view, shower.text.history(number, lang))?;
    let mut others = Vec::new();
    for other in Tongue::ALL.iter().copied().filter(|other| *other != lang) {
        others.push(Cell { lang: other, heads: shower.all(view, shower.text.heads(number, other))? });
    }
    others.retain(|cell| !cell.heads.is_empty());
    Ok(Whole { cooperation, paper, number, lang, heads, others, history })
}

/// What the form about a text says.
#[derive(Clone, Serialize, Deserialize)]
pub(in crate::articles) struct WriteAsk {
    id: EntryId,
    #[serde(default)]
    heading: String,
    #[serde(default)]
    text: String,
    /// The versions that stood on the page when the form was opened.
    #[serde(default)]
    base: Vec<EntryId>,
    #[serde(default)]
    renders: Option<EntryId>,
}

/// What the form about a version says.
#[derive(Clone, Serialize, Deserialize)]
pub(in crate::articles) struct JudgeAsk {
    id: EntryId,
    version: EntryId,
    worth: Worth,
}

#[derive(Template)]
#[template(path = "articles/pages/cell.html")]
struct CellPage<'a> {
    page: &'a Whole,
    title: String,
    sources: Vec<Choice>,
    worths: Vec<Choice>,
    write: WriteAsk,
    frame: Frame,
}

impl<'a> CellPage<'a> {
    fn new(frame: Frame, page: &'a Whole, typed: Option<WriteAsk>) -> CellPage<'a> {
        let newest = page.heads.first();
        let renders = match newest {
            Some(head) => head.version.renders,
            // A text that is new here is most likely a translation of the one that is there.
            None => page.others.first().and_then(|cell| cell.heads.first()).map(|head| head.version.entry),
        };
        let write = typed.unwrap_or_else(|| WriteAsk {
            id: EntryId::new(),
            heading: newest.map(|head| head.version.heading.clone()).unwrap_or_default(),
            text: newest.map(|head| head.version.text.clone()).unwrap_or_default(),
            base: page.heads.iter().map(|head| head.version.entry).collect(),
            renders,
        });
        let mut sources = Vec::new();
        for cell in &page.others {
            for head in &cell.heads {
                let word = frame
                    .say("articles-renders-newest")
                    .with("lang", cell.lang.own_name().to_owned())
                    .with("at", head.version.at);
                sources.push(Choice::new(head.version.entry, word));
            }
        }
        // What it renders now may have been replaced; to leave it so is a choice, too.
        if let Some(old) = write.renders.map(|entry| entry.to_string())
            && !sources.iter().any(|choice| choice.value == old)
        {
            sources.push(Choice::new(old, frame.say("articles-renders-older")));
        }
        let worths = Worth::ALL
            .iter()
            .map(|worth| Choice::new(worth, frame.say(format!("articles-worth-{worth}"))))
            .collect();
        let title = format!("{} · {}", article_title(&frame, page.number), page.lang.own_name());
        CellPage { page, title, sources, worths, write, frame }
    }
}

pub(in crate::articles) async fn cell(cx: Cx<SeeArticles>) -> Reply {
    let of = place(&cx)?;
    let whole = cx.read(move |view| read(view, &of)).await?;
    cx.page(&whole, |frame| CellPage::new(frame, &whole, None))
}

pub(in crate::articles) async fn write(cx: Cx<WriteArticles>, Ask(ask): Ask<WriteAsk>) -> Reply {
    let (permit, of) = (cx.permit.clone(), place(&cx)?);
    let (here, again) = (of.clone(), of.clone());
    let written = cx
        .once(
            ask.id,
            (of.at.paper, of.number, of.lang, ask.clone()),
            move |work, (instrument, number, lang, ask)| {
                found_paper(work, &here.at)?;
                let At { place, book: cooperation, .. } = here.at;
                let versions = tables::versions(work, &place, cooperation, instrument)?;
                let WriteAsk { heading, text, base, renders, .. } = ask;
                let fact = ArticleWritten {
                    place,
                    cooperation,
                    instrument,
                    number,
                    lang,
                    heading,
                    text,
                    base,
                    renders,
                };
                work.record(&permit, &rules::write(fact, Text::new(&versions))?)?;
                Ok(())
            },
            move |view| read(view, &of),
        )
        .await;
    match written {
        Ok(whole) if whole.heads.len() > 1 => {
            cx.saved_saying(whole.own_path(), "articles-done-beside", &whole)
        }
        Ok(whole) => cx.saved_saying(whole.path("/articles"), "articles-done-written", &whole),
        Err(stop) => {
            let whole = cx.read(move |view| read(view, &again)).await?;
            cx.again(stop, |frame| CellPage::new(frame, &whole, Some(ask)))
        }
    }
}

pub(in crate::articles) async fn judge(cx: Cx<WriteArticles>, Ask(ask): Ask<JudgeAsk>) -> Reply {
    let (permit, of) = (cx.permit.clone(), place(&cx)?);
    let (here, again) = (of.clone(), of.clone());
    let judged = cx
        .once(
            ask.id,
            (of.at.paper, ask.clone()),
            move |work, (instrument, ask)| {
                found_paper(work, &here.at)?;
                let At { place, book: cooperation, .. } = here.at;
                let versions = tables::versions(work, &place, cooperation, instrument)?;
                let JudgeAsk { version, worth, .. } = ask;
                let fact = ArticleJudged { place, cooperation, instrument, version, worth };
                work.record(&permit, &rules::judge(fact, Text::new(&versions))?)?;
                Ok(())
            },
            move |view| read(view, &of),
        )
        .await;
    match judged {
        Ok(whole) => cx.saved_saying(whole.own_path(), "articles-done-judged", &whole),
        Err(stop) => {
            let whole = cx.read(move |view| read(view, &again)).await?;
            cx.again(stop, |frame| CellPage::new(frame, &whole, None))
        }
    }
}
