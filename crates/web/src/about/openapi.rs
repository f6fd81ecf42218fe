//! The interface for programs as an OpenAPI 3.1 document, written from the routes themselves.

use serde_json::{Map, Value, json};

use super::ReadAbout;
use crate::reply::json_of;
use crate::routes::Route;
use crate::shape::{Field, Kind};
use crate::{Cx, Reply, Voice};

pub(super) async fn document(cx: Cx<ReadAbout>) -> Reply {
    let settings = &cx.site().settings;
    let document = describe(cx.site().routes(), cx.voice(), settings.version, settings.https);
    json_of(axum::http::StatusCode::OK, &document)
}

fn describe(routes: &[Route], voice: &Voice, version: &str, https: bool) -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for route in routes {
        let item = paths.entry(route.path).or_insert_with(|| json!({}));
        item[route.method.to_ascii_lowercase()] = operation(route, voice);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Simpul",
            "version": version,
            "summary": voice.say("web-openapi-summary").to_string(),
            "license": { "name": "Apache-2.0 OR MIT" },
        },
        "paths": paths,
        "components": {
            "securitySchemes": {
                "session": { "type": "apiKey", "in": "cookie", "name": crate::staff::session::cookie_name(https) },
            },
            "schemas": {
                "Refusal": {
                    "type": "object",
                    "required": ["code", "message"],
                    "properties": {
                        "code": { "type": "string", "examples": ["waste.no_price"] },
                        "message": { "type": "string" },
                        "args": { "type": "object" },
                        "field": { "type": ["string", "null"] },
                        "number": { "type": ["string", "null"] },
                    },
                },
            },
            "responses": {
                "Refusal": {
                    "description": voice.say("web-openapi-refusal").to_string(),
                    "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Refusal" } } },
                },
            },
        },
    })
}

fn operation(route: &Route, voice: &Voice) -> Value {
    let in_path = path_names(route.path)
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }));
    let in_query = route
        .asks
        .query
        .iter()
        .map(|field| json!({ "name": field.name, "in": "query", "schema": schema(field) }));
    let done = match route.method {
        "POST" => json!({
            "201": { "description": voice.say("web-openapi-booked").to_string(), "content": { "application/json": {} } },
            "303": { "description": voice.say("web-openapi-go-on").to_string() },
            "default": { "$ref": "#/components/responses/Refusal" },
        }),
        _ => json!({
            "200": {
                "description": voice.say("web-openapi-page").to_string(),
                "content": { "application/json": {}, "text/html": {} },
            },
            "default": { "$ref": "#/components/responses/Refusal" },
        }),
    };
    let mut operation = json!({
        "operationId": operation_id(route),
        "summary": voice.say(route.summary.as_str()).to_string(),
        "tags": [route.deed.split('.').next().unwrap_or_default()],
        "parameters": in_path.chain(in_query).collect::<Vec<_>>(),
        "responses": done,
        "security": if route.by.contains(&kernel::Role::Public) { json!([]) } else { json!([{ "session": [] }]) },
        "x-deed": route.deed,
        "x-roles": route.by,
    });
    if let Some(form) = &route.asks.form {
        let form = json!({ "schema": object(form) });
        operation["requestBody"] =
            json!({ "content": { "application/x-www-form-urlencoded": form, "application/json": form } });
    }
    if route.asks.upload {
        let form = json!({ "schema": { "type": "object", "properties": { "file": { "contentMediaType": "application/octet-stream" } } } });
        operation["requestBody"] = json!({ "content": { "multipart/form-data": form } });
    }
    operation
}

/// `get_villages_village_members` of `GET /villages/{village}/members`.
fn operation_id(route: &Route) -> String {
    let path: String = route.path.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let words: Vec<&str> = path.split('_').filter(|word| !word.is_empty()).collect();
    format!("{}_{}", route.method.to_ascii_lowercase(), words.join("_"))
}

fn path_names(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| rest.split('}').next()).map(|name| name.trim_start_matches('*'))
}

fn object(fields: &[Field]) -> Value {
    let properties: Map<String, Value> =
        fields.iter().map(|field| (field.name.to_owned(), schema(field))).collect();
    json!({ "type": "object", "properties": properties })
}

fn schema(field: &Field) -> Value {
    match field.kind {
        Kind::Text => json!({ "type": "string" }),
        Kind::Whole => json!({ "type": "integer" }),
        Kind::YesNo => json!({ "type": "boolean" }),
        Kind::Many => json!({ "type": "array", "items": {} }),
        Kind::Any => json!({}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_its_parts() {
        let names: Vec<&str> = path_names("/villages/{village}/waste/{book}/members/{member}").collect();
        assert_eq!(names, ["village", "book", "member"]);
        assert_eq!(path_names("/about").count(), 0);
    }
}
