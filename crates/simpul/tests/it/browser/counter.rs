//! A teller's day: by keyboard alone, and without scripts.

use serde_json::json;

use super::chromium::{Chromium, Scripts, keys::*};
use super::pages::WIDTH;
use super::site::{bank, data, demo};

/// Types at the counter, waiting as a person does for the list of members to appear and for the focus to move.
struct Counter<'b>(&'b Chromium);

impl Counter<'_> {
    fn focus_on(&self, id: &str) {
        self.0.until(&format!("document.activeElement.id === '{id}'"));
    }
    /// A sort by its first letters and a weight as the scale shows it.
    fn line(&self, sort: &str, weight: &str) {
        self.0.keys(format!("{sort}{ENTER}"));
        self.focus_on("weight-1");
        self.0.keys(format!("{weight}{ENTER}"));
        self.focus_on("sort-1");
    }
    fn lines(&self) -> usize {
        let count = self.0.value("document.querySelectorAll('ol.lines > li').length");
        count.as_u64().expect("a count") as usize
    }
    /// Books what is on the ticket by an Enter on an empty sort; the entry.
    fn book(&self) -> String {
        self.0.script("document.documentElement.id = 'before'", json!([]));
        self.0.keys(ENTER.to_string());
        self.0.until("document.documentElement.id !== 'before' && document.querySelector('[data-booked]')");
        self.focus_on("member");
        assert_eq!(self.0.value("sessionStorage.length"), 0, "the draft is forgotten");
        self.0
            .value("document.querySelector('[data-booked]').dataset.booked")
            .as_str()
            .expect("an id")
            .to_owned()
    }
}

