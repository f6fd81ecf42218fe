//! The articles of a paper, one a row, its languages side by side.

pub(super) mod cell;

use std::fmt::Display;

use askama::Template;
use journal::View;
use kernel::{BookId, Deed, EntryId, Instant, InstrumentId, Permit, PlaceCode, Stop};
use serde::{Deserialize, Serialize};
use web::{Ask, Cx, Fragment, Frame, Lang, Reply, SlotAt};

use super::facts::*;
use super::rules::{NUMBER_MAX, Text};
use super::tables::{self, Judgement, Version};
use super::{SeeArticles, WriteArticles};
use crate::agreements::{self, Cooperation, Instrument};

/// Whose text is read, and by whom.
#[derive(Debug, Clone)]
struct At {
    place: PlaceCode,
    book: BookId,
    paper: InstrumentId,
    reader: Reader,
}

/// Who reads: only those who signed in see who wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reader {
    Guest,
    SignedIn,
}

fn at<D: Deed>(cx: &Cx<D>) -> Result<At, Stop> {
    let reader = if cx.visit().signed_in.is_some() { Reader::SignedIn } else { Reader::Guest };
    Ok(At { place: cx.place().clone(), book: cx.book(), paper: cx.param("paper")?, reader })
}

/// A version with what was said of it.
#[derive(Debug, Clone, Serialize)]
struct Shown {
    #[serde(flatten)]
    version: Version,
    worth: Worth,
    /// The language behind which it lags.
    behind: Option<Tongue>,
    judged_at: Option<Instant>,
    written_by: Option<String>,
    judged_by: Option<String>,
}

impl Shown {
    /// Who wrote it and when, who judged it and when: in one sentence each.
    fn told(&self, frame: &Frame) -> String {
        let name = |name: &Option<String>| match name.as_deref() {
            None => String::new(),
            Some("operator") => frame.say("articles-operator").to_string(),
            Some(handle) => handle.to_owned(),
        };
        let at = self.version.at;
        let written = match &self.written_by {
            None => frame.say("articles-was-written").with("at", at),
            by => frame.say("articles-was-written-by").with("by", name(by)).with("at", at),
        };
        let judged = self.judged_at.map(|at| match &self.judged_by {
            None => frame.say("articles-was-judged").with("at", at),
            by => frame.say("articles-was-judged-by").with("by", name(by)).with("at", at),
        });
        format!("{written} {}", judged.map(|told| told.to_string()).unwrap_or_default()).trim_end().to_owned()
    }
    fn worth_word(&self) -> String {
        format!("articles-worth-{}", self.worth)
    }
    fn worth_class(&self) -> &'static str {
        match self.worth {
            Worth::Draft => "info",
            Worth::Checked | Worth::Agreed => "ok",
        }
    }
    fn behind_told(&self, frame: &Frame) -> Option<String> {
        let lang = self.behind?.own_name();
        Some(frame.say("articles-is-behind").with("lang", lang.to_owned()).to_string())
    }
}

impl Tongue {
    /// What the language calls itself.
    fn own_name(self) -> &'static str {
        Lang::named(self.name()).map_or("", Lang::own_name)
    }
}

/// The number of an article as a heading.
fn article_title(frame: &Frame, number: i64) -> String {
    match number {
        0 => frame.say("articles-preamble").to_string(),
        number => frame.say("articles-article").with("number", number).to_string(),
    }
}

/// An article in one language.
#[derive(Debug, Clone, Serialize)]
struct Cell {
    lang: Tongue,
    /// The newest version; several where people wrote at once.
    heads: Vec<Shown>,
}

#[derive(Debug, Clone, Serialize)]
struct Article {
    number: i64,
    cells: Vec<Cell>,
}

impl Article {
    fn title(&self, frame: &Frame) -> String {
        article_title(frame, self.number)
    }
}

/// The text of a paper.
#[derive(Debug, Clone, Serialize)]
struct Whole {
    cooperation: Cooperation,
    paper: Instrument,
    /// Its authentic languages.
    authentic: Vec<Tongue>,
    articles: Vec<Article>,
}

impl Whole {
    fn path(&self, page: &str) -> String {
        self.cooperation.path(&format!("/papers/{}{page}", self.paper.instrument))
    }
    fn cell_path(&self, number: impl Display, lang: impl Display) -> String {
        self.path(&format!("/articles/{number}/{lang}"))
    }
    fn is_authentic(&self, lang: Tongue) -> bool {
        self.authentic.contains(&lang)
    }
    fn behind(&self) -> usize {
        let cells = self.articles.iter().flat_map(|article| &article.cells);
        cells.filter(|cell| cell.heads.iter().any(|head| head.behind.is_some())).count()
    }
    /// The number for a new article.
    fn next(&self) -> Option<i64> {
        let next = self.articles.last().map_or(1, |article| article.number + 1);
        (next <= NUMBER_MAX).then_some(next)
    }
    fn has_preamble(&self) -> bool {
        self.articles.first().is_some_and(|article| article.number == 0)
    }
}

/// Versions with what was said of them, for a reader.
struct Shower<'v> {
    text: Text<'v>,
    judgements: Vec<Judgement>,
    reader: Reader,
}

