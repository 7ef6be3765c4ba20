//! Workbooks: what a pack's holds, and what is read of NITC's and of another tracker's.

use std::io::{Cursor, Read, Write};

use heatpack::load::workbook::sheet_csv;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use crate::support::{Project, Run, run, sample};

const AS_OF: &str = "2026-11-18 09:00";

/// A project with a ticket that is with NITC, whose title a spreadsheet would take for a formula.
fn project() -> Project {
    Project::of(&[
        (
            "staff.yaml",
            "- {id: tnguyen, name: Taylor Nominal, office: help-desk}\n- {id: rpatel, name: Robin Pattern, office: nitc}\n",
        ),
        ("subjects.yaml", "- {id: scorecard, name: Scorecard, kind: module}\n"),
        (
            "pocs/pat.yaml",
            "id: pat\nname: Pat Sample\nemail: pat@example.org\ndesignations:\n  \
             - {subject: scorecard, role: primary, from: 2025-10-01}\n",
        ),
        (
            "tickets/2026/HEAT-1.yaml",
            "id: HEAT-1\ntitle: \"=1+1\"\nsubject: scorecard\nkind: issue\narea: functional\npoc: pat\n\
             received: 2026-11-16 09:14\nvia: [phone]\ndescription: It fails.\nlog:\n  \
             - {at: 2026-11-16 10:00, event: follow-up, by: tnguyen}\n  \
             - {at: 2026-11-16 11:00, event: forwarded, by: tnguyen}\n",
        ),
    ])
}

/// The text of a part of a workbook.
fn part(book: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).expect("an archive");
    let mut text = String::new();
    archive.by_name(name).expect("the part").read_to_string(&mut text).expect("XML");
    text
}

fn read(book: &[u8], sheet: Option<&str>) -> Result<String, String> {
    let read = sheet_csv(book, sheet, b',', 1 << 20).map_err(|error| error.to_string());
    read.map(|csv| String::from_utf8(csv).expect("UTF-8"))
}

#[test]
fn a_text_longer_than_a_cell_is_cut() {
    let project = project();
    let path = "data/tickets/2026/HEAT-1.yaml";
    let long = "\u{1f600}".repeat(20_000);
    project.write(path, project.read(path).replace("It fails.", &long));
    let book = project.run(&["pack", "weekly", "--as-of", AS_OF, "--format", "xlsx"]).ended(0).out;
    let strings = part(&book, "xl/sharedStrings.xml");
    assert_eq!(strings.matches('\u{1f600}').count(), 16_383, "Excel's limit is 32,767 units of UTF-16");
}

#[test]
fn a_packs_workbook_has_its_lists_as_tables() {
    let project = project();
    let pack = |format: &str| project.run(&["pack", "weekly", "--as-of", AS_OF, "--format", format]).ended(0).out;
    let book = pack("xlsx");
    assert_eq!(book, pack("xlsx"), "the same pack has the same bytes");
    let sheets = part(&book, "xl/workbook.xml");
    for (at, name) in ["Outstanding", "Closed", "Deadlines", "Change requests", "Action items"].iter().enumerate() {
        assert!(sheets.contains(&format!("<sheet name=\"{name}\" sheetId=\"{}\"", at + 1)), "{sheets}");
        let table = part(&book, &format!("xl/tables/table{}.xml", at + 1));
        assert!(table.contains(&format!("displayName=\"{}\"", name.replace(" r", "R").replace(" i", "I"))), "{table}");
        assert!(table.contains("<autoFilter"), "{table}");
        let sheet = part(&book, &format!("xl/worksheets/sheet{}.xml", at + 1));
        assert!(sheet.contains("topLeftCell=\"B2\"") && sheet.contains("state=\"frozen\""), "{sheet}");
        assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "no cell is a formula: {sheet}");
    }
    let styles = part(&book, "xl/styles.xml");
    assert!(styles.contains("formatCode=\"mmm d, yyyy\"") && styles.contains("quotePrefix=\"1\""), "{styles}");
    let properties = part(&book, "docProps/core.xml");
    assert!(properties.contains("2026-11-18T09:00:00Z") && !properties.contains("2025"), "{properties}");
    let rows = read(&book, Some("Outstanding")).expect("the sheet");
    let row = "HEAT-1,=1+1,Scorecard,issue,functional,Pat Sample,2026-11-16 09:14,new,with NITC,NITC,2,2026-11-16,";
    assert!(rows.contains(row), "{rows}");
    assert!(read(&book, Some("Closed")).expect("the sheet").contains("No tickets closed in the period."));
    // A dash would not come to a terminal's mind: the ending says the format as well.
    project.run(&["pack", "monthly", "--as-of", AS_OF, "-o", "group.xlsx"]).ended(0);
    assert!(std::fs::read(project.root().join("group.xlsx")).expect("a file").starts_with(b"PK"));
}

