//! All documents of a cooperation, and the form that attaches one.

use askama::Template;
use kernel::{Deed, EntryId, Stop};
use serde::{Deserialize, Serialize};
use web::list::Value;
use web::{Attachment, Choice, Cx, Field, Frame, List, ListAsk, Listed, Query, Reply, Sent, Upload, Word};

use super::{path, size};
use crate::agreements::{self, Cooperation, Instrument};
use crate::documents::{
    About, Caption, Document, KeepDocuments, Language, SeeDocuments, attach, file_field, tables,
};

#[derive(Serialize)]
struct All {
    cooperation: Cooperation,
    documents: Vec<Document>,
    #[serde(skip)]
    papers: Vec<Instrument>,
}

/// What the address says beside the list.
#[derive(Default, Deserialize)]
pub(in crate::documents) struct AboutAsk {
    about: Option<About>,
}

/// What the form says.
#[derive(Clone, Serialize, Deserialize)]
struct AttachAsk {
    id: EntryId,
    about: About,
    caption: Caption,
    sent: Sent,
}

/// What was typed beside the file.
#[derive(Default, Deserialize)]
struct Typed {
    id: Option<EntryId>,
    about: Option<About>,
    #[serde(default)]
    title: String,
    language: Option<Language>,
    #[serde(default)]
    pages: String,
}

impl Typed {
    fn about(&self) -> About {
        self.about.unwrap_or(About::Cooperation)
    }
    fn caption(&self) -> Result<Caption, Stop> {
        let pages = match self.pages.trim() {
            "" => None,
            pages => Some(u32::try_from(web::number::whole("pages", pages)?).unwrap_or(u32::MAX)),
        };
        Ok(Caption { title: self.title.clone(), language: self.language, pages })
    }
}

#[derive(Template)]
#[template(path = "documents/pages/all.html")]
struct AllPage<'a> {
    page: &'a All,
    list: Listed,
    abouts: Vec<Choice>,
    languages: Vec<Choice>,
    typed: Typed,
    frame: Frame,
}

impl<'a> AllPage<'a> {
    fn new(frame: Frame, page: &'a All, typed: Typed, list: Listed) -> AllPage<'a> {
        let lang = frame.lang.code();
        let whole = Choice::new(About::Cooperation, frame.say("documents-about-cooperation"));
        let paper = |paper: &Instrument| Choice::new(About::Paper(paper.instrument), paper.names.named(lang));
        let abouts = std::iter::once(whole).chain(page.papers.iter().map(paper)).collect();
        let language =
            |language: &Language| Choice::new(language, frame.say(format!("documents-language-{language}")));
        let languages = Language::ALL.iter().map(language).collect();
        AllPage { page, list, abouts, languages, typed, frame }
    }
    fn file_field(&self) -> Field {
        file_field(&self.frame).required()
    }
}

fn list_of(all: &All, cx: &Cx<impl Deed>, ask: &ListAsk) -> Listed {
    let (lang, frame, papers) = (cx.lang.code(), cx.frame(), all.papers.clone());
    let whole = frame.say("documents-about-cooperation").to_string();
    let other = frame.say("documents-about-entry").to_string();
    let (place, book) = (cx.place().clone(), cx.book());
    List::new("documents")
        .column("title", "documents-name", |document: &Document| document.title.clone())
        .link(move |document| path(&place, book, &format!("/{}", document.document)))
        .column("about", "documents-about", move |document| match document.about {
            About::Cooperation => whole.clone(),
            About::Paper(paper) => {
                let found = papers.iter().find(|known| known.instrument == paper);
                found.map_or_else(String::new, |paper| paper.names.named(lang).to_owned())
            }
            About::Entry(_) => other.clone(),
        })
        .column("language", "documents-language", |document| match document.language {
            Some(language) => Value::from(Word::new(format!("documents-language-{language}"))),
            None => Value::Empty,
        })
        .column("size", "documents-size", move |document| size(&frame, document))
        .column("at", "documents-at", |document| document.at)
        .of(&all.documents, ask, cx.voice(), cx.want)
}

async fn found<D: Deed>(cx: &Cx<D>) -> Result<All, Stop> {
    let (place, book) = (cx.place().clone(), cx.book());
    cx.read(move |view| {
        let cooperation =
            agreements::cooperation(view, &place, book)?.ok_or(agreements::Refusal::NoCooperation)?;
        let documents = tables::documents(view, &place, book)?;
        let papers = agreements::instruments(view, &place, book)?;
        Ok(All { cooperation, documents, papers })
    })
    .await
}

pub(in crate::documents) async fn list(
    cx: Cx<SeeDocuments>,
    Query(ask): Query<ListAsk>,
    Query(about): Query<AboutAsk>,
) -> Reply {
    let all = found(&cx).await?;
    let list = list_of(&all, &cx, &ask);
    cx.page_and_list(&all, list, |frame, list| {
        AllPage::new(frame, &all, Typed { about: about.about, ..Typed::default() }, list)
    })
}

pub(in crate::documents) async fn add(cx: Cx<KeepDocuments>, Attachment(upload): Attachment) -> Reply {
    let typed = upload.ask::<Typed>()?;
    match added(&cx, &typed, upload).await {
        Ok(document) => {
            let location = path(cx.place(), cx.book(), &format!("/{}", document.document));
            cx.saved_saying(location, "documents-done-attached", &document)
        }
        Err(stop) => {
            let all = found(&cx).await?;
            let list = list_of(&all, &cx, &ListAsk::default());
            cx.again(stop, |frame| AllPage::new(frame, &all, typed, list))
        }
    }
}

async fn added(cx: &Cx<KeepDocuments>, typed: &Typed, upload: Upload) -> Result<Document, Stop> {
    let (id, about) = (typed.id.unwrap_or_else(EntryId::new), typed.about());
    let caption = typed.caption()?;
    let sent = cx.keep(upload.file("file")?, "file").await?;
    let (permit, place, book) = (cx.permit.clone(), cx.place().clone(), cx.book());
    cx.once(
        id,
        AttachAsk { id, about, caption, sent },
        move |work, ask| attach(work, &permit, ask.about, ask.sent, ask.caption).map(drop),
        move |view| {
            Ok(tables::document(view, &place, book, id)?.ok_or(crate::documents::Refusal::NoDocument)?)
        },
    )
    .await
}
