#!/bin/sh
# Approved replies on their way out: which, in which form, what is remembered of
# it, and that a file is there whole or not at all.
. "$(dirname "$0")/lib.sh"

DEAR_NOW=2026-03-01T09:30:00Z
DEAR_EDITOR=ana
export DEAR_NOW DEAR_EDITOR

status 5 'no store, no export' dear export
dear import "$samples/letter-thread.html" >out 2>err
status 0 'nothing is approved yet' dear export --format json
same 'so the array is empty' out <<'END'
[]
END
echo 'Dear reader, sleep on it. The column' >plain
printf '=HYPERLINK("x")\n\n%s\n' \
	'Dear Heike, keep it about the child. "Us" can wait, <b>for now</b>.' >mine
for comment in 1862 1846; do
	dear edit "$(item_of $comment)" --approve --text plain >out 2>err
done
dear edit "$(item_of 1851)" --approve --text mine >out 2>err
dear edit "$(item_of 1861)" --text plain >out 2>err
dear dismiss "$(item_of 1883)" >out 2>err

# json, ndjson
status 0 'three are' dear export
[ "$(wc -l <out)" -eq 5 ] && [ "$(grep -c '^{' out)" -eq 3 ]
say 'one a line' out
sed -n 's/.*"in_reply_to": \("[^"]*"\).*/\1/p' out >ids
same "by the source's own ids, in order" ids <<'END'
"1846"
"1851"
"1862"
END
holds 'with who and when' out '"approved_by": "ana", "approved_at": "2026-03-01T09:30:00Z"}'
holds 'no name is null' out '"author": null'
status 0 'the same as ndjson' dear export --format ndjson
cp out lines
dear export --format json 2>err | sed '1d; $d; s/,$//' >out
same 'is the same, line by line' out <lines

# the other forms
status 0 'csv' dear export --format csv
head -n 1 out | tr '\r' '!' >header
same 'has a header, and ends lines as RFC 4180 does' header <<'END'
id,thread,thread_url,in_reply_to,author,comment,reply,approved_by,approved_at!
END
holds 'no cell runs' out "\"'=HYPERLINK(\"\"x\"\")"
status 0 'html' dear export --format html
holds 'is a page' out '<!DOCTYPE html>'
holds 'in which text is text' out '&lt;b&gt;for now&lt;/b&gt;'
holds 'with the way back to the comment' out '#comment-1851">'
status 0 'markdown' dear export --format markdown
holds 'in which text is text too' out '\<b>for now\</b>'
status 0 'text' dear export --format text
holds 'as it was written' out 'keep it about the child. "Us" can wait, <b>for now</b>.'
holds 'by whom' out 'Approved by ana, 2026-03-01T09:30:00Z'
status 2 'another form' dear export --format pdf
holds 'names those there are' err markdown

# which
status 0 'one thread' dear export --thread 1
status 2 'a thread that is not there' dear export --thread 9
dear list --json --flag exported >flagged 2>err
same 'so far nothing counts as exported' flagged <<'END'
[]
END
status 0 'but with --mark' dear export --mark --output sent.json
[ "$(grep -c '^{' sent.json)" -eq 3 ] && [ ! -s out ]
say 'the file has them' sent.json
[ "$(stat -c %a sent.json)" = 600 ]
say 'for nobody else to read'
[ "$(dear list --json --flag exported | grep -c '^{')" -eq 3 ]
say 'and they count as exported'
status 0 'a second time' dear export --mark
same 'none are left' out <<'END'
[]
END
status 0 'unless again' dear export --mark --again
[ "$(grep -c '^{' out)" -eq 3 ]
say 'then all are' out
status 0 'and without --mark' dear export
[ "$(grep -c '^{' out)" -eq 3 ]
say 'all are too' out

# stale
sed 's/<p>/<p>Once more: /' "$samples/letter-thread.html" >changed.html
dear import changed.html >out 2>err
status 1 'after a comment changed' dear export
same 'its reply stays here' out <<'END'
[]
END
holds 'and is named' err '[reply-stale]'
status 0 'or goes with --stale' dear export --stale
[ "$(grep -c '^{' out)" -eq 3 ]
say 'as it was approved' out

# all or nothing
status 6 'a folder that is not there' dear export --output nowhere/out.json
if [ -w /dev/full ]; then
	status 6 'a full disk is told' sh -c '"$DEAR" export --stale >/dev/full'
	status 6 'with --mark too' sh -c '"$DEAR" export --stale --mark --again >/dev/full'
else
	leave 'a full disk is told' 'no /dev/full'
fi
chmod 400 dear.db
status 0 'a store that may only be read is enough' dear export --stale
finish
