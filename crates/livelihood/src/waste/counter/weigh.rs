//! Weighing in: one page, keyboard only.

use askama::Template;
use kernel::{BasisPoints, Day, EntryId, Rupiah, Stop, Unit, UnitPrice};
use serde::{Deserialize, Serialize};
use web::{Ask, Cx, Frame, Query, Reply};

use super::receipt::{Receipt, read_receipt};
use crate::waste::addresses::path;
use crate::waste::holders;
use crate::waste::rules::{self, Refusal, Scale, TypedLine};
use crate::waste::tables::{self, Bank};
use crate::waste::{KeepBooks, WEIGHT_MAX};

/// Rows of the form that works without JavaScript.
const ROWS: usize = 8;

/// What the form sends.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WeighInAsk {
    /// Made with the form.
    pub id: EntryId,
    /// Today if none is given.
    pub day: Option<Day>,
    /// Number, name, or the text of the QR code.
    #[serde(default)]
    pub member: String,
    /// Codes or first letters of sorts.
    #[serde(default)]
    pub sort: Vec<String>,
    /// Kilograms or pieces, one for each sort.
    #[serde(default)]
    pub weight: Vec<String>,
}

impl WeighInAsk {
    fn lines(&self) -> Vec<TypedLine> {
        let rows = self.sort.len().max(self.weight.len());
        let typed = |texts: &[String], n: usize| texts.get(n).cloned().unwrap_or_default();
        (0..rows).map(|n| TypedLine { sort: typed(&self.sort, n), weight: typed(&self.weight, n) }).collect()
    }
}

/// What the page is opened with.
#[derive(Debug, Clone, Deserialize)]
pub struct CounterAsk {
    /// The day of the prices; today if none is given.
    day: Option<Day>,
    /// The weigh-in that was just booked.
    booked: Option<EntryId>,
    /// The member to begin with.
    member: Option<String>,
}

/// What the counter shows.
#[derive(Debug, Clone, Serialize)]
pub struct Counter {
    bank: Bank,
    day: Day,
    sorts: Vec<CounterSort>,
    share: BasisPoints,
    booked: Option<Receipt>,
    /// The last day that is closed, when nothing can be booked on this one.
    closed_until: Option<Day>,
}

/// A sort that can be weighed on that day.
#[derive(Debug, Clone, Serialize)]
pub struct CounterSort {
    code: String,
    name: String,
    unit: &'static str,
    price: i64,
    share_bp: i64,
}

/// The page.
pub async fn counter(cx: Cx<KeepBooks>, Query(ask): Query<CounterAsk>) -> Reply {
    let day = ask.day.unwrap_or(cx.today);
    let counter = read_counter(&cx, day, ask.booked).await?;
    let typed = WeighInAsk {
        id: EntryId::new(),
        day: Some(day),
        member: ask.member.unwrap_or_default(),
        sort: Vec::new(),
        weight: Vec::new(),
    };
    cx.page(&counter, |frame| CounterPage { frame, page: &counter, ask: &typed })
}

/// A member brings sorted waste.
pub async fn weigh_in(cx: Cx<KeepBooks>, Ask(ask): Ask<WeighInAsk>) -> Reply {
    let (village, bank, today, id) = (cx.place().clone(), cx.book(), cx.today, ask.id);
    let (permit, at) = (cx.permit.clone(), village.clone());
    let lang = cx.lang.code();
    let (place, typed, day) = (village.clone(), ask.member.clone(), ask.day.unwrap_or(today));
    let member = match cx.read(move |view| holders::find_member(view, &place, bank, &typed)).await {
        Ok(member) => member,
        Err(stop) => return again(&cx, &ask, stop).await,
    };
    let whose = ask.member.clone();
    // What is kept of the request names the member by id: a typed name would outlive the person.
    let kept = (member.member, day, ask.lines());
    let booked = cx
        .once(
            id,
            kept,
            move |work, (member, day, lines)| {
                let desk = tables::desk(work, &village, bank, today)?;
                // The membership was found before: meanwhile somebody may have taken it back.
                let unknown = || Refusal::UnknownMember { text: rules::shorten(&whose) };
                let member = tables::member(work, &village, bank, member)?.ok_or_else(unknown)?;
                let home = holders::home(work, &village, &member.holder)?;
                let owed = tables::balances(work, &village, bank, member.member)?.owed;
                let scale = tables::scale(work, desk, day)?;
                let fact = rules::weigh_in(&scale, (member.member, home), day, &lines, owed)?;
                rules::joined_by(&member, day)?;
                work.record(&permit, &fact)?;
                Ok(())
            },
            move |view| read_receipt(view, &at, bank, id, lang),
        )
        .await;
    match booked {
        Ok(receipt) => cx.saved(format!("{}?booked={id}", path(cx.place(), bank, "/counter")), &receipt),
        Err(stop) => again(&cx, &ask, stop).await,
    }
}

/// The page once more, with what was typed and why it was refused.
async fn again(cx: &Cx<KeepBooks>, ask: &WeighInAsk, stop: Stop) -> Reply {
    let counter = read_counter(cx, ask.day.unwrap_or(cx.today), None).await?;
    cx.again(stop, |frame| CounterPage { frame, page: &counter, ask })
}

