#!/usr/bin/env python3
"""Kills `heatpack build` at 200 random points, over a site that earlier builds made: every file is the old one or
the new one, and the next build repairs the rest. Then two builds at once into one folder.

Usage: tests/interrupted/run.py [path of the heatpack binary] [number of kills]
Needs nothing but Python 3 (Debian: python3).
"""
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HEATPACK = sys.argv[1] if len(sys.argv) > 1 else "target/debug/heatpack"
KILLS = int(sys.argv[2]) if len(sys.argv) > 2 else 200
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
AS_OF = ["--as-of", "2026-11-22 12:00"]


def build(project, site, **options):
    command = [str(pathlib.Path(HEATPACK).resolve()), "-C", str(project), *AS_OF, "build", "-o", str(site)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **options)


def built(project, site):
    run = build(project, site)
    said = run.communicate()[1].decode()
    assert run.returncode in (0, 1), f"exit status {run.returncode}: {said}"
    return said


def contents(site):
    return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def project(folder):
    """The sample's last tickets and meetings: few packs, which are quick to make."""
    shutil.copytree(ROOT / "data", folder / "data")
    shutil.rmtree(folder / "data" / "tickets" / "2025")
    for ticket in sorted((folder / "data" / "tickets" / "2026").iterdir())[:-25]:
        ticket.unlink()
    for kind in ("crs", "decisions", "nitc"):
        shutil.rmtree(folder / "data" / kind)
    settings = folder / "data" / "heatpack.yaml"
    lines = settings.read_text().splitlines(keepends=True)
    settings.write_text("".join("starts: 2026-11-16\n" if line.startswith("starts:") else line for line in lines))
    for meeting in (folder / "data" / "meetings").iterdir():
        if meeting.name < "2026-11-16":
            meeting.unlink()
    return folder


def main():
    random.seed(20261120)
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        before = project(work / "before")
        after = work / "after"
        shutil.copytree(before, after)
        # Every ticket gets another title, one is gone, and one is new.
        tickets = sorted((after / "data" / "tickets" / "2026").iterdir())
        for ticket in tickets:
            ticket.write_text(ticket.read_text().replace("title: ", "title: Again, ", 1))
        newest = tickets[-1]
        number = int(newest.stem.removeprefix("HEAT-"))
        new = newest.with_name(f"HEAT-{number + 1}.yaml")
        new.write_text(newest.read_text().replace(newest.stem, new.stem))
        newest.unlink()

        built(before, work / "old")
        built(after, work / "new")
        old, new = contents(work / "old"), contents(work / "new")
        assert old != new
        start = time.monotonic()
        shutil.copytree(work / "old", work / "timed")
        built(after, work / "timed")
        takes = time.monotonic() - start
        # What an update gives is what a build from nothing gives, but for the note of what was built.
        assert contents(work / "timed") == new, differing(contents(work / "timed"), new)

        torn = 0
        site = work / "site"
        shutil.copytree(work / "old", site)
        for turn in range(1, KILLS + 1):
            # Forward, or back to what it was, over what the kill before left.
            goal, wanted = random.choice(((after, new), (before, old)))
            run = build(goal, site)
            time.sleep(random.uniform(0, takes))
            run.send_signal(signal.SIGKILL)
            run.communicate()
            now = contents(site)
            for name, found in now.items():
                if pathlib.PurePath(name).name.startswith(".heatpack"):
                    continue  # a neighbour that was not renamed yet, or the note of what was built
                assert found in (old.get(name), new.get(name)), f"kill {turn}: {name} is neither the old nor the new"
            for name in old.keys() & new.keys():
                assert name in now, f"kill {turn}: {name} is gone"
            torn += run.returncode == -signal.SIGKILL and now not in (old, new)
            if turn % 10 == 0:
                built(goal, site)
                assert contents(site) == wanted, f"kill {turn}: {differing(contents(site), wanted)}"
        assert torn > 0, "no kill came between the first file and the last: nothing was tested"
        shutil.rmtree(site)

        # Two builds at once: one waits for the other, and the site is whole.
        both = [build(after, site), build(after, site)]
        said = [run.communicate()[1].decode() for run in both]
        assert all(run.returncode in (0, 1) for run in both), said
        assert contents(site) == new, differing(contents(site), new)
    print(f"{KILLS} builds killed, {torn} of them between the first file and the last; nothing torn, all repaired")


def differing(one, other):
    names = sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
    return f"{len(names)} files differ: {', '.join(names[:5])}"


if __name__ == "__main__":
    main()
