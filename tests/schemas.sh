#!/usr/bin/env bash
# Validates every record of data/ against its schema, as editors do, and bad files that have to fail.
# Usage: tests/schemas.sh [path of the heatpack binary]
set -euo pipefail
cd "$(dirname "$0")/.."

heatpack=${1:-target/debug/heatpack}
work=target/schemas
venv=$work/venv
mkdir -p "$work"
[ -x "$heatpack" ] || { echo "schemas.sh: no binary at $heatpack: cargo build first" >&2; exit 2; }
if ! "$venv/bin/check-jsonschema" --version >/dev/null 2>&1; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check 'check-jsonschema>=0.30,<1'
fi
validate() { "$venv/bin/check-jsonschema" "$@"; }

passed=0
failed=0
count() { # outcome, what
  if [ "$1" = pass ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $2"; fi
}

# kind, and the files that are of it
kinds=(
  "ticket data/tickets/*/*.yaml" "poc data/pocs/*.yaml" "cr data/crs/*.yaml" "decision data/decisions/*/*.yaml"
  "meeting data/meetings/*.yaml" "subjects data/subjects.yaml" "staff data/staff.yaml" "board data/board.yaml"
  "settings data/heatpack.yaml"
)
for kind in "${kinds[@]}"; do
  read -r name files <<<"$kind"
  "$heatpack" schema "$name" >"$work/$name.json"
  # shellcheck disable=SC2086 # a pattern
  if validate --schemafile "$work/$name.json" $files tests/schemas/good/"$name"*.yaml; then
    count pass "$name"
  else
    count fail "$name: a record that check accepts is not valid"
  fi
  for bad in tests/schemas/bad/"$name"*.yaml; do
    if validate --schemafile "$work/$name.json" "$bad" >/dev/null 2>&1; then count fail "$bad is valid"; else count pass "$bad"; fi
  done
done

# Maps of other trackers' exports are no records: they lie beside the project.
"$heatpack" schema import-map >"$work/import-map.json"
if validate --schemafile "$work/import-map.json" examples/import/*.yaml; then count pass maps; else count fail maps; fi
for bad in tests/schemas/import-map/*.yaml; do
  if validate --schemafile "$work/import-map.json" "$bad" >/dev/null 2>&1; then count fail "$bad is valid"; else count pass "$bad"; fi
done

"$heatpack" schema pack >"$work/pack.json"
if validate --check-metaschema "$work"/*.json; then count pass metaschema; else count fail "not JSON Schema"; fi
if "$heatpack" pack --help >/dev/null 2>&1; then
  for meeting in weekly monthly; do
    "$heatpack" pack "$meeting" --format json -o "$work/$meeting-pack.out" --as-of 2026-11-18 || true
    if validate --schemafile "$work/pack.json" --default-filetype json "$work/$meeting-pack.out"; then
      count pass "$meeting pack"
    else
      count fail "the $meeting pack is not valid"
    fi
  done
fi
echo '{"format": "heatpack.pack/1"}' >"$work/bad-pack.out"
if validate --schemafile "$work/pack.json" --default-filetype json "$work/bad-pack.out" >/dev/null 2>&1; then
  count fail "a pack without anything is valid"
else
  count pass "bad pack"
fi

echo "schemas: $passed passed, $failed failed"
[ "$failed" = 0 ]
