#!/bin/sh
# A thread fetched from a site that does what sites do: pages, pauses, half an
# answer, a shut interface, a redirect that must not be followed. All of it on
# loopback (site.py).
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/site.sh"

# Seven comments, three a page; the columnist has answered one.
cat >thread.json <<'END'
{"slug": "a-letter", "post": 212, "title": "A letter &amp; its envelope", "per_page": 3,
 "comments": []}
END
python3 - <<'END'
import json
t = json.load(open("thread.json"))
for i in range(7):
    staff = i == 1
    text = "He left me %d years ago. Should I write him a letter, or wait?" % (i + 2)
    t["comments"].append({
        "id": 100 + i, "post": 212, "parent": 100 if staff else 0, "author": 3 if staff else 0,
        "author_name": "Maren Holt" if staff else "Reader %d" % i, "status": "approved",
        "type": "comment", "date": "2026-03-0%dT09:00:00" % (i + 1),
        "date_gmt": "2026-03-0%dT14:00:00" % (i + 1),
        "content": {"rendered": "<p>%s</p>" % ("Wait." if staff else text)}})
json.dump(t, open("thread.json", "w"))
END
start_site thread.json
dear_pull() {
	dear pull --delay 1 --topic ex-letter "$@"
}

# what comes
status 0 'a thread' dear_pull --json "${site}a-letter/"
json 'is there, with its title and who answers' out \
	'd["title"] == "A letter & its envelope"
	and (d["kept"], d["staff"], d["awaiting"]) == (7, 1, 5)'
[ "$(grep -c 'wp/v2/comments' log)" -eq 3 ]
say 'in three pages' log
lacks 'by a stranger' log named
grep 'wp/v2/comments' log | grep -q '_fields=' && ! grep -q 'email' log
say 'who asks for nobody'"'"'s e-mail' log
[ ! -e dear.db.pull ]
say 'and leaves nothing beside the store' log
status 0 'again' dear_pull --json "${site}a-letter/"
json 'nothing is new' out '(d["new"], d["changed"]) == (0, 0)'
for address in "${site}wp-json/wp/v2/posts/212" "${site}wp-json/wp/v2/comments?post=212" \
	"${site}wp-json/wp/v2/comments?per_page=5&post=212"; do
	status 0 "by ${address#"$site"}" dear_pull --json "$address"
	json 'it is the same thread' out '(d["thread"], d["new"]) == (1, 0)'
done
status 2 'an address of no article' dear_pull "${site}wp-json/"
status 6 'an article that is not there' dear_pull "${site}nothing/"
holds 'says so' err '404'
status 2 'a dry run of an unknown topic asks nobody' dear_pull --topic none "${site}a-letter/"

# faults that pass
faults 'GET page=2 retry:429:0 2'
status 0 'too many requests, twice' dear_pull "${site}a-letter/"
holds 'it waits' err 'trying again'
faults 'GET &page=1& retry:503:1 1'
before=$(date +%s)
status 0 'a pause of a second' dear_pull "${site}a-letter/"
[ $(($(date +%s) - before)) -ge 1 ]
say 'is kept' err
faults 'GET page=3 truncate 1'
status 0 'half an answer is asked for again' dear_pull "${site}a-letter/"
faults 'GET page=2 status:500:oops 1'
status 0 'so is an internal error' dear_pull "${site}a-letter/"
faults 'GET page=2 slow:3 1'
status 0 'and an answer that takes too long' dear_pull --timeout 1 "${site}a-letter/"
holds 'which is told' err 'imeout'
faults 'GET page=2 retry:429:4000 1'
status 6 'a site that asks for an hour is left' dear_pull "${site}a-letter/"
holds 'with that word' err '66 minutes'

# going on where it broke off
rm -f dear.db
faults 'GET page=3 status:500:oops 9'
status 6 'a site that stays broken' dear_pull --tries 2 "${site}a-letter/"
holds 'what came is kept' err '2 pages are kept'
[ ! -e dear.db ] && [ "$(stat -c %a dear.db.pull)" = 700 ]
say 'for the owner alone, and not in the store' err
faults ''
: >log
status 0 'once more' dear_pull --json "${site}a-letter/"
json 'all is there' out 'd["kept"] == 7'
[ "$(grep -c '&page=1&' log)" -eq 0 ] && [ "$(grep -c '&page=2&' log)" -eq 1 ]
say 'and the first page was not fetched twice' log
faults 'GET page=3 status:500:oops 9'
status 6 'broken again' dear_pull --tries 1 "${site}a-letter/"
faults ''
python3 - <<'END'
open("dear.db.pull/000002", "a").write(" ")
END
: >log
status 0 'a page that is not what it was' dear_pull --json "${site}a-letter/"
json 'makes it begin anew' out 'd["kept"] == 7'
[ "$(grep -c '&page=1&' log)" -eq 1 ]
say 'from the first page' log

# names and passwords
echo 'abcd efgh' >word
chmod 600 word
: >log
status 0 'with a name' dear_pull --user maren --password-file word "${site}a-letter/"
holds 'it asks as an editor' log 'context=edit&status=all&type=all'
lacks 'the password is in no address' log abcd
DEAR_PASSWORD='abcd efgh' status 0 'or from the environment' env DEAR_PASSWORD='abcd efgh' \
	"$DEAR" pull --delay 1 --user maren "${site}a-letter/"
echo 'ab' >wrong
chmod 600 wrong
status 2 'a wrong one' dear_pull --user maren --password-file wrong "${site}a-letter/"
holds 'is told as that' err 'does not know this name with this password'
chmod 644 word
status 0 'a file that others can read' dear_pull --user maren --password-file word \
	"${site}a-letter/"
holds 'is warned of' err 'others can read'
chmod 600 word
status 2 'no password at all, and nobody to ask' setsid "$DEAR" pull --user maren \
	"${site}a-letter/"
status 2 'a password in the address' dear_pull "http://maren:abcd@${site#http://}a-letter/"
grep -rqa 'abcd' dear.db*
[ $? -eq 1 ]
say 'the store never holds one' err

# where it must not go
start_other thread.json
faults "GET a-letter redirect:${other}a-letter/ 2"
status 6 'a redirect to another host, with a password' dear_pull --user maren \
	--password-file word "${site}a-letter/"
holds 'is not followed' err 'where the password is not to go'
[ ! -s other/log ]
say 'nor was anything sent there' other/log
status 0 'a stranger may follow it' dear_pull --db other.db "${site}a-letter/"
lacks 'as a stranger' other/log named
faults 'GET a-letter redirect:http://example.com/ 1'
status 2 'to another machine without encryption' dear_pull "${site}a-letter/"
holds 'nobody goes' err 'not encrypted'
status 2 'nor at once' dear_pull http://example.com/
status 2 'nor by another way' dear_pull file:///etc/passwd

# no interface
python3 - "$samples/letter-thread.html" <<'END'
import json, sys
t = json.load(open("thread.json"))
t["page"] = open(sys.argv[1], encoding="utf-8").read().replace("wp-json", "elsewhere")
json.dump(t, open("page.json", "w"))
END
start_site page.json
status 0 'a site without the interface' dear_pull --db page.db --json "${site}a-letter/"
holds 'gives its page' err 'its page is read instead'
json 'as it stands' out '(d["format"], d["kept"]) == ("wordpress-html5", 37)'
start_site thread.json
faults 'GET wp/v2/comments status:401:rest_not_logged_in 9'
status 3 'a shut interface over a page without comments' dear_pull "${site}a-letter/"
holds 'falls back as well' err 'shut'
finish
