//! Bu Ratna attaches scans of the papers, and others look at them, through HTTP, on both databases.

use kernel::{EntryId, Role};
use serde_json::Value;
use web::Lang;

use crate::story;
use crate::world::{Answer, Village};

const PDF: &[u8] =
    b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n";
const PDF_WITH_SCRIPT: &[u8] =
    b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>\nendobj\n%%EOF\n";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";
const SVG: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>";

/// A cooperation with a memorandum: the address of its page, and the id of the paper.
async fn cooperation(at: &Village) -> (String, String) {
    let officer = at.as_role(Role::CooperationOfficer);
    let (id, paper) = (EntryId::new().to_string(), EntryId::new().to_string());
    let begin =
        [("id", id.as_str()), ("kind", "sister"), ("name_id", "DIY – Gangwon"), ("day", "2026-01-15")];
    let begun = officer.send("/regions/34/cooperations", &begin).await.done();
    let page = format!("/regions/34/cooperations/{}", begun["cooperation"].as_str().expect("a book"));
    let memorandum =
        [("id", paper.as_str()), ("kind", "memorandum"), ("name_id", "MSP"), ("signed", "2026-03-01")];
    officer.send(&format!("{page}/papers"), &memorandum).await.done();
    (page, paper)
}

/// The officer sends a file for something, with a new id.
async fn attach(at: &Village, page: &str, about: &str, name: &str, file: &[u8]) -> Answer {
    let id = EntryId::new().to_string();
    let fields = [
        ("id", id.as_str()),
        ("about", about),
        ("title", "Naskah asli"),
        ("language", "ko"),
        ("pages", "12"),
    ];
    at.as_role(Role::CooperationOfficer).upload(&format!("{page}/documents"), name, file, &fields).await
}

fn address(page: &str, document: &Value) -> (String, String) {
    let text = |field: &str| document[field].as_str().expect("a text").to_owned();
    (format!("{page}/documents/{}", text("document")), format!("{page}/documents/files/{}", text("sha256")))
}

fn header<'a>(answer: &'a Answer, name: &str) -> &'a str {
    answer.headers.get(name).map_or("", |value| value.to_str().expect("ASCII"))
}

/// The files that lie in the folder of the site, those that came half among them.
fn files(at: &Village) -> usize {
    let inside = |folder: std::path::PathBuf| {
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|file| file.path())
    };
    inside(at.folder().join("blobs")).map(|folder| inside(folder).count()).sum()
}

story! {
    /// The scan of the memorandum is attached, looked at in parts by a guest in Seoul, and saved.
    a_scan_is_attached_and_everybody_can_look_at_it, |at| async {
        let (page, paper) = cooperation(at).await;
        let about = format!("paper:{paper}");
        let document = attach(at, &page, &about, "MSP 2026.pdf", PDF).await.done();
        let (one, file) = address(&page, &document);
        assert_eq!((document["media"].as_str(), document["size"].as_u64()), (Some("application/pdf"), Some(PDF.len() as u64)));
        let seen = at.guest().lang(Lang::Ko).get(&one).await.seen();
        for told in ["Naskah asli", "MSP 2026.pdf", "12", "한국어", document["sha256"].as_str().expect("a hash")] {
            assert!(seen.contains(told), "{told}: {seen}");
        }
        assert!(!seen.contains("bu-ratna"), "a guest does not see by which name somebody signs in: {seen}");
        assert!(at.as_role(Role::Auditor).get(&one).await.seen().contains("bu-ratna"));
        let on_paper = at.guest().get(&format!("{page}/papers/{paper}")).await;
        for told in ["Naskah asli", &file, document["sha256"].as_str().expect("a hash")] {
            assert!(on_paper.text().contains(told), "{told}: {}", on_paper.text());
        }

        let whole = at.guest().get(&file).await;
        assert_eq!((whole.status, whole.body.as_slice()), (200, PDF));
        for (name, value) in [
            ("content-type", "application/pdf"),
            ("x-content-type-options", "nosniff"),
            ("content-disposition", "inline; filename=\"MSP 2026.pdf\"; filename*=UTF-8''MSP%202026.pdf"),
            ("cache-control", "private, max-age=31536000, immutable"),
            ("accept-ranges", "bytes"),
        ] {
            assert_eq!(header(&whole, name), value, "{name}");
        }
        assert!(header(&whole, "content-security-policy").starts_with("default-src 'none'"));
        let part = at.guest().part(&file, "bytes=1-4").await;
        assert_eq!((part.status, part.body.as_slice()), (206, b"PDF-".as_slice()));
        let behind = at.guest().part(&file, "bytes=9999-").await;
        assert_eq!(behind.status, 416);
        let saved = at.guest().get(&format!("{file}?save=1")).await;
        assert!(header(&saved, "content-disposition").starts_with("attachment; "));
        assert!(header(&saved, "content-security-policy").starts_with("sandbox"));

        // An image stands on the page; it is of the cooperation as a whole, which shows it.
        let image = attach(at, &page, "cooperation", "tanda tangan.png", PNG).await.done();
        let (one, file) = address(&page, &image);
        assert!(at.guest().get(&one).await.text().contains(&format!("<img src=\"{file}\"")));
        assert_eq!(header(&at.guest().get(&file).await, "content-security-policy"), "sandbox; default-src 'none'");
        assert!(at.guest().get(&page).await.text().contains(&format!("<img src=\"{file}\"")));
        assert!(at.guest().get(&format!("{page}/documents")).await.seen().contains("MSP"));
    }
}

