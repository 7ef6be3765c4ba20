//! Workbooks: any bytes, and any XML as their parts.

use std::io::{Cursor, Write};

use heatpack::load::workbook::sheet_csv;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// What parts the sheet, the texts, the styles and the list of sheets from one another.
const MARK: &[u8] = b"\n===\n";

/// How long a sheet may be as CSV.
const LONGEST: usize = 1 << 20;

const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Any bytes as a workbook, and as its parts.
pub fn workbook(input: &[u8]) {
    read(input);
    let mut parts = Vec::new();
    let mut rest = input;
    while let Some(at) = rest.windows(MARK.len()).position(|own| own == MARK).filter(|_| parts.len() < 3) {
        parts.push(&rest[..at]);
        rest = &rest[at + MARK.len()..];
    }
    parts.push(rest);
    parts.resize(4, b"");
    let relation =
        |id: &str, kind: &str, to: &str| format!("<Relationship Id='{id}' Type='{RELATION}/{kind}' Target='{to}'/>");
    let whole = |list: &str| format!("<Relationships>{list}</Relationships>").into_bytes();
    let own = [("r1", "worksheet", "s.xml"), ("r2", "sharedStrings", "t.xml"), ("r3", "styles", "f.xml")];
    let list: String = own.iter().map(|(id, kind, to)| relation(id, kind, to)).collect();
    let sheets = match parts[3] {
        b"" => &b"<workbook><sheets><sheet name='A' r:id='r1'/></sheets></workbook>"[..],
        own => own,
    };
    let files = [
        ("_rels/.rels", &whole(&relation("r1", "officeDocument", "xl/b.xml"))[..]),
        ("xl/_rels/b.xml.rels", &whole(&list)),
        ("xl/b.xml", sheets),
        ("xl/s.xml", parts[0]),
        ("xl/t.xml", parts[1]),
        ("xl/f.xml", parts[2]),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in files {
        archive.start_file(name, stored).expect("a file");
        archive.write_all(bytes).expect("its bytes");
    }
    read(&archive.finish().expect("an archive").into_inner());
}

/// What is read is a table of text, and what is not has a reason and advice in a line each.
fn read(bytes: &[u8]) {
    for name in [None, Some("A")] {
        match sheet_csv(bytes, name, b',', LONGEST) {
            Ok(csv) => {
                let text = std::str::from_utf8(&csv).expect("UTF-8");
                assert!(!text.is_empty() && text.len() <= LONGEST, "{} bytes", text.len());
                assert_eq!(text.matches('"').count() % 2, 0, "a quote is open: {text}");
            }
            Err(error) => assert!(!error.to_string().is_empty() && !error.help().is_empty()),
        }
    }
}