async fn read_counter(cx: &Cx<KeepBooks>, day: Day, booked: Option<EntryId>) -> Result<Counter, Stop> {
    let (village, bank, today, lang) = (cx.place().clone(), cx.book(), cx.today, cx.lang.code());
    cx.read(move |view| {
        let desk = tables::desk(view, &village, bank, today)?;
        let found = tables::bank(view, &village, bank)?.ok_or(Refusal::NoBank)?;
        let booked = match booked {
            Some(entry) => Some(read_receipt(view, &village, bank, entry, lang)?),
            None => None,
        };
        let closed_until = desk.closed_until.filter(|until| day <= *until);
        let scale = tables::scale(view, desk, day)?;
        let sorts = on_the_list(&scale, lang);
        Ok(Counter { bank: found, day, sorts, share: scale.offer.shares.general, booked, closed_until })
    })
    .await
}

/// The sorts that are taken on the day of the scale.
fn on_the_list(scale: &Scale, lang: &str) -> Vec<CounterSort> {
    let Some(prices) = &scale.offer.prices else { return Vec::new() };
    let taken = scale.offer.sorts.iter().filter(|sort| !sort.retired);
    taken
        .filter_map(|sort| {
            let price = prices.prices.get(&sort.sort)?;
            Some(CounterSort {
                code: sort.sort.to_string(),
                name: sort.name(lang).to_owned(),
                unit: if price.unit() == Unit::Piece { "pcs" } else { "kg" },
                price: price.rupiah(),
                share_bp: scale.offer.shares.of(&sort.sort).count(),
            })
        })
        .collect()
}

#[derive(Template)]
#[template(path = "waste/counter/counter.html")]
struct CounterPage<'a> {
    frame: Frame,
    page: &'a Counter,
    ask: &'a WeighInAsk,
}

/// The sentences that the script of the counter shows, without the prefix of their keys.
const SCRIPT_WORDS: &[&str] = &[
    "money",
    "unit_kg",
    "unit_pcs",
    "add",
    "balance",
    "price",
    "total",
    "members_part",
    "member_chosen",
    "member_missing",
    "member_unknown",
    "member_many",
    "member_offline",
    "sort_missing",
    "sort_unknown",
    "weight_missing",
    "weight_zero",
    "weight_negative",
    "weight_not_number",
    "weight_separators",
    "weight_decimals",
    "weight_whole",
    "weight_limit",
    "line_added",
    "line_undone",
    "line_remove",
    "nothing_to_undo",
    "nothing_to_book",
    "next_confirm",
    "next_member",
    "booking",
    "draft_kept",
    "draft_sent",
];

/// The places in those sentences that the script fills.
const SCRIPT_PLACES: &[&str] = &[
    "amount", "name", "hamlet", "balance", "text", "count", "price", "unit", "sort", "quantity", "worth",
    "total",
];

impl CounterPage<'_> {
    /// The rows to show: those that were typed, and empty ones.
    fn rows(&self) -> Vec<(usize, String, String)> {
        let lines = self.ask.lines();
        let rows = lines.len().max(ROWS);
        let line =
            |n: usize| lines.get(n).map(|line| (line.sort.clone(), line.weight.clone())).unwrap_or_default();
        (0..rows).map(|n| (n, line(n).0, line(n).1)).collect()
    }
    fn day(&self) -> Day {
        self.ask.day.unwrap_or(self.page.day)
    }
    /// What the script needs, as JSON that may stand inside `<script>`.
    fn data(&self) -> String {
        let words: serde_json::Map<String, serde_json::Value> = SCRIPT_WORDS
            .iter()
            .map(|word| {
                let key = format!("waste-script-{word}");
                let sentence = SCRIPT_PLACES
                    .iter()
                    .fold(self.frame.say(&key), |say, place| say.with(place, format!("{{{place}}}")));
                ((*word).to_owned(), sentence.to_string().into())
            })
            .collect();
        let data = serde_json::json!({
            "lang": self.frame.code(),
            "sorts": self.page.sorts,
            "share_bp": self.page.share,
            "words": words,
            "members_url": format!("{}?find=", self.page.bank.path("/members/find")),
            "day_url": format!("{}?day=", self.page.bank.path("/counter")),
            "weight_max": WEIGHT_MAX.count(),
            "pieces_max": rules::PIECES_MAX,
        });
        data.to_string().replace('<', "\\u003c")
    }
    /// What was booked, and what of it repaid an advance.
    fn booked(&self, receipt: &Receipt) -> String {
        let repays = receipt.repaid > Rupiah::ZERO;
        let say = self.frame.say(if repays { "waste-booked-repaid" } else { "waste-booked" });
        let say = say.with("name", receipt.name.as_str()).with("credited", receipt.credited);
        say.with("repaid", receipt.repaid).with("balance", receipt.balances.saved).to_string()
    }
    fn price(&self, sort: &CounterSort) -> Option<UnitPrice> {
        UnitPrice::of(if sort.unit == "pcs" { Unit::Piece } else { Unit::Gram }, sort.price)
    }
    /// What is wrong with a field of a row.
    fn error(&self, field: &str, row: &usize) -> Option<&str> {
        self.frame.error_in(&format!("{field}.{row}"))
    }
}
