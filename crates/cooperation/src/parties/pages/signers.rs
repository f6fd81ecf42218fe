//! Which accounts may sign for which party.

use askama::Template;
use kernel::{EntryId, Names, PartyId, PlaceCode, Refused, StaffId, Stop};
use serde::{Deserialize, Serialize};
use web::{Ask, Choice, Cx, Frame, Reply};

use crate::parties::facts::{SignerDismissed, SignerNamed};
use crate::parties::rules::Refusal;
use crate::parties::{KeepParties, Party, tables};

/// An account that signs for a party.
#[derive(Debug, Clone, Serialize)]
struct Signer {
    party: PartyId,
    names: Names,
    staff: StaffId,
    handle: String,
}

#[derive(Serialize)]
struct Whole {
    signers: Vec<Signer>,
    #[serde(skip)]
    parties: Vec<Party>,
}

fn read(view: &mut journal::View<'_, '_>, place: &PlaceCode) -> Result<Whole, Stop> {
    let parties = tables::list(view, place)?;
    let mut signers = Vec::new();
    for (party, staff) in tables::signers(view, place)? {
        let Some(known) = parties.iter().find(|known| known.party == party) else { continue };
        let handle = web::staff::actor_name(view, &staff.to_string())?;
        signers.push(Signer { party, names: known.names.clone(), staff, handle });
    }
    Ok(Whole { signers, parties })
}

async fn found(cx: &Cx<KeepParties>) -> Result<Whole, Stop> {
    let place = cx.place().clone();
    cx.read(move |view| read(view, &place)).await
}

/// What the form says.
#[derive(Clone, Serialize, Deserialize)]
pub(in crate::parties) struct SignerAsk {
    id: EntryId,
    party: Option<PartyId>,
    #[serde(default)]
    account: String,
}

/// What the button beside a signer says.
#[derive(Clone, Serialize, Deserialize)]
pub(in crate::parties) struct DismissAsk {
    id: EntryId,
    party: PartyId,
    staff: StaffId,
}

#[derive(Template)]
#[template(path = "parties/pages/signers.html")]
struct SignersPage<'a> {
    page: &'a Whole,
    place: PlaceCode,
    parties: Vec<Choice>,
    party: Option<PartyId>,
    account: String,
    frame: Frame,
}

impl<'a> SignersPage<'a> {
    fn new(frame: Frame, place: PlaceCode, page: &'a Whole, typed: Option<SignerAsk>) -> SignersPage<'a> {
        let lang = frame.lang.code();
        let named = |party: &Party| Choice::new(party.party, party.names.named(lang));
        let parties = page.parties.iter().map(named).collect();
        let (party, account) = typed.map(|typed| (typed.party, typed.account)).unwrap_or_default();
        SignersPage { page, place, parties, party, account, frame }
    }
}

pub(in crate::parties) async fn list(cx: Cx<KeepParties>) -> Reply {
    let (whole, place) = (found(&cx).await?, cx.place().clone());
    cx.page(&whole, |frame| SignersPage::new(frame, place, &whole, None))
}

pub(in crate::parties) async fn name(cx: Cx<KeepParties>, Ask(ask): Ask<SignerAsk>) -> Reply {
    let (permit, place, here) = (cx.permit.clone(), cx.place().clone(), cx.place().clone());
    let named = cx
        .once(
            ask.id,
            ask.clone(),
            move |work, ask| {
                let no_party = || Refused::from(Refusal::NoParty).in_field("party");
                let party = ask.party.ok_or_else(no_party)?;
                tables::one(work, &place, party)?.ok_or_else(no_party)?;
                let handle = ask.account.trim().to_owned();
                let account = web::staff::account_named(work, &handle)?.filter(|account| !account.closed);
                let account = account
                    .ok_or_else(|| Refused::from(Refusal::NoAccount { handle }).in_field("account"))?;
                if tables::signers(work, &place)?.contains(&(party, account.staff)) {
                    return Err(Refused::from(Refusal::SignsBefore).in_field("account").into());
                }
                work.record(&permit, &SignerNamed { place, party, staff: account.staff })?;
                Ok(())
            },
            move |view| read(view, &here),
        )
        .await;
    after(&cx, named, "parties-done-signer", Some(ask)).await
}

pub(in crate::parties) async fn dismiss(cx: Cx<KeepParties>, Ask(ask): Ask<DismissAsk>) -> Reply {
    let (permit, place, here) = (cx.permit.clone(), cx.place().clone(), cx.place().clone());
    let dismissed = cx
        .once(
            ask.id,
            ask,
            move |work, DismissAsk { party, staff, .. }| {
                if !tables::signers(work, &place)?.contains(&(party, staff)) {
                    return Err(Refusal::DoesNotSign.into());
                }
                work.record(&permit, &SignerDismissed { place, party, staff })?;
                Ok(())
            },
            move |view| read(view, &here),
        )
        .await;
    after(&cx, dismissed, "parties-done-dismissed", None).await
}

async fn after(
    cx: &Cx<KeepParties>,
    done: Result<Whole, Stop>,
    saying: &'static str,
    typed: Option<SignerAsk>,
) -> Reply {
    let place = cx.place().clone();
    match done {
        Ok(whole) => cx.saved_saying(format!("/regions/{place}/parties/signers"), saying, &whole),
        Err(stop) => {
            let whole = found(cx).await?;
            cx.again(stop, |frame| SignersPage::new(frame, place, &whole, typed))
        }
    }
}
