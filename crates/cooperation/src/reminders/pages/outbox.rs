//! Where a person wants to be reminded, and the letters that wait or were sent.

use askama::Template;
use kernel::PlaceCode;
use serde::{Deserialize, Serialize};
use web::list::Value;
use web::{Ask, Cx, Frame, List, ListAsk, Listed, Query, Reply};

use crate::reminders::rules::Refusal;
use crate::reminders::tables::{self, Address, Letter};
use crate::reminders::{KeepCalendar, SeeOutbox, mail};

/// What the form about an address sends; an empty one takes it away.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct AddressAsk {
    #[serde(default)]
    address: String,
}

pub(crate) async fn keep_address(cx: Cx<KeepCalendar>, Ask(ask): Ask<AddressAsk>) -> Reply {
    let (place, staff, at) = (cx.place().clone(), cx.person()?.staff, cx.at);
    let address = ask.address.trim().to_owned();
    if !address.is_empty() && !mail::is_address(&address) {
        return Err(kernel::Stop::from(Refusal::NoAddress).into());
    }
    let new = Address { staff, place, address, lang: cx.lang.code().to_owned() };
    let kept =
        cx.write(move |work| tables::keep_address(work, &new, at).map(|()| new).map_err(Into::into)).await?;
    cx.saved_saying(format!("/regions/{}/due", cx.place()), "reminders-done-address", &kept)
}

#[derive(Template)]
#[template(path = "reminders/outbox.html")]
struct OutboxPage {
    frame: Frame,
    place: PlaceCode,
    list: Listed,
}

pub(crate) async fn outbox(cx: Cx<SeeOutbox>, Query(ask): Query<ListAsk>) -> Reply {
    let place = cx.place().clone();
    let here = place.clone();
    let letters = cx.read(move |view| Ok(tables::letters(view, &here)?)).await?;
    let list = List::new("outbox")
        .column("day", "reminders-letter-day", |letter: &Letter| letter.day)
        .column("address", "reminders-address", |letter| letter.address.clone())
        .column("subject", "reminders-subject", |letter| letter.subject.clone())
        .column("body", "reminders-body", |letter| letter.body.clone())
        .column("state", "reminders-state", |letter| match (letter.sent, letter.attempts) {
            (Some(_), _) => Value::Badge("ok", "reminders-letter-sent".into()),
            (None, 0) => Value::Badge("info", "reminders-letter-waits".into()),
            (None, _) => Value::Badge("bad", "reminders-letter-failed".into()),
        })
        .column("sent", "reminders-sent", |letter| letter.sent)
        .column("attempts", "reminders-attempts", |letter| letter.attempts)
        .column("problem", "reminders-problem", |letter| letter.problem.clone())
        .of(&letters, &ask, cx.voice(), cx.want);
    cx.list(list, |frame, list| OutboxPage { frame, place, list })
}
