//! What a careful reader would say of the sources, said by a test: whose tables, which words, which files.

use std::collections::{BTreeMap, BTreeSet};

use crate::sources::{Source, code, files, root};

/// Fails with every problem at once.
fn must_be_empty(what: &str, problems: Vec<String>) {
    assert!(problems.is_empty(), "{} {what}:\n{}", problems.len(), problems.join("\n"));
}

// --- tables ---------------------------------------------------------------------------------------------------------

/// Each table with the folder of the feature that owns it.
fn owners() -> BTreeMap<String, String> {
    let mut owners = BTreeMap::new();
    for file in files("crates", &[".sql"]) {
        for statement in file.text.split(';') {
            let words: Vec<&str> = statement.split_whitespace().collect();
            let table = match words.iter().position(|word| *word == "TABLE") {
                Some(at) if words[at + 1..].starts_with(&["IF", "NOT", "EXISTS"]) => words.get(at + 4),
                Some(at) => words.get(at + 1),
                None => None,
            };
            if let Some(table) = table {
                let folder = file.folder().to_owned();
                let before = owners.insert((*table).to_owned(), folder.clone());
                assert!(before.is_none_or(|before| before == folder), "the table {table} is made twice");
            }
        }
    }
    owners
}

/// The tables that a statement names.
fn tables_in(statement: &str) -> Vec<&str> {
    let words: Vec<&str> = statement
        .split(|c: char| c.is_whitespace() || "(),".contains(c))
        .filter(|word| !word.is_empty())
        .collect();
    words
        .windows(2)
        .filter(|pair| matches!(pair[0], "FROM" | "JOIN" | "INTO" | "UPDATE"))
        .map(|pair| pair[1])
        .collect()
}

/// The books: written by the journal alone, read by every feature that posts to them, which joins its own tables to them.
const BOOKS: [&str; 2] = ["account", "transfer"];

#[test]
fn no_feature_names_the_tables_of_another() {
    let owners = owners();
    assert!(owners.len() > 10, "the tables were not found: {owners:?}");
    let mut problems = Vec::new();
    for file in code() {
        for (line, statement) in file.statements() {
            for table in tables_in(&statement) {
                let everybodys = BOOKS.contains(&table) && statement.trim_start().starts_with("SELECT");
                if let Some(owner) = owners.get(table)
                    && !file.is_in(owner)
                    && !everybodys
                {
                    problems.push(format!("{}:{line} names {table}, which belongs to {owner}", file.path));
                }
            }
        }
    }
    must_be_empty("statements name the tables of another feature", problems);
}

// --- words ----------------------------------------------------------------------------------------------------------

const LANGUAGES: [&str; 3] = ["en", "id", "ko"];

/// A sentence with the file it stands in and what it tells.
struct Sentence {
    place: String,
    args: BTreeSet<String>,
}

/// The sentences of a language by their keys.
fn sentences(lang: &str) -> BTreeMap<String, Sentence> {
    let mut found: BTreeMap<String, Sentence> = BTreeMap::new();
    for file in files("crates", &[&format!("/words.{lang}.ftl")]) {
        let mut key: Option<String> = None;
        for (n, line) in file.text.lines().enumerate() {
            if let Some((name, _)) =
                line.split_once('=').filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase()))
            {
                let name = name.trim().to_owned();
                let place = format!("{}:{}", file.path, n + 1);
                let before =
                    found.insert(name.clone(), Sentence { place: place.clone(), args: BTreeSet::new() });
                assert!(before.is_none(), "{place}: {name} is there twice");
                key = Some(name);
            } else if line.starts_with('#') {
                key = None;
            }
            if let Some(sentence) = key.as_ref().and_then(|key| found.get_mut(key)) {
                let args = line.match_indices('$').map(|(at, _)| {
                    line[at + 1..]
                        .chars()
                        .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
                        .collect::<String>()
                });
                sentence.args.extend(args);
            }
        }
    }
    found
}

/// What the sources say about words: every literal of the code and of the expressions in templates.
struct Usage {
    /// Whole keys, with a place.
    keys: BTreeMap<String, String>,
    /// Beginnings of keys that are put together.
    beginnings: BTreeSet<String>,
}

