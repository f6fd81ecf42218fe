//! The store on a file: groups, savepoints, snapshots.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use db::{Companion, Since, Store, sql};
use kernel::{Fault, Refused, Stop};

fn store() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().expect("a folder for the test");
    let store = Store::open(&dir.path().join("t.db"), None, ()).expect("opens");
    store
        .write(|tx| {
            Ok(tx.create("CREATE TABLE line (n BIGINT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (n));")?)
        })
        .expect("creates");
    (dir, store)
}

fn add(store: &Store, n: i64) -> Result<u64, Stop> {
    store.write(move |tx| {
        Ok(sql!("INSERT INTO line (n, word) VALUES (?1, ?2)").bind(&n).bind(&format!("word {n}")).run(tx)?)
    })
}

fn count(store: &Store) -> i64 {
    store.read(|tx| Ok(sql!("SELECT COUNT(*) FROM line").one::<(i64,)>(tx)?.0)).expect("reads")
}

#[test]
fn a_closure_that_stops_leaves_nothing_and_the_others_stay() {
    let (_dir, store) = store();
    std::thread::scope(|scope| {
        for n in 0..40 {
            let store = &store;
            scope.spawn(move || match n % 3 {
                0 => assert_eq!(add(store, n).expect("kept"), 1),
                1 => {
                    let stopped: Result<(), Stop> = store.write(move |tx| {
                        sql!("INSERT INTO line (n, word) VALUES (?1, 'never')").bind(&(n + 1000)).run(tx)?;
                        Err(Refused { status: 422, code: "test.no", args: vec![], field: None }.into())
                    });
                    assert!(matches!(stopped, Err(Stop::Refused(_))));
                }
                _ => {
                    let stopped: Result<(), Stop> = store.write(|_| panic!("a bug"));
                    assert!(matches!(stopped, Err(Stop::Fault(_))));
                }
            });
        }
    });
    assert_eq!(count(&store), 14);
}

#[test]
fn a_reader_sees_one_moment() {
    let (_dir, store) = store();
    add(&store, 1).expect("kept");
    let seen = store
        .read(|tx| {
            let before = sql!("SELECT COUNT(*) FROM line").one::<(i64,)>(tx)?.0;
            add(&store, 2)?;
            let after = sql!("SELECT COUNT(*) FROM line").one::<(i64,)>(tx)?.0;
            Ok((before, after))
        })
        .expect("reads");
    assert_eq!(seen, (1, 1));
    assert_eq!(count(&store), 2);
}

#[test]
fn a_double_key_is_a_fault_and_append_only_rows_stay() {
    let (_dir, store) = store();
    add(&store, 1).expect("kept");
    assert!(matches!(add(&store, 1), Err(Stop::Fault(_))));
    store.write(|tx| Ok(tx.append_only("line")?)).expect("guards");
    let removed = store.write(|tx| Ok(sql!("DELETE FROM line").run(tx)?));
    assert!(matches!(removed, Err(Stop::Fault(Fault { .. }))));
    assert_eq!(count(&store), 1);
}

#[test]
fn sums_wait_until_somebody_looks() {
    let (_dir, store) = store();
    let add = |n: i64, tx: &mut db::Tx<'_>, amount: i64| {
        sql!(
            "INSERT INTO line (word, n) VALUES (?1, ?2) ON CONFLICT (n) DO UPDATE SET n = line.n + excluded.n"
        )
        .bind(&format!("word {n}"))
        .bind(&amount)
        .add(1, tx)
    };
    store
        .write(move |tx| {
            for n in 0..100 {
                add(n % 2, tx, 1 + n % 2)?;
            }
            let seen = sql!("SELECT n FROM line ORDER BY n").all::<(i64,)>(tx)?;
            assert_eq!(seen, [(50,), (100,)], "what waits is written before it is read");
            add(7, tx, 7)?;
            Ok(())
        })
        .expect("kept");
    assert_eq!(count(&store), 3, "what waits is written before the savepoint ends");
    let stopped: Result<(), Stop> = store.write(move |tx| {
        add(8, tx, 8)?;
        Err(Fault::new("no").into())
    });
    assert!(stopped.is_err());
    assert_eq!(count(&store), 3, "and not when it is taken back");
}

