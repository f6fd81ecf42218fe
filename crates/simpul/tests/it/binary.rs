//! The built program: what it does, and what it says when something is in its way.

use std::path::Path;
use std::process::Command;

use db::sql;
use journal::{Journal, Open, Paths};

use crate::program::{Disk, Server, init, program, run, simpul};
use crate::sources::root;
use crate::world::{Scratch, skipped};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

fn open(data: &Path) -> Journal {
    let open =
        Open { paths: Paths::folder(data), chapters: simpul::stages::chapters(), progress: &mut |_, _| {} };
    Journal::open(open).expect("opens")
}

#[test]
fn a_site_is_made_served_and_stopped() {
    let folder = folder();
    let data = folder.path().join("site");
    simpul(&data, &["serve"]).ends_with(1).saying("simpul init");
    let password = init(&data);
    simpul(&data, &["init"]).ends_with(1).saying("There is a site in");

    let server = Server::start(&data);
    assert_eq!(server.ask("GET /health", &[], "").0, 200);
    let form = format!("handle=admin&password={password}&next=/staff");
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("accept", "text/html")];
    let (status, answer) = server.ask("POST /sign-in", &headers, &form);
    assert_eq!(status, 303, "{answer}");
    assert!(answer.contains("location: /staff"), "{answer}");

    // The command line works beside the server, which knows of it at once.
    let opened = simpul(&data, &["user", "open", "bu-sri"]).ends_with(0);
    simpul(&data, &["user", "open", "bu-sri"]).ends_with(1).saying("bu-sri");
    simpul(&data, &["user", "grant", "bu-sri", "teller", "34.02.05.2003"]).ends_with(0).saying("Teller");
    let form = format!("handle=bu-sri&password={}&next=/", opened.word_after("The password is"));
    assert_eq!(server.ask("POST /sign-in", &headers, &form).0, 303);
    simpul(&data, &["user", "grant", "bu-sry", "teller", "34.02.05.2003"])
        .ends_with(1)
        .saying("no account bu-sry")
        .saying("simpul user open");
    simpul(&data, &["user", "list"]).ends_with(0).saying("bu-sri\n    teller 34.02.05.2003");
    simpul(&data, &["user", "close", "bu-sri"]).ends_with(0);
    simpul(&data, &["user", "close", "admin"]).ends_with(1);
    simpul(&data, &["user", "list"]).ends_with(0).saying("bu-sri (closed)");

    assert_eq!(server.stop(), Some(0));
    simpul(&data, &["verify"]).ends_with(0).saying("entries after the newest one: 0").saying("All is sound.");
    simpul(&data, &["refold"]).ends_with(0).saying("entries were folded");
}

#[test]
fn what_is_in_the_way_is_said_in_the_language_of_the_reader() {
    let folder = folder();
    let data = folder.path().join("site");
    init(&data);
    let server = Server::start(&data);
    for (lang, words) in [
        ("en", "Another program is listening on"),
        ("id", "Program lain sudah memakai"),
        ("ko", "다른 프로그램이"),
    ] {
        let second = simpul(&data, &["serve", "--listen", &server.address, "--lang", lang]);
        second.ends_with(3).saying(words).saying("--listen");
    }
    simpul(&data, &["serve", "--listen", "nowhere"]).ends_with(3).saying("127.0.0.1:8470");
    run(program().args(["verify"])).ends_with(2);
    run(program().args(["verify", "--data", "x", "--bogus"])).ends_with(2);
}

#[test]
fn a_file_of_two_gigabytes_is_refused_before_it_has_come() {
    let folder = folder();
    let data = folder.path().join("site");
    let password = init(&data);
    let server = Server::start(&data);
    let cookie = cookie_of_admin(&server, &password);
    let begun = std::time::Instant::now();
    let answer =
        server.announce("POST /villages/34.02.05.2003/households/import", &[("cookie", &cookie)], 2 << 30);
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    assert!(begun.elapsed() < std::time::Duration::from_secs(10));
    assert_eq!(server.ask("GET /health", &[], "").0, 200);
}

/// What the browser of the administrator keeps after signing in.
fn cookie_of_admin(server: &Server, password: &str) -> String {
    let plain = ("content-type", "application/x-www-form-urlencoded");
    let form = format!("handle=admin&password={password}&next=/");
    let (_, answer) = server.ask("POST /sign-in", &[plain], &form);
    let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: ")?.split(';').next());
    cookie.expect("a cookie").to_owned()
}