story! {
    /// What a browser would run as a page is refused, what may act is only saved, and a name is a text.
    a_hostile_file_harms_nobody, |at| async {
        let (page, _) = cooperation(at).await;
        let refused = attach(at, &page, "cooperation", "logo.svg", SVG).await;
        assert_eq!((refused.status, refused.refused().as_str()), (422, "web.file_not_taken"));
        let refused = attach(at, &page, "cooperation", "logo.png", SVG).await;
        assert_eq!(refused.refused(), "web.file_not_taken");
        let refused = attach(at, &page, "cooperation", "MoU.png", PDF).await;
        assert_eq!(refused.refused(), "web.file_not_its_name");
        assert!(refused.text().contains("its content is PDF"), "{}", refused.text());
        assert_eq!(files(at), 0, "nothing is left of what was refused");

        let name = "../../etc/<script>alert(1)</script>.pdf";
        let document = attach(at, &page, "cooperation", name, PDF_WITH_SCRIPT).await.done();
        let (one, file) = address(&page, &document);
        let shown = at.guest().get(&one).await;
        assert!(shown.seen().contains("can act by itself"), "{}", shown.seen());
        assert!(!shown.text().contains("<script>alert") && !shown.text().contains("etc/"), "{}", shown.text());
        let answer = at.guest().get(&file).await;
        assert!(header(&answer, "content-disposition").starts_with("attachment; "));
        assert_eq!(header(&answer, "content-security-policy"), "sandbox; default-src 'none'");
        assert_eq!(answer.body, PDF_WITH_SCRIPT, "the original is what was sent");

        for role in [Role::PartnerReader, Role::Teller, Role::VillageOfficer] {
            let id = EntryId::new().to_string();
            let answer = at.as_role(role).upload(&format!("{page}/documents"), "a.pdf", PDF, &[("id", &id)]).await;
            assert_eq!(answer.refused(), "web.not_yours", "{role:?}");
        }
    }
}

story! {
    /// A file of a hundred megabytes and one byte is refused as soon as that is known.
    a_file_that_is_too_large_is_refused_early_and_leaves_nothing, |at| async {
        let (page, _) = cooperation(at).await;
        let officer = at.as_role(Role::CooperationOfficer);
        let announced = officer.announce(&format!("{page}/documents"), 200 << 20).await;
        assert_eq!((announced.status, announced.refused().as_str()), (413, "web.attachment_too_large"));
        let mut large = PDF.to_vec();
        large.resize((100 << 20) + 1, b' ');
        let answer = attach(at, &page, "cooperation", "scan.pdf", &large).await;
        assert_eq!((answer.status, answer.refused().as_str()), (413, "web.attachment_too_large"));
        assert_eq!(files(at), 0);
        large.truncate(3 << 20);
        attach(at, &page, "cooperation", "scan.pdf", &large).await.done();
        assert_eq!(files(at), 1);
    }
}

story! {
    /// The same scan belongs to the memorandum and to the cooperation: two documents, one file.
    the_same_file_is_kept_once, |at| async {
        let (page, paper) = cooperation(at).await;
        let about = format!("paper:{paper}");
        let first = attach(at, &page, &about, "MSP.pdf", PDF).await.done();
        let second = attach(at, &page, "cooperation", "lain.pdf", PDF).await.done();
        assert_eq!(first["sha256"], second["sha256"]);
        assert_eq!(files(at), 1);
        assert_eq!(attach(at, &page, &about, "MSP.pdf", PDF).await.refused(), "documents.attached_before");
        let elsewhere = format!("paper:{}", EntryId::new());
        assert_eq!(attach(at, &page, &elsewhere, "MSP.pdf", PNG).await.refused(), "web.file_not_its_name");
        assert_eq!(attach(at, &page, &elsewhere, "MSP.png", PNG).await.refused(), "documents.no_paper");
        let nothing = format!("entry:{}", EntryId::new());
        assert_eq!(attach(at, &page, &nothing, "MSP.png", PNG).await.refused(), "documents.no_entry");
        // Evidence for an entry that is here; the form sent twice counts once.
        let evidence = format!("entry:{}", first["document"].as_str().expect("an id"));
        let (id, officer) = (EntryId::new().to_string(), at.as_role(Role::CooperationOfficer));
        let fields = [("id", id.as_str()), ("about", evidence.as_str())];
        let path = format!("{page}/documents");
        let sent = officer.upload(&path, "bukti.png", PNG, &fields).await.done();
        assert_eq!((sent["title"].as_str(), officer.upload(&path, "bukti.png", PNG, &fields).await.done()), (Some("bukti.png"), sent.clone()));
        assert_eq!(officer.upload(&path, "bukti.pdf", PDF, &fields).await.refused(), "journal.other_content");
        let id = EntryId::new().to_string();
        for (pages, title, code) in [("0", "", "documents.pages_wrong"), ("", "x", "documents.too_long")] {
            let title = title.repeat(201);
            let fields = [("id", id.as_str()), ("pages", pages), ("title", title.as_str())];
            assert_eq!(officer.upload(&path, "lain.png", PNG, &fields).await.refused(), code);
        }
        assert_eq!(officer.upload(&path, "kosong.png", b"", &[("id", &id)]).await.refused(), "web.no_file");
    }
}

