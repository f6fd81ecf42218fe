//! What `simpul verify` compares of the waste bank: the savings books with the accounts.

use db::sql;

/// What was saved, by the savings books and by the accounts: a member reads the one and is paid by the other.
pub const CHECK: journal::Check = journal::Check {
    tables: &["waste_movement"],
    run: |tx, kinds| {
        let mut wrong = Vec::new();
        let (differing,) = sql!(
            "SELECT COUNT(*) FROM (SELECT path FROM (
                 SELECT village, bank, 'member/' || member AS path, SUM(amount) AS amount FROM waste_movement
                 GROUP BY village, bank, member
                 UNION ALL
                 SELECT village, bank, 'advance/' || member, -SUM(owed) FROM waste_movement GROUP BY village, bank, member
                 UNION ALL
                 SELECT village, book, path, balance FROM account
                 WHERE unit = 'IDR' AND (path >= 'member/' AND path < 'member/~' OR path >= 'advance/' AND path < 'advance/~')
             ) side GROUP BY village, bank, path HAVING SUM(amount) <> 0) wrong"
        )
        .one::<(i64,)>(tx)?;
        if differing > 0 {
            wrong.push("waste.passbook_differs");
        }
        let booked = kinds.iter().any(|(kind, _)| kind.starts_with("waste.weighed_in/"));
        let (books,) =
            sql!("SELECT COUNT(*) FROM (SELECT 1 FROM transfer LIMIT 1) AS found").one::<(i64,)>(tx)?;
        if booked && books == 0 {
            wrong.push("waste.books_empty");
        }
        Ok(wrong)
    },
};
