//! The built program as a person runs it, and its server as a browser finds it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// What a run of the program came to.
pub struct Run {
    /// The exit code; none when it was killed.
    pub code: Option<i32>,
    /// The result.
    pub out: String,
    /// Everything else.
    pub err: String,
}

impl Run {
    /// Fails unless the exit code is this one.
    pub fn ends_with(self, code: i32) -> Run {
        assert_eq!(self.code, Some(code), "out: {}\nerr: {}", self.out, self.err);
        self
    }
    /// Fails unless the person was told this.
    pub fn saying(self, words: &str) -> Run {
        assert!(
            self.err.contains(words) || self.out.contains(words),
            "{words:?} is not in\nout: {}\nerr: {}",
            self.out,
            self.err
        );
        self
    }
    /// The word behind these words in the result.
    pub fn word_after(&self, words: &str) -> String {
        let rest = self.out.split_once(words).unwrap_or_else(|| panic!("{words:?} is not in {}", self.out)).1;
        rest.split_whitespace().next().unwrap_or_default().to_owned()
    }
}

/// The program, in English and with nothing of the environment of whoever runs the tests.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_simpul"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("SIMPUL_")) {
        command.env_remove(name);
    }
    command.env("LC_ALL", "C").stdin(Stdio::null());
    command
}

/// Runs the program on the site in a folder.
pub fn simpul(data: &Path, words: &[&str]) -> Run {
    run(program().args(words).arg("--data").arg(data))
}

/// Runs a command to its end.
pub fn run(command: &mut Command) -> Run {
    let output = command.output().expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// Makes a site in a folder; the administrator's password.
pub fn init(data: &Path) -> String {
    let made = simpul(data, &["init", "--title", "Kalurahan Sumbermulyo", "--home", crate::world::VILLAGE])
        .ends_with(0);
    made.word_after("with the password")
}

/// Asks whoever listens there; status and answer, or nothing when it is gone before it has answered.
pub fn ask(address: &str, request: &str, headers: &[(&str, &str)], body: &str) -> Option<(u16, String)> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(60))).ok()?;
    let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let fixed = format!("host: {address}\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
    write!(stream, "{request} HTTP/1.1\r\n{fixed}{headers}\r\n{body}").ok()?;
    let mut reader = BufReader::new(stream);
    let mut answer = String::new();
    while !answer.ends_with("\r\n\r\n") {
        if reader.read_line(&mut answer).ok()? == 0 {
            return None;
        }
    }
    // Not every server closes the connection when it is asked to.
    let length = answer.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
    });
    let mut body = Vec::new();
    reader.take(length.unwrap_or(u64::MAX)).read_to_end(&mut body).ok()?;
    answer.push_str(&String::from_utf8_lossy(&body));
    let status = answer.split(' ').nth(1)?.parse().ok()?;
    Some((status, answer))
}

/// A server that ends with the test.
pub struct Server {
    child: Child,
    /// Address and port.
    pub address: String,
}

impl Server {
    /// Serves a site on a free port.
    pub fn start(data: &Path) -> Server {
        Server::of(program().args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data))
    }
    /// Starts a command that says where it serves.
    pub fn of(command: &mut Command) -> Server {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let mut beside = child.stderr.take().expect("a pipe");
        let address = loop {
            let Some(Ok(line)) = lines.next() else {
                let mut said = String::new();
                beside.read_to_string(&mut said).expect("text");
                panic!("the server did not start: {said}");
            };
            if let Some((_, rest)) = line.split_once("http://") {
                break rest.split_whitespace().next().expect("an address").trim_end_matches('.').to_owned();
            }
        };
        // What it says later must not fill the pipes.
        std::thread::spawn(move || lines.for_each(drop));
        std::thread::spawn(move || std::io::copy(&mut beside, &mut std::io::sink()));
        Server { child, address }
    }
    /// Asks it; status and answer.
    pub fn ask(&self, request: &str, headers: &[(&str, &str)], body: &str) -> (u16, String) {
        self.try_ask(request, headers, body).expect("the server answers")
    }
    /// Asks it; nothing when it is gone before it has answered.
    pub fn try_ask(&self, request: &str, headers: &[(&str, &str)], body: &str) -> Option<(u16, String)> {
        ask(&self.address, request, headers, body)
    }
    /// Announces a file of so many bytes and sends its beginning; what the server says to that.
    pub fn announce(&self, request: &str, headers: &[(&str, &str)], bytes: u64) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("the server is there");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let kind = "content-type: multipart/form-data; boundary=x\r\naccept: application/json\r\n";
        let head = format!(
            "{request} HTTP/1.1\r\nhost: {}\r\ncontent-length: {bytes}\r\n{kind}{headers}\r\n",
            self.address
        );
        let part = "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n";
        stream.write_all((head + part).as_bytes()).expect("it listens");
        let mut answer = [0; 4096];
        let length = stream.read(&mut answer).expect("it answers");
        String::from_utf8_lossy(&answer[..length]).into_owned()
    }
    /// Begins to send a file, of which so many bytes come, and hangs up.
    pub fn break_off(&self, request: &str, headers: &[(&str, &str)], bytes: usize) {
        let mut stream = TcpStream::connect(&self.address).expect("the server is there");
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let kind = "content-type: multipart/form-data; boundary=x\r\ncontent-length: 50000000\r\n";
        let head = format!("{request} HTTP/1.1\r\nhost: {}\r\n{kind}{headers}\r\n", self.address);
        let part =
            "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.4\n";
        stream.write_all((head + part).as_bytes()).expect("it listens");
        stream.write_all(&vec![b' '; bytes]).expect("it takes them");
    }
    /// Kills it as a power cut would, in the middle of whatever it does.
    pub fn pull_the_plug(&self) {
        run(Command::new("kill").arg("-KILL").arg(self.child.id().to_string())).ends_with(0);
    }
    /// Asks it to stop, as systemd does; its exit code.
    pub fn stop(mut self) -> Option<i32> {
        run(Command::new("kill").arg("-TERM").arg(self.child.id().to_string())).ends_with(0);
        self.child.wait().expect("it ended").code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A small disk, or one that cannot be written: a file system in memory, which only root may mount.
pub struct Disk {
    /// Where it is mounted.
    pub folder: tempfile::TempDir,
}

impl Disk {
    /// A disk of so many MiB, or none when this user may not mount.
    pub fn of_mib(mib: u32) -> Option<Disk> {
        let disk = Disk { folder: tempfile::tempdir().expect("a folder") };
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={mib}m"), "tmpfs"])
            .arg(disk.folder.path())
            .output();
        mounted.is_ok_and(|output| output.status.success()).then_some(disk)
    }
    /// From now on nothing can be written to it.
    pub fn make_read_only(&self) {
        run(Command::new("mount").args(["-o", "remount,ro"]).arg(self.folder.path())).ends_with(0);
    }
    /// Writes until nothing more fits, but for so many KiB.
    pub fn fill_but(&self, kib: usize) {
        let (filler, spare) = (self.folder.path().join("filler"), self.folder.path().join("spare"));
        std::fs::write(&spare, vec![1; kib * 1024]).expect("space");
        let mut file = std::fs::File::create(filler).expect("space");
        while file.write_all(&[1; 4096]).is_ok() {}
        drop(file);
        std::fs::remove_file(spare).expect("it is there");
    }
    /// Takes the filler away.
    pub fn free(&self) {
        std::fs::remove_file(self.folder.path().join("filler")).expect("it is there");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.folder.path()).output();
    }
}