#[test]
fn the_workbook_has_the_tickets_of_the_csv() {
    let root = sample();
    for (kind, on) in [("weekly", "2026-11-18"), ("monthly", "2026-10-08"), ("weekly", "2026-03-18")] {
        let pack = |format: &str| run(&root, &["pack", kind, "--on", on, "--format", format]).ended(0).out;
        let (csv, book) = (String::from_utf8(pack("csv")).expect("UTF-8"), pack("xlsx"));
        let ids = |text: &str| -> Vec<String> {
            let mut reader =
                csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
            reader.records().map(|row| row.expect("a row")[0].to_owned()).filter(|id| id.starts_with("HEAT-")).collect()
        };
        let mut both = ids(&read(&book, Some("Outstanding")).expect("the sheet"));
        let closed = ids(&read(&book, Some("Closed")).expect("the sheet"));
        assert!(!both.is_empty());
        both.extend(closed);
        both.sort();
        both.dedup();
        let mut wanted = ids(&csv);
        wanted.sort();
        assert_eq!(both, wanted, "{kind} {on}");
    }
}

#[test]
fn the_site_has_the_workbook_of_each_pack() {
    let project = project();
    project.run(&["build", "--as-of", AS_OF]).ended(0);
    let index = project.read("output/index.html");
    assert!(index.contains("weekly/2026-11-18/weekly-2026-11-18.xlsx"), "{index}");
    let book = std::fs::read(project.root().join("output/weekly/2026-11-18/weekly-2026-11-18.xlsx")).expect("a file");
    assert!(read(&book, Some("Outstanding")).expect("the sheet").contains("HEAT-1"));
}

