#!/bin/sh
# The queue, one item, a thread as a tree; nothing of a reader's reaches the
# terminal as a control character.
. "$(dirname "$0")/lib.sh"
desk=$root/tests/fixtures/desk-thread.json
escape=$(printf '\033')
c1=$(printf '\302\233')
override=$(printf '\342\200\256')
pass 'a store' dear import "$desk"

status 0 'the queue' dear list
holds 'the status' out 'drafted'
holds 'who needs a person, and why' out '(safety)'
holds 'the first words' out 'My ex waits outside'
[ "$(sed -n '2s/^ *\([0-9]*\) .*/\1/p' out)" = 3 ]
say 'safety comes first' out
! awk '{ gsub(/[\200-\277]/, ""); if (length($0) > 80) found = 1 } END { exit !found }' out
say 'in 80 columns' out
lacks 'no escape sequence' out "$escape"
lacks 'no C1 control' out "$c1"
lacks 'no override' out "$override"

status 0 'as JSON' dear list --json
json 'the shape, key for key' out 'all(list(i) == ["id", "thread", "comment_id",
  "comment_parent", "author", "date", "status", "reason", "flags", "topic", "situations",
  "facts", "comment", "reply", "revision", "decided_by", "decided_at"] for i in d)'
json 'situations are objects' out 'any(list(s) == ["situation", "score", "band"]
  for i in d for s in i["situations"])'
json 'scores are shares of one' out 'all(0 <= s["score"] <= 1 for i in d for s in i["situations"])'
json 'an unnamed reader is null' out '[i["author"] for i in d if i["comment_id"] == "15"] == [None]'
json 'the safety item has no templated advice' out '[i["status"] for i in d if
  i["reason"] == "safety"] == ["needs_person"]'
json 'a comment comes whole' out 'any("\x1b]0;owned\x07" in i["comment"] for i in d)'
lacks 'but escaped' out "$escape"
lacks 'C1, too' out "$c1"

status 0 'by status' dear list --json --status needs_person
json 'only those' out '{i["status"] for i in d} == {"needs_person"}'
status 0 'by situation' dear list --json --situation shared_child
json 'only hers' out '[i["comment_id"] for i in d] == ["16"]'
status 0 'by words' dear list --json --search 'crying'
json 'only hers' out '[i["comment_id"] for i in d] == ["17"]'
status 0 'odd words' dear list --json --search '"(* NEAR AND ^'
status 0 'by day' dear list --json --since 2026-01-08
json 'the later ones' out 'sorted(i["comment_id"] for i in d) == ["16", "17"]'
status 0 'by author' dear list --json --author Karla
json 'hers' out '[i["comment_id"] for i in d] == ["16"]'
status 0 'at most' dear list --json --limit 2
json 'two' out 'len(d) == 2'
status 0 'nothing found' dear list --thread 7 --json
json 'is an empty array' out 'd == []'
dear list --json --status drafted --thread 1 >ordered
status 0 'options in any order, before and after' dear --json list --thread=1 --status=drafted
cmp -s out ordered
say 'mean the same' out
status 0 'also among IDs' dear show 1 --json 2-3
json 'and ranges' out '[i["id"] for i in lines] == [1, 2, 3]'
status 2 'no abbreviations' dear list --stat drafted
status 2 'a range backwards' dear show 3-1
status 2 'an ID that is none' dear show 0
status 2 'an unknown status' dear list --status waiting
status 2 'an unknown flag' dear list --flag red
status 2 'an unknown band' dear list --band huge
status 2 'no date' dear list --since yesterday

status 0 'one item' dear show 1
holds 'the evidence is marked' out '['
holds 'the situation' out 'no_contact'
holds 'what can be done' out 'dear approve 1'
status 0 'a hostile one' dear show 5
lacks 'no escape sequence' out "$escape"
lacks 'no override' out "$override"
status 0 'one that needs a person' dear show 3
holds 'says so' out "somebody's safety"
status 0 'an answer to the column' dear show --json 2
json 'the list'\''s object and more' out 'list(d)[17:] == ["evidence", "decisions", "revisions"]'
status 0 'evidence' dear show --json 1
json 'quotes what stands there' out 'd["evidence"] and all(
  d["comment"][e["start"]:e["end"]] == e["quote"] for e in d["evidence"])'
status 2 'an unknown ID' dear show 99
holds 'it is named' err 'no item 99'
status 2 'no ID' dear show
status 2 'no number' dear show three

status 0 'the thread' dear show --thread 1
holds 'replies stand under what they answer' out '   - The desk'
holds 'the column is marked' out 'the column'
lacks 'no escape sequence' out "$escape"
status 0 'as JSON' dear show --thread 1 --json
json 'the shape' out 'list(d) == ["thread", "title", "url", "comments"]'
json 'of a comment' out 'all(list(c) == ["comment_id", "parent", "parent_known", "status", "author",
  "staff", "date", "text", "item"] for c in d["comments"])'
json 'parents' out '{c["comment_id"]: c["parent"] for c in d["comments"]} == {"11": None,
  "12": None, "13": "12", "14": "13", "15": None, "16": None, "17": None}'
json 'all known' out '{c["parent_known"] for c in d["comments"]} == {"known"}'
status 2 'an unknown thread' dear show --thread 9
holds 'it is named' err 'no thread 9'
finish
