"""Compares the order in which a PDF is read aloud, that of its tags, with the pack's model.

Usage: reading_order.py PACK.pdf PACK.json ... ; needs pdfinfo (Debian: poppler-utils). Fails where headings skip a
level or are not those of the agenda, where a table has no heading row or rows of different length, or where the rows
of a list are not the records of the model in its order.
"""
import json
import re
import subprocess
import sys


def elements(pdf):
    """The tags in reading order: depth, name, and the texts within, as pdfinfo prints them."""
    run = subprocess.run(["pdfinfo", "-struct-text", pdf], capture_output=True, check=True)
    found = []
    for line in run.stdout.decode("utf-8", "replace").splitlines():
        depth = len(line) - len(line.lstrip(" "))
        text = line.strip()
        tag = re.match(r'([A-Z][A-Za-z0-9]*)(?: "[^"]*")?(?: <[^>]*>)?(?: \((?:block|inline)\))?:?$', text)
        if tag:
            found.append({"depth": depth, "tag": tag[1], "texts": []})
        elif text.startswith('"') and text.endswith('"') and found:
            for element in reversed(found):
                if element["depth"] < depth:
                    element["texts"].append(text[1:-1])
                    depth = element["depth"]
    return found


def inside(found, at):
    """What is within the element at that place."""
    for element in found[at + 1:]:
        if element["depth"] <= found[at]["depth"]:
            return
        yield element


def tables(found):
    """Each table with the headings above it: heading of the section, heading, rows of cells of text."""
    section = heading = ""
    for at, element in enumerate(found):
        text = "".join(element["texts"]).strip()
        if element["tag"] == "H1":
            section = heading = text
        elif re.fullmatch("H[2-6]", element["tag"]):
            heading = text
        elif element["tag"] == "Table":
            rows = []
            for inner in inside(found, at):
                if inner["tag"] == "TR":
                    rows.append([])
                elif inner["tag"] in ("TH", "TD") and rows:
                    rows[-1].append((inner["tag"], "".join(inner["texts"]).strip()))
            yield section, heading, rows


def faults(pdf, pack):
    found = elements(pdf)
    headings = [(int(e["tag"][1]), "".join(e["texts"]).strip()) for e in found if re.fullmatch("H[1-6]", e["tag"])]
    level = 0
    for depth, text in headings:
        if depth > level + 1:
            yield f"the heading “{text}” skips a level"
        level = depth
    # The sections in their order; the agenda and the annexes bear no number.
    shown = [text for depth, text in headings if depth == 1]
    sections = [f"{item['number']}. {item['title']}" if item["number"] else item["title"] for item in pack["sections"]]
    if shown != sections:
        yield f"the sections are {shown}, by the model {sections}"
    numbered = [text for text in shown if re.match(r"\d+\. ", text)]
    agenda = [f"{place}. {item}" for place, item in enumerate(pack["agenda"]["standing"], pack["agenda"]["first"])]
    if numbered != agenda:
        yield f"the sections are {numbered}, the agenda is {agenda}"
    lists = {}
    for section, heading, rows in tables(found):
        if not rows or any(tag != "TH" for tag, _ in rows[0]):
            yield f"a table under “{heading}” has no heading row"
            continue
        # A row of one heading cell is the title of a group of rows.
        rows = rows[:1] + [row for row in rows[1:] if [tag for tag, _ in row] != ["TH"]]
        if len({len(row) for row in rows}) != 1:
            yield f"a table under “{heading}” has rows of {sorted({len(row) for row in rows})} cells"
        lists.setdefault(re.sub(r"^\d+\. ", "", section), []).append([row[0][1] for row in rows[1:]])
    yield from compared(lists, pack)


def compared(lists, pack):
    """The lists of the model beside the first cells of their tables."""
    report = f"{pack['head']['names']['third_line']}'s report"
    changes = sorted(pack["changes"], key=lambda row: row["finished"])
    wanted = {"Change requests": [row["id"] for row in changes]}
    if pack["kind"] == "weekly":
        wanted["New tickets"] = pack["new"]
        wanted["Closed tickets"] = pack["closed"]
        wanted["All outstanding tickets"] = pack["by_attention"]
        unlisted = [ticket for ticket, _ in (pack["nitc_report"] or {"unlisted": []})["unlisted"]]
        wanted[report] = [row["heat"] for row in pack["nitc"] if row["mismatch"]] + unlisted
    else:
        wanted["Closed tickets and resolutions"] = pack["closed"]
        subjects = [ticket for subject in pack["monthly"]["by_subject"] for ticket in subject["by_attention"]]
        wanted["Outstanding tickets by module and initiative"] = subjects
    for section, ids in wanted.items():
        shown = [
            found[0] for rows in lists.get(section, []) for cell in rows if (found := re.match(r"(HEAT|CR)-[\d-]+", cell))
        ]
        ids = [id for id in ids if id]
        if shown != ids:
            yield f"“{section}” reads {shown}, the model has {ids}"


def main(arguments):
    wrong = 0
    for pdf, model in zip(arguments[::2], arguments[1::2]):
        with open(model, encoding="utf-8") as file:
            pack = json.load(file)
        found = list(faults(pdf, pack))
        wrong += len(found)
        print(f"{pdf}: read in the order of the model" if not found else f"{pdf}:")
        for fault in found:
            print(f"  {fault}")
    return 1 if wrong or not arguments else 0


sys.exit(main(sys.argv[1:]))
