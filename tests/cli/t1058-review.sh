#!/bin/sh
# The desk: every key on a real screen, sizes, killed in the middle, hostile
# comments, plain prompts, and two editors at once.
. "$(dirname "$0")/lib.sh"
: "${PTY:?the terminal to test on}"
DEAR_EDITOR=mara
LANG=C.UTF-8
LC_ALL=C.UTF-8
export DEAR_EDITOR LANG LC_ALL

# letters COUNT: so many invented comments, one a line, the oldest first
letters() {
	awk -v count="$1" 'BEGIN {
		a = split("Aoife Bram Cilla Dov Esra Femi Goran Hanne Ivo Jia Karim", who, " ")
		b = split("He left me in March|She ended it over the phone|" \
			"We broke up in spring|My ex moved out of the flat|" \
			"My boyfriend left me at the station", what, "|")
		c = split("and we have not spoken since|and he blocked me everywhere|" \
			"and I have heard nothing for two months|" \
			"and now there is only silence", then, "|")
		d = split("Should I write a letter to him?|What do I put into a first letter?|" \
			"I want to know why before I let go.|How long do I wait until I write?|" \
			"Is a short note better than a long one?|" \
			"I only want to close the door.|Do I post it or do I keep it?", ask, "|")
		for (i = 0; i < count; i++) {
			printf "{\"id\": \"%d\", \"author\": \"%s %d\", ", i + 1,
				who[i % a + 1], i + 1
			printf "\"date\": \"2026-01-%02dT%02d:%02d:00Z\", ", 1 + i / 1440,
				i / 60 % 24, i % 60
			printf "\"text\": \"%s, %s. That was %d weeks ago. %s\"}\n",
				what[i % b + 1], then[i % c + 1], i + 2, ask[i % d + 1]
		}
	}'
}

# desk COUNT: a new store with so many letters
desk() {
	rm -f dear.db dear.db-*
	letters "$1" >letters.ndjson
	dear import --topic ex-letter --thread letters --staff 'The desk' letters.ndjson >out 2>err
}

# queue COUNT: the numbers of what waits, as the desk shows them one by one
queue() {
	yes n | head -n "$1" | dear review --plain 2>talk | sed -n 's/^ \([0-9]*\) drafted.*/\1/p' |
		head -n "$1"
}

# screen COLUMNS ROWS WHAT: dear review on one, by the script on standard input
screen() {
	cat >script
	status 0 "$3" sh -c '"$PTY" "$@" <script' sh "$1" "$2" "$DEAR" review
}

# ---- 50 drafts: keys, undo, sizes, killed in the middle ----

desk 50
queue 50 >queue
[ "$(sort -u queue | wc -l)" -eq 50 ]
say 'fifty wait' queue

cat >editor <<'END'
#!/bin/sh
printf 'Words of my own.\n\nWarmly,\nthe Dear desk\n' >"$1"
END
chmod +x editor
EDITOR=$PWD/editor
export EDITOR

# The keys that decide on the items named, and what the screen says after each. Of
# eight one is edited, one rejected, one dismissed, one approved, taken back and
# approved; the others are approved. The terminal changes its size now and then.
keys() {
	n=0
	while read -r id; do
		n=$((n + 1))
		approve="send a\nwait $id: revision 1 approved\n"
		echo "wait  $id drafted"
		case $((n % 8)) in
		3)
			printf 'send e\nwait %s: revision 2 waits\n' "$id"
			printf 'send a\nwait %s: revision 2 approved\n' "$id"
			;;
		4) printf 'send r\nwait 1 to 8\nsend 3\nwait %s: revision 1 rejected\n' "$id" ;;
		5) printf 'send d\nwait %s: dismissed\n' "$id" ;;
		6)
			printf '%bsend u\nwait %s: no longer approved\n' "$approve" "$id"
			printf 'wait  %s drafted\n%b' "$id" "$approve"
			;;
		7)
			printf 'send ?\nwait one step back\nsend q\n'
			printf 'wait  %s drafted\n%b' "$id" "$approve"
			;;
		*) printf '%b' "$approve" ;;
		esac
		[ $((n % 10)) -ne 4 ] || printf 'size 60 20\n'
		[ $((n % 10)) -ne 7 ] || printf 'size 100 35\n'
	done
}

