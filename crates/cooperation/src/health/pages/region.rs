//! By which rules a region judges its cooperations, and who heads its parties.

use askama::Template;
use kernel::{Day, Deed, EntryId, PartyId, PlaceCode, Stop};
use serde::{Deserialize, Serialize};
use web::{Ask, Choice, Cx, Frame, Reply, number};

use crate::health::rules::{self, Leader, RulesOn, SignalKind, rules_of};
use crate::health::{
    HealthRulesSet, LeaderNamed, NameLeaders, Rules, SHIPPED, SHIPPED_SOURCE, SeeHealth, SetRules, Weights,
    tables,
};
use crate::parties::{self, Party};

/// Rules and leaders of a region.
#[derive(Debug, Serialize)]
pub(crate) struct Region {
    place: PlaceCode,
    today: Day,
    /// The rules of today.
    rules: RulesOn,
    /// All that were set, those of later days too.
    sets: Vec<RulesOn>,
    leaders: Vec<Leader>,
    #[serde(skip)]
    parties: Vec<Party>,
}

async fn found<D: Deed>(cx: &Cx<D>) -> Result<Region, Stop> {
    let (place, today) = (cx.place().clone(), cx.today);
    cx.read(move |view| {
        let sets = tables::rule_sets(view, &place)?;
        let (leaders, parties) = (tables::leaders(view, &place)?, parties::list(view, &place)?);
        Ok(Region { rules: rules_of(&sets, today), sets, leaders, parties, place, today })
    })
    .await
}

/// What the form about the rules says.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct RulesAsk {
    id: EntryId,
    from: Day,
    silent_days: i64,
    start_days: i64,
    dynamic_percent: i64,
    visits_wanted: i64,
    stages: i64,
    obligations: i64,
    freshness: i64,
    papers: i64,
    visits: i64,
    leaders: i64,
    meetings: i64,
    participation: i64,
    money: i64,
    #[serde(default)]
    source: String,
}

impl RulesAsk {
    fn of(rules: &Rules, from: Day) -> RulesAsk {
        let Rules { silent_days, start_days, dynamic_percent, visits_wanted, weights } = *rules;
        let Weights {
            stages,
            obligations,
            freshness,
            papers,
            visits,
            leaders,
            meetings,
            participation,
            money,
        } = weights;
        RulesAsk {
            id: EntryId::new(),
            from,
            silent_days,
            start_days,
            dynamic_percent,
            visits_wanted,
            stages,
            obligations,
            freshness,
            papers,
            visits,
            leaders,
            meetings,
            participation,
            money,
            source: String::new(),
        }
    }
    fn rules(&self) -> Rules {
        Rules {
            silent_days: self.silent_days,
            start_days: self.start_days,
            dynamic_percent: self.dynamic_percent,
            visits_wanted: self.visits_wanted,
            weights: Weights {
                stages: self.stages,
                obligations: self.obligations,
                freshness: self.freshness,
                papers: self.papers,
                visits: self.visits,
                leaders: self.leaders,
                meetings: self.meetings,
                participation: self.participation,
                money: self.money,
            },
        }
    }
}

/// What the form about a leader says.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct LeaderAsk {
    id: EntryId,
    party: Option<PartyId>,
    #[serde(default)]
    name: String,
    #[serde(default)]
    office: String,
    /// As typed.
    #[serde(default)]
    since: String,
    #[serde(default)]
    source: String,
}

impl LeaderAsk {
    fn blank() -> LeaderAsk {
        let empty = String::new;
        let (name, office, since, source) = (empty(), empty(), empty(), empty());
        LeaderAsk { id: EntryId::new(), party: None, name, office, since, source }
    }
}

#[derive(Template)]
#[template(path = "health/pages/region.html")]
struct RegionPage<'a> {
    page: &'a Region,
    /// Those of every day, the shipped ones first.
    sets: Vec<RulesOn>,
    /// Field, its word, its value.
    weights: Vec<(String, String, i64)>,
    parties: Vec<Choice>,
    rules: RulesAsk,
    leader: LeaderAsk,
    frame: Frame,
}