#[test]
fn a_file_that_breaks_off_on_the_way_leaves_nothing() {
    let folder = folder();
    let data = folder.path().join("site");
    let password = init(&data);
    let journal = open(&data);
    let context = journal::Context::operator(journal::Via::Cli, web::machine_clock()());
    journal.write(context, cooperation::demo::record).expect("recorded");
    journal.close();
    let names = || {
        let inside = std::fs::read_dir(&data).expect("the folder of the site").flatten();
        let names = inside.map(|file| file.file_name().to_string_lossy().into_owned());
        names.filter(|name| !name.contains(".db")).collect::<std::collections::BTreeSet<_>>()
    };
    let server = Server::start(&data);
    let before = names();
    let cookie = cookie_of_admin(&server, &password);
    let path = format!("POST /regions/34/cooperations/{}/documents", cooperation::demo::book());
    server.break_off(&path, &[("cookie", &cookie)], 3 << 20);
    assert_eq!(server.ask("GET /health", &[], "").0, 200);
    assert_eq!(names(), before, "while it comes it has no name, and so none when it breaks off");
    server.pull_the_plug();
    simpul(&data, &["verify"]).ends_with(0).saying("Attachments that agree: 0").saying("All is sound.");
    assert_eq!(names(), before);
}

#[test]
fn a_wrong_setting_is_refused_with_its_line() {
    let folder = folder();
    let data = folder.path().join("site");
    init(&data);
    let settings = data.join("simpul.toml");
    let right = std::fs::read_to_string(&settings).expect("the settings");
    assert!(right.contains("\ntitle = \"Kalurahan Sumbermulyo\"\n"), "{right}");
    std::fs::write(&settings, "\nlisen = \"127.0.0.1:1\"\n").expect("writes");
    simpul(&data, &["verify"]).ends_with(1).saying("simpul.toml, line 2").saying("Did you mean listen?");
    std::fs::write(&settings, right).expect("writes");
    run(program().args(["serve", "--data"]).arg(&data).env("SIMPUL_LISTEN", "here"))
        .ends_with(1)
        .saying("SIMPUL_LISTEN");
    run(program().args(["config"])).ends_with(0).saying("#listen = \"127.0.0.1:8470\"");
}

#[test]
fn a_key_file_that_is_missing_is_asked_for() {
    let folder = folder();
    let data = folder.path().join("site");
    init(&data);
    let journal = open(&data);
    journal.keys().make().expect("the key of a person");
    journal.close();
    let (key, kept) = (data.join("secret/kek"), data.join("kept"));
    std::fs::rename(&key, &kept).expect("moves");
    simpul(&data, &["serve"]).ends_with(3).saying("key file").saying("Put the kept copy back");
    assert!(!key.exists(), "a key was made up");
    std::fs::write(&key, [7; 32]).expect("writes");
    simpul(&data, &["verify"]).ends_with(3).saying("does not belong to this site");
    std::fs::rename(&kept, &key).expect("moves");
    simpul(&data, &["verify"]).ends_with(0);
}

#[test]
fn a_broken_database_is_said_to_be_broken() {
    let folder = folder();
    let data = folder.path().join("site");
    init(&data);
    let journal = open(&data);
    journal.close();
    // Somebody changes what was recorded: the program still runs, and verifying tells where.
    let store = db::Store::open(&data.join("simpul.db"), None, ()).expect("opens");
    let changed = store
        .write(|tx| Ok(sql!("UPDATE body SET bytes = ?1 WHERE idx = 1").bind(&vec![1u8; 60]).run(tx)?));
    assert_eq!(changed.expect("changes"), 1);
    store.close();
    simpul(&data, &["verify"])
        .ends_with(1)
        .saying("Log 1, entry 1: the body is not the one that was recorded");
    simpul(&data, &["verify", "--json"]).ends_with(1).saying("\"journal.body_changed\"");
    // The whole site is asked of a server that never had it; then the file is gone.
    simpul(&data, &["serve", "--database", "postgres://simpul@127.0.0.1:1/x"])
        .ends_with(1)
        .saying("keeps its data in");
    let (file, aside) = (data.join("simpul.db"), data.join("aside"));
    std::fs::rename(&file, &aside).expect("moves");
    simpul(&data, &["serve"]).ends_with(1).saying("The data of this site is not in");
    assert!(!file.exists(), "an empty database was made in its place");
    std::fs::rename(&aside, &file).expect("moves");
    // The file itself is broken.
    std::fs::write(data.join("simpul.db"), "this is no database, whatever its name says. ".repeat(200))
        .expect("writes");
    simpul(&data, &["serve"]).ends_with(3).saying("The database file is damaged").saying("simpul restore");
}

