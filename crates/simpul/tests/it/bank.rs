//! The built program with a waste bank in it: demo, import, the plug pulled, books for other programs.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use journal::{Context, Journal, Open, Paths, Via};
use kernel::EntryId;
use livelihood::waste::demo::{self, Demo};

use crate::program::{Server, program, run, simpul};
use crate::world::skipped;

fn open(data: &Path) -> Journal {
    let open =
        Open { paths: Paths::folder(data), chapters: simpul::stages::chapters(), progress: &mut |_, _| {} };
    Journal::open(open).expect("opens")
}

/// A site with a bank of 50 members and nothing weighed yet; the program finds it by its folder.
fn site_with_a_bank(data: &Path) -> Demo {
    crate::program::init(data);
    let journal = open(data);
    let now = web::machine_clock()();
    let today = now.day_at(420);
    let plan = demo::Plan { members: 50, households: 50, ..demo::Plan::of_a_year(today) };
    let made = demo::found(&journal, Context::operator(Via::Cli, now), plan).expect("a bank");
    journal.close();
    made
}

fn count_of_entries(data: &Path) -> u64 {
    let journal = open(data);
    let report = journal::verify(&journal, &mut |_, _| {}).expect("verifies");
    journal.close();
    assert!(report.is_sound(), "{:?}", report.problems);
    report.entries
}

/// Somebody put the wrong `keys.db` beside the site, or none: no start makes the loss a part of the next backup.
#[test]
fn a_keys_file_that_lacks_somebody_stops_everything() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let text = |path: &Path| path.to_str().expect("text").to_owned();
    let (data, phrase) = (path("site"), path("phrase"));
    site_with_a_bank(&data);
    std::fs::write(&phrase, "weigh then write\n").expect("writes");
    let (phrase, backup) = (text(&phrase), text(&path("site.backup")));
    let (keys, kept) = (data.join("keys.db"), path("kept"));
    std::fs::copy(&keys, &kept).expect("copies");
    let stopped = || {
        for command in [&["serve"][..], &["backup", "--passphrase-file", &phrase, &backup], &["user", "list"]]
        {
            simpul(&data, command).ends_with(3).saying("is missing or older than the site");
        }
        simpul(&data, &["init"]).ends_with(1).saying("There is a site");
        assert!(!Path::new(&backup).exists(), "a backup without the keys");
    };

    for rows in ["key >= ''", "key = (SELECT MIN(key) FROM seal)"] {
        let file = db::Store::open(&keys, None, ()).expect("opens");
        file.write(move |tx| Ok(tx.create(&format!("DELETE FROM seal WHERE {rows};"))?)).expect("thins");
        file.close();
        stopped();
        simpul(&data, &["verify"]).ends_with(1).saying("neither in keys.db nor was erased");
        std::fs::copy(&kept, &keys).expect("puts it back");
    }
    std::fs::remove_file(&keys).expect("removes");
    stopped();
    assert!(!keys.exists(), "an empty file would hide the loss");
    std::fs::copy(&kept, &keys).expect("puts it back");
    simpul(&data, &["verify"]).ends_with(0).saying("All is sound.");

    // Without names it comes back, also from a backup of what came back.
    simpul(&data, &["backup", "--passphrase-file", &phrase, &backup]).ends_with(0);
    let restore = ["restore", "--passphrase-file", &phrase, "--without-names"];
    simpul(&path("second"), &[&restore[..], &[&backup]].concat())
        .ends_with(0)
        .saying("Bodies that stay sealed, since the site was restored without names")
        .saying("All is sound.");
    let again = text(&path("second.backup"));
    simpul(&path("second"), &["backup", "--passphrase-file", &phrase, &again]).ends_with(0);
    let kek = text(&path("second").join("secret/kek"));
    let restore = ["restore", "--passphrase-file", &phrase, "--key-file", &kek, &again];
    simpul(&path("third"), &restore).ends_with(0).saying("All is sound.");
    // Half of a site is none, and nothing is made over it.
    std::fs::create_dir_all(path("fourth").join("secret")).expect("makes");
    simpul(&path("fourth"), &["init"]).ends_with(1).saying("There is a site");
}

