//! `simpul config`

use clap::Args;
use kernel::Stop;

use crate::config;
use crate::terminal::{End, Terminal};

/// Print the settings file with every setting explained
///
/// Each setting can also be given in the environment: SIMPUL_ and its name in capitals, as in SIMPUL_LISTEN. Options of
/// a command win over the environment, and the environment over the file.
#[derive(Args)]
pub struct Config;

impl Config {
    pub fn run(self, terminal: &Terminal) -> Result<End, Stop> {
        terminal.print(config::Config::default().to_file(&terminal.voice).trim_end());
        Ok(End::Fine)
    }
}
