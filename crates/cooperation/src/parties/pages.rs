//! The list of parties, and naming one.

pub(super) mod contacts;
pub(super) mod signers;

use askama::Template;
use kernel::{Deed, EntryId, Names, PartyId, PlaceCode, Stop};
use serde::{Deserialize, Serialize};
use web::{Ask, Choice, Cx, Frame, List, ListAsk, Listed, Query, Reply, Word};

use super::facts::{PartyKind, PartyNamed};
use super::{KeepParties, Party, SeeContacts, SeeParties, rules, tables};

#[derive(Template)]
#[template(path = "parties/list.html")]
struct ListPage {
    frame: Frame,
    place: PlaceCode,
    list: Listed,
    kinds: Vec<Choice>,
    typed: NameAsk,
}

/// What the form says.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct NameAsk {
    /// Made with the form; it also becomes the id of the party.
    id: EntryId,
    kind: Option<PartyKind>,
    #[serde(default)]
    name_id: String,
    #[serde(default)]
    name_ko: String,
    #[serde(default)]
    name_en: String,
    #[serde(default)]
    country: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    source: String,
}

impl NameAsk {
    fn blank() -> NameAsk {
        let empty = String::new;
        NameAsk {
            id: EntryId::new(),
            kind: None,
            name_id: empty(),
            name_ko: empty(),
            name_en: empty(),
            country: empty(),
            code: empty(),
            source: empty(),
        }
    }
}

async fn found<D: Deed>(cx: &Cx<D>, ask: &ListAsk) -> Result<Listed, Stop> {
    let place = cx.place().clone();
    let parties = cx.read(move |view| Ok(tables::list(view, &place)?)).await?;
    let lang = cx.lang.code();
    let list = List::new("parties")
        .column("name", "parties-name", move |party: &Party| party.names.named(lang).to_owned());
    let here = cx.place().clone();
    // Others see the party, and no way to the persons behind it.
    let list = match cx.can::<SeeContacts>() {
        true => list.link(move |party| format!("/regions/{here}/parties/{}/contacts", party.party)),
        false => list,
    };
    Ok(list
        .column("kind", "parties-kind", |party| Word::new(format!("parties-kind-{}", party.kind)))
        .column("country", "parties-country", |party| party.country.clone())
        .column("code", "parties-code", |party| party.code.clone())
        .column("source", "parties-source", |party| party.source.clone())
        .of(&parties, ask, cx.voice(), cx.want))
}

impl ListPage {
    fn new(frame: Frame, place: PlaceCode, list: Listed, typed: NameAsk) -> ListPage {
        let word = |kind: &PartyKind| Choice::new(kind, frame.say(format!("parties-kind-{kind}")));
        let kinds = PartyKind::ALL.iter().map(word).collect();
        ListPage { frame, place, list, kinds, typed }
    }
}

pub(super) async fn list(cx: Cx<SeeParties>, Query(ask): Query<ListAsk>) -> Reply {
    let (list, place) = (found(&cx, &ask).await?, cx.place().clone());
    cx.list(list, |frame, list| ListPage::new(frame, place, list, NameAsk::blank()))
}

pub(super) async fn name(cx: Cx<KeepParties>, Ask(ask): Ask<NameAsk>) -> Reply {
    let (permit, place, party) =
        (cx.permit.clone(), cx.place().clone(), PartyId::from_bytes(ask.id.to_bytes()));
    let here = place.clone();
    let named = cx
        .once(
            ask.id,
            ask.clone(),
            move |work, ask| {
                let NameAsk { kind, name_id, name_ko, name_en, country, code, source, .. } = ask;
                let names = Names { id: name_id, ko: name_ko, en: name_en };
                let kind = kind.unwrap_or(PartyKind::Region);
                let known = tables::list(work, &place)?;
                let fact = PartyNamed { place, party, kind, names, country, code, source };
                work.record(&permit, &rules::name_party(fact, &known)?)?;
                Ok(())
            },
            move |view| Ok(tables::one(view, &here, party)?),
        )
        .await;
    let place = cx.place().clone();
    match named {
        Ok(named) => cx.saved_saying(format!("/regions/{place}/parties"), "parties-done", &named),
        Err(stop) => {
            let list = found(&cx, &ListAsk::default()).await?;
            cx.again(stop, |frame| ListPage::new(frame, place, list, ask))
        }
    }
}