/// Somebody empties the books, or a part of them, and leaves every entry: it does not pass for sound.
#[test]
fn books_that_were_emptied_are_not_sound() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, file) = (folder.path().join("site"), folder.path().join("year.csv"));
    site_with_a_bank(&data);
    paper(&file, 3);
    simpul(&data, &["import", "weigh-ins", file.to_str().expect("text")]).ends_with(0);
    simpul(&data, &["verify"]).ends_with(0).saying("All is sound.").saying("waste_month");
    for (harm, said) in [
        ("DELETE FROM account; DELETE FROM transfer;", "there is no transfer in the books"),
        ("DELETE FROM account;", "not the sum of its transfers"),
        ("DELETE FROM waste_movement;", "a savings book is not what the accounts say"),
        ("INSERT INTO erased (key, entry) SELECT key, 'x' FROM sealed LIMIT 1;", "list of erased persons"),
    ] {
        let store = db::Store::open(&data.join("simpul.db"), None, ()).expect("opens");
        store.write(move |tx| Ok(tx.create(harm)?)).expect("harms");
        store.close();
        let found = simpul(&data, &["verify"]);
        assert!(!found.ends_with(1).saying(said).out.contains("All is sound."), "{harm}");
        if said.contains("erased") {
            break;
        }
        simpul(&data, &["refold"]).ends_with(0);
        simpul(&data, &["verify"]).ends_with(0).saying("All is sound.");
    }
}

/// A year of 50 members on paper, so that each member and day is one weigh-in.
fn paper(path: &Path, days: i32) -> usize {
    let mut csv = String::from("tanggal;nomor;jenis;berat\n");
    let first: kernel::Day = (web::machine_clock()().day_at(420).month().plus(-11)).first();
    for n in 0..days {
        for number in 1..=50 {
            csv.push_str(&format!("{};{number};PLASTIK;{},{:02}\n", first.plus(n), 1 + n % 7, number));
        }
    }
    std::fs::write(path, csv).expect("writes");
    days as usize * 50
}

#[test]
fn the_demo_is_made_once_and_says_that_it_is_made_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("demo");
    let demo = || {
        let begun = Instant::now();
        let server = Server::of(program().args(["demo", "--listen", "127.0.0.1:0", "--data"]).arg(&data));
        (server, begun.elapsed())
    };
    let (server, _) = demo();
    assert_eq!(server.stop(), Some(0));
    let (server, start) = demo();
    assert!(start < Duration::from_secs(2), "the second start took {start:?}");
    let form = "handle=bu-sri&password=simpul-demo&next=/about";
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("accept", "text/html")];
    assert_eq!(server.ask("POST /sign-in", &headers, form).0, 303);
    for page in ["/about", "/sign-in", "/villages/34.02.05.2003"] {
        let (status, page) = server.ask(&format!("GET {page}"), &[("accept", "text/html")], "");
        assert!(status == 200 && page.contains("class=\"synthetic\""), "{page}");
    }
    assert_eq!(server.stop(), Some(0));
    simpul(&data, &["verify"]).ends_with(0).saying("All is sound.");
    let balances = balances(&data);
    assert!(balances.len() > 200, "the books are thin: {}", balances.len());
    // The books are there in full, for hledger as well.
    let file = folder.path().join("books.journal");
    let exported = simpul(&data, &["export", "hledger", file.to_str().expect("text")]).ends_with(0);
    assert_eq!(exported.out, "");
    let text = std::fs::read_to_string(&file).expect("the books");
    assert!(
        text.starts_with("; Books of Kalurahan Sumbermulyo") && text.contains("; Synthetic"),
        "{}",
        &text[..200]
    );
    check_with_hledger(&file, &balances);
    // A real site is not taken for a demo.
    let real = folder.path().join("real");
    crate::program::init(&real);
    simpul(&real, &["demo", "--listen", "127.0.0.1:0"]).ends_with(1).saying("is real");
}

/// The accounts of the site that are not empty, as hledger would name them: by bank and number of the member.
fn balances(data: &Path) -> BTreeMap<(String, String), i64> {
    type Row = (String, String, String, i64);
    let store = db::Store::open(&data.join("simpul.db"), None, ()).expect("opens");
    let rows = store.read(|tx| {
        Ok((
            db::sql!(
                "SELECT b.name, a.path, a.unit, a.balance FROM account a
                 JOIN waste_bank b ON b.bank = a.book WHERE a.balance <> 0"
            )
            .all::<Row>(tx)?,
            db::sql!("SELECT member, number FROM waste_member").all::<(String, i64)>(tx)?,
        ))
    });
    store.close();
    let (rows, members) = rows.expect("reads");
    let members: BTreeMap<String, i64> = members.into_iter().collect();
    let account = |path: &str| match path.split_once('/') {
        Some((kind, id)) if members.contains_key(id) => format!("{kind}:{}", members[id]),
        _ => path.replace('/', ":"),
    };
    rows.into_iter()
        .map(|(bank, path, unit, balance)| ((format!("{bank}:{}", account(&path)), unit), balance))
        .collect()
}

