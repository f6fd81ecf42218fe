//! The administrator's pages: accounts, their roles, their passwords.

use askama::Template;
use journal::BackupDue;
use kernel::{BookId, EntryId, Grant, IntoRefused, PlaceCode, Role, StaffId, Stop};
use serde::{Deserialize, Serialize};

use super::pages::in_field;
use super::rules::Refusal;
use super::tables::{self, Account, GrantRow};
use super::{Manage, desk, password};
use crate::{Ask, BookAt, Choice, Cx, Frame, Lang, List, ListAsk, Listed, Query, Reply, Voice, Word};

/// An account with the roles that it holds, as one line of the list.
struct Line {
    account: Account,
    roles: String,
}

fn list_of_accounts() -> List<Line> {
    List::new("staff")
        .column("handle", "staff-handle", |line: &Line| line.account.handle.clone())
        .link(|line| format!("/staff/{}", line.account.staff))
        .column("roles", "staff-roles", |line: &Line| line.roles.clone())
        .column("opened", "staff-opened", |line: &Line| line.account.opened)
        .column("state", "staff-state", |line: &Line| {
            Word::new(if line.account.closed { "staff-state-closed" } else { "staff-state-open" })
        })
}

#[derive(Template)]
#[template(path = "staff/list.html")]
struct ListPage {
    frame: Frame,
    list: Listed,
    due: Option<BackupDue>,
    handle: String,
    lang: String,
    languages: Vec<Choice>,
}

impl ListPage {
    fn new(frame: Frame, (list, due): Shown, handle: String, lang: String) -> ListPage {
        let languages = Lang::ALL.map(|lang| Choice::new(lang.code(), lang.own_name())).to_vec();
        ListPage { frame, list, due, handle, lang, languages }
    }
}

/// The accounts, and whether the administrator should be reminded of a backup.
type Shown = (Listed, Option<BackupDue>);

async fn listed(cx: &Cx<Manage>, ask: &ListAsk) -> Result<Shown, Stop> {
    let (accounts, grants, due) = cx
        .read(|view| Ok((tables::accounts(view)?, tables::all_grants(view)?, journal::backup_due(view)?)))
        .await?;
    let lines: Vec<Line> = accounts
        .into_iter()
        .map(|account| {
            let held = grants.iter().filter(|grant| grant.staff == account.staff);
            let roles = held.map(|grant| told(grant, cx.voice())).collect::<Vec<_>>().join("; ");
            Line { account, roles }
        })
        .collect();
    Ok((list_of_accounts().of(&lines, ask, cx.voice(), cx.want), due))
}

/// `Teller, 34.02.05.2003`
fn told(grant: &GrantRow, voice: &Voice) -> String {
    let place = if grant.place.as_str() == "*" {
        voice.say("staff-everywhere").to_string()
    } else {
        grant.place.to_string()
    };
    format!("{}, {place}", voice.say(role_key(&grant.role)))
}

/// The key of the word for a role.
fn role_key(role: &str) -> String {
    match Role::named(role) {
        Some(role) => format!("staff-role-{}", role.name()),
        None => "staff-role-unknown".to_owned(),
    }
}

pub(super) async fn list(cx: Cx<Manage>, Query(ask): Query<ListAsk>) -> Reply {
    let (list, due) = listed(&cx, &ask).await?;
    cx.list(list, |frame, list| ListPage::new(frame, (list, due), String::new(), cx.lang.code().to_owned()))
}

#[derive(Clone, Deserialize)]
pub(super) struct OpenAsk {
    handle: String,
    lang: String,
    password: String,
}

pub(super) async fn open(cx: Cx<Manage>, Ask(ask): Ask<OpenAsk>) -> Reply {
    match opened(&cx, ask.clone()).await {
        Ok(account) => cx.saved_saying(format!("/staff/{}", account.staff), "staff-done-opened", &account),
        Err(stop) => {
            let list = listed(&cx, &ListAsk::default()).await?;
            cx.again(stop, |frame| ListPage::new(frame, list, ask.handle, ask.lang))
        }
    }
}

async fn opened(cx: &Cx<Manage>, ask: OpenAsk) -> Result<Account, Stop> {
    let (permit, lang) = (cx.permit.clone(), Lang::named(&ask.lang).unwrap_or_default());
    let (handle, typed) = (ask.handle.clone(), ask.password);
    let hashed = password::apart(cx.site(), move || desk::hash(&handle, &typed))
        .await?
        .map_err(|stop| in_field(stop, "password"))?;
    let opening = cx.write(move |work| {
        let staff = desk::open(work, &permit, &ask.handle, lang)?;
        desk::set_password(work, &permit, staff, &hashed)?;
        tables::account(work, staff)?.ok_or_else(|| Refusal::NoAccount.into())
    });
    opening.await.map_err(|stop| in_field(stop, "handle"))
}

/// An account with its roles.
#[derive(Serialize)]
struct One {
    account: Account,
    roles: Vec<GrantRow>,
    /// For which a role can be given.
    books: Vec<BookAt>,
}

#[derive(Template)]
#[template(path = "staff/one.html")]
struct OnePage<'a> {
    frame: Frame,
    one: &'a One,
    typed: GrantAsk,
    roles: Vec<Choice>,
    books: Vec<Choice>,
}

