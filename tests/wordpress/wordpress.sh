#!/bin/sh
# A whole round with a real WordPress: its thread in by every way there is, replies
# approved, given back by every way there is, and read again. `sh bootstrap.sh
# test-wordpress` brings the packages; without them all of it is skipped.
here=$(cd "$(dirname "$0")" && pwd)
skip() {
	echo "ok 1 - a round with WordPress # SKIP $*; sh bootstrap.sh test-wordpress brings it"
	echo 1..1
	exit 0
}
: "${DEAR_WORDPRESS:=${DEAR_WORDPRESS_HERE:-}}"
[ -f "$DEAR_WORDPRESS/wp-load.php" ] || skip 'no WordPress here'
for tool in php mariadbd python3; do
	command -v $tool >/dev/null || [ -x /usr/sbin/$tool ] || skip "no $tool here"
done
PATH=$PATH:/usr/sbin
export PATH DEAR_WORDPRESS
. "$here/../cli/lib.sh"
trap 'sh "$here/site.sh" stop "$room/site"; rm -rf "$room"' EXIT
sh "$here/site.sh" start "$room/site" >talk 2>&1
say 'a WordPress starts' talk site/*.log
# shellcheck disable=SC1091
. ./site/site.env

DEAR_EDITOR=ana
export DEAR_EDITOR
printf '%s\n' "$MAREN_PASSWORD" >word
printf '%s\n' "$SECOND_PASSWORD" >second
printf '%s\n' "$NOVICE_PASSWORD" >novice
chmod 600 word second novice
wp() {
	php "$here/wp.php" "$@"
}
push() {
	dear push --delay 1 --user maren --password-file word --json "$@"
}
pull() {
	dear pull --delay 1 --topic ex-letter "$@"
}
# tree FILE DB [THREAD]: who answers whom, by the site's ids
tree() {
	dear show --db "$2" --thread "${3:-1}" --json >whole 2>err
	python3 -c 'import json
for c in sorted(json.load(open("whole"))["comments"], key=lambda c: int(c["comment_id"])):
    print(c["comment_id"], c["parent"], c["staff"])' >"$1"
}
item() {
	dear list --json "$@" | sed -n 's/^{"id": \([0-9]*\),.*/\1/p'
}

# in: the same tree by every way
status 0 'pulled by a stranger' pull --json "$POST_URL"
json 'all that is live' out '(d["kept"], d["staff"], d["format"]) == (36, 8, "wordpress-rest")'
tree rest dear.db
status 0 'pulled by the editor' pull --db editor.db --json --user maren --password-file word \
	"$POST_URL"
json 'and what waits for moderation' out '(d["kept"], d["staff"]) == (37, 8)'
python3 -c 'import sqlite3
print(*sqlite3.connect("editor.db").execute(
    "SELECT stored_title, posted, posted_gmt, kind, login FROM thread").fetchone(), sep="\n")
' >known
same 'and how the site stores its article' known <<'END'
The letter to your ex: it's yours &amp; you decide
2026-02-12 09:00:00
2026-02-12 14:00:00
post
maren
END
status 0 'by the address of the interface' pull --json --db address.db \
	"$SITE/wp-json/wp/v2/posts/212"
json 'the same' out 'd["kept"] == 36'
status 0 'by the other way to write it' pull --json --db route.db \
	"$SITE/index.php?rest_route=/wp/v2/posts/212"
json 'the same' out 'd["kept"] == 36'
php -r 'echo file_get_contents($argv[1]);' "$POST_URL" >page.html
dear import --topic ex-letter --db page.db page.html >out 2>err
tree page page.db
python3 - >judged 2>&1 <<'END'
def read(name):
    return {i: (p, s) for i, p, s in (l.split() for l in open(name))}
rest, page = read("rest"), read("page")
assert rest.keys() == page.keys(), rest.keys() ^ page.keys()
# The page shows three levels; whoever hangs deeper hangs at the third.
wrong = {i for i in rest if rest[i] != page[i]}
def depth(i):
    return 1 + depth(rest[i][0]) if rest[i][0] != "None" else 1
assert all(depth(i) > 3 for i in wrong), wrong
END
say 'by its page: the same tree, as deep as the page goes' judged rest page
wp wxr export >export.xml 2>talk
if dear import --topic ex-letter --db wxr.db export.xml >out 2>err; [ $? -le 1 ]; then
	tree wxr wxr.db "$(dear list --db wxr.db --json | sed -n \
		's/.*"thread": \([0-9]*\), "comment_id": "1846".*/\1/p')"
	python3 - >judged 2>&1 <<'END'
rest, wxr = ([l.split() for l in open(n)] for n in ("rest", "wxr"))
missing = [l for l in rest if l not in wxr]
assert not missing, missing
END
	say 'by WXR: the same tree' judged rest wxr
	python3 -c 'import sqlite3
