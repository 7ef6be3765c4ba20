#!/usr/bin/env python3
"""Three clerks keep records for some days, each in a work tree of one repository, and merge every evening.

Counts the merges that stop: with git alone, with the merge driver, and after `heatpack resolve`. Every 50 days
and at the end the records must be the ones that one clerk would have entered. Closed tickets are archived then.

Usage: tests/merging/run.py HEATPACK [--days 1000] [--blank-line] [--given-numbers] [--seed 1]
"""
import argparse
import collections
import datetime
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time

CLERKS = ["ana", "ben", "cleo"]
FIRST = datetime.date(2023, 1, 2)
ENTRY = re.compile(r"^  - at: ", re.M)


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("heatpack")
    parser.add_argument("--days", type=int, default=1000)
    parser.add_argument("--blank-line", action="store_true", help="every log ends with a blank line")
    parser.add_argument("--given-numbers", action="store_true", help="tickets have numbers that HEAT gives")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


class Office:
    """A repository with a work tree for each clerk, and what one clerk would have on record."""

    def __init__(self, folder, arguments):
        self.folder, self.heatpack = pathlib.Path(folder), os.path.abspath(arguments.heatpack)
        self.end = "\n" if arguments.blank_line else ""
        self.given = 0 if arguments.given_numbers else None
        self.places, self.forwarded, self.retitled, self.open, self.slowest = {}, None, "", set(), 0
        self.random = random.Random(arguments.seed)
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": folder, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C",
            "GIT_EDITOR": "true", "NO_COLOR": "1",
        }
        self.stops = collections.Counter()
        # By a word that is in its title and nowhere else: the ticket's title, its entries, and its owner.
        self.tickets = {}
        self.crs = {}
        self.count = collections.Counter()
        self.git(self.folder, "init", "--quiet", "--initial-branch=day-ana", "ana")
        for name, value in [("user.name", "Clerk"), ("user.email", "clerk@example.org"), ("gc.auto", "0"), ("core.fsync", "none")]:
            self.git(self.root("ana"), "config", name, value)
        first = self.root("ana")
        attributes = pathlib.Path(__file__).parents[2] / "templates/init/.gitattributes"
        self.write(first / ".gitattributes", attributes.read_text())
        self.write(first / "data/heatpack.yaml", "starts: 2023-01-02\n")
        self.write(first / "data/subjects.yaml", "- {id: scorecard, name: Scorecard, kind: module}\n")
        people = "".join(f"- {{id: {clerk}, name: {clerk.title()} Sample, office: help-desk}}\n" for clerk in CLERKS)
        self.write(first / "data/staff.yaml", people + "- {id: ada, name: Ada Sample, office: acfo-fs}\n")
        self.write(first / "data/pocs/jrivera.yaml",
                   "id: jrivera\nname: Jordan Rivera\nphone: 202-555-0104\ndesignations:\n"
                   "  - {subject: scorecard, role: primary, from: 2022-10-01}\n")
        self.commit("ana", "Begin")
        self.git(first, "branch", "main")
        for clerk in CLERKS[1:]:
            self.git(first, "worktree", "add", "--quiet", "-b", f"day-{clerk}", str(self.root(clerk)), "main")

    def root(self, clerk):
        return self.folder / clerk

    def run(self, folder, *words):
        return subprocess.run(words, cwd=folder, env=self.environment, capture_output=True, text=True)

    def git(self, folder, *words):
        run = self.run(folder, "git", *words)
        if run.returncode != 0:
            sys.exit(f"git {' '.join(words)}: {run.stdout}{run.stderr}")
        return run.stdout

    def write(self, path, text):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def commit(self, clerk, message):
        self.git(self.root(clerk), "add", "--all")
        self.git(self.root(clerk), "commit", "--quiet", "--allow-empty", "--message", message)

    def minute(self, after=8 * 60):
        minute = self.random.randint(after, 16 * 60 + 50)
        return minute, f"{self.date} {minute // 60:02}:{minute % 60:02}"

    # What a clerk enters, in their clone.

    def morning(self):
        self.places = {}
        self.forwarded = None
        for clerk in CLERKS:
            root = self.root(clerk)
            self.git(root, "reset", "--quiet", "--hard", "main")
            places = {}
            for path in self.recent(root):
                title = re.search(r"^title: .*?(\w+)$", path.read_text(), re.M)
                if title:
                    places[title[1]] = path
            self.places[clerk] = places

    def recent(self, root):
        """The files of tickets that are still open, which are the latest."""
        files = sorted((root / "data/tickets").glob("*/*.yaml"), key=lambda path: int(path.stem[5:]))
        return files[-60:]

    def numbers(self, clerk, kind, pattern):
        return [int(path.stem.split("-")[-1]) for path in (self.root(clerk) / "data" / kind).glob(pattern)]

    def append(self, clerk, word, minute, lines):
        path = self.places[clerk][word]
        text = path.read_text().replace("log: []\n", "log:\n").rstrip("\n") + "\n"
        entry = f"  - at: {minute}\n" + "".join(f"    {line}\n" for line in lines)
        self.write(path, text + entry + self.end)
        return entry

    def new_ticket(self, clerk, word):
        if self.given is None:
            number = max(self.numbers(clerk, "tickets", "*/*.yaml"), default=0) + 1
        else:
            self.given = number = self.given + 1
        path = self.root(clerk) / f"data/tickets/{self.date.year}/HEAT-{number}.yaml"
        received = self.minute()[1]
        self.write(path, f"id: HEAT-{number}\ntitle: Export fails {word}\nsubject: scorecard\nkind: issue\narea: functional\n"
                         f"poc: jrivera\nreceived: {received}\nvia: [phone]\ndescription: |\n  It fails since {received}.\n  Case {word}.\n"
                         f"log: []\n{self.end}")
        self.places[clerk][word] = path
        return {"kind": "ticket", "word": word, "title": f"Export fails {word}", "owner": clerk}

    def day(self, clerk, number):
        """What the clerk does, as entries for one who enters everything."""
        done = []
        mine = [word for word in self.places[clerk] if self.tickets.get(word, {}).get("owner") == clerk and word in self.open]
        others = [word for word in self.places[clerk] if word in self.open and word not in mine]
        chance = self.random.random
        for index in range(self.random.choice([0, 1, 1, 2, 3])):
            done.append(self.new_ticket(clerk, f"{clerk}{number}n{index}"))
        # Updates of one's own tickets, and notes in those of others.
        entered = collections.defaultdict(list)
        for word in self.random.sample(mine, min(len(mine), 2)):
            entered[word].append(["event: follow-up", f"by: {clerk}", f"note: Day {number}, by {clerk}"])
        for word in self.random.sample(others, min(len(others), self.random.choice([0, 1, 2]))):
            entered[word].append(["event: note", f"by: {clerk}", "note: |", f"  Called on day {number}.", "", f"  # {clerk}"])
        if mine and chance() < 0.1:
            entered[self.random.choice(mine)].append(["event: note", f"by: {clerk}", f"note: More, {number} {clerk}"])
        oldest = sorted(mine, key=lambda word: self.tickets[word]["day"])
        closing = oldest[:2] if len(mine) > 6 else []
        if self.forwarded and clerk in self.forwarded[1] and self.forwarded[0] not in closing:
            entered[self.forwarded[0]].append(["event: forwarded", f"by: {clerk}"])
        for word, entries in entered.items():
            start = 8 * 60
            for lines in entries:
                start, minute = self.minute(start)
                done.append({"kind": "entry", "word": word, "text": self.append(clerk, word, minute, lines)})
        for word in closing:
            for event, clock in [("resolved", "16:55"), ("closed", "16:58")]:
                lines = [f"event: {event}", f"by: {clerk}"] + (["note: Fixed."] if event == "resolved" else [])
                text = self.append(clerk, word, f"{self.date} {clock}", lines)
                done.append({"kind": "entry", "word": word, "text": text})
            done.append({"kind": "closed", "word": word})
        # A second ticket about what one entered today, and a CR about it.
        new = [own["word"] for own in done if own["kind"] == "ticket"]
        if new and chance() < 0.15:
            own = self.new_ticket(clerk, f"{clerk}{number}twin")
            done.append(own)
            target = self.places[clerk][new[0]].stem
            text = self.append(clerk, own["word"], f"{self.date} 16:59", ["event: voided", f"by: {clerk}", f"duplicate_of: {target}"])
            done.append({"kind": "entry", "word": own["word"], "text": text.replace(target, f"of {new[0]}")})
            done.append({"kind": "closed", "word": own["word"]})
        if new and chance() < 0.08:
            word = f"{clerk}{number}cr"
            cr = max(self.numbers(clerk, "crs", f"CR-{self.date.year}-*.yaml"), default=0) + 1
            name = f"CR-{self.date.year}-{cr:03}"
            target = self.places[clerk][new[0]].stem
            self.write(self.root(clerk) / f"data/crs/{name}.yaml",
                       f"id: {name}\ntitle: Change {word}\nsubject: scorecard\ntickets: [{target}]\nprepared_by: ada\nlog: []\n")
            done.append({"kind": "cr", "word": word, "ticket": new[0]})
        # A title that two clerks may correct on one day.
        if self.retitled in self.places[clerk]:
            title = f"Export stops, said {clerk}, {self.retitled}"
            path = self.places[clerk][self.retitled]
            self.write(path, re.sub(r"^title: .*", f"title: {title}", path.read_text(), count=1, flags=re.M))
            done.append({"kind": "title", "word": self.retitled, "title": title})
        return done

    def enter(self, done, day):
        for own in done:
            if own["kind"] == "ticket":
                self.tickets[own["word"]] = {"title": own["title"], "entries": [], "owner": own["owner"], "day": day}
                self.open.add(own["word"])
            elif own["kind"] == "entry":
                known = self.tickets[own["word"]]["entries"]
                # One who enters everything forwards a ticket once.
                if not ("event: forwarded" in own["text"] and any("event: forwarded" in entry for entry in known)):
                    known.append(own["text"])
            elif own["kind"] == "closed":
                self.open.discard(own["word"])
            elif own["kind"] == "title":
                self.tickets[own["word"]]["title"] = own["title"]
            elif own["kind"] == "cr":
                self.crs[own["word"]] = own["ticket"]

    # The evening.

    def evening(self, clerk, number):
        root = self.root(clerk)
        self.commit(clerk, f"Day {number} of {clerk}")
        self.stops["merges"] += 1
        plain = self.run(root, "git", "merge-tree", "--write-tree", "main", "HEAD")
        self.stops["git alone"] += plain.returncode != 0
        driver = f"'{self.heatpack}' merge-driver %O %A %B %P"
        merge = self.run(root, "git", "-c", f"merge.heatpack.driver={driver}", "merge", "--quiet", "--no-edit", "main")
        if merge.returncode != 0:
            self.stops["with the driver"] += 1
            started = time.monotonic()
            resolve = self.run(root, self.heatpack, "resolve", "--as-of", str(self.date))
            self.slowest = max(self.slowest, time.monotonic() - started)
            self.stops["renumbered"] += len(re.findall("^renumbered", resolve.stdout, re.M))
            if resolve.returncode == 1:
                self.stops["after resolve"] += 1
                self.settle(clerk, resolve.stdout)
            elif resolve.returncode != 0:
                sys.exit(f"day {number}, {clerk}: {resolve.stdout}{resolve.stderr}")
            self.git(root, "commit", "--quiet", "--no-edit")
        self.git(root, "update-ref", "refs/heads/main", "HEAD")

    def settle(self, clerk, printed):
        """What a person decides: their own title, and one forwarding."""
        for kind, path in re.findall(r"^(left in conflict|joined, with errors): (\S+?): ", printed, re.M):
            file = self.root(clerk) / path
            text = file.read_text()
            text = re.sub(r"<<<<<<< ours\n(.*?)=======\n.*?>>>>>>> theirs\n", r"\1", text, flags=re.S)
            if kind != "left in conflict":
                self.stops["told of a broken rule"] += 1
                text = re.sub(rf"  - at: \S+ \S+\n    event: forwarded\n    by: {clerk}\n", "", text, count=1)
            if "<<<<<<<" in text:
                sys.exit(f"{path}: {printed}\n{text}")
            self.write(file, text)
            self.git(self.root(clerk), "add", path)

    # The end.

    def compare(self):
        root = self.root("ana")
        self.git(root, "reset", "--quiet", "--hard", "main")
        words, found = {}, {}
        for path in sorted((root / "data/tickets").rglob("*.yaml")):
            text = path.read_text()
            word = re.search(r"^  Case (\w+)\.$", text, re.M)[1]
            assert f"id: {path.stem}\n" in text, path
            assert word not in found, f"{word} is there twice"
            words[path.stem] = word
            found[word] = text
        assert found.keys() == self.tickets.keys(), found.keys() ^ self.tickets.keys()
        for word, text in found.items():
            entries = ["  - at: " + entry for entry in ENTRY.split(text)[1:]]
            entries = [re.sub(r"duplicate_of: (\S+)", lambda own: f"duplicate_of: of {words[own[1]]}", entry) for entry in entries]
            entries = [entry.rstrip("\n") + "\n" for entry in entries]
            times = [entry.split("\n")[0] for entry in entries]
            assert times == sorted(times), text
            wanted = [entry.rstrip("\n") + "\n" for entry in self.tickets[word]["entries"]]
            # Of two entries in one minute, either may be the first.
            assert sorted(entries) == sorted(wanted), f"{word}\n{''.join(entries)}\n---\n{''.join(wanted)}"
            assert f"\ntitle: {self.tickets[word]['title']}\n" in text, text
        crs = {}
        for path in (root / "data/crs").glob("*.yaml"):
            text = path.read_text()
            assert f"id: {path.stem}\n" in text, path
            crs[re.search(r"^title: Change (\w+)$", text, re.M)[1]] = words[re.search(r"^tickets: \[(\S+)\]$", text, re.M)[1]]
        assert crs == self.crs, crs.items() ^ self.crs.items()
        check = self.run(root, self.heatpack, "check", "--errors-only", "--as-of", str(self.date))
        assert check.returncode == 0, check.stdout

    def archive(self):
        """Deletes closed tickets and older CRs, as an office does once a year. The last numbers stay in use."""
        root = self.root("ana")
        files = {re.search(r"^  Case (\w+)\.$", path.read_text(), re.M)[1]: path for path in (root / "data/tickets").rglob("*.yaml")}
        newest = max(files, key=lambda word: int(files[word].stem[5:]))
        crs = sorted((root / "data/crs").glob("*.yaml"))
        last = re.search(r"^title: Change (\w+)$", crs[-1].read_text(), re.M)[1] if crs else None
        kept = self.open | {newest} | ({self.crs[last]} if last else set())
        for word in list(kept):
            kept |= set(re.findall(r"duplicate_of: of (\w+)", "".join(self.tickets[word]["entries"])))
        for word in files.keys() - kept:
            files[word].unlink()
            del self.tickets[word]
            self.count["tickets"] += 1
        for path in crs[:-1]:
            path.unlink()
            self.count["CRs"] += 1
        self.crs = {word: ticket for word, ticket in self.crs.items() if word == last}
        self.commit("ana", "Archive")
        self.git(root, "update-ref", "refs/heads/main", "HEAD")


