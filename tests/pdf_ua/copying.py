"""What one copies from a pack is what it shows: the commit is whole, no digest of a request is on paper, and nothing
invisible is copied.

Arguments: a PDF and its model (JSON), and so on. Needs pdftotext.
"""

import json
import re
import subprocess
import sys
import unicodedata

# Bidirectional isolates stand around text from right to left, and belong to it.
ISOLATES = "\u2066\u2067\u2068\u2069"

# pdftotext writes these around text that runs from right to left.
POPPLERS = "\u202a\u202b\u202c"


def faults(pdf, pack):
    text = subprocess.run(["pdftotext", "-raw", pdf, "-"], check=True, capture_output=True, text=True).stdout
    commit = pack["head"]["commit"]
    if commit and commit not in text:
        yield f"{commit} is not whole"
    if "sha256:" in text and "sha256:" not in json.dumps([pack["tickets"], pack["last_minutes"]]):
        yield "a digest is on paper"
    # Typst keeps the page numbers of the contents with their dots.
    text = re.sub(r"\u2060(?=\d+$)", "", text, flags=re.MULTILINE)
    # What the records themselves hold is theirs.
    own = set(json.dumps(pack, ensure_ascii=False))
    hidden = {c for c in text if unicodedata.category(c) == "Cf" and c not in ISOLATES and c not in POPPLERS and c not in own}
    if hidden:
        yield "copied unseen: " + ", ".join(f"U+{ord(c):04X}" for c in sorted(hidden))


def main(arguments):
    wrong = 0
    for pdf, model in zip(arguments[::2], arguments[1::2]):
        with open(model, encoding="utf-8") as file:
            pack = json.load(file)
        found = list(faults(pdf, pack))
        wrong += len(found)
        print(f"{pdf}: copied as it is shown" if not found else f"{pdf}:")
        for fault in found:
            print(f"  {fault}")
    return 1 if wrong or not arguments else 0


sys.exit(main(sys.argv[1:]))