fn check_with_hledger(file: &Path, balances: &BTreeMap<(String, String), i64>) {
    if Command::new("hledger").arg("--version").output().is_err() {
        return skipped("the-books-are-those-of-hledger", "no hledger");
    }
    let hledger = |words: &[&str]| run(Command::new("hledger").arg("-f").arg(file).args(words)).ends_with(0);
    hledger(&["check"]);
    let table = hledger(&["balance", "--flat", "--no-total", "--layout=bare", "-O", "csv"]);
    let mut seen = BTreeMap::new();
    for line in table.out.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').map(|cell| cell.trim_matches('"')).collect();
        let [account, unit, balance] = cells[..] else { panic!("{line}") };
        let balance: i64 = balance.trim_end_matches('.').parse().unwrap_or_else(|_| panic!("{line}"));
        if balance != 0 {
            seen.insert((account.to_owned(), unit.to_owned()), balance);
        }
    }
    assert_eq!(&seen, balances);
}

#[test]
fn the_plug_is_pulled_in_the_middle_of_an_import() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("site");
    site_with_a_bank(&data);
    let before = count_of_entries(&data);
    let file = folder.path().join("year.csv");
    let rows = paper(&file, 300);
    let mut importing = program()
        .args(["import", "weigh-ins", "--data"])
        .arg(&data)
        .arg(&file)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    // What another process can read was committed, and what was committed is acknowledged.
    let journal = open(&data);
    let acknowledged = loop {
        let entries = journal.entries().expect("entries").len() as u64;
        if entries > before + 1000 || importing.try_wait().expect("a state").is_some() {
            break entries;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    importing.kill().expect("it ran");
    importing.wait().expect("it ended");
    journal.close();
    let after = count_of_entries(&data);
    assert!(
        after >= acknowledged && after > before,
        "{before} before, {acknowledged} acknowledged, {after} after"
    );
    // The same file again books the rest, and nothing twice.
    let again = simpul(&data, &["import", "weigh-ins", file.to_str().expect("text")]).ends_with(0);
    let known = after - before;
    let thousands = |n: u64| if n < 1000 { n.to_string() } else { format!("{},{:03}", n / 1000, n % 1000) };
    again.saying(&format!("{} booked, {} known already", thousands(rows as u64 - known), thousands(known)));
    assert_eq!(count_of_entries(&data), before + rows as u64);
    simpul(&data, &["verify"]).ends_with(0).saying("All is sound.");
}

#[test]
fn the_plug_is_pulled_while_tellers_weigh() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("site");
    let made = site_with_a_bank(&data);
    let opened = simpul(&data, &["user", "open", "bu-sri"]).ends_with(0);
    simpul(&data, &["user", "grant", "bu-sri", "teller", demo::VILLAGE]).ends_with(0);
    let server = Server::start(&data);
    let form = format!("handle=bu-sri&password={}&next=/", opened.word_after("The password is"));
    let plain = ("content-type", "application/x-www-form-urlencoded");
    let (_, answer) = server.ask("POST /sign-in", &[plain], &form);
    let cookie = answer
        .lines()
        .find_map(|line| line.strip_prefix("set-cookie: ")?.split(';').next())
        .expect("a cookie")
        .to_owned();

    let (stop, booked) = (AtomicBool::new(false), Mutex::new(Vec::new()));
    let place = format!("/villages/{}/waste/{}", made.village, made.bank);
    std::thread::scope(|scope| {
        for teller in 1..=4 {
            let (server, stop, booked, place, cookie) = (&server, &stop, &booked, &place, &cookie);
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let id = EntryId::new();
                    let form = format!("id={id}&member={teller}&sort=PLASTIK&weight=1,5");
                    let headers = [plain, ("cookie", cookie.as_str()), ("accept", "application/json")];
                    match server.try_ask(&format!("POST {place}/weigh-ins"), &headers, &form) {
                        Some((201, _)) => booked.lock().expect("no teller panics").push(id),
                        Some((status, answer)) => panic!("{status}: {answer}"),
                        None => return, // the plug was pulled before there was an answer
                    }
                }
            });
        }
        while booked.lock().expect("no teller panics").len() < 100 {
            std::thread::sleep(Duration::from_millis(5));
        }
        server.pull_the_plug();
        stop.store(true, Ordering::Relaxed);
    });
    let booked = booked.into_inner().expect("no teller panics");
    simpul(&data, &["verify"]).ends_with(0).saying("All is sound.");
    let server = Server::start(&data);
    for id in &booked {
        let headers = [("cookie", cookie.as_str()), ("accept", "application/json")];
        let (status, answer) = server.ask(&format!("GET {place}/weigh-ins/{id}"), &headers, "");
        assert_eq!(status, 200, "{id} was acknowledged and is gone: {answer}");
    }
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn a_file_with_a_wrong_line_books_nothing_and_says_where() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("site");
    let made = site_with_a_bank(&data);
    let before = count_of_entries(&data);
    let file = folder.path().join("week.csv");
    let name = file.to_str().expect("text");
    let day = web::machine_clock()().day_at(420).month().plus(-1).first();
    std::fs::write(
        &file,
        format!("tanggal;nomor;jenis;berat\n{day};1;PLASTIK;1,5\n{day};999;PLASTIK;0,5\n{day};2;BESI;1\n"),
    )
    .expect("writes");
    let refused = simpul(&data, &["import", "weigh-ins", name]).ends_with(1);
    refused.saying("Line 3, column nomor:").saying("Line 4, column jenis:").saying("Nothing was booked");
    assert_eq!(count_of_entries(&data), before);
    simpul(&data, &["import", "weigh-ins", "--only-good", name])
        .ends_with(0)
        .saying("1 booked, 0 known already");
    simpul(&data, &["import", "weigh-ins", "--bank", &made.bank.to_string(), name, "--only-good"])
        .ends_with(0)
        .saying("0 booked, 1 known already");
    // Another weight of the same member and day is a clash, and nothing beside it is booked unasked.
    let next = day.plus(1);
    std::fs::write(&file, format!("tanggal;nomor;jenis;berat\n{next};1;PLASTIK;1\n{day};1;PLASTIK;1,6\n"))
        .expect("writes");
    let booked = count_of_entries(&data);
    let clash = simpul(&data, &["import", "weigh-ins", name]).ends_with(1);
    clash.saying("Line 3, column nomor: Member 1 already has another weigh-in").saying("Nothing was booked");
    assert_eq!(count_of_entries(&data), booked);
    let many: String = (1..=103).map(|_| format!("{day};999;PLASTIK;1\n")).collect();
    std::fs::write(&file, format!("tanggal;nomor;jenis;berat\n{many}")).expect("writes");
    simpul(&data, &["import", "weigh-ins", name]).ends_with(1).saying("… and 78 more lines.");
    simpul(&data, &["import", "weigh-ins", "nowhere.csv"]).ends_with(1).saying("nowhere.csv cannot be read");
    std::fs::write(&file, "a;b\n1;2\n").expect("writes");
    simpul(&data, &["import", "weigh-ins", name]).ends_with(1);
}

