//! The program itself, served from a site of many entries: how soon it answers, how much memory it holds, how large it
//! is.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use kernel::{Fault, Stop};

use super::{Figure, median};

const MIB: f64 = 1024.0 * 1024.0;

pub fn measure(site: &Path) -> Result<Vec<Figure>, Stop> {
    let program =
        std::env::current_exe().map_err(|error| Fault::because("looking for the program", error))?;
    let size =
        std::fs::metadata(&program).map_err(|error| Fault::because("looking at the program", error))?.len();
    // The first start reads the file into memory; people count those after it.
    drop(Served::start(&program, site)?);
    let mut starts = Vec::new();
    let mut memory = 0.0;
    for _ in 0..5 {
        let begun = Instant::now();
        let served = Served::start(&program, site)?;
        served.ask("/health")?;
        starts.push(begun.elapsed());
        std::thread::sleep(Duration::from_millis(300));
        memory = served.memory_mib()?.max(memory);
    }
    Ok(vec![
        Figure::at_most("idle-memory-mib", 60.0, memory),
        Figure::at_most("start-ms", 300.0, median(&mut starts)?.as_secs_f64() * 1000.0),
        Figure::at_most("program-mib", 40.0, size as f64 / MIB),
    ])
}

/// A server that ends with the measurement.
struct Served {
    child: Child,
    address: String,
}

impl Served {
    fn start(program: &Path, site: &Path) -> Result<Served, Fault> {
        let failed = |error| Fault::because("starting the program", error);
        let mut command = Command::new(program);
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(site);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().map_err(failed)?;
        let stdout = child.stdout.take().ok_or_else(|| Fault::new("the program says nothing"))?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line).map_err(failed)?;
        let mut served = Served { child, address: String::new() };
        let address = line.split_once("http://").and_then(|(_, rest)| rest.split_whitespace().next());
        let address =
            address.ok_or_else(|| Fault::new(format!("the program did not say where it serves: {line}")))?;
        served.address = address.trim_end_matches(|c: char| !c.is_ascii_digit()).to_owned();
        Ok(served)
    }

    fn ask(&self, path: &str) -> Result<(), Fault> {
        let ask = || -> std::io::Result<String> {
            let mut stream = TcpStream::connect(&self.address)?;
            write!(stream, "GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", self.address)?;
            let mut answer = String::new();
            stream.read_to_string(&mut answer)?;
            Ok(answer)
        };
        match ask() {
            Ok(answer) if answer.starts_with("HTTP/1.1 200") => Ok(()),
            Ok(answer) => Err(Fault::new(format!("the program answered: {answer}"))),
            Err(error) => Err(Fault::because("asking the program", error)),
        }
    }

    fn memory_mib(&self) -> Result<f64, Fault> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))
            .map_err(|error| Fault::because("reading how much memory the program holds", error))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<f64>().ok());
        kib.map(|kib| kib / 1024.0)
            .ok_or_else(|| Fault::new("the system does not say how much memory the program holds"))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