#[test]
#[ignore = "mounts a disk: run scripts/test"]
fn a_folder_that_cannot_be_written_is_said_to_be_so() {
    let Some(disk) = Disk::of_mib(16) else {
        return skipped(
            "a-folder-that-cannot-be-written-is-said-to-be-so",
            "this user may not mount a file system",
        );
    };
    let data = disk.folder.path().join("site");
    init(&data);
    disk.make_read_only();
    simpul(&disk.folder.path().join("other"), &["init"]).ends_with(3).saying("cannot be written to");
    simpul(&data, &["user", "open", "bu-sri"]).ends_with(3).saying("cannot be written to");
}

#[test]
#[ignore = "mounts a disk: run scripts/test"]
fn a_full_disk_loses_nothing() {
    let Some(disk) = Disk::of_mib(8) else {
        return skipped("a-full-disk-loses-nothing", "this user may not mount a file system");
    };
    let data = disk.folder.path().join("site");
    init(&data);
    disk.fill_but(0);
    simpul(&data, &["user", "open", "bu-sri"]).ends_with(3).saying("The disk is full");
    disk.free();
    let server = Server::start(&data);
    disk.fill_but(0);
    simpul(&data, &["user", "open", "bu-sri"]).ends_with(3).saying("The disk is full");
    assert_eq!(server.ask("GET /about", &[], "").0, 200, "what needs no space goes on");
    disk.free();
    simpul(&data, &["user", "list"]).ends_with(0).saying("admin");
    simpul(&data, &["user", "open", "bu-sri"]).ends_with(0);
    simpul(&data, &["verify"]).ends_with(0).saying("All is sound.");
}

#[test]
fn a_backup_is_taken_while_serving_and_proves_itself() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    let (data, backup) = (path("site"), path("site.backup"));
    let backup_name = backup.to_str().expect("text").to_owned();
    init(&data);
    let (good, wrong) = (path("good"), path("wrong"));
    std::fs::write(&good, "weigh then write\n").expect("writes");
    std::fs::write(&wrong, "write then weigh\n").expect("writes");
    let (good, wrong) = (good.to_str().expect("text").to_owned(), wrong.to_str().expect("text").to_owned());
    let server = Server::start(&data);
    simpul(&data, &["backup", &backup_name]).ends_with(2);
    simpul(&data, &["backup", "--to", "age1nonsense", &backup_name]).ends_with(3).saying("no age recipient");
    simpul(&data, &["backup", "--passphrase-file", &good, &backup_name]).ends_with(0).saying("secret/kek");
    assert_eq!(server.stop(), Some(0));

    let (other, key) = (path("other"), data.join("secret/kek"));
    let key = key.to_str().expect("text");
    simpul(&other, &["restore", "--passphrase-file", &wrong, &backup_name])
        .ends_with(3)
        .saying("does not open with this key");
    assert!(!other.exists(), "the attempt left something behind");
    simpul(&data, &["restore", "--passphrase-file", &good, &backup_name])
        .ends_with(3)
        .saying("There is a site in");
    let restored = simpul(&other, &["restore", "--passphrase-file", &good, "--key-file", key, &backup_name]);
    restored.ends_with(0).saying("Now the restored site is verified").saying("All is sound.");
    simpul(&other, &["user", "list"]).ends_with(0).saying("administrator *");

    let mut bytes = std::fs::read(&backup).expect("the backup");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&backup, bytes).expect("writes");
    simpul(&path("third"), &["restore", "--passphrase-file", &good, &backup_name])
        .ends_with(3)
        .saying("is damaged or is none");
}

