//! A workbook (.xlsx) → one of its sheets as CSV: what the cells show, with blank rows in their places.

mod error;
mod parts;
mod scan;
mod shown;

use std::collections::BTreeMap;

use quick_xml::events::Event;

pub use error::WorkbookError;

use super::nitc_layout::letters;
use error::{MOST_COLUMNS, MOST_ROWS};
use parts::{Budget, Part, Parts, attribute};
use shown::NumberFormat;

/// How many sheets are looked into for the one that has cells.
const MOST_SHEETS: usize = 64;

/// How an encrypted workbook names its content, in UTF-16.
const ENCRYPTED: &str = "EncryptedPackage";

/// A sheet of a workbook.
struct Sheet {
    name: String,
    part: String,
    is_hidden: bool,
}

/// The texts that cells share, one after the other.
#[derive(Default)]
struct Texts {
    text: String,
    ends: Vec<usize>,
}

/// What the cells of every sheet refer to.
#[derive(Default)]
struct Shared {
    texts: Texts,
    formats: Vec<NumberFormat>,
    is_1904: bool,
}

/// The sheet of that name as CSV in UTF-8; without a name the only one that has cells. `most` bounds the bytes of the CSV.
pub fn sheet_csv(bytes: &[u8], name: Option<&str>, delimiter: u8, most: usize) -> Result<Vec<u8>, WorkbookError> {
    if !bytes.starts_with(b"PK") {
        let encrypted: Vec<u8> = ENCRYPTED.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let is_encrypted = memchr::memmem::find(bytes, &encrypted).is_some();
        let older = WorkbookError::Other("an Excel workbook of the older kind (.xls)");
        return Err(if is_encrypted { WorkbookError::Encrypted } else { older });
    }
    let mut parts = Parts::open(bytes)?;
    let mut shared = Shared::default();
    let sheets = sheets(&mut parts, &mut shared)?;
    let part = chosen(&mut parts, &sheets, name)?;
    let part = parts.part(part)?.ok_or_else(|| WorkbookError::Damaged("a sheet is missing".to_owned()))?;
    rows(part, &shared, delimiter, most)
}

