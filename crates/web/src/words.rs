//! Every sentence, in three languages: Fluent texts that lie beside the features, loaded once at start.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use kernel::{Arg, Refused};
use unic_langid::LanguageIdentifier;

use crate::{Formats, Lang, Shown};

/// The texts of one feature, `(language, text)`: made by [`words!`](crate::words!).
pub type Texts = [(&'static str, &'static str); 3];

/// The files `words.id.ftl`, `words.ko.ftl` and `words.en.ftl` beside the file that says it.
#[macro_export]
macro_rules! words {
    () => {
        [
            ("id", include_str!("words.id.ftl")),
            ("ko", include_str!("words.ko.ftl")),
            ("en", include_str!("words.en.ftl")),
        ]
    };
}

/// The sentences of a site. Cheap to clone.
#[derive(Clone)]
pub struct Words(Arc<[FluentBundle<FluentResource>; 3]>);

/// The words are not complete: which, in which language, and why.
#[derive(Debug, thiserror::Error)]
#[error("words are missing or unreadable:\n{}", .0.join("\n"))]
pub struct IncompleteWords(pub Vec<String>);

impl Words {
    /// Reads the texts of all features. Every language must have the same keys, each key once.
    pub fn load(texts: &[Texts]) -> Result<Words, IncompleteWords> {
        let mut problems = Vec::new();
        let mut keys: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        let bundles = Lang::ALL.map(|lang| {
            let mut bundle = empty_bundle(lang);
            for (_, text) in texts.iter().flatten().filter(|(code, _)| *code == lang.code()) {
                let resource =
                    FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(read, errors)| {
                        problems.extend(errors.iter().map(|error| format!("{}: {error}", lang.code())));
                        read
                    });
                keys.entry(lang.code()).or_default().extend(message_keys(text).map(str::to_owned));
                if let Err(errors) = bundle.add_resource(resource) {
                    problems.extend(errors.iter().map(|error| format!("{}: {error}", lang.code())));
                }
            }
            bundle
        });
        let all: BTreeSet<&String> = keys.values().flatten().collect();
        for lang in Lang::ALL {
            let known = keys.get(lang.code());
            let missing = all.iter().filter(|key| !known.is_some_and(|known| known.contains(**key)));
            problems.extend(missing.map(|key| format!("{}: no sentence for {key}", lang.code())));
        }
        if problems.is_empty() { Ok(Words(Arc::new(bundles))) } else { Err(IncompleteWords(problems)) }
    }

    /// Whether there is a sentence for this key.
    pub fn has(&self, key: &str) -> bool {
        self.0[Lang::default() as usize].has_message(key)
    }

    /// A sentence, with what it tells. A key without a sentence is a mistake that the tests find; a reader would see
    /// the key, and the log says so.
    pub fn tell(&self, lang: Lang, offset_minutes: i32, key: &str, args: &[(&str, Arg)]) -> String {
        let bundle = &self.0[lang as usize];
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            tracing::error!(key, "There is no sentence for {key}");
            debug_assert!(false, "there is no sentence for {key}");
            return key.to_owned();
        };
        let formats = Formats::of(lang);
        let mut told = FluentArgs::with_capacity(args.len());
        for (name, arg) in args {
            told.set(
                (*name).to_owned(),
                match arg {
                    // A count also chooses between singular and plural; `empty_bundle` says how it is written.
                    Arg::Count(count) => FluentValue::from(*count),
                    other => FluentValue::from(formats.arg(other, offset_minutes)),
                },
            );
        }
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&told), &mut errors).into_owned();
        if !errors.is_empty() {
            tracing::error!(key, ?errors, "A sentence is not told what it needs: {key}");
            debug_assert!(false, "{key} is not told what it needs: {errors:?}");
        }
        if lang == Lang::Ko { crate::korean::particles(text) } else { text }
    }
}

/// The keys that a text defines: words at the beginning of a line, before an equals sign.
fn message_keys(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| {
        let (key, _) = line.split_once('=')?;
        let key = key.trim_end();
        let named = key.starts_with(|c: char| c.is_ascii_alphabetic());
        (named && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')).then_some(key)
    })
}

fn empty_bundle(lang: Lang) -> FluentBundle<FluentResource> {
    let id: LanguageIdentifier =
        lang.code().parse().expect("the code of a language is a language identifier");
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // The marks would end up in attributes, files and the clipboard; all three languages run left to right.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match lang {
        Lang::Id => |value, _| grouped(Lang::Id, value),
        Lang::Ko => |value, _| grouped(Lang::Ko, value),
        Lang::En => |value, _| grouped(Lang::En, value),
    }));
    bundle
}

