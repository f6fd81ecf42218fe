//! Speaking to the person at the terminal: in their language, results to the one stream, everything else to the other.

use std::fmt::Display;
use std::io::{Write, stderr, stdout};
use std::process::ExitCode;

use clap::Parser;
use kernel::{Arg, Stop};
use web::{Lang, Site, Voice, Words};

use crate::cli::Cli;
use crate::progress::Progress;
use crate::{commands, stages};

/// How a command ended that ran to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// As it should: exit code 0.
    Fine,
    /// It found something that should not be: exit code 1.
    Found,
}

const REFUSED: u8 = 1;
const FAULT: u8 = 3;

/// The terminal of one run of the program.
pub struct Terminal {
    /// The words of the reader's language.
    pub voice: Voice,
}

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    start_log();
    let variable = |name: &str| std::env::var(name).ok();
    let words = match Words::load(&Site::texts(stages::pages())) {
        Ok(words) => words,
        Err(incomplete) => {
            let _ = writeln!(stderr(), "simpul: {incomplete}");
            return ExitCode::from(FAULT);
        }
    };
    let lang = cli.lang.map_or_else(|| locale(variable), Lang::from);
    let terminal = Terminal { voice: Voice::new(&words, lang, 420) };
    match commands::run(cli.command, &terminal) {
        Ok(End::Fine) => ExitCode::SUCCESS,
        Ok(End::Found) => ExitCode::from(REFUSED),
        Err(stop) => ExitCode::from(terminal.halt(&stop)),
    }
}

/// The language of the locale. One that says nothing of a language (`C`) gets English, as the help has.
fn locale(variable: impl Fn(&str) -> Option<String>) -> Lang {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| variable(name).filter(|text| !text.is_empty()));
    let code = locale.unwrap_or_default().to_ascii_lowercase();
    Lang::named(code.split(['_', '.', '-', '@']).next().unwrap_or_default()).unwrap_or(Lang::En)
}

/// Logs to the stream of errors, plainly. `SIMPUL_LOG=debug` says more: a line for each request, without what it says.
fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("SIMPUL_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,simpul=info"));
    // A second call, as in a test, changes nothing.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr).with_ansi(false).try_init();
}

impl Terminal {
    /// A sentence.
    pub fn say(&self, key: &str) -> String {
        self.voice.tell(key, &[])
    }
    /// A line of the result.
    pub fn tell(&self, key: &str, args: &[(&str, Arg)]) {
        self.print(self.voice.tell(key, args));
    }
    /// A line of the result that is the same in every language.
    pub fn print(&self, line: impl Display) {
        // Whoever closes the pipe has read enough.
        let _ = writeln!(stdout(), "{line}");
    }
    /// A line beside the result.
    pub fn note(&self, key: &str, args: &[(&str, Arg)]) {
        let _ = writeln!(stderr(), "{}", self.voice.tell(key, args));
    }
    /// Shows how far a work is; `doing` is the key of what is being done.
    pub fn progress(&self, doing: &'static str) -> Progress<'_> {
        Progress::new(self, doing)
    }
    /// Says why it stopped and what to do; the exit code.
    fn halt(&self, stop: &Stop) -> u8 {
        let (sentence, code) = match stop {
            Stop::Refused(refused) => (self.voice.refusal(refused), REFUSED),
            Stop::Fault(fault) => match &fault.advice {
                Some(advice) => (format!("{}\n  ({fault})", self.voice.refusal(advice)), FAULT),
                None => (self.voice.tell("cli-fault", &[("doing", Arg::Text(fault.to_string()))]), FAULT),
            },
        };
        let _ = writeln!(stderr(), "simpul: {sentence}");
        code
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_that_of_the_locale() {
        for (all, lang, expected) in [
            (None, None, Lang::En),
            (None, Some("id_ID.UTF-8"), Lang::Id),
            (Some("ko_KR.UTF-8"), Some("id_ID.UTF-8"), Lang::Ko),
            (Some(""), Some("ko"), Lang::Ko),
            (Some("C"), Some("ko"), Lang::En),
            (None, Some("de_DE"), Lang::En),
        ] {
            let variable = |name: &str| match name {
                "LC_ALL" => all.map(str::to_owned),
                "LANG" => lang.map(str::to_owned),
                _ => None,
            };
            assert_eq!(locale(variable), expected, "{all:?} {lang:?}");
        }
    }
}