#[test]
fn a_backup_from_before_an_erasure_comes_back_without_names() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    let (data, backup, phrase) = (path("site"), path("site.backup"), path("phrase"));
    let text = |path: &Path| path.to_str().expect("text").to_owned();
    init(&data);
    std::fs::write(&phrase, "weigh then write\n").expect("writes");
    let journal = open(&data);
    let gone = journal.keys().make().expect("the key of a person");
    journal.keys().make().expect("the key of another");
    let (backup, phrase) = (text(&backup), text(&phrase));
    simpul(&data, &["backup", "--passphrase-file", &phrase, &backup]).ends_with(0);
    journal.keys().erase(gone).expect("erases");
    journal.close();

    let (other, key) = (path("other"), text(&data.join("secret/kek")));
    let words = ["restore", "--passphrase-file", &phrase, &backup];
    simpul(&data, &["backup", "--passphrase-file", &phrase, &backup]).ends_with(1).saying("not written over");
    let named = simpul(&other, &[&words[..], &["--key-file", &key]].concat());
    named.ends_with(3).saying("--without-names").saying(&key);
    assert!(!other.exists(), "the attempt left something behind");
    simpul(&other, &words).ends_with(3).saying("--without-names");
    simpul(&other, &[&words[..], &["--without-names"]].concat()).ends_with(0).saying("All is sound.");
    simpul(&other, &["user", "list"]).ends_with(0).saying("administrator *");
    simpul(&other, &["verify"]).ends_with(0).saying("All is sound.");
}

/// Everything in a folder that others may read, write or enter.
#[cfg(unix)]
fn open_to_others(folder: &Path) -> Vec<String> {
    use std::os::unix::fs::PermissionsExt;
    let mut found = Vec::new();
    let mut look = vec![folder.to_owned()];
    while let Some(path) = look.pop() {
        let about = std::fs::metadata(&path).expect("is there");
        if about.permissions().mode() & 0o077 != 0 {
            found.push(format!("{} {:o}", path.display(), about.permissions().mode()));
        }
        if about.is_dir() {
            look.extend(std::fs::read_dir(&path).expect("a folder").map(|file| file.expect("a file").path()));
        }
    }
    found
}

#[cfg(unix)]
#[test]
fn nobody_else_on_the_machine_can_read_a_site_whatever_the_umask_is() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    let text = |path: &Path| path.to_str().expect("text").to_owned();
    let (data, other, phrase) = (path("site"), path("other"), text(&path("phrase")));
    let (backup, key) = (text(&path("site.backup")), text(&data.join("secret/kek")));
    std::fs::write(&phrase, "weigh then write\n").expect("writes");
    let careless = |words: &[&str]| {
        run(Command::new("sh")
            .args(["-c", "umask 000; exec \"$@\"", "sh"])
            .arg(program().get_program())
            .args(words))
    };
    careless(&["init", "--data", &text(&data)]).ends_with(0);
    careless(&["backup", "--data", &text(&data), "--passphrase-file", &phrase, &backup]).ends_with(0);
    let restore = ["restore", "--passphrase-file", &phrase, "--key-file", &key, &backup];
    careless(&[&restore[..], &["--data", &text(&other)]].concat()).ends_with(0);
    assert_eq!(open_to_others(&data), [""; 0]);
    assert_eq!(open_to_others(&other), [""; 0]);
}

#[cfg(unix)]
#[test]
fn a_copied_folder_begins_a_log_of_its_own() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    let (data, moved, copied) = (path("site"), path("moved"), path("copied"));
    init(&data);
    let heard_of_a_copy = |said: &crate::program::Run| said.err.contains("is a copy of a site");
    std::fs::rename(&data, &moved).expect("moves");
    assert!(!heard_of_a_copy(&simpul(&moved, &["user", "open", "bu-sri"]).ends_with(0)), "it was moved");
    assert!(run(Command::new("cp").arg("-a").arg(&moved).arg(&copied)).ends_with(0).err.is_empty());
    let first = simpul(&copied, &["user", "open", "pak-joko"]).ends_with(0);
    assert!(heard_of_a_copy(&first), "{}", first.err);
    let again =
        simpul(&copied, &["verify"]).ends_with(0).saying("/1: ").saying("/2: ").saying("All is sound.");
    assert!(!heard_of_a_copy(&again), "it is said once");
    for log in ["1", "2"] {
        let out = path(&format!("log-{log}"));
        simpul(&copied, &["export", "log", "--log", log, out.to_str().expect("text")]).ends_with(0);
        let vkey = std::fs::read_to_string(out.join("vkey")).expect("reads");
        assert!(vkey.contains(&format!("/{log}+")), "{vkey}");
    }
    let original = simpul(&moved, &["user", "open", "pak-budi"]).ends_with(0);
    assert!(!heard_of_a_copy(&original), "the original goes on");
    assert!(!simpul(&moved, &["verify"]).ends_with(0).out.contains("/2: "));
    // On another machine.
    let note = moved.join("secret/machine");
    let text = std::fs::read_to_string(&note).expect("the note");
    if text.starts_with("machine unknown") {
        return skipped("a-copied-folder-begins-a-log-of-its-own", "this machine has no /etc/machine-id");
    }
    let elsewhere = format!("machine {}\n{}", "0".repeat(64), text.lines().nth(1).expect("a folder"));
    std::fs::write(&note, elsewhere).expect("writes");
    assert!(heard_of_a_copy(&simpul(&moved, &["user", "list"]).ends_with(0)));
    simpul(&moved, &["verify"]).ends_with(0).saying("/2: ").saying("All is sound.");
}