/// A workbook with one sheet, which `fill` fills.
fn book(fill: impl Fn(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    book.save_to_buffer().expect("a workbook")
}

/// A day with a time, by its serial number.
fn serial(number: f64) -> ExcelDateTime {
    ExcelDateTime::from_serial_datetime(number).expect("a time")
}

/// NITC's report: a title, blank rows, dates, a number with leading zeros, one without, and a text with them.
fn report(sheet: &mut rust_xlsxwriter::Worksheet) {
    let (day, zeros) = (Format::new().set_num_format("m/d/yyyy"), Format::new().set_num_format("00000"));
    sheet.write_string(0, 0, "NITC status, week 47").expect("a cell");
    for (at, heading) in ["Report_Date", "NITC number", "heat_number", "status", "Summary"].iter().enumerate() {
        sheet.write_string(3, at as u16, *heading).expect("a cell");
    }
    sheet.write_datetime_with_format(4, 0, serial(46342.0), &day).expect("a cell");
    sheet.write_number(4, 1, 100_000.0).expect("a cell");
    sheet.write_number_with_format(4, 2, 1.0, &zeros).expect("a cell");
    sheet.write_string(4, 3, "received").expect("a cell");
    sheet.write_string(4, 4, "Slow, \"very\"\nslow").expect("a cell");
    sheet.write_datetime_with_format(6, 0, serial(46342.0), &day).expect("a cell");
    sheet.write_string(6, 1, "00077").expect("a cell");
    sheet.write_formula(6, 3, rust_xlsxwriter::Formula::new("\"in \"&\"work\"").set_result("in work")).expect("a cell");
}

fn import(project: &Project, file: &str, bytes: &[u8], more: &[&str]) -> Run {
    project.write(file, bytes);
    project.run(&[&["import", "nitc", file, "--as-of", AS_OF], more].concat())
}

const CSV: &str = "\"NITC status, week 47\"\r\n\r\n\r\nReport_Date,NITC number,heat_number,status,Summary\r\n\
                   2026-11-16,100000,00001,received,\"Slow, \"\"very\"\"\nslow\"\r\n\r\n2026-11-16,00077,,in work\r\n";

#[test]
fn nitcs_workbook_is_imported_as_csv() {
    let project = project();
    let said = import(&project, "status.xlsx", &book(report), &["--apply", "--by", "rpatel"]).ended(0);
    assert!(said.stdout().starts_with("data/nitc/2026-11-16.csv: imported\n"), "{}", said.stdout());
    assert_eq!(project.read("data/nitc/2026-11-16.csv"), CSV);
    // What NITC sent is kept, in a file that is no record.
    let kept = std::fs::read(project.root().join("data/nitc/.2026-11-16.xlsx")).expect("the workbook");
    assert!(kept == std::fs::read(project.root().join("status.xlsx")).expect("the workbook"));
    project.run(&["check", "--as-of", AS_OF]).ended(0);
    assert!(project.read("data/tickets/2026/HEAT-1.yaml").contains("nitc_ref: 100000"));
    // The same cells are the same report, whatever program wrote them.
    let again = import(&project, "again.xlsx", &book(report), &[]).ended(0);
    assert!(again.stdout().starts_with("data/nitc/2026-11-16.csv: unchanged, imported before\n"), "{}", again.stdout());
    // Rows are named as the spreadsheet has them.
    let wrong = book(|sheet| {
        report(sheet);
        sheet.write_string(6, 3, "lost").expect("a cell");
        sheet.write_number(6, 1, 2.0261116000123456e17).expect("a cell");
    });
    let said = import(&project, "wrong.xlsx", &wrong, &["--replace"]).ended(1);
    assert!(said.stderr.contains("row 7: `lost` is not a status"), "{}", said.stderr);
    assert!(
        said.stderr.contains("row 7: `2.02611E+17` in nitc_number is a number that Excel shortened"),
        "{}",
        said.stderr
    );
}

#[test]
fn of_several_sheets_one_is_named() {
    let project = project();
    let several = |hidden: bool| {
        let mut book = Workbook::new();
        book.add_worksheet().set_name("Notes & plans").expect("a name").write_string(0, 0, "x").expect("a cell");
        report(book.add_worksheet().set_name("Status").expect("a name").set_hidden(hidden));
        book.add_worksheet().set_name("Empty").expect("a name");
        book.save_to_buffer().expect("a workbook")
    };
    let said = import(&project, "status.xlsx", &several(false), &[]).ended(1);
    let told =
        "status.xlsx: the workbook has several sheets: `Notes & plans`, `Status`; name one with `--sheet NAME`\n";
    assert!(said.stderr.contains(told), "{}", said.stderr);
    assert!(!project.root().join("data/nitc").exists());
    import(&project, "status.xlsx", &several(false), &["--sheet", "status"]).ended(0);
    let said = import(&project, "status.xlsx", &several(true), &["--sheet", "State"]).ended(1);
    assert!(said.stderr.contains("has no sheet `State`; it has `Notes & plans`, `Empty`"), "{}", said.stderr);
    // A hidden sheet is read if it is named.
    import(&project, "status.xlsx", &several(true), &["--sheet", "Status"]).ended(0);
    let said = import(&project, "status.csv", b"nitc_number\n", &["--sheet", "Status"]).ended(2);
    assert!(said.stderr.contains("status.csv is not a workbook: omit --sheet"), "{}", said.stderr);
}

/// An archive of these files.
fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a file");
        archive.write_all(text.as_bytes()).expect("its text");
    }
    archive.finish().expect("an archive").into_inner()
}

