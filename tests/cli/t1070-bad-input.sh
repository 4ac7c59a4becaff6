#!/bin/sh
# Whatever is wrong is said in one clear line, with the status that tells what
# kind of thing it was, and nothing of it is kept.
. "$(dirname "$0")/lib.sh"
desk=$root/tests/fixtures/desk-thread.json

# refused FILE WHAT: status 3, named, nothing kept
refused() {
	status 3 "$2" dear import "$1"
	holds "$2: it is named" err "$1"
	status 0 "$2: nothing is kept" sh -c '[ ! -e dear.db ] || "$DEAR" list --json --status all'
	[ ! -s out ] || [ "$(cat out)" = '[]' ]
	say "$2: no item" out
}
: >empty.html
refused empty.html 'an empty file'
head -c 3000 /dev/urandom >noise.bin
printf '\177ELF\001\000\000\000' | cat - noise.bin >binary.html
refused binary.html 'a binary file'
head -c 900 "$desk" >cut.json
refused cut.json 'JSON cut short'
sed 's/"comments": \[/"comments": [}/' "$desk" >wrong.json
refused wrong.json 'JSON that is none'
awk 'BEGIN {
	for (i = 0; i < 100000; i++)
		printf "["
	for (i = 0; i < 100000; i++)
		printf "]"
}' >deep.json
refused deep.json 'JSON nested 100,000 deep'
awk 'BEGIN { for (i = 0; i < 100000; i++) printf "{\"comments\":[" }' >deeper.json
refused deeper.json 'objects nested 100,000 deep'
awk 'BEGIN {
	print "<html><body><ol class=\"comment-list\">"
	for (i = 0; i < 100000; i++)
		printf "<div>"
}' >deep.html
refused deep.html 'HTML nested deep, with no comment'
echo '<html><head><title>News</title></head><body><p>Nothing was said.</p></body></html>' >page.html
refused page.html 'a page without comments'
mkdir folder
refused folder 'an empty folder'
mv empty.html page.html binary.html folder
refused folder 'a folder without comments'
mv folder/* .
status 6 'a missing file' dear import nowhere.json

status 4 'a missing folder of rules' dear import --data nowhere "$desk"
holds 'it is named' err nowhere
status 4 'a missing folder of responses' dear import --responses nowhere "$desk"
holds 'it is named' err nowhere
cp -r "$root/data" "$root/responses" .
chmod -R u+w data responses
rule=$(find data/situations -name '*.json' | sort | head -n 1)
printf '{"situation": ' >"$rule"
status 4 'a rule with an error' dear import --data data "$desk"
holds 'file and line are named' err "$rule:1"
status 4 'check says so' dear check --data data --db none.db
holds 'too' err "$rule:1"
status 4 'classify, too' sh -c 'echo | "$DEAR" classify --data data'
echo '{{#open}}' >responses/ex-letter/broken.mustache
status 4 'a response with an error' dear import --responses responses "$desk"
holds 'the file is named' err 'broken.mustache'

status 5 'no store' dear list --db nowhere.db
holds 'it is named' err nowhere.db
[ ! -e nowhere.db ]
say 'looking makes none'
echo 'this is a letter, not a store, and long enough to be looked at as a header' >letter.db
status 5 'a file that is no store' dear list --db letter.db
status 5 'nor is it written to' dear import --db letter.db "$desk"
holds 'it stays as it was' letter.db 'this is a letter'
pass 'a store' dear import --db good.db "$desk"

# nobody COMMAND...: by an account that owns nothing; root may write anything.
nobody() {
	setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
}
cp good.db read-only.db
chmod 444 read-only.db
if [ "$(id -u)" -ne 0 ]; then
	status 5 'a store that may not be written' dear approve 1 --db read-only.db
	holds 'it is named' err read-only.db
elif chmod 755 . && nobody "$DEAR" --version >seen 2>&1 &&
	nobody ls "$root/responses" >seen 2>&1; then
	status 5 'a store that may not be written' nobody "$DEAR" approve 1 --db read-only.db
	holds 'it is named' err read-only.db
else
	leave 'a store that may not be written' 'root may write it, nobody not read it'
fi
if command -v python3 >/dev/null; then
	python3 -c 'import sqlite3
s = sqlite3.connect("good.db")
s.execute("PRAGMA user_version = 999")
s.commit()'
	status 5 'a store of a newer dear' dear list --db good.db
	holds 'is told apart' err 'newer'
fi

status 2 'an unknown option' dear import --colour "$desk"
status 2 'an option without its value' dear list --status
status 2 'a flag with a value' dear list --json=yes
status 2 'a word too many' dear list 3
status 2 'a time that is none' env DEAR_NOW=soon "$DEAR" list
status 0 'words after --' sh -c '"$DEAR" import --db dash.db -- "'"$desk"'"'
status 6 'standard output closed' sh -c '"$DEAR" help >&-'
finish