impl<'a> OnePage<'a> {
    fn new(frame: Frame, one: &'a One, typed: GrantAsk) -> OnePage<'a> {
        let roles = Role::ALL.into_iter().filter(|role| *role != Role::Public);
        let roles = roles.map(|role| Choice::new(role.name(), frame.say(role_key(role.name())))).collect();
        let books =
            one.books.iter().map(|it| Choice::new(it.book, format!("{} · {}", it.name, it.place))).collect();
        OnePage { frame, one, typed, roles, books }
    }
    /// What people call the book; its id, if the site has it no more.
    fn book(&self, book: &BookId) -> String {
        let known = self.one.books.iter().find(|it| it.book == *book);
        known.map_or_else(|| book.to_string(), |it| it.name.clone())
    }
    fn role_key(&self, role: &str) -> String {
        role_key(role)
    }
}

async fn found(cx: &Cx<Manage>) -> Result<One, Stop> {
    let (staff, site): (StaffId, _) = (cx.param("staff")?, cx.site().clone());
    cx.read(move |view| {
        let account = tables::account(view, staff)?.ok_or(Refusal::NoAccount)?;
        Ok(One { account, roles: tables::grants_of(view, staff)?, books: site.all_books(view)? })
    })
    .await
}

pub(super) async fn one(cx: Cx<Manage>) -> Reply {
    let one = found(&cx).await?;
    let home = cx.site().settings.home.as_ref().map(ToString::to_string).unwrap_or_default();
    let typed = GrantAsk { role: String::new(), place: home, book: String::new() };
    cx.page(&one, |frame| OnePage::new(frame, &one, typed))
}

/// Goes back to the account, or shows it again with why not.
async fn after(cx: &Cx<Manage>, done: &str, result: Result<(), Stop>, typed: GrantAsk) -> Reply {
    let one = found(cx).await?;
    match result {
        Ok(()) => cx.saved_saying(format!("/staff/{}", one.account.staff), done, &one),
        Err(stop) => cx.again(stop, |frame| OnePage::new(frame, &one, typed)),
    }
}

#[derive(Clone, Default, Deserialize)]
pub(super) struct GrantAsk {
    role: String,
    place: String,
    #[serde(default)]
    book: String,
}

impl GrantAsk {
    fn read(&self, books: &[BookAt]) -> Result<Grant, Stop> {
        let role = Role::named(&self.role).filter(|role| *role != Role::Public);
        let role = role.ok_or_else(|| Refusal::NoRole.into_refused().in_field("role"))?;
        let (place, book) = (self.place.trim(), self.book.trim());
        let place: PlaceCode = place
            .parse()
            .map_err(|_| Refusal::NoPlace { text: place.to_owned() }.into_refused().in_field("place"))?;
        let book = match book {
            "" => None,
            text => {
                let known = books.iter().find(|it| it.book.to_string() == text);
                let known = known.ok_or_else(|| {
                    Refusal::NoBook { text: text.to_owned() }.into_refused().in_field("book")
                })?;
                if !place.covers(&known.place) {
                    let (name, place) = (known.name.clone(), known.place.to_string());
                    return Err(Refusal::BookElsewhere { name, place }
                        .into_refused()
                        .in_field("place")
                        .into());
                }
                Some(known.book)
            }
        };
        Ok(Grant { role, place, book })
    }
}

pub(super) async fn grant(cx: Cx<Manage>, Ask(ask): Ask<GrantAsk>) -> Reply {
    let staff: StaffId = cx.param("staff")?;
    let books = found(&cx).await?.books;
    let granted = match ask.read(&books) {
        Ok(grant) => {
            let permit = cx.permit.clone();
            cx.write(move |work| desk::grant(work, &permit, staff, grant).map(drop)).await
        }
        Err(stop) => Err(stop),
    };
    after(&cx, "staff-done-granted", granted, ask).await
}

#[derive(Deserialize)]
pub(super) struct RevokeAsk {
    grant: EntryId,
}

pub(super) async fn revoke(cx: Cx<Manage>, Ask(ask): Ask<RevokeAsk>) -> Reply {
    let (staff, permit): (StaffId, _) = (cx.param("staff")?, cx.permit.clone());
    let revoked = cx.write(move |work| desk::revoke(work, &permit, staff, ask.grant)).await;
    after(&cx, "staff-done-revoked", revoked, GrantAsk::default()).await
}

#[derive(Deserialize)]
pub(super) struct PasswordAsk {
    password: String,
}

pub(super) async fn set_password(cx: Cx<Manage>, Ask(ask): Ask<PasswordAsk>) -> Reply {
    let account = found(&cx).await?.account;
    let handle = account.handle;
    let hashed = password::apart(cx.site(), move || desk::hash(&handle, &ask.password)).await?;
    let set = match hashed {
        Ok(hashed) => {
            let permit = cx.permit.clone();
            cx.write(move |work| desk::set_password(work, &permit, account.staff, &hashed)).await
        }
        Err(stop) => Err(in_field(stop, "password")),
    };
    after(&cx, "staff-done-password", set, GrantAsk::default()).await
}

pub(super) async fn close(cx: Cx<Manage>) -> Reply {
    let (staff, permit): (StaffId, _) = (cx.param("staff")?, cx.permit.clone());
    let closed = cx.write(move |work| desk::close(work, &permit, staff)).await;
    after(&cx, "staff-done-closed", closed, GrantAsk::default()).await
}
