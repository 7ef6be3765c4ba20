#!/usr/bin/env bash
# Has the project of payloads made (tests/payloads), builds its site and packs, and opens every page in Chromium: no
# script of a payload runs. Then the text of its packs on paper: payloads stand there as text.
#
# Its tools are those of tools.sh, and pdftotext (Debian: poppler-utils).
set -euo pipefail
source "$(dirname "$0")/tools.sh"
command -v pdftotext >/dev/null || { apt-get update -qq && apt-get install -y -qq poppler-utils; } >&2

(cd "$root" && HEATPACK_PAYLOADS="$work/project" cargo test --quiet --test it payloads::every_text >/dev/null)
# A project with errors exits with 1 and makes its site all the same; only what could not run is shown.
make() {
  "$heatpack" -C "$work/project" --as-of '2026-11-18 09:00' "$@" >"$work/log" 2>&1 || [[ $? == 1 ]] || { cat "$work/log" >&2; exit 2; }
}
make build -o "$work/site"
for kind in weekly monthly; do
  make pack $kind --format html -o "$work/site/alone-$kind.html"
  make pack $kind --format pdf -o "$work/$kind.pdf"
done
node "$here/payloads.mjs" "$home" "$work/site"

# On paper there are breaks that are not seen, so that letters alone are compared.
pdftotext -raw "$work/weekly.pdf" - | tr -cd '[:alnum:]' >"$work/letters"
for payload in '<script>window.__pwned=1;alert' '#eval("1+1") #read("/etc/passwd")' '{{ 7*7 }} {% raw %}' '=cmd|' '<img src=x onerror='; do
  letters=$(tr -cd '[:alnum:]' <<<"$payload")
  grep -qF "$letters" "$work/letters" || { echo "the weekly pack does not say $payload" >&2; exit 1; }
done
if grep -q 'root:x:0' "$work/letters"; then echo "a file was read" >&2; exit 1; fi
echo "the packs on paper say their payloads"
