//! A field of a form: label above control, hint and error below, tied together for those who listen to a page.

use askama::Template;

use crate::Frame;

/// One choice of a selection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub word: String,
}

impl Choice {
    /// Sends `value`, reads `word`.
    pub fn new(value: impl ToString, word: impl ToString) -> Choice {
        Choice { value: value.to_string(), word: word.to_string() }
    }
}

#[derive(Clone)]
enum Control {
    Input(&'static str),
    Select(Vec<Choice>),
    /// So many lines of text.
    Lines(u8),
    Check,
}

/// A field on its way to the page: `{{ frame.field("weight", "waste-weight").decimal().value(ask.weight).required() }}`.
#[derive(Template)]
#[template(path = "field.html")]
#[must_use]
pub struct Field {
    name: String,
    id: String,
    label: String,
    control: Control,
    value: String,
    hint: Option<String>,
    error: Option<String>,
    /// Further attributes, `(name, value)`.
    more: Vec<(&'static str, String)>,
    short: bool,
    frame: Frame,
}
impl askama::filters::HtmlSafe for Field {}

impl Field {
    pub(crate) fn new(frame: &Frame, name: String, label: String) -> Field {
        let error = frame.error_in(&name).map(str::to_owned);
        Field {
            id: name.replace('.', "-"),
            name,
            label,
            control: Control::Input("text"),
            value: String::new(),
            hint: None,
            error,
            more: Vec::new(),
            short: false,
            frame: frame.clone(),
        }
    }
    /// The n-th of several fields with this name, counted from 0; a refusal speaks of `weight.0`.
    pub fn nth(mut self, n: usize) -> Field {
        self.id = format!("{}-{n}", self.name);
        self.error = self.frame.error_in(&format!("{}.{n}", self.name)).map(str::to_owned);
        self
    }
    /// What stands in it.
    pub fn value(mut self, value: impl ToString) -> Field {
        self.value = value.to_string();
        self
    }
    /// What stands in it, if anything.
    pub fn value_or_none<T: ToString>(mut self, value: &Option<T>) -> Field {
        self.value = value.as_ref().map(ToString::to_string).unwrap_or_default();
        self
    }
    /// The key of the sentence that helps.
    pub fn hint(mut self, key: &str) -> Field {
        self.hint = Some(self.frame.say(key).to_string());
        self
    }
    /// It may not stay empty.
    pub fn required(self) -> Field {
        self.with("required", "")
    }
    /// The first field that a person fills in.
    pub fn autofocus(self) -> Field {
        self.with("autofocus", "")
    }
    /// What a browser may fill in: `username`, `current-password`, `off`.
    pub fn autocomplete(self, what: &str) -> Field {
        self.with("autocomplete", what)
    }
    /// A decimal number with comma or point: a telephone shows digits.
    pub fn decimal(self) -> Field {
        self.with("inputmode", "decimal").autocomplete("off").short()
    }
    /// A whole number, such as rupiah.
    pub fn whole(self) -> Field {
        self.with("inputmode", "numeric").autocomplete("off").short()
    }
    /// A day.
    pub fn day(self) -> Field {
        self.input("date").short()
    }
    /// A month.
    pub fn month(self) -> Field {
        self.input("month").short()
    }
    /// A password, never shown again.
    pub fn password(self) -> Field {
        self.input("password")
    }
    /// Words to search for.
    pub fn search(self) -> Field {
        self.input("search")
    }
    /// A file; the form needs `enctype="multipart/form-data"`.
    pub fn file(self, accept: &str) -> Field {
        self.input("file").with("accept", accept)
    }
    /// One of several; an empty choice comes first when the field may stay empty or nothing is chosen yet.
    pub fn choices(mut self, choices: impl AsRef<[Choice]>) -> Field {
        self.control = Control::Select(choices.as_ref().to_vec());
        self
    }
    /// Text of several lines, of which so many are seen.
    pub fn lines(mut self, seen: u8) -> Field {
        self.control = Control::Lines(seen);
        self
    }
    /// Yes or no; sends `true` or nothing.
    pub fn check(mut self, checked: impl std::borrow::Borrow<bool>) -> Field {
        self.control = Control::Check;
        self.value = "true".to_owned();
        if *checked.borrow() { self.with("checked", "") } else { self }
    }
    /// A narrow field.
    pub fn short(mut self) -> Field {
        self.short = true;
        self
    }
    /// A further attribute, such as `data-submit`.
    pub fn with(mut self, attribute: &'static str, value: impl ToString) -> Field {
        self.more.push((attribute, value.to_string()));
        self
    }

    fn input(mut self, kind: &'static str) -> Field {
        self.control = Control::Input(kind);
        self
    }
    fn is_check(&self) -> bool {
        matches!(self.control, Control::Check)
    }
    fn described_by(&self) -> String {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.id));
        let error = self.error.as_ref().map(|_| format!("{}-error", self.id));
        [hint, error].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
    fn has_empty_choice(&self, choices: &[Choice]) -> bool {
        let required = self.more.iter().any(|(name, _)| *name == "required");
        let chosen = choices.iter().any(|choice| choice.value == self.value);
        !choices.iter().any(|choice| choice.value.is_empty()) && (!required || !chosen)
    }
}
