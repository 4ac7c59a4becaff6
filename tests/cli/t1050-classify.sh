#!/bin/sh
# classify: a filter. Ids as they are, order kept, bad lines told, the same
# bytes however many cores and however the input arrives.
. "$(dirname "$0")/lib.sh"

cat >in <<'END'
{"id": "a", "text": "Day 12 of no contact. He left me and I want to know why."}
{"id": 123456789012345678901234567890, "text": "We have a son together."}
{"id": 1.50, "text": "thanks", "topic": "ex-letter", "author": null, "date": null}
{"id": "\u00e9\n\"x", "html": "<p>Tom &amp; I \u2014 <b>he left me</b>.</p><p>\ud83d\ude00 So?</p>"}
END
status 0 'a stream' sh -c '"$DEAR" classify <in'
json 'one line each' out 'len(lines) == 4'
json 'the shape, key for key' out \
	'list(lines[0]) == ["id", "topic", "situations", "facts", "unsure"]'
json 'of a situation' out \
	'list(lines[0]["situations"][0]) == ["situation", "score", "band", "evidence"]'
json 'of evidence' out \
	'list(lines[0]["situations"][0]["evidence"][0]) == ["start", "end", "quote", "cue", "for"]'
holds 'a long number stays as it is' out '{"id": 123456789012345678901234567890,'
holds 'so does 1.50' out '{"id": 1.50,'
holds 'and an escaped string' out '{"id": "\u00e9\n\"x",'
json 'quotes are where they say' out 'all(
  t[e["start"]:e["end"]] == e["quote"]
  for l, t in [(lines[0], json.loads(open("in").readline())["text"]), (lines[3], lines[3]["text"])]
  for s in l["situations"] for e in s["evidence"])'
json 'the text of HTML is printed' out \
	'"he left me" in lines[3]["text"] and "<" not in lines[3]["text"]'
json 'a given topic is kept' out 'lines[2]["topic"] == "ex-letter"'
json 'without one it may be null' out '"topic" in lines[1]'
json 'what is found' out \
	'"no_contact" in [s["situation"] for s in lines[0]["situations"]]'
status 0 'forced' sh -c '"$DEAR" classify --topic ex-letter <in'
json 'a topic for all' out '{l["topic"] for l in lines} == {"ex-letter"}'

# An array in a line leaves the whole of it to Jansson.
sed 's/}$/, "more": []}/' in >slow
status 0 'what dear reads itself' sh -c '"$DEAR" classify <in >one'
status 0 'and what Jansson reads' sh -c '"$DEAR" classify <slow >two'
cmp -s one two
say 'is the same'

{
	cat in
	echo '{"id": 7, "text": '
	echo 'not json'
	echo '{"text": "no id"}'
	echo '{"id": true, "text": "x"}'
	echo '{"id": 01, "text": "x"}'
	echo '{"id": 1, "id": 2, "text": "twice"}'
	echo '[1]'
	echo
	echo '{"id": 9}'
	printf '{"id": 10, "text": "bad \377 byte"}\n'
	echo '{"id": 11, "text": "x", "date": "some day", "topic": "cooking"}'
	printf '{"id": 12, "text": "no newline at the end"}'
} >bad
status 1 'bad lines' sh -c '"$DEAR" classify <bad'
json 'the rest goes on' out '[l["id"] for l in lines[4:]] == [10, 11, 12]'
for n in 5 6 7 8 9 10 11 13 14 15; do
	holds "line $n is named" err "standard input:$n: "
done
lacks 'a blank line is nothing' err ':12:'
json 'a bad byte is replaced' out 'lines[4]["id"] == 10'

awk 'BEGIN {
	for (i = 0; i < 3000; i++)
		printf "{\"id\": %d, \"text\": \"He left me %d weeks ago, no word since.\"}\n",
			i, i % 50
}' >many
status 0 'many lines' sh -c '"$DEAR" classify many >one'
json 'in their order' one '[l["id"] for l in lines] == list(range(3000))'
status 0 'on one core, in small pieces' sh -c \
	'dd if=many bs=777 2>/dev/null | taskset -c 0 "$DEAR" classify - >two'
cmp -s one two
say 'the same bytes'
awk 'BEGIN {
	printf "{\"id\": 1, \"text\": \""
	for (i = 0; i < 9000000; i++)
		printf "x"
	print "\"}"
}' >long
status 1 'a line that is too long' sh -c 'cat in long in | "$DEAR" classify'
json 'is left out' out 'len(lines) == 8'
holds 'and named' err 'standard input:5: '
printf '%s\n' '{"id": "\u0000", "text": "He left\u0000 me. \ud83d Then he left me."}' >odd
status 1 'escapes that are no character' dear classify odd
json 'are read as U+FFFD' out \
	'lines[0]["situations"][0]["evidence"] and lines[0]["id"] == "\0"'
holds 'and said' err '[bytes-replaced]'
awk 'BEGIN {
	printf "{\"id\": 1, \"text\": "
	for (i = 0; i < 100000; i++)
		printf "["
	print ""
}' >deep
status 1 'a line nested deep' dear classify deep
holds 'is named' err 'deep:1: '
status 0 'nothing' sh -c '"$DEAR" classify </dev/null'
[ ! -s out ]
say 'gives nothing' out
status 6 'a file that is missing' dear classify nowhere.ndjson
status 6 'a reader who left' sh -c \
	'{ "$DEAR" classify many; echo $? >code; } | :; exit "$(cat code)"'
[ ! -s err ]
say 'is no news' err
finish
