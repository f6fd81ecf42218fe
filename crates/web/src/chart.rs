//! Charts drawn by the server as SVG: bars, stacked bars, lines. Each has a title and a description for those who listen,
//! and a table with the same numbers. The style sheet colours them; no text is written here.

use askama::Template;

use crate::Voice;

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 300.0;
/// Room for the numbers of the grid; wider where they are.
const LEFT: f64 = 84.0;
const RIGHT: f64 = 8.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 32.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Bars,
    Stacked,
    Lines,
}

struct Series {
    name: String,
    values: Vec<i64>,
}

/// A chart to be drawn. Its texts come in the reader's language.
pub struct Chart {
    id: &'static str,
    kind: Kind,
    title: String,
    note: String,
    labels: Vec<String>,
    series: Vec<Series>,
    show: Box<dyn Fn(i64) -> String>,
    link: Option<Box<dyn Fn(usize) -> String>>,
}

/// Bars beside each other. `id` is unique on its page.
pub fn bars(id: &'static str, title: impl ToString) -> Chart {
    Chart::new(id, Kind::Bars, title.to_string())
}

/// Bars on top of each other, for parts of a whole.
pub fn stacked(id: &'static str, title: impl ToString) -> Chart {
    Chart::new(id, Kind::Stacked, title.to_string())
}

/// Lines, for what goes on from month to month.
pub fn lines(id: &'static str, title: impl ToString) -> Chart {
    Chart::new(id, Kind::Lines, title.to_string())
}

impl Chart {
    fn new(id: &'static str, kind: Kind, title: String) -> Chart {
        let show = Box::new(|value: i64| value.to_string());
        Chart {
            id,
            kind,
            title,
            note: String::new(),
            labels: Vec::new(),
            series: Vec::new(),
            show,
            link: None,
        }
    }
    /// What is to be seen, in a sentence: read out, and shown below the title.
    pub fn note(mut self, note: impl ToString) -> Chart {
        self.note = note.to_string();
        self
    }
    /// What stands below the axis: months, hamlets.
    pub fn labels<T: ToString>(mut self, labels: impl IntoIterator<Item = T>) -> Chart {
        self.labels = labels.into_iter().map(|label| label.to_string()).collect();
        self
    }
    /// One set of numbers, as many as there are labels; at most six sets have colours of their own.
    pub fn series(mut self, name: impl ToString, values: impl IntoIterator<Item = i64>) -> Chart {
        self.series.push(Series { name: name.to_string(), values: values.into_iter().collect() });
        self
    }
    /// How a number is written: `move |grams| voice.show(Grams::new(grams))`.
    pub fn show(mut self, show: impl Fn(i64) -> String + 'static) -> Chart {
        self.show = Box::new(show);
        self
    }
    /// The address of the entries behind the n-th label.
    pub fn link(mut self, link: impl Fn(usize) -> String + 'static) -> Chart {
        self.link = Some(Box::new(link));
        self
    }
    /// Draws it.
    pub fn draw(self, voice: &Voice) -> Drawn {
        let scale = Scale::of(&self);
        let left = self.left(&scale);
        let marks = match self.kind {
            Kind::Lines => Vec::new(),
            _ => self.bars(&scale, left),
        };
        let lines = if self.kind == Kind::Lines { self.lines(&scale, left) } else { Vec::new() };
        let slot = self.slot(left);
        let widest = self.labels.iter().map(|label| text_width(label)).fold(1.0, f64::max);
        // The outermost labels are moved inwards, so that the first does not touch the numbers beside the axis.
        let moved = ((widest - slot) / 2.0).max(0.0);
        let every = ((widest + moved + 10.0) / slot).ceil().max(1.0) as usize;
        let labels = self.labels.iter().enumerate().filter(|(n, _)| n % every == 0);
        Drawn {
            labels: labels
                .map(|(n, text)| Text {
                    x: place(
                        (left + slot * (n as f64 + 0.5))
                            .min(WIDTH - text_width(text) / 2.0)
                            .max(left + text_width(text) / 2.0 + 2.0),
                    ),
                    y: place(HEIGHT - BOTTOM + 20.0),
                    text: text.clone(),
                })
                .collect(),
            grid: scale
                .ticks
                .iter()
                .map(|tick| Text { x: place(left - 8.0), y: place(scale.y(*tick)), text: (self.show)(*tick) })
                .collect(),
            left: place(left),
            zero: place(scale.y(0)),
            table: Twin {
                corner: voice.say("web-chart-what").to_string(),
                columns: self.series.iter().map(|series| series.name.clone()).collect(),
                rows: self.labels.iter().enumerate().map(|(n, label)| self.row(n, label)).collect(),
            },
            table_word: voice.say("web-chart-table").to_string(),
            id: self.id,
            title: self.title,
            note: self.note,
            marks,
            lines,
        }
    }

