//! What the managers keep, and the rules of paying out: dated, with all that held before.

use std::collections::HashSet;

use askama::Template;
use kernel::{Day, Deed, EntryId, Refused, Stop};
use serde::{Deserialize, Serialize};
use web::{Ask, Choice, Cx, Frame, List, ListAsk, Listed, Reply, Voice};

use super::place;
use super::shown::{SortNames, sort_choices};
use crate::waste::addresses::{Entries, path};
use crate::waste::rules::{self, Refusal};
use crate::waste::tables::{self, Bank, PayoutRule, PayoutRuleRow, ShareRow, Shares, Sort};
use crate::waste::{SeeSums, SetUp, SortCode};

#[derive(Serialize)]
struct Settings {
    bank: Bank,
    shares: Shares,
    rule: PayoutRule,
    share_history: Vec<ShareRow>,
    payout_rule_history: Vec<PayoutRuleRow>,
    #[serde(skip)]
    sorts: Vec<Sort>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct ShareAsk {
    id: EntryId,
    from: Day,
    #[serde(default)]
    kind: String,
    share: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct PayoutAsk {
    id: EntryId,
    from: Day,
    #[serde(default)]
    kept_min: String,
    #[serde(default)]
    days: String,
}

/// What the two forms hold.
struct Typed {
    share_from: Day,
    kind: String,
    share: String,
    payout_from: Day,
    kept_min: String,
    days: String,
}

impl Typed {
    fn of(settings: &Settings, today: Day) -> Typed {
        Typed {
            share_from: today,
            kind: String::new(),
            share: String::new(),
            payout_from: today,
            kept_min: settings.rule.kept_min.count().to_string(),
            days: settings.rule.first_after_days.to_string(),
        }
    }
}

#[derive(Template)]
#[template(path = "waste/office/settings.html")]
struct SettingsPage<'a> {
    frame: Frame,
    bank: &'a Bank,
    page: &'a Settings,
    names: SortNames,
    kinds: Vec<Choice>,
    shares_to_come: Vec<&'a ShareRow>,
    rules_to_come: Vec<&'a PayoutRuleRow>,
    typed: Typed,
    shares: Listed,
    rules: Listed,
}

async fn found<D: Deed>(cx: &Cx<D>) -> Result<Settings, Stop> {
    let ((village, book), today) = (place(cx), cx.today);
    cx.read(move |view| {
        Ok(Settings {
            bank: tables::bank(view, &village, book)?.ok_or(Refusal::NoBank)?,
            shares: tables::shares(view, &village, book, today)?,
            rule: tables::payout_rule(view, &village, book, today)?,
            share_history: tables::share_history(view, &village, book)?,
            payout_rule_history: tables::payout_rule_history(view, &village, book)?,
            sorts: tables::sorts(view, &village, book)?,
        })
    })
    .await
}

impl<'a> SettingsPage<'a> {
    fn new(frame: Frame, page: &'a Settings, typed: Typed, entries: &Entries) -> SettingsPage<'a> {
        let names = SortNames::new(&page.sorts);
        let general = Choice::new("", frame.say("waste-office-every-sort"));
        let kinds = std::iter::once(general).chain(sort_choices(&page.sorts, frame.lang)).collect();
        let (shares, rules) = (share_list(page, &frame, entries), rule_list(page, &frame, entries));
        let today = frame.today();
        let shares_to_come = to_come(&page.share_history, today, |row| (row.from, row.undone, &row.sort));
        let rules_to_come = to_come(&page.payout_rule_history, today, |row| (row.from, row.undone, &None));
        SettingsPage {
            bank: &page.bank,
            page,
            names,
            kinds,
            shares_to_come,
            rules_to_come,
            typed,
            shares,
            rules,
            frame,
        }
    }
    /// For which sort a share holds.
    fn sort_of(&self, row: &ShareRow) -> String {
        match &row.sort {
            Some(sort) => self.names.of(sort, self.frame.lang),
            None => self.frame.say("waste-office-every-sort").to_string(),
        }
    }
}

/// What begins later, the next first; of several for the same day and sort the latest holds. The history has the
/// newest first.
fn to_come<R>(
    history: &[R],
    today: Day,
    of: impl Fn(&R) -> (Day, Option<EntryId>, &Option<SortCode>),
) -> Vec<&R> {
    let mut known = HashSet::new();
    let mut coming: Vec<&R> = history
        .iter()
        .filter(|row| {
            let (from, undone, sort) = of(row);
            from > today && undone.is_none() && known.insert((from, sort.clone()))
        })
        .collect();
    coming.reverse();
    coming
}

fn share_list(page: &Settings, voice: &Voice, entries: &Entries) -> Listed {
    let (names, lang) = (SortNames::new(&page.sorts), voice.lang);
    let general = voice.say("waste-office-every-sort").to_string();
    let list = List::new("shares").column("from", "waste-office-valid-from", |row: &ShareRow| row.from);
    let list = entries.link(list, |row| row.entry);
    list.column("sort", "waste-office-sort", move |row| {
        row.sort.as_ref().map_or(general.clone(), |sort| names.of(sort, lang))
    })
    .column("share", "waste-office-share", |row| row.share)
    .undone(|row| row.undone.is_some())
    .plain()
    .of(&page.share_history, &ListAsk::default(), voice, web::Want::Html)
}

fn rule_list(page: &Settings, voice: &Voice, entries: &Entries) -> Listed {
    let list = List::new("rules").column("from", "waste-office-valid-from", |row: &PayoutRuleRow| row.from);
    let list = entries.link(list, |row| row.entry);
    list.column("kept", "waste-office-kept-min", |row| row.kept_min)
        .column("days", "waste-office-first-after", |row| row.first_after_days)
        .undone(|row| row.undone.is_some())
        .plain()
        .of(&page.payout_rule_history, &ListAsk::default(), voice, web::Want::Html)
}

pub(super) async fn settings(cx: Cx<SeeSums>) -> Reply {
    let page = found(&cx).await?;
    let (typed, entries) = (Typed::of(&page, cx.today), Entries::of(&cx, &page.bank));
    cx.page(&page, |frame| SettingsPage::new(frame, &page, typed, &entries))
}

pub(super) async fn set_share(cx: Cx<SetUp>, Ask(ask): Ask<ShareAsk>) -> Reply {
    let ((village, book), today, permit) = (place(&cx), cx.today, cx.permit.clone());
    let here = village.clone();
    let set = cx
        .once(
            ask.id,
            ask.clone(),
            move |work, ask| {
                let desk = tables::desk(work, &village, book, today)?;
                let sorts = tables::sorts(work, &village, book)?;
                let sort: Option<SortCode> = match ask.kind.trim() {
                    "" => None,
                    text => Some(text.parse().map_err(|_| {
                        Refused::from(Refusal::SortUnreadable { text: rules::shorten(text) }).in_field("kind")
                    })?),
                };
                let fact = rules::set_share(&desk, &sorts, (sort, ask.from), &ask.share)?;
                let newest = tables::newest_share(work, &village, book, (fact.sort.as_ref(), fact.from))?;
                rules::not_overtaken(&desk, ask.id, newest)?;
                work.record(&permit, &fact)?;
                Ok(())
            },
            move |view| Ok(tables::share_history(view, &here, book)?),
        )
        .await;
    after(&cx, set, "from.0", |typed| {
        (typed.share_from, typed.kind, typed.share) = (ask.from, ask.kind.clone(), ask.share.clone());
    })
    .await
}

pub(super) async fn set_payout(cx: Cx<SetUp>, Ask(ask): Ask<PayoutAsk>) -> Reply {
    let ((village, book), today, permit) = (place(&cx), cx.today, cx.permit.clone());
    let here = village.clone();
    let set = cx
        .once(
            ask.id,
            ask.clone(),
            move |work, ask| {
                let desk = tables::desk(work, &village, book, today)?;
                let fact = rules::set_payout_rule(&desk, ask.from, &ask.kept_min, &ask.days)?;
                let newest = tables::newest_payout_rule(work, &village, book, fact.from)?;
                rules::not_overtaken(&desk, ask.id, newest)?;
                work.record(&permit, &fact)?;
                Ok(())
            },
            move |view| Ok(tables::payout_rule_history(view, &here, book)?),
        )
        .await;
    after(&cx, set, "from.1", |typed| {
        (typed.payout_from, typed.kept_min, typed.days) = (ask.from, ask.kept_min.clone(), ask.days.clone());
    })
    .await
}

/// Goes back to the settings, or shows them again with what was typed and why not. `from` is the place on the page of
/// the day since when it holds, which each of the two forms asks for.
async fn after<T: Serialize>(
    cx: &Cx<SetUp>,
    set: Result<T, Stop>,
    from: &str,
    retype: impl FnOnce(&mut Typed),
) -> Reply {
    let (village, book) = place(cx);
    match set {
        Ok(history) => cx.saved_saying(path(&village, book, "/settings"), "waste-office-done-set", &history),
        Err(Stop::Refused(refused)) if cx.want.is_page() && refused.field.as_deref() == Some("from") => {
            again(cx, refused.in_field(from).into(), retype).await
        }
        Err(stop) => again(cx, stop, retype).await,
    }
}

async fn again(cx: &Cx<SetUp>, stop: Stop, retype: impl FnOnce(&mut Typed)) -> Reply {
    let page = found(cx).await?;
    let (mut typed, entries) = (Typed::of(&page, cx.today), Entries::of(cx, &page.bank));
    retype(&mut typed);
    cx.again(stop, |frame| SettingsPage::new(frame, &page, typed, &entries))
}
