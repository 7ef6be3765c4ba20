#!/bin/sh
# Verifies the votes in this folder with ssh-keygen (OpenSSH 8.9 or later) and sha256sum, and nothing else.
#
#   sh verify.sh
#
# Exit status: 0 if every vote that counts verifies, 1 if one does not or a file was changed, 2 if this computer lacks
# what the script needs. It uses no network and changes no file. It is the same file for every change request.
set -u
LC_ALL=C
TZ=UTC0
export LC_ALL TZ
case $0 in */*) cd -- "${0%/*}/" || exit 2 ;; esac

problems=0
listed=0
replaced=0
ignored=0
unsigned=0
reject=0
return=0
defer=0
approve=0
approvers=' '
cr=
approved=
quorum=0
chair=-
end=
names=' '
files=' '

say() { printf '%s\n' "$*"; }
bad() { problems=$((problems + 1)); say "BAD      $1: $2"; }
cannot() { say "cannot verify: $1" >&2; exit 2; }

if command -v sha256sum >/dev/null 2>&1; then
  sha256() { sha256sum; }
elif command -v shasum >/dev/null 2>&1; then
  sha256() { shasum -a 256; }
else
  cannot "sha256sum is not installed"
fi

# The SHA-256 of a file, in hexadecimal digits.
sum() {
  sum=$(sha256 < "$1") || sum=
  sum=${sum%% *}
}

is_hex() {
  case $1 in *[!0-9a-f]*) return 1 ;; esac
  [ ${#1} -eq 64 ]
}

command -v ssh-keygen >/dev/null 2>&1 || cannot "ssh-keygen is not installed: install the OpenSSH client, 8.9 or later"
# One that can verify as of a past time rejects this value; an older one does not know the option.
probe=$(ssh-keygen -Y verify -O verify-time=never -n probe -I probe -f allowed_signers -s allowed_signers </dev/null 2>&1)
case $probe in
  *verify-time*) ;;
  *) cannot "this ssh-keygen cannot verify a signature as of the time of the vote: OpenSSH 8.9 or later is needed" ;;
esac
for file in SHA256SUMS votes.txt allowed_signers; do
  [ -f "$file" ] || cannot "$file is missing"
done

# Every file is as it was exported.
while read -r want file || [ -n "$want" ]; do
  case $file in
    '' | /* | *..* | *[!a-zA-Z0-9._/-]*) bad SHA256SUMS "a line names no file of this folder"; continue ;;
  esac
  files="$files$file "
  if [ ! -f "$file" ]; then
    bad "$file" "the file is missing"
    continue
  fi
  sum "$file"
  [ "$sum" = "$want" ] || bad "$file" "the file is not as it was exported (its SHA-256 differs)"
done < SHA256SUMS

# Whether the export lists a file; one that was added later proves nothing.
has() {
  case $files in *" $1 "*) [ -f "$1" ] && return 0 ;; esac
  return 1
}

has votes.txt && has allowed_signers || bad SHA256SUMS "it does not list votes.txt and allowed_signers"

# Minutes from some day on, of a year, month, day, hour and minute.
minutes() {
  y=$1 m=${2#0} d=${3#0} h=${4#0} i=${5#0}
  if [ "$m" -le 2 ]; then
    y=$((y - 1)) m=$((m + 12))
  fi
  minutes=$((((365 * y + y / 4 - y / 100 + y / 400 + (153 * (m - 3) + 2) / 5 + d) * 24 + h) * 60 + i))
}

# Whether the vote's time and the same in UTC are at most 14 hours apart, as in every time zone.
is_one_time() {
  day=${1%% *} time=${1#* }
  month=${day#*-} month=${month%-*}
  minutes "${day%%-*}" "$month" "${day##*-}" "${time%:*}" "${time#*:}"
  local_minutes=$minutes
  rest=${2#????}
  month=${rest%??????} rest=${rest#??}
  hour=${rest#??}
  minutes "${2%????????}" "$month" "${rest%????}" "${hour%??}" "${hour#??}"
  apart=$((local_minutes - minutes))
  [ "$apart" -ge -840 ] && [ "$apart" -le 840 ]
}

# Reads the seven lines of the text that is signed, and holds them against each other and the files beside it.
# Sets `why` if something is wrong.
read_text() {
  why=
  decision=? by=? at=?
  if ! has "$text"; then
    why="$text is missing"
    return
  fi
  line1= line2= line3= line4= line5= line6= line7= line8=
  {
    IFS= read -r line1 && IFS= read -r line2 && IFS= read -r line3 && IFS= read -r line4 &&
      IFS= read -r line5 && IFS= read -r line6 && IFS= read -r line7
    whole=$?
    IFS= read -r line8
  } < "$text"
  digest=${line3#digest sha256:} decision=${line4#decision } by=${line5#by } at=${line6#at }
  reason_digest=${line7#reason sha256:}
  [ "$whole" -eq 0 ] && [ -z "$line8" ] && [ "$line1" = "heatpack decision v1" ] &&
    [ "$line3" = "digest sha256:$digest" ] && [ "$line4" = "decision $decision" ] && [ "$line5" = "by $by" ] &&
    [ "$line6" = "at $at" ] && [ "$line7" = "reason sha256:$reason_digest" ] &&
    is_hex "$digest" && is_hex "$reason_digest" || why="$text is not the text of a vote"
  case $decision in approve | reject | return | defer) ;; *) why="$text is not the text of a vote" decision=? ;; esac
  case $by in '' | *[!a-z0-9-]*) why="$text is not the text of a vote" by=? ;; esac
  case $at in
    [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]\ [0-9][0-9]:[0-9][0-9]) ;;
    *) why="$text is not the text of a vote" at=? ;;
  esac
  [ -z "$why" ] || return
  if [ "$line2" != "cr $cr" ]; then
    why="it is a vote on ${line2#cr }, not on $cr"
    return
  fi
  case $name in
    "${at%% *}-$by" | "${at%% *}-$by"-*) ;;
    *) why="it is the vote of $by at $at"; return ;;
  esac
  case $utc in
    [0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]) ;;
    *) why="votes.txt has no time for it"; return ;;
  esac
  if ! is_one_time "$at" "$utc"; then
    why="votes.txt gives another time, $utc, than the vote, $at"
    return
  fi
  # The SHA-256 of nothing.
  want=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
  if has "vote-$name.reason"; then
    sum "vote-$name.reason"
    want=$sum
  fi
  if [ "$reason_digest" != "$want" ]; then
    why="vote-$name.reason is not the reason that was signed"
    return
  fi
  if has "request-$digest.json"; then
    sum "request-$digest.json"
    [ "$sum" = "$digest" ] || why="request-$digest.json is not the request that was voted on"
  fi
}

# Sets `why` if the signature is not by a key that the member could use then, and `key` if it is.
read_signature() {
  if ! has "vote-$name.sig"; then
    why="vote-$name.sig is missing"
    return
  fi
  if said=$(ssh-keygen -Y verify -O "verify-time=$utc" -n heatpack-decision -I "$by" -f allowed_signers \
    -s "vote-$name.sig" < "$text" 2>&1); then
    key=${said##* with }
  else
    # Its messages in one line; some of them end with a carriage return.
    ifs=$IFS
    IFS=$(printf ' \t\n\r')
    set -f
    # shellcheck disable=SC2086
    set -- $said
    set +f
    IFS=$ifs
    why="the signature does not verify (ssh-keygen: $*)"
  fi
}

# A line of votes.txt: a vote's name, time, weight and whether it is signed; then why it does not count.
vote() {
  listed=$((listed + 1))
  case $name in
    '' | *[!a-z0-9-]*) bad votes.txt "a line has no name of a vote"; return ;;
  esac
  case $names in *" $name "*) bad votes.txt "it lists $name twice"; return ;; esac
  names="$names$name "
  text=vote-$name.txt
  key=
  case $weight in
    counts | replaced) ;;
    ignored)
      ignored=$((ignored + 1))
      say "ignored  $name: heatpack does not count this vote: ${rest:-no reason given}"
      return
      ;;
    *) bad votes.txt "it does not say whether $name counts"; return ;;
  esac
  if [ "$signed" = unsigned ]; then
    if has "vote-$name.sig"; then
      bad "$name" "votes.txt lists it as unsigned, and there is a signature"
      return
    fi
    unsigned=$((unsigned + 1))
    say "unsigned $name: the board's terms did not require a signature then; nothing to verify"
    return
  fi
  read_text
  [ -n "$why" ] || read_signature
  if [ -n "$why" ]; then
    bad "$name" "$why"
    return
  fi
  if [ "$weight" = replaced ]; then
    replaced=$((replaced + 1))
    say "good     $name: $decision by $by at $at, $key; a later vote or round replaced it"
    return
  fi
  say "good     $name: $decision by $by at $at, $key"
  case $decision in
    reject) reject=$((reject + 1)) ;;
    return) return=$((return + 1)) ;;
    defer) defer=$((defer + 1)) ;;
    approve) approve=$((approve + 1)) approvers="$approvers$by " ;;
  esac
  has "request-$digest.json" || say "note     $name: the request with this digest is not in the folder: $digest"
}

while read -r word name utc weight signed rest || [ -n "$word" ]; do
  case $word in
    '' | '#'*) ;;
    cr) cr=$name ;;
    approved) approved=$name quorum=$utc chair=$weight ;;
    vote) vote ;;
    doubtful)
      listed=$((listed + 1))
      bad "${name%:}" "the result is unknown until this file is fixed: $utc $weight $signed $rest"
      ;;
    end) end=$name ;;
    *) bad votes.txt "verify.sh does not know a line that starts with this: $word" ;;
  esac
done < votes.txt
[ "$end" = "$listed" ] || bad votes.txt "it ends too early: it lists $listed votes of ${end:-an unknown number}"

# Every key that could sign is in the list of board members.
if has board.yaml; then
  board=
  while IFS= read -r line || [ -n "$line" ]; do board="$board $line"; done < board.yaml
  while read -r by rest || [ -n "$by" ]; do
    case $by in '' | '#'*) continue ;; esac
    case $board in
      *"${rest##* }"*) ;;
      *) bad allowed_signers "a key of $by is not in board.yaml" ;;
    esac
  done < allowed_signers
fi

# The votes are what an approval needs. A vote that needed no signature cannot be checked here.
case $approved in
  no) ;;
  yes)
    case $quorum in '' | *[!0-9]*) bad votes.txt "it does not say how many approvals are needed" quorum=0 ;; esac
    if [ $((approve + unsigned)) -lt "$quorum" ] || [ "$quorum" -lt 1 ]; then
      bad votes.txt "the CR is listed as approved, and $approve of $quorum approvals verify"
    elif [ $((reject + return)) -gt 0 ]; then
      bad votes.txt "the CR is listed as approved, and a vote to reject or return counts"
    elif [ "$chair" != - ] && [ "$unsigned" -eq 0 ]; then
      case $approvers in *" $chair "*) ;; *) bad votes.txt "the CR is listed as approved, and no approval of the chair, $chair, verifies" ;; esac
    fi
    ;;
  *) bad votes.txt "it does not say whether the CR is approved" ;;
esac

say
if [ "$approved" = yes ]; then
  say "$cr: approved; $quorum approvals needed$([ "$chair" = - ] || printf ', one of them of %s, the chair' "$chair")"
else
  say "$cr: not approved"
fi
say "$cr: verified votes that count: $reject to reject, $return to return, $defer to defer, $approve to approve"
say "also listed: $replaced replaced, $ignored ignored, $unsigned unsigned"
if [ "$problems" -gt 0 ]; then
  say "FAILED: do not rely on these votes; problems found: $problems"
  exit 1
fi
say "PASSED: every signed vote that counts verifies"
