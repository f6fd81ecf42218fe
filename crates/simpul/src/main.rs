//! `simpul`: one program and one file for a village's books.

use std::process::ExitCode;

fn main() -> ExitCode {
    simpul::run()
}