def main():
    arguments = parse_arguments()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="clerks-") as folder:
        office = Office(folder, arguments)
        for number in range(arguments.days):
            office.date = FIRST + datetime.timedelta(days=number)
            office.morning()
            open_words = sorted(office.open)
            office.retitled = office.random.choice(open_words) if open_words and office.random.random() < 0.02 else ""
            if open_words and office.random.random() < 0.02:
                fresh = [word for word in open_words if word != office.retitled
                         and not any("forwarded" in entry for entry in office.tickets[word]["entries"])]
                office.forwarded = (office.random.choice(fresh), office.random.sample(CLERKS, 2)) if fresh else None
            order = office.random.sample(CLERKS, 3)
            done = {clerk: office.day(clerk, number) for clerk in order}
            for clerk in order:
                office.evening(clerk, number)
                office.enter(done[clerk], number)
            if number % 50 == 49:
                office.compare()
                office.archive()
        office.compare()
        stops = office.stops
        kinds = ["git alone", "with the driver", "after resolve"]
        print(f"{arguments.days} days, {office.count['tickets'] + len(office.tickets)} tickets, "
              f"{office.count['CRs'] + len(office.crs)} CRs, {stops['merges']} merges"
              f"{', blank line at the end' if arguments.blank_line else ''}{', numbers of HEAT' if arguments.given_numbers else ''}")
        for kind in kinds:
            print(f"merges that stopped {kind}: {stops[kind]} ({100 * stops[kind] / stops['merges']:.1f}%)")
        print(f"records with another number: {stops['renumbered']}; told of a broken rule: {stops['told of a broken rule']}; "
              f"slowest resolve: {office.slowest:.1f} s")
        print(f"the records are those of one clerk ({time.monotonic() - started:.0f} s)")


if __name__ == "__main__":
    main()