impl<'a> RegionPage<'a> {
    fn new(
        frame: Frame,
        page: &'a Region,
        rules: Option<RulesAsk>,
        leader: Option<LeaderAsk>,
    ) -> RegionPage<'a> {
        let lang = frame.lang.code();
        let rules = rules.unwrap_or_else(|| RulesAsk::of(&page.rules.rules, page.today));
        let known = rules.rules();
        let weight = |kind: &SignalKind| {
            (kind.name().to_owned(), format!("health-signal-{kind}"), kind.weight(&known))
        };
        let weights = SignalKind::ALL.iter().map(weight).collect();
        let parties =
            page.parties.iter().map(|party| Choice::new(party.party, party.names.named(lang))).collect();
        let mut sets = vec![RulesOn { from: None, rules: SHIPPED, source: SHIPPED_SOURCE.to_owned() }];
        sets.extend(page.sets.iter().cloned());
        RegionPage {
            page,
            sets,
            weights,
            parties,
            rules,
            leader: leader.unwrap_or_else(LeaderAsk::blank),
            frame,
        }
    }
    fn told(&self, set: &RulesOn) -> String {
        let rules = set.rules;
        let said = self
            .frame
            .say("health-rules-say")
            .with("silent", rules.silent_days)
            .with("start", rules.start_days);
        said.with("percent", rules.dynamic_percent).with("visits", rules.visits_wanted).to_string()
    }
    fn from(&self, set: &RulesOn) -> String {
        match set.from {
            None => self.frame.say("health-shipped").to_string(),
            Some(day) => self.frame.say("health-from-day").with("day", day).to_string(),
        }
    }
    fn party(&self, leader: &Leader) -> &str {
        let of_it = self.page.parties.iter().find(|party| party.party == leader.party);
        of_it.map_or("", |party| party.names.named(self.frame.lang.code()))
    }
}

pub(crate) async fn region(cx: Cx<SeeHealth>) -> Reply {
    let region = found(&cx).await?;
    cx.page(&region, |frame| RegionPage::new(frame, &region, None, None))
}

pub(crate) async fn set_rules(cx: Cx<SetRules>, Ask(ask): Ask<RulesAsk>) -> Reply {
    let (permit, place, today) = (cx.permit.clone(), cx.place().clone(), cx.today);
    let here = place.clone();
    let set = cx
        .once(
            ask.id,
            ask.clone(),
            move |work, ask| {
                let fact = HealthRulesSet { place, from: ask.from, rules: ask.rules(), source: ask.source };
                work.record(&permit, &rules::set_rules(fact, today)?)?;
                Ok(())
            },
            move |view| Ok(tables::rule_sets(view, &here)?),
        )
        .await;
    match set {
        Ok(sets) => cx.saved_saying(format!("/regions/{}/health", cx.place()), "health-done-set", &sets),
        Err(stop) => {
            let region = found(&cx).await?;
            cx.again(stop, |frame| RegionPage::new(frame, &region, Some(ask), None))
        }
    }
}

pub(crate) async fn name_leader(cx: Cx<NameLeaders>, Ask(ask): Ask<LeaderAsk>) -> Reply {
    let (permit, place, today) = (cx.permit.clone(), cx.place().clone(), cx.today);
    let here = place.clone();
    let named = cx
        .once(
            ask.id,
            ask.clone(),
            move |work, ask| {
                let LeaderAsk { party, name, office, since, source, .. } = ask;
                let party = party.ok_or(rules::Refusal::NoParty)?;
                let is_listed = parties::one(work, &place, party)?.is_some();
                let since = number::date("since", &since)?;
                let fact = LeaderNamed { place, party, name, office, since, source };
                work.record(&permit, &rules::name_leader(fact, is_listed, today)?)?;
                Ok(())
            },
            move |view| Ok(tables::leaders(view, &here)?),
        )
        .await;
    match named {
        Ok(leaders) => {
            cx.saved_saying(format!("/regions/{}/health", cx.place()), "health-done-named", &leaders)
        }
        Err(stop) => {
            let region = found(&cx).await?;
            cx.again(stop, |frame| RegionPage::new(frame, &region, None, Some(ask)))
        }
    }
}
