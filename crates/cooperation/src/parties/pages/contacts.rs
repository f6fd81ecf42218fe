//! Whom to write to or call at a party. Names are personal data: sealed with a key for each person, and erased with it.

use askama::Template;
use journal::{BackupDue, Context, KeyId, Via, View, backup_due};
use kernel::{Deed, EntryId, PartyId, PersonId, PlaceCode, Refused, Stop};
use people::households::Ground;
use serde::{Deserialize, Serialize};
use web::{Ask, Choice, Cx, Frame, Reply};

use crate::parties::facts::{ContactNamed, ContactRegistered};
use crate::parties::rules::{self, Refusal};
use crate::parties::{EraseContacts, KeepContacts, Party, SeeContacts, tables};

/// A person at a party.
#[derive(Debug, Clone, Serialize)]
struct Contact {
    contact: PersonId,
    #[serde(skip)]
    key: KeyId,
    /// Nothing when it was erased.
    known: Option<ContactNamed>,
}

#[derive(Debug, Clone, Serialize)]
struct Whole {
    party: Party,
    contacts: Vec<Contact>,
    #[serde(skip)]
    place: PlaceCode,
}

impl Whole {
    fn path(&self) -> String {
        format!("/regions/{}/parties/{}/contacts", self.place, self.party.party)
    }
    fn contact_path(&self, contact: &PersonId) -> String {
        format!("{}/{contact}", self.path())
    }
}

fn read(view: &mut View<'_, '_>, place: &PlaceCode, party: PartyId) -> Result<Whole, Stop> {
    let party = tables::one(view, place, party)?.ok_or(Refusal::NoContact)?;
    let mut contacts = Vec::new();
    for row in tables::contacts(view, place, party.party)? {
        let known = match row.entry {
            Some(entry) => view.payload::<ContactNamed>(entry)?,
            None => None,
        };
        contacts.push(Contact { contact: row.contact, key: row.key, known });
    }
    Ok(Whole { party, contacts, place: place.clone() })
}

async fn found<D: Deed>(cx: &Cx<D>) -> Result<Whole, Stop> {
    let (place, party) = (cx.place().clone(), cx.param("party")?);
    cx.read(move |view| read(view, &place, party)).await
}

/// What the form about a person says.
#[derive(Clone, Serialize, Deserialize)]
pub(in crate::parties) struct ContactAsk {
    id: EntryId,
    #[serde(default)]
    name: String,
    #[serde(default)]
    post: String,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    email: String,
}

impl ContactAsk {
    fn of(known: Option<&ContactNamed>) -> ContactAsk {
        let text = |text: fn(&ContactNamed) -> &String| known.map(|it| text(it).clone()).unwrap_or_default();
        ContactAsk {
            id: EntryId::new(),
            name: text(|it| &it.name),
            post: text(|it| &it.post),
            phone: text(|it| &it.phone),
            email: text(|it| &it.email),
        }
    }
    fn fact(self, place: PlaceCode, contact: PersonId) -> Result<ContactNamed, Refused> {
        let ContactAsk { name, post, phone, email, .. } = self;
        rules::name_contact(ContactNamed { place, contact, name, post, phone, email })
    }
}

#[derive(Template)]
#[template(path = "parties/pages/contacts.html")]
struct ContactsPage<'a> {
    page: &'a Whole,
    typed: ContactAsk,
    frame: Frame,
}

#[derive(Template)]
#[template(path = "parties/pages/contact.html")]
struct ContactPage<'a> {
    page: &'a Whole,
    contact: &'a Contact,
    typed: ContactAsk,
    frame: Frame,
}

pub(in crate::parties) async fn list(cx: Cx<SeeContacts>) -> Reply {
    let whole = found(&cx).await?;
    cx.page(&whole, |frame| ContactsPage { page: &whole, typed: ContactAsk::of(None), frame })
}

/// The sealed fact comes first: what was asked for is hashed with it, and a hash of a name in the open could be guessed.
pub(in crate::parties) async fn register(cx: Cx<KeepContacts>, Ask(ask): Ask<ContactAsk>) -> Reply {
    let (permit, place, party) = (cx.permit.clone(), cx.place().clone(), cx.param::<PartyId>("party")?);
    let (here, contact) = (place.clone(), PersonId::from_bytes(ask.id.to_bytes()));
    let registered = cx
        .once(
            ask.id,
            (party, ask.clone()),
            move |work, (party, ask)| {
                tables::one(work, &place, party)?.ok_or(Refusal::NoContact)?;
                let fact = ask.fact(place.clone(), contact)?;
                let key = work.make_key()?;
                work.record_sealed(&permit, key, &fact)?;
                work.record(&permit, &ContactRegistered { place, party, contact, key })?;
                Ok(())
            },
            move |view| read(view, &here, party),
        )
        .await;
    match registered {
        Ok(whole) => cx.saved_saying(whole.path(), "parties-done-contact", &whole),
        Err(stop) => {
            let whole = found(&cx).await?;
            cx.again(stop, |frame| ContactsPage { page: &whole, typed: ask, frame })
        }
    }
}

