//! The form of answer that somebody wants: a page, or the same as JSON, CSV or XLSX.

use axum::http::{HeaderMap, header};

/// One of the forms in which a page answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    /// A page for a person.
    Html,
    /// For a program.
    Json,
    /// A list as a file for any program.
    Csv,
    /// A list as a file for a spreadsheet.
    Xlsx,
}

impl Want {
    /// `?as=json` decides; else the header `Accept`, else whether the request itself was JSON.
    pub fn negotiate(asked: Option<&str>, headers: &HeaderMap) -> Want {
        match asked {
            Some("html") => return Want::Html,
            Some("json") => return Want::Json,
            Some("csv") => return Want::Csv,
            Some("xlsx") => return Want::Xlsx,
            _ => {}
        }
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        for kind in text(header::ACCEPT).split(',') {
            match kind.split(';').next().unwrap_or_default().trim() {
                "text/html" | "application/xhtml+xml" => return Want::Html,
                "application/json" => return Want::Json,
                "text/csv" => return Want::Csv,
                _ => {}
            }
        }
        if text(header::CONTENT_TYPE).starts_with("application/json") { Want::Json } else { Want::Html }
    }
    /// Whether a person reads the answer in a browser.
    pub fn is_page(self) -> bool {
        self == Want::Html
    }
}

/// The value of a cookie that came with a request.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(';')).find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name).then_some(value)
    })
}

/// One value of the query of an address, decoded.
pub(crate) fn query_value(query: &str, name: &str) -> Option<String> {
    let pairs: Vec<(String, String)> = serde_html_form::from_str(query).ok()?;
    pairs.into_iter().find_map(|(key, value)| (key == name).then_some(value))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn the_address_decides_before_the_header() {
        for (asked, accept, content, want) in [
            (None, "", "", Want::Html),
            (None, "text/html,application/xhtml+xml,*/*;q=0.8", "", Want::Html),
            (None, "application/json", "", Want::Json),
            (None, "application/json, text/html", "", Want::Json),
            (None, "*/*", "", Want::Html),
            (None, "*/*", "application/json", Want::Json),
            (None, "text/html", "application/json", Want::Html),
            (None, "text/csv", "", Want::Csv),
            (Some("xlsx"), "text/html", "", Want::Xlsx),
            (Some("html"), "application/json", "", Want::Html),
            (Some("exe"), "text/html", "", Want::Html),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content));
            assert_eq!(Want::negotiate(asked, &headers), want, "{asked:?} {accept} {content}");
        }
    }

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static("xlang=ko; lang=en"));
        assert_eq!(cookie(&headers, "lang"), Some("en"));
        assert_eq!(cookie(&headers, "ang"), None);
        assert_eq!(query_value("q=a%20b&as=csv", "q").as_deref(), Some("a b"));
    }
}