#[test]
#[ignore = "needs Python with cryptography: run scripts/test"]
fn the_other_verifier_agrees() {
    let folder = folder();
    let data = folder.path().join("site");
    init(&data);
    let journal = open(&data);
    let (header, _) = journal.entries().expect("entries").swap_remove(1);
    journal.close();
    let header: serde_json::Value = serde_json::from_slice(&header).expect("a header");
    let entry = header["id"].as_str().expect("an id");

    let (log, proof) = (folder.path().join("log"), folder.path().join("proof"));
    simpul(&data, &["export", "log", log.to_str().expect("text")]).ends_with(0);
    simpul(&data, &["export", "log", log.to_str().expect("text")]).ends_with(1).saying("Name a new folder");
    simpul(&data, &["export", "proof", entry, proof.to_str().expect("text")]).ends_with(0);
    simpul(&data, &["export", "proof", "01j0000000000000000000000z"])
        .ends_with(1)
        .saying("There is no entry");
    let vkey = std::fs::read_to_string(log.join("vkey")).expect("the key");
    simpul(&data, &["key"]).ends_with(0).saying(&vkey);
    let verifier = root().join("verify/simpul_verify.py");
    let check = |words: &[&str]| {
        run(Command::new("python3").arg(&verifier).args(words).args(["--vkey", vkey.trim()]))
    };
    let (log_name, proof_name) = (log.to_str().expect("text"), proof.to_str().expect("text"));
    check(&["log", log_name]).ends_with(0).saying("OK");
    check(&["proof", proof_name]).ends_with(0).saying("OK");

    let mut entries = std::fs::read(log.join("entries")).expect("the entries");
    let at = entries.len() - 20;
    entries[at] = if entries[at] == b'1' { b'2' } else { b'1' };
    std::fs::write(log.join("entries"), entries).expect("writes");
    check(&["log", log_name]).ends_with(1);
    let changed = std::fs::read_to_string(&proof).expect("the proof").replace("index 1", "index 0");
    std::fs::write(&proof, changed).expect("writes");
    check(&["proof", proof_name]).ends_with(1);
}

#[test]
fn a_server_that_cannot_be_reached_is_told_without_the_password() {
    let folder = folder();
    let data = folder.path().join("site");
    let nobody = "postgres://simpul@127.0.0.1:1/nothing";
    let secret = "postgres://simpul:secret@127.0.0.1:1/nothing";
    let refused = simpul(&data, &["serve", "--listen", "127.0.0.1:0", "--database", secret]).ends_with(1);
    let command = "--database postgres://simpul:PASSWORD@127.0.0.1:1/nothing";
    assert!(refused.err.contains("simpul init --data") && refused.err.contains(command), "{}", refused.err);
    assert!(!refused.err.contains("secret"), "{}", refused.err);
    simpul(&data, &["init", "--database", nobody])
        .ends_with(3)
        .saying("The database server cannot be reached");
}

#[test]
#[ignore = "needs PostgreSQL: run scripts/test"]
fn a_site_on_postgresql() {
    let folder = folder();
    let (scratch, data) = (Scratch::make(), folder.path().join("site"));
    simpul(&data, &["init", "--database", &scratch.url]).ends_with(0);
    let server = Server::start(&data); // init wrote the address into the settings
    assert_eq!(server.ask("GET /about", &[], "").0, 200);
    simpul(&data, &["user", "open", "bu-sri", "--database", &scratch.url]).ends_with(0);
    assert_eq!(server.stop(), Some(0));
    simpul(&data, &["verify"]).ends_with(0).saying("All is sound.");
    assert!(!data.join("simpul.db").exists());
}

#[test]
fn manuals_and_completions() {
    let folder = folder();
    run(program().args(["man"]).arg(folder.path())).ends_with(0);
    let page = std::fs::read_to_string(folder.path().join("simpul-backup.1")).expect("a page");
    assert!(page.contains("passphrase"), "{page}");
    for shell in ["bash", "zsh", "fish"] {
        run(program().args(["completions", shell])).ends_with(0).saying("restore");
    }
}
