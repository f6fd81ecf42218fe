//! The demo as it is served to every browser of a run, and what stories do on it again and again.

use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use serde_json::Value;
use tempfile::TempDir;

use super::chromium::{Chromium, Scripts, keys};
use crate::program::{Server, program, simpul};
use crate::world::VILLAGE;

/// Everybody of the demo has it.
pub const PASSWORD: &str = "simpul-demo";

/// The program with its demo. It ends with the last test that uses it.
pub struct Demo {
    server: Server,
    folder: TempDir,
    pages: OnceLock<Vec<String>>,
}

static DEMO: Mutex<Weak<Demo>> = Mutex::new(Weak::new());

/// The one that other tests use at this moment, or a new one.
pub fn demo() -> Arc<Demo> {
    let mut shared = DEMO.lock().unwrap_or_else(PoisonError::into_inner);
    shared.upgrade().unwrap_or_else(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let data = folder.path().join("site");
        let listen = ["demo", "--listen", "127.0.0.1:0", "--data"];
        let server = Server::of(program().args(listen).arg(&data));
        let demo = Arc::new(Demo { server, folder, pages: OnceLock::new() });
        *shared = Arc::downgrade(&demo);
        demo
    })
}

impl Demo {
    /// A browser in which one of the cast has signed in by keyboard and reads this language.
    pub fn browser_of(&self, handle: &str, lang: &str, scripts: Scripts) -> Chromium {
        let browser = Chromium::open(&self.server.address, lang, scripts);
        sign_in(&browser, handle, PASSWORD, lang);
        browser
    }
    /// A browser of somebody who holds every role that can be given, so that no page hides anything.
    pub fn browser_of_all_roles(&self, handle: &str, lang: &str, scripts: Scripts) -> Chromium {
        let data = self.folder.path().join("site");
        let opened = simpul(&data, &["user", "open", handle]).ends_with(0);
        for (role, place) in [("administrator", "*"), ("village_officer", VILLAGE), ("teller", VILLAGE)] {
            simpul(&data, &["user", "grant", handle, role, place]).ends_with(0);
        }
        let browser = Chromium::open(&self.server.address, lang, scripts);
        sign_in(&browser, handle, &opened.word_after("The password is"), lang);
        browser
    }
    /// The address of one of each kind of page; somebody with all roles looks for them once.
    pub fn pages(&self, browser: &Chromium) -> &[String] {
        self.pages.get_or_init(|| super::pages::pages(browser))
    }
}

fn sign_in(browser: &Chromium, handle: &str, password: &str, lang: &str) {
    browser.go(&format!("/sign-in?lang={lang}"));
    browser.tab_to("#handle");
    browser.keys(handle);
    browser.tab_to("#password");
    browser.keys(format!("{password}{}", keys::ENTER));
    browser.until("location.pathname.startsWith('/villages/')");
}

/// What a program is told on this address, asked from within the page.
pub fn data(browser: &Chromium, path: &str) -> Value {
    let ask = "return fetch(arguments[0], { headers: { accept: 'application/json' } }).then((answer) => answer.json())";
    browser.script(ask, serde_json::json!([path]))
}

/// The text of a file on this address.
pub fn file(browser: &Chromium, path: &str) -> String {
    let ask = "return fetch(arguments[0]).then((answer) => answer.text())";
    browser.script(ask, serde_json::json!([path])).as_str().expect("text").to_owned()
}

/// The path of the bank of the demo.
pub fn bank(browser: &Chromium) -> String {
    let banks = data(browser, &format!("/villages/{VILLAGE}/waste"));
    let oldest = banks["banks"].as_array().expect("banks").iter().min_by_key(|bank| bank["bank"].to_string());
    format!("/villages/{VILLAGE}/waste/{}", oldest.expect("a bank")["bank"].as_str().expect("an id"))
}
