//! What meetings decided, what is still open, and what other pages show of both.

pub(super) mod one;
pub(super) mod open;
pub(super) mod slots;
pub(super) mod take;

use cooperation::agreements::{self, Cooperation, Instrument};
use cooperation::parties::{self, Party};
use journal::View;
use kernel::{Fault, Level, PlaceCode};
use people::groups::{self, Group};
use web::list::Value;
use web::{Choice, List, Listed, Voice, Want};

use super::Owner;
use super::rules::{Standing, standing};
use super::tables::FollowUp;
use crate::meetings::Meeting;

/// Who may have something, and the papers that a decision may carry out.
#[derive(Default)]
pub(super) struct Around {
    parties: Vec<Party>,
    groups: Vec<Group>,
    papers: Vec<(Cooperation, Vec<Instrument>)>,
}

impl Around {
    fn read(view: &mut View<'_, '_>, place: &PlaceCode, of: Option<&Meeting>) -> Result<Around, Fault> {
        let mut around = Around::default();
        if let Some(village) = place.at(Level::Village) {
            around.groups = groups::list(view, &village)?;
        }
        let mut up = Some(place.clone());
        while let Some(place) = up.filter(|place| place.level() >= Level::Province) {
            around.parties.extend(parties::list(view, &place)?);
            if let Some(book) = of.and_then(|meeting| meeting.cooperation)
                && let Some(cooperation) = agreements::cooperation(view, &place, book)?
            {
                let papers = agreements::instruments(view, &place, book)?;
                around.papers.push((cooperation, papers));
            }
            up = place.parent();
        }
        Ok(around)
    }
    /// The name of an owner.
    fn owner(&self, owner: &Owner, lang: &str) -> String {
        let named = match owner {
            Owner::Office(name) => Some(name.as_str()),
            Owner::Group(id) => self.groups.iter().find(|it| it.group == *id).map(|it| it.name.as_str()),
            Owner::Party(id) => self.parties.iter().find(|it| it.party == *id).map(|it| it.names.named(lang)),
        };
        named.map_or_else(|| owner.to_string(), str::to_owned)
    }
    fn has(&self, owner: &Owner) -> bool {
        match owner {
            Owner::Office(_) => true,
            Owner::Group(id) => self.groups.iter().any(|it| it.group == *id),
            Owner::Party(id) => self.parties.iter().any(|it| it.party == *id),
        }
    }
    fn owners(&self, lang: &str) -> Vec<Choice> {
        let party = |it: &Party| Choice::new(Owner::Party(it.party), it.names.named(lang));
        let group = |it: &Group| Choice::new(Owner::Group(it.group), &it.name);
        self.parties.iter().map(party).chain(self.groups.iter().map(group)).collect()
    }
    fn papers(&self, lang: &str) -> Vec<Choice> {
        let all = self.papers.iter().flat_map(|(_, papers)| papers);
        all.map(|it| Choice::new(it.instrument, it.names.named(lang))).collect()
    }
}

/// The owner whom a form names: one of the list, or an office that was written.
fn owner_of(chosen: Option<Owner>, office: &str) -> Result<Option<Owner>, kernel::Refused> {
    let office = office.split_whitespace().collect::<Vec<_>>().join(" ");
    match (chosen, office.is_empty()) {
        (Some(_), false) => Err(kernel::Refused::from(super::Refusal::TwoOwners).in_field("office")),
        (_, false) if office.chars().count() > OFFICE_MAX => {
            Err(kernel::Refused::from(super::Refusal::TooLong { most: OFFICE_MAX }).in_field("office"))
        }
        (None, false) => Ok(Some(Owner::Office(office))),
        (chosen, true) => Ok(chosen),
    }
}

/// No office is called by more.
const OFFICE_MAX: usize = 100;

fn badge(of: Standing) -> Value {
    let class = match of {
        Standing::Open => "info",
        Standing::Late { .. } => "bad",
        Standing::Closed { .. } => "ok",
    };
    Value::Badge(class, format!("decisions-state-{}", of.name()).into())
}

/// A follow-up with the name of its owner.
#[derive(Debug, Clone, serde::Serialize)]
pub(super) struct Line {
    #[serde(flatten)]
    it: FollowUp,
    owner_name: String,
    standing: Standing,
}

impl Line {
    fn of(it: FollowUp, around: &Around, lang: &str, today: kernel::Day) -> Line {
        Line { owner_name: around.owner(&it.owner, lang), standing: standing(&it, today), it }
    }
}

fn list_of_follow_ups(lang: &'static str) -> List<Line> {
    List::new("follow-ups")
        .column("text", "decisions-follow-up", move |line: &Line| line.it.text.named(lang).to_owned())
        .link(|line| line.it.path())
        .column("owner", "decisions-owner", |line| line.owner_name.clone())
        .column("due", "decisions-due", |line| line.it.due)
        .column("state", "decisions-state", |line| badge(line.standing))
        .column("closed", "decisions-closed", |line| line.it.closed.as_ref().map(|closed| closed.day))
        .column("evidence", "decisions-evidence", |line| {
            line.it.closed.as_ref().map(|closed| closed.evidence.clone())
        })
}

fn plain_follow_ups(lines: &[Line], voice: &Voice) -> Listed {
    list_of_follow_ups(voice.lang.code()).plain().of(lines, &web::ListAsk::default(), voice, Want::Html)
}

/// How many are open, and since when the oldest of those that are late is late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
struct OpenSums {
    open: usize,
    late: usize,
    late_since: Option<kernel::Day>,
}

impl OpenSums {
    fn of(all: &[FollowUp], today: kernel::Day) -> OpenSums {
        let open = all.iter().filter(|it| it.closed.is_none());
        let late = open.clone().filter(|it| matches!(standing(it, today), Standing::Late { .. }));
        OpenSums { open: open.count(), late: late.clone().count(), late_since: late.map(|it| it.due).min() }
    }
    /// `3 follow-ups are open, 1 late since 1 March 2026.`
    fn sentence(&self, voice: &Voice) -> String {
        match self.late_since {
            None => voice.say("decisions-open-count").with("open", self.open).to_string(),
            Some(since) => voice
                .say("decisions-open-late")
                .with("open", self.open)
                .with("late", self.late)
                .with("since", since)
                .to_string(),
        }
    }
}
