//! The slip of a payout or an advance: A6, or 58 mm of thermal paper.

use askama::Template;
use journal::{Reversal, View};
use kernel::{BookId, Day, EntryId, Instant, PlaceCode, Rupiah, Stop};
use serde::Serialize;
use web::{Cx, Frame, Query, Reply};

use super::receipt::ReceiptAsk;
use crate::waste::addresses::path;
use crate::waste::holders;
use crate::waste::rules::Refusal;
use crate::waste::tables;
use crate::waste::{Fact, SeeMembers};

/// What a member takes home who was paid.
#[derive(Debug, Clone, Serialize)]
pub struct Slip {
    /// The payout or advance.
    pub entry: EntryId,
    /// `withdrawn` or `advanced`.
    pub kind: &'static str,
    /// When.
    pub day: Day,
    /// When it was written, by the writer's clock.
    pub at: Instant,
    /// Who wrote it: the name by which they sign in, or `operator`.
    pub teller: String,
    /// What people call the bank.
    pub bank: String,
    /// The number on the savings book.
    pub number: i64,
    /// The name, if it may be known.
    pub name: String,
    /// What was paid.
    pub amount: Rupiah,
    /// What was saved after it: a reprint says the same as the first print.
    pub saved_after: Rupiah,
    /// The reversal, if it was taken back.
    pub reversal: Option<Reversal>,
}

/// Reads the slip of a payout or an advance of this bank.
pub fn read_slip(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
    id: EntryId,
) -> Result<Slip, Stop> {
    let not_here = || Refusal::NotHere { entry: id.to_string() };
    let found = tables::bank(view, village, bank)?.ok_or(Refusal::NoBank)?;
    let entry = view.entry(id)?.ok_or_else(not_here)?;
    let fact = Fact::read(&entry)?.filter(|fact| fact.bank() == bank);
    let (kind, member, day, amount) = match fact.ok_or_else(not_here)? {
        Fact::Withdrawn(fact) => ("withdrawn", fact.member, fact.day, fact.amount),
        Fact::Advanced(fact) => ("advanced", fact.member, fact.day, fact.amount),
        _ => return Err(not_here().into()),
    };
    let member = tables::member(view, village, bank, member)?.ok_or_else(not_here)?;
    Ok(Slip {
        entry: id,
        kind,
        day,
        at: entry.at,
        teller: web::staff::actor_name(view, &entry.actor)?,
        bank: found.name,
        number: member.number,
        name: holders::name(view, village, &member)?,
        amount,
        saved_after: tables::saved_after(view, village, bank, member.member, (day, id))?,
        reversal: Reversal::of(view, id)?,
    })
}

/// The page.
pub async fn slip(cx: Cx<SeeMembers>, Query(ask): Query<ReceiptAsk>) -> Reply {
    let (village, bank) = (cx.place().clone(), cx.book());
    let entry = cx.param("entry")?;
    let slip = cx.read(move |view| read_slip(view, &village, bank, entry)).await?;
    let back = path(cx.place(), bank, &format!("/entries/{entry}"));
    cx.page(&slip, |frame| SlipPage { frame, page: &slip, thermal: ask.is_thermal(), back })
}

#[derive(Template)]
#[template(path = "waste/counter/slip.html")]
struct SlipPage<'a> {
    frame: Frame,
    page: &'a Slip,
    thermal: bool,
    back: String,
}

impl SlipPage<'_> {
    fn what(&self) -> String {
        self.frame.say(format!("waste-fact-{}", self.page.kind)).to_string()
    }
    fn teller(&self) -> String {
        match self.page.teller.as_str() {
            "operator" => self.frame.say("waste-written-by-operator").to_string(),
            handle => handle.to_owned(),
        }
    }
}
