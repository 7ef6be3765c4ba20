#!/usr/bin/env python3
"""Workbooks between heatpack and other programs: LibreOffice shows the cells of a pack's workbook as they were written,
openpyxl reads its tables, frozen heads and types, and what both of them write is imported.

Usage: tests/sheets/run.py [path of the heatpack binary]
Needs soffice (Debian: libreoffice-calc-nogui) and openpyxl (PyPI; run.sh installs both).
"""
import csv
import datetime
import io
import json
import pathlib
import subprocess
import sys
import tempfile

import openpyxl

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEATPACK = str(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "target/debug/heatpack").resolve())
SHEETS = ["Outstanding", "Closed", "Deadlines", "Change requests", "Action items"]
# Text as CSV, commas, double quotes, UTF-8, cells as shown, every sheet.
AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true,true,false,false,-1"
ODD = ["=1+1", "+1", "-1", "@SUM(A1)", "'quoted", "00077", "1E+05", "a,b;\"c\"", "\u6f22\u5b57 \U0001f600 na\u00efve", "_x0041_", "2026-11-16", "TRUE", "&amp; <b>"]


def run(*arguments, folder=ROOT, status=0):
    ran = subprocess.run([HEATPACK, *arguments], cwd=folder, capture_output=True)
    assert ran.returncode == status, (arguments, ran.returncode, ran.stdout.decode(), ran.stderr.decode())
    return ran


def soffice(to, file, out, *more):
    profile = f"-env:UserInstallation=file://{out}/profile"
    subprocess.run(["soffice", profile, "--headless", *more, "--convert-to", to, "--outdir", str(out), str(file)], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)


