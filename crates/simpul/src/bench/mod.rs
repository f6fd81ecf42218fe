//! How fast and how large: each figure is measured on this machine, most of them as a ratio to what its disk can do, so
//! that a slow machine is not blamed for being slow.

mod hall;
mod large;
mod program;
mod small;
mod system;

use std::path::Path;
use std::time::{Duration, Instant};

use journal::unwritable;
use kernel::{Arg, Fault, Stop};
use serde::Serialize;

use crate::terminal::Terminal;

/// One figure of the run.
#[derive(Debug, Clone, Serialize)]
pub struct Figure {
    /// What was measured; its word has the key `cli-bench-<name>`.
    pub name: &'static str,
    /// What came out.
    pub value: f64,
    /// What is wanted: `at least 0.7`.
    pub wanted: String,
    /// Whether it is reached.
    pub ok: bool,
}

impl Figure {
    fn at_least(name: &'static str, wanted: f64, value: f64) -> Figure {
        Figure { name, value: rounded(value), wanted: format!("at least {wanted}"), ok: value >= wanted }
    }
    fn at_most(name: &'static str, wanted: f64, value: f64) -> Figure {
        Figure { name, value: rounded(value), wanted: format!("at most {wanted}"), ok: value <= wanted }
    }
    /// For a person at the terminal.
    pub fn line(&self, terminal: &Terminal) -> String {
        let name = terminal.say(&format!("cli-bench-{}", self.name));
        let mark = if self.ok { "✓" } else { "✗" };
        let value = Arg::Text(self.value.to_string());
        terminal.voice.tell(
            "cli-bench-line",
            &[
                ("mark", mark.into()),
                ("name", Arg::Text(name)),
                ("value", value),
                ("wanted", Arg::Text(self.wanted.clone())),
            ],
        )
    }
}

/// Three figures that count are enough.
fn rounded(value: f64) -> f64 {
    let scale = 10f64.powi(3 - value.abs().max(1e-9).log10().ceil() as i32).max(1.0);
    (value * scale).round() / scale
}

/// Measures everything in a folder of its own below `data`.
pub fn measure(data: &Path, entries: u64, terminal: &Terminal) -> Result<Vec<Figure>, Stop> {
    std::fs::create_dir_all(data).map_err(|error| unwritable(data, error))?;
    let folder = tempfile::Builder::new()
        .prefix("bench-")
        .tempdir_in(data)
        .map_err(|error| unwritable(data, error))?;
    let mut figures = small::measure(&folder.path().join("small"), terminal)?;
    figures.extend(hall::measure(&folder.path().join("hall"), terminal)?);
    let large = folder.path().join("large");
    figures.extend(large::measure(&large, entries, terminal)?);
    figures.extend(program::measure(&large)?);
    Ok(figures)
}

fn per_second(count: u64, time: Duration) -> f64 {
    count as f64 / time.as_secs_f64()
}

/// How long `work` takes by the clock and on the processors.
fn timed<T>(work: impl FnOnce() -> Result<T, Stop>) -> Result<(T, Duration, Duration), Stop> {
    let (clock, processors) = (Instant::now(), system::cpu_time()?);
    let done = work()?;
    Ok((done, clock.elapsed(), system::cpu_time()? - processors))
}

fn median(times: &mut [Duration]) -> Result<Duration, Fault> {
    times.sort();
    times.get(times.len() / 2).copied().ok_or_else(|| Fault::new("nothing was measured"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_rounded_to_three_that_count() {
        for (value, shown) in
            [(0.812_345, 0.812), (12.345_6, 12.3), (123_456.7, 123_457.0), (0.0, 0.0), (1.2, 1.2)]
        {
            assert_eq!(rounded(value), shown, "{value}");
        }
    }
}