#[test]
#[ignore = "needs Chromium: run scripts/test"]
fn a_teller_serves_the_queue_and_closes_the_day_by_keyboard_alone() {
    let demo = demo();
    let browser = demo.browser_of("bu-sri", "ko", Scripts::On);
    let bank = bank(&browser);
    browser.tab_to("nav.main a[href$='/waste']");
    browser.keys(ENTER.to_string());
    browser.until("document.querySelector('h1').innerText === '쓰레기은행'");

    browser.go(&format!("{bank}/counter"));
    let counter = Counter(&browser);
    // By the number of the savings book; a comma and a point both weigh.
    counter.focus_on("member");
    browser.keys(format!("12{ENTER}"));
    counter.focus_on("sort-1");
    counter.line("kar", "4,5");
    counter.line("bot", "12.25");
    counter.line("kac", "6");
    assert_eq!(counter.lines(), 3);
    assert!(browser.text(".say").contains("유리병, 6 개"), "{}", browser.text(".say"));
    browser.keys(ESCAPE.to_string());
    assert_eq!(counter.lines(), 2, "Escape takes the last line back");
    assert_eq!(browser.text(".total-value"), "Rp20,100");
    // What was said about a sort that nobody knows goes with it.
    browser.keys(format!("xyz{ENTER}"));
    browser.until("document.querySelector('.say.bad')");
    browser.keys(ESCAPE.to_string());
    browser.until("document.querySelector('.say').textContent === ''");
    let first = counter.book();
    // By a part of the name, chosen with the arrows.
    browser.keys("wahyu");
    browser.until("document.querySelectorAll('#member-list:not([hidden]) > li').length > 1");
    // An Enter too early says in the list that several fit; what stood below the list was never seen.
    browser.keys(ENTER.to_string());
    browser.until("document.querySelector('#member-list:not([hidden])')?.dataset.head?.includes('화살표')");
    browser.keys(format!("{DOWN}{DOWN}{ENTER}"));
    counter.focus_on("sort-1");
    counter.line("pla", ".5");
    counter.book();
    // A number that nobody has is refused and typed again. The list still shows member 9 when Enter comes: the network is
    // slower than the hand.
    browser.script(
        "const real = window.fetch;
         window.fetch = (url, how) => url.endsWith('=9')
             ? real(url, how)
             : new Promise((done) => setTimeout(() => done(real(url, how)), 400));",
        json!([]),
    );
    browser.keys("9");
    browser.until("document.querySelectorAll('#member-list:not([hidden]) > li').length > 0");
    browser.keys(format!("999{ENTER}"));
    browser.until("document.querySelector('.say').innerText.includes('9999')");
    browser.keys(format!("{ESCAPE}14{ENTER}"));
    counter.focus_on("sort-1");
    counter.line("kac", "12");
    counter.book();

    // The savings book shows it, and a mistake is taken back with a reason.
    browser.go(&format!("{bank}/entries/{first}"));
    browser.tab_to("dl.facts a[href*='/members/']");
    browser.keys(ENTER.to_string());
    browser.until("document.querySelector('.passbook')");
    let passbook = browser.here();
    let saved = |amount: i64| {
        let saved = data(&browser, &passbook)["passbook"]["balances"]["saved"].as_i64().expect("a balance");
        saved - amount
    };
    let before = saved(16_080);
    assert!(browser.text(".passbook tbody").contains("16,080"), "{}", browser.text(".passbook tbody"));
    browser.go(&format!("{bank}/entries/{first}"));
    browser.tab_to("#reason");
    browser.keys(format!("저울을 잘못 읽었습니다{ENTER}"));
    browser.until("document.querySelector('.notice.bad')?.innerText.includes('저울을 잘못 읽었습니다')");
    assert_eq!(saved(0), before);
    browser.go(&passbook);
    assert_eq!(browser.value("document.querySelectorAll('.passbook tr.undone').length"), 1);

    // The store is sold to the collector, and the day is closed with what is in the cash box.
    browser.go(&format!("{bank}/sales/new"));
    for (field, typed) in
        [("#collector", "Peng"), ("[name=sort]", "KACA"), ("[name=weight]", "10"), ("[name=price]", "700")]
    {
        browser.tab_to(field);
        browser.keys(typed);
    }
    assert_eq!(browser.text("output.total strong"), "Rp7,000", "the sum stands there before it is booked");
    browser.keys(ENTER.to_string());
    browser.until("/\\/sales\\/\\w{20,}/.test(location.pathname)");
    assert!(browser.text("main").contains("7,000"), "{}", browser.text("main"));
    browser.go(&format!("{bank}/closing"));
    let open = browser.value("document.querySelectorAll('select[name=month] option').length");
    assert_eq!(open, 1, "the demo leaves the last month to be closed, and none before it");
    let cash = data(&browser, &format!("{bank}/cash"))["closing"].as_i64().expect("the cash of the book");
    browser.tab_to("[name=cash]");
    browser.keys(format!("{cash}{ENTER}"));
    // Who closes today is warned, and a second Enter by mistake only goes back to counting.
    browser.until("document.querySelector('.notice.warn') && document.activeElement.matches('a.button')");
    browser.tab_to("form.actions button.primary");
    browser.keys(ENTER.to_string());
    browser.until("document.querySelector('p.lead')?.innerText.includes('마감')");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
#[ignore = "needs Chromium: run scripts/test"]
fn a_receipt_and_a_savings_book_are_printed_alone() {
    let demo = demo();
    let browser = demo.browser_of("pak-joko", "id", Scripts::On);
    let bank = bank(&browser);
    browser.go(&format!("{bank}/members"));
    let member = browser.value("document.querySelector('td a[href*=\"/members/\"]').pathname");
    let member = member.as_str().expect("a path").to_owned();
    browser.go(&member);
    let entry = browser.value("document.querySelector('.passbook td a[href*=\"/entries/\"]').pathname");
    let receipt = entry.as_str().expect("a path").replace("/entries/", "/weigh-ins/");
    for (page, paper) in [
        (&receipt, ".receipt"),
        (&format!("{receipt}?paper=thermal"), ".receipt.thermal"),
        (&member, ".passbook"),
    ] {
        for scheme in ["light", "dark"] {
            browser.show_as("screen", scheme);
            browser.go(page);
            browser.resize(360, 740);
            assert_eq!(browser.script(WIDTH, json!([])), json!(null), "{page} on a phone");
            browser.resize(1280, 900);
            browser.show_as("print", scheme);
            let beside = "const own = (e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
                          return [...document.body.querySelectorAll('*')]
                              .filter((e) => own(e) && !e.closest(arguments[0] + ', .synthetic, script') && e.checkVisibility())
                              .map((e) => e.outerHTML)";
            assert_eq!(browser.script(beside, json!([paper])), json!([]), "printed beside {paper} of {page}");
            let ink = "const [red, green, blue] = getComputedStyle(document.querySelector(arguments[0])).color.match(/[\\d.]+/g);
                       return Math.max(red, green, blue) < 80";
            assert_eq!(browser.script(ink, json!([paper])), true, "{page} is printed in dark ink, {scheme}");
            assert!(browser.text(paper).contains("Bank Sampah Contoh"), "{}", browser.text(paper));
            let sheets = browser.sheets();
            assert!(
                (1..=if paper == ".passbook" { 9 } else { 1 }).contains(&sheets),
                "{page}: {sheets} sheets"
            );
        }
    }
    assert_eq!(browser.complaints(), Vec::<String>::new());
}
