//! One text of table definitions for both databases.

use crate::Dialect;

/// The text in the dialect of a database: strict tables clustered by their key on SQLite, `BYTEA` on PostgreSQL.
pub(crate) fn translate(tables: &str, dialect: Dialect) -> String {
    let text = without_comments(tables);
    match dialect {
        // The order of bytes, as SQLite has it: a server's language must not change the order of codes and ids.
        Dialect::Postgres => text.replace("BLOB", "BYTEA").replace("TEXT", "TEXT COLLATE \"C\""),
        Dialect::Sqlite => text
            .replace("BIGINT", "INTEGER")
            .split_inclusive(';')
            .map(|statement| {
                if !statement.trim_start().starts_with("CREATE TABLE") {
                    return statement.to_owned();
                }
                // Rows with blobs are long and better off beside their index.
                let clustered = statement.contains("PRIMARY KEY") && !statement.contains("BLOB");
                let options = if clustered { ") STRICT, WITHOUT ROWID;" } else { ") STRICT;" };
                match statement.rfind(')') {
                    Some(end) => format!("{}{options}", &statement[..end]),
                    None => statement.to_owned(),
                }
            })
            .collect(),
    }
}

/// The names of the tables that the text makes, in its order.
pub fn table_names(tables: &str) -> Vec<String> {
    without_comments(tables)
        .split(';')
        .filter_map(|statement| {
            let rest = statement.trim_start().strip_prefix("CREATE TABLE")?.trim_start();
            let rest = rest.strip_prefix("IF NOT EXISTS").unwrap_or(rest).trim_start();
            rest.split(|c: char| c.is_whitespace() || c == '(').next().map(str::to_owned)
        })
        .collect()
}

pub(crate) fn append_only(table: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::Sqlite => format!(
            "CREATE TRIGGER IF NOT EXISTS {table}_keeps_rows BEFORE UPDATE ON {table}
             BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END;
             CREATE TRIGGER IF NOT EXISTS {table}_loses_none BEFORE DELETE ON {table}
             BEGIN SELECT RAISE(ABORT, 'rows of {table} are never deleted'); END;"
        ),
        Dialect::Postgres => format!(
            "CREATE OR REPLACE FUNCTION {table}_keeps_rows() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN RAISE EXCEPTION 'rows of {table} are never changed or deleted'; END $$;
             CREATE OR REPLACE TRIGGER {table}_keeps_rows BEFORE UPDATE OR DELETE ON {table}
             FOR EACH ROW EXECUTE FUNCTION {table}_keeps_rows();"
        ),
    }
}

fn without_comments(text: &str) -> String {
    text.lines()
        .map(|line| line.split_once("--").map_or(line, |(code, _)| code))
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLES: &str = "
        -- What was weighed; grams.
        CREATE TABLE weighed (bank TEXT NOT NULL, n BIGINT NOT NULL, PRIMARY KEY (bank, n)); -- (a comment)
        CREATE TABLE body (n BIGINT PRIMARY KEY, bytes BLOB NOT NULL);
        CREATE INDEX weighed_n ON weighed (n);
    ";

    #[test]
    fn tables_are_strict_and_clustered_on_sqlite() {
        let text = translate(TABLES, Dialect::Sqlite);
        assert!(text.contains("PRIMARY KEY (bank, n)) STRICT, WITHOUT ROWID;"), "{text}");
        assert!(text.contains("bytes BLOB NOT NULL) STRICT;"), "{text}");
        assert!(text.contains("CREATE INDEX weighed_n ON weighed (n);"), "{text}");
        assert!(translate(TABLES, Dialect::Postgres).contains("bytes BYTEA NOT NULL);"));
        assert_eq!(table_names(TABLES), ["weighed", "body"]);
    }
}
