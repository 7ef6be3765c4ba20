#!/usr/bin/env python3
"""Writes the mails of `letters.py` and `hostile.py` as files, as the mail programs of an office write them, and what
is right for each (`expected.csv`). The mails are the same each time.

Usage: tests/mail_in/write.py
"""
import base64
import csv
import html
import pathlib
import quopri
import shutil
import textwrap

from hostile import HOSTILE
from letters import LETTERS

HERE = pathlib.Path(__file__).parent
PEOPLE = {
    "R": ("Robin Exemplar", "rexemplar@example.org", "Application Team, NITC\n202-555-0131"),
    "D": ("Dana Mockridge", "dmockridge@example.org", "NITC | Systems"),
    "J": ("Jordan Rivera", "jrivera@example.org", "Budget Analysis\n202-555-0104"),
    "W": ("Wren Imago", "wimago@example.org", "Travel and Grants"),
    "P": ("Pat Sample", "psample@example.org", "Property Office, Room 4-112"),
    "U": ("Uma Callery", "ucallery@example.org", "Field Office"),
    "H": ("Hale Dummett", "hdummett@example.org", ""),
    "X": ("Sidney Unknown", "sunknown@example.org", ""),
    "K": ("Kim Fosterling", "kfoster@example.org", "ACFO-FS"),
    "M": ("Morgan Placeholder", "mplaceholder@example.org", ""),
    "T": ("Taylor Nominal", "tnominal@example.org", "MITS Help Desk"),
    "S": ("NITC Service Tracker", "rexemplar@example.org", ""),
}
DESK = ("MITS Help Desk", "helpdesk@example.org")
QUOTED = ["Thank you for your message. This is about the following matter.", "You get the next update by Monday.", "MITS Help Desk, 202-555-0100"]


def head(who, subject, number, more=""):
    name, email, _ = PEOPLE[who]
    hour, minute = 8 + number % 8, number * 7 % 60
    return (
        f"Received: from mail.example.org by mx.example.org; Wed, 18 Nov 2026 {hour:02}:{minute:02}:09 -0500\n"
        f"From: {name} <{email}>\nTo: {DESK[0]} <{DESK[1]}>\nSubject: {subject}\n"
        f"Date: Wed, 18 Nov 2026 {hour:02}:{minute:02}:00 -0500\nMessage-ID: <m{number}@mail.example.org>\n{more}MIME-Version: 1.0\n"
    )


def text_part(text, encoding="quoted-printable"):
    if encoding == "base64":
        body = base64.encodebytes(text.encode()).decode()
    elif encoding == "8bit":
        body = text
    else:
        body = quopri.encodestring(text.encode()).decode()
    return f"Content-Type: text/plain; charset=\"utf-8\"\nContent-Transfer-Encoding: {encoding}\n\n{body}"


def html_part(markup):
    body = quopri.encodestring(markup.encode()).decode()
    return f"Content-Type: text/html; charset=\"utf-8\"\nContent-Transfer-Encoding: quoted-printable\n\n{body}"


def alternative(text, markup, boundary):
    return (f"Content-Type: multipart/alternative; boundary=\"{boundary}\"\n\n--{boundary}\n{text_part(text)}\n"
            f"--{boundary}\n{html_part(markup)}\n--{boundary}--\n")


def paragraphs(texts):
    return "".join(f"<p class=3DMsoNormal>{html.escape(text)}</p>\n".replace("3D", "") for text in texts)


