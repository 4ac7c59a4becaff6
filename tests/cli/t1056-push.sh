#!/bin/sh
# Replies on their way to a site that refuses, holds, hides, breaks off and lies:
# each outcome is told apart, and no reply is ever there twice. All of it on
# loopback (site.py).
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/site.sh"

cat >thread.json <<'END'
{"slug": "a-letter", "post": 212, "title": "A letter", "comments": []}
END
python3 - <<'END'
import json
t = json.load(open("thread.json"))
for i in range(4):
    t["comments"].append({
        "id": 100 + i, "post": 212, "parent": 0, "author": 0, "author_name": "Reader %d" % i,
        "status": "approved", "type": "comment", "date": "2026-03-0%dT09:00:00" % (i + 1),
        "date_gmt": "2026-03-0%dT14:00:00" % (i + 1),
        "content": {"rendered": "<p>He left me %d years ago. Should I write?</p>" % (i + 2)}})
json.dump(t, open("thread.json", "w"))
END
echo 'abcd efgh' >word
chmod 600 word
DEAR_EDITOR=ana
export DEAR_EDITOR

# fresh: a site and a store with four replies, two by hand, the first approved
fresh() {
	start_site thread.json
	rm -f dear.db*
	dear pull --delay 1 --topic ex-letter --staff-id 3 "${site}a-letter/" >out 2>err
	for n in 1 2; do
		printf 'Dear Reader %s,\n\nit'"'"'s "late" -- wait & see 🙂\n' $n >reply
		dear edit $n --text reply >out 2>err
	done
	dear approve 1 >out 2>err
	: >log
}

push() {
	dear push --delay 1 --user maren --password-file word --json "$@"
}

posts() {
	grep -c '^POST' log
}

# outcome WHAT N WORD: the only line of out says so
outcome() {
	json "$1" out "[(r['id'], r['outcome']) for r in lines] == [($2, '$3')]"
}

# on_site: the ids of the columnist's comments on the site, held ones too
on_site() {
	python3 - "$site" <<'END'
import json, sys, urllib.request
url = sys.argv[1] + "wp-json/wp/v2/comments?status=any&author=3"
print(" ".join(str(c["id"]) for c in json.load(urllib.request.urlopen(url))))
END
}

# as it should be
fresh
status 2 'nobody pushes without a name' dear push
status 0 'a dry run' dear push --dry-run
holds 'shows the request' out "POST ${site}wp-json/wp/v2/comments"
[ ! -s log ]
say 'and sends nothing' log
status 0 'with a name in the environment it asks for no password' \
	env DEAR_USER=maren "$DEAR" push --dry-run --json
json 'and says the same to programs' out \
	'lines[0]["outcome"] == "request"
	and __import__("json").loads(lines[0]["body"])["parent"] == 100'
status 0 'a reply' push
outcome 'is posted' 1 posted
json 'under an id' out 'lines[0]["native_id"] == "9004"'
dear show 1 >out 2>err
holds 'and has a receipt' out ', there 9004'
status 0 'a second push' push
[ ! -s out ] && [ "$(posts)" -eq 1 ]
say 'has nothing to do' out log
status 0 'pushed again on purpose' push --again
outcome 'it is seen to be there' 1 there
[ "$(posts)" -eq 1 ]
say 'and not sent' log
dear approve 2 3 4 >out 2>err
status 0 'one by its ID' push 3
outcome 'goes alone' 3 posted
status 0 'another thread' push --thread 1
json 'has the others' out '[r["id"] for r in lines] == [2, 4]'
status 2 'an item that is none' push 99
status 0 'pulled again' dear pull --delay 1 --json "${site}a-letter/"
json 'all are answered, by us' out '(d["new"], d["staff"], d["awaiting"]) == (4, 4, 0)'

# refused
fresh
echo 'nonsense' >wrong
chmod 600 wrong
status 2 'a wrong password' dear push --delay 1 --user maren --password-file wrong
holds 'is told' err 'does not know this name with this password'
[ "$(posts)" -eq 0 ]
say 'before anything is sent' log
faults 'POST comments status:401:rest_comment_login_required 1'
status 2 'a password that does not count for posting' push
faults 'POST comments status:403:rest_comment_closed 1'
dear approve 2 >out 2>err
status 1 'a closed thread' push
json 'is told for each' out '[r["outcome"] for r in lines] == ["closed", "closed"]'
[ "$(posts)" -eq 2 ]
say 'and asked but once' log
faults 'POST comments status:400:comment_content_column_length 1'
status 1 'a reply that is refused' push 1
outcome 'is told' 1 refused
holds 'with the site'"'"'s words' out 'comment_content_column_length'
status 0 'nothing is lost by it' push
json 'the next push brings both' out '[r["outcome"] for r in lines] == ["posted", "posted"]'

