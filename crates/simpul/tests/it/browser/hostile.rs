//! A bank is set up through the pages, from its name to the first weigh-in taken back: once without scripts, and once by
//! somebody who types what breaks other programs.

use serde_json::json;

use super::chromium::{Chromium, Scripts};
use super::site::{demo, file};
use crate::world::VILLAGE;

/// What is typed into the forms.
struct Texts {
    bank: &'static str,
    sort: &'static str,
    head: &'static str,
    collector: &'static str,
    note: &'static str,
    reason: &'static str,
}

const PLAIN: Texts = Texts {
    bank: "Bank Sampah Tanpa Skrip",
    sort: "Kertas",
    head: "Bu Tanpa Skrip",
    collector: "Pengepul Tanpa Skrip",
    note: "Timbangan",
    reason: "Salah timbang",
};

const HOSTILE: Texts = Texts {
    bank: "\"><script>alert(1)</script> bank",
    sort: "<img src=x onerror=alert(1)> {{7*7}} ${7*7}",
    head: "=HYPERLINK(\"http://evil.example\",\"x\")</td><svg onload=alert(1)>",
    collector: "\u{202e}pengepul\u{2066}' OR 1=1 --",
    note: "+SUM(1+1)*cmd|' /C calc'!A0 \u{1f5d1}\u{fe0f}",
    reason: "@timbang <b>salah</b> 👨‍👩‍👧‍👦 {% raw %} & &lt;",
};

/// Opens a bank, and does with it what an officer and a teller do; each text is seen again as it was typed.
fn found_a_bank(browser: &Chromium, texts: &Texts) -> String {
    let village = format!("/villages/{VILLAGE}");
    let seen = |text: &str| {
        let page = browser.text("main");
        // Signs that turn the direction of reading are left out at the door.
        let text = text.replace(['\u{202e}', '\u{2066}'], "");
        assert!(page.contains(&text), "{text:?} is not on {}:\n{page}", browser.here());
    };
    let fill = |page: String, form: &str, fields: &[(&str, &str)]| {
        browser.go(&page);
        for (name, text) in fields {
            browser.fill(&format!("{form} [name={name}]"), text);
        }
        browser.send(form);
        let refused =
            browser.value("[...document.querySelectorAll('main .error')].map((p) => p.innerText).join()");
        assert_eq!(refused, "", "{page}");
    };
    fill(format!("{village}/waste"), "form[method=post].stack", &[("name", texts.bank)]);
    seen(texts.bank);
    let bank = browser.here().split('?').next().expect("a path").to_owned();
    let form = |page: &str| format!("main form[method=post][action='{bank}{page}']");
    let kertas = [("code", "KERTAS"), ("name_id", texts.sort), ("destination", texts.note)];
    fill(format!("{bank}/sorts/new"), &form("/sorts"), &kertas);
    seen(texts.sort);
    fill(format!("{bank}/prices/new?side=buying"), &form("/prices"), &[("price", "2000")]);
    seen(texts.sort);
    let household = format!("main form[action='{village}/households']");
    fill(format!("{village}/households/new"), &household, &[("head", texts.head), ("hamlet", "Padukuhan 3")]);
    fill(format!("{village}/groups"), "main form.stack", &[("name", texts.collector), ("kind", "Pengepul")]);
    seen(texts.collector);
    browser.go(&format!("{bank}/members/new"));
    browser.fill("[name=find]", texts.head);
    browser.send("main form[role=search]");
    browser.fill("[name=holder]", texts.head);
    browser.send(&form("/members"));
    seen(texts.head);
    fill(
        format!("{bank}/cash"),
        &form("/cash"),
        &[("purpose", "Modal"), ("amount", "50000"), ("note", texts.note)],
    );
    browser.script("document.querySelector('td a[href*=\"/entries/\"]').click()", json!([]));
    browser.until("document.querySelector('main pre')");
    let written = browser.value("document.querySelector('main pre').textContent");
    assert!(written.as_str().expect("text").contains(texts.note), "{written}");

    browser.go(&format!("{bank}/counter"));
    bank
}

