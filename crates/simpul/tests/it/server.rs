//! What a server of PostgreSQL does and a file never does.

use std::path::Path;

use db::{Store, sql};

use crate::world::Scratch;

#[test]
#[ignore = "needs PostgreSQL: run scripts/test"]
fn a_lock_that_the_server_refuses_stops_one_write_and_not_the_next() {
    let scratch = Scratch::make();
    let url = format!("{}?options=-c%20lock_timeout%3D200", scratch.url);
    let store = Store::open(Path::new(""), Some(&url), ()).expect("opens");
    let write = || store.write(|tx| Ok(sql!("SELECT COUNT(*) FROM log").one::<(i64,)>(tx)?.0));
    store
        .write(|tx| Ok(tx.create("CREATE TABLE log (n BIGINT NOT NULL PRIMARY KEY);")?))
        .expect("makes a table");
    let mut other = postgres::Client::connect(&scratch.url, postgres::NoTls).expect("connects");
    other.batch_execute("BEGIN; SELECT pg_advisory_xact_lock(91574294828364)").expect("locks");
    assert!(write().is_err(), "the lock is held by another program");
    other.batch_execute("COMMIT").expect("lets go");
    assert_eq!(write().expect("writes"), 0);
    store.close();
}
