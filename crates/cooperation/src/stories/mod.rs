//! What officers of two regions do with a cooperation and then see, through HTTP, on both databases. One file a feature.

mod agreed;
mod agreements;
mod articles;
mod papers;
mod parties;
mod stages;

use kernel::{EntryId, Role};
use serde_json::Value;

use crate::world::{Answer, Village};

const PORTFOLIO: &str = "/regions/34/cooperations";

/// The officer enters something, with a new id and these fields.
async fn enter(at: &Village, path: &str, fields: &[(&str, &str)]) -> (EntryId, Answer) {
    let id = EntryId::new();
    let text = id.to_string();
    let mut all = vec![("id", text.as_str())];
    all.extend_from_slice(fields);
    (id, at.as_role(Role::CooperationOfficer).send(path, &all).await)
}

async fn party(at: &Village, kind: &str, name: &str, country: &str) -> String {
    let fields = [("kind", kind), ("name_id", name), ("country", country)];
    let (id, answer) = enter(at, "/regions/34/parties", &fields).await;
    answer.done();
    id.to_string()
}

fn paper<'d>(data: &'d Value, title: &str) -> &'d Value {
    let papers = data["papers"].as_array().expect("papers");
    papers.iter().find(|paper| paper["names"]["id"] == title).expect("the paper")
}
