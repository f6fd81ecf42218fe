//! Pages in a real Chromium: the counter by keyboard alone, without scripts, as paper, in three languages and two widths,
//! with hostile texts, and as a program for the blind meets them.
//!
//! `SIMPUL_TEST_CHROMIUM` and `SIMPUL_TEST_CHROMEDRIVER` name the browser and its driver. With
//! `SIMPUL_TEST_SCREENSHOTS=folder` the pictures of the README are taken.

mod chromium;
mod counter;
mod hostile;
mod minutes;
mod pages;
mod screenshots;
mod site;
