#!/usr/bin/env python3
"""Files of a mebibyte, each of a shape that is hard on a reader: deep, long, many, doubled, never closed. heatpack has to
end with 0 or 1, within a second of CPU and 20 times the file's size in memory, beyond what it takes with small files, one
of them faulty where faults are told. Of memory 12 MiB are allowed besides, and of an export 400 bytes for each row that
becomes a ticket or has an error, and a second for 15,000 of them.

Usage: tests/hostile_sizes/run.py [path of the heatpack binary] [--slack N] [--only TEXT] [--all] [--part N/OF]
--slack allows N times as much CPU (for a binary that is not optimised); --all shows every measurement. The work is shared
out to as many processes as there are cores, of which --part is one.
Needs nothing but Python 3 (Debian: python3).
"""
import argparse
import io
import os
import pathlib
import subprocess
import sys
import tempfile
import zipfile

MIB = 1 << 20
AS_OF = ["--as-of", "2026-11-18 10:00"]

SUBJECTS = "- {id: scorecard, name: Scorecard, kind: module}\n"
STAFF = "- {id: tnominal, name: Taylor Nominal, office: help-desk}\n- {id: kspecimen, name: Kim Specimen, office: acfo-fs}\n"
POC = "id: jrivera\nname: Jordan Rivera\nphone: 202-555-0104\ndesignations:\n  - {subject: scorecard, role: primary, from: 2020-01-01}\n"
TICKET = """id: HEAT-1
title: Title
subject: scorecard
kind: issue
area: technical
poc: jrivera
received: 2026-11-16 09:14
via: [phone]
"""
CHANGE = """id: CR-2026-001
title: Title
subject: scorecard
tickets: [HEAT-1]
prepared_by: kspecimen
priority: routine
risk: low
effort: 3 days
justification: Text
impact: Text
security_impact: None
test_plan: Text
rollback_plan: Text
"""
NITC = "nitc_number,heat_number,status,assigned_to,last_update,summary\n"

# Where each kind of record stands, and a field of it that is a list, a text of a line, and a longer one.
KINDS = {
    "settings": ("data/heatpack.yaml", "working_time: {closed: ", "organization: "),
    "subjects": ("data/subjects.yaml", None, "name: "),
    "staff": ("data/staff.yaml", None, "name: "),
    "board": ("data/board.yaml", "members: ", "terms: "),
    "poc": ("data/pocs/jrivera.yaml", "designations: ", "name: "),
    "ticket": ("data/tickets/2026/HEAT-1.yaml", "log: ", "title: "),
    "cr": ("data/crs/CR-2026-001.yaml", "tickets: ", "title: "),
    "decision": ("data/decisions/CR-2026-001/2026-11-17-mlee.yaml", None, "reason: "),
    "meeting": ("data/meetings/2026-11-18-weekly.yaml", "agenda: ", "minutes: "),
}


def filled(piece, before="", after=""):
    """As often as it fits into a mebibyte."""
    count = (MIB - len(before.encode()) - len(after.encode())) // len(piece.encode())
    return before + piece * count + after


def numbered(form, before="", after=""):
    """Lines with a number each, up to a mebibyte."""
    lines, room, number = [before], MIB - len(before.encode()) - len(after.encode()), 0
    while True:
        line = form.replace("%", str(number))
        room -= len(line.encode())
        if room < 0:
            return "".join(lines) + after
        lines.append(line)
        number += 1


