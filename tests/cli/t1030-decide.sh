#!/bin/sh
# approve, edit, reject, redraft, dismiss, reopen, relabel, posted: what an
# editor decides stands, also after importing again and a rebuild.
. "$(dirname "$0")/lib.sh"
desk=$root/tests/fixtures/desk-thread.json
DEAR_EDITOR=mara
export DEAR_EDITOR

# item ID TEST: a Python test on the item, as d
item() {
	dear show --json "$1" >shown
	json "$2" shown "$3"
}

pass 'a store' dear import "$desk"
status 0 'approve' dear approve 1
item 1 'is approved' 'd["status"] == "approved" and d["decided_by"] == "mara" and d["reply"]'
item 1 'at a time' 'd["decided_at"].endswith("Z")'
status 0 'approve again changes nothing' dear approve 1
holds 'and says so' out 'already'
dear list --json >before.json
status 2 'one mistyped ID stops all' dear approve 1 999
dear list --json >after.json
same 'nothing was decided' after.json <before.json
status 1 'safety is no bulk matter' dear approve 3 4
holds 'it is said' out 'alone'
item 3 'it still waits' 'd["status"] == "needs_person"'
item 4 'the other is approved' 'd["status"] == "approved"'
status 2 'an unknown ID' dear approve 99
holds 'is named' err '99'

printf 'Dear you,\n\nplease call somebody you trust tonight.\n\nThe desk\n' >words
status 0 'edit from a file; its style is looked at' dear edit 3 --text words
holds 'a warning is named' err '[house-style]'
item 3 'waits for approval' 'd["status"] == "needs_person" and "edited" in d["flags"]'
item 3 'the words are kept' 'd["reply"].startswith("Dear you,") and d["reply"].endswith("The desk")'
status 0 'approved alone, with the warning' dear approve 3 --as jo
item 3 'by another editor' 'd["decided_by"] == "jo"'
item 3 'the history tells' '[x["decision"] for x in d["decisions"]] == ["approved"]'
echo 'A short word from the desk.' >short
status 0 'edit from standard input' sh -c '"$DEAR" edit 2 --text - --approve <short'
item 2 'approved at once' 'd["status"] == "approved" and
  d["reply"] == "A short word from the desk."'
echo 'Dear {{name}}, hello.' >gap
status 1 'an unfilled variable is not approved' dear edit 5 --text gap --approve
item 5 'and waits' 'd["status"] != "approved" and "{{name}}" in d["reply"]'
status 1 'nor later' dear approve 5
status 1 'not what was seen' dear approve 5 --revision 1
holds 'is told' out '5:'

cat >editor <<'END'
#!/bin/sh
stat -c %a "$2" >mode
cp "$2" before
printf 'Typed in an editor.\n' >"$2"
END
chmod +x editor
status 0 'edit in an editor with options' env EDITOR="$PWD/editor --wait" "$DEAR" edit 5
item 5 'takes what was typed' 'd["reply"] == "Typed in an editor."'
holds 'the file is the owner'\''s alone' mode 600
holds 'it begins with the reply' before 'Dear {{name}}'
holds 'it shows the comment' before 'I keep crying'
status 6 'an editor that fails' env VISUAL=false "$DEAR" edit 5
item 5 'changes nothing' 'd["reply"] == "Typed in an editor."'
status 0 'an editor that changes nothing' env VISUAL=true "$DEAR" edit 5
holds 'is told' err 'nothing was changed'

status 0 'reject' dear reject 4 --reason tone --note 'too cold'
item 4 'is rejected' 'd["status"] == "rejected"'
item 4 'with reason and note' '[(x["reason"], x["note"]) for x in d["decisions"]][-1] ==
  ("tone", "too cold")'
cp shown before.json
status 0 'redraft' dear redraft 4
item 4 'is drafted again' 'd["status"] == "drafted"'
item 4 'in another wording' 'd["reply"] and d["reply"] != json.load(open("before.json"))["reply"]'
status 2 'an unknown reason' dear reject 4 --reason ugly
holds 'lists those there are' err 'tone'
status 0 'dismiss' dear dismiss 4
item 4 'is dismissed' 'd["status"] == "dismissed"'
status 0 'reopen' dear reopen 4
item 4 'is open' 'd["status"] == "drafted"'
status 0 'relabel' dear relabel 4 +wants_back -shared_child
item 4 'labels are as the editor says' '{s["situation"] for s in d["situations"]
  if s["band"] != "low"} >= {"wants_back"} and "shared_child" not in
  [s["situation"] for s in d["situations"]]'
status 2 'an unknown label' dear relabel 4 +wants_back +hungry
holds 'is named' err "'hungry'"
status 2 'no label' dear relabel 4 5
status 0 'posted' dear posted 1 --native-id 777
item 1 'has gone out' '"exported" in d["flags"]'

dear list --json --status all >earlier
pass 'import again' dear import "$desk"
dear list --json --status all >later
cmp -s earlier later
say 'changes nothing' later
pass 'rebuild' dear rebuild
dear list --json --status all >later
json 'leaves decisions and edits alone' later '[(i["id"], i["status"], i["decided_by"], i["reply"])
  for i in d if i["decided_by"] or "edited" in i["flags"]] == [(i["id"], i["status"],
  i["decided_by"], i["reply"]) for i in json.load(open("earlier")) if i["decided_by"] or
  "edited" in i["flags"]]'
status 0 'outcomes as JSON' dear dismiss 4 --json
json 'in one shape' out 'list(d) == ["id", "outcome", "text", "revision"] and
  d["outcome"] == "done"'
finish
