# The recipes of every day. `just` lists them.

_list:
    @just --list --unsorted

# Build, and serve the demo data on http://127.0.0.1:8470
demo *args:
    scripts/demo {{ args }}

# Run every test, on both databases; arguments go to cargo test
test *args:
    scripts/test {{ args }}

# What a review would say first: format, lints, contrast of colours
check:
    scripts/setup assets
    cargo fmt --check
    cargo clippy --workspace --all-targets -- -D warnings
    scripts/contrast > /dev/null

# Licences, advisories and banned crates (needs cargo-deny)
deny:
    cargo deny check

# Ratios of speed and size, measured in one run
bench *args:
    scripts/setup assets
    cargo run --release -p simpul -- bench --data target/bench-data {{ args }}

# Run the tests and take what they now show as the golden files
accept *args:
    INSTA_UPDATE=always scripts/test {{ args }}

# Take the pictures of the README again
screenshots:
    SIMPUL_TEST_SCREENSHOTS={{ justfile_directory() }}/docs/images scripts/test -p simpul screenshots