def yaml_shapes(many, text):
    """Names and texts of a mebibyte that are hard to read as YAML."""
    yield "brackets", filled("[")
    yield "braces", filled("{")
    yield "dashes", filled("- ")
    yield "question-marks", filled("? ")
    yield "colons", filled(":\n")
    yield "pairs-in-a-line", filled("a: ")
    yield "nested-blocks", "".join(" " * depth + "a:\n" for depth in range(1440))
    yield "nested-pairs", filled("[a, ", after="")
    yield "list-of-letters", filled("a,", "[", "]")
    yield "list-of-nothing", filled("'',", "[", "]")
    yield "braces-of-letters", filled("a,", "{", "}")
    yield "list-of-empty", filled("[],", "[", "]")
    yield "list-of-braces", filled("{},", "[", "]")
    yield "list-of-lines", filled("a,\n", "[\n", "]")
    yield "braces-of-lines", filled("a,\n", "{\n", "}")
    yield "pairs-of-lines", filled("a: 1,\n", "{\n", "}")
    yield "list-of-a-field-in-lines", filled("b,\n", "a: [\n", "]")
    yield "pairs-of-a-field-in-lines", filled("b: 1,\n", "a: {\n", "}")
    yield "list-of-quoted-brackets", filled("']',", "[", "]")
    yield "block-list", filled("- a\n")
    yield "block-list-of-maps", filled("- a:\n")
    yield "block-list-of-nothing", filled("-\n")
    yield "one-key", filled("a: 1\n")
    yield "many-keys", numbered("k%: 1\n")
    yield "many-keys-in-braces", numbered("k%: 1,", "{", "}")
    yield "open-double-quote", filled("x", 'a: "')
    yield "open-single-quote", filled("x\n ", "a: '")
    yield "open-quotes", filled("a: \"\n")
    yield "block-scalar", filled(" x\n", "a: |\n")
    yield "folded-scalar", filled(" x\n\n", "a: >\n")
    yield "plain-lines", filled(" x\n", "a:\n")
    yield "one-line", filled("x", "a: ")
    yield "long-key", filled("x", "", ": 1")
    yield "escapes", filled("\\u0041", 'a: "', '"')
    yield "comment", filled("#")
    yield "comments", filled("#\n")
    yield "blank-lines", filled("\n")
    yield "blanks", filled(" ")
    yield "tabs", filled("\t")
    yield "returns", filled("\r\n", "a: 1\r\n")
    yield "crlf-pairs", filled("a: 1\r\n")
    yield "documents", filled("---\n")
    yield "anchors", filled("&a ")
    yield "aliases", filled("*a\n")
    yield "tags", filled("!a ")
    yield "bombs", "a: &a [x]\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(20))
    yield "four-bytes", filled("\U0001f600", "a: ")
    yield "four-byte-items", filled("\U0001f600,", "[", "]")
    yield "four-byte-keys", numbered("\U0001f600%: 1\n")
    yield "merge-marks", filled("<<<<<<< ours\n")
    if many:
        end = "}" if "{" in many else ""
        yield "items", filled("a,", f"{many}[", f"]{end}\n")
        yield "items-of-braces", filled("{},", f"{many}[", f"]{end}\n")
        yield "items-of-faults", filled("{a: 1},", f"{many}[", f"]{end}\n")
        yield "items-of-times", filled("{at: x},", f"{many}[", f"]{end}\n")
    if text:
        yield "text", filled("x", text, "\n")
        yield "text-of-words", filled("x ", text, "\n")
        yield "text-in-characters", filled("\u6f22", text, "\n")