# not to be seen
fresh
dear approve 2 >out 2>err
faults 'POST comments hold 1' 'POST comments hide 1'
status 1 'accepted' push
json 'is not published: one is held, one is hidden' out \
	'[r["outcome"] for r in lines] == ["held", "hidden"] and all(r["native_id"] for r in lines)'
status 0 'neither is sent again' push
[ "$(posts)" -eq 2 ]
say 'since both are there' log
fresh
faults 'GET comments/100 status:404:rest_comment_invalid_id 1'
status 1 'a comment that is gone' push
outcome 'takes no reply' 1 no_parent
[ "$(posts)" -eq 0 ]
say 'nothing is sent' log
sed 's/"status": "approved"/"status": "trash"/' thread.json >trash.json
start_site trash.json
python3 - "$site" <<'END'
import sqlite3, sys
s = sqlite3.connect("dear.db")
host = sys.argv[1].split("/")[2]
s.execute("UPDATE thread SET host = ?, url = ?", (host, sys.argv[1] + "a-letter/"))
s.commit()
END
status 1 'nor does one in the trash' push
outcome 'it is told' 1 no_parent
holds 'how it is' out 'trash'

# what passes
fresh
faults 'POST comments retry:429:0 1' 'POST comments status:400:comment_flood 1' \
	'POST comments status:500:oops 1'
status 0 'too many, a flood, an error inside' push
outcome 'pass' 1 posted
[ "$(posts)" -eq 4 ] && [ "$(on_site)" = 9004 ]
say 'and one reply is there' log
fresh
faults 'POST comments retry:429:4000 1'
status 6 'a site that wants an hour' push
holds 'is left' err 'minutes'
status 0 'its reply' push
outcome 'goes later' 1 posted

# broken off
fresh
faults 'POST comments lose 1'
status 1 'an answer that never comes' push
outcome 'leaves it open' 1 later
status 0 'the next push' push
outcome 'finds it there' 1 there
[ "$(posts)" -eq 1 ] && [ "$(on_site)" = 9004 ]
say 'once' log
fresh
faults 'POST comments truncate 1'
status 1 'half an answer' push
outcome 'leaves it open too' 1 later
status 0 'the next push' push
outcome 'finds it too' 1 there
fresh
faults 'POST comments drop 1'
status 1 'a request that got lost' push
status 1 'soon after' push
outcome 'nothing is sent: it may still arrive' 1 later
[ "$(posts)" -eq 1 ]
say 'nothing' log
status 0 'ten minutes later' env DEAR_NOW="$(($(date +%s) + 600))" "$DEAR" push --delay 1 \
	--user maren --password-file word --json
outcome 'it is' 1 posted
fresh
faults 'POST comments slow:3 1'
status 1 'a slow site' push --timeout 1
outcome 'is given up' 1 later
sleep 3
status 0 'when it has arrived after all' push
outcome 'it is found' 1 there
[ "$(on_site)" = 9004 ]
say 'once' log
fresh
faults 'POST comments status:502:bad_gateway 1'
status 1 'a gateway that gave up' push
outcome 'leaves it open' 1 later
fresh
faults 'POST comments status:503:busy 1'
status 1 'so does one that is busy' push
outcome 'and does not say for how long' 1 later
fresh
faults 'POST comments retry:503:0 1'
status 0 'but not' push
outcome 'one that says it' 1 posted

# a crash between the request and the receipt
fresh
faults 'POST comments slow:2 1'
"$DEAR" push --delay 1 --user maren --password-file word >out 2>err &
victim=$!
tries=50
until grep -q '^POST' log || [ $tries -eq 0 ]; do
	tries=$((tries - 1))
	sleep 0.1
done
kill -9 $victim
wait $victim 2>/dev/null
sleep 3
dear list --json --flag exported >out 2>err
same 'killed between request and receipt, dear knows of nothing' out <<'END'
[]
END
status 0 'the next push' push
outcome 'looks first' 1 there
[ "$(posts)" -eq 1 ] && [ "$(on_site)" = 9004 ]
say 'and it is there once' log
fresh
faults 'POST comments slow:2 1'
push >first 2>first.err &
one=$!
sleep 1
status 1 'two at once' push
wait $one
cat first out >both
json 'one posts, the other waits' both \
	'sorted(r["outcome"] for r in lines) == ["later", "posted"]'
