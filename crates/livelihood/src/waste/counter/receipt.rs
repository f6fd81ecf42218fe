//! The receipt of a weigh-in: A6, or 58 mm of thermal paper.

use askama::Template;
use journal::{Reversal, View};
use kernel::{BookId, Day, EntryId, Instant, MemberId, PlaceCode, Qty, Rupiah, Stop, UnitPrice};
use serde::{Deserialize, Serialize};
use web::{Cx, Frame, Query, Reply};

use super::entries::writer;
use crate::waste::addresses::path;
use crate::waste::holders;
use crate::waste::rules::Refusal;
use crate::waste::tables::{self, Balances};
use crate::waste::{SeeMembers, SortCode};

/// What a member takes home.
#[derive(Debug, Clone, Serialize)]
pub struct Receipt {
    /// The weigh-in.
    pub entry: EntryId,
    /// The day of the books.
    pub day: Day,
    /// When it was written, by the writer's clock.
    pub at: Instant,
    /// Who wrote it: the name by which they sign in, or `operator`.
    pub actor: String,
    /// What people call the bank.
    pub bank: String,
    /// Whose.
    pub member: MemberId,
    /// The number on the savings book.
    pub number: i64,
    /// The name, if it may be known.
    pub name: String,
    /// What was brought.
    pub lines: Vec<ReceiptLine>,
    /// What it was worth.
    pub worth: Rupiah,
    /// What the managers keep of it.
    pub share: Rupiah,
    /// What the member earned.
    pub credited: Rupiah,
    /// What of it repaid an advance.
    pub repaid: Rupiah,
    /// What was saved after it, in the order of the savings book: a reprint says the same as the first print.
    pub saved_after: Rupiah,
    /// What is in the savings book now.
    pub balances: Balances,
    /// The reversal, if it was taken back.
    pub reversal: Option<Reversal>,
}

/// One sort of it.
#[derive(Debug, Clone, Serialize)]
pub struct ReceiptLine {
    /// The sort.
    pub sort: SortCode,
    /// Its name in the reader's language.
    pub name: String,
    /// How much.
    pub qty: Qty,
    /// At this price.
    pub price: UnitPrice,
    /// What it was worth.
    pub worth: Rupiah,
}

/// Reads the receipt of a weigh-in of this bank.
pub fn read_receipt(
    view: &mut View<'_, '_>,
    village: &PlaceCode,
    bank: BookId,
    entry: EntryId,
    lang: &str,
) -> Result<Receipt, Stop> {
    let not_here = || Refusal::NotHere { entry: entry.to_string() };
    let fact = tables::weigh_in(view, entry)?.filter(|fact| fact.bank == bank && fact.village == *village);
    let fact = fact.ok_or_else(not_here)?;
    let written = view.entry(entry)?.ok_or_else(not_here)?;
    let member = tables::member(view, village, bank, fact.member)?.ok_or_else(not_here)?;
    let found = tables::bank(view, village, bank)?.ok_or(Refusal::NoBank)?;
    let sorts = tables::sorts(view, village, bank)?;
    let named = |code: &SortCode| {
        let sort = sorts.iter().find(|sort| sort.sort == *code);
        sort.map_or_else(|| code.to_string(), |sort| sort.name(lang).to_owned())
    };
    let lines = fact
        .lines
        .iter()
        .map(|line| ReceiptLine {
            sort: line.sort.clone(),
            name: named(&line.sort),
            qty: line.qty,
            price: line.price,
            worth: line.worth,
        })
        .collect();
    Ok(Receipt {
        entry,
        day: fact.day,
        at: written.at,
        actor: web::staff::actor_name(view, &written.actor)?,
        bank: found.name,
        member: member.member,
        number: member.number,
        name: holders::name(view, village, &member)?,
        lines,
        worth: fact.worth(),
        share: fact.share(),
        credited: fact.credited(),
        repaid: fact.repaid,
        saved_after: tables::saved_after(view, village, bank, member.member, (fact.day, entry))?,
        balances: tables::balances(view, village, bank, member.member)?,
        reversal: Reversal::of(view, entry)?,
    })
}

/// How the receipt is printed.
#[derive(Debug, Clone, Deserialize)]
pub struct ReceiptAsk {
    /// `thermal` for 58 mm; A6 otherwise.
    paper: Option<String>,
}

impl ReceiptAsk {
    /// Whether it goes to a roll of 58 mm.
    pub fn is_thermal(&self) -> bool {
        self.paper.as_deref() == Some("thermal")
    }
}

/// The page.
pub async fn receipt(cx: Cx<SeeMembers>, Query(ask): Query<ReceiptAsk>) -> Reply {
    let (village, bank, lang) = (cx.place().clone(), cx.book(), cx.lang.code());
    let entry = cx.param("entry")?;
    let receipt = cx.read(move |view| read_receipt(view, &village, bank, entry, lang)).await?;
    let thermal = ask.is_thermal();
    let back = path(cx.place(), bank, "/counter");
    cx.page(&receipt, |frame| ReceiptPage { frame, page: &receipt, thermal, back })
}

#[derive(Template)]
#[template(path = "waste/counter/receipt.html")]
struct ReceiptPage<'a> {
    frame: Frame,
    page: &'a Receipt,
    thermal: bool,
    back: String,
}

impl ReceiptPage<'_> {
    fn teller(&self) -> String {
        writer(&self.frame, &self.page.actor)
    }
}