/// The sheets with cells, in their order; and what their cells refer to.
fn sheets(parts: &mut Parts, shared: &mut Shared) -> Result<Vec<Sheet>, WorkbookError> {
    let root = relations(parts, "_rels/.rels", "")?;
    let book = root.into_values().find(|relation| relation.kind == "officeDocument").map(|relation| relation.part);
    let Some(book) = book.filter(|book| book.ends_with(".xml") && parts.has(book)) else {
        return Err(WorkbookError::Other(other(parts)));
    };
    let (folder, file) = book.rsplit_once('/').unwrap_or(("", &book));
    let relations = relations(parts, &format!("{folder}/_rels/{file}.rels"), folder)?;
    let of_kind = |kind: &str| relations.values().find(|own| own.kind == kind).map(|own| own.part.clone());
    if let Some(part) = of_kind("styles") {
        shared.formats = formats(parts, &part)?;
    }
    if let Some(part) = of_kind("sharedStrings") {
        shared.texts = texts(parts, &part)?;
    }
    let mut sheets = Vec::new();
    let Some(mut part) = parts.part(&book)? else { return Ok(sheets) };
    let budget = part.budget;
    loop {
        match part.advance()? {
            Event::Start(tag) if tag.local_name().as_ref() == "workbookPr" => {
                shared.is_1904 = attribute(&tag, "date1904").is_some_and(|value| matches!(&*value, "1" | "true"));
            }
            Event::Start(tag) if tag.local_name().as_ref() == "sheet" => {
                let (Some(name), Some(id)) = (attribute(&tag, "name"), attribute(&tag, "id")) else { continue };
                let relation = relations.get(&*id).filter(|own| own.kind == "worksheet");
                let is_hidden = attribute(&tag, "state").is_some_and(|state| state != "visible");
                let name = name.into_owned();
                budget.keep(200 + name.len())?;
                sheets.extend(relation.map(|own| Sheet { name, part: own.part.clone(), is_hidden }));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(sheets)
}

/// What an archive is that is not such a workbook.
fn other(parts: &Parts) -> &'static str {
    if parts.has("xl/workbook.bin") {
        "a binary Excel workbook (.xlsb)"
    } else if parts.has("content.xml") && parts.has("mimetype") {
        "an OpenDocument spreadsheet"
    } else {
        "a ZIP archive, not an Excel workbook"
    }
}

/// The part of the sheet of that name, or of the only one that has cells.
fn chosen<'s>(parts: &mut Parts, sheets: &'s [Sheet], name: Option<&str>) -> Result<&'s str, WorkbookError> {
    let names = |sheets: &[&Sheet]| sheets.iter().map(|sheet| sheet.name.clone()).collect::<Vec<_>>();
    let visible: Vec<&Sheet> = sheets.iter().filter(|sheet| !sheet.is_hidden).collect();
    if let Some(name) = name {
        let exact = sheets.iter().find(|sheet| sheet.name == name);
        let found = exact.or_else(|| sheets.iter().find(|sheet| sheet.name.to_lowercase() == name.to_lowercase()));
        let missing = || WorkbookError::Missing { name: name.to_owned(), sheets: names(&visible) };
        return found.map(|sheet| sheet.part.as_str()).ok_or_else(missing);
    }
    if let [only] = visible.as_slice() {
        return Ok(&only.part);
    }
    let mut filled = Vec::new();
    for sheet in visible.iter().take(MOST_SHEETS) {
        if parts.part(&sheet.part)?.map(has_cells).transpose()? == Some(true) {
            filled.push(*sheet);
        }
    }
    match filled.as_slice() {
        [only] if visible.len() <= MOST_SHEETS => Ok(&only.part),
        [] if visible.len() <= MOST_SHEETS => Err(WorkbookError::Empty),
        several => Err(WorkbookError::Several(names(if visible.len() > MOST_SHEETS { &visible } else { several }))),
    }
}

/// Whether a sheet has a cell with a value.
fn has_cells(mut part: Part) -> Result<bool, WorkbookError> {
    loop {
        match part.advance()? {
            Event::Start(tag) if matches!(tag.local_name().as_ref(), "v" | "is") => return Ok(true),
            Event::End(tag) if tag.local_name().as_ref() == "sheetData" => return Ok(false),
            Event::Eof => return Ok(false),
            _ => {}
        }
    }
}

/// A part that another one refers to: its kind, the last word of its type, and its name.
struct Relation {
    kind: String,
    part: String,
}

/// What a part refers to, by the ids of the references. `folder` is that of the part.
fn relations(parts: &mut Parts, name: &str, folder: &str) -> Result<BTreeMap<String, Relation>, WorkbookError> {
    let mut relations = BTreeMap::new();
    let Some(mut part) = parts.part(name.trim_start_matches('/'))? else { return Ok(relations) };
    let budget = part.budget;
    loop {
        match part.advance()? {
            Event::Start(tag) if tag.local_name().as_ref() == "Relationship" => {
                let value = |name: &str| attribute(&tag, name).map(|value| value.into_owned());
                if let (Some(id), Some(kind), Some(target)) = (value("Id"), value("Type"), value("Target")) {
                    let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                    let part = match target.strip_prefix('/') {
                        Some(whole) => whole.to_owned(),
                        None if folder.is_empty() => target,
                        None => format!("{folder}/{target}"),
                    };
                    budget.keep(200 + id.len() + kind.len() + part.len())?;
                    relations.insert(id, Relation { kind, part });
                }
            }
            Event::Eof => return Ok(relations),
            _ => {}
        }
    }
}

