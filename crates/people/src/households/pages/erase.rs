//! Erasing what is known of a household or a person: a warning first, then a ground and a confirmation, then for ever.

use askama::Template;
use journal::{BackupDue, Context, KeyId, Via, backup_due};
use kernel::{HouseholdId, PersonId, Refused, Stop};
use serde::{Deserialize, Serialize};
use web::{Ask, Choice, Cx, Frame, Reply};

use super::super::desk::{self, Ground};
use super::super::names::{Who, names};
use super::super::rules::Refusal;
use super::super::{Erase, list_path, path, tables};
use crate::places;

/// Who would be erased.
#[derive(Serialize)]
struct Subject {
    /// Nothing when it was erased already.
    name: Option<String>,
    #[serde(skip)]
    key: KeyId,
    /// Whether somebody was erased since the last backup.
    backup_due: Option<BackupDue>,
    /// The page that leads here, and back to.
    path: String,
    /// Where the form goes.
    #[serde(skip)]
    action: String,
}

#[derive(Default, Clone, Deserialize)]
pub(in crate::households) struct EraseAsk {
    ground: Option<Ground>,
    #[serde(default)]
    confirmed: bool,
}

#[derive(Template)]
#[template(path = "households/erase.html")]
struct ErasePage<'a> {
    frame: Frame,
    list: String,
    subject: &'a Subject,
    grounds: Vec<Choice>,
    typed: EraseAsk,
}

impl ErasePage<'_> {
    fn ground(&self) -> &'static str {
        self.typed.ground.map_or("", Ground::name)
    }
}

fn page<'a>(
    cx: &Cx<Erase>,
    subject: &'a Subject,
    typed: EraseAsk,
) -> impl FnOnce(Frame) -> ErasePage<'a> + use<'a> {
    let list = list_path(cx.place());
    move |frame| {
        let word = |ground: Ground| frame.say(format!("households-ground-{}", ground.name())).to_string();
        let grounds = Ground::ALL.map(|ground| Choice::new(ground.name(), word(ground))).to_vec();
        ErasePage { frame, list, subject, grounds, typed }
    }
}

async fn household(cx: &Cx<Erase>) -> Result<Subject, Stop> {
    let (village, id) = (cx.place().clone(), cx.param::<HouseholdId>("household")?);
    cx.read(move |view| {
        places::require_village(view, &village)?;
        let known = tables::one(view, &village, id)?.ok_or(Refusal::NotFound)?;
        let (name, path) = (names(view)?.household(id).map(str::to_owned), path(&village, id));
        let backup_due = backup_due(view)?;
        Ok(Subject { name, key: known.key, backup_due, action: format!("{path}/erase"), path })
    })
    .await
}

async fn person(cx: &Cx<Erase>) -> Result<Subject, Stop> {
    let (village, id) = (cx.place().clone(), cx.param::<PersonId>("person")?);
    cx.read(move |view| {
        places::require_village(view, &village)?;
        let known = tables::person(view, &village, id)?.ok_or(Refusal::NotFound)?;
        let name = names(view)?.of(Who::Person(id)).map(str::to_owned);
        let path = known.household.map_or_else(|| list_path(&village), |household| path(&village, household));
        let action = format!("/villages/{village}/persons/{id}/erase");
        Ok(Subject { name, key: known.key, backup_due: backup_due(view)?, path, action })
    })
    .await
}

pub(in crate::households) async fn household_form(cx: Cx<Erase>) -> Reply {
    let subject = household(&cx).await?;
    cx.page(&subject, page(&cx, &subject, EraseAsk::default()))
}

pub(in crate::households) async fn erase_household(cx: Cx<Erase>, Ask(ask): Ask<EraseAsk>) -> Reply {
    let subject = household(&cx).await?;
    erase(&cx, subject, ask).await
}

pub(in crate::households) async fn person_form(cx: Cx<Erase>) -> Reply {
    let subject = person(&cx).await?;
    cx.page(&subject, page(&cx, &subject, EraseAsk::default()))
}

pub(in crate::households) async fn erase_person(cx: Cx<Erase>, Ask(ask): Ask<EraseAsk>) -> Reply {
    let subject = person(&cx).await?;
    erase(&cx, subject, ask).await
}

/// Afterwards the same page says what remains to be done: a backup.
async fn erase(cx: &Cx<Erase>, subject: Subject, ask: EraseAsk) -> Reply {
    match erased(cx, &subject, &ask).await {
        Ok(()) => {
            let after = Subject { name: None, ..subject };
            cx.saved_saying(&after.action, "households-done-erased", &after)
        }
        Err(stop) => cx.again(stop, page(cx, &subject, ask)),
    }
}

async fn erased(cx: &Cx<Erase>, subject: &Subject, ask: &EraseAsk) -> Result<(), Stop> {
    let ground = ask.ground.ok_or_else(|| Refused::from(Refusal::NoGround).in_field("ground"))?;
    if !ask.confirmed {
        return Err(Refused::from(Refusal::NotConfirmed).in_field("confirmed").into());
    }
    if subject.name.is_none() {
        return Err(Refusal::Erased.into());
    }
    let (journal, permit, key) = (cx.site().journal.clone(), cx.permit.clone(), subject.key);
    let context = Context { actor: permit.actor(), via: Via::Web, at: cx.at };
    cx.apart(move || desk::erase(&journal, context, &permit, key, ground)).await
}
