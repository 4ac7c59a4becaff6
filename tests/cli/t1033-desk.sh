#!/bin/sh
# Several editors and many items: filters with a name, one step back, approval of
# many for one response.
. "$(dirname "$0")/lib.sh"
DEAR_EDITOR=mara
export DEAR_EDITOR

item() {
	dear show --json "$1" >shown
	json "$2" shown "$3"
}

dear import --topic ex-letter "$samples/letter-thread.html" >out 2>err

# filters
status 0 'a filter is kept' dear list --situation no_contact --status open --save quiet
status 0 'and used' dear list --filter quiet --json
json 'with all it says' out 'len(d) > 3 and
  all("no_contact" in [s["situation"] for s in i["situations"]] for i in d)'
status 0 'more beside it' dear list --filter quiet --author Priya --json
json 'narrows it' out '[i["author"] for i in d] == ["Priya"]'
status 0 'all statuses in its place' dear list --filter quiet --status all --json
status 0 'they are listed' dear filters
holds 'as the options that made them' out '--situation no_contact'
status 0 'for programs too' dear filters --json
json 'as an array' out '[(f["name"], f["status"], f["topic"], f["saved_by"]) for f in d] ==
  [("quiet", "open", None, "mara")]'
status 2 'one that is not there' dear list --filter loud
holds 'is named' err "'loud'"
status 2 'a name with a blank' dear list --save 'a b'
status 2 'a filter that means nothing' dear list --status gone --save gone
dear dump --output kept.ndjson >out 2>err
status 0 'one is dropped' dear filters --drop quiet
status 2 'once' dear filters --drop quiet
status 0 'it comes back with the dump' dear restore kept.ndjson
dear filters >out
holds 'as it was' out '--status open'

# one step back
status 0 'nothing to take back' dear undo
holds 'is told' err 'nothing of yours'
dear approve 11 >out 2>err
dear dismiss 8 >out 2>err
status 0 'the last one' dear undo
holds 'is named' out '8:'
item 8 'is open' 'd["status"] == "no_reply" and d["decided_by"] is None'
status 0 'then the one before' dear undo
item 11 'is open too' 'd["status"] == "drafted"'
echo 'Words of my own. The desk' >own
dear edit 11 --text own >out 2>err
status 0 'an edit is taken back' dear undo 11
item 11 'to the draft' '"edited" not in d["flags"] and d["revision"] == 1'
dear approve 11 --as bo >out 2>err
status 0 'nothing of a colleague'"'"'s' dear undo
item 11 'is taken back unasked' 'd["decided_by"] == "bo"'
status 1 'by name it is' dear undo 11
holds 'and she is told' err '[decision-conflict]'

# many at once
dear list --json --status drafted >drafted
name=$(python3 - drafted <<'PYTHON'
import json, subprocess, sys, os, re
for item in json.load(open(sys.argv[1])):
    text = subprocess.run([os.environ["DEAR"], "show", str(item["id"])],
                          capture_output=True, text=True).stdout
    if item["situations"] and item["situations"][0]["band"] == "high":
        print(re.search(r"ex-letter/[a-z-]+(?=/\d)", text)[0])
        break
PYTHON
)
[ -n "$name" ]
say 'there is a response to approve by' drafted
status 0 'shown and not confirmed' sh -c '"$DEAR" approve --response "$1" </dev/null' sh "$name"
holds 'the list is there' out 'drafted'
holds 'and nothing done' err 'nothing was approved'
status 0 'shown to a program' dear approve --response "$name" --json
json 'as items' out 'd and all(i["status"] == "drafted" and i["situations"][0]["band"] == "high"
  and "safety" not in [s["situation"] for s in i["situations"]] for i in d)'
cp out bulk.json
status 0 'with --yes' dear approve --response "$name" --yes --json
json 'all of them are approved, no other' out '[(o["id"], o["outcome"]) for o in lines] ==
  [(i["id"], "done") for i in json.load(open("bulk.json"))]'
status 0 'a second time' dear approve --response "$name" --yes
holds 'there is none' err 'no sure draft'
status 2 'IDs and a response' dear approve 2 --response "$name"
status 2 'neither' dear approve
status 2 '--yes without a response' dear approve 2 --yes
finish