head -n 20 queue >first
keys <first >script
printf 'signal 9\nend\n' >>script
status 0 'twenty decided, and killed' sh -c '"$PTY" 100 35 "$DEAR" review <script'
holds 'by a signal that nobody hears' out 137
dear list --json >all.json
json 'all twenty are kept' all.json 'sum(1 for i in d if i["decided_by"] == "mara") == 20'
tail -n 30 queue | keys >script
printf 'wait Nothing is left\nsend p\nwait approved by\nsend q\nend\n' >>script
status 0 'thirty more, to the end' sh -c '"$PTY" 100 35 "$DEAR" review <script'
holds 'and out' out 0
dear list --json >all.json
json 'all fifty are decided as the keys said' all.json '[sum(1 for i in d if i["status"] == s)
  for s in ("approved", "rejected", "dismissed")] == [37, 7, 6]'
json 'the edits are in them' all.json 'sum(1 for i in d if "edited" in i["flags"] and
  i["reply"].startswith("Words of my own")) == 7'
json 'each is hers' all.json 'all(i["decided_by"] == "mara" for i in d)'
dear show --json "$(sed -n 6p queue)" >shown
json 'what was taken back is in the history' shown '[x["decision"] for x in d["decisions"]] ==
  ["approved", "reopened", "approved"]'

# ---- the other keys ----

desk 12
first=$(queue 1)
screen 100 30 'skip, next, previous, search, label, words for a rejection' <<END
wait  $first drafted
send s
wait $first skipped
send n
wait 3 of 12
send p
wait 2 of 12
send p
wait  $first drafted
send /
wait search
send Esra 5\n
wait 1 of 1
wait Esra 5
send /
wait search
send nobody wrote this\n
wait nothing that waits has
send /
wait search
send \n
wait all 12 items
wait  $first drafted
send l
wait label
send -no_con\t\n
wait noted, drafted anew
wait revision 2
send l
wait label
send no_contact\n
wait +no_contact noted
send l
wait label
send hungry\n
wait is no label
send l
wait label
send \e
wait no label
send r
wait 1 to 8
send x
wait not rejected
send R
wait 1 to 8
send 8
wait in your own words
send too ch\x7filly\n
wait rejected
send u
wait no longer rejected
send x
wait that key does nothing
send q
end
END
dear show --json "$first" >shown
json 'reason and words are kept' shown '[(x["reason"], x["note"]) for x in d["decisions"]
  if x["decision"] == "rejected"] == [("other", "too cilly")]'
status 0 'a filter narrows it' sh -c 'printf "wait 1 of 1\nsend q\nend\n" |
  "$PTY" 80 24 "$DEAR" review --author "Esra 5"'
status 0 'an item may be named' sh -c 'printf "wait Esra 5\nsend q\nend\n" |
  "$PTY" 80 24 "$DEAR" review 5'
status 2 'there is no --json' dear review --json
holds 'it speaks to people' err 'people'

printf 'send e\nwait your text is kept in\nsend a\nwait 5: revision\nsend q\nend\n' >script
status 0 'an editor that fails keeps its text' env EDITOR=false sh -c \
	'"$PTY" 100 24 "$DEAR" review 5 <script'
cat >script <<'END'
wait 1 of 2
wait approved by mara
send n
wait 2 of 2
send n
wait 1 of 2
send u
wait no longer approved, open again
send q
end
END
dear approve 6 >out 2>err
status 0 'what was decided is looked at' sh -c \
	'"$PTY" 100 24 "$DEAR" review --status approved <script'
printf 'wait of\nsend \\x03\nend\n' >script
status 0 'Ctrl-C ends it' sh -c '"$PTY" 100 24 "$DEAR" review <script'
holds 'with status 1' out 1

# ---- sizes, and comments that would break a screen ----

rm -f dear.db dear.db-*
python3 - >hostile.ndjson <<'PYTHON'
import json
left = "He left me in May and I have heard nothing since. "
ask = "Should I write him a letter? "
letters = [
    ("Eve \x1b[31mRed", "My boyfriend left me \x1b]0;owned\x07 last week.\x9b2J " + ask),
    ("\u0623\u0645\u064a\u0646\u0629", left + "\u202e" + ask + "\u202c"),
    ("さくら", left + "三年間一緒にいました。手紙を書くべきですか。" * 6 + ask),
    ("Lea \U0001f469\u200d\U0001f467 \u2764\ufe0f", left + "\U0001f622\U0001f1f3\U0001f1f1 " + ask),
    ("Z" + "\u0301" * 60 + "algo", "She left" + "\u0327" * 40 + " me in June. " + ask),
    ("N" * 300, left + "a" * 500 + " " + ask * 60),
]
for i, (author, text) in enumerate(letters):
    print(json.dumps({"id": str(i + 1), "author": author, "text": text,
                      "date": f"2026-01-{i + 1:02d}T10:00:00Z"}))