print(*sqlite3.connect("wxr.db").execute("SELECT stored_title, posted, posted_gmt, kind, login "
    "FROM thread WHERE post_id = 212").fetchone(), sep="\n")' >told
	same 'and how the site stores its article' told <known
else
	leave 'by WXR: the same tree' 'this dear reads no WXR'
fi
php -r 'echo file_get_contents($argv[1]);' "${POST_URL}/feed/atom/" >feed.xml
if dear import --topic ex-letter --db feed.db feed.xml >out 2>err; [ $? -le 1 ]; then
	tree feed feed.db
	python3 - >judged 2>&1 <<'END'
rest, feed = ({l.split()[0]: l.split()[1] for l in open(n)} for n in ("rest", "feed"))
assert feed and all(i in rest for i in feed)
assert all(p in ("None", rest[i]) for i, p in feed.items())
END
	say 'by feed: as far as it carries the tree' judged rest feed
else
	leave 'by feed: as far as it carries the tree' 'this dear reads no feeds'
fi

# the interface shut, and the comments on pages of five threads each
wp option set dear_shut 1
wp option set page_comments 1
wp option set comments_per_page 5
status 0 'pulled where the interface is shut' pull --db shut.db --json "$POST_URL"
holds 'it is told' err 'its page is read instead'
json 'all pages of it' out '(d["kept"], d["staff"], d["format"]) == (36, 8, "wordpress-html5")'
wp option set dear_shut 0
wp option set page_comments 0
status 0 'pulled again, now that it is open' pull --db shut.db --json "$POST_URL"
json 'it is the same thread' out '(d["thread"], d["new"], d["changed"]) == (1, 0, 0)'

# out: approved, pushed, read back
cat >nasty <<'END'
Dear Heike, it's <b>yours</b> & "so" is C:\new \\ $(x) 🙂 -- really...

1) one :)
2) two <script>alert(1)</script> &amp; https://readers.example/?a=1&b=2

العربية, the Dear desk
END
dear approve "$(item --status drafted | head -n 1)" >out 2>err
heike=$(dear list --json | sed -n 's/^{"id": \([0-9]*\),.*"comment_id": "1851".*/\1/p')
dear edit "$heike" --approve --text nasty >out 2>err
status 0 'a dry run' push --dry-run
json 'shows two requests' out '[r["outcome"] for r in lines] == ["request"] * 2'
status 0 'pushed' push
json 'both are posted' out '[r["outcome"] for r in lines] == ["posted"] * 2'
cp out pushed
status 0 'pushed again' push
[ ! -s out ]
say 'nothing is new' out
status 0 'and again on purpose' push --again
json 'both are there' out '[r["outcome"] for r in lines] == ["there"] * 2'
cat >back.py <<'END'
import html, json, re, sys, urllib.request
site, maren = sys.argv[1], int(sys.argv[2])
nasty = open("nasty", encoding="utf-8").read().strip()
def get(path):
    return json.load(urllib.request.urlopen(site + "/wp-json/wp/v2/" + path))
for line in open("pushed"):
    c = get("comments/" + json.loads(line)["native_id"])
    assert c["author"] == maren and c["author_name"] == "Maren Holt", c
    if c["parent"] != 1851:
        continue
    page = urllib.request.urlopen(site + "/2026/the-letter-to-your-ex/").read().decode()
    assert "<script>alert" not in page
    shown = c["content"]["rendered"]
    shown = re.sub('<img[^>]*alt="([^"]*)"[^>]*>', r"\1", shown)
    text = html.unescape(re.sub("<[^>]+>", "", shown))
    def flat(s):
        for a, b in [("\u2019", "'"), ("\u201c", '"'), ("\u201d", '"'), ("\u2014", "--"),
                     ("\u2013", "--"), ("\u2026", "..."), ("\U0001f642", ":)")]:
            s = s.replace(a, b)
        return " ".join(s.split())
    assert flat(text) == flat(nasty), (flat(text), flat(nasty))
    break
else:
    sys.exit("no reply to 1851")
END
python3 back.py "$SITE" "$MAREN_ID" >judged 2>&1
say 'below their comments, by the columnist, and the text as it was written' judged
status 0 'pulled back' pull --json "$POST_URL"
json 'they are ours, and answer' out '(d["new"], d["changed"], d["staff"]) == (2, 0, 10)'
dear list --json --flag exported >out 2>err
json 'their comments are answered' out 'len(d) == 2 and all("answered" in i["flags"] for i in d)'

# what goes wrong
printf 'nonsense\n' >wrong
chmod 600 wrong
other=$(item --status drafted | head -n 1)
dear approve "$other" >out 2>err
status 2 'a wrong password' dear push --delay 1 --user maren --password-file wrong
target=$(dear list --json --status approved | sed -n \
	"s/^{\"id\": $other,.*\"comment_id\": \"\([0-9]*\)\".*/\1/p")