#[test]
fn what_a_closure_adds_is_taken_back_alone() {
    let (_dir, store) = store();
    store
        .write(|tx| Ok(tx.create("CREATE TABLE pot (name TEXT NOT NULL PRIMARY KEY, n BIGINT NOT NULL);")?))
        .expect("makes a table");
    fn add(tx: &mut db::Tx<'_>, amount: i64) -> Result<(), Fault> {
        sql!("INSERT INTO pot (name, n) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET n = pot.n + excluded.n")
            .bind(&"jar".to_owned())
            .bind(&amount)
            .add(1, tx)
    }
    fn look(tx: &mut db::Tx<'_>) -> Result<i64, Fault> {
        Ok(sql!("SELECT n FROM pot").one::<(i64,)>(tx)?.0)
    }
    // The first closure holds the writer until the others wait behind it: all of them share one commit.
    let (open, gate) = std::sync::mpsc::channel::<()>();
    let (answer, answers) = std::sync::mpsc::channel();
    store.submit(move |_| Ok(gate.recv().is_ok()), |_| {});
    let step = |amount: i64, looks: bool, stands: bool| {
        let answer = answer.clone();
        store.submit(
            move |tx| {
                add(tx, amount)?;
                let seen = if looks { look(tx)? } else { 0 };
                if stands { Ok(seen) } else { Err(Fault::new(format!("saw {seen}")).into()) }
            },
            move |result| {
                let _ = answer.send(result.map_err(|_| ()));
            },
        );
    };
    step(1, false, true);
    step(10, false, false);
    step(100, true, false);
    step(1000, true, true);
    step(10_000, false, true);
    open.send(()).expect("the writer waits");
    let heard: Vec<_> = answers.iter().take(5).collect();
    assert_eq!(heard, [Ok(0), Err(()), Err(()), Ok(1001), Ok(0)]);
    assert_eq!(store.read(|tx| Ok(look(tx)?)).expect("reads"), 11_001);
}

/// A companion that knows whether somebody else has written.
struct Watch(Arc<AtomicBool>);

impl Companion for Watch {
    fn begun(&mut self, _: &mut db::Tx<'_>) -> Result<Since, Fault> {
        Ok(if self.0.swap(false, Ordering::Relaxed) { Since::Others } else { Since::Nothing })
    }
    fn mark(&mut self) {}
    fn back(&mut self) {}
    fn sealing(&mut self, _: &mut db::Tx<'_>) -> Result<(), Fault> {
        Ok(())
    }
    fn sealed(&mut self, _: bool) {}
    fn idle(&mut self) -> bool {
        false
    }
}

#[test]
fn what_the_writer_keeps_is_forgotten_when_it_may_be_wrong() {
    let dir = tempfile::tempdir().expect("a folder");
    let others = Arc::new(AtomicBool::new(false));
    let store =
        Store::open(&dir.path().join("a.db"), None, Watch(Arc::clone(&others))).expect("opens a file");
    let tables = "CREATE TABLE price (n BIGINT NOT NULL PRIMARY KEY); CREATE TABLE line (n BIGINT NOT NULL PRIMARY KEY);";
    store.write(move |tx| Ok(tx.create(tables)?)).expect("makes tables");
    fn highest(tx: &mut db::Tx<'_>) -> Result<i64, Fault> {
        let key = ("highest price", String::new());
        if let Some(kept) = tx.kept::<i64>(&key) {
            return Ok(*kept + 1000);
        }
        let (n,) = sql!("SELECT COALESCE(MAX(n), 0) FROM price").one::<(i64,)>(tx)?;
        tx.keep(key, &["price"], Arc::new(n));
        Ok(n)
    }
    let look = || store.write(|tx| Ok(highest(tx)?)).expect("looks");
    let price = |n: i64| {
        store.write(move |tx| Ok(sql!("INSERT INTO price (n) VALUES (?1)").bind(&n).run(tx)?)).map(drop)
    };
    let line = || store.write(|tx| Ok(sql!("INSERT INTO line (n) VALUES (1)").run(tx)?)).expect("writes");
    assert_eq!((look(), look()), (0, 1000), "read once, then kept");
    line();
    assert_eq!(look(), 1000, "another table does not matter");
    price(5).expect("writes");
    assert_eq!((look(), look()), (5, 1005), "forgotten when its table is written");
    let refused = store.write(|tx| {
        sql!("INSERT INTO price (n) VALUES (9)").run(tx)?;
        let seen = highest(tx)?;
        Err::<(), Stop>(Fault::new(format!("saw {seen}")).into())
    });
    assert!(format!("{refused:?}").contains("saw 9"), "{refused:?}");
    assert_eq!((look(), look()), (5, 1005), "what a closure saw goes with it");
    others.store(true, Ordering::Relaxed);
    assert_eq!((look(), look()), (5, 1005), "read anew when others have written");
    assert_eq!(store.read(|tx| Ok(highest(tx)?)).expect("reads"), 5, "a reader keeps nothing");
}

#[test]
fn many_who_write_at_once_all_hear_and_nothing_is_lost() {
    let (_dir, store) = store();
    std::thread::scope(|scope| {
        for hand in 0..8 {
            let store = &store;
            scope.spawn(move || {
                for n in 0..50 {
                    let n = hand * 50 + n;
                    if n % 3 == 0 {
                        let (answer, answered) = std::sync::mpsc::channel();
                        store.submit(
                            move |tx| {
                                Ok(sql!("INSERT INTO line (n, word) VALUES (?1, 'left')").bind(&n).run(tx)?)
                            },
                            move |result| {
                                let _ = answer.send(result.is_ok());
                            },
                        );
                        assert!(answered.recv().expect("an answer"));
                    } else {
                        add(store, n).expect("adds");
                    }
                }
            });
        }
    });
    assert_eq!(count(&store), 400);
    store.close();
    assert!(add(&store, 1000).is_err(), "nothing is written after the end");
}
