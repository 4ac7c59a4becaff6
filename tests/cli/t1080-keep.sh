#!/bin/sh
# dump, restore, forget: the editor's work survives as text, a reader does not.
. "$(dirname "$0")/lib.sh"
desk=$root/tests/fixtures/desk-thread.json
DEAR_EDITOR=mara
export DEAR_EDITOR
pass 'a store' dear import "$desk"
pass 'a decision' dear approve 1
echo 'Words of our own for Karla.' >words
status 0 'an edit' dear edit 4 --text words
status 0 'dump' dear dump --output kept.ndjson
[ "$(stat -c %a kept.ndjson)" = 600 ]
say 'the owner'\''s alone'
status 0 'to standard output' dear dump
cmp -s out kept.ndjson
say 'the same'
json 'a record a line' kept.ndjson 'lines'

status 0 'restore into an empty store' dear restore --db other.db kept.ndjson
dear list --json --status all --db other.db >restored
json 'the decision is back' restored '[(i["status"], i["decided_by"]) for i in d
  if i["comment_id"] == "11"] == [("approved", "mara")]'
json 'the edit, too' restored '[i["reply"] for i in d if i["comment_id"] == "16"] ==
  ["Words of our own for Karla."]'
status 0 'again' dear restore --db other.db --json kept.ndjson
json 'adds nothing' out 'd["added"] == 0 and d["present"] > 0'
head -c 200 kept.ndjson >cut.ndjson
status 3 'a dump cut short' dear restore --db third.db cut.ndjson

status 2 'forget asks for --yes' sh -c '"$DEAR" forget --author Karla </dev/null'
status 2 'and for somebody' dear forget --yes
status 1 'nobody of that name' dear forget --yes --author Karl
status 0 'forget' dear forget --yes --author Karla
holds 'is counted' out '1 comment erased'
dear list --json --status all >after
lacks 'the comment is gone' after 'a son together'
lacks 'the reply, too' after 'Words of our own'
if grep -qaF -e 'a son together' dear.db* 2>/dev/null; then false; fi
say 'from the file, too'
status 0 'import again' dear import --json "$desk"
json 'does not bring it back' out 'd["skipped"].get("forgotten") == 1'
dear list --json --status all >after
lacks 'not at all' after 'a son together'
status 2 'nor to the desk' dear show 4
status 2 'nobody can be answered' dear edit 4 --text words --approve
dear show --thread 1 --json >tree
json 'its place in the tree has no item' tree \
	'[c["item"] for c in d["comments"] if c["comment_id"] == "16"] == [None]'
status 0 'one comment by its item' dear forget --yes 5
dear show --thread 1 --json >tree
lacks 'is gone' tree 'keep crying'
finish