impl<'v> Shower<'v> {
    fn show(&self, view: &mut View<'_, '_>, version: &'v Version) -> Result<Shown, Stop> {
        let judged = self.judgements.iter().rev().find(|judgement| judgement.version == version.entry);
        let mut name = |actor: &str| match self.reader {
            Reader::Guest => Ok(None),
            Reader::SignedIn => web::staff::actor_name(view, actor).map(Some),
        };
        Ok(Shown {
            worth: judged.map_or(Worth::Draft, |judged| judged.worth),
            behind: self.text.behind(version),
            judged_at: judged.map(|judged| judged.at),
            written_by: name(&version.actor)?,
            judged_by: judged.map(|judged| name(&judged.actor)).transpose()?.flatten(),
            version: version.clone(),
        })
    }
    fn all(&self, view: &mut View<'_, '_>, versions: Vec<&'v Version>) -> Result<Vec<Shown>, Stop> {
        versions.into_iter().map(|version| self.show(view, version)).collect()
    }
}

fn found_paper(view: &mut View<'_, '_>, at: &At) -> Result<(Cooperation, Instrument), Stop> {
    let cooperation =
        agreements::cooperation(view, &at.place, at.book)?.ok_or(agreements::Refusal::NoCooperation)?;
    let papers = agreements::instruments(view, &at.place, at.book)?;
    let paper = papers.into_iter().find(|paper| paper.instrument == at.paper);
    Ok((cooperation, paper.ok_or(agreements::Refusal::NoPaper)?))
}

fn read(view: &mut View<'_, '_>, at: &At) -> Result<Whole, Stop> {
    let (cooperation, paper) = found_paper(view, at)?;
    let versions = tables::versions(view, &at.place, at.book, at.paper)?;
    let judgements = tables::judgements(view, &at.place, at.book, at.paper)?;
    let shower = Shower { text: Text::new(&versions), judgements, reader: at.reader };
    let mut articles = Vec::new();
    for number in shower.text.numbers() {
        let mut cells = Vec::new();
        for lang in Tongue::ALL.iter().copied() {
            cells.push(Cell { lang, heads: shower.all(view, shower.text.heads(number, lang))? });
        }
        articles.push(Article { number, cells });
    }
    let authentic = tables::authentic(view, &at.place, at.book, at.paper)?;
    Ok(Whole { cooperation, paper, authentic, articles })
}

/// On the page of the paper.
#[derive(Template)]
#[template(path = "articles/pages/in_paper.html")]
struct InPaper<'a> {
    frame: &'a Frame,
    page: &'a Whole,
}

/// How many articles a paper has and how many translations lag behind, on its page.
pub(super) fn in_paper(
    view: &mut View<'_, '_>,
    _: &Permit<SeeArticles>,
    frame: &Frame,
    at: &SlotAt,
) -> Result<Option<Fragment>, Stop> {
    let (Some(book), Some(paper)) = (at.book, at.instrument) else { return Ok(None) };
    let at = At { place: at.village.clone(), book, paper, reader: Reader::Guest };
    let page = read(view, &at)?;
    if page.articles.is_empty() && !frame.may("articles.write") {
        return Ok(None);
    }
    let counts = serde_json::json!({ "articles": page.articles.len(), "behind": page.behind() });
    Ok(Some(Fragment::new("articles", &InPaper { frame, page: &page }, &counts)?))
}

#[derive(Template)]
#[template(path = "articles/pages/side_by_side.html")]
struct SideBySide<'a> {
    frame: Frame,
    page: &'a Whole,
}

/// What the form about authentic languages says.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct AuthenticAsk {
    id: EntryId,
    #[serde(default)]
    lang_id: bool,
    #[serde(default)]
    lang_ko: bool,
    #[serde(default)]
    lang_en: bool,
}

pub(super) async fn side_by_side(cx: Cx<SeeArticles>) -> Reply {
    let at = at(&cx)?;
    let whole = cx.read(move |view| read(view, &at)).await?;
    cx.page(&whole, |frame| SideBySide { frame, page: &whole })
}

pub(super) async fn authentic(cx: Cx<WriteArticles>, Ask(ask): Ask<AuthenticAsk>) -> Reply {
    let (permit, at) = (cx.permit.clone(), at(&cx)?);
    let again = at.clone();
    let named = cx
        .once(
            ask.id,
            (at.paper, ask.clone()),
            move |work, (_, ask)| {
                found_paper(work, &at)?;
                let chosen = [
                    (Tongue::Indonesian, ask.lang_id),
                    (Tongue::Korean, ask.lang_ko),
                    (Tongue::English, ask.lang_en),
                ];
                let langs = chosen.into_iter().filter_map(|(lang, is)| is.then_some(lang)).collect();
                let At { place, book: cooperation, paper: instrument, .. } = at;
                work.record(&permit, &AuthenticNamed { place, cooperation, instrument, langs })?;
                Ok(())
            },
            move |view| read(view, &again),
        )
        .await?;
    cx.saved_saying(named.path("/articles"), "articles-done-authentic", &named)
}
