//! Who may do what: the matrix of roles and deeds, every route as every role, and what programs are told about both.

use std::fmt::Write as _;

use kernel::{Actor, BookId, Grant, Role, Scope};
use web::Lang;

use crate::story;
use crate::world::{Answer, CAST, VILLAGE, village};

/// One letter for each role, in the order of the matrix.
const COLUMNS: &str = "administrator  cooperation  officer  teller  auditor  partner  public";

story! { the_matrix_of_roles_and_deeds, |village| async {
    let mut deeds: Vec<_> = village.site.deeds().collect();
    deeds.sort_by_key(|deed| deed.name);
    let mut matrix = format!("{:40}{COLUMNS}\n", "");
    for deed in deeds {
        let marks = Role::ALL.into_iter().zip(COLUMNS.split_inclusive("  ")).map(|(role, column)| {
            let mark = if deed.by.contains(&role) || deed.by.contains(&Role::Public) { "yes" } else { "-" };
            format!("{mark:width$}", width = column.len())
        });
        let line: String = marks.collect();
        writeln!(matrix, "{:40}{}", deed.name, line.trim_end()).expect("memory");
    }
    insta::assert_snapshot!("roles_and_deeds", matrix);
} }

/// What became of a request as far as the decision goes.
fn outcome(answer: &Answer) -> &'static str {
    match answer.status {
        303 if answer.location().starts_with("/sign-in") => "sign in",
        401 => "sign in",
        403 => "no",
        status if status >= 500 => "BROKEN",
        _ => "yes",
    }
}

/// A path with something in each of its places. Nothing of it need exist: the decision comes first.
fn filled(path: &str) -> String {
    let id = kernel::BookId::from_bytes([7; 16]).to_string();
    let parts = path.split('/').map(|part| match part {
        "{village}" | "{place}" => VILLAGE,
        "{region}" => "34",
        part if part.starts_with('{') => id.as_str(),
        part => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

story! { every_route_as_every_role, |village| async {
    let mut routes = village.site.routes().to_vec();
    routes.sort_by_key(|route| (route.path, route.method));
    let mut seen = format!("{:86}{COLUMNS}\n", "");
    let mut wrong = Vec::new();
    for route in &routes {
        let path = filled(route.path);
        let scope = match route.path {
            path if path.contains("{village}") || path.contains("{place}") => Scope::at(self::village()),
            path if path.contains("{region}") => Scope::at("34".parse().expect("the code of a province")),
            _ => Scope::site(),
        };
        let mut line = format!("{:5}{:81}", route.method, route.path);
        for (role, column) in Role::ALL.into_iter().zip(COLUMNS.split_inclusive("  ")) {
            let visitor = if role == Role::Public { village.guest() } else { village.as_role(role) };
            let answer = match route.method {
                "GET" => visitor.get(&path).await,
                // Signing out, and changing a password, end sessions.
                _ => {
                    village.sign_in_all();
                    visitor.post(&path, &[]).await
                }
            };
            let outcome = outcome(&answer);
            write!(line, "{outcome:width$}", width = column.len()).expect("memory");
            let allowed = may(role, route.by, &scope);
            if outcome == "BROKEN" || (outcome == "yes" && !allowed) {
                wrong.push(format!("{} {} as {}: {} {}", route.method, route.path, role.name(), answer.status, answer.seen()));
            }
        }
        village.sign_in_all();
        writeln!(seen, "{}", line.trim_end()).expect("memory");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    insta::assert_snapshot!("roles_and_routes", seen);
} }

fn may(role: Role, by: &[Role], scope: &Scope) -> bool {
    let place = CAST
        .into_iter()
        .find(|(_, held, _)| *held == role)
        .map(|(_, _, place)| place.parse().expect("a place"));
    let grants = place.map(|place| Grant { role, place, book: None }).into_iter().collect();
    Actor { grants, ..Actor::guest() }.can(by, scope)
}

story! { programs_are_told_every_route, |village| async {
    let document = village.guest().lang(Lang::En).json("/openapi.json").await.done();
    insta::assert_json_snapshot!("openapi", document, { ".info.version" => "[version]" });
} }

#[test]
fn help() {
    let mut text = String::new();
    write_help(&mut simpul::command(), &mut text);
    insta::assert_snapshot!("help", text);
}

fn write_help(command: &mut clap::Command, text: &mut String) {
    let help = command.render_long_help().to_string();
    let lines = help.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    writeln!(text, "$ {} --help\n{lines}\n", command.get_bin_name().unwrap_or(command.get_name()))
        .expect("memory");
    command.build();
    for inner in command.get_subcommands_mut().filter(|inner| inner.get_name() != "help") {
        write_help(inner, text);
    }
}

story! { a_role_for_one_bank_reaches_no_other, |village| async {
    let (own, other) = (BookId::new(), BookId::new());
    village.grant(Role::PartnerReader, Role::Teller, Some(own)).await;
    let partner = village.as_role(Role::PartnerReader);
    for (book, outcome_wanted) in [(own, "yes"), (other, "no")] {
        let answer = partner.get(&format!("/villages/{VILLAGE}/waste/{book}/counter")).await;
        assert_eq!(outcome(&answer), outcome_wanted, "{book}: {}", answer.seen());
    }
} }

story! { a_session_that_is_left_alone_ends, |village| async {
    village.go_to("2026-04-02");
    assert_eq!(village.today().to_string(), "2026-04-02");
    let admin = village.as_role(Role::Administrator);
    assert_eq!(outcome(&admin.get("/staff").await), "yes");
    village.wait_hours(11);
    assert_eq!(outcome(&admin.get("/staff").await), "yes");
    village.wait_hours(13);
    assert_eq!(outcome(&admin.get("/staff").await), "sign in");
    let accounts = village.read(|view| Ok(web::staff::accounts(view)?)).await.expect("accounts");
    assert_eq!(accounts.len(), CAST.len());
} }

story! { a_file_that_is_too_large_is_refused, |village| async {
    let officer = village.as_role(Role::VillageOfficer);
    let path = format!("/villages/{VILLAGE}/households/import");
    let answer = officer.upload(&path, "households.csv", &vec![b'x'; 2 << 20], &[]).await;
    assert_eq!((answer.status, answer.refused().as_str()), (413, "web.file_too_large"));
    let answer = officer.upload(&path, "households.csv", b"nama;dusun\n", &[]).await;
    assert_eq!(answer.status, 422, "{}", answer.text());
} }