#[test]
#[ignore = "needs Chromium: run scripts/test"]
fn without_scripts_a_bank_is_opened_and_weighs_in() {
    let demo = demo();
    let browser = demo.browser_of_all_roles("tanpa-skrip", "id", Scripts::Off);
    let bank = found_a_bank(&browser, &PLAIN);
    assert_eq!(browser.value("document.querySelectorAll('.entry').length"), 8, "eight rows of a plain form");
    for (field, text) in [
        ("#member", "1"),
        ("#sort-1", "kertas"),
        ("#weight-1", "4,5"),
        ("#sort-3", "ker"),
        ("#weight-3", "0.5"),
    ] {
        browser.fill(field, text);
    }
    browser.send("#counter");
    assert!(browser.text(".notice.ok").contains("Rp10.000"), "{}", browser.text(".notice.ok"));
    take_back(&browser, &bank, PLAIN.reason);
}

fn take_back(browser: &Chromium, bank: &str, reason: &str) {
    let entry = browser.value("document.querySelector('[data-booked]').dataset.booked");
    browser.go(&format!("{bank}/entries/{}", entry.as_str().expect("an id")));
    browser.fill("#reason", reason);
    browser.send("main form.stack");
    assert!(browser.text(".notice.bad").contains(reason), "{}", browser.text(".notice.bad"));
}

#[test]
#[ignore = "needs Chromium: run scripts/test"]
fn whatever_is_typed_stays_text() {
    let demo = demo();
    let browser = demo.browser_of_all_roles("iseng", "id", Scripts::On);
    let bank = found_a_bank(&browser, &HOSTILE);
    // At the counter names and sorts come from the script.
    browser.fill("#member", "1");
    browser.until("document.querySelector('#member-list li')?.innerText.includes('=HYPERLINK(')");
    browser.keys(super::chromium::keys::ENTER.to_string());
    browser.until("document.activeElement.id === 'sort-1'");
    browser.keys("ker\u{e007}4,5\u{e007}");
    browser
        .until("document.querySelector('ol.lines > li')?.innerText.includes('<img src=x onerror=alert(1)>')");
    browser.send("#counter");
    assert!(browser.text(".notice.ok").contains(HOSTILE.head), "{}", browser.text(".notice.ok"));
    take_back(&browser, &bank, HOSTILE.reason);

    let village = format!("/villages/{VILLAGE}");
    let pages = [
        "",
        "/counter",
        "/members",
        "/members/new",
        "/sorts",
        "/sorts/KERTAS",
        "/prices",
        "/store",
        "/lines",
        "/cash",
        "/sales/new",
        "/import",
    ];
    let pages = pages.map(|page| format!("{bank}{page}"));
    for page in pages.into_iter().chain(
        ["", "/waste", "/households", "/groups", "/income/households"].map(|page| format!("{village}{page}")),
    ) {
        browser.go(&page);
        let planted =
            browser.value("document.querySelectorAll('main :is(script, img, svg[onload], b)').length");
        assert_eq!(planted, 0, "{page}");
    }
    // A spreadsheet runs nothing of it.
    for list in [
        format!("{bank}/members"),
        format!("{bank}/cash"),
        format!("{village}/households"),
        format!("{bank}/sorts"),
        format!("{village}/groups"),
    ] {
        let csv = file(&browser, &format!("{list}?as=csv&q="));
        for (n, cell) in csv.split(['\n', ',']).enumerate() {
            let first = cell.trim_start_matches('"').chars().next().unwrap_or(' ');
            assert!(!"=+@\t".contains(first), "{list}, cell {n}: {cell}");
        }
    }
    assert_eq!(browser.complaints(), Vec::<String>::new());
}
