#!/usr/bin/env python3
"""Kills `log`, `new`, `sign`, `sent`, `meeting`, `action`, `done`, `import nitc` and `import tickets --write` at random points:
every record is the old one or the new one, whole; none is gone; the same command again brings the rest; and nothing is left
lying about.

Usage: tests/interrupted/records.py [path of the heatpack binary] [number of kills of each command]
Needs Python 3 and OpenSSH's ssh-keygen (Debian: python3, openssh-client).
"""
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HEATPACK = str(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "target/debug/heatpack").resolve())
KILLS = int(sys.argv[2]) if len(sys.argv) > 2 else 40
AS_OF = ["--as-of", "2026-11-18 10:00"]

POC = "id: jrivera\nname: Jordan Rivera\nphone: 202-555-0104\nemail: jrivera@example.org\ndesignations:\n  - {subject: scorecard, role: primary, from: 2025-10-01}\n"
TICKET = """id: HEAT-1
title: The export drops the last quarter
subject: scorecard
kind: issue
area: functional
poc: jrivera
received: 2026-11-16 09:14
via: [phone]
description: It fails.
log:
  - {at: 2026-11-16 10:00, event: follow-up, by: tnominal}
  - {at: 2026-11-16 11:00, event: forwarded, by: tnominal}
  - {at: 2026-11-16 13:00, event: acknowledged, by: rpattern, nitc_ref: N-1}
  - {at: 2026-11-17 09:00, event: researched, by: rpattern, outcome: code-change, note: The lookup moves.}
"""
OTHER = """id: HEAT-{number}
title: Another one
subject: scorecard
kind: issue
area: functional
poc: jrivera
received: 2026-11-17 16:00
via: [phone]
description: It fails.
log: []
"""
CHANGE = """id: CR-2026-001
title: Move the lookup
subject: scorecard
tickets: [HEAT-1]
prepared_by: kspecimen
priority: routine
risk: low
effort: 3 days
description: Move it.
justification: Q4 is missing.
impact: It goes on.
security_impact: None.
test_plan: Export FY26.
rollback_plan: Switch back.
log:
  - {at: 2026-11-17 10:00, event: submitted, by: kspecimen}
"""
MEETING = """kind: weekly
date: 2026-11-11
# As sent to all on Monday.
agenda:
  - Year-end freeze dates
  - Training plan
actions:
  - id: A-2026-001
    what: Send the calendar
    owner: tnominal
    due: 2026-11-18
"""
MAP = """tracker: Old
times: ["%Y-%m-%d %H:%M"]
number: {column: number}
ticket: {title: title, subject: {default: scorecard}, kind: {default: issue}, area: {default: functional},
  poc: {default: jrivera}, received: received, via: {default: [phone]}, description: title}
events: [{event: follow-up, at: told, by: {default: tnominal}}]
"""


def project(folder, public):
    files = {
        "heatpack.yaml": "starts: 2026-11-09\n",
        "subjects.yaml": "- {id: scorecard, name: Scorecard, kind: module}\n",
        "staff.yaml": "- {id: tnominal, name: Taylor Nominal, office: help-desk}\n- {id: rpattern, name: Robin Pattern, office: nitc}\n"
                      "- {id: kspecimen, name: Kim Specimen, office: acfo-fs}\n",
        "pocs/jrivera.yaml": POC,
        "tickets/2026/HEAT-1.yaml": TICKET,
        **{f"tickets/2026/HEAT-{number}.yaml": OTHER.format(number=number) for number in range(11, 31)},
        "crs/CR-2026-001.yaml": CHANGE,
        "meetings/2026-11-11-weekly.yaml": MEETING,
        "board.yaml": "terms:\n  - {from: 2024-10-01, quorum: 1, chair_required: true, signatures: required}\nmembers:\n"
                      f"  - {{id: mlee, name: Morgan Placeholder, chair: true, keys: [{public}]}}\n",
    }
    for path, text in files.items():
        path = folder / "data" / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    rows = [f"O-{n},Ticket {n} of the old tracker,2026-11-{10 + n % 5:02} 09:00,2026-11-{10 + n % 5:02} 10:00\n" for n in range(60)]
    (folder / "export.csv").write_text("number,title,received,told\n" + "".join(rows))
    (folder / "map.yaml").write_text(MAP)
    (folder / "report.csv").write_text("report_date,nitc_number,heat_number,status,assigned_to,last_update,summary\n"
                                       "2026-11-16,N-1,HEAT-1,researching,Robin Pattern,2026-11-16,Export\n")


# A letter about 21 tickets, which `mail` drafts before anything is killed.
DRAFT = "output/mail/2026-11-18-jrivera.eml"


