#!/bin/sh
# Exports, feeds, archives and folders: each thread of a file is its own, forms
# of one thread meet, and what holds no comments is told apart from what broke.
. "$(dirname "$0")/lib.sh"
cases=$root/tests/cases/input
DEAR_NOW=2026-02-01T12:00:00Z
export DEAR_NOW

status 0 'an export of many articles' dear import --json "$cases/wxr-many-articles/input.xml"
json 'two of them have comments' out '[(t["title"], t["kept"]) for t in lines] == [
  ("Mending a fence (& a friendship)", 3), ("The empty boat", 1)]'
json 'who wrote the article is staff, her namesake is not' out \
	'[t["staff"] for t in lines] == [1, 0]'
status 0 'its tree' dear show --thread 1 --json
json 'a child that came first has its parent' out '[(c["comment_id"], c["parent"])
  for c in d["comments"] if c["parent"]] == [("102", "101"), ("103", "101")]'
[ -z "$(grep -l 'someone@mail\|192\.0\.2\|desk@hedge' dear.db*)" ]
say 'mail and addresses of the net are nowhere in the store' out

status 1 'a Disqus export' dear import --db disqus.db --json "$cases/disqus-threads/input.xml"
json 'threads of one address are one' out '[t["kept"] for t in lines] == [3, 1]'
status 1 'staff by account' dear import --db disqus.db --json --staff-id hedgedesk \
	"$cases/disqus-threads/input.xml"
json 'is known' out 'lines[0]["staff"] == 1 and lines[0]["new"] == 0'
status 1 'threads nothing names' dear import --db odd.db --json "$cases/disqus-odd-values/input.xml"
json 'stay apart' out 'sorted(t["kept"] for t in lines) == [1, 1, 1, 3]'

for from in disqus-threads rss-of-another-system atom-blogger disqus-api-page jsonld-article; do
	dear import --db mail.db --thread $from "$cases/$from"/input.* >told 2>&1
done
[ -z "$(grep -lE '@mail\.example|192\.0\.2|noreply@|avatars\.example' mail.db*)" ]
say 'nor anywhere else' told
dear list --db mail.db --json --status all >out
json 'though all of them were read' out 'len({i["thread"] for i in d}) == 5'

# All of a file or nothing, however many threads it has.
file=$cases/wxr-many-articles/input.xml
head -n "$(grep -n 'The empty boat' "$file" | cut -d: -f1)" "$file" >half.xml
status 3 'an export cut off in its second article' dear import --db half.db half.xml
holds 'is refused with its line' err 'half.xml:'
status 2 'and nothing of the first is kept' dear show --db half.db --thread 1

gzip -c "$cases/wxr-many-articles/input.xml" >packed.xml.gz
status 0 'a packed export' dear import --json packed.xml.gz
json 'is the same' out '[(t["new"], t["changed"]) for t in lines] == [(0, 0), (0, 0)]'
head -c 700 packed.xml.gz >cut.xml.gz
status 3 'one cut off' dear import --db none.db cut.xml.gz
holds 'is refused' err 'cut off'

# A page, an export and both feeds of one thread.
address=https://hedge.example/mending/
page() {
	cat <<-END
	<html><head><title>Mending a fence</title><link rel="canonical" href="$address"></head>
	<body><h1 class="entry-title">Mending a fence</h1><ol class="comment-list">
	<li id="comment-221" class="comment even depth-1"><article class="comment-body"><footer
	 class="comment-meta"><b class="fn">Wren</b></footer><div class="comment-content">
	 <p>See there.</p><p>The line above is mine.</p></div></article></li></ol></body></html>
	END
}
mkdir -p site/mending/feed site/about site/assets
page >site/mending/index.html
cp "$cases/atom-replies/input.xml" site/mending/feed/atom.xml
echo '<html><title>About</title><p>Who we are.</p></html>' >site/about/index.html
echo '[hidden]{display:none}' >site/assets/style.css
printf '\211PNG\r\n\032\n' >site/assets/logo.png
: >site/.hidden
status 0 'a folder' dear import --db site.db --json site
json 'its page and feed are one thread' out '[t["kept"] for t in lines if "kept" in t] == [3]'
json 'with the title of the page' out 'lines[0]["title"] == "Mending a fence"'
json 'what has no comments is passed over, and named' out \
	'sorted(t["file"] for t in lines if "passed" in t) == ["site/about/index.html",
	"site/assets/logo.png", "site/assets/style.css"]'
status 0 'for people' dear import --db site.db site/
holds 'it is counted' err 'passed over: 3'
echo '[{"text": "a"}' >site/broken.json
status 3 'a broken file in it' dear import --db broken.db site
holds 'is named' err 'broken.json:2'
status 0 'the others stand' dear show --db broken.db --thread 1

# Pages of one name that nothing else names.
mkdir -p twins/a twins/b
for twin in a b; do
	echo "<ul><li id=c1><b>Ann</b> <time>May</time> In folder $twin, and long enough.</ul>" \
		>twins/$twin/index.html
done
status 1 'pages of one name' dear import --db twins.db --json twins
json 'are two threads' out '[t["kept"] for t in lines] == [1, 1]'

# What show prints is read back, statuses and all.
status 0 'an export with everything in it' dear import --db all.db --json \
	"$cases/wxr-statuses/input.xml"
status 0 'shown' dear show --db all.db --thread 1 --json
json 'says what waits for a moderator' out \
	'[c["status"] for c in d["comments"]] == ["pending", "live", "live"]'
status 1 'a deleted comment' dear import --db gone.db --json "$cases/disqus-deleted/input.xml"
dear show --db gone.db --thread 1 --json >out
json 'says so' out '[c["status"] for c in d["comments"]] == ["deleted", "live", "pending"]'
for db in all gone; do
	dear show --db $db.db --thread 1 --json >$db.json
	dear import --db back-$db.db $db.json >told 2>&1
	for from in $db back-$db; do
		dear show --db $from.db --thread 1 --json | sed 's/"item": [a-z0-9]*//' >$from.tree
	done
	same "$db.db: what was shown is read back as it was" back-$db.tree <$db.tree
done

# The reference thread, by every way in.
if [ -f "$shared/threads/wordpress/export.wxr.xml" ]; then
	seeds=$shared/threads/wordpress
	status 0 'the reference export' dear import --db ref.db --json "$seeds/export.wxr.xml"
	json 'has the 44 comments' out '(d["kept"], d["staff"], d["awaiting"]) == (44, 21, 2)'
	dear show --db ref.db --thread 1 --json >tree.json
	for feed in feed.rss2.xml feed.atom.xml; do
		status 0 "$feed" dear import --db $feed.db --json --staff Staff "$seeds/$feed"
		json 'has them too' out '(d["kept"], d["staff"], d["awaiting"]) == (44, 21, 2)'
		status 0 'the export after it' dear import --db $feed.db --json \
			"$seeds/export.wxr.xml"
		json 'brings nothing new' out '(d["new"], d["changed"]) == (0, 0)'
		dear show --db $feed.db --thread 1 --json >out
		json 'and the tree is the same' out "{(c['comment_id'], c['parent'], c['staff'])
		  for c in d['comments']} == {(c['comment_id'], c['parent'], c['staff'])
		  for c in json.load(open('tree.json'))['comments']}"
	done
else
	leave 'the reference export and feeds' 'no reference threads beside the tree'
fi
finish