/// A workbook of hand-written parts: what stands in the sheet, and what in the shared strings.
fn parts(sheet: &str, strings: &str) -> Vec<u8> {
    const TYPE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id='{id}' Type='{TYPE}/{kind}' Target='{target}'/>")
    };
    let relations = |list: String| format!("<Relationships>{list}</Relationships>");
    archive(&[
        ("_rels/.rels", &relations(relation("r1", "officeDocument", "xl/workbook.xml"))),
        (
            "xl/_rels/workbook.xml.rels",
            &relations(
                relation("r1", "worksheet", "/xl/worksheets/sheet1.xml")
                    + &relation("r2", "sharedStrings", "sharedStrings.xml"),
            ),
        ),
        (
            "xl/workbook.xml",
            "<workbook><workbookPr date1904='1'/><sheets><sheet name='A' sheetId='1' r:id='r1'/></sheets></workbook>",
        ),
        (
            "xl/worksheets/sheet1.xml",
            &format!("<?xml version='1.0'?><worksheet><sheetData>{sheet}</sheetData></worksheet>"),
        ),
        ("xl/sharedStrings.xml", &format!("<sst uniqueCount='99999999999999'>{strings}</sst>")),
    ])
}

#[test]
fn cells_are_read_as_they_are_shown() {
    let sheet = "<row r='2'><c r='B2' t='s'><v>1</v></c><c t='inlineStr'><is><r><t>a</t></r><r><t> b</t></r></is></c>\
                 <c r='F2' t='b'><v>1</v></c><c t='e'><v>#N/A</v></c><c t='str'><f>A1</f><v>x_x000D_y</v></c></row>\
                 <row><c t='s'><v>0</v></c><c t='s'><v>9</v></c><c><v>0.1</v></c><c><v>1E-7</v></c><c t='d'><v>2026-11-16T09:00</v></c></row>";
    let strings = "<si><t>&lt;A&amp;B&#33;</t><rPh><t>hint</t></rPh></si><si><t xml:space='preserve'> 007 </t></si>";
    let csv = "\r\n, 007 ,a b,,,TRUE,#N/A,\"x\ny\"\r\n<A&B!,,0.1,0.0000001,2026-11-16 09:00\r\n";
    assert_eq!(read(&parts(sheet, strings), None).as_deref(), Ok(csv));
    assert_eq!(read(&parts("", ""), None), Err("the workbook is empty".to_owned()));
}