story! {
    /// A teller looks at a cooperation: the menu leads to the banks of the village and never into a bank that is none.
    the_menu_on_a_cooperation_leads_into_no_bank, |at| async {
        let (page, _) = cooperation(at).await;
        let book = page.rsplit('/').next().expect("a book");
        for path in [page.clone(), format!("{page}/documents")] {
            let text = at.as_role(Role::Teller).get(&path).await.text();
            assert!(!text.contains(&format!("/waste/{book}")), "{path}");
        }
    }
}

story! {
    /// A step of the law is passed with the scan of its paper, and the list of steps leads to it.
    a_step_is_passed_with_the_scan_of_its_paper, |at| async {
        let (page, _) = cooperation(at).await;
        let officer = at.as_role(Role::CooperationOfficer);
        let pass = format!("{page}/stages/pass");
        let step = |id: String, step: &'static str, document: String| {
            vec![("id", id), ("track", "kr".into()), ("step", step.into()), ("document", document)]
        };
        let send = async |fields: Vec<(&str, String)>| {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            officer.send(&pass, &fields).await
        };
        let id = || EntryId::new().to_string();
        send(step(id(), "exploration", String::new())).await.done();
        let document = attach(at, &page, "cooperation", "LoI.pdf", PDF).await.done();
        let (one, _) = address(&page, &document);
        assert_eq!(send(step(id(), "intent", id())).await.refused(), "documents.no_document");
        let document = document["document"].as_str().expect("an id").to_owned();
        let passed = send(step(id(), "intent", document.clone())).await.done();
        assert_eq!(passed["tracks"][1]["steps"][1]["paper"], "Naskah asli");
        assert_eq!(passed["tracks"][1]["steps"][1]["document"], document.as_str());
        assert!(at.guest().get(&format!("{page}/stages")).await.text().contains(&format!("href=\"{one}\"")));
    }
}

story! {
    /// A scan with an identity card on it was attached by mistake: it is taken back, and nobody gets it any more.
    a_document_is_taken_back, |at| async {
        let (page, _) = cooperation(at).await;
        let document = attach(at, &page, "cooperation", "MSP.pdf", PDF).await.done();
        let (one, file) = address(&page, &document);
        let officer = at.as_role(Role::CooperationOfficer);
        let back = format!("{one}/take-back");
        let id = EntryId::new().to_string();
        assert_eq!(officer.send(&back, &[("id", &id)]).await.refused(), "journal.no_reason");
        officer.send(&back, &[("id", &id), ("reason", "A wrong scan")]).await.done();
        let id = EntryId::new().to_string();
        let again = officer.send(&back, &[("id", &id), ("reason", "A wrong scan")]).await;
        assert_eq!(again.refused(), "documents.no_document");
        assert_eq!(at.guest().json(&one).await.refused(), "documents.no_document");
        assert_eq!(at.guest().json(&file).await.refused(), "documents.no_document");
        assert_eq!(at.guest().json(&format!("{page}/documents")).await.data()["documents"], serde_json::json!([]));
        attach(at, &page, "cooperation", "MSP.pdf", PDF).await.done();
        assert_eq!(at.guest().get(&file).await.status, 200);
    }
}

story! {
    /// The file of a document is gone from the disk: the page says so, and nothing else fails.
    a_document_whose_file_is_missing_says_so, |at| async {
        let (page, _) = cooperation(at).await;
        let document = attach(at, &page, "cooperation", "MSP.pdf", PDF).await.done();
        let (one, file) = address(&page, &document);
        let sha256 = document["sha256"].as_str().expect("a hash");
        let path = at.folder().join("blobs").join(&sha256[..2]).join(&sha256[2..]);
        let bytes = std::fs::read(&path).expect("reads");
        std::fs::remove_file(&path).expect("removed");
        assert!(at.guest().get(&one).await.seen().contains("not on this site at the moment"));
        assert_eq!(at.guest().json(&file).await.refused(), "web.file_missing");
        let page = at.guest().get(&page).await;
        assert_eq!(page.status, 200);
        assert!(page.seen().contains("The file is missing on this site"), "{}", page.seen());
        std::fs::write(&path, bytes).expect("put back");
    }
}
