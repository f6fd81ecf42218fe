//! Every page that links lead to, in three languages, on a wide and a narrow screen, in light and dark.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::chromium::{Chromium, Scripts};
use super::site::{data, demo};
use crate::sources::root;

/// Routes that answer with a file or with data, or that stand only for a moment.
const NO_PAGES: [&str; 11] = [
    "/",
    "/openapi.json",
    "/regions/{region}/cooperations/{book}/documents/files/{sha256}",
    "/regions/{region}/due/calendar/{token}",
    "/sign-in",
    "/villages/{village}/households/import/{upload}",
    "/villages/{village}/households/import/{upload}/rejects",
    "/villages/{village}/persons/{person}/erase",
    "/villages/{village}/waste/{book}/entries",
    "/villages/{village}/waste/{book}/import/template",
    "/villages/{village}/waste/{book}/members/find",
];

/// The address of one of each kind of page, found as people find them: from link to link, beginning with the first page.
pub fn pages(browser: &Chromium) -> Vec<String> {
    let document = data(browser, "/openapi.json");
    let routes: BTreeSet<String> = document["paths"]
        .as_object()
        .expect("paths")
        .iter()
        .filter(|(path, methods)| methods.get("get").is_some() && !NO_PAGES.contains(&path.as_str()))
        .map(|(path, _)| path.clone())
        .collect();
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let (mut ahead, mut known) = (vec![browser.here()], BTreeSet::new());
    while let Some(path) = ahead.pop().filter(|_| found.len() < routes.len()) {
        browser.go(&path);
        let links = "[...document.querySelectorAll('a[href]:not([download])')]
            .filter((a) => a.origin === location.origin).map((a) => a.pathname)";
        for link in browser.value(links).as_array().expect("links").iter().filter_map(Value::as_str) {
            let Some(route) = route_of(link, &routes).filter(|_| known.insert(link.to_owned())) else {
                continue;
            };
            // What is new comes next; another page of a kind that is known may still lead to one that is not.
            match found.insert(route.clone(), link.to_owned()) {
                None => ahead.push(link.to_owned()),
                Some(_) => ahead.insert(0, link.to_owned()),
            }
        }
    }
    let lost: Vec<_> = routes.iter().filter(|route| !found.contains_key(*route)).collect();
    assert!(lost.is_empty(), "no link leads to {lost:?}");
    found.into_values().collect()
}

/// The route of an address: the one with the most words in common.
fn route_of<'r>(path: &str, routes: &'r BTreeSet<String>) -> Option<&'r String> {
    let fits = |route: &&String| {
        route.split('/').count() == path.split('/').count()
            && route
                .split('/')
                .zip(path.split('/'))
                .all(|(wanted, part)| wanted.starts_with('{') || wanted == part)
    };
    routes.iter().filter(fits).min_by_key(|route| route.matches('{').count())
}

