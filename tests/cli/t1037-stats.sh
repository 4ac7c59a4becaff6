#!/bin/sh
# Statistics: what came in and what became of it, as text, JSON and a page.
. "$(dirname "$0")/lib.sh"

DEAR_DB=$room/desk.db
export DEAR_DB
status 5 'without a store there is nothing to count' dear stats
DEAR_NOW=2026-03-24T08:00:00Z
export DEAR_NOW
dear import --topic ex-letter "$samples/letter-thread.html" >out 2>err
status 0 'a store without decisions' dear stats --json
json 'has what came in, and what waits' out '(d["came"], d["waiting"]) == (26, 18)'
json 'and what the column answered' out 'd["by_column"] == 8'
json 'by weeks without gaps' out '[w["monday"][:10] for w in d["weeks"]] == sorted(
    {w["monday"][:10] for w in d["weeks"]}) and sum(w["came"] for w in d["weeks"]) == 26'
json 'and no fates' out '(d["unchanged"], d["edited"], d["rejected"]) == (0, 0, 0) and
    d["median_seconds"] is None'
cp out first
dear list --json --status all >out 2>err
json 'and what the rules know too little of' out 'sorted(json.load(
    open("first"))["unmatched"]) == sorted(i["id"] for i in d if i["reason"] == "unsure"
    or not (i["reason"] or any(s["band"] != "low" for s in i["situations"])))'

# one of each fate
dear list --json --status drafted >drafted
ids=$(sed -n 's/^{"id": \([0-9]*\),.*/\1/p; s/^\[{"id": \([0-9]*\),.*/\1/p' drafted)
# shellcheck disable=SC2086
set -- $ids
DEAR_NOW=2026-03-24T09:30:00Z
status 0 'one is approved' dear approve "$1" --as ana
dear show "$2" --json | python3 -c 'import json, sys
reply = json.load(sys.stdin)["reply"].split("\n\n")
reply[1] = "These are words of an editor, and no sentence that dear wrote is among them."
print("\n\n".join(reply))' >text
status 0 'one is edited' dear edit "$2" --text text --approve --as ana
DEAR_NOW=2026-04-02T08:00:00Z
status 0 'one is rejected' dear reject "$3" --reason tone --as bo
status 0 'and drafted in other words' dear redraft "$3"
dear reject "$4" --reason too_long --as bo >out
status 0 'one is rejected by mistake' dear reopen "$4" --as bo
status 0 'one is dismissed' dear dismiss "$5" --as bo
status 0 'they are counted' dear stats --json
json 'each as what it was' out '(d["unchanged"], d["edited"]) == (1, 1) and
    (d["rejected"], d["dismissed"]) == (1, 1)'
json 'why' out 'd["reasons"] == {"tone": 1}'
json 'the replies by week' out 'd["weeks"][-1]["answered"] == 3'
json 'and how long it took' out 'd["decided"]["within 4 hours"] == 2 and d["decided"]["later"] == 3'
json 'responses have their wordings' out 'all(sum(w["used"] for w in r["wordings"]) == r["used"]
    for r in d["responses"])'
json 'and sentences that were taken out' out 'any(s["taken_out"] and s["text"]
    for r in d["responses"] for s in r["sentences"])'
json 'a greeting that stayed is none of them' out 'not any("opening" in r["response"]
    for r in d["responses"] if r["sentences"])'
cp out before
status 0 'as text' dear stats
holds 'with sums' out '1 approved unchanged, 1 edited, 1 rejected'
holds 'reasons' out 'Rejected because: tone 1'
status 0 'a response in full' dear stats --responses
holds 'with the wear of its wordings' out 'wordings: '
holds 'and its sentences' out 'taken out 1'
status 0 'since a day' dear stats --json --since 2026-04-01
json 'only what was from then on' out '(d["came"], d["unchanged"], d["rejected"]) == (0, 0, 1)'
status 2 'one form at a time' dear stats --json --html page.html

# the page
status 0 'as a page' dear stats --html page.html
[ "$(stat -c %a page.html)" = 600 ]
say 'for its owner' err
holds 'with plots' page.html '<rect class="answered"'
lacks 'without a script' page.html '<script'
lacks 'without anything from elsewhere' page.html 'href='
lacks 'without words of a reader' page.html 'rucksack'
holds 'and its own policy' page.html "default-src 'none'; style-src 'unsafe-inline'"
status 0 'or to standard output' dear stats --html -
cmp -s out page.html
say 'the same' err

# kept through dump and restore
dear dump --output work.ndjson 2>err
status 0 'into an empty store' dear restore --db other.db work.ndjson
status 0 'the fates come along' dear stats --db other.db --json
python3 - <<'END' >judged 2>&1
import json
old, new = json.load(open("before")), json.load(open("out"))
for key in "unchanged", "edited", "rejected", "dismissed", "reasons":
    assert old[key] == new[key], key
def touched(d):
    return sorted((r["response"], s["text"]) for r in d["responses"] for s in r["sentences"])
assert touched(old) == touched(new), "sentences"
END
say 'with every sentence' judged
finish