def written(style, who, subject, texts, number):
    """A mail as a mail program writes it."""
    name, email, place = PEOPLE[who]
    first = name.split()[0]
    is_answer = subject.lower().startswith("re:")
    signature = f"{name}\n{place}".strip()
    body = "\n\n".join(texts)
    original = (f"From: {DESK[0]} <{DESK[1]}>\nSent: Tuesday, November 17, 2026 4:12 PM\nTo: {name} <{email}>\n"
                f"Subject: {subject[3:].strip()}\n\n" + "\n\n".join(QUOTED))
    wrote = f"On Tue, Nov 17, 2026 at 4:12 PM {DESK[0]} <{DESK[1]}>\nwrote:\n\n" + "\n".join(f"> {line}" for line in QUOTED)
    if style == "outlook":
        text = f"Good morning,\n\n{body}\n\nThanks,\n\n{signature}\n"
        text += f"\n-----Original Message-----\n{original}\n" if is_answer else ""
        return head(who, subject, number, "X-Mailer: Microsoft Outlook 16.0\n") + text_part(text.replace("\n", "\r\n"))
    if style == "outlook-html":
        markup = (f"<html><head><style>p.MsoNormal {{margin: 0in;}}</style></head><body><div class=\"WordSection1\">"
                  f"{paragraphs(['Hi Taylor,'] + texts)}<p class=\"MsoNormal\">&nbsp;</p>{paragraphs(['Regards,'] + signature.splitlines())}")
        if is_answer:
            lines = html.escape(original).splitlines()
            markup += "<div style=\"border-top:solid #E1E1E1 1.0pt\"><p class=\"MsoNormal\">" + "<br>\n".join(
                f"<b>{line.split(':', 1)[0]}:</b>{line.split(':', 1)[1]}" if ":" in line and index < 4 else line for index, line in enumerate(lines)) + "</p></div>"
        return head(who, subject, number) + html_part(markup + "</div></body></html>")
    if style == "outlook-new":
        text = f"{body}\n\n{signature}\n"
        text += f"________________________________\n{original}\n" if is_answer else ""
        markup = f"<html><body><div>{'</div><div><br></div><div>'.join(html.escape(text) for text in texts)}</div></body></html>"
        return head(who, subject, number) + alternative(text, markup, f"_000_{number}_")
    if style == "gmail":
        filled = "\n\n".join(textwrap.fill(text, 72) for text in texts)
        text = f"Hi,\n\n{filled}\n\n{first}\n" + (f"\n{wrote}\n" if is_answer else "")
        markup = f"<div dir=\"ltr\">Hi,<br><br>{'<br><br>'.join(html.escape(text) for text in texts)}<br><br>{first}</div>"
        if is_answer:
            markup += f"<br><div class=\"gmail_quote\"><div dir=\"ltr\">On Tue, Nov 17, 2026 at 4:12 PM wrote:<br></div><blockquote>{'<br>'.join(QUOTED)}</blockquote></div>"
        return head(who, subject, number) + alternative(text, markup, f"00000000000{number}")
    if style == "phone":
        text = f"{body}\n\nSent from my iPhone\n"
        if is_answer:
            text += f"\n> On Nov 17, 2026, at 4:12 PM, {DESK[0]} <{DESK[1]}> wrote:\n> \n" + "\n".join(f"> {line}" for line in QUOTED) + "\n"
        return head(who, subject, number, "X-Mailer: iPhone Mail (21F90)\n") + text_part(text)
    if style == "phone-html":
        markup = (f"<html><body dir=\"auto\">{'<div><br></div>'.join(f'<div>{html.escape(text)}</div>' for text in texts)}"
                  f"<br id=\"lineBreakAtBeginningOfSignature\"><div dir=\"ltr\">Sent from my iPhone</div>")
        if is_answer:
            markup += (f"<div dir=\"ltr\"><br><blockquote type=\"cite\">On Nov 17, 2026, at 4:12 PM, {DESK[0]} wrote:<br><br></blockquote></div>"
                       f"<blockquote type=\"cite\"><div>{'<br>'.join(QUOTED)}</div></blockquote>")
        return head(who, subject, number) + html_part(markup + "</body></html>")
    if style == "below":
        # Some answer below the quote.
        text = f"{wrote}\n\n{body}\n\n-- \n{signature}\n" if is_answer else f"{body}\n\n-- \n{signature}\n"
        return head(who, subject, number, "User-Agent: Mozilla Thunderbird\n") + text_part(text, "8bit")
    if style == "base64":
        text = f"Hello,\n\n{body}\n\nV/r\n{signature}\n\nCONFIDENTIALITY NOTICE: This message may contain information for its recipient only.\n"
        text += f"\n-----Original Message-----\n{original}\n" if is_answer else ""
        return head(who, subject, number) + text_part(text, "base64")
    if style == "external":
        text = f"[EXTERNAL] This mail is from outside. Be careful with links.\n\n{body}\n\nBest regards,\n{signature}\n"
        return head(who, subject, number) + text_part(text)
    if style == "tracker":
        text = f"{body}\n\n--\nThis is an automatic message of the NITC Service Tracker. Do not reply to it.\n"
        return head(who, subject, number, "Auto-Submitted: auto-generated\nPrecedence: bulk\n") + text_part(text)
    if style == "bare":
        return head(who, subject, number) + f"Content-Type: text/plain; charset=us-ascii\n\n{body}\n"
    raise ValueError(style)


def main():
    folder = HERE / "mails"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    rows = []
    for number, (style, who, subject, texts, ticket, proposals) in enumerate(LETTERS, 1):
        texts = [texts] if isinstance(texts, str) else texts
        name = f"{number:03}.eml"
        (folder / name).write_bytes(written(style, who, subject, texts, number).encode())
        rows.append([name, "", ticket, proposals, texts[0] if proposals != "-" else ""])
    for number, (what, content, ticket, proposals, text) in enumerate(HOSTILE, len(LETTERS) + 1):
        name = f"{number:03}.eml"
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        rows.append([name, what, ticket, proposals, text])
    with open(HERE / "expected.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["file", "hostile", "ticket", "proposals", "text"])
        writer.writerows(rows)
    assert len(rows) == 200 and sum(bool(row[1]) for row in rows) == 40, (len(rows), sum(bool(row[1]) for row in rows))


if __name__ == "__main__":
    main()
