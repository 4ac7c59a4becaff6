#!/bin/sh
# Export: exactly the approved, in each format, written whole or not at all.
. "$(dirname "$0")/lib.sh"
desk=$root/tests/fixtures/desk-thread.json
pass 'a store' dear import "$desk"
status 0 'nothing is approved yet' dear export
json 'an empty array' out 'd == []'
pass 'approve two' dear approve 1 4
echo '=1+1 is what the desk says.' >words
pass 'edit and approve one' dear edit 5 --text words --approve
pass 'reject none' dear dismiss 2

status 0 'JSON' dear export
json 'the three, by the source'\''s ids' out '[i["in_reply_to"] for i in d] == ["11", "16", "17"]'
json 'the shape, key for key' out 'all(list(i) == ["id", "thread", "thread_url", "in_reply_to",
  "author", "comment", "reply", "approved_by", "approved_at"] for i in d)'
status 0 'again the same: JSON marks nothing' dear export
json 'three' out 'len(d) == 3'
for format in ndjson csv html markdown text; do
	status 0 "$format" dear export --format $format
	holds "$format holds a reply" out 'is what the desk says.'
done
status 0 'CSV' dear export --format csv
lacks 'no cell a spreadsheet would run' out ',=1+1'
status 0 'to a file' dear export --output replies.json
[ "$(stat -c %a replies.json)" = 600 ]
say 'which is the owner'\''s alone'
json 'and holds the three' replies.json 'len(d) == 3'
[ ! -s out ]
say 'nothing on standard output' out
status 6 'to a folder that is not there' dear export --output nowhere/replies.json
status 6 'to a full disk' sh -c '"$DEAR" export >/dev/full'

sed 's/he is 4/he is 5/' "$desk" >changed.json
pass 'a comment changed since' sh -c '"$DEAR" import changed.json || [ $? -eq 1 ]'
status 1 'a stale reply is left out' dear export
json 'two remain' out '[i["in_reply_to"] for i in d] == ["11", "17"]'
holds 'it is named' err '[reply-stale]'
status 0 'unless it is wanted' dear export --stale
json 'three' out 'len(d) == 3'
status 0 'marked' dear export --stale --mark
status 0 'they are not written twice' dear export --stale
json 'none' out 'd == []'
status 0 'unless again' dear export --stale --again
json 'three' out 'len(d) == 3'
status 2 'an unknown format' dear export --format stone
holds 'lists those there are' err 'markdown'
finish
