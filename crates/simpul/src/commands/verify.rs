//! `simpul verify`

use clap::Args;
use journal::{Journal, Problem};
use kernel::{Arg, Fault, Stop};

use crate::cli::SiteArgs;
use crate::terminal::{End, Terminal};

/// Check every entry, body, checkpoint and signature, and that the books add up
///
/// Ends with 0 when all is sound and with 1 when something is not.
#[derive(Args)]
pub struct Verify {
    #[command(flatten)]
    site: SiteArgs,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

impl Verify {
    pub fn run(self, terminal: &Terminal) -> Result<End, Stop> {
        let journal = self.site.open_as_found(terminal)?;
        let end = verify(&journal, terminal, self.json);
        journal.close();
        end
    }
}

/// Verifies a site and says what was found.
pub fn verify(journal: &Journal, terminal: &Terminal, json: bool) -> Result<End, Stop> {
    let mut report = {
        let mut progress = terminal.progress("cli-doing-verify");
        journal::verify(journal, &mut |done, total| progress.step(done, total))?
    };
    journal::verify_tables(journal, &mut report)?;
    let end = if report.is_sound() { End::Fine } else { End::Found };
    if json {
        let text = serde_json::to_string_pretty(&report)
            .map_err(|error| Fault::because("writing the report", error))?;
        terminal.print(text);
        return Ok(end);
    }
    for (origin, size, root) in &report.roots {
        terminal.tell(
            "cli-verify-log",
            &[
                ("origin", Arg::Text(origin.clone())),
                ("size", count(*size)),
                ("root", Arg::Text(root.to_string())),
            ],
        );
    }
    terminal.tell("cli-verify-bodies", &[("bodies", count(report.bodies)), ("absent", count(report.absent))]);
    if report.given_up > 0 {
        terminal.tell("cli-verify-given-up", &[("bodies", count(report.given_up))]);
    }
    if report.keyless > 0 {
        terminal.tell("cli-verify-keyless", &[("bodies", count(report.keyless))]);
    }
    terminal.tell("cli-verify-blobs", &[("blobs", count(report.blobs))]);
    terminal.tell(
        "cli-verify-checkpoints",
        &[("checkpoints", count(report.checkpoints)), ("unsigned", count(report.unsigned))],
    );
    for problem in &report.problems {
        terminal.print(sentence(problem, terminal));
    }
    for code in &report.tables {
        terminal.print(terminal.say(&web::refusal_key(code)));
    }
    match report.problems.len() {
        0 if !report.is_sound() => {}
        0 => terminal.tell("cli-verify-sound", &[]),
        problems => terminal.tell("cli-verify-unsound", &[("problems", Arg::from(problems))]),
    }
    terminal.tell("cli-verify-uncompared", &[("tables", Arg::Text(report.uncompared.join(", ")))]);
    Ok(end)
}

fn sentence(problem: &Problem, terminal: &Terminal) -> String {
    let what = Arg::Text(terminal.say(&web::refusal_key(problem.code)));
    let at = |idx| [("log", Arg::Count(problem.log)), ("idx", Arg::Count(idx)), ("problem", what.clone())];
    match problem.idx {
        Some(idx) if let Some(blob) = problem.blob => {
            let [log, idx, what] = at(idx);
            let named = [log, idx, what, ("blob", Arg::Text(blob.to_string()))];
            terminal.voice.tell("cli-verify-problem-blob", &named)
        }
        Some(idx) => terminal.voice.tell("cli-verify-problem-at", &at(idx)),
        None => {
            terminal.voice.tell("cli-verify-problem", &[("log", Arg::Count(problem.log)), ("problem", what)])
        }
    }
}

fn count(n: u64) -> Arg {
    Arg::Count(i64::try_from(n).unwrap_or(i64::MAX))
}