MARKDOWN = {
    "emphasis": filled("*a **b "),
    "stars": filled("*"),
    "closed-emphasis": filled("*a* "),
    "strong-in-emphasis": filled("***a** b* "),
    "strikes": filled("~~a~~ "),
    "links": filled("[a](https://example.org) "),
    "brackets": filled("["),
    "open-links": filled("[a]("),
    "pictures": filled("![a]("),
    "references": numbered("[a%]: https://example.org\n"),
    "used-references": "[a]: https://example.org/" + "x" * 1000 + "\n\n" + filled("[a] ")[: MIB - 2000],
    "code": filled("`a` "),
    "ticks": "".join("`" * (1 + n % 700) + "a" for n in range(3000))[:MIB],
    "fences": filled("```\na\n"),
    "quotes": filled("> "),
    "quote-lines": filled("> a\n\n"),
    "list-in-list": filled("- "),
    "list": filled("- a\n"),
    "numbers": filled("1. a\n"),
    "nested-list": "".join(" " * (2 * depth) + "- a\n" for depth in range(1000))[:MIB],
    "rules": filled("***\n\n"),
    "headings": filled("# a\n"),
    "underlined": filled("a\n=\n\n"),
    "breaks": filled("a\\\n"),
    "wide-table": "|" + filled("a|", "", "")[: MIB // 2 - 10] + "\n|" + filled("-|")[: MIB // 2 - 10] + "\n",
    "wide-and-long-table": "|" + "a|" * 50000 + "\n|" + "-|" * 50000 + "\n" + "|a\n" * 250000,
    "long-table": filled("|a|b|\n", "|a|b|\n|-|-|\n"),
    "entities": filled("&amp;"),
    "html": filled("<a>"),
    "open-html": filled("<!--"),
    "html-lines": filled("<b\n"),
    "autolinks": filled("<https://example.org> "),
    "words": filled("word "),
    "one-word": filled("x"),
    "paragraphs": filled("a\n\n"),
    "characters": filled("\u6f22\u5b57"),
    "joined": filled("e\u0301"),
    "right-to-left": filled("\u0634\u0628 "),
    "missing": filled("\U00012000"),
    "markup": filled("<script>alert(1)</script>"),
}


def csv_shapes():
    yield "commas", filled(",")
    yield "quotes", filled('"')
    yield "open-quote", filled("a\n", NITC + '"')
    yield "rows", filled("1,,open,,,\n", NITC)
    yield "numbered", numbered("N-%,,open,,,\n", NITC)
    yield "numbered-faults", numbered("N-%,,nosuch,,nodate,\n", NITC)
    yield "blank-rows", filled("\n", NITC)
    yield "one-cell-rows", filled("a\n", NITC)
    yield "long-cell", filled("x", NITC + "N-1,,open,,,", "\n")
    yield "long-heading", filled("x")
    yield "returns", filled("\r", NITC)
    yield "crlf", filled("1,,open,,,\r\n", NITC.replace("\n", "\r\n"))
    yield "four-bytes", filled("\U0001f600,", NITC)
    yield "formulas", numbered("N-%,=1+1,open,,,@a\n", NITC)


RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def relations(*targets):
    """The relations of a part, r1 and up: each with its kind and its target."""
    each = [f"<Relationship Id='r{n}' Type='{RELATION}{kind}' Target='{target}'/>" for n, (kind, target) in enumerate(targets, 1)]
    return "<Relationships>" + "".join(each) + "</Relationships>"


def workbook(sheet="", strings="", styles="", sheets="<sheet name='A' r:id='r1'/>", more=0):
    """A workbook whose parts are these, zipped; `more` are further files in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", relations(("officeDocument", "xl/workbook.xml")))
        archive.writestr("xl/_rels/workbook.xml.rels", relations(
            ("worksheet", "sheet.xml"), ("sharedStrings", "strings.xml"), ("styles", "styles.xml")))
        archive.writestr("xl/workbook.xml", f"<workbook><sheets>{sheets}</sheets></workbook>")
        archive.writestr("xl/sheet.xml", f"<worksheet><sheetData>{sheet}</sheetData></worksheet>")
        archive.writestr("xl/strings.xml", f"<sst uniqueCount='99999999999'>{strings}</sst>")
        archive.writestr("xl/styles.xml", f"<styleSheet>{styles}</styleSheet>")
        for number in range(more):
            archive.writestr(f"a{number}", "")
    return out.getvalue()


def workbook_shapes():
    """Small files that unzip to much, and tables that are too long or too wide."""
    head = "".join(f"<c t='inlineStr'><is><t>{word}</t></is></c>" for word in ("number", "title", "nitc_number", "heat_number", "status"))
    head = f"<row r='1'>{head}</row>"
    yield "small", lambda: workbook(head + "<row r='2'><c><v>1</v></c></row>")
    yield "blanks", lambda: workbook(" " * (400 * MIB))
    yield "cells", lambda: workbook(head + "<row>" + "<c/>" * (50 * MIB))
    yield "empty-rows", lambda: workbook(head + "<row/>" * (40 * MIB))
    yield "a-million-rows", lambda: workbook(head + "".join(f"<row r='{n}'><c r='A{n}'><v>{n}</v></c></row>" for n in range(2, 1048577)))
    yield "numbered-rows", lambda: workbook(head + "".join(f"<row r='{n}'><c r='A{n}'><v>{n * 7919 % 999983}</v></c></row>" for n in range(2, 60000)))
    yield "last-row", lambda: workbook(head + "<row r='1048576'><c r='A1048576'><v>1</v></c></row>")
    yield "columns", lambda: workbook(head + "<row>" + "<c><v>1</v></c>" * 16384 + "</row>")
    yield "wide-rows", lambda: workbook(head + "<row><c r='ALK2'><v>1</v></c></row>" * 100000)
    yield "one-text-often", lambda: workbook(head + "<row><c t='s'><v>0</v></c></row>" * 200000, "<si><t>" + "x" * 32000 + "</t></si>")
    yield "texts", lambda: workbook(head, "<si><t>x</t></si>" * (8 * MIB))
    yield "no-texts", lambda: workbook(head, "<si/>" * (20 * MIB))
    yield "long-text", lambda: workbook(head, "<si><t>" + "x" * (200 * MIB) + "</t></si>")
    yield "pieces-of-text", lambda: workbook(head, "<si>" + "<r><t>xx</t></r>" * (8 * MIB) + "</si>")
    yield "entities", lambda: workbook(head, "<si><t>" + "&amp;" * (20 * MIB) + "</t></si>")
    yield "styles", lambda: workbook(head, styles="<cellXfs>" + "<xf numFmtId='1'/>" * (8 * MIB))
    yield "formats", lambda: workbook(head, styles="".join(f"<numFmt numFmtId='{n}' formatCode='yyyy'/>" for n in range(500000)))
    yield "long-format", lambda: workbook(head, styles="<numFmt numFmtId='1' formatCode='" + "y" * 250000 + "'/>")
    yield "sheets", lambda: workbook(head, sheets="".join(f"<sheet name='{n}' r:id='r1'/>" for n in range(400000)))
    yield "some-sheets", lambda: workbook("<row/>" * 100000, sheets="".join(f"<sheet name='{n}' r:id='r1'/>" for n in range(64)))
    yield "attributes", lambda: workbook(head + "<c " + "a='' " * 50000 + "/>" * 100)
    yield "deep", lambda: workbook(head + "<a>" * (20 * MIB))
    yield "comment", lambda: workbook(head + "<!--" + "<" * (100 * MIB))
    yield "tag", lambda: workbook(head + "<" + "a" * (100 * MIB))
    yield "quoted-tags", lambda: workbook(head + "<c a='" + "<a>" * (30 * MIB))
    yield "declaration", lambda: workbook(sheets="<?xml " + "<a>" * (30 * MIB))
    yield "files", lambda: workbook(head, more=15000)
    yield "noise", lambda: b"PK\x03\x04" + os.urandom(MIB)
    yield "compound", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"E\0n\0" * (MIB // 4)


MAP = """tracker: Old
times: ["%Y-%m-%d %H:%M"]
number: {column: number}
ticket: {title: title, subject: {default: scorecard}, kind: {default: issue}, area: {default: technical},
  poc: {default: jrivera}, received: {default: 2026-11-16 09:14}, via: {default: [phone]}, description: title}
"""


# Exports of which every row becomes a ticket, or is listed with its error.
MANY_ROWS = ("numbered", "numbered-faults", "formulas", "one-cell-rows")


# A process begins with the memory of the one that it is forked from, and Linux counts that too: so a small one starts it.
MEASURE = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
_, status, used = os.wait4(os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ), 0)
os.write(int(sys.argv[1]), f"{os.waitstatus_to_exitcode(status)} {used.ru_utime + used.ru_stime} {used.ru_maxrss}".encode())
"""


class Limits:
    def __init__(self, heatpack, slack, show, part):
        self.heatpack, self.slack, self.show = heatpack, slack, show
        self.own, self.parts = map(int, part.split("/"))
        self.turn = 0
        self.faults, self.slowest, self.largest, self.count = [], (0, ""), (0, ""), 0

    def run(self, folder, *arguments):
        """Exit status, CPU seconds, peak memory in bytes, what it said."""
        command = [self.heatpack, "-C", str(folder), *AS_OF, *arguments]
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, tempfile.TemporaryFile("w+") as used:
            subprocess.run([sys.executable, "-I", "-S", "-c", MEASURE, str(used.fileno()), *command], stdin=subprocess.DEVNULL, cwd=folder,
                           stdout=out, stderr=err, pass_fds=[used.fileno()], check=True)
            used.seek(0)
            status, cpu, peak = used.read().split()
            err.seek(0)
            size = out.seek(0, os.SEEK_END)
            said = err.read(2000).decode(errors="replace")
        return int(status), float(cpu), int(peak) * 1024, size, said

    def hold(self, name, folder, before, size, *arguments, statuses=(0, 1), times=20, seconds=1.0):
        self.turn += 1
        if self.turn % self.parts != self.own % self.parts:
            return
        status, cpu, peak, out, said = self.run(folder, *arguments)
        cpu, peak = max(0.0, cpu - before[0]), max(0, peak - before[1])
        factor = peak / max(size, 1)
        self.count += 1
        self.slowest = max(self.slowest, (cpu, name))
        self.largest = max(self.largest, (factor, name))
        wrong = []
        if status not in statuses:
            wrong.append(f"exit status {status}: {said.strip()[:300]}")
        if cpu > seconds * self.slack:
            wrong.append(f"{cpu:.2f} s")
        # Small files are read with the same buffers as large ones, and by parts of the program, which count as memory too,
        # that the run without such a file did not come to.
        if peak > times * size + 12 * MIB:
            wrong.append(f"{factor:.0f} times its size in memory")
        if wrong:
            self.faults.append(f"{name}: {', '.join(wrong)}")
        if wrong or self.show:
            print(f"{'FAULT' if wrong else 'ok':5} {name}: status {status}, {cpu:.2f} s, {peak / MIB:.1f} MiB ({factor:.1f}x), "
                  f"{out / MIB:.1f} MiB said", flush=True)


def small(folder):
    def write(path, text):
        path = folder / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    write("data/heatpack.yaml", "starts: 2026-11-09\n")
    write("data/subjects.yaml", SUBJECTS)
    write("data/staff.yaml", STAFF)
    write("data/pocs/jrivera.yaml", POC)
    write("data/tickets/2026/HEAT-1.yaml", TICKET + "description: Text\nlog: []\n")
    return write


def block(text, indentation):
    """As the literal block of a field, of which the indentation takes its share of the mebibyte."""
    out, size = [], 0
    for line in text.split("\n"):
        room = MIB - 4096 - size - len(indentation) - 1
        if room <= 0:
            break
        line = line.encode()[:room].decode(errors="ignore")
        out.append(indentation + line)
        size += len(indentation) + len(line.encode()) + 1
    return "|2-\n" + "\n".join(out) + "\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("heatpack", nargs="?", default="target/debug/heatpack")
    parser.add_argument("--slack", type=float, default=1.0)
    parser.add_argument("--only", default="")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--part")
    given = parser.parse_args()
    if not given.part:
        parts = [f"{part}/{os.cpu_count()}" for part in range(1, os.cpu_count() + 1)]
        runs = [subprocess.Popen([sys.executable, __file__, *sys.argv[1:], "--part", part]) for part in parts]
        sys.exit(1 if any([run.wait() for run in runs]) else 0)
    limits = Limits(str(pathlib.Path(given.heatpack).resolve()), given.slack, given.all, given.part)

    with tempfile.TemporaryDirectory() as work:
        folder = pathlib.Path(work) / "project"
        write = small(folder)
        empty = {}
        for what in (f"build -o {work}/site", "pack weekly --format html", "pack weekly --format pdf"):
            # A build makes what changed: of the first one all is new.
            costs = []
            for turn in range(4):
                write("data/tickets/2026/HEAT-1.yaml", TICKET + f"description: Text {turn}\nlog: []\n")
                costs.append(limits.run(folder, *what.split())[1:3])
            empty[what] = min(costs[1:])

        def least(what):
            return min(limits.run(folder, *what.split())[1:3] for _ in range(3))
        # What says a fault is more of the program than what says that there is none.
        write("data/staff.yaml", "- {id: tnominal, nmae: Taylor Nominal, office: nosuch}\n")
        for what in ("check", "check --format sarif"):
            empty[what] = least(what)
        write("data/staff.yaml", STAFF)
        check = empty["check"]
        write("export.csv", "number,title\n1,x\n")
        imports = []
        for text in (MAP, MAP.replace("tracker", "trakcer")):
            write("map.yaml", text)
            imports.append(least("import tickets export.csv --map map.yaml"))
        taken_in = max(imports, key=lambda cost: cost[1])

        for kind, (path, many, text) in KINDS.items():
            place = folder / path
            before = place.read_bytes() if place.exists() else None
            for shape, content in yaml_shapes(many, text):
                name = f"check, {kind}: {shape}"
                if given.only not in name:
                    continue
                write(path, content)
                size = len(content.encode())
                statuses = (0, 1) if kind != "settings" else (0, 1, 2)
                limits.hold(name, folder, check, size, "check", statuses=statuses)
                if kind == "ticket":
                    for form in ("json", "sarif", "github", "junit"):
                        limits.hold(f"{name} as {form}", folder, empty["check --format sarif"], size, "check", "--format", form)
            if before is None:
                place.unlink(missing_ok=True)
            else:
                place.write_bytes(before)

        for shape, content in csv_shapes():
            size = len(content.encode())
            if given.only in f"check, report: {shape}":
                write("data/nitc/2026-11-16.csv", content)
                limits.hold(f"check, report: {shape}", folder, check, size, "check")
                (folder / "data/nitc/2026-11-16.csv").unlink()
            if given.only in f"import, export: {shape}":
                write("export.csv", content.replace("nitc_number", "number").replace("heat_number", "title"))
                write("map.yaml", MAP)
                rows = content.count("\n") if shape in MANY_ROWS else 0
                # Of a row of ten bytes comes a ticket of three hundred.
                limits.hold(f"import, export: {shape}", folder, taken_in, size + 400 * rows, "import", "tickets", "export.csv", "--map", "map.yaml",
                            statuses=(0, 1, 2), seconds=1 + rows / 15000)
        for shape, content in yaml_shapes("events: ", "tracker: "):
            if given.only in f"import, map: {shape}":
                write("export.csv", "number,title\n1,x\n")
                write("map.yaml", content)
                limits.hold(f"import, map: {shape}", folder, taken_in, len(content.encode()), "import", "tickets", "export.csv", "--map",
                            "map.yaml", statuses=(0, 1, 2))

        write("map.yaml", MAP)
        opened = None
        for shape, made in workbook_shapes():
            names = [(f"{what}, workbook: {shape}", what) for what in ("nitc", "tickets")]
            if shape != "small" and not any(given.only in name for name, _ in names):
                continue
            content = made()
            write("book.xlsx", content)
            if shape == "small":
                opened = {"nitc": least("import nitc book.xlsx"), "tickets": least("import tickets book.xlsx --map map.yaml")}
            for name, what in names:
                more = 400 * 60000 if shape == "numbered-rows" and what == "tickets" else 0
                arguments = ["--map", "map.yaml"] if what == "tickets" else []
                limits.hold(name, folder, opened[what], len(content) + more, "import", what, "book.xlsx", *arguments,
                            statuses=(0, 1) if what == "tickets" else (0, 1, 2))

        described = TICKET + "log: []\ndescription: "
        resolved = TICKET + ("description: Text\nlog:\n- at: 2026-11-16 10:00\n  event: follow-up\n  by: tnominal\n"
                             "- at: 2026-11-17 10:00\n  event: resolved\n  by: tnominal\n  note: ")
        for shape, text in MARKDOWN.items():
            # On a ticket's page stands everything; in a pack how it was resolved.
            for name, arguments, record in (
                ("check", ("check",), described + block(text, "  ")),
                ("page", ("build", "-o", f"{work}/site"), described + block(text, "  ")),
                ("pack", ("pack", "weekly", "--format", "html"), resolved + block(text, "    ")),
                ("PDF", ("pack", "weekly", "--format", "pdf"), resolved + block(text, "    ")),
            ):
                name = f"{name}, Markdown: {shape}"
                if given.only in name:
                    write("data/tickets/2026/HEAT-1.yaml", record)
                    limits.hold(name, folder, empty[" ".join(arguments)], len(record.encode()), *arguments)

    if not limits.turn:
        sys.exit(f"nothing is called {given.only}")
    for fault in limits.faults:
        print(fault)
    print(f"{limits.count} runs: the slowest {limits.slowest[0]:.2f} s of CPU ({limits.slowest[1]}), the largest "
          f"{limits.largest[0]:.1f} times its file ({limits.largest[1]}); {len(limits.faults)} faults")
    sys.exit(1 if limits.faults else 0)


if __name__ == "__main__":
    main()
