#!/usr/bin/env python3
"""Measures heatpack beside its peers, in one run on one machine, and prints the tables of BENCHMARKS.md.

    benches/compare/run.sh [check] [packs] [letters] [build]

All four where none is named; run.sh builds heatpack and installs the peers first. Times are CPU seconds (user and
system) and wall seconds as hyperfine gives them; the ratios are what holds on another machine. With `--quick` the
projects are a tenth of their size: a trial of the script, whose figures say little.
"""
import json
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
HERE = pathlib.Path(__file__).resolve().parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release"
HEATPACK = TARGET / "heatpack"
PEERS = pathlib.Path(os.environ["BENCH_HOME"]) / "venv" / "bin"
AS_OF = "2026-11-22 12:00"
SCALE = 10 if "--quick" in sys.argv else 1


def measure(runs, prepare=None, **commands):
    """CPU and wall seconds of each command, the mean of `runs` runs; a status other than 0 and 1 is a failure."""
    times = {}
    with tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder) / "times.json"
        for name, command in commands.items():
            call = ["hyperfine", "--style", "none", "--warmup", "1" if runs > 1 else "0", "--runs", str(runs),
                    "--ignore-failure", "--export-json", str(report)]
            call += ["--prepare", prepare] if prepare else []
            done = subprocess.run([*call, command], capture_output=True, text=True)
            if done.returncode:
                sys.exit(f"{command}\n{done.stderr}")
            result = json.loads(report.read_text())["results"][0]
            if any(code not in (0, 1) for code in result["exit_codes"]):
                sys.exit(f"{command}: exit status {result['exit_codes']}")
            times[name] = (result["user"] + result["system"], result["mean"])
            print(f"  {name}: {times[name][0]:.3f} s CPU, {times[name][1]:.3f} s", file=sys.stderr)
    return times


