//! What was agreed: the frozen text with its hash, who has signed it and who has not, and signing it.

use std::collections::BTreeMap;

use askama::Template;
use journal::{Hash, View};
use kernel::{
    ActorKind, BookId, Day, Deed, EntryId, Instant, InstrumentId, Names, PartyId, Permit, PlaceCode, StaffId,
    Stop,
};
use serde::{Deserialize, Serialize};
use web::{Ask, Choice, Cx, Fragment, Frame, Reply, SlotAt};

use super::facts::TextSigned;
use super::rules::{self, Signer, canonical, missing};
use super::tables::{self, Frozen, Signature};
use super::{FreezeText, SeeAgreed};
use crate::agreements::{self, Cooperation, Instrument, InstrumentSigned, SignPapers};
use crate::articles::{self, Text, Version};
use crate::parties;

/// Which paper, for whom.
#[derive(Debug, Clone)]
struct At {
    place: PlaceCode,
    book: BookId,
    paper: InstrumentId,
    /// The account that reads, if it signed in.
    staff: Option<StaffId>,
}

fn at<D: Deed>(cx: &Cx<D>) -> Result<At, Stop> {
    let staff = cx.visit().signed_in.as_ref().map(|person| person.staff);
    Ok(At { place: cx.place().clone(), book: cx.book(), paper: cx.param("paper")?, staff })
}

/// A party that signs.
#[derive(Debug, Clone, Serialize)]
struct Signatory {
    party: PartyId,
    names: Names,
    /// When it signed.
    signed: Option<Instant>,
    /// The account that did, for those who signed in.
    by: Option<String>,
}

/// A frozen text, and who has signed it.
#[derive(Debug, Clone, Serialize)]
struct Shown {
    #[serde(flatten)]
    frozen: Frozen,
    signatories: Vec<Signatory>,
    /// Since when each party has signed.
    agreed: Option<Instant>,
    /// The rendering that is hashed.
    canonical: String,
    #[serde(skip)]
    rows: Vec<Vec<Version>>,
}

/// What was agreed of a paper.
#[derive(Debug, Clone, Serialize)]
struct Whole {
    cooperation: Cooperation,
    paper: Instrument,
    /// The text that is to be signed.
    frozen: Option<Shown>,
    /// What was frozen before it, the newest first.
    before: Vec<Shown>,
    /// Whether the text was changed after it was frozen.
    changed: bool,
    /// For whom this reader may sign it.
    #[serde(skip)]
    mine: Vec<PartyId>,
}

impl Whole {
    fn path(&self, page: &str) -> String {
        self.cooperation.path(&format!("/papers/{}{page}", self.paper.instrument))
    }
}

fn show(
    view: &mut View<'_, '_>,
    at: &At,
    frozen: Frozen,
    versions: &[Version],
    signatures: &[Signature],
) -> Result<Shown, Stop> {
    let text = Text::new(versions);
    let own: Vec<&Version> = frozen.versions.iter().filter_map(|entry| text.version(*entry)).collect();
    let canonical = canonical(at.paper, &frozen.names, &frozen.authentic, &own);
    let mut signatories = Vec::new();
    for party in &frozen.parties {
        let names = parties::one(view, &at.place, *party)?.map(|party| party.names).unwrap_or_default();
        let signature = signatures.iter().find(|it| it.frozen == frozen.entry && it.party == *party);
        let by = match (signature, at.staff) {
            (Some(signature), Some(_)) => Some(web::staff::actor_name(view, &signature.actor)?),
            _ => None,
        };
        signatories.push(Signatory { party: *party, names, signed: signature.map(|it| it.at), by });
    }
    let is_agreed = missing(&frozen, signatures).is_empty();
    let last = signatories.iter().filter_map(|signatory| signatory.signed).max();
    let mut rows: BTreeMap<i64, Vec<Version>> = BTreeMap::new();
    for version in own {
        rows.entry(version.number).or_default().push(version.clone());
    }
    let rows = rows.into_values().collect();
    Ok(Shown { frozen, signatories, agreed: last.filter(|_| is_agreed), canonical, rows })
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
    let versions = articles::versions(view, &at.place, at.book, at.paper)?;
    let signatures = tables::signatures(view, &at.place, at.book, at.paper)?;
    let now = tables::live(view, &at.place, at.book, &paper, &versions)?.sha256();
    let mut shown = Vec::new();
    for frozen in tables::frozen(view, &at.place, at.book, at.paper)? {
        shown.push(show(view, at, frozen, &versions, &signatures)?);
    }
    let mut shown = shown.into_iter();
    let (frozen, before) = (shown.next(), shown.collect());
    let changed = frozen.as_ref().is_some_and(|it| it.frozen.sha256 != now);
    let mut mine = Vec::new();
    if let (Some(staff), Some(it)) = (at.staff, &frozen) {
        let open = missing(&it.frozen, &signatures);
        let signers = parties::signers(view, &at.place)?;
        mine.extend(open.into_iter().filter(|party| signers.contains(&(*party, staff))));
    }
    Ok(Whole { cooperation, paper, frozen, before, changed, mine })
}

/// On the page of the paper.
#[derive(Template)]
#[template(path = "agreed/pages/in_paper.html")]
struct InPaper<'a> {
    frame: &'a Frame,
    page: &'a Whole,
}