#[test]
fn what_is_not_read_says_what_to_do() {
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let compound = |inner: &str| [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", &[0; 504][..], &wide(inner)].concat();
    let row = |number: usize, column: &str| format!("<row r='{number}'><c r='{column}{number}'><v>1</v></c></row>");
    let deep = "<x>".repeat(100);
    let whole = book(report);
    for (bytes, what, help) in [
        (compound("EncryptedPackage"), "the workbook is encrypted with a password", "Encrypt with Password"),
        (
            compound("Workbook"),
            "this is an Excel workbook of the older kind (.xls)",
            "save it as Excel Workbook (.xlsx)",
        ),
        (archive(&[("mimetype", "x"), ("content.xml", "x")]), "this is an OpenDocument spreadsheet", "save it as"),
        (archive(&[("xl/workbook.bin", "x")]), "this is a binary Excel workbook (.xlsb)", "save it as"),
        (archive(&[("a.txt", "x")]), "this is a ZIP archive, not an Excel workbook", "save it as"),
        (whole[..whole.len() / 2].to_vec(), "the workbook is damaged", "save it as"),
        (
            parts(&row(100_001, "A"), ""),
            "the sheet has a cell in row 100001; 100000 rows are read at most",
            "copy the rows",
        ),
        (parts(&row(1, "XFD"), ""), "row 1 has a cell in column XFD; 1000 columns are read at most", "copy the rows"),
        (parts(&(row(2, "A") + &row(1, "A")), ""), "the workbook is damaged: row 1 comes after row 2", "save it as"),
        (parts(&deep, ""), "the workbook is damaged: its XML is nested too deeply", "save it as"),
        (parts("<!-- x -->", ""), "the workbook is damaged: its XML has comments or instructions", "save it as"),
        (parts("", &"x".repeat(300_000)), "the sheet has more text than is read", "copy the rows"),
        (parts("", &"<x></x>".repeat(1_200_000)), "the workbook has more cells than are read", "copy the rows"),
        (
            parts("", &" <x>          </x>".repeat(1_000_000)),
            "the workbook is far larger than its file: more than",
            "copy the rows",
        ),
        (parts("", &"<si/>".repeat(300_000)), "the sheet has more text than is read", "copy the rows"),
        (parts(&"<row><c r='ALL1'><v>1</v></c></row>".repeat(9_000), ""), "the sheet ", "copy the rows"),
    ] {
        let project = project();
        for (command, left) in [
            (&["import", "nitc", "x.xlsx"][..], "the report was not imported"),
            (&["import", "tickets", "x.xlsx", "--map", "map.yaml"], "nothing was written"),
        ] {
            project.write("x.xlsx", &bytes);
            project.write("map.yaml", MAP);
            let said = project.run(&[command, &["--as-of", AS_OF]].concat()).ended(1);
            assert!(said.stderr.starts_with(&format!("x.xlsx: {what}")), "{}", said.stderr);
            assert!(said.stderr.contains(help) && said.stderr.contains(left), "{}", said.stderr);
        }
    }
}

const MAP: &str = "tracker: ServiceNow\ndelimiter: semicolon\nencoding: windows-1252\ntimes: [\"%d.%m.%Y %H:%M\"]\n\
                   number: {column: number, keep: true}\nticket:\n  title: title\n  subject: {default: scorecard}\n  \
                   kind: {default: issue}\n  area: {default: functional}\n  poc: {default: pat}\n  \
                   received: opened\n  via: {default: phone}\n  description: text\n";

#[test]
fn another_trackers_workbook_is_imported() {
    let project = project();
    project.write("map.yaml", MAP);
    let time = Format::new().set_num_format("m/d/yyyy h:mm");
    let export = |sheet: &mut rust_xlsxwriter::Worksheet| {
        for (at, heading) in ["number", "title", "opened", "text"].iter().enumerate() {
            sheet.write_string(0, at as u16, *heading).expect("a cell");
        }
        for (row, number) in [(1, "20001"), (2, "20002"), (4, "20003")] {
            sheet.write_string(row, 0, number).expect("a cell");
            sheet.write_string(row, 1, "Export; \"it\" stops \u{2013} na\u{ef}ve").expect("a cell");
            sheet.write_datetime_with_format(row, 2, serial(46342.375), &time).expect("a cell");
            sheet.write_string(row, 3, "Line 1\nLine 2").expect("a cell");
        }
        sheet.write_string(2, 2, "16.11.2026 10:30").expect("a cell");
        sheet.write_string(4, 2, "yesterday").expect("a cell");
    };
    let import = |file: &str, more: &[&str]| {
        project.run(&[&["import", "tickets", file, "--map", "map.yaml", "--as-of", AS_OF, "--write"], more].concat())
    };
    project.write("export.xlsx", book(export));
    let said = import("export.xlsx", &[]).ended(1);
    assert!(said.stdout().contains("`yesterday`") && said.stdout().contains("row 5"), "{}", said.stdout());
    import("export.xlsx", &["--partial"]).ended(1);
    let one = project.read("data/tickets/2026/HEAT-20001.yaml");
    assert!(one.contains("received: 2026-11-16 09:00") && one.contains("\u{2013} na\u{ef}ve"), "{one}");
    assert!(project.read("data/tickets/2026/HEAT-20002.yaml").contains("received: 2026-11-16 10:30"));
    // The skipped row is a true date once it is corrected, and the same map imports it.
    let left = project.read("export-left-out.csv");
    assert!(left.contains("yesterday"), "{left}");
    project.write("export-left-out.csv", left.replace("yesterday", "2026-11-16 11:45"));
    import("export-left-out.csv", &[]).ended(0);
    assert!(project.read("data/tickets/2026/HEAT-20003.yaml").contains("received: 2026-11-16 11:45"));
    let said = import("export.xlsx", &["--sheet", "Sheet2"]).ended(1);
    assert!(said.stderr.contains("the workbook has no sheet `Sheet2`; it has `Sheet1`"), "{}", said.stderr);
}
