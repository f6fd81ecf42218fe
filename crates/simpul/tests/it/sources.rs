//! The sources as the tests read them: files, string literals, statements, keys of sentences.

use std::path::{Path, PathBuf};

/// A file of the repository.
pub struct Source {
    /// Its path from the root, with slashes.
    pub path: String,
    /// What is in it.
    pub text: String,
}

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the root of the repository")
}

/// Every file below a folder of the repository whose name ends so, in the order of their paths.
pub fn files(folder: &str, endings: &[&str]) -> Vec<Source> {
    let root = root();
    let mut found = Vec::new();
    walk(&root.join(folder), &mut |path| {
        let name = path.to_string_lossy();
        if endings.iter().any(|ending| name.ends_with(ending))
            && let Ok(text) = std::fs::read_to_string(path)
        {
            let path = path.strip_prefix(&root).expect("below the root").to_string_lossy().replace('\\', "/");
            found.push(Source { path, text });
        }
    });
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn walk(folder: &Path, visit: &mut impl FnMut(&Path)) {
    const NOT_OURS: [&str; 6] = ["target", "node_modules", "vendor", "vendor.new", ".git", "demo-data"];
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.expect("an entry of a folder").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            if !NOT_OURS.contains(&name.as_str()) {
                walk(&path, visit);
            }
        } else {
            visit(&path);
        }
    }
}

/// The Rust files below `crates/*/src`, without their tests.
pub fn code() -> Vec<Source> {
    let mut files = files("crates", &[".rs"]);
    files.retain(|file| {
        file.path.contains("/src/") && !file.path.ends_with("/stories.rs") && !file.path.contains("/stories/")
    });
    for file in &mut files {
        if let Some(at) = file.text.find("#[cfg(test)]\nmod tests") {
            file.text.truncate(at);
        }
    }
    files
}

impl Source {
    /// Whether it is in one of these folders.
    pub fn is_in(&self, folder: &str) -> bool {
        self.path.starts_with(&format!("{folder}/"))
    }
    /// The folder that it lies in.
    pub fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
    /// The line on which something stands.
    pub fn line(&self, at: usize) -> usize {
        self.text[..at].matches('\n').count() + 1
    }
    /// The statements: the literals of `sql!("…")`, with the lines on which they begin.
    pub fn statements(&self) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(at) = self.text[from..].find("sql!(").map(|at| from + at) {
            from = at + "sql!(".len();
            let line_start = self.text[..at].rfind('\n').map_or(0, |start| start + 1);
            if self.text[line_start..at].trim_start().starts_with("//") {
                continue;
            }
            let rest = self.text[from..].trim_start();
            if let Some(statement) = literal(rest) {
                found.push((self.line(at), statement));
            }
        }
        found
    }
    /// Every string literal of a Rust file outside of comments, with its line.
    pub fn literals(&self) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        let bytes = self.text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let rest = &self.text[at..];
            match bytes[at] {
                b'/' if rest.starts_with("//") => at += rest.find('\n').unwrap_or(rest.len()),
                b'\'' => at += character(rest),
                b'"' => {
                    let Some((text, length)) = quoted(rest) else { break };
                    found.push((self.line(at), text));
                    at += length;
                }
                b'r' if rest.starts_with("r\"") || rest.starts_with("r#\"") => {
                    let Some((text, length)) = raw(rest) else { break };
                    found.push((self.line(at), text));
                    at += length;
                }
                _ => at += rest.chars().next().map_or(1, char::len_utf8),
            }
        }
        found
    }
}

/// The literal that a text begins with.
pub fn literal(text: &str) -> Option<String> {
    quoted(text).or_else(|| raw(text)).map(|(text, _)| text)
}

/// The length of a character literal or a lifetime.
fn character(text: &str) -> usize {
    let mut letters = text.char_indices().skip(1);
    match letters.next() {
        Some((_, '\\')) => text[2..].find('\'').map_or(1, |end| 2 + end.max(1) + 1),
        Some((_, letter)) => match letters.next() {
            Some((_, '\'')) => 2 + letter.len_utf8(),
            _ => 1,
        },
        None => 1,
    }
}

fn quoted(text: &str) -> Option<(String, usize)> {
    let mut letters = text.char_indices().peekable();
    letters.next().filter(|(_, quote)| *quote == '"')?;
    let mut value = String::new();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((value, at + 1)),
            '\\' => match letters.next()?.1 {
                'n' => value.push('\n'),
                't' => value.push('\t'),
                '\n' => while letters.next_if(|(_, blank)| blank.is_whitespace()).is_some() {},
                other => value.push(other),
            },
            other => value.push(other),
        }
    }
    None
}

fn raw(text: &str) -> Option<(String, usize)> {
    let rest = text.strip_prefix('r')?;
    let hashes = rest.len() - rest.trim_start_matches('#').len();
    let body = rest[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let length = body.find(&end)?;
    Some((body[..length].to_owned(), 1 + hashes + 1 + length + end.len()))
}

#[test]
fn literals_are_found() {
    let text = r####"
        // not "this"
        let quote = '"'; let other = '\''; let life: &'static str = "a \"b\"";
        sql!("SELECT 1
              FROM x").run(tx); sql!(r#"SELECT "y""#);
    "####;
    let source = Source { path: "x.rs".to_owned(), text: text.to_owned() };
    let literals: Vec<String> = source.literals().into_iter().map(|(_, text)| text).collect();
    assert_eq!(literals.len(), 3, "{literals:?}");
    assert_eq!(literals[0], "a \"b\"");
    let statements = source.statements();
    assert!(statements[0].1.starts_with("SELECT 1\n"), "{statements:?}");
    assert_eq!(statements[1], (5, "SELECT \"y\"".to_owned()));
}
