//! A list on the page.

use askama::Template;

use super::{Heading, Listed, PER_PAGE, Value};
use crate::Frame;

/// The table with its search box, its sorting links, its pages and its files: `{{ list.table(frame) }}`.
#[derive(Template)]
#[template(path = "list/table.html")]
pub struct Table<'a> {
    list: &'a Listed,
    frame: &'a Frame,
    query: Vec<(String, String)>,
    columns: Vec<Shape>,
    running: Option<String>,
}

/// How a column looks: the same in every row, whether a cell of it is empty or not.
struct Shape {
    /// Its heading, which a narrow screen shows beside each value.
    label: String,
    /// `num` for what stands right under each other, `when` for days and times, which do not break, `long` for addresses and
    /// the like, which break anywhere.
    class: &'static str,
}
impl askama::filters::HtmlSafe for Table<'_> {}

impl Listed {
    /// The list as part of a page.
    pub fn table<'a>(&'a self, frame: &'a Frame) -> Table<'a> {
        let columns = self
            .headings
            .iter()
            .enumerate()
            .map(|(at, heading)| Shape { label: frame.say(heading.key).to_string(), class: self.class(at) });
        Table { list: self, frame, query: frame.query_pairs(), columns: columns.collect(), running: None }
    }
    fn class(&self, column: usize) -> &'static str {
        let mut values = self.lines.iter().map(|line| &line.cells[column].value);
        match values.find(|value| **value != Value::Empty) {
            Some(value) if value.is_number() => "num",
            Some(value) if value.is_time() => "when",
            _ if self.lines.iter().any(|line| line.cells[column].value.has_long_word()) => "long",
            _ => "",
        }
    }
}

impl Table<'_> {
    /// Prints a line above the headings of every sheet, so that a sheet that lies alone says whose it is.
    pub fn running(mut self, line: impl Into<String>) -> Self {
        self.running = Some(line.into());
        self
    }
    /// The rest of the query, which the search form keeps.
    fn kept(&self) -> Vec<&(String, String)> {
        self.query
            .iter()
            .filter(|(name, _)| !matches!(name.as_str(), "q" | "page" | "as" | "done" | "lang"))
            .collect()
    }
    /// This page with other values in its query; an empty value leaves the name out.
    fn with(&self, changes: &[(&str, &str)]) -> String {
        let changed =
            |name: &str| changes.iter().any(|(other, _)| *other == name) || name == "done" || name == "lang";
        let kept = self
            .query
            .iter()
            .filter(|(name, _)| !changed(name))
            .map(|(name, value)| (name.as_str(), value.as_str()));
        let new = changes.iter().filter(|(_, value)| !value.is_empty()).copied();
        let query: Vec<(&str, &str)> = kept.chain(new).collect();
        format!("?{}", serde_html_form::to_string(&query).unwrap_or_default())
    }
    fn sort_link(&self, heading: &Heading) -> String {
        let down = self.list.ask.order() == Some((heading.name, false));
        let sort = if down { format!("-{}", heading.name) } else { heading.name.to_owned() };
        self.with(&[("sort", &sort), ("page", "")])
    }
    fn sorted(&self, heading: &Heading) -> &'static str {
        match self.list.ask.order() {
            Some((name, false)) if name == heading.name => "ascending",
            Some((name, true)) if name == heading.name => "descending",
            _ => "",
        }
    }
    fn file_link(&self, form: &str) -> String {
        self.with(&[("as", form), ("page", "")])
    }
    fn page_link(&self, page: &usize) -> String {
        self.with(&[("page", &page.to_string())])
    }
    /// The first page, the last, and those around the current one.
    fn page_numbers(&self) -> Vec<usize> {
        let (here, last) = (self.list.ask.page(), self.list.pages());
        (1..=last).filter(|page| *page == 1 || *page == last || page.abs_diff(here) <= 2).collect()
    }
    /// So many columns that a narrow screen shows each row as a card.
    fn is_wide(&self) -> bool {
        self.columns.len() > 3
    }
    fn from(&self) -> usize {
        (self.list.ask.page() - 1) * PER_PAGE + 1
    }
    fn to(&self) -> usize {
        (self.from() + self.list.lines.len()).saturating_sub(1)
    }
}
