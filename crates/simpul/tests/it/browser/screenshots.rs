//! The pictures of the README: `just screenshots` takes them again; without it, only the way to them is walked.

use serde_json::json;

use super::chromium::{Chromium, Scripts, keys::*};
use super::site::{bank, demo};
use crate::world::VILLAGE;

fn counter_with_lines(browser: &Chromium, bank: &str) {
    browser.go(&format!("{bank}/counter"));
    browser.keys(format!("27{ENTER}"));
    browser.until("document.activeElement.id === 'sort-1'");
    for line in [["kar", "12,4"], ["bot", "3,25"], ["kac", "8"]] {
        browser.keys(format!("{}{ENTER}{}{ENTER}", line[0], line[1]));
    }
    browser.keys("pla");
    browser.until(
        "document.querySelectorAll('ol.lines > li').length === 3 && document.fonts.status === 'loaded'",
    );
}

#[test]
#[ignore = "needs Chromium: run scripts/test"]
fn screenshots() {
    let demo = demo();
    let browser = demo.browser_of("bu-sri", "ko", Scripts::On);
    let bank = bank(&browser);
    browser.resize(1280, 800);
    browser.show_as("screen", "light");
    counter_with_lines(&browser, &bank);
    browser.picture("counter");
    browser.show_as("screen", "dark");
    browser.picture("counter-dark");
    browser.script("sessionStorage.clear()", json!([]));
    browser.resize(360, 1240);
    browser.show_as("screen", "light");
    counter_with_lines(&browser, &bank);
    browser.keys(format!("{ESCAPE}{ESCAPE}")); // what is suggested would hide the weight
    browser.picture("counter-phone");
    browser.script("sessionStorage.clear()", json!([]));

    let teller = demo.browser_of("pak-joko", "id", Scripts::On);
    teller.show_as("screen", "light");
    teller.resize(1280, 860);
    teller.go(&format!("{bank}/members"));
    let member = teller.value("document.querySelector('td a[href*=\"/members/\"]').pathname");
    teller.go(member.as_str().expect("a path"));
    teller.picture("passbook");
    let entry = teller.value("document.querySelector('.passbook td a[href*=\"/entries/\"]').pathname");
    teller.go(&entry.as_str().expect("a path").replace("/entries/", "/weigh-ins/"));
    teller.picture("receipt");
    teller.go(&format!("{bank}/prices"));
    teller.picture("prices");

    let officer = demo.browser_of("pak-lurah", "en", Scripts::On);
    officer.show_as("screen", "light");
    for (name, height, page) in [
        ("dashboard", 1240, bank.clone()),
        ("income", 1000, format!("/villages/{VILLAGE}/income")),
        ("places", 800, "/places?find=sumber".to_owned()),
    ] {
        officer.resize(1280, height);
        officer.go(&page);
        officer.until("document.fonts.status === 'loaded'");
        officer.picture(name);
    }
}