fn usage() -> Usage {
    let mut usage = Usage { keys: BTreeMap::new(), beginnings: BTreeSet::new() };
    let mut take = |place: String, text: &str| {
        let letters = |text: &str| {
            text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
        };
        if let Some((chapter, name)) = text.split_once('.')
            && !chapter.is_empty()
            && letters(chapter)
            && letters(name)
        {
            // A code of a refusal, a deed, a problem.
            usage.keys.entry(format!("{chapter}-{name}")).or_default();
            usage.keys.entry(format!("{chapter}-deed-{name}")).or_default();
        } else if let Some((beginning, _)) =
            text.split_once('{').filter(|(beginning, _)| beginning.contains('-') && letters(beginning))
        {
            usage.beginnings.insert(beginning.to_owned());
        } else if text.ends_with('-') && letters(text) && text.len() > 1 {
            usage.beginnings.insert(text.to_owned());
        } else if text.contains('-') && letters(text) {
            let known = usage.keys.entry(text.to_owned()).or_default();
            if known.is_empty() {
                *known = place;
            }
        }
    };
    for file in code() {
        for (line, text) in file.literals() {
            take(format!("{}:{line}", file.path), &text);
        }
    }
    for file in files("crates", &[".html"]) {
        for (at, _) in file.text.match_indices("{{").chain(file.text.match_indices("{%")) {
            let end = file.text[at..].find("}}").into_iter().chain(file.text[at..].find("%}")).min();
            let inside = &file.text[at..at + end.unwrap_or(0)];
            for text in inside.split('"').skip(1).step_by(2) {
                take(format!("{}:{}", file.path, file.line(at)), text);
            }
        }
    }
    usage
}

#[test]
fn every_sentence_is_there_in_three_languages() {
    let all = LANGUAGES.map(sentences);
    let mut problems = Vec::new();
    for (lang, own) in LANGUAGES.iter().zip(&all) {
        for other in &all {
            let missing = other.iter().filter(|(key, _)| !own.contains_key(*key));
            problems.extend(
                missing
                    .map(|(key, sentence)| format!("{key} ({}) has no sentence in {lang}", sentence.place)),
            );
        }
    }
    problems.sort();
    problems.dedup();
    must_be_empty("sentences are missing", problems);
}

#[test]
fn every_key_that_is_used_has_a_sentence_and_every_sentence_is_used() {
    let (sentences, usage) = (sentences("en"), usage());
    let chapters: BTreeSet<&str> = sentences.keys().filter_map(|key| key.split('-').next()).collect();
    let mut problems = Vec::new();
    for (key, place) in usage.keys.iter().filter(|(_, place)| !place.is_empty()) {
        let chapter = key.split('-').next().unwrap_or_default();
        if chapters.contains(chapter) && !sentences.contains_key(key) && !NOT_KEYS.contains(&key.as_str()) {
            problems.push(format!("{place} uses {key}, which has no sentence"));
        }
    }
    for (key, sentence) in &sentences {
        let put_together = usage.beginnings.iter().any(|beginning| key.starts_with(beginning.as_str()));
        if !usage.keys.contains_key(key) && !put_together {
            problems.push(format!("{} has {key}, which nobody uses", sentence.place));
        }
    }
    must_be_empty("keys and sentences do not meet", problems);
}

/// Literals that look like the key of a sentence and are none.
const NOT_KEYS: [&str; 0] = [];

/// Every `422 "waste.no_price" NoPrice { kind: String };` of the sources: place, code, names of what it tells.
fn refusals() -> Vec<(String, String, BTreeSet<String>)> {
    let mut found = Vec::new();
    for file in code() {
        for (n, line) in file.text.lines().enumerate() {
            let line = line.trim();
            let Some((status, rest)) = line.split_once(' ') else { continue };
            let Some((code, rest)) = rest.strip_prefix('"').and_then(|rest| rest.split_once('"')) else {
                continue;
            };
            if status.len() != 3 || status.parse::<u16>().is_err() {
                continue;
            }
            let args = rest.split_once('{').map_or("", |(_, args)| args).split(',');
            let args =
                args.filter_map(|arg| arg.split_once(':')).map(|(name, _)| name.trim().to_owned()).collect();
            found.push((format!("{}:{}", file.path, n + 1), code.to_owned(), args));
        }
    }
    found
}

/// Advice and problems: codes without a declared list of what they tell.
fn advice() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for file in code() {
        for (line, text) in file.literals() {
            let told =
                ["db", "journal", "cli"].iter().any(|chapter| text.starts_with(&format!("{chapter}.")));
            let code = text
                .split_once('.')
                .is_some_and(|(_, name)| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'));
            // The kinds of the journal's own facts have a version.
            if told && code && !text.contains('/') && text != "simpul.db" {
                found.push((format!("{}:{line}", file.path), text));
            }
        }
    }
    found
}