def peak(*command):
    """The most memory that a command takes, in MiB."""
    code = ("import os, resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, "
            "stderr=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
    said = subprocess.run([sys.executable, "-c", code, *map(str, command)], capture_output=True, text=True, check=True)
    return int(said.stdout) / 1024


def quoted(*words):
    return " ".join("'" + str(word).replace("'", "'\\''") + "'" for word in words)


def heatpack(project, *arguments):
    return quoted(HEATPACK, "-C", project, "--as-of", AS_OF, *arguments)


def project(folder, tickets, outstanding=None):
    """A project of so many tickets, in stories of the sample's."""
    place = folder / f"{tickets}-{outstanding or 'some'}"
    if not place.exists():
        more = [str(outstanding)] if outstanding else []
        subprocess.run([TARGET / "examples" / "many_tickets", place, str(tickets), *more], check=True,
                       stdout=subprocess.DEVNULL)
    return place


def table(title, columns, rows):
    print(f"\n### {title}\n\n| {' | '.join(columns)} |\n|{'---|' * len(columns)}")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    sys.stdout.flush()


def seconds(value):
    return f"{value:.2f} s" if value >= 0.1 else f"{value * 1000:.0f} ms"


def times(value):
    return f"{value:.2f}" if value < 3 else f"{value:.1f}" if value < 100 else f"{value:.0f}"


def check(folder):
    small, middle, large = (project(folder, size // SCALE) for size in (1_000, 10_000, 100_000))
    size = 100_000 // SCALE
    own = measure(5, check=heatpack(large, "check"), reading=quoted(TARGET / "examples" / "read_and_decode", large))
    least = measure(5, small=heatpack(small, "check"), middle=heatpack(middle, "check"))
    pyyaml = measure(1, pyyaml=quoted(PEERS / "python", HERE / "parse_with_pyyaml.py", large))["pyyaml"]
    memory = peak(HEATPACK, "-C", large, "--as-of", AS_OF, "check")
    check_cpu, check_wall = own["check"]
    table(f"check: {size:,} tickets", ["", "CPU", "wall", "CPU, as a ratio", "aim"], [
        ["`heatpack check`, all rules", seconds(check_cpu), seconds(check_wall), "1", ""],
        ["reading and decoding alone (examples/read_and_decode.rs)", seconds(own["reading"][0]),
         seconds(own["reading"][1]), f"check takes {times(check_cpu / own['reading'][0])} times that", "at most 1.5"],
        ["PyYAML with libyaml, parsing only", seconds(pyyaml[0]), seconds(pyyaml[1]),
         f"takes {times(pyyaml[0] / check_cpu)} times that of check", "at least 10"],
    ])
    table("check: linear", ["tickets", "CPU", "CPU, as a ratio", "aim"], [
        [f"{1_000 // SCALE:,}", seconds(least["small"][0]), "1", ""],
        [f"{10_000 // SCALE:,}", seconds(least["middle"][0]), times(least["middle"][0] / least["small"][0]), ""],
        [f"{size:,}", seconds(check_cpu), times(check_cpu / least["small"][0]), "at most 110"],
    ])
    print(f"\nThe most memory, with {size:,} tickets: {memory:.0f} MiB (aim: at most 600).")
    # Those that validate, on as many files: a tenth, since they take minutes.
    files = sorted((middle / "data" / "tickets").rglob("*.yaml"))
    schema, listed = folder / "ticket.schema.json", folder / "files.txt"
    schema.write_bytes(subprocess.run([HEATPACK, "schema", "ticket"], capture_output=True, check=True).stdout)
    listed.write_text("\0".join(map(str, files)))
    items = doorstop(folder, len(files))
    theirs = measure(1, **{
        "heatpack check": heatpack(middle, "check"),
        "check-jsonschema": f"xargs -0 {quoted(PEERS / 'check-jsonschema', '--schemafile', schema)} < {quoted(listed)}",
        "doorstop": f"cd {quoted(items)} && {quoted(PEERS / 'doorstop')}",
    })
    base = least["middle"][0]
    table(f"check: others that validate, {len(files):,} files each", ["", "CPU", "wall", "CPU, as a ratio"], [
        ["`heatpack check`: fields, references, workflow", seconds(base), seconds(least["middle"][1]), "1"],
        ["check-jsonschema: fields alone, by heatpack's own schema", *map(seconds, theirs["check-jsonschema"]),
         times(theirs["check-jsonschema"][0] / base)],
        ["doorstop: as many items of its own", *map(seconds, theirs["doorstop"]),
         times(theirs["doorstop"][0] / base)],
    ])


def doorstop(folder, count):
    """A repository with a document of so many items, as doorstop writes them."""
    place = folder / "doorstop"
    items = place / "req"
    items.mkdir(parents=True)
    subprocess.run(["git", "init", "-q", place], check=True)
    (items / ".doorstop.yml").write_text("settings:\n  digits: 6\n  prefix: REQ\n  sep: ''\n")
    for number in range(1, count + 1):
        (items / f"REQ{number:06}.yml").write_text(
            f"active: true\nderived: false\nheader: ''\nlevel: 1.{number}\nlinks: []\nnormative: true\nref: ''\n"
            f"reviewed: null\ntext: |\n  Exporting FY26 to a spreadsheet keeps **Q4**, as of item {number}.\n")
    return place


def packs(folder):
    html, pdf, out = folder / "pack.html", folder / "pack.pdf", folder / "out.pdf"
    middle = project(folder, 2_000 // SCALE, 500 // SCALE)
    subprocess.run(heatpack(middle, "pack", "weekly", "--format", "html", "-o", html), shell=True, check=True)
    chromium = quoted(sys.executable, HERE / "with_orphans.py",
                      "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
                      "--disable-background-networking", "--disable-component-update", "--disable-sync",
                      f"--user-data-dir={folder / 'chromium'}", "--no-pdf-header-footer", f"--print-to-pdf={out}", html)
    own = measure(3, heatpack=heatpack(middle, "pack", "weekly", "--format", "pdf", "-o", pdf), chromium=chromium)
    weasy = measure(1, weasyprint=quoted(PEERS / "weasyprint", "-q", html, out))["weasyprint"]
    base, wall = own["heatpack"]
    table(f"packs: the PDF of {500 // SCALE:,} outstanding tickets", ["", "CPU", "wall", "CPU, as a ratio", "aim"], [
        ["`heatpack pack weekly --format pdf`, reading and checking included", seconds(base), seconds(wall), "1", ""],
        ["WeasyPrint, from the HTML of the same pack", *map(seconds, weasy), times(weasy[0] / base), "at least 10"],
        ["Chromium, from the HTML of the same pack", *map(seconds, own["chromium"]), times(own["chromium"][0] / base),
         "at least 3"],
    ])
    large, model = project(folder, 4_000 // SCALE, 2_000 // SCALE), folder / "pack.json"
    subprocess.run(heatpack(large, "pack", "weekly", "--format", "json", "-o", model), shell=True, check=True)
    own = measure(3, heatpack=heatpack(large, "pack", "weekly", "--format", "pdf", "-o", pdf),
                  bare=quoted(TARGET / "examples" / "bare_layout", model))
    table(f"packs: the PDF of {2_000 // SCALE:,} outstanding tickets", ["", "CPU", "wall", "CPU, as a ratio", "aim"], [
        ["the bare layout of the same tables (examples/bare_layout)", *map(seconds, own["bare"]), "1", ""],
        ["`heatpack pack weekly --format pdf`: read, checked, with charts, contents and links, tagged and written",
         *map(seconds, own["heatpack"]), f"{own['heatpack'][0] / own['bare'][0]:.2f}", "at most 1.3"],
    ])
    many = project(folder, 10_000 // SCALE)
    formats = {f"{kind} {format}": heatpack(many, "pack", kind, "--format", format, "-o", folder / f"pack.{format}")
               for kind in ("weekly", "monthly") for format in ("html", "json")}
    own = measure(3, reading=quoted(TARGET / "examples" / "read_and_decode", many),
                  both=quoted(TARGET / "examples" / "both_packs", many), **formats)
    rows = [
        ["both packs as HTML, JSON and CSV, in one process (examples/both_packs)", seconds(own["both"][0]), "at most 1 s"],
        ["of that, reading and decoding alone", seconds(own["reading"][0]), ""],
        *([f"`heatpack pack {name.replace(' ', ' --format ')}`", seconds(own[name][0]), ""] for name in formats),
    ]
    table(f"packs: of {10_000 // SCALE:,} tickets, without the PDF's layout", ["", "CPU", "aim"], rows)


def letters(folder):
    """A round of letters, entered at once: `sent` judges the records before and after, as `log` does for one entry."""
    base, here = project(folder, 10_000 // SCALE, 60), folder / "round"
    settings = base / "data" / "heatpack.yaml"
    settings.write_text("".join(line for line in settings.read_text().splitlines(True) if not line.startswith("ends:")))
    at = ["--as-of", "2026-11-30 09:00"]
    subprocess.run([HEATPACK, "-C", base, *at, "mail", "follow-ups", "-o", folder / "letters"], stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    drafts = sorted((folder / "letters").glob("*.eml"))
    tickets = sum(len(re.findall(r"HEAT-[0-9]+=", draft.read_text())) for draft in drafts)
    command = quoted(HEATPACK, "-C", here, *at, "sent", "--by", "tnominal", *drafts)
    one = quoted(HEATPACK, "-C", here, *at, "log", "HEAT-10353", "note", "--by", "tnominal", "--note", "One.")
    own = measure(5, prepare=f"rm -rf {quoted(here)} && cp -r {quoted(base)} {quoted(here)}", sent=command, log=one)
    own |= measure(5, check=heatpack(base, "check"))
    table(f"letters: {len(drafts)} letters over {tickets} of {10_000 // SCALE:,} tickets", ["", "CPU", "wall", "CPU, as a ratio", "aim"], [
        ["`heatpack check`", *map(seconds, own["check"]), "1", ""],
        ["`heatpack log`, one entry", *map(seconds, own["log"]), times(own["log"][0] / own["check"][0]), ""],
        ["`heatpack sent`, the whole round", *map(seconds, own["sent"]), times(own["sent"][0] / own["check"][0]), "at most 1 s"],
    ])


def build(folder):
    source = project(folder, 10_000 // SCALE)
    site, hugo = folder / "site", folder / "hugo"
    full = heatpack(source, "build", "-o", site)
    subprocess.run(full, shell=True, stderr=subprocess.DEVNULL)
    pages = [path for path in site.rglob("*.html") if path.parent.name in ("tickets", "changes", "pocs", "subjects")]
    size = sum(path.stat().st_size for path in pages) // len(pages)
    prepare_hugo(hugo, pages)
    own = measure(1, prepare=quoted("rm", "-rf", site), full=full)["full"]
    theirs = measure(3, prepare=quoted("rm", "-rf", hugo / "public"), hugo=f"cd {quoted(hugo)} && hugo --quiet")["hugo"]
    only_pages = measure(3, prepare=quoted("rm", "-rf", *(site / name for name in ("tickets", "changes", "pocs", "subjects"))),
                         pages=full)["pages"]
    # What happens every day, and what hardly ever does: a title that stands in several meetings' packs.
    entry = heatpack(source, "log", "HEAT-20005", "note", "--by", "sdoe", "--at", "2026-11-20 16:00", "--note", "Asked again.")
    after_entry = measure(3, prepare=entry, entry=full)["entry"]
    title = quoted("sed", "-i", "s/^title: .*/&./", sorted(source.glob("data/tickets/2026/HEAT-2*.yaml"))[-1])
    after_title = measure(3, prepare=title, title=full)["title"]
    unchanged = measure(3, same=full)["same"]
    table(f"build: the site of {10_000 // SCALE:,} tickets", ["", "CPU", "wall", "CPU, as a ratio", "aim"], [
        ["`heatpack build` from nothing: pages, packs as HTML, PDF, JSON and CSV, calendars", *map(seconds, own), "1", ""],
        ["after an entry in the log of an outstanding ticket", *map(seconds, after_entry),
         f"{after_entry[0] / own[0]:.3f}", "at most 0.1"],
        ["after a change of a closed ticket's title", *map(seconds, after_title), f"{after_title[0] / own[0]:.3f}", "at most 0.1"],
        ["nothing changed", *map(seconds, unchanged), f"{unchanged[0] / own[0]:.3f}", ""],
    ])
    table(f"build: beside Hugo, {len(pages):,} pages of {size / 1024:.0f} KiB", ["", "CPU", "wall", "CPU, as a ratio", "aim"], [
        ["`heatpack build` of these pages, the packs being there: read, checked, rendered, compared",
         *map(seconds, only_pages), "1", ""],
        ["Hugo, rendering as many pages of the same size", *map(seconds, theirs), times(theirs[0] / only_pages[0]), "more than 1"],
    ])


def prepare_hugo(place, pages):
    """A Hugo site with a page for each of ours: its text as Markdown, what all pages share in the template."""
    for folder in ("content/tickets", "layouts/_default"):
        (place / folder).mkdir(parents=True)
    (place / "config.toml").write_text('baseURL = "https://example.org/"\ndisableKinds = ["taxonomy", "term", "RSS", "sitemap"]\n')
    head, body = re.split(r"(?=<body>)", pages[0].read_text(), maxsplit=1)
    shared = head + "".join(re.findall(r"<script>.*?</script>", body, re.S))
    shared = shared.replace("{{", "").replace("}}", "")
    layout = shared + "<h1>{{ .Title }}</h1>{{ .Content }}"
    for name in ("single", "list"):
        (place / f"layouts/_default/{name}.html").write_text(layout)
    for number, page in enumerate(pages):
        body = re.split(r"(?=<main)", page.read_text(), maxsplit=1)[-1].split("</main>")[0]
        text = re.sub(r"<[^>]+>", " ", body)
        lines = [" ".join(line.split()) for line in text.splitlines()]
        # Markup is about half of our pages; what it takes of room is text in theirs.
        words = "\n\n".join(line for line in lines if line)
        missing = max(0, len(body) - len(words))
        words += "\n\n" + "\n\n".join("* **note** " + "word " * 20 for _ in range(missing // 130))
        (place / f"content/tickets/{number}.md").write_text(f"---\ntitle: Page {number}\n---\n{words}\n")


def main():
    parts = [name for name in sys.argv[1:] if not name.startswith("-")] or ["check", "packs", "letters", "build"]
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_TMP")) as folder:
        for name in parts:
            {"check": check, "packs": packs, "letters": letters, "build": build}[name](pathlib.Path(folder))


main()
