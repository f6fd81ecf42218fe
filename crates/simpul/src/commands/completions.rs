//! `simpul completions`

use std::io::stdout;

use clap::Args;
use clap_complete::{Shell, generate};
use kernel::Stop;

use crate::cli;
use crate::terminal::{End, Terminal};

/// Print completions for a shell
///
/// For bash: simpul completions bash > ~/.local/share/bash-completion/completions/simpul
#[derive(Args)]
pub struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub fn run(self, _: &Terminal) -> Result<End, Stop> {
        generate(self.shell, &mut cli::command(), "simpul", &mut stdout());
        Ok(End::Fine)
    }
}
