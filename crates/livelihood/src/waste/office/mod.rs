//! The office of a waste bank: what the sums say, and what is set up, sold, moved and closed. The counter, where members
//! are served, is next door.

mod banks;
mod cash;
mod closing;
mod dashboard;
mod import;
mod months;
mod neighbours;
mod prices;
mod sales;
mod settings;
mod shown;
mod sorts;
mod steps;
mod store;

use kernel::{BookId, Deed, PlaceCode};
use web::{Cx, MenuEntry, Pages, Routes};

use super::SeeSums;

kernel::deeds! { DEEDS:
    /// See which banks a village has. Their sums are shown to those who may see them.
    SeeBanks "waste.see_banks" by Public;
}

kernel::refusals! { Refusal:
    /// A figure of carbon that nobody stands for.
    422 "waste.office_no_source" NoSource;
    /// The file that was sent is no longer kept.
    422 "waste.office_file_gone" FileGone;
    /// Cash has moved since the difference was shown.
    409 "waste.office_cash_changed" CashChanged { cash: kernel::Rupiah };
    /// Something of the month was booked since it was shown.
    409 "waste.office_owed_changed" OwedChanged { owed: kernel::Rupiah };
}

/// The pages of the office.
pub static PAGES: Pages = Pages { routes, deeds: DEEDS, words: web::words!(), menu: MENU };

const MENU: &[MenuEntry] = &[MenuEntry::new::<SeeSums>("waste-office-menu", |at| {
    Some(format!("/villages/{}/waste", at.village.as_ref()?))
})];

fn routes(r: Routes) -> Routes {
    r.get("/villages/{village}/waste", banks::list)
        .named("waste-office-banks")
        .post("/villages/{village}/waste", banks::open)
        .named("waste-office-bank-open")
        .fill(people::VILLAGE, banks::in_village)
        .books(banks::books)
        .get("/villages/{village}/waste/{book}", dashboard::dashboard)
        .named("waste-office-dashboard")
        .get("/villages/{village}/waste/{book}/months", months::months)
        .named("waste-office-months")
        .get("/villages/{village}/waste/{book}/store", store::store)
        .named("waste-office-store")
        .get("/villages/{village}/waste/{book}/lines", store::lines)
        .named("waste-office-lines")
        .get("/villages/{village}/waste/{book}/sorts", sorts::list)
        .named("waste-office-sorts")
        .post("/villages/{village}/waste/{book}/sorts", sorts::name)
        .named("waste-office-sort-name")
        .get("/villages/{village}/waste/{book}/sorts/new", sorts::new)
        .named("waste-office-sort-new")
        .get("/villages/{village}/waste/{book}/sorts/{sort}", sorts::edit)
        .named("waste-office-sort-edit")
        .get("/villages/{village}/waste/{book}/prices", prices::prices)
        .named("waste-office-prices")
        .post("/villages/{village}/waste/{book}/prices", prices::set)
        .named("waste-office-prices-set")
        .get("/villages/{village}/waste/{book}/prices/new", prices::new)
        .named("waste-office-prices-new")
        .get("/villages/{village}/waste/{book}/settings", settings::settings)
        .named("waste-office-settings")
        .post("/villages/{village}/waste/{book}/settings/share", settings::set_share)
        .named("waste-office-share-set")
        .post("/villages/{village}/waste/{book}/settings/payout", settings::set_payout)
        .named("waste-office-payout-set")
        .get("/villages/{village}/waste/{book}/sales", sales::list)
        .named("waste-office-sales")
        .post("/villages/{village}/waste/{book}/sales", sales::sell)
        .named("waste-office-sell")
        .get("/villages/{village}/waste/{book}/sales/new", sales::new)
        .named("waste-office-sale-new")
        .get("/villages/{village}/waste/{book}/sales/{entry}", sales::note)
        .named("waste-office-note")
        .get("/villages/{village}/waste/{book}/cash", cash::book)
        .named("waste-office-cash-book")
        .post("/villages/{village}/waste/{book}/cash", cash::move_cash)
        .named("waste-office-cash-move")
        .get("/villages/{village}/waste/{book}/closing", closing::closing)
        .named("waste-office-closing")
        .post("/villages/{village}/waste/{book}/closing/day", closing::close_day)
        .named("waste-office-close-day")
        .post("/villages/{village}/waste/{book}/closing/month", closing::close_month)
        .named("waste-office-close-month")
        .get("/villages/{village}/waste/{book}/import", import::form)
        .named("waste-office-import")
        .post("/villages/{village}/waste/{book}/import", import::import)
        .named("waste-office-import")
        .get("/villages/{village}/waste/{book}/import/template", import::template)
        .named("waste-office-import-template")
        .post("/villages/{village}/waste/{book}/import/rest", import::rest)
        .named("waste-office-import-rest")
}

/// Where a request stands.
fn place<D: Deed>(cx: &Cx<D>) -> (PlaceCode, BookId) {
    (cx.place().clone(), cx.book())
}