PYTHON
dear import --topic ex-letter --thread odd --staff 'The desk' hostile.ndjson >out 2>err
for size in '100 35' '60 20' '40 12' '24 6' '20 3'; do
	screen "${size% *}" "${size#* }" "nothing breaks a screen of $size" <<'END'
wait 6 left
send \x20\x20
send n
send jjj
send n
send kb
send n
send G
send n
send \x20\x20\x20
send n
send ?
send \x20
send q
send q
end
END
	lacks 'no title was set' out owned
done
printf 'wait of 6\nscreen seen\nsend q\nend\n' >script
status 0 'an xterm gets colours' sh -c 'PTY_TERM=xterm "$PTY" 100 30 "$DEAR" review <script'
holds 'what counts is underlined' seen 'left me]'
holds 'a control character is seen' seen '�[31mRed'

# ---- plain prompts ----

desk 3
printf 'a\nr\n3\nd\nu\nq\n' >keys
status 0 'without a terminal' sh -c '"$DEAR" review <keys'
holds 'items are printed' out 'Draft  revision 1'
holds 'with what counts in brackets' out '['
holds 'and what was done' err '1 approved, 1 rejected, 1 dismissed, 1 undone; 1 left'
printf 'wait q>\nsend q\\n\nend\n' >script
status 0 'on a dumb one' sh -c 'PTY_TERM=dumb "$PTY" 80 24 "$DEAR" review <script'
status 0 'when asked to' sh -c '"$PTY" 80 24 "$DEAR" review --plain <script'

# ---- two editors ----

desk 6
id=$(queue 1)
mkfifo to
"$PTY" 100 30 "$DEAR" review --as ana <to >from_ana 2>&1 &
ana=$!
exec 5>to
printf 'wait  %s drafted\nscreen opened\n' "$id" >&5
while [ ! -s opened ]; do
	sleep 0.1
done
printf 'wait 2 of 6\nsend q\nend\n' >script
status 0 'what one has open the other is not given' sh -c \
	'"$PTY" 100 30 "$DEAR" review --as bo <script'
printf 'wait ana has it open\nsend d\nwait ana has it open\nsend q\nend\n' >script
status 0 'unless by its number' sh -c '"$PTY" 100 30 "$DEAR" review "$1" --as bo <script' sh "$id"
printf 'send a\nwait bo dismissed it since you saw it\nsend q\nend\n' >&5
exec 5>&-
wait $ana
say 'and the first is told' from_ana
dear show --json "$id" >shown
json 'nothing was overwritten' shown 'd["status"] == "dismissed" and d["decided_by"] == "bo" and
  len(d["decisions"]) == 1'

# Somebody else's long writing ends no session.
desk 3
id=$(queue 1)
python3 - <<'PYTHON' &
import os, sqlite3, time
store = sqlite3.connect("dear.db", isolation_level=None)
while not os.path.exists("lock"):
    time.sleep(0.05)
store.execute("BEGIN IMMEDIATE")
open("locked", "w").close()
while not os.path.exists("unlock"):
    time.sleep(0.05)
store.execute("ROLLBACK")
PYTHON
writer=$!
"$PTY" 100 30 "$DEAR" review <to >from 2>&1 &
mara=$!
exec 5>to
rm -f opened
printf 'wait  %s drafted\nscreen opened\n' "$id" >&5
while [ ! -s opened ]; do
	sleep 0.1
done
: >lock
while [ ! -e locked ]; do
	sleep 0.1
done
printf 'send a\nwait not done: in use by another dear\nscreen told\n' >&5
while [ ! -s told ] && kill -0 $mara 2>>from; do
	sleep 0.1
done
: >unlock
wait $writer
printf 'send a\nwait %s: revision 1 approved\nsend q\nend\n' "$id" >&5
exec 5>&-
wait $mara
say 'a store that is busy is waited for, told, and asked again' from

# Each opens what the other has not, so that no decision meets another.
desk 2000
yes a | head -n 1000 >keys
dear review --plain --as ana <keys >out.ana 2>err.ana &
ana=$!
dear review --plain --as bo <keys >out.bo 2>err.bo
wait $ana
say 'two at once, a thousand decisions each' err.ana err.bo
holds 'the one is told of all hers' err.ana '1000 approved'
holds 'the other too' err.bo '1000 approved'
dear list --json >all.json
json 'nothing is lost' all.json \
	'[sum(1 for i in d if i["decided_by"] == who) for who in ("ana", "bo")] == [1000, 1000]'
cat out.ana out.bo >both
lacks 'and nobody decided on what the other had' both 'since you saw it'
finish
