//! How many must come to each kind of meeting of a place, and setting it.

use askama::Template;
use kernel::{Day, Deed, EntryId, Stop};
use serde::{Deserialize, Serialize};
use web::{Ask, Choice, Cx, Frame, List, ListAsk, Listed, Query, Reply, Word};

use super::share;
use crate::attendance::facts::{Need, Proxies, QuorumRuled, Reach};
use crate::attendance::tables::Ruled;
use crate::attendance::{SeeAttendance, SetQuorum, rules as decide, tables};
use crate::meetings::{self, MeetingKind};

/// What the form says.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct RuleAsk {
    id: EntryId,
    kind: MeetingKind,
    #[serde(default)]
    from: Option<Day>,
    reach: Reach,
    parts: i64,
    of: i64,
    proxies: Proxies,
    #[serde(default)]
    source: String,
}

impl RuleAsk {
    fn blank() -> RuleAsk {
        let Need { reach, parts, of, proxies } = decide::default_rule().need;
        let (kind, source) = (MeetingKind::Village, String::new());
        RuleAsk { id: EntryId::new(), kind, from: None, reach, parts, of, proxies, source }
    }
}

#[derive(Template)]
#[template(path = "attendance/pages/rule.html")]
struct RulePage {
    frame: Frame,
    name: String,
    list: Listed,
    kinds: Vec<Choice>,
    shares: Shares,
    typed: RuleAsk,
}

/// The choices of a rule.
pub(super) struct Shares {
    pub(super) reaches: Vec<Choice>,
    pub(super) proxies: Vec<Choice>,
}

impl Shares {
    pub(super) fn new(frame: &Frame) -> Shares {
        let reach = |it: &Reach| Choice::new(it, frame.say(format!("attendance-reach-{it}")));
        let proxies = |it: &Proxies| Choice::new(it, frame.say(format!("attendance-proxies-{it}")));
        Shares {
            reaches: Reach::ALL.iter().map(reach).collect(),
            proxies: Proxies::ALL.iter().map(proxies).collect(),
        }
    }
}

async fn found<D: Deed>(cx: &Cx<D>) -> Result<(String, Vec<Ruled>), Stop> {
    let place = cx.place().clone();
    cx.read(move |view| Ok((meetings::require_place(view, &place)?, tables::rules(view, &place)?))).await
}

fn listed<D: Deed>(cx: &Cx<D>, ruled: &[Ruled], ask: &ListAsk) -> Listed {
    let voice = cx.voice().clone();
    List::new("quorum")
        .column("kind", "meetings-kind", |it: &Ruled| Word::new(format!("meetings-kind-{}", it.kind)))
        .column("from", "attendance-from", |it| it.from)
        .column("need", "attendance-need", move |it| share(&voice, &it.need))
        .column("proxies", "attendance-proxies", |it| {
            Word::new(format!("attendance-proxies-{}", it.need.proxies))
        })
        .column("source", "attendance-source", |it| it.source.clone())
        .of(ruled, ask, cx.voice(), cx.want)
}

impl RulePage {
    fn new(frame: Frame, name: String, list: Listed, typed: RuleAsk) -> RulePage {
        let kind = |it: &MeetingKind| Choice::new(it, frame.say(format!("meetings-kind-{it}")));
        let (kinds, shares) = (MeetingKind::ALL.iter().map(kind).collect(), Shares::new(&frame));
        RulePage { frame, name, list, kinds, shares, typed }
    }
}

pub(crate) async fn rules(cx: Cx<SeeAttendance>, Query(ask): Query<ListAsk>) -> Reply {
    let (name, ruled) = found(&cx).await?;
    cx.list(listed(&cx, &ruled, &ask), |frame, list| RulePage::new(frame, name, list, RuleAsk::blank()))
}

pub(crate) async fn set(cx: Cx<SetQuorum>, Ask(ask): Ask<RuleAsk>) -> Reply {
    let (permit, place, today) = (cx.permit.clone(), cx.place().clone(), cx.today);
    let here = place.clone();
    let set = cx
        .once(
            ask.id,
            ask.clone(),
            move |work, ask| {
                meetings::require_place(work, &place)?;
                let RuleAsk { kind, from, reach, parts, of, proxies, source, .. } = ask;
                let need = Need { reach, parts, of, proxies };
                let fact = QuorumRuled { place, kind, from: from.unwrap_or(today), need, source };
                work.record(&permit, &decide::set_rule(fact)?)?;
                Ok(())
            },
            move |view| Ok(tables::rules(view, &here)?),
        )
        .await;
    match set {
        Ok(ruled) => {
            cx.saved_saying(format!("/places/{}/quorum", cx.place()), "attendance-done-ruled", &ruled)
        }
        Err(stop) => {
            let (name, ruled) = found(&cx).await?;
            let list = listed(&cx, &ruled, &ListAsk::default());
            cx.again(stop, |frame| RulePage::new(frame, name, list, ask))
        }
    }
}