def commands(key):
    return {
        "log": ["log", "HEAT-1", "follow-up", "--by", "tnominal", "--at", "2026-11-18 09:00", "--note", "Told them: 'soon'."],
        "new": ["new", "ticket", "--title", "Another", "--subject", "scorecard", "--kind", "issue", "--area", "technical", "--poc", "jrivera",
                "--received", "2026-11-18 09:00", "--via", "phone", "--description", "It fails."],
        "sign": ["sign", "CR-2026-001", "--decision", "approve", "--as", "mlee", "--key", str(key), "--at", "2026-11-18 09:00", "--yes"],
        "sent": ["sent", DRAFT, "--by", "tnominal"],
        "meeting": ["meeting", "weekly", "2026-11-11", "held", "--attended", "tnominal", "--reviewed", "all", "--carry", "all"],
        "minutes": ["meeting", "weekly", "2026-11-11", "minutes", "--text", "All was reviewed."],
        "action": ["action", "Answer NITC", "--owner", "nitc", "--due", "2026-11-25", "--meeting", "2026-11-11"],
        "done": ["done", "A-2026-001"],
        "import nitc": ["import", "nitc", "report.csv"],
        "import tickets": ["import", "tickets", "export.csv", "--map", "map.yaml", "--write"],
    }


def start(folder, arguments):
    return subprocess.Popen([HEATPACK, *AS_OF, *arguments], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT)


def ended(folder, arguments, statuses=(0,)):
    run = start(folder, arguments)
    said = run.communicate()[0].decode()
    assert run.returncode in statuses, f"{arguments}: exit status {run.returncode}: {said}"
    return said


def records(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in (folder / "data").rglob("*")
            if path.is_file() and not path.name.startswith(".heatpack-")}


def left(folder):
    return [path for path in (folder / "data").rglob(".heatpack-*")]


def wait_for_writing(folder, run):
    """Until the first temporary file is there, which is when it starts to write; or it ended."""
    deadline = time.monotonic() + 60
    while run.poll() is None and time.monotonic() < deadline:
        for _, _, names in os.walk(folder / "data"):
            if any(name.startswith(".heatpack-") for name in names):
                return


def main():
    random.seed(20261118)
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        key = work / "key"
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "mlee", "-f", str(key)], check=True)
        before = work / "before"
        project(before, (work / "key.pub").read_text().strip())
        ended(before, ["mail", "follow-ups"])
        old = records(before)
        for name, arguments in commands(key).items():
            after = work / "after"
            shutil.rmtree(after, ignore_errors=True)
            shutil.copytree(before, after)
            began = time.monotonic()
            ended(after, arguments)
            takes = time.monotonic() - began
            new = records(after)
            assert new != old and not left(after), f"{name} writes something, and leaves nothing else"
            killed = torn = 0
            for turn in range(1, KILLS + 1):
                here = work / "here"
                shutil.rmtree(here, ignore_errors=True)
                shutil.copytree(before, here)
                run = start(here, arguments)
                # Half of them when it writes, which takes a few milliseconds of a second.
                if turn % 2:
                    wait_for_writing(here, run)
                    time.sleep(random.uniform(0, 0.004 if name != "import tickets" else 0.1))
                else:
                    time.sleep(random.uniform(0, takes * 1.1))
                run.send_signal(signal.SIGKILL)
                run.communicate()
                killed += run.returncode == -signal.SIGKILL
                now = records(here)
                for path, found in now.items():
                    assert found in (old.get(path), new.get(path)), f"{name}, kill {turn}: {path} is neither the old nor the new"
                for path in old:
                    assert path in now, f"{name}, kill {turn}: {path} is gone"
                torn += bool(left(here)) or now not in (old, new)
                # What is there can be worked on: `check` says nothing of what was left, and nothing else than before.
                said = ended(here, ["check"], (0, 1))
                assert ".heatpack-" not in said, said
                # The same again brings the rest. Of what was written whole there is no rest: a second entry is another.
                if name == "sent":
                    # The next command of any kind, `check` here, finished what was begun: all of it is there, or nothing.
                    assert records(here) in (old, new), f"sent, kill {turn}: some of its entries are there"
                    now = records(here)
                if now != new or name.startswith("import"):
                    ended(here, arguments)
                assert records(here) == new, f"{name}, kill {turn}: not what it is when nothing is in between"
                if now != new or name.startswith("import"):
                    assert not left(here), f"{name}, kill {turn}: {left(here)} is left"
            assert killed > KILLS // 4, f"{name}: only {killed} of {KILLS} were killed in time"
            print(f"{name}: {killed} of {KILLS} killed before their end, {torn} of them while it wrote; nothing torn, nothing lost")
        together(work, before)


def together(work, before):
    """Ten at once, of two kinds: all of them are there afterwards."""
    here = work / "together"
    shutil.copytree(before, here)
    logs = [["log", "HEAT-1", "note", "--by", "tnominal", "--at", "2026-11-18 09:00", "--note", f"Note {number}."] for number in range(6)]
    tickets = [[*commands("")["new"][:3], f"Ticket {number}", *commands("")["new"][4:]] for number in range(4)]
    runs = [start(here, arguments) for pair in zip(logs, tickets + logs[4:]) for arguments in pair]
    for run in runs:
        said = run.communicate()[0].decode()
        assert run.returncode == 0, said
    text = (here / "data/tickets/2026/HEAT-1.yaml").read_text()
    assert all(text.count(f"Note {number}.") >= 1 for number in range(6)), text
    titles = [path.read_text() for path in (here / "data/tickets/2026").iterdir()]
    assert all(any(f"Ticket {number}" in text for text in titles) for number in range(4)), titles
    assert not left(here)
    print("12 at once: all that they entered is there")


if __name__ == "__main__":
    main()