[ "$(on_site)" = 9004 ]
say 'and it is there once' log

# the site knows better
fresh
python3 - "$site" <<'END'
import base64, json, sys, urllib.request
body = json.dumps({"post": 212, "parent": 100, "content": "By hand."}).encode()
word = base64.b64encode(b"maren:abcd efgh").decode()
q = urllib.request.Request(sys.argv[1] + "wp-json/wp/v2/comments", body,
                           {"Authorization": "Basic " + word, "Content-Type": "application/json"})
urllib.request.urlopen(q).read()
END
: >log
status 1 'answered by hand since' push
outcome 'nothing is sent' 1 answered
[ "$(posts)" -eq 0 ]
say 'nothing' log
status 0 'unless both are wanted' push --also-answered
outcome 'then it is' 1 posted
fresh
faults 'POST comments status:409:comment_duplicate 1'
status 1 'a duplicate that nobody sees' push
outcome 'is held somewhere' 1 held
status 0 'and is not sent again' push
[ "$(posts)" -eq 1 ]
say 'since the site has it' log
fresh
start_other thread.json
faults "POST comments redirect:${other} 9" "GET users redirect:${other} 9"
status 6 'a redirect to another host' push
[ ! -s other/log ]
say 'gets nothing' other/log
faults "POST comments redirect:${other} 9"
status 1 'nor does a reply' push
outcome 'it is refused' 1 refused
[ ! -s other/log ]
say 'nothing either' other/log
faults ''
dear import --topic ex-letter "$samples/letter-thread.html" >out 2>err
dear approve "$(dear list --json --thread 2 | sed -n 's/^{"id": \([0-9]*\),.*"drafted".*/\1/p' |
	head -n 1)" >out 2>err
status 2 'replies for two sites' push
holds 'need to be told apart' err 'name one with --site'
status 0 'then the others stay' push --site "${site}a-letter/"
outcome 'and its own goes' 1 posted

# certificates
if command -v openssl >/dev/null; then
	openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 \
		-subj /CN=localhost -addext subjectAltName=DNS:localhost >talk 2>&1
	cat >tls.py <<'END'
import http.server, ssl, sys, os, threading
s = http.server.HTTPServer(("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler)
c = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
c.load_cert_chain("cert.pem", "key.pem")
s.socket = c.wrap_socket(s.socket, server_side=True)
print(s.server_port, flush=True)
threading.Thread(target=s.serve_forever, daemon=True).start()
sys.stdin.read()
os._exit(0)
END
	mkfifo held
	python3 tls.py <held >port 2>talk &
	exec 7>held
	tries=50
	until [ -s port ] || [ $tries -eq 0 ]; do
		tries=$((tries - 1))
		sleep 0.1
	done
	cp "$samples/letter-thread.html" page.html
	status 6 'a certificate nobody vouches for' dear pull --delay 1 --db tls.db \
		"https://localhost:$(cat port)/page.html"
	holds 'is not trusted' err "can't be trusted"
	status 0 'one that was named is' dear pull --delay 1 --db tls.db --ca cert.pem \
		"https://localhost:$(cat port)/page.html"
	status 6 'for its own name only' dear pull --delay 1 --db tls.db --ca cert.pem \
		"https://127.0.0.1:$(cat port)/page.html"
	mkdir -p wp-json/wp/v2/posts
	echo "<link rel='https://api.w.org/' href='http://localhost:$(cat port)/wp-json/'>
		<link rel=shortlink href='http://localhost:$(cat port)/?p=212'>" >article.html
	printf '{"title": {"rendered": "A letter"}, "link": "https://localhost/a/", "author": 3}' \
		>wp-json/wp/v2/posts/212
	printf '[{"id": 1, "post": 212, "parent": 0, "content": {"rendered": "<p>Hello</p>"}}]' \
		>wp-json/wp/v2/comments
	status 0 'a site that thinks it has no encryption' dear pull --delay 1 --db proxy.db --ca \
		cert.pem --json "https://localhost:$(cat port)/article.html"
	json 'is asked with it all the same' out 'd["format"] == "wordpress-rest"'
else
	leave 'certificates' 'no openssl'
fi
finish
