//! The one test binary. Features keep their stories beside their code; here they run, each on both databases.
//!
//! - [`world`] is the harness: a fresh village for every story, a fixed cast, a fixed clock.
//! - `tidy` and `statements` read the sources, `roles` asks every route as every role, `binary` runs the program.
//!
//! What needs more than Rust is ignored unless `scripts/test` runs it, which says what is where: for instance
//! `SIMPUL_TEST_POSTGRES=postgres://user@host/postgres`, a server on which stories may make databases.
//! `INSTA_UPDATE=always` takes what is seen now as the golden files.

mod world;

mod bank;
mod binary;
mod browser;
mod order;
mod program;
mod roles;
mod server;
mod sources;
mod statements;
mod tidy;

#[path = "../../../cooperation/src/stories/mod.rs"]
mod cooperation_stories;
#[path = "../../../deliberation/src/stories/mod.rs"]
mod deliberation_stories;
#[path = "../../../cooperation/src/documents/stories.rs"]
mod document_stories;
#[path = "../../../cooperation/src/health/stories.rs"]
mod health_stories;
#[path = "../../../cooperation/src/obligations/stories.rs"]
mod obligations_stories;
#[path = "../../../cooperation/src/reminders/stories.rs"]
mod reminders_stories;
#[path = "../../../cooperation/src/visits/stories.rs"]
mod visits_stories;
#[path = "../../../livelihood/src/waste/stories/mod.rs"]
mod waste;
