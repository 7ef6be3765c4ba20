#!/usr/bin/env python3
"""Drafts every letter of the process, from the sample and from hostile texts, and reads each with Python's own `email`:
headers, parts and encodings; then enters them with `heatpack sent`, from the drafts and as a mail program saves them.

Usage: tests/letters/run.py [path of the heatpack binary]
Needs Python 3.
"""
import email
import email.policy
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from html.parser import HTMLParser

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEATPACK = str(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "target/debug/heatpack").resolve())
AS_OF = "2026-11-23 09:00"
SENT = "2026-11-23 10:30"
# What a draft may have in its head, and nothing else.
HEADERS = {"x-unsent", "date", "message-id", "subject", "x-heatpack-event", "x-heatpack-records", "to", "mime-version", "content-type"}
MARK = re.compile(r"(HEAT-\d+|CR-\d{4}-\d+)=\d+\.[0-9a-f]{16}\.[0-9a-f]{16}")
HOSTILE = '"</p><script>alert(1)</script><img src=x> \\u202e\\u0085Bcc: evil@example.com {{ mail }} ' + "é" * 180 + '"'


def heatpack(folder, *arguments, status=(0,)):
    run = subprocess.run([HEATPACK, *arguments], cwd=folder, capture_output=True, text=True)
    assert run.returncode in status, f"{arguments}: {run.returncode}\n{run.stdout}{run.stderr}"
    return run.stdout


class Page(HTMLParser):
    """Collects the elements of a page, and its text."""

    def __init__(self):
        super().__init__()
        self.elements, self.words = set(), []

    def handle_starttag(self, tag, attributes):
        self.elements.add(tag)
        for name, value in attributes:
            assert not name.startswith("on"), f"<{tag} {name}>"
            assert name not in ("href", "src") or re.match(r"(https?|mailto):", value or ""), f"<{tag} {name}={value}>"

    def handle_data(self, data):
        self.words.append(data)


def words(text):
    return " ".join(text.split())


def read(path):
    """Reads a draft as strictly as Python can, and holds what is so of every letter."""
    raw = path.read_bytes()
    head, _, _ = raw.partition(b"\r\n\r\n")
    assert head.isascii() and all(len(line) <= 78 for line in head.split(b"\r\n")), path
    assert b"\n" not in raw.replace(b"\r\n", b""), f"{path}: a bare line feed"
    assert all(len(line) <= 998 for line in raw.split(b"\r\n")), path
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    names = [name.lower() for name in mail.keys()]
    assert set(names) <= HEADERS and len(names) == len(set(names)), f"{path}: {names}"
    parts = list(mail.walk())
    assert not mail.defects and all(not part.defects for part in parts), f"{path}: {[part.defects for part in parts]}"
    assert mail["X-Unsent"] == "1" and mail["Message-ID"].endswith("@heatpack.invalid>"), path
    assert mail["Date"].datetime.isoformat() == "2026-11-23T09:00:00-05:00", path
    for address in mail["To"].addresses:
        assert address.domain == "example.org" and "\n" not in address.display_name, f"{path}: {address}"
    event, marks = mail["X-Heatpack-Event"].strip(), (mail["X-Heatpack-Records"] or "").split()
    assert event in ("follow-up", "forwarded", "none") and bool(marks) == (event != "none"), f"{path}: {event} {marks}"
    assert all(MARK.fullmatch(mark) for mark in marks), f"{path}: {marks}"
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    text = plain.get_content()
    assert plain.get_content_charset() == html.get_content_charset() == "utf-8", path
    long = [line for line in text.splitlines() if len(line) > 72 and " " in line.strip() and not line.startswith("    heatpack ")]
    assert not long and "\n\n\n" not in text and text.endswith("\n") and not text.endswith("\n\n"), f"{path}: {long}\n{text}"
    page = Page()
    page.feed(html.get_content())
    assert not page.elements & {"script", "img", "iframe", "link", "form"}, f"{path}: {page.elements}"
    assert "202-555-0100" in text and "202-555-0100" in "".join(page.words), path
    for mark in marks:
        assert mark.split("=")[0] in text, f"{path}: {mark}"
    return mail, text, words("".join(page.words))


def resaved(path):
    """The letter as another program writes it: its own headers, folding, encoding and body."""
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    mail["From"] = "Taylor Nominal <tnominal@example.org>"
    mail["Received"] = "from a by b; Mon, 23 Nov 2026 09:31:00 -0500"
    mail.get_body(("plain",)).set_content("In short: soon.\n", cte="base64")
    path.write_bytes(mail.as_bytes(policy=email.policy.SMTP.clone(max_line_length=40)))


