//! A secretary's evening: by keyboard, with a browser that is killed and a server that is away.

use super::chromium::{Scripts, keys::ENTER};
use super::site::{data, demo};
use crate::world::VILLAGE;

#[test]
#[ignore = "needs Chromium: run scripts/test"]
fn minutes_are_taken_by_keyboard_and_survive_a_killed_browser() {
    let demo = demo();
    let browser = demo.browser_of("pak-lurah", "id", Scripts::On);
    let meetings = data(&browser, &format!("/places/{VILLAGE}/meetings"));
    let meeting = meetings[0]["meeting"].as_str().expect("a meeting").to_owned();
    let minutes = format!("/places/{VILLAGE}/meetings/{meeting}/minutes");
    let count = || data(&browser, &minutes)["statements"].as_array().expect("statements").len();
    let before = count();
    browser.go(&minutes);
    browser.tab_to("#text");
    browser.keys(format!("Pertama{ENTER}"));
    browser.until("document.querySelector('#minutes-form output').textContent !== ''");
    browser.keys(format!("Kedua{ENTER}Setengah kal"));
    browser.until("JSON.parse(localStorage.getItem(`minutes:${location.pathname}`)).waiting.length === 0");
    assert_eq!(count(), before + 2, "Enter takes a statement");

    // Killed in the middle of a word, and with a statement that the server never confirmed.
    browser.value(
        "(() => { window.fetch = () => Promise.reject(new Error('away')); document.querySelector('#text').focus(); return 1; })()",
    );
    browser.keys(format!("imat{ENTER}Sisa"));
    browser.until("JSON.parse(localStorage.getItem(`minutes:${location.pathname}`)).waiting.length === 1");
    browser.go(&minutes);
    browser.until("JSON.parse(localStorage.getItem(`minutes:${location.pathname}`)).waiting.length === 0");
    assert_eq!(
        browser.value("document.querySelector('#text').value"),
        "Sisa",
        "what was being typed is there again"
    );
    assert_eq!(count(), before + 3, "and what had been taken is stored once");
    let stored = data(&browser, &minutes);
    let last = &stored["statements"][before + 2]["texts"][0]["heads"][0]["text"];
    assert_eq!(*last, "Setengah kalimat");
}
