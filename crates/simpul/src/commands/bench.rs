//! `simpul bench`

use std::path::PathBuf;

use clap::Args;
use kernel::{Fault, Stop};

use crate::bench;
use crate::terminal::{End, Terminal};

/// Measure this machine: ratios of speed and size, in one run
///
/// Everything happens in a folder of its own below --data, which is taken away afterwards.
#[derive(Args)]
pub struct Bench {
    /// Folder on the disk that is to be measured
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Print the figures as JSON
    #[arg(long)]
    json: bool,
    /// How many weigh-ins the large site has
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    entries: u64,
}

impl Bench {
    pub fn run(self, terminal: &Terminal) -> Result<End, Stop> {
        let figures = bench::measure(&self.data, self.entries, terminal)?;
        if self.json {
            let text = serde_json::to_string_pretty(&figures)
                .map_err(|error| Fault::because("writing the figures", error))?;
            terminal.print(text);
        } else {
            for figure in &figures {
                terminal.print(figure.line(terminal));
            }
        }
        Ok(if figures.iter().all(|figure| figure.ok) { End::Fine } else { End::Found })
    }
}
