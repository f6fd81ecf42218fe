//! The pictures of the README: `just screenshots` takes them again.

use serde_json::json;

use super::chromium::{Chromium, Scripts, is_here, keys::*};
use super::site::{bank, demo};
use crate::world::VILLAGE;

fn counter_with_lines(browser: &Chromium, bank: &str) {
    browser.go(&format!("{bank}/counter?lang=ko"));
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
fn screenshots() {
    if std::env::var_os("SIMPUL_TEST_SCREENSHOTS").is_none() || !is_here("screenshots") {
        return;
    }
    let demo = demo();
    let browser = demo.browser_of("bu-sri", "ko", Scripts::On);
    let bank = bank(&browser);
    browser.resize(1280, 800);
    counter_with_lines(&browser, &bank);
    browser.picture("counter");
    browser.show_as("screen", "dark");
    browser.picture("counter-dark");
    browser.resize(360, 740);
    browser.show_as("screen", "light");
    browser.script("sessionStorage.clear()", json!([]));
    counter_with_lines(&browser, &bank);
    browser.script("scrollTo(0, document.querySelector('#counter').offsetTop - 8)", json!([]));
    browser.picture("counter-phone");
    browser.script("sessionStorage.clear()", json!([]));

    browser.resize(1280, 800);
    browser.go(&format!("{bank}/members?lang=id"));
    let member = browser.value("document.querySelector('td a[href*=\"/members/\"]').pathname");
    let member = member.as_str().expect("a path").to_owned();
    browser.go(&member);
    browser.picture("passbook");
    let entry = browser.value("document.querySelector('.passbook td a[href*=\"/entries/\"]').pathname");
    browser.go(&entry.as_str().expect("a path").replace("/entries/", "/weigh-ins/"));
    browser.picture("receipt");

    let officer = demo.browser_of("pak-lurah", "en", Scripts::On);
    officer.resize(1280, 800);
    for (name, page) in [
        ("dashboard", format!("{bank}?lang=en")),
        ("prices", format!("{bank}/prices?lang=id")),
        ("income", format!("/villages/{VILLAGE}/income?lang=en")),
        ("places", "/places?find=sumber&lang=en".to_owned()),
    ] {
        officer.go(&page);
        officer.until("document.fonts.status === 'loaded'");
        officer.picture(name);
    }
}
