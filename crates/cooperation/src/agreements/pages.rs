//! The portfolio of a region, the page of a cooperation, and that of a paper.

pub(super) mod one;
pub(super) mod paper;
pub(super) mod portfolio;

use web::list::Value;

use super::rules::PaperState;

/// The state of a paper as a badge.
fn badge(state: PaperState) -> Value {
    let class = match state {
        PaperState::InForce { .. } => "ok",
        PaperState::NearExpiry { .. } | PaperState::Draft => "warn",
        PaperState::Expired { .. } => "bad",
        PaperState::Ended { .. } => "info",
    };
    Value::Badge(class, format!("agreements-state-{}", state.name()).into())
}
