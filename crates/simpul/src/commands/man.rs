//! `simpul man`

use std::io::stdout;
use std::path::PathBuf;

use clap::Args;
use journal::unwritable;
use kernel::Stop;

use crate::cli;
use crate::terminal::{End, Terminal};

/// Print the manual page, or write those of all commands
#[derive(Args)]
pub struct Man {
    /// Folder for one page per command, such as ~/.local/share/man/man1
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

impl Man {
    pub fn run(self, _: &Terminal) -> Result<End, Stop> {
        match &self.folder {
            Some(folder) => std::fs::create_dir_all(folder)
                .and_then(|()| clap_mangen::generate_to(cli::command(), folder))
                .map_err(|error| unwritable(folder, error))?,
            None => clap_mangen::Man::new(cli::command())
                .render(&mut stdout())
                .map_err(|error| unwritable("-".as_ref(), error))?,
        }
        Ok(End::Fine)
    }
}