/// What a page must be, whatever is on it; each sentence it comes back with is a problem.
const LOOK: &str = r#"
    for (const details of document.querySelectorAll("main details")) details.open = true;
    const [lang] = arguments, problems = [], seen = document.body.innerText;
    const headings = document.querySelectorAll("h1").length;
    if (headings !== 1) problems.push(`${headings} h1`);
    if (document.documentElement.lang !== lang) problems.push(`the language is said to be ${document.documentElement.lang}`);
    const keys = seen.match(/\b(web|staff|people|places|households|groups|waste|income|livelihood|agreements|parties|stages|articles|agreed|documents|obligations|visits|reminders|meetings|attendance|decisions|minutes|figures|proposals|hall|ballots|health)-[a-z][a-z_-]+/g);
    if (keys) problems.push(`keys instead of words: ${keys}`);
    if (/\{\s*\$|undefined|\[object|NaN/.test(seen)) problems.push("a sentence was not filled in");
    for (const control of document.querySelectorAll("input:not([type=hidden], [aria-hidden]), select, textarea")) {
        const name = control.labels?.[0]?.innerText.trim() || control.getAttribute("aria-label");
        if (!name) problems.push(`no label: ${control.outerHTML}`);
    }
    const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
    const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
    if (twice.length) problems.push(`ids that are there twice: ${twice}`);
    if (!document.title.endsWith("Simpul") || document.title.startsWith(" ")) problems.push(`the title ${document.title}`);
    for (const link of document.querySelectorAll("a, button, summary")) {
        if (!(link.textContent.trim() || link.getAttribute("aria-label"))) problems.push(`no words: ${link.outerHTML}`);
    }
    return problems;
"#;

/// How far a page goes beyond the right edge, and what goes there first.
pub const WIDTH: &str = "
    const page = document.scrollingElement, over = page.scrollWidth - innerWidth;
    if (over <= 0) return null;
    const first = [...document.querySelectorAll('main *, header *, footer *')]
        .find((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.scroll'));
    return `${over} px too wide at ${innerWidth}: ${first?.outerHTML.slice(0, 160)}`;
";

#[test]
#[ignore = "needs Chromium: run scripts/test"]
fn every_page_in_three_languages_on_a_wide_and_a_narrow_screen() {
    let demo = demo();
    let browser = demo.browser_of_all_roles("serba-bisa", "en", Scripts::On);
    let mut pages = demo.pages(&browser).to_vec();
    pages.extend(["/places?find=sumber".to_owned(), "/nowhere".to_owned()]);
    browser.complaints();
    let mut problems = Vec::new();
    for lang in ["en", "id", "ko"] {
        for page in &pages {
            browser.resize(1280, 900);
            browser.go(&format!("{page}{}lang={lang}", if page.contains('?') { '&' } else { '?' }));
            let mut wrong: Vec<Value> =
                browser.script(LOOK, json!([lang])).as_array().expect("problems").clone();
            wrong.push(browser.script(WIDTH, json!([])));
            browser.resize(360, 740);
            wrong.push(browser.script(WIDTH, json!([])));
            let wrong = wrong.iter().filter(|problem| !problem.is_null());
            problems.extend(wrong.map(|problem| format!("{lang} {page}: {problem}")));
            let complaints = browser.complaints().into_iter();
            problems.extend(complaints.filter(|said| !said.contains("/nowhere")));
        }
    }
    assert!(problems.is_empty(), "{}:\n{}", problems.len(), problems.join("\n"));
}

#[test]
#[ignore = "needs Chromium: run scripts/test"]
fn no_page_shuts_out_those_who_see_or_move_otherwise() {
    let axe = std::fs::read_to_string(root().join("assets/node_modules/axe-core/axe.min.js"))
        .expect("axe-core, which scripts/setup assets brings");
    let demo = demo();
    let browser = demo.browser_of_all_roles("semua-peran", "id", Scripts::On);
    let pages = demo.pages(&browser);
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": axe }));
    let run = "for (const details of document.querySelectorAll('main details')) details.open = true;
        const all = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
        const found = await axe.run(document, { runOnly: arguments[0] === 'dark' ? ['color-contrast'] : all, resultTypes: ['violations'] });
        return found.violations.map((wrong) =>
            `${wrong.id}: ${wrong.help}: ${wrong.nodes.map((node) => node.html.slice(0, 200)).slice(0, 3).join(' | ')}`)";
    let mut problems = Vec::new();
    for page in pages {
        browser.show_as("screen", "light");
        browser.go(page);
        for scheme in ["light", "dark"] {
            browser.show_as("screen", scheme);
            let wrong = browser
                .script(&format!("return (async (arguments) => {{ {run} }})(arguments)"), json!([scheme]));
            let wrong = wrong.as_array().expect("problems").iter();
            problems.extend(wrong.map(|problem| format!("{scheme} {page}: {problem}")));
        }
    }
    assert!(problems.is_empty(), "{}:\n{}", problems.len(), problems.join("\n"));
}
