//! How far a long work is: a bar on a terminal, plain lines otherwise, at most one in a second.

use std::io::{IsTerminal, stderr};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use kernel::Arg;

use crate::terminal::Terminal;

const EVERY: Duration = Duration::from_secs(1);

/// Hears how far a work is and shows it. A work that is done within a second shows nothing but its result.
pub struct Progress<'t> {
    terminal: &'t Terminal,
    /// The key of what is being done.
    doing: &'static str,
    bar: Option<ProgressBar>,
    shown: Instant,
}

impl<'t> Progress<'t> {
    /// Nothing yet.
    pub fn new(terminal: &'t Terminal, doing: &'static str) -> Progress<'t> {
        Progress { terminal, doing, bar: None, shown: Instant::now() }
    }

    /// So many are done, of so many in all.
    pub fn step(&mut self, done: u64, total: u64) {
        match &self.bar {
            Some(bar) => bar.update(|state| {
                state.set_pos(done);
                state.set_len(total);
            }),
            None if self.shown.elapsed() < EVERY || done == 0 || done >= total => {}
            None if stderr().is_terminal() => {
                let style = ProgressStyle::with_template("{msg} {wide_bar} {human_pos} / {human_len}  {eta}")
                    .expect("the template is a literal that indicatif reads");
                let bar = ProgressBar::new(total).with_style(style);
                bar.set_message(self.terminal.say(self.doing));
                bar.set_position(done);
                self.bar = Some(bar);
            }
            None => {
                self.shown = Instant::now();
                let doing = Arg::Text(self.terminal.say(self.doing));
                let count = |n: u64| Arg::Count(i64::try_from(n).unwrap_or(i64::MAX));
                self.terminal.note(
                    "cli-progress",
                    &[("doing", doing), ("done", count(done)), ("total", count(total))],
                );
            }
        }
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
