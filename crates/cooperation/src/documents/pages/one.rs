//! One document: what it is, to look at, to save, to take back.

use askama::Template;
use journal::Hash;
use kernel::{Deed, EntryId, Names, Stop};
use serde::{Deserialize, Serialize};
use web::{Ask, Cx, Frame, Opens, Part, Query, Reply};

use super::{path, size};
use crate::agreements::{self, Cooperation};
use crate::documents::{About, Document, KeepDocuments, Refusal, SeeDocuments, tables};

#[derive(Serialize)]
struct One {
    cooperation: Cooperation,
    #[serde(flatten)]
    document: Document,
    /// The paper that it is of.
    paper: Option<Names>,
    /// Who attached it, for those who are signed in.
    by: Option<String>,
    /// Whether its file is here.
    here: bool,
}

/// What the form about taking back says.
#[derive(Clone, Serialize, Deserialize)]
pub(in crate::documents) struct TakeBackAsk {
    id: EntryId,
    #[serde(default)]
    reason: String,
}

#[derive(Template)]
#[template(path = "documents/pages/one.html")]
struct OnePage<'a> {
    page: &'a One,
    reason: String,
    frame: Frame,
}

impl OnePage<'_> {
    fn file(&self) -> String {
        let of = &self.page.cooperation;
        path(&of.place, of.cooperation, &format!("/files/{}", self.page.document.sha256))
    }
    fn is_guarded(&self) -> bool {
        self.page.document.opens == Opens::Saved && self.page.document.media == "application/pdf"
    }
    fn size(&self) -> String {
        size(&self.frame, &self.page.document)
    }
    /// The address of what it is of, where that has a page.
    fn about_path(&self) -> Option<String> {
        match self.page.document.about {
            About::Cooperation => Some(self.page.cooperation.path("")),
            About::Paper(paper) => Some(self.page.cooperation.path(&format!("/papers/{paper}"))),
            About::Entry(_) => None,
        }
    }
    fn about(&self) -> String {
        match (&self.page.paper, self.page.document.about) {
            (Some(names), _) => names.named(self.frame.lang.code()).to_owned(),
            (None, About::Entry(_)) => self.frame.say("documents-about-entry").to_string(),
            (None, _) => self.frame.say("documents-about-cooperation").to_string(),
        }
    }
}

async fn found<D: Deed>(cx: &Cx<D>) -> Result<One, Stop> {
    let (place, book, id) = (cx.place().clone(), cx.book(), cx.param::<EntryId>("document")?);
    let is_guest = cx.visit().signed_in.is_none();
    cx.read(move |view| {
        let cooperation =
            agreements::cooperation(view, &place, book)?.ok_or(agreements::Refusal::NoCooperation)?;
        let document = tables::document(view, &place, book, id)?.ok_or(Refusal::NoDocument)?;
        let papers = agreements::instruments(view, &place, book)?;
        let paper = papers.into_iter().find(|paper| About::Paper(paper.instrument) == document.about);
        let by = if is_guest { None } else { Some(web::staff::actor_name(view, &document.actor)?) };
        let here = view.holds(&document.sha256);
        Ok(One { cooperation, document, paper: paper.map(|paper| paper.names), by, here })
    })
    .await
}

pub(in crate::documents) async fn one(cx: Cx<SeeDocuments>) -> Reply {
    let one = found(&cx).await?;
    cx.page(&one, |frame| OnePage { page: &one, reason: String::new(), frame })
}

pub(in crate::documents) async fn take_back(cx: Cx<KeepDocuments>, Ask(ask): Ask<TakeBackAsk>) -> Reply {
    let (place, book, today) = (cx.place().clone(), cx.book(), cx.today);
    let (permit, document): (_, EntryId) = (cx.permit.clone(), cx.param("document")?);
    let done = cx
        .once(
            ask.id,
            (document, ask.clone()),
            move |work, (document, ask)| {
                tables::document(work, &place, book, document)?.ok_or(Refusal::NoDocument)?;
                work.reverse(&permit, document, today, &ask.reason)?;
                Ok(())
            },
            |_| Ok(()),
        )
        .await;
    match done {
        Ok(()) => cx.saved_saying(path(cx.place(), cx.book(), ""), "documents-done-taken-back", &document),
        Err(stop) => {
            let one = found(&cx).await?;
            cx.again(stop, |frame| OnePage { page: &one, reason: ask.reason, frame })
        }
    }
}

/// Whether a reader wants to save what could be shown.
#[derive(Deserialize)]
pub(in crate::documents) struct FileAsk {
    save: Option<String>,
}

/// The bytes, for those who may see the cooperation, as long as a document with them stands in it.
pub(in crate::documents) async fn file(
    cx: Cx<SeeDocuments>,
    Query(ask): Query<FileAsk>,
    part: Part,
) -> Reply {
    let (place, book, sha256) = (cx.place().clone(), cx.book(), cx.param::<Hash>("sha256")?);
    let documents = cx.read(move |view| Ok(tables::documents(view, &place, book)?)).await?;
    let document = documents.iter().find(|document| document.sha256 == sha256).ok_or(Refusal::NoDocument)?;
    let opens = if ask.save.is_some() { Opens::Saved } else { Opens::Shown };
    cx.send(part, &document.sent(), opens).await
}