    fn row(&self, n: usize, label: &str) -> (String, Option<String>, Vec<String>) {
        let link = self.link.as_ref().map(|link| link(n));
        let values = self
            .series
            .iter()
            .map(|series| series.values.get(n).map_or(String::new(), |value| (self.show)(*value)));
        (label.to_owned(), link, values.collect())
    }
    fn left(&self, scale: &Scale) -> f64 {
        let widest = scale.ticks.iter().map(|tick| text_width(&(self.show)(*tick))).fold(0.0, f64::max);
        LEFT.max(widest * 1.2 + 16.0) // digits are wider than letters
    }
    fn slot(&self, left: f64) -> f64 {
        (WIDTH - left - RIGHT) / self.labels.len().max(1) as f64
    }
    fn bars(&self, scale: &Scale, left: f64) -> Vec<Mark> {
        let slot = self.slot(left);
        let beside = if self.kind == Kind::Bars { self.series.len().max(1) } else { 1 };
        let width = (slot * 0.72 / beside as f64).min(56.0);
        let mut marks = Vec::new();
        for (n, label) in self.labels.iter().enumerate() {
            let first = left + slot * (n as f64 + 0.5) - width * beside as f64 / 2.0;
            let (mut above, mut below) = (0i64, 0i64);
            for (at, series) in self.series.iter().enumerate() {
                let Some(value) = series.values.get(n).copied() else { continue };
                let (from, to) = match self.kind {
                    Kind::Stacked if value >= 0 => (above, above.saturating_add(value)),
                    Kind::Stacked => (below, below.saturating_add(value)),
                    _ => (0, value),
                };
                if value >= 0 {
                    above = to
                } else {
                    below = to
                }
                let (top, bottom) = (scale.y(from.max(to)), scale.y(from.min(to)));
                let x = if self.kind == Kind::Bars { first + width * at as f64 } else { first };
                marks.push(Mark {
                    class: at % 6 + 1,
                    x: place(x),
                    y: place(top),
                    width: place(width),
                    height: place(bottom - top),
                    told: format!("{label}, {}: {}", series.name, (self.show)(value)),
                    link: self.link.as_ref().map(|link| link(n)),
                });
            }
        }
        marks
    }
    fn lines(&self, scale: &Scale, left: f64) -> Vec<Line> {
        let slot = self.slot(left);
        let line = |(at, series): (usize, &Series)| {
            let dots: Vec<Dot> = series
                .values
                .iter()
                .zip(&self.labels)
                .enumerate()
                .map(|(n, (value, label))| Dot {
                    x: place(left + slot * (n as f64 + 0.5)),
                    y: place(scale.y(*value)),
                    told: format!("{label}, {}: {}", series.name, (self.show)(*value)),
                    link: self.link.as_ref().map(|link| link(n)),
                })
                .collect();
            let points = dots.iter().map(|dot| format!("{},{}", dot.x, dot.y)).collect::<Vec<_>>().join(" ");
            Line { class: at % 6 + 1, points, dots }
        };
        self.series.iter().enumerate().map(line).collect()
    }
}

/// From values to heights.
struct Scale {
    low: f64,
    high: f64,
    ticks: Vec<i64>,
}

impl Scale {
    fn of(chart: &Chart) -> Scale {
        let (mut low, mut high) = (0i64, 0i64);
        for n in 0..chart.labels.len() {
            let values = chart.series.iter().filter_map(|series| series.values.get(n).copied());
            if chart.kind == Kind::Stacked {
                high = high.max(values.clone().filter(|value| *value > 0).fold(0, i64::saturating_add));
                low = low.min(values.filter(|value| *value < 0).fold(0, i64::saturating_add));
            } else {
                high = high.max(values.clone().max().unwrap_or(0));
                low = low.min(values.min().unwrap_or(0));
            }
        }
        let step = nice_step(high.saturating_sub(low));
        let (first, last) = (
            low.div_euclid(step),
            high.saturating_add(step - 1).div_euclid(step).max(low.div_euclid(step) + 1),
        );
        let ticks: Vec<i64> = (first..=last).map(|n| n.saturating_mul(step)).collect();
        Scale { low: (first * step) as f64, high: last.saturating_mul(step) as f64, ticks }
    }
    fn y(&self, value: i64) -> f64 {
        TOP + (self.high - value as f64) / (self.high - self.low) * (HEIGHT - TOP - BOTTOM)
    }
}