/// The number format of each style of cells.
fn formats(parts: &mut Parts, name: &str) -> Result<Vec<NumberFormat>, WorkbookError> {
    let (mut codes, mut formats, mut is_of_cells) = (BTreeMap::new(), Vec::new(), false);
    let Some(mut part) = parts.part(name)? else { return Ok(formats) };
    let budget = part.budget;
    loop {
        match part.advance()? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "numFmt" => {
                    let id = attribute(&tag, "numFmtId").and_then(|id| id.parse::<u32>().ok());
                    if let (Some(id), Some(code)) = (id, attribute(&tag, "formatCode")) {
                        let format = NumberFormat::of_code(&code);
                        budget.keep(200 + code.len())?;
                        codes.insert(id, format);
                    }
                }
                "cellXfs" => is_of_cells = true,
                "xf" if is_of_cells => {
                    let id = attribute(&tag, "numFmtId").and_then(|id| id.parse::<u32>().ok()).unwrap_or(0);
                    budget.keep(100)?;
                    formats.push(codes.get(&id).cloned().unwrap_or_else(|| NumberFormat::built_in(id)));
                }
                _ => {}
            },
            Event::End(tag) if tag.local_name().as_ref() == "cellXfs" => is_of_cells = false,
            Event::Eof => return Ok(formats),
            _ => {}
        }
    }
}

/// The texts that cells share.
fn texts(parts: &mut Parts, name: &str) -> Result<Texts, WorkbookError> {
    let mut texts = Texts::default();
    let Some(mut part) = parts.part(name)? else { return Ok(texts) };
    loop {
        let is_text = match part.advance()? {
            Event::Start(tag) => tag.local_name().as_ref() == "si",
            Event::Eof => return Ok(texts),
            _ => false,
        };
        if is_text {
            let text = unescaped(part.text()?);
            part.budget.keep(text.len() + size_of::<usize>())?;
            texts.text.push_str(&text);
            texts.ends.push(texts.text.len());
        }
    }
}

impl Texts {
    fn get(&self, at: usize) -> Option<&str> {
        let end = *self.ends.get(at)?;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text.get(start..end)
    }
}

/// A text without Excel's way to write characters that XML lacks: `_x000D_`.
fn unescaped(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let (mut plain, mut rest) = (String::with_capacity(text.len()), text.as_str());
    while let Some(at) = rest.find("_x") {
        let (before, found) = rest.split_at(at);
        plain.push_str(before);
        let digits = found.get(2..6).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let letter = digits.filter(|_| found.as_bytes().get(6) == Some(&b'_'));
        match letter.and_then(|digits| char::from_u32(u32::from_str_radix(digits, 16).ok()?)) {
            Some(letter) => {
                plain.push(letter);
                rest = &found[7..];
            }
            None => {
                plain.push_str("_x");
                rest = &found[2..];
            }
        }
    }
    plain + rest
}

/// The rows of a sheet as CSV.
fn rows(mut part: Part, shared: &Shared, delimiter: u8, most: usize) -> Result<Vec<u8>, WorkbookError> {
    let mut table = Table { csv: Vec::new(), cells: Vec::new(), written: 0, row: 0, delimiter, most };
    let (budget, mut column) = (part.budget, 0);
    loop {
        let (is_row, place, style, kind) = match part.advance()? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "row" => (true, attribute(&tag, "r").map(|place| place.into_owned()), None, None),
                "c" => {
                    let value = |name: &str| attribute(&tag, name).map(|value| value.into_owned());
                    (false, value("r"), value("s"), value("t"))
                }
                _ => continue,
            },
            Event::End(tag) if tag.local_name().as_ref() == "row" => {
                table.end_row(budget)?;
                continue;
            }
            Event::End(tag) if tag.local_name().as_ref() == "sheetData" => break,
            Event::Eof => break,
            _ => continue,
        };
        if is_row {
            let number = place.and_then(|place| place.parse::<usize>().ok());
            table.begin_row(number.unwrap_or(table.row + 1))?;
            column = 0;
            continue;
        }
        let at = place.as_deref().and_then(column_of).unwrap_or(column);
        column = at + 1;
        let style = style.and_then(|style| style.parse::<usize>().ok()).unwrap_or(0);
        let text = cell(&mut part, kind.as_deref(), shared, style)?;
        table.cell(at, text, budget)?;
    }
    if table.csv.is_empty() { Err(WorkbookError::Empty) } else { Ok(table.csv) }
}

