//! What lies on disk and in memory when households are registered, imported and erased.

use std::path::Path;
use std::sync::Arc;

use journal::{Context, Journal, Open, Paths, Via, refold};
use kernel::{Day, Deed, HouseholdId, Instant, Permit, PersonId, PlaceCode, Scope, Stop};
use people::households::{
    self, Ground, ImportAsk, ImportSummary, KeepHouseholds, Mapping, Naming, NewHamlet, NewHousehold,
    NewPerson, Who,
};
use people::places::{self, HamletNamed, NamePlaces};
use people::sheet::{self, Wrong};
use tempfile::TempDir;

fn village() -> PlaceCode {
    "34.02.05.2003".parse().expect("a code")
}

fn hamlet(n: usize) -> PlaceCode {
    places::below(&village(), &n.to_string()).expect("a code")
}

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn context() -> Context {
    Context::operator(Via::Cli, Instant::from_micros(1_774_940_700_000_000))
}

fn permit<D: Deed>() -> Permit<D> {
    Context::operator_permit(&Scope::at(village())).expect("the operator may")
}

fn open(folder: &Path) -> Journal {
    let open = Open { paths: Paths::folder(folder), chapters: people::CHAPTERS, progress: &mut |_, _| {} };
    Journal::open(open).expect("opens")
}

fn site() -> (TempDir, Journal) {
    let folder = tempfile::tempdir().expect("a folder");
    let journal = open(folder.path());
    journal
        .write(context(), |work| {
            for n in 1..=2 {
                work.record(
                    &permit::<NamePlaces>(),
                    &HamletNamed { place: hamlet(n), name: format!("Padukuhan {n}") },
                )?;
            }
            Ok(())
        })
        .expect("named");
    (folder, journal)
}

fn register(journal: &Journal, head: &str, card: Option<&str>) -> HouseholdId {
    let household = HouseholdId::new();
    let new = NewHousehold {
        household,
        village: village(),
        hamlet: hamlet(1),
        rt: None,
        head: head.into(),
        card: card.map(str::to_owned),
        phone: Some("081234567890".into()),
        day: day("2026-03-31"),
    };
    journal.write(context(), move |work| households::register(work, &permit(), &new)).expect("registered");
    household
}

fn name(journal: &Journal, household: HouseholdId) -> Option<String> {
    journal.read(|view| Ok(people::names(view)?.household(household).map(str::to_owned))).expect("reads")
}

fn counts(journal: &Journal) -> Vec<(PlaceCode, i64)> {
    let counted = journal.read(|view| Ok(households::count_by_hamlet(view, &village())?)).expect("reads");
    counted.into_iter().map(|it| (it.hamlet, it.households)).collect()
}

fn refused<T>(result: Result<T, Stop>) -> &'static str {
    match result {
        Err(Stop::Refused(refused)) => refused.code,
        Err(Stop::Fault(fault)) => panic!("{fault}"),
        Ok(_) => panic!("it was not refused"),
    }
}

/// Every byte of every file of a site, secrets included.
fn bytes(folder: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        match entry.path().is_dir() {
            true => all.extend(bytes(&entry.path())),
            false => all.extend(std::fs::read(entry.path()).expect("reads")),
        }
    }
    all
}