/// Who has signed, on the page of the paper.
pub(super) fn in_paper(
    view: &mut View<'_, '_>,
    _: &Permit<SeeAgreed>,
    frame: &Frame,
    at: &SlotAt,
) -> Result<Option<Fragment>, Stop> {
    let (Some(book), Some(paper)) = (at.book, at.instrument) else { return Ok(None) };
    let at = At { place: at.village.clone(), book, paper, staff: None };
    let page = read(view, &at)?;
    if page.frozen.is_none() && !frame.may("agreed.freeze") {
        return Ok(None);
    }
    let data = serde_json::json!({
        "sha256": page.frozen.as_ref().map(|it| it.frozen.sha256),
        "agreed": page.frozen.as_ref().and_then(|it| it.agreed),
        "changed": page.changed,
    });
    Ok(Some(Fragment::new("agreed", &InPaper { frame, page: &page }, &data)?))
}

/// What the form about freezing says.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct FreezeAsk {
    id: EntryId,
}

/// What the form about signing says.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct SignAsk {
    id: EntryId,
    frozen: EntryId,
    /// What stood on the page that was signed.
    sha256: Hash,
    party: PartyId,
}

#[derive(Template)]
#[template(path = "agreed/pages/agreed.html")]
struct AgreedPage<'a> {
    page: &'a Whole,
    mine: Vec<Choice>,
    frame: Frame,
}

impl<'a> AgreedPage<'a> {
    fn new(frame: Frame, page: &'a Whole) -> AgreedPage<'a> {
        let lang = frame.lang.code();
        let signatories = page.frozen.iter().flat_map(|it| &it.signatories);
        let mine = signatories
            .filter(|it| page.mine.contains(&it.party))
            .map(|it| Choice::new(it.party, it.names.named(lang)))
            .collect();
        AgreedPage { page, mine, frame }
    }
}

pub(super) async fn agreed(cx: Cx<SeeAgreed>) -> Reply {
    let at = at(&cx)?;
    let whole = cx.read(move |view| read(view, &at)).await?;
    cx.page(&whole, |frame| AgreedPage::new(frame, &whole))
}

pub(super) async fn freeze(cx: Cx<FreezeText>, Ask(ask): Ask<FreezeAsk>) -> Reply {
    let (permit, at) = (cx.permit.clone(), at(&cx)?);
    let (here, again) = (at.clone(), at.clone());
    let frozen = cx
        .once(
            ask.id,
            (at.paper, ask),
            move |work, _| {
                let (_, paper) = found_paper(work, &here)?;
                let versions = articles::versions(work, &here.place, here.book, here.paper)?;
                let live = tables::live(work, &here.place, here.book, &paper, &versions)?;
                let before = tables::frozen(work, &here.place, here.book, here.paper)?;
                work.record(&permit, &rules::freeze(&live, before.first())?)?;
                Ok(())
            },
            move |view| read(view, &at),
        )
        .await;
    after(&cx, again, frozen, "agreed-done-frozen").await
}

pub(super) async fn sign(cx: Cx<SignPapers>, Ask(ask): Ask<SignAsk>) -> Reply {
    let (permit, at, today) = (cx.permit.clone(), at(&cx)?, cx.today);
    let (here, again) = (at.clone(), at.clone());
    let signed = cx
        .once(
            ask.id,
            (at.paper, ask),
            move |work, (_, ask)| book_signature(work, &permit, here, ask, today),
            move |view| read(view, &at),
        )
        .await;
    after(&cx, again, signed, "agreed-done-signed").await
}

/// The signature and, with the last one, the day on which the paper was signed.
fn book_signature(
    work: &mut journal::Work<'_, '_>,
    permit: &Permit<SignPapers>,
    at: At,
    ask: SignAsk,
    today: Day,
) -> Result<(), Stop> {
    found_paper(work, &at)?;
    let frozen = tables::frozen(work, &at.place, at.book, at.paper)?;
    let signatures = tables::signatures(work, &at.place, at.book, at.paper)?;
    let signer = match permit.actor() {
        ActorKind::Staff(staff) if parties::signers(work, &at.place)?.contains(&(ask.party, staff)) => {
            Signer::Named
        }
        ActorKind::Staff(_) | ActorKind::Guest | ActorKind::Operator => Signer::NotNamed,
    };
    let At { place, book: cooperation, paper: instrument, .. } = at;
    let SignAsk { frozen: wanted, sha256, party, .. } = ask;
    let asked = TextSigned { place: place.clone(), cooperation, instrument, frozen: wanted, sha256, party };
    work.record(permit, &rules::sign(asked, frozen.first(), &signatures, signer)?)?;
    let signatures = tables::signatures(work, &place, cooperation, instrument)?;
    if frozen.first().is_some_and(|frozen| missing(frozen, &signatures).is_empty()) {
        work.record(permit, &InstrumentSigned { place, cooperation, instrument, day: today })?;
    }
    Ok(())
}

/// The page with what was saved or why it was not.
async fn after<D: Deed>(cx: &Cx<D>, at: At, done: Result<Whole, Stop>, saying: &'static str) -> Reply {
    match done {
        Ok(whole) => cx.saved_saying(whole.path("/agreed"), saying, &whole),
        Err(stop) => {
            let whole = cx.read(move |view| read(view, &at)).await?;
            cx.again(stop, |frame| AgreedPage::new(frame, &whole))
        }
    }
}
