//! The list of groups, and naming one.

use askama::Template;
use journal::View;
use kernel::{EntryId, GroupId, Permit, PlaceCode, Stop};
use serde::{Deserialize, Serialize};
use web::{Ask, Choice, Cx, Fragment, Frame, List, ListAsk, Listed, Query, Reply, SlotAt, Word};

use super::facts::Kind;
use super::rules;
use super::tables::{self, Group};
use super::{KeepGroups, SeeGroups};
use crate::{SeeVillage, places};

fn kind_key(kind: Kind) -> String {
    format!("groups-kind-{}", kind.name())
}

#[derive(Serialize)]
struct InVillage {
    groups: usize,
}

#[derive(Template)]
#[template(path = "groups/in_village.html")]
struct InVillagePart<'a> {
    frame: &'a Frame,
    village: &'a PlaceCode,
    groups: usize,
}

/// How many groups there are, on the page of the village.
pub(super) fn in_village(
    view: &mut View<'_, '_>,
    _: &Permit<SeeVillage>,
    frame: &Frame,
    at: &SlotAt,
) -> Result<Option<Fragment>, Stop> {
    let groups = tables::list(view, &at.village)?.len();
    let part = InVillagePart { frame, village: &at.village, groups };
    Ok(Some(Fragment::new("groups", &part, &InVillage { groups })?))
}

fn list_of_groups() -> List<Group> {
    List::new("groups").column("name", "groups-name", |group: &Group| group.name.clone()).column(
        "kind",
        "groups-kind",
        |group: &Group| Word::new(kind_key(group.kind)),
    )
}

#[derive(Template)]
#[template(path = "groups/list.html")]
struct ListPage {
    frame: Frame,
    village: PlaceCode,
    village_name: String,
    list: Listed,
    kinds: Vec<Choice>,
    typed: NameAsk,
}

#[derive(Default, Clone, Serialize, Deserialize)]
pub(super) struct NameAsk {
    /// Made with the form; it also becomes the id of the group.
    id: Option<EntryId>,
    kind: Option<Kind>,
    name: String,
}

impl ListPage {
    fn kind(&self) -> &'static str {
        self.typed.kind.map_or("", Kind::name)
    }
}

async fn page<D: kernel::Deed>(
    cx: &Cx<D>,
    ask: &ListAsk,
    typed: NameAsk,
) -> Result<(Listed, impl FnOnce(Frame, Listed) -> ListPage + use<D>), Stop> {
    let village = cx.place().clone();
    let at = village.clone();
    let read = cx.read(move |view| Ok((places::require_village(view, &at)?, tables::list(view, &at)?)));
    let (village_name, groups) = read.await?;
    let list = list_of_groups().of(&groups, ask, cx.voice(), cx.want);
    Ok((list, move |frame: Frame, list| {
        let kinds =
            Kind::ALL.iter().map(|kind| Choice::new(kind.name(), frame.say(kind_key(*kind)))).collect();
        ListPage { frame, village, village_name, list, kinds, typed }
    }))
}

pub(super) async fn list(cx: Cx<SeeGroups>, Query(ask): Query<ListAsk>) -> Reply {
    let (list, page) = page(&cx, &ask, NameAsk::default()).await?;
    cx.list(list, page)
}

pub(super) async fn name(cx: Cx<KeepGroups>, Ask(ask): Ask<NameAsk>) -> Reply {
    let (permit, village, typed) = (cx.permit.clone(), cx.place().clone(), ask.clone());
    let id = ask.id.unwrap_or_else(EntryId::new);
    let group = GroupId::from_bytes(id.to_bytes());
    let at = village.clone();
    let named = cx.once(
        id,
        ask,
        move |work, ask| {
            places::require_village(work, &at)?;
            let known = tables::list(work, &at)?;
            work.record(&permit, &rules::name_group(group, &at, ask.kind, &ask.name, &known)?)?;
            Ok(())
        },
        {
            let village = village.clone();
            move |view| Ok(tables::one(view, &village, group)?)
        },
    );
    match named.await {
        Ok(named) => cx.saved_saying(format!("/villages/{village}/groups"), "groups-done-named", &named),
        Err(stop) => {
            let (list, page) = page(&cx, &ListAsk::default(), typed).await?;
            cx.again(stop, |frame| page(frame, list))
        }
    }
}