wp comment trash "$target"
status 1 'a reply to a comment in the trash' push
json 'is not sent' out '[r["outcome"] for r in lines] == ["no_parent"]'
status 0 'the other article' pull --json --user maren --password-file word "$CLOSED_URL"
closed=$(item --thread 2 --status drafted)
dear approve "$closed" >out 2>err
wp post close 213
status 1 'a closed thread' push --thread 2
json 'is told' out '[r["outcome"] for r in lines] == ["closed"]'
dear list --json --status approved >out 2>err
json 'nothing is lost' out 'len([i for i in d if "exported" not in i["flags"]]) == 2'

# an account without the moderator's eyes; and one that WordPress holds back
third=$(item --thread 1 --status drafted | head -n 1)
dear approve "$third" >out 2>err
status 0 'an author posts too' dear push --delay 1 --user second --password-file second --json \
	"$third"
json 'and is seen' out '[r["outcome"] for r in lines] == ["posted"]'
status 0 'again on purpose' dear push --delay 1 --user second --password-file second --json \
	--again "$third"
json 'it is there' out '[r["outcome"] for r in lines] == ["there"]'
wp option set comment_moderation 1
fourth=$(item --thread 1 --status drafted | head -n 1)
dear approve "$fourth" >out 2>err
status 1 'a site that moderates everybody' dear push --delay 1 --user novice \
	--password-file novice --json "$fourth"
json 'takes it and holds it' out '[r["outcome"] for r in lines] == ["held"]'
status 1 'again on purpose' dear push --delay 1 --user novice --password-file novice --json \
	--again "$fourth"
json 'the site says that it has it' out '[r["outcome"] for r in lines] == ["held"]'
wp option set comment_moderation 0
wp option set dear_flood 1

# the script for wp-cli
fifth=$(item --thread 1 --status drafted | head -n 1)
dear edit "$fifth" --approve --text nasty >out 2>err
dear export --thread 1 --format wp-cli --output replies.sh >out 2>err
WP="php $here/wp.php"
export WP
status 1 'the script, of which one comment is in the trash' sh replies.sh
holds 'which is told' err 'not there or not approved'
[ "$(wc -l <dear-ids.txt)" -eq 1 ]
say 'posts the other' dear-ids.txt
rm dear-ids.txt
status 1 'run again' sh replies.sh
status 0 'the ids come back' dear posted --ids dear-ids.txt
status 0 'pulled' pull --json "$POST_URL"
json 'it is ours' out 'd["new"] >= 1 and d["changed"] == 0'

# an import file, if WordPress' importer is here: its replies were
# approved in the same second
sixth=$(item --thread 1 --status drafted | head -n 1)
DEAR_NOW=2026-04-01T12:00:00Z dear approve "$sixth" >out 2>err
seventh=$(item --thread 1 --status drafted | head -n 1)
DEAR_NOW=2026-04-01T12:00:00Z dear edit "$seventh" --approve --text nasty >out 2>err
dear pull --delay 1 --user maren --password-file word "$POST_URL" >out 2>err
status 0 'wxr' dear export --thread 1 --format wxr --output replies.xml
written=$(grep -c '<wp:comment>' replies.xml)
pass 'of two replies at least' test "$written" -ge 2
if [ -f "${DEAR_WP_IMPORTER:-}/wordpress-importer.php" ]; then
	export DEAR_WP_IMPORTER
	status 0 'imported' wp wxr import "$room/replies.xml" --author=maren --to="$MAREN_ID"
	status 0 'pulled' pull --json "$POST_URL"
	json 'the replies are there and ours' out "(d['new'], d['changed']) == ($written, 0)"
	dear list --thread 1 --json >queue 2>err
	json 'each below its comment' queue "all('answered' in i['flags'] for i in d
		if i['id'] in ($sixth, $seventh))"
	status 0 'imported again' wp wxr import "$room/replies.xml" --author=maren --to="$MAREN_ID"
	status 0 'pulled again' pull --json "$POST_URL"
	json 'nothing is new' out 'd["new"] == 0'
	sed 's/yours &amp;/hers \&amp;/' replies.xml >lost.xml
	status 0 'with a title that is not the article'"'"'s' wp wxr import "$room/lost.xml" \
		--author=maren --to="$MAREN_ID"
	php -r 'exit((int)(count(json_decode(file_get_contents($argv[1]))) !== 3));' \
		"$SITE/wp-json/wp/v2/posts?per_page=100"
	say 'readers see no second article'
else
	leave 'imported' 'DEAR_WP_IMPORTER names no folder of the wordpress-importer plugin'
fi
finish