#[test]
fn every_refusal_and_every_advice_has_a_sentence_that_is_told_what_it_needs() {
    let all = LANGUAGES.map(sentences);
    let (refusals, advice) = (refusals(), advice());
    assert!(
        refusals.len() > 40 && advice.len() > 30,
        "they were not found: {} {}",
        refusals.len(),
        advice.len()
    );
    let mut problems = Vec::new();
    for (place, code, args) in &refusals {
        let key = web::refusal_key(code);
        for (lang, sentences) in LANGUAGES.iter().zip(&all) {
            match sentences.get(&key) {
                None => problems.push(format!("{place}: {code} has no sentence in {lang}")),
                Some(sentence) => {
                    let unknown = sentence.args.difference(args).cloned().collect::<Vec<_>>();
                    if !unknown.is_empty() {
                        problems.push(format!(
                            "{}: {code} does not tell {}",
                            sentence.place,
                            unknown.join(", ")
                        ));
                    }
                }
            }
        }
    }
    for (place, code) in &advice {
        if !all[0].contains_key(&web::refusal_key(code)) {
            problems.push(format!("{place}: {code} has no sentence"));
        }
    }
    must_be_empty("refusals have no fitting sentence", problems);
}

// --- files ----------------------------------------------------------------------------------------------------------

#[test]
fn no_file_is_longer_than_a_conversation() {
    const MOST: usize = 600;
    // Tables of tests at the bottom of a file may be any length.
    let long = code()
        .into_iter()
        .chain(files("crates", &[".html", ".sql"]))
        .chain(files("assets", &[".css", ".js"]));
    let long = long.map(|file| (file.text.lines().count(), file.path));
    let long = long.filter(|(lines, _)| *lines > MOST);
    must_be_empty(
        "files have more than 600 lines",
        long.map(|(lines, path)| format!("{path}: {lines}")).collect(),
    );
}

#[test]
fn every_template_is_used() {
    let templates = files("crates", &[".html"]);
    let code: String = files("crates", &[".rs"]).into_iter().map(|file| file.text).collect();
    let other: String = templates.iter().map(|file| file.text.as_str()).collect();
    let unused = templates.iter().filter(|file| {
        let name = file.path.split_once("/src/").map_or(file.path.as_str(), |(_, name)| name);
        let quoted = format!("\"{name}\"");
        !code.contains(&format!("path = {quoted}"))
            && !["extends", "include", "import"]
                .iter()
                .any(|verb| other.contains(&format!("{verb} {quoted}")))
    });
    must_be_empty("templates are used by nobody", unused.map(|file| file.path.clone()).collect());
}

/// The files that a feature folder has everywhere.
const USUAL: [&str; 13] = [
    "mod.rs",
    "facts.rs",
    "rules.rs",
    "tables.sql",
    "local.sql",
    "tables.rs",
    "pages.rs",
    "import.rs",
    "demo.rs",
    "stories.rs",
    "words.id.ftl",
    "words.ko.ftl",
    "words.en.ftl",
];

/// What some features have beside them, and why.
const UNUSUAL: [(&str, &[&str], &str); 12] = [
    (
        "crates/deliberation/src/proposals",
        &["voice.rs"],
        "a voice is written in the facts of proposals, halls and ballots alike",
    ),
    (
        "crates/cooperation/src/documents",
        &["attach.rs"],
        "how other features attach their evidence, which is no page and no rule",
    ),
    (
        "crates/cooperation/src/health",
        &["sources.rs"],
        "what later stages count comes through a slot of its own, which is no table of this one",
    ),
    (
        "crates/cooperation/src/reminders",
        &["calendar.rs", "mail.rs"],
        "a calendar and letters go to other programs, each by a standard of its own",
    ),
    (
        "crates/cooperation/src/stages",
        &["procedure.rs"],
        "the steps of the law, as shipped, are a table of their own",
    ),
    (
        "crates/deliberation/src/attendance",
        &["attendee.rs"],
        "whoever comes is a person, a household, a group or a party, stored as one text",
    ),
    (
        "crates/deliberation/src/decisions",
        &["owner.rs"],
        "whoever has something is a party, a group or an office, stored as one text",
    ),
    ("crates/web/src/about", &["openapi.rs"], "one of its pages is a document for programs"),
    (
        "crates/web/src/staff",
        &["attempts.rs", "browsers.rs", "desk.rs", "manage.rs", "password.rs", "session.rs"],
        "passwords, sessions and browsers follow from no fact; what the command line shares with the pages is in desk.rs",
    ),
    (
        "crates/people/src/places",
        &["index.rs", "regions.rs"],
        "the national list lies in a table of its own and is searched",
    ),
    (
        "crates/people/src/households",
        &["desk.rs", "names.rs"],
        "names lie in no table but in memory; what command line and later stages share with the pages is in desk.rs",
    ),
    (
        "crates/livelihood/src/waste",
        &["addresses.rs", "holders.rs", "sort.rs"],
        "both rooms link to each other's pages; a member is a household, a person or a group; a sort has a code of its \
         own, and some enums are stored by name",
    ),
];

