//! A Chromium as a person sits before it, driven through the WebDriver protocol: keys, pages, and what it complains of.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::program;
use crate::world::told;

/// Keys that are not letters, as WebDriver writes them.
pub mod keys {
    pub const TAB: char = '\u{e004}';
    pub const ENTER: char = '\u{e007}';
    pub const ESCAPE: char = '\u{e00c}';
    pub const DOWN: char = '\u{e015}';
}

/// How long anything may take that a person waits for.
const PATIENCE: Duration = Duration::from_secs(20);

/// A browser of its own, with nothing in it from before. It ends with the test.
pub struct Chromium {
    driver: Child,
    address: String,
    session: String,
    _profile: TempDir,
    site: String,
}

/// Whether pages may run scripts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Scripts {
    On,
    Off,
}

impl Chromium {
    /// Opens a window of 1280 by 900 before a site. The browser itself speaks `lang`, as in its fields for days.
    pub fn open(site: &str, lang: &str, scripts: Scripts) -> Chromium {
        let profile = tempfile::tempdir().expect("a folder");
        let mut driver = Command::new(told("SIMPUL_TEST_CHROMEDRIVER"))
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the driver starts");
        let mut lines = BufReader::new(driver.stdout.take().expect("a pipe")).lines();
        let port: u16 = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.split_once("successfully on port ")?.1.trim_end_matches('.').parse().ok())
            .expect("the driver says where it listens");
        std::thread::spawn(move || lines.for_each(drop)); // what it says later must not fill the pipe
        let address = format!("127.0.0.1:{port}");
        let wanted = capabilities(&profile, lang, scripts);
        let made = call(&address, "POST /session", &wanted).unwrap_or_else(|error| {
            let _ = driver.kill();
            panic!("Chromium does not start: {error}")
        });
        let session = made["sessionId"].as_str().expect("a session").to_owned();
        Chromium { driver, address, session, _profile: profile, site: format!("http://{site}") }
    }

    fn ask(&self, request: &str, body: &Value) -> Result<Value, String> {
        let (method, path) = request.split_once(' ').expect("a method and a path");
        call(&self.address, &format!("{method} /session/{}{path}", self.session), body)
    }
    fn must(&self, request: &str, body: &Value) -> Value {
        self.ask(request, body).unwrap_or_else(|error| panic!("{request}: {error}"))
    }

    /// Goes to an address of the site.
    pub fn go(&self, path: &str) {
        self.must("POST /url", &json!({ "url": format!("{}{path}", self.site) }));
    }
    /// Where it is, without the site.
    pub fn here(&self) -> String {
        let url = self.must("GET /url", &Value::Null);
        url.as_str().expect("an address").trim_start_matches(&self.site).to_owned()
    }
    /// What a piece of JavaScript, told `arguments`, comes to.
    pub fn script(&self, body: &str, arguments: Value) -> Value {
        self.must("POST /execute/sync", &json!({ "script": body, "args": arguments }))
    }
    /// What an expression comes to. A promise is waited for.
    pub fn value(&self, expression: &str) -> Value {
        self.script(&format!("return {expression}"), json!([]))
    }
    /// The text of what a selector finds first.
    pub fn text(&self, css: &str) -> String {
        let found = self.script("return document.querySelector(arguments[0])?.innerText", json!([css]));
        found.as_str().unwrap_or_else(|| panic!("{css} is not on {}", self.here())).to_owned()
    }
    /// Waits until an expression is true, across pages.
    pub fn until(&self, expression: &str) {
        let begun = Instant::now();
        let look = json!({ "script": format!("return Boolean({expression})"), "args": [] });
        // Between two pages there is no document to ask.
        while self.ask("POST /execute/sync", &look) != Ok(Value::Bool(true)) {
            if begun.elapsed() > PATIENCE {
                let said = self
                    .value("[...document.querySelectorAll('.error, .notice, .say')].map((p) => p.innerText)");
                panic!("never came true on {}: {expression}\n{said}\n{}", self.here(), self.text("main"));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Presses keys, one after the other, wherever the focus is.
    pub fn keys(&self, keys: impl AsRef<str>) {
        let presses: Vec<Value> = keys
            .as_ref()
            .chars()
            .flat_map(|key| {
                ["keyDown", "keyUp"].map(|press| json!({ "type": press, "value": key.to_string() }))
            })
            .collect();
        let board = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": presses }] });
        self.must("POST /actions", &board);
    }
    /// Goes from control to control until the focus is on this one: whoever has no mouse can reach it.
    pub fn tab_to(&self, css: &str) {
        for _ in 0..300 {
            let there = self.script("return document.activeElement.matches(arguments[0])", json!([css]));
            if there == Value::Bool(true) {
                return;
            }
            self.keys(keys::TAB.to_string());
        }
        panic!("the keyboard does not reach {css} on {}", self.here());
    }
    /// Puts a text into a field as the clipboard would, whatever letters it has; chooses it where there are choices.
    pub fn fill(&self, css: &str, text: &str) {
        let focus = "const [css, text] = arguments, field = document.querySelector(css);
                     field.focus();
                     if (field.matches('select')) field.selectedIndex = [...field.options].findIndex((option) => option.text.includes(text));
                     else field.select();";
        self.script(focus, json!([css, text]));
        if !self
            .script("return document.activeElement.matches('select')", json!([]))
            .as_bool()
            .expect("a bool")
        {
            self.devtools("Input.insertText", json!({ "text": text }));
        }
    }
    /// Presses the first button that sends a form and waits for the page that follows.
    pub fn send(&self, form: &str) {
        let press = "const form = document.querySelector(arguments[0]), page = document.documentElement;
                     page.id = 'before';
                     form.noValidate = true;
                     form.querySelector('button:not([type=button])').click();";
        self.script(press, json!([form]));
        self.until("document.documentElement.id !== 'before' && document.readyState === 'complete'");
    }

    /// Asks the developer tools.
    pub fn devtools(&self, command: &str, parameters: Value) -> Value {
        self.must("POST /goog/cdp/execute", &json!({ "cmd": command, "params": parameters }))
    }
    /// Makes the screen so many pixels wide and high.
    pub fn resize(&self, width: u32, height: u32) {
        let screen = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", screen);
    }
    /// Shows pages as on this medium, `screen` or `print`, to a person who prefers `light` or `dark`.
    pub fn show_as(&self, medium: &str, scheme: &str) {
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" }, // a picture is of what stands still
        ]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "media": medium, "features": features }));
    }
    /// How many sheets of its own size of paper the page takes.
    pub fn sheets(&self) -> usize {
        let printed =
            self.devtools("Page.printToPDF", json!({ "preferCSSPageSize": true, "printBackground": true }));
        let pdf = BASE64_STANDARD.decode(printed["data"].as_str().expect("a document")).expect("base64");
        String::from_utf8_lossy(&pdf).matches("/Type /Page\n").count()
    }
    /// Takes a picture, for `SIMPUL_TEST_SCREENSHOTS`.
    pub fn picture(&self, name: &str) {
        let Some(folder) = std::env::var_os("SIMPUL_TEST_SCREENSHOTS") else { return };
        let taken = self.devtools("Page.captureScreenshot", json!({ "format": "png" }));
        let png = BASE64_STANDARD.decode(taken["data"].as_str().expect("a picture")).expect("base64");
        let folder = std::path::Path::new(&folder);
        std::fs::create_dir_all(folder).expect("a folder");
        std::fs::write(folder.join(format!("{name}.png")), png).expect("writes");
    }

    /// What the browser complained of since the last time: errors, refusals by the policy of the page, and requests to
    /// any other site.
    pub fn complaints(&self) -> Vec<String> {
        let log = |kind: &str| self.must("POST /se/log", &json!({ "type": kind }));
        let mut found = Vec::new();
        for entry in log("browser").as_array().expect("a log") {
            found.push(format!("{}: {}", self.here(), entry["message"].as_str().unwrap_or_default()));
        }
        for entry in log("performance").as_array().expect("a log") {
            let event: Value =
                serde_json::from_str(entry["message"].as_str().unwrap_or_default()).expect("an event");
            let event = &event["message"];
            let url = event["params"]["request"]["url"].as_str().unwrap_or_default();
            let ours = [self.site.as_str(), "data:", "chrome://"].iter().any(|known| url.starts_with(known));
            if event["method"] == "Network.requestWillBeSent" && !ours {
                found.push(format!("{}: asks for {url}", self.here()));
            }
        }
        found
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let _ = self.ask("DELETE ", &Value::Null); // or the browser outlives its driver
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

fn capabilities(profile: &TempDir, lang: &str, scripts: Scripts) -> Value {
    let mut arguments: Vec<String> = [
        "--headless=new",
        "--no-sandbox", // the tests may run as root
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        "--window-size=1280,900",
    ]
    .map(str::to_owned)
    .into();
    arguments.push(format!("--lang={lang}"));
    arguments.push(format!("--user-data-dir={}", profile.path().display()));
    let allowed = if scripts == Scripts::On { 1 } else { 2 };
    json!({ "capabilities": { "alwaysMatch": {
        "browserName": "chrome",
        "goog:chromeOptions": {
            "binary": told("SIMPUL_TEST_CHROMIUM"),
            "args": arguments,
            "perfLoggingPrefs": { "enableNetwork": true, "enablePage": false },
            "prefs": { "profile.managed_default_content_settings.javascript": allowed },
        },
        "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
    } } })
}

/// One command to the driver: its value, or what it says is wrong.
fn call(address: &str, request: &str, body: &Value) -> Result<Value, String> {
    let body = if request.starts_with("POST") { body.to_string() } else { String::new() };
    let headers = [("content-type", "application/json; charset=utf-8")];
    let (status, answer) = program::ask(address, request, &headers, &body).ok_or("the driver is gone")?;
    let answer = answer.split_once("\r\n\r\n").ok_or("no answer")?.1;
    let mut answer: Value = serde_json::from_str(answer).map_err(|error| format!("{error}: {answer}"))?;
    match status {
        200 => Ok(answer["value"].take()),
        _ => Err(answer["value"]["message"].as_str().unwrap_or("no reason").to_owned()),
    }
}