def shown(value, form):
    """A cell as its format shows it."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        day = f"{value:%b} {value.day}, {value.year}"
        if form == "mmm d, yyyy":
            return day
        assert form == "mmm d, yyyy h:mm AM/PM", form
        return f"{day} {value.hour % 12 or 12}:{value:%M %p}"
    return str(value)


def check_book(path, pack, work):
    """Tables, heads and types by openpyxl, and the same cells by LibreOffice."""
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == SHEETS, book.sheetnames
    soffice(AS_CSV, path, work)
    dates = 0
    for sheet in book:
        assert sheet.freeze_panes == "B2", sheet.freeze_panes
        (table,) = sheet.tables.values()
        assert table.ref == sheet.dimensions and table.autoFilter.ref == table.ref, (table.ref, sheet.dimensions)
        assert [column.name for column in table.tableColumns] == [cell.value for cell in sheet[1]]
        assert all(sheet.column_dimensions[cell.column_letter].width >= 9 for cell in sheet[1])
        cells = []
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n", "d"), (cell.coordinate, cell.data_type)
                dates += cell.data_type == "d"
            cells.append([shown(cell.value, cell.number_format) for cell in row])
        with open(work / f"{path.stem}-{sheet.title}.csv", newline="") as file:
            converted = list(csv.reader(file))
        assert converted == cells, next((a, b) for a, b in zip(converted, cells) if a != b)
    assert dates > 0

    def column(sheet, heading):
        rows = list(book[sheet].iter_rows(values_only=True))
        return [row[rows[0].index(heading)] for row in rows[1:]]

    assert column("Outstanding", "Ticket") == [row["id"] for row in pack["outstanding"]]
    assert column("Outstanding", "Age in days") == [row["age_days"] for row in pack["outstanding"]]
    received = [pack["tickets"][row["id"]]["received"][:16].replace("T", " ") for row in pack["outstanding"]]
    assert [f"{value:%Y-%m-%d %H:%M}" for value in column("Outstanding", "Received")] == received
    titles = [pack["tickets"][row["id"]]["title"] for row in pack["outstanding"]]
    assert column("Outstanding", "Title") == titles
    due = [row["next_due"] and row["next_due"]["due"] for row in pack["outstanding"]]
    assert [value and f"{value:%Y-%m-%d}" for value in column("Outstanding", "Next due date")] == due
    assert [value for value in column("Change requests", "Change request") if value.startswith("CR-")] == [row["id"] for row in pack["changes"]]
    listed = [row["id"] for part in ("overdue", "open", "new", "done") for row in pack["actions"][part]]
    assert [value for value in column("Action items", "Number") if value.startswith("A-")] == listed


def project(folder):
    def write(path, text):
        place = folder / "data" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    write("heatpack.yaml", "")
    write("subjects.yaml", "- {id: scorecard, name: Scorecard, kind: module}\n")
    write("staff.yaml", "- {id: tnguyen, name: Taylor Nominal, office: help-desk}\n")
    write("pocs/pat.yaml", "id: pat\nname: Pat Sample\nemail: pat@example.org\ndesignations:\n  - {subject: scorecard, role: primary, from: 2020-01-01}\n")
    for number, title in enumerate(ODD, 1):
        write(f"tickets/2026/HEAT-{number}.yaml",
              f"id: HEAT-{number}\ntitle: {json.dumps(title, ensure_ascii=False)}\nsubject: scorecard\nkind: issue\narea: technical\npoc: pat\n"
              f"received: 2026-11-16 {number:02}:14\nvia: [phone]\ndescription: It fails.\nlog: []\n")


REPORT = [
    ["report_date", "nitc_number", "heat_number", "status", "received", "summary"],
    ["2026-11-16", "N-1", "HEAT-1", "received", "2026-11-12", "Slow, \"very\" slow"],
    ["2026-11-16", "00077", "2", "researching", "", "na\u00efve \u2013 line"],
]


def check_imports(work):
    """NITC's report as LibreOffice and openpyxl write it."""
    folder = work / "project"
    text = io.StringIO()
    csv.writer(text).writerows(REPORT)
    (work / "report.csv").write_text(text.getvalue())
    wanted = [row[:] for row in REPORT]
    soffice("xlsx:Calc MS Excel 2007 XML", work / "report.csv", work, "--infilter=CSV:44,34,76,1")
    (work / "report.xlsx").rename(work / "libreoffice.xlsx")
    book = openpyxl.Workbook()
    for row in REPORT:
        book.active.append([datetime.date.fromisoformat(cell) if cell[:4] == "2026" and at != 1 else cell for at, cell in enumerate(row)])
    book.save(work / "openpyxl.xlsx")
    for name in ("openpyxl", "libreoffice"):
        run("import", "nitc", str(work / f"{name}.xlsx"), "--as-of", "2026-11-17 09:00", "--replace", folder=folder)
        with open(folder / "data/nitc/2026-11-16.csv", newline="") as file:
            read = list(csv.reader(file))
        rows = [row + [""] * (len(wanted[0]) - len(row)) for row in read]
        # LibreOffice reads a CSV's 00077 as a number, and shows 77.
        as_shown = [[cell if name == "openpyxl" or cell != "00077" else "77" for cell in row] for row in wanted]
        assert rows == as_shown, (name, rows)
    for to, message in (("xls", "of the older kind (.xls)"), ("ods", "an OpenDocument spreadsheet")):
        soffice(to, work / "openpyxl.xlsx", work)
        ran = run("import", "nitc", str(work / f"openpyxl.{to}"), folder=folder, status=1)
        assert message in ran.stderr.decode(), ran.stderr.decode()


def main():
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name)
        project(work / "project")
        for title, folder, arguments in (
            ("weekly", ROOT, ["weekly", "--on", "2026-11-18"]),
            ("monthly", ROOT, ["monthly", "--on", "2026-10-08"]),
            ("odd", work / "project", ["weekly", "--as-of", "2026-11-18 09:00"]),
        ):
            file = work / f"{title}.xlsx"
            run("pack", *arguments, "-o", str(file), folder=folder)
            pack = json.loads(run("pack", *arguments, "--format", "json", folder=folder).stdout)
            check_book(file, pack, work)
            print(f"{title}: {len(pack['outstanding'])} outstanding tickets, the same in heatpack, openpyxl and LibreOffice")
        check_imports(work)
        print("NITC's report is read from workbooks of openpyxl and LibreOffice")


if __name__ == "__main__":
    main()