#[test]
fn feature_folders_have_the_usual_files() {
    let features = files("crates", &["/facts.rs", "/about/mod.rs", "/reminders/mod.rs"]);
    assert!(features.len() > 5, "the features were not found");
    let mut problems = Vec::new();
    for feature in features.iter().map(|file| file.folder()).filter(|folder| !folder.ends_with("/src")) {
        let extra: &[&str] =
            UNUSUAL.iter().find(|(folder, _, _)| *folder == feature).map_or(&[], |(_, extra, _)| extra);
        for file in files(feature, &[""]) {
            let inside = &file.path[feature.len() + 1..];
            let (name, room) =
                inside.split_once('/').map_or((inside, None), |(room, inside)| (inside, Some(room)));
            let usual = |name: &str| USUAL.contains(&name) || extra.contains(&name);
            let fits = match room {
                None => usual(name) || name.ends_with(".html"),
                // A file that has grown into a folder: tables/, pages/.
                Some(room) if usual(&format!("{room}.rs")) => true,
                // A room of the feature, such as the counter: one file for each screen, and nothing but screens.
                Some(_) => !["facts.rs", "rules.rs", "tables.rs", "tables.sql"].contains(&name),
            };
            if !fits {
                problems.push(format!(
                    "{} has no usual name: change it, or say in UNUSUAL why it is there",
                    file.path
                ));
            }
        }
    }
    must_be_empty("files have unusual names", problems);
}

#[test]
fn nothing_knows_the_machine_it_was_written_on() {
    let all = ["crates", "scripts", "docs", "verify", ".ci", "assets/css", "assets/js"]
        .into_iter()
        .flat_map(|folder| files(folder, &[""]));
    let of_root = std::fs::read_dir(root()).expect("the root").filter_map(|entry| {
        let path = entry.expect("an entry").path();
        let name = path.file_name()?.to_string_lossy().into_owned();
        Some(Source { text: std::fs::read_to_string(&path).ok()?, path: name })
    });
    let marks = ["work", "root", "home"].map(|folder| format!("/{folder}/"));
    let mut problems = Vec::new();
    for file in all.chain(of_root) {
        for mark in &marks {
            for (at, _) in file.text.match_indices(mark.as_str()) {
                // A relative path or an address may well contain such a word.
                let before = file.text[..at].chars().next_back();
                if before
                    .is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '.' | '~' | '-' | '}' | '*' | '/'))
                {
                    problems.push(format!("{}:{} has {mark}", file.path, file.line(at)));
                }
            }
        }
    }
    must_be_empty("paths of a machine", problems);
}

#[test]
fn the_glossary_has_the_nouns_of_the_domain() {
    let Ok(glossary) = std::fs::read_to_string(root().join("GLOSSARY.md")) else { return };
    let glossary = glossary.to_lowercase();
    let kernel = files("crates/kernel/src", &["id.rs"]);
    let ids = kernel[0]
        .text
        .lines()
        .filter_map(|line| line.trim().strip_suffix("Id"))
        .filter(|name| name.bytes().all(|b| b.is_ascii_alphabetic()));
    let roles = kernel::Role::ALL.into_iter().map(|role| role.name().replace('_', " "));
    let levels = ["province", "regency", "district", "village", "hamlet", "neighbourhood"].map(str::to_owned);
    let nouns: BTreeSet<String> = ids.map(str::to_lowercase).chain(roles).chain(levels).collect();
    let missing = nouns.into_iter().filter(|noun| !glossary.contains(noun.as_str()));
    must_be_empty("nouns are not in GLOSSARY.md", missing.collect());
}
