//! The meetings of a place, the page of one, and what other pages show of them.

pub(super) mod call;
pub(super) mod list;
pub(super) mod one;
pub(super) mod slots;

use kernel::Date;
use web::Voice;
use web::list::Value;

use super::{Meeting, State};
use crate::Zone;

/// Day and hour in Yogyakarta and in Korea, or as much as is known.
pub(crate) fn when(voice: &Voice, meeting: &Meeting) -> String {
    let (Some(hour), Date::Day(day)) = (meeting.starts, meeting.date) else {
        return voice.show(meeting.date);
    };
    let [(jakarta_day, jakarta), (seoul_day, seoul)] =
        [Zone::Jakarta, Zone::Seoul].map(|zone| meeting.zone.seen_from(day, hour, zone));
    let key = if jakarta_day == seoul_day { "meetings-when-one-day" } else { "meetings-when-two-days" };
    voice
        .say(key)
        .with("day", jakarta_day)
        .with("jakarta", jakarta.to_string())
        .with("seoul", seoul.to_string())
        .with("seoul_day", seoul_day)
        .to_string()
}

/// How a meeting stands, as a badge.
fn badge(state: State) -> Value {
    let class = match state {
        State::Held { .. } => "ok",
        State::Called => "info",
        State::Unrecorded | State::Adjourned { .. } => "warn",
        State::Cancelled { .. } => "bad",
    };
    Value::Badge(class, format!("meetings-state-{}", state.name()).into())
}
