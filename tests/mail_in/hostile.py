"""Hostile and broken mails: what it is, its bytes, the ticket, the right proposals, the beginning of the right text."""
import base64

MARK = "HEAT-102=1.0123456789abcdef.0123456789abcdef"
TO = "To: helpdesk@example.org\n"
DATE = "Date: Wed, 18 Nov 2026 11:20:00 -0500\n"
ROBIN = "From: Robin Exemplar <rexemplar@example.org>\n"
JORDAN = "From: Jordan Rivera <jrivera@example.org>\n"
PLAIN = "Content-Type: text/plain; charset=utf-8\n\n"
ACK = "Received and logged as N-2400.\n"


def mail(sender, subject, body, more="", date=DATE):
    return f"{sender}{TO}Subject: {subject}\n{date}{more}{'' if body.startswith('Content-') else PLAIN}{body}"


def nested(depth):
    return "".join("Content-Type: message/rfc822\n\n" for _ in range(depth)) + "Subject: [HEAT-103] x\n\nReceived as N-2401.\n"


def boundaries(depth):
    heads = "".join(f"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n" for level in range(depth))
    return heads + PLAIN + "Received as N-2402.\n"


def b64(text, charset="utf-8"):
    return base64.b64encode(text.encode(charset)).decode()


SHELL = "It fails with $(touch /tmp/owned) `touch owned` ; rm -rf ~ & | > x \\ \" ' '\\'' !! %PATH% $HOME *"
# Built here, so that no file holds such a number.
SSN = "-".join(["219", "09", "9999"])
HOSTILE = [
    # Who wrote it.
    ("another address under a known name", mail("From: Robin Exemplar <robin@evil.example>\n", "RE: [HEAT-102] Totals", ACK), "HEAT-102", "-", ""),
    ("a known address as a name", mail("From: \"rexemplar@example.org\" <x@evil.example>\n", "RE: [HEAT-102] Totals", ACK), "HEAT-102", "-", ""),
    ("two senders", mail("From: rexemplar@example.org, x@evil.example\n", "RE: [HEAT-102] Totals", ACK), "HEAT-102", "-", ""),
    ("two headers of a sender", mail("From: x@evil.example\nFrom: rexemplar@example.org\n", "RE: [HEAT-102] Totals", ACK), "HEAT-102", "-", ""),
    ("no sender", mail("", "RE: [HEAT-102] Totals", ACK), "HEAT-102", "-", ""),
    ("someone who left", mail("From: Kerry Stubbs <kstubbs@example.org>\n", "RE: [HEAT-102] Totals", ACK), "HEAT-102", "-", ""),
    ("a domain that looks alike", mail("From: rexemplar@examp1e.example\n", "RE: [HEAT-102] Totals", ACK), "HEAT-102", "-", ""),
    ("a longer domain", mail("From: rexemplar@example.org.evil.example\n", "RE: [HEAT-102] Totals", ACK), "HEAT-102", "-", ""),
    ("an answer to another address", mail(JORDAN + "Reply-To: x@evil.example\n", "Re: [HEAT-101] Scorecard export", "Any news?\n"), "HEAT-101", "note", "Any news?"),
    ("a POC who acknowledges for NITC", mail(JORDAN, "Re: [HEAT-102] Totals", ACK), "HEAT-102", "note", "Received and logged as N-2400."),
    # Which ticket.
    ("two tickets in the subject", mail(ROBIN, "RE: [HEAT-102] and [HEAT-104]", ACK), "-", "-", ""),
    ("NITC's number of another ticket", mail(ROBIN, "RE: [HEAT-102] N-2290", "We can reproduce it.\n"), "-", "-", ""),
    ("a ticket that is not there", mail(ROBIN, "RE: [HEAT-99999] Totals", ACK), "-", "-", ""),
    ("our header for another ticket than the subject's", mail(ROBIN, "RE: [HEAT-104] Depreciation", ACK, f"X-Heatpack-Records: {MARK}\n"), "-", "-", ""),
    ("our header with rubbish", mail(ROBIN, "RE: your letter", ACK, "X-Heatpack-Records: HEAT-102; HEAT-104=1 =.= HEAT-102=\n"), "-", "-", ""),
    ("our header in a quoted letter", mail(ROBIN, "RE: your letter", f"{ACK}\n> Subject: your letter\n> X-Heatpack-Records: {MARK}\n"), "HEAT-102", "acknowledged N-2400", "Received and logged as N-2400."),
    ("a ticket of others in the text of a POC", mail("From: wimago@example.org\n", "Question", "Is this like HEAT-101? The voucher is blank in Travel Vouchers.\n"), "-", "new ticket travel-vouchers", "Is this like HEAT-101?"),
    ("a number within another number", mail(ROBIN, "RE: HEAT-10210 and N-22901", "We can reproduce it.\n"), "-", "-", ""),
    ("two numbers of NITC", mail(ROBIN, "RE: [HEAT-102] Totals", "Received, logged as N-2410 and N-2411.\n"), "HEAT-102", "note", "Received, logged as N-2410 and N-2411."),
    ("the number of another ticket", mail(ROBIN, "RE: [HEAT-102] Totals", "Received and logged as N-2290.\n"), "HEAT-102", "note", "Received and logged as N-2290."),
    # Programs, not people.
    ("an automatic reply", mail(ROBIN, "Automatic reply: [HEAT-102] Totals", "I am away. Received.\n", "Auto-Submitted: auto-replied\n"), "HEAT-102", "-", ""),
    ("an automatic reply by its subject only", mail(ROBIN, "Out of Office: [HEAT-102] Totals", "I am away until Monday.\n"), "HEAT-102", "-", ""),
    ("a delivery failure", mail("From: Mail Delivery System <MAILER-DAEMON@example.org>\n", "Undeliverable: [HEAT-102] Totals", "Content-Type: multipart/report; report-type=delivery-status; boundary=r\n\n--r\n\nIt failed.\n--r--\n"), "HEAT-102", "-", ""),
    ("a receipt", mail(JORDAN, "Read: [HEAT-101] Scorecard export", "Content-Type: multipart/report; report-type=disposition-notification; boundary=r\n\n--r\n\nread\n--r--\n"), "HEAT-101", "-", ""),
    ("encrypted", mail(JORDAN, "Re: [HEAT-101] Scorecard export", "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\nMIAGCSqGSIb3\n"), "HEAT-101", "-", ""),
    ("signed", mail(JORDAN, "Re: [HEAT-101] Scorecard export", f"Content-Type: multipart/signed; boundary=s; protocol=\"application/pkcs7-signature\"\n\n--s\n{PLAIN}Any news?\n--s\nContent-Type: application/pkcs7-signature; name=smime.p7s\n\nAAAA\n--s--\n"), "HEAT-101", "note", "Any news?"),
    # What a mail is made of.
    ("a mail in a mail in a mail", mail(ROBIN, "FW: [HEAT-102] Totals", nested(3000)), "HEAT-102", "-", ""),
    ("parts in parts in parts", mail(ROBIN, "FW: [HEAT-102] Totals", boundaries(500)), "HEAT-102", "-", ""),
    ("many parts", mail(ROBIN, "RE: [HEAT-102] Totals", f"Content-Type: multipart/mixed; boundary=p\n\n--p\n{PLAIN}{ACK}" + "--p\nContent-Type: image/png; name=a.png\n\nx\n" * 2000), "HEAT-102", "acknowledged N-2400", "Received and logged as N-2400."),
    ("a multipart that never ends", mail(ROBIN, "RE: [HEAT-102] Totals", f"Content-Type: multipart/mixed; boundary=p\n\n--p\n{PLAIN}{ACK}"), "HEAT-102", "acknowledged N-2400", "Received and logged as N-2400."),
    ("Western text that claims to be UTF-8", mail(JORDAN, "Re: [HEAT-101] Scorecard export", "").encode() + "Se\u00f1or Mu\u00f1oz\u2019s export fails too.\n".encode("cp1252"), "HEAT-101", "note", "Se\u00f1or Mu\u00f1oz\u2019s export fails too."),
    ("a charset that does not exist", mail(JORDAN, "Re: [HEAT-101] Scorecard export", "Content-Type: text/plain; charset=x-none\nContent-Transfer-Encoding: base64\n\n" + b64("Any news?\n") + "\n"), "HEAT-101", "note", "Any news?"),
    ("Japanese text", mail(JORDAN, "Re: [HEAT-101] Scorecard export", "Content-Type: text/plain; charset=shift_jis\nContent-Transfer-Encoding: base64\n\n" + b64("\u66f8\u985e\u304c\u7a7a\u3067\u3059", "shift_jis") + "\n"), "HEAT-101", "note", "\u66f8\u985e\u304c\u7a7a\u3067\u3059"),
    ("HTML only, with scripts and styles", mail(JORDAN, "Re: [HEAT-101] Scorecard export", "Content-Type: text/html\n\n<html><head><style>p{content:'HEAT-104'}</style><script>alert('x</p>')</script></head><body><p onclick=x>Any <b>news</b>&#63;</p><!-- <p>HEAT-102</p> --><img src=http://evil.example/x><blockquote>HEAT-103</blockquote>"), "HEAT-101", "note", "Any news?"),
    # What a shell, a terminal or a record would make of it.
    ("shell metacharacters", mail(JORDAN, "Scorecard $(touch owned) '; touch owned #", SHELL + "\n"), "-", "new ticket scorecard", SHELL),
    ("a header in a subject", mail(JORDAN, "=?utf-8?q?Scorecard=0AFrom:_rexemplar=40example.org=0D=0A=0ABody?=", "The page is blank.\n"), "-", "new ticket scorecard", "The page is blank."),
    ("control and bidi characters", mail(JORDAN, "Re: [HEAT-101] Scorecard export", "Any \x1b[31mnews\x07\u202etxt.exe\u2066 \u200b?\x00\x85\n"), "HEAT-101", "note", "Any [31mnewstxt.exe ?"),
    ("options and line ends as text", mail(JORDAN, "--force", "--note -\n\n-\n"), "-", "new ticket scorecard", "note - -"),
    ("a Social Security number", mail(JORDAN, f"=?utf-8?b?{b64(f'Scorecard access for {SSN}')}?=", "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" + b64(f"The analyst with {SSN} cannot log in.\n") + "\n"), "-", "new ticket scorecard", "The analyst with [number removed] cannot log in."),
    ("a date in the future", mail(ROBIN, "RE: [HEAT-102] Totals", ACK, date="Date: Wed, 18 Nov 2099 11:20:00 -0500\n"), "HEAT-102", "acknowledged N-2400", "Received and logged as N-2400."),
]
