#!/usr/bin/env python3
"""Makes what the fuzzer starts from out of the repository's own records, cases and documents.

Usage: tests/fuzz/seeds.py ROOT OUT
"""
import hashlib
import pathlib
import re
import shutil
import sys

ROOT, OUT = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])

# As in src/targets/check.rs and imports.rs.
MARK = b"=== "
EXPORT = b"\n=== export\n"


def seed(target, data):
    # libFuzzer reads everything at the start: what is long is of little use to it.
    if 0 < len(data) <= 65536:
        folder = OUT / target
        folder.mkdir(parents=True, exist_ok=True)
        (folder / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)


def project(folder, files):
    """The files as one input of the target `check`."""
    parts = [MARK + str(path.relative_to(folder)).encode() + b"\n" + path.read_bytes() for path in files]
    seed("check", b"\n".join(parts))


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    records = sorted(path for path in ROOT.glob("tests/**/data/**/*.yaml") if path.is_file() and not path.is_symlink())
    sample = sorted((ROOT / "data").rglob("*.yaml"))
    for path in records + sample[:: max(1, len(sample) // 40)] + sorted(ROOT.glob("tests/schemas/**/*.yaml")):
        seed("yaml", path.read_bytes())
    # Three versions of a record, as src/targets/join.rs takes them apart.
    mark = "\n=== version\n"
    entry = "  - at: 2026-11-{day} 09:00\n    event: note\n    by: {by}\n    note: |\n      Line {day}\n\n      # more\n"
    for path in sample[:: max(1, len(sample) // 60)]:
        text = path.read_text()
        seed("join", mark.join((text, text, text)).encode())
        sides = [text.replace("log: []\n", "log:\n") + entry.format(day=day, by=by) for day, by in ((24, "ann"), (23, "bea"))]
        seed("join", mark.join([text] + sides).encode())
        seed("join", mark.join([text, re.sub("(?m)^title: .*", "title: A", sides[0]), sides[1] + "# end\n"]).encode())
    for data in sorted(ROOT.glob("tests/**/data")):
        files = sorted(path for path in data.rglob("*") if path.is_file() and not path.is_symlink() and path.suffix in (".yaml", ".csv"))
        project(data.parent, files[:64])
    lists = [ROOT / "data" / f"{name}.yaml" for name in ("heatpack", "subjects", "staff", "board")]
    for kind in ("tickets", "crs", "meetings", "pocs", "nitc"):
        some = sorted(path for path in (ROOT / "data" / kind).rglob("*.*"))
        project(ROOT, lists + some[-3:])
    for path in sorted(ROOT.glob("tests/**/*.csv")) + sorted((ROOT / "data" / "nitc").glob("*.csv"))[:6]:
        seed("csv", path.read_bytes())
    # Exports and maps stand in tests and documents.
    texts = [path.read_text() for path in sorted(ROOT.glob("docs/**/*.md")) + [ROOT / "tests" / "it" / "import_tickets.rs"]]
    blocks = [block for text in texts for block in re.findall(r"```(?:yaml|csv)\n(.*?)```", text, re.S)]
    blocks += [path.read_text() for path in sorted(ROOT.glob("tests/schemas/import-map/**/*.yaml"))]
    maps = [block for block in blocks if "tracker:" in block]
    exports = ["number,title,subject,poc,received,description\n7,Export stops,Scorecard,jrivera,2026-03-02 10:00,Text\n",
               "No;A;B;C;D;E;F;G;H;I\n1;T;scorecard;issue;technical;jrivera;2026-03-02 10:00;phone;Text;2026-03-03 10:00\n"]
    for export in exports:
        seed("csv", export.encode())
        for text in maps:
            seed("import_map", text.encode() + EXPORT + export.encode())
    # Markdown: the documents, and the texts of the records.
    for path in sorted(ROOT.glob("docs/**/*.md")):
        for part in re.split(r"\n(?=#)", path.read_text()):
            seed("markdown", part.encode())
    pieces = ["*a **b** `c` ~~d~~*", "1. a\n   - b\n     > c\n", "| a | b |\n|---|---|\n| `c` | [d](https://example.org) |\n",
              "![x](https://example.org/x.png)", "<script>alert(1)</script>\n\n&amp; &#27; \\* <https://example.org>",
              "```sh\ncode\n```\n\n    code\n\n***\n\n# h\n\nh\n===\n", "[a]: https://example.org 'b'\n\n[a] [b][a]\n",
              "é 漢字 🙂 \u202e \u200b e\u0301 العربية", "#eval(\"1\") $x^2$ @label <label> #read(\"/etc/passwd\") \\u{41} {{ a }}"]
    for piece in pieces:
        seed("markdown", piece.encode())
        seed("paper", piece.encode())
    # Workbooks, as src/targets/workbook.rs takes them apart.
    cells = "<c r='A1' t='s'><v>0</v></c><c s='1'><v>46342.375</v></c><c t='inlineStr'><is><t>a</t></is></c><c t='b'><v>1</v></c>"
    sheet = f"<worksheet><sheetData><row r='1'>{cells}</row><row r='3'><c t='str'><f>A1</f><v>x_x000D_y</v></c></row></sheetData></worksheet>"
    strings = "<sst uniqueCount='1'><si><r><t xml:space='preserve'>HEAT &amp; &#33;</t></r><rPh><t>b</t></rPh></si></sst>"
    book = "<workbook><workbookPr date1904='1'/><sheets><sheet name='A' r:id='r1'/><sheet name='B' state='hidden' r:id='r1'/></sheets></workbook>"
    for code in ("mmm d, yyyy", "[h]:mm:ss", "&quot;HEAT-&quot;00000.00", "[$-409]m/d/yy h:mm AM/PM;@"):
        styles = f"<styleSheet><numFmts><numFmt numFmtId='164' formatCode='{code}'/></numFmts><cellXfs><xf numFmtId='0'/><xf numFmtId='164'/></cellXfs></styleSheet>"
        seed("workbook", "\n===\n".join((sheet, strings, styles, book)).encode())
    # Mails: those of tests/mail_in, and some of them as one mailbox.
    mails = [path.read_bytes() for path in sorted((ROOT / "tests" / "mail_in" / "mails").glob("*.eml"))]
    for mail in mails:
        seed("mail", mail)
    seed("mail", b"".join(b"From x@example.org Mon Nov 16 09:00:00 2026\n" + mail + b"\n" for mail in mails[:6]))
    for path in sorted((ROOT / "tests" / "mail_in").glob("*.msg")):
        seed("mail", path.read_bytes())
    for target in ("yaml", "csv", "check", "markdown", "paper", "import_map", "join", "workbook", "mail"):
        count = len(list((OUT / target).iterdir())) if (OUT / target).exists() else 0
        assert count > 0, f"no seeds for {target}"
        print(f"{count} seeds for {target}")


if __name__ == "__main__":
    main()