/// What a cell shows; the part is behind its opening tag.
fn cell(part: &mut Part, kind: Option<&str>, shared: &Shared, style: usize) -> Result<String, WorkbookError> {
    let mut shown = String::new();
    loop {
        let (is_value, is_inline) = match part.advance()? {
            Event::Start(tag) => (tag.local_name().as_ref() == "v", tag.local_name().as_ref() == "is"),
            Event::End(tag) if tag.local_name().as_ref() == "c" => return Ok(shown),
            Event::Eof => return Err(WorkbookError::Damaged("a sheet ends too early".to_owned())),
            _ => continue,
        };
        let raw = part.text()?;
        // A formula: its last result is the value.
        if !is_value && !is_inline {
            continue;
        }
        shown = match kind {
            _ if is_inline => unescaped(raw),
            Some("s") => raw.trim().parse().ok().and_then(|at| shared.texts.get(at)).unwrap_or_default().to_owned(),
            Some("b") => if raw.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned(),
            Some("str") => unescaped(raw),
            Some("d") => raw.replacen('T', " ", 1),
            Some("e" | "inlineStr") => raw,
            _ => shared.formats.get(style).unwrap_or(&NumberFormat::General).shown(&raw, shared.is_1904),
        };
    }
}

/// The CSV that is being written.
struct Table {
    csv: Vec<u8>,
    /// The cells of the row that is being read.
    cells: Vec<String>,
    /// How many rows are written, blank ones too.
    written: usize,
    row: usize,
    delimiter: u8,
    most: usize,
}

impl Table {
    fn begin_row(&mut self, number: usize) -> Result<(), WorkbookError> {
        if number <= self.row {
            return Err(WorkbookError::Damaged(format!("row {number} comes after row {}", self.row)));
        }
        self.row = number;
        self.cells.clear();
        Ok(())
    }

    fn cell(&mut self, at: usize, text: String, budget: &Budget) -> Result<(), WorkbookError> {
        // A spreadsheet that opened text in UTF-8 may have kept its byte-order mark.
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        if text.is_empty() {
            return Ok(());
        }
        if at >= MOST_COLUMNS {
            return Err(WorkbookError::Columns { row: self.row, column: letters(at) });
        }
        if self.row > MOST_ROWS {
            return Err(WorkbookError::Rows(self.row));
        }
        if self.cells.len() <= at {
            self.cells.resize(at + 1, String::new());
        }
        budget.keep(text.len())?;
        self.cells[at] = text;
        Ok(())
    }

    fn end_row(&mut self, budget: &Budget) -> Result<(), WorkbookError> {
        if self.cells.is_empty() {
            return Ok(());
        }
        // The text was counted as it was read.
        let before = self.csv.len() + self.cells.iter().map(String::len).sum::<usize>();
        while self.written + 1 < self.row {
            self.csv.extend(b"\r\n");
            self.written += 1;
        }
        for (at, cell) in self.cells.drain(..).enumerate() {
            if at > 0 {
                self.csv.push(self.delimiter);
            }
            let text = cell.replace("\r\n", "\n").replace('\r', "\n");
            let is_special = |byte: u8| byte == self.delimiter || matches!(byte, b'"' | b'\n');
            if text.bytes().any(is_special) {
                self.csv.push(b'"');
                self.csv.extend(text.replace('"', "\"\"").bytes());
                self.csv.push(b'"');
            } else {
                self.csv.extend(text.bytes());
            }
        }
        self.csv.extend(b"\r\n");
        self.written = self.row;
        budget.keep(self.csv.len().saturating_sub(before))?;
        if self.csv.len() > self.most { Err(WorkbookError::Large(self.most)) } else { Ok(()) }
    }
}

/// The column of a cell's name, the first one being 0: 27 for `AB7`.
fn column_of(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic).take(4);
    let number = letters.fold(0, |all, letter| all * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1);
    number.checked_sub(1)
}