fn holds(folder: &Path, text: &str) -> bool {
    bytes(folder).windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn no_name_lies_on_the_disk_and_an_erased_one_is_gone() {
    let (folder, journal) = site();
    let aminah = register(&journal, "Aminah Rahayu", Some("3402051203990001"));
    let dewi = register(&journal, "Dewi Lestari", None);
    assert_eq!(name(&journal, aminah).as_deref(), Some("Aminah Rahayu"));
    for secret in ["Aminah", "Rahayu", "3402051203990001", "081234567890", "Dewi"] {
        assert!(!holds(folder.path(), secret), "{secret} lies on the disk");
    }
    let known = journal
        .read(|view| Ok(households::one(view, &village(), aminah)?))
        .expect("reads")
        .expect("is there");
    households::erase(&journal, context(), &permit(), known.key, Ground::Asked).expect("erased");
    assert_eq!(name(&journal, aminah), None);
    assert_eq!(name(&journal, dewi).as_deref(), Some("Dewi Lestari"));
    assert_eq!(counts(&journal), [(hamlet(1), 2)], "who was erased still counts");
    let naming = Naming::read("Aminah Rahayu", "", "").expect("fine");
    let again =
        journal.write(context(), move |work| households::rename(work, &permit(), &village(), aminah, naming));
    assert_eq!(refused(again), "households.erased");
    refold(&journal, &mut |_, _| {}).expect("folds");
    assert_eq!((name(&journal, aminah), counts(&journal)), (None, vec![(hamlet(1), 2)]));
    journal.close();
    assert!(!holds(folder.path(), "Aminah"));
}

#[test]
fn a_household_is_renamed_moved_and_closed() {
    let (_folder, journal) = site();
    let one = register(&journal, "Sri Wahyuni", Some("3402051203990001"));
    let other = register(&journal, "Budi Santosa", None);
    let naming = |head: &str, card: &str| Naming::read(head, card, "").expect("fine");
    let rename = |id, naming| {
        journal.write(context(), move |work| households::rename(work, &permit(), &village(), id, naming))
    };
    assert_eq!(refused(rename(other, naming("Budi", "3402051203990001"))), "households.card_known");
    rename(one, naming("Sri Wahyuni Hadi", "3402051203990001")).expect("its own card may stay");
    assert_eq!(name(&journal, one).as_deref(), Some("Sri Wahyuni Hadi"));
    let to = (hamlet(2), places::below(&hamlet(2), "3").ok());
    journal
        .write(context(), move |work| {
            households::relocate(work, &permit(), &village(), one, to, day("2026-04-01"))
        })
        .expect("moved");
    assert_eq!(counts(&journal), [(hamlet(1), 1), (hamlet(2), 1)]);
    let close = |id| {
        journal.write(context(), move |work| {
            households::close(work, &permit(), &village(), id, day("2026-05-01"))
        })
    };
    close(one).expect("closed");
    assert_eq!(counts(&journal), [(hamlet(1), 1)]);
    assert_eq!(refused(close(one)), "households.closed");
    let found = journal
        .read(|view| {
            let names = people::names(view)?;
            Ok(names
                .search(&village(), "wahy", 5)
                .iter()
                .map(|found| (found.who, found.name.to_owned()))
                .collect::<Vec<_>>())
        })
        .expect("reads");
    assert_eq!(found, [(Who::Household(one), "Sri Wahyuni Hadi".to_owned())]);
}

#[test]
fn households_do_not_depend_on_the_order_in_which_facts_arrive() {
    let (_folder, journal) = site();
    let one = register(&journal, "Sri Wahyuni", None);
    let other = register(&journal, "Budi Santosa", None);
    for n in [2, 1, 2] {
        let to = (hamlet(n), None);
        let moved = journal.write(context(), move |work| {
            households::relocate(work, &permit(), &village(), one, to, day("2026-04-01"))
        });
        moved.expect("moved");
    }
    let close = move |work: &mut journal::Work<'_, '_>| {
        households::close(work, &permit(), &village(), other, day("2026-04-02"))
    };
    journal.write(context(), close).expect("closed");
    let state = |journal: &Journal| {
        let read = journal.read(|view| {
            Ok((households::list(view, &village())?, households::one(view, &village(), other)?))
        });
        (read.expect("reads"), counts(journal))
    };
    let entries = journal.entries().expect("reads");
    for turn in 0..entries.len() {
        let mut entries = entries.clone();
        entries.reverse();
        entries.rotate_left(turn);
        let folder = tempfile::tempdir().expect("a folder");
        let elsewhere = open(folder.path());
        elsewhere.adopt(Context { via: Via::Sync, ..context() }, entries).expect("adopts");
        assert_eq!(state(&elsewhere), state(&journal), "turned by {turn}");
    }
    assert_eq!(counts(&journal), [(hamlet(2), 1)]);
}

#[test]
fn two_who_come_with_one_card_in_the_same_moment_are_told_apart() {
    let (_folder, journal) = site();
    register(&journal, "Sri Wahyuni", None);
    let new = |head: &str| NewHousehold {
        household: HouseholdId::new(),
        village: village(),
        hamlet: hamlet(1),
        rt: None,
        head: head.into(),
        card: Some("3402051203990001".into()),
        phone: None,
        day: day("2026-03-31"),
    };
    let (sender, answers) = std::sync::mpsc::channel();
    for head in ["Budi Santosa", "Budi Susanto", "Budi Setiawan"] {
        let (new, sender) = (new(head), sender.clone());
        journal.submit(
            context(),
            move |work| households::register(work, &permit(), &new),
            move |answer| sender.send(answer.is_ok()).expect("somebody waits"),
        );
    }
    drop(sender);
    assert_eq!(answers.iter().filter(|booked| *booked).count(), 1);
    assert_eq!(counts(&journal), [(hamlet(1), 2)]);
}

#[test]
fn a_person_has_a_name_and_a_household() {
    let (folder, journal) = site();
    let household = register(&journal, "Sri Wahyuni", None);
    let person = PersonId::new();
    let new = NewPerson {
        person,
        village: village(),
        household: Some(household),
        name: "Rara Ayu".into(),
        day: day("2026-03-31"),
    };
    journal
        .write(context(), move |work| households::register_person(work, &permit(), new))
        .expect("registered");
    let (name, members) = journal
        .read(|view| {
            let name = people::names(view)?.person(person).map(str::to_owned);
            Ok((name, households::persons_of(view, &village(), household)?.len()))
        })
        .expect("reads");
    assert_eq!((name.as_deref(), members), (Some("Rara Ayu"), 1));
    assert!(!holds(folder.path(), "Rara"));
}

fn import(journal: &Journal, csv: &str, wrong: Wrong, new: NewHamlet) -> Result<ImportSummary, Stop> {
    let sheet = Arc::new(sheet::read(csv.as_bytes(), "kk.csv")?);
    let mapping = Mapping::propose(&sheet);
    let name_hamlets = (new == NewHamlet::IsNamed).then(permit);
    let ask = ImportAsk { village: village(), sheet, mapping, name_hamlets, wrong, day: day("2026-03-31") };
    let summary = households::import(journal, context(), permit::<KeepHouseholds>(), ask, &mut |_, _| {})?;
    assert_eq!(summary.problems.len(), summary.wrong);
    Ok(ImportSummary { problems: Vec::new(), ..summary })
}

fn summary(new: usize, known: usize, members: usize, hamlets: usize, wrong: usize) -> ImportSummary {
    ImportSummary { new, known, members, hamlets, wrong, problems: Vec::new() }
}

/// The columns of an OpenSID export of residents: one line for each person.
const OPENSID: &str = "alamat;dusun;rw;rt;nama;no_kk;nik;sex;kk_level;telepon\n\
    Jl. 1;Padukuhan 1;-;02;Sri Wahyuni;3402051203990001;3402050000000001;2;1;0812-3456-7890\n\
    Jl. 1;Padukuhan 1;-;02;Rara Ayu;3402051203990001;3402050000000002;2;4;\n\
    Jl. 2;DUSUN 2;-;3;Budi Santosa;3402051203990002;3402050000000003;1;1;\n\
    Jl. 3;2;-;0;Sri Wahyuni;3402051203990003;3402050000000004;2;1;\n";

#[test]
fn an_opensid_export_is_imported_once() {
    let (folder, journal) = site();
    assert_eq!(
        import(&journal, OPENSID, Wrong::BooksNothing, NewHamlet::IsWrong).expect("imported"),
        summary(3, 0, 1, 0, 0)
    );
    assert_eq!(counts(&journal), [(hamlet(1), 1), (hamlet(2), 2)]);
    assert_eq!(
        import(&journal, OPENSID, Wrong::BooksNothing, NewHamlet::IsWrong).expect("imported"),
        summary(0, 3, 1, 0, 0)
    );
    assert_eq!(counts(&journal), [(hamlet(1), 1), (hamlet(2), 2)]);
    for secret in ["Wahyuni", "Rara", "3402051203990001", "3402050000000001"] {
        assert!(!holds(folder.path(), secret), "{secret} lies on the disk");
    }
}

#[test]
fn a_wrong_line_books_nothing_unless_asked_to() {
    let (_folder, journal) = site();
    let csv = "nama,dusun,no_kk,rt\nSri,Padukuhan 1,,\nBudi,Padukuhan 9,,\n,Padukuhan 1,,\nJoko,Padukuhan 2,123,\nEko,2,,x\n";
    assert_eq!(
        refused(import(&journal, csv, Wrong::BooksNothing, NewHamlet::IsWrong)),
        "households.lines_wrong"
    );
    assert!(counts(&journal).is_empty());
    let sheet = sheet::read(csv.as_bytes(), "kk.csv").expect("reads");
    let plan = journal
        .read(|view| {
            households::plan(view, &village(), &sheet, &Mapping::propose(&sheet), NewHamlet::IsWrong)
        })
        .expect("plans");
    let problems: Vec<(usize, &str, &str)> =
        plan.problems.iter().map(|it| (it.line, it.column.as_str(), it.refused.code)).collect();
    let expected = [
        (3, "dusun", "households.unknown_hamlet"),
        (4, "nama", "households.no_name"),
        (5, "no_kk", "households.wrong_card"),
        (6, "rt", "households.wrong_rt"),
    ];
    assert_eq!(problems, expected);
    assert_eq!(
        import(&journal, csv, Wrong::IsLeftOut, NewHamlet::IsWrong).expect("imported"),
        summary(1, 0, 0, 0, 4)
    );
    assert_eq!(counts(&journal), [(hamlet(1), 1)]);
}

#[test]
fn what_a_file_lacks_is_named_and_hamlets_may_be_named_by_it() {
    let (_folder, journal) = site();
    let Err(Stop::Refused(refused)) =
        import(&journal, "alamat,nik\nx,1\n", Wrong::BooksNothing, NewHamlet::IsWrong)
    else {
        panic!("it was imported")
    };
    assert_eq!(refused.code, "people.sheet_missing_column");
    let told = format!("{:?}", refused.args);
    assert!(
        told.contains("kepala_keluarga") && told.contains("padukuhan") && told.contains("alamat, nik"),
        "{told}"
    );
    let csv = "이름,자연마을\n김영희,새마을\n김영희,새마을\n이철수,Padukuhan 1\n";
    assert_eq!(
        import(&journal, csv, Wrong::BooksNothing, NewHamlet::IsNamed).expect("imported"),
        summary(2, 1, 0, 1, 0)
    );
    let named = journal.read(|view| Ok(places::hamlets(view, &village())?)).expect("reads");
    assert_eq!(named.last().map(|it| (it.place.clone(), it.name.as_str())), Some((hamlet(3), "새마을")));
    let csv = "nama,dusun,no_kk,kk_level\nRara,Padukuhan 1,3402051203990009,4\n";
    assert_eq!(
        self::refused(import(&journal, csv, Wrong::BooksNothing, NewHamlet::IsWrong)),
        "households.lines_wrong"
    );
}

#[test]
fn the_national_list_is_loaded_whole_or_not_at_all() {
    let (_folder, journal) = site();
    let load = |file: &str| {
        let permit = Context::operator_permit(&Scope::site())?;
        places::import_regions(&journal, context(), permit, file.as_bytes(), "list.csv", &mut |_, _| {})
    };
    let ours = "\u{feff}kode;nama\n34;Daerah Istimewa Yogyakarta\n34.02;Kabupaten Bantul\n340205;Bambanglipuro\n34.02.05.2003;Sumbermulyo\n";
    let loaded = load(ours).expect("loaded");
    assert_eq!((loaded.rows, loaded.by_level, loaded.again), (4, [1, 1, 1, 1], false));
    assert!(load(ours).expect("known").again);
    for (file, code) in [
        ("code,name\n34,A\nx,B\n", "places.wrong_code"),
        ("code,name\n34,\n", "places.nameless"),
        ("code,name\n34,A\n34,B\n", "places.code_twice"),
        ("code,name\n34,A\n34.02.05,B\n", "places.no_parent"),
        ("id,name\n34,A\n", "people.sheet_missing_column"),
    ] {
        assert_eq!(refused(load(file)), code);
    }
    let (full, hits, elsewhere) = journal
        .read(|view| {
            let hits = places::find(view, "sumber", 10)?.0;
            let elsewhere = places::require_village(view, &"34.02.05.2004".parse().expect("a code"));
            Ok((places::full_name(view, &village())?, hits, elsewhere.is_err()))
        })
        .expect("reads");
    assert_eq!(full, "Sumbermulyo, Bambanglipuro, Bantul, DI Yogyakarta");
    assert_eq!(
        hits.iter().map(places::Hit::within_text).collect::<Vec<_>>(),
        ["Bambanglipuro, Bantul, DI Yogyakarta"]
    );
    assert!(elsewhere);
}

#[test]
fn a_wrong_head_is_told_once_and_not_again_for_the_members_of_the_card() {
    let (_folder, journal) = site();
    let csv = "nama,dusun,no_kk,hubungan\n\
        Sri,Padukuhan 9,3402050000000001,Kepala Keluarga\nRara,Padukuhan 9,3402050000000001,Anak\n\
        Tini,Padukuhan 1,3402050000000002,Anak\n";
    let sheet = sheet::read(csv.as_bytes(), "kk.csv").expect("reads");
    let mapping = Mapping::propose(&sheet);
    let plan = journal.read(|view| households::plan(view, &village(), &sheet, &mapping, NewHamlet::IsWrong));
    let problems = plan.expect("plans").problems;
    let told: Vec<_> = problems.iter().map(|it| (it.line, it.refused.code)).collect();
    assert_eq!(told, [(2, "households.unknown_hamlet"), (4, "households.no_head")]);
}
