//! What brings a household income. Each livelihood is one folder and one line in [`LIVELIHOODS`]; they meet in the
//! household ledger (`income/`) and nowhere else.

pub mod income;
pub mod waste;

/// Every livelihood. A new one is a folder beside `waste/` and a line here.
pub static LIVELIHOODS: &[&Livelihood] = &[&waste::LIVELIHOOD];

/// A livelihood, as the rest of the house sees it.
pub struct Livelihood {
    /// The name by which the household ledger knows it; its word has the key `livelihood-<name>`.
    pub name: &'static str,
    /// Its facts and tables.
    pub chapter: &'static journal::Chapter,
    /// Its pages.
    pub pages: &'static [&'static web::Pages],
}

/// The chapters of this stage, the household ledger first since every livelihood posts to it.
pub fn chapters() -> Vec<&'static journal::Chapter> {
    let mut all = vec![&income::CHAPTER];
    all.extend(LIVELIHOODS.iter().map(|livelihood| livelihood.chapter));
    all
}

/// The pages of this stage.
pub fn pages() -> Vec<&'static web::Pages> {
    let mut all: Vec<&'static web::Pages> =
        LIVELIHOODS.iter().flat_map(|livelihood| livelihood.pages).copied().collect();
    all.push(&income::PAGES);
    all
}
