//! QR codes as SVG: for the cover of a savings book, and for a checkpoint in the minutes.

use std::fmt::Write;

use askama::Template;
use qrcodegen::{QrCode, QrCodeEcc};

/// A QR code on its way to the page.
#[derive(Template)]
#[template(
    source = r##"<svg class="qr" viewBox="0 0 {{ size }} {{ size }}" role="img" aria-label="{{ label }}" shape-rendering="crispEdges"><rect width="{{ size }}" height="{{ size }}" fill="#fff"/><path d="{{ path }}" fill="#000"/></svg>"##,
    ext = "html"
)]
pub struct Qr {
    size: i32,
    path: String,
    label: String,
}
impl askama::filters::HtmlSafe for Qr {}

/// The text as a QR code; `label` is read out in its place. Nothing for a text that fits into none (above 2,300 bytes).
pub fn svg(text: &str, label: impl ToString) -> Option<Qr> {
    // Around the code a quiet zone of four modules, as the standard asks.
    const QUIET: i32 = 4;
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let start = x;
            while x < code.size() && code.get_module(x, y) {
                x += 1;
            }
            if x > start {
                let _ = write!(path, "M{} {}h{}v1h-{}z", start + QUIET, y + QUIET, x - start, x - start);
            }
            x += 1;
        }
    }
    Some(Qr { size: code.size() + 2 * QUIET, path, label: label.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_a_picture_with_a_name() {
        let svg = svg("34.02.05.2003/7", "Buku \"tabungan\"").expect("fits").to_string();
        assert!(svg.starts_with(r#"<svg class="qr" viewBox="0 0 29 29""#), "{svg}");
        assert!(!svg.contains("\"tabungan\"") && !svg.contains("style="), "{svg}");
        assert!(super::svg(&"x".repeat(3000), "").is_none());
    }
}
