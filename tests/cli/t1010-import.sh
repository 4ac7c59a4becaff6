#!/bin/sh
# Import: the summary, its JSON, importing again, options, several files.
. "$(dirname "$0")/lib.sh"
desk=$root/tests/fixtures/desk-thread.json
DEAR_NOW=2026-02-01T12:00:00Z
export DEAR_NOW

status 0 'a thread' dear import "$desk"
holds 'its title is told' out 'How to write a letter to your ex'
holds 'what was read and kept' out '9 comments read, 7 kept'
holds 'what was skipped, and why' out '1 spam'
holds 'the ping, too' out '1 pingback'
holds 'who needs a person, and why' out '1 safety'
holds 'what to do next' err 'dear list'
[ "$(stat -c %a dear.db)" = 600 ]
say 'the store is the owner'\''s alone'

status 0 'again, as JSON' dear import --json "$desk"
json 'the shape, key for key' out 'list(d) == ["thread", "title", "format", "read", "kept",
  "skipped", "new", "changed", "staff", "awaiting", "drafted", "need_person", "no_reply",
  "decided", "diagnostics"]'
json 'read is kept and skipped' out 'd["read"] == d["kept"] + sum(d["skipped"].values()) == 9'
json 'nothing is new, nothing changed' out '(d["new"], d["changed"], d["kept"]) == (0, 0, 7)'
json 'awaiting is the sum of its parts' out 'd["awaiting"] == d["drafted"] +
  d["need_person"] + d["no_reply"] + d["decided"] == 5'
json 'one by the column' out 'd["staff"] == 1'
json 'the format chosen is said' out '"format-chosen" in [g["id"] for g in d["diagnostics"]]'

sed 's/for 30 days/for 31 days/' "$desk" >changed.json
status 0 'a changed comment' dear import --json changed.json
json 'is counted' out '(d["new"], d["changed"]) == (0, 1)'

status 0 'a dry run' dear import --db new.db --dry-run "$desk"
holds 'tells what it would do' out '9 comments read'
[ ! -e new.db ]
say 'and leaves no store'
status 0 'a dry run over a store' dear import --json --dry-run --title Other --thread k "$desk"
status 0 'the queue' dear list --json
json 'has nothing of it' out '{i["thread"] for i in d} == {1}'

status 0 'answered ones, too' dear import --db all.db --also-answered "$desk"
status 0 'their list' dear list --db all.db --json
json 'they are flagged' out '[i["comment_id"] for i in d if "answered" in i["flags"]] == ["12"]'
status 0 'since a day' dear import --db since.db --since 2026-01-08 --json "$desk"
json 'only later comments wait' out 'd["awaiting"] == 2'

status 0 'staff by name' dear import --db staff.db --json --staff Ines "$desk"
json 'is counted as staff' out 'd["staff"] == 2'
status 0 'a title of my own' dear import --db t.db --json --title 'My title' "$desk"
json 'is kept' out 'd["title"] == "My title"'
status 0 'standard input' sh -c "\"\$DEAR\" import --db in.db --json - <'$desk'"
json 'reads the same' out 'd["kept"] == 7'

: >empty.json
status 3 'one bad file among good ones' dear import --db two.db --json empty.json "$desk"
json 'both are told, a line each' out \
	'sorted(map(tuple, lines))[0] == ("file", "error") and len(lines) == 2'
status 0 'the good one stands' dear list --db two.db --json
json 'with its items' out 'len(d) == 5'

status 2 'an unknown format' dear import --format papyrus "$desk"
holds 'lists those there are' err 'wordpress-html5'
status 2 'a topic the rules lack' dear import --topic cooking "$desk"
status 2 'no file' dear import
finish
