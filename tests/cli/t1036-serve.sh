#!/bin/sh
# The desk as a web page: its doors, and the way from the link to a decision. What
# a browser makes of it is tests/browser's.
. "$(dirname "$0")/lib.sh"

here=$root/tests/cli
DEAR_DB=$room/desk.db
export DEAR_DB
dear import --topic ex-letter "$samples/letter-thread.html" >out 2>err
# four items with a draft: what the rules draft, and how, changes with them
# shellcheck disable=SC2046
set -- $(dear list --json --status drafted | python3 -c 'import json, sys
print(*[i["id"] for i in json.load(sys.stdin)][:4])')
one=$1 two=$2 three=$3 four=$4

# ask ARGS... PATH: one request to the desk at $base
ask() {
	python3 "$here/desk.py" --at "$base" "$@"
}
# code N WHAT ARGS... PATH: it is answered with N
code() {
	expected=$1 label=$2
	shift 2
	ask "$@"
	[ "$(cat code)" = "$expected" ] || echo "answered with $(cat code), not $expected" >>head
	[ "$(cat code)" = "$expected" ]
	say "$label" head
}
# open_desk ARGS...: sets $base and $link; its talk is in ./talk
open_desk() {
	: >link
	"$DEAR" serve --any-port "$@" >link 2>talk </dev/null &
	desk=$!
	tries=100
	until [ -s link ] || [ $tries -eq 0 ]; do
		sleep 0.1
		tries=$((tries - 1))
	done
	link=$(cat link)
	base=${link%/in/*}
}
close_desk() {
	kill $desk 2>/dev/null
	wait $desk
	[ $? -eq 0 ]
	say 'the desk closes in order' talk
}
trap 'kill $desk 2>/dev/null; rm -rf "$room"' EXIT
enter() {
	ask "${link#"$base"}"
	cookie=$(sed -n 's/^Set-Cookie: \([^;]*\);.*/\1/p' head)
	token=$(sed -n 's/.*data-token="\([0-9a-f]*\)".*/\1/p' body)
}
seen() {
	ask -H "Cookie: $cookie" "/item/$1"
	sed -n 's/.*name="seen" value="\([^"]*\)".*/\1/p' body | head -n 1
}

open_desk --as ana
[ -n "$link" ] && holds 'the link is printed, and for whom' talk 'for ana'
holds 'it is on loopback' link 'http://127.0.0.1:'

# a stranger
code 303 'a stranger is sent to sign in' /
holds 'there' head 'Location: /in'
lacks 'and sees no comment' body 'letter'
code 200 'the style sheet is nobody'"'"'s secret' /desk.css
code 303 'an item is for editors' /item/1
code 403 'so is a decision' -d 'token=x' /item/1/approve
code 403 'a guessed link opens nothing' "/in/$(printf '%064d' 0)"
code 403 'nor an empty one' /in/

# in by the link, once
enter
code 403 'the link works once' "${link#"$base"}"
[ -n "$cookie" ] && [ -n "$token" ]
say 'it gives a cookie and a token' head
ask -H "Cookie: $cookie" /
holds 'the queue is shown' body 'Priya'
holds 'with its items' body "/item/$one?"
for header in "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'" \
	'X-Frame-Options: DENY' 'X-Content-Type-Options: nosniff' 'Referrer-Policy: same-origin' \
	'Cache-Control: no-store'; do
	holds "a page has $header" head "$header"
done
lacks 'no policy allows inline script or style' head 'unsafe-inline'

# who asks, and from where
code 421 'another host is refused' -H 'Host: evil.example' -H "Cookie: $cookie" /
code 421 'a host that only begins alike, too' -H "Host: 127.0.0.1.evil.example" /
code 421 'another port, too' -H 'Host: 127.0.0.1:1' -H "Cookie: $cookie" /
code 400 'no host at all is no request' -H 'Host: none' /
code 200 'localhost is this machine' -H "Host: localhost:${base##*:}" -H "Cookie: $cookie" /
code 405 'other methods are not taken' -X DELETE -H "Cookie: $cookie" "/item/$one"
code 404 'a page that is not there' -H "Cookie: $cookie" /nowhere
code 404 'an item that is not there' -H "Cookie: $cookie" /item/999999
code 404 'a number that is none' -H "Cookie: $cookie" /item/99999999999999999999
code 400 'a filter that means nothing' -H "Cookie: $cookie" '/?status=hungry'

form="token=$token&seen=$(seen "$one")"
code 403 'a write without token' -H "Cookie: $cookie" -d "seen=x" "/item/$one/approve"
code 403 'a write with another token' -H "Cookie: $cookie" \
	-d "token=${token%?}z" "/item/$one/approve"
code 403 'a write from another origin' -H "Cookie: $cookie" -H 'Origin: http://evil.example' \
	-d "$form" "/item/$one/approve"
code 403 'from another port of this machine' -H "Cookie: $cookie" \
	-H 'Origin: http://127.0.0.1:1' -d "$form" "/item/$one/approve"
code 403 'from nowhere' -H "Cookie: $cookie" -H 'Origin: null' -d "$form" "/item/$one/approve"
code 403 'across sites by the browser'"'"'s word' -H "Cookie: $cookie" \
	-H 'Sec-Fetch-Site: cross-site' -d "$form" "/item/$one/approve"
code 403 'a part of a page loaded from elsewhere' -H "Cookie: $cookie" \
	-H 'Sec-Fetch-Site: same-site' -H 'Sec-Fetch-Mode: no-cors' -H 'Sec-Fetch-Dest: script' /
code 403 'a write without a cookie' -d "$form" "/item/$one/approve"
code 404 'a write by GET is none' -H "Cookie: $cookie" "/item/$one/approve?$form"
code 403 'the token in the address is none' -H "Cookie: $cookie" -d 'x=y' "/item/$one/approve?$form"
status 0 'all that changed nothing' dear list --json
json 'really nothing' out 'not any(i["decided_by"] for i in d)'
code 303 'the same from the desk'"'"'s own page is done' -H "Cookie: $cookie" -H "Origin: $base" \
	-H 'Sec-Fetch-Site: same-origin' -d "$form" "/item/$one/approve"
holds 'and the next item opens itself' head 'Location: /item/'
status 0 'it is approved' dear list --json --status approved
json 'by whom the desk was opened for' out '[i["decided_by"] for i in d] == ["ana"]'

# conflict: what was seen is not what stands
form="token=$token&seen=$(seen "$two")"
was=$(dear show "$two" --json | python3 -c 'import json, sys
print(json.load(sys.stdin)["reply"].split("\n")[0])')
dear edit "$two" --text - --as bo >out 2>err <<'TEXT'
Hello Olga, written meanwhile.

Warmly,
the Dear desk
TEXT
code 409 'a decision on what changed is refused' -H "Cookie: $cookie" \
	-d "$form&text=Mine%20%3Cb%3Ebold%3C%2Fb%3E&shown=The%20old%20one" "/item/$two/edit"
holds 'both are shown: the new one' body 'written meanwhile'
holds 'the one that was seen' body "<p dir=\"auto\">$was</p>"
holds 'and what was typed, escaped' body 'Mine &lt;b&gt;bold'

# house style while typing
code 200 'the style check answers' -H "Cookie: $cookie" -H "X-Dear-Token: $token" \
	-H 'Content-Type: application/json' -d '{"item": 3, "text": "Hi {{name}}, write."}' \
	/style
json 'with what blocks' body 'any(b["blocks"] for b in d["breaches"])'
code 403 'but not without the token' -H "Cookie: $cookie" -H 'Content-Type: application/json' \
	-d '{"item": 3, "text": "Hi"}' /style
code 400 'nor without a text' -H "Cookie: $cookie" -H "X-Dear-Token: $token" -d '{]' /style

# odd requests
for odd in '%' '%zz' '%00' '=' '&&&=&' 'a=%ff%fe' 'token' 'token=%00' 'token=%c0%80'; do
	ask -H "Cookie: $cookie" -d "$odd" "/item/$three/approve"
	[ "$(cat code)" = 403 ]
	say "a body of $odd is no token" head
done
code 404 'a path upwards leads nowhere' -H "Cookie: $cookie" '/item/3/../../etc/passwd'
code 404 'however it is written' -H "Cookie: $cookie" '/%2e%2e/%2e%2e/etc/passwd'
code 404 'an asset is one of three' /desk.css.mustache
code 200 'bad bytes in a search are letters that are none' -H "Cookie: $cookie" '/?search=%ff%00%22'

# limits
code 413 'a body above the bound' -H "Cookie: $cookie" -n 600000 "/item/$three/edit"
code 431 'a head above the bound' -H "X-Long: $(head -c 60000 /dev/zero | tr '\0' x)" /
python3 "$here/desk.py" --crowd 80 "$base/"
code 200 'after eighty idle connections it answers' -H "Cookie: $cookie" /
code 303 'out' -H "Cookie: $cookie" -d "token=$token" /out
code 303 'is out' -H "Cookie: $cookie" /
holds 'to the door' head 'Location: /in'
close_desk
holds 'an interrupt closes the desk' talk 'closed'

# other addresses, and passwords
status 2 'an address others can reach takes passwords' dear serve --any-port --address 0.0.0.0
holds 'and says so' err 'password-file'
status 2 'a name is no address' dear serve --any-port --address desk.example
status 2 'a password is not short' sh -c 'echo short |
	"$DEAR" serve --add-editor ana --password-file who'
echo 'a longer word' | dear serve --add-editor ana --password-file who 2>err
echo 'another longer word' | dear serve --add-editor bo --password-file who 2>err
holds 'a password is kept as a salted hash' who 'ana:$y$'
lacks 'not as it is' who 'longer'
[ "$(stat -c %a who)" = 600 ]
say 'in a file of the owner'"'"'s' err
chmod 644 who
status 6 'a file that others can read is refused' dear serve --any-port --password-file who
chmod 600 who
open_desk --as ana --address 0.0.0.0 --password-file who --origin https://desk.example
lacks 'behind TLS there is no warning' talk 'TLS'
base=http://127.0.0.1:$(sed -n 's/.*at port \([0-9]*\);.*/\1/p' talk)
code 421 'by an address it does not have it does not answer' /in
code 200 'by the one it was given it does' -H 'Host: desk.example' /in
close_desk
status 2 'all addresses at once need a name' dear serve --any-port --address 0.0.0.0 \
	--password-file who
open_desk --as ana --password-file who --origin https://desk.example
code 200 'the door asks' /in
holds 'for a password' body 'type="password"'
code 403 'a wrong one' -d 'name=bo&password=a+longer+word' /in
code 403 'a name that is not there' -d 'name=eve&password=a+longer+word' /in
code 303 'the right one' -d 'name=bo&password=another+longer+word' /in
lacks 'plain HTTP has no Secure cookie' head 'Secure'
cookie=$(sed -n 's/^Set-Cookie: \([^;]*\);.*/\1/p' head)
ask -H "Cookie: $cookie" /
token=$(sed -n 's/.*data-token="\([0-9a-f]*\)".*/\1/p' body)
code 303 'opens the desk for that editor' -H "Cookie: $cookie" \
	-d "token=$token&seen=$(seen "$four")" "/item/$four/approve"
dear list --json --status approved >out
json 'who decides in that name' out 'any(i["decided_by"] == "bo" for i in d)'
code 303 'by the name before it, too' -H 'Host: desk.example' -H 'Origin: https://desk.example' \
	-d 'name=bo&password=another+longer+word' /in
holds 'where the cookie is Secure' head 'SameSite=Strict; Secure'
code 403 'its plain side is another' -H 'Host: desk.example' -H 'Origin: http://desk.example' \
	-d 'name=bo&password=another+longer+word' /in
for try in 1 2 3 4 5 6 7 8; do
	ask -d "name=bo&password=guess+number+$try" /in
done
code 429 'guessing is slowed down' -d 'name=bo&password=another+longer+word' /in

# whoever is slow
if [ -n "${DEAR_SLOW:-}" ]; then
	ask --drip "/$(head -c 400 /dev/zero | tr '\0' x)"
	[ "$(cat took)" -lt 60 ]
	say 'a client that drips is cut off' took
else
	leave 'a client that drips is cut off' 'takes half a minute; DEAR_SLOW=1 runs it'
fi
close_desk
finish
