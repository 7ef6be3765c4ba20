#!/usr/bin/env bash
# Builds the sample, an empty project and one of hostile texts, opens every kind of page in Chromium and checks
# it: accessibility (axe-core), no outside request, no foreign script, tables, filters and the search by
# keyboard, reading without scripts, narrow screens; then the HTML itself with the Nu checker.
#
# Its tools are those of tools.sh. With SHOTS=DIR it also leaves pictures of every page there, to be looked at.
set -euo pipefail
source "$(dirname "$0")/tools.sh"

# The sample from October on: few packs, which are quick to make, with all their kinds of content. The meetings
# of September stay, for which there is no schedule then: errors that the check and the packs have to show.
mkdir -p "$work/projects/sample" "$work/projects/empty/data"
cp -r "$root/data" "$work/projects/sample/data"
sed -i 's/^starts: *[0-9-]*/starts: 2026-10-01/' "$work/projects/sample/data/heatpack.yaml"
rm "$work/projects/sample/data/meetings/"{2025-*,2026-0[1-8]-*}
cp -r "$root/tests/pdf_ua/hostile" "$work/projects/hostile"
: > "$work/projects/empty/data/heatpack.yaml"

# A project with errors exits with 1 and makes its site all the same; only what could not run is shown.
make() {
  "$heatpack" "$@" >"$work/log" 2>&1 || [[ $? == 1 ]] || { cat "$work/log" >&2; exit 2; }
}
for name in sample empty hostile; do
  make -C "$work/projects/$name" --as-of $as_of build -o "$work/sites/$name"
  for kind in weekly monthly; do
    make -C "$work/projects/$name" --as-of $as_of pack $kind --format html -o "$work/sites/$name/alone-$kind.html"
  done
  for file in "$work/projects/$name"/data/crs/*.yaml; do
    [[ -e $file ]] || continue
    make -C "$work/projects/$name" --as-of $as_of pack cr "$(basename "$file" .yaml)" -o "$work/sites/$name/alone-cr.html"
    [[ $(basename "$file") == CR-2026-005.yaml ]] && break
  done
done

node "$here/check.mjs" "$home" "$work/sites" ${SHOTS:+"$SHOTS"}
node "$here/search.mjs" "$home" "$work/sites/sample" "$work/projects/sample" "$heatpack" $as_of "$root/tests/search/queries.csv"
