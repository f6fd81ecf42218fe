//! A year on paper, and files of weigh-ins.

use journal::Context;
use kernel::{Day, EntryId, GroupId, MemberId, Role, Rupiah, Scope};
use livelihood::waste::{Advanced, Holder, KeepBooks, MemberJoined, Reverse, demo};
use web::Lang;

use super::{day, open_bank, passbook, saved};
use crate::story;
use crate::world::village;

story! { a_year_on_paper_is_imported_once, |at| async {
    let bank = open_bank(at).await;
    let journal = at.site.journal.clone();
    let context = Context::operator(journal::Via::Import, at.now());
    let permit = Context::operator_permit::<KeepBooks>(&Scope::book(village(), bank.book)).expect("a permit");
    let import = async |csv: &str, wrong| {
        let (journal, permit, csv) = (journal.clone(), permit.clone(), csv.as_bytes().to_vec());
        let imported = tokio::task::spawn_blocking(move || {
            let file = (csv.as_slice(), "paper.csv");
            livelihood::waste::import(&journal, context, &permit, file, day("2026-03-31"), wrong, &mut |_, _| {})
        });
        imported.await.expect("runs")
    };
    use people::sheet::Wrong::{BooksNothing, IsLeftOut};
    let good = "tanggal;nomor;jenis;berat\n2026-03-01;1;KARDUS;4,0\n2026-03-01;1;KACA;12\n2026-03-02;2;BOTOL;1,5\n";
    let first = import(good, BooksNothing).await.expect("imports");
    assert_eq!((first.rows, first.booked, first.known), (3, 2, 0), "{:?}", first.problems);
    let again = import(good, BooksNothing).await.expect("imports");
    assert_eq!((again.booked, again.known), (0, 2));
    assert_eq!(saved(&passbook(at, &bank, bank.rini).await), 8640);
    // The same member and day with another weight is not booked beside the first one.
    let changed = format!("{}2026-03-03;2;BOTOL;1\n", good.replace("4,0", "5,0"));
    let other = import(&changed, BooksNothing).await.expect("imports");
    let problems: Vec<_> = other.problems.iter().map(|p| (p.line, p.column.as_str(), p.refused.code)).collect();
    assert_eq!(problems, [(2, "nomor", "waste.weighed_in_before"), (3, "nomor", "waste.weighed_in_before")]);
    let told: Vec<_> = other.problems.iter().map(|problem| problem.told_before).collect();
    assert_eq!(told, [false, true], "a weigh-in is said once, at its first line");
    assert_eq!((other.booked, other.known, other.left), (0, 1, 1), "nothing beside a clash is booked unasked");
    // What clashes is named; once it is taken back, the file goes in.
    let told = format!("{:?}", other.problems[0].refused.args);
    let entry: EntryId = told.split(r#"("entry", Text(""#).nth(1).and_then(|rest| rest.split('"').next()).expect("it is named").parse().expect("an id");
    let partly = import(&changed, IsLeftOut).await.expect("imports");
    assert_eq!((partly.booked, partly.known, partly.problems.len()), (1, 1, 2));
    let reasoned = [("id", &*EntryId::new().to_string()), ("reason", "wrong weight")];
    at.as_role(Role::Teller).send(&bank.path(&format!("entries/{entry}/reversal")), &reasoned).await.done();
    let mended = import(&changed, BooksNothing).await.expect("imports");
    assert_eq!((mended.booked, mended.known), (1, 2), "{:?}", mended.problems);
    let bad = "\u{feff}Date,Member,Sort,Weight\n2026-03-05,1,KARDUS,0\n2026-03-05,77,KARDUS,1\n31/02/2026,1,KARDUS,1\n2026-03-05,1,EMAS,1\n2026-03-06,1,KARDUS,\"1,5\"\n";
    let refused = import(bad, BooksNothing).await.expect("reads");
    let problems: Vec<_> = refused.problems.iter().map(|problem| (problem.line, problem.column.as_str(), problem.refused.code)).collect();
    assert_eq!(problems, [
        (2, "Weight", "waste.weight_zero"),
        (3, "Member", "waste.unknown_member"),
        (4, "Date", "waste.day_unreadable"),
        (5, "Sort", "waste.unknown_sort"),
    ]);
    assert_eq!(refused.booked, 0, "a file with wrong lines books nothing");
    // A member's day is booked whole or not at all, so that the mended file can be sent.
    let part = import(bad, IsLeftOut).await.expect("imports");
    assert_eq!(part.booked, 1);
    let spoiled = "tanggal;nomor;jenis;berat\n2026-03-07;1;KARDUS;4,0\n2026-03-07;1;KACA;satu\n2026-03-07;2;KACA;1\n";
    let left = import(spoiled, IsLeftOut).await.expect("imports");
    let codes: Vec<_> = left.problems.iter().map(|problem| (problem.line, problem.refused.code)).collect();
    assert_eq!((left.booked, codes), (1, vec![(2, "waste.left_out"), (3, "waste.pieces_unreadable")]));
    let mended = "tanggal;nomor;jenis;berat\n2026-03-07;1;KARDUS;4,0\n2026-03-07;1;KACA;1\n";
    assert_eq!(import(mended, BooksNothing).await.expect("imports").booked, 1);
    let Err(kernel::Stop::Refused(no)) = import("a;b\n1;2\n", BooksNothing).await else { panic!("imported") };
    assert_eq!(no.code, "people.sheet_missing_column");
} }

story! { a_file_that_was_booked_in_part_goes_on_after_a_day_was_closed, |at| async {
    let bank = open_bank(at).await;
    let teller = at.as_role(Role::Teller);
    let look = async |csv: &str| teller.upload(&bank.path("import"), "march.csv", csv.as_bytes(), &[]).await.data();
    let book = async |csv: &str| {
        let token = look(csv).await["token"].as_str().expect("a token").to_owned();
        teller.send(&bank.path("import/rest"), &[("token", &*token)]).await.data()
    };
    let first = "tanggal;nomor;jenis;berat\n2026-02-27;1;KARDUS;4\n";
    assert_eq!(book(first).await["booked"], 1);
    let close = [("id", &*EntryId::new().to_string()), ("month", "2026-02")];
    teller.send(&bank.path("closing/month"), &close).await.done();
    let late = book(&format!("{first}2026-02-27;2;KARDUS;1\n2026-03-02;1;KARDUS;1\n")).await;
    let problem = &late["problems"][0];
    assert_eq!((&late["known"], &late["left"], late["problems"].as_array().map(Vec::len)), (&1.into(), &1.into(), Some(1)), "{late}");
    assert_eq!((&problem["line"], &problem["column"], &problem["refused"]["code"]), (&3.into(), &"tanggal".into(), &"waste.day_closed".into()));
    let rest = book(&format!("{first}2026-03-02;1;KARDUS;1\n")).await;
    assert_eq!((&rest["known"], &rest["booked"]), (&1.into(), &1.into()), "{rest}");
    let changed = look(&first.replace(";4", ";5")).await;
    assert_eq!(changed["problems"][0]["refused"]["code"], "waste.weighed_in_before", "{changed}");
} }

story! { a_file_brings_nothing_of_a_member_before_the_day_of_joining, |at| async {
    let bank = open_bank(at).await;
    let (book, late) = (bank.book, MemberId::new());
    at.write(move |work| {
        let books = Context::operator_permit::<KeepBooks>(&Scope::book(village(), book))?;
        let (holder, opening, day) = (Holder::Group(GroupId::new()), Rupiah::ZERO, day("2026-03-10"));
        work.record(&books, &MemberJoined { village: village(), bank: book, member: late, number: 3, holder, day, opening })?;
        Ok(())
    })
    .await
    .expect("joins");
    let teller = at.as_role(Role::Teller);
    let csv = "tanggal;nomor;jenis;berat\n2026-03-09;3;KARDUS;4\n2026-03-10;3;KARDUS;1\n";
    let looked = teller.upload(&bank.path("import"), "week.csv", csv.as_bytes(), &[]).await.data();
    let problem = &looked["problems"][0];
    assert_eq!((&looked["preview"]["weigh_ins"], looked["problems"].as_array().map(Vec::len)), (&1.into(), Some(1)), "{looked}");
    assert_eq!((&problem["line"], &problem["column"], &problem["refused"]["code"]), (&2.into(), &"tanggal".into(), &"waste.day_before_joining".into()));
} }

story! { a_file_of_weigh_ins_is_looked_at_before_it_is_booked, |at| async {
    let bank = open_bank(at).await;
    let teller = at.as_role(Role::Teller).lang(Lang::En);
    let csv = "tanggal;nomor;jenis;berat\n05/03/2026;1;KARDUS;4,0\n06/03/2026;2;KARDUS;3\n06/03/2026;77;KARDUS;1\n";
    let looked = teller.upload(&bank.path("import"), "week.csv", csv.as_bytes(), &[]).await.data();
    assert_eq!((&looked["preview"]["weigh_ins"], &looked["preview"]["members"]), (&2.into(), &2.into()), "{looked}");
    assert_eq!((&looked["preview"]["first"], &looked["preview"]["last"]), (&"2026-03-05".into(), &"2026-03-06".into()));
    let token = looked["token"].as_str().expect("a token").to_owned();
    assert_eq!(saved(&passbook(at, &bank, bank.rini).await), 0, "looking books nothing");
    let unasked = teller.post(&bank.path("import/rest"), &[("token", &token)]).await;
    assert!(unasked.seen().contains("Book 2 weigh-ins, leave one line out"), "{}", unasked.seen());
    assert_eq!(saved(&passbook(at, &bank, bank.rini).await), 0, "the good lines were not asked for");
    let asked = [("token", &*token), ("only_good", "true")];
    for _ in 0..2 {
        let booked = teller.post(&bank.path("import/rest"), &asked).await;
        assert!(booked.seen().contains("The good lines are in the books; one line is not."), "{}", booked.seen());
        assert_eq!(saved(&passbook(at, &bank, bank.rini).await), 3840);
    }
    let rejects = teller.post(&bank.path("import/rest"), &[("token", &token), ("rejects", "true")]).await;
    assert!(rejects.text().contains("06/03/2026,77,KARDUS,1,"), "{}", rejects.text());
} }

story! { what_happens_while_a_file_is_read_counts_when_it_is_booked, |at| async {
    let bank = open_bank(at).await;
    let (book, rini, joko) = (bank.book, bank.rini, bank.joko);
    let (journal, context) = (at.site.journal.clone(), Context::operator(journal::Via::Import, at.now()));
    let imported = tokio::task::spawn_blocking(move || {
        let scope = Scope::book(village(), book);
        let permit = Context::operator_permit::<KeepBooks>(&scope)?;
        // The file is read and nothing is booked yet: Rini gets an advance, and Joko is not a member after all.
        let meanwhile = || {
            let (advance, reverse) = (permit.clone(), Context::operator_permit::<Reverse>(&scope)?);
            journal.write(context, move |work| {
                let (day, amount) = (day("2026-03-01"), Rupiah::new(4000));
                work.record(&advance, &Advanced { village: village(), bank: book, member: rini, day, amount })?;
                let (joined,) = db::sql!("SELECT entry FROM waste_member WHERE member = ?1").bind(&joko).one::<(EntryId,)>(work)?;
                work.reverse(&reverse, joined, day, "twice on the list")?;
                Ok(())
            })
        };
        let mut progress = |done: u64, _: u64| if done == 0 { meanwhile().expect("writes") };
        let csv = "tanggal;nomor;jenis;berat\n2026-03-02;1;KARDUS;3\n2026-03-03;1;KARDUS;3\n2026-03-03;2;KARDUS;3\n";
        let file = (csv.as_bytes(), "paper.csv");
        let import = |wrong, progress: &mut dyn FnMut(u64, u64)| {
            livelihood::waste::import(&journal, context, &permit, file, day("2026-03-31"), wrong, progress)
        };
        Ok::<_, kernel::Stop>((
            import(people::sheet::Wrong::BooksNothing, &mut progress)?,
            import(people::sheet::Wrong::IsLeftOut, &mut |_, _| {})?,
        ))
    });
    let (nothing, summary) = imported.await.expect("runs").expect("imports");
    assert_eq!((nothing.booked, nothing.left, nothing.problems.len()), (0, 2, 1), "it was not asked for the good lines alone");
    let refused: Vec<_> = summary.problems.iter().map(|problem| (problem.line, problem.refused.code)).collect();
    assert_eq!((summary.booked, refused), (2, vec![(4, "waste.unknown_member")]));
    // 2,880 and 1,120 repay the 4,000; the rest of the second day is saved.
    let balances = passbook(at, &bank, bank.rini).await["passbook"]["balances"].clone();
    assert_eq!((balances["owed"].as_i64(), balances["saved"].as_i64()), (Some(0), Some(1760)));
} }

story! { a_year_of_a_real_sized_bank_comes_to_the_published_figures, |at| async {
    // Delima (Jakarta), 2012: 204 members, Rp24 million credited, about Rp118,000 each; sold three times a month. Prices
    // and share: Kauman (Yogyakarta), 2013.
    let plan = demo::Plan::of_a_year(at.today());
    let journal = at.site.journal.clone();
    let context = Context::operator(journal::Via::Import, at.now());
    let today = at.today();
    let made = tokio::task::spawn_blocking(move || {
        let made = demo::found(&journal, context, plan)?;
        let rows = demo::paper(plan);
        let csv = demo::paper_csv(&rows);
        let file = (csv.as_bytes(), "year.csv");
        let permit = Context::operator_permit::<KeepBooks>(&Scope::book(made.village.clone(), made.bank))?;
        let nothing = people::sheet::Wrong::BooksNothing;
        let summary = livelihood::waste::import(&journal, context, &permit, file, today, nothing, &mut |_, _| {})?;
        Ok::<_, kernel::Stop>((made, rows, summary))
    });
    let (made, rows, summary) = made.await.expect("runs").expect("imports");
    assert_eq!((summary.rows, summary.known, summary.problems.len()), (rows.len(), 0, 0));
    let days: std::collections::BTreeSet<Day> = rows.iter().map(|row| row.day).collect();
    assert_eq!(days.len(), 36, "three days a month");
    let (sums, members) = at
        .read(move |view| {
            let sums = livelihood::waste::book_sums(view, &made.village, made.bank)?;
            Ok((sums, livelihood::waste::members(view, &made.village, made.bank)?.len()))
        })
        .await
        .expect("reads");
    assert_eq!(members, 204);
    assert!((23_999_900..=24_000_000).contains(&sums.owed.count()), "{sums:?}");
    assert_eq!((sums.owed.count() / 204 + 500) / 1000, 118, "thousands of rupiah for a member and year");
} }
