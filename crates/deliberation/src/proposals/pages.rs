//! What people see of proposals.

pub(super) mod list;
pub(super) mod one;
pub(super) mod slots;

use kernel::Deed;
use web::list::Value;
use web::{Choice, Cx, Frame, List};

use super::{Proposal, State, Voice};
use crate::meetings::Element;
use crate::minutes::Tongue;

fn badge(of: State) -> Value {
    let class = match of {
        State::Open => "info",
        State::Put { .. } => "info",
        State::Decided { .. } => "ok",
        State::Withdrawn => "quiet",
    };
    Value::Badge(class, format!("proposals-state-{}", of.name()).into())
}

/// The language of the page as one of the house.
fn tongue<D: Deed>(cx: &Cx<D>) -> Tongue {
    cx.lang.code().parse().unwrap_or(Tongue::Indonesian)
}

fn tongues(frame: &Frame) -> Vec<Choice> {
    Tongue::ALL.iter().map(|it| Choice::new(it, frame.say(format!("proposals-lang-{it}")))).collect()
}

pub(crate) fn elements(frame: &Frame) -> Vec<Choice> {
    Element::ALL.iter().map(|it| Choice::new(it, frame.say(format!("meetings-element-{it}")))).collect()
}

/// The voice of whoever signed in.
fn voice_of<D: Deed>(cx: &Cx<D>) -> Result<Voice, kernel::Stop> {
    Ok(Voice::Staff(cx.person()?.staff))
}

fn columns() -> List<Proposal> {
    List::new("proposals")
        .column("title", "proposals-title-field", |it: &Proposal| it.title.clone())
        .link(|it| it.path(""))
        .column("element", "proposals-element", |it| {
            web::Word::new(format!("meetings-element-{}", it.element))
        })
        .column("cost", "proposals-cost", |it| it.cost)
        .column("support", "proposals-support-count", |it| it.support)
        .column("state", "proposals-state", |it| badge(it.state))
}