/// The distance of the lines of the grid: 1, 2 or 5 times a power of ten, about four of them.
fn nice_step(range: i64) -> i64 {
    let mut power = 1i64;
    loop {
        for factor in [1, 2, 5] {
            let step = power.saturating_mul(factor);
            if step.saturating_mul(5) >= range || step == i64::MAX {
                return step;
            }
        }
        power = power.saturating_mul(10);
    }
}

/// About how wide a text is; letters of Korean are as wide as high.
fn text_width(text: &str) -> f64 {
    text.chars().map(|c| if c as u32 >= 0x1100 { 12.0 } else { 6.8 }).sum()
}

/// A place on the picture, to a tenth.
fn place(at: f64) -> f64 {
    (at * 10.0).round() / 10.0
}

struct Text {
    x: f64,
    y: f64,
    text: String,
}

struct Mark {
    class: usize,
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    told: String,
    link: Option<String>,
}

struct Line {
    class: usize,
    points: String,
    dots: Vec<Dot>,
}

struct Dot {
    x: f64,
    y: f64,
    told: String,
    link: Option<String>,
}

/// The same numbers as a table: what it is headed with, and its rows (label, address of the entries behind it, values).
pub struct Twin {
    /// Above the labels.
    pub corner: String,
    /// The names of the series.
    pub columns: Vec<String>,
    /// Label, link, values.
    pub rows: Vec<(String, Option<String>, Vec<String>)>,
}

/// A chart on its way to the page: `{{ chart }}`.
#[derive(Template)]
#[template(path = "chart.html")]
pub struct Drawn {
    id: &'static str,
    title: String,
    note: String,
    marks: Vec<Mark>,
    lines: Vec<Line>,
    labels: Vec<Text>,
    grid: Vec<Text>,
    left: f64,
    zero: f64,
    /// The same numbers as a table.
    pub table: Twin,
    table_word: String,
}
impl askama::filters::HtmlSafe for Drawn {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lang, Words};

    fn voice() -> Voice {
        let texts =
            ["id", "ko", "en"].map(|lang| (lang, "web-chart-what = What\nweb-chart-table = Numbers\n"));
        Voice::new(&Words::load(&[texts]).expect("complete"), Lang::En, 420)
    }

    #[test]
    fn the_grid_has_round_numbers() {
        for (range, step) in
            [(0, 1), (4, 1), (7, 2), (12, 5), (100, 20), (8640, 2000), (i64::MAX, i64::MAX / 5)]
        {
            assert!(nice_step(range) >= step / 2 && nice_step(range).saturating_mul(5) >= range, "{range}");
        }
        assert_eq!([4, 7, 12, 100, 8640].map(nice_step), [1, 2, 5, 20, 2000]);
    }

    #[test]
    fn a_chart_tells_its_numbers_three_ways() {
        for chart in [bars, stacked, lines].map(|kind| {
            kind("kept", "Kept <out>")
                .note("By month")
                .labels(["January", "February"])
                .series("Paper", [10, 20])
                .series("Plastic", [5, -1])
                .show(|kg| format!("{kg} kg"))
                .link(|n| format!("/months/{n}"))
                .draw(&voice())
        }) {
            let html = chart.to_string();
            assert!(
                html.contains("Kept &#60;out&#62;")
                    && html.contains(r#"<desc id="kept-note">By month</desc>"#),
                "{html}"
            );
            assert!(
                html.contains("<title>February, Plastic: -1 kg</title>")
                    && html.contains(r#"href="/months/1""#),
                "{html}"
            );
            assert!(
                html.contains(r#"<td class="num">20 kg</td>"#)
                    && !html.contains("style=")
                    && !html.contains("NaN"),
                "{html}"
            );
        }
        assert!(!bars("none", "Nothing").draw(&voice()).to_string().contains("NaN"));
    }
}