#[test]
fn households_and_regions_are_imported_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("site");
    crate::program::init(&data);
    let path = |name: &str| folder.path().join(name).to_str().expect("text").to_owned();
    let (regions, households) = (path("regions.csv"), path("households.csv"));
    let list = "code,name\n34,Daerah Istimewa Yogyakarta\n34.02,Kabupaten Bantul\n34.02.05,Bambanglipuro\n34.02.05.2003,Sumbermulyo\n";
    std::fs::write(&regions, list).expect("writes");
    simpul(&data, &["import", "regions", &regions]).ends_with(0).saying("one village.");
    simpul(&data, &["import", "regions", &regions]).ends_with(0).saying("nothing was changed");
    std::fs::write(
        &households,
        "no_kk;nama;dusun\n3402052003000001;Sri;Kaligondang\n3402052003000002;Joko;Kaligondang\n",
    )
    .expect("writes");
    simpul(&data, &["import", "households", &households]).ends_with(1).saying("Line 2, column dusun:");
    simpul(&data, &["import", "households", "--name-hamlets", &households])
        .ends_with(0)
        .saying("2 new, 0 known already");
    simpul(&data, &["import", "households", &households]).ends_with(0).saying("0 new, 2 known already");
    // The names lie sealed: they are in no file of the site.
    for file in std::fs::read_dir(&data).expect("the folder") {
        let bytes = std::fs::read(file.expect("a file").path()).unwrap_or_default();
        assert!(!bytes.windows(16).any(|part| part == b"3402052003000001"), "a family card lies open");
    }
}
