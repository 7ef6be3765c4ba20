#!/usr/bin/env bash
# Votes as members do who know no shell: with two PIV cards (RSA-2048 and P-256, in a software token that the ssh agent loads
# as it loads a card), and with the text that the CR's page makes in a browser. Then heatpack counts all three, and the
# document's evidence verifies without heatpack.
#
#   tests/voting/run.sh
#
# Its tools are those of tests/browser, and SoftHSM and OpenSC, which it installs (Debian: softhsm2, opensc).
set -euo pipefail
source "$(dirname "$0")/../browser/tools.sh"
module=
home_of_tools=$home
find_module() { module=$(find /usr/lib -name libsofthsm2.so -print -quit); }
find_module
if [[ -z $module ]] || ! command -v pkcs11-tool >/dev/null || ! command -v softhsm2-util >/dev/null; then
  { apt-get update -qq && apt-get install -y -qq softhsm2 opensc openssh-client; } >&2
  find_module
fi

# The cards: a token with a key of each kind that a PIV card has.
export SOFTHSM2_CONF=$work/softhsm2.conf HOME=$work/home
mkdir -p "$work/tokens" "$HOME"
printf 'directories.tokendir = %s\nobjectstore.backend = file\nlog.level = ERROR\n' "$work/tokens" >"$SOFTHSM2_CONF"
pin=123456
softhsm2-util --init-token --free --label card --so-pin 12345678 --pin $pin >/dev/null
for key in "rsa:2048 01 rsa" "EC:prime256v1 02 ec"; do
  read -r kind id label <<<"$key"
  pkcs11-tool --module "$module" --token-label card --login --pin $pin --keypairgen --key-type "$kind" --id "$id" \
    --label "$label" >/dev/null 2>&1
done

# The agent asks for the PIN as a desktop does: with a program.
printf '#!/bin/sh\necho %s\n' $pin >"$work/pin" && chmod +x "$work/pin"
eval "$(ssh-agent -s -P "$(dirname "$(realpath "$module")")/*,/usr/lib/*")" >/dev/null
trap 'ssh-agent -k >/dev/null; rm -rf "$work"' EXIT
SSH_ASKPASS=$work/pin SSH_ASKPASS_REQUIRE=force DISPLAY=:0 ssh-add -q -s "$module" </dev/null
ssh-add -L | grep '^ssh-rsa ' >"$work/rsa.pub"
ssh-add -L | grep '^ecdsa-sha2-nistp256 ' >"$work/ec.pub"
ssh-keygen -D "$module" 2>/dev/null | cut -d' ' -f1,2 | sort >"$work/printed"
ssh-add -L | cut -d' ' -f1,2 | sort | diff "$work/printed" - || { echo "ssh-keygen -D prints other keys than the agent has" >&2; exit 1; }
ssh-keygen -q -t ed25519 -N "" -C ssample -f "$work/file"

# A CR before a board of three, who are all needed.
records=$work/records
mkdir -p "$records/data/pocs" "$records/data/tickets/2026" "$records/data/crs"
cd "$records"
key() { cut -d' ' -f1,2 "$1"; }
cat >data/board.yaml <<END
terms:
  - {from: 2024-10-01, quorum: 3, chair_required: true, signatures: required}
members:
  - {id: mplaceholder, name: Morgan Placeholder, chair: true, keys: ["$(key "$work/rsa.pub")"]}
  - {id: rsample, name: Reese Sample, keys: ["$(key "$work/ec.pub")"]}
  - {id: ssample, name: Sidney Sample, keys: ["$(key "$work/file.pub")"]}
END
cat >data/heatpack.yaml <<'END'
timezone: America/New_York
END
echo '- {id: scorecard, name: Scorecard, kind: module}' >data/subjects.yaml
cat >data/staff.yaml <<'END'
- {id: tnominal, name: Taylor Nominal, office: help-desk}
- {id: rexemplar, name: Robin Exemplar, office: nitc}
- {id: kspecimen, name: Kim Specimen, office: acfo-fs}
END
cat >data/pocs/jrivera.yaml <<'END'
id: jrivera
name: Jordan Rivera
phone: 202-555-0104
designations:
  - {subject: scorecard, role: primary, from: 2024-10-01}
END
cat >data/tickets/2026/HEAT-1.yaml <<'END'
id: HEAT-1
title: Scorecard export drops the last quarter
subject: scorecard
kind: issue
area: functional
poc: jrivera
received: 2026-03-02 09:14
via: [phone]
description: Exporting leaves out Q4.
log:
  - {at: 2026-03-02 11:30, event: forwarded, by: tnominal}
  - {at: 2026-03-06 16:00, event: researched, by: rexemplar, outcome: code-change, note: The lookup has to move.}
END
cat >data/crs/CR-2026-001.yaml <<'END'
id: CR-2026-001
title: Move the fiscal calendar lookup into the export job
subject: scorecard
tickets: [HEAT-1]
prepared_by: kspecimen
priority: routine
risk: low
effort: 3 days
description: Look the calendar up when the export runs.
justification: The last quarter is missing from every export.
impact: Offices add the quarter manually.
security_impact: None.
test_plan: Export a whole year and compare it with the screen.
rollback_plan: Put the present job back.
log: []
END
git init -q -b main
git config user.name "Records Clerk"
git config user.email clerk@example.org
"$heatpack" log CR-2026-001 submitted --by kspecimen --at "2026-03-09 10:00" >/dev/null
git add --all && git commit -qm "The records"
vote() { git add --all && git commit -qm "$1"; }

"$heatpack" sign CR-2026-001 --decision approve --as mplaceholder --key "$work/rsa.pub" --yes >/dev/null 2>"$work/log"
vote "A vote with an RSA card"
"$heatpack" sign CR-2026-001 --decision approve --as rsample --key "$work/ec.pub" --yes >/dev/null 2>"$work/log"
vote "A vote with a P-256 card"

"$heatpack" build -o "$work/site" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
mkdir "$work/downloads"
node "$root/tests/voting/page.mjs" "$home_of_tools" "$work/site/changes/CR-2026-001.html" ssample "$work/downloads"
cd "$work/downloads"
ssh-keygen -q -Y sign -n heatpack-decision -f "$work/file" vote.txt
cd "$records"
cp "$work/downloads/vote.txt.sig" .
bash -c "$(sed "s|^heatpack|'$heatpack'|" "$work/downloads/command")" >/dev/null 2>"$work/log"
rm vote.txt.sig
vote "A vote from the page"

"$heatpack" verify CR-2026-001 --format json | python3 -c '
import json, sys
found = json.load(sys.stdin)
votes = {vote["by"]: vote for vote in found["votes"]}
assert found["state"] == "approved", found["state"]
assert sorted(votes) == ["mplaceholder", "rsample", "ssample"], votes
assert all(vote["valid"] and vote["counts"] and vote["stands"] for vote in votes.values()), votes
assert votes["ssample"]["reason"] is not None, votes["ssample"]
'
"$heatpack" check >/dev/null
"$heatpack" evidence CR-2026-001 -o "$work/evidence" 2>/dev/null
sh "$work/evidence/verify.sh" >"$work/said" || { cat "$work/said"; exit 1; }
for kind in RSA ECDSA ED25519; do
  grep -q ", $kind key SHA256:" "$work/said" || { cat "$work/said"; echo "no vote with a key of $kind" >&2; exit 1; }
done
echo "votes with an RSA card, a P-256 card and the page of the CR count, and verify without heatpack"