def letters(folder):
    heatpack(folder, "mail", "follow-ups", "--as-of", AS_OF, status=(0, 1))
    for arguments in (["reply", "HEAT-10385"], ["forward", "HEAT-10379"], ["cr", "CR-2026-010", "--attach", "évidence.zip"],
                      ["cr", "CR-2026-011"], ["cr", "CR-2026-005"], ["minutes", "latest"], ["minutes", "2026-11-12", "monthly"]):
        heatpack(folder, "mail", *arguments, "--as-of", AS_OF)
    return sorted((folder / "output/mail").iterdir())


def project(folder):
    shutil.copytree(ROOT / "data", folder / "data")
    settings = folder / "data/heatpack.yaml"
    settings.write_text("".join(line for line in settings.read_text().splitlines(True) if not line.startswith("ends:")))
    (folder / "évidence.zip").write_bytes(bytes(range(256)) * 40)


def main():
    with tempfile.TemporaryDirectory() as work:
        sample, hostile = pathlib.Path(work, "sample"), pathlib.Path(work, "hostile")
        project(sample)
        drafts = letters(sample)
        for path in drafts:
            mail, text, page = read(path)
            for line in words(text).split(". "):
                start = " ".join(line.split()[:3])
                assert start in page or not start.isalpha(), f"{path}: the page lacks `{start}`"
        attached = read(sample / "output/mail/2026-11-23-cr-CR-2026-010.eml")[0]
        files = {part.get_filename(): part.get_content() for part in attached.iter_attachments()}
        assert list(files) == ["CR-2026-010.pdf", "CR-2026-010.zip", "évidence.zip"], list(files)
        assert files["évidence.zip"] == bytes(range(256)) * 40
        assert files["CR-2026-010.pdf"].startswith(b"%PDF-1.7")
        # The receiver verifies the approval with what came in the mail.
        received = pathlib.Path(work, "received")
        received.mkdir()
        (received / "CR-2026-010.zip").write_bytes(files["CR-2026-010.zip"])
        with zipfile.ZipFile(received / "CR-2026-010.zip") as evidence:
            evidence.extractall(received)
        run = subprocess.run(["sh", "verify.sh"], cwd=received / "CR-2026-010", capture_output=True, text=True, check=False)
        assert run.returncode == 0 and "CR-2026-010: approved" in run.stdout, run.stdout + run.stderr

        # Every name, title and text that goes into a letter is hostile; all is text.
        project(hostile)
        for path in [*(hostile / "data/tickets/2026").iterdir(), *(hostile / "data/crs").iterdir()]:
            # Without the digests of their rounds the CRs are on the text as it is now; votes on the old one do not count.
            text = re.sub(r"^ +digest: .*\n", "", path.read_text(), flags=re.M)
            path.write_text(re.sub(r"^title: .*$", lambda _: f"title: {HOSTILE}", text, flags=re.M))
        for path in [*(hostile / "data/pocs").iterdir(), hostile / "data/staff.yaml"]:
            path.write_text(re.sub(r"^( *)name: .*$", lambda found: f"{found[1]}name: {HOSTILE}", path.read_text(), flags=re.M))
        for path in (hostile / "data/meetings").iterdir():
            path.write_text(re.sub(r"what: .*$", lambda _: f"what: {HOSTILE}", path.read_text(), flags=re.M))
        for path in letters(hostile):
            mail, text, page = read(path)
            assert "\u202e" not in text and "<script>" in text + page, path

        # The round is entered, half of it as a mail program saved it; the same again is one too many.
        shown = [path for path in drafts if "reply" not in path.name and "cr-" not in path.name and "forward" not in path.name]
        for path in shown[::2]:
            resaved(path)
        entered = heatpack(sample, "sent", *map(str, shown), "--by", "tnominal", "--as-of", SENT)
        about = [mark.split("=")[0] for path in shown for mark in (email.message_from_bytes(path.read_bytes(), policy=email.policy.default)["X-Heatpack-Records"] or "").split()]
        assert sorted(line.split(":")[0] for line in entered.splitlines() if ": follow-up," in line) == sorted(about), entered
        heatpack(sample, "check", "--as-of", SENT)
        heatpack(sample, "sent", *map(str, shown), "--by", "tnominal", "--as-of", SENT, status=(1,))
        print(f"{len(drafts)} letters of the sample and as many hostile ones are read by Python; {len(about)} entries made")


if __name__ == "__main__":
    main()
