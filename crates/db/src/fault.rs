//! What a database says when it fails, and what a person can do about it.

use kernel::Fault;
use rusqlite::ErrorCode;

/// A failure of SQLite, with advice where a person can mend it.
pub(crate) fn sqlite(doing: &str, error: rusqlite::Error) -> Fault {
    let code = error.sqlite_error_code();
    // The memory that readers and the writer share is a file, too; on a full disk it cannot grow.
    let no_room =
        error.sqlite_error().is_some_and(|error| error.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE);
    let fault = Fault::because(doing.to_owned(), error);
    match code {
        _ if no_room => fault.advise("db.disk_full", vec![]),
        Some(ErrorCode::DiskFull) => fault.advise("db.disk_full", vec![]),
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => fault.advise("db.read_only", vec![]),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => fault.advise("db.damaged", vec![]),
        Some(ErrorCode::CannotOpen) => fault.advise("db.cannot_open", vec![]),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => fault.advise("db.busy", vec![]),
        Some(ErrorCode::SystemIoFailure) => fault.advise("db.disk_failed", vec![]),
        _ => fault,
    }
}

/// A failure of PostgreSQL, with advice where a person can mend it.
pub(crate) fn postgres(doing: &str, error: postgres::Error) -> Fault {
    let full = error.code() == Some(&postgres::error::SqlState::DISK_FULL);
    let gone = error.is_closed() || error.code().is_none();
    let fault = Fault::because(doing.to_owned(), error);
    match (full, gone) {
        (true, _) => fault.advise("db.disk_full", vec![]),
        (_, true) => fault.advise("db.unreachable", vec![]),
        _ => fault,
    }
}

/// The same fault for another one who waited for the same commit.
pub(crate) fn again(fault: &Fault) -> Fault {
    Fault { doing: fault.to_string(), cause: None, advice: fault.advice.clone() }
}
