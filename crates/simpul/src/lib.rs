//! The program around the stages: command line, configuration, and the one list of what a site is made of.
//!
//! - [`stages`] is that list. A new stage is one line there.
//! - `commands/` has one file for each command.
//! - `bench/` measures; [`config`] reads settings; `terminal` speaks to the person; `site` opens what the commands work on.

mod bench;
mod cli;
mod commands;
pub mod config;
mod hledger;
mod progress;
mod site;
pub mod stages;
mod terminal;

pub use cli::command;
pub use terminal::run;