fn one<'w, D: Deed>(cx: &Cx<D>, whole: &'w Whole) -> Result<&'w Contact, Stop> {
    let wanted: PersonId = cx.param("contact")?;
    let found = whole.contacts.iter().find(|contact| contact.contact == wanted);
    found.ok_or_else(|| Refusal::NoContact.into())
}

pub(in crate::parties) async fn contact(cx: Cx<SeeContacts>) -> Reply {
    let whole = found(&cx).await?;
    let contact = one(&cx, &whole)?;
    let typed = ContactAsk::of(contact.known.as_ref());
    cx.page(contact, |frame| ContactPage { page: &whole, contact, typed, frame })
}

pub(in crate::parties) async fn rename(cx: Cx<KeepContacts>, Ask(ask): Ask<ContactAsk>) -> Reply {
    let whole = found(&cx).await?;
    let known = one(&cx, &whole)?;
    let (permit, place, contact, key) = (cx.permit.clone(), cx.place().clone(), known.contact, known.key);
    let (here, party) = (place.clone(), whole.party.party);
    let was_erased = known.known.is_none();
    let renamed = cx
        .once(
            ask.id,
            (contact, ask.clone()),
            move |work, (contact, ask)| {
                if was_erased {
                    return Err(Refusal::ErasedBefore.into());
                }
                work.record_sealed(&permit, key, &ask.fact(place, contact)?)?;
                Ok(())
            },
            move |view| read(view, &here, party),
        )
        .await;
    match renamed {
        Ok(whole) => cx.saved_saying(whole.path(), "parties-done-contact", &whole),
        Err(stop) => cx.again(stop, |frame| ContactPage { page: &whole, contact: known, typed: ask, frame }),
    }
}

/// What the form about erasing says.
#[derive(Default, Clone, Deserialize)]
pub(in crate::parties) struct EraseAsk {
    ground: Option<Ground>,
    #[serde(default)]
    confirmed: bool,
}

#[derive(Serialize)]
struct Erasing {
    /// Whether somebody was erased since the last backup.
    backup_due: Option<BackupDue>,
    contact: Contact,
}

#[derive(Template)]
#[template(path = "parties/pages/erase.html")]
struct ErasePage<'a> {
    page: &'a Whole,
    it: &'a Erasing,
    grounds: Vec<Choice>,
    typed: EraseAsk,
    frame: Frame,
}

impl<'a> ErasePage<'a> {
    fn new(frame: Frame, page: &'a Whole, it: &'a Erasing, typed: EraseAsk) -> ErasePage<'a> {
        let word = |ground: Ground| frame.say(format!("households-ground-{}", ground.name())).to_string();
        let grounds = Ground::ALL.map(|ground| Choice::new(ground.name(), word(ground))).to_vec();
        ErasePage { page, it, grounds, typed, frame }
    }
    fn ground(&self) -> &'static str {
        self.typed.ground.map_or("", Ground::name)
    }
}

async fn erasing(cx: &Cx<EraseContacts>) -> Result<(Whole, Erasing), Stop> {
    let whole = found(cx).await?;
    let contact = one(cx, &whole)?.clone();
    let backup_due = cx.read(|view| Ok(backup_due(view)?)).await?;
    Ok((whole, Erasing { backup_due, contact }))
}

pub(in crate::parties) async fn erase_form(cx: Cx<EraseContacts>) -> Reply {
    let (whole, it) = erasing(&cx).await?;
    cx.page(&it, |frame| ErasePage::new(frame, &whole, &it, EraseAsk::default()))
}

pub(in crate::parties) async fn erase(cx: Cx<EraseContacts>, Ask(ask): Ask<EraseAsk>) -> Reply {
    let (whole, it) = erasing(&cx).await?;
    match erased(&cx, &it.contact, &ask).await {
        Ok(()) => {
            let path = format!("{}/erase", whole.contact_path(&it.contact.contact));
            let after = Erasing { contact: Contact { known: None, ..it.contact }, ..it };
            cx.saved_saying(path, "parties-done-erased", &after)
        }
        Err(stop) => cx.again(stop, |frame| ErasePage::new(frame, &whole, &it, ask)),
    }
}

async fn erased(cx: &Cx<EraseContacts>, contact: &Contact, ask: &EraseAsk) -> Result<(), Stop> {
    let ground = ask.ground.ok_or_else(|| Refused::from(Refusal::NoGround).in_field("ground"))?;
    if !ask.confirmed {
        return Err(Refused::from(Refusal::NotConfirmed).in_field("confirmed").into());
    }
    if contact.known.is_none() {
        return Err(Refusal::ErasedBefore.into());
    }
    let (journal, key) = (cx.site().journal.clone(), contact.key);
    let context = Context { actor: cx.permit.actor(), via: Via::Web, at: cx.at };
    cx.apart(move || journal.erase(context, key, ground.name())).await
}