fn grouped(lang: Lang, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(Formats::of(lang).count(number.value as i64)),
        _ => None,
    }
}

/// The key of the sentence of a refusal: `waste.no_price` is told by `waste-no_price`.
pub fn refusal_key(code: &str) -> String {
    code.replace('.', "-")
}

/// The words of one reader: what [`Frame`](crate::Frame) and files are written with.
#[derive(Clone)]
pub struct Voice {
    words: Words,
    /// The reader's language.
    pub lang: Lang,
    /// Minutes east of Greenwich on the reader's wall.
    pub offset_minutes: i32,
}

impl Voice {
    /// Speaks a language, at a place so many minutes east of Greenwich.
    pub fn new(words: &Words, lang: Lang, offset_minutes: i32) -> Voice {
        Voice { words: words.clone(), lang, offset_minutes }
    }
    /// A sentence; what it tells is added by [`Say::with`].
    pub fn say(&self, key: impl AsRef<str>) -> Say<'_> {
        Say { voice: self, key: key.as_ref().to_owned(), args: Vec::new() }
    }
    /// A sentence with what it tells.
    pub fn tell(&self, key: &str, args: &[(&str, Arg)]) -> String {
        self.words.tell(self.lang, self.offset_minutes, key, args)
    }
    /// The sentence of a refusal.
    pub fn refusal(&self, refused: &Refused) -> String {
        self.tell(&refusal_key(refused.code), &refused.args)
    }
    /// Any measure, day or instant, as the language writes it.
    pub fn show(&self, value: impl Shown) -> String {
        self.formats().arg(&value.arg(), self.offset_minutes)
    }
    /// The formatters of the language.
    pub fn formats(&self) -> &'static Formats {
        Formats::of(self.lang)
    }
    /// Whether there is a sentence for this key.
    pub fn has(&self, key: &str) -> bool {
        self.words.has(key)
    }
}

/// A sentence on its way to the page: `{{ frame.say("waste-owed").with("amount", owed) }}`.
#[must_use]
pub struct Say<'a> {
    voice: &'a Voice,
    key: String,
    args: Vec<(&'a str, Arg)>,
}

impl<'a> Say<'a> {
    /// Tells it one more thing.
    pub fn with(mut self, name: &'a str, value: impl Shown) -> Say<'a> {
        self.args.push((name, value.arg()));
        self
    }
}

impl fmt::Display for Say<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.voice.tell(&self.key, &self.args))
    }
}

#[cfg(test)]
mod tests {
    use kernel::Rupiah;

    use super::*;

    const TEXTS: Texts = [
        ("id", "test-owed = Saldo { $amount } milik { $name }\ntest-households = { $count } rumah tangga\n"),
        ("ko", "test-owed = { $name }의 잔액 { $amount }\ntest-households = { $count }가구\n"),
        (
            "en",
            "test-owed = { $name } has { $amount }\ntest-households = { $count ->\n    [one] one household\n   *[other] { $count } households\n }\n",
        ),
    ];

    #[test]
    fn a_sentence_tells_its_numbers_in_its_language() {
        let words = Words::load(&[TEXTS]).expect("complete");
        for (lang, owed, many, one) in [
            (Lang::Id, "Saldo Rp8.640 milik Sri", "1.204 rumah tangga", "1 rumah tangga"),
            (Lang::Ko, "Sri의 잔액 Rp8,640", "1,204가구", "1가구"),
            (Lang::En, "Sri has Rp8,640", "1,204 households", "one household"),
        ] {
            let voice = Voice::new(&words, lang, 420);
            let told =
                voice.say("test-owed").with("name", "Sri").with("amount", Rupiah::new(8640)).to_string();
            assert_eq!(told, owed);
            assert_eq!(voice.tell("test-households", &[("count", Arg::Count(1204))]), many);
            assert_eq!(voice.tell("test-households", &[("count", Arg::Count(1))]), one);
        }
    }

    #[test]
    fn a_language_that_lacks_a_sentence_does_not_start() {
        let lacking: Texts =
            [("id", "test-a = a\ntest-b = b\n"), ("ko", "test-a = a\n"), ("en", "test-a = a\n")];
        let Err(IncompleteWords(problems)) = Words::load(&[lacking]) else { panic!("it was taken") };
        assert_eq!(problems, ["ko: no sentence for test-b", "en: no sentence for test-b"]);
        assert!(Words::load(&[TEXTS, TEXTS]).is_err(), "a key may be defined once");
    }
}
