//! The routes of the site. Each is decided: its handler's first argument is [`Cx<D>`](crate::Cx), which exists only for
//! those who may do `D`.

use axum::Router;
use axum::handler::Handler;
use axum::routing::{self, MethodRouter};
use kernel::{Deed, Role};

use crate::ask::Describe;
use crate::shape::Field;
use crate::{Cx, Site};

/// One route, for the menu, the matrix of roles and the OpenAPI document.
#[derive(Debug, Clone)]
pub struct Route {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// `/villages/{village}/waste/{book}/members`
    pub path: &'static str,
    /// `waste.see_members`
    pub deed: &'static str,
    /// The roles that may.
    pub by: &'static [Role],
    /// The key of the sentence that says what it is; by default that of its deed.
    pub summary: String,
    /// What it reads from the request.
    pub asks: Asks,
}

/// What a handler reads from the request beside the path.
#[derive(Debug, Clone, Default)]
pub struct Asks {
    /// Fields of the query.
    pub query: Vec<Field>,
    /// Fields of the form, if it takes one.
    pub form: Option<Vec<Field>>,
    /// Whether the form may carry a file.
    pub upload: bool,
}

/// The routes of a feature, collected: `routes.get(path, handler).post(path, handler)`.
///
/// A handler that asks for no decision does not compile:
/// ```compile_fail
/// async fn page() -> web::Reply { unimplemented!() }
/// fn routes(r: web::Routes) -> web::Routes { r.get("/", page) }
/// ```
/// nor does one whose first argument is something else:
/// ```compile_fail
/// # #[derive(serde::Deserialize)] struct Form { name: String }
/// async fn page(ask: web::Ask<Form>) -> web::Reply { unimplemented!() }
/// fn routes(r: web::Routes) -> web::Routes { r.post("/", page) }
/// ```
/// while this does:
/// ```
/// kernel::deeds! { DEEDS: See "a.see" by Public; }
/// # #[derive(serde::Deserialize)] struct Form { name: String }
/// async fn page(cx: web::Cx<See>, web::Ask(ask): web::Ask<Form>) -> web::Reply { unimplemented!() }
/// fn routes(r: web::Routes) -> web::Routes { r.post("/", page) }
/// ```
#[derive(Default)]
pub struct Routes {
    pub(crate) router: Router<Site>,
    pub(crate) list: Vec<Route>,
    pub(crate) fillings: Vec<crate::slot::Filling>,
    pub(crate) books: Vec<crate::books::ListBooks>,
}

impl Routes {
    /// A page or a file. The deed is that of the handler's `Cx`.
    pub fn get<H, T>(self, path: &'static str, handler: H) -> Routes
    where
        H: Handler<T, Site>,
        T: Decided + 'static,
    {
        self.add::<T>("GET", path, routing::get(handler))
    }
    /// Something that happens.
    pub fn post<H, T>(self, path: &'static str, handler: H) -> Routes
    where
        H: Handler<T, Site>,
        T: Decided + 'static,
    {
        self.add::<T>("POST", path, routing::post(handler))
    }
    /// Names the route added last by a sentence of its own, for the OpenAPI document.
    pub fn named(mut self, summary: &'static str) -> Routes {
        if let Some(route) = self.list.last_mut() {
            route.summary = summary.to_owned();
        }
        self
    }

    fn add<T: Decided>(
        mut self,
        method: &'static str,
        path: &'static str,
        handler: MethodRouter<Site>,
    ) -> Routes {
        let mut asks = Asks::default();
        T::describe(&mut asks);
        let (deed, by) = (T::Deed::NAME, T::Deed::BY);
        self.list.push(Route { method, path, deed, by, summary: crate::site::deed_key(deed), asks });
        self.router = self.router.route(path, handler);
        self
    }
}

/// The arguments of a handler that begin with a decision. Implemented for those, and for nothing else.
#[diagnostic::on_unimplemented(
    message = "the handler does not begin with a decision",
    note = "the first argument of a handler is `Cx<D>`, where `D` is the deed that it does; further arguments are `Ask`, `Query` or `Upload`"
)]
pub trait Decided: sealed::Sealed {
    /// The deed that is decided.
    type Deed: Deed;
    /// What the other arguments read.
    fn describe(asks: &mut Asks);
}

mod sealed {
    pub trait Sealed {}
}

macro_rules! decided {
    ($($($arg:ident)*;)+) => {$(
        impl<Via, D: Deed, $($arg: Describe),*> sealed::Sealed for (Via, Cx<D>, $($arg),*) {}
        impl<Via, D: Deed, $($arg: Describe),*> Decided for (Via, Cx<D>, $($arg),*) {
            type Deed = D;
            fn describe(_asks: &mut Asks) {
                $($arg::describe(_asks);)*
            }
        }
    )+};
}
decided! { ; A; A B; A B C; }
